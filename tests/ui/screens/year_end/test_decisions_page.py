"""Bước 8: the grades of a paper typed, pasted or filled as proposed; written at once; what comes after."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain.grade import Grade
from app.domain.review import GradeStage
from app.services.decisions import DecisionPaper, enter_decisions, propose_all
from app.services.grade_table import GradeRow, list_grades
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.parts.date_field import DateField
from app.ui.screens.year_end.decisions_page import DecisionsPage
from tests.book_fixtures import People
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text


@pytest.fixture
def proposed_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """Two members proposed."""
    grades = {people.plain: Grade.GOOD, people.deputy: Grade.EXCELLENT}
    propose_all(secretary_ws, 2025, grades, date(2025, 12, 12), "Biên bản")
    return secretary_ws


@pytest.fixture
def decided_ws(proposed_ws: Workspace, people: People) -> Workspace:
    """One of them decided."""
    paper = DecisionPaper("45-QĐ/ĐU", date(2025, 12, 26), "Đảng ủy xã Hòa Sơn")
    enter_decisions(proposed_ws, 2025, paper, {people.plain: Grade.GOOD})
    return proposed_ws


def row(ws: Workspace, member: str) -> GradeRow:
    found = list_grades(ws, 2025).row(member)
    assert found is not None
    return found


def opened(ws: Workspace, make_desk: MakeDesk, show_page: ShowPage, *answers: bool) -> DecisionsPage:
    page = DecisionsPage(make_desk(ws, list(answers)))
    show_page(page)
    return page


def fill_paper(page: DecisionsPage) -> None:
    type_text(page.paper.number, "45-QĐ/ĐU")
    page.paper.day.set_value(date(2025, 12, 26))


def test_the_filled_buttons_key_writes_what_was_typed(
    qtbot: QtBot, proposed_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(proposed_ws, make_desk, show_page, True)
    qtbot.mouseClick(page.as_proposed, Qt.MouseButton.LeftButton)
    fill_paper(page)

    with qtbot.waitSignal(page.desk.done):
        qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert row(proposed_ws, people.plain).grade(GradeStage.DECIDED) is Grade.GOOD


def test_as_proposed_is_marked_to_be_checked_and_written_with_one_question(
    qtbot: QtBot,
    background: Background,
    proposed_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(proposed_ws, make_desk, show_page, True)
    assert page.paper.organ.value() == "Đảng ủy xã Hòa Sơn"

    qtbot.mouseClick(page.as_proposed, Qt.MouseButton.LeftButton)
    assert page.save.text() == "Ghi 2 mức"
    assert row(proposed_ws, people.plain).grade(GradeStage.DECIDED) is None
    fill_paper(page)
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: row(proposed_ws, people.plain).grade(GradeStage.DECIDED) is Grade.GOOD)
    qtbot.waitUntil(background.idle)

    dialogs = page.desk.dialogs
    assert isinstance(dialogs, ScriptedDialogs)
    assert "2 mức lấy theo đề xuất; đồng chí đã soát" in dialogs.asked[0][1]
    given = row(proposed_ws, people.deputy).given(GradeStage.DECIDED)
    assert given is not None
    assert given.source == "Quyết định số 45-QĐ/ĐU của Đảng ủy xã Hòa Sơn"
    assert page.entries.entries == {}


def test_figures_go_down_the_list_and_delete_takes_one_back(
    qtbot: QtBot, proposed_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(proposed_ws, make_desk, show_page)
    first, second = (page.table.records.record_at(number).id for number in (0, 1))
    page.table.choose(first)

    qtbot.keyClick(page.table, Qt.Key.Key_2)
    qtbot.keyClick(page.table, Qt.Key.Key_3)
    assert page.entries.grades() == {first: Grade.GOOD, second: Grade.SATISFACTORY}
    page.table.choose(second)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.entries.grades() == {first: Grade.GOOD}


def test_a_pasted_column_is_placed_from_the_row_on_and_what_is_unread_is_named(
    qtbot: QtBot, proposed_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(proposed_ws, make_desk, show_page)
    rows = [page.table.records.record_at(number) for number in range(4)]
    page.table.choose(rows[1].id)
    QGuiApplication.clipboard().setText("HTT\r\nchờ\r\nHoàn thành nhiệm vụ\r\n")

    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert page.entries.grades() == {rows[1].id: Grade.GOOD, rows[3].id: Grade.SATISFACTORY}
    assert f"{rows[2].row.name} (“chờ”)" in page.bench.message.text


def test_without_number_nothing_is_written_and_what_was_typed_stays(
    qtbot: QtBot,
    background: Background,
    proposed_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(proposed_ws, make_desk, show_page, True)
    page.fill_as_proposed()

    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.paper.fields["number"].error == "Chưa ghi số quyết định.")
    qtbot.waitUntil(background.idle)

    assert page.paper.fields["dated_on"].error == "Chưa ghi ngày."
    assert len(page.entries.entries) == 2
    assert row(proposed_ws, people.plain).grade(GradeStage.DECIDED) is None


def test_what_was_typed_and_not_written_comes_back(
    qtbot: QtBot, background: Background, proposed_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(proposed_ws, make_desk, show_page)
    page.fill_as_proposed()
    fill_paper(page)
    page.drafts.flush()
    qtbot.waitUntil(background.idle)

    again = opened(proposed_ws, make_desk, show_page)
    assert len(again.entries.entries) == 2
    assert all(entry.is_copied for entry in again.entries.entries.values())
    assert again.paper.number.value() == "45-QĐ/ĐU"


def test_everybody_decided_is_noted_as_told_on_one_day(
    qtbot: QtBot,
    background: Background,
    decided_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(decided_ws, make_desk, show_page)

    qtbot.mouseClick(page.tell, Qt.MouseButton.LeftButton)
    day = page.side.fields["notified_on"].field
    assert isinstance(day, DateField)
    day.set_value(date(2025, 12, 30))
    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.side.is_open)
    qtbot.waitUntil(background.idle)

    review = row(decided_ws, people.plain).review
    assert review is not None
    assert review.notified_on == date(2025, 12, 30)


def test_a_rerating_is_written_beside_the_list_and_the_row_says_so(
    qtbot: QtBot,
    background: Background,
    decided_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(decided_ws, make_desk, show_page)
    page.table.choose(people.plain)
    page.acts.open_form("rerate", row(decided_ws, people.plain))
    day = page.side.fields["decided_on"].field
    assert isinstance(day, DateField)
    day.set_value(date(2026, 3, 2))
    page.side.put_texts({"new_grade": "satisfactory"})
    type_text(page.side.fields["decision"].field, "12-QĐ/ĐU")
    type_text(page.side.fields["reason"].field, "Kê khai không đúng")

    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(row(decided_ws, people.plain).reratings))
    qtbot.waitUntil(background.idle)

    line = next(each for each in page.table.records.records if each.id == people.plain)
    assert line.row.grade(GradeStage.DECIDED) is Grade.SATISFACTORY
    assert line.row.reratings[0].old_grade is Grade.GOOD


def test_a_complaint_is_noted_and_answered(
    qtbot: QtBot,
    background: Background,
    decided_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(decided_ws, make_desk, show_page)
    for form, day_name, text_name in (
        ("complaint", "received_on", "content"),
        ("answer", "answered_on", "answer"),
    ):
        page.acts.open_form(form, row(decided_ws, people.plain))
        day = page.side.fields[day_name].field
        assert isinstance(day, DateField)
        day.set_value(date(2026, 1, 8))
        type_text(page.side.fields[text_name].field, "Đề nghị xem lại")
        qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not page.side.is_open)
        qtbot.waitUntil(background.idle)

    complaint = row(decided_ws, people.plain).complaints[0]
    assert (complaint.content, complaint.answer) == ("Đề nghị xem lại", "Đề nghị xem lại")
