"""Everybody's pledges: found, passed by the cell on a day, given back."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.member import DatedStatus, StatusKind
from app.domain.pledge import PledgeState
from app.services.members import add_status
from app.services.pledges import open_pledge, submit_pledge
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.parts.labels import Label
from app.ui.screens.pledges.pledges_page import PledgesPage
from app.ui.shell import Shell
from tests.book_fixtures import People
from tests.builders import a_pledge, lock_year, passed_pledge
from tests.ui.screens.pledges.conftest import OpenList
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text


def state(ws: Workspace, member_id: str) -> PledgeState:
    """How far a member's pledge is."""
    return open_pledge(ws, member_id, 2026).pledge.state


def ctrl_enter(page: PledgesPage) -> None:
    """The page's filled button by its key."""
    QTest.keyClick(page.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(150)


def test_filters_say_how_many_stand_where(
    open_list: OpenList, secretary_ws: Workspace, people: People
) -> None:
    submit_pledge(secretary_ws, a_pledge(people.plain))
    passed_pledge(secretary_ws, people.deputy)
    page = open_list(secretary_ws).list_page

    assert page.filters.word_button("none").text() == "Chưa đăng ký 2"
    assert page.filters.word_button("submitted").text() == "Đã gửi 1"
    page.filters.word_button("passed").click()

    assert page.shown_ids() == (people.deputy,)
    assert page.header.facts.text() == "2/4 đồng chí đã gửi"


def test_who_is_exempt_is_no_gap(open_list: OpenList, secretary_ws: Workspace, people: People) -> None:
    exempt = DatedStatus(StatusKind.EXEMPT, date(2026, 3, 1), detail="age_health")
    add_status(secretary_ws, people.plain, exempt)
    page = open_list(secretary_ws).list_page
    page.choose(people.plain)

    assert page.filters.word_button("none").text() == "Chưa đăng ký 3"
    assert page.header.facts.text() == "0/3 đồng chí đã gửi"
    said = [label.text() for label in page.inspector.findChildren(Label)]
    assert "Miễn công tác và sinh hoạt đảng (tuổi cao, sức yếu) từ 01/03/2026." in said


def test_search_without_marks_finds_and_says_when_nobody_is_there(
    open_list: OpenList, secretary_ws: Workspace, people: People, qtbot: QtBot
) -> None:
    page = open_list(secretary_ws).list_page
    type_text(page.search, "dat")
    qtbot.waitUntil(lambda: page.shown_ids() == (people.plain,))

    type_text(page.search, "zz")
    qtbot.waitUntil(lambda: page.shown_ids() == ())

    assert page._nobody.title.text() == "Không tìm thấy “datzz”"


def test_enter_opens_a_pledge_and_esc_comes_back_to_its_row(
    open_list: OpenList, secretary_ws: Workspace, people: People, background: Background
) -> None:
    page = open_list(secretary_ws)
    page.list_page.choose(people.plain)
    page.list_page.table.setFocus()

    QTest.keyClick(page.list_page.table, Qt.Key.Key_Return)
    background.wait_idle()
    assert page.editor is not None
    assert page.editor.member_id == people.plain
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    background.wait_idle()

    assert page.editor is None
    row = page.list_page.table.current_record()
    assert row is not None
    assert row.key == people.plain


def test_alt_right_goes_to_the_next_person(
    open_list: OpenList, secretary_ws: Workspace, people: People, background: Background
) -> None:
    page = open_list(secretary_ws)
    first, second = page.list_page.shown_ids()[:2]
    page.open_pledge(first)
    background.wait_idle()

    QTest.keyClick(page.window(), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    background.wait_idle()

    assert page.editor is not None
    assert page.editor.member_id == second


def test_ticked_pledges_are_passed_on_the_day(
    open_list: OpenList, secretary_ws: Workspace, people: People, background: Background, window: Shell
) -> None:
    for member in (people.plain, people.deputy, people.committee):
        submit_pledge(secretary_ws, a_pledge(member))
    page = open_list(secretary_ws).list_page
    page.table.records.set_ticked({people.plain, people.deputy})
    assert page.pass_button.text() == "Chi bộ thông qua 2 đăng ký…"

    ctrl_enter(page)
    page.panel.day.set_text("15/01/2026")
    page.panel.act.click()
    background.wait_idle()

    assert state(secretary_ws, people.plain) is PledgeState.PASSED
    assert open_pledge(secretary_ws, people.deputy, 2026).pledge.passed_on == date(2026, 1, 15)
    assert state(secretary_ws, people.committee) is PledgeState.SUBMITTED
    assert window.done_bar.text == "Đã ghi chi bộ thông qua 2 đăng ký, ngày 15/01/2026."


def test_all_handed_in_are_passed_by_keyboard(
    open_list: OpenList, secretary_ws: Workspace, people: People, background: Background
) -> None:
    for member in (people.plain, people.deputy):
        submit_pledge(secretary_ws, a_pledge(member))
    page = open_list(secretary_ws).list_page

    ctrl_enter(page)
    ctrl_enter(page)
    background.wait_idle()

    assert [state(secretary_ws, who) for who in (people.plain, people.deputy)] == [PledgeState.PASSED] * 2
    assert not page.panel.isVisible()


def test_day_to_come_is_refused_beside_the_field_and_nothing_is_passed(
    open_list: OpenList, secretary_ws: Workspace, people: People, background: Background
) -> None:
    submit_pledge(secretary_ws, a_pledge(people.plain))
    page = open_list(secretary_ws).list_page
    page.pass_button.click()
    page.panel.day.set_text("15/12/2026")
    page.panel.act.click()
    background.wait_idle()

    assert page.panel.day_field.error == "Ngày thông qua 15/12/2026 chưa tới."
    assert state(secretary_ws, people.plain) is PledgeState.SUBMITTED


def test_pledge_is_given_back_with_words(
    open_list: OpenList,
    secretary_ws: Workspace,
    people: People,
    dialogs: ScriptedDialogs,
    background: Background,
) -> None:
    submit_pledge(secretary_ws, a_pledge(people.plain))
    page = open_list(secretary_ws).list_page
    page.choose(people.plain)
    dialogs.answers = ["Ghi rõ chỉ tiêu"]

    page.inspector.return_button.click()
    background.wait_idle()

    pledge = open_pledge(secretary_ws, people.plain, 2026).pledge
    assert (pledge.state, pledge.committee_comment) == (PledgeState.DRAFT, "Ghi rõ chỉ tiêu")


def test_closed_year_offers_nothing_to_write(
    open_list: OpenList, secretary_ws: Workspace, people: People, background: Background
) -> None:
    submit_pledge(secretary_ws, a_pledge(people.plain, 2025))
    lock_year(secretary_ws, 2025, date(2026, 1, 31))
    page = open_list(secretary_ws).list_page

    page.desk.set_year(2025)
    background.wait_idle()

    assert page.locked.isVisible()
    assert not page.pass_button.isVisible()
    assert not page.inspector.return_button.isVisible()
