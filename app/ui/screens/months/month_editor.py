"""A member's month: written by the member, or typed in for them from paper ("nhập thay")."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.dates import Month
from app.domain.errors import UserError, ValidationFailed
from app.domain.monthly import MonthlySelfAssessment, MonthState
from app.domain.permissions import Act
from app.domain.pledge import Outcome
from app.domain.record_states import month_state
from app.services.drafts import drop_draft, find_draft
from app.services.months import open_month, save_month, submit_month
from app.services.pledges import set_outcome
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.layout import Column
from app.ui.screens.months.item_card import ItemCard
from app.ui.screens.months.month_view import MonthFacts, MonthView

DRAFT_FORM = "month"
_TYPED = ("result", "self_level", "limits", "fix", "evidence", "copied_from")


class MonthEditor(DeskPage):
    """Every open item a card. Typing is kept as a draft; leaving saves it as the month being written.

    ``handed_in`` carries the month that is with the cell now.
    """

    topics = frozenset({Topic.MONTHS, Topic.PLEDGES})
    closed = Signal()
    handed_in = Signal(object)
    help_topic = "month"

    def __init__(self, desk: Desk, member_id: str, month: Month) -> None:
        super().__init__(desk)
        self.member_id, self.month = member_id, month
        self._facts: MonthFacts | None = None
        self._was_touched = False
        self._is_own = desk.ws.actor.member_id == member_id
        self.view = MonthView("Bảng tháng" if desk.ws.may(Act.READ_BOARD) else "Trang của tôi")
        Column(self, spacing=0).addWidget(self.view)
        self.keeper = DraftKeeper(self, DRAFT_FORM, self._content)
        self.keeper.begin(self._key())
        self._connect()

    def _connect(self) -> None:
        view = self.view
        view.back.clicked.connect(self.go_back)
        view.send.clicked.connect(self._send)
        view.to_pledge.clicked.connect(self._open_pledge)
        view.strip.month_opened.connect(self._open_month_number)
        view.form.edited.connect(self._edited)
        view.form.outcome_asked.connect(self._write_outcome)
        view.draft_dropped.connect(self._drop_draft)
        self.keeper.kept.connect(lambda when: view.show_kept(when, self._is_own))
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self._open_month_number(self.month.month - 1))
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self._open_month_number(self.month.month + 1))

    # Reading

    def _key(self) -> str:
        return f"{self.member_id}:{self.month.iso}"

    def reload(self) -> None:
        work = partial(_read_all, self.desk.ws, self.member_id, self.month, self._key())
        self.read(work, self._show, key="month")

    def _show(self, facts: MonthFacts) -> None:
        if facts.page.month != self.month:
            return
        is_first = self._facts is None
        typed = self._content()["items"] if self._was_touched and not is_first else None
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.view.form.isAncestorOf(focused)
        self._facts = facts
        self.view.show_facts(facts)
        if typed is not None and facts.can_write:
            self.view.form.show_typed(typed)
        elif facts.draft is not None and facts.can_write:
            self._was_touched = True
            self.view.show_draft(facts.draft)
        self.view.say_missing()
        if (is_first or had_focus) and self.isVisible():
            self.first_focus().setFocus()

    def _can_write(self) -> bool:
        return self._facts is not None and self._facts.can_write

    # Writing

    def _content(self) -> dict[str, Any]:
        entries = self.view.form.entries()
        return {
            "items": {entry.item_id: {name: getattr(entry, name) for name in _TYPED} for entry in entries}
        }

    def _edited(self) -> None:
        self._was_touched = True
        self.keeper.touch()

    def _drop_draft(self) -> None:
        self.keeper.forget()
        self._was_touched = False
        self._facts = None
        self.view.clear()
        self.refresh()

    def _assessment(self) -> MonthlySelfAssessment:
        assert self._facts is not None
        return replace(self._facts.page.assessment, entries=self.view.form.entries())

    def _send(self) -> None:
        if self._facts is None or not self._facts.can_write:
            return
        if problems := self._facts.page.problems(self.view.form.entries()):
            self.view.show_problems(problems)
            return
        self.keeper.settle()
        self.write(
            partial(_submit, self.desk.ws, self._assessment(), self._key()),
            changes={Topic.MONTHS},
            on_done=self._sent,
            on_error=self._refused,
        )

    def _sent(self, saved: MonthlySelfAssessment) -> None:
        self._was_touched = False
        month = f"tháng {saved.month.month}"
        name = self._facts.page.member.name if self._facts else ""
        own = f"Đã gửi {month} cho chi bộ. Cảm ơn đồng chí."
        self.view.show_sent(own if self._is_own else f"Đã gửi {month} thay {name}.")
        self.handed_in.emit(saved.month)

    def _refused(self, error: UserError) -> None:
        self._edited()
        if isinstance(error, ValidationFailed):
            self.view.show_problems(error.problems)
        else:
            self.view.message.show_message("error", str(error))
            self.view.area.ensureWidgetVisible(self.view.message)

    def _write_outcome(self, card: ItemCard, is_done: bool) -> None:
        where = (self.desk.ws, self.member_id, self.month.year, card.item.id)
        outcome = Outcome.DONE if is_done else Outcome.IN_PROGRESS
        on = min(self.desk.ws.today(), self.month.last_day) if is_done else None
        undo = partial(set_outcome, *where, card.item.outcome, card.item.finished_on)
        self.write(
            partial(set_outcome, *where, outcome, on),
            changes={Topic.PLEDGES},
            on_done=lambda _none: self.desk.say_done(
                f"Việc {card.number}: {outcome.label.lower()}.",
                lambda: self.write(undo, changes={Topic.PLEDGES}, on_done=lambda _undone: None),
            ),
        )

    # Leaving

    def _leave(self) -> None:
        """A month being written is saved as such; a handed-in one keeps its changes as a draft only."""
        self.keeper.flush()
        facts = self._facts
        if not self._was_touched or facts is None or not facts.can_write:
            return
        if facts.page.assessment.state is MonthState.DRAFT:
            self._was_touched = False
            work = partial(_save, self.desk.ws, self._assessment(), self._key())
            self.write(work, changes={Topic.MONTHS}, on_done=lambda _saved: None)

    def _open_month_number(self, number: int) -> None:
        if not 1 <= number <= 12 or number == self.month.month:
            return
        self._leave()
        self.month = Month(self.month.year, number)
        self.keeper.begin(self._key())
        self._facts, self._was_touched = None, False
        self.view.clear()
        self.refresh()

    def _open_pledge(self) -> None:
        if self.desk.ws.may(Act.LIST_PLEDGES):
            self.desk.go_to("pledges", member=self.member_id, year=str(self.month.year))
        else:
            self.closed.emit()

    def go_back(self) -> bool:
        """Esc: back, with everything typed kept."""
        self.leave(self.closed.emit)
        return True

    def leave(self, then: Callable[[], object]) -> None:
        """Go on to something else once everything typed is kept."""
        self._leave()
        self.keeper.after_kept(then)

    def first_focus(self) -> QWidget:
        """The first card's result, or the strip when there is nothing to write."""
        return self.view.first_focus()


def _read_all(ws: Workspace, member_id: str, month: Month, key: str) -> MonthFacts:
    page, draft = open_month(ws, member_id, month), find_draft(ws, DRAFT_FORM, key)
    may = ws.may(Act.SAVE_MONTH, member_id, month_state(page.assessment))
    return MonthFacts(page, draft, ws.actor.member_id == member_id, ws.looks_only or not may)


def _submit(ws: Workspace, assessment: MonthlySelfAssessment, key: str) -> MonthlySelfAssessment:
    saved = submit_month(ws, assessment)
    drop_draft(ws, DRAFT_FORM, key)
    return saved


def _save(ws: Workspace, assessment: MonthlySelfAssessment, key: str) -> MonthlySelfAssessment:
    """Only what is in the book needs no draft any more."""
    saved = save_month(ws, assessment)
    drop_draft(ws, DRAFT_FORM, key)
    return saved
