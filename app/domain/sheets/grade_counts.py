"""Counts of grades as papers of grades list them."""

from collections.abc import Iterable

from app.domain.grade import Grade
from app.domain.review import NOT_RATED, GradeStage, Review
from app.domain.sheets.frame import Row
from app.domain.statistics import GradeCounts, share_text


def settled_grade(review: Review) -> Grade | None:
    """The grade a report may count: decided, or what the cell proposed; never only somebody's own."""
    if review.text_of(NOT_RATED).text:
        return None
    return review.grade_at(GradeStage.DECIDED) or review.grade_at(GradeStage.PROPOSED)


def counted(grades: Iterable[Grade]) -> GradeCounts:
    """How many have each grade."""
    counts = dict.fromkeys(Grade, 0)
    for grade in grades:
        counts[grade] += 1
    return GradeCounts(present=sum(counts.values()), grades=counts)


def count_rows(counts: GradeCounts) -> list[Row]:
    """The four grades with number and share, for a table."""
    rows: list[Row] = [
        {
            "grade": grade.label,
            "count": str(counts.of(grade)),
            "share": share_text(counts.share(grade)),
        }
        for grade in Grade
    ]
    return rows
