"""Choosing one's own PIN: at the first sitting in place of the one the secretary gave, later when wished."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Problem, UserError, ValidationFailed
from app.services.desks import DeskFacts
from app.services.seat_pins import set_own_pin
from app.ui.background import Background
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.page import PageHeader
from app.ui.parts.pin_field import PinForm
from app.ui.theme import px, theme

_WIDTH = 460
_FIRST = "Mã PIN vừa gõ do bí thư cấp. Đồng chí chọn mã của riêng mình; từ nay chỉ đồng chí biết mã này."
_LATER = "Mã mới dùng từ lần ngồi vào máy sau. Bí thư không xem được mã của đồng chí."


class ChangePinPage(QWidget):
    """``changed`` once the new PIN is in the book; ``closed`` when it is left as it was."""

    changed = Signal()
    closed = Signal()
    help_topic = "people"

    def __init__(self, facts: DeskFacts, background: Background, old: str = "") -> None:
        """``old``: the starting PIN just typed, which is not asked for once more."""
        super().__init__()
        self._facts, self._background, self._old = facts, background, old
        is_first = bool(old)
        column = Column(self, spacing=0)
        way_words, key = ("Giao máy", "F9") if is_first else ("Trang của tôi", "Esc")
        way = make_button("outlined", way_words, on_click=self.closed.emit)
        way.set_key(key, bind=False)
        column.addWidget(PageHeader(f"Đồng chí {facts.seat.name}", "Đặt mã PIN của mình", [way]))
        body = ScrollBody(margins=(32, 24, 28, 20))
        column.addWidget(body, 1)
        row = Row()
        self._card = Card(spacing=14)
        self._card.body.addWidget(Label(_FIRST if is_first else _LATER, "body"))
        has_old = facts.seat.pin_length > 0
        self.form = PinForm(asks_old=has_old and not is_first)
        self.form.wished.connect(self._set)
        self._card.body.addWidget(self.form)
        row.addWidget(self._card)
        row.addStretch(1)
        body.body.addLayout(row)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._card.setFixedWidth(px(_WIDTH))

    def first_focus(self) -> QWidget:
        """The first field there is."""
        return self.form.new if self.form.fields["old"].isHidden() else self.form.old

    def go_back(self) -> bool:
        """Esc: leave it as it is."""
        self.closed.emit()
        return True

    def _set(self, old: str, new: str, again: str) -> None:
        work = partial(set_own_pin, self._facts.ws, self._old or old, new, again)
        self._background.write(
            self, work, changes=set(), on_done=lambda _none: self.changed.emit(), on_error=self._refused
        )

    def _refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self.form.show_problems(error.problems)
        else:
            self.form.show_problems((Problem("new" if self._old else "old", str(error)),))
