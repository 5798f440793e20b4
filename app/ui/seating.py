"""Whose turn it is at the PC: choosing a name, proving it, sitting down, the locked screen."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from app.domain.errors import PinRefused, UserError
from app.domain.seat import Seat, SeatSecret, Security
from app.services import desks, seats
from app.services.desks import DeskFacts
from app.services.seats import SeatChoice
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.changes import Topic
from app.ui.shell import Shell

if TYPE_CHECKING:
    from app.ui.idle import IdleWatch
    from app.ui.screens.people.choose_page import ChoosePersonPage
    from app.ui.screens.people.lock_page import LockPage

_LISTEN_AFTER_MS = 1000
_WARNING = "Chưa thấy ai dùng máy: màn hình tự khóa sau 30 giây. Bấm phím bất kỳ để ở lại."
_KEPT = "Những gì đồng chí gõ đã được lưu."
_LEFT_OPEN = "Trang đang xem được giữ nguyên."
_NOT_KEPT = "Những gì đồng chí gõ còn nguyên phía sau, nhưng chưa lưu được vào sổ."


def _idle_watch(
    seating: QObject, background: Background, seated: Callable[[], DeskFacts | None]
) -> "IdleWatch":
    from app.ui.idle import IdleWatch

    idle = IdleWatch(seating)
    _ChosenMinutes(background, idle, seated)
    return idle


class _ChosenMinutes(QObject):
    """Minutes chosen in the settings count at once, for who chose them too."""

    def __init__(
        self, background: Background, idle: "IdleWatch", seated: Callable[[], DeskFacts | None]
    ) -> None:
        super().__init__(idle)
        self._background, self._idle, self._seated = background, idle, seated
        background.changes.changed.connect(self._ask)

    def _ask(self, topics: frozenset[Topic], _owner: QObject | None) -> None:
        facts = self._seated()
        if Topic.BOOK in topics and facts is not None:
            from app.services.accounts import read_security

            count = partial(self._count, facts)
            self._background.read(self, partial(read_security, facts.ws), count, key="minutes")

    def _count(self, facts: DeskFacts, chosen: Security) -> None:
        if facts is self._seated() and self._idle.is_watching:
            self._idle.start(chosen.idle_minutes(facts.seat.role))


class Seating(QObject):
    """``sat_down`` carries ``DeskFacts``; ``sitting`` comes before anybody's page is made.

    ``handed_over``: this desk's pages are to go, then ``choose`` is called. ``left``: to the start page.
    ``keep_words`` puts everything typed into the book and says whether that went well.
    """

    sat_down = Signal(object)
    sitting = Signal()
    handed_over = Signal(str)
    left = Signal()

    def __init__(self, shell: Shell, keep_words: Callable[[], bool]) -> None:
        super().__init__(shell)
        self._shell, self._background = shell, shell.background
        self._keep_words = keep_words
        self._ws: Workspace | None = None
        self._facts: DeskFacts | None = None
        self._is_first = False
        self._page: ChoosePersonPage | None = None
        self._lock: LockPage | None = None
        self._idle: IdleWatch | None = None
        self._focus: QWidget | None = None
        self._silenced: list[QShortcut] = []
        shell.lock_requested.connect(lambda: self.lock())

    # Choosing a name

    def begin(self, ws: Workspace) -> None:
        """A book was opened: who opened it by their own password sits down, else names are offered."""
        self.end()
        self._ws, self._is_first = ws, True
        self._read_seats("")

    def choose(self, note: str = "") -> None:
        """The last person's pages are gone; the next one picks their name. ``note`` says why."""
        self._leave_desk()
        self._read_seats(note)

    def end(self) -> None:
        """The book closes."""
        self._leave_desk()
        self._ws = None

    def _leave_desk(self) -> None:
        self._facts, self._page = None, None
        if self._idle is not None:
            self._idle.stop()
        self._unveil()

    def _read_seats(self, note: str) -> None:
        assert self._ws is not None
        show = partial(self._offer, note)
        self._background.read(self, partial(seats.list_seats, self._ws), show, key="seats")

    def _offer(self, note: str, choice: SeatChoice) -> None:
        if self._ws is None:  # the book was closed meanwhile
            return
        from app.ui.screens.people.choose_page import ChoosePersonPage

        if self._is_first and choice.opener is not None:
            self._sit(choice.opener, is_free=True)
            return
        keeper, first = choice.keeper, choice.first if self._is_first else frozenset[str]()
        nobody = not choice.people and not choice.others
        if nobody and keeper is not None and (keeper.secret is SeatSecret.NOTHING or "" in first):
            self._sit("", is_free="" in first)
            return
        page = self._page = ChoosePersonPage(choice, self._shell.preferences, is_first=self._is_first)
        page.person_chosen.connect(lambda seat_id: self._sit(seat_id, is_free=seat_id in first))
        page.secret_given.connect(lambda seat_id, secret: self._sit(seat_id, secret))
        page.leave_requested.connect(self.left)
        self._shell.show_single(page)
        if note:
            page.note.show_message("info", note)

    # Sitting down

    def _sit(self, seat_id: str, secret: str = "", *, is_free: bool = False) -> None:
        """Seat a member or an account, or the book's keeper for ""; ``is_free``: they opened the book."""
        if self._ws is None:
            return
        self.sitting.emit()
        if self._ws is None:
            return
        if is_free:
            work = partial(desks.take_first_seat, self._ws, seat_id)
        else:
            work = partial(desks.take_seat, self._ws, seat_id or None, secret)
        self._background.read(self, work, partial(self._seated, secret), self._refused, key="seat")

    def _refused(self, error: UserError) -> None:
        wait = error.wait if isinstance(error, PinRefused) else 0
        if self._page is not None and self._page.asked is not None:
            self._page.refuse(str(error), wait)
        else:
            self._background.failed.emit(str(error))

    def _seated(self, secret: str, facts: DeskFacts) -> None:
        if self._ws is None or self._ws.engine is not facts.ws.engine:
            return
        self._is_first = False
        if facts.must_change_pin and secret:
            self._ask_for_own_pin(facts, secret)
        else:
            self._open_desk(facts)

    def _ask_for_own_pin(self, facts: DeskFacts, given: str) -> None:
        from app.ui.screens.people.change_pin_page import ChangePinPage

        page = ChangePinPage(facts, self._background, given)
        page.changed.connect(partial(self._open_desk, facts))
        page.closed.connect(self.choose)
        self._shell.show_single(page)
        self._watch(facts.idle_minutes)  # whoever comes by must not choose it for them

    def _open_desk(self, facts: DeskFacts) -> None:
        self._facts, self._page = facts, None
        self._watch(facts.idle_minutes)
        self.sat_down.emit(facts)

    def _watch(self, minutes: int) -> None:
        if self._idle is None:
            from app.ui.pc_events import PcEvents

            self._idle = _idle_watch(self, self._background, lambda: self._facts)
            self._idle.lock_wanted.connect(self.lock_by_itself)
            self._idle.warned.connect(self._warn)
            self._idle.active.connect(self._end_warning)
            events = PcEvents(self)
            events.away.connect(lambda: self.lock_by_itself(0))
            # After the desk stands: asking the system takes a while, and nobody waits for it.
            QTimer.singleShot(_LISTEN_AFTER_MS, events, lambda: events.listen(int(self._shell.winId())))
        self._idle.start(minutes)

    def _warn(self) -> None:
        if not self._shell.message.text:
            self._shell.message.show_message("info", _WARNING)

    def _end_warning(self) -> None:
        if self._shell.message.text == _WARNING:
            self._shell.message.close_message()

    # The locked screen

    @property
    def is_locked(self) -> bool:
        """Whether the locked screen lies over everything."""
        return self._lock is not None

    def lock_by_itself(self, minutes: int) -> None:
        """Nobody was there for so many minutes; 0: the PC slept or its own screen was locked."""
        self.lock(f"Máy đã tự khóa sau {minutes} phút." if minutes else "Máy đã tự khóa khi máy tính nghỉ.")

    def lock(self, why: str = "") -> None:
        """Hide everything of this desk at once; in a cell without PINs the names are offered instead."""
        if self._facts is None and self._idle is not None and self._idle.is_watching:
            self.choose(why)  # the first PIN was still to be chosen
        if self._facts is None or self.is_locked:
            return
        if self._facts.seat.secret is SeatSecret.NOTHING:
            if not self._shell.progress.is_watching:  # else when the print or the import is done
                self.handed_over.emit(f"{why} {_KEPT}".strip())
            return
        _close_boxes(self._shell)
        self._end_warning()
        kept = _LEFT_OPEN if self._facts.ws.read_only else _KEPT
        self._veil(self._facts.seat, f"{why} {kept}".strip())
        is_kept = self._keep_words()
        if self._lock is not None and not is_kept:
            self._lock.say_why(f"{why} {_NOT_KEPT}".strip())
        seat_id, ws = self._facts.ws.actor.seat_id, self._facts.ws
        self._background.read(self, partial(seats.find_seat, ws, seat_id), self._ask_anew, key="lock")

    def _veil(self, seat: Seat, why: str) -> None:
        from app.ui.screens.people.lock_page import LockPage

        if self._idle is not None:
            self._idle.stop()
        self._focus = QApplication.focusWidget()
        lock = self._lock = LockPage(seat, why, self._shell)
        lock.typed.connect(self._unlock)
        lock.other_person.connect(lambda: self.handed_over.emit(""))
        self._area().hide()
        lock.setGeometry(self._shell.rect())
        lock.show()
        lock.raise_()
        self._silence()
        lock.card.take_focus()

    def _area(self) -> QWidget:
        """Everything in the window, hidden as one while it is locked."""
        area = self._shell.centralWidget()
        assert area is not None
        return area

    def _ask_anew(self, seat: Seat) -> None:
        """The PIN may have been chosen, or PINs given up, since this person sat down."""
        if self._lock is None:
            return
        if seat.secret is SeatSecret.NOTHING:
            self.handed_over.emit("")
            return
        if seat != self._lock.card.seat:
            self._lock.card.show_seat(seat)
        self._lock.card.take_focus()

    def _silence(self) -> None:
        """The window's own keys lead nowhere while it is locked; F9 is the locked page's."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for shortcut in self._shell.findChildren(QShortcut, options=direct):
            if shortcut.isEnabled():
                shortcut.setEnabled(False)
                self._silenced.append(shortcut)

    def _unlock(self, secret: str) -> None:
        if self._facts is None:
            return
        work = partial(desks.unlock_screen, self._facts.ws, secret)
        self._background.read(self, work, self._come_back, self._not_unlocked, key="unlock")

    def _not_unlocked(self, error: UserError) -> None:
        if self._lock is not None:
            self._lock.card.refuse(str(error), error.wait if isinstance(error, PinRefused) else 0)

    def _come_back(self, _proved: None) -> None:
        """To the very place the desk was left at."""
        focus = self._focus
        self._unveil()
        if self._idle is not None and self._facts is not None:
            self._idle.start(self._facts.idle_minutes)
        if focus is not None and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unveil(self) -> None:
        if self._lock is None:
            return
        lock, self._lock, self._focus = self._lock, None, None
        for shortcut in self._silenced:
            shortcut.setEnabled(True)
        self._silenced = []
        lock.hide()
        lock.deleteLater()
        self._area().show()

    def not_handed_over(self) -> None:
        """What was typed could not be kept, so the desk stays where it is."""
        if self._lock is not None:
            self._lock.say_why(_NOT_KEPT)


def _close_boxes(shell: QWidget) -> None:
    """Menus, questions, lists and tips of this desk go; a question unanswered changes nothing."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        continue
    for window in QApplication.topLevelWidgets():
        if window is shell or not window.isVisible():
            continue
        if isinstance(window, QDialog):
            window.reject()
        else:
            window.close()
