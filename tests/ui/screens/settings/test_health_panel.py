"""Kiểm tra sổ in the window: run, be led to the place, let a finding be, have it said again."""

import pytest
from pytestqt.qtbot import QtBot

from app.db.key_file import NAMES
from app.services.members import save_member
from app.services.workspace import Workspace
from app.ui.parts.buttons import Button
from app.ui.screens.settings.finding_lines import FindingLine
from app.ui.screens.settings.health_panel import HealthPanel
from app.ui.screens.settings.settings_page import SettingsPage
from tests.builders import a_member


@pytest.fixture
def health(qtbot: QtBot, page: SettingsPage) -> HealthPanel:
    page.show_panel("health")
    qtbot.waitUntil(page.desk.background.idle)
    shown = page.panels["health"]
    assert isinstance(shown, HealthPanel)
    return shown


def check(qtbot: QtBot, health: HealthPanel) -> list[FindingLine]:
    health.check_button.click()
    qtbot.waitUntil(health.desk.background.idle)
    return lines(health)


def lines(health: HealthPanel) -> list[FindingLine]:
    return [line for line in health.findChildren(FindingLine) if line.parent() is not None]


def press(qtbot: QtBot, line: FindingLine, label: str) -> None:
    next(button for button in line.findChildren(Button) if button.text().startswith(label)).click()
    qtbot.waitUntil(lambda: True)


def test_checking_a_sound_book_says_so(qtbot: QtBot, health: HealthPanel) -> None:
    assert check(qtbot, health) == []

    assert health.result.text.startswith("Sổ lành, không thấy điều gì cần xem lại. Đã xem 4 đảng viên")
    assert health.check_button.isEnabled()


def test_a_finding_leads_to_its_place(qtbot: QtBot, health: HealthPanel, secretary_ws: Workspace) -> None:
    twin = save_member(secretary_ws, a_member(full_name="Nguyễn Văn Đạt"), alike=True)
    went: list[tuple[str, dict[str, str]]] = []
    health.desk.go.connect(lambda key, place: went.append((key, place)))

    (line,) = check(qtbot, health)
    press(qtbot, line, "Đến chỗ này")

    assert "Có 1 điều nên xem lại" in health.result.text
    assert went[0][0] == "members"
    assert went[0][1]["member"] in line.finding.key
    assert twin in line.finding.key


def test_a_finding_is_let_be_and_said_again(
    qtbot: QtBot, health: HealthPanel, secretary_ws: Workspace
) -> None:
    save_member(secretary_ws, a_member(full_name="Nguyễn Văn Đạt"), alike=True)
    (line,) = check(qtbot, health)

    line.ignore_requested.emit(line.finding)
    qtbot.waitUntil(lambda: "không thấy điều gì" in health.result.text)
    (quiet,) = check(qtbot, health)
    assert "không thấy điều gì" in health.result.text

    quiet.remind_requested.emit(quiet.finding)
    qtbot.waitUntil(lambda: "Có 1 điều" in health.result.text)
    check(qtbot, health)
    assert "Có 1 điều" in health.result.text


def test_a_hurt_file_is_said_gravely_and_cannot_be_let_be(
    qtbot: QtBot, health: HealthPanel, secretary_ws: Workspace
) -> None:
    for name in NAMES:
        (secretary_ws.folder / name).write_bytes(b"")

    (line,) = check(qtbot, health)

    assert health.result.text.startswith("Sổ có chỗ hỏng.")
    assert [button.text() for button in line.findChildren(Button)] == []
