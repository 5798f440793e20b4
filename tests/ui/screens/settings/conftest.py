"""The settings page of a secretary on a book of its own."""

import pytest
from pytestqt.qtbot import QtBot

from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.preferences import Preferences
from app.ui.screens.settings.settings_page import SettingsPage
from tests.ui.scripted_dialogs import ScriptedDialogs


@pytest.fixture
def dialogs(preferences: Preferences) -> ScriptedDialogs:
    return ScriptedDialogs(preferences=preferences)


@pytest.fixture
def desk(
    secretary_ws: Workspace, background: Background, preferences: Preferences, dialogs: ScriptedDialogs
) -> Desk:
    return Desk(secretary_ws, background, dialogs, preferences, (2025, 2026, 2027))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> SettingsPage:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    qtbot.waitUntil(desk.background.idle)
    return page
