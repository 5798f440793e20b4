"""Opening a book: one at a time, in words when it takes long, offering to look where it cannot be written."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import BookInUse, BookUnavailable, UserError
from app.services import books
from app.services.workspace import Clock, Workspace
from app.ui.background import Background
from app.ui.dialogs import Dialogs

_SAY_AFTER_MS = 300


class BookOpening(QObject):
    """``opened`` hands over the open book; ``refused`` says why there is none ("" = let be)."""

    opened = Signal(object)
    refused = Signal(str)
    waiting = Signal(str)

    def __init__(self, background: Background, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._clock = background, clock
        self._dialogs: Dialogs | None = None
        self._is_busy = False

    def open(self, folder: Path, dialogs: Dialogs) -> None:
        """Open this book; a second press while the first is still going on changes nothing."""
        if self._is_busy:
            return
        self._is_busy, self._dialogs = True, dialogs
        QTimer.singleShot(_SAY_AFTER_MS, self, partial(self._say, folder))
        work = partial(books.open_book, folder, clock=self._clock, check=False)
        self._background.read(self, work, self._hand_over, partial(self._not_writable, folder))

    def _say(self, folder: Path) -> None:
        if self._is_busy:
            self.waiting.emit(f"Đang mở sổ “{folder.name}”…")

    def _hand_over(self, ws: Workspace) -> None:
        self._is_busy = False
        self.opened.emit(ws)

    def _refuse(self, why: str) -> None:
        self._is_busy = False
        self.refused.emit(why)

    def _not_writable(self, folder: Path, error: UserError) -> None:
        """What cannot be written can often still be looked at: in use, on a write-protected stick."""
        if not isinstance(error, BookUnavailable):
            self._refuse(str(error))
            return
        work = partial(books.open_book, folder, read_only=True, clock=self._clock, check=False)
        self._background.read(
            self, work, partial(self._offer_to_look, error), lambda _same: self._refuse(str(error))
        )

    def _offer_to_look(self, error: BookUnavailable, ws: Workspace) -> None:
        assert self._dialogs is not None
        reason = "Sổ đang mở ở cửa sổ khác" if isinstance(error, BookInUse) else "Sổ chưa ghi được"
        if self._dialogs.ask(f"{reason}. Mở để xem?", str(error), act_label="Mở để xem", icon="eye"):
            self._hand_over(ws)
        else:
            ws.close()
            self._refuse("")
