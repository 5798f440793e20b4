"""Pages into a PDF file as they come: each is written and forgotten, so memory stays flat.

reportlab's own document keeps every page until the end (its canvas too), which for thousands of sheets
costs more memory than old office computers can spare. Its objects, fonts and tables are used as they are.
"""

import threading
from typing import BinaryIO

from reportlab.pdfbase import pdfdoc

_FONT_FILES = threading.Lock()  # cutting a subset moves the font file's one reading place
_HEAD = b"%PDF-1.4\n%\223\214\213\236\n"


class PageStream(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A document that writes each page when it is added. The same pages give the same bytes."""

    def __init__(self, out: BinaryIO, title: str) -> None:
        super().__init__(dummyoutline=1, compression=1, invariant=1, lang="vi-VN", pdfVersion=(1, 4))
        self.Catalog.Outlines = None
        self.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        self.setTitle(title)
        self.setAuthor("")
        self.setSubject("")
        self.setCreator("Sổ đăng ký nêu gương")
        self._out = out
        self._offset = 0
        self._written: set[int] = set()
        self._resources = pdfdoc.PDFResourceDictionary()
        self._resources.basicFonts()
        self._resources.basicProcs()
        self._put(_HEAD)

    def add(self, operators: bytes, width: float, height: float) -> None:
        """Writes one page of the size given in points."""
        self.updateSignature(operators)
        content = pdfdoc.PDFStream(content=operators, filters=[pdfdoc.PDFZCompress])
        page = pdfdoc.PDFPage()
        page.MediaBox = pdfdoc.PDFArray([0, 0, round(width, 3), round(height, 3)])
        page.Resources = self._resources
        page.Contents = content
        page.setStream(operators)
        self.addPage(page)
        self.Reference(content)
        for written in (page, content):
            name = written.__InternalName__
            self._put_object(name)
            self.idToObject[name] = None
        self.Pages.pages[-1] = pdfdoc.PDFObjectReference(page.__InternalName__)

    def finish(self) -> None:
        """Writes fonts, page tree and tables: what can only be known at the end."""
        with _FONT_FILES:
            for font in self.delayedFonts:
                font.addObjects(self)
        self.info.invariant = True
        self.info.digest(self.signature)
        catalog, info = self.Reference(self.Catalog), self.Reference(self.info)
        number = 0
        while (number := number + 1) in self.numberToId:
            if number not in self._written:
                self._put_object(self.numberToId[number])
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, [self.numberToId[one] for one in range(1, number)])
        start = self._offset
        self._put(table.format(self))
        trailer = pdfdoc.PDFTrailer(startxref=start, Size=number, Root=catalog, Info=info, ID=self.ID())
        self._put(trailer.format(self))

    def _put_object(self, name: str) -> None:
        wrapped = pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self)
        number, _ = self.idToObjectNumberAndVersion[name]
        self.idToOffset[name] = self._offset
        self._written.add(number)
        self._put(wrapped)

    def _put(self, data: bytes) -> None:
        self._out.write(data)
        self._offset += len(data)
