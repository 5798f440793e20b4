"""From a review as written to the grade its points and conditions allow."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.discipline import Discipline
from app.domain.discipline_weight import disciplines_of_year
from app.domain.form_template import FormTemplate
from app.domain.grade import Grade
from app.domain.grading import GradeProposal, propose_grade
from app.domain.grading_facts import GradingFacts
from app.domain.member import CellRole
from app.domain.review import GradeStage, RemedyStatus, Review
from app.domain.rule_set import RuleSet
from app.domain.scoring import ScoringProfile, totals, unscored
from app.domain.year_task import TaskCounts


@dataclass(frozen=True, slots=True)
class GradeContext:
    """What a grade depends on beside the sheet itself: discipline, the collective, the quarters."""

    disciplines: tuple[Discipline, ...] = ()
    role: CellRole | None = None
    collective_grade: Grade | None = None
    collective_tasks: TaskCounts | None = None
    quarter_grades: tuple[Grade, ...] = ()


def _latest_grade(review: Review | None) -> Grade | None:
    """The grade of the latest stage there is: decided, else proposed, voted, the committee's, own."""
    if review is None:
        return None
    given = (review.grade_at(stage) for stage in reversed(GradeStage))
    return next((grade for grade in given if grade is not None), None)


def grade_context(
    year: int,
    disciplines: Iterable[Discipline],
    role: CellRole | None = None,
    collective: Review | None = None,
    quarter_grades: tuple[Grade, ...] = (),
) -> GradeContext:
    """What is around one subject's grade; ``disciplines`` may be of any year."""
    return GradeContext(
        disciplines_of_year(disciplines, year),
        role,
        _latest_grade(collective),
        collective.task_counts() if collective else None,
        quarter_grades,
    )


def grading_facts(
    review: Review,
    form: FormTemplate,
    profile: ScoringProfile | None,
    context: GradeContext | None = None,
) -> GradingFacts:
    """What a grade depends on. Points count only once every criterion has its points.

    An item the committee appraised counts with the committee's points, every other with the member's own.
    """
    around = context or GradeContext()
    scores = {**review.self_scores(), **review.appraised_scores()}
    points = None
    if profile is not None and not unscored(profile, scores):
        points = totals(profile, scores).total
    boxed = [section for section in form.sections if section.four_levels]
    levels = {section.key: review.text_of(section.key).level for section in boxed}
    return GradingFacts(
        points=points,
        tasks=review.task_counts(),
        faults_pointed_out=len(review.faults),
        faults_fixed=sum(fault.status is RemedyStatus.REMEDIED for fault in review.faults),
        block_cases=frozenset(review.block_cases),
        member_disciplined=review.key.is_collective and bool(around.disciplines),
        task_levels=tuple(level for s in boxed if s.task_criterion and (level := levels[s.key])),
        other_levels=tuple(level for s in boxed if not s.task_criterion and (level := levels[s.key])),
        civil_servant_grade=review.civil.grade,
        disciplines=around.disciplines,
        role=around.role,
        collective_grade=around.collective_grade,
        collective_tasks=around.collective_tasks,
        quarter_grades=around.quarter_grades,
    )


def proposal_for(
    review: Review,
    rule_set: RuleSet,
    form: FormTemplate,
    profile: ScoringProfile | None,
    context: GradeContext | None = None,
) -> GradeProposal:
    """The grade the rules allow for a review as it stands, with its reason; a proposal, never a decision."""
    return propose_grade(rule_set, review.subject_kind, grading_facts(review, form, profile, context))
