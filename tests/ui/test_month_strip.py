"""Twelve months: arrows move, Enter opens, a screen reader hears month and state."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.parts.month_strip import MonthCell, MonthStrip


@pytest.fixture
def strip(qtbot: QtBot) -> MonthStrip:
    made = MonthStrip()
    qtbot.addWidget(made)
    cells = [MonthCell(month, "confirmed", "Tốt") for month in range(1, 11)]
    cells += [MonthCell(11, "not_submitted", is_current=True), MonthCell(12, "future")]
    made.set_cells(tuple(cells))
    made.resize(900, 82)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_focus_begins_at_the_current_month_and_enter_opens_it(strip: MonthStrip, qtbot: QtBot) -> None:
    strip.setFocus()

    with qtbot.waitSignal(strip.month_opened) as opened:
        qtbot.keyClick(strip.months[10], Qt.Key.Key_Return)

    assert strip.months[10].hasFocus()
    assert opened.args == [11]


def test_arrows_go_to_the_months_beside(strip: MonthStrip, qtbot: QtBot) -> None:
    strip.setFocus()

    qtbot.keyClick(strip.months[10], Qt.Key.Key_Left)

    assert strip.months[9].hasFocus()


def test_a_screen_reader_hears_month_state_and_level(strip: MonthStrip) -> None:
    assert strip.months[0].accessibleName() == "Tháng 1, đã xác nhận, tự đánh giá Tốt"
    assert strip.months[10].accessibleName() == "Tháng 11, chưa gửi"
    assert strip.months[11].accessibleName() == "Tháng 12, chưa tới"


def test_a_click_opens_a_month(strip: MonthStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.month_opened) as opened:
        qtbot.mouseClick(strip.months[2], Qt.MouseButton.LeftButton)

    assert opened.args == [3]
