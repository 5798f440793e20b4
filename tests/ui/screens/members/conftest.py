"""Somebody sits at the page of members, with a real book, real lanes, and dialogs answered in advance."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.preferences import Preferences
from app.ui.screens.members.members_page import MembersPage
from tests.ui.screens.members.sitting import Sitting
from tests.ui.scripted_dialogs import ScriptedDialogs

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture
def sit(
    qtbot: QtBot, background: Background, preferences: Preferences
) -> Iterator[Callable[[Workspace], Sitting]]:
    """Open the page on a book."""
    crashes: list[BaseException] = []
    background.crashed.connect(crashes.append)

    def sit_at(ws: Workspace) -> Sitting:
        dialogs = ScriptedDialogs([], preferences)
        desk = Desk(ws, background, dialogs, preferences, (2025, 2026, 2027))
        page = MembersPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 680)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        sitting = Sitting(qtbot, page, desk, dialogs)
        sitting.settle()
        return sitting

    yield sit_at
    background.wait_idle()
    assert not crashes, crashes


@pytest.fixture
def keeper(ws: Workspace, sit: Callable[[Workspace], Sitting]) -> Sitting:
    """The keeper of an empty book."""
    return sit(ws)


@pytest.fixture
def secretary(secretary_ws: Workspace, sit: Callable[[Workspace], Sitting]) -> Sitting:
    """The secretary of a cell of four."""
    return sit(secretary_ws)


@pytest.fixture
def office_list() -> Path:
    """The list of 42 members as an office keeps it."""
    return SAMPLES / "danh-sach-dang-vien.xlsx"


@pytest.fixture
def faulty_list() -> Path:
    """A list with mistakes."""
    return SAMPLES / "danh-sach-loi.xlsx"
