"""One member's month as the cell reads it: comment, praise or remind, hand back, confirm, open again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.dates import Month
from app.domain.errors import UserError
from app.domain.permissions import Act
from app.domain.record_states import month_state
from app.services.drafts import find_draft
from app.services.months import (
    comment_month,
    confirm_months,
    months_to_confirm,
    open_month,
    reopen_month,
    return_month,
)
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.layout import Column
from app.ui.screens.months.asking import ask_to_reopen, ask_to_return
from app.ui.screens.months.comment_view import CommentFacts, CommentView
from app.ui.screens.months.month_words import clock_time

DRAFT_FORM = "month_comment"


class CommentPage(DeskPage):
    """Ctrl+Enter saves what was said and goes to the next member waiting."""

    topics = frozenset({Topic.MONTHS, Topic.PLEDGES})
    closed = Signal()
    typing_requested = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._member_id = ""
        self._month = Month.of(desk.ws.today())
        self._facts: CommentFacts | None = None
        self.view = CommentView()
        Column(self, spacing=0).addWidget(self.view)
        self.keeper = DraftKeeper(self, DRAFT_FORM, self.view.content)
        self._connect()

    def _connect(self) -> None:
        view = self.view
        for button, act in (
            (view.back, self.go_back),
            (view.before, partial(self._go_to_person, -1)),
            (view.after, partial(self._go_to_person, 1)),
            (view.reopen, self._reopen),
            (view.type, self._type),
            (view.give_back, self._give_back),
            (view.confirm, self._confirm),
            (view.save, self._save),
        ):
            button.clicked.connect(lambda _c=False, act=act: act())
        view.edited.connect(self.keeper.touch)
        view.draft_dropped.connect(self._drop_draft)
        view.strip.month_opened.connect(self._open_other_month)
        self.keeper.kept.connect(lambda when: view.bar.set_saved(f"Đã lưu nháp lúc {clock_time(when)}."))
        QShortcut(QKeySequence("F6"), self, view.next_pane)
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self._open_other_month(self._month.month - 1))
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self._open_other_month(self._month.month + 1))

    # What is shown

    def show_month(self, member_id: str, month: Month) -> None:
        """Show another member, or another month."""
        self.keeper.flush()
        self.keeper.begin(_key(member_id, month))
        self._member_id, self._month, self._facts = member_id, month, None
        self.view.bar.set_saved("")
        self.view.side.day.set_value(None)
        self.view.side.day_field.set_error("")
        self.refresh()

    def reload(self) -> None:
        if self._member_id:
            work = partial(_read_all, self.desk.ws, self._member_id, self._month)
            self.read(work, self._show, key="month")

    def _show(self, facts: CommentFacts) -> None:
        if (facts.page.member.id, facts.page.month) != (self._member_id, self._month):
            return
        is_first = self._facts is None
        typed = self.view.content() if self.keeper.is_waiting and not is_first else None
        self._facts = facts
        self.view.show_facts(facts, typed)
        if is_first and self.isVisible():
            self.first_focus().setFocus()

    def _drop_draft(self) -> None:
        self.keeper.forget()
        self.refresh()

    # What is done

    def _can_write(self) -> bool:
        return self._facts is not None and self._facts.can_write

    def _name(self) -> str:
        return self._facts.page.member.name if self._facts else ""

    def _comment(self) -> Callable[[], None]:
        side = self.view.side
        words = (side.comment.value(), side.mark(), self.view.rows.words())
        return partial(comment_month, self.desk.ws, self._member_id, self._month, *words)

    def _save(self) -> None:
        if self._can_write():
            self._do(self._comment(), "Đã ghi ý kiến")

    def _confirm(self) -> None:
        if not self._can_write():
            return
        day = self.view.side.day.value()
        if day is None:
            self.view.show_day_problem(self.view.side.day.problem() or "Chưa ghi ngày họp.")
            return
        confirm = partial(confirm_months, self.desk.ws, self._month, [self._member_id], day)
        self._do(partial(_one_after_other, self._comment(), confirm), "Đã xác nhận")

    def _give_back(self) -> None:
        reason = ask_to_return(self.desk, self._name(), self._month)
        if not reason:
            return
        # The words per item stay; the general words and the reason are read together by the member.
        words = "\n".join(part for part in (self.view.side.comment.value().strip(), reason) if part)
        give_back = partial(return_month, self.desk.ws, self._member_id, self._month, words)
        self._do(partial(_one_after_other, self._comment(), give_back), "Đã trả lại")

    def _do(self, work: Callable[[], object], act: str) -> None:
        """Save, then on to the next member; what is on the page stays a draft until it is saved."""
        self.write(
            work, changes={Topic.MONTHS}, on_done=lambda _none: self._done(act), on_error=self._refused
        )

    def _done(self, act: str) -> None:
        self.desk.say_done(f"{act} {self._month} của {self._name()}.")
        self.keeper.forget()
        if not self._go_to_person(1):
            self.closed.emit()

    def _refused(self, error: UserError) -> None:
        self.keeper.touch()
        self.view.message.show_message("error", str(error))

    def _reopen(self) -> None:
        name = self._name()
        reason = ask_to_reopen(self.desk, name, self._month)
        if reason:
            self.write(
                partial(reopen_month, self.desk.ws, self._member_id, self._month, reason),
                changes={Topic.MONTHS},
                on_done=lambda _none: self.desk.say_done(f"Đã mở lại {self._month} của {name}."),
                on_error=self._refused,
            )

    def _type(self) -> None:
        self.typing_requested.emit(self._member_id, self._month)

    # Moving about

    def _go_to_person(self, step: int) -> bool:
        """To the next member waiting, going round; False when nobody else waits."""
        waiting = self._facts.waiting if self._facts else ()
        others = [member_id for member_id in waiting if member_id != self._member_id]
        if not others:
            return False
        place = waiting.index(self._member_id) + step if self._member_id in waiting else min(step, 0)
        self.show_month(waiting[place % len(waiting)], self._month)
        return True

    def _open_other_month(self, month: int) -> None:
        if 1 <= month <= 12:
            self.show_month(self._member_id, Month(self._month.year, month))

    def go_back(self) -> bool:
        """Esc: what was typed is kept as a draft."""
        self.keeper.flush()
        self.closed.emit()
        return True

    def first_focus(self) -> QWidget:
        """The first field to write in."""
        return self.view.first_focus()


def _key(member_id: str, month: Month) -> str:
    return f"{member_id}:{month.iso}"


def _read_all(ws: Workspace, member_id: str, month: Month) -> CommentFacts:
    page = open_month(ws, member_id, month)
    waiting: tuple[str, ...] = ()
    if ws.may(Act.READ_MONTHS_TO_CONFIRM):
        waiting = tuple(assessment.member_id for assessment in months_to_confirm(ws, month))
    state = month_state(page.assessment)
    acts = (Act.COMMENT_MONTH, Act.SAVE_MONTH, Act.REOPEN_MONTH)
    rights = frozenset(act for act in acts if ws.may(act, member_id, state))
    draft = find_draft(ws, DRAFT_FORM, _key(member_id, month))
    is_own = member_id == ws.actor.member_id
    return CommentFacts(page, waiting, draft, is_own, ws.looks_only, rights)


def _one_after_other(first: Callable[[], object], second: Callable[[], object]) -> None:
    first()
    second()
