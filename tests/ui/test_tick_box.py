"""One tick box everywhere: a screen reader knows it, Space and a click tick it, its words are never cut."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.layout import Column
from app.ui.parts.tick_box import TickBox

WORDS = "Nhận xét của chi bộ nơi cư trú ghi rõ từng nội dung cần khắc phục & thời hạn"


def test_a_screen_reader_says_what_it_is_and_what_it_stands_for(qtbot: QtBot) -> None:
    box = TickBox(WORDS, below="Quy định 366, điều 4")
    qtbot.addWidget(box)
    heard = QAccessible.queryAccessibleInterface(box)

    assert heard.role() == QAccessible.Role.CheckBox
    assert heard.text(QAccessible.Text.Name) == WORDS
    assert heard.text(QAccessible.Text.Description) == "Quy định 366, điều 4"


def test_space_and_a_click_on_the_words_tick(qtbot: QtBot) -> None:
    box = TickBox(WORDS)
    qtbot.addWidget(box)
    box.resize(300, 60)
    box.show()

    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()

    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert not box.isChecked()


def test_a_dash_becomes_a_tick_when_pressed(qtbot: QtBot) -> None:
    box = TickBox(WORDS)
    qtbot.addWidget(box)
    box.setCheckState(Qt.CheckState.PartiallyChecked)

    box.click()

    assert box.checkState() == Qt.CheckState.Checked


def test_a_narrow_page_gives_it_more_lines(qtbot: QtBot) -> None:
    page = QWidget()
    box = TickBox(WORDS, below="Quy định 366, điều 4")
    column = Column(page)
    column.addWidget(box)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(900, 400)
    page.show()
    wide = box.height()
    page.resize(220, 400)

    qtbot.waitUntil(lambda: box.height() > wide)


@pytest.mark.parametrize("is_checked", [True, False])
def test_the_ring_around_the_box_can_be_seen(qtbot: QtBot, is_checked: bool) -> None:
    box = TickBox("Đồng ý")
    qtbot.addWidget(box)
    box.setChecked(is_checked)
    box.resize(200, 40)
    box.show()
    without = box.grab().toImage()

    box.setFocus()
    qtbot.waitUntil(lambda: box.hasFocus())

    assert box.grab().toImage() != without
