"""From a review as written to the grade its points and conditions allow."""

from app.domain.form_template import FormTemplate
from app.domain.grading import GradeProposal, GradingFacts, TaskCounts, propose_grade
from app.domain.review import RemedyStatus, Review
from app.domain.rule_set import RuleSet
from app.domain.scoring import ScoringProfile, totals, unscored


def grading_facts(review: Review, form: FormTemplate, profile: ScoringProfile | None) -> GradingFacts:
    """What the review says that a grade depends on. Points count only once every criterion has its points."""
    scores = review.self_scores()
    points = None
    if profile is not None and not unscored(profile, scores):
        points = totals(profile, scores).total
    counted = review.tasks
    tasks = None
    if counted.assigned is not None and counted.done is not None:
        tasks = TaskCounts(
            counted.assigned, counted.done, counted.late or 0, counted.beyond or 0, counted.failed or 0
        )
    boxed = [section for section in form.sections if section.four_levels]
    levels = {section.key: review.text_of(section.key).level for section in boxed}
    return GradingFacts(
        points=points,
        tasks=tasks,
        faults_pointed_out=len(review.faults),
        faults_fixed=sum(fault.status is RemedyStatus.REMEDIED for fault in review.faults),
        block_cases=frozenset(review.block_cases),
        task_levels=tuple(level for s in boxed if s.task_criterion and (level := levels[s.key])),
        other_levels=tuple(level for s in boxed if not s.task_criterion and (level := levels[s.key])),
        civil_servant_grade=review.civil.grade,
    )


def proposal_for(
    review: Review, rule_set: RuleSet, form: FormTemplate, profile: ScoringProfile | None
) -> GradeProposal:
    """The grade the rules allow for a review as it stands, with its reason; a proposal, never a decision."""
    return propose_grade(rule_set, review.subject_kind, grading_facts(review, form, profile))
