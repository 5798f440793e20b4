"""Kiểm tra sổ in the window: run, be led to the place, let a finding be, have it said again."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from app.db.key_file import NAMES
from app.services.members import save_member
from app.services.workspace import Workspace
from app.ui.parts.buttons import Button
from app.ui.parts.labels import Label
from app.ui.screens.settings.finding_lines import FindingLine
from app.ui.screens.settings.health_panel import HealthPanel
from app.ui.screens.settings.settings_page import SettingsPage
from tests.builders import a_member
from tests.ui.scripted_dialogs import ScriptedDialogs


@pytest.fixture
def health(qtbot: QtBot, page: SettingsPage) -> HealthPanel:
    page.show_panel("health")
    qtbot.waitUntil(page.desk.background.idle)
    shown = page.panels["health"]
    assert isinstance(shown, HealthPanel)
    return shown


def check(qtbot: QtBot, health: HealthPanel) -> list[FindingLine]:
    health.check_button.setFocus()
    health.check_button.click()
    qtbot.waitUntil(health.desk.background.idle)
    return lines(health)


def lines(health: HealthPanel) -> list[FindingLine]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return health.findChildren(FindingLine)


def press(line: FindingLine, label: str) -> None:
    next(button for button in line.findChildren(Button) if button.text().startswith(label)).click()


def test_checking_a_sound_book_says_so(qtbot: QtBot, health: HealthPanel) -> None:
    assert check(qtbot, health) == []

    assert health.result.text.startswith("Sổ lành, không thấy điều gì cần xem lại. Đã xem 4 đảng viên")
    assert health.check_button.hasFocus()


def test_a_finding_leads_to_its_place(qtbot: QtBot, health: HealthPanel, secretary_ws: Workspace) -> None:
    twin = save_member(secretary_ws, a_member(full_name="Nguyễn Văn Đạt"), alike=True)
    went: list[tuple[str, dict[str, str]]] = []
    health.desk.go.connect(lambda key, place: went.append((key, place)))

    (line,) = check(qtbot, health)
    press(line, "Đến chỗ này")

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


def test_letting_a_finding_be_leaves_the_list_where_it_stands(
    qtbot: QtBot, health: HealthPanel, secretary_ws: Workspace
) -> None:
    for name in ("An", "Ba", "Ca", "Da", "Em", "Gấm", "Hoa", "Khoa", "Lan", "Mai"):
        for _twin in range(2):
            save_member(secretary_ws, a_member(full_name=f"Nguyễn Thị {name}"), alike=True)
    found = check(qtbot, health)
    middle = found[len(found) // 2]
    assert middle.let_be is not None
    scroll = health.findChild(QScrollArea)
    assert scroll is not None
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
    scroll.ensureWidgetVisible(middle)
    before = scroll.verticalScrollBar().value()
    assert before > 0

    middle.let_be.setFocus()
    middle.let_be.click()
    qtbot.waitUntil(lambda: "Đã bỏ qua: 1 điều" in [label.text() for label in health.findChildren(Label)])
    qtbot.wait(20)

    after = lines(health)[len(found) // 2]
    assert after.finding != middle.finding
    assert after.let_be is not None
    assert after.let_be.hasFocus()
    assert abs(scroll.verticalScrollBar().value() - before) < 40


def test_a_hurt_file_is_said_gravely_and_cannot_be_let_be(
    qtbot: QtBot, health: HealthPanel, secretary_ws: Workspace
) -> None:
    for name in NAMES:
        (secretary_ws.folder / name).write_bytes(b"")

    (line,) = check(qtbot, health)

    assert health.result.text.startswith("Sổ có chỗ hỏng.")
    assert [button.text() for button in line.findChildren(Button)] == []


def test_the_support_bundle_is_read_before_it_is_saved(
    qtbot: QtBot, health: HealthPanel, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    target = tmp_path / "goi.zip"
    dialogs.answers = [target]

    health.support_button.click()
    qtbot.waitUntil(lambda: "sqlcipher" in health.support.text.value(), timeout=5000)
    assert health.support.choice.word_button(health.support.choice.choice()).hasFocus()
    health.support.choice.set_choice("so.txt")
    health.support.choice.chosen.emit("so.txt")
    assert "member: 4" in health.support.text.value()
    area = health.support.text
    shown = area.document().lineCount() * area.fontMetrics().lineSpacing()
    assert area.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded or shown <= area.height()
    assert not target.exists()

    with qtbot.waitSignal(health.desk.done):
        health.support.save_button.click()
    assert target.exists()
