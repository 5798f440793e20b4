"""From the members of a year to its statistics: who was there, who is exempt, who has a grade at a stage."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.domain.eligibility import Duty, YearDuties
from app.domain.grade import Grade
from app.domain.member import Member, StatusKind
from app.domain.review import CELL_SUBJECT, COMMITTEE_SUBJECT, GradeStage, Review
from app.domain.statistics import MemberRating, RatingState, YearStatistics, count_ratings, counts_by_kind

_LATEST = (GradeStage.DECIDED, GradeStage.PROPOSED)
_NOT_OURS = (StatusKind.LEFT, StatusKind.TEMPORARY_IN)


def grade_in_force(review: Review | None, stages: Iterable[GradeStage] = _LATEST) -> Grade | None:
    """The grade that counts: the decided one, before the decision the one the cell proposes."""
    grades = (review.grade_at(stage) for stage in stages) if review else ()
    return next((grade for grade in grades if grade is not None), None)


def year_ratings(
    members: Iterable[Member],
    duties: YearDuties,
    reviews: Mapping[str, Review],
    stages: Iterable[GradeStage] = _LATEST,
) -> tuple[MemberRating, ...]:
    """Everybody of the cell at the end of the year; guests and those who left are counted elsewhere."""
    stages = tuple(stages)
    last = date(duties.year, 12, 31)
    return tuple(
        _rating(member, duties, reviews.get(member.id), stages)
        for member in members
        if _is_here(member, last, duties.year)
    )


def _is_here(member: Member, day: date, year: int) -> bool:
    status = member.status_on(day)
    return member.was_here_in(year) and not (status and status.kind in _NOT_OURS)


def _rating(
    member: Member, duties: YearDuties, review: Review | None, stages: tuple[GradeStage, ...]
) -> MemberRating:
    kind = review.subject_kind if review else member.kind_for(duties.year)
    grade = grade_in_force(review, stages)
    if grade is not None:
        return MemberRating(member.id, kind, RatingState.RATED, grade)
    finding = duties.of(member)
    status = member.status_on(duties.review_day)
    if finding.duty is Duty.NOT_CONCERNED and status and status.kind is StatusKind.EXEMPT:
        return MemberRating(member.id, kind, RatingState.EXEMPT, reason=finding.reason)
    reason = "chưa có mức xếp loại" if finding.duty is Duty.REVIEW else finding.reason
    return MemberRating(member.id, kind, RatingState.NOT_RATED, reason=reason)


def year_statistics(
    members: Iterable[Member],
    duties: YearDuties,
    reviews: Mapping[str, Review],
    collectives: Mapping[str, Review],
) -> YearStatistics:
    """The year in numbers, with the reasons of those not rated and of "không hoàn thành"."""
    members = tuple(members)
    names = {member.id: member.name for member in members}
    ratings = year_ratings(members, duties, reviews)
    not_rated = [each for each in ratings if each.state is RatingState.NOT_RATED]
    return YearStatistics(
        year=duties.year,
        rule_set=duties.rule_set.key,
        total=count_ratings(ratings),
        by_kind=counts_by_kind(ratings),
        cell_grade=grade_in_force(collectives.get(CELL_SUBJECT)),
        committee_grade=grade_in_force(collectives.get(COMMITTEE_SUBJECT)),
        not_rated=tuple((names[each.member_id], each.reason) for each in not_rated),
        unsatisfactory=tuple(
            (names[each.member_id], reason)
            for each in ratings
            if each.grade is Grade.UNSATISFACTORY
            for reason in _reasons(duties, reviews[each.member_id])
        ),
    )


def _reasons(duties: YearDuties, review: Review) -> Iterator[str]:
    """The cases of "không hoàn thành" ticked on a sheet, in the rules' words."""
    labels = {case.code: case.label for case in duties.rule_set.block_cases}
    told = [f"{code}: {labels[code]}" for code in review.block_cases if code in labels]
    yield "; ".join(told) or "lý do khác"
