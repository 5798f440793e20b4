"""The day the cell passed the pledges that were handed in."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Row


class PassPanel(Card):
    """``confirmed`` carries the day; ``given_up`` that nothing was passed."""

    confirmed = Signal(object)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self._title = Label("", "h3")
        self._names = Label("", "body", "ink2")
        self.day = DateField()
        self.day_field = FormField("Ngày chi bộ họp thông qua", self.day)
        self.act = make_button("filled", "Ghi thông qua", "check-check", on_click=self.confirm)
        self.act.set_key("Ctrl+Enter")
        self.body.addWidget(self._title)
        self.body.addWidget(self._names)
        row = Row(spacing=14)
        row.addWidget(self.day_field)
        row.addStretch(1)
        row.addWidget(make_button("outlined", "Thôi", on_click=self.given_up.emit))
        row.addWidget(self.act)
        self.body.addLayout(row)
        self.hide()

    def begin(self, names: Sequence[str], day: date) -> None:
        """Ask for the day for these people."""
        self._title.setText(f"Chi bộ thông qua {len(names)} đăng ký")
        self._names.setText(", ".join(names))
        self.act.set_words(f"Ghi thông qua {len(names)} đăng ký")
        self.day.set_value(day)
        self.day_field.set_error("")
        self.show()
        self.day_field.focus_field()

    def confirm(self) -> None:
        """Take the day as it is written."""
        day = self.day.value()
        if day is None:
            self.set_error(self.day.problem() or "Chưa ghi ngày chi bộ họp.")
        else:
            self.confirmed.emit(day)

    def set_error(self, message: str) -> None:
        """Say what is wrong with the day."""
        self.day_field.set_error(message)
        self.day_field.focus_field()
