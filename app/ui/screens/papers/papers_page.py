"""In giấy tờ: papers and people at the left, the pages as printed at the right; saving and printing them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.errors import Cancelled, UserError
from app.domain.progress import Progress
from app.services.page_pictures import PagePictures
from app.services.papers import (
    KindPlan,
    PaperKind,
    PaperOffer,
    PaperRequest,
    PreviewBook,
    PrintedBook,
    file_name,
    offer_papers,
    preview_pdf,
    save_pdf,
)
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import PageHeader, YearSwitch, logical_width
from app.ui.parts.segmented import Segmented
from app.ui.screens.papers.audience import Audience
from app.ui.screens.papers.gap_list import GapList, gaps_in_words
from app.ui.screens.papers.paper_list import NAMED, NAMELESS, WRITTEN, PaperList
from app.ui.screens.papers.people_picker import PeoplePicker
from app.ui.screens.papers.printers import Printers, is_two_sided, page_range, print_pages
from app.ui.screens.papers.saved_bar import SavedBar
from app.ui.screens.papers.sheet_view import SheetView
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH

_PAUSE_MS = 120
_NO_PRINTER = "Không thấy máy in. Lưu thành PDF để in ở máy khác?"
_SAVE = "Lưu thành PDF"


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


def _print(
    ws: Workspace, request: PaperRequest, book: PreviewBook, printer: QPrinter, progress: Progress
) -> int:
    """Send what was looked at to a printer; where the preview was cut off, all of it is made first."""
    whole = preview_pdf(ws, request, progress, whole=True) if book.left_out else book
    first, last = page_range(printer, whole.page_count)
    order = whole.printing_order(first, last, two_sided=is_two_sided(printer))
    print_pages(printer, PagePictures(whole.pdf), order, progress)
    return sum(page is not None for page in order)


class PapersPage(DeskPage):
    """The print centre of one year."""

    topics = frozenset(Topic) - {Topic.DRAFTS}
    follows_year = True
    help_topic = "papers"

    def __init__(self, desk: Desk, printers: Printers | None = None) -> None:
        super().__init__(desk)
        self._printers = printers or Printers()
        self._offer: PaperOffer | None = None
        self._stop, self._is_looking = _Stop(), False
        self._wanted_member = ""
        self._is_first = True
        self.year = YearSwitch(desk.years, desk.year)
        self.save = make_button("outlined", _SAVE, "file-down", "Ctrl+S", self._save)
        self.print = make_button("filled", "In", "printer", "Ctrl+P", self._ask_printer)
        self.message = MessageBar()
        self.saved = SavedBar()
        self.list = PaperList()
        self.audience = Audience()
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
        inner.addWidget(self.message)
        inner.addWidget(self.saved)
        inner.addWidget(self.panes)
        both = Row(spacing=18)
        self.left = ScrollBody(spacing=12, margins=(0, 0, 0, 0))
        self.left.body.addWidget(self.list)
        self.left.body.addWidget(self.audience)
        both.addWidget(self.left)
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
        self.list.changed.connect(self.reload)
        self.audience.changed.connect(self.reload)
        self.audience.picking_asked.connect(self._pick_people)
        self.picker.picked.connect(self._people_picked)
        self.picker.closed.connect(self.show_main)
        self.gaps.closed.connect(self.show_main)
        self.gaps.place_asked.connect(lambda page, member: self.desk.go_to(page, member=member))
        self.panes.chosen.connect(lambda _key: self._fit())
        theme.changed.connect(self._fit)

    @property
    def is_working(self) -> bool:
        """Whether pages are still being made."""
        return self._is_looking or self._pause.isActive()

    # What there is to print

    def request(self, kinds: Sequence[PaperKind]) -> PaperRequest:
        """What is asked for now, for these papers."""
        mode = self.list.mode.choice()
        return PaperRequest(
            tuple(kinds),
            self.desk.year,
            () if mode == NAMELESS else self.audience.member_ids(),
            blank=mode != WRITTEN,
            leaders_first=self.audience.leaders_first.is_ticked(),
            annexes=self.audience.annexes.is_ticked(),
        )

    def reload(self) -> None:
        self.year.set_year(self.desk.year)
        self._stop.is_set = True
        self.audience.set_nameless(self.list.mode.choice() == NAMELESS)
        self._name_button(0)
        request = self.request(tuple(self.list.rows))
        self.read(partial(offer_papers, self.desk.ws, request), self._show_offer, key="offer")

    def _show_offer(self, offer: PaperOffer) -> None:
        self._offer = offer
        if offer.year != self.desk.year:
            return
        self.audience.show_people(offer.people)
        self.list.show_offer(offer)
        if self._is_first:
            self._is_first = False
            self._tick_something(offer)
        self._say_gaps()
        self._pause.start()

    def _tick_something(self, offer: PaperOffer) -> None:
        """The page comes up with the first paper there is, so that there is something to see."""
        if not self.list.ticked():
            counts = {plan.kind: plan.sheet_count for plan in offer.plans}
            self.list.set_ticked([kind for kind in self.list.rows if counts[kind]][:1])

    def _plans(self) -> tuple[KindPlan, ...]:
        ticked = self.list.ticked()
        return tuple(plan for plan in self._offer.plans if plan.kind in ticked) if self._offer else ()

    def _say_gaps(self) -> None:
        self.audience.annexes.set_offered(PaperKind.REVIEW in self.list.ticked())
        words = gaps_in_words(self._plans())
        if words:
            self.audience.note.show_message("warning", words, "Xem", self._show_gaps)
        else:
            self.audience.note.close_message()

    # The pages

    def _look_again(self) -> None:
        kinds = self.list.ticked()
        if not kinds:
            self._show_empty()
            return
        self._stop, self._is_looking = _Stop(), True
        work = partial(_look, self.desk.ws, self.request(kinds), self._stop)
        self.read(work, self._show_book, self._cannot_look, key="pages")

    def _show_empty(self) -> None:
        if self.audience.member_ids() == () and self.list.mode.choice() != NAMELESS:
            self.view.show_nothing("Chưa chọn người", "Bấm “Chọn người”, hoặc in cho tất cả.")
        elif not any(row.box.isEnabled() for row in self.list.rows.values()):
            self.view.show_nothing(
                f"Năm {self.desk.year} chưa có gì để in",
                "Đồng chí chọn năm khác, hoặc in phiếu trống để viết tay.",
            )
        else:
            self.view.show_nothing("Chưa chọn giấy tờ", "Đánh dấu giấy tờ cần in ở bên trái.")

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
        self.gaps.show_plans(self._plans())
        self.stack.setCurrentWidget(self.gaps)
        self.gaps.table.setFocus()

    def show_main(self) -> None:
        """Back to papers and pages."""
        self.stack.setCurrentWidget(self.main)
        self.first_focus().setFocus()

    # Saving

    def _save(self) -> None:
        book = self.view.book
        if book is None:
            return
        request = self.request(self.list.ticked())
        names = {person.member_id: person.name for person in self.audience.people}
        name = file_name(request, names)
        target = self.desk.dialogs.choose_save_file(_SAVE, name, "Tệp PDF (*.pdf)", purpose="print")
        if target is not None:
            self._save_to(request, target)

    def _save_to(self, request: PaperRequest, target: Path) -> None:
        self._clear_words()
        self.desk.background.long(
            self,
            lambda progress: save_pdf(self.desk.ws, request, target, progress),
            title=f"Lưu {target.name}",
            on_done=self._saved,
            on_cancelled=partial(self._stopped, f"Đã dừng, chưa lưu {target.name}."),
            on_error=self._not_saved,
        )

    def _saved(self, printed: PrintedBook) -> None:
        self.saved.show_file(
            f"Đã lưu {printed.page_count} trang vào {printed.path.name}, thư mục {printed.path.parent}.",
            printed.path,
        )

    def _not_saved(self, error: UserError) -> None:
        self.message.show_message("error", str(error), "Chọn chỗ khác", self._save)

    def _stopped(self, words: str) -> None:
        self.saved.show_words(words)

    def _clear_words(self) -> None:
        self.message.close_message()
        self.saved.hide()

    # Printing

    def _ask_printer(self) -> None:
        book, pictures = self.view.book, self.view.pictures
        if book is None or pictures is None:
            return
        if not self._printers.are_there():
            self.message.show_message("warning", _NO_PRINTER, _SAVE, self._save)
            return
        request = self.request(self.list.ticked())
        names = {person.member_id: person.name for person in self.audience.people}
        printer = self._printers.choose(
            self.window(),
            file_name(request, names).removesuffix(".pdf"),
            book.page_count,
            two_sided=self.audience.two_sided.is_ticked(),
            lying=all(width > height for width, height in pictures.sizes),
        )
        if printer is not None:
            self._print_on(printer, request, book)

    def _print_on(self, printer: QPrinter, request: PaperRequest, book: PreviewBook) -> None:
        self._clear_words()
        self.desk.background.long(
            self,
            lambda progress: _print(self.desk.ws, request, book, printer, progress),
            title=f"In trên {printer.printerName() or 'máy in'}",
            on_done=lambda pages: self.saved.show_words(
                f"Đã chuyển {pages} trang sang {printer.printerName() or 'máy in'}."
            ),
            on_cancelled=partial(self._stopped, "Đã dừng in."),
            on_error=lambda error: self.message.show_message("error", str(error), _SAVE, self._save),
        )

    # For the shell

    def show_place(self, paper: str = "", member: str = "", blank: str = "", **_more: str) -> None:
        """Show papers (several with commas) of one member, of some (with commas) or of all; ``blank="1"``."""
        kinds = [kind for kind in self.list.rows if kind.value in paper.split(",")]
        if kinds:
            self._is_first = False
            self.list.set_ticked(kinds)
            self.list.mode.set_choice(NAMED if blank == "1" else WRITTEN)
            if member:
                self.audience.choose(member.split(","))
            else:
                self.audience.choose_all()
        elif member:
            self._wanted_member = member
        self._clear_words()
        self.stack.setCurrentWidget(self.main)
        self.refresh()

    def place(self) -> dict[str, str]:
        """The papers taken and whether they are blank."""
        place = {"paper": ",".join(self.list.ticked())}
        if self.list.mode.choice() == NAMED:
            place["blank"] = "1"
        return place if place["paper"] else {}

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
        return next(iter(self.list.rows.values())).box

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
        self.left.setVisible(not is_narrow or not shows_pages)
        self.view.setVisible(not is_narrow or shows_pages)
        if is_narrow:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(1 << 20)
        else:
            self.left.setFixedWidth(px(440 if width >= FULL_WIDTH else 350))
