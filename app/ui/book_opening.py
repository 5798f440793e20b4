"""Opening a book: its password asked in the page, an older one locked first, a damaged one led on."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import (
    BookDamaged,
    BookInUse,
    BookUnavailable,
    PasswordNeeded,
    PlainBook,
    UserError,
    WritesLost,
)
from app.services import books
from app.services.workspace import KEEPER, Clock, Workspace
from app.ui.background import Background
from app.ui.dialogs import Dialogs
from app.ui.preferences import Preferences
from app.ui.single_window import FirstWindow

if TYPE_CHECKING:
    from app.services.backup_list import BackupLine
    from app.services.book_locking import LockedBook
    from app.services.keys import Unlocked
    from app.services.new_books import BegunBook
    from app.ui.screens.keys.key_page import KeyPage
    from app.ui.screens.keys.recovery_page import RecoveryPage

_SAY_AFTER_MS = 300


@dataclass(frozen=True, slots=True)
class _Wish:
    """Which book, by what it was unlocked, and whether the person goes on without what it lost."""

    folder: Path
    unlocked: "Unlocked | None" = None
    accept_loss: bool = False


class BookOpening(QObject):
    """``opened`` hands over the open book; ``refused`` says why there is none ("" = let be).

    ``shown_elsewhere``: the window that already has the book came forward.
    ``page_wanted`` asks the window to show a page of this flow, ``restore_wanted`` the backups of a folder's
    book, ``left`` to go back to the start page.
    """

    opened = Signal(object)
    refused = Signal(str)
    shown_elsewhere = Signal(str)
    waiting = Signal(str)
    page_wanted = Signal(object)
    restore_wanted = Signal(object)
    left = Signal()

    def __init__(
        self, background: Background, preferences: Preferences, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background, self._preferences, self._clock = background, preferences, clock
        self._dialogs: Dialogs | None = None
        self._is_busy = False
        self._page: KeyPage | None = None
        self._held: Workspace | None = None

    def open(self, folder: Path, dialogs: Dialogs) -> None:
        """Open this book; a second press while the first is still going on changes nothing."""
        if self._is_busy:
            return
        self._dialogs, self._page = dialogs, None
        self._is_busy = True
        QTimer.singleShot(_SAY_AFTER_MS, self, partial(self._say, folder))
        # Before any password is asked: the window that has this book open needs none.
        first = FirstWindow(self)
        first.answered.connect(partial(self._is_elsewhere, folder))
        first.answered.connect(first.deleteLater)
        first.show(folder)

    def _is_elsewhere(self, folder: Path, was_shown: bool) -> None:
        if was_shown:
            self._is_busy = False
            self.shown_elsewhere.emit(folder.name)
        else:
            self._try(_Wish(folder))

    def let_go(self) -> None:
        """The window goes elsewhere: a book held open by a page of this flow is closed."""
        if self._held is not None:
            self._background.wait_idle()  # a new data key is in place first
        if self._held is not None:
            self._held.close()
        self._held, self._page = None, None

    def _try(self, wish: _Wish) -> None:
        self._is_busy = True
        work = partial(
            books.open_book,
            wish.folder,
            unlocked=wish.unlocked,
            clock=self._clock,
            check=False,
            accept_loss=wish.accept_loss,
        )
        self._background.read(self, work, partial(self._is_open, wish), partial(self._is_not_open, wish))

    def _say(self, folder: Path) -> None:
        if self._is_busy and self._page is None:
            self.waiting.emit(f"Đang mở sổ “{folder.name}”…")

    def _show(self, page: "KeyPage") -> None:
        self._is_busy, self._page = False, page
        page.leave_requested.connect(self._leave)
        self.page_wanted.emit(page)

    def _leave(self) -> None:
        self.let_go()
        self.left.emit()

    # An open book

    def _is_open(self, wish: _Wish, ws: Workspace) -> None:
        self._is_busy = False
        if wish.unlocked is not None and wish.unlocked.kind.value == "recovery" and not ws.read_only:
            self._ask_new_password(ws)
        else:
            self._hand_over(ws)

    def _hand_over(self, ws: Workspace) -> None:
        self._is_busy, self._held, self._page = False, None, None
        self.opened.emit(ws)

    def _ask_new_password(self, ws: Workspace) -> None:
        from app.ui.screens.keys.renew_page import RenewPage

        self._held = ws
        page = RenewPage(self._background, self._preferences, ws)
        page.finished.connect(self._hand_over)
        self._show(page)

    def show_recovery(self, begun: "BegunBook", dialogs: Dialogs) -> "RecoveryPage":
        """A book just locked: its recovery sheet first, then the book."""
        from app.ui.screens.keys.recovery_page import RecoveryPage

        self._held, self._dialogs = begun.ws, dialogs
        page = RecoveryPage(self._background, self._preferences, dialogs, begun.ws, begun.recovery_code)
        page.finished.connect(self._hand_over)
        self._show(page)
        return page

    def replace_key(self, ws: Workspace) -> None:
        """The open book under a new data key; the window has put every page of it away."""
        from app.ui.screens.keys.replace_page import ReplaceKeyPage

        self._held = ws.seated(KEEPER)
        page = ReplaceKeyPage(self._background, self._preferences, ws)
        page.finished.connect(lambda renewed: self._hand_over(renewed.seated(KEEPER)))
        self._show(page)

    # A book that is not open yet

    def _is_not_open(self, wish: _Wish, error: UserError) -> None:
        if isinstance(error, PasswordNeeded):
            self._ask_password(wish)
        elif isinstance(error, PlainBook):
            self._offer_lock(wish)
        elif isinstance(error, WritesLost | BookDamaged):
            self.show_trouble(wish.folder, error, wish.unlocked)
        elif isinstance(error, BookUnavailable):
            self._not_writable(wish, error)
        else:
            self._refuse(str(error))

    def _ask_password(self, wish: _Wish) -> None:
        from app.ui.screens.keys.unlock_page import UnlockPage

        page = UnlockPage(self._background, self._preferences, wish.folder)
        page.unlocked.connect(lambda unlocked: self._try(replace(wish, unlocked=unlocked)))
        page.trouble.connect(partial(self.show_trouble, wish.folder))
        self._show(page)

    def _offer_lock(self, wish: _Wish) -> None:
        from app.ui.screens.keys.convert_page import ConvertPage

        assert self._dialogs is not None
        page = ConvertPage(self._background, self._preferences, self._dialogs, wish.folder, self._clock)
        page.locked.connect(self._is_locked)
        self._show(page)

    def _is_locked(self, locked: "LockedBook") -> None:
        page = self.show_recovery(locked.begun, self._known_dialogs())
        if locked.trouble:
            page.message.show_message("warning", locked.trouble)
        else:
            page.message.show_message("ok", "Sổ đã có khóa. Từ nay mở bằng mật khẩu vừa đặt.")

    def _known_dialogs(self) -> Dialogs:
        assert self._dialogs is not None
        return self._dialogs

    def show_trouble(self, folder: Path, error: UserError, unlocked: "Unlocked | None" = None) -> None:
        """Lost writes or damage: the ways on, the safest first."""
        from app.ui.screens.keys.trouble_page import TroublePage

        page = TroublePage(self._preferences, folder, str(error))
        again = _Wish(folder, unlocked)
        page.add_way(
            "history",
            "Khôi phục từ một bản sao",
            "Bản sao được mở thử trước; tệp của sổ hiện nay được giữ lại",
            partial(self.restore_wanted.emit, folder),
        )
        if isinstance(error, WritesLost):
            page.add_way(
                "book-open",
                "Vẫn mở phần còn lại",
                "Những lần ghi đã mất không lấy lại được từ sổ này nữa; nhật ký ghi lại việc này",
                partial(self._go_on_without, replace(again, accept_loss=True), error.lost),
            )
        page.add_way(
            "refresh-cw", "Thử mở lại", "Sau khi cắm lại USB hoặc chép lại thư mục", partial(self._try, again)
        )
        self._show(page)

    def _lead_to_backups(self, wish: _Wish, error: BookUnavailable, lines: "tuple[BackupLine, ...]") -> None:
        if lines:
            self.show_trouble(wish.folder, error, wish.unlocked)
        else:
            self._refuse(str(error))

    def _go_on_without(self, wish: _Wish, lost: int) -> None:
        if self._known_dialogs().ask(
            f"Mở sổ khi thiếu {lost} lần ghi cuối?",
            "Những gì ghi trong các lần đó phải ghi lại. Bản sao gần nhất có thể còn giữ chúng.",
            act_label="Vẫn mở",
            keep_label="Chưa mở",
            dangerous=True,
            icon="book-open",
        ):
            self._try(wish)

    def _refuse(self, why: str) -> None:
        from app.ui.screens.keys.unlock_page import UnlockPage

        self._is_busy = False
        if isinstance(self._page, UnlockPage):
            self._page.say_not_opened(why)
        else:
            self.refused.emit(why)

    def _not_writable(self, wish: _Wish, error: BookUnavailable) -> None:
        """What cannot be written can often still be looked at: in use, on a write-protected stick."""
        work = partial(
            books.open_book,
            wish.folder,
            unlocked=wish.unlocked,
            read_only=True,
            clock=self._clock,
            check=False,
        )
        self._background.read(
            self, work, partial(self._offer_to_look, error), partial(self._not_even_looked_at, wish, error)
        )

    def _not_even_looked_at(self, wish: _Wish, first: BookUnavailable, second: UserError) -> None:
        if isinstance(second, PasswordNeeded):
            self._ask_password(wish)
        elif isinstance(first, BookInUse):
            self._refuse(str(first))
        else:
            from app.services.backup_list import backups_of

            find = partial(backups_of, wish.folder, self._clock.today())
            lead = partial(self._lead_to_backups, wish, first)
            self._background.read(self, find, lead, key="backups")

    def _offer_to_look(self, error: BookUnavailable, ws: Workspace) -> None:
        reason = "Sổ đang mở ở cửa sổ khác" if isinstance(error, BookInUse) else "Sổ chưa ghi được"
        if self._known_dialogs().ask(f"{reason}. Mở để xem?", str(error), act_label="Mở để xem", icon="eye"):
            self._hand_over(ws)
        else:
            ws.close()
            self._refuse("")
