"""The program's window: leads from start to a book, from person to person, from page to page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import BookInUse, UserError
from app.services import books, desks
from app.services.desks import DeskFacts, SeatChoice
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.dialogs import Dialogs
from app.ui.preferences import Preferences
from app.ui.shell import PageSpec, Shell
from app.ui.theme import apply_theme, next_scale, theme


class MainWindow(Shell):
    """Navigates; holds no data of its own but the open book and whose desk is shown."""

    def __init__(self, background: Background, preferences: Preferences) -> None:
        super().__init__(background, preferences)
        self._dialogs = Dialogs(self, preferences)
        self._ws: Workspace | None = None
        self._desk: Desk | None = None
        self.handover_requested.connect(self.hand_over)
        self.scale_step_requested.connect(self._step_scale)
        self.help_requested.connect(self._show_help)
        self.closing.connect(self._close_book)

    @property
    def desk(self) -> Desk | None:
        """The desk shown now, if somebody sits at the PC."""
        return self._desk

    def start(self, dialogs: Dialogs, book: Path | None) -> None:
        """First page: the book asked for, else the start page."""
        self._dialogs = dialogs
        self.restore()
        self.show_start()
        if book is not None:
            self.open_book(book)

    # Start

    def show_start(self) -> None:
        """The start page: recent books, new book, open, sample book."""
        from app.ui.screens.start.start_page import StartPage

        self._close_book()
        page = StartPage(self.background, self.preferences, self._dialogs)
        page.book_chosen.connect(self.open_book)
        page.book_made.connect(self._book_opened)
        self.show_single(page)

    def open_book(self, folder: Path) -> None:
        """Open a book; where another window writes it, offer to look at it."""
        self.background.read(
            self, partial(books.open_book, folder), self._book_opened, self._not_opened(folder)
        )

    def _not_opened(self, folder: Path) -> Callable[[UserError], None]:
        def tell(error: UserError) -> None:
            if isinstance(error, BookInUse) and self._dialogs.ask(
                "Mở sổ để xem?", str(error), act_label="Mở để xem", keep_label="Thôi"
            ):
                work = partial(books.open_book, folder, read_only=True)
                self.background.read(self, work, self._book_opened)
            elif not isinstance(error, BookInUse):
                self.show_error(str(error))

        return tell

    def _book_opened(self, ws: Workspace) -> None:
        self._close_book()
        self._ws = ws
        self.preferences.remember_book(ws.folder)
        self.set_book(str(ws.folder))
        self.hand_over()

    def _close_book(self) -> None:
        if self._ws is not None:
            self.background.wait_idle()
            self._ws.close()
        self._ws, self._desk = None, None

    # People

    def hand_over(self) -> None:
        """Giao máy: nothing of the last person's desk stays; the next one picks their name."""
        if self._ws is None:
            return
        self.background.wait_idle()
        self._desk = None
        self.background.read(self, partial(desks.list_seats, self._ws), self._choose_person)

    def _choose_person(self, seats: SeatChoice) -> None:
        from app.ui.screens.people.choose_page import ChoosePersonPage

        if not seats.people:
            self._seat("")
            return
        page = ChoosePersonPage(seats, self.preferences)
        page.person_chosen.connect(self._seat)
        page.leave_requested.connect(self.show_start)
        self.show_single(page)

    def _seat(self, member_id: str) -> None:
        """Seat a member, or the book's keeper for ""."""
        assert self._ws is not None
        self.background.read(self, partial(desks.take_seat, self._ws, member_id or None), self._seated)

    def _seated(self, facts: DeskFacts) -> None:
        self._ws = facts.ws
        self._desk = Desk(facts.ws, self.background, self._dialogs, self.preferences, facts.years)
        self._desk.done.connect(self.show_done)
        self._desk.go.connect(lambda key, place: self.show_page(key, **place))
        if facts.ws.actor.role.leads:
            self._show_secretary_desk(facts)
        else:
            self._show_member_desk()

    def _show_secretary_desk(self, facts: DeskFacts) -> None:
        assert self._desk is not None
        self.set_pages(_secretary_pages(self._desk))
        assert self.sidebar is not None
        self.set_cell(facts.cell_name.upper, facts.cell_name.own)
        self.sidebar.set_person(facts.ws.actor.name, facts.post)
        self.restore_place("months" if facts.has_members else "members")
        if facts.ws.read_only:
            self.message.show_message("info", "Sổ mở để xem: đồng chí xem và in được, chưa ghi được.")

    def _show_member_desk(self) -> None:
        from app.ui.screens.own.own_page import OwnPage

        assert self._desk is not None
        page = OwnPage(self._desk)
        page.handover_requested.connect(self.hand_over)
        self.show_single(page)

    # Look

    def _step_scale(self, step: int) -> None:
        scale = next_scale(theme.scale, step) if step else 1.0
        self.preferences.text_scale = scale
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, scale, theme.dark, self.preferences.prefers_noto)

    def _show_help(self, topic: str) -> None:
        from app.ui.screens.help.help_page import show_help

        show_help(self, topic)


def _secretary_pages(desk: Desk) -> tuple[PageSpec, ...]:
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

    def reviews_page() -> QWidget:
        from app.ui.screens.year_end.reviews_page import ReviewsPage

        return ReviewsPage(desk)

    def papers_page() -> QWidget:
        from app.ui.screens.papers.papers_page import PapersPage

        return PapersPage(desk)

    def settings_page() -> QWidget:
        from app.ui.screens.settings.settings_page import SettingsPage

        return SettingsPage(desk)

    return (
        PageSpec("members", "Đảng viên", "Đảng viên", "users", members_page),
        PageSpec("pledges", "Đăng ký năm", "Đăng ký", "pen-line", pledges_page),
        PageSpec("months", "Bảng tháng", "Tháng", "calendar-check", months_page),
        PageSpec("reviews", "Cuối năm", "Cuối năm", "scale", reviews_page),
        PageSpec("papers", "In giấy tờ", "In", "printer", papers_page),
        PageSpec("settings", "Thiết lập", "Thiết lập", "settings", settings_page, is_below=True),
    )
