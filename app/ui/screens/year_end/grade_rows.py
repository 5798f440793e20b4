"""The cell's and the competent level's grades: each kept apart, with its date and source."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.errors import Problem
from app.domain.grade import Grade
from app.domain.review import GradeStage, StageGrade
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Grid, Row, rule
from app.ui.screens.year_end.review_sheet import CELL_STAGES, GradeEntry, ReviewSheet
from app.ui.theme import px

_WIDE = 640
GRADE_OPTIONS = tuple((grade.value, grade.label) for grade in Grade)


def given_words(given: StageGrade | None) -> str:
    """A recorded grade in words: "HTT, ngày 12/12/2025, Nghị quyết số 5"."""
    if given is None:
        return "chưa có"
    parts = [given.grade.label]
    if given.dated_on:
        parts.append(f"ngày {format_date(given.dated_on)}")
    return ", ".join([*parts, given.source] if given.source else parts)


class GradeRow(QWidget):
    """One stage: grade, date, source, recorded by "Ghi"."""

    record_requested = Signal(object)
    clear_requested = Signal(object)
    typed = Signal()

    def __init__(self, sheet: ReviewSheet, stage: GradeStage) -> None:
        super().__init__()
        self.stage = stage
        self._sheet = sheet
        column = Column(self, spacing=6)
        head = Row()
        head.addWidget(Label(stage.label, weight=600, wrap=False))
        self.words = Label("", "body", "ink2")
        head.addWidget(self.words, 1)
        self.clear = make_button("ghost", "Bỏ mức đã ghi", "trash-2", on_click=self._clear)
        head.addWidget(self.clear)
        column.addLayout(head)
        self.grade = Choice(GRADE_OPTIONS, placeholder="chưa chọn mức")
        self.day = DateField()
        self.source = LineField("", "nghị quyết, biên bản, quyết định")
        self.grade_field = FormField("Mức", self.grade)
        self.grade.setAccessibleName(f"{stage.label}: mức")
        self.day_field = FormField("Ngày", self.day)
        self.source_field = FormField("Nguồn", self.source)
        self.record = make_button("outlined", "Ghi mức này", "check", on_click=self._record)
        self.record.setAccessibleName(f"Ghi mức: {stage.label}")
        self.grade.chosen.connect(lambda _key: self._typed())
        self.day.edited.connect(self._typed)
        self.source.edited.connect(lambda _text: self._typed())
        self._grid = Grid(spacing=(12, 6))
        column.addLayout(self._grid)
        self._is_wide: bool | None = None
        self._arrange(False)
        self.show_given()

    def _arrange(self, is_wide: bool) -> None:
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        # An item taken out by hand lives on and keeps a later one from hearing that its widget grew.
        for part in (self.grade_field, self.day_field, self.source_field, self.record):
            self._grid.removeWidget(part)
        for number in range(3):
            self._grid.setColumnStretch(number, (3, 2, 4)[number] if is_wide else (1, 1, 0)[number])
        self._grid.setColumnMinimumWidth(1, px(190) if is_wide else 0)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self.grade_field, 0, 0, top)
        self._grid.addWidget(self.day_field, 0, 1, top)
        if is_wide:
            self._grid.addWidget(self.source_field, 0, 2, top)
            self._grid.addWidget(self.record, 1, 2, Qt.AlignmentFlag.AlignRight)
        else:
            self._grid.addWidget(self.source_field, 1, 0, 1, 2, top)
            self._grid.addWidget(self.record, 2, 1, Qt.AlignmentFlag.AlignRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() >= px(_WIDE))

    def show_given(self) -> None:
        """Show what is recorded, or what was typed and not recorded yet."""
        given = self._sheet.given(self.stage)
        entry = self._sheet.entries.get(self.stage)
        self.words.setText(given_words(given))
        self.clear.setVisible(given is not None)
        if entry is None:
            entry = GradeEntry(
                given.grade.value if given else "",
                format_date(given.dated_on) if given and given.dated_on else "",
                given.source if given else "",
            )
        self.grade.set_value(entry.grade)
        self.day.set_text(entry.day)
        self.source.set_value(entry.source)
        self.record.setVisible(self.stage in self._sheet.entries)

    def _typed(self) -> None:
        self._sheet.entries[self.stage] = GradeEntry(self.grade.value(), self.day.text(), self.source.value())
        self.record.show()
        self.typed.emit()

    def _record(self) -> None:
        missing = not self.grade.value()
        self.grade_field.set_error("Chưa chọn mức." if missing else "")
        if missing:
            self.grade_field.focus_field()
            return
        if problem := self.day.problem():
            self.day_field.set_error(problem)
            self.day_field.focus_field()
            return
        given = StageGrade(self.stage, Grade(self.grade.value()), self.day.value(), self.source.value())
        self.record_requested.emit(given)

    def _clear(self) -> None:
        self.clear_requested.emit(self.stage)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What keeps the grade from being recorded."""
        for problem in problems:
            field = self.day_field if problem.field == "dated_on" else self.grade_field
            field.set_error(problem.message)
            field.focus_field()


class GradeRows(QWidget):
    """All stages one below the other; a plain member only reads what is recorded."""

    record_requested = Signal(object)
    clear_requested = Signal(object)

    def __init__(self, sheet: ReviewSheet, on_typed: Callable[[], None]) -> None:
        super().__init__()
        self.rows: dict[GradeStage, GradeRow] = {}
        column = Column(self, spacing=10)
        if not sheet.leads or sheet.is_locked:
            for stage in CELL_STAGES:
                line = Row(spacing=12)
                line.addWidget(Label(stage.label, weight=600), 1)
                line.addWidget(Label(given_words(sheet.given(stage)), "body", "ink2"), 2)
                column.addLayout(line)
            return
        for number, stage in enumerate(CELL_STAGES):
            if number:
                column.addWidget(rule())
            row = self.rows[stage] = GradeRow(sheet, stage)
            row.record_requested.connect(self.record_requested)
            row.clear_requested.connect(self.clear_requested)
            row.typed.connect(on_typed)
            column.addWidget(row)

    def show_given(self) -> None:
        """Show again what is recorded."""
        for row in self.rows.values():
            row.show_given()
