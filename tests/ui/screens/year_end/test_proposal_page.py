"""Bước 7: the vote's result taken over for all with one question, single proposals by figure, undo."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.db import tables
from app.domain.grade import Grade, SubjectKind
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.services.grade_table import list_grades
from app.services.members import set_kinds
from app.services.reviews import open_review, save_review, set_grade
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.year_end.proposal_page import ProposalPage
from tests.book_fixtures import People
from tests.builders import lock_year
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text

MET = date(2025, 12, 12)


@pytest.fixture
def voted_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """Two members voted on."""
    for member, grade in ((people.plain, Grade.GOOD), (people.deputy, Grade.EXCELLENT)):
        key = ReviewKey(member, 2025)
        save_review(secretary_ws, open_review(secretary_ws, key).review)
        set_grade(secretary_ws, key, StageGrade(GradeStage.VOTE, grade, MET, "3/4"))
    return secretary_ws


def proposed(ws: Workspace, member: str) -> Grade | None:
    row = list_grades(ws, 2025).row(member)
    return row.grade(GradeStage.PROPOSED) if row else None


def opened(ws: Workspace, make_desk: MakeDesk, show_page: ShowPage, *answers: bool) -> ProposalPage:
    page = ProposalPage(make_desk(ws, list(answers)))
    show_page(page)
    page.source.day.set_value(MET)
    page.source.source.set_value("Biên bản kiểm phiếu")
    return page


def test_one_question_takes_the_vote_over_for_everybody_and_undo_gives_it_back(
    qtbot: QtBot,
    background: Background,
    voted_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(voted_ws, make_desk, show_page, True)
    assert page.take.text() == "Lấy kết quả biểu quyết cho 2 dòng"

    with qtbot.waitSignal(page.desk.done) as done:
        qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    dialogs = page.desk.dialogs
    assert isinstance(dialogs, ScriptedDialogs)
    assert "HTXS 1, HTT 1" in dialogs.asked[0][1]
    assert proposed(voted_ws, people.deputy) is Grade.EXCELLENT
    assert done.args is not None
    done.args[1]()
    qtbot.waitUntil(background.idle)
    assert proposed(voted_ws, people.deputy) is None


def test_the_filled_buttons_key_takes_the_vote_over(
    qtbot: QtBot, voted_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(voted_ws, make_desk, show_page, True)

    with qtbot.waitSignal(page.desk.done):
        qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert proposed(voted_ws, people.deputy) is Grade.EXCELLENT


def test_words_not_saved_stay_when_another_row_gets_a_figure(
    qtbot: QtBot, voted_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(voted_ws, make_desk, show_page)
    page.table.choose(people.plain)
    qtbot.keyClick(page.table, Qt.Key.Key_3)
    type_text(page.side.fields["note"].field, "Chi bộ thảo luận lại")

    page.table.choose(people.deputy)
    with qtbot.waitSignal(page.desk.done) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_3)

    assert told.args is not None
    assert "Đang ghi dở" in told.args[0]
    assert page.side.task is not None
    assert page.side.task.record == people.plain
    assert page.side.texts()["note"] == "Chi bộ thảo luận lại"


def test_without_day_or_ground_nothing_is_asked(
    qtbot: QtBot, voted_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(voted_ws, make_desk, show_page)
    page.source.source.set_value("")

    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)

    assert page.source.source_field.error == "Chưa ghi căn cứ."


def test_a_figure_proposes_as_the_vote_has_it_and_goes_on(
    qtbot: QtBot,
    background: Background,
    voted_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(voted_ws, make_desk, show_page)
    page.table.choose(people.plain)

    qtbot.keyClick(page.table, Qt.Key.Key_2)
    qtbot.waitUntil(background.idle)

    assert proposed(voted_ws, people.plain) is Grade.GOOD


def test_a_figure_other_than_the_vote_asks_why_first(
    qtbot: QtBot,
    background: Background,
    voted_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(voted_ws, make_desk, show_page)
    page.table.choose(people.plain)

    qtbot.keyClick(page.table, Qt.Key.Key_3)
    assert page.side.is_open
    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Khác kết quả biểu quyết" in page.side.fields["note"].error)
    assert proposed(voted_ws, people.plain) is None

    type_text(page.side.fields["note"].field, "Chi bộ thảo luận lại")
    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: proposed(voted_ws, people.plain) is Grade.SATISFACTORY)
    qtbot.waitUntil(background.idle)
    assert not page.side.is_open


def test_the_cap_stands_in_place_of_the_panel_when_asked_for(
    qtbot: QtBot, background: Background, voted_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(voted_ws, make_desk, show_page)

    qtbot.mouseClick(page.cap_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(background.idle)

    assert page.cap.isVisible()
    assert not page.side.isVisible()


def test_a_locked_year_is_only_looked_at(
    qtbot: QtBot, voted_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    lock_year(voted_ws, 2025, voted_ws.today())
    page = opened(voted_ws, make_desk, show_page)
    page.table.choose(people.plain)

    qtbot.keyClick(page.table, Qt.Key.Key_2)

    assert not page.take.isEnabled()
    assert "đã khóa" in page.bench.message.text
    assert proposed(voted_ws, people.plain) is None


def test_whose_office_has_not_rated_yet_is_named_with_the_way_to_the_extract(
    qtbot: QtBot, voted_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    set_kinds(voted_ws, {people.committee: SubjectKind.NON_LEADER}, 2025)
    with voted_ws.write("Ghi cuộc họp") as tx:
        values = {"kind": "review", "year": 2025, "held_on": MET, "rounds": 1, "secret": True}
        tx.insert(tables.meeting, values)
    page = opened(voted_ws, make_desk, show_page)

    message = page.bench.message
    assert "Phạm Thị Dung" in message.text
    assert "trước 15/12/2025 (đã tới hạn)" in message.text
    with qtbot.waitSignal(page.desk.go) as went:
        qtbot.mouseClick(message.button, Qt.MouseButton.LeftButton)
    assert went.args == ["papers", {"paper": "extract", "member": people.committee}]


def test_another_year_never_gets_the_day_of_this_one(
    qtbot: QtBot, background: Background, voted_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(voted_ws, make_desk, show_page)
    assert page.source.day.value() == MET

    page.desk.set_year(2024)
    qtbot.waitUntil(background.idle)

    assert page.source.day.value() is None
    assert page.source.source.value() == ""
