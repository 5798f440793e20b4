"""One review on the screen, without widgets: what is written, what is still empty, how a draft is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from app.domain.eligibility import Duty
from app.domain.errors import Problem
from app.domain.form_template import FormTemplate, Section, SectionKind
from app.domain.grading import GradeProposal
from app.domain.grading_facts import count_problems
from app.domain.raised_points import unanswered_points
from app.domain.review import (
    COLLECTIVES,
    FaultRemedy,
    GradeStage,
    ItemScore,
    PromptAnswer,
    Review,
    ReviewState,
    SectionText,
    StageGrade,
    latest_grade,
)
from app.domain.review_grading import grading_facts, proposal_for
from app.domain.rule_set import BlockCase, PeriodKind
from app.domain.scoring import ScoringProfile, point_text, score_problems, scores_in, totals, unscored
from app.domain.year_task import AssignedTask
from app.services.reviews import ReviewPage

CELL_STAGES = (GradeStage.COMMITTEE, GradeStage.VOTE, GradeStage.PROPOSED, GradeStage.DECIDED)
COUNT_LABELS = {
    "assigned": "Được giao",
    "done": "Hoàn thành",
    "late": "Trong đó chậm",
    "beyond": "Vượt yêu cầu",
    "failed": "Không hoàn thành",
}


class SectionMark(StrEnum):
    """How far a section is: written, still empty, or nothing to say (printed so)."""

    DONE = "done"
    EMPTY = "empty"
    NOTHING = "nothing"

    @property
    def word(self) -> str:
        """The mark as a screen reader says it."""
        return {"done": "đã viết", "empty": "còn trống", "nothing": "không có gì thì để trống"}[self.value]


@dataclass(slots=True)
class GradeEntry:
    """What is typed in a grade's row and not recorded yet."""

    grade: str = ""
    day: str = ""
    source: str = ""


@dataclass(slots=True)
class ReviewSheet:
    """The review being worked on; ``page`` is as it was read, ``review`` as it stands now."""

    page: ReviewPage
    leads: bool
    may_write: bool
    review: Review = field(init=False)
    entries: dict[GradeStage, GradeEntry] = field(default_factory=dict)
    typed_scores: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.review = self.page.review

    @property
    def form(self) -> FormTemplate:
        """The official form of this sheet."""
        return self.page.form

    @property
    def profile(self) -> ScoringProfile | None:
        """The table of points chosen for this sheet."""
        chosen = (each for each in self.page.profiles if each.id == self.review.profile)
        return next(chosen, self.page.profile)

    @property
    def is_locked(self) -> bool:
        """Whether nothing can be changed: closed year, closed sheet, or a book opened to look at."""
        return self.is_shut or not self.may_write

    @property
    def is_shut(self) -> bool:
        """Whether the year or the sheet itself is closed."""
        return self.page.is_closed or self.review.state is ReviewState.CLOSED

    @property
    def title_name(self) -> str:
        """Whose sheet it is, short enough for a page's title."""
        key = self.page.review.key
        return COLLECTIVES[key.subject_id] if key.is_collective else self.page.name

    @property
    def hand_in_words(self) -> str:
        """What the last button says: a member hands in, a collective settles its report."""
        is_first = self.review.state is ReviewState.DRAFT
        if self.page.member is None:
            return "Chốt báo cáo" if is_first else "Chốt lại"
        return "Gửi cho chi bộ" if is_first else "Gửi lại"

    @property
    def paper_name(self) -> str:
        """What the sheet is: a member's own, or the report of a collective."""
        if self.page.review.key.kind is PeriodKind.QUARTER:
            return "Bản tự đánh giá"
        return "Bản kiểm điểm" if self.page.member else "Báo cáo kiểm điểm"

    def facts(self) -> str:
        """One line under the title: form, kind of subject, how far, what the quarters of the year came to."""
        kind = self.review.subject_kind.label
        state = self.review.state.label if self.review.id else "Chưa viết"
        if self.page.member is None:
            settled = "đã chốt" if self.review.state is ReviewState.SUBMITTED else state.lower()
            return f"{self.form.number_in_text} · {self.page.name} · {settled}"
        words = f"{self.form.number_in_text} · {kind[0].lower()}{kind[1:]} · {state.lower()}"
        quarters = "; ".join(
            f"{quarter.key.period_in_text.split(' năm')[0]} {grade.short}"
            for quarter in sorted(self.page.quarters, key=lambda each: each.key.period)
            if (grade := latest_grade(quarter)) is not None
        )
        return f"{words} · {quarters}" if quarters else words

    def standing_note(self) -> str:
        """What the person must know before typing: closed, or handed in already."""
        if self.page.is_closed:
            return f"Năm {self.review.key.year} đã khóa nên bản này chỉ để xem."
        if self.review.state is ReviewState.CLOSED:
            return "Bản kiểm điểm đã khóa nên chỉ để xem."
        if self.page.is_hidden:
            return (
                f"{self.page.name} đang viết bản này và chưa gửi; phần đã viết chỉ đồng chí ấy đọc "
                "được. Nhập thay thì chỉ những chỗ còn trống được điền."
            )
        if self.review.state is ReviewState.SUBMITTED and not self.may_write:
            return "Bản này đã gửi cho chi bộ nên chỉ để xem; bí thư trả lại thì sửa được."
        if self.review.state is ReviewState.SUBMITTED and not self.leads:
            return "Bản này đã gửi cho chi bộ. Đồng chí sửa thì bấm Gửi lại để chi bộ nhận bản mới."
        return ""

    def not_reviewed_note(self) -> str:
        """Why the year's review is not asked of this member, or ""; it warns and never forbids."""
        member, duty = self.page.member, self.page.duty
        if member is None or duty is None or not duty.why_not:
            return ""
        is_out = duty.duty is Duty.NOT_CONCERNED
        words = "không thuộc diện kiểm điểm" if is_out else "chưa kiểm điểm, xếp loại"
        return f"Đồng chí {member.name} {words} năm {self.review.key.year}: {duty.reason}."

    @property
    def has_loose_ends(self) -> bool:
        """Whether something is typed that the book cannot take as it stands; only a draft keeps it."""
        return bool(self.typed_scores or self.entries)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections a person fills in, in the form's order."""
        return self.form.written_sections

    def mark(self, section: Section) -> SectionMark:
        """How far a section is."""
        if self._is_written(section):
            return SectionMark.DONE
        return SectionMark.NOTHING if section.if_empty else SectionMark.EMPTY

    def progress(self) -> tuple[int, int]:
        """Sections written, and those that ask for something."""
        marks = [self.mark(section) for section in self.sections]
        return marks.count(SectionMark.DONE), len(marks) - marks.count(SectionMark.NOTHING)

    def _is_written(self, section: Section) -> bool:
        review = self.review
        written = {
            SectionKind.FAULT_ROWS: any(fault.fault.strip() for fault in review.faults),
            SectionKind.PROMPT_ROWS: any(prompt.point.strip() for prompt in review.prompts)
            and not unanswered_points(review),
            SectionKind.FOUR_GRADES: review.grade_at(GradeStage.SELF) is not None,
            SectionKind.SCORES: self.profile is not None and not unscored(self.profile, review.self_scores()),
        }
        text = review.text_of(section.key)
        is_written = written.get(section.kind, bool(text.text.strip()))
        needs_level = section.four_levels and section.kind is SectionKind.TEXT
        return is_written and (text.level is not None or not needs_level)

    def short_label(self, section: Section) -> str:
        """The section's name in the list at the left; the points say their sum."""
        profile = self.profile
        if section.kind is SectionKind.SCORES and profile is not None and self.review.self_scores():
            total = totals(profile, self.review.self_scores()).total
            return f"{section.short}: {point_text(total)}/100"
        return section.short

    def set_section(self, text: SectionText) -> None:
        """Take over what is written under one heading."""
        others = tuple(known for known in self.review.sections if known.key != text.key)
        self.review = replace(self.review, sections=(*others, text))

    def set_score(self, score: ItemScore) -> None:
        """Take over the points of one criterion."""
        others = tuple(known for known in self.review.scores if known.code != score.code)
        self.review = replace(self.review, scores=(*others, score))

    def set_tasks(self, tasks: Sequence[AssignedTask]) -> None:
        """Take over the year's tasks; they are counted instead of what was typed."""
        self.review = replace(self.review, task_list=tuple(tasks))

    def score_of(self, code: str) -> ItemScore:
        """The points of one criterion, blank when none were given."""
        return next((score for score in self.review.scores if score.code == code), ItemScore(code))

    def given(self, stage: GradeStage) -> StageGrade | None:
        """The grade recorded at a stage."""
        return next((given for given in self.review.grades if given.stage is stage), None)

    def proposal(self) -> GradeProposal:
        """The grade that points and conditions allow as the sheet stands."""
        page = self.page
        return proposal_for(self.review, page.rule_set, self.form, self.profile, page.context)

    def is_proposal_checked(self) -> bool:
        """Whether every rule the proposal leans on was compared with the original document."""
        proposal, rules = self.proposal(), self.page.rule_set
        kind = self.review.subject_kind
        grades = [grade for grade in (proposal.grade, proposal.points_grade) if grade is not None]
        conditions = [each for grade in grades if (each := rules.condition_for(grade, kind)) is not None]
        checked = [condition.verified for condition in conditions]
        checked += [case.verified for case in proposal.block_cases]
        said = proposal.paragraph
        checked += [link.verified for link in rules.links if link.text in said]
        if rules.discipline is not None and proposal.asks:
            checked.append(rules.discipline.verified)
        return rules.verified and all(checked)

    def tickable_cases(self) -> tuple[BlockCase, ...]:
        """The cases of "không hoàn thành" that people decide; the others follow wholly from figures."""
        cases = self.page.rule_set.blocks_for(self.review.subject_kind)
        return tuple(case for case in cases if case.tickable)

    def tick_case(self, code: str, *, is_ticked: bool) -> None:
        """Say that a case holds, or does not."""
        others = tuple(known for known in self.review.block_cases if known != code)
        self.review = replace(self.review, block_cases=(*others, code) if is_ticked else others)

    def problems(self) -> tuple[Problem, ...]:
        """What was typed and cannot be taken as it stands, field by field."""
        profile = self.profile
        found = [Problem(field, typed_problem(field, text)) for field, text in self.typed_scores.items()]
        for number, fault in enumerate(self.review.faults, 1):
            if not fault.fault.strip() and fault != FaultRemedy(""):
                found.append(Problem("faults", f"Khuyết điểm {number}: chưa ghi hạn chế, khuyết điểm nào."))
        for number, prompt in enumerate(self.review.prompts, 1):
            if not prompt.point.strip() and prompt != PromptAnswer(""):
                found.append(Problem("prompts", f"Vấn đề {number}: chưa ghi nội dung gợi ý."))
        if profile is not None:
            found += score_problems(profile, scores_in(profile, self.review.self_scores()))
            found += score_problems(profile, scores_in(profile, self.review.appraised_scores()))
        return (*found, *(each for each in self.count_problems() if each.field in COUNT_LABELS))

    def section_of(self, field: str) -> Section | None:
        """The section a problem's field stands in."""
        kinds = {
            "faults": SectionKind.FAULT_ROWS,
            "prompts": SectionKind.PROMPT_ROWS,
            "grade.self": SectionKind.FOUR_GRADES,
        }
        wanted = kinds.get(field, SectionKind.SCORES)
        found = next((section for section in self.sections if section.kind is wanted), None)
        grades = (section for section in self.sections if section.kind is SectionKind.FOUR_GRADES)
        return found or next(grades, None)

    def count_problems(self) -> tuple[Problem, ...]:
        """Counts of tasks that contradict each other."""
        return count_problems(grading_facts(self.review, self.form, self.profile))

    def saved_as(self, saved: Review) -> None:
        """The book has it: remember id, version and what the cell recorded; words on screen stay."""
        own = tuple(given for given in self.review.grades if given.stage is GradeStage.SELF)
        cells = tuple(given for given in saved.grades if given.stage is not GradeStage.SELF)
        self.review = replace(
            self.review, id=saved.id, version=saved.version, state=saved.state, grades=(*own, *cells)
        )


def typed_problem(field: str, text: str) -> str:
    """Why figures typed in a field cannot be taken."""
    if field.startswith("tasks."):
        _tasks, number, name = field.split(".")
        what = "số điểm" if name.endswith("points") else "ngày"
        return f"Nhiệm vụ {number}: “{text}” chưa phải là {what}."
    if field in COUNT_LABELS:
        return f"{COUNT_LABELS[field]}: “{text}” không phải là số nhiệm vụ."
    return f"Mục {field.removesuffix('*')}: “{text}” chưa phải là số điểm chấm được."


def proposed_section(sheet: ReviewSheet, section: Section) -> SectionText:
    """What stands under the heading, or the text assembled from the months where nothing was written yet."""
    text = sheet.review.text_of(section.key)
    if section.from_months and not text.text.strip() and sheet.page.proposed_text and not sheet.is_locked:
        return replace(text, text=sheet.page.proposed_text, proposed=True)
    return text


def read_points(text: str) -> Decimal | None:
    """Points as people type them, with a decimal comma or point; None when that is no number."""
    try:
        points = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return points if points.is_finite() else None
