"""A member's own page: the one thing asked, the months, what the cell said, thanks after handing in."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.dates import Month
from app.domain.monthly import CellMark
from app.services.months import comment_month, submit_month
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.preferences import Preferences
from app.ui.screens.own.own_page import OwnPage
from tests.book_fixtures import FakeClock, People
from tests.builders import a_month, handed_in, passed_pledge
from tests.ui.scripted_dialogs import ScriptedDialogs


@pytest.fixture
def desk(plain_ws: Workspace, background: Background, preferences: Preferences) -> Desk:
    return Desk(plain_ws, background, ScriptedDialogs(preferences=preferences), preferences, (2025, 2026))


def shown(qtbot: QtBot, desk: Desk) -> OwnPage:
    page = OwnPage(desk)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    qtbot.waitUntil(desk.background.idle)
    return page


def test_without_a_pledge_the_pledge_is_asked(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)

    assert page.ask_card.title.text() == "Đăng ký năm 2026"
    with qtbot.waitSignal(page.pledge_requested) as asked:
        qtbot.mouseClick(page.ask_card.act, Qt.MouseButton.LeftButton)
    assert asked.args == [2026]


def test_with_a_pledge_the_month_in_hand_is_asked(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, people: People
) -> None:
    passed_pledge(secretary_ws, people.plain)
    page = shown(qtbot, desk)

    assert page.ask_card.title.text() == "Tự đánh giá tháng 3"
    assert page.ask_card.words.text() == "Hạn thứ Sáu 03/04, còn 14 ngày. Đồng chí có 2 việc đang mở."
    with qtbot.waitSignal(page.month_requested) as asked:
        qtbot.mouseClick(page.ask_card.act, Qt.MouseButton.LeftButton)
    assert asked.args == ["2026-03"]


def test_with_everything_handed_in_nothing_is_asked(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    clock.day = date(2026, 5, 2)
    for number in range(1, 5):
        handed_in(secretary_ws, pledge, Month(2026, number))
    page = shown(qtbot, desk)

    assert page.ask_card.title.text() == "Đồng chí không còn việc gì phải làm lúc này"
    assert not page.ask_card.act.isVisible()


def test_in_november_the_review_is_asked_after_the_month(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    clock.day = date(2026, 11, 20)
    handed_in(secretary_ws, pledge, Month(2026, 11))
    page = shown(qtbot, desk)

    assert page.ask_card.title.text() == "Bản kiểm điểm năm 2026"


def test_what_the_cell_said_is_shown_newest_first(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    for number, words in ((1, "Làm tốt"), (2, "Cần ghi rõ kết quả")):
        month = Month(2026, number)
        handed_in(secretary_ws, pledge, month)
        comment_month(secretary_ws, people.plain, month, words, CellMark.PRAISE if number == 1 else None)
    page = shown(qtbot, desk)

    assert [month.cell_comment for month in page.cell_words._said] == ["Cần ghi rõ kết quả", "Làm tốt"]


def test_the_strip_opens_a_month_and_says_when_one_has_not_come(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, people: People
) -> None:
    passed_pledge(secretary_ws, people.plain)
    page = shown(qtbot, desk)

    with qtbot.assertNotEmitted(page.month_requested):
        page.strip.month_opened.emit(12)
    assert page.message.text == "Tháng 12 chưa tới. Đồng chí viết được từ ngày 01/12/2026."
    with qtbot.waitSignal(page.month_requested) as asked:
        page.strip.month_opened.emit(2)
    assert asked.args == ["2026-02"]


def test_handing_in_is_thanked_for_and_the_pc_can_be_handed_over(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    page = shown(qtbot, desk)
    page.ask_card.act.click()
    handed_in(plain_ws, pledge, Month(2026, 3))

    page.came_back()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.sent)

    assert page.sent.title.text() == "Đã gửi tháng 3 cho chi bộ"
    assert page.sent.when.text() == "Lúc 08:30, thứ Sáu 20/03/2026. Cảm ơn đồng chí."
    with qtbot.waitSignal(page.handover_requested):
        page.sent.handover.click()
    assert page.go_back()
    assert page.stack.currentIndex() == 0


def test_coming_back_without_handing_in_shows_no_thanks(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, people: People
) -> None:
    passed_pledge(secretary_ws, people.plain)
    page = shown(qtbot, desk)
    page.ask_card.act.click()

    page.came_back()
    qtbot.waitUntil(desk.background.idle)

    assert page.stack.currentIndex() == 0


def test_another_year_shows_its_own_months(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, people: People
) -> None:
    passed_pledge(secretary_ws, people.plain)
    page = shown(qtbot, desk)

    page.year.year_chosen.emit(2025)
    qtbot.waitUntil(desk.background.idle)

    assert page._year_title.text() == "Năm 2025 của tôi"
    assert page.ask_card.title.text() == "Tự đánh giá tháng 3"


def test_a_book_to_look_at_says_so(qtbot: QtBot, desk: Desk) -> None:
    desk.ws = replace(desk.ws, lock=None)
    page = shown(qtbot, desk)

    assert "chưa ghi được" in page.message.text


def test_levels_are_shown_only_when_they_agree(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    mixed = a_month(people.plain, Month(2026, 1), pledge.items)
    entries = (replace(mixed.entries[0], self_level="Tốt"), mixed.entries[1])
    submit_month(plain_ws, replace(mixed, entries=entries))
    handed_in(plain_ws, pledge, Month(2026, 2))
    page = shown(qtbot, desk)

    assert [button.cell.level for button in page.strip.months[:2]] == ["2 mức", "Khá"]


def test_member_saves_a_copy_of_their_own_data(
    qtbot: QtBot,
    desk: Desk,
    secretary_ws: Workspace,
    people: People,
    tmp_path: Path,
) -> None:
    passed_pledge(secretary_ws, people.plain)
    desk.dialogs.answers.append(tmp_path)  # type: ignore[attr-defined]
    page = shown(qtbot, desk)

    qtbot.mouseClick(page.file_way, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(desk.background.idle)

    assert (tmp_path / "Bản trích dữ liệu - Nguyễn Văn Đạt" / "du-lieu.json").exists()
    assert "không có khóa" in page.message.text
