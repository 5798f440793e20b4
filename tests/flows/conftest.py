"""The program started for a person; parts that flash as windows of their own are a finding."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.theme import apply_theme
from app.ui.vietnamese import count_in_vietnamese, speak_vietnamese
from tests.book_fixtures import FakeClock
from tests.flows.at_the_pc import AtThePc, Strays, start
from tests.ui.scripted_dialogs import Answer

Started = Callable[..., AtThePc]


@pytest.fixture
def started(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """Start the program, with what the person answers and with a book or without; closed at the end."""
    speak_vietnamese(qapp)
    count_in_vietnamese()
    apply_theme(qapp)
    at_work: list[AtThePc] = []
    strays = Strays()
    qapp.installEventFilter(strays)

    def start_it(clock: FakeClock, answers: list[Answer], book: Path | None = None) -> AtThePc:
        pc = start(qtbot, clock, tmp_path / "cua-so.ini", answers, book)
        at_work.append(pc)
        return pc

    yield start_it
    for pc in at_work:
        pc.window.close()
        pc.background.shutdown()
    qapp.removeEventFilter(strays)
    assert strays.seen == []
