"""Tỉ lệ xuất sắc: how many of each comparable group are HTXS, the most possible, ratios and basis."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.cap import STAGE_WORDS, CapCount, cap_basis, cap_warning, ratio_text
from app.domain.errors import UserError
from app.domain.review import GradeStage
from app.domain.text import upper_first
from app.services.cap_settings import CapView, read_cap
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.fields import Choice
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Grid, Ground, Row, clear_layout, rule
from app.ui.parts.messages import MessageBar
from app.ui.screens.year_end.cap_form import CapForm
from app.ui.screens.year_end.cap_groups import CapGroups
from app.ui.theme import px

_NARROW = 400
_AT_STAGE = {
    GradeStage.SELF: "Theo mức tự nhận",
    GradeStage.COMMITTEE: "Theo chi ủy nhận xét",
    GradeStage.VOTE: "Theo kết quả biểu quyết",
    GradeStage.PROPOSED: "Theo chi bộ đề xuất",
    GradeStage.DECIDED: "Theo mức được quyết định",
}


class GroupFigures(QWidget):
    """One comparable group: three figures with what each one is, both ratios, and the warning."""

    def __init__(self, count: CapCount, stage: GradeStage) -> None:
        super().__init__()
        column = Column(self, spacing=4)
        counts, params = count.counts, count.params
        people = f"{counts.people} người"
        if counts.graded < counts.people:
            people += f", {counts.graded} đã có mức"
        column.addWidget(Label(f"Nhóm “{count.group}”: {people}", "cap", "ink2"))
        self._grid = Grid(spacing=(14, 2))
        column.addLayout(self._grid)
        self.figures = [
            self._figure(str(counts.excellent), STAGE_WORDS[stage], "late" if count.over else "pri"),
            self._figure(str(count.most), f"nhiều nhất (mức {params.percent}%)"),
            self._figure(ratio_text(count.ratio_of_good), f"trên {counts.good} hoàn thành tốt"),
        ]
        more = ""
        if counts.excellent + counts.good:
            whole = counts.excellent + counts.good
            more = f"{ratio_text(count.ratio_of_good_or_better)} trên {whole} hoàn thành tốt trở lên. "
        left = f"{upper_first(count.over_words)}." if count.over else f"Còn xếp thêm được {count.left}."
        column.addWidget(Label(f"{more}{left}", "cap", "ink2"))
        self.warning = MessageBar()
        column.addWidget(self.warning)
        if words := cap_warning(count, stage):
            self.warning.show_message("warning", words)
        self._columns = 0
        self._arrange()

    def _figure(self, figure: str, words: str, tone: str = "") -> QWidget:
        block = QWidget()
        column = Column(block, spacing=0)
        number = Label(figure, "disp", tone, weight=600, wrap=False)
        number.setAccessibleName(f"{figure} {words}")
        column.addWidget(number)
        column.addWidget(Label(words, "cap", "ink2"))
        column.addStretch(1)
        return block

    def _arrange(self) -> None:
        columns = 3 if self.width() >= px(_NARROW) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for number, figure in enumerate(self.figures):
            self._grid.removeWidget(figure)
            self._grid.addWidget(figure, number // columns, number % columns)
        for number in range(3):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class CapCard(DeskPage):
    """The counter beside the steps of the year-end; it reads again whenever a grade changes."""

    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES})
    follows_year = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view: CapView | None = None
        self._stage = ""
        self._card = Card(spacing=8)
        Column(self, spacing=0).addWidget(self._card)
        head = Row(spacing=8)
        head.addWidget(Label("Tỉ lệ xuất sắc", "h3", wrap=False), 1)
        self.how = make_button("ghost", "Cách tính", "circle-help", on_click=self._turn_how)
        self.how.setCheckable(True)
        head.addWidget(self.how)
        self._card.body.addLayout(head)
        self.problem = Label("", "body", "ink2")
        self.stage = Choice()
        self.stage.setAccessibleName("Tính theo mức của bước nào")
        self.stage.chosen.connect(self._choose_stage)
        self._figures = Column(spacing=12)
        for part in (self.problem, self.stage):
            self._card.body.addWidget(part)
        self._card.body.addLayout(self._figures)
        self._card.body.addWidget(
            Label("Chỉ cảnh báo, không chặn. Cấp có thẩm quyền quyết định.", "cap", "ink2")
        )
        self._explanation = self._make_explanation()
        self._card.body.addWidget(self._explanation)
        self.form = CapForm(self)
        self.groups = CapGroups(self)
        for panel in (self.form, self.groups):
            panel.hide()
            panel.closed.connect(self._panel_closed)
            self._card.body.addWidget(panel)

    def _make_explanation(self) -> QWidget:
        ground = Ground("quote")
        column = Column(ground, spacing=6, margins=(14, 10, 14, 12))
        self.basis = Label("", "cap")
        self.unchecked = Chip(UNCHECKED_SOURCE)
        column.addWidget(self.basis)
        column.addWidget(self.unchecked, 0, Qt.AlignmentFlag.AlignLeft)
        self._acts = QWidget()
        acts = FlowLayout(self._acts, spacing=8)
        self.change = make_button("outlined", "Sửa cách tính", "pencil", on_click=self._open_form)
        self.regroup = make_button("outlined", "Xếp nhóm", "users", on_click=self._open_groups)
        acts.addWidget(self.change)
        acts.addWidget(self.regroup)
        column.addWidget(self._acts)
        ground.hide()
        return ground

    # Reading

    def reload(self) -> None:
        self.read(partial(read_cap, self.desk.ws, self.desk.year), self._show, self._not_counted)

    def _not_counted(self, error: UserError) -> None:
        self.view = None
        clear_layout(self._figures)
        self.stage.hide()
        self.how.hide()
        self._explanation.hide()
        self.problem.setText(str(error))
        self.problem.show()

    def _show(self, view: CapView) -> None:
        self.view = view
        self.how.show()
        stages = view.stages
        if self._stage not in {stage.value for stage in stages}:
            self._stage = ""
        stage = GradeStage(self._stage) if self._stage else view.usual_stage
        self.stage.set_options([(each.value, _AT_STAGE[each]) for each in stages])
        self.stage.setVisible(len(stages) > 1)
        self.problem.setVisible(stage is None)
        clear_layout(self._figures)
        if stage is None:
            self.problem.setText("Chưa ai có mức nào nên chưa tính được. Số liệu tự hiện khi có mức tự nhận.")
        else:
            self.stage.set_value(stage.value)
            for number, count in enumerate(view.counts(stage)):
                if number:
                    self._figures.addWidget(rule())
                self._figures.addWidget(GroupFigures(count, stage))
        self._show_basis(view)
        if not self.groups.isHidden():
            self.groups.show_members(view)
        may_change = not view.is_closed and not self.desk.ws.looks_only
        self._acts.setVisible(may_change)
        if not may_change:
            self.form.hide()
            self.groups.hide()

    def _show_basis(self, view: CapView) -> None:
        lines = [*cap_basis(view.rule, view.params), *(count.working for count in view.counts())]
        self.basis.setText("\n".join(lines))
        self.unchecked.setVisible(not (view.rule.verified and view.rule.rounding_verified))

    def _choose_stage(self, key: str) -> None:
        self._stage = key
        if self.view is not None:
            self._show(self.view)

    # Unfolding

    def _turn_how(self) -> None:
        self._explanation.setVisible(self.how.isChecked())

    def _open_form(self) -> None:
        if self.view is not None:
            self.groups.hide()
            self.form.open(self.view)

    def _open_groups(self) -> None:
        if self.view is not None:
            self.form.hide()
            self.groups.open(self.view)

    def _panel_closed(self) -> None:
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)
