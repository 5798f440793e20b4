"""A hidden field with "Hiện chữ" beside it; says when Caps Lock is on, where that can be known."""

import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.parts.buttons import make_button
from app.ui.parts.fields import CheckedField
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, Row

_VK_CAPITAL = 0x14


class _SecretLine(QLineEdit):
    """What is typed stays exactly as typed: a space more is another password."""

    caps_seen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_on = _caps_lock(event)
        if is_on is not None:
            self.caps_seen.emit(is_on)
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        is_on = _caps_lock(None)
        if is_on is not None:
            self.caps_seen.emit(is_on)


class PasswordField(CheckedField):
    """``edited`` at each letter, ``entered`` at Enter."""

    edited = Signal()
    entered = Signal()

    def __init__(self) -> None:
        self.secret = _SecretLine()
        super().__init__(self.secret)
        column = Column(self, spacing=3)
        row = Row(spacing=8)
        row.addWidget(self.secret, 1)
        self.show_button = make_button("outlined", "Hiện chữ", "eye", on_click=self._turn)
        self.show_button.setCheckable(True)
        row.addWidget(self.show_button)
        column.addLayout(row)
        self.caps = QWidget()
        caps = Row(self.caps, spacing=6)
        caps.addWidget(IconLabel("triangle-alert", "late", 16), 0, Qt.AlignmentFlag.AlignTop)
        caps.addWidget(Label("Phím Caps Lock đang bật: chữ gõ ra là chữ hoa.", "cap", "late"), 1)
        self.caps.hide()
        column.addWidget(self.caps)
        self.secret.caps_seen.connect(self.caps.setVisible)
        self.secret.textEdited.connect(lambda _text: self.edited.emit())
        self.secret.returnPressed.connect(self.entered)

    def value(self) -> str:
        """What is typed, letter for letter."""
        return self.secret.text()

    def clear(self) -> None:
        """Let go of what was typed, and hide what comes next."""
        self.secret.clear()
        if self.show_button.isChecked():
            self.show_button.click()

    def take_again(self) -> None:
        """Bring the person back to it with all of it selected, so that typing begins anew."""
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        self.secret.selectAll()

    def _turn(self) -> None:
        is_shown = self.show_button.isChecked()
        modes = QLineEdit.EchoMode
        self.secret.setEchoMode(modes.Normal if is_shown else modes.Password)
        self.show_button.set_words("Ẩn chữ" if is_shown else "Hiện chữ")
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)


def _caps_lock(event: QKeyEvent | None) -> bool | None:
    """Whether Caps Lock is on: Windows tells; elsewhere a letter typed with or without Shift shows it."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(_VK_CAPITAL) & 1)
    letter = event.text() if event is not None else ""
    if event is None or len(letter) != 1 or not (letter.isascii() and letter.isalpha()):
        return None
    has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return letter.isupper() != has_shift
