"""Working days: weekends and fixed holidays do not count, both ways of counting agree."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.working_days import is_working_day, working_days_before, working_days_between

DAYS = st.dates(date(2018, 1, 1), date(2030, 12, 31))


def test_three_working_days_before_a_friday_is_tuesday() -> None:
    assert working_days_before(date(2025, 12, 12), 3) == date(2025, 12, 9)


def test_a_weekend_and_new_year_do_not_count() -> None:
    assert working_days_before(date(2026, 1, 5), 2) == date(2025, 12, 31)
    assert not is_working_day(date(2026, 1, 1))
    assert not is_working_day(date(2026, 1, 3))


def test_what_is_sent_after_the_day_leaves_no_working_day() -> None:
    assert working_days_between(date(2025, 12, 13), date(2025, 12, 12)) == 0


@given(DAYS, st.integers(1, 10))
def test_the_last_day_for_sending_leaves_exactly_the_days_asked_for(due: date, count: int) -> None:
    latest = working_days_before(due, count)

    assert working_days_between(latest, due) == count
    assert working_days_between(latest + timedelta(days=1), due) < count
