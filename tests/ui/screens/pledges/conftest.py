"""A pledge's page and the list on a real book, with dialogs that answer by themselves."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.preferences import Preferences
from app.ui.screens.pledges.pledge_editor import PledgeEditor
from app.ui.screens.pledges.pledges_page import PledgesPage
from app.ui.shell import Shell
from tests.ui.scripted_dialogs import ScriptedDialogs

OpenEditor = Callable[..., PledgeEditor]
OpenList = Callable[[Workspace], PledgesPage]


@pytest.fixture
def dialogs(preferences: Preferences) -> ScriptedDialogs:
    return ScriptedDialogs([], preferences)


@pytest.fixture
def sit(
    background: Background, preferences: Preferences, dialogs: ScriptedDialogs
) -> Callable[[Workspace], Desk]:
    """Somebody sits down: their desk for 2025 to 2027."""

    def at(ws: Workspace) -> Desk:
        return Desk(ws, background, dialogs, preferences, (2025, 2026, 2027))

    return at


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
def open_editor(
    qtbot: QtBot, background: Background, window: Shell, sit: Callable[[Workspace], Desk]
) -> OpenEditor:
    """Open a member's pledge as the person at the PC."""

    def open_it(ws: Workspace, member_id: str, year: int = 2026) -> PledgeEditor:
        desk = sit(ws)
        desk.done.connect(window.show_done)
        editor = PledgeEditor(desk, member_id, year)
        _show(window, editor)
        qtbot.waitUntil(lambda: editor._loaded is not None and background.idle())
        qtbot.waitUntil(window.isActiveWindow)
        return editor

    return open_it


@pytest.fixture
def open_list(
    qtbot: QtBot, background: Background, window: Shell, sit: Callable[[Workspace], Desk]
) -> OpenList:
    """Open everybody's pledges."""

    def open_it(ws: Workspace) -> PledgesPage:
        desk = sit(ws)
        desk.done.connect(window.show_done)
        page = PledgesPage(desk)
        _show(window, page)
        qtbot.waitUntil(lambda: page.list_page.shown_ids() != () and background.idle())
        qtbot.waitUntil(window.isActiveWindow)
        return page

    return open_it


def _show(window: Shell, page: QWidget) -> None:
    window.show_single(page)
    window.activateWindow()
