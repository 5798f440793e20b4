"""How far long work is, in the page, with a way to stop it."""

from typing import Protocol

from PySide6.QtCore import QTimer, SignalInstance
from PySide6.QtWidgets import QProgressBar, QWidget

from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Row

SHOWN_AFTER_MS = 400


class WatchedTask(Protocol):
    """What the panel needs of long work."""

    title: str
    progressed: SignalInstance
    finished: SignalInstance

    def cancel(self) -> None:
        """Ask it to stop."""


class ProgressPanel(Card):
    """Appears when long work takes more than 400 ms, and goes with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=6, margins=(18, 12, 12, 12))
        self._task: WatchedTask | None = None
        self.title = Label("", "body", weight=600)
        self.step = Label("", "cap", "ink2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = make_button("outlined", "Dừng lại", "x", on_click=self._cancel)
        self.stop.set_key("Esc", bind=False)
        row = Row(spacing=16)
        row.addWidget(self.title, 1)
        row.addWidget(self.stop)
        self.body.addLayout(row)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.step)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOWN_AFTER_MS)
        self._delay.timeout.connect(self._appear)
        self.hide()

    @property
    def is_watching(self) -> bool:
        """Whether work is going on."""
        return self._task is not None

    def watch(self, task: WatchedTask) -> None:
        """Follow this work to its end."""
        self._task = task
        self.title.setText(task.title)
        self.step.setText("")
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(task.title)
        self.stop.setEnabled(True)
        task.progressed.connect(self._progress)
        task.finished.connect(self._finish)
        self._delay.start()

    def _appear(self) -> None:
        if self._task is not None:
            self.adjustSize()
            self.show()
            self.raise_()
            self.stop.setFocus()

    def _progress(self, done: int, total: int, label: str) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self._say(f"{label} · {done}/{total}" if label else f"{done}/{total}")

    def _say(self, words: str) -> None:
        """The line stood empty while the panel came up: it grows, the button keeps its height."""
        self.step.setText(words)
        self.adjustSize()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.stop.setEnabled(False)
            self._say("Đang dừng…")

    def _finish(self) -> None:
        self._task = None
        self._delay.stop()
        self.hide()
