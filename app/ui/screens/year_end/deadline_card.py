"""Các hạn của năm: every deadline the rules, the meeting and the opinions set, with days left."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.year_end_facts import StepDeadline
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, Row, clear_layout, rule

_SOON_DAYS = 14


class DeadlineLine(QWidget):
    """One deadline: the day, how long there is, what for, and where it is written."""

    def __init__(self, deadline: StepDeadline, today: date) -> None:
        super().__init__()
        left = deadline.days_left(today)
        tone = "na" if left < 0 else "late" if left <= _SOON_DAYS else "pri"
        row = Row(self, spacing=10)
        row.addWidget(IconLabel("calendar-check", tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        column = Column(spacing=2)
        self.words = Label(deadline.line(today), "cap", "ink2" if left < 0 else "")
        column.addWidget(self.words)
        if deadline.source:
            column.addWidget(Label(f"Theo {deadline.source}.", "cap", "ink2"))
        if not deadline.verified:
            column.addWidget(Chip(UNCHECKED_SOURCE), 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)


class DeadlineCard(Card):
    """The earliest first; those passed are faint."""

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.lines: list[DeadlineLine] = []
        self.body.addWidget(Label("Các hạn của năm", "h3"))
        self._list = Column(spacing=8)
        self.body.addLayout(self._list)

    def show_deadlines(self, deadlines: Sequence[StepDeadline], today: date) -> None:
        """Show these; without any the card is not there."""
        clear_layout(self._list)
        self.lines = [DeadlineLine(each, today) for each in deadlines]
        for line in self.lines:
            self._list.addWidget(rule())
            self._list.addWidget(line)
        self.setVisible(bool(self.lines))
