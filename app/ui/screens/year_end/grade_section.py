"""The grades: the member's own, what points and conditions allow and why, cases, the cell's grades."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.form_template import Section, SectionKind
from app.domain.grade import Grade, SubjectKind
from app.domain.grade_notes import civil_note
from app.domain.review import CivilGrade, GradeStage, ReviewState
from app.domain.rule_set import BlockCase, PeriodKind
from app.services.reviews import with_self_grade
from app.ui.desk import Desk
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Grid, Row
from app.ui.parts.segmented import Segmented
from app.ui.parts.tick_box import TickBox
from app.ui.screens.year_end.grade_rows import GRADE_OPTIONS, GradeRows
from app.ui.screens.year_end.review_sheet import ReviewSheet
from app.ui.screens.year_end.section_editor import LongSection
from app.ui.screens.year_end.task_panel import TaskPanel

_QUOTE = (14, 12, 14, 12)


def _has_civil_grade(sheet: ReviewSheet) -> bool:
    """Nobody outside the political system has one, no collective, and no quarter."""
    without = (SubjectKind.OUTSIDE, SubjectKind.COLLECTIVE)
    return sheet.review.subject_kind not in without and sheet.review.key.kind is not PeriodKind.QUARTER


class GradeSection(LongSection):
    """``record_requested`` carries a StageGrade, ``clear_requested`` a stage, ``close_requested`` nothing."""

    record_requested = Signal(object)
    clear_requested = Signal(object)
    close_requested = Signal()

    def __init__(self, sheet: ReviewSheet, section: Section, desk: Desk) -> None:
        super().__init__(sheet, section)
        self.tasks: TaskPanel | None = None
        self._add_own_grade()
        if not any(each.kind is SectionKind.SCORES for each in sheet.sections):
            self.tasks = TaskPanel(sheet, desk)
            self.tasks.changed.connect(self._changed)
            self.body.addWidget(self.tasks)
        self.civil_note = Label("", "cap", "late")
        self.civil_note.hide()
        if _has_civil_grade(sheet):
            self._add_civil_grade()
        self._add_proposal()
        self.ticks: dict[str, TickBox] = {}
        if sheet.leads and sheet.tickable_cases():
            self._add_cases(sheet.tickable_cases())
        self._add_cells_grades()
        self.body.addStretch(1)
        self._show_proposal()

    # The member's own

    def _add_own_grade(self) -> None:
        choices = {choice.key: choice.label for choice in self.section.grades}
        name = "Mức tự xếp loại" if self.sheet.review.key.is_collective else "Mức tự nhận"
        self.body.addWidget(Label(choices.get("self_grade") or name, weight=600))
        self.own = Segmented(GRADE_OPTIONS, name=name)
        own = self.sheet.review.grade_at(GradeStage.SELF)
        self.own.set_choice(own.value if own else "")
        self.own.setEnabled(not self.sheet.is_locked)
        self.own.chosen.connect(self._choose_own)
        self.body.addWidget(self.own, 0, Qt.AlignmentFlag.AlignLeft)
        self.own_problem = Label("", "cap", "bad", weight=600)
        self.own_problem.hide()
        self.body.addWidget(self.own_problem)
        self.day = DateField(self.sheet.review.dated_on)
        self.day.setEnabled(not self.sheet.is_locked)
        self.day.edited.connect(self._day_edited)
        row = Row()
        row.addWidget(FormField(f"Ngày viết {self.sheet.paper_name.lower()}", self.day), 1)
        row.addStretch(1)
        self.body.addLayout(row)

    def _choose_own(self, key: str) -> None:
        self.sheet.review = with_self_grade(self.sheet.review, Grade(key) if key else None)
        self.own_problem.hide()
        self._changed()

    def _day_edited(self) -> None:
        self.sheet.review = replace(self.sheet.review, dated_on=self.day.value())
        self._changed()

    def _add_civil_grade(self) -> None:
        civil = self.sheet.review.civil
        card = Card(kind="quote", margins=_QUOTE)
        card.body.addWidget(Label("Nơi công tác xếp loại cán bộ, công chức, viên chức", weight=600))
        self.civil_grade = Choice((("", "chưa có"), *GRADE_OPTIONS))
        self.civil_grade.set_value(civil.grade.value if civil.grade else "")
        self.civil_day = DateField(civil.dated_on)
        self.civil_decision = LineField(civil.decision, "số quyết định")
        is_locked = self.sheet.is_locked
        self.civil_grade.setEnabled(not is_locked)
        self.civil_day.setEnabled(not is_locked)
        self.civil_decision.setReadOnly(is_locked)
        self.civil_grade.chosen.connect(lambda _key: self._civil_edited())
        self.civil_day.edited.connect(self._civil_edited)
        self.civil_decision.edited.connect(lambda _text: self._civil_edited())
        grid = Grid()
        grid.addWidget(FormField("Mức xếp loại", self.civil_grade), 0, 0, 1, 2)
        grid.addWidget(FormField("Ngày quyết định", self.civil_day), 1, 0)
        grid.addWidget(FormField("Quyết định", self.civil_decision), 1, 1)
        card.body.addLayout(grid)
        card.body.addWidget(self.civil_note)
        self.body.addWidget(card)
        self._show_civil_note()

    def _show_civil_note(self) -> None:
        """The office's grade comes first, with its day and decision."""
        review = self.sheet.review
        note = civil_note(review, review.subject_kind) if review.civil.grade else ""
        self.civil_note.setText(note)
        self.civil_note.setVisible(bool(note) and self.civil_note.parent() is not None)

    def _civil_edited(self) -> None:
        grade = self.civil_grade.value()
        civil = CivilGrade(
            Grade(grade) if grade else None, self.civil_day.value(), self.civil_decision.value()
        )
        self.sheet.review = replace(self.sheet.review, civil=civil)
        self._show_civil_note()
        self._changed()

    # What the rules allow

    def _add_proposal(self) -> None:
        card = Card(kind="pri", margins=_QUOTE)
        head = Row(spacing=12)
        by_points = self.sheet.profile is not None  # the sheets of 2018-2024 have levels, no points
        allowed = "Mức mà điểm và điều kiện cho phép" if by_points else "Mức mà điều kiện cho phép"
        head.addWidget(Label(allowed, weight=600), 1)
        self.unchecked = Chip(UNCHECKED_SOURCE)
        head.addWidget(self.unchecked)
        card.body.addLayout(head)
        self.proposed = Label("", "h3", weight=600)
        self.reason = Label("")
        self.asks = Label("", weight=600, tone="late")
        self.warnings = Label("", tone="late")
        for part in (self.proposed, self.reason, self.asks, self.warnings):
            card.body.addWidget(part)
        card.body.addWidget(
            Label("Chỉ để đối chiếu; mức xếp loại do người có thẩm quyền quyết định.", "cap", "ink2")
        )
        self.body.addWidget(card)

    def _show_proposal(self) -> None:
        proposal = self.sheet.proposal()
        self.proposed.setText(proposal.grade.label if proposal.grade else "")
        self.proposed.setVisible(proposal.grade is not None)
        self.reason.setText(proposal.reason)
        for label, sentences in ((self.asks, proposal.asks), (self.warnings, proposal.warnings)):
            label.setText("\n".join(sentences))
            label.setVisible(bool(sentences))
        self.unchecked.setVisible(not self.sheet.is_proposal_checked())

    def _changed(self) -> None:
        self._show_proposal()
        self.changed.emit()

    def _add_cases(self, cases: tuple[BlockCase, ...]) -> None:
        card = Card(kind="quote", margins=_QUOTE, spacing=6)
        card.body.addWidget(Label("Trường hợp xếp loại không hoàn thành nhiệm vụ (nếu có)", weight=600))
        for case in cases:
            note = f"Xem xét giảm nhẹ: {case.relief}. {case.source}" if case.relief else case.source
            tick = self.ticks[case.code] = TickBox(f"{case.code}. {case.label}", below=note)
            tick.setChecked(case.code in self.sheet.review.block_cases)
            tick.setEnabled(not self.sheet.is_locked)
            tick.toggled.connect(lambda on, code=case.code: self._tick(code, on))
            card.body.addWidget(tick)
        self.body.addWidget(card)

    def _tick(self, code: str, is_ticked: bool) -> None:
        self.sheet.tick_case(code, is_ticked=is_ticked)
        self._changed()

    # The cell's and the competent level's

    def _add_cells_grades(self) -> None:
        card = Card(kind="quote", margins=_QUOTE, spacing=10)
        card.body.addWidget(Label("Các mức sau khi họp", "h3", weight=600))
        self.rows = GradeRows(self.sheet, self.changed.emit)
        self.rows.record_requested.connect(self.record_requested)
        self.rows.clear_requested.connect(self.clear_requested)
        card.body.addWidget(self.rows)
        self.close_sheet = make_button(
            "outlined", f"Khóa {self.sheet.paper_name.lower()}…", "lock", on_click=self._close
        )
        card.body.addWidget(self.close_sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(card)
        self.show_given()

    def _close(self) -> None:
        self.close_requested.emit()

    def show_given(self) -> None:
        """Show again which grades are recorded."""
        self._show_civil_note()
        self.rows.show_given()
        sheet = self.sheet
        may_close = sheet.leads and not sheet.is_locked and sheet.review.state is not ReviewState.CLOSED
        self.close_sheet.setVisible(may_close and sheet.given(GradeStage.DECIDED) is not None)

    def first_field(self) -> QWidget | None:
        return self.own

    def focus_problem(self, field: str) -> bool:
        if self.tasks is not None and self.tasks.focus_problem(field):
            return True
        if field == "grade.self":
            self.own_problem.setText("Chưa tự nhận mức xếp loại.")
            self.own_problem.show()
            self.own.setFocus()
            return True
        return False
