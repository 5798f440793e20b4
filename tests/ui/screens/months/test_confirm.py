"""Confirming a month after the meeting."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.meeting import MeetingKind
from app.domain.monthly import MonthState
from app.domain.pledge import Pledge
from app.services.meetings import new_meeting, save_meeting
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.ui.screens.months.conftest import MakeDesk
from tests.ui.screens.months.sitting import CONTROL, FEBRUARY, MARCH, BoardSitting, stored


@pytest.fixture
def meeting(board: BoardSitting) -> BoardSitting:
    """The secretary with the list of March to confirm."""
    board.press_button_key(Qt.Key.Key_Return, CONTROL, board.page.board.confirm)
    return board


def _ticked(board: BoardSitting) -> list[str]:
    records = board.page.confirming.table.records
    return [record.name for record in records.shown if record.member_id in records.ticked()]


def test_those_who_handed_in_are_ticked_and_the_others_are_named(meeting: BoardSitting) -> None:
    assert _ticked(meeting) == ["Nguyễn Văn Đạt"]
    assert meeting.page.confirming.left.text().splitlines() == [
        "Trần Thị Bình: tháng của mình, phó bí thư hoặc chi ủy viên xác nhận",
        "Lê Văn Cường: chưa gửi",
        "Phạm Thị Dung: chưa gửi",
    ]
    assert meeting.page.confirming.confirm.text() == "Xác nhận 1 người"


def test_enter_confirms_and_says_whose_month_was_left(
    meeting: BoardSitting, secretary_ws: Workspace, people: People
) -> None:
    meeting.press(Qt.Key.Key_Return)

    done = stored(secretary_ws, people.plain, MARCH)
    assert (done.state, done.meeting_date) == (MonthState.CONFIRMED, date(2026, 3, 20))
    assert stored(secretary_ws, people.secretary, MARCH).state is MonthState.SUBMITTED
    said = meeting.page.board.message.text
    assert said.startswith("Đã xác nhận tháng 3 cho 1 đồng chí.")
    assert "Trần Thị Bình: tháng của mình" in said


def test_the_day_of_the_months_meeting_is_proposed_where_it_is_in_the_book(
    board: BoardSitting, secretary_ws: Workspace
) -> None:
    meeting = new_meeting(secretary_ws, MeetingKind.MONTHLY, 2026, 3).meeting
    save_meeting(secretary_ws, replace(meeting, held_on=date(2026, 3, 18)))

    board.press_button_key(Qt.Key.Key_Return, CONTROL, board.page.board.confirm)

    assert board.page.confirming.day.value() == date(2026, 3, 18)


def test_the_deputy_confirms_the_secretarys_month(
    qtbot: QtBot, deputy_ws: Workspace, months: dict[str, Pledge], people: People, make_desk: MakeDesk
) -> None:
    board = BoardSitting(qtbot, *make_desk(deputy_ws)).sit()
    board.press_button_key(Qt.Key.Key_Return, CONTROL, board.page.board.confirm)
    assert _ticked(board) == ["Trần Thị Bình", "Nguyễn Văn Đạt"]

    board.press(Qt.Key.Key_Return)
    assert stored(deputy_ws, people.secretary, MARCH).state is MonthState.CONFIRMED


def test_only_the_marked_are_ticked(board: BoardSitting, people: People) -> None:
    board.choose(people.deputy, 2)
    board.press(Qt.Key.Key_Space)
    board.press_button_key(Qt.Key.Key_Return, CONTROL, board.page.board.confirm)

    assert _ticked(board) == ["Lê Văn Cường"]


def test_one_can_be_left_out(board: BoardSitting, people: People, secretary_ws: Workspace) -> None:
    board.choose(people.deputy, 2)
    board.press_button_key(Qt.Key.Key_Return, CONTROL, board.page.board.confirm)
    records = board.page.confirming.table.records
    records.toggle(records.row_of(people.committee))
    board.page.confirming.confirm.click()
    board.settle()

    assert stored(secretary_ws, people.deputy, FEBRUARY).state is MonthState.CONFIRMED
    assert stored(secretary_ws, people.committee, FEBRUARY).state is MonthState.SUBMITTED


def test_a_meeting_still_to_come_is_refused_beside_the_field(
    meeting: BoardSitting, secretary_ws: Workspace, people: People
) -> None:
    meeting.page.confirming.day.set_value(date(2026, 3, 25))
    meeting.page.confirming.confirm.click()
    meeting.settle()

    assert meeting.page.confirming.day_field.error == "Ngày họp 25/03/2026 chưa tới."
    assert stored(secretary_ws, people.plain, MARCH).state is MonthState.SUBMITTED


def test_a_date_that_is_none_is_said_before_anything_is_written(meeting: BoardSitting) -> None:
    meeting.page.confirming.day.set_text("31/02/2026")
    meeting.page.confirming.confirm.click()

    assert "Không có ngày 31/02" in meeting.page.confirming.day_field.error


def test_a_month_without_a_meeting_needs_the_reason(
    meeting: BoardSitting, secretary_ws: Workspace, people: People
) -> None:
    page = meeting.page.confirming
    page.no_meeting.click()
    page.confirm.click()
    meeting.settle()
    assert page.reason_field.error

    page.reason.set_value("Dồn sang buổi họp tháng 4")
    page.confirm.click()
    meeting.settle()
    done = stored(secretary_ws, people.plain, MARCH)
    assert (done.meeting_date, done.no_meeting_reason) == (None, "Dồn sang buổi họp tháng 4")


def test_nobody_ticked_means_nothing_to_confirm(meeting: BoardSitting) -> None:
    meeting.page.confirming.table.records.set_ticked(set())
    meeting.page.confirming.confirm.click()

    assert meeting.page.confirming.message.text == "Chưa đánh dấu đồng chí nào để xác nhận."


def test_escape_leaves_everything_as_it_was(
    meeting: BoardSitting, secretary_ws: Workspace, people: People
) -> None:
    meeting.page.go_back()

    assert meeting.page.stack.currentWidget() is meeting.page.board
    assert stored(secretary_ws, people.plain, MARCH).state is MonthState.SUBMITTED


def test_a_month_to_come_has_nothing_to_confirm(board: BoardSitting, people: People) -> None:
    board.choose(people.plain, 4)

    assert not board.page.board.confirm.isVisible()


def test_an_empty_list_says_so(board: BoardSitting, people: People, clock: FakeClock) -> None:
    board.choose(people.plain, 1)
    board.press_button_key(Qt.Key.Key_Return, CONTROL, board.page.board.confirm)

    assert board.page.confirming.empty.title.text() == "Không có tháng nào chờ xác nhận"
