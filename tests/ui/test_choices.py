"""A line that is one big button."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.parts.choices import WayOn
from tests.ui.typing_keys import press


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_take_the_way_that_is_in_hand(qtbot: QtBot, key: Qt.Key) -> None:
    way = WayOn("history", "Khôi phục từ một bản sao")
    qtbot.addWidget(way)

    with qtbot.waitSignal(way.clicked, timeout=500):
        press(way, key)
