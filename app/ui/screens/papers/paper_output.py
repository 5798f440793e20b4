"""What leaves the print centre: a PDF file or printed pages, and what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from app.domain.errors import UserError
from app.domain.progress import Progress
from app.services.page_pictures import PagePictures
from app.services.papers import PaperRequest, PreviewBook, PrintedBook, file_name, preview_pdf, save_pdf
from app.services.workspace import Workspace
from app.ui.desk import DeskPage
from app.ui.parts.messages import MessageBar
from app.ui.screens.papers.printers import Printers, is_two_sided, page_range, print_pages
from app.ui.screens.papers.saved_bar import SavedBar

SAVE_WORDS = "Lưu thành PDF"
_NO_PRINTER = "Không thấy máy in. Lưu thành PDF để in ở máy khác?"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What stands in the preview: what was asked for, where its sheets are, its pages."""

    request: PaperRequest
    book: PreviewBook
    pictures: PagePictures


def _print(ws: Workspace, looked_at: LookedAt, printer: QPrinter, progress: Progress) -> int:
    """Send what was looked at to a printer; where the preview was cut off, all of it is made first."""
    book, pictures = looked_at.book, looked_at.pictures
    if book.left_out:
        book = preview_pdf(ws, looked_at.request, progress, whole=True)
        pictures = PagePictures(book.pdf)
    first, last = page_range(printer, book.page_count)
    order = book.printing_order(first, last, two_sided=is_two_sided(printer))
    print_pages(printer, pictures, order, progress)
    return sum(page is not None for page in order)


class PaperOutput:
    """Saves and prints for a page; shows ``message`` (what went wrong) and ``saved`` (what was done)."""

    def __init__(self, page: DeskPage, printers: Printers) -> None:
        self._page = page
        self._desk = page.desk
        self._printers = printers
        self.message = MessageBar()
        self.saved = SavedBar()

    def clear(self) -> None:
        """What was said is over."""
        self.message.close_message()
        self.saved.hide()

    def save(self, request: PaperRequest, names: Mapping[str, str]) -> None:
        """Ask where to, and write the PDF there."""
        name = file_name(request, names)
        target = self._desk.dialogs.choose_save_file(SAVE_WORDS, name, "Tệp PDF (*.pdf)", purpose="print")
        if target is None:
            return
        self.clear()
        self._desk.background.long(
            self._page,
            lambda progress: save_pdf(self._desk.ws, request, target, progress),
            title=f"Lưu {target.name}",
            on_done=self._saved,
            on_cancelled=partial(self.saved.show_words, f"Đã dừng, chưa lưu {target.name}."),
            on_error=partial(self._failed, "Chọn chỗ khác", request, names),
        )

    def _saved(self, printed: PrintedBook) -> None:
        path: Path = printed.path
        self.saved.show_file(
            f"Đã lưu {printed.page_count} trang vào {path.name}, thư mục {path.parent}.", path
        )

    def _failed(
        self, way_out: str, request: PaperRequest, names: Mapping[str, str], error: UserError
    ) -> None:
        self.message.show_message("error", str(error), way_out, partial(self.save, request, names))

    def print(self, looked_at: LookedAt, names: Mapping[str, str], *, two_sided: bool) -> None:
        """Ask for printer and pages, and send them; without any printer offer the PDF."""
        request = looked_at.request
        if not self._printers.are_there():
            save = partial(self.save, request, names)
            self.message.show_message("warning", _NO_PRINTER, SAVE_WORDS, save)
            return
        printer = self._printers.choose(
            self._page.window(),
            file_name(request, names).removesuffix(".pdf"),
            looked_at.book.page_count,
            two_sided=two_sided,
            lying=all(width > height for width, height in looked_at.pictures.sizes),
        )
        if printer is None:
            return
        self.clear()
        where = printer.printerName() or "máy in"
        self._desk.background.long(
            self._page,
            lambda progress: _print(self._desk.ws, looked_at, printer, progress),
            title=f"In trên {where}",
            on_done=lambda pages: self.saved.show_words(f"Đã chuyển {pages} trang sang {where}."),
            on_cancelled=partial(self.saved.show_words, "Đã dừng in."),
            on_error=partial(self._failed, SAVE_WORDS, request, names),
        )
