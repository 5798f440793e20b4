"""Scoring profiles: 30 + 70, points kept exact, each wrong score named by its item."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scoring import (
    ScoringProfile,
    Totals,
    ground_remarks,
    mode_words,
    parse_scoring_profile,
    point_text,
    score_problems,
    totals,
    unscored,
)
from app.domain.toml_reading import DataFileInvalid
from app.locations import resource
from app.services.rules import shipped_scoring_profiles

P5_TEXT = resource("scoring", "P5.toml").read_text(encoding="utf-8")
P5 = parse_scoring_profile(P5_TEXT, "P5.toml")


def scores(**by_item: str) -> dict[str, Decimal]:
    return {code.replace("_", "."): Decimal(score) for code, score in by_item.items()}


def test_points_of_an_old_farmer_add_up_to_84() -> None:
    entered = scores(I_1_1="8", I_1_2="8", I_1_3="6", I_2="4", II_1="36", II_2="10", II_3="12")

    assert totals(P5, entered) == Totals(Decimal(26), Decimal(58), Decimal(84))
    assert score_problems(P5, entered) == ()
    assert unscored(P5, entered) == ()


def test_items_without_a_score_are_named_and_count_nothing() -> None:
    entered = scores(I_2="0", II_1="36,5".replace(",", "."))

    assert totals(P5, entered).total == Decimal("36.5")
    assert [item.code for item in unscored(P5, entered)] == ["I.1.1", "I.1.2", "I.1.3", "II.2", "II.3"]


@pytest.mark.parametrize(
    ("code", "score", "said"),
    [
        ("I.2", "5.5", "từ 0 đến 5"),
        ("I.2", "-0.5", "từ 0 đến 5"),
        ("I.2", "NaN", "từ 0 đến 5"),
        ("II.1", "36.3", "bước 0,5"),
        ("I.9", "1", "không có trong bảng điểm"),
    ],
)
def test_a_wrong_score_is_named_by_its_item(code: str, score: str, said: str) -> None:
    (problem,) = score_problems(P5, {code: Decimal(score)})

    assert problem.field == code
    assert said in problem.message


def test_all_or_nothing_takes_nothing_between() -> None:
    strict = parse_scoring_profile(P5_TEXT.replace('"graded"', '"all_or_nothing"'), "P5.toml")

    assert score_problems(strict, scores(I_2="5", II_2="0")) == ()
    assert "0 hoặc 5" in score_problems(strict, scores(I_2="4.5"))[0].message


@pytest.mark.parametrize("profile", shipped_scoring_profiles(), ids=lambda profile: profile.id)
def test_full_marks_are_thirty_and_seventy(profile: ScoringProfile) -> None:
    full = {item.code: item.max for item in profile.items}

    assert totals(profile, full) == Totals(Decimal(30), Decimal(70), Decimal(100))
    assert score_problems(profile, full) == ()


@given(st.data())
def test_scores_without_problems_never_exceed_thirty_and_seventy(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(shipped_scoring_profiles()))
    entered = {
        item.code: data.draw(st.integers(0, 100)) * profile.step
        for item in profile.items
        if data.draw(st.booleans())
    }
    found = totals(profile, entered)

    assert found.total == found.general + found.tasks
    if not score_problems(profile, entered):
        assert found.general <= 30
        assert found.tasks <= 70


WRONG = {
    "sum": ("max = 9", "max = 10", "phải là 30"),
    "no points": ("max = 9", "max = 0", "lớn hơn 0"),
    "step": ("step = 0.5", "step = 0", "“step”"),
    "code twice": ('code = "II.2"', 'code = "II.1"', "“II.1” có hai lần"),
}


@pytest.mark.parametrize(("old", "new", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_profile_that_does_not_add_up_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(DataFileInvalid, match=said):
        parse_scoring_profile(P5_TEXT.replace(old, new, 1), "P5.toml")


@pytest.mark.parametrize(
    ("points", "text"), [("84.50", "84,5"), ("90.0", "90"), ("100", "100"), ("1E+2", "100"), ("0", "0")]
)
def test_points_are_written_with_a_comma_and_no_useless_zeros(points: str, text: str) -> None:
    assert point_text(Decimal(points)) == text


# What a committee may settle as data


def test_points_taken_off_ask_for_a_ground_and_never_refuse() -> None:
    entered = scores(I_2="4", II_2="14.5")

    (remark,) = ground_remarks(P5, entered, {})
    assert (remark.field, remark.message) == ("I.2", "Mục I.2 trừ 1 điểm mà chưa ghi căn cứ.")
    assert ground_remarks(P5, entered, {"I.2": "Nộp chậm bản tự soi"}) == ()
    assert score_problems(P5, entered) == ()


def test_a_total_is_rounded_only_where_the_profile_says_so() -> None:
    entered = {item.code: item.max for item in P5.items} | scores(II_3="4.5")
    rounding = parse_scoring_profile(P5_TEXT.replace("step = 0.5", "step = 0.5\nround_to = 1"), "P5.toml")

    assert totals(P5, entered).total == Decimal("89.5")
    assert totals(rounding, entered).total == Decimal(90)
    assert "làm tròn đến 1" in mode_words(rounding)


def test_a_profile_says_how_it_is_to_be_filled_in() -> None:
    strict = parse_scoring_profile(P5_TEXT.replace('"graded"', '"all_or_nothing"'), "P5.toml")

    assert mode_words(P5) == "Chấm theo mức độ, bước 0,5 điểm; trừ từ 1 điểm thì ghi căn cứ."
    assert mode_words(strict) == "Mỗi mục chỉ nhận điểm tối đa hoặc 0."
    assert ground_remarks(strict, scores(I_2="0"), {}) == ()
