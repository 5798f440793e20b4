"""The first page: recent books, and the ways to one: a new one, one elsewhere, a packed one, the sample."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app import __version__
from app.domain.progress import Progress
from app.services import book_places
from app.services.books import unpack_book
from app.services.workspace import Clock, SystemClock
from app.ui.background import Background
from app.ui.dialogs import Dialogs
from app.ui.parts.buttons import make_button
from app.ui.parts.choices import WayOn
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Ground, Row, ScrollBody, rule
from app.ui.parts.look import TextSize
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import logical_width
from app.ui.preferences import Preferences
from app.ui.screens.start.recent_books import RecentBooks

if TYPE_CHECKING:
    from app.ui.screens.start.new_book_page import NewBookPage

_ABOUT = (
    "Ghi việc nêu gương của đảng viên, theo dõi từng tháng, in bản kiểm điểm cuối năm. "
    "Dữ liệu ở trên máy này, không cần mạng."
)
_SIDE_BY_SIDE, _FORM_SIDE_BY_SIDE = 900, 1000


class StartPage(QWidget):
    """``book_chosen`` asks the window to open a folder; ``book_made`` hands over a ``BegunBook``, open."""

    book_chosen = Signal(Path)
    book_made = Signal(object)
    help_requested = Signal()
    help_topic = "start"

    def __init__(
        self,
        background: Background,
        preferences: Preferences,
        dialogs: Dialogs,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self._clock = clock or SystemClock()
        self._background, self._preferences, self._dialogs = background, preferences, dialogs
        self.setAcceptDrops(True)
        self.stack = QStackedWidget()
        column = Column(self, spacing=0)
        column.addWidget(self.stack)
        self.new_page: NewBookPage | None = None
        self.stack.addWidget(self._landing())
        self.recent.reload()
        self._show_recent()

    # What it is made of

    def _landing(self) -> QWidget:
        page = QWidget()
        column = Column(page, spacing=0)
        body = ScrollBody(spacing=10, margins=(72, 48, 64, 24))
        body.body.addWidget(Label("Sổ đăng ký nêu gương", "disp"))
        body.body.addWidget(Label(_ABOUT, "lead", "ink2"))
        self.message = MessageBar()
        body.body.addWidget(self.message)
        self._sides = Row(spacing=40, margins=(0, 18, 0, 0))
        self._sides.addLayout(self._recent_side(), 7)
        self._sides.addLayout(self._other_side(), 4)
        body.body.addLayout(self._sides)
        column.addWidget(body, 1)
        column.addWidget(self._foot())
        return page

    def _recent_side(self) -> Column:
        side = Column(spacing=10)
        self._recent_title = Label("Sổ đã mở gần đây", "h3")
        side.addWidget(self._recent_title)
        self.recent = RecentBooks(self._background, self._preferences)
        self.recent.opened.connect(self._choose)
        self.recent.emptied.connect(self._show_recent)
        side.addWidget(self.recent)
        self._nothing = Ground("drop")
        inner = Column(self._nothing, spacing=8, margins=(24, 28, 24, 28))
        inner.addWidget(Label("Máy này chưa mở sổ nào", "h2"))
        words = (
            "Chi bộ chưa có sổ thì lập sổ mới. Đã có sổ ở máy khác hay USB thì kéo thư mục sổ thả vào đây."
        )
        inner.addWidget(Label(words, "lead", "ink2"))
        self.first_book = make_button("filled", "Lập sổ mới", "book-plus", "Ctrl+N", self.show_new_book)
        self.first_book.set_large()
        row = Row(margins=(0, 10, 0, 0))
        row.addWidget(self.first_book)
        row.addStretch(1)
        inner.addLayout(row)
        side.addWidget(self._nothing)
        side.addStretch(1)
        return side

    def _other_side(self) -> Column:
        side = Column(spacing=8)
        side.addWidget(Label("Việc khác", "h3"))
        suffix = book_places.SUFFIX
        self.new_way = WayOn("book-plus", "Lập sổ mới", "Cho chi bộ chưa có sổ, khoảng 5 phút")
        self.elsewhere_way = WayOn(
            "folder-open", "Mở sổ ở chỗ khác", f"Thư mục {suffix} trên USB, thư mục dùng chung"
        )
        self.packed_way = WayOn("file-input", "Mở bản chép sổ", "Tệp .zip từ “Chép sổ thành một tệp”")
        self.sample_way = WayOn("graduation-cap", "Xem sổ mẫu", "Chi bộ tưởng tượng, cứ thử thoải mái")
        for way, act in (
            (self.new_way, self.show_new_book),
            (self.elsewhere_way, self._open_elsewhere),
            (self.packed_way, self._open_packed),
            (self.sample_way, self._open_sample),
        ):
            way.clicked.connect(act)
            side.addWidget(way)
        again = make_button("ghost", "Viết lại sổ mẫu từ đầu", "refresh-cw", on_click=self._renew_sample)
        side.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        return side

    def _foot(self) -> QWidget:
        foot = QWidget()
        column = Column(foot, spacing=0)
        column.addWidget(rule())
        row = Row(spacing=24, margins=(72, 12, 64, 14))
        column.addLayout(row)
        row.addWidget(Label(f"Phiên bản {__version__} · Không gửi gì ra ngoài máy này", "cap", "ink2"), 1)
        row.addWidget(TextSize(self._preferences))
        help_button = make_button("ghost", "Giúp đỡ", "circle-help", on_click=self.help_requested.emit)
        help_button.set_key("F1", bind=False)
        row.addWidget(help_button)
        return foot

    # What the person does

    def show_new_book(self) -> None:
        """Lập sổ mới; what was typed before is still there."""
        from app.ui.screens.start.new_book_page import NewBookPage

        if self.new_page is None:
            self.new_page = page = NewBookPage(self._background, self._dialogs, self._clock)
            page.book_made.connect(self.book_made)
            page.back_requested.connect(self.go_back)
            self.stack.addWidget(page)
        self._fit()
        self.stack.setCurrentWidget(self.new_page)
        self.new_page.first_focus().setFocus()

    def go_back(self) -> bool:
        """Esc: from the new book back to the list."""
        if self.stack.currentIndex() == 0:
            return False
        self.stack.setCurrentIndex(0)
        self.first_focus().setFocus()
        return True

    def first_focus(self) -> QWidget:
        """Mở of the newest book, or Lập sổ mới."""
        return self.recent.cards[0].open_button if self.recent.cards else self.first_book

    def _show_recent(self) -> None:
        has_books = bool(self.recent.cards)
        self._recent_title.setVisible(has_books)
        self.recent.setVisible(has_books)
        self._nothing.setVisible(not has_books)
        self.new_way.setVisible(has_books)

    def _choose(self, folder: Path) -> None:
        self.message.close_message()
        self.book_chosen.emit(folder)

    def _open_elsewhere(self) -> None:
        chosen = self._dialogs.choose_folder("Chọn thư mục sổ", purpose="book")
        if chosen is not None:
            self._take(chosen)

    def _open_packed(self) -> None:
        filters = "Bản chép sổ (*.zip)"
        chosen = self._dialogs.choose_open_file("Chọn bản chép sổ", filters, purpose="packed")
        if chosen is not None:
            self._take(chosen)

    def _take(self, path: Path) -> None:
        """Open what was chosen or dropped: a book's folder, or a packed book after asking where to put it."""
        if not book_places.is_packed(path):
            self._background.read(self, partial(book_places.book_at, path), self._choose, key="take")
            return
        into = self._dialogs.choose_folder(f"Đặt sổ lấy từ “{path.name}” vào thư mục nào", purpose="book")
        if into is None:
            return

        def unpack(progress: Progress) -> Path:
            return unpack_book(path, into)

        self._background.long(self, unpack, title="Lấy sổ ra khỏi bản chép", on_done=self._choose)

    def _open_sample(self) -> None:
        def make(progress: Progress) -> Path:
            from app.services.sample_book import ensure_sample_book

            return ensure_sample_book(progress)

        self._background.long(self, make, title="Viết sổ mẫu", on_done=self._choose)

    def _renew_sample(self) -> None:
        if not self._dialogs.ask(
            "Viết lại sổ mẫu từ đầu?",
            "Những gì đã thử trong sổ mẫu sẽ mất. Các sổ khác không bị thay đổi.",
            act_label="Viết lại sổ mẫu",
            keep_label="Giữ lại",
            dangerous=True,
        ):
            return

        def make(progress: Progress) -> Path:
            from app.services.sample_book import fresh_sample_book

            return fresh_sample_book(progress)

        self._background.long(self, make, title="Viết lại sổ mẫu", on_done=self._choose)

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._take(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and hasattr(focused, "click") and self.stack.currentIndex() == 0:
            focused.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        if self.new_page is not None:
            self.new_page.fit(logical_width(self) >= _FORM_SIDE_BY_SIDE)


def _dropped(data: QMimeData) -> Path | None:
    """The one local file or folder carried, if it can be a book."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if len(paths) == 1 and (paths[0].is_dir() or book_places.is_packed(paths[0])):
        return paths[0]
    return None
