"""A member's review (kiểm điểm, đánh giá, xếp loại): sections of the form, points, faults, five grades."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.monthly import CellMark, MonthlySelfAssessment, MonthState
from app.domain.pledge import Outcome, Pledge, PledgeItem
from app.domain.rule_set import PeriodKind
from app.domain.year_task import AssignedTask, TaskCounts, counts_of


class ReviewState(StrEnum):
    """How far a review is: being written, handed to the cell, closed with the decision."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state in words."""
        return {"draft": "Đang viết", "submitted": "Đã gửi", "closed": "Đã khóa"}[self.value]


class GradeStage(StrEnum):
    """The five grades of one review; each is kept apart with its own date and source."""

    SELF = "self"
    COMMITTEE = "committee"
    VOTE = "vote"
    PROPOSED = "proposed"
    DECIDED = "decided"

    @property
    def label(self) -> str:
        """Whose grade it is."""
        return {
            "self": "Tự nhận",
            "committee": "Chi ủy nhận xét",
            "vote": "Kết quả biểu quyết",
            "proposed": "Chi bộ đề xuất",
            "decided": "Cấp có thẩm quyền quyết định",
        }[self.value]


class RemedyStatus(StrEnum):
    """How far a fault pointed out earlier is remedied."""

    REMEDIED = "remedied"
    IN_PROGRESS = "in_progress"
    NOT_REMEDIED = "not_remedied"

    @property
    def label(self) -> str:
        """The status in the form's words."""
        return {
            "remedied": "đã khắc phục",
            "in_progress": "đang khắc phục",
            "not_remedied": "chưa khắc phục",
        }[self.value]


@dataclass(frozen=True, slots=True)
class SectionText:
    """What is written under one heading. ``proposed``: still as assembled from the months."""

    key: str
    text: str = ""
    level: FourLevel | None = None
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class FaultRemedy:
    """One fault pointed out before, and what became of it."""

    fault: str
    status: RemedyStatus | None = None
    progress: str = ""
    difficulty: str = ""
    responsibility: str = ""

    def sentence(self, whose: str = "cá nhân") -> str:
        """The fault as running text for the sheet; ``whose`` responsibility it tells of."""
        parts = [self.fault.strip().rstrip(".")]
        if self.status is not None:
            degree = f" ({self.progress.strip().rstrip('.')})" if self.progress.strip() else ""
            parts[0] += f": {self.status.label}{degree}"
        if self.difficulty.strip():
            parts.append(f"Khó khăn, vướng mắc: {self.difficulty.strip().rstrip('.')}")
        if self.responsibility.strip():
            parts.append(f"Trách nhiệm của {whose}: {self.responsibility.strip().rstrip('.')}")
        return ". ".join(part for part in parts if part) + "."


@dataclass(frozen=True, slots=True)
class PromptAnswer:
    """One point raised from above (gợi ý kiểm điểm) with the answer; ``raised_id`` names the point kept."""

    point: str
    cause: str = ""
    responsibility: str = ""
    raised_id: str = ""

    def sentence(self, whose: str = "cá nhân") -> str:
        """The answer as running text for the sheet; ``whose`` responsibility it tells of."""
        parts = [self.point.strip().rstrip(".") + ":"]
        if self.cause.strip():
            parts.append(self.cause.strip().rstrip(".") + ".")
        if self.responsibility.strip():
            parts.append(f"Trách nhiệm của {whose}: {self.responsibility.strip().rstrip('.')}.")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class ItemScore:
    """Points of one criterion: the member's own and the committee's, each with its ground."""

    code: str
    self_score: Decimal | None = None
    appraised_score: Decimal | None = None
    ground: str = ""
    appraised_ground: str = ""


@dataclass(frozen=True, slots=True)
class YearTasks:
    """The year's assigned tasks; None means not counted yet."""

    assigned: int | None = None
    done: int | None = None
    late: int | None = None
    beyond: int | None = None
    failed: int | None = None


@dataclass(frozen=True, slots=True)
class StageGrade:
    """One of the five grades, with its date and where it comes from."""

    stage: GradeStage
    grade: Grade
    dated_on: date | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CivilGrade:
    """The yearly grade as cán bộ, công chức, viên chức: an input, with date and decision."""

    grade: Grade | None = None
    dated_on: date | None = None
    decision: str = ""


CELL_SUBJECT = "cell"
COMMITTEE_SUBJECT = "committee"
QUARTER_NUMERALS = ("I", "II", "III", "IV")
COLLECTIVES = {CELL_SUBJECT: "Chi bộ", COMMITTEE_SUBJECT: "Chi ủy"}


@dataclass(frozen=True, slots=True)
class ReviewKey:
    """Whose review of what: one review per subject, kind and period ("2025", "2025-Q1", "2020-2025").

    ``subject_id`` is a member's id, or names a collective: the cell itself or its committee (Mẫu 01).
    """

    subject_id: str
    year: int
    kind: PeriodKind = PeriodKind.YEAR
    period: str = ""

    @property
    def period_text(self) -> str:
        """The period as stored: the year itself unless another was named."""
        return self.period or str(self.year)

    @property
    def period_words(self) -> str:
        """The period as people say it: "Năm 2025", "Quý I năm 2025", "Nhiệm kỳ 2020-2025", "Đột xuất …"."""
        if self.kind is PeriodKind.YEAR:
            return f"Năm {self.year}"
        if self.kind is PeriodKind.QUARTER:
            return f"Quý {QUARTER_NUMERALS[int(self.period[-1]) - 1]} năm {self.year}"
        return f"{'Nhiệm kỳ' if self.kind is PeriodKind.TERM else 'Đột xuất'} {self.period}"

    @property
    def other_period(self) -> str:
        """The period where it is not the whole year, as printed below a title; else ""."""
        return "" if self.kind is PeriodKind.YEAR else self.period_words

    @property
    def period_in_text(self) -> str:
        """The period inside a sentence: "năm 2025", "quý I năm 2025"."""
        return self.period_words[0].lower() + self.period_words[1:]

    @property
    def is_collective(self) -> bool:
        """Whether the cell or its committee is reviewed, not a member."""
        return self.subject_id in COLLECTIVES

    @property
    def whose(self) -> str:
        """Whose responsibility the sheet speaks of: the person's or the collective's."""
        return "tập thể" if self.is_collective else "cá nhân"

    @property
    def member_id(self) -> str | None:
        """The member reviewed; None for a collective."""
        return None if self.is_collective else self.subject_id


@dataclass(frozen=True, slots=True)
class Review:
    """One review with everything written in it; remembers rule set, form and kind of its time."""

    key: ReviewKey
    rule_set: str
    form: str
    subject_kind: SubjectKind
    profile: str = ""
    state: ReviewState = ReviewState.DRAFT
    dated_on: date | None = None
    sections: tuple[SectionText, ...] = ()
    scores: tuple[ItemScore, ...] = ()
    faults: tuple[FaultRemedy, ...] = ()
    prompts: tuple[PromptAnswer, ...] = ()
    tasks: YearTasks = YearTasks()
    civil: CivilGrade = CivilGrade()
    grades: tuple[StageGrade, ...] = ()
    block_cases: tuple[str, ...] = ()
    entered_by: str | None = None
    id: str = ""
    version: int = 0
    task_list: tuple[AssignedTask, ...] = ()
    notified_on: date | None = None

    def is_private_to_member(self) -> bool:
        """A sheet its own member is writing: nobody else reads it before it is handed in."""
        return self.state is ReviewState.DRAFT and self.entered_by == self.key.subject_id

    def text_of(self, key: str) -> SectionText:
        """What is written under a heading, blank when nothing is."""
        return next((section for section in self.sections if section.key == key), SectionText(key))

    def grade_at(self, stage: GradeStage) -> Grade | None:
        """The grade of a stage, if given."""
        return next((given.grade for given in self.grades if given.stage is stage), None)

    def given(self, stage: GradeStage) -> StageGrade | None:
        """The grade of a stage with its date and source, if given."""
        return next((given for given in self.grades if given.stage is stage), None)

    def self_scores(self) -> dict[str, Decimal]:
        """The member's own points by criterion code."""
        return {score.code: score.self_score for score in self.scores if score.self_score is not None}

    def task_counts(self) -> TaskCounts | None:
        """The year's tasks in figures: counted from the list, or as typed while no task is listed."""
        if any(task.title.strip() for task in self.task_list):
            return counts_of(self.task_list)
        typed = self.tasks
        if typed.assigned is None or typed.done is None:
            return None
        return TaskCounts(typed.assigned, typed.done, typed.late or 0, typed.beyond or 0, typed.failed or 0)

    def appraised_scores(self) -> dict[str, Decimal]:
        """The committee's points by criterion code."""
        given = ((score.code, score.appraised_score) for score in self.scores)
        return {code: points for code, points in given if points is not None}


NOT_RATED = "not_rated"
"""Under this key a review says why it is left without a grade, for example long sick leave in a quarter."""


_BY_WEIGHT = (GradeStage.DECIDED, GradeStage.PROPOSED, GradeStage.VOTE, GradeStage.COMMITTEE, GradeStage.SELF)


def latest_grade(review: Review) -> Grade | None:
    """The grade that counts so far: the decided one, else what was proposed, down to the own one."""
    return next((grade for stage in _BY_WEIGHT if (grade := review.grade_at(stage))), None)


def quarter_key(subject_id: str, year: int, quarter: int) -> ReviewKey:
    """The key of one quarter's sheet; quarters count from 1."""
    return ReviewKey(subject_id, year, PeriodKind.QUARTER, f"{year}-Q{quarter}")


@dataclass(frozen=True, slots=True)
class YearSummary:
    """The months of a year rolled up for one member."""

    registered: int
    done: int
    in_progress: int
    not_done: int
    required: int
    submitted: int
    confirmed: int
    late: int
    praised: tuple[int, ...]
    reminded: tuple[int, ...]


def summarise(
    pledge: Pledge | None,
    months: Sequence[MonthlySelfAssessment],
    free_months: Sequence[int],
    late_months: Sequence[int] = (),
) -> YearSummary:
    """Roll up a year. ``free_months`` ask nothing of the member; ``late_months`` were handed in late."""
    items = pledge.items if pledge else ()
    excused = {m.month.month for m in months if m.state in (MonthState.EXCUSED, MonthState.NOT_REQUIRED)}
    handed_in = [m for m in months if m.state in (MonthState.SUBMITTED, MonthState.CONFIRMED)]
    return YearSummary(
        len(items),
        sum(item.outcome is Outcome.DONE for item in items),
        sum(item.outcome is Outcome.IN_PROGRESS for item in items),
        sum(item.outcome is Outcome.NOT_DONE for item in items),
        12 - len(excused | set(free_months)),
        len(handed_in),
        sum(m.state is MonthState.CONFIRMED for m in months),
        len(late_months),
        tuple(m.month.month for m in months if m.mark is CellMark.PRAISE),
        tuple(m.month.month for m in months if m.mark is CellMark.REMINDER),
    )


def proposed_pledge_text(
    year: int, pledge: Pledge | None, months: Sequence[MonthlySelfAssessment], summary: YearSummary
) -> str:
    """A first text for "Việc thực hiện cam kết …", assembled from the months; the member edits it.

    Names each item with its last result, counts what was done, never a grade or a score.
    """
    if pledge is None or not pledge.items:
        return ""
    paragraphs = [f"Năm {year} tôi đăng ký {summary.registered} việc, đã thực hiện {summary.done} việc."]
    paragraphs.append("\n".join(_item_sentence(item, months) for item in pledge.items))
    counts = f"Đã tự đánh giá {summary.submitted}/{summary.required} tháng phải nộp"
    if summary.confirmed:
        counts += f", chi bộ xác nhận {summary.confirmed} tháng"
    if summary.praised:
        counts += f"; được biểu dương {len(summary.praised)} lần (tháng {_listed(summary.praised)})"
    if summary.reminded:
        counts += f"; được nhắc nhở {len(summary.reminded)} lần (tháng {_listed(summary.reminded)})"
    paragraphs.append(counts + ".")
    return "\n".join(paragraphs)


def _listed(months: Sequence[int]) -> str:
    return ", ".join(str(month) for month in months)


def _item_sentence(item: PledgeItem, months: Sequence[MonthlySelfAssessment]) -> str:
    told = [(m.month.month, m.entry_for(item.id)) for m in months]
    results = [(number, entry.result.strip()) for number, entry in told if entry.result.strip()]
    sentence = item.action.strip().rstrip(".")
    if item.target.strip():
        sentence += f" (chỉ tiêu: {item.target.strip().rstrip('.')})"
    sentence += f": {item.outcome.label.lower()}"
    if results:
        number, last = results[-1]
        sentence += f"; tháng {number}: {last.rstrip('.')}"
    limits = [entry.limits.strip().rstrip(".") for _, entry in told if entry.limits.strip()]
    if limits:
        sentence += f". Còn hạn chế: {limits[-1]}"
    return sentence + "."
