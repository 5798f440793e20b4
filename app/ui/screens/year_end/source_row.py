"""The day and the ground that many grades get at once, above their list."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField, LineField
from app.ui.parts.layout import Row


class SourceRow(QWidget):
    """``day`` and ``source`` side by side; what is missing is said beside its field."""

    def __init__(self, day_label: str, source_label: str, placeholder: str) -> None:
        super().__init__()
        self.day, self.source = DateField(), LineField("", placeholder)
        self.day_field = FormField(day_label, self.day)
        self.source_field = FormField(source_label, self.source)
        row = Row(self, spacing=12, margins=(28, 12, 24, 0))
        row.addWidget(self.day_field)
        row.addWidget(self.source_field, 1)

    def offer(self, day: date, source: str) -> None:
        """Put in what is known, unless something was typed already."""
        if self.day.value() is None and not self.source.value():
            self.day.set_value(day)
            self.source.set_value(source)

    def clear(self) -> None:
        """Ready for another year."""
        self.day.set_value(None)
        self.source.set_value("")

    def let_write(self, may_write: bool) -> None:
        """Whether anything can be typed."""
        self.day.setEnabled(may_write)
        self.source.setReadOnly(not may_write)

    def is_complete(self) -> bool:
        """Whether both are there; else the cursor goes to the first that is not."""
        self.show_problems(
            self.day.problem() or ("" if self.day.value() else "Chưa ghi ngày."),
            "" if self.source.value().strip() else "Chưa ghi căn cứ.",
        )
        missing = [each for each in (self.day_field, self.source_field) if each.error]
        if missing:
            missing[0].focus_field()
        return not missing

    def show_problems(self, day: str = "", source: str = "") -> None:
        """Say what is wrong beside each field."""
        self.day_field.set_error(day)
        self.source_field.set_error(source)
