"""The rows of the ballots: whom they ask about, never who votes."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from app.domain.grade import Grade
from app.domain.member import Member
from app.domain.review import GradeStage, Review
from app.domain.scoring import ScoringProfile, point_text
from app.domain.sheets.frame import Row
from app.domain.sheets.review import part_sums


def name_rows(people: Iterable[Member], cell: str = "") -> list[Row]:
    """A row for each person, with the cell's name where the ballot has a column for it."""
    return [{"full_name": member.name, "cell": cell} for member in people]


def scored_row(member: Member, review: Review | None, profile: ScoringProfile | None) -> Row:
    """A row with the member's own points and grade, and the committee's, as far as they are handed in."""
    sums: Mapping[str, Decimal] = part_sums(review, profile)
    return {
        "full_name": member.name,
        **{part: point_text(points) for part, points in sums.items()},
        "self_grade": _short(review, GradeStage.SELF),
        "committee_grade": _short(review, GradeStage.COMMITTEE),
    }


def grade_lines() -> list[Row]:
    """The four grades one below the other, as the ballot on a collective lists them."""
    return [{"grade": grade.label} for grade in Grade]


def cell_row(name: str, review: Review | None) -> Row:
    """The cell's own line on the ballot of the committee above."""
    return {"name": name, "self_grade": _short(review, GradeStage.SELF)}


def _short(review: Review | None, stage: GradeStage) -> str:
    grade = review.grade_at(stage) if review else None
    return grade.short if grade else ""
