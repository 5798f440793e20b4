"""Xin mời đồng chí chọn tên: a name, then its PIN; nothing of anybody's page is shown."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date, weekday_name
from app.domain.passwords import DEMO_PASSWORD
from app.domain.seat import Seat, SeatSecret
from app.services.seats import SeatChoice
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Ground, Row, ScrollBody
from app.ui.parts.look import TextSize
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import logical_height, logical_width
from app.ui.preferences import Preferences
from app.ui.screens.people.names_panel import NamesPanel
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH

if TYPE_CHECKING:
    from app.ui.screens.people.secret_card import SecretCard

_LOW = 480
_LOW_FOR_KEYS = 620
_CARD_WIDTH = 360
_SAMPLE = f"Sổ mẫu, người và việc tưởng tượng. Mật khẩu ai cũng biết: {DEMO_PASSWORD}."
_NO_PINS = "Chi bộ không dùng mã PIN: ai ngồi vào máy cũng mở được trang của người khác."


class ChoosePersonPage(QWidget):
    """``person_chosen`` carries a seat that is asked nothing, "" for the book's keeper; ``secret_given`` a
    seat with the PIN or password typed for it.
    """

    person_chosen = Signal(str)
    secret_given = Signal(str, str)
    leave_requested = Signal()
    help_topic = "people"

    def __init__(self, seats: SeatChoice, preferences: Preferences, *, is_first: bool = False) -> None:
        super().__init__()
        self._free = seats.first if is_first else frozenset[str]()
        self._keeper_seat = seats.keeper
        column = Column(self, spacing=0)
        column.addWidget(self._header(seats, preferences))
        self._body = Row(spacing=32, margins=(44, 22, 44, 18))
        self._left = QWidget()
        left = Column(self._left, spacing=4)
        self.note = MessageBar()
        left.addWidget(self.note)
        left.addWidget(Label("Xin mời đồng chí chọn tên", "h1"))
        self._hint = Label("Gõ vài chữ của tên, có dấu hay không dấu đều được.", "lead", "ink2")
        left.addWidget(self._hint)
        if not seats.pins_required:
            left.addWidget(Label(_NO_PINS, "cap", "ink2"))
        if seats.is_sample:
            left.addWidget(Label(_SAMPLE, "cap", "ink2"))
        self.names = NamesPanel(seats.people, seats.others)
        self.names.chosen.connect(self.choose)
        left.addWidget(self.names, 1)
        if seats.keeper is not None:
            left.addWidget(self._keeper(seats.keeper))
        self._body.addWidget(self._left, 1)
        self._side = Column(spacing=0)
        self._body.addLayout(self._side)
        self._card: SecretCard | None = None
        self._waiting: Card | None = None
        if seats.pins_required:
            self._waiting = Card(margins=(28, 24, 28, 20))
            self._waiting.body.addWidget(Label("Chọn tên, rồi gõ mã PIN của đồng chí ở đây.", "body", "ink2"))
            self._waiting.body.addStretch(1)
            self._side.addWidget(self._waiting)
        column.addLayout(self._body, 1)
        theme.changed.connect(self._fit)

    def _header(self, seats: SeatChoice, preferences: Preferences) -> QWidget:
        header = Ground("header")
        row = Row(header, spacing=24, margins=(44, 12, 44, 12))
        names = Column(spacing=0)
        names.addWidget(Label(seats.cell_name.upper, "cap", "ink2"))
        names.addWidget(Label(seats.cell_name.own, "body", weight=600))
        row.addLayout(names, 1)
        row.addWidget(TextSize(preferences))
        self._now = Label("", "body", "ink2", wrap=False)
        row.addWidget(self._now)
        self._clock = QTimer(self)
        self._clock.setInterval(10_000)
        self._clock.timeout.connect(self._tell_time)
        self._clock.start()
        self._tell_time()
        self.leave = make_button("outlined", "Về trang mở đầu", "arrow-left", "Esc")
        self.leave.clicked.connect(self.leave_requested)
        row.addWidget(self.leave)
        return header

    def _keeper(self, seat: Seat) -> QWidget:
        card = Card(kind="pri", margins=(18, 12, 14, 12))
        row = Row(spacing=16)
        words = (
            "Sổ chưa ghi ai là bí thư. Người lập sổ ghi tiếp danh sách và chức vụ; "
            "từ khi có bí thư, mỗi đồng chí chọn tên mình."
        )
        row.addWidget(Label(words, "body"), 1)
        self.keep_button = make_button("filled", "Tiếp tục lập sổ", "pen-line", "Ctrl+Enter")
        self.keep_button.clicked.connect(lambda: self.choose(seat))
        row.addWidget(self.keep_button)
        card.body.addLayout(row)
        return card

    # What it shows

    @property
    def card(self) -> "SecretCard":
        """Where the PIN is asked for; made when the first name is chosen, so that the names stand sooner."""
        if self._card is None:
            from app.ui.screens.people.secret_card import SecretCard

            self._card = SecretCard()
            self._card.typed.connect(self._give)
            self._scroll = ScrollBody(margins=(0, 0, 0, 0), fills=True)
            self._scroll.body.addWidget(self._card)
            self._side.addWidget(self._scroll)
        return self._card

    @property
    def asked(self) -> Seat | None:
        """Whose PIN is asked for now."""
        return self._card.seat if self._card is not None else None

    @property
    def search_field(self) -> QWidget:
        """Where letters of a name go."""
        return self.names.search_field

    @property
    def buttons(self) -> list[Button]:
        """The names on this page."""
        return self.names.buttons

    def first_focus(self) -> QWidget:
        """Letters go into the search at once."""
        return self.names.search_field

    def _tell_time(self) -> None:
        now = datetime.now()
        day = weekday_name(now.date())
        self._now.setText(f"{day[0].upper()}{day[1:]}, {format_date(now.date())} · {now:%H:%M}")

    # What the person does

    def choose(self, seat: Seat) -> None:
        """A name was taken: ask for its PIN, unless nothing is asked."""
        if seat.secret is SeatSecret.NOTHING or seat.id in self._free:
            self.person_chosen.emit(seat.id)
            return
        self.note.close_message()
        self.names.mark(seat.id)
        self.card.show_seat(seat)
        self._fit()
        self.card.take_focus()

    def _give(self, secret: str) -> None:
        if self.asked is not None:
            self.secret_given.emit(self.asked.id, secret)

    def refuse(self, sentence: str, wait: int = 0) -> None:
        """What was typed was wrong, or came too early."""
        self.card.refuse(sentence, wait)

    def go_back(self) -> bool:
        """Esc: from the PIN back to the names, from there to the start page."""
        if self.asked is None:
            self.leave_requested.emit()
            return True
        self.names.mark("")
        self.card.show_seat(None)
        self._fit()
        self.names.search_field.setFocus()
        return True

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return handled

    def _fit(self) -> None:
        """The PIN beside the names, or in their place where the window is narrow."""
        is_narrow = logical_width(self) < FULL_WIDTH
        self._now.setVisible(not is_narrow)
        self.leave.set_compact(is_narrow)
        is_asking = self.asked is not None
        is_low = logical_height(self) < _LOW
        width = min(px(_CARD_WIDTH + (is_narrow * 60)), max(240, self.width() - px(88)))
        if self._waiting is not None:
            self._waiting.setVisible(not is_asking and not is_narrow)
            self._waiting.setFixedWidth(width)
        if self._card is not None:
            self._scroll.setVisible(is_asking)
            self._scroll.setFixedWidth(width)
            self._card.set_low(logical_height(self) < _LOW_FOR_KEYS)
        self.names.set_low(is_low)
        self._hint.setVisible(not is_low)
        self._left.setVisible(not (is_narrow and is_asking))
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.names.fit()
