"""Words in the page: a note with a way out, what was just done, problems that lead to their field."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Problem
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.messages import DoneBar, MessageBar, ProblemList
from app.ui.parts.page import PageHeader, YearSwitch


def test_a_note_stays_until_it_is_solved(qtbot: QtBot) -> None:
    bar, pressed = MessageBar(), []
    qtbot.addWidget(bar)

    bar.show_message("error", "Ổ D: đã đầy.", "Lưu lại", lambda: pressed.append(True))
    assert bar.button is not None
    bar.button.click()
    said = bar.text
    bar.close_message()

    assert (said, pressed, bar.text) == ("Ổ D: đã đầy.", [True], "")


def test_a_new_note_takes_the_place_of_the_old_one_and_of_its_button(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)

    bar.show_message("warning", "Ngày họp chưa tới.", "Sửa ngày", lambda: None)
    bar.show_message("info", "Đã có 18 đồng chí gửi.")

    assert bar.button is None
    assert bar.text == "Đã có 18 đồng chí gửi."


def test_undo_takes_back_once(qtbot: QtBot) -> None:
    holder, undone = QWidget(), []
    qtbot.addWidget(holder)
    bar = DoneBar(holder)

    bar.show_done("Đã xóa việc 3.", lambda: undone.append(3))
    bar.undo.click()

    assert undone == [3]
    assert not bar.can_undo


def test_what_cannot_be_undone_offers_no_undo(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    bar = DoneBar(holder)

    bar.show_done("Đã in 149 trang.")

    assert bar.undo.isHidden()
    assert not bar.can_undo


def test_f8_goes_from_problem_to_problem_and_round(qtbot: QtBot) -> None:
    problems, led = ProblemList(), []
    qtbot.addWidget(problems)
    problems.problem_chosen.connect(led.append)

    problems.show_problems(
        [Problem("level-3", "Việc 3: chưa chọn mức"), Problem("result-4", "Việc 4: trống")]
    )
    for _ in range(3):
        problems.go_to_next()

    assert led == ["level-3", "result-4", "level-3"]


def test_no_problem_hides_the_list(qtbot: QtBot) -> None:
    problems = ProblemList()
    qtbot.addWidget(problems)

    problems.show_problems([Problem("a", "b")])
    problems.show_problems([])

    assert problems.isHidden()


def test_a_key_shown_on_a_button_presses_it(qtbot: QtBot) -> None:
    page, pressed = QWidget(), []
    button = make_button("filled", "Gửi cho chi bộ", "send", "Ctrl+Enter", lambda: pressed.append(True))
    button.setParent(page)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)

    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: pressed == [True])

    assert button.accessibleName() == "Gửi cho chi bộ"


@pytest.mark.parametrize("kind", ["filled", "outlined", "ghost", "danger"])
def test_a_long_label_grows_in_height_before_it_is_cut(qtbot: QtBot, kind: str) -> None:
    button = make_button(kind, "Lấy việc chưa xong của năm 2024 sang năm 2025")
    qtbot.addWidget(button)
    one_line = button.sizeHint()
    button.show()

    button.resize(one_line.width() // 2, one_line.height())

    assert button.sizeHint().height() > one_line.height()


def test_header_actions_become_icons_on_a_narrow_window_and_keep_their_names(qtbot: QtBot) -> None:
    printing = make_button("outlined", "In bảng năm", "printer")
    header = PageHeader("Bảng tháng", actions=(printing,))
    qtbot.addWidget(header)
    header.resize(1366, 64)
    header.show()
    wide = printing.sizeHint().width()

    header.resize(900, 64)

    assert printing.sizeHint().width() < wide / 2
    assert printing.toolTip() == printing.accessibleName() == "In bảng năm"


def test_the_year_steps_within_the_years_there_are(qtbot: QtBot) -> None:
    switch, chosen = YearSwitch((2024, 2025, 2026), 2025), []
    qtbot.addWidget(switch)
    switch.year_chosen.connect(chosen.append)
    switch.show()

    for x in (switch.width() - 8, switch.width() - 8, 8):
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(x, 12))

    assert chosen == [2026, 2025]


def test_longer_words_on_a_bar_that_still_stands_are_whole(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(1000, 400)
    bar = DoneBar(holder)
    holder.show()
    bar.show_done("Đã sao lưu sổ.")
    bar.fit(900)
    bar.show_done("Bản sao mới nhất đã ở nơi thứ hai và đọc lại tốt.")
    bar.fit(900)

    words = bar.findChild(Label)
    assert words is not None
    qtbot.waitUntil(lambda: words.width() >= words.sizeHint().width())
