"""The member's months beside the sheet: what was written in the book, to be copied into the text."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.monthly import CellMark, MonthlyEntry, MonthlySelfAssessment
from app.domain.pledge import PledgeItem
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.chips import PRAISE, REMINDER, Chip
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.parts.segmented import Segmented
from app.ui.theme import px, theme

WIDTH = 318
_ALL = "all"


class MonthsPanel(Card):
    """Months with something written; ``copy_requested`` carries the words of one month."""

    copy_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(spacing=6, margins=(0, 12, 0, 4))
        self._items: tuple[PledgeItem, ...] = ()
        self._months: tuple[MonthlySelfAssessment, ...] = ()
        self._may_copy = True
        self.copy_buttons: dict[int, Button] = {}
        head = Column(spacing=6, margins=(14, 0, 14, 0))
        head.addWidget(Label("Các tháng trong sổ", "h3", weight=600))
        self.choice = Segmented(((_ALL, "Cả năm"),), name="Việc", chosen=_ALL)
        self.choice.chosen.connect(lambda _key: self._show())
        head.addWidget(self.choice)
        self._what = Label("", "cap", "ink2")
        head.addWidget(self._what)
        self.body.addLayout(head)
        self.list = ScrollBody(spacing=0, margins=(0, 0, 0, 0))
        self.body.addWidget(self.list, 1)
        theme.changed.connect(self._fit)
        self._is_beside = True
        self._fit()

    def set_beside(self, is_beside: bool) -> None:
        """Stand beside the editor with the design's width, or below it over the whole width."""
        self._is_beside = is_beside
        self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(px(WIDTH) if self._is_beside else 0)
        self.setMaximumWidth(px(WIDTH) if self._is_beside else 16777215)

    def show_months(
        self, items: Sequence[PledgeItem], months: Sequence[MonthlySelfAssessment], *, may_copy: bool = True
    ) -> None:
        """Show these months of a pledge with these items; ``may_copy``: the sheet can be written in."""
        self._may_copy = may_copy
        self._items, self._months = tuple(items), tuple(months)
        numbers = [(item.id, str(number)) for number, item in enumerate(self._items, 1)]
        self.choice.set_options(((_ALL, f"Cả {len(numbers)} việc"), *numbers))
        self.choice.set_choice(_ALL)
        self.choice.setVisible(len(numbers) > 1)
        self._show()

    def _show(self) -> None:
        clear_layout(self.list.body)
        self.copy_buttons = {}
        chosen = self.choice.choice()
        self._what.setText(next((item.action for item in self._items if item.id == chosen), ""))
        self._what.setVisible(bool(self._what.text()))
        is_empty = True
        for month in self._months:
            entries = [
                (number, entry)
                for number, item in enumerate(self._items, 1)
                if chosen in (_ALL, item.id) and not (entry := month.entry_for(item.id)).is_empty
            ]
            if entries:
                is_empty = False
                self.list.body.addWidget(rule())
                self.list.body.addWidget(self._month(month, entries))
        if is_empty:
            words = "Chưa có tháng nào ghi việc này." if chosen != _ALL else "Trong sổ chưa có tháng nào."
            empty = Column(margins=(14, 8, 14, 8))
            empty.addWidget(Label(words, "body", "ink2"))
            self.list.body.addLayout(empty)

    def _month(self, month: MonthlySelfAssessment, entries: Sequence[tuple[int, MonthlyEntry]]) -> QWidget:
        box = QWidget()
        column = Column(box, spacing=3, margins=(14, 7, 14, 4))
        head = Row(spacing=8)
        head.addWidget(Label(f"Tháng {month.month.month}", weight=600, wrap=False))
        if month.mark is not None:
            head.addWidget(Chip(PRAISE if month.mark is CellMark.PRAISE else REMINDER))
        head.addStretch(1)
        is_single = len(self._items) == 1 or self.choice.choice() != _ALL
        if is_single:
            head.addWidget(Label(entries[0][1].self_level, "cap", "ink2", weight=600, wrap=False))
        column.addLayout(head)
        for number, entry in entries:
            words = _words(entry)
            if not is_single:
                level = f" ({entry.self_level})" if entry.self_level else ""
                words = f"{number}. {words}{level}"
            column.addWidget(Label(words))
        if month.cell_comment.strip():
            column.addWidget(Label(f"Chi bộ: {month.cell_comment.strip()}", "cap", "ink2"))
        if not self._may_copy:
            return box
        button = make_button("ghost", "Chép vào bài", "arrow-left")
        button.setAccessibleName(f"Chép tháng {month.month.month} vào bài")
        text = " ".join(_sentence(_words(entry)) for _, entry in entries)
        text = f"Tháng {month.month.month}: {text}"
        button.clicked.connect(lambda _on=False, text=text: self.copy_requested.emit(text))
        self.copy_buttons[month.month.month] = button
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        return box


def _words(entry: MonthlyEntry) -> str:
    """What the member said of an item: result, then limits and how they are mended."""
    parts = [entry.result.strip()]
    if entry.limits.strip():
        parts.append(f"Hạn chế: {entry.limits.strip()}")
    if entry.fix.strip():
        parts.append(f"Cách sửa: {entry.fix.strip()}")
    said = [part for part in parts if part]
    return (
        " ".join(_sentence(part) for part in said[:-1]) + (" " if said[1:] else "") + said[-1] if said else ""
    )


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
