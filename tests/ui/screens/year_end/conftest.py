"""A desk over a real book with one member's year behind them; the review's page shown in a window."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.dates import Month
from app.domain.monthly import MonthlyEntry
from app.domain.pledge import Pledge
from app.domain.review import ReviewKey
from app.services.months import submit_month
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.preferences import Preferences
from app.ui.screens.year_end.review_editor import ReviewEditor
from tests.book_fixtures import People
from tests.builders import a_month, passed_pledge
from tests.ui.scripted_dialogs import Answer, ScriptedDialogs

YEARS = (2001, 2024, 2025, 2026)
MakeDesk = Callable[..., Desk]
ShowPage = Callable[[QWidget], None]
OpenSheet = Callable[..., ReviewEditor]


@pytest.fixture
def make_desk(background: Background, preferences: Preferences) -> Iterator[MakeDesk]:
    """A person's desk in 2025; its dialogs give these answers."""

    def make(ws: Workspace, answers: list[Answer] | None = None) -> Desk:
        desk = Desk(ws, background, ScriptedDialogs(answers, preferences), preferences, YEARS)
        desk.set_year(2025)
        return desk

    yield make
    background.wait_idle()


@pytest.fixture
def show_page(qtbot: QtBot, background: Background) -> ShowPage:
    """Show a page in a window of its own and wait until it has read what it shows."""

    def show(page: QWidget) -> None:
        qtbot.addWidget(page)
        page.resize(1280, 720)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        qtbot.waitUntil(background.idle)

    return show


@pytest.fixture
def open_sheet(make_desk: MakeDesk, show_page: ShowPage) -> OpenSheet:
    """A member's review, opened by whoever sits at the PC."""

    def open_(
        ws: Workspace, member_id: str, year: int = 2025, answers: list[Answer] | None = None
    ) -> ReviewEditor:
        editor = ReviewEditor(make_desk(ws, answers), ReviewKey(member_id, year))
        show_page(editor)
        return editor

    return open_


@pytest.fixture
def pledged(secretary_ws: Workspace, people: People) -> Pledge:
    """The plain member's two items of 2025 with two months handed in."""
    pledge = passed_pledge(secretary_ws, people.plain, 2025)
    for number, words in ((3, "Đã học xong chuyên đề quý I"), (8, "Giúp hộ ông Bảy lợp lại mái")):
        month = a_month(people.plain, Month(2025, number), pledge.items)
        entries = (
            MonthlyEntry(pledge.items[0].id, words, "Tốt"),
            MonthlyEntry(pledge.items[1].id, f"Việc hai tháng {number}", "Khá"),
        )
        submit_month(secretary_ws, replace(month, entries=entries))
    return pledge
