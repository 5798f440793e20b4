"""Keeps what is being typed: two seconds after the last letter, on leaving, on closing the window."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer

from app.services.drafts import drop_draft, store_draft
from app.ui.desk import DeskPage

_PAUSE_MS = 1500


class DraftKeeper(QObject):
    """Stores ``payload()`` under a record's key while there is something unsaved (else it is None)."""

    def __init__(
        self,
        page: DeskPage,
        form: str,
        payload: Callable[[], dict[str, Any] | None],
        kept: Callable[[str], None],
    ) -> None:
        super().__init__(page)
        self._page, self._form, self._payload, self._kept = page, form, payload, kept
        self._key: str | None = None
        self._is_stored = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.keep_now)
        self._watched: QObject | None = None

    def watch_window(self) -> None:
        """From now on closing the page's window stores first."""
        window = self._page.window()
        if window is not self._watched:
            window.installEventFilter(self)
            self._watched = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.keep_now()
        return super().eventFilter(watched, event)

    def begin(self, key: str, is_stored: bool) -> None:
        """The page shows this record now; ``is_stored`` says that a draft of it lies in the book."""
        self._timer.stop()
        self._key, self._is_stored = key, is_stored

    def touch(self) -> None:
        """Something was typed."""
        if self._key is not None and not self._page.desk.ws.read_only:
            self._timer.start()

    def keep_now(self) -> bool:
        """Store at once what is waiting; True when the page holds something unsaved."""
        if self._key is None or self._page.desk.ws.read_only:
            return False
        payload = self._payload()
        if payload is None:
            self._drop_stored()
            return False
        if self._timer.isActive() or not self._is_stored:
            self._timer.stop()
            self._is_stored = True
            work = partial(store_draft, self._page.desk.ws, self._form, self._key, payload)
            self._page.write(work, changes=set(), on_done=self._kept)
        return True

    def forget(self) -> None:
        """What was typed is saved for good, or given up."""
        self._timer.stop()
        self._drop_stored()

    def _drop_stored(self) -> None:
        self._timer.stop()
        if self._is_stored and self._key is not None:
            self._is_stored = False
            work = partial(drop_draft, self._page.desk.ws, self._form, self._key)
            self._page.write(work, changes=set(), on_done=lambda _none: None)
