"""A button is pressed by Enter as by Space, wherever it stands."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.parts.buttons import Button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_the_button_that_has_the_focus(qtbot: QtBot, key: Qt.Key) -> None:
    button = Button("filled", "Nhập từ Excel")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    button.show()

    qtbot.keyClick(button, key)

    assert len(pressed) == 1


def test_a_held_enter_presses_once(qtbot: QtBot) -> None:
    button = Button("filled", "Nhập từ Excel")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))

    for is_held in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", is_held
        )
        QApplication.sendEvent(button, event)

    assert len(pressed) == 1
