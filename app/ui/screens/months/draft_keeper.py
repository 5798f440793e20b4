"""Keeps what is typed on a page as a draft within two seconds, on leaving and on closing."""

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

    def __init__(self, page: DeskPage, form: str, content: Callable[[], dict[str, Any]]) -> None:
        super().__init__(page)
        self._page, self._form, self._content = page, form, content
        self._key = ""
        self.is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        page.installEventFilter(self)

    def watch(self, key: str) -> None:
        """From now on the page shows this record; what was typed for the one before is kept."""
        if key != self._key:
            self.flush()
            self._key = key

    def touch(self) -> None:
        """Something was typed."""
        self.is_dirty = True
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Store it now, if there is anything new."""
        self._timer.stop()
        if not self.is_dirty or not self._key or self._page.desk.ws.read_only:
            return
        self.is_dirty = False
        work = partial(store_draft, self._page.desk.ws, self._form, self._key, self._content())
        self._page.write(work, changes={Topic.DRAFTS}, on_done=self.kept.emit, on_error=self._not_kept)

    def settle(self) -> None:
        """It is being saved for good; whoever saves it drops the draft then."""
        self._timer.stop()
        self.is_dirty = False

    def forget(self) -> None:
        """It is saved for good, or given up."""
        self.settle()
        work = partial(drop_draft, self._page.desk.ws, self._form, self._key)
        self._page.write(work, changes={Topic.DRAFTS}, on_done=lambda _none: None)

    def _not_kept(self, error: UserError) -> None:
        self.is_dirty = True
        self.failed.emit(str(error))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._page:
            # Closing is heard before the window closes the book.
            self._page.window().installEventFilter(self)
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Close):
            self.flush()
        return super().eventFilter(watched, event)
