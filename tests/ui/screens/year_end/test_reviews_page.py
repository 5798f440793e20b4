"""The list of the year's reviews: who writes what, how far, which grades."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.grade import Grade, SubjectKind
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.services.reviews import open_review, save_review, set_grade, with_self_grade
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.year_end.review_rows import ReviewRow, Standing
from app.ui.screens.year_end.reviews_page import ReviewsPage
from tests.book_fixtures import People
from tests.builders import add_member, lock_year
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.scripted_dialogs import ScriptedDialogs


def row(page: ReviewsPage, member_id: str) -> ReviewRow:
    assert page.shown is not None
    return next(row for row in page.shown.rows if row.id == member_id)


def written(ws: Workspace, member_id: str, grade: Grade = Grade.GOOD) -> None:
    save_review(ws, with_self_grade(open_review(ws, ReviewKey(member_id, 2025)).review, grade))


def decided(ws: Workspace, member_id: str) -> None:
    written(ws, member_id)
    given = StageGrade(GradeStage.DECIDED, Grade.SATISFACTORY, date(2025, 12, 30), "QĐ 5")
    set_grade(ws, ReviewKey(member_id, 2025), given)


def test_the_list_shows_form_standing_and_the_grades_apart(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    decided(secretary_ws, people.plain)
    page = ReviewsPage(make_desk(secretary_ws))
    show_page(page)

    assert row(page, people.plain).grades == ("HTT", "", "", "", "HT")
    assert row(page, people.plain).standing is Standing.DECIDED
    assert row(page, people.deputy).grades == ("", "", "", "", "")
    assert row(page, people.deputy).form == "Mẫu 2C"
    assert page.header.title.text() == "Bản kiểm điểm năm 2025"


def test_who_is_not_asked_stands_apart_with_the_reason(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    fresh = add_member(secretary_ws, "Hờ A Páo", admitted_on=date(2025, 8, 20), confirmed_on=None)
    page = ReviewsPage(make_desk(secretary_ws))
    show_page(page)

    page.filter.choose_number(5)

    assert [each.id for each in page.table.records.shown] == [fresh]
    assert row(page, fresh).reason == "mới kết nạp 20/08/2025, chưa đủ 6 tháng"


def test_enter_opens_the_review_and_esc_comes_back_to_the_same_row(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = ReviewsPage(make_desk(secretary_ws))
    show_page(page)
    page.table.choose(people.plain)

    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(background.idle)
    assert page.editor is not None
    assert page.editor.key == ReviewKey(people.plain, 2025)
    assert page.place() == {"member": people.plain}

    assert page.go_back()
    current = page.table.current_record()
    assert page.editor is None
    assert current is not None
    assert current.id == people.plain


def test_ctrl_f_finds_a_name_without_marks(
    qtbot: QtBot, secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = ReviewsPage(make_desk(secretary_ws))
    show_page(page)

    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "dat")

    qtbot.waitUntil(lambda: [each.id for each in page.table.records.shown] == [people.plain])


def test_the_kind_is_chosen_for_the_year_and_taken_back(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    desk = make_desk(secretary_ws)
    undo = []
    desk.done.connect(lambda _words, back: undo.append(back))
    page = ReviewsPage(desk)
    show_page(page)
    page.table.choose(people.plain)

    page.kind.setCurrentIndex(page.kind.findData("leader"))
    page.kind.chosen.emit("leader")
    qtbot.waitUntil(background.idle)
    assert row(page, people.plain).form == "Mẫu 2A"

    undo[-1]()
    qtbot.waitUntil(background.idle)
    assert row(page, people.plain).kind is SubjectKind.OUTSIDE


def test_a_sheet_already_begun_keeps_its_form_and_it_says_why(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    written(secretary_ws, people.plain)
    desk = make_desk(secretary_ws)
    page = ReviewsPage(desk)
    show_page(page)
    page.table.choose(people.plain)

    page.kind.setCurrentIndex(page.kind.findData("leader"))
    page.kind.chosen.emit("leader")

    assert isinstance(desk.dialogs, ScriptedDialogs)
    assert desk.dialogs.told[0][0] == "Nguyễn Văn Đạt đã viết theo Mẫu 2C"
    assert page.kind.value() == "outside"


def test_a_year_without_rules_says_so(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    desk = make_desk(secretary_ws)
    page = ReviewsPage(desk)
    show_page(page)

    desk.set_year(2001)
    qtbot.waitUntil(background.idle)

    assert page.empty.isVisible()
    assert page.empty.title.text() == "Năm 2001 chưa kiểm điểm được"
    assert "Chưa có bộ quy định cho năm 2001" in page.empty.words.text()


def test_the_way_back_leads_to_the_steps(
    secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = ReviewsPage(make_desk(secretary_ws))
    show_page(page)
    back = []
    page.closed.connect(lambda: back.append(True))

    assert page.go_back()
    assert back == [True]


def test_a_locked_year_is_only_looked_at(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    decided(secretary_ws, people.plain)
    lock_year(secretary_ws, 2025, date(2026, 1, 10))
    page = ReviewsPage(make_desk(secretary_ws))
    show_page(page)

    assert page.locked.isVisible()
    page.table.choose(people.plain)
    assert not page.kind.isEnabled()


def test_a_place_leads_straight_to_a_members_review(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = ReviewsPage(make_desk(secretary_ws))
    show_page(page)

    page.show_place(member=people.deputy)
    qtbot.waitUntil(background.idle)

    assert page.editor is not None
    assert "Lê Văn Cường" in page.editor.header.title.text()
