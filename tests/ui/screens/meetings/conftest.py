"""The meetings' page on a real book, with dialogs that answer by themselves."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.preferences import Preferences
from app.ui.screens.meetings.meetings_page import MeetingsPage
from app.ui.shell import Shell
from tests.ui.scripted_dialogs import ScriptedDialogs

OpenMeetings = Callable[..., MeetingsPage]


@pytest.fixture
def dialogs(preferences: Preferences) -> ScriptedDialogs:
    return ScriptedDialogs([], preferences)


@pytest.fixture
def window(qtbot: QtBot, background: Background, preferences: Preferences) -> Iterator[Shell]:
    """The window around the page, wide enough for everything."""
    shell = Shell(background, preferences)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    yield shell
    background.wait_idle()


@pytest.fixture
def open_meetings(
    qtbot: QtBot,
    background: Background,
    preferences: Preferences,
    dialogs: ScriptedDialogs,
    window: Shell,
) -> OpenMeetings:
    """The page of 2025's meetings as the person at the PC."""

    def open_it(ws: Workspace, year: int = 2025) -> MeetingsPage:
        desk = Desk(ws, background, dialogs, preferences, (2025, 2026))
        desk.set_year(year)
        desk.done.connect(window.show_done)
        page = MeetingsPage(desk)
        window.show_single(page)
        window.activateWindow()
        qtbot.waitUntil(lambda: page.list_page._list is not None and background.idle())
        qtbot.waitUntil(window.isActiveWindow)
        return page

    return open_it
