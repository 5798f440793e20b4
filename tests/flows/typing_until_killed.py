"""Run by a test as a program of its own: a member types in the real window until the program is killed."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from app.ui.screens.months.month_editor import MonthEditor
from app.ui.screens.own.own_page import OwnPage
from app.ui.theme import apply_theme
from tests.book_fixtures import FakeClock
from tests.flows.at_the_pc import start
from tests.ui.typing_keys import commit


def main(folder: Path, settings: Path, words: str) -> None:
    """Sit down, open the month, type, say so, and live on."""
    app = QApplication(["test", "-style", "fusion"])
    apply_theme(app)
    qt_api.set_qt_api("pyside6")
    request: Any = SimpleNamespace(config=SimpleNamespace(getini=lambda _name: "true"))
    pc = start(QtBot(request), FakeClock(), settings, [], folder)
    pc.sits_down("dat")
    pc.page(OwnPage)
    pc.press(Qt.Key.Key_Return)
    pc.page(MonthEditor)
    commit(pc.focused(), words)
    sys.stdout.write("typed\n")
    sys.stdout.flush()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
