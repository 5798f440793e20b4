"""Dates read from any notation and written by rule."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import (
    BirthDate,
    DateProblem,
    Month,
    citation_date,
    format_date,
    long_date,
    parse_date,
    weekday_name,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
months = st.builds(Month, st.integers(1900, 2199), st.integers(1, 12))


@given(days, st.sampled_from(["/", ".", "-", " ", " / ", ". "]), st.booleans())
def test_a_day_is_read_back_from_every_notation(day: date, mark: str, padded: bool) -> None:
    written = [f"{part:02d}" if padded else str(part) for part in (day.day, day.month)]
    assert parse_date(mark.join([*written, str(day.year)])) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"Ngày {written[0]} tháng {written[1]} năm {day.year}") == day
    assert parse_date(format_date(day)) == parse_date(citation_date(day)) == day


@given(days)
def test_eight_figures_in_a_row_are_day_month_and_year(day: date) -> None:
    assert parse_date(f"{day:%d%m}{day.year}") == day
    assert BirthDate.parse(f"{day:%d%m}{day.year}") == BirthDate.of(day)


@given(days)
def test_figures_with_the_year_first_are_never_taken_for_another_day(day: date) -> None:
    with pytest.raises(DateProblem):
        parse_date(f"{day.year}{day:%m%d}")


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("31/02/1970", "Không có ngày 31/02. Tháng 02 năm 1970 có 28 ngày."),
        ("29.2.2023", "Không có ngày 29/02. Tháng 02 năm 2023 có 28 ngày."),
        ("0/4/2023", "Không có ngày 00/04. Tháng 04 năm 2023 có 30 ngày."),
        ("12/24/2023", "Không có tháng 24. Viết theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026."),
        ("1/2/26", "Năm “26” mới có hai chữ số, chưa rõ là 1926 hay 2026. Viết đủ bốn chữ số của năm."),
        ("1/2/1026", "Năm 1026 nằm ngoài khoảng 1900–2199. Kiểm tra lại năm."),
        ("hôm qua", "Không đọc được ngày “hôm qua”. Viết theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026."),
        ("  ", "Chưa ghi ngày. Viết theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026."),
    ],
)
def test_what_is_no_date_is_told_in_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_date(written)
    assert str(caught.value) == sentence


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_problem(written: str) -> None:
    for read in (parse_date, BirthDate.parse, Month.parse):
        with contextlib.suppress(DateProblem):
            assert read(written).year >= 1900


def test_the_head_line_pads_days_and_the_first_two_months_only() -> None:
    assert long_date("Hòa Sơn", date(2026, 2, 5)) == "Hòa Sơn, ngày 05 tháng 02 năm 2026"
    assert long_date("Hòa Sơn", date(2025, 9, 30)) == "Hòa Sơn, ngày 30 tháng 9 năm 2025"
    assert long_date("Hòa Sơn", None) == "Hòa Sơn, ngày … tháng … năm …"
    assert citation_date(date(2026, 9, 5)) == "05/9/2026"
    assert citation_date(date(2026, 12, 15)) == "15/12/2026"


def test_weekdays_have_their_vietnamese_names() -> None:
    week = [weekday_name(date(2026, 11, 23 + step)) for step in range(7)]
    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


@given(months, months)
def test_months_are_ordered_and_step_by_one(one: Month, other: Month) -> None:
    assert one.next().previous() == one
    assert one.previous() < one < one.next()
    assert (one < other) == (one.iso < other.iso) == (one.first_day < other.first_day)
    assert Month.of(one.first_day) == Month.of(one.last_day) == one
    assert Month.parse(str(one)) == Month.parse(one.iso) == one
    assert (one.next().first_day - one.last_day).days == 1


def test_a_month_says_itself() -> None:
    assert str(Month(2025, 11)) == "tháng 11/2025"
    with pytest.raises(ValueError, match="no month 13"):
        Month(2025, 13)
    with pytest.raises(DateProblem):
        Month.parse("13/2025")


@given(days)
def test_birth_dates_keep_what_is_known_and_no_more(day: date) -> None:
    known = (BirthDate(day.year), BirthDate(day.year, day.month), BirthDate.of(day))
    for birth in known:
        assert BirthDate.parse(birth.iso) == BirthDate.parse(birth.format()) == birth
        assert birth.earliest <= day
        assert all(birth.fits(other) and other.fits(birth) for other in known)


def test_birth_dates_of_different_days_do_not_fit() -> None:
    assert not BirthDate(1956).fits(BirthDate(1957))
    assert not BirthDate(1956, 5).fits(BirthDate(1956, 6, 1))
    assert BirthDate.parse("năm 1956") == BirthDate(1956)
    assert BirthDate(1956, 5, 17).iso == "1956-05-17"
    with pytest.raises(DateProblem):
        BirthDate.parse("56")
    with pytest.raises(ValueError, match="needs its month"):
        BirthDate(1956, None, 3)
