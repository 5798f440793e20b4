"""Votes as totals: what is provably wrong, what they come to, and what must hold for every small vote."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import Denominator
from app.domain.grade import Grade
from app.domain.meeting import Meeting, MeetingKind
from app.domain.rule_set import MajorityBase
from app.domain.vote_results import (
    FinalResult,
    RoundResult,
    Threshold,
    candidates_for_excellent,
    combined_result,
    percent_text,
    tally,
)
from app.domain.voting import Answer, RoundKind, VoteCount, VoteRound, cautions_in_round, problems_in_round

CONVENED_38 = Denominator(38, "", MajorityBase.CONVENED)
NAMES = {"y": "Y Bhơm Ayŭn"}


def a_round(*counts: VoteCount, kind: RoundKind = RoundKind.FOUR_GRADES, number: int = 1) -> VoteRound:
    """36 given out and back, 35 valid."""
    return VoteRound("m", number, kind, issued=36, returned=36, valid=35, invalid=1, counts=counts)


def row(who: str, *numbers: int | None, kind: RoundKind = RoundKind.FOUR_GRADES) -> VoteCount:
    """One row, number by number as on the page."""
    count = VoteCount(who)
    for answer, number in zip(kind.answers, numbers, strict=True):
        count = count.with_number(answer, number)
    return count


def lower(who: str, *numbers: int | None) -> VoteCount:
    return row(who, *numbers, kind=RoundKind.LOWER_GRADES)


def top(who: str, *numbers: int | None) -> VoteCount:
    return row(who, *numbers, kind=RoundKind.EXCELLENT)


def finals(*results: RoundResult) -> dict[str, FinalResult]:
    return {each.subject_id: each for each in combined_result(results)}


def test_a_row_with_more_marks_than_valid_ballots_is_named() -> None:
    votes = a_round(row("y", 0, 31, 5, 0, 0))

    (problem,) = problems_in_round(votes, 36, NAMES)

    assert problem.field == "y.total"
    assert problem.message == (
        "Y Bhơm Ayŭn: cộng 36 phiếu, nhiều hơn 35 phiếu hợp lệ. Đồng chí kiểm lại dòng này."
    )
    assert problems_in_round(votes, 36)[0].message == (
        "Cộng 36 phiếu, nhiều hơn 35 phiếu hợp lệ. Đồng chí kiểm lại dòng này."
    )


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"issued": 37}, "issued", "Phát ra 37 phiếu, nhiều hơn 36 đồng chí có mặt"),
        ({"returned": 40, "issued": 36}, "returned", "Thu về 40 phiếu, nhiều hơn 36 phiếu phát ra"),
        ({"invalid": 3}, "invalid", "Hợp lệ 35 + không hợp lệ 3 = 38, khác 36 phiếu thu về"),
        ({"invalid": None, "valid": 37}, "valid", "Số phiếu hợp lệ 37 nhiều hơn 36 phiếu thu về"),
        ({"invalid": -1, "valid": 37}, "invalid", "-1 nhỏ hơn 0"),
    ],
)
def test_totals_that_cannot_be_are_refused(changes: dict[str, int | None], field: str, words: str) -> None:
    votes = replace(a_round(), **changes)  # type: ignore[arg-type]

    problems = problems_in_round(votes, 36)

    assert problems[0].field == field
    assert words in problems[0].message


def test_a_negative_number_in_a_row_is_refused_even_when_the_sum_fits() -> None:
    problems = problems_in_round(a_round(row("y", -4, 31, 5, 0, 0)), 36, NAMES)

    assert [problem.field for problem in problems] == ["y.excellent"]
    assert "“Xuất sắc” -4 nhỏ hơn 0" in problems[0].message


def test_before_the_valid_ballots_are_known_rows_are_held_against_what_is_known() -> None:
    votes = replace(a_round(row("y", 0, 40, 0, 0, 0)), valid=None, invalid=None, returned=None, issued=None)

    assert "40 phiếu, nhiều hơn 36 đồng chí có mặt" in problems_in_round(votes, 36)[0].message


def test_ballots_not_given_out_or_not_back_are_said_but_not_refused() -> None:
    votes = replace(a_round(row("y", 0, 30, 0, 0, 3)), issued=35, returned=34, valid=34, invalid=0)

    assert problems_in_round(votes, 36) == ()
    assert [problem.message for problem in cautions_in_round(votes, 36, NAMES)] == [
        "Phát ra 35 phiếu cho 36 đồng chí có mặt có quyền biểu quyết. 1 đồng chí không nhận phiếu.",
        "Còn 1 phiếu phát ra mà không thu về.",
        "Y Bhơm Ayŭn: cộng 33, còn thiếu 1 trong 34 phiếu hợp lệ.",
    ]


def test_the_grade_more_than_half_of_the_convened_voted_for_is_the_result() -> None:
    result = tally(a_round(row("a", 1, 31, 3, 0, 0), row("b", 24, 10, 1, 0, 0)), CONVENED_38)

    assert result.needed == 20
    assert [line.verdict for line in result.lines] == [Grade.GOOD, Grade.EXCELLENT]
    assert [line.verdict_text for line in result.lines] == ["Hoàn thành tốt 31/38", "Xuất sắc 24/38"]
    assert result.lines[0].votes_for(Answer.GOOD).percent == "81,58%"
    assert result.base_text == "Tỉ lệ % tính trên 38 đảng viên chính thức được triệu tập."


def test_exactly_half_is_no_majority() -> None:
    line = tally(a_round(row("a", 0, 19, 16, 0, 0)), CONVENED_38).lines[0]

    assert line.verdict is None
    assert line.no_majority
    assert not line.is_tie
    assert line.verdict_text == "Không mức nào quá nửa"


def test_a_tie_is_said() -> None:
    line = tally(a_round(row("a", 0, 16, 16, 0, 3)), CONVENED_38).lines[0]

    assert line.is_tie
    assert line.tied == (Answer.GOOD, Answer.SATISFACTORY)


def test_a_row_half_entered_has_no_result_unless_the_majority_is_there() -> None:
    result = tally(
        a_round(row("a", 0, 14, None, None, None), row("b", None, 30, None, None, None)), CONVENED_38
    )

    assert [line.verdict_text for line in result.lines] == ["Chưa nhập đủ", "Hoàn thành tốt 30/38"]
    assert not any(line.no_majority for line in result.lines)
    assert [each.is_pending for each in combined_result([result])] == [True, True]


def test_nothing_entered_is_nothing_said() -> None:
    (line,) = tally(a_round(row("a", None, None, None, None, None)), CONVENED_38).lines

    assert (line.total, line.verdict_text, line.is_complete) == (None, "Chưa nhập", False)


def test_without_a_base_there_is_no_share_and_no_result() -> None:
    result = tally(a_round(row("a", 0, 31, 4, 0, 0)), Denominator(0, "", MajorityBase.CONVENED))

    assert result.base_text == ""
    assert [votes.percent for votes in result.lines[0].votes] == [""] * 5
    assert result.lines[0].verdict is None
    assert percent_text(None, 38) == ""


def test_two_rounds_make_excellent_only_of_whom_more_than_half_agreed_to() -> None:
    first = tally(
        a_round(
            lower("a", 33, 2, 0, 0),
            lower("b", 30, 5, 0, 0),
            lower("c", 2, 30, 3, 0),
            kind=RoundKind.LOWER_GRADES,
        ),
        CONVENED_38,
    )
    second = tally(
        a_round(top("a", 25, 10, 0), top("b", 19, 15, 1), kind=RoundKind.EXCELLENT, number=2), CONVENED_38
    )

    assert candidates_for_excellent([first]) == ("a", "b")
    told = finals(first, second)
    assert {who: each.grade for who, each in told.items()} == {
        "a": Grade.EXCELLENT,
        "b": Grade.GOOD,
        "c": Grade.SATISFACTORY,
    }
    assert second.lines[1].verdict_text == "Không đạt xuất sắc 19/38"
    assert (told["a"].round_number, told["b"].round_number) == (2, 1)


def test_a_candidate_waits_until_the_second_round_is_entered() -> None:
    first = tally(a_round(lower("a", 33, 2, 0, 0), kind=RoundKind.LOWER_GRADES), CONVENED_38)
    second = tally(a_round(top("a", None, None, None), kind=RoundKind.EXCELLENT, number=2), CONVENED_38)

    assert finals(first, second)["a"].is_pending


def test_a_revote_stands_in_place_of_the_earlier_round_for_its_people_only() -> None:
    first = tally(a_round(row("a", 0, 14, 14, 4, 3), row("b", 0, 33, 2, 0, 0)), CONVENED_38)
    again = tally(a_round(row("a", 0, 22, 13, 0, 0), number=2), CONVENED_38)

    told = finals(again, first)

    assert (told["a"].grade, told["a"].round_number) == (Grade.GOOD, 2)
    assert (told["b"].grade, told["b"].round_number) == (Grade.GOOD, 1)
    meeting = Meeting(MeetingKind.REVIEW, 2025, held_on=date(2025, 12, 12))
    assert told["a"].source_text(meeting) == "22/38, vòng 2, họp 12/12/2025"


def test_the_threshold_is_data() -> None:
    three_fifths = Threshold(60)

    assert three_fifths.needed(10) == 7
    assert not three_fifths.is_passed(6, 10)
    result = tally(a_round(row("a", 0, 22, 13, 0, 0)), CONVENED_38, three_fifths)
    assert result.lines[0].no_majority
    assert result.majority_text.startswith("Quá 60% là từ 23 phiếu.")


@pytest.mark.parametrize("count", range(1, 8))
def test_every_small_vote_has_one_result_or_none_and_says_which(count: int) -> None:
    base = Denominator(count, "", MajorityBase.CONVENED)
    for numbers in product(range(count + 1), repeat=4):
        if sum(numbers) > count:
            continue
        blank = count - sum(numbers)
        votes = VoteRound("m", 1, RoundKind.FOUR_GRADES, valid=count, counts=(row("a", *numbers, blank),))
        (line,) = tally(votes, base).lines

        over_half = [grade for grade, number in zip(Grade, numbers, strict=True) if number > count / 2]
        assert line.verdict is (over_half[0] if over_half else None)
        assert len(over_half) < 2
        assert line.no_majority == (not over_half)
        assert line.is_tie == (not over_half and max(numbers) > 0 and numbers.count(max(numbers)) > 1)
        assert line.verdict_text
        assert problems_in_round(votes, count) == ()


small = st.one_of(st.none(), st.integers(-3, 50))


@given(
    st.sampled_from(list(RoundKind)),
    st.tuples(small, small, small, small),
    st.lists(small, min_size=5, max_size=5),
    st.integers(0, 45),
)
def test_whatever_is_typed_there_is_never_a_result_of_a_row_that_cannot_be(
    kind: RoundKind, totals: tuple[int | None, ...], numbers: list[int | None], count: int
) -> None:
    issued, returned, valid, invalid = totals
    votes = VoteRound("m", 1, kind, "", issued, returned, valid, invalid)
    votes = replace(votes, counts=(row("a", *numbers[: len(kind.answers)], kind=kind),))

    (line,) = tally(votes, Denominator(count, "", MajorityBase.CONVENED)).lines
    wrong = [problem.field for problem in problems_in_round(votes, 36) if problem.field.startswith("a.")]

    assert line.verdict_text
    if line.verdict is not None:
        assert line.verdict_votes is not None
        assert line.verdict_votes * 2 > count > 0
        assert not wrong or votes.valid is None
        assert not line.no_majority


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_share_has_two_decimals_and_a_comma(votes: int, count: int) -> None:
    text = percent_text(votes, count)

    assert text.endswith("%")
    whole, decimals = text[:-1].split(",")
    assert len(decimals) == 2
    assert abs(int(whole) * 100 + int(decimals) - votes * 10000 / count) <= 0.5 + 1e-9
