"""What leaves the print centre: files or printed pages, and what is said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from app.domain.errors import UserError
from app.domain.progress import Progress
from app.services.page_pictures import PagePictures
from app.services.paper_files import (
    FileFormat,
    NeedsFolder,
    SavedPapers,
    file_name,
    folder_name,
    save_paper_files,
)
from app.services.papers import PaperKind, PaperRequest, PreviewBook, preview_pdf
from app.services.workspace import Workspace
from app.ui.desk import DeskPage
from app.ui.parts.messages import MessageBar
from app.ui.parts.printers import Printers, is_two_sided, page_range, print_pages
from app.ui.screens.papers.saved_bar import SavedBar

_NO_PRINTER = "Không thấy máy in. Lưu thành PDF để in ở máy khác?"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What stands in the preview: what was asked for, where its sheets are, its pages."""

    request: PaperRequest
    book: PreviewBook
    pictures: PagePictures


@dataclass(frozen=True, slots=True)
class SaveWish:
    """What to save and how; ``names`` of members by id are for naming files."""

    request: PaperRequest
    names: Mapping[str, str]
    file_format: FileFormat = FileFormat.PDF
    per_member: bool = False


def save_words(file_format: FileFormat) -> str:
    """What the button that saves says."""
    return f"Lưu thành {file_format.label}"


def _listed(kinds: Sequence[PaperKind]) -> str:
    return ", ".join(kind.label for kind in kinds)


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

    def save(self, wish: SaveWish) -> None:
        """Ask where to, and write there what is wished for."""
        target = self._target(wish)
        if target is None:
            return
        self.clear()
        self._desk.background.long(
            self._page,
            lambda progress: save_paper_files(
                self._desk.ws,
                wish.request,
                target,
                wish.file_format,
                per_member=wish.per_member,
                progress=progress,
            ),
            title=f"Lưu {target.name}",
            on_done=partial(self._saved, wish),
            on_cancelled=partial(self.saved.show_words, f"Đã dừng, chưa lưu {target.name}."),
            on_error=partial(self._failed, "Chọn chỗ khác", wish),
        )

    def _target(self, wish: SaveWish) -> Path | None:
        dialogs, title = self._desk.dialogs, save_words(wish.file_format)
        if wish.per_member:
            folder = dialogs.choose_folder(f"{title}: chọn nơi đặt thư mục", purpose="print")
            return folder / folder_name(wish.request, wish.names) if folder else None
        name = file_name(wish.request, wish.names, wish.file_format)
        kinds = f"Tệp {wish.file_format.label} (*.{wish.file_format})"
        return dialogs.choose_save_file(title, name, kinds, purpose="print")

    def _saved(self, wish: SaveWish, saved: SavedPapers) -> None:
        path = saved.path
        pages = f"{saved.page_count} trang" if saved.page_count else f"{saved.sheet_count} bản"
        more = ""
        if saved.without_tables:
            more += f" Không có bảng nên không sang Excel: {_listed(saved.without_tables)}."
        if saved.templates:
            more += f" Theo mẫu Word của cơ quan: {'; '.join(saved.templates)}."
        if wish.per_member:
            self.saved.show_folder(f"Đã lưu {saved.file_count} tệp, {pages} vào thư mục {path}.{more}", path)
        else:
            self.saved.show_file(f"Đã lưu {pages} vào {path.name}, thư mục {path.parent}.{more}", path)

    def _failed(self, way_out: str, wish: SaveWish, error: UserError) -> None:
        if isinstance(error, NeedsFolder):
            way_out, wish = "Mỗi người một tệp", replace(wish, per_member=True)
        self.message.show_message("error", str(error), way_out, partial(self.save, wish))

    def print(self, looked_at: LookedAt, names: Mapping[str, str], *, two_sided: bool) -> None:
        """Ask for printer and pages, and send them; without any printer offer the PDF."""
        request = looked_at.request
        as_pdf = SaveWish(request, names)
        if not self._printers.are_there():
            save = partial(self.save, as_pdf)
            self.message.show_message("warning", _NO_PRINTER, save_words(FileFormat.PDF), save)
            return
        printer = self._printers.choose(
            self._page.window(),
            folder_name(request, names),
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
            on_error=partial(self._failed, save_words(FileFormat.PDF), as_pdf),
        )
