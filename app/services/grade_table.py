"""All grades of a year in one table: five values of everybody and of the collectives, and what is open."""

from dataclasses import dataclass
from datetime import date

from app.db import member_queries, review_queries, year_end_queries
from app.db.transactions import ReadTransaction
from app.domain.decision import Complaint, Rerating
from app.domain.errors import NotFound
from app.domain.grade import Grade, SubjectKind
from app.domain.grade_notes import grade_notes, needs_civil_grade
from app.domain.grade_ties import link_warnings
from app.domain.grading import GradeProposal, propose_grade
from app.domain.member import Member
from app.domain.permissions import Reader
from app.domain.review import (
    CELL_SUBJECT,
    COMMITTEE_SUBJECT,
    GradeStage,
    Review,
    ReviewKey,
    StageGrade,
    latest_grade,
)
from app.domain.review_grading import grade_context, grading_facts
from app.domain.review_privacy import readable_by
from app.domain.rule_set import Deadline, PeriodKind, RuleSet
from app.domain.sheets.facts import collective_name, has_committee, reference_day
from app.domain.sheets.organs import superior_in_text
from app.domain.text import lower_first
from app.services.cells import cell_in, closed_years_in
from app.services.eligibility import year_duties_in
from app.services.grade_contexts import context_of_collective
from app.services.rule_book import RuleBook, rule_book_in
from app.services.workspace import Act, Workspace


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One subject's five grades. ``member`` None: a collective; ``why_not``: no review is asked for."""

    key: ReviewKey
    name: str
    member: Member | None
    kind: SubjectKind
    review: Review | None
    why_not: str
    programme: GradeProposal | None
    notes: tuple[str, ...]
    reratings: tuple[Rerating, ...]
    complaints: tuple[Complaint, ...]

    @property
    def id(self) -> str:
        """The subject's id: one row per subject."""
        return self.key.subject_id

    def given(self, stage: GradeStage) -> StageGrade | None:
        """The grade of a stage with date and source."""
        return self.review.given(stage) if self.review else None

    def grade(self, stage: GradeStage) -> Grade | None:
        """The grade of a stage."""
        return self.review.grade_at(stage) if self.review else None

    @property
    def is_asked(self) -> bool:
        """Whether a grade is awaited: a review is asked for, or one exists all the same."""
        return not self.why_not or self.review is not None


@dataclass(frozen=True, slots=True)
class GradeTable:
    """The grades of a year: members in the order of the list, then the collectives.

    ``superior`` is the committee directly above, where the cell's head names one.
    """

    year: int
    rule_set: RuleSet
    rows: tuple[GradeRow, ...]
    meeting_on: date | None
    is_closed: bool
    superior: str = ""

    def row(self, subject_id: str) -> GradeRow | None:
        """One subject's row."""
        return next((row for row in self.rows if row.id == subject_id), None)

    def asked(self) -> tuple[GradeRow, ...]:
        """The rows that await grades."""
        return tuple(row for row in self.rows if row.is_asked)

    def civil_missing(self) -> tuple[GradeRow, ...]:
        """Members inside the political system whose office's grade is not entered yet."""
        return tuple(row for row in self.asked() if row.member and needs_civil_grade(row.review, row.kind))

    @property
    def civil_due(self) -> Deadline | None:
        """The deadline of the offices' rating, before that of the members (NĐ 90/2020/NĐ-CP art. 20)."""
        return next((each for each in self.rule_set.deadlines if each.code == "CIVIL_SERVANT"), None)

    def without(self, stage: GradeStage) -> tuple[GradeRow, ...]:
        """The rows still without a grade of a stage."""
        return tuple(row for row in self.asked() if row.grade(stage) is None)


def list_grades(ws: Workspace, year: int) -> GradeTable:
    """Everybody's five grades with what the rules would allow, in a fixed number of selects. ``NoRules``."""
    ws.must(Act.READ_GRADES)
    with ws.read() as tx:
        rules = rule_book_in(tx)
        rule_set = rules.rules_of(year)
        duties = year_duties_in(tx, rule_set, year)
        members = member_queries.members(tx)
        around = _Around(tx, year, rules, members, ws.actor.reader)
        people = tuple(
            around.row(ReviewKey(member.id, year), member.name, member, duties.of(member).why_not)
            for member in members
            if member.was_here_in(year) or member.id in around.reviews
        )
        cell = cell_in(tx)
        is_closed = year in closed_years_in(tx)
    day = reference_day(year, duties.meeting_on, ws.today())
    shown = [CELL_SUBJECT]
    if has_committee(members, day) or COMMITTEE_SUBJECT in around.reviews:
        shown.insert(0, COMMITTEE_SUBJECT)
    own, superior = cell.name_on(day).own, superior_in_text(cell.name_on(day).upper)
    collectives = tuple(
        around.row(ReviewKey(each, year), collective_name(each, own), None, "") for each in shown
    )
    return GradeTable(year, rule_set, (*people, *collectives), duties.meeting_on, is_closed, superior)


class _Around:
    """What is around each grade, read once for all."""

    def __init__(
        self, tx: ReadTransaction, year: int, rules: RuleBook, members: tuple[Member, ...], reader: Reader
    ) -> None:
        self._year, self._rules = year, rules
        stored = {
            **review_queries.reviews_of_year(tx, year),
            **review_queries.collective_reviews(tx, year),
        }
        self.reviews = {subject: readable_by(review, reader) for subject, review in stored.items()}
        self._disciplines = year_end_queries.disciplines(tx)
        self._of_collective = context_of_collective(year, members, self._disciplines)
        self._reratings = year_end_queries.reratings(tx, year)
        self._complaints = year_end_queries.complaints(tx, year)
        self._quarters = review_queries.period_reviews(tx, year)

    def row(self, key: ReviewKey, name: str, member: Member | None, why_not: str) -> GradeRow:
        """One subject's row."""
        review = self.reviews.get(key.subject_id)
        kind = SubjectKind.COLLECTIVE if member is None else member.kind_for(self._year)
        kind = review.subject_kind if review else kind
        review_id = review.id if review else ""
        programme, ties = self._held_against_rules(review, member) if review else (None, ())
        return GradeRow(
            key,
            name,
            member,
            kind,
            review,
            why_not,
            programme,
            (*grade_notes(review, kind), *ties) if not why_not or review else (),
            tuple(each for each in self._reratings if each.review_id == review_id),
            tuple(each for each in self._complaints if each.review_id == review_id),
        )

    def _held_against_rules(
        self, review: Review, member: Member | None
    ) -> tuple[GradeProposal | None, tuple[str, ...]]:
        """What the rules would allow, and what the grade given so far is tied to and does not agree with."""
        try:
            form = self._rules.form(review.form, self._year)
            rule_set = self._rules.rule_set(review.rule_set, self._year)
        except NotFound:
            return None, ()  # an office's own form taken out of the book; the grades stay readable
        day = reference_day(self._year, review.dated_on, date(self._year, 12, 31))
        context = self._of_collective
        if member is not None:
            context = grade_context(
                self._year,
                (each for each in self._disciplines if each.member_id == member.id),
                member.role_on(day),
                self.reviews.get(CELL_SUBJECT),
                self._quarter_grades(member.id),
            )
        facts = grading_facts(review, form, self._rules.profile(review.profile, self._year), context)
        given = review.grade_at(GradeStage.DECIDED) or review.grade_at(GradeStage.PROPOSED)
        proposal = propose_grade(rule_set, review.subject_kind, facts)
        return proposal, (*_above_block_case(proposal, given), *link_warnings(rule_set, facts, given))

    def _quarter_grades(self, member_id: str) -> tuple[Grade, ...]:
        quarters = (each for each in self._quarters if each.key.kind is PeriodKind.QUARTER)
        return tuple(
            grade
            for each in quarters
            if each.key.subject_id == member_id and (grade := latest_grade(each)) is not None
        )


def _above_block_case(proposal: GradeProposal, given: Grade | None) -> tuple[str, ...]:
    """A grade given although a case of the rules asks for the lowest: said with the case, never changed."""
    if (
        given is None
        or proposal.grade is None
        or not proposal.block_cases
        or given.rank <= proposal.grade.rank
    ):
        return ()
    cases = "; ".join(lower_first(case.label) for case in proposal.block_cases)
    sources = "; ".join(dict.fromkeys(case.source for case in proposal.block_cases if case.source))
    return (
        f"Mức ghi là {given.label}, còn theo quy định là {proposal.grade.label}: {cases}"
        f"{f' ({sources})' if sources else ''}. Giữ mức này thì cần ý kiến của cấp có thẩm quyền.",
    )
