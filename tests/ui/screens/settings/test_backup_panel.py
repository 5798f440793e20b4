"""Sao lưu: a copy now, a second place, what the list says."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.backup_list import backups_of
from app.services.workspace import Workspace
from app.ui.desk import Desk
from app.ui.preferences import Preferences
from app.ui.screens.settings.backup_panel import BackupPanel
from tests.ui.scripted_dialogs import ScriptedDialogs


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backups of each test lie apart."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "du-lieu"))


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk) -> BackupPanel:
    """The panel as the secretary sees it."""
    panel = BackupPanel(desk)
    qtbot.addWidget(panel)
    panel.resize(1100, 600)
    panel.show()
    qtbot.waitUntil(desk.background.idle)
    return panel


def test_a_copy_is_made_now_and_stands_in_the_list(
    qtbot: QtBot, panel: BackupPanel, desk: Desk, secretary_ws: Workspace
) -> None:
    assert panel.last.text() == "Chưa có bản sao nào."
    with qtbot.waitSignal(desk.done) as done:
        panel.now_button.click()
    qtbot.waitUntil(desk.background.idle)

    assert done.args[0] == "Đã sao lưu sổ và kiểm tra lại: đọc tốt."
    assert "do đồng chí sao lưu, 4 đảng viên" in panel.last.text()
    assert len(panel.table.records.shown) == 1
    assert len(backups_of(secretary_ws.folder, secretary_ws.today())) == 1


def test_a_second_place_gets_the_newest_copy_at_once(
    qtbot: QtBot,
    panel: BackupPanel,
    desk: Desk,
    dialogs: ScriptedDialogs,
    preferences: Preferences,
    tmp_path: Path,
) -> None:
    (tmp_path / "usb").mkdir()
    dialogs.answers = [tmp_path / "usb"]
    panel.now_button.click()
    qtbot.waitUntil(desk.background.idle)

    panel.choose_button.setFocus()
    panel.choose_button.click()
    qtbot.waitUntil(lambda: "Bản mới nhất ở đó của ngày 20/03/2026" in panel.second.text())
    qtbot.waitUntil(desk.background.idle)

    assert preferences.second_copy_on(desk.ws.folder) == desk.ws.today()
    assert len(list(tmp_path.glob("usb/**/*.zip"))) == 1
    assert "cùng ổ đĩa" in panel.message.text
    assert {line.place for line in panel.table.records.shown} == {"máy này", str(tmp_path / "usb")}
    assert panel.choose_button.hasFocus()


def test_a_stick_that_is_not_in_is_asked_for(
    qtbot: QtBot, panel: BackupPanel, desk: Desk, preferences: Preferences, tmp_path: Path
) -> None:
    preferences.remember_second_place(desk.ws.folder, tmp_path / "usb", "", tmp_path / "usb" / "x")
    panel.reload()
    assert "Chưa có bản sao nào ở đó" in panel.second.text()

    panel.carry_over()
    qtbot.waitUntil(desk.background.idle)

    assert "Xin cắm USB" in panel.message.text
    assert panel.now_button.isEnabled()


def test_a_place_inside_the_book_is_refused(
    qtbot: QtBot, panel: BackupPanel, desk: Desk, dialogs: ScriptedDialogs
) -> None:
    dialogs.answers = [desk.ws.folder]

    panel.choose_button.click()
    qtbot.waitUntil(desk.background.idle)

    assert "chính sổ này" in panel.message.text
    assert panel.second.text() == "Chưa chọn."
