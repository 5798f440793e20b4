"""Step 4 of the year-end: points own and appraised, what the rules allow, the committee's view."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.db import member_queries, review_queries
from app.domain.dates import format_date
from app.domain.eligibility import Duty
from app.domain.errors import Problem, ValidationFailed
from app.domain.grade import Grade
from app.domain.grading import GradeProposal
from app.domain.member import Member
from app.domain.review import GradeStage, Review, ReviewKey, StageGrade
from app.domain.review_grading import GradeContext, proposal_for
from app.domain.review_privacy import readable_by
from app.domain.rule_set import RuleSet
from app.domain.scoring import ScoringProfile, totals, unscored
from app.services.cells import closed_years_in
from app.services.eligibility import year_duties_in
from app.services.grade_contexts import year_contexts_in
from app.services.review_parts import put_grade
from app.services.reviews import ensured_review
from app.services.rule_book import RuleBook, rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class Appraisal:
    """One member's line. Points are None until every criterion has its own.

    ``review`` None: nothing is written yet.
    """

    member: Member
    review: Review | None
    own_points: Decimal | None
    appraised_points: Decimal | None
    proposal: GradeProposal | None

    @property
    def view(self) -> StageGrade | None:
        """The committee's grade with its words, if given."""
        return self.review.given(GradeStage.COMMITTEE) if self.review else None


@dataclass(frozen=True, slots=True)
class AppraisalList:
    """Everybody who is rated in a year; ``has_points``: whether the year's rules know points."""

    year: int
    rule_set: RuleSet
    lines: tuple[Appraisal, ...]
    is_closed: bool

    @property
    def viewed(self) -> int:
        """How many the committee has given its view of."""
        return sum(line.view is not None for line in self.lines)


def list_appraisals(ws: Workspace, year: int) -> AppraisalList:
    """Points, proposal and the committee's view of everybody rated in a year. Raises ``NoRules``."""
    ws.must(Act.READ_APPRAISALS)
    with ws.read() as tx:
        rules = rule_book_in(tx)
        rule_set = rules.rules_of(year)
        duties = year_duties_in(tx, rule_set, year)
        reviews = review_queries.reviews_of_year(tx, year)
        contexts = year_contexts_in(tx, year)
        members = [
            member
            for member in member_queries.members(tx)
            if member.id in reviews or duties.of(member).duty is Duty.REVIEW
        ]
        is_closed = year in closed_years_in(tx)
    known = {owner: readable_by(review, ws.actor.reader) for owner, review in reviews.items()}
    lines = tuple(_line(member, known, rules, year, contexts.of(member)) for member in members)
    return AppraisalList(year, rule_set, lines, is_closed)


def _line(
    member: Member, reviews: Mapping[str, Review], rules: RuleBook, year: int, context: GradeContext
) -> Appraisal:
    review = reviews.get(member.id)
    if review is None:
        return Appraisal(member, None, None, None, None)
    profile = rules.profile(review.profile, year)
    rule_set, form = rules.rule_set(review.rule_set, year), rules.form(review.form, year)
    return Appraisal(
        member,
        review,
        full_points(profile, review.self_scores()),
        full_points(profile, appraised(review)) if review.appraised_scores() else None,
        proposal_for(review, rule_set, form, profile, context),
    )


def appraised(review: Review) -> dict[str, Decimal]:
    """The points as the committee appraised them: where it changed nothing, the member's own stand."""
    return {**review.self_scores(), **review.appraised_scores()}


def full_points(profile: ScoringProfile | None, scores: Mapping[str, Decimal]) -> Decimal | None:
    """The total, once every criterion has its points."""
    if profile is None or unscored(profile, scores):
        return None
    return totals(profile, scores).total


def set_committee_view(ws: Workspace, key: ReviewKey, grade: Grade, note: str, dated_on: date | None) -> None:
    """Record what the committee says of a member: the grade it sees, its words, the day it met."""
    ws.must(Act.APPRAISE)
    if dated_on is None:
        raise ValidationFailed((Problem("dated_on", "Chưa ghi ngày chi ủy họp nhận xét."),))
    if dated_on > ws.today():
        raise ValidationFailed((Problem("dated_on", f"Ngày {format_date(dated_on)} chưa tới."),))
    act = f"Ghi nhận xét của chi ủy năm {key.year}: {grade.short}"
    with ws.write(act, key.member_id) as tx:
        must_be_open(tx, key.year)
        review = ensured_review(tx, ws, key)
        put_grade(tx, review.id, StageGrade(GradeStage.COMMITTEE, grade, dated_on, note=note))
