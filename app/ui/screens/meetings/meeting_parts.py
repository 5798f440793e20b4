"""The parts of a meeting's record behind their words: facts, attendance, minutes, each comrade."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.errors import Problem
from app.domain.meeting import Attendance, Meeting, MeetingKind, Presence, Standing, TellerPost
from app.domain.meeting_checks import cautions_in_meeting, problems_in_meeting
from app.services.meetings import MeetingPage
from app.ui.parts.layout import Column, Row
from app.ui.parts.segmented import Segmented
from app.ui.screens.meetings.attendance_part import AttendancePart
from app.ui.screens.meetings.facts_part import FIELDS, FactsPart
from app.ui.screens.meetings.minutes_part import MinutesPart
from app.ui.screens.meetings.notes_part import NotesPart

_WORDS = {
    "facts": "Buổi họp",
    "attendance": "Điểm danh",
    "minutes": "Biên bản",
    "notes": "Kiểm điểm từng đồng chí",
}


class MeetingParts(QWidget):
    """Everything typed of one meeting. ``day_left``: the day was typed, standings are to be found again."""

    edited = Signal()
    day_left = Signal()

    def __init__(self, kind: MeetingKind) -> None:
        super().__init__()
        self.facts, self.attendance = FactsPart(), AttendancePart(kind)
        self.minutes, self.notes = MinutesPart(kind), NotesPart()
        self._parts: dict[str, Any] = {
            "facts": self.facts,
            "attendance": self.attendance,
            "minutes": self.minutes,
        }
        if kind is MeetingKind.REVIEW:
            self._parts["notes"] = self.notes
        self._page: MeetingPage | None = None
        self.tabs = Segmented(
            [(key, _WORDS[key]) for key in self._parts], name="Phần của buổi họp", chosen="facts"
        )
        self.tabs.chosen.connect(self.show_part)
        self._stack = QStackedWidget()
        column = Column(self, spacing=0)
        top = Row(margins=(28, 12, 24, 0))
        top.addWidget(self.tabs)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        for part in self._parts.values():
            self._stack.addWidget(part)
            part.edited.connect(self._edited)
        self.facts.day_left.connect(self.day_left)

    # What it shows

    def show_meeting(self, page: MeetingPage, meeting: Meeting, *, is_editable: bool) -> None:
        """Show a meeting as the book has it."""
        self._page = page
        for part in self._parts.values():
            part.show_meeting(page, meeting, is_editable=is_editable)
        self.show_cautions()

    @property
    def part(self) -> str:
        """The part shown."""
        return self.tabs.choice()

    def show_part(self, key: str) -> None:
        """Show a part and go to its first field."""
        if key in self._parts:
            self.tabs.set_choice(key)
            self._stack.setCurrentWidget(self._parts[key])
            if not self.tabs.isAncestorOf(self.window().focusWidget()):
                self.first_field().setFocus()

    def step(self, step: int) -> None:
        """The part before or after."""
        keys = list(self._parts)
        to = keys.index(self.part) + step
        if 0 <= to < len(keys):
            self.show_part(keys[to])
            self.first_field().setFocus()

    def first_field(self) -> QWidget:
        """Where the part shown begins."""
        field: QWidget = self._parts[self.part].first_field()
        return field

    def go_to(self, field: str) -> None:
        """Bring the person to a field with a problem."""
        if field in FIELDS:
            self.show_part("facts")
            self.facts.fields[field].focus_field()
        else:
            self.show_part("attendance")
            self.attendance.table.setFocus()

    def _edited(self) -> None:
        self.show_cautions()
        self.edited.emit()

    def show_cautions(self) -> None:
        """Say what is unusual in what is written now, each in its part."""
        page = self._page
        if page is None:
            return
        candidates = [each.subject_id for each in page.subjects]
        found = cautions_in_meeting(self.into(page.meeting), page.names, candidates)
        in_attendance = ("attendance", "tellers")
        self.attendance.show_cautions([each for each in found if each.field in in_attendance])
        self.facts.cautions.show_cautions([each for each in found if each.field not in in_attendance])

    # What is written

    def into(self, meeting: Meeting) -> Meeting:
        """The meeting with everything written."""
        for part in self._parts.values():
            meeting = part.into(meeting)
        return meeting

    def problems(self, meeting: Meeting) -> tuple[Problem, ...]:
        """What keeps the meeting as it is written out of the book."""
        if problem := self.facts.day.problem():
            return (Problem("held_on", problem),)
        written = self.into(meeting)
        missing = (Problem("held_on", "Chưa ghi ngày họp."),) if written.held_on is None else ()
        return (*missing, *problems_in_meeting(written))

    def payload(self) -> dict[str, Any]:
        """Everything as a draft keeps it, also what cannot be read yet."""
        lines = [
            [a.member_id, a.standing.value, a.presence.value, a.reason, a.teller.value]
            for a in self.attendance.lines
        ]
        return {
            "facts": self.facts.texts(),
            "minutes": self.minutes.texts(),
            "notes": self.notes.notes(),
            "lines": lines,
        }

    def put_payload(self, payload: dict[str, Any]) -> None:
        """Show what a draft kept."""
        self.facts.put_texts(payload.get("facts", {}))
        self.minutes.put_texts(payload.get("minutes", {}))
        self.notes.put_notes(payload.get("notes", {}))
        kept = {line[0]: line for line in payload.get("lines", [])}
        self.attendance.put_lines(
            [
                _line(kept[line.member_id]) if line.member_id in kept else line
                for line in self.attendance.lines
            ]
        )
        self.show_cautions()


def _line(kept: list[str]) -> Attendance:
    member_id, standing, presence, reason, teller = kept
    return Attendance(member_id, Standing(standing), Presence(presence), reason, TellerPost(teller))
