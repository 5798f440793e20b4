"""One meeting's record: written part by part, kept while typing, in the book on leaving."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.errors import Conflict, Problem, UserError, ValidationFailed
from app.domain.meeting import Attendance, Meeting, MeetingKind
from app.services import drafts
from app.services.drafts import StoredDraft
from app.services.meetings import MeetingPage, attendance_on, new_meeting, open_meeting, save_meeting
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, Chip
from app.ui.parts.layout import Column
from app.ui.parts.messages import MessageBar, ProblemList
from app.ui.parts.page import ActionBar, PageHeader
from app.ui.screens.meetings.meeting_parts import MeetingParts
from app.ui.screens.meetings.meeting_words import meeting_facts, meeting_title

_FORM = "meeting"


@dataclass(frozen=True, slots=True)
class Place:
    """Which meeting: one in the book, or a new one of a kind, year and month."""

    kind: MeetingKind
    year: int
    month: int | None = None
    meeting_id: str = ""

    @property
    def key(self) -> str:
        """What its draft is kept under."""
        return self.meeting_id or f"new/{self.kind.value}/{self.year}/{self.month or 0}"


@dataclass(frozen=True, slots=True)
class _Opened:
    page: MeetingPage
    draft: StoredDraft | None


def _open(ws: Workspace, place: Place) -> _Opened:
    if place.meeting_id:
        page = open_meeting(ws, place.meeting_id)
    else:
        page = new_meeting(ws, place.kind, place.year, place.month)
    return _Opened(page, drafts.find_draft(ws, _FORM, place.key))


class MeetingEditor(DeskPage):
    """``closed``: back to the list. ``votes_requested`` carries the id of a meeting that is in the book."""

    closed = Signal()
    votes_requested = Signal(str)
    topics = frozenset({Topic.MEETINGS, Topic.MEMBERS})
    help_topic = "meetings"

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk)
        self._place = place
        self._page: MeetingPage | None = None
        self._kept: dict[str, Any] = {}
        self._then: Callable[[], object] | None = None
        self._is_saving = False
        self.keeper = DraftKeeper(self, _FORM, self._typed, self.keep)
        self.keeper.begin(place.key)
        self.keeper.kept.connect(lambda at: self.bar.set_saved(f"Đã lưu nháp lúc {at[11:16]}."))
        self._build()

    @property
    def meeting_id(self) -> str:
        """The meeting's id, "" while it is not in the book."""
        return self._place.meeting_id

    def _build(self) -> None:
        self.back = make_button("outlined", "Các buổi họp", "arrow-left", "Esc", self.go_back)
        self.locked = Chip(LOCKED)
        self.locked.hide()
        is_review = self._place.kind is MeetingKind.REVIEW
        self.votes = make_button("outlined", "Kiểm phiếu", "scale", None, self.open_votes)
        self.votes.setVisible(is_review)
        self.print = make_button("outlined", "In biên bản", "printer", "Ctrl+P", self._print)
        blank = Meeting(self._place.kind, self._place.year, self._place.month)
        self.header = PageHeader(
            meeting_title(blank), "", (self.locked, self.votes, self.print), lead=self.back
        )
        column = Column(self, spacing=0)
        column.addWidget(self.header)
        notes = Column(spacing=8, margins=(28, 10, 24, 0))
        self.message, self.problems = MessageBar(), ProblemList()
        notes.addWidget(self.message)
        notes.addWidget(self.problems)
        column.addLayout(notes)
        self.parts = MeetingParts(self._place.kind)
        self.parts.edited.connect(self._edited)
        self.parts.day_left.connect(self._day_left)
        self.problems.problem_chosen.connect(self.parts.go_to)
        column.addWidget(self.parts, 1)
        self.save_button = make_button("filled", "Lưu buổi họp", "check", "Ctrl+Enter", self.save, large=True)
        self.bar = ActionBar(self.save_button)
        column.addWidget(self.bar)
        self.parts.hide()
        self.bar.hide()
        step_back, step_on = partial(self.parts.step, -1), partial(self.parts.step, 1)
        acts: dict[str, Callable[[], None]] = {"Ctrl+PgUp": step_back, "Ctrl+PgDown": step_on}
        for keys, act in {**acts, "Ctrl+S": self.keep}.items():
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Reading

    def reload(self) -> None:
        if self._typed() is None:  # what is being typed is not read over
            self.read(partial(_open, self.desk.ws, self._place), self._show, self._not_opened, key="meeting")

    def _data_changed(self, topics: frozenset[Topic], owner: object) -> None:
        if owner is not self:
            super()._data_changed(topics, owner)

    def _not_opened(self, error: UserError) -> None:
        self.parts.hide()
        self.bar.hide()
        self.message.show_message("warning", str(error))

    def _show(self, opened: _Opened) -> None:
        is_first = self._page is None
        page = self._page = opened.page
        can_write = self.can_write
        self.parts.show_meeting(page, page.meeting, is_editable=can_write)
        self._kept = self.parts.payload()
        self.locked.setVisible(page.is_closed)
        self.parts.show()
        self.bar.setVisible(can_write)
        self._show_header(page.meeting)
        if opened.draft is not None and can_write:
            self._bring_back(opened.draft)
        if is_first and self.isVisible():
            self.parts.first_field().setFocus()

    def _bring_back(self, draft: StoredDraft) -> None:
        self.parts.put_payload(draft.payload)
        if self._typed() is None:
            return
        day = format_date(date.fromisoformat(draft.saved_at[:10]))
        words = f"Đã lấy lại những gì đồng chí gõ dở lúc {draft.saved_at[11:16]} ngày {day}."
        self.message.show_message("info", words, "Bỏ phần ghi dở", self._give_up)

    def _give_up(self) -> None:
        self.keeper.forget()
        self.message.close_message()
        self.problems.show_problems(())
        self._kept = self.parts.payload()  # nothing of it counts as typed any more
        self.reload()

    def _show_header(self, meeting: Meeting) -> None:
        rounds = self._page.round_count if self._page is not None else 0
        self.header.set_title(meeting_title(meeting))
        self.header.set_facts(meeting_facts(meeting, rounds))

    @property
    def can_write(self) -> bool:
        """Whether this meeting can be written in now."""
        return self._page is not None and not self._page.is_closed and not self.desk.ws.looks_only

    # Typing

    def _typed(self) -> dict[str, Any] | None:
        if self._page is None or not self.can_write:
            return None
        payload = self.parts.payload()
        return None if payload == self._kept else payload

    def _edited(self) -> None:
        self.keeper.touch()
        self.bar.set_note("")

    def _day_left(self) -> None:
        """Another day: who is what on it is found again."""
        page, day = self._page, self.parts.facts.day.value()
        if page is None or day is None or day == page.meeting.held_on or not self.can_write:
            return
        work = partial(attendance_on, self.desk.ws, page.meeting, day, self.parts.attendance.lines)
        self.read(work, self._lines_found, key="lines")

    def _lines_found(self, lines: Sequence[Attendance]) -> None:
        if lines != self.parts.attendance.lines:
            self.parts.attendance.put_lines(lines)
            self.parts.show_cautions()
            self.keeper.touch()

    # Saving

    def _problems(self) -> tuple[Problem, ...]:
        """What keeps it out of the book now."""
        return self.parts.problems(self._page.meeting) if self._page is not None else ()

    def save(self) -> None:
        """Lưu buổi họp; problems are said beside their fields."""
        if problems := self._problems():
            self._say_problems(problems)
            self.keeper.flush()
            return
        self._save()

    def keep(self) -> None:
        """What was typed goes into the book where it can, else into the draft."""
        if self._typed() is None or self._problems():
            self.keeper.flush()
        else:
            self._save()

    def _save(self) -> None:
        if self._page is None or self._is_saving or not self.can_write:
            return
        self._is_saving = True
        self.keeper.settle()
        sent = self.parts.payload()
        key = self._place.key
        work = partial(_save_and_drop, self.desk.ws, self.parts.into(self._page.meeting), key)
        self.write(
            work, changes={Topic.MEETINGS}, on_done=partial(self._saved, sent), on_error=self._not_saved
        )

    def _saved(self, sent: dict[str, Any], meeting: Meeting) -> None:
        assert self._page is not None
        self._is_saving = False
        self._kept = sent
        self._place = replace(self._place, meeting_id=meeting.id, month=meeting.month)
        self._page = replace(self._page, meeting=meeting)
        self.keeper.begin(self._place.key, is_stored=False)
        if self._typed() is not None:
            self.keeper.touch()
        self._say_problems(())
        self.message.close_message()
        self.bar.set_saved(f"Đã lưu lúc {self.desk.ws.now()[11:16]}.")
        self._show_header(meeting)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _not_saved(self, error: UserError) -> None:
        self._is_saving = False
        self._then = None
        self.keeper.touch()
        self.keeper.flush()
        if isinstance(error, ValidationFailed):
            self._say_problems(error.problems)
        elif isinstance(error, Conflict):
            self.message.show_message("warning", str(error), "Xem bản trong sổ", self._give_up)
        else:
            self.message.show_message("error", str(error), "Lưu lại", self.save)

    def _say_problems(self, problems: tuple[Problem, ...]) -> None:
        self.parts.facts.show_problems(problems)
        self.problems.show_problems(problems)
        if problems:
            self.parts.go_to(problems[0].field)

    # Ways on

    def _after_kept(self, then: Callable[[], object], *, needs_book: bool) -> None:
        """Go on once everything typed is kept; ``needs_book``: only once it is in the book."""
        if self._typed() is None and (self.meeting_id or not needs_book):
            self.keeper.after_kept(then)
        elif problems := self._problems():
            if needs_book:
                self._say_problems(problems)
            else:
                self.desk.say_done("Phần đang ghi được giữ làm nháp, mở lại buổi họp để ghi tiếp.")
                self.keeper.after_kept(then)
        else:
            self._then = then
            self._save()

    def open_votes(self) -> None:
        """Kiểm phiếu: the record is saved first, votes are counted on its attendance."""
        if self.can_write:
            self._after_kept(lambda: self.votes_requested.emit(self.meeting_id), needs_book=True)
        elif self.meeting_id:
            self.votes_requested.emit(self.meeting_id)

    def _print(self) -> None:
        paper = "review_minutes" if self._place.kind is MeetingKind.REVIEW else "monthly_minutes"
        go = partial(self.desk.go_to, "papers", paper=paper)
        self._after_kept(go, needs_book=self.can_write)

    def go_back(self) -> bool:
        """Back to the list; what was typed is kept."""
        self._after_kept(self.closed.emit, needs_book=False)
        return True

    def flush(self) -> None:
        """Everything typed is kept now."""
        self.keep()

    def first_focus(self) -> QWidget:
        """Where the part shown begins."""
        return self.parts.first_field()


def _save_and_drop(ws: Workspace, meeting: Meeting, key: str) -> Meeting:
    saved = save_meeting(ws, meeting)
    drafts.drop_draft(ws, _FORM, key)
    return saved
