"""What was said of each subject at the review meeting, own grade and the committee's view beside it."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.grade import Grade
from app.domain.meeting import Meeting, MeetingNote
from app.services.meetings import MeetingPage, ReviewedSubject
from app.ui.parts.fields import FormField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.page import logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.theme import px, theme
from app.ui.tokens import RAIL_WIDTH

_FIELDS = {
    "summary": "Tóm tắt tự kiểm điểm",
    "opinions": "Ý kiến góp ý (ai, nội dung)",
    "accepted": "Ý kiến tiếp thu",
    "conclusion": "Kết luận của chủ trì",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One subject with whether anything was written of it."""

    number: int
    subject: ReviewedSubject
    is_written: bool


_COLUMNS: tuple[TableColumn[_Row], ...] = (
    TableColumn("TT", lambda r: str(r.number), "center", 40, role="cap", tone="ink2"),
    TableColumn(
        "Thứ tự kiểm điểm",
        lambda r: r.subject.name,
        width=150,
        stretch=1,
        bold=True,
        below=lambda r: r.subject.post,
    ),
    TableColumn("Ghi", lambda r: "Đã ghi" if r.is_written else "", width=72, tone="ink2", role="cap"),
)


class NotesPart(QWidget):
    """Subjects at the left, the chosen one's notes at the right."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._subjects: tuple[ReviewedSubject, ...] = ()
        self._notes: dict[str, MeetingNote] = {}
        self._is_editable = True
        self._is_showing = False
        self.table: RecordTable[_Row] = RecordTable(
            _COLUMNS, lambda r: r.subject.subject_id, name="Thứ tự kiểm điểm", row_height=36
        )
        self.name = Label("", "h3")
        self.facts = Label("", "body", "ink2")
        self.areas = {name: TextArea(min_lines=3, max_lines=10) for name in _FIELDS}
        self._build()
        self.table.current_changed.connect(lambda _row: self._show_current())
        self.table.opened.connect(lambda _row: self.areas["summary"].setFocus())
        for name, area in self.areas.items():
            area.edited.connect(lambda name=name: self._typed(name))
        theme.changed.connect(self._fit)

    def _build(self) -> None:
        whole = ScrollBody(spacing=0, margins=(28, 12, 24, 14), fills=True)
        Column(self, spacing=0).addWidget(whole)
        self._middle = Row(spacing=14)
        self._middle.addWidget(self.table)
        self._card = card = Card(margins=(0, 0, 0, 0))
        scroll = ScrollBody(margins=(16, 12, 16, 14), spacing=10)
        card.body.addWidget(scroll)
        scroll.body.addWidget(self.name)
        scroll.body.addWidget(self.facts)
        for name, heading in _FIELDS.items():
            scroll.body.addWidget(FormField(heading, self.areas[name]))
        self._middle.addWidget(card, 1)
        whole.body.addLayout(self._middle, 1)

    # What it shows

    def show_meeting(self, page: MeetingPage, meeting: Meeting, *, is_editable: bool) -> None:
        """Show everybody spoken about."""
        self._subjects, self._is_editable = page.subjects, is_editable
        for area in self.areas.values():
            area.setReadOnly(not is_editable)
        self._notes = {note.subject_id: note for note in meeting.notes}
        self._show_rows()
        self._show_current()

    def _show_rows(self) -> None:
        self.table.set_records(
            [
                _Row(number, each, self._note(each.subject_id) != MeetingNote(each.subject_id))
                for number, each in enumerate(self._subjects, 1)
            ]
        )

    def _note(self, subject_id: str) -> MeetingNote:
        return self._notes.get(subject_id, MeetingNote(subject_id))

    def _show_current(self) -> None:
        row = self.table.current_record()
        if row is None or self._is_showing:
            return
        subject = row.subject
        self.name.setText(f"{subject.name}, {subject.post}" if subject.post else subject.name)
        self.facts.setText(_facts(subject))
        note = self._note(subject.subject_id)
        for name, area in self.areas.items():
            if area.value().strip() != getattr(note, name).strip():
                area.set_value(getattr(note, name))

    def _typed(self, name: str) -> None:
        row = self.table.current_record()
        if row is None or not self._is_editable:
            return
        subject_id = row.subject.subject_id
        changed: dict[str, Any] = {name: self.areas[name].value()}
        self._notes[subject_id] = replace(self._note(subject_id), **changed)
        if row.is_written != (self._notes[subject_id] != MeetingNote(subject_id)):
            self._is_showing = True
            self._show_rows()
            self._is_showing = False
        self.edited.emit()

    # What is written

    def notes(self) -> dict[str, dict[str, str]]:
        """What is written of each subject."""
        return {
            subject_id: {name: getattr(note, name) for name in _FIELDS}
            for subject_id, note in self._notes.items()
            if note != MeetingNote(subject_id)
        }

    def put_notes(self, notes: dict[str, dict[str, str]]) -> None:
        """Show what was written before."""
        self._notes = {subject_id: MeetingNote(subject_id, **texts) for subject_id, texts in notes.items()}
        self._show_rows()
        self._show_current()

    def into(self, meeting: Meeting) -> Meeting:
        """The meeting with these notes."""
        kept = tuple(MeetingNote(subject_id, **texts) for subject_id, texts in self.notes().items())
        return replace(meeting, notes=kept)

    def first_field(self) -> QWidget:
        """The list."""
        return self.table

    # Layout

    def _fit(self) -> None:
        is_narrow = logical_width(self) < RAIL_WIDTH
        directions = QBoxLayout.Direction
        self._middle.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        self.table.setMinimumWidth(0 if is_narrow else px(310))
        self.table.setMaximumWidth(16777215 if is_narrow else px(310))
        self.table.setMinimumHeight(px(150))
        self._card.setMinimumHeight(px(330) if is_narrow else px(150))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)


def _facts(subject: ReviewedSubject) -> str:
    def words(grade: Grade | None) -> str:
        return grade.label if grade else "chưa ghi"

    view = subject.committee
    said = f"Tự nhận: {words(subject.self_grade)}. Chi ủy: {words(view.grade if view else None)}."
    note = view.note.strip() if view else ""
    return f"{said} {note}" if note else said
