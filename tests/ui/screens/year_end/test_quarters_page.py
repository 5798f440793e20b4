"""Quarters by figure, other periods by name, the year's list coming back after a sheet."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.grade import Grade
from app.domain.review import ReviewKey, quarter_key
from app.domain.rule_set import PeriodKind
from app.services.reviews import open_review, submit_review, with_self_grade
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.parts.buttons import Button
from app.ui.screens.year_end.quarters_page import QuartersPage
from tests.book_fixtures import People
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.typing_keys import type_text


def opened(ws: Workspace, make_desk: MakeDesk, show_page: ShowPage, year: int = 2025) -> QuartersPage:
    desk = make_desk(ws)
    desk.set_year(year)
    page = QuartersPage(desk)
    show_page(page)
    return page


def test_a_figure_opens_the_quarter_of_that_number_and_esc_comes_back(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(secretary_ws, make_desk, show_page)
    page.table.choose(people.deputy)

    qtbot.keyClick(page.table, Qt.Key.Key_2)
    qtbot.waitUntil(background.idle)
    assert page.editor is not None
    assert page.editor.key == quarter_key(people.deputy, 2025, 2)
    assert page.editor.header.title.text() == "Bản tự đánh giá quý II năm 2025 · Lê Văn Cường"
    assert page.go_back()
    qtbot.waitUntil(lambda: page.editor is None)


def test_the_list_shows_each_quarters_grade_and_warns_of_a_failed_one(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    key = quarter_key(people.deputy, 2025, 1)
    submit_review(secretary_ws, with_self_grade(open_review(secretary_ws, key).review, Grade.UNSATISFACTORY))
    page = opened(secretary_ws, make_desk, show_page)

    line = next(each for each in page.table.records.records if each.id == people.deputy)
    assert [line.words(number) for number in (1, 2)] == ["KHT", "–"]
    assert line.has_failed_quarter


def test_another_period_is_begun_by_naming_it(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(secretary_ws, make_desk, show_page)
    qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
    page.side.put_texts({"kind": PeriodKind.TERM.value, "subject": people.plain})
    type_text(page.side.fields["period"].field, "khóa này")
    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
    assert page.side.fields["period"].error == "Nhiệm kỳ ghi hai năm, ví dụ 2020-2025."

    page.side.put_texts({"period": "2020-2025"})
    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(background.idle)
    assert page.editor is not None
    assert page.editor.key == ReviewKey(people.plain, 2025, PeriodKind.TERM, "2020-2025")


def test_before_2025_the_page_says_that_there_are_no_quarters(
    secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(secretary_ws, make_desk, show_page, 2024)

    assert page.bench.empty.isVisible()
    assert not page.other.isEnabled()


def test_a_quarter_is_left_without_a_grade_with_its_reason(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(secretary_ws, make_desk, show_page)
    page.table.choose(people.deputy)
    act = [each for each in page.findChildren(Button) if each.text() == "Chưa xếp loại…"][-1]
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    page.side.put_texts({"quarter": "3"})
    type_text(page.side.fields["reason"].field, "Nghỉ ốm")

    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.side.is_open)
    qtbot.waitUntil(background.idle)

    line = next(each for each in page.table.records.records if each.id == people.deputy)
    assert (line.words(3), line.why_unrated(3)) == ("chưa XL", "Nghỉ ốm")
