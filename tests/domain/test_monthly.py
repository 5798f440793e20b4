"""A month's states as others see them, what keeps it from being handed in, text copied from last month."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import Month
from app.domain.monthly import (
    MonthlyEntry,
    MonthlySelfAssessment,
    MonthState,
    Shown,
    as_last_month,
    due_date,
    problems_in_month,
    shown_state,
    still_copied,
)

JANUARY = Month(2026, 1)
LEVELS = ("Tốt", "Khá", "Trung bình", "Chưa đạt")
WORDS = MonthlyEntry("i", "Đã họp", "Tốt", "Đến muộn", "Đi sớm", "Biên bản số 1")


def test_month_is_due_on_the_due_day_of_the_next() -> None:
    assert due_date(JANUARY, 3) == date(2026, 2, 3)
    assert due_date(Month(2026, 12), 28) == date(2027, 1, 28)


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2025, 12, 31), Shown.FUTURE),
        (date(2026, 1, 1), Shown.NOT_SUBMITTED),
        (date(2026, 2, 3), Shown.NOT_SUBMITTED),
        (date(2026, 2, 4), Shown.LATE),
    ],
)
def test_month_nobody_handed_in_is_late_the_day_after_the_due_day(today: date, shown: Shown) -> None:
    assert shown_state(None, None, JANUARY, 3, today) is shown
    assert shown_state(MonthState.DRAFT, None, JANUARY, 3, today) is shown


def test_month_handed_in_on_the_due_day_is_in_time_ever_after() -> None:
    for today in (date(2026, 2, 3), date(2027, 1, 1)):
        in_time = shown_state(MonthState.SUBMITTED, "2026-02-03 23:59:59", JANUARY, 3, today)
        late = shown_state(MonthState.SUBMITTED, "2026-02-04 00:00:00", JANUARY, 3, today)
        assert (in_time, late) == (Shown.SUBMITTED, Shown.LATE)


def test_every_open_item_needs_a_result_and_a_level_of_the_cells_scale() -> None:
    entries = [
        replace(WORDS, item_id="a"),
        replace(WORDS, item_id="b", result=" \n"),
        replace(WORDS, item_id="c", self_level=""),
        replace(WORDS, item_id="d", self_level="Đạt"),
        MonthlyEntry("closed"),
    ]
    wanted = [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")]

    fields = [problem.field for problem in problems_in_month(entries, wanted, LEVELS)]

    assert fields == ["b.result", "c.self_level", "d.self_level", "e.result", "e.self_level"]


def test_as_last_month_copies_the_words_and_says_so_but_never_the_level() -> None:
    copied = as_last_month(MonthlyEntry("i"), WORDS, Month(2026, 2))

    assert (copied.result, copied.limits, copied.fix, copied.evidence) == (
        "Đã họp",
        "Đến muộn",
        "Đi sớm",
        "Biên bản số 1",
    )
    assert (copied.copied_from, copied.self_level) == ("2026-01", "")
    assert as_last_month(MonthlyEntry("i", self_level="Khá"), WORDS, Month(2026, 2)).self_level == "Khá"


def test_copy_of_a_copy_names_the_month_where_the_words_were_written() -> None:
    february = as_last_month(MonthlyEntry("i"), WORDS, Month(2026, 2))

    assert as_last_month(MonthlyEntry("i"), february, Month(2026, 3)).copied_from == "2026-01"


@pytest.mark.parametrize("field", ["result", "limits", "fix", "evidence"])
def test_copy_touched_in_any_field_is_a_copy_no_longer(field: str) -> None:
    copied = as_last_month(MonthlyEntry("i"), WORDS, Month(2026, 2))

    assert still_copied(copied, WORDS)
    assert not still_copied(replace(copied, **{field: "khác"}), WORDS)
    assert not still_copied(copied, None)


def test_draft_is_private_only_to_the_member_who_types_it() -> None:
    draft = MonthlySelfAssessment("m", JANUARY, entered_by="m")

    assert draft.is_private_to_member()
    assert not replace(draft, entered_by="bí thư").is_private_to_member()
    assert not replace(draft, state=MonthState.SUBMITTED, submitted_at="2026-02-01").is_private_to_member()
    assert replace(draft, state=MonthState.EXCUSED).is_private_to_member()
    assert not replace(draft, state=MonthState.EXCUSED, submitted_at="2026-02-01").is_private_to_member()


months = st.builds(Month, st.integers(2020, 2030), st.integers(1, 12))
instants = st.datetimes(datetime(2019, 1, 1), datetime(2032, 1, 1)).map(
    lambda moment: moment.isoformat(sep=" ", timespec="seconds")
)


@given(
    state=st.none() | st.sampled_from(MonthState),
    submitted_at=st.none() | instants,
    month=months,
    due_day=st.integers(1, 28),
    today=st.dates(date(2019, 1, 1), date(2032, 1, 1)),
)
def test_time_alone_turns_a_missing_month_late_and_never_back(
    state: MonthState | None, submitted_at: str | None, month: Month, due_day: int, today: date
) -> None:
    now = shown_state(state, submitted_at, month, due_day, today)
    later = shown_state(state, submitted_at, month, due_day, today + timedelta(days=40))

    if state in (MonthState.CONFIRMED, MonthState.EXCUSED, MonthState.NOT_REQUIRED):
        assert now is later is Shown(state.value)
    elif state is MonthState.SUBMITTED:
        assert now is later
        assert now in (Shown.SUBMITTED, Shown.LATE)
    else:
        order = [Shown.FUTURE, Shown.NOT_SUBMITTED, Shown.LATE]
        assert order.index(now) <= order.index(later)
        assert (now is Shown.LATE) == (today > due_date(month, due_day))


@given(month=months, due_day=st.integers(1, 28), hour=st.times())
def test_handing_in_is_late_exactly_after_the_due_day_whatever_the_hour(
    month: Month, due_day: int, hour: time
) -> None:
    due = due_date(month, due_day)
    for day, shown in ((due, Shown.SUBMITTED), (due + timedelta(days=1), Shown.LATE)):
        moment = datetime.combine(day, hour).isoformat(sep=" ", timespec="seconds")
        assert shown_state(MonthState.SUBMITTED, moment, month, due_day, day) is shown
