"""The pages as they will be printed, with a list of the sheets to jump to."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from app.services.page_pictures import PagePictures
from app.services.papers import PreviewBook, SheetStart
from app.ui.parts.fields import Choice
from app.ui.parts.labels import Label
from app.ui.parts.messages import EmptyState
from app.ui.parts.pdf_preview import PdfPreview
from app.ui.theme import px, theme

_TOOLS_BEFORE_CHOICE = 5
_WIDE = 820  # the tools and the longest name beside them, at 100 %


class SheetView(QStackedWidget):
    """Shows a preview; keeps the sheet looked at when the pages are made anew."""

    def __init__(self) -> None:
        super().__init__()
        self.preview = PdfPreview()
        self.sheets = Choice()
        self.sheets.setAccessibleName("Tới bản của")
        self.more = Label("", "cap", "ink2")
        self.preview.column.insertWidget(0, self.sheets)
        self.preview.column.addWidget(self.more)
        self.empty = EmptyState("printer", "", "")
        self.addWidget(self.empty)
        self.addWidget(self.preview)
        self._pictures: PagePictures | None = None
        self._book: PreviewBook | None = None
        self._keeps_sheet = False
        self.sheets.chosen.connect(self._go_to_sheet)
        self.preview.pages.page_changed.connect(self._name_sheet)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def book(self) -> PreviewBook | None:
        """What is shown."""
        return self._book

    @property
    def pictures(self) -> PagePictures | None:
        """The pages of what is shown."""
        return self._pictures

    def show_book(self, book: PreviewBook, pictures: PagePictures) -> None:
        """Show other pages, at the sheet that was looked at before."""
        before = self._sheet_key(self._current_sheet()) if self._keeps_sheet else None
        self._keeps_sheet = True
        self._book, self._pictures = book, pictures
        shown = book.starts[: len(book.starts) - book.left_out]
        has_many_kinds = len({start.kind for start in book.starts}) > 1
        self.sheets.set_options(
            [(str(number), _name(start, with_kind=has_many_kinds)) for number, start in enumerate(shown)]
        )
        self.preview.show_pages(pictures.page_count, pictures.picture, list(pictures.sizes))
        left = f"Xem trước {book.shown_pages} trang đầu; khi in và khi lưu có đủ {book.page_count} trang."
        self.more.setText(left if book.left_out else "")
        self.more.setVisible(bool(book.left_out))
        self.setCurrentWidget(self.preview)
        again = next((n for n, _ in enumerate(book.starts) if self._sheet_key(n) == before), None)
        if before is not None and again is not None:
            self._go_to_sheet(str(again))
        self._name_sheet(self.preview.current_page)

    def show_nothing(self, title: str, words: str) -> None:
        """Say why there are no pages."""
        self._pictures, self._book = None, None
        self.preview.clear()
        self.empty.set_words(title, words)
        self.setCurrentWidget(self.empty)

    def begin_anew(self) -> None:
        """The next pages shown are seen from their first."""
        self._keeps_sheet = False

    def go_to_member(self, member_id: str) -> None:
        """Turn to somebody's first sheet."""
        for number, start in enumerate(self._book.starts if self._book else ()):
            if start.member_id == member_id:
                self._go_to_sheet(str(number))
                return

    def _sheet_key(self, number: int) -> tuple[str, str] | None:
        if self._book is None or number >= len(self._book.starts):
            return None
        start = self._book.starts[number]
        return start.kind, start.member_id or start.label

    def _current_sheet(self) -> int:
        page = self.preview.current_page
        starts = self._book.starts if self._book else ()
        return max((n for n, start in enumerate(starts) if start.first_page <= page), default=0)

    def _go_to_sheet(self, key: str) -> None:
        if self._book is not None and key:
            self.preview.go_to(self._book.starts[int(key)].first_page)

    def _name_sheet(self, _page: int) -> None:
        self.sheets.set_value(str(self._current_sheet()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The list of sheets stands among the tools where the longest name has room, else above them."""
        tools, column = self.preview.tools, self.preview.column
        is_wide = self.width() >= px(_WIDE)
        if is_wide == (column.indexOf(self.sheets) < 0):
            return
        (column if is_wide else tools).removeWidget(self.sheets)
        if is_wide:
            tools.insertWidget(_TOOLS_BEFORE_CHOICE, self.sheets, 100)
        else:
            column.insertWidget(0, self.sheets)


def _name(start: SheetStart, *, with_kind: bool) -> str:
    """What the list calls a sheet; somebody with several papers needs their kind said."""
    return f"{start.label} · {start.kind.label}" if with_kind and start.member_id else start.label
