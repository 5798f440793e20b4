"""The columns of the list of decided grades, and the chosen row at a glance."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.dates import format_date
from app.domain.review import GradeStage
from app.ui.parts.record_model import Column as TableColumn
from app.ui.screens.year_end.decision_entries import DecisionRow
from app.ui.screens.year_end.grade_words import grade_short, row_glance
from app.ui.screens.year_end.side_panel import Act, Glance


def decision_columns() -> tuple[TableColumn[DecisionRow], ...]:
    """Proposed beside decided; what is typed and not written is marked."""
    return (
        TableColumn(
            "Họ và tên",
            lambda line: line.row.name,
            width=150,
            stretch=1,
            bold=True,
            below=_below,
            sort_key=lambda line: line.row.member.sort_key if line.row.member else f"\uffff{line.row.name}",
        ),
        TableColumn(
            "Đề xuất",
            lambda line: grade_short(line.row, GradeStage.PROPOSED),
            "center",
            82,
            is_searched=False,
        ),
        TableColumn(
            "Quyết định",
            lambda line: line.shown_grade.short if line.shown_grade else "",
            "center",
            116,
            bold=True,
            tone=lambda line: "late" if line.entry or line.is_other_than_proposed else "",
            below=_standing,
            is_searched=False,
        ),
        TableColumn("Ngày", _decided_on, "center", 98, role="cap", is_searched=False),
        TableColumn("Thông báo", _told_on, "center", 98, role="cap", is_searched=False),
    )


def _below(line: DecisionRow) -> str:
    found = [line.row.why_not] if line.row.why_not else []
    found += ["đã xếp loại lại"] if line.row.reratings else []
    if line.row.complaints:
        is_open = any(each.answered_on is None for each in line.row.complaints)
        found.append("khiếu nại chưa trả lời" if is_open else "khiếu nại đã trả lời")
    return " · ".join(found)


def _standing(line: DecisionRow) -> str:
    if line.entry is not None:
        return "cần soát" if line.entry.is_copied else "chưa ghi"
    return "khác đề xuất" if line.is_other_than_proposed else ""


def _decided_on(line: DecisionRow) -> str:
    given = line.row.given(GradeStage.DECIDED)
    return format_date(given.dated_on) if given and given.dated_on else ""


def _told_on(line: DecisionRow) -> str:
    review = line.row.review
    return format_date(review.notified_on) if review and review.notified_on else ""


def decision_glance(line: DecisionRow, acts: Sequence[Act]) -> Glance:
    """The five grades with what came after: re-ratings, complaints, the notice."""
    row = line.row
    glance = row_glance(row, acts)
    lines = []
    for each in row.reratings:
        new = each.new_grade.label if each.new_grade else "hủy mức"
        words = f"{each.old_grade.label} → {new}, {each.decision}, ngày {format_date(each.decided_on)}."
        lines.append(("Xếp loại lại", f"{words} Trước đó: {each.old_decision}. Lý do: {each.reason}"))
    for complaint in row.complaints:
        words = f"Nhận ngày {format_date(complaint.received_on)}: {complaint.content}"
        if complaint.answered_on:
            words += f" Trả lời ngày {format_date(complaint.answered_on)}: {complaint.answer}"
        lines.append(("Khiếu nại, kiến nghị", words))
    return replace(glance, lines=(*lines, *glance.lines))
