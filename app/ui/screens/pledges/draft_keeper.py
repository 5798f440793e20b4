"""Keeps what is typed on the pledge as a draft: within two seconds, on leaving, on closing the window."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from app.domain.errors import UserError
from app.services.drafts import drop_draft, store_draft
from app.ui.changes import Topic
from app.ui.desk import DeskPage

_PAUSE_MS = 1500


class DraftKeeper(QObject):
    """One page's draft. ``kept`` carries the time it was stored, ``failed`` why it could not be."""

    kept = Signal(str)
    failed = Signal(str)

    def __init__(self, page: DeskPage, form: str, key: str, content: Callable[[], dict[str, Any]]) -> None:
        super().__init__(page)
        self._page, self._form, self._key, self._content = page, form, key, content
        self._is_waiting = False
        self.is_stored = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        self._window: QObject | None = None
        page.installEventFilter(self)

    def touch(self) -> None:
        """Something was typed."""
        self._is_waiting = True
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Store what waits now."""
        self._timer.stop()
        if not self._is_waiting or self._page.desk.ws.read_only:
            return
        self._is_waiting, self.is_stored = False, True
        work = partial(store_draft, self._page.desk.ws, self._form, self._key, self._content())
        self._page.write(work, changes={Topic.DRAFTS}, on_done=self.kept.emit, on_error=self._not_kept)

    def forget(self) -> None:
        """It is saved for good, or given up."""
        self._timer.stop()
        self._is_waiting = False
        if self.is_stored:
            self.is_stored = False
            work = partial(drop_draft, self._page.desk.ws, self._form, self._key)
            self._page.write(work, changes={Topic.DRAFTS}, on_done=lambda _none: None)

    def _not_kept(self, error: UserError) -> None:
        self._is_waiting = True
        self.failed.emit(str(error))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._page:
            self._watch_window(self._page.window())
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Close):
            self.flush()
        return super().eventFilter(watched, event)

    def _watch_window(self, window: QObject) -> None:
        """Closing is heard before the window closes the book."""
        if window is not self._window:
            self._window = window
            window.installEventFilter(self)
