"""Bước 5: the reports of the committee and the cell, the draft sent in time, no form in some years."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.db import tables
from app.domain.review import CELL_SUBJECT, COMMITTEE_SUBJECT, ReviewKey
from app.services.collectives import open_collectives
from app.services.reviews import open_review
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.year_end.collective_page import CollectivePage
from app.ui.screens.year_end.section_editor import TextSection
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.typing_keys import type_text


def opened(ws: Workspace, make_desk: MakeDesk, show_page: ShowPage, year: int = 2025) -> CollectivePage:
    desk = make_desk(ws)
    desk.years = (*desk.years, 2021)
    desk.set_year(year)
    page = CollectivePage(desk)
    show_page(page)
    return page


def hold_meeting(ws: Workspace) -> None:
    with ws.write("Ghi cuộc họp") as tx:
        values = {"kind": "review", "year": 2025, "held_on": date(2025, 12, 12), "rounds": 1, "secret": True}
        tx.insert(tables.meeting, values)


def test_a_report_is_written_in_the_pages_place_and_esc_comes_back(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    page = opened(secretary_ws, make_desk, show_page)
    assert list(page.cards) == [COMMITTEE_SUBJECT, CELL_SUBJECT]
    button = page.cards[CELL_SUBJECT].open
    assert button is not None

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(background.idle)
    assert page.editor is not None
    assert page.editor.header.title.text() == "Báo cáo kiểm điểm 2025 · Chi bộ"
    section = page.editor.view.editor
    assert isinstance(section, TextSection)
    type_text(section.area, "Giữ nền nếp họp.")
    assert page.go_back()
    qtbot.waitUntil(lambda: page.editor is None)

    review = open_review(secretary_ws, ReviewKey(CELL_SUBJECT, 2025)).review
    assert review.text_of("A.I.1").text == "Giữ nền nếp họp."


def test_a_draft_sent_too_late_is_said_with_the_days(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    make_desk: MakeDesk,
    show_page: ShowPage,
) -> None:
    hold_meeting(secretary_ws)
    page = opened(secretary_ws, make_desk, show_page)
    assert "hạn gửi 09/12/2025" in page.standing.text()

    page.sent.set_value(date(2025, 12, 11))
    qtbot.mouseClick(page.note, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "chỉ còn 01 ngày làm việc" in page.late.text)
    qtbot.waitUntil(background.idle)

    assert open_collectives(secretary_ws, 2025).draft.sent_on == date(2025, 12, 11)


def test_the_collectives_own_vote_is_one_press_away(
    qtbot: QtBot, secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    assert not opened(secretary_ws, make_desk, show_page).votes.isVisible()
    hold_meeting(secretary_ws)
    page = opened(secretary_ws, make_desk, show_page)
    assert page.shown is not None

    with qtbot.waitSignal(page.desk.go) as went:
        qtbot.mouseClick(page.votes, Qt.MouseButton.LeftButton)
    assert went.args == ["meetings", {"meeting": page.shown.meeting_id, "part": "votes"}]


def test_the_order_of_rating_is_said_and_leads_to_the_proposals(
    qtbot: QtBot, secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(secretary_ws, make_desk, show_page)
    assert "còn 4 đồng chí chưa có mức đề xuất" in page.order.text

    with qtbot.waitSignal(page.desk.go) as went:
        qtbot.mouseClick(page.order.button, Qt.MouseButton.LeftButton)
    assert went.args == ["reviews", {"step": "proposal"}]


def test_a_year_without_a_form_says_so_on_the_card(
    secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    page = opened(secretary_ws, make_desk, show_page, 2021)

    assert page.cards[CELL_SUBJECT].open is None
