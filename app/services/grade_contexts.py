"""What is around the grades of a year beside the sheets: discipline, the collective's grade, the quarters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.db import member_queries, review_queries, year_end_queries
from app.db.transactions import ReadTransaction
from app.domain.discipline import Discipline
from app.domain.grade import Grade
from app.domain.member import CellRole, Member
from app.domain.review import CELL_SUBJECT, COMMITTEE_SUBJECT, Review, ReviewKey
from app.domain.review_grading import GradeContext, grade_context
from app.domain.rule_set import PeriodKind

_LEADERS = (CellRole.SECRETARY, CellRole.DEPUTY_SECRETARY, CellRole.COMMITTEE_MEMBER)


@dataclass(frozen=True, slots=True)
class YearContexts:
    """What is around everybody's grade of one year, read in a fixed number of selects."""

    year: int
    disciplines: Mapping[str, tuple[Discipline, ...]]
    collectives: Mapping[str, Review]
    quarter_grades: Mapping[str, tuple[Grade, ...]]

    def of(self, member: Member) -> GradeContext:
        """What is around one member's grade."""
        return grade_context(
            self.year,
            self.disciplines.get(member.id, ()),
            role_in(member, self.year),
            self.collectives.get(CELL_SUBJECT) or self.collectives.get(COMMITTEE_SUBJECT),
            self.quarter_grades.get(member.id, ()),
        )


def role_in(member: Member, year: int) -> CellRole | None:
    """The highest post in the cell a member held at the end of a year."""
    return member.role_on(date(year, 12, 31))


def context_of_collective(
    year: int, members: Iterable[Member], disciplines: Iterable[Discipline]
) -> GradeContext:
    """What is around the collective's grade: the disciplines of the members who lead it."""
    leaders = {member.id for member in members if role_in(member, year) in _LEADERS}
    return grade_context(year, (each for each in disciplines if each.member_id in leaders))


def year_contexts_in(tx: ReadTransaction, year: int, member_id: str | None = None) -> YearContexts:
    """Everything around the grades of a year inside a transaction; of one member only where named."""
    disciplines: dict[str, list[Discipline]] = {}
    for each in year_end_queries.disciplines(tx, member_id):
        disciplines.setdefault(each.member_id, []).append(each)
    return YearContexts(
        year,
        {owner: tuple(found) for owner, found in disciplines.items()},
        review_queries.collective_reviews(tx, year),
        review_queries.quarter_grades(tx, year),
    )


def context_in(tx: ReadTransaction, key: ReviewKey, member: Member | None) -> GradeContext:
    """What is around the grade of one review; of a quarter or a term nothing but the member's post."""
    if key.kind is not PeriodKind.YEAR:
        return GradeContext(role=role_in(member, key.year) if member else None)
    if member is not None:
        return year_contexts_in(tx, key.year, member.id).of(member)
    members, disciplines = member_queries.members(tx), year_end_queries.disciplines(tx)
    return context_of_collective(key.year, members, disciplines)
