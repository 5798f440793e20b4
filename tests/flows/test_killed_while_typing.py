"""The power goes two seconds after the last key: the words come back, and to their author only."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from app.db.book_folder import DATABASE
from app.services.workspace import Workspace
from app.ui.screens.months.month_editor import MonthEditor
from app.ui.screens.own.own_page import OwnPage
from tests.book_fixtures import FakeClock, People
from tests.builders import passed_pledge
from tests.flows.conftest import Started

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

ROOT = Path(__file__).parents[2]
WORDS = "Đã giúp hộ bà Lành sửa lại mái nhà"


def test_words_typed_two_seconds_before_the_power_goes_come_back_to_their_author_only(
    started: Started, secretary_ws: Workspace, people: People, clock: FakeClock, tmp_path: Path
) -> None:
    passed_pledge(secretary_ws, people.plain)
    secretary_ws.close()
    book = secretary_ws.folder
    command = [sys.executable, "-m", "tests.flows.typing_until_killed"]
    command += [str(book), str(tmp_path / "khi-mat-dien.ini"), WORDS]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "typed\n"
        time.sleep(2.0)
        program.kill()

    pc = started(clock, [], book)
    pc.sits_down("binh")
    pc.window.show_page("months", member=people.plain, month="2026-03", act="open")
    pc.settle()
    typed = [area.toPlainText() for area in pc.window.findChildren(QPlainTextEdit)]
    assert WORDS not in "\n".join([pc.words(), *typed])
    pc.hands_over("dat")
    pc.page(OwnPage)
    pc.press(Qt.Key.Key_Return)

    assert pc.page(MonthEditor).view.form.cards[0].result.value() == WORDS
    for name in (DATABASE, f"{DATABASE}-wal"):
        assert "Lành".encode() not in (book / name).read_bytes()
