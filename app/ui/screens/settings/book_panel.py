"""Sổ và năm: where the book is, one file of it; locking a year and opening it again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.dates import format_date
from app.domain.progress import Progress
from app.services.book_places import PACKED_SUFFIX, SUFFIX
from app.services.books import pack_book
from app.services.year_closing import reopen_year
from app.services.year_states import YearState, list_year_states
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, Chip
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.parts.page import logical_width

_SIDE_BY_SIDE = 1000
_ALL_TOPICS = {Topic.BOOK, Topic.PLEDGES, Topic.MONTHS, Topic.REVIEWS}


class BookPanel(DeskPage):
    """Long work tells how far it is; what was found stays in the page."""

    topics = frozenset({Topic.BOOK})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        body = ScrollBody()
        Column(self, spacing=0).addWidget(body)
        self._sides = Row(spacing=16)
        body.body.addLayout(self._sides)
        left = Column(spacing=14)
        left.addWidget(self._book_card())
        left.addStretch(1)
        right = Column(spacing=14)
        right.addWidget(self._years_card())
        right.addStretch(1)
        self._sides.addLayout(left, 1)
        self._sides.addLayout(right, 1)

    def _book_card(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(Label("Sổ này", "h3"))
        folder = Label(str(self.desk.ws.folder))
        folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        card.body.addWidget(folder)
        words = "Cả thư mục là một cuốn sổ: không xóa, không chép lẻ từng tệp trong đó."
        card.body.addWidget(Label(words, "cap", "ink2"))
        row = Row(spacing=10, margins=(0, 6, 0, 0))
        self.pack_button = make_button("filled", "Chép sổ thành một tệp", "file-output", on_click=self._pack)
        row.addWidget(self.pack_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _years_card(self) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("Các năm", "h3"))
        words = "Năm đã khóa xem và in được, không sửa được. Mở lại phải ghi lý do."
        card.body.addWidget(Label(words, "cap", "ink2"))
        self._years = Column(spacing=6)
        card.body.addLayout(self._years)
        return card

    # What it shows

    def reload(self) -> None:
        self.read(partial(list_year_states, self.desk.ws, self.desk.years), self._show)

    def _show(self, states: tuple[YearState, ...]) -> None:
        clear_layout(self._years)
        for state in states:
            self._years.addWidget(rule())
            self._years.addWidget(self._year_line(state))

    def _year_line(self, state: YearState) -> QWidget:
        line = QWidget()
        row = Row(line, spacing=12)
        words = Column(spacing=1)
        words.addWidget(Label(f"Năm {state.year}", "body", weight=600))
        said = f"Khóa ngày {format_date(state.closed_on)}" if state.closed_on else ""
        if state.note and not state.closed_on:
            said = f"Đã mở lại: {state.note}"
        is_to_come = state.year > self.desk.ws.today().year
        words.addWidget(Label(said or ("Chưa tới" if is_to_come else "Đang ghi"), "cap", "ink2"))
        row.addLayout(words, 1)
        if state.closed_on:
            row.addWidget(Chip(LOCKED))
        label, icon, act = (
            ("Mở lại…", "lock-open", self._reopen) if state.closed_on else ("Khóa năm…", "lock", self._close)
        )
        on_click: Callable[[], object] = partial(act, state.year)
        button = make_button("outlined", label, icon, on_click=on_click)
        button.setAccessibleName(f"{label.rstrip('…')} {state.year}")
        if self.desk.ws.read_only or (is_to_come and not state.closed_on):
            button.hide()
        row.addWidget(button)
        return line

    # What the person does

    def _pack(self) -> None:
        ws = self.desk.ws
        name = f"{ws.folder.name.removesuffix(SUFFIX)}-{ws.today():%Y-%m-%d}{PACKED_SUFFIX}"
        target = self.desk.dialogs.choose_save_file(
            "Chép sổ thành một tệp", name, "Bản chép sổ (*.zip)", purpose="packed"
        )
        if target is None:
            return

        def pack(progress: Progress) -> Path:
            return pack_book(ws, target)

        self.desk.background.long(
            self,
            pack,
            title="Chép sổ thành một tệp",
            on_done=lambda path: self.desk.say_done(f"Đã chép sổ ra {path} và kiểm tra lại: đọc tốt."),
        )

    def _close(self, year: int) -> None:
        """To the last step of that year-end, where what is still open is named."""
        self.desk.set_year(year)
        self.desk.go_to("reviews", step="close")

    def _reopen(self, year: int) -> None:
        reason = self.desk.dialogs.ask_text(
            f"Mở lại năm {year}?",
            "Năm này đã khóa. Lý do được giữ lại trong sổ.",
            act_label="Mở lại",
            keep_label="Giữ khóa",
        )
        if reason is not None:
            self.write(
                partial(reopen_year, self.desk.ws, year, reason),
                changes=_ALL_TOPICS,
                on_done=lambda _none: self.desk.say_done(f"Đã mở lại năm {year}."),
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
