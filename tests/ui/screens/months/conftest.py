"""A cell of four with pledges and months, and somebody at the pages of the months."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.domain.pledge import Pledge
from app.services.seats import sit_down
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.preferences import Preferences
from tests.book_fixtures import People
from tests.builders import handed_in, passed_pledge
from tests.ui.screens.months.sitting import FEBRUARY, MARCH, BoardSitting, EditorSitting
from tests.ui.scripted_dialogs import ScriptedDialogs

MakeDesk = Callable[[Workspace], tuple[Desk, ScriptedDialogs]]


@pytest.fixture
def make_desk(background: Background, preferences: Preferences) -> Iterator[MakeDesk]:
    """A desk on a book."""
    crashes: list[BaseException] = []
    background.crashed.connect(crashes.append)

    def make(ws: Workspace) -> tuple[Desk, ScriptedDialogs]:
        dialogs = ScriptedDialogs([], preferences)
        return Desk(ws, background, dialogs, preferences, (2025, 2026, 2027)), dialogs

    yield make
    background.wait_idle()
    assert not crashes, crashes


@pytest.fixture
def pledges(secretary_ws: Workspace, people: People) -> dict[str, Pledge]:
    """Everybody has pledged two things for 2026."""
    everybody = (people.secretary, people.deputy, people.committee, people.plain)
    return {member_id: passed_pledge(secretary_ws, member_id) for member_id in everybody}


@pytest.fixture
def months(secretary_ws: Workspace, people: People, pledges: dict[str, Pledge]) -> dict[str, Pledge]:
    """February is in from everybody; March from the secretary and the plain member."""
    for member_id, pledge in pledges.items():
        own = sit_down(secretary_ws, member_id)
        handed_in(own, pledge, FEBRUARY)
        if member_id in (people.secretary, people.plain):
            handed_in(own, pledge, MARCH)
    return pledges


@pytest.fixture
def board(
    qtbot: QtBot, secretary_ws: Workspace, months: dict[str, Pledge], make_desk: MakeDesk
) -> BoardSitting:
    """The secretary at the board."""
    return BoardSitting(qtbot, *make_desk(secretary_ws)).sit()


@pytest.fixture
def own(qtbot: QtBot, plain_ws: Workspace, pledges: dict[str, Pledge], make_desk: MakeDesk) -> EditorSitting:
    """The plain member, before writing a month of their own."""
    return EditorSitting(qtbot, *make_desk(plain_ws))


@pytest.fixture
def typist(
    qtbot: QtBot, secretary_ws: Workspace, pledges: dict[str, Pledge], make_desk: MakeDesk
) -> EditorSitting:
    """The secretary, before typing somebody's month from paper."""
    return EditorSitting(qtbot, *make_desk(secretary_ws))
