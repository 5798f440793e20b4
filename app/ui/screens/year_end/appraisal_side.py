"""One member in step 4: points, what the rules allow and why, the committee's grade and words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from app.domain.dates import format_date
from app.domain.grade import Grade
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import FormField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, ScrollBody, rule
from app.ui.parts.segmented import Segmented
from app.ui.screens.year_end.appraisal_rows import AppraisalRow, ViewEntry, points_words, proposal_words
from app.ui.theme import px

_WIDTH, _LEAST_HEIGHT = 336, 320
_GRADES = tuple((grade.value, grade.short) for grade in Grade)


class AppraisalSide(Card):
    """``edited`` says that grade or words were written; ``sheet_requested`` asks for the member's sheet."""

    edited = Signal()
    sheet_requested = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=0, margins=(0, 0, 0, 0))
        self.setAccessibleName("Nhận xét của chi ủy")
        self._shown = ""
        scroll = ScrollBody(spacing=8, margins=(16, 14, 16, 14))
        self.body.addWidget(scroll, 1)
        self.name = Label("", "h2")
        self.points = Label("", "body", "ink2")
        self.proposed = Label("", weight=600)
        self.paragraph = Label("", "cap")
        self.sheet = make_button("outlined", "Mở bản kiểm điểm", "pencil", on_click=self.sheet_requested.emit)
        self.grade = Segmented(_GRADES, name="Mức chi ủy nhận xét")
        self.note = TextArea(placeholder="ưu điểm, hạn chế, ý kiến của chi ủy", min_lines=3, max_lines=8)
        self.recorded = Label("", "cap", "ink2")
        self.grade_field = FormField("Mức chi ủy nhận xét", self.grade)
        self.note_field = FormField("Nhận xét, đánh giá của chi ủy", self.note)
        body = scroll.body
        parts = (self.name, self.points, self.proposed, self.grade_field, self.note_field, self.recorded)
        for part in (*parts, rule(), self.paragraph):
            body.addWidget(part)
        body.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self.grade.chosen.connect(lambda _key: self.edited.emit())
        self.note.edited.connect(self.edited)

    def stand_beside(self, is_beside: bool) -> None:
        """Beside the list, or below it where the window is narrow."""
        if is_beside:
            self.setFixedWidth(px(_WIDTH))
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(0 if is_beside else px(_LEAST_HEIGHT))

    def show_row(self, row: AppraisalRow | None, *, has_points: bool, may_write: bool) -> None:
        """Show a member; what is being typed of the same member is left as it is."""
        is_same = row is not None and row.id == self._shown and row.entry is not None
        self._shown = row.id if row else ""
        for part in (self.sheet, self.grade_field, self.note_field):
            part.setVisible(row is not None)
        self.name.setText(row.line.member.name if row else "")
        if row is None:
            self.points.setText("Chọn một đồng chí trong danh sách.")
            for label in (self.proposed, self.paragraph, self.recorded):
                label.setText("")
            return
        self.sheet.setAccessibleName(f"Mở bản kiểm điểm: {row.line.member.name}")
        self.points.setText(_points_line(row, has_points))
        proposal = row.line.proposal
        self.proposed.setText(f"Theo quy định: {proposal_words(proposal)}" if proposal else row.standing)
        self.paragraph.setText(proposal.paragraph if proposal else "")
        self.paragraph.setVisible(proposal is not None)
        self.grade.setEnabled(may_write)
        self.note.setReadOnly(not may_write)
        self.grade_field.set_error("")
        if not is_same:
            self.grade.set_choice(row.grade)
            self.note.set_value(row.note)
        view = row.line.view
        day = f" ngày {format_date(view.dated_on)}" if view and view.dated_on else ""
        waiting = "Chưa ghi vào sổ." if row.entry is not None else ""
        self.recorded.setText(waiting or (f"Đã ghi{day}." if view else ""))

    def entry(self) -> ViewEntry:
        """What stands in the fields."""
        return ViewEntry(self.grade.choice(), self.note.value())


def _points_line(row: AppraisalRow, has_points: bool) -> str:
    parts = []
    if has_points:
        own, cells = points_words(row.line.own_points), points_words(row.line.appraised_points)
        parts.append(f"Tự chấm {own}/100" if own else "Chưa tự chấm đủ điểm")
        if cells:
            parts.append(f"chi ủy chấm {cells}/100")
    if row.self_grade:
        parts.append(f"tự nhận {row.self_grade}")
    words = " · ".join(parts) or row.standing
    return words[:1].upper() + words[1:]
