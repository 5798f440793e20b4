"""A member's words on the left, the cell's words on the right, item by item on the same line."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.dates import Month
from app.domain.monthly import MonthlyEntry
from app.domain.pledge import PledgeItem
from app.services.months import MonthPage
from app.ui.parts.chips import Chip, copied_chip
from app.ui.parts.fields import TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Grid, Row, rule
from app.ui.screens.months.month_words import item_facts
from app.ui.theme import px, theme


class CommentRows(Card):
    """One row an item; on narrow windows the cell's words stand under the member's."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(18, 12, 18, 14), spacing=0)
        self.areas: dict[str, TextArea] = {}
        self._holder: QWidget | None = None
        self._parts: list[tuple[QWidget, QWidget]] = []
        self._is_narrow = False

    def show_page(self, page: MonthPage, comments: Mapping[str, str], can_write: bool) -> None:
        """Show a month; ``comments`` are the words by item."""
        self.areas = {}
        self._parts = []
        for number, item in page.open_items:
            entry = page.assessment.entry_for(item.id)
            words = _self_words(number, item, entry)
            self._parts.append((words, self._cell_words(number, item.id, comments, can_write)))
        self._lay()

    def words(self) -> dict[str, str]:
        """What is written by item."""
        return {item_id: area.value() for item_id, area in self.areas.items()}

    def set_narrow(self, narrow: bool) -> None:
        """Side by side, or one under the other."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._lay()

    def _cell_words(self, number: int, item_id: str, comments: Mapping[str, str], can_write: bool) -> QWidget:
        holder = QWidget()
        column = Column(holder, spacing=3)
        area = TextArea(comments.get(item_id, ""), "Để trống nếu không có ý kiến", min_lines=2, max_lines=6)
        area.setAccessibleName(f"Ý kiến chi bộ, việc {number}")
        area.setReadOnly(not can_write)
        if can_write:
            area.edited.connect(self.edited)
            self.areas[item_id] = area
            column.addWidget(area)
        else:
            column.addWidget(
                Label(
                    comments.get(item_id, "") or "Không có ý kiến.",
                    "body",
                    "" if comments.get(item_id) else "ink3",
                )
            )
        column.addStretch(1)
        return holder

    def _lay(self) -> None:
        holder = QWidget()
        grid = Grid(holder, spacing=(18, 10))
        if self._is_narrow:
            self._lay_narrow(grid)
        else:
            self._lay_wide(grid)
        old, self._holder = self._holder, holder
        self.body.addWidget(holder)
        if old is not None:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _lay_wide(self, grid: QGridLayout) -> None:
        grid.addWidget(Label("Đảng viên tự viết", "cap", "ink2", weight=600), 0, 0)
        grid.addWidget(Label("Ý kiến chi bộ", "cap", "ink2", weight=600), 0, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(2, 4)
        for place, (words, comment) in enumerate(self._parts):
            grid.addWidget(rule(), 1 + 2 * place, 0, 1, 3)
            grid.addWidget(words, 2 + 2 * place, 0)
            grid.addWidget(rule(vertical=True), 2 + 2 * place, 1)
            grid.addWidget(comment, 2 + 2 * place, 2)

    def _lay_narrow(self, grid: QGridLayout) -> None:
        for place, (words, comment) in enumerate(self._parts):
            if place:
                grid.addWidget(rule(), 4 * place, 0)
            grid.addWidget(words, 4 * place + 1, 0)
            grid.addWidget(Label("Ý kiến chi bộ", "cap", "ink2", weight=600), 4 * place + 2, 0)
            grid.addWidget(comment, 4 * place + 3, 0)


def _self_words(number: int, item: PledgeItem, entry: MonthlyEntry) -> QWidget:
    holder = QWidget()
    column = Column(holder, spacing=4)
    head = Row(spacing=8)
    figure = Label(str(number), "lead", "pri", weight=600, wrap=False)
    head.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(Label(item.action, "body", weight=600), 1)
    column.addLayout(head)
    if facts := item_facts(item):
        column.addWidget(Label(facts, "cap", "ink2"))
    column.addSpacing(px(2))
    column.addWidget(Label(entry.result or "Chưa ghi.", "body", "" if entry.result else "ink3"))
    levels = Row(spacing=6)
    levels.addWidget(Label("Tự đánh giá", "cap", "ink2", wrap=False))
    levels.addWidget(Label(entry.self_level or "chưa chọn", "body", weight=600, wrap=False))
    if entry.copied_from:
        levels.addWidget(Chip(copied_chip(Month.parse(entry.copied_from).month)))
    levels.addStretch(1)
    column.addLayout(levels)
    for title, text in (("Hạn chế", entry.limits), ("Cách sửa", entry.fix), ("Minh chứng", entry.evidence)):
        if text:
            column.addWidget(Label(f"{title}: {text}", "body", "ink2"))
    column.addStretch(1)
    return holder


def side_width() -> int:
    """The width of the panel at the side."""
    return theme.px(290)
