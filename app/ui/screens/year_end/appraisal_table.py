"""The list of step 4: its columns, and figures as keys for the committee's grade."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.domain.grade import Grade
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.year_end.appraisal_rows import AppraisalRow, points_words, proposal_words


def _grade_short(row: AppraisalRow) -> str:
    return Grade(row.grade).short if row.grade else ""


def appraisal_columns(*, has_points: bool) -> tuple[TableColumn[AppraisalRow], ...]:
    """The columns follow the year's rules: before 2025 there are no points."""
    points: tuple[TableColumn[AppraisalRow], ...] = (
        TableColumn("Tự chấm", lambda row: points_words(row.line.own_points), "right", 74, is_searched=False),
        TableColumn(
            "Chi ủy chấm",
            lambda row: points_words(row.line.appraised_points),
            "right",
            96,
            bold=True,
            tone=lambda row: "late" if row.differs else "",
            is_searched=False,
        ),
    )
    return (
        TableColumn(
            "Họ và tên",
            lambda row: row.line.member.name,
            width=150,
            stretch=1,
            bold=True,
            below=lambda row: row.standing,
            sort_key=lambda row: row.line.member.sort_key,
        ),
        *(points if has_points else ()),
        TableColumn("Tự nhận", lambda row: row.self_grade, "center", 74, is_searched=False),
        TableColumn(
            "Theo quy định",
            lambda row: proposal_words(row.line.proposal),
            width=120,
            role="cap",
            tone=lambda row: (
                "late" if row.line.proposal and row.line.proposal.needs_competent_level else "ink2"
            ),
            is_searched=False,
        ),
        TableColumn(
            "Chi ủy",
            _grade_short,
            "center",
            72,
            bold=True,
            tone=lambda row: "late" if row.entry is not None else "",
            below=lambda row: "chưa ghi" if row.entry is not None else "",
            is_searched=False,
        ),
    )


class AppraisalTable(RecordTable[AppraisalRow]):
    """Figures 1 to 4 choose the committee's grade for the row under the cursor."""

    grade_keyed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keyed = event.key() - Qt.Key.Key_0.value
        if 1 <= keyed <= len(Grade) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.grade_keyed.emit(keyed)
        else:
            super().keyPressEvent(event)
