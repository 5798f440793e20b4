"""Cuối năm: the nine steps, who is missing what, the way in and back, locking and opening a year again."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.grade import Grade
from app.domain.review import ReviewKey
from app.domain.year_end_facts import StepKey
from app.services.cells import closed_years
from app.services.reviews import open_review, submit_review, with_self_grade
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.year_end.appraisal_page import AppraisalPage
from app.ui.screens.year_end.files_page import FilesPage
from app.ui.screens.year_end.reviews_page import ReviewsPage
from app.ui.screens.year_end.year_end_page import YearEndPage
from tests.book_fixtures import FakeClock, People
from tests.builders import lock_year
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.scripted_dialogs import ScriptedDialogs


def went(page: YearEndPage) -> list[tuple[str, dict[str, str]]]:
    """Where the page asks the window to go."""
    found: list[tuple[str, dict[str, str]]] = []
    page.desk.go.connect(lambda key, place: found.append((key, place)))
    return found


def test_nine_steps_stand_with_the_one_to_work_at_open(
    secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)

    assert list(page.steps.lines) == list(StepKey)
    assert page.header.title.text() == "Cuối năm 2025"
    assert page.card.title.text() == "Bước 3. Viết bản kiểm điểm 2A, 2B, 2C"
    assert [line.missing.what for line in page.card.lines] == ["Chưa bắt đầu"] * 4
    assert page.steps.lines[StepKey.SHEETS].isChecked()
    assert page.steps.lines[StepKey.SHEETS].accessibleName() == (
        "Bước 3, Viết bản kiểm điểm 2A, 2B, 2C, Còn 4"
    )


def test_help_is_of_the_step_that_is_open(
    background: Background,
    qtbot: QtBot,
    secretary_ws: Workspace,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)
    assert page.help_topic == "year_end"

    page.open_step(StepKey.APPRAISAL)
    qtbot.waitUntil(background.idle)
    assert page.help_topic == "reviews"

    page.go_back()
    assert page.help_topic == "year_end"


def test_arrows_walk_the_steps_and_enter_opens_one(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)
    line = page.steps.lines[StepKey.SHEETS]
    line.setFocus()

    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert page.card.title.text().startswith("Bước 2.")
    qtbot.keyClick(page.steps.lines[StepKey.OPINIONS], Qt.Key.Key_Down)
    qtbot.keyClick(page.steps.lines[StepKey.SHEETS], Qt.Key.Key_Return)
    qtbot.waitUntil(background.idle)

    opened = page.findChild(ReviewsPage)
    assert opened is not None
    assert opened.isVisible()
    assert page.place() == {"step": "sheets"}
    assert page.go_back()
    assert page.steps.lines[StepKey.SHEETS].isVisible()
    assert page.focusWidget() is page.steps.lines[StepKey.SHEETS]
    assert not page.go_back()


def test_each_missing_thing_leads_to_the_very_place(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)

    line = next(each for each in page.card.lines if each.missing.subject_id == people.plain)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(background.idle)

    reviews = page.findChild(ReviewsPage)
    assert reviews is not None
    assert reviews.editor is not None
    assert reviews.editor.key == ReviewKey(people.plain, 2025)
    assert page.place() == {"step": "sheets", "member": people.plain}


def test_a_sheet_handed_in_leaves_the_list_at_once(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)
    submit_review(
        secretary_ws,
        with_self_grade(open_review(secretary_ws, ReviewKey(people.plain, 2025)).review, Grade.GOOD),
    )

    page.refresh()
    qtbot.waitUntil(background.idle)

    assert page.steps.lines[StepKey.SHEETS].step.sentence.startswith(("0/4", "1/4"))
    mine = [each.missing.what for each in page.card.lines if each.missing.subject_id == people.plain]
    assert mine == [] or mine[0].startswith("Thiếu mục")


def test_the_blank_sheets_of_those_who_have_not_begun_are_offered(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)
    places = went(page)

    page.card.print.click()

    ((key, place),) = places
    assert (key, place["paper"], place["blank"]) == ("papers", "review", "1")
    assert set(place["member"].split(",")) == {
        people.secretary,
        people.deputy,
        people.committee,
        people.plain,
    }


def test_the_meeting_step_leads_to_the_meetings(
    secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)
    places = went(page)

    page.steps.lines[StepKey.MEETING].click()
    page.card.open.click()

    assert places == [("meetings", {"kind": "review"})]


def test_locking_names_what_is_open_and_reopening_asks_for_a_reason(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    desk = make_desk(secretary_ws, [False, True, "sót một bản"])
    assert isinstance(desk.dialogs, ScriptedDialogs)
    page = YearEndPage(desk)
    show_page(page)
    page.show_place(step="close")

    page.card.lock.click()
    qtbot.waitUntil(background.idle)
    question, consequence = desk.dialogs.asked[0]
    assert question == "Khóa năm 2025, để ngỏ các việc dưới đây?"
    assert "• Viết bản kiểm điểm 2A, 2B, 2C: còn 4 bản (" in consequence
    assert "và 1 nữa)." in consequence
    assert closed_years(secretary_ws) == frozenset()

    page.card.lock.click()
    qtbot.waitUntil(background.idle)
    assert closed_years(secretary_ws) == {2025}
    assert page.locked.isVisible()
    assert not page.card.lock.isVisible()

    page.reopen_button.click()
    qtbot.waitUntil(background.idle)
    assert closed_years(secretary_ws) == frozenset()
    assert page.message.text == "Sổ năm 2025 đã khóa 20/03/2026, mở lại 20/03/2026: sót một bản."


def test_a_locked_year_shows_what_was_left_open_in_grey(
    secretary_ws: Workspace, clock: FakeClock, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    lock_year(secretary_ws, 2025, date(2026, 1, 10))
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)

    assert page.steps.lines[StepKey.SHEETS].accessibleName().endswith("Để ngỏ 4")
    assert page.steps.lines[StepKey.CLOSE].step.sentence == "Đã khóa ngày 10/01/2026"


def test_a_year_without_rules_says_so(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    desk = make_desk(secretary_ws)
    page = YearEndPage(desk)
    show_page(page)

    desk.set_year(2001)
    qtbot.waitUntil(background.idle)

    assert page.empty.isVisible()
    assert "Chưa có bộ quy định cho năm 2001" in page.empty.words.text()


def test_everybodys_file_is_ticked_paper_by_paper(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)
    page.show_place(step="files", member=people.plain)
    qtbot.waitUntil(background.idle)

    files = page.findChild(FilesPage)
    assert files is not None
    assert files.isVisible()
    assert files.name.text() == "Nguyễn Văn Đạt"
    assert files.header.facts.text() == "0/6 hồ sơ đủ giấy tờ theo những gì đã ghi trong sổ"
    files.filter.choose_number(3)
    assert files.table.records.shown == []

    assert page.go_back()
    assert page.steps.isVisible()


def test_under_840_the_step_comes_below_the_steps(
    qtbot: QtBot, secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)
    beside = page.card.mapTo(page, page.card.rect().topLeft())
    assert beside.x() > page.steps.width()

    page.resize(700, 720)
    qtbot.waitUntil(lambda: page.card.mapTo(page, page.card.rect().topLeft()).x() < 100)
    assert page.card.isVisible()


def test_a_link_to_the_committees_view_puts_the_cursor_on_the_member(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)

    page.show_place(step="appraisal", member=people.plain)
    qtbot.waitUntil(background.idle)

    opened = page.findChild(AppraisalPage)
    assert opened is not None
    current = opened.table.current_record()
    assert current is not None
    assert current.id == people.plain


def test_every_deadline_of_the_year_stands_with_its_days_left(
    secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = YearEndPage(make_desk(secretary_ws))
    show_page(page)

    assert page.deadlines.isVisible()
    words = [line.words.text() for line in page.deadlines.lines]
    assert words[0].startswith("15/12/2025, đã quá 95 ngày: Xếp loại cán bộ, công chức, viên chức")
    assert any(line.startswith("31/12/2025, đã quá 79 ngày") for line in words)
