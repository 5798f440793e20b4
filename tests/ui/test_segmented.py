"""A choice of a few words starts empty and is made by digit, arrow or mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.ui.parts.segmented import Segmented
from tests.ui.typing_keys import press, type_text

LEVELS = (("good", "Tốt"), ("fair", "Khá"), ("average", "Trung bình"), ("poor", "Chưa đạt"))


@pytest.fixture
def levels(qtbot: QtBot) -> Segmented:
    choice = Segmented(LEVELS, name="Tự đánh giá")
    qtbot.addWidget(choice)
    choice.show()
    choice.activateWindow()
    qtbot.waitUntil(choice.isActiveWindow)
    return choice


def test_nothing_is_chosen_by_itself(levels: Segmented) -> None:
    levels.setFocus()

    assert levels.choice() == ""


@pytest.mark.parametrize(("digit", "key"), [("1", "good"), ("2", "fair"), ("4", "poor")])
def test_a_digit_chooses(levels: Segmented, digit: str, key: str) -> None:
    told: list[str] = []
    levels.chosen.connect(told.append)
    levels.setFocus()

    type_text(levels.word_button("good"), digit)

    assert (levels.choice(), told) == (key, [key])


def test_a_digit_beyond_the_words_chooses_nothing(levels: Segmented) -> None:
    levels.setFocus()

    type_text(levels.word_button("good"), "9")

    assert levels.choice() == ""


def test_arrows_move_and_choose(levels: Segmented) -> None:
    levels.setFocus()

    press(levels.word_button("good"), Qt.Key.Key_Right)
    first = levels.choice()
    press(levels.word_button("good"), Qt.Key.Key_Right)

    assert (first, levels.choice()) == ("good", "fair")


def test_a_choice_can_be_taken_back(levels: Segmented) -> None:
    told: list[str] = []
    levels.set_choice("fair")
    levels.chosen.connect(told.append)

    press(levels.word_button("fair"), Qt.Key.Key_Delete)

    assert (levels.choice(), told) == ("", [""])


def test_a_filter_always_has_a_choice(qtbot: QtBot) -> None:
    choice = Segmented((("all", "Tất cả"), ("late", "Trễ")), name="Lọc", chosen="all")
    qtbot.addWidget(choice)
    choice.set_counts({"all": 42, "late": 15})

    press(choice.word_button("all"), Qt.Key.Key_Delete)

    assert choice.choice() == "all"
    assert choice.word_button("late").text() == "Trễ 15"


def test_a_click_chooses_and_tells_once(levels: Segmented, qtbot: QtBot) -> None:
    told: list[str] = []
    levels.chosen.connect(told.append)

    qtbot.mouseClick(levels.word_button("average"), Qt.MouseButton.LeftButton)

    assert told == ["average"]


def test_a_program_showing_a_choice_tells_nobody(levels: Segmented) -> None:
    told: list[str] = []
    levels.chosen.connect(told.append)

    levels.set_choice("poor")

    assert told == []


def test_tab_stops_once_and_a_screen_reader_hears_name_and_word(levels: Segmented) -> None:
    stops = [key for key, _ in LEVELS if levels.word_button(key).focusPolicy() & Qt.FocusPolicy.TabFocus]
    interface = QAccessible.queryAccessibleInterface(levels.word_button("fair"))

    assert stops == ["good"]
    assert interface.text(QAccessible.Text.Name) == "Tự đánh giá: Khá"
    assert interface.role() == QAccessible.Role.RadioButton


def test_a_narrow_window_wraps_the_words_instead_of_cutting_them(levels: Segmented) -> None:
    wide = levels.sizeHint()

    levels.resize(wide.width() // 2, 200)

    assert levels.heightForWidth(wide.width() // 2) > wide.height()
    assert all(levels.word_button(key).geometry().right() <= levels.width() for key, _ in LEVELS)
