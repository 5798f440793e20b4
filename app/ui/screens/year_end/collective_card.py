"""One collective's report on the page of step 5: how far it is, its points and grades, the ways to it."""

from PySide6.QtCore import Qt, Signal

from app.domain.review import GradeStage, ReviewState
from app.domain.scoring import point_text
from app.domain.sheets.review import part_sums
from app.services.collectives import CollectiveLine
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.chips import Chip, ChipSpec
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Grid, Row

_CHIPS = {
    None: ("late", "not_submitted"),
    ReviewState.DRAFT: ("late", ""),
    ReviewState.SUBMITTED: ("pri", "submitted"),
    ReviewState.CLOSED: ("ok", "confirmed"),
}
_STAGES = (
    (GradeStage.SELF, "Tự xếp loại"),
    (GradeStage.VOTE, "Biểu quyết"),
    (GradeStage.PROPOSED, "Đề nghị"),
    (GradeStage.DECIDED, "Quyết định"),
)


def _chip(line: CollectiveLine) -> ChipSpec:
    tone, state = _CHIPS[line.review.state if line.review else None]
    return ChipSpec(line.state, tone, "" if state else "pen-line", state)


class CollectiveCard(Card):
    """``opened`` asks for the report, ``printed`` for its paper."""

    opened = Signal()
    printed = Signal()

    def __init__(self, line: CollectiveLine, *, may_print: bool) -> None:
        super().__init__(spacing=8)
        self.open: Button | None = None
        self.setAccessibleName(f"Báo cáo kiểm điểm {line.label.lower()}")
        head = Row(spacing=12)
        head.addWidget(Label(line.label, "h3", weight=600), 1)
        if line.form is not None:
            head.addWidget(Chip(_chip(line)), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        if line.form is None:
            self.body.addWidget(Label(line.no_form, "body", "ink2"))
            return
        self.body.addWidget(Label(f"{line.name} · {line.form.number_in_text}", "cap", "ink2"))
        self._add_grades(line)
        if line.proposal is not None and line.review is not None:
            self.body.addWidget(Label("Theo quy định", "cap", "ink2", weight=600))
            self.body.addWidget(Label(line.proposal.paragraph))
        if line.missing:
            self.body.addWidget(Label(f"Còn trống: {', '.join(line.missing)}.", "cap", "late"))
        self.open = opener = make_button("outlined", "Mở báo cáo", "pencil", on_click=self.opened.emit)
        opener.setAccessibleName(f"Mở báo cáo {line.label.lower()}")
        self.print = make_button("outlined", "In", "printer", on_click=self.printed.emit)
        self.print.setAccessibleName(f"In báo cáo {line.label.lower()}")
        self.print.setVisible(may_print)
        acts = Row(spacing=10)
        acts.addWidget(opener)
        acts.addWidget(self.print)
        acts.addStretch(1)
        self.body.addLayout(acts)

    def _add_grades(self, line: CollectiveLine) -> None:
        review = line.review
        grid = Grid(spacing=(18, 2))
        for column, (stage, label) in enumerate(_STAGES):
            grade = review.grade_at(stage) if review else None
            grid.addWidget(Label(label, "cap", "ink2", wrap=False), 0, column)
            grid.addWidget(Label(grade.short if grade else "–", "h3", weight=600, wrap=False), 1, column)
        total = part_sums(review, line.profile).get("total")
        if line.profile is not None:
            words = "–" if total is None else f"{point_text(total)}/100"
            grid.addWidget(Label("Tổng điểm", "cap", "ink2", wrap=False), 0, len(_STAGES))
            grid.addWidget(Label(words, "h3", weight=600, wrap=False), 1, len(_STAGES))
        grid.setColumnStretch(len(_STAGES) + 1, 1)
        self.body.addLayout(grid)
