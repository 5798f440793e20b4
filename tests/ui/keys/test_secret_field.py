"""A hidden field: shown on demand, exact letters, Caps Lock said."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.keys.secret_field import PasswordField
from tests.ui.typing_keys import press, type_text


def shown(qtbot: QtBot) -> PasswordField:
    field = PasswordField()
    qtbot.addWidget(field)
    field.show()
    return field


def test_letters_are_hidden_until_asked_for(qtbot: QtBot) -> None:
    field = shown(qtbot)
    type_text(field.line, "mưa rơi")

    assert field.secret.echoMode() is QLineEdit.EchoMode.Password
    field.show_button.click()
    assert field.secret.echoMode() is QLineEdit.EchoMode.Normal
    assert field.show_button.text() == "Ẩn chữ"

    field.clear()
    assert field.secret.echoMode() is QLineEdit.EchoMode.Password


def test_every_letter_and_space_stays_as_typed(qtbot: QtBot) -> None:
    field = shown(qtbot)
    type_text(field.line, " mưa  rơi ")
    field.line.clearFocus()

    assert field.value() == " mưa  rơi "


def test_caps_lock_is_said_and_taken_back(qtbot: QtBot) -> None:
    field = shown(qtbot)
    type_text(field.line, "M")
    assert field.caps.isVisible()

    type_text(field.line, "m")
    assert not field.caps.isVisible()


def test_capital_with_shift_is_no_caps_lock(qtbot: QtBot) -> None:
    field = shown(qtbot)
    shift = Qt.KeyboardModifier.ShiftModifier
    QApplication.sendEvent(field.line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_M, shift, "M"))

    assert field.value() == "M"
    assert not field.caps.isVisible()


def test_enter_hands_in(qtbot: QtBot) -> None:
    field = shown(qtbot)
    with qtbot.waitSignal(field.entered):
        press(field.line, Qt.Key.Key_Return)
