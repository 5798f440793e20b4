"""Beside the board: what is known of the chosen member's month, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.domain.dates import Month
from app.domain.month_board import BoardCell, BoardRow
from app.domain.monthly import CellMark, MonthlyEntry, Shown
from app.domain.permissions import Act, State
from app.services.months import MonthPage
from app.services.workspace import Workspace
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.chips import PRAISE, REMINDER, Chip, state_chip
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.parts.page import logical_width
from app.ui.screens.months.month_words import month_title
from app.ui.theme import px, theme

_WIDTH, _NARROW, _ROOMY = 276, 250, 1340


class MonthInspector(Card):
    """Says at once what the board knows; the words of last month follow when they are read."""

    opened = Signal()
    typing_requested = Signal()
    excuse_requested = Signal()
    reopen_requested = Signal()

    def __init__(self, ws: Workspace) -> None:
        super().__init__(margins=(0, 0, 0, 0), spacing=0)
        self._ws = ws
        scroll = ScrollBody(margins=(16, 16, 16, 16), spacing=10)
        self.body.addWidget(scroll)
        self.name = Label("", "h3")
        self.facts = Label("", "cap", "ink2")
        self.chip = Chip(state_chip("not_submitted"))
        self._words = Column(spacing=6)
        self.open = make_button("outlined", "Mở tháng", "eye", on_click=self.opened.emit)
        self.open.set_key("Enter")
        self.type = make_button(
            "outlined", "Nhập giúp từ giấy", "keyboard", on_click=self.typing_requested.emit
        )
        self.type.set_key("F2", bind=False)
        self.excuse = make_button(
            "outlined", "Ghi nghỉ có lý do", "calendar-x", on_click=self.excuse_requested.emit
        )
        self.reopen = make_button("outlined", "Mở lại…", "lock-open", on_click=self.reopen_requested.emit)
        head = Column(spacing=3)
        head.addWidget(self.name)
        head.addWidget(self.facts)
        scroll.body.addLayout(head)
        chips = Row(spacing=6)
        chips.addWidget(self.chip)
        chips.addStretch(1)
        scroll.body.addLayout(chips)
        scroll.body.addLayout(self._words)
        scroll.body.addWidget(rule())
        for button in self.buttons():
            scroll.body.addWidget(button)
        theme.changed.connect(self.fit)
        self.fit()

    def buttons(self) -> tuple[Button, ...]:
        """The actions, from top to bottom."""
        return (self.open, self.type, self.excuse, self.reopen)

    def fit(self) -> None:
        """Leave the board more room on narrower windows."""
        self.setFixedWidth(px(_WIDTH if logical_width(self) >= _ROOMY else _NARROW))

    def show_cell(self, row: BoardRow, cell: BoardCell, month: Month, can_change: bool) -> None:
        """Show what the board knows of a member's month."""
        self.name.setText(row.name)
        self.facts.setText(month_title(month))
        self.chip.setVisible(cell.shown is not Shown.FUTURE)
        if cell.shown is not Shown.FUTURE:
            self.chip.set_spec(state_chip(cell.shown.value))
        clear_layout(self._words)
        may_say = self._ws.may(Act.COMMENT_MONTH, row.member_id)
        self.open.set_words("Xem, ghi ý kiến" if cell.waits and can_change and may_say else "Mở tháng")
        may_type = not cell.waits or self._ws.may(Act.SAVE_MONTH, row.member_id, State.SUBMITTED)
        is_locked = cell.shown in (Shown.CONFIRMED, Shown.EXCUSED)
        self.type.setVisible(can_change and cell.may_be_typed and may_type)
        self.excuse.setVisible(
            can_change and cell.is_missing and self._ws.may(Act.EXCUSE_MONTH, row.member_id)
        )
        self.reopen.setVisible(can_change and is_locked and self._ws.may(Act.REOPEN_MONTH, row.member_id))

    def show_page(self, page: MonthPage) -> None:
        """Add the words of this month and of last month."""
        clear_layout(self._words)
        self.facts.setText(_facts(page))
        now = page.assessment
        if page.shown is Shown.FUTURE:
            self._words.addWidget(Label("Chưa tới tháng này.", "body", "ink2"))
            return
        if reason := now.excuse_reason or page.not_asked:
            self._words.addWidget(Label(f"Lý do: {reason}.", "body", "ink2"))
        if now.reopen_reason:
            self._words.addWidget(Label(f"Đã mở lại: {now.reopen_reason}", "body", "late"))
        self._add_entries("Tháng này", now.entries)
        self._add_cell(f"Chi bộ {str(page.month).split('/')[0]}", now.cell_comment, now.mark)
        if page.previous is not None:
            before = page.month.previous()
            self._add_entries(f"Tháng trước (tháng {before.month})", page.previous.entries)
            self._add_cell(f"Chi bộ tháng {before.month}", page.previous.cell_comment, page.previous.mark)

    def _add_entries(self, title: str, entries: tuple[MonthlyEntry, ...]) -> None:
        written = [entry for entry in entries if entry.result or entry.cell_comment]
        if not written:
            return
        self._words.addWidget(rule())
        self._words.addWidget(Label(title, "cap", "ink2", weight=600))
        for entry in written:
            if entry.result:
                self._words.addWidget(Label(f"“{entry.result}”"))
            if entry.self_level:
                self._words.addWidget(Label(f"Tự đánh giá: {entry.self_level}", "cap", "ink2", weight=600))
            if entry.cell_comment:
                self._words.addWidget(Label(f"Chi bộ: {entry.cell_comment}"))

    def _add_cell(self, title: str, comment: str, mark: CellMark | None) -> None:
        if not comment and mark is None:
            return
        self._words.addWidget(Label(title, "cap", "ink2", weight=600))
        if mark is not None:
            add_chip(self._words, mark)
        if comment:
            self._words.addWidget(Label(comment))


def add_chip(column: QVBoxLayout, mark: CellMark) -> None:
    """A line with the chip of praise or reminder."""
    row = Row()
    row.addWidget(Chip(PRAISE if mark is CellMark.PRAISE else REMINDER))
    row.addStretch(1)
    column.addLayout(row)


def _facts(page: MonthPage) -> str:
    count = len(page.open_items)
    items = f"{count} việc đang mở" if count else "không có việc nào đang mở"
    return f"{month_title(page.month)} · {items}"
