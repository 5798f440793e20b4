"""What the cell says of a member's month."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.monthly import CellMark, MonthState
from app.domain.pledge import Pledge
from app.services.months import confirm_months, open_month, save_month
from app.services.workspace import Workspace
from app.ui.parts.labels import Label
from app.ui.screens.months.comment_view import CommentView
from tests.book_fixtures import People
from tests.builders import a_month
from tests.ui.screens.months.conftest import MakeDesk
from tests.ui.screens.months.sitting import CONTROL, FEBRUARY, MARCH, BoardSitting, stored
from tests.ui.typing_keys import commit, type_text


@pytest.fixture
def reading(board: BoardSitting, people: People) -> BoardSitting:
    """The secretary reading the plain member's March."""
    board.page.open_comments(people.plain, MARCH)
    board.settle()
    return board


def _comments(board: BoardSitting) -> CommentView:
    return board.page.comments.view


def test_the_cursor_is_in_the_first_field_and_nothing_is_filled_in(reading: BoardSitting) -> None:
    page = _comments(reading)
    areas = list(page.rows.areas.values())

    assert reading.focused() is areas[0]
    assert [area.value() for area in areas] == ["", ""]
    assert (page.side.comment.value(), page.side.mark()) == ("", None)


def test_ctrl_enter_saves_and_goes_to_the_next_waiting(
    reading: BoardSitting, secretary_ws: Workspace, people: People
) -> None:
    page = _comments(reading)
    type_text(reading.focused(), "Biểu dương cách làm cùng dân.")
    type_text(page.side.comment, "Việc rõ.")
    reading.press_button_key(Qt.Key.Key_Return, CONTROL, page.save)

    month = stored(secretary_ws, people.plain, MARCH)
    assert month.cell_comment == "Việc rõ."
    assert [entry.cell_comment for entry in month.entries if entry.cell_comment] == [
        "Biểu dương cách làm cùng dân."
    ]
    assert page.header.title.text() == "Tháng 3 của Trần Thị Bình"
    assert reading.said == ["Đã ghi ý kiến tháng 3/2026 của Nguyễn Văn Đạt."]


def test_the_last_one_waiting_says_of_no_other_to_come(reading: BoardSitting, people: People) -> None:
    page = _comments(reading)

    def to_come() -> list[str]:
        return [label.text() for label in page.bar.findChildren(Label) if label.text().startswith("Sau")]

    reading.page.open_comments(people.secretary, MARCH)
    reading.settle()
    first = (page.header.facts.text().split(" · ")[0], to_come())
    reading.page.open_comments(people.plain, MARCH)
    reading.settle()

    assert first == ("1 / 2 bản chờ ý kiến", ["Sau bản này còn 1 bản"])
    assert (page.header.facts.text().split(" · ")[0], to_come()) == ("2 / 2 bản chờ ý kiến", [])


def test_f6_and_space_praise(reading: BoardSitting, secretary_ws: Workspace, people: People) -> None:
    reading.press(Qt.Key.Key_F6)
    reading.press(Qt.Key.Key_Space)
    reading.press_button_key(Qt.Key.Key_Return, CONTROL, _comments(reading).save)

    assert stored(secretary_ws, people.plain, MARCH).mark is CellMark.PRAISE


def test_praise_and_reminder_exclude_each_other(reading: BoardSitting) -> None:
    side = _comments(reading).side
    side.praise.click()
    side.reminder.click()
    assert side.mark() is CellMark.REMINDER

    side.reminder.click()
    assert side.mark() is None


def test_a_stock_phrase_goes_in_at_the_cursor_and_replaces_nothing(reading: BoardSitting) -> None:
    page = _comments(reading)
    area = next(iter(page.rows.areas.values()))
    type_text(area, "Tốt.")
    page.side.phrases[1].click()

    assert area.value() == "Tốt. Tháng sau ghi rõ số liệu."


def test_words_typed_decomposed_are_kept_in_one_form(
    reading: BoardSitting, secretary_ws: Workspace, people: People
) -> None:
    page = _comments(reading)
    page.side.comment.setFocus()
    commit(page.side.comment, "Tiê\u0301p tu\u0323c")
    reading.press_button_key(Qt.Key.Key_Return, CONTROL, page.save)

    assert stored(secretary_ws, people.plain, MARCH).cell_comment == "Tiếp tục"


def test_words_left_behind_come_back(reading: BoardSitting, people: People) -> None:
    page = _comments(reading)
    type_text(page.side.comment, "Chưa nói hết")
    reading.page.go_back()
    reading.settle()

    reading.page.open_comments(people.plain, MARCH)
    reading.settle()
    assert page.side.comment.value() == "Chưa nói hết"
    assert "08:30 ngày 20/03/2026" in page.draft_message.text


def test_a_draft_can_be_given_up(reading: BoardSitting, people: People) -> None:
    page = _comments(reading)
    type_text(page.side.comment, "Chưa nói hết")
    reading.page.go_back()
    reading.page.open_comments(people.plain, MARCH)
    reading.settle()
    assert page.draft_message.button is not None
    page.draft_message.button.click()
    reading.settle()

    assert page.side.comment.value() == ""


def test_confirming_one_needs_the_meeting_date(
    reading: BoardSitting, secretary_ws: Workspace, people: People
) -> None:
    page = _comments(reading)
    page.confirm.click()
    assert page.side.day_field.error == "Chưa ghi ngày họp."

    page.side.day.set_value(date(2026, 3, 18))
    page.confirm.click()
    reading.settle()
    assert stored(secretary_ws, people.plain, MARCH).state is MonthState.CONFIRMED


def test_a_month_goes_back_with_what_is_wanted(
    reading: BoardSitting, secretary_ws: Workspace, people: People
) -> None:
    reading.dialogs.answers = ["Ghi rõ đã gặp mấy hộ"]
    _comments(reading).give_back.click()
    reading.settle()

    month = stored(secretary_ws, people.plain, MARCH)
    assert (month.state, month.cell_comment) == (MonthState.DRAFT, "Ghi rõ đã gặp mấy hộ")


def test_the_own_month_cannot_be_confirmed_here(reading: BoardSitting, people: People) -> None:
    page = _comments(reading)

    def to_come() -> list[str]:
        return [label.text() for label in page.bar.findChildren(Label) if label.text().startswith("Sau")]

    reading.page.open_comments(people.secretary, MARCH)
    reading.settle()

    assert not page.confirm.isVisible()
    assert "phó bí thư" in page.message.text


def test_a_confirmed_month_is_read_only_until_opened_again(
    qtbot: QtBot, secretary_ws: Workspace, months: dict[str, Pledge], people: People, make_desk: MakeDesk
) -> None:
    confirm_months(secretary_ws, FEBRUARY, [people.plain], date(2026, 3, 3))
    board = BoardSitting(qtbot, *make_desk(secretary_ws)).sit()
    board.page.open_comments(people.plain, FEBRUARY)
    board.settle()
    page = _comments(board)
    assert page.rows.areas == {}
    assert not page.save.isVisible()

    board.dialogs.answers = ["Ghi nhầm kết quả"]
    page.reopen.click()
    board.settle()
    assert stored(secretary_ws, people.plain, FEBRUARY).state is MonthState.SUBMITTED
    assert page.save.isVisible()


def test_a_draft_of_a_member_shows_nothing_of_its_words(
    qtbot: QtBot,
    secretary_ws: Workspace,
    deputy_ws: Workspace,
    months: dict[str, Pledge],
    people: People,
    make_desk: MakeDesk,
) -> None:
    save_month(deputy_ws, a_month(people.deputy, MARCH, months[people.deputy].items))
    board = BoardSitting(qtbot, *make_desk(secretary_ws)).sit()
    board.page.open_comments(people.deputy, MARCH)
    board.settle()

    shown = [label.text() for label in _comments(board).findChildren(Label) if label.isVisible()]
    assert not any("chuyên đề quý I" in words for words in shown)
    assert _comments(board).message.text == "Đồng chí này chưa gửi tháng 3/2026."


def test_last_months_private_draft_stays_closed_too(
    qtbot: QtBot,
    secretary_ws: Workspace,
    deputy_ws: Workspace,
    pledges: dict[str, Pledge],
    people: People,
) -> None:
    save_month(deputy_ws, a_month(people.deputy, FEBRUARY, pledges[people.deputy].items))

    previous = open_month(secretary_ws, people.deputy, MARCH).previous
    assert previous is not None
    assert previous.entries == ()
