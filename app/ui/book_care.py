"""Care of the open book: backups by time and at exit, the stick that is known again, what to remind of."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.errors import FileUnwritable, UserError
from app.domain.progress import Progress
from app.services.workspace import KEEPER, Workspace
from app.ui.background import LongTask
from app.ui.desk import Desk
from app.ui.dialogs import Dialogs
from app.ui.parts.volumes import may_be_at
from app.ui.shell import Shell

# Backups are loaded when the first is made, seconds after the first page stands.
if TYPE_CHECKING:
    from app.services.second_place import SecondCopy

_AFTER_OPENING_MS = 6_000
_EVERY_MS = 30 * 60_000
_STICK_EVERY_MS = 60_000
_EXIT = "exit"
_CLOSE_NOW, _STOP = "Đóng ngay", "Dừng lại"


class BookCare(QObject):
    """Begins with an open book and ends with it. A window that only looks takes no care of the book.

    Restoring: ``restored`` asks for the book of a folder to be opened, ``given_back`` is the open book
    nothing was done to, ``left`` goes to the start page.
    """

    restored = Signal(object)
    given_back = Signal(object)
    left = Signal()

    def __init__(self, shell: Shell, dialogs: Callable[[], Dialogs]) -> None:
        super().__init__(shell)
        self._shell, self._background, self._dialogs = shell, shell.background, dialogs
        self._ws: Workspace | None = None
        self._held: Workspace | None = None
        self._task: LongTask | None = None
        self._leaving: QEventLoop | None = None
        self._has_failed = self._has_reminded = self._session_ends = False
        self.is_closing = False  # its questions are asked over a locked screen too: nobody is held
        self._timer, self._stick_timer = QTimer(self), QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(lambda: self.back_up("timed"))
        self._stick_timer.setInterval(_STICK_EVERY_MS)
        self._stick_timer.timeout.connect(self.look_for_stick)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.connect(self._end_of_session)
            app.applicationStateChanged.connect(self._came_to_front)

    def begin(self, ws: Workspace) -> None:
        """A book was opened; its first copy is made once its page stands."""
        self.end()
        if ws.read_only:
            return
        self._ws, self._has_failed, self._has_reminded = ws, False, False
        QTimer.singleShot(_AFTER_OPENING_MS, self, partial(self._first, ws))

    def end(self) -> None:
        """The book closes; a copy being made is dropped."""
        if self._held is not None:
            self._background.wait_idle()  # a restore that is under way ends first
            self._held.close()
        self._ws, self._held = None, None
        self._timer.stop()
        self._stick_timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _first(self, ws: Workspace) -> None:
        if ws is self._ws:
            self._timer.start()
            self._stick_timer.start()
            self.back_up("start")

    def restore(self, book: Workspace | Path) -> None:
        """Show the backups of a book handed over open, or of one that does not open."""
        from app.ui.screens.backups.restore_page import RestorePage

        self._held = book if isinstance(book, Workspace) else None
        folder = book.folder if isinstance(book, Workspace) else book
        page = RestorePage(
            self._shell.background, self._shell.preferences, self._dialogs(), folder, self._held
        )
        page.restored.connect(self.restored)
        page.leave_requested.connect(self._not_restored)
        self._shell.show_single(page)

    def _not_restored(self) -> None:
        ws, self._held = self._held, None
        if ws is None:
            self.left.emit()
        else:
            self.given_back.emit(ws.seated(KEEPER))

    # While working

    def back_up(self, reason: str) -> None:
        """Make a copy if anything changed, here and where the stick is; nobody waits for it.

        ``reason`` is the value of a ``BackupReason``: what knows about backups is loaded with the first one.
        """
        if self._ws is not None and self._task is None:
            work = partial(_back_up, self._ws, reason, self._folders())
            self._task = self._background.quiet(self, work, on_done=self._is_kept, on_error=self._is_not_kept)

    def look_for_stick(self) -> None:
        """The stick may have been plugged in: today's copy goes there."""
        if self._ws is None or self._task is not None or not self._folders():
            return
        if self._shell.preferences.second_copy_on(self._ws.folder) != self._ws.today():
            work = partial(_carry_over, self._ws, self._folders())
            self._task = self._background.quiet(self, work, on_done=self._is_kept, on_error=self._is_not_kept)

    def _folders(self) -> tuple[Path, str] | None:
        return None if self._ws is None else self._shell.preferences.second_folder(self._ws.folder)

    def _is_kept(self, second: "SecondCopy | None") -> None:
        self._task, self._has_failed = None, False
        chosen = self._folders()
        if self._ws is not None and second is not None and chosen is not None:
            preferences, book = self._shell.preferences, self._ws.folder
            preferences.remember_second_place(book, second.place.parent.parent, chosen[1], second.place)
            preferences.remember_second_copy(book, second.made_at.date())

    def _is_not_kept(self, error: UserError) -> None:
        """Said once; tried again at the next turn."""
        self._task = None
        if self._ws is not None and not self._has_failed:
            self._has_failed = True
            self._shell.message.show_message("warning", str(error))

    def _came_to_front(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self._stick_timer.isActive():
            self.look_for_stick()

    # Reminding

    def remind(self, desk: Desk) -> None:
        """On the secretary's desk, once a day's work: a copy outside this PC is two weeks old or missing."""
        if self._ws is None or self._has_reminded or not desk.ws.actor.role.leads:
            return
        self._has_reminded = True
        work = partial(_first_backup_on, self._ws)
        self._background.read(self, work, partial(self._ask_for_stick, desk), key="first backup")

    def _ask_for_stick(self, desk: Desk, first: date | None) -> None:
        from app.services.second_place import ASK_AFTER_DAYS, is_time_to_ask

        last = self._shell.preferences.second_copy_on(desk.ws.folder)
        if self._ws is None or self._shell.message.text or not is_time_to_ask(last, first, desk.ws.today()):
            return
        chosen = self._folders()
        if chosen is None:
            words, act = "Sổ mới có bản sao trên máy này; máy hỏng hay mất thì mất cả.", "Chọn nơi thứ hai"
        else:
            words = (
                f"Bản sao ở {chosen[0]} đã quá {ASK_AFTER_DAYS} ngày. "
                "Xin cắm USB hoặc nối thư mục đó; bản mới tự chép sang."
            )
            act = "Xem nơi cất"
        go = partial(desk.go_to, "settings", panel="backups")
        self._shell.message.show_message("info", words, act, go, icon="usb")

    # Leaving

    def may_close(self, *, is_kept: bool) -> bool:
        """Whether the window closes: what was typed is kept or given up, and the last copy is made."""
        self.is_closing = True
        try:
            return (is_kept or self._gives_up_words()) and self.before_leaving()
        finally:
            self.is_closing = False

    def _gives_up_words(self) -> bool:
        return self._dialogs().ask(
            "Đóng cửa sổ khi chưa lưu được?",
            "Những gì vừa gõ còn trên màn hình nhưng chưa vào sổ; đóng bây giờ thì mất phần đó.",
            act_label="Vẫn đóng",
            keep_label="Giữ lại",
            dangerous=True,
        )

    def before_leaving(self) -> bool:
        """The last copy before the book closes, with a way out; False when the person stays after all.

        The PC shutting down is never held.
        """
        if self._leaving is not None:
            self._leaving.quit()
            return False
        if self._ws is None or self._session_ends or self._background.is_closed:
            return True
        if self._task is not None:
            self._task.cancel()
            self._task = None
        errors: list[UserError] = []
        loop = self._leaving = QEventLoop()
        stop = self._shell.progress.stop
        stop.set_words(_CLOSE_NOW)
        stop.clicked.connect(loop.quit)
        self._shell.stack.setEnabled(False)
        self._background.long(
            self,
            partial(_back_up, self._ws, _EXIT, self._folders()),
            title="Sao lưu trước khi đóng sổ",
            on_done=partial(self._left, loop),
            on_cancelled=loop.quit,
            on_error=partial(self._not_left, loop, errors),
        )
        loop.exec()
        self._leaving = None
        stop.clicked.disconnect(loop.quit)
        stop.set_words(_STOP)
        self._shell.stack.setEnabled(True)
        return not errors or self._has_failed or self._leaves_anyway(errors[0])

    def _left(self, loop: QEventLoop, second: "SecondCopy | None") -> None:
        self._is_kept(second)
        loop.quit()

    def _not_left(self, loop: QEventLoop, errors: list[UserError], error: UserError) -> None:
        errors.append(error)
        loop.quit()

    def _leaves_anyway(self, error: UserError) -> bool:
        return self._dialogs().ask(
            "Đóng sổ khi chưa sao lưu được?",
            f"{error} Những gì đã lưu vẫn ở trong sổ.",
            act_label="Vẫn đóng",
            keep_label="Ở lại",
        )

    def _end_of_session(self, _manager: object) -> None:
        self._session_ends = True
        if self._leaving is not None:
            self._leaving.quit()


def _first_backup_on(ws: Workspace) -> date | None:
    from app.services.backups import first_backup_on

    return first_backup_on(ws)


def _back_up(
    ws: Workspace, reason: str, chosen: tuple[Path, str] | None, progress: Progress
) -> "SecondCopy | None":
    from app.domain.backup_keeping import BackupReason
    from app.services.backups import back_up_by_itself

    if back_up_by_itself(ws, BackupReason(reason), progress) is None:
        return None
    try:
        return _carry_over(ws, chosen, progress)
    except FileUnwritable:
        if reason != _EXIT:  # no news for somebody who leaves: the copy here is made
            raise
        return None


def _carry_over(ws: Workspace, chosen: tuple[Path, str] | None, _progress: Progress) -> "SecondCopy | None":
    from app.services.second_place import copy_to_second_place, second_place

    place = second_place(ws, may_be_at(*chosen)) if chosen is not None else None
    return None if place is None else copy_to_second_place(ws, place, at_most_daily=True)
