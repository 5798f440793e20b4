"""Beside the names: whose place it is, and the PIN or the password that opens it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.pin import wait_words
from app.domain.seat import Seat, SeatSecret
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.fields import LineField
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, Grid, Row
from app.ui.parts.messages import announce
from app.ui.parts.pin_field import PinField

_FORGOTTEN = (
    "Nhờ bí thư đặt mã mới: bí thư ngồi vào máy, mở Thiết lập, phần Người dùng. Bí thư không xem được mã cũ."
)
_NO_PIN = (
    "Đồng chí chưa có mã PIN. Nhờ bí thư cấp mã lần đầu: bí thư ngồi vào máy, mở Thiết lập, phần Người dùng."
)
_NOBODY = "Chọn tên, rồi gõ mã PIN của đồng chí ở đây."


class SecretCard(Card):
    """``typed`` carries what was typed. A wrong one is said in words; nothing shakes, nothing blinks."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(spacing=8, margins=(28, 24, 28, 20))
        self._seat: Seat | None = None
        self._by_password = False
        self._is_low = False
        self._wait, self._before_wait = 0, ""
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._count_down)
        self._address = Label("Đồng chí", "body", "ink2")
        self.name = Label("", "h1")
        self.prompt = Label(_NOBODY, "body")
        self.pin = PinField()
        self.pin.complete.connect(self._send)
        self.password = LineField()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("Mật khẩu mở sổ")
        self.password.returnPressed.connect(self.send)
        self.answer = QWidget()
        row = Row(self.answer, spacing=6)
        row.addWidget(IconLabel("circle-alert", "bad", 18), 0, Qt.AlignmentFlag.AlignTop)
        self.words = Label("", "body", "bad", weight=600)
        row.addWidget(self.words, 1)
        self.keys = self._keypad()
        self.enter = make_button("filled", "Vào sổ", "log-in", "Enter", self.send, large=True)
        self.forgotten = make_button("ghost", "Quên mã PIN?", on_click=self._say_forgotten)
        self.use_password = make_button("ghost", "Dùng mật khẩu mở sổ", on_click=self._switch)
        self.way_out = Label("", "cap", "ink2")
        for widget in (self._address, self.name, self.prompt, self.pin, self.password, self.answer):
            self.body.addWidget(widget)
        self.body.addWidget(self.keys)
        self.body.addWidget(self.enter)
        ways = Column(spacing=0)
        for button in (self.forgotten, self.use_password):
            ways.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(ways)
        self.body.addWidget(self.way_out)
        self.body.addStretch(1)
        self.show_seat(None)

    def _keypad(self) -> QWidget:
        """For the mouse; the keyboard needs none of it."""
        pad = QWidget()
        grid = Grid(pad, spacing=(8, 8), margins=(0, 6, 0, 4))
        for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0):
            place = (3, 1) if number == 0 else divmod(number - 1, 3)
            grid.addWidget(self._key(str(number), partial(self.pin.insert, str(number))), *place)
        grid.addWidget(self._key("Xóa", self.pin.backspace), 3, 2)
        return pad

    def _key(self, words: str, act: Callable[[], object]) -> Button:
        key = make_button("outlined", words, on_click=act)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setAccessibleName("Xóa một số" if words == "Xóa" else f"Số {words}")
        return key

    # What it shows

    @property
    def seat(self) -> Seat | None:
        """Whose PIN is asked for."""
        return self._seat

    def show_seat(self, seat: Seat | None) -> None:
        """Ask this person; nobody: say what the card is for."""
        self._seat = seat
        self._by_password = seat is not None and seat.secret is SeatSecret.PASSWORD
        self._address.setVisible(seat is not None)
        self.name.setText(seat.name if seat else "")
        self.name.setVisible(seat is not None)
        self.pin.set_length(seat.pin_length if seat and seat.pin_length else 4)
        self.password.clear()
        self._end_wait()
        self.way_out.setText("")
        self._fit_way()

    def set_low(self, is_low: bool) -> None:
        """On low windows the keypad goes; the keyboard is there."""
        self._is_low = is_low
        self._fit_way()

    def _fit_way(self) -> None:
        seat = self._seat
        is_asked = seat is not None and seat.secret in (SeatSecret.PIN, SeatSecret.PASSWORD)
        by_pin = is_asked and not self._by_password
        self.pin.setVisible(by_pin)
        self.keys.setVisible(by_pin and not self._is_low)
        self.password.setVisible(is_asked and not by_pin)
        self.enter.setVisible(is_asked and not by_pin)
        self.forgotten.setVisible(by_pin)
        has_both = seat is not None and seat.secret is SeatSecret.PIN and seat.may_use_password
        self.use_password.setVisible(has_both)
        self.use_password.set_words("Dùng mã PIN" if self._by_password else "Dùng mật khẩu mở sổ")
        self.way_out.setVisible(bool(self.way_out.text()))
        if seat is None:
            words = _NOBODY
        elif seat.secret is SeatSecret.MISSING:
            words = _NO_PIN
        elif by_pin:
            words = f"Gõ mã PIN {seat.pin_length} số của đồng chí"
        else:
            words = "Gõ mật khẩu mở sổ của đồng chí"
        self.prompt.setText(words)
        self.prompt.set_tone("ink2" if seat is None else "")

    def field(self) -> QWidget:
        """Where one types now."""
        return self.password if self._by_password else self.pin

    def take_focus(self) -> None:
        """Digits go into the boxes at once."""
        self.field().setFocus(Qt.FocusReason.OtherFocusReason)

    # What the person does

    def send(self) -> None:
        """The password is asked for by Enter; a PIN goes by itself."""
        if self._by_password and self.password.text():
            self._send(self.password.text())

    def _send(self, secret: str) -> None:
        self.answer.hide()
        self.pin.setReadOnly(True)
        self.password.setReadOnly(True)
        if self._by_password:
            self.prompt.setText("Đang mở khóa…")
        self.typed.emit(secret)

    def _switch(self) -> None:
        self._by_password = not self._by_password
        self.answer.hide()
        self._fit_way()
        self.take_focus()

    def _say_forgotten(self) -> None:
        self.way_out.setText(_FORGOTTEN)
        self.way_out.show()
        announce(self.way_out)
        self.take_focus()

    # What came of it

    def refuse(self, sentence: str, wait: int = 0) -> None:
        """Say why not, and for a wait count the seconds down; then one types again."""
        self._end_wait()
        self._fit_way()
        self.pin.clear()
        self.password.selectAll()
        self.words.setText(sentence)
        self.answer.show()
        announce(self.words)
        if wait:
            self._wait, self._before_wait = wait, sentence.partition("Xin đợi")[0]
            self.pin.setReadOnly(True)
            self.keys.setEnabled(False)
            self._seconds.start()
            self._say_wait()
        self.take_focus()

    def _say_wait(self) -> None:
        self.words.setText(f"{self._before_wait}Xin đợi {wait_words(self._wait)} rồi gõ lại.")

    def _count_down(self) -> None:
        self._wait -= 1
        if self._wait > 0:
            self._say_wait()
        else:
            self._end_wait()
            self.take_focus()

    def _end_wait(self) -> None:
        self._seconds.stop()
        self._wait = 0
        self.answer.hide()
        self.keys.setEnabled(True)
        self.pin.setReadOnly(False)
        self.password.setReadOnly(False)
