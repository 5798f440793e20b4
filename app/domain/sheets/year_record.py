"""What the book holds of one member's year, and how papers word it row by row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.dates import format_date
from app.domain.grade import SubjectKind
from app.domain.monthly import MonthlyEntry, MonthlySelfAssessment, MonthState, Shown
from app.domain.paper import Cell, Run, Text, bold, plain
from app.domain.pledge import Pledge, PledgeItem, PledgeRevision
from app.domain.review import GradeStage, Review, YearSummary
from app.domain.sheets.frame import Row

_HANDED_IN = (MonthState.SUBMITTED, MonthState.CONFIRMED)
_WHOLE_YEAR = "cả năm"


@dataclass(frozen=True, slots=True)
class YearRecord:
    """One member's year: pledge, months, what each of the twelve looks like, sums, the grades.

    ``free_reasons`` say, by month number, why a month asks nothing; ``labels`` word the content codes.
    """

    pledge: Pledge | None
    months: tuple[MonthlySelfAssessment, ...]
    shown: tuple[Shown, ...]
    summary: YearSummary
    free_reasons: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    review: Review | None = None

    @property
    def items(self) -> tuple[PledgeItem, ...]:
        """The pledged items in order."""
        return self.pledge.items if self.pledge else ()

    def month(self, number: int) -> MonthlySelfAssessment | None:
        """A month handed in, confirmed or excused; a draft is nobody's to print."""
        found = next((m for m in self.months if m.month.month == number), None)
        return None if found is None or found.state is MonthState.DRAFT else found

    def content(self, item: PledgeItem) -> str:
        """What an item is about, in the words of its content set."""
        return self.labels.get(item.content_code, item.content_code)


def pledge_item_rows(record: YearRecord) -> list[Row]:
    """The registration, item by item, with earlier wordings of changed items."""
    return [
        {
            "order": str(number),
            "content": record.content(item),
            "action": Cell(_action(item)),
            "target": item.target,
            "due": format_date(item.due_on) if item.due_on else _WHOLE_YEAR,
            "measure": item.measure,
            "origin": item.origin.label,
            "note": item.note,
        }
        for number, item in enumerate(record.items, 1)
    ]


def _action(item: PledgeItem) -> Text:
    runs = [Run(item.action)]
    runs += [Run(f"\n{_revision(revision)}", italic=True) for revision in item.revisions]
    return tuple(runs)


def _revision(revision: PledgeRevision) -> str:
    words = f"(Thay đổi ngày {format_date(revision.revised_on)}: {revision.reason.rstrip('.')}."
    target = f"; chỉ tiêu: {revision.target.rstrip('.')}" if revision.target else ""
    return f"{words} Trước đó: {revision.action.rstrip('.')}{target}.)"


def pledge_result_rows(record: YearRecord) -> list[Row]:
    """Each pledged item with how it ended and what was last said of it."""
    return [
        {
            "order": str(number),
            "content": record.content(item),
            "action": item.action,
            "target": item.target,
            "status": _status(record, item),
        }
        for number, item in enumerate(record.items, 1)
    ]


def _status(record: YearRecord, item: PledgeItem) -> str:
    told = [
        f"Tháng {month.month.month}: {result}"
        for month in record.months
        if month.state in _HANDED_IN and (result := month.entry_for(item.id).result.strip())
    ]
    return "\n".join([item.outcome.label, *told[-1:]])


def month_entry_rows(record: YearRecord) -> list[Row]:
    """The months one below the other, each with a row per item reported in it.

    Every row says its month: a page may begin in the middle of one.
    """
    rows: list[Row] = []
    for number in range(1, 13):
        month = record.month(number)
        told = _told(record, month) if month else []
        if month is None or not told:
            rows.append(_month_row(number, result=Cell(_silence(record, number, month)), month=month))
            continue
        for place, (item_number, item, entry) in enumerate(told):
            is_first = place == 0
            rows.append(
                _month_row(
                    number,
                    pledge_item=f"{item_number}. {item.action}",
                    result=Cell(plain(entry.result)),
                    entry=entry,
                    month=month if is_first else None,
                )
            )
    return rows


def _told(record: YearRecord, month: MonthlySelfAssessment) -> list[tuple[int, PledgeItem, MonthlyEntry]]:
    entries = [(n, item, month.entry_for(item.id)) for n, item in enumerate(record.items, 1)]
    return [
        (n, item, entry)
        for n, item, entry in entries
        if month.state in _HANDED_IN and not (entry.is_empty and not entry.cell_comment)
    ]


def _month_row(
    number: int,
    *,
    result: Cell,
    pledge_item: str = "",
    entry: MonthlyEntry | None = None,
    month: MonthlySelfAssessment | None = None,
) -> Row:
    said = [month.mark.label] if month and month.mark else []
    comments = [month.cell_comment if month else "", entry.cell_comment if entry else ""]
    words = "\n".join(comment for comment in comments if comment)
    comment: Text = (*bold("\n".join(said)), *plain(f"\n{words}" if said and words else words))
    limits = "; ".join(part for part in (entry.limits, entry.fix) if part) if entry else ""
    return {
        "month": str(number),
        "pledge_item": pledge_item,
        "result": result,
        "self_level": entry.self_level if entry else "",
        "limits_fix": limits,
        "evidence": entry.evidence if entry else "",
        "cell_comment": Cell(comment),
        "confirmation": _confirmation(month) if month else "",
    }


def _confirmation(month: MonthlySelfAssessment) -> str:
    parts = []
    if month.meeting_date:
        parts.append(format_date(month.meeting_date))
    if month.no_meeting_reason:
        parts.append(f"Không họp: {month.no_meeting_reason}")
    if month.state is MonthState.CONFIRMED:
        parts.append(month.confirmed_by_name)
    if month.reopen_reason:
        parts.append(f"Mở lại: {month.reopen_reason}")
    return "\n".join(part for part in parts if part)


def _silence(record: YearRecord, number: int, month: MonthlySelfAssessment | None) -> Text:
    """Why a month says nothing; nothing at all while it has not come."""
    shown = record.shown[number - 1]
    if shown is Shown.FUTURE:
        return ()
    if shown is Shown.EXCUSED and month and month.excuse_reason:
        return (Run(f"{shown.label}: {month.excuse_reason}", italic=True),)
    if shown is Shown.NOT_REQUIRED and (reason := record.free_reasons.get(number)):
        return (Run(f"{shown.label}: {reason}", italic=True),)
    if shown in (Shown.LATE, Shown.NOT_SUBMITTED):
        return (Run(Shown.NOT_SUBMITTED.label, italic=True),)
    return (Run(shown.label, italic=True),)


def month_line_rows(record: YearRecord) -> list[Row]:
    """One line a month for the extract: level, what the cell said, when it met."""
    rows: list[Row] = []
    for number in range(1, 13):
        month = record.month(number)
        is_told = month is not None and month.state in _HANDED_IN
        silence = Cell(_silence(record, number, month))
        rows.append(
            {
                "month": str(number),
                "self_level": _levels(month) if month and is_told else "",
                "cell_comment": month.cell_comment if month and is_told else silence,
                "mark": month.mark.label if month and month.mark else "",
                "meeting_date": format_date(month.meeting_date) if month and month.meeting_date else "",
            }
        )
    return rows


def _levels(month: MonthlySelfAssessment) -> str:
    """The month's level, or how many items have each where they differ."""
    counts = Counter(entry.self_level for entry in month.entries if entry.self_level)
    if len(counts) <= 1:
        return "".join(counts)
    return "\n".join(f"{level}: {count} việc" for level, count in counts.items())


_TOTAL_LABELS = (
    "Số việc đăng ký",
    "Số việc đã xong",
    "Số việc đang làm",
    "Số việc không làm được",
    "Số tháng phải tự đánh giá",
    "Số tháng đã gửi",
    "Số tháng chi bộ đã xác nhận",
    "Số tháng gửi trễ",
    "Số lần được biểu dương",
    "Số lần được nhắc nhở",
)


def total_rows(summary: YearSummary | None) -> list[Row]:
    """The sums of a year; without a summary the same lines to be filled by hand."""
    if summary is None:
        return [{"label": label, "value": "", "note": ""} for label in _TOTAL_LABELS]
    s = summary
    counts = (s.registered, s.done, s.in_progress, s.not_done, s.required, s.submitted, s.confirmed, s.late)
    told: list[tuple[int, tuple[int, ...]]] = [(count, ()) for count in counts] + [
        (len(m), m) for m in (s.praised, s.reminded)
    ]
    return [
        {"label": label, "value": str(count), "note": _months_named(months)}
        for label, (count, months) in zip(_TOTAL_LABELS, told, strict=True)
    ]


def _months_named(months: Sequence[int]) -> str:
    return f"Tháng {', '.join(map(str, months))}" if months else ""


def grade_rows(review: Review | None, kind: SubjectKind | None) -> list[Row]:
    """The grades of a year, each with its date and source; open ones stay empty."""
    rows: list[Row] = []
    if kind is not SubjectKind.OUTSIDE:
        civil = review.civil if review else None
        rows.append(
            {
                "label": "Cơ quan, đơn vị xếp loại cán bộ, công chức, viên chức",
                "grade": civil.grade.label if civil and civil.grade else "",
                "date": format_date(civil.dated_on) if civil and civil.dated_on else "",
                "source": civil.decision if civil else "",
            }
        )
    given = {each.stage: each for each in review.grades} if review else {}
    for stage in GradeStage:
        grade = given.get(stage)
        rows.append(
            {
                "label": stage.label,
                "grade": grade.grade.label if grade else "",
                "date": format_date(grade.dated_on) if grade and grade.dated_on else "",
                "source": grade.source if grade else "",
            }
        )
    return rows
