"""What holds for a member on a day, and which months they owe."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import Month
from app.domain.member import (
    CellRole,
    DatedStatus,
    Member,
    MemberDraft,
    Post,
    Sphere,
    StatusKind,
    problems_in_member,
)

FREE = (StatusKind.EXEMPT, StatusKind.SUSPENDED, StatusKind.TEMPORARY_OUT, StatusKind.LEFT)


def member_with(*statuses: DatedStatus, **record: object) -> Member:
    draft = replace(MemberDraft("Nguyễn Văn An", admitted_on=date(2010, 5, 19)), **record)  # type: ignore[arg-type]
    return Member("m", 1, draft, "", "", statuses=statuses)


def test_probation_lasts_from_admission_to_the_day_before_recognition() -> None:
    member = member_with(admitted_on=date(2025, 5, 19), confirmed_on=date(2026, 5, 19))

    days = (date(2025, 5, 18), date(2025, 5, 19), date(2026, 5, 18), date(2026, 5, 19))
    assert [member.is_probationary(day) for day in days] == [False, True, True, False]
    assert not member_with(admitted_on=None).is_probationary(date(2026, 1, 1))


def test_gravest_status_is_shown() -> None:
    suspended = DatedStatus(StatusKind.SUSPENDED, date(2026, 1, 1), date(2026, 6, 30))
    away = DatedStatus(StatusKind.TEMPORARY_OUT, date(2026, 1, 1))

    member = member_with(away, suspended)

    assert member.status_on(date(2026, 6, 30)) is suspended
    assert member.status_on(date(2026, 7, 1)) is away
    assert member.status_on(date(2025, 12, 31)) is None


def test_highest_post_in_the_cell_decides() -> None:
    posts = (
        Post(Sphere.PARTY, "", CellRole.COMMITTEE_MEMBER, date(2025, 1, 1)),
        Post(Sphere.PARTY, "", CellRole.SECRETARY, date(2025, 1, 1), date(2025, 12, 31)),
    )
    member = replace(member_with(), posts=posts)

    assert member.role_on(date(2025, 12, 31)) is CellRole.SECRETARY
    assert member.role_on(date(2026, 1, 1)) is CellRole.COMMITTEE_MEMBER
    assert member.role_on(date(2024, 12, 31)) is None


@pytest.mark.parametrize("kind", FREE)
def test_month_wholly_under_a_freeing_status_is_not_owed(kind: StatusKind) -> None:
    member = member_with(DatedStatus(kind, date(2026, 2, 1), date(2026, 2, 28)))

    assert member.monthly_duty(Month(2026, 2))
    assert member.monthly_duty(Month(2026, 1)) == ""
    assert member.monthly_duty(Month(2026, 3)) == ""


@pytest.mark.parametrize("kind", FREE)
def test_month_with_one_free_day_less_is_owed(kind: StatusKind) -> None:
    for first, last in ((date(2026, 2, 2), date(2026, 2, 28)), (date(2026, 2, 1), date(2026, 2, 27))):
        assert member_with(DatedStatus(kind, first, last)).monthly_duty(Month(2026, 2)) == ""


def test_two_freeing_statuses_that_meet_within_a_month_free_it() -> None:
    member = member_with(
        DatedStatus(StatusKind.TEMPORARY_OUT, date(2026, 2, 16)),
        DatedStatus(StatusKind.EXEMPT, date(2026, 1, 1), date(2026, 2, 15), "maternity"),
    )

    assert member.monthly_duty(Month(2026, 2)) == "được miễn sinh hoạt"
    assert member.monthly_duty(Month(2026, 3)) == "đang sinh hoạt tạm thời nơi khác"


def test_committee_suspension_and_temporary_stay_here_free_nobody() -> None:
    for kind in (StatusKind.COMMITTEE_SUSPENDED, StatusKind.TEMPORARY_IN):
        assert member_with(DatedStatus(kind, date(2020, 1, 1))).monthly_duty(Month(2026, 2)) == ""


def test_month_of_admission_is_owed_and_the_one_before_is_not() -> None:
    member = member_with(admitted_on=date(2026, 2, 28))

    assert member.monthly_duty(Month(2026, 1)) == "chưa kết nạp"
    assert member.monthly_duty(Month(2026, 2)) == ""


def test_months_before_moving_in_are_not_owed() -> None:
    member = member_with(DatedStatus(StatusKind.MOVED_IN, date(2026, 2, 10)))

    assert member.monthly_duty(Month(2026, 1)) == "chưa chuyển đến"
    assert member.monthly_duty(Month(2026, 2)) == ""


def test_months_before_leaving_stay_owed_after_coming_back() -> None:
    member = member_with(
        DatedStatus(StatusKind.LEFT, date(2025, 7, 1), date(2026, 1, 31), "moved"),
        DatedStatus(StatusKind.MOVED_IN, date(2026, 2, 1)),
    )

    duties = [member.monthly_duty(month) for month in (Month(2025, 6), Month(2025, 7), Month(2026, 2))]
    assert duties == ["", "đã rời chi bộ", ""]


def test_year_of_the_book_lists_who_was_in_the_cell_at_any_time_of_it() -> None:
    came_and_went = member_with(
        DatedStatus(StatusKind.LEFT, date(2025, 7, 1), detail="moved"), admitted_on=date(2023, 3, 1)
    )
    moved_in = member_with(DatedStatus(StatusKind.MOVED_IN, date(2025, 2, 1)))

    assert [year for year in range(2020, 2030) if came_and_went.was_here_in(year)] == [2023, 2024, 2025]
    assert [moved_in.was_here_in(year) for year in (2024, 2025, 2026)] == [False, True, True]


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
spans = st.tuples(st.sampled_from(FREE), days, st.none() | days).filter(
    lambda s: s[2] is None or s[1] <= s[2]
)


@given(st.lists(spans, max_size=4), st.integers(2024, 2027), st.integers(1, 12))
def test_month_is_free_exactly_when_every_day_of_it_is(
    found: list[tuple[StatusKind, date, date | None]], year: int, number: int
) -> None:
    month = Month(year, number)
    member = member_with(*(DatedStatus(kind, start, end, "x") for kind, start, end in found))
    length = (month.last_day - month.first_day).days + 1
    each = [month.first_day + timedelta(days=step) for step in range(length)]

    wholly_free = all(any(status.holds_on(day) for status in member.statuses) for day in each)

    assert bool(member.monthly_duty(month)) == wholly_free


def test_page_pasted_into_one_line_is_a_problem_of_that_line() -> None:
    draft = MemberDraft("Nguyễn " * 40, workplace="xã " * 200, note="dài " * 2000)

    problems = problems_in_member(draft, date(2026, 3, 20))

    assert [problem.field for problem in problems] == ["full_name", "workplace"]
    assert "có lẽ dán nhầm" in problems[0].message
