"""Somebody typing into a form of the window, letter after letter: the child of ``typing_lost``."""

import json
import os
import random
import time
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.ui.background import Background
from app.ui.changes import DataChanges
from app.ui.desk import Desk, DeskPage
from app.ui.dialogs import Dialogs
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.layout import Column
from app.ui.preferences import Preferences
from benchmarks.faults.cell import YEAR, cast_of, opened, seated

FORM, KEY = "typing", "mot"
_LETTERS = "chi bộ thôn đồng tiến họp ngày ba mươi tháng sáu "


class TypingPage(DeskPage):
    """A form with one field, kept by the window's own keeper of drafts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.field = QLineEdit()
        Column(self).addWidget(self.field)
        self.keeper = DraftKeeper(self, FORM, lambda: {"text": self.field.text()})
        self.keeper.begin(KEY)
        self.field.textEdited.connect(lambda _text: self.keeper.touch())


def type_until_killed(folder: str, told: str, seed: int) -> None:
    """Open the window and type; each letter is told with its time before it is given to the field."""
    qInstallMessageHandler(lambda *_said: None)  # the offscreen platform says what it lacks
    app = QApplication(["so-neu-guong", "-platform", "offscreen"])
    handle = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    chance = random.Random(seed)
    ws = opened(Path(folder))
    background = Background(DataChanges())
    preferences = Preferences(Path(told).with_suffix(".ini"))
    holder = QWidget()
    ws = seated(ws, cast_of(ws))
    page = TypingPage(Desk(ws, background, Dialogs(holder, preferences), preferences, (YEAR,)))
    page.show()

    def type_one() -> None:
        letter = _LETTERS[len(page.field.text()) % len(_LETTERS)]
        os.write(handle, f"{json.dumps([time.monotonic(), letter])}\n".encode())
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            app.sendEvent(page.field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        QTimer.singleShot(chance.choice((30, 60, 120, 400)), type_one)

    type_one()
    app.exec()
