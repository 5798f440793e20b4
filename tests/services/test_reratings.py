"""Published grades changed later: the old value stays, locked sheets included; complaints and answers."""

from datetime import date

import pytest

from app.domain.errors import NotAllowed, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import GradeStage, ReviewKey
from app.services.decisions import DecisionPaper, enter_decisions
from app.services.grade_table import GradeRow, list_grades
from app.services.reratings import (
    answer_complaint,
    note_complaint,
    remove_complaint,
    rerate,
    take_back_rerating,
)
from app.services.reviews import close_review
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import lock_year

LATER = date(2026, 3, 2)


@pytest.fixture
def key(secretary_ws: Workspace, people: People) -> ReviewKey:
    """A member whose decided grade of 2025 is HTT and whose sheet is locked."""
    paper = DecisionPaper("45-QĐ/ĐU", date(2025, 12, 26), "Đảng ủy xã Hòa Sơn")
    enter_decisions(secretary_ws, 2025, paper, {people.plain: Grade.GOOD})
    key = ReviewKey(people.plain, 2025)
    close_review(secretary_ws, key)
    return key


def row_of(ws: Workspace, key: ReviewKey) -> GradeRow:
    row = list_grades(ws, key.year).row(key.subject_id)
    assert row is not None
    return row


def test_a_rerating_keeps_the_old_grade_with_its_decision(secretary_ws: Workspace, key: ReviewKey) -> None:
    rerate(secretary_ws, key, Grade.SATISFACTORY, "12-QĐ/ĐU", LATER, "Phát hiện kê khai không trung thực")

    row = row_of(secretary_ws, key)
    assert row.grade(GradeStage.DECIDED) is Grade.SATISFACTORY
    kept = row.reratings[0]
    assert (kept.old_grade, kept.new_grade) == (Grade.GOOD, Grade.SATISFACTORY)
    assert kept.old_decision == "Quyết định số 45-QĐ/ĐU, ngày 26/12/2025 của Đảng ủy xã Hòa Sơn"
    assert kept.decided_on == LATER


def test_a_cancelled_grade_leaves_none_and_is_still_known(secretary_ws: Workspace, key: ReviewKey) -> None:
    rerate(secretary_ws, key, None, "12-QĐ/ĐU", LATER, "Chờ kết luận kiểm tra")

    row = row_of(secretary_ws, key)
    assert row.grade(GradeStage.DECIDED) is None
    assert row.reratings[0].new_grade is None


def test_a_rerating_entered_by_mistake_is_taken_back_whole(secretary_ws: Workspace, key: ReviewKey) -> None:
    undo = rerate(secretary_ws, key, None, "12-QĐ/ĐU", LATER, "Nhầm người")
    take_back_rerating(secretary_ws, undo)

    row = row_of(secretary_ws, key)
    given = row.given(GradeStage.DECIDED)
    assert given is not None
    assert (given.grade, given.dated_on) == (Grade.GOOD, date(2025, 12, 26))
    assert row.reratings == ()


def test_a_rerating_needs_another_grade_a_decision_a_day_and_a_reason(
    secretary_ws: Workspace, key: ReviewKey
) -> None:
    with pytest.raises(ValidationFailed) as caught:
        rerate(secretary_ws, key, Grade.SATISFACTORY, "", None, "")
    assert [problem.field for problem in caught.value.problems] == ["decided_on", "decision", "reason"]
    with pytest.raises(ValidationFailed, match="đã là HTT"):
        rerate(secretary_ws, key, Grade.GOOD, "12-QĐ/ĐU", LATER, "Soát lại")


def test_what_was_never_decided_cannot_be_rerated(
    secretary_ws: Workspace, key: ReviewKey, people: People
) -> None:
    rerate(secretary_ws, key, None, "12-QĐ/ĐU", LATER, "Chờ kết luận")

    with pytest.raises(NotAllowed, match="Chưa có mức được quyết định"):
        rerate(secretary_ws, key, Grade.GOOD, "13-QĐ/ĐU", LATER, "Xếp lại")


def test_a_locked_year_is_reopened_before_anything_is_rerated(
    secretary_ws: Workspace, key: ReviewKey
) -> None:
    lock_year(secretary_ws, 2025, secretary_ws.today())

    with pytest.raises(NotAllowed, match="Năm 2025 đã khóa"):
        rerate(secretary_ws, key, Grade.SATISFACTORY, "12-QĐ/ĐU", LATER, "Phát hiện sai")


def test_a_complaint_is_kept_with_its_answer(secretary_ws: Workspace, key: ReviewKey) -> None:
    note_complaint(secretary_ws, key, date(2026, 1, 8), "Đề nghị xem lại điểm mục II")
    complaint = row_of(secretary_ws, key).complaints[0]
    with pytest.raises(ValidationFailed, match="trước ngày nhận"):
        answer_complaint(secretary_ws, key, complaint, date(2026, 1, 5), "Giữ nguyên mức")
    answer_complaint(secretary_ws, key, complaint, date(2026, 1, 20), "Giữ nguyên mức")

    answered = row_of(secretary_ws, key).complaints[0]
    assert (answered.answered_on, answered.answer) == (date(2026, 1, 20), "Giữ nguyên mức")
    remove_complaint(secretary_ws, key, answered)
    assert row_of(secretary_ws, key).complaints == ()
