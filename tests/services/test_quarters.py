"""Quarters of who leads, terms and reviews when needed: the same frame, feeding the year."""

from dataclasses import replace

import pytest

from app.domain.errors import NotAllowed, ValidationFailed
from app.domain.grade import Grade, SubjectKind
from app.domain.review import CELL_SUBJECT, NOT_RATED, ItemScore, ReviewKey, YearTasks, quarter_key
from app.domain.rule_set import PeriodKind
from app.services.grade_table import list_grades
from app.services.members import set_kinds
from app.services.quarters import leave_unrated, list_quarters, period_key
from app.services.reviews import open_review, save_review, submit_review, with_self_grade
from app.services.workspace import Workspace
from tests.book_fixtures import People


def hand_in(ws: Workspace, key: ReviewKey, grade: Grade) -> None:
    submit_review(ws, with_self_grade(open_review(ws, key).review, grade))


def test_a_quarter_is_written_on_mau_05_with_the_points_of_the_year(
    secretary_ws: Workspace, people: People
) -> None:
    set_kinds(secretary_ws, {people.deputy: SubjectKind.LEADER}, 2025)
    page = open_review(secretary_ws, quarter_key(people.deputy, 2025, 1))

    assert page.form.code == "F25_05"
    assert page.profile is not None
    assert page.profile.annex == "Phụ lục 3"


def test_the_board_shows_who_leads_and_whoever_wrote_one(secretary_ws: Workspace, people: People) -> None:
    assert {row.id for row in list_quarters(secretary_ws, 2025).rows} == {people.secretary, people.deputy}

    hand_in(secretary_ws, quarter_key(people.plain, 2025, 2), Grade.GOOD)
    board = list_quarters(secretary_ws, 2025)
    row = next(each for each in board.rows if each.id == people.plain)
    assert [sheet is not None for sheet in row.sheets] == [False, True, False, False]
    assert row.key(3).period_words == "Quý III năm 2025"


def test_the_quarters_stand_beside_the_years_sheet_and_warn(secretary_ws: Workspace, people: People) -> None:
    set_kinds(secretary_ws, {people.plain: SubjectKind.LEADER}, 2025)
    hand_in(secretary_ws, quarter_key(people.plain, 2025, 1), Grade.UNSATISFACTORY)
    year = ReviewKey(people.plain, 2025)
    hand_in(secretary_ws, year, Grade.EXCELLENT)
    page = open_review(secretary_ws, year)
    assert page.profile is not None
    scores = tuple(ItemScore(item.code, self_score=item.max) for item in page.profile.items)
    save_review(secretary_ws, replace(page.review, scores=scores, tasks=YearTasks(10, 10, 0, 4, 0)))

    assert [each.key.period for each in page.quarters] == ["2025-Q1"]
    row = list_grades(secretary_ws, 2025).row(people.plain)
    assert row is not None
    assert row.programme is not None
    assert any("quý" in warning.lower() for warning in row.programme.warnings)


def test_before_2025_only_years_are_reviewed(secretary_ws: Workspace, people: People) -> None:
    board = list_quarters(secretary_ws, 2024)
    assert board.rows == ()
    assert "chỉ có kiểm điểm hằng năm" in board.no_quarters
    with pytest.raises(NotAllowed, match="quý I năm 2024"):
        open_review(secretary_ws, quarter_key(people.deputy, 2024, 1))


def test_a_term_and_a_review_when_needed_use_the_years_form(secretary_ws: Workspace, people: People) -> None:
    term = period_key(people.deputy, 2025, PeriodKind.TERM, "2020 – 2025")
    hand_in(secretary_ws, term, Grade.GOOD)
    sudden = period_key(CELL_SUBJECT, 2025, PeriodKind.EXTRAORDINARY, "tháng 6/2025")
    save_review(secretary_ws, open_review(secretary_ws, sudden).review)

    others = list_quarters(secretary_ws, 2025).others
    assert [(each.name, each.review.key.period_words) for each in others] == [
        ("Chi bộ thôn Đồng Tiến", "Đột xuất tháng 6/2025"),
        ("Lê Văn Cường", "Nhiệm kỳ 2020-2025"),
    ]
    assert open_review(secretary_ws, term).form.code == "F25_2C"
    assert open_review(secretary_ws, ReviewKey(people.deputy, 2025)).review.id == ""


@pytest.mark.parametrize(
    ("kind", "period", "said"),
    [
        (PeriodKind.TERM, "nhiệm kỳ này", "ghi hai năm"),
        (PeriodKind.EXTRAORDINARY, "  ", "Chưa ghi kỳ kiểm điểm"),
        (PeriodKind.EXTRAORDINARY, "sau khi có kết luận kiểm tra", "dài quá"),
    ],
)
def test_a_period_is_named_briefly_and_clearly(kind: PeriodKind, period: str, said: str) -> None:
    with pytest.raises(ValidationFailed, match=said):
        period_key("m", 2025, kind, period)


def test_a_member_without_a_post_does_not_see_everybodys_quarters(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        list_quarters(plain_ws, 2025)


def test_a_quarter_left_without_a_grade_keeps_its_reason(secretary_ws: Workspace, people: People) -> None:
    key = quarter_key(people.deputy, 2025, 3)
    leave_unrated(secretary_ws, key, "Nghỉ ốm từ 01/7 đến 20/9")
    row = next(each for each in list_quarters(secretary_ws, 2025).rows if each.id == people.deputy)
    assert row.sheets[2] is not None
    assert row.sheets[2].text_of(NOT_RATED).text == "Nghỉ ốm từ 01/7 đến 20/9"

    leave_unrated(secretary_ws, key, "")
    assert open_review(secretary_ws, key).review.text_of(NOT_RATED).text == ""
