"""In giấy tờ: papers and people at the left, the pages as printed at the right; saving and printing them."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.errors import Cancelled, UserError
from app.services.page_pictures import PagePictures
from app.services.paper_files import FileFormat
from app.services.papers import (
    PaperOffer,
    PaperRequest,
    PreviewBook,
    offer_papers,
    offered_kinds,
    preview_pdf,
)
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column, Row
from app.ui.parts.page import PageHeader, YearSwitch, logical_width
from app.ui.parts.printers import Printers
from app.ui.parts.segmented import Segmented
from app.ui.screens.papers.gap_list import GapList
from app.ui.screens.papers.paper_output import LookedAt, PaperOutput, SaveWish, save_words
from app.ui.screens.papers.people_picker import PeoplePicker
from app.ui.screens.papers.sheet_view import SheetView
from app.ui.screens.papers.wishes import Wishes
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH

_PAUSE_MS = 120


class _Stop:
    """Lets a preview nobody waits for any more end at its next sheet."""

    def __init__(self) -> None:
        self.is_set = False

    def step(self, _done: int, _total: int, _label: str) -> None:
        """Called after each sheet, in the worker's thread."""
        if self.is_set:
            raise Cancelled


def _look(ws: Workspace, request: PaperRequest, stop: _Stop) -> tuple[PreviewBook, PagePictures]:
    book = preview_pdf(ws, request, stop)
    return book, PagePictures(book.pdf)


class PapersPage(DeskPage):
    """The print centre of one year."""

    topics = frozenset(Topic) - {Topic.DRAFTS}
    follows_year = True
    help_topic = "papers"

    def __init__(self, desk: Desk, printers: Printers | None = None) -> None:
        super().__init__(desk)
        self.out = PaperOutput(self, printers or Printers())
        self._stop, self._is_looking = _Stop(), False
        self._wanted_member = ""
        self.year = YearSwitch(desk.years, desk.year)
        self.save = make_button("outlined", save_words(FileFormat.PDF), "file-down", "Ctrl+S", self._save)
        self.print = make_button("filled", "In", "printer", "Ctrl+P", self._print)
        self.wishes = Wishes()
        self.list, self.audience = self.wishes.list, self.wishes.audience
        self.view = SheetView()
        self.picker = PeoplePicker()
        self.gaps = GapList()
        self.panes = Segmented(
            (("papers", "Giấy tờ"), ("pages", "Xem trước")), name="Phần xem", chosen="papers"
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_again)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.stack = QStackedWidget()
        Column(self, spacing=0).addWidget(self.stack)
        main = QWidget()
        column = Column(main, spacing=0)
        column.addWidget(PageHeader("In giấy tờ", "", [self.save, self.print], year=self.year))
        inner = Column(spacing=10, margins=(28, 14, 24, 14))
        inner.addWidget(self.out.message)
        inner.addWidget(self.out.saved)
        inner.addWidget(self.panes)
        both = Row(spacing=18)
        both.addWidget(self.wishes)
        both.addWidget(self.view, 1)
        inner.addLayout(both, 1)
        column.addLayout(inner, 1)
        for page in (main, self.picker, self.gaps):
            self.stack.addWidget(page)
        # Side by side they would not let the window become narrow; ``_fit`` shows one of them then.
        main.setMinimumWidth(1)
        self.main = main
        QShortcut(QKeySequence("Ctrl+Return"), main, self.print.animateClick)

    def _connect(self) -> None:
        self.year.year_chosen.connect(self.desk.set_year)
        self.wishes.changed.connect(self.reload)
        self.wishes.gaps_asked.connect(self._show_gaps)
        self.wishes.files.changed.connect(self._name_save)
        self.audience.picking_asked.connect(self._pick_people)
        self.picker.picked.connect(self._people_picked)
        self.picker.closed.connect(self.show_main)
        self.gaps.closed.connect(self.show_main)
        self.gaps.place_asked.connect(self._go_and_write)
        self.panes.chosen.connect(lambda _key: self._fit())
        theme.changed.connect(self._fit)

    @property
    def is_working(self) -> bool:
        """Whether pages are still being made."""
        return self._is_looking or self._pause.isActive()

    # What there is to print

    def reload(self) -> None:
        self.year.set_year(self.desk.year)
        self._stop.is_set = True
        self._name_button(0)
        request = self.wishes.request(self.desk.year, offered_kinds())
        self.read(partial(offer_papers, self.desk.ws, request), self._show_offer, key="offer")

    def _show_offer(self, offer: PaperOffer) -> None:
        if offer.year == self.desk.year:
            self.wishes.show_offer(offer)
            self._pause.start()

    # The pages

    def _look_again(self) -> None:
        self._is_looking = False
        kinds = self.list.ticked()
        if not kinds:
            self.view.show_nothing(*self.wishes.why_nothing(self.desk.year))
            return
        self._stop, self._is_looking = _Stop(), True
        work = partial(_look, self.desk.ws, self.wishes.request(self.desk.year, kinds), self._stop)
        self.read(work, self._show_book, self._cannot_look, key="pages")

    def _show_book(self, looked: tuple[PreviewBook, PagePictures]) -> None:
        book, pictures = looked
        self._is_looking = False
        self.view.show_book(book, pictures)
        self.list.show_pages({kind: book.pages_of(kind) for kind in self.list.ticked()})
        self._name_button(book.page_count)
        if self._wanted_member:
            self.view.go_to_member(self._wanted_member)
            self._wanted_member = ""

    def _cannot_look(self, error: UserError) -> None:
        self._is_looking = False
        self.view.show_nothing("Chưa có gì để in", str(error))

    def _name_button(self, pages: int) -> None:
        self.print.set_words(f"In {pages} trang" if pages else "In")
        self.print.setEnabled(pages > 0)
        self.save.setEnabled(pages > 0)

    # Whom

    def _pick_people(self) -> None:
        self.picker.show_people(self.audience.people, self.audience.chosen_ids)
        self.stack.setCurrentWidget(self.picker)
        self.picker.table.setFocus()

    def _people_picked(self, member_ids: tuple[str, ...]) -> None:
        self.audience.choose(member_ids)
        self.show_main()
        self.reload()

    def _show_gaps(self) -> None:
        self.gaps.show_plans(self.wishes.plans())
        self.stack.setCurrentWidget(self.gaps)
        self.gaps.table.setFocus()

    def _go_and_write(self, page: str, member_id: str) -> None:
        self.desk.go_to(page, **({"member": member_id} if member_id else {}))

    def show_main(self) -> None:
        """Back to papers and pages."""
        self.stack.setCurrentWidget(self.main)
        self.first_focus().setFocus()

    # Out

    def _request(self) -> PaperRequest:
        return self.wishes.request(self.desk.year, self.list.ticked())

    def _save(self) -> None:
        if self.view.book is not None:
            files = self.wishes.files
            self.out.save(
                SaveWish(self._request(), self.audience.names(), files.file_format(), files.is_per_member())
            )

    def _name_save(self) -> None:
        self.save.set_words(save_words(self.wishes.files.file_format()))

    def _print(self) -> None:
        book, pictures = self.view.book, self.view.pictures
        if book is not None and pictures is not None:
            looked_at = LookedAt(self._request(), book, pictures)
            self.out.print(looked_at, self.audience.names(), two_sided=self.audience.two_sided.is_ticked())

    # For the shell

    def show_place(self, paper: str = "", member: str = "", blank: str = "", **_more: str) -> None:
        """Show papers (several with commas) of one member, of some (with commas) or of all; ``blank="1"``."""
        kinds = [kind for kind in self.list.rows if kind.value in paper.split(",")]
        if kinds:
            self.view.begin_anew()
            self.wishes.wish(kinds, tuple(filter(None, member.split(","))), blank=blank == "1")
        elif member:
            self._wanted_member = member
        self.out.clear()
        self.stack.setCurrentWidget(self.main)
        self.refresh()

    def place(self) -> dict[str, str]:
        """The papers taken and whether they are blank."""
        return self.wishes.place()

    def go_back(self) -> bool:
        """Esc: from people or gaps back to the papers."""
        if self.stack.currentWidget() is self.main:
            return False
        self.show_main()
        return True

    def first_focus(self) -> QWidget:
        """The first paper of the list, or what lies over it."""
        current = self.stack.currentWidget()
        if current is self.picker:
            return self.picker.table
        if current is self.gaps:
            return self.gaps.table
        return self.list.first_box()

    # Its own look

    def hideEvent(self, event: QHideEvent) -> None:
        """Pages nobody waits for any more are dropped, and made when the page is next seen."""
        super().hideEvent(event)
        if self.is_working:
            self._pause.stop()
            self._stop.is_set = True
            self._is_stale = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Side by side; one of both where the window is narrow."""
        width = logical_width(self)
        is_narrow = width < RAIL_WIDTH
        self.panes.setVisible(is_narrow)
        shows_pages = self.panes.choice() == "pages"
        self.wishes.setVisible(not is_narrow or not shows_pages)
        self.view.setVisible(not is_narrow or shows_pages)
        if is_narrow:
            self.wishes.setMinimumWidth(0)
            self.wishes.setMaximumWidth(1 << 20)
        else:
            self.wishes.setFixedWidth(px(440 if width >= FULL_WIDTH else 350))
