"""Looks now and then whether the PC's clock was set back under an open book, and says so once."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.services.clock_watch import clock_set_back
from app.services.workspace import Workspace
from app.ui.shell import Shell

_EVERY_MS = 60_000


class ClockWatch(QObject):
    """Begins when somebody sits down, ends with the book."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._ws: Workspace | None = None
        self._was_said = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, ws: Workspace) -> None:
        """Somebody sits down at this book."""
        self._ws = ws
        self._timer.start()
        self.look()

    def end(self) -> None:
        """The book closes."""
        self._ws, self._was_said = None, False
        self._timer.stop()

    def look(self) -> None:
        """Compare the clock with the last thing written down."""
        if self._ws is not None and not self._ws.read_only:
            work = partial(clock_set_back, self._ws)
            self._shell.background.read(self, work, self._say, lambda _gone: None, key="clock")

    def _say(self, sentence: str) -> None:
        if sentence and not self._was_said:
            self._shell.message.show_message("warning", sentence)
        self._was_said = bool(sentence)
