"""The books opened last: each says whose it is, or why it cannot be opened just now."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.services.book_places import SUFFIX
from app.services.books import BookFacts, look_into_book
from app.ui.background import Background
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, Row, clear_layout
from app.ui.preferences import Preferences


class RecentBook(Card):
    """One book: names, where it is, Mở."""

    opened = Signal(Path)
    forgotten = Signal(Path)

    def __init__(self, folder: Path, *, is_first: bool) -> None:
        super().__init__(kind="pri" if is_first else "card", margins=(16, 9, 14, 9))
        self.folder = folder
        self.is_there: bool | None = None
        row = Row(spacing=14)
        self._icon = IconLabel("book-open", "pri" if is_first else "ink2", 24)
        row.addWidget(self._icon)
        words = Column(spacing=1)
        self.title = Label(folder.name, "body", weight=600)
        self.facts = Label("Đang xem sổ…", "cap", "ink2")
        words.addWidget(self.title)
        words.addWidget(self.facts)
        row.addLayout(words, 1)
        self.forget = make_button("ghost", "Bỏ khỏi danh sách", on_click=lambda: self.forgotten.emit(folder))
        self.forget.hide()
        row.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignVCenter)
        kind = "filled" if is_first else "outlined"
        self.open_button: Button = make_button(kind, "Mở", on_click=lambda: self.opened.emit(folder))
        if is_first:
            self.open_button.set_key("Enter")
        row.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def show_facts(self, facts: BookFacts) -> None:
        """The book is there and sound."""
        self.is_there = True
        if facts.member_count is None:
            self._show_locked()
            return
        self.title.setText(facts.own)
        count = f"{facts.member_count} đảng viên" if facts.member_count else "chưa có đảng viên"
        self.facts.setText(f"{facts.upper} · {count} · {facts.folder.parent}")
        self.open_button.setAccessibleName(f"Mở {facts.own}")

    def _show_locked(self) -> None:
        """Of a locked book nothing is known but where it is."""
        self._icon.set_icon("lock", "pri" if self.property("ground") == "pri" else "ink2")
        name = self.folder.name.removesuffix(SUFFIX)
        self.title.setText(name)
        self.facts.setText(f"Có khóa · {self.folder.parent}")
        self.open_button.setAccessibleName(f"Mở {name}, có khóa")

    def show_problem(self, error: UserError) -> None:
        """The book cannot be looked into now; it stays in the list until the person takes it out."""
        self.is_there = False
        missing = not self.folder.exists()
        self._icon.set_icon("usb" if missing else "triangle-alert", "ink2" if missing else "late")
        where = f"Không thấy ở {self.folder.parent} · nếu sổ ở USB, cắm USB rồi bấm Mở"
        self.facts.setText(where if missing else str(error))
        self.forget.show()


class RecentBooks(QWidget):
    """The list; looked into behind the window, one book after another."""

    opened = Signal(Path)
    emptied = Signal()

    def __init__(self, background: Background, preferences: Preferences) -> None:
        super().__init__()
        self._background, self._preferences = background, preferences
        self.cards: list[RecentBook] = []
        self._column = Column(self, spacing=8)

    def reload(self) -> None:
        """Look at every book again."""
        clear_layout(self._column)
        self.cards = []
        for number, folder in enumerate(self._preferences.recent_books()):
            card = RecentBook(folder, is_first=number == 0)
            card.opened.connect(self.opened)
            card.forgotten.connect(self._forget)
            self._column.addWidget(card)
            self.cards.append(card)
            self._background.read(card, partial(look_into_book, folder), card.show_facts, card.show_problem)

    def _forget(self, folder: Path) -> None:
        self._preferences.forget_book(folder)
        self.reload()
        if not self.cards:
            self.emptied.emit()
