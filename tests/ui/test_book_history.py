"""One's own last actions over any page, and broken seals told to those who lead, in the real window."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.dates import Month
from app.domain.member import CellRole, DatedStatus, StatusKind
from app.services.books import open_book
from app.services.members import add_status, get_member, list_members
from app.services.months import confirm_months
from app.services.seats import sit_down
from app.ui.background import Background
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences
from app.ui.screens.history.recent_page import RecentPage
from app.ui.screens.own.own_page import OwnPage
from app.ui.screens.people.choose_page import ChoosePersonPage
from tests.builders import add_member, handed_in, passed_pledge
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import press, type_text

SICK = DatedStatus(StatusKind.SICK, date(2026, 1, 5))
JANUARY = Month(2026, 1)
_KEYS = Qt.KeyboardModifier.ControlModifier
Seated = Callable[[str], MainWindow]


@pytest.fixture
def book(empty_book: Path) -> Path:
    """A closed book in which the secretary has confirmed a month and recorded a status."""
    ws = open_book(empty_book)
    secretary = add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    plain = add_member(ws, "Nguyễn Văn Đạt")
    seated = sit_down(ws, secretary)
    handed_in(seated, passed_pledge(seated, plain), JANUARY)
    confirm_months(seated, JANUARY, [plain], date(2026, 2, 3))
    add_status(seated, plain, SICK)
    ws.close()
    return empty_book


@pytest.fixture
def seated(qtbot: QtBot, background: Background, preferences: Preferences, book: Path) -> Iterator[Seated]:
    """The window with somebody at the PC."""
    windows: list[MainWindow] = []

    def sit(name: str) -> MainWindow:
        window = MainWindow(background, preferences)
        window.start(ScriptedDialogs([], preferences), book)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), ChoosePersonPage))
        page = window.stack.currentWidget()
        assert isinstance(page, ChoosePersonPage)
        type_text(page.search_field, name)
        press(page.search_field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: background.idle() and window.desk is not None)
        qtbot.waitUntil(background.idle)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield sit
    for window in windows:
        window.close()


def recent(window: MainWindow, qtbot: QtBot) -> RecentPage:
    press(window, Qt.Key.Key_H, _KEYS)
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), RecentPage))
    qtbot.waitUntil(window.background.idle)
    page = window.stack.currentWidget()
    assert isinstance(page, RecentPage)
    return page


def test_last_action_is_taken_back_by_its_name_and_done_again(
    seated: Seated, qtbot: QtBot, book: Path
) -> None:
    window = seated("Trần Thị Bình")
    page = recent(window, qtbot)
    first = page.buttons[0]
    assert first.accessibleName() == "Hoàn tác: ghi tình trạng: Nghỉ ốm từ 05/01/2026"

    first.click()
    qtbot.waitUntil(lambda: window.done_bar.text.startswith("Đã hoàn tác: ghi tình trạng"))
    qtbot.waitUntil(window.background.idle)

    desk = window.desk
    assert desk is not None
    plain = next(member for member in list_members(desk.ws) if member.name == "Nguyễn Văn Đạt")
    assert plain.statuses == ()
    assert page.buttons[0].accessibleName() == "Làm lại: ghi tình trạng: Nghỉ ốm từ 05/01/2026"
    window.done_bar.do_again()
    qtbot.waitUntil(window.background.idle)
    assert len(get_member(desk.ws, plain.id).statuses) == 1


def test_escape_leads_back_to_the_page_under_it(seated: Seated, qtbot: QtBot) -> None:
    window = seated("Trần Thị Bình")
    before = window.stack.currentWidget()
    recent(window, qtbot)

    press(window, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: window.stack.currentWidget() is before)


def test_plain_member_sees_only_what_they_did_themselves(seated: Seated, qtbot: QtBot) -> None:
    window = seated("Nguyễn Văn Đạt")
    assert isinstance(window.stack.currentWidget(), OwnPage)

    page = recent(window, qtbot)

    assert page.buttons == []
    assert page.empty.isVisible()


def test_nobodys_last_actions_while_nobody_sits(seated: Seated, qtbot: QtBot) -> None:
    window = seated("Trần Thị Bình")
    window.hand_over()
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), ChoosePersonPage))

    press(window, Qt.Key.Key_H, _KEYS)

    assert isinstance(window.stack.currentWidget(), ChoosePersonPage)


def test_month_changed_behind_the_program_is_told_to_who_leads(
    seated: Seated, qtbot: QtBot, book: Path
) -> None:
    ws = open_book(book)
    with ws.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE monthly SET cell_comment = 'khác'")
    ws.close()

    window = seated("Trần Thị Bình")

    said = "Tự đánh giá tháng 1/2026 của Nguyễn Văn Đạt"
    qtbot.waitUntil(lambda: said in window.message.text, timeout=20_000)
