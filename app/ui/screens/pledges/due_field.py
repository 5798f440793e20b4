"""Until when an item is to be done: the whole year, the end of a month, or a day."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.dates import Month
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import CheckedField, Choice
from app.ui.parts.layout import Column

_WHOLE_YEAR, _DAY = "year", "day"


class DueField(CheckedField):
    """A list of usual deadlines; "Một ngày khác" opens a line for the date."""

    edited = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        self.kind = Choice(
            [
                (_WHOLE_YEAR, "Cả năm"),
                (_DAY, "Một ngày khác"),
                *((str(month), f"Hết tháng {month}") for month in range(1, 13)),
            ]
        )
        super().__init__(self.kind, parent)
        self._year = year
        self.day = DateField()
        self.day.line.setAccessibleName("Thời hạn, ngày")
        self.day.hide()
        column = Column(self, spacing=4)
        column.addWidget(self.kind)
        column.addWidget(self.day)
        self.kind.chosen.connect(self._chosen)
        self.day.edited.connect(self.edited)
        self.day.problem_found.connect(self.problem_found)

    def value(self) -> date | None:
        """The deadline; None is the whole year, or a date that cannot be read yet."""
        kind = self.kind.value()
        if kind == _DAY:
            return self.day.value()
        return None if kind == _WHOLE_YEAR else Month(self._year, int(kind)).last_day

    def unread_text(self) -> str:
        """What stands in the date line while it is not a date."""
        return self.day.text() if self.kind.value() == _DAY and self.day.value() is None else ""

    def problem(self) -> str:
        """Why the date cannot be read, or ""."""
        return self.day.problem() if self.kind.value() == _DAY else ""

    def set_due(self, due_on: date | None, unread_text: str = "") -> None:
        """Show a deadline."""
        if unread_text:
            self.kind.set_value(_DAY)
            self.day.set_text(unread_text)
        elif due_on is None:
            self.kind.set_value(_WHOLE_YEAR)
            self.day.set_value(None)
        elif due_on == Month.of(due_on).last_day and due_on.year == self._year:
            self.kind.set_value(str(due_on.month))
            self.day.set_value(None)
        else:
            self.kind.set_value(_DAY)
            self.day.set_value(due_on)
        self.day.setVisible(self.kind.value() == _DAY)

    def set_read_only(self, read_only: bool) -> None:
        """Only to look at."""
        self.kind.setEnabled(not read_only)
        self.day.setEnabled(not read_only)

    def _chosen(self, kind: str) -> None:
        self.day.setVisible(kind == _DAY)
        if kind == _DAY:
            self.day.setFocus()
        else:
            self.problem_found.emit("")
        self.edited.emit()
