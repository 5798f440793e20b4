"""The points: own and appraised per criterion, sums by themselves; the year's tasks counted."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.form_template import Section
from app.domain.grading import grade_by_points
from app.domain.scoring import (
    ScorePart,
    ScoringItem,
    ScoringProfile,
    Totals,
    point_text,
    score_problems,
    totals,
    unscored,
)
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.fields import FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, FlowLayout, Grid, rule
from app.ui.screens.year_end.review_sheet import COUNT_LABELS, ReviewSheet, read_points
from app.ui.screens.year_end.section_editor import SectionEditor
from app.ui.theme import px, theme

_POINTS_WIDTH, _WIDE = 72, 700
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class PointsField(LineField):
    """A few figures, at the right. ``walked``: the arrows ask for the field below (1) or above (-1)."""

    walked = Signal(int)

    def __init__(self, text: str, width: int = _POINTS_WIDTH) -> None:
        super().__init__(text)
        self._wide = width
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(px(self._wide))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers() & ~_KEYPAD:
            self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class ScoreRow:
    """One criterion: what it is, its highest points, own points, the cell's points, the ground."""

    def __init__(self, sheet: ReviewSheet, item: ScoringItem, changed: Callable[[], None]) -> None:
        self.item = item
        self._sheet = sheet
        self._changed = changed
        score = sheet.score_of(item.code)
        self.code = Label(item.code, "body", "ink2", wrap=False)
        self.label = Label(item.label)
        self.max = Label(point_text(item.max), "body", "ink2", wrap=False)
        self.own = self._points(item.code, "điểm tự chấm")
        self.appraised = self._points(f"{item.code}*", "điểm chi ủy chấm")
        self.ground = LineField(score.ground, "căn cứ chấm điểm")
        self.ground.setAccessibleName(f"{item.code} căn cứ")
        self.ground.setReadOnly(sheet.is_locked)
        self.ground.edited.connect(self._ground_edited)
        self.appraised.setReadOnly(sheet.is_locked or not sheet.leads)
        self.problem = Label("", "cap", "bad", weight=600)
        self.problem.hide()

    def _points(self, key: str, name: str) -> PointsField:
        typed = self._sheet.typed_scores.get(key)
        score = self._sheet.score_of(self.item.code)
        points = score.appraised_score if key.endswith("*") else score.self_score
        field = PointsField(typed if typed is not None else "" if points is None else point_text(points))
        field.setAccessibleName(f"{self.item.code} {self.item.label}: {name}")
        field.setReadOnly(self._sheet.is_locked)
        field.edited.connect(lambda _text: self._points_edited(key, field))
        field.left.connect(self.show_problem)
        return field

    def _points_edited(self, key: str, field: PointsField) -> None:
        """Only points the table allows are taken; anything else stays typed until it is put right."""
        text = field.value()
        points = read_points(text)
        problem = self.problem_of(text)
        kept = None if problem else points
        score = self._sheet.score_of(self.item.code)
        is_cells = key.endswith("*")
        self._sheet.set_score(
            replace(score, appraised_score=kept) if is_cells else replace(score, self_score=kept)
        )
        self._sheet.typed_scores.pop(key, None)
        if problem:
            self._sheet.typed_scores[key] = text
        elif not self.problem.isHidden():
            self.show_problem()
        self._changed()

    def problem_of(self, text: str) -> str:
        """Why these points cannot be given, or ""."""
        if not text.strip():
            return ""
        points = read_points(text)
        if points is None:
            return f"Mục {self.item.code}: “{text}” không phải là số điểm."
        assert self._sheet.page.profile is not None
        found = score_problems(self._sheet.page.profile, {self.item.code: points})
        return found[0].message if found else ""

    def show_problem(self) -> None:
        """Say under the row what is wrong with its points."""
        words = self.problem_of(self.own.value()) or self.problem_of(self.appraised.value())
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _ground_edited(self, _text: str) -> None:
        score = self._sheet.score_of(self.item.code)
        self._sheet.set_score(replace(score, ground=self.ground.value()))
        self._changed()


class ScoreSection(SectionEditor):
    """The table of criteria with sums …/30, …/70, …/100 and the counts of tasks below."""

    def __init__(self, sheet: ReviewSheet, section: Section) -> None:
        super().__init__(sheet, section)
        self.rows: dict[str, ScoreRow] = {}
        self.sums: dict[str, Label] = {}
        self.range = Label("", weight=600)
        self.counts = TaskCountFields(sheet)
        self.counts.changed.connect(self.changed)
        profile = sheet.page.profile
        if profile is None:
            self.body.addWidget(Label("Năm này chưa có bảng điểm trong bộ quy định.", "body", "ink2"))
        else:
            self._build(profile, section)
        self.body.addWidget(rule())
        self.body.addWidget(self.counts)
        self.body.addStretch(1)
        self._is_wide: bool | None = None
        self._arrange(False)
        self._sum_up()

    def _build(self, profile: ScoringProfile, section: Section) -> None:
        words = profile.source if profile.verified else f"{profile.source}. {profile.note}"
        self.body.addWidget(Label(words, "cap", "ink2"))
        if not profile.verified and section.verified:
            self.body.addWidget(Chip(UNCHECKED_SOURCE))
        self.grid = Grid(spacing=(12, 4))
        self.grid.setColumnStretch(1, 3)
        self.body.addLayout(self.grid)
        self._shows_cell = self.sheet.leads or any(
            score.appraised_score is not None for score in self.sheet.review.scores
        )
        for item in profile.items:
            row = self.rows[item.code] = ScoreRow(self.sheet, item, self._score_changed)
            for column, field in (("own", row.own), ("appraised", row.appraised)):
                field.returnPressed.connect(partial(self._walk, item.code, column, 1))
                field.walked.connect(partial(self._walk, item.code, column))
        for line in section.scores:
            self.sums[line.part] = Label("", "h3", weight=600, wrap=False)
        self._part_labels = {line.part: line.label for line in section.scores}
        self._max = {line.part: point_text(line.max) for line in section.scores}
        self._heads = [
            Label(words, "cap", "ink2", weight=600, wrap=False)
            for words in ("Mục", "Nội dung", "Tối đa", "Tự chấm", "Chi ủy chấm", "Căn cứ")
        ]
        self._titles: dict[str, Label] = {}

    def _arrange(self, is_wide: bool) -> None:
        """Grounds beside the points where there is room, else below them."""
        if self.sheet.page.profile is None or is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        # An item taken out by hand lives on and keeps a later one from hearing that its widget grew.
        while (item := self.grid.itemAt(0)) is not None and (cell := item.widget()) is not None:
            self.grid.removeWidget(cell)
        self.grid.setColumnStretch(5, 2 if is_wide else 0)
        right = Qt.AlignmentFlag.AlignRight
        for column, head in enumerate(self._heads):
            is_shown = (column != 4 or self._shows_cell) and (column != 5 or is_wide)
            # In its place first: shown without a parent it would come up as a window of its own.
            self.grid.addWidget(head, 0, column, right if column in (2, 3, 4) else Qt.AlignmentFlag(0))
            head.setVisible(is_shown)
        line, group, part = 1, "", None
        for row in self.rows.values():
            if row.item.part is not part:
                part, group = row.item.part, ""
                self._place_sum(part.value, line)
                line += 1
            if row.item.group and row.item.group != group:
                group = row.item.group
                title = self._titles.setdefault(f"{part} {group}", Label(group, "cap", "ink2", weight=600))
                self.grid.addWidget(title, line, 0, 1, 6)
                line += 1
            line = self._place_row(row, line, is_wide)
        self._place_sum("total", line)

    def _place_sum(self, part: str, line: int) -> None:
        if part not in self.sums:
            return
        title = self._titles.setdefault(part, Label(self._part_labels[part], weight=600))
        self.grid.addWidget(title, line, 0, 1, 2)
        self.grid.addWidget(self.sums[part], line, 2, 1, 4, Qt.AlignmentFlag.AlignLeft)
        if part == "total":
            self.grid.addWidget(self.range, line + 1, 0, 1, 6)

    def _place_row(self, row: ScoreRow, line: int, is_wide: bool) -> int:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.grid.addWidget(row.code, line, 0)
        self.grid.addWidget(row.label, line, 1)
        self.grid.addWidget(row.max, line, 2, right)
        self.grid.addWidget(row.own, line, 3, right)
        self.grid.addWidget(row.appraised, line, 4, right)
        row.appraised.setVisible(self._shows_cell)
        if is_wide:
            self.grid.addWidget(row.ground, line, 5)
        else:
            self.grid.addWidget(row.ground, line + 1, 1, 1, 5)
        self.grid.addWidget(row.problem, line + 2, 1, 1, 5)
        return line + 3

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() >= px(_WIDE))

    def first_field(self) -> QWidget | None:
        profile = self.sheet.page.profile
        if profile is None:
            return self.counts.fields["assigned"].field
        missing = unscored(profile, self.sheet.review.self_scores())
        code = missing[0].code if missing else next(iter(self.rows))
        return self.rows[code].own

    def focus_problem(self, field: str) -> bool:
        code = field.removesuffix("*")
        if code in self.rows:
            row = self.rows[code]
            row.show_problem()
            (row.appraised if field.endswith("*") else row.own).setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return self.counts.focus_problem(field)

    def _walk(self, code: str, column: str, step: int) -> None:
        """Enter and the arrows go up and down the column, as one keys figures in."""
        codes = list(self.rows)
        place = codes.index(code) + step
        if 0 <= place < len(codes):
            field: PointsField = getattr(self.rows[codes[place]], column)
            field.setFocus(Qt.FocusReason.TabFocusReason)
            field.selectAll()
        elif place > 0:
            self.counts.fields["assigned"].focus_field()

    def _score_changed(self) -> None:
        self._sum_up()
        self.changed.emit()

    def _sum_up(self) -> None:
        profile = self.sheet.page.profile
        if profile is None:
            return
        own = self.sheet.review.self_scores()
        appraised = {
            score.code: score.appraised_score
            for score in self.sheet.review.scores
            if score.appraised_score is not None
        }
        mine, cells = totals(profile, own), totals(profile, appraised) if appraised else None
        for part, label in self.sums.items():
            words = f"{point_text(_part(mine, part))}/{self._max[part]}"
            if cells is not None:
                words += f"  ·  chi ủy {point_text(_part(cells, part))}/{self._max[part]}"
            label.setText(words)
        missing = unscored(profile, own)
        grade = None if missing else grade_by_points(self.sheet.page.rule_set, mine.total)
        if grade is not None:
            self.range.setText(f"{point_text(mine.total)} điểm thuộc khung {grade.label}.")
        else:
            self.range.setText(f"Còn {len(missing)} mục chưa chấm điểm." if missing else "")
        self.range.set_tone("ink2" if missing else "")


def _part(sums: Totals, part: str) -> Decimal:
    known = {ScorePart.GENERAL.value: sums.general, ScorePart.TASKS.value: sums.tasks}
    return known.get(part, sums.total)


class TaskCountFields(QWidget):
    """The year's tasks in figures; figures that contradict each other are said at once."""

    changed = Signal()

    def __init__(self, sheet: ReviewSheet) -> None:
        super().__init__()
        self._sheet = sheet
        column = Column(self, spacing=6)
        column.addWidget(Label("Số nhiệm vụ trong năm", weight=600))
        row = FlowLayout(spacing=12)
        self.fields: dict[str, FormField] = {}
        for name, label in COUNT_LABELS.items():
            count = getattr(sheet.review.tasks, name)
            typed = sheet.typed_scores.get(name)
            field = PointsField(typed if typed is not None else "" if count is None else str(count), 104)
            field.setReadOnly(sheet.is_locked)
            field.edited.connect(partial(self._edited, name))
            field.left.connect(self.show_problems)
            self.fields[name] = FormField(label, field)
            row.addWidget(self.fields[name])
        column.addLayout(row)

    def _edited(self, name: str, text: str) -> None:
        text = text.strip()
        is_number = text.isdecimal() and len(text) < 5
        tasks = replace(self._sheet.review.tasks, **{name: int(text) if is_number else None})
        self._sheet.review = replace(self._sheet.review, tasks=tasks)
        self._sheet.typed_scores.pop(name, None)
        if text and not is_number:
            self._sheet.typed_scores[name] = text
        if any(field.error for field in self.fields.values()):
            self.show_problems()
        self.changed.emit()

    def show_problems(self) -> None:
        """Say under each figure what is wrong with it."""
        found = {problem.field: problem.message for problem in self._sheet.count_problems()}
        for name, field in self.fields.items():
            typed = self._sheet.typed_scores.get(name)
            field.set_error("Chỉ ghi số." if typed else found.get(name, ""))

    def focus_problem(self, name: str) -> bool:
        """Lead to a figure."""
        if name not in self.fields:
            return False
        self.show_problems()
        self.fields[name].focus_field()
        return True
