"""The board: states at a glance, everything by keyboard, and what leads on from it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain.monthly import MonthState
from app.services.months import comment_month
from app.services.workspace import Workspace
from app.ui.parts.labels import Label
from tests.book_fixtures import FakeClock, People
from tests.builders import add_member
from tests.ui.screens.months.conftest import MakeDesk
from tests.ui.screens.months.sitting import CONTROL, MARCH, BoardSitting, stored
from tests.ui.typing_keys import type_text


def test_the_cursor_starts_in_the_month_the_cell_is_gathering(board: BoardSitting) -> None:
    assert board.page.board.month() == MARCH
    assert "tháng 3" in board.page.board.confirm.text()


def test_until_its_due_day_last_month_is_still_being_gathered(
    qtbot: QtBot, secretary_ws: Workspace, clock: FakeClock, make_desk: MakeDesk
) -> None:
    clock.day = clock.day.replace(month=4, day=2)

    board = BoardSitting(qtbot, *make_desk(secretary_ws)).sit()

    assert board.page.board.month() == MARCH


def test_a_cell_is_read_aloud_with_name_month_and_state(board: BoardSitting, people: People) -> None:
    board.choose(people.deputy, 3)
    assert board.spoken() == "Lê Văn Cường, tháng 3, chưa gửi"

    board.choose(people.deputy, 1)
    assert board.spoken() == "Lê Văn Cường, tháng 1, chưa gửi, đã quá hạn"

    board.choose(people.plain, 3)
    assert board.spoken() == "Nguyễn Văn Đạt, tháng 3, đã gửi, chờ chi bộ"


def test_arrows_home_and_end_move_the_cursor(board: BoardSitting, people: People) -> None:
    board.choose(people.secretary, 3)

    board.press(Qt.Key.Key_Right)
    board.press(Qt.Key.Key_Down)
    assert board.spoken().startswith("Lê Văn Cường, tháng 4")

    board.press(Qt.Key.Key_Home)
    assert ", tháng 1," in board.spoken()
    board.press(Qt.Key.Key_End)
    assert ", tháng 12," in board.spoken()


def test_letters_without_marks_jump_to_the_given_name(board: BoardSitting) -> None:
    type_text(board.page.board.table, "dat")

    assert board.spoken().startswith("Nguyễn Văn Đạt")


def test_filters_count_and_show_the_month_under_the_cursor(board: BoardSitting) -> None:
    words = [board.page.board.filter.word_button(key).text() for key in ("all", "missing", "waiting", "late")]
    assert words == ["Tất cả 4", "Chưa gửi 2", "Chờ ý kiến 2", "Trễ 0"]

    board.page.board.filter.word_button("missing").click()
    assert board.names() == ["Lê Văn Cường", "Phạm Thị Dung"]


def test_an_empty_filter_says_so(board: BoardSitting) -> None:
    board.page.board.filter.word_button("late").click()

    assert board.page.board.empty.isVisible()
    assert "Trễ".lower() in board.page.board.empty.words.text()


def test_search_finds_without_marks(board: BoardSitting, qtbot: QtBot) -> None:
    board.page.board.search.setFocus()
    type_text(board.page.board.search, "cuong")
    qtbot.waitUntil(lambda: board.names() == ["Lê Văn Cường"])


def test_space_marks_and_ctrl_c_copies_the_marked_as_a_table(board: BoardSitting, people: People) -> None:
    board.choose(people.plain, 3)
    board.press(Qt.Key.Key_Space)
    board.press(Qt.Key.Key_C, CONTROL)

    head, line = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t")[:3] == ["TT", "Họ và tên", "Tháng 1"]
    assert line.split("\t")[:5] == ["4", "Nguyễn Văn Đạt", "Trễ", "Trễ", "Đã gửi"]


def test_escape_takes_the_marks_back(board: BoardSitting, people: People) -> None:
    board.choose(people.plain, 3)
    board.press(Qt.Key.Key_Space)

    assert board.page.go_back()
    assert not board.page.board.table.model_.marked


def test_enter_opens_the_month_and_escape_comes_back_to_the_same_cell(
    board: BoardSitting, people: People
) -> None:
    board.choose(people.plain, 3)
    board.press(Qt.Key.Key_Return)
    assert board.page.comments.view.header.title.text() == "Tháng 3 của Nguyễn Văn Đạt"

    board.page.go_back()
    assert board.page.stack.currentWidget() is board.page.board
    assert board.spoken().startswith("Nguyễn Văn Đạt, tháng 3")


def test_f2_types_from_paper(board: BoardSitting, people: People) -> None:
    board.choose(people.deputy, 3)
    board.press(Qt.Key.Key_F2)

    assert board.page.editor is not None
    assert board.page.editor.view.header.title.text() == "Nhập thay Lê Văn Cường, tháng 3/2026"
    assert "nhập thay Lê Văn Cường" in board.page.editor.view.on_behalf.text


def test_ctrl_p_leads_to_the_years_matrix(board: BoardSitting) -> None:
    board.press(Qt.Key.Key_P, CONTROL)

    board.qtbot.waitUntil(lambda: board.gone == [("papers", {"paper": "matrix"})])


def test_the_inspector_shows_what_the_cell_said_of_each_item(
    board: BoardSitting, secretary_ws: Workspace, people: People, qtbot: QtBot
) -> None:
    item = stored(secretary_ws, people.plain, MARCH).entries[0].item_id
    comment_month(secretary_ws, people.plain, MARCH, "", None, {item: "Cần ghi rõ số buổi"})
    inspector = board.page.board.inspector
    board.choose(people.plain, 3)

    def words() -> list[str]:
        return [label.text() for label in inspector.findChildren(Label)]

    qtbot.waitUntil(lambda: "Chi bộ: Cần ghi rõ số buổi" in words())


def test_the_inspector_shows_last_months_words(board: BoardSitting, people: People, qtbot: QtBot) -> None:
    board.choose(people.deputy, 3)
    inspector = board.page.board.inspector

    def words() -> str:
        return " ".join(label.text() for label in inspector.findChildren(type(inspector.name)))

    qtbot.waitUntil(lambda: "Đã học xong chuyên đề quý I" in words())
    assert "Tháng trước (tháng 2)" in words()


def test_a_reason_excuses_a_month(board: BoardSitting, people: People, secretary_ws: Workspace) -> None:
    board.choose(people.deputy, 3)
    board.dialogs.answers = ["Đi viện từ ngày 05"]
    board.page.board.inspector.excuse.click()
    board.settle()

    assert stored(secretary_ws, people.deputy, MARCH).state is MonthState.EXCUSED
    assert board.spoken() == "Lê Văn Cường, tháng 3, nghỉ có lý do"
    assert board.said == ["Đã ghi Lê Văn Cường nghỉ tháng 3/2026 có lý do."]


def test_without_a_reason_nothing_is_excused(
    board: BoardSitting, people: People, secretary_ws: Workspace
) -> None:
    board.choose(people.deputy, 3)
    board.dialogs.answers = [None]
    board.page.board.inspector.excuse.click()
    board.settle()

    assert stored(secretary_ws, people.deputy, MARCH).state is MonthState.DRAFT
    assert board.said == []


def test_an_excused_month_is_opened_again_with_a_reason(
    board: BoardSitting, people: People, secretary_ws: Workspace
) -> None:
    board.choose(people.deputy, 3)
    board.dialogs.answers = ["Đi viện từ ngày 05", "Đồng chí đã về"]
    board.page.board.inspector.excuse.click()
    board.settle()
    board.page.board.inspector.reopen.click()
    board.settle()

    assert stored(secretary_ws, people.deputy, MARCH).reopen_reason == "Đồng chí đã về"


def test_another_year_shows_its_own_months(board: BoardSitting) -> None:
    board.desk.set_year(2025)
    board.settle()

    assert board.page.board.month().year == 2025
    assert board.page.board.month().month == 12


def test_a_place_is_remembered_and_found_again(board: BoardSitting, people: People) -> None:
    board.choose(people.committee, 2)
    place = board.page.place()

    board.choose(people.secretary, 9)
    board.page.show_place(**place)
    board.settle()

    assert board.spoken().startswith("Phạm Thị Dung, tháng 2")


def test_an_empty_book_says_what_to_do(qtbot: QtBot, ws: Workspace, make_desk: MakeDesk) -> None:
    board = BoardSitting(qtbot, *make_desk(ws)).sit()

    assert board.page.board.empty.title.text() == "Chưa có đảng viên nào"


def test_the_board_shows_sixty_members_and_more(
    qtbot: QtBot, secretary_ws: Workspace, make_desk: MakeDesk
) -> None:
    for number in range(60):
        add_member(secretary_ws, f"Nguyễn Thị Hoa {'ABCDEFGHIJ'[number % 10]}{'KLMNOP'[number // 10]}")

    board = BoardSitting(qtbot, *make_desk(secretary_ws)).sit()

    assert len(board.names()) == 64


@pytest.mark.parametrize("width", [1280, 900, 640])
def test_every_width_keeps_the_names_whole(board: BoardSitting, width: int) -> None:
    board.page.resize(width, 650)
    board.settle()

    table = board.page.board.table
    assert table.name_width() < width / 2
    assert table.verticalHeader().width() == table.name_width()
