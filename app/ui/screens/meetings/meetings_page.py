"""Họp chi bộ: leads from the year's meetings to one meeting's record and its votes, and back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.errors import UserError
from app.domain.meeting import MeetingKind
from app.services.meetings import MeetingList, MeetingPage, list_meetings, open_meeting
from app.ui.desk import Desk
from app.ui.screens.meetings.meeting_editor import MeetingEditor, Place
from app.ui.screens.meetings.meeting_list import MeetingListPage
from app.ui.screens.meetings.votes_view import VotesView


class MeetingsPage(QStackedWidget):
    """Holds the list, over it the meeting being written, over that its votes."""

    help_topic = "meetings"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list_page = MeetingListPage(desk)
        self.addWidget(self.list_page)
        self.editor: MeetingEditor | None = None
        self.votes: VotesView | None = None
        self._opening = self._part = ""
        self.list_page.opened.connect(self.open_meeting)
        self.list_page.begun.connect(self._begin)
        desk.year_changed.connect(lambda _year: self._leave(self._show_list))

    # What is opened

    def open_meeting(self, meeting_id: str, part: str = "") -> None:
        """One meeting of the book."""
        self._opening, self._part = meeting_id, part
        work = partial(open_meeting, self._desk.ws, meeting_id)
        self.list_page.read(work, self._opened, self._gone, key="opening")

    def _opened(self, page: MeetingPage) -> None:
        meeting = page.meeting
        if meeting.id == self._opening:
            self._opening = ""
            editor = self._open(Place(meeting.kind, meeting.year, meeting.month, meeting.id))
            if self._part:
                editor.parts.show_part(self._part)

    def _gone(self, error: UserError) -> None:
        self._desk.background.failed.emit(str(error))

    def _begin(self, kind: str, month: int) -> None:
        self._open(Place(MeetingKind(kind), self._desk.year, month or None))

    def _open(self, place: Place) -> MeetingEditor:
        for page in (self.editor, self.votes):
            self._drop(page)
        self.votes = None
        self.editor = MeetingEditor(self._desk, place)
        self.editor.closed.connect(self._show_list)
        self.editor.votes_requested.connect(self.open_votes)
        self._put(self.editor)
        return self.editor

    def open_votes(self, meeting_id: str) -> None:
        """The votes of a meeting."""
        self._drop(self.votes)
        self.votes = VotesView(self._desk, meeting_id)
        self.votes.closed.connect(self._leave_votes)
        self.votes.attendance_requested.connect(self._to_attendance)
        self._put(self.votes)

    def _put(self, page: QWidget) -> None:
        self._opening = ""
        self.addWidget(page)
        self.setCurrentWidget(page)

    def _leave_votes(self) -> None:
        """Back to the meeting's record, or to the list when the votes were opened from elsewhere."""
        votes, self.votes = self.votes, None
        if self.editor is not None:
            self.setCurrentWidget(self.editor)
            self.editor.first_focus().setFocus()
        elif votes is not None:
            self.open_meeting(votes.meeting_id)
        self._drop(votes)

    def _to_attendance(self) -> None:
        if self.editor is None and self.votes is not None:
            self.open_meeting(self.votes.meeting_id, "attendance")
        else:
            self._leave_votes()
            if self.editor is not None:
                self.editor.parts.show_part("attendance")

    def _show_list(self) -> None:
        chosen = self.editor.meeting_id if self.editor is not None else ""
        editor, votes = self.editor, self.votes
        self.editor = self.votes = None
        self.setCurrentWidget(self.list_page)
        if chosen:
            self.list_page.choose(chosen)
        self.list_page.table.setFocus()
        self._drop(editor)
        self._drop(votes)

    def _drop(self, page: QWidget | None) -> None:
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()

    def _leave(self, then: Callable[[], object]) -> None:
        """Go on once the book or a draft has what was typed."""
        for page in (self.votes, self.editor):
            if page is not None:
                page.flush()
        then()

    # Where

    def show_place(
        self, meeting: str = "", part: str = "", year: str = "", kind: str = "", **_more: str
    ) -> None:
        """Show a meeting, its votes, a new one of a kind, or the list."""
        self._leave(self._show_list)
        if year.isdigit():
            self._desk.set_year(int(year))
        if meeting and part == "votes":
            self.open_votes(meeting)
        elif meeting:
            self.open_meeting(meeting, part)
        elif kind:
            work = partial(list_meetings, self._desk.ws, self._desk.year)
            self.list_page.read(work, partial(self._begin_or_open, kind), self._gone, key="opening")

    def _begin_or_open(self, kind: str, listed: MeetingList) -> None:
        """A meeting of a kind: the one that is in the book, else a new one."""
        known = [line.meeting.id for line in listed.lines if line.meeting.kind.value == kind]
        if known:
            self.open_meeting(known[-1])
        else:
            self._begin(kind, 0)

    def place(self) -> dict[str, str]:
        """The meeting shown now, for coming back to."""
        if self.votes is not None:
            return {"meeting": self.votes.meeting_id, "part": "votes"}
        if self.editor is not None and self.editor.meeting_id:
            return {"meeting": self.editor.meeting_id}
        return {}

    def go_back(self) -> bool:
        """From votes to the meeting, from the meeting to the list; on the list the panel closes first."""
        if self.votes is not None:
            return self.votes.go_back()
        if self.editor is not None:
            return self.editor.go_back()
        return self.list_page.close_panel()

    def first_focus(self) -> QWidget:
        """Where the page shown now begins."""
        if self.votes is not None:
            return self.votes.first_focus()
        return self.editor.first_focus() if self.editor is not None else self.list_page.table
