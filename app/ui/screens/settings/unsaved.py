"""What is typed in the settings and not saved yet: kept in the book within two seconds, brought back."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.services.drafts import StoredDraft, drop_draft, find_draft, store_draft
from app.services.workspace import Workspace
from app.ui.desk import Desk

_PAUSE_MS = 1500
_RECORD = "all"
Values = dict[str, str]


class Unsaved(QObject):
    """The unsaved fields of one form, by the record they are of ("" for a new one)."""

    def __init__(self, desk: Desk, form: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self._values: dict[str, Values] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._store)
        desk.background.read(self, partial(find_draft, desk.ws, form, _RECORD), self._take)

    def _take(self, stored: StoredDraft | None) -> None:
        if stored is not None:
            self._values = {**stored.payload, **self._values}

    def of(self, key: str) -> Values | None:
        """What was typed for this record and never saved."""
        return self._values.get(key)

    def keep(self, key: str, values: Values) -> None:
        """Something was typed."""
        self._values[key] = values
        self._timer.start()

    def forget(self, key: str) -> None:
        """It is saved for good, or given up."""
        if self._values.pop(key, None) is not None:
            self._store()

    def flush(self) -> None:
        """Store now what is waiting."""
        if self._timer.isActive():
            self._store()

    def _store(self) -> None:
        self._timer.stop()
        ws = self._desk.ws
        if ws.read_only:
            return
        self._desk.background.write(
            self,
            partial(_write, ws, self._form, dict(self._values)),
            changes=set(),
            on_done=lambda _none: None,
        )


def _write(ws: Workspace, form: str, values: dict[str, Values]) -> None:
    if values:
        store_draft(ws, form, _RECORD, values)
    else:
        drop_draft(ws, form, _RECORD)
