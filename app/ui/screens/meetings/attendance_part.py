"""Điểm danh: who came, ticked from the keyboard; whose presence counts for the majority is said beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.attendance import count_attendance, denominator
from app.domain.errors import Problem
from app.domain.meeting import Attendance, Meeting, MeetingKind, Presence, Standing, TellerPost
from app.domain.rule_set import MajorityBase
from app.services.meetings import MeetingPage
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.page import logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.meetings.attendance_side import TELLERS, AttendanceSide
from app.ui.screens.meetings.cautions import Cautions
from app.ui.screens.meetings.meeting_words import PRESENCE_CHIPS, attendance_words
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH

_CYCLE = (Presence.UNKNOWN, Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)
_LETTERS = {
    Qt.Key.Key_C: Presence.PRESENT,
    Qt.Key.Key_V: Presence.EXCUSED,
    Qt.Key.Key_K: Presence.ABSENT,
}
_AWAY = (Presence.EXCUSED, Presence.ABSENT)
# Whom "Có mặt cả" ticks: who is expected. Exempt members and those away are ticked one by one.
_EXPECTED = (Standing.OFFICIAL, Standing.PROBATIONARY, Standing.TEMPORARY_HERE)


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One member's line with what the table says around it."""

    number: int
    name: str
    post: str
    line: Attendance


def _standing(row: AttendanceRow) -> str:
    return "" if row.line.standing is Standing.OFFICIAL else row.line.standing.label


def _reason(row: AttendanceRow) -> str:
    return row.line.reason if row.line.presence in _AWAY else ""


def _columns(*, has_tellers: bool) -> tuple[TableColumn[AttendanceRow], ...]:
    columns: list[TableColumn[AttendanceRow]] = [
        TableColumn("TT", lambda r: str(r.number), "center", 36, role="cap", tone="ink2"),
        TableColumn("Họ và tên", lambda r: r.name, width=160, stretch=3, bold=True, below=lambda r: r.post),
        TableColumn("Tư cách", _standing, width=110, stretch=2, tone="ink2"),
        TableColumn(
            "Điểm danh",
            lambda r: r.line.presence.label,
            width=156,
            tone="ink3",
            chip=lambda r: PRESENCE_CHIPS.get(r.line.presence),
        ),
        TableColumn("Lý do vắng", _reason, width=90, stretch=2, tone="ink2"),
    ]
    if has_tellers:
        columns.append(TableColumn("Kiểm phiếu", lambda r: TELLERS.get(r.line.teller, ""), width=94))
    return tuple(columns)


class AttendanceTable(RecordTable[AttendanceRow]):
    """Space goes through the marks; C and K set one and go on to the next row, V asks for the reason."""

    marked = Signal(object)
    excused = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_record()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        key = Qt.Key(event.key())
        if row is None or not plain or (key != Qt.Key.Key_Space and key not in _LETTERS):
            super().keyPressEvent(event)
            return
        if key == Qt.Key.Key_Space:
            place = _CYCLE.index(row.line.presence) + 1
            self.marked.emit(_CYCLE[place % len(_CYCLE)])
        else:
            self.marked.emit(_LETTERS[key])
            if key == Qt.Key.Key_V:
                self.excused.emit()
            else:
                self.go_down()

    def go_down(self) -> None:
        """The next row, if there is one."""
        below = self.currentIndex().row() + 1
        if below < self.records.rowCount():
            self.choose(self.records.key(self.records.record_at(below)))


class AttendancePart(QWidget):
    """The table, the chosen member's line beside it, the counts above."""

    edited = Signal()

    def __init__(self, kind: MeetingKind) -> None:
        super().__init__()
        self._lines: tuple[Attendance, ...] = ()
        self._names: dict[str, str] = {}
        self._posts: dict[str, str] = {}
        self._base = MajorityBase.CONVENED
        self._is_editable = True
        has_tellers = kind is MeetingKind.REVIEW
        self.table = AttendanceTable(
            _columns(has_tellers=has_tellers), lambda r: r.line.member_id, name="Điểm danh", row_height=36
        )
        self.side = AttendanceSide(has_tellers=has_tellers)
        self.everybody = make_button("outlined", "Có mặt cả", "check-check", None, self.mark_everybody)
        self.counts = Label("", "body", weight=600)
        self.working = Label("", "cap", "ink2")
        self.cautions = Cautions()
        self._build()
        self.table.marked.connect(self._mark)
        self.table.current_changed.connect(lambda _row: self._show_side())
        self.table.opened.connect(lambda _row: self._ask_reason())
        self.table.excused.connect(self._ask_reason)
        self.side.reason.returnPressed.connect(self._reason_given)
        self.side.changed.connect(self._side_changed)
        theme.changed.connect(self._fit)

    def _build(self) -> None:
        whole = ScrollBody(margins=(28, 12, 24, 14), spacing=10, fills=True)
        Column(self, spacing=0).addWidget(whole)
        top = Row(spacing=14)
        words = Column(spacing=0)
        words.addWidget(self.counts)
        words.addWidget(self.working)
        top.addLayout(words, 1)
        top.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.body.addLayout(top)
        self._middle = Row(spacing=14)
        self._middle.addWidget(self.table, 1)
        self._middle.addWidget(self.side)
        whole.body.addLayout(self._middle, 1)
        whole.body.addWidget(self.cautions)  # below: what comes and goes must not move the rows being ticked
        hint = "Dấu cách đổi dấu. C có mặt, V vắng có lý do và gõ lý do, K vắng không lý do. Enter sửa lý do."
        self.hint = Label(hint, "cap", "ink2")
        whole.body.addWidget(self.hint)

    # What it shows

    def show_meeting(self, page: MeetingPage, meeting: Meeting, *, is_editable: bool) -> None:
        """Show everybody's line."""
        self._names, self._posts = page.names, page.posts
        self._base = meeting.majority_base or page.vote_rule.majority_base
        self._is_editable = is_editable
        self.everybody.setVisible(is_editable)
        self.hint.setVisible(is_editable)
        self.put_lines(meeting.attendance)

    def put_lines(self, lines: Sequence[Attendance]) -> None:
        """Show these lines; the cursor stays."""
        self._lines = tuple(lines)
        self.table.set_records(
            [
                AttendanceRow(number, self._names.get(a.member_id, ""), self._posts.get(a.member_id, ""), a)
                for number, a in enumerate(self._lines, 1)
            ]
        )
        counts = count_attendance(self._lines)
        self.counts.setText(f"{counts.members} đồng chí. {attendance_words(counts)}.")
        base = MajorityBase.CONVENED if self._base is MajorityBase.VALID else self._base
        found = denominator(self._lines, base)
        self.working.setText(f"Tính quá nửa trên {found.name}: {found.working}")
        self._show_side()

    def _show_side(self) -> None:
        row = self.table.current_record()
        self.side.show_line(row.name if row else "", row.line if row else None, self._is_editable)

    @property
    def lines(self) -> tuple[Attendance, ...]:
        """The lines as they stand."""
        return self._lines

    def into(self, meeting: Meeting) -> Meeting:
        """The meeting with these lines."""
        return replace(meeting, attendance=self._lines)

    def show_cautions(self, problems: Sequence[Problem]) -> None:
        """Say what should be looked at again."""
        self.cautions.show_cautions(problems)

    # What a person does

    def _mark(self, presence: Presence) -> None:
        row = self.table.current_record()
        if row is not None and self._is_editable:
            self._put(replace(row.line, presence=presence))

    def _ask_reason(self) -> None:
        """The reason of somebody away; who came has none."""
        row = self.table.current_record()
        if row is not None and self._is_editable and row.line.presence in _AWAY:
            self.side.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reason_given(self) -> None:
        """Enter after the reason: the next row of the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.go_down()

    def _side_changed(self, line: Attendance) -> None:
        self._put(line)

    def _put(self, line: Attendance) -> None:
        def changed(old: Attendance) -> Attendance:
            if old.member_id == line.member_id:
                return line
            if line.teller is TellerPost.HEAD and old.teller is TellerPost.HEAD:
                return replace(old, teller=TellerPost.MEMBER)  # there is one head
            return old

        self.put_lines([changed(each) for each in self._lines])
        self.edited.emit()

    def mark_everybody(self) -> None:
        """Có mặt cả: everybody expected whom nobody ticked yet."""
        self.put_lines(
            [
                replace(line, presence=Presence.PRESENT)
                if line.presence is Presence.UNKNOWN and line.standing in _EXPECTED
                else line
                for line in self._lines
            ]
        )
        self.edited.emit()
        self.table.setFocus()

    def first_field(self) -> QWidget:
        """The table."""
        return self.table

    # Layout

    def _fit(self) -> None:
        is_narrow = logical_width(self) < FULL_WIDTH
        directions = QBoxLayout.Direction
        self._middle.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        self.table.setMinimumHeight(px(250))
        self.side.setMinimumWidth(0 if is_narrow else px(300))
        self.side.setMaximumWidth(16777215 if is_narrow else px(300))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)
