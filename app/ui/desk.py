"""What every page is handed: the open book, the lanes for work, dialogs, preferences, the year looked at."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.changes import Topic
from app.ui.dialogs import Dialogs
from app.ui.preferences import Preferences

R = TypeVar("R")


class Desk(QObject):
    """One person's sitting at the PC. Pages talk to the window only through its signals.

    ``done``: say at the foot what was done, with a way to take it back or None. ``go``: show a page of the
    sidebar at a place. ``new_data_key_wanted``: put the book under a new data key, all pages away.
    ``restore_wanted``: bring the book back from a backup, all pages away.
    """

    done = Signal(str, object)
    go = Signal(str, object)
    year_changed = Signal(int)
    new_data_key_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self,
        ws: Workspace,
        background: Background,
        dialogs: Dialogs,
        preferences: Preferences,
        years: tuple[int, ...],
    ) -> None:
        super().__init__()
        self.ws = ws
        self.background = background
        self.dialogs = dialogs
        self.preferences = preferences
        self.years = years
        self._year = min(max(ws.today().year, years[0]), years[-1])

    @property
    def year(self) -> int:
        """The year every page of this desk shows."""
        return self._year

    def set_year(self, year: int) -> None:
        """Show another year on every page."""
        if year != self._year and year in self.years:
            self._year = year
            self.year_changed.emit(year)

    def say_done(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say at the foot of the window what was done."""
        self.done.emit(text, undo)

    def go_to(self, page: str, **place: str) -> None:
        """Lead to a page of the sidebar, to the very place."""
        self.go.emit(page, place)


class DeskPage(QWidget):
    """A page of a desk: reads again when data it shows changed, at once or when it is next seen."""

    topics: frozenset[Topic] = frozenset()
    follows_year = False

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._is_stale = True
        desk.background.changes.changed.connect(self._data_changed)
        desk.year_changed.connect(self._year_changed)

    def reload(self) -> None:
        """Read what the page shows; each page says how."""

    def read(
        self,
        work: Callable[[], R],
        on_done: Callable[[R], None],
        on_error: Callable[[UserError], None] | None = None,
        *,
        key: str = "",
    ) -> None:
        """Load something off the window's thread."""
        self.desk.background.read(self, work, on_done, on_error, key=key)

    def write(
        self,
        work: Callable[[], R],
        *,
        changes: set[Topic],
        on_done: Callable[[R], None],
        on_error: Callable[[UserError], None] | None = None,
    ) -> None:
        """Save something off the window's thread."""
        self.desk.background.write(self, work, changes=changes, on_done=on_done, on_error=on_error)

    def refresh(self) -> None:
        """Read again now when seen, else when next seen."""
        self._is_stale = True
        if self.isVisible():
            self._is_stale = False
            self.reload()

    def _data_changed(self, topics: frozenset[Topic], _owner: object) -> None:
        if topics & self.topics:
            self.refresh()

    def _year_changed(self, _year: int) -> None:
        if self.follows_year:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.reload()
