"""The rows of the lists after the meeting: files, summary of grades, pending, exempt, statistics."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.domain.dates import format_date
from app.domain.eligibility import Duty, DutyFinding
from app.domain.grade import Grade, SubjectKind
from app.domain.member import STATUS_DETAILS, DatedStatus, Member, StatusKind
from app.domain.opinion import Opinion, OpinionKind
from app.domain.paper import Cell, bold
from app.domain.review import GradeStage, Review, ReviewState
from app.domain.sheets.frame import Row
from app.domain.statistics import GradeCounts, YearStatistics, share_of, share_text
from app.domain.year_file import FileItem

_TICK = "X"


def file_rows(items: Iterable[FileItem]) -> list[Row]:
    """The file of one subject, ticked; what is asked for and not there stands in the next column."""
    return [
        {
            "order": str(item.number),
            "label": item.label,
            "there": _TICK if item.is_there else "",
            "missing": _TICK if item.is_missing else "",
            "note": item.note,
        }
        for item in items
    ]


def summary_row(member: Member, posts: str, review: Review | None, opinions: Sequence[Opinion]) -> Row:
    """One member's grades by whom they come from: the member, the office, chi ủy, the union, the cell."""
    union = next((each for each in opinions if each.kind is OpinionKind.MASS_ORGANISATION), None)
    civil = review.civil.grade if review else None
    proposed = next((g for g in review.grades if g.stage is GradeStage.PROPOSED), None) if review else None
    return {
        "full_name": member.name,
        "posts": posts,
        "self": _short(review, GradeStage.SELF),
        "civil": civil.short if civil else "",
        "committee": _short(review, GradeStage.COMMITTEE),
        "union": union.level if union else "",
        "cell_grade": _short(review, GradeStage.PROPOSED),
        "note": proposed.note if proposed else "",
    }


def _short(review: Review | None, stage: GradeStage) -> str:
    grade = review.grade_at(stage) if review else None
    return grade.short if grade else ""


def pending_row(member: Member, cell: str, finding: DutyFinding, review: Review | None) -> Row | None:
    """What of a member's year is still open; None where nothing is, or the year asks nothing of them."""
    if finding.duty is Duty.NOT_CONCERNED:
        return None
    reviewed = review is not None and review.state is not ReviewState.DRAFT
    rated = any(
        review is not None and review.grade_at(stage) is not None
        for stage in (GradeStage.PROPOSED, GradeStage.DECIDED)
    )
    if reviewed and rated:
        return None
    return {
        "full_name": member.name,
        "cell": cell,
        "admitted": format_date(member.record.admitted_on) if member.record.admitted_on else "",
        "not_reviewed": "" if reviewed else _TICK,
        "not_rated": "" if rated else _TICK,
        "reason": _why_pending(finding, reviewed=reviewed),
    }


def _why_pending(finding: DutyFinding, *, reviewed: bool) -> str:
    if finding.duty is Duty.PENDING:
        return finding.reason[:1].upper() + finding.reason[1:]
    return "Chi bộ chưa đề xuất mức xếp loại" if reviewed else "Chưa gửi bản kiểm điểm"


def exempt_rows(members: Iterable[Member], year: int) -> list[Row]:
    """Everybody exempt at some time of a year, one row for each span."""
    return [
        {
            "full_name": member.name,
            "birth_year": str(member.record.birth.year) if member.record.birth else "",
            "kind": STATUS_DETAILS[StatusKind.EXEMPT].get(span.detail, span.note),
            "from": format_date(span.valid_from) if span.valid_from else "",
            "to": format_date(span.valid_to) if span.valid_to else "",
            "decision": span.decision_ref,
        }
        for member in members
        for span in _exempt_in(member, year)
    ]


def _exempt_in(member: Member, year: int) -> Iterator[DatedStatus]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    for status in member.statuses:
        touches = (status.valid_from or date.min) <= last and (status.valid_to or date.max) >= first
        if status.kind is StatusKind.EXEMPT and touches and not member.has_left(first):
            yield status


_KINDS = (SubjectKind.LEADER, SubjectKind.NON_LEADER, SubjectKind.OUTSIDE)


def statistics_rows(numbers: YearStatistics) -> list[Row]:
    """The lines of the statistics, every number of the year's own count."""
    total, by_kind = numbers.total, dict(numbers.by_kind)
    groups = {"total": total, **{kind.value: by_kind.get(kind, GradeCounts()) for kind in _KINDS}}
    rows: list[Row] = []
    for order, label, name in (
        ("1", "Tổng số có mặt (= 2 + 3 + 4)", "present"),
        ("2", "Được miễn", "exempt"),
        ("3", "Chưa xếp loại", "not_rated"),
        ("4", "Đã xếp loại", "rated"),
    ):
        counts = {column: str(getattr(group, name)) for column, group in groups.items()}
        rows.append({"order": order, "label": Cell(bold(label)), **counts, "share": ""})
    for grade in Grade:
        counts = {column: str(group.of(grade)) for column, group in groups.items()}
        rows.append({"order": "", "label": grade.label, **counts, "share": share_text(total.share(grade))})
    better = {column: str(group.good_or_better) for column, group in groups.items()}
    rows.append(
        {
            "order": "",
            "label": "Hoàn thành tốt trở lên",
            **better,
            "share": share_text(total.share_good_or_better),
        }
    )
    excellent = {column: str(group.of(Grade.EXCELLENT)) for column, group in groups.items()}
    share = share_text(total.share_excellent_in_good)
    rows.append({"order": "", "label": "Xuất sắc trong số tốt trở lên", **excellent, "share": share})
    return rows


def label_rows(rows: Iterable[Row], *kept: str) -> list[Row]:
    """The same rows with their labels only: what a blank sheet prints, the rest is for the pen."""
    return [{key: value if key in kept else "" for key, value in row.items()} for row in rows]


def blank_statistics() -> list[Row]:
    """The lines of the statistics without a number."""
    return label_rows(statistics_rows(YearStatistics(0, "", GradeCounts())), "order", "label")


def blank_grade_counts() -> list[Row]:
    """The four grades and their sum without a number."""
    rows = grade_count_rows(GradeCounts())
    return [*label_rows(rows[:-1], "grade"), *label_rows(rows[-1:], "order", "grade")]


def named_reasons(reasons: Iterable[tuple[str, str]]) -> list[Row]:
    """Names with their reasons."""
    return [{"full_name": name, "reason": reason} for name, reason in reasons]


BLANK_CHECK = "Có mặt ……… bằng ……… được miễn + ……… chưa xếp loại + ……… đã xếp loại"


def grade_count_rows(counts: GradeCounts) -> list[Row]:
    """Number and share of each grade among those rated, with the sum, as a report tells them."""
    rows: list[Row] = [
        {"grade": grade.label, "count": str(counts.of(grade)), "share": share_text(counts.share(grade))}
        for grade in Grade
    ]
    whole = share_text(share_of(counts.rated, counts.rated))
    label = Cell(bold("Cộng số đã xếp loại"))
    return [*rows, {"order": "", "grade": label, "count": str(counts.rated), "share": whole}]
