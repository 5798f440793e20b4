"""Keeps what is being typed: within two seconds of the last letter, and whenever the page is left."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.domain.errors import UserError
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
        self._may_be_stored = False
        self._is_waiting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.keep_now)

    def begin(self, key: str, is_stored: bool) -> None:
        """The page shows this record now; ``is_stored`` says that a draft of it lies in the book."""
        self._timer.stop()
        self._key, self._may_be_stored, self._is_waiting = key, is_stored, False

    def touch(self) -> None:
        """Something was typed."""
        if self._key is not None and not self._page.desk.ws.read_only:
            self._is_waiting = True
            self._timer.start()

    def keep_now(self) -> bool:
        """Store at once what is waiting; True when the page holds something unsaved."""
        if self._key is None or self._page.desk.ws.read_only:
            return False
        payload = self._payload()
        self._timer.stop()
        if payload is None:
            self.forget()
            return False
        if self._is_waiting:
            self._is_waiting, self._may_be_stored = False, True
            work = partial(store_draft, self._page.desk.ws, self._form, self._key, payload)
            failed = partial(self._not_kept, self._key)
            self._page.write(work, changes=set(), on_done=self._kept, on_error=failed)
        return True

    def _not_kept(self, key: str, error: UserError) -> None:
        """A full disk or a lost drive: said, and tried again at the next occasion."""
        self._is_waiting = self._is_waiting or key == self._key
        self._page.desk.background.failed.emit(str(error))

    def forget(self) -> None:
        """What was typed is saved for good, or given up."""
        self._timer.stop()
        self._is_waiting = False
        if self._may_be_stored and self._key is not None:
            self._may_be_stored = False
            work = partial(drop_draft, self._page.desk.ws, self._form, self._key)
            self._page.write(work, changes=set(), on_done=lambda _none: None)
