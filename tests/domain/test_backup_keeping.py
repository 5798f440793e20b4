"""Which backups make room: never the newest, never by the clock alone, never without one standing for it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.backup_keeping import (
    DAYS,
    MONTHS,
    MOST_OF_WHOLE_DAYS,
    ROOM,
    WEEKS,
    BackupReason,
    Copy,
    newest,
    thinned,
)

NOON = datetime(2026, 11, 22, 12)
MOST = MOST_OF_WHOLE_DAYS + DAYS + WEEKS + MONTHS + 4

moments = st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2099, 12, 31))


@st.composite
def shelves(draw: st.DrawFn) -> list[Copy]:
    """Copies with whatever the clock said when each was made."""
    times = draw(st.lists(moments, min_size=1, max_size=60))
    reasons = st.sampled_from(BackupReason)
    return [Copy(number, at, draw(reasons)) for number, at in enumerate(times)]


def timed(*times: datetime) -> list[Copy]:
    """Copies made at these times, in this order."""
    return [Copy(number, at, BackupReason.TIMED) for number, at in enumerate(times)]


def kept_times(copies: list[Copy]) -> list[datetime]:
    """When the copies that are kept were made, the newest first."""
    return [copy.made_at for copy in thinned(copies).kept]


@given(shelves())
def test_the_newest_copy_and_every_year_end_copy_stay_whatever_the_clock_says(copies: list[Copy]) -> None:
    kept = thinned(copies).kept

    assert kept[0] == copies[-1]
    assert [c for c in copies if c.reason is BackupReason.YEAR_END and c not in kept] == []


@given(shelves())
def test_each_copy_is_kept_or_stood_for_by_a_newer_kept_one(copies: list[Copy]) -> None:
    plan = thinned(copies)

    assert sorted([c.number for c in plan.kept] + [c.number for c, _ in plan.dropped]) == [
        c.number for c in copies
    ]
    assert all(standing in plan.kept and standing.number > copy.number for copy, standing in plan.dropped)


@given(shelves())
def test_thinning_twice_drops_nothing_more(copies: list[Copy]) -> None:
    once = thinned(copies)

    assert thinned(once.kept).dropped == ()


@given(shelves(), st.integers(-30_000, 20_000))
def test_a_clock_set_back_or_forward_by_years_drops_at_most_one_span_of_each_kind(
    copies: list[Copy], days: int
) -> None:
    settled = list(thinned(copies).kept)
    strange = Copy(
        len(copies), settled[0].made_at.replace(year=2000) + timedelta(days=days), BackupReason.TIMED
    )

    gone = [c for c, _ in thinned([*settled, strange]).dropped]

    # The third last day thins to one copy; besides, each of day, week and month may let go of its last.
    third_last = {copy.made_at.date() for copy in gone}
    assert len(third_last) <= 4


@given(st.integers(1, 400), st.integers(1, 40))
def test_the_number_of_copies_stays_bounded_through_years_of_daily_work(days: int, a_day: int) -> None:
    copies: list[Copy] = []
    for day in range(min(days, 120)):
        for turn in range(min(a_day, 4)):
            at = NOON + timedelta(days=7 * day, minutes=30 * turn)
            copies = list(thinned([*copies, Copy(day * 100 + turn, at, BackupReason.TIMED)]).kept)

    assert len(copies) <= MOST


def test_everything_of_the_last_two_days_is_kept_then_the_last_of_each_day() -> None:
    hours = [NOON + timedelta(days=day, hours=hour) for day in range(4) for hour in range(3)]

    assert kept_times(timed(*hours)) == [*reversed(hours[6:]), hours[5], hours[2]]


def test_weeks_and_months_are_kept_where_days_no_longer_reach() -> None:
    mornings = [NOON + timedelta(days=day) for day in range(800)]

    kept = kept_times(timed(*mornings))

    assert kept[: 2 + DAYS] == list(reversed(mornings))[: 2 + DAYS]
    assert len({(at.year, at.month) for at in kept}) == MONTHS
    assert 2 + DAYS + WEEKS + MONTHS >= len(kept) > 2 + DAYS + MONTHS - 4


def test_a_copy_from_before_the_program_was_renewed_stays_until_the_next_renewal() -> None:
    renewal = Copy(0, NOON, BackupReason.BEFORE_MIGRATION)
    later = [Copy(n, NOON + timedelta(hours=n), BackupReason.TIMED) for n in range(1, 24 * 60)]

    assert renewal in thinned([renewal, *later]).kept
    again = Copy(9999, NOON + timedelta(days=70), BackupReason.BEFORE_MIGRATION)
    assert renewal not in thinned([renewal, *later, again]).kept


def test_a_battery_that_forgets_the_day_fills_no_disk() -> None:
    stuck = [Copy(n, NOON, BackupReason.TIMED) for n in range(500)]

    assert len(thinned(stuck).kept) == MOST_OF_WHOLE_DAYS


def test_the_second_place_keeps_the_last_few() -> None:
    copies = timed(*[NOON + timedelta(hours=n) for n in range(12)])

    plan = newest(copies, 10)

    assert [copy.number for copy in plan.kept] == list(range(11, 1, -1))
    assert [copy.number for copy, _ in plan.dropped] == [1, 0]


@pytest.mark.parametrize("reason", BackupReason)
def test_every_reason_is_said_in_words(reason: BackupReason) -> None:
    assert reason.words


def test_copies_of_a_large_book_leave_room_on_a_small_disk() -> None:
    large = 70_000_000
    many = [Copy(n, NOON + timedelta(hours=n), BackupReason.TIMED, large) for n in range(24 * 400)]
    year_end = Copy(24 * 400, NOON + timedelta(days=400), BackupReason.YEAR_END, large)

    kept = thinned([*many, year_end]).kept

    assert sum(copy.size for copy in kept) <= ROOM
    assert year_end in kept
    assert len({copy.made_at.date() for copy in kept}) >= 7
    assert len({(copy.made_at.year, copy.made_at.month) for copy in kept}) >= 6


def test_newest_copy_stays_even_where_one_is_larger_than_all_the_room() -> None:
    copies = [Copy(n, NOON + timedelta(days=n), BackupReason.TIMED, ROOM * 2) for n in range(5)]

    assert copies[-1] in thinned(copies).kept
