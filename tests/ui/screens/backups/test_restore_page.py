"""Khôi phục sổ in the page: the password of a copy, a file from elsewhere, a damaged one."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.db import key_file
from app.db.book_folder import DATABASE
from app.domain.backup_keeping import BackupReason
from app.services.backups import take_backup
from app.services.books import open_book
from app.services.keys import unlock
from app.ui.background import Background
from app.ui.preferences import Preferences
from app.ui.screens.backups.restore_page import RestorePage
from tests.ui.conftest import PHRASE, LockedBook
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backups of each test lie apart."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "du-lieu"))


@pytest.fixture
def copy(locked_book: LockedBook) -> Path:
    """A backup of a locked book that is dead since."""
    folder = locked_book.folder
    ws = open_book(folder, unlocked=unlock(key_file.read_keys(folder), PHRASE))
    path = take_backup(ws, BackupReason.BY_HAND).copy.path
    ws.close()
    (folder / DATABASE).write_bytes(b"")
    return path


@pytest.fixture
def dialogs(preferences: Preferences) -> ScriptedDialogs:
    return ScriptedDialogs(preferences=preferences)


@pytest.fixture
def page(
    qtbot: QtBot,
    copy: Path,
    background: Background,
    preferences: Preferences,
    dialogs: ScriptedDialogs,
    locked_book: LockedBook,
) -> RestorePage:
    """The page for the dead book."""
    page = RestorePage(background, preferences, dialogs, locked_book.folder)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    qtbot.waitUntil(background.idle)
    return page


def test_the_password_of_the_copy_is_asked_and_a_wrong_one_said_beside_the_field(
    qtbot: QtBot, page: RestorePage, background: Background, dialogs: ScriptedDialogs
) -> None:
    dialogs.answers = [True]
    page.restore()
    qtbot.waitUntil(background.idle)
    assert page.secret_field.isVisible()
    assert "phiếu khôi phục in ngày 20/03/2026" in page.secret_field.hint.text()

    page.restore()
    assert "Chưa gõ mật khẩu" in page.secret_field.error
    type_text(page.secret.secret, "sai rồi đồng chí ơi")
    page.restore()
    qtbot.waitUntil(background.idle)
    assert "Chưa đúng với bản sao này" in page.secret_field.error

    page.secret.clear()
    type_text(page.secret.secret, PHRASE)
    with qtbot.waitSignal(page.restored, timeout=10_000) as told:
        page.secret.entered.emit()
        qtbot.waitUntil(lambda: page._result is not None)
        page.go_back()
    assert (told.args[0] / DATABASE).stat().st_size > 0
    assert len(dialogs.asked) == 1


def test_a_file_from_elsewhere_is_taken_and_a_foreign_one_refused(
    qtbot: QtBot,
    page: RestorePage,
    background: Background,
    dialogs: ScriptedDialogs,
    copy: Path,
    tmp_path: Path,
) -> None:
    elsewhere, foreign = tmp_path / "usb.zip", tmp_path / "la.zip"
    copy.rename(elsewhere)
    foreign.write_bytes(b"PK nothing")
    page.read_list()
    dialogs.answers = [foreign, elsewhere]

    page.file_button.click()
    qtbot.waitUntil(background.idle)
    assert "không phải bản chép sổ" in page.message.text

    page.file_button.click()
    qtbot.waitUntil(background.idle)
    assert "Tệp đã chọn: " in page._chosen_words.text()
    assert page.restore_button.isEnabled()


def test_saying_no_changes_nothing(
    page: RestorePage, dialogs: ScriptedDialogs, locked_book: LockedBook
) -> None:
    dialogs.answers = [False]

    page.restore()

    assert page._result is None
    assert (locked_book.folder / DATABASE).read_bytes() == b""
