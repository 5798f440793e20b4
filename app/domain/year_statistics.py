"""From a year's members, reviews and duties to its numbers: present, exempt, without grade, rated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.attendance import standing_on
from app.domain.discipline import Discipline
from app.domain.eligibility import YearDuties
from app.domain.grade import Grade
from app.domain.meeting import Standing
from app.domain.member import Member, StatusKind
from app.domain.review import CELL_SUBJECT, COMMITTEE_SUBJECT, GradeStage, Review
from app.domain.rule_set import RuleSet
from app.domain.statistics import (
    MemberRating,
    RatingState,
    YearStatistics,
    count_ratings,
    counts_by_kind,
)

_NO_GRADE = "chưa có mức xếp loại"


@dataclass(frozen=True, slots=True)
class YearGrades:
    """What the numbers of a year are made of. ``stage``: whose grades are counted, usually those decided."""

    year: int
    today: date
    rule_set: RuleSet
    duties: YearDuties
    members: tuple[Member, ...]
    reviews: Mapping[str, Review] = field(default_factory=dict)
    collectives: Mapping[str, Review] = field(default_factory=dict)
    stage: GradeStage = GradeStage.DECIDED
    disciplines: tuple[Discipline, ...] = ()

    @property
    def day(self) -> date:
        """The day the members are counted on: the last of the year, today while it runs."""
        return min(self.today, date(self.year, 12, 31))


def year_statistics(grades: YearGrades) -> YearStatistics:
    """The numbers of a year: present = exempt + not rated + rated, for the cell and for each kind."""
    present = [each for each in grades.members if _is_present(each, grades)]
    ratings = [_rating(member, grades) for member in present]
    names = {member.id: member.name for member in present}
    return YearStatistics(
        year=grades.year,
        rule_set=grades.rule_set.key,
        total=count_ratings(ratings),
        by_kind=counts_by_kind(ratings),
        cell_grade=_collective(grades, CELL_SUBJECT),
        committee_grade=_collective(grades, COMMITTEE_SUBJECT),
        not_rated=tuple(
            (names[each.member_id], each.reason) for each in ratings if each.state is RatingState.NOT_RATED
        ),
        unsatisfactory=tuple(_reasons(ratings, names)),
    )


def _is_present(member: Member, grades: YearGrades) -> bool:
    """A member of this cell on the counting day; who was rated here before leaving counts here too.

    A guest counts at the cell they came from, also after the visit.
    """
    if _grade(member, grades) is not None:
        return True
    standing = standing_on(member, grades.day)
    return member.was_here_in(grades.year) and standing not in (None, Standing.TEMPORARY_HERE)


def _grade(member: Member, grades: YearGrades) -> Grade | None:
    review = grades.reviews.get(member.id)
    return review.grade_at(grades.stage) if review else None


def _rating(member: Member, grades: YearGrades) -> MemberRating:
    review = grades.reviews.get(member.id)
    kind = review.subject_kind if review else member.kind_for(grades.year)
    grade = _grade(member, grades)
    if grade is not None:
        assert review is not None
        return MemberRating(member.id, kind, RatingState.RATED, grade, _why_unsatisfactory(review, grades))
    reason = grades.duties.of(member).why_not
    is_exempt = any(s.kind is StatusKind.EXEMPT and s.holds_on(grades.day) for s in member.statuses)
    if reason and is_exempt:
        return MemberRating(member.id, kind, RatingState.EXEMPT, reason=reason)
    return MemberRating(member.id, kind, RatingState.NOT_RATED, reason=reason or _NO_GRADE)


def _why_unsatisfactory(review: Review, grades: YearGrades) -> str:
    given = review.given(grades.stage)
    if given is None or given.grade is not Grade.UNSATISFACTORY:
        return ""
    labels = {case.code: case.label for case in grades.rule_set.block_cases}
    found = [labels[code] for code in review.block_cases if code in labels]
    return "; ".join(found or _known_reasons(review, grades)) or given.note or "lý do khác"


def _known_reasons(review: Review, grades: YearGrades) -> list[str]:
    """The reasons statistics list besides the rules' own cases, as far as the book knows them."""
    found = [
        f"bị kỷ luật {each.form.label.lower()} trong năm"
        + (f" ({each.decision_ref})" if each.decision_ref else "")
        for each in grades.disciplines
        if each.member_id == review.key.subject_id and each.decided_on.year == grades.year
    ]
    tasks = review.task_counts()
    if tasks and tasks.failed * 2 > tasks.assigned:
        found.append(f"không hoàn thành {tasks.failed}/{tasks.assigned} nhiệm vụ")
    if review.civil.grade is Grade.UNSATISFACTORY:
        found.append("cán bộ, công chức, viên chức được xếp loại không hoàn thành nhiệm vụ")
    return found


def _reasons(ratings: Iterable[MemberRating], names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for each in ratings:
        if each.grade is Grade.UNSATISFACTORY:
            yield names[each.member_id], each.reason


def _collective(grades: YearGrades, subject_id: str) -> Grade | None:
    review = grades.collectives.get(subject_id)
    return review.grade_at(grades.stage) if review else None
