"""Step 4 driven by keyboard: the committee's grade and words row by row, the day once, nothing lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.grade import Grade
from app.domain.review import GradeStage, ItemScore, ReviewKey, StageGrade, YearTasks
from app.services.reviews import open_review, submit_review, with_self_grade
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.year_end.appraisal_page import AppraisalPage
from tests.book_fixtures import People
from tests.builders import lock_year
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.typing_keys import commit, press

MET = date(2025, 12, 5)


@pytest.fixture
def page(secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage) -> AppraisalPage:
    """The page with the plain member's points in the book: 100 own, 89 as the committee appraised them."""
    opened = open_review(secretary_ws, ReviewKey(people.plain, 2025))
    assert opened.profile is not None
    appraised = {"II.1": Decimal(30), "I.1.1": Decimal(8)}
    scores = tuple(ItemScore(i.code, i.max, appraised.get(i.code)) for i in opened.profile.items)
    review = replace(opened.review, scores=scores, tasks=YearTasks(5, 5, 0, 2, 0))
    submit_review(secretary_ws, with_self_grade(review, Grade.EXCELLENT))
    page = AppraisalPage(make_desk(secretary_ws))
    show_page(page)
    assert page.table.choose(people.plain)
    return page


def view_of(ws: Workspace, member_id: str) -> StageGrade | None:
    return open_review(ws, ReviewKey(member_id, 2025)).review.given(GradeStage.COMMITTEE)


def choose_day(page: AppraisalPage, text: str) -> None:
    page.day.set_text(text)


def test_points_and_the_reason_of_the_proposal_are_read_beside_the_list(page: AppraisalPage) -> None:
    assert page.side.points.text() == "Tự chấm 100/100 · chi ủy chấm 89/100 · tự nhận HTXS"
    assert "89 điểm thuộc khung Hoàn thành tốt nhiệm vụ" in page.side.paragraph.text()
    assert page.side.grade.choice() == "", "nothing is chosen for the committee"


def test_a_figure_chooses_the_grade_and_ctrl_enter_records_it_and_goes_on(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, page: AppraisalPage
) -> None:
    choose_day(page, "05/12/2025")
    page.table.setFocus()

    press(page.table, Qt.Key.Key_2)
    page.side.note.setFocus()
    commit(page.side.note, "Đều tay, gần dân")
    press(page.side.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.entries)
    qtbot.waitUntil(background.idle)

    view = view_of(secretary_ws, people.plain)
    assert view is not None
    assert (view.grade, view.note, view.dated_on) == (Grade.GOOD, "Đều tay, gần dân", MET)
    assert page.header.facts.text().startswith("Đã nhận xét 1/4")


def test_leaving_a_row_records_what_was_chosen_there(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, page: AppraisalPage
) -> None:
    choose_day(page, "05/12/2025")
    press(page.table, Qt.Key.Key_3)

    page.table.choose(people.deputy)
    qtbot.waitUntil(background.idle)

    view = view_of(secretary_ws, people.plain)
    assert view is not None
    assert view.grade is Grade.SATISFACTORY


def test_without_the_day_nothing_is_recorded_and_the_day_is_asked_for(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, page: AppraisalPage
) -> None:
    press(page.table, Qt.Key.Key_1)

    page.take()
    qtbot.waitUntil(background.idle)

    assert page.day_field.error == "Chưa ghi ngày chi ủy họp."
    assert view_of(secretary_ws, people.plain) is None
    assert page.entries[people.plain].grade == Grade.EXCELLENT


def test_words_not_recorded_come_back_when_the_page_is_opened_again(
    qtbot: QtBot, background: Background, people: People, page: AppraisalPage, show_page: ShowPage
) -> None:
    page.side.note.setFocus()
    commit(page.side.note, "Còn nóng tính")
    with qtbot.waitSignal(page.closed):
        page.go_back()
    qtbot.waitUntil(background.idle)

    again = AppraisalPage(page.desk)
    show_page(again)
    again.table.choose(people.plain)

    assert again.side.note.value() == "Còn nóng tính"
    assert "Đã lấy lại 1 nhận xét chưa ghi" in again.message.text


def test_the_filters_find_who_is_still_without_a_view(page: AppraisalPage, people: People) -> None:
    page.filter.set_choice("differs")
    page.filter.chosen.emit("differs")

    assert [row.id for row in page.table.records.shown] == [people.plain]


def test_a_locked_year_is_only_read(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    lock_year(secretary_ws, 2025, date(2026, 1, 10))
    page = AppraisalPage(make_desk(secretary_ws))
    show_page(page)

    page.table.setFocus()
    press(page.table, Qt.Key.Key_2)

    assert page.entries == {}
    assert not page.next.isEnabled()


def test_before_2025_there_are_no_points(
    secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    desk = make_desk(secretary_ws)
    desk.set_year(2024)
    page = AppraisalPage(desk)
    show_page(page)

    assert "Tự chấm" not in [column.title for column in page.table.records.columns]


def test_enter_goes_to_the_words_and_the_sheet_is_one_press_away(
    qtbot: QtBot, page: AppraisalPage, people: People
) -> None:
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    assert page.side.note.hasFocus()

    with qtbot.waitSignal(page.desk.go) as went:
        page.side.sheet.click()
    assert went.args == ["reviews", {"member": people.plain}]
