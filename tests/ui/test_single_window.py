"""A second start of the same book brings the first window forward; nobody is locked out by a dead one."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.book_places import is_open_elsewhere
from app.services.books import open_book
from app.services.workspace import Workspace
from app.ui.single_window import FirstWindow, SingleWindow

ROOT = Path(__file__).parents[2]

HOLDS = """
import sys, time
from pathlib import Path
from app.services.books import open_book
ws = open_book(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.setWindowState(Qt.WindowState.WindowMinimized)
    return shown


def asked(qtbot: QtBot, parent: QObject, folder: Path) -> bool:
    """As a second start of the program does."""
    answers: list[bool] = []
    first = FirstWindow(parent)
    first.answered.connect(answers.append)
    first.show(folder)
    qtbot.waitUntil(lambda: bool(answers), timeout=3000)
    return answers[0]


def listening(qtbot: QtBot, window: QWidget, folder: Path) -> SingleWindow:
    single = SingleWindow(window)
    single.begin(folder)
    qtbot.waitUntil(lambda: single.is_listening, timeout=3000)
    return single


def test_the_first_window_comes_up_when_the_book_is_started_again(
    qtbot: QtBot, window: QWidget, ws: Workspace
) -> None:
    single = listening(qtbot, window, ws.folder)

    assert asked(qtbot, window, ws.folder)
    assert window.isVisible()
    assert not window.isMinimized()
    single.end()
    assert not asked(qtbot, window, ws.folder)


def test_a_book_nobody_has_open_asks_for_no_window(qtbot: QtBot, window: QWidget, empty_book: Path) -> None:
    assert not is_open_elsewhere(empty_book)
    assert not asked(qtbot, window, empty_book)


def test_the_lock_of_a_killed_program_locks_nobody_out(
    qtbot: QtBot, window: QWidget, empty_book: Path
) -> None:
    command = [sys.executable, "-c", HOLDS, str(empty_book)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        assert is_open_elsewhere(empty_book)
        started = time.monotonic()
        assert not asked(qtbot, window, empty_book)  # it waits for no window that is not there
        assert time.monotonic() - started < 1
        program.kill()

    assert not is_open_elsewhere(empty_book)
    open_book(empty_book).close()


def test_a_name_left_by_a_killed_window_is_taken_over(qtbot: QtBot, window: QWidget, ws: Workspace) -> None:
    left = listening(qtbot, window, ws.folder)

    taking = listening(qtbot, window, ws.folder)

    assert asked(qtbot, window, ws.folder)
    taking.end()
    left.end()


def test_two_copies_of_a_book_are_two_books(
    qtbot: QtBot, window: QWidget, ws: Workspace, tmp_path: Path
) -> None:
    single = listening(qtbot, window, ws.folder)
    copy = Path(shutil.copytree(ws.folder, tmp_path / "khác" / ws.folder.name))
    held = open_book(copy)

    assert not asked(qtbot, window, copy)

    held.close()
    single.end()
