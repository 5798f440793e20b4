"""Step 2 of the year-end: opinions asked for together and entered one by one; points raised from above."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.cell import CellName
from app.domain.grade import SubjectKind
from app.domain.needed_opinions import OpinionState, WantedOpinion
from app.domain.opinion import Opinion, OpinionKind, RaisedPoint
from app.services.cells import save_name
from app.services.members import set_kinds
from app.services.opinions import list_opinions, request_opinions
from app.services.raised_points import list_raised_points, save_raised_point
from app.services.workspace import Workspace
from app.ui.desk import Desk
from app.ui.parts.buttons import Button
from app.ui.screens.year_end.opinions_page import OpinionsPage
from app.ui.screens.year_end.side_panel import SidePanel
from tests.book_fixtures import People
from tests.builders import lock_year
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.typing_keys import type_text

OpenPage = Callable[..., OpinionsPage]


@pytest.fixture
def office_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """The cell of an office: everybody works there and lives elsewhere."""
    name = CellName("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ VĂN PHÒNG", "Hòa Sơn", valid_from=date(2025, 1, 1))
    save_name(secretary_ws, name)
    everybody = (people.secretary, people.deputy, people.committee, people.plain)
    set_kinds(secretary_ws, dict.fromkeys(everybody, SubjectKind.NON_LEADER), 2025)
    return secretary_ws


@pytest.fixture
def open_page(make_desk: MakeDesk, show_page: ShowPage) -> OpenPage:
    def open_(ws: Workspace, part: str = "opinions") -> OpinionsPage:
        page = OpinionsPage(make_desk(ws))
        page.show_place(part=part)
        show_page(page)
        return page

    return open_


def done_of(desk: Desk) -> list[tuple[str, Callable[[], object]]]:
    said: list[tuple[str, Callable[[], object]]] = []
    desk.done.connect(lambda text, undo: said.append((text, undo)))
    return said


def act(side: SidePanel, word: str) -> Button:
    return next(b for b in side.findChildren(Button) if b.accessibleName().startswith(word))


def rows(ws: Workspace) -> tuple[WantedOpinion, ...]:
    return list_opinions(ws, 2025).rows


def count(ws: Workspace, state: OpinionState) -> int:
    return list_opinions(ws, 2025).count(state)


def test_all_not_asked_for_yet_are_asked_for_at_once_and_put_back(
    office_ws: Workspace, open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(office_ws)
    said, opinions = done_of(page.desk), page.opinions
    assert opinions.ask.text() == "Ghi đã xin 4 ý kiến…"

    qtbot.mouseClick(opinions.ask, Qt.MouseButton.LeftButton)
    opinions.side.put_texts({"due_on": "01/04/2026"})
    qtbot.mouseClick(opinions.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(office_ws, OpinionState.REQUESTED) == 4)
    qtbot.waitUntil(lambda: bool(said))

    assert said[0][0] == "Đã ghi xin 4 ý kiến, hạn gửi lại 01/04/2026."
    said[0][1]()
    qtbot.waitUntil(lambda: count(office_ws, OpinionState.OPEN) == 4)


def test_only_the_ticked_are_asked_for(office_ws: Workspace, open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(office_ws)
    opinions = page.opinions
    opinions.table.records.set_ticked({rows(office_ws)[0].id})

    assert opinions.ask.text() == "Ghi đã xin 1 ý kiến…"
    opinions.press_filled()
    assert opinions.side.texts()["from_whom"] == "Chi ủy (chi bộ) nơi cư trú (thôn Đồng Tiến)"
    qtbot.mouseClick(opinions.side.take, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: count(office_ws, OpinionState.REQUESTED) == 1)


def test_an_opinion_that_came_is_typed_in_and_its_words_stand_beside(
    office_ws: Workspace, people: People, open_page: OpenPage, qtbot: QtBot
) -> None:
    wanted = next(row for row in rows(office_ws) if row.member.id == people.plain)
    request_opinions(office_ws, [wanted.opinion], date(2026, 3, 1), date(2026, 3, 10))
    page = open_page(office_ws)
    opinions = page.opinions
    opinions.choose_member(people.plain)
    qtbot.keyClick(opinions.table, Qt.Key.Key_Return)
    opinions.side.put_texts({"received_on": "15/03/2026", "level": "Tốt"})
    content = opinions.side.fields["content"].field
    content.setFocus()
    type_text(content, "Gương mẫu nơi cư trú")
    qtbot.mouseClick(opinions.side.take, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: count(office_ws, OpinionState.RECEIVED) == 1)
    kept = next(row.opinion for row in rows(office_ws) if row.member.id == people.plain)
    assert (kept.level, kept.content) == ("Tốt", "Gương mẫu nơi cư trú")


def test_what_cannot_be_stands_beside_its_field_and_is_not_kept(
    office_ws: Workspace, open_page: OpenPage, qtbot: QtBot
) -> None:
    opinions = open_page(office_ws).opinions
    opinions.table.opened.emit(opinions.table.current_record())
    qtbot.mouseClick(opinions.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opinions.side.fields["received_on"].error == "Chưa ghi ngày nhận.")

    opinions.side.put_texts({"received_on": "31/02/2026"})
    qtbot.mouseClick(opinions.side.take, Qt.MouseButton.LeftButton)

    assert "31/02" in opinions.side.fields["received_on"].error
    assert count(office_ws, OpinionState.RECEIVED) == 0


def test_one_not_needed_is_recorded_with_its_reason_and_taken_back(
    office_ws: Workspace, open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(office_ws)
    opinions = page.opinions
    qtbot.waitUntil(lambda: bool(opinions.side.findChildren(Button)))
    qtbot.mouseClick(act(opinions.side, "Không cần"), Qt.MouseButton.LeftButton)
    opinions.side.put_texts({"not_needed": "mới chuyển nơi ở"})
    qtbot.mouseClick(opinions.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(office_ws, OpinionState.NOT_NEEDED) == 1)
    qtbot.waitUntil(lambda: page.desk.background.idle())

    act(opinions.side, "Bỏ bước vừa ghi").click()
    qtbot.waitUntil(lambda: count(office_ws, OpinionState.NOT_NEEDED) == 0)


def test_a_cell_that_needs_none_says_so_and_may_ask_all_the_same(
    secretary_ws: Workspace, people: People, open_page: OpenPage, qtbot: QtBot
) -> None:
    opinions = open_page(secretary_ws).opinions
    assert opinions.bench.empty.isVisible()

    qtbot.mouseClick(opinions.add, Qt.MouseButton.LeftButton)
    opinions.side.put_texts({"member": people.plain, "kind": OpinionKind.EMPLOYER.value})
    opinions.side.put_texts({"from_whom": "Hợp tác xã Hòa Sơn"})
    qtbot.mouseClick(opinions.side.take, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: len(rows(secretary_ws)) == 1)
    assert rows(secretary_ws)[0].from_whom == "Hợp tác xã Hòa Sơn"


def test_a_form_being_filled_in_comes_back(
    office_ws: Workspace, people: People, open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(office_ws)
    page.opinions.choose_member(people.plain)
    page.opinions.table.opened.emit(page.opinions.table.current_record())
    content = page.opinions.side.fields["content"].field
    content.setFocus()
    type_text(content, "Đang chép lại phiếu")
    page.hide()
    page.desk.background.wait_idle()

    again = open_page(office_ws).opinions

    qtbot.waitUntil(lambda: again.side.is_open)
    assert again.side.texts()["content"] == "Đang chép lại phiếu"


def test_a_passed_day_is_shown_and_filtered(office_ws: Workspace, open_page: OpenPage) -> None:
    wanted = [row.opinion for row in rows(office_ws)]
    request_opinions(office_ws, wanted[:2], date(2026, 3, 1), date(2026, 3, 10))
    opinions = open_page(office_ws).opinions

    opinions.bench.filter.word_button("overdue").click()

    assert len(opinions.table.records.shown) == 2
    assert opinions.bar._saved.text() == "0/4 ý kiến đã về, 2 quá hạn."


def a_point(subject_id: str) -> RaisedPoint:
    return RaisedPoint(subject_id, 2025, 0, "Công văn 12-CV/ĐU", date(2025, 11, 10), "Chậm nộp hồ sơ")


def test_a_point_is_written_put_right_and_taken_out_with_a_way_back(
    secretary_ws: Workspace, people: People, open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(secretary_ws, "points")
    said, points = done_of(page.desk), page.points
    assert points.bench.empty.isVisible()

    points.press_filled()
    points.side.put_texts({"subject": people.plain, "document": "Công văn 12-CV/ĐU", "point": "Chậm nộp"})
    qtbot.mouseClick(points.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(list_raised_points(secretary_ws, 2025).rows) == 1)
    qtbot.waitUntil(lambda: points.table.current_record() is not None)

    qtbot.waitUntil(page.desk.background.idle)
    act(points.side, "Bỏ").click()
    qtbot.waitUntil(lambda: not list_raised_points(secretary_ws, 2025).rows)
    qtbot.waitUntil(lambda: len(said) == 2)
    said[1][1]()
    qtbot.waitUntil(lambda: len(list_raised_points(secretary_ws, 2025).rows) == 1)


def test_a_point_without_a_subject_or_words_is_not_kept(
    secretary_ws: Workspace, people: People, open_page: OpenPage, qtbot: QtBot
) -> None:
    points = open_page(secretary_ws, "points").points
    points.press_filled()
    qtbot.mouseClick(points.side.take, Qt.MouseButton.LeftButton)
    assert points.side.fields["subject"].error == "Chưa chọn gợi ý cho ai."

    points.side.put_texts({"subject": people.plain})
    qtbot.mouseClick(points.side.take, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: points.side.fields["point"].error != "")
    assert list_raised_points(secretary_ws, 2025).rows == ()


def test_the_next_point_of_a_document_needs_its_number_no_more(
    secretary_ws: Workspace, people: People, open_page: OpenPage
) -> None:
    save_raised_point(secretary_ws, a_point(people.plain))
    points = open_page(secretary_ws, "points").points

    points.press_filled()

    texts = points.side.texts()
    assert (texts["document"], texts["document_on"], texts["point"]) == (
        "Công văn 12-CV/ĐU",
        "10/11/2025",
        "",
    )


def test_a_locked_year_is_only_looked_at(office_ws: Workspace, people: People, open_page: OpenPage) -> None:
    save_raised_point(office_ws, a_point(people.plain))
    request_opinions(
        office_ws, [Opinion(people.plain, 2025, OpinionKind.EMPLOYER, "X")], date(2026, 3, 1), None
    )
    lock_year(office_ws, 2025, date(2026, 3, 1))
    page = open_page(office_ws)

    assert "đã khóa" in page.opinions.bench.message.text
    page.opinions.press_filled()
    page.points.press_filled()
    assert not page.opinions.side.is_open
    assert not page.points.side.is_open


def test_esc_leaves_the_form_first_and_then_the_page(
    office_ws: Workspace, open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(office_ws)
    page.opinions.press_filled()

    assert page.go_back()
    assert not page.opinions.side.is_open
    with qtbot.waitSignal(page.closed):
        page.go_back()


def test_taking_back_keeps_what_is_being_typed_in_the_form(
    office_ws: Workspace, people: People, open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(office_ws)
    said, opinions = done_of(page.desk), page.opinions
    opinions.press_filled()
    qtbot.mouseClick(opinions.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(said) == 1)
    opinions.choose_member(people.plain)
    opinions.table.opened.emit(opinions.table.current_record())
    content = opinions.side.fields["content"].field
    content.setFocus()
    type_text(content, "Đang chép dở")

    said[0][1]()
    qtbot.waitUntil(lambda: len(said) == 2)

    assert opinions.side.is_open
    assert opinions.side.texts()["content"] == "Đang chép dở"


def test_another_form_does_not_open_over_words_not_saved(
    office_ws: Workspace, people: People, open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(office_ws)
    said, opinions = done_of(page.desk), page.opinions
    opinions.choose_member(people.plain)
    opinions.table.opened.emit(opinions.table.current_record())
    opinions.side.put_texts({"content": "Đang chép dở"})

    qtbot.mouseClick(opinions.ask, Qt.MouseButton.LeftButton)

    assert opinions.side.texts()["content"] == "Đang chép dở"
    assert said[0][0].startswith("Đang ghi dở: Nguyễn Văn Đạt")
