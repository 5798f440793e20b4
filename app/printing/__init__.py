"""The door to paper: neutral blocks become PDF pages, PDF pages become pictures.

``pdf`` is the entrance for writing, ``preview`` for looking. Behind ``pdf``, from text to file::

    letters      which characters can be drawn
    faces        Tinos in four styles: widths of words, places of marks
    lines        words into lines
    strips       what a page is stacked from
    blocks, heads, tables, signatures    neutral blocks into strips
    pages        strips into pages
    ink          a page into PDF operators
    pdf_file     pages into a file, one at a time
"""
