"""Word templates as an office might bring them, good and bad."""

import io
import zipfile
from collections.abc import Callable

from docx import Document


def a_template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = (), header: str = "") -> bytes:
    """A template of these paragraphs, then a table of these rows."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return _saved(document.save)


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def changed(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The file with some of its parts changed, or added when they are not there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in source.namelist():
            new.writestr(name, changes.get(name, lambda old: old)(source.read(name)))
        for name in changes.keys() - set(source.namelist()):
            new.writestr(name, changes[name](b""))
    return out.getvalue()


def words_of_file(data: bytes) -> list[str]:
    """The text of every paragraph of a Word file, tables after the rest, then the header."""
    document = Document(io.BytesIO(data))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    return [p.text for p in (*paragraphs, *document.sections[0].header.paragraphs)]
