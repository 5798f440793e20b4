"""The program's window: leads from start to a book, from person to person, from page to page."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.services import books
from app.services.desks import DeskFacts
from app.services.workspace import Act, ActorRole, Clock, SystemClock, Workspace
from app.ui.background import Background
from app.ui.book_care import BookCare
from app.ui.book_history import BookHistory
from app.ui.book_opening import BookOpening
from app.ui.clock_watch import ClockWatch
from app.ui.desk import Desk
from app.ui.dialogs import Dialogs
from app.ui.draft_keeper import WordsInHand
from app.ui.key_reminding import KeyReminding
from app.ui.page_stack import focus_first
from app.ui.parts.look import use_look
from app.ui.preferences import Preferences
from app.ui.seating import Seating
from app.ui.shell import PageSpec, Shell
from app.ui.single_window import SingleWindow
from app.ui.theme import next_scale, theme

if TYPE_CHECKING:
    from app.ui.member_desk import MemberDesk
    from app.ui.screens.help.help_panel import HelpPanel

_EMPTY_AFTER_MS = 350
_CHECK_AFTER_MS = 200
_LOOKING_ONLY = "Sổ mở để xem: đồng chí xem và in được, chưa ghi được."


class MainWindow(Shell):
    """Navigates; holds no data of its own but the open book and whose desk is shown."""

    def __init__(self, background: Background, preferences: Preferences, clock: Clock | None = None) -> None:
        super().__init__(background, preferences)
        self._clock = clock or SystemClock()
        self._dialogs = Dialogs(self, preferences)
        self._ws: Workspace | None = None
        self._is_checked = False
        self._desk: Desk | None = None
        self._own_desk: MemberDesk | None = None
        self._help: HelpPanel | None = None
        self._was_shown = False
        self._opening = BookOpening(background, preferences, self._clock, self)
        self._opening.opened.connect(self._book_opened)
        self._opening.refused.connect(self._not_opened)
        self._single = SingleWindow(self)
        self._opening.shown_elsewhere.connect(self._single.give_way)
        self._clock_watch = ClockWatch(self)
        self._opening.waiting.connect(partial(self.message.show_message, "info"))
        self._opening.page_wanted.connect(self.show_single)
        self._opening.left.connect(self.show_start)
        self._care = BookCare(self, lambda: self._dialogs)
        self._opening.restore_wanted.connect(self._care.restore)
        self._care.restored.connect(self.open_book)
        self._care.given_back.connect(self._book_opened)
        self._care.left.connect(self.show_start)
        self._keys = KeyReminding(self)
        self._history = BookHistory(self, lambda: self._desk)
        self._words = WordsInHand(self.stack, background)
        self._seating = Seating(self, self._words.keep)
        self._seating.sitting.connect(self._check_file)
        self._seating.sat_down.connect(self._seated)
        self._seating.handed_over.connect(self.hand_over)
        self._seating.left.connect(self.show_start)
        self.handover_requested.connect(self.hand_over)
        self.scale_step_requested.connect(self._step_scale)
        self.help_requested.connect(self.show_help)
        self.back_requested.connect(self._back)
        self.page_changed.connect(lambda _key: self._say_looking_only())
        self.stack.currentChanged.connect(lambda _index: self._say_looking_only())

    @property
    def desk(self) -> Desk | None:
        """The desk shown now, if somebody sits at the PC."""
        return self._desk

    def start(self, dialogs: Dialogs, book: Path | None) -> None:
        """First page: the book asked for, else the start page."""
        self._dialogs = dialogs
        dialogs.is_barred = lambda: self._seating.is_locked and not self._care.is_closing
        self.restore()
        if book is None:
            self.show_start()
        else:
            self.open_book(book)

    def show_with_page(self) -> None:
        """Come up with the first page on it rather than empty, but do not wait long for it."""
        if self.stack.currentWidget() is None:
            self.stack.currentChanged.connect(self._show_once, Qt.ConnectionType.QueuedConnection)
            QTimer.singleShot(_EMPTY_AFTER_MS, self, self._show_once)
        else:
            self.show()

    def _show_once(self) -> None:
        if not self._was_shown:
            self._was_shown = True
            self.show()

    def show_start(self, problem: str = "") -> None:
        """The start page: recent books, new book, open, sample book."""
        from app.ui.screens.start.start_page import StartPage

        if not self._keep_drafts() or not self._care.before_leaving():
            return
        self._close_book()
        page = StartPage(self.background, self.preferences, self._dialogs, self._clock)
        page.book_chosen.connect(self.open_book)
        page.book_made.connect(lambda begun: self._opening.show_recovery(begun, self._dialogs))
        page.help_requested.connect(lambda: self.show_help(page.help_topic))
        self.show_single(page)
        if problem:
            self.show_error(problem)

    def open_book(self, folder: Path) -> None:
        """Open a book; where another window writes it, offer to look at it."""
        self._opening.open(folder, self._dialogs)

    def _not_opened(self, why: str) -> None:
        self.message.close_message()
        if self.stack.currentWidget() is None:
            self.show_start(why)
        elif why:
            self.show_error(why)

    def _book_opened(self, ws: Workspace) -> None:
        self._close_book()
        self._ws, self._is_checked = ws, False
        self.preferences.remember_book(ws.folder)
        if not ws.read_only:
            self._single.begin(ws.folder)
        self._keys.begin()
        self._seating.begin(ws)
        self._care.begin(ws)
        self._history.begin(ws)
        QTimer.singleShot(_CHECK_AFTER_MS, self, self._check_file)

    def _check_file(self) -> None:
        """Once for each book, when its names stand; at the latest before anybody's page is shown."""
        if self._ws is not None and not self._is_checked:
            self._is_checked = True
            work = partial(books.check_file, self._ws)
            self.background.read(self, work, lambda _sound: None, self._not_sound, key="check")

    def _not_sound(self, error: UserError) -> None:
        assert self._ws is not None
        folder = self._ws.folder
        self._close_book()
        self._opening.show_trouble(folder, error)

    def _close_book(self) -> None:
        """After everything asked before; the next book opens behind it in the same lane."""
        self._opening.let_go()
        self._seating.end()
        self._care.end()
        self._history.end()
        self._single.end()
        self._clock_watch.end()
        if self._ws is not None:
            self.background.wait_idle()
            self._ws.close()
        self._ws, self._desk, self._own_desk = None, None, None

    def _hand_book(self, take: Callable[[Workspace], object]) -> None:
        """Every page goes first, so that nothing else writes; nobody sits down again by having opened it."""
        if self._ws is None or not self._keep_drafts():
            return
        ws, self._ws = self._ws, None
        self._close_book()
        take(replace(ws, slot_id=""))

    # People

    def hand_over(self, note: str = "") -> None:
        """Giao máy: nothing of the last person's desk stays; the next one picks their name."""
        if self._ws is None:
            return
        if not self._keep_drafts():
            self._seating.not_handed_over()
            return
        self._keep_place()
        self._desk, self._own_desk = None, None
        self.clear_pages()
        self._seating.choose(note)

    def _seated(self, facts: DeskFacts) -> None:
        self._ws = facts.ws
        self._clock_watch.begin(facts.ws)
        self._desk = Desk(facts.ws, self.background, self._dialogs, self.preferences, facts.years)
        self._desk.done.connect(self.show_done)
        self._desk.go.connect(self._go)
        self._desk.new_data_key_wanted.connect(partial(self._hand_book, self._opening.replace_key))
        self._desk.restore_wanted.connect(partial(self._hand_book, self._care.restore))
        if facts.ws.actor.role is not ActorRole.MEMBER:
            self._show_secretary_desk(self._desk, facts)
        else:
            self._show_own_desk(self._desk, facts)

    def _show_secretary_desk(self, desk: Desk, facts: DeskFacts) -> None:
        """Each at their own last place: where one person was is not where the next one begins."""
        self.set_pages(_secretary_pages(desk, self.show_start))
        assert self.sidebar is not None
        self.set_cell(facts.cell_name.upper, facts.cell_name.own)
        self.sidebar.set_person(facts.ws.actor.name, facts.post)
        self.set_book(f"{facts.ws.folder}/{facts.ws.actor.seat_id}")
        is_new = not facts.has_members and "members" in self.stack.specs
        self.restore_place("members" if is_new else "months")
        self._keys.remind(desk)
        self._care.remind(desk)

    def _say_looking_only(self) -> None:
        """Over every page of a book opened to look at; a member's own page says it by itself."""
        is_own_page = self._own_desk is not None and self.stack.currentWidget() is self._own_desk.page
        if self._desk is not None and self._desk.ws.looks_only and not is_own_page and not self.message.text:
            self.message.show_message("info", _LOOKING_ONLY)

    def _go(self, key: str, place: dict[str, str]) -> None:
        if key in self.stack.specs:
            self.show_page(key, **place)
        elif key == "papers" and self._own_desk is not None:
            self._own_desk.print_own()

    def _show_own_desk(self, desk: Desk, facts: DeskFacts) -> None:
        from app.ui.member_desk import MemberDesk

        self._own_desk = MemberDesk(self, desk, facts)
        self._own_desk.page.handover_requested.connect(self.hand_over)
        self.show_single(self._own_desk.page)

    def _back(self) -> None:
        if self._own_desk is not None:
            self._own_desk.come_back()

    # Leaving

    def _keep_drafts(self) -> bool:
        """Everything typed is in the book before a page goes; False when that failed and the page stays."""
        if self._desk is not None and self.progress.is_watching:
            self.progress.stop.click()
        return self._words.keep()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._care.may_close(is_kept=self._keep_drafts()):
            event.ignore()
            return
        super().closeEvent(event)
        self._close_book()

    # Look and help

    def _step_scale(self, step: int) -> None:
        self.preferences.text_scale = next_scale(theme.scale, step) if step else 1.0
        use_look(self.preferences)

    def show_help(self, topic: str) -> None:
        """Help beside the page; F1 again or Esc closes it."""
        from app.ui.screens.help.help_panel import HelpPanel

        if self._help is None:
            self._help = HelpPanel(self._area)
            self._help.closed.connect(self._to_page)
        self._help.toggle(topic)

    def _to_page(self) -> None:
        page = self.stack.currentWidget()
        if page is not None:
            focus_first(page)

    def _go_back(self) -> None:
        if self._help is not None and self._help.isVisible():
            self._help.close_help()
        else:
            super()._go_back()

    def clear_pages(self) -> None:
        super().clear_pages()
        if self._help is not None:
            self._help.hide()


def _secretary_pages(desk: Desk, leave: Callable[[], object]) -> tuple[PageSpec, ...]:
    """The sidebar. Pages are made, and their modules loaded, when first shown."""

    def members_page() -> QWidget:
        from app.ui.screens.members.members_page import MembersPage

        return MembersPage(desk)

    def pledges_page() -> QWidget:
        from app.ui.screens.pledges.pledges_page import PledgesPage

        return PledgesPage(desk)

    def months_page() -> QWidget:
        from app.ui.screens.months.months_page import MonthsPage

        return MonthsPage(desk)

    def meetings_page() -> QWidget:
        from app.ui.screens.meetings.meetings_page import MeetingsPage

        return MeetingsPage(desk)

    def year_end_page() -> QWidget:
        if not desk.ws.may(Act.OPEN_YEAR_END):  # who types for others writes sheets, without the nine steps
            from app.ui.screens.year_end.reviews_page import ReviewsPage

            return ReviewsPage(desk)
        from app.ui.screens.year_end.year_end_page import YearEndPage

        return YearEndPage(desk)

    def papers_page() -> QWidget:
        from app.ui.screens.papers.papers_page import PapersPage

        return PapersPage(desk)

    def reports_page() -> QWidget:
        from app.ui.screens.reports.reports_page import ReportsPage

        return ReportsPage(desk)

    def settings_page() -> QWidget:
        from app.ui.screens.settings.settings_page import SettingsPage

        page = SettingsPage(desk)
        page.leave_requested.connect(leave)
        return page

    pages = (
        PageSpec("members", "Đảng viên", "Đảng viên", "users", members_page),
        PageSpec("pledges", "Đăng ký năm", "Đăng ký", "pen-line", pledges_page),
        PageSpec("months", "Bảng tháng", "Tháng", "calendar-check", months_page),
        PageSpec("meetings", "Họp chi bộ", "Họp", "messages-square", meetings_page),
        PageSpec("reviews", "Cuối năm", "Cuối năm", "scale", year_end_page),
        PageSpec("papers", "In giấy tờ", "In", "printer", papers_page),
        PageSpec("reports", "Nhìn lại", "Nhìn lại", "chart-no-axes-column", reports_page),
        PageSpec("settings", "Thiết lập", "Thiết lập", "settings", settings_page, is_below=True),
    )
    from app.domain.permissions import pages_for

    return tuple(page for page in pages if page.key in pages_for(desk.ws.actor.role))
