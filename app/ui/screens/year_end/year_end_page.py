"""Cuối năm: nine steps in legal order, who is missing what on each, and the way into every one of them."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.permissions import Act
from app.domain.year_closing import reopening_note
from app.domain.year_end_facts import PaperOffer, Place, StepKey
from app.services.year_end_steps import YearEndView, open_year_end
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, Chip
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import PageHeader, YearSwitch, logical_width
from app.ui.screens.year_end.step_list import StepList
from app.ui.screens.year_end.step_pages import PAGES, QUARTERS
from app.ui.screens.year_end.step_side import StepSide
from app.ui.screens.year_end.year_lock import YearLock
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH

_SIDE_WIDTH, _SIDE_LEAST = 513, 372


class YearEndPage(DeskPage):
    """The overview; a step's own page opens in its place and closes back to it."""

    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES, Topic.MEETINGS})
    follows_year = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: YearEndView | None = None
        self._chosen: StepKey | None = None
        self._chosen_year = 0
        self._wanted: StepKey | None = None
        self._pages: dict[str, DeskPage] = {}
        self._open_key = ""
        self._lock = YearLock(self)
        self._stack = QStackedWidget()
        Column(self, spacing=0).addWidget(self._stack)
        self._overview = QWidget()
        self._stack.addWidget(self._overview)
        self._build()
        theme.changed.connect(self._fit)

    @property
    def help_topic(self) -> str:
        """The open step's own help, else that of the steps."""
        return str(getattr(self._stack.currentWidget(), "help_topic", "year_end"))

    def _build(self) -> None:
        desk = self.desk
        self.years = YearSwitch(desk.years, desk.year)
        self.years.year_chosen.connect(desk.set_year)
        self.locked = Chip(LOCKED)
        self.reopen_button = make_button("outlined", "Mở lại…", "lock-open", on_click=self._reopen)
        self.print_files = make_button("outlined", "In danh mục hồ sơ", "printer", on_click=self._print_files)
        self.quarters = make_button("outlined", "Quý, kỳ khác", "calendar-check")
        self.quarters.clicked.connect(lambda: self.open_step(QUARTERS))
        actions = (self.locked, self.reopen_button, self.quarters, self.print_files)
        self.header = PageHeader("Cuối năm", "", actions, year=self.years)
        column = Column(self._overview, spacing=0)
        column.addWidget(self.header)
        self.empty = EmptyState("scale", "", "")
        self.empty.hide()
        column.addWidget(self.empty, 1)
        column.addWidget(self._make_body(), 1)

    def _make_body(self) -> QWidget:
        """Steps and step side by side, each scrolling by itself; narrow, the step comes under the steps."""
        self._body = QWidget()
        sides = Row(self._body, spacing=0)
        self._left = ScrollBody(spacing=14, margins=(28, 16, 9, 16), fills=True)
        self._right = ScrollBody(spacing=14, margins=(9, 16, 24, 16))
        sides.addWidget(self._left, 1)
        sides.addWidget(self._right)
        self.message = MessageBar()
        self._left.body.addWidget(self.message)
        self.steps = StepList()
        self.steps.chosen.connect(self._choose)
        self.steps.opened.connect(self.open_step)
        self._left.body.addWidget(self.steps, 1)
        self._panel = StepSide(self.desk)
        self.card, self.cap, self.deadlines = self._panel.card, self._panel.cap, self._panel.deadlines
        self.card.went.connect(self._go)
        self.card.opened.connect(self.open_step)
        self.card.printed.connect(self._print)
        self.card.lock_asked.connect(self._close_year)
        self._right.body.addWidget(self._panel)
        return self._body

    # Reading

    def reload(self) -> None:
        year = self.desk.year
        self.years.set_years(self.desk.years)
        self.years.set_year(year)
        self.read(partial(open_year_end, self.desk.ws, year), self._show)

    def _show(self, view: YearEndView) -> None:
        self.shown = view
        ws = self.desk.ws
        self.header.set_title(f"Cuối năm {view.year}")
        self.header.set_facts(view.facts)
        self.locked.setVisible(view.is_closed)
        self.reopen_button.setVisible(view.is_closed and ws.may(Act.REOPEN_YEAR) and not ws.looks_only)
        has_steps = bool(view.steps)
        self._body.setVisible(has_steps)
        self.empty.setVisible(not has_steps)
        self.print_files.setVisible(has_steps and view.prints_files)
        self.quarters.setVisible(has_steps and ws.may(Act.READ_QUARTERS))
        if not has_steps:
            self.empty.set_words(f"Năm {view.year} chưa kiểm điểm được", view.problem)
            return
        if self._wanted is not None:
            self._chosen, self._wanted = self._wanted, None
        elif self._chosen is None or self._chosen_year != view.year:
            self._chosen = view.current
            self._right.verticalScrollBar().setValue(0)
        self._chosen_year = view.year
        note = reopening_note(view.closings)
        if note and not view.is_closed:
            self.message.show_message("info", f"{note}.")
        else:
            self.message.close_message()
        self.deadlines.show_deadlines(view.deadlines, ws.today())
        self.steps.show_steps(view.steps, self._chosen, is_closed=view.is_closed)
        self._show_step()
        self._fit()

    def _show_step(self) -> None:
        view, ws = self.shown, self.desk.ws
        if view is None or self._chosen is None or not view.steps:
            return
        step = view.step(self._chosen)
        self.card.show_step(
            step,
            step.deadline.words(ws.today()) if step.deadline and not view.is_closed else "",
            is_closed=view.is_closed,
            pages=frozenset(PAGES) | {StepKey.MEETING.value},
            may_lock=ws.may(Act.CLOSE_YEAR) and not ws.looks_only,
        )

    def _choose(self, key: str) -> None:
        self._chosen = StepKey(key)
        self.steps.choose(self._chosen)
        self._show_step()
        self._right.verticalScrollBar().setValue(0)
        if self._chosen in self.steps.lines:
            self._left.ensureWidgetVisible(self.steps.lines[self._chosen], 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = logical_width(self)
        is_narrow = width < RAIL_WIDTH
        side = self._left if is_narrow else self._right
        if not side.isAncestorOf(self._panel):
            side.body.addWidget(self._panel)
            self._panel.show()  # another parent hides it
        self._right.setVisible(not is_narrow)
        self._right.setFixedWidth(px(_SIDE_WIDTH if width >= FULL_WIDTH else _SIDE_LEAST))

    # Ways on

    def open_step(self, key: str, **spot: str) -> None:
        """Open a step's own page, at a spot of it."""
        if key == StepKey.MEETING.value:
            meeting = self.shown.step(StepKey.MEETING).place if self.shown and self.shown.steps else None
            self._go(meeting or Place.at("meetings"))
            return
        if key not in PAGES:
            self._close_page()
            if key in set(StepKey):
                self._wanted = StepKey(key)
                self._choose(key)
                self._focus_step()
            return
        page = self._page(key)
        self._open_key = key
        self._stack.setCurrentWidget(page)
        show_place = getattr(page, "show_place", None)
        if callable(show_place) and spot:
            show_place(**spot)
        first = getattr(page, "first_focus", None)
        target = first() if callable(first) else None
        if isinstance(target, QWidget):
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _page(self, key: str) -> DeskPage:
        if key not in self._pages:
            page = self._pages[key] = PAGES[key](self.desk)
            closed = getattr(page, "closed", None)
            if closed is not None:
                closed.connect(self._close_page)
            self._stack.addWidget(page)
        return self._pages[key]

    def _close_page(self) -> None:
        """Back to the steps, with the cursor on the one that was open."""
        if not self._open_key:
            return
        key, self._open_key = self._open_key, ""
        self._stack.setCurrentWidget(self._overview)
        if key in set(StepKey):
            self._choose(key)
        self._focus_step()

    def _focus_step(self) -> None:
        target = self.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, place: Place) -> None:
        spot = dict(place.spot)
        if place.page == "reviews":
            self.show_place(**spot)
        else:
            self.desk.go_to(place.page, **spot)

    def _print(self, paper: PaperOffer) -> None:
        self.desk.go_to(
            "papers", paper=paper.paper, member=",".join(paper.members), blank="1" if paper.blank else ""
        )

    def _print_files(self) -> None:
        self.desk.go_to("papers", paper="file_list")

    def _close_year(self) -> None:
        if self.shown is not None:
            self._lock.close(self.shown)

    def _reopen(self) -> None:
        if self.shown is not None:
            self._lock.reopen(self.shown.year)

    # Where

    def show_place(self, step: str = "", member: str = "", **more: str) -> None:
        """Show the steps, a step's page (``step``), or a member's review."""
        spot = {"member": member} if member else {}
        if step:
            self.open_step(step, **spot, **more)
        elif member:
            self.open_step(StepKey.SHEETS.value, **spot)

    def place(self) -> dict[str, str]:
        """Where the person is, to come back to."""
        if not self._open_key:
            return {}
        inner = getattr(self._pages[self._open_key], "place", None)
        return {"step": self._open_key, **(inner() if callable(inner) else {})}

    def go_back(self) -> bool:
        """From a step's page, first inside it, to the steps."""
        if not self._open_key:
            return False
        inner = getattr(self._pages[self._open_key], "go_back", None)
        if not (callable(inner) and inner()):
            self._close_page()
        return True

    def first_focus(self) -> QWidget | None:
        """The step shown, or where the open page wants the cursor."""
        if self._open_key:
            first = getattr(self._pages[self._open_key], "first_focus", None)
            return first() if callable(first) else None
        return self.steps.lines.get(self._chosen) if self._chosen else None
