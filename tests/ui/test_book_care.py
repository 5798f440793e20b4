"""The window takes care of the book: copies by time and at exit, the stick, and the way back from a copy."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.db.book_folder import DATABASE
from app.domain.backup_keeping import BackupReason
from app.domain.member import CellRole
from app.services.backup_list import backups_of
from app.services.backup_shelf import places_of
from app.services.backups import take_backup
from app.services.books import open_book
from app.services.members import list_members
from app.services.second_place import choose_second_place
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.main_window import MainWindow
from app.ui.parts.choices import WayOn
from app.ui.preferences import Preferences
from app.ui.screens.backups.restore_page import RestorePage
from app.ui.screens.keys.trouble_page import TroublePage
from app.ui.screens.people.choose_page import ChoosePersonPage
from tests.book_fixtures import FakeClock
from tests.builders import add_member
from tests.ui.scripted_dialogs import Answer, ScriptedDialogs

Started = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backups of each test lie apart."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "du-lieu"))


@pytest.fixture
def book(empty_book: Path, clock: FakeClock) -> Path:
    """A closed book with a secretary."""
    ws = open_book(empty_book, clock=clock)
    add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    ws.close()
    return empty_book


@pytest.fixture
def started(
    qtbot: QtBot, background: Background, preferences: Preferences, clock: FakeClock
) -> Iterator[Started]:
    """Start the window with a book and what the person answers."""
    windows: list[MainWindow] = []

    def start(book: Path, answers: list[Answer] | None = None) -> MainWindow:
        window = MainWindow(background, preferences, clock)
        window.start(ScriptedDialogs(answers, preferences), book)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        qtbot.waitUntil(background.idle)
        return window

    yield start
    for window in windows:
        window.close()


def reasons(book: Path) -> list[str]:
    """Why each backup of the book was made, the newest first."""
    return [line.path.name.split(" ")[-1].split(".")[0] for line in backups_of(book, date(2026, 3, 20))]


def backed_up(window: MainWindow, reason: BackupReason, qtbot: QtBot) -> None:
    """Let the window make its copy, and wait for it."""
    care = window._care
    care.back_up(reason)
    qtbot.waitUntil(lambda: care._task is None)


def written(window: MainWindow, name: str) -> None:
    """Something is saved while the window has the book."""
    assert window._ws is not None
    add_member(window._ws, name)


def test_copies_are_made_at_start_by_time_and_at_exit_only_when_something_changed(
    started: Started, book: Path, qtbot: QtBot
) -> None:
    window = started(book)

    backed_up(window, BackupReason.START, qtbot)
    backed_up(window, BackupReason.TIMED, qtbot)
    assert reasons(book) == ["start"]
    written(window, "Nguyễn Văn An")
    backed_up(window, BackupReason.TIMED, qtbot)
    written(window, "Phạm Thị Muộn")
    window.close()

    assert reasons(book) == ["exit", "timed", "start"]


def test_a_copy_that_fails_is_said_once_and_asked_about_at_exit(
    started: Started, book: Path, qtbot: QtBot
) -> None:
    window = started(book, [True])
    place = places_of(book)[0]
    place.parent.mkdir(parents=True)
    place.write_bytes(b"")

    backed_up(window, BackupReason.TIMED, qtbot)
    assert "Chưa sao lưu được" in window.message.text
    window.message.close_message()
    backed_up(window, BackupReason.TIMED, qtbot)
    assert window.message.text == ""

    place.unlink()
    backed_up(window, BackupReason.TIMED, qtbot)
    assert reasons(book) == ["timed"]


def test_leaving_without_a_copy_is_the_persons_own_choice(started: Started, book: Path, qtbot: QtBot) -> None:
    window = started(book, [False, True])
    place = places_of(book)[0]
    place.parent.mkdir(parents=True)
    place.write_bytes(b"")

    window.close()
    assert window.isVisible()
    window.close()
    assert not window.isVisible()


def test_a_pc_that_shuts_down_is_not_held(started: Started, book: Path) -> None:
    window = started(book)
    window._care._end_of_session(None)

    window.close()

    assert reasons(book) == []


def test_the_stick_gets_todays_copy_when_it_is_plugged_in(
    started: Started, book: Path, qtbot: QtBot, preferences: Preferences, tmp_path: Path
) -> None:
    window = started(book)
    (tmp_path / "usb").mkdir()
    assert window._ws is not None
    place = choose_second_place(window._ws, tmp_path / "usb")
    preferences.remember_second_place(book, tmp_path / "usb", "", place)
    backed_up(window, BackupReason.START, qtbot)
    assert preferences.second_copy_on(book) == date(2026, 3, 20)

    shutil.rmtree(place)
    backed_up(window, BackupReason.TIMED, qtbot)
    window._care.look_for_stick()

    assert len(list(tmp_path.glob("usb/**/*.zip"))) == 0
    assert window.message.text == ""


def test_the_stick_is_asked_for_kindly_after_two_weeks(
    started: Started, book: Path, qtbot: QtBot, clock: FakeClock, background: Background
) -> None:
    ws = open_book(book, clock=clock)
    take_backup(ws, BackupReason.BY_HAND)
    ws.close()
    clock.day += timedelta(days=15)
    window = started(book)
    sit(window, qtbot, background)

    assert "mới có bản sao trên máy này" in window.message.text
    assert window.message.button is not None
    window.message.button.click()
    qtbot.waitUntil(lambda: window.current_key == "settings")


def sit(window: MainWindow, qtbot: QtBot, background: Background) -> None:
    """The secretary sits down."""
    page = window.stack.currentWidget()
    assert isinstance(page, ChoosePersonPage)
    assert window._ws is not None
    window._seating._sit(list_members(window._ws)[0].id)
    qtbot.waitUntil(lambda: window.desk is not None)
    qtbot.waitUntil(background.idle)


def open_restore(window: MainWindow, qtbot: QtBot, background: Background) -> RestorePage:
    """From the settings to the list of copies."""
    assert window.desk is not None
    window.desk.restore_wanted.emit()
    qtbot.waitUntil(background.idle)
    page = window.stack.currentWidget()
    assert isinstance(page, RestorePage)
    return page


def changed_since(book: Path, clock: FakeClock) -> None:
    """A copy of the book, and one more member since."""
    ws: Workspace = open_book(book, clock=clock)
    take_backup(ws, BackupReason.BY_HAND)
    add_member(ws, "Phạm Thị Muộn")
    ws.close()


def names_in(book: Path) -> list[str]:
    """Who is in a closed book."""
    ws = open_book(book)
    names = [member.name for member in list_members(ws)]
    ws.close()
    return names


def test_an_open_book_goes_back_to_a_copy_and_opens_again(
    started: Started, book: Path, qtbot: QtBot, background: Background, clock: FakeClock
) -> None:
    changed_since(book, clock)
    window = started(book, [True])
    sit(window, qtbot, background)
    page = open_restore(window, qtbot, background)

    page.restore()
    qtbot.waitUntil(lambda: page._result is not None)
    page.restore_button.click()
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), ChoosePersonPage))

    window.close()
    assert names_in(book) == ["Trần Thị Bình"]
    assert "before-restore" in reasons(book)


def test_leaving_the_list_gives_the_open_book_back(
    started: Started, book: Path, qtbot: QtBot, background: Background, clock: FakeClock
) -> None:
    changed_since(book, clock)
    window = started(book)
    sit(window, qtbot, background)
    page = open_restore(window, qtbot, background)

    page.go_back()
    qtbot.waitUntil(background.idle)

    assert isinstance(window.stack.currentWidget(), ChoosePersonPage)
    written(window, "Lê Văn Sau")
    window.close()
    assert len(names_in(book)) == 3


@pytest.mark.parametrize("damage", ["gone", "dead"])
def test_a_book_that_will_not_open_leads_to_its_copies(
    started: Started, book: Path, qtbot: QtBot, background: Background, clock: FakeClock, damage: str
) -> None:
    clock.hour = time(16, 40)
    changed_since(book, clock)
    if damage == "gone":
        shutil.rmtree(book)
    else:
        (book / DATABASE).write_bytes(b"dead" * 5000)
    window = started(book, [True])
    trouble = window.stack.currentWidget()
    assert isinstance(trouble, TroublePage)
    way = next(way for way in trouble.findChildren(WayOn) if "bản sao" in way.title.text())
    way.click()
    qtbot.waitUntil(background.idle)
    page = window.stack.currentWidget()
    assert isinstance(page, RestorePage)
    assert "16:40, do đồng chí sao lưu, 1 đảng viên" in page.table.records.shown[0].words

    page.restore()
    qtbot.waitUntil(lambda: page._result is not None)
    page.restore_button.click()
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), ChoosePersonPage))

    window.close()
    assert names_in(book) == ["Trần Thị Bình"]
