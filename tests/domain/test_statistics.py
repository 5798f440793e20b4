"""Counts and shares of grades: the check, shares with their base, means and trend over years."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.grade import Grade, SubjectKind
from app.domain.statistics import (
    GradeCounts,
    MemberRating,
    RatingState,
    YearStatistics,
    count_ratings,
    counts_by_kind,
    mean_of,
    rule_set_note,
    share_text,
    trend_text,
)

ratings = st.lists(
    st.builds(
        MemberRating,
        st.just("m"),
        st.sampled_from([SubjectKind.LEADER, SubjectKind.NON_LEADER, SubjectKind.OUTSIDE]),
        st.sampled_from(RatingState),
        st.none() | st.sampled_from(Grade),
    )
)


def counts(excellent: int = 0, good: int = 0, satisfactory: int = 0, unsatisfactory: int = 0) -> GradeCounts:
    given_grades = dict(zip(Grade, (excellent, good, satisfactory, unsatisfactory), strict=True))
    return GradeCounts(sum(given_grades.values()), grades=given_grades)


def a_year(year: int, total: GradeCounts, rule_set: str = "2025") -> YearStatistics:
    return YearStatistics(year, rule_set, total)


@given(ratings)
def test_present_is_always_exempt_and_not_rated_and_rated(people: list[MemberRating]) -> None:
    total = count_ratings(people)

    assert total.adds_up
    assert total.present == len(people)
    assert sum(part.present for _kind, part in counts_by_kind(people)) == total.present
    assert sum(part.rated for _kind, part in counts_by_kind(people)) == total.rated


@given(ratings)
def test_shares_of_all_grades_make_a_hundred_before_they_are_rounded(people: list[MemberRating]) -> None:
    total = count_ratings(people)
    shares = [total.share(grade) for grade in Grade]

    if not total.rated:
        assert shares == [None] * 4
    else:
        assert abs(sum(share for share in shares if share is not None) - 100) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("share", "text"),
    [(None, "–"), (Decimal("14.805"), "14,81%"), (Decimal("14.8049"), "14,80%"), (Decimal(100), "100,00%")],
)
def test_a_share_is_written_with_two_decimals_and_a_comma(share: Decimal | None, text: str) -> None:
    assert share_text(share) == text


def test_both_shares_name_their_own_base() -> None:
    total = counts(4, 27, 5, 1)

    assert share_text(total.share_good_or_better) == "83,78%"
    assert share_text(total.share_excellent_in_good) == "12,90%"


def test_a_count_that_does_not_add_up_says_so() -> None:
    wrong = GradeCounts(10, 2, 1, {Grade.GOOD: 6})

    assert not wrong.adds_up
    assert wrong.check_text == "Có mặt 10 KHÁC 2 được miễn + 1 chưa xếp loại + 6 đã xếp loại"


def test_means_give_each_year_with_grades_the_same_weight() -> None:
    mean = mean_of([a_year(2023, counts(0, 10)), a_year(2024, counts(0, 1, 1)), a_year(2025, counts())])

    assert (mean.years, mean.rated, mean.good_or_better) == (2, Decimal(6), Decimal(75))


def test_the_trend_compares_the_first_and_the_last_year_with_their_bases() -> None:
    years = [a_year(2025, counts(0, 3, 1)), a_year(2023, counts(0, 1, 1))]

    assert trend_text(years) == (
        "Hoàn thành tốt trở lên: năm 2023 50,00% của 2 người, năm 2025 75,00% của 4 người, "
        "tăng 25,00 điểm phần trăm."
    )
    assert trend_text(years[:1]).startswith("Cần ít nhất hai năm")


def test_years_under_different_rules_are_named() -> None:
    years = [
        a_year(2023, counts(1, 1), "2023"),
        a_year(2024, counts(1, 1), "2023"),
        a_year(2025, counts(1, 1)),
    ]

    note = rule_set_note(years)
    assert "năm 2023–2024 theo bộ quy định 2023; năm 2025 theo bộ quy định 2025" in note
    assert rule_set_note(years[:2]) == ""
