"""The points: own and appraised per criterion with grounds, sums by themselves; the year's tasks below."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.form_template import Section
from app.domain.grading import grade_by_points
from app.domain.review import ItemScore
from app.domain.scoring import (
    ScorePart,
    ScoringProfile,
    Totals,
    ground_remarks,
    mode_words,
    point_text,
    totals,
    unscored,
)
from app.ui.desk import Desk
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Grid, clear_layout, rule
from app.ui.screens.year_end.review_sheet import ReviewSheet
from app.ui.screens.year_end.score_row import PointsField, ScoreRow, difference_text
from app.ui.screens.year_end.section_editor import LongSection
from app.ui.screens.year_end.task_panel import TaskPanel
from app.ui.theme import px

_WIDE, _COLUMNS, _MANY = 700, 7, 3


class ScoreSection(LongSection):
    """The table of criteria with sums …/30, …/70, …/100, and the tasks of the year below."""

    def __init__(self, sheet: ReviewSheet, section: Section, desk: Desk) -> None:
        super().__init__(sheet, section)
        self.rows: dict[str, ScoreRow] = {}
        self.sums: dict[str, Label] = {}
        self.range = Label("", weight=600)
        self.remarks = Label("", "cap", "late", weight=600)
        self.tasks = TaskPanel(sheet, desk)
        self.tasks.changed.connect(self.changed)
        self.counts = self.tasks.counts
        self._is_wide: bool | None = None
        self._titles: dict[str, Label] = {}
        self._aside: dict[str, ItemScore] = {}
        self._desk = desk
        self._add_profile(section)
        self.body.addWidget(rule())
        self.body.addWidget(self.tasks)
        self.body.addStretch(1)
        self._arrange(False)
        self._sum_up()

    # The table of points

    def _add_profile(self, section: Section) -> None:
        profile = self.sheet.profile
        if profile is None:
            self.body.addWidget(Label("Năm này chưa có bảng điểm trong bộ quy định.", "body", "ink2"))
            return
        if len(self.sheet.page.profiles) > 1:
            options = [(each.id, each.title) for each in self.sheet.page.profiles]
            self.profile = Choice(options, chosen=profile.id)
            self.profile.setEnabled(not self.sheet.is_locked)
            self.profile.chosen.connect(self._choose_profile)
            self.body.addWidget(FormField("Bảng điểm", self.profile))
        words = profile.source if profile.verified else f"{profile.source}. {profile.note}"
        self.body.addWidget(Label(f"{words.rstrip('. ')}. {mode_words(profile)}", "cap", "ink2"))
        if not profile.verified and section.verified:
            self.body.addWidget(Chip(UNCHECKED_SOURCE), 0, Qt.AlignmentFlag.AlignLeft)
        self.grid = Grid(spacing=(12, 4))
        self.grid.setColumnStretch(1, 3)
        self.body.addLayout(self.grid)
        self._shows_cell = self.sheet.leads or bool(self.sheet.review.appraised_scores())
        self._fill(profile)

    def _fill(self, profile: ScoringProfile) -> None:
        for item in profile.items:
            row = self.rows[item.code] = ScoreRow(self.sheet, item, self._score_changed)
            for column, field in (("own", row.own), ("appraised", row.appraised)):
                field.returnPressed.connect(partial(self._walk, item.code, column, 1))
                field.walked.connect(partial(self._walk, item.code, column))
        for line in self.section.scores:
            self.sums[line.part] = Label("", "h3", weight=600, wrap=False)
        self._part_labels = {line.part: line.label for line in self.section.scores}
        self._max = {line.part: point_text(line.max) for line in self.section.scores}
        names = ("Mục", "Nội dung", "Tối đa", "Tự chấm", self._appraiser, "", "Căn cứ")
        self._heads = [Label(words, "cap", "ink2", weight=600, wrap=False) for words in names]

    @property
    def _appraiser(self) -> str:
        """The committee appraises its members; the level above the collective."""
        return "Thẩm định" if self.sheet.review.key.is_collective else "Chi ủy chấm"

    def _choose_profile(self, profile_id: str) -> None:
        """Another table of points: what was given for items it does not have comes back with the first."""
        self.sheet.review = replace(self.sheet.review, profile=profile_id)
        self._set_aside_unknown()
        clear_layout(self.grid)
        self.rows, self.sums, self._titles, self._is_wide = {}, {}, {}, None
        self.range, self.remarks = Label("", weight=600), Label("", "cap", "late", weight=600)
        if self.sheet.profile is not None:
            self._fill(self.sheet.profile)
        self._arrange(self.width() >= px(_WIDE))
        for row in self.rows.values():
            row.read_again()
        self._score_changed()

    def _set_aside_unknown(self) -> None:
        codes = {item.code for item in self.sheet.profile.items} if self.sheet.profile else set()
        every = {**self._aside, **{score.code: score for score in self.sheet.review.scores}}
        self._aside = {code: score for code, score in every.items() if code not in codes}
        known = tuple(score for code, score in every.items() if code in codes)
        self.sheet.review = replace(self.sheet.review, scores=known)
        for key in [key for key in self.sheet.typed_scores if key.removesuffix("*") in self._aside]:
            del self.sheet.typed_scores[key]
        if self._aside:
            words = f"Bảng điểm này không có {len(self._aside)} mục đã chấm; chọn lại bảng cũ thì có lại."
            self._desk.say_done(words)

    def _arrange(self, is_wide: bool) -> None:
        """Grounds beside the points where there is room, else below them."""
        if self.sheet.profile is None or is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        # An item taken out by hand lives on and keeps a later one from hearing that its widget grew.
        while (item := self.grid.itemAt(0)) is not None and (cell := item.widget()) is not None:
            self.grid.removeWidget(cell)
        self.grid.setColumnStretch(6, 2 if is_wide else 0)
        right = Qt.AlignmentFlag.AlignRight
        for column, head in enumerate(self._heads):
            is_shown = (column not in (4, 5) or self._shows_cell) and (column != 6 or is_wide)
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
                self.grid.addWidget(title, line, 0, 1, _COLUMNS)
                line += 1
            line = self._place_row(row, line, is_wide)
        self._place_sum("total", line)

    def _place_sum(self, part: str, line: int) -> None:
        if part not in self.sums:
            return
        title = self._titles.setdefault(part, Label(self._part_labels[part], weight=600))
        self.grid.addWidget(title, line, 0, 1, 2)
        self.grid.addWidget(self.sums[part], line, 2, 1, _COLUMNS - 2, Qt.AlignmentFlag.AlignLeft)
        if part == "total":
            self.grid.addWidget(self.range, line + 1, 0, 1, _COLUMNS)
            self.grid.addWidget(self.remarks, line + 2, 0, 1, _COLUMNS)

    def _place_row(self, row: ScoreRow, line: int, is_wide: bool) -> int:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.grid.addWidget(row.code, line, 0)
        self.grid.addWidget(row.label, line, 1)
        self.grid.addWidget(row.max, line, 2, right)
        self.grid.addWidget(row.own, line, 3, right)
        self.grid.addWidget(row.appraised, line, 4, right)
        self.grid.addWidget(row.difference, line, 5, Qt.AlignmentFlag.AlignVCenter)
        row.appraised.setVisible(self._shows_cell)
        row.difference.setVisible(self._shows_cell)
        if is_wide:
            self.grid.addWidget(row.ground, line, 6)
            self.grid.addWidget(row.cell_ground, line + 2, 6)
        else:
            self.grid.addWidget(row.ground, line + 1, 1, 1, _COLUMNS - 1)
            self.grid.addWidget(row.cell_ground, line + 2, 1, 1, _COLUMNS - 1)
        row.cell_ground.setVisible(self._shows_cell and row.has_cell_ground)
        self.grid.addWidget(row.problem, line + 3, 1, 1, _COLUMNS - 1)
        return line + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() >= px(_WIDE))

    # Ways through it

    def first_field(self) -> QWidget | None:
        profile = self.sheet.profile
        if profile is None:
            return self.tasks.first_field()
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
        return self.tasks.focus_problem(field)

    def _walk(self, code: str, column: str, step: int) -> None:
        """Enter and the arrows go up and down the column, as one keys figures in."""
        codes = list(self.rows)
        place = codes.index(code) + step
        if 0 <= place < len(codes):
            field: PointsField = getattr(self.rows[codes[place]], column)
            field.setFocus(Qt.FocusReason.TabFocusReason)
            field.selectAll()
        elif place > 0 and (after := self.tasks.first_field()) is not None:
            after.setFocus(Qt.FocusReason.TabFocusReason)

    # Sums and remarks

    def _score_changed(self) -> None:
        self._sum_up()
        self.changed.emit()

    def _sum_up(self) -> None:
        profile, review = self.sheet.profile, self.sheet.review
        if profile is None:
            return
        own, appraised = review.self_scores(), review.appraised_scores()
        mine = totals(profile, own)
        cells = totals(profile, {**own, **appraised}) if appraised else None
        for part, label in self.sums.items():
            words = f"{point_text(_part(mine, part))}/{self._max[part]}"
            if cells is not None:
                who = "thẩm định" if self.sheet.review.key.is_collective else "chi ủy"
                words += f"  ·  {who} {point_text(_part(cells, part))}/{self._max[part]}"
                if difference := difference_text(_part(cells, part) - _part(mine, part)):
                    words += f"  ({difference})"
            label.setText(words)
        for row in self.rows.values():
            row.show_difference()
            if row.cell_ground.parent() is not None:
                row.cell_ground.setVisible(self._shows_cell and row.has_cell_ground)
        self._say_range(profile, own, mine)
        self._say_remarks(profile)

    def _say_range(self, profile: ScoringProfile, own: dict[str, Decimal], mine: Totals) -> None:
        missing = unscored(profile, own)
        grade = None if missing else grade_by_points(self.sheet.page.rule_set, mine.total)
        if grade is not None:
            self.range.setText(f"{point_text(mine.total)} điểm thuộc khung {grade.label}.")
        else:
            self.range.setText(f"Còn {len(missing)} mục chưa chấm điểm." if missing else "")
        self.range.set_tone("ink2" if missing else "")

    def _say_remarks(self, profile: ScoringProfile) -> None:
        """Points taken off without a ground: said, never refused."""
        review = self.sheet.review
        found = list(ground_remarks(profile, review.self_scores(), {s.code: s.ground for s in review.scores}))
        words = [remark.message for remark in found[:_MANY]]
        if len(found) > _MANY:
            words.append(f"Còn {len(found) - _MANY} mục như vậy.")
        bare = [
            code
            for code, row in self.rows.items()
            if row.differs and not self.sheet.score_of(code).appraised_ground.strip()
        ]
        if bare and self.sheet.leads:
            words.append(f"{self._appraiser} khác mà chưa ghi căn cứ: mục {', '.join(bare)}.")
        self.remarks.setText(" ".join(words))
        if self.remarks.parent() is not None:
            self.remarks.setVisible(bool(words))


def _part(sums: Totals, part: str) -> Decimal:
    known = {ScorePart.GENERAL.value: sums.general, ScorePart.TASKS.value: sums.tasks}
    return known.get(part, sums.total)
