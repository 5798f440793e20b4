"""Points raised from above: recorded, put right, taken back; they come into part IV and wait for answers."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import NotAllowed, ValidationFailed
from app.domain.opinion import RaisedPoint
from app.domain.raised_points import unanswered_points, with_raised_points
from app.domain.review import CELL_SUBJECT, PromptAnswer, ReviewKey
from app.services.raised_points import (
    bring_back_raised_point,
    list_raised_points,
    remove_raised_point,
    save_raised_point,
)
from app.services.reviews import open_review, save_review
from app.services.workspace import Workspace
from tests.book_fixtures import People


def a_point(subject_id: str, **changes: object) -> RaisedPoint:
    point = RaisedPoint(
        subject_id,
        2025,
        0,
        "Công văn 12-CV/ĐU",
        date(2025, 11, 10),
        "Chậm nộp hồ sơ đất đai",
        "Kết luận kiểm tra 03-KL/UBKT",
        "Làm rõ nguyên nhân",
        date(2025, 12, 1),
    )
    return replace(point, **changes)


def test_points_are_numbered_for_each_subject_and_the_collective_comes_first(
    secretary_ws: Workspace, people: People
) -> None:
    save_raised_point(secretary_ws, a_point(people.plain))
    save_raised_point(secretary_ws, a_point(people.plain, point="Vắng hai buổi họp"))
    save_raised_point(secretary_ws, a_point(CELL_SUBJECT, point="Thu nộp đảng phí chậm"))

    found = list_raised_points(secretary_ws, 2025)

    assert [(row.subject, row.point.position) for row in found.rows] == [
        ("Chi bộ", 1),
        ("Nguyễn Văn Đạt", 1),
        ("Nguyễn Văn Đạt", 2),
    ]
    assert [row.is_answered for row in found.rows] == [False, False, False]


def test_a_point_comes_into_the_sheet_and_is_answered_with_cause_and_responsibility(
    secretary_ws: Workspace, people: People
) -> None:
    point_id = save_raised_point(secretary_ws, a_point(people.plain))
    review = open_review(secretary_ws, ReviewKey(people.plain, 2025)).review

    assert review.prompts == (PromptAnswer("Chậm nộp hồ sơ đất đai", raised_id=point_id),)
    assert unanswered_points(review) == ("Chậm nộp hồ sơ đất đai",)

    save_review(
        secretary_ws, replace(review, prompts=(replace(review.prompts[0], cause="ốm", responsibility="tôi"),))
    )

    assert list_raised_points(secretary_ws, 2025).rows[0].is_answered is True
    assert unanswered_points(open_review(secretary_ws, ReviewKey(people.plain, 2025)).review) == ()


def test_an_answer_its_member_has_not_handed_in_is_not_told(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    save_raised_point(secretary_ws, a_point(people.plain))
    review = open_review(plain_ws, ReviewKey(people.plain, 2025)).review
    save_review(plain_ws, replace(review, prompts=(replace(review.prompts[0], cause="ốm"),)))

    assert list_raised_points(secretary_ws, 2025).rows[0].is_answered is None


def test_a_point_put_right_is_put_right_in_the_sheet_and_one_taken_back_leaves_it(
    secretary_ws: Workspace, people: People
) -> None:
    save_raised_point(secretary_ws, a_point(people.plain))
    key = ReviewKey(people.plain, 2025)
    save_review(secretary_ws, open_review(secretary_ws, key).review)
    (row,) = list_raised_points(secretary_ws, 2025).rows
    save_raised_point(secretary_ws, replace(row.point, point="Chậm nộp hồ sơ"))

    assert open_review(secretary_ws, key).review.prompts[0].point == "Chậm nộp hồ sơ"

    remove_raised_point(secretary_ws, row.point.id, 2025)
    assert open_review(secretary_ws, key).review.prompts == ()

    bring_back_raised_point(secretary_ws, row.point)
    assert open_review(secretary_ws, key).review.prompts[0].raised_id == row.point.id


def test_an_answer_to_a_point_taken_back_is_not_lost(secretary_ws: Workspace, people: People) -> None:
    review = open_review(secretary_ws, ReviewKey(people.plain, 2025)).review
    answered = replace(review, prompts=(PromptAnswer("Vấn đề", "nguyên nhân", "", "gone"),))

    assert with_raised_points(answered, ()).prompts == answered.prompts


def test_a_point_needs_words_and_its_document_a_leader_and_dates_that_fit(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    with pytest.raises(ValidationFailed) as refused:
        save_raised_point(
            secretary_ws, a_point(people.plain, point=" ", document="", due_on=date(2025, 11, 1))
        )
    with pytest.raises(NotAllowed):
        save_raised_point(plain_ws, a_point(people.plain))

    assert [problem.field for problem in refused.value.problems] == ["point", "document", "due_on"]
    with pytest.raises(ValidationFailed, match="Hạn trả lời sớm hơn"):
        save_raised_point(secretary_ws, a_point(people.plain, due_on=date(2025, 11, 1)))
