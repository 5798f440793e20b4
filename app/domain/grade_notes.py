"""What to look at twice in one subject's grades: values that differ, dates out of order, what is missing."""

from app.domain.dates import format_date
from app.domain.grade import SubjectKind
from app.domain.review import GradeStage, Review

_IN_THE_SYSTEM = (SubjectKind.LEADER, SubjectKind.NON_LEADER)
_NAMES = {
    GradeStage.SELF: "tự nhận",
    GradeStage.COMMITTEE: "chi ủy nhận xét",
    GradeStage.VOTE: "biểu quyết",
    GradeStage.PROPOSED: "chi bộ đề xuất",
    GradeStage.DECIDED: "cấp có thẩm quyền quyết định",
}


def needs_civil_grade(review: Review | None, kind: SubjectKind) -> bool:
    """Whether a civil-servant grade is awaited: inside the political system and none entered."""
    return kind in _IN_THE_SYSTEM and (review is None or review.civil.grade is None)


def civil_note(review: Review | None, kind: SubjectKind) -> str:
    """What is wrong with the civil-servant grade, or "": it comes first and carries date and decision.

    NĐ 90/2020/NĐ-CP art. 20; QĐ 366-QĐ/TW art. 3: it is a ground of the member's grade.
    """
    if needs_civil_grade(review, kind):
        return "Chưa có mức xếp loại cán bộ, công chức, viên chức của nơi công tác."
    if review is None or review.civil.grade is None:
        return ""
    civil = review.civil
    if civil.dated_on is None or not civil.decision.strip():
        return "Mức xếp loại cán bộ, công chức, viên chức chưa ghi ngày hoặc số quyết định."
    for stage in (GradeStage.PROPOSED, GradeStage.DECIDED):
        given = review.given(stage)
        if given and given.dated_on and civil.dated_on > given.dated_on:
            return (
                f"Mức xếp loại cán bộ, công chức, viên chức ngày {format_date(civil.dated_on)} có sau mức "
                f"{_NAMES[stage]} ngày {format_date(given.dated_on)}; mức này phải có trước."
            )
    return ""


def grade_notes(review: Review | None, kind: SubjectKind) -> tuple[str, ...]:
    """Everything to look at twice in the five grades; it informs and forbids nothing."""
    civil = civil_note(review, kind)
    found = [civil] if civil else []
    if review is None:
        return tuple(found)
    for later, earlier in (
        (GradeStage.PROPOSED, GradeStage.VOTE),
        (GradeStage.DECIDED, GradeStage.PROPOSED),
    ):
        new, old = review.given(later), review.given(earlier)
        if new is None or old is None:
            continue
        if new.grade is not old.grade:
            found.append(
                f"{_NAMES[later].capitalize()} {new.grade.short} khác {_NAMES[earlier]} {old.grade.short}."
            )
        if new.dated_on and old.dated_on and new.dated_on < old.dated_on:
            found.append(
                f"{_NAMES[later].capitalize()} ngày {format_date(new.dated_on)} có trước "
                f"{_NAMES[earlier]} ngày {format_date(old.dated_on)}."
            )
    return tuple(found)
