"""PDF pages as pictures and as text, without Qt: for the preview, for printing, for checking.

PDFium is not safe for several threads at once, even on different files, so every call holds one lock.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pypdfium2

from app.domain.errors import FileUnreadable

_LOCK = threading.RLock()
_MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page's pixels, ``stride`` bytes a row: four (blue, green, red, unused) each, one when grey."""

    width: int
    height: int
    stride: int
    data: bytes


class PageImages:
    """An open PDF whose pages can be drawn and read; close it, or use it in a ``with`` block."""

    def __init__(self, source: Path | bytes) -> None:
        try:
            content = source.read_bytes() if isinstance(source, Path) else source
        except OSError as error:
            raise FileUnreadable(
                f"Không mở được {source!s}: {error.strerror or error}. "
                "Đồng chí kiểm tra tệp còn ở chỗ cũ rồi thử lại."
            ) from error
        with _LOCK:
            try:
                self._document = pypdfium2.PdfDocument(content)
            except pypdfium2.PdfiumError as error:
                name = source.name if isinstance(source, Path) else "bản in"
                raise FileUnreadable(
                    f"Không xem được {name}: đây không phải tệp PDF hoặc tệp đã hỏng. "
                    "Đồng chí tạo lại bản in rồi thử lại."
                ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the document."""
        with _LOCK:
            self._document.close()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        with _LOCK:
            return len(self._document)

    def page_size_mm(self, index: int) -> tuple[float, float]:
        """Width and height of a page, counted from 0, in millimetres."""
        width, height = self.page_size(index)
        return width * _MM_PER_POINT, height * _MM_PER_POINT

    def page_size(self, index: int) -> tuple[float, float]:
        """Width and height of a page, counted from 0, in points."""
        with _LOCK:
            width, height = self._document.get_page_size(index)
        return width, height

    def render(self, index: int, dpi: float, *, grey: bool = False) -> RenderedPage:
        """A page as a picture on white; ``grey`` for printers, a quarter of the size."""
        with _LOCK:
            page = self._document[index]
            bitmap = page.render(scale=dpi / 72, prefer_bgrx=True, rev_byteorder=False, grayscale=grey)
            rendered = RenderedPage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
        return rendered

    def text(self, index: int) -> str:
        """The words of a page in the order they were set, a line break between lines."""
        with _LOCK:
            page = self._document[index]
            reader = page.get_textpage()
            read: str = reader.get_text_range()
            reader.close()
            page.close()
        # PDFium gives a hyphen at a line's end as U+FFFE and swallows the line break.
        return read.replace("\r\n", "\n").replace("\ufffe", "-\n")

    def texts(self) -> Iterator[str]:
        """The words of every page."""
        for index in range(self.page_count):
            yield self.text(index)


def texts(path: Path) -> list[str]:
    """The words of each page of a PDF file."""
    with PageImages(path) as pages:
        return list(pages.texts())
