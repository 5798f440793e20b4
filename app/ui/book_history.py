"""The history beside the pages: one's own last actions on Ctrl+H, broken seals told to who leads."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.progress import Progress
from app.services.workspace import Workspace
from app.ui.background import LongTask
from app.ui.desk import Desk
from app.ui.shell import Shell

_AFTER_MS = 1500  # the names to choose from stand first


class BookHistory(QObject):
    """Belongs to the window; ``desk_now`` says who sits at the PC."""

    def __init__(self, shell: Shell, desk_now: Callable[[], Desk | None]) -> None:
        super().__init__(shell)
        self._shell, self._desk_now = shell, desk_now
        self._page: QWidget | None = None
        self._broken: tuple[str, ...] = ()
        self._book = ""
        self._ws: Workspace | None = None
        self._task: LongTask | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._look)
        self._desk: Desk | None = None
        shell.page_changed.connect(lambda _key: self._page_changed())
        QShortcut(QKeySequence("Ctrl+H"), shell, self.show_recent)

    def begin(self, ws: Workspace) -> None:
        """Look at the seals and the history of a book just opened; nobody waits for it."""
        self.end()
        self._book, self._ws = str(ws.folder), ws
        self._soon.start(_AFTER_MS)

    def _look(self) -> None:
        if self._ws is None:
            return
        self._task = self._shell.background.quiet(
            self,
            partial(_verified, self._ws),
            on_done=partial(self._looked, self._book),
            on_error=lambda _error: None,
        )

    def end(self) -> None:
        """The book is closed."""
        self._soon.stop()
        if self._task is not None:
            self._task.cancel()
        self._task, self._ws, self._broken, self._book = None, None, (), ""

    def _page_changed(self) -> None:
        desk = self._desk_now()
        if desk is not None and desk is not self._desk:
            self._desk = desk
            desk.go.connect(self._asked)
        self._tell()

    def _asked(self, key: str, _place: object) -> None:
        if key == "recent":
            self.show_recent()

    def _looked(self, book: str, broken: tuple[str, ...]) -> None:
        if book == self._book:
            self._broken = broken
            self._tell()

    def _tell(self) -> None:
        """Over every page until somebody who leads has looked at it."""
        message, desk = self._shell.message, self._desk_now()
        if self._broken and desk is not None and desk.ws.actor.role.leads and not message.text:
            more = f" (còn {len(self._broken) - 1} điều nữa)" if len(self._broken) > 1 else ""
            message.show_message("warning", self._broken[0] + more, "Kiểm tra sổ", self._look_closer)

    def _look_closer(self) -> None:
        self._broken = ()
        if (desk := self._desk_now()) is not None:
            desk.go_to("settings", panel="health")

    def show_recent(self) -> None:
        """Việc vừa làm, over the page shown; once, and not over a locked screen."""
        desk = self._desk_now()
        if desk is None or self._page is not None or not self._shell.stack.isVisible():
            return
        from app.ui.screens.history.recent_page import RecentPage

        page = RecentPage(desk)
        page.closed.connect(self._close)
        page.destroyed.connect(self._gone)
        self._page = page
        self._shell.push(page)

    def _close(self) -> None:
        if self._page is not None:
            self._page = None
            self._shell.pop()

    def _gone(self) -> None:
        self._page = None


def _verified(ws: Workspace, progress: Progress) -> tuple[str, ...]:
    from app.services.seals import verify_at_opening  # reads whole years: loaded when the names stand

    return verify_at_opening(ws, progress)
