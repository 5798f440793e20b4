"""The cap on the top grade: every small case against the text itself, groups, stages, words."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cap import (
    CapParams,
    CapSubject,
    GroupCounts,
    cap_basis,
    cap_lines,
    cap_of,
    cap_params,
    cap_warning,
    count_groups,
    group_of,
    most_excellent,
    stage_to_count,
)
from app.domain.grade import Grade, SubjectKind
from app.domain.review import GradeStage
from app.domain.rule_set import CapBase, CapRounding
from app.domain.year_end_setting import YearEndSetting
from app.services.rules import shipped_rule_sets

RULE = next(rule_set for rule_set in shipped_rule_sets() if rule_set.key == "2025").cap
TEXT = CapParams(20, CapBase.GOOD, CapRounding.FLOOR)
HALF_UP = replace(TEXT, rounding=CapRounding.HALF_UP)


@pytest.mark.parametrize(
    ("good", "floor", "half_up"),
    [(0, 0, 0), (4, 0, 1), (5, 1, 1), (7, 1, 1), (8, 1, 2), (10, 2, 2), (12, 2, 2), (13, 2, 3), (27, 5, 5)],
)
def test_a_fifth_of_those_rated_good(good: int, floor: int, half_up: int) -> None:
    assert most_excellent(0, good, TEXT) == floor
    assert most_excellent(0, good, HALF_UP) == half_up


def test_a_quarter_of_twelve_is_three() -> None:
    assert most_excellent(0, 12, replace(TEXT, percent=25)) == 3


def test_of_a_cell_all_good_enough_a_sixth_may_be_excellent() -> None:
    for people in range(1, 100):
        assert cap_of("Nhóm", GroupCounts(0, people), TEXT).left == people // 6
        assert cap_of("Nhóm", GroupCounts(0, people), replace(TEXT, percent=25)).left == people // 5


params = st.builds(
    CapParams,
    st.sampled_from((20, 25)),
    st.sampled_from(CapBase),
    st.sampled_from(CapRounding),
    st.booleans(),
)


def holds(excellent: int, good: int, how: CapParams) -> bool:
    """The text itself: the number is within the share of its base; a half counts up where so settled."""
    base = good if how.base is CapBase.GOOD else excellent + good
    slack = Decimal("0.5") if how.rounding is CapRounding.HALF_UP else Decimal(0)
    return Decimal(excellent) - slack <= Decimal(how.percent * base) / 100


@given(st.integers(0, 40), st.integers(0, 60), params)
def test_the_count_says_what_trying_every_number_says(excellent: int, good: int, how: CapParams) -> None:
    count = cap_of("Nhóm", GroupCounts(excellent, good), how)

    assert count.over == (not holds(excellent, good, how))
    if count.over:
        assert count.left == 0
        assert holds(excellent - count.excess, good + count.excess, how)
        assert not holds(excellent - count.excess + 1, good + count.excess - 1, how)
    else:
        assert count.excess == 0
        assert holds(excellent + count.left, good - count.left, how)
        assert all(not holds(excellent + k, good - k, how) for k in range(count.left + 1, good + 1))


@given(st.integers(0, 40), st.integers(0, 60), params)
def test_the_highest_number_is_the_greatest_within_the_base_as_it_stands(
    excellent: int, good: int, how: CapParams
) -> None:
    most = most_excellent(excellent, good, how)
    base = good if how.base is CapBase.GOOD else excellent + good
    slack = Decimal("0.5") if how.rounding is CapRounding.HALF_UP else Decimal(0)

    assert most - slack <= Decimal(how.percent * base) / 100 < most + 1 - slack


def test_both_ratios_stand_beside_each_other_and_have_their_base() -> None:
    count = cap_of("Nhóm", GroupCounts(4, 27, 31, 32), TEXT)

    assert (count.most, count.left, count.over) == (5, 1, False)
    assert count.ratio_of_good == Decimal("14.81")
    assert count.ratio_of_good_or_better == Decimal("12.90")
    assert count.working == "20% của 27 người hoàn thành tốt là 5,4, bỏ phần lẻ còn 5."
    assert cap_of("Nhóm", GroupCounts(0, 0), TEXT).ratio_of_good is None


def test_passing_the_cap_is_said_and_stays_possible() -> None:
    count = cap_of("Nhóm", GroupCounts(6, 25), TEXT)

    assert cap_warning(count, GradeStage.SELF) == (
        "Tự nhận xuất sắc đã là 6, mức 20% cho nhóm này là 5. Vẫn ghi được; cấp có thẩm quyền quyết định."
    )
    assert cap_warning(cap_of("Nhóm", GroupCounts(5, 25), TEXT), GradeStage.SELF) == ""


def subject(group: str, *, is_head: bool = False, **grades: Grade) -> CapSubject:
    return CapSubject(group, is_head, tuple((GradeStage(stage), grade) for stage, grade in grades.items()))


def test_each_group_is_counted_by_itself_and_the_head_left_out_where_so_settled() -> None:
    people = [
        subject("Giữ chức vụ", is_head=True, self=Grade.EXCELLENT),
        *[subject("Giữ chức vụ", self=Grade.GOOD) for _ in range(5)],
        *[subject("Nông thôn", self=Grade.GOOD) for _ in range(4)],
        subject("Nông thôn"),
    ]

    leaders, village = count_groups(people, GradeStage.SELF, TEXT)
    assert (leaders.counts, leaders.most) == (GroupCounts(1, 5, 6, 6), 1)
    assert (village.counts, village.most) == (GroupCounts(0, 4, 4, 5), 0)
    without_head = count_groups(people, GradeStage.SELF, replace(TEXT, excludes_head=True))[0]
    assert without_head.counts == GroupCounts(0, 5, 5, 5)


def test_the_latest_stage_most_have_reached_is_counted() -> None:
    begun = [subject("Nhóm", self=Grade.GOOD) for _ in range(3)]
    decided_one = subject("Nhóm", self=Grade.GOOD, decided=Grade.GOOD)

    assert stage_to_count([]) is None
    assert stage_to_count([*begun, decided_one]) is GradeStage.SELF
    assert stage_to_count([begun[0], decided_one]) is GradeStage.DECIDED


def test_parameters_come_from_the_rule_set_until_the_cell_settles_others_with_a_ground() -> None:
    assert cap_params(RULE) == TEXT
    settled = YearEndSetting(2025, 25, None, CapRounding.HALF_UP, True, "Công văn 12-CV/ĐU ngày 01/12/2025")
    params_now = cap_params(RULE, settled)

    assert params_now.percent == 25
    assert params_now.base is CapBase.GOOD
    assert "Căn cứ: Công văn 12-CV/ĐU ngày 01/12/2025." in cap_basis(RULE, params_now)
    unexplained = cap_params(RULE, replace(settled, cap_ground=""))
    assert "Khác bộ quy định mà chưa ghi căn cứ." in cap_basis(RULE, unexplained)


def test_the_report_gets_number_highest_number_and_both_ratios_per_group() -> None:
    lines = cap_lines([cap_of("Nông thôn", GroupCounts(6, 25), TEXT)], GradeStage.PROPOSED, RULE)

    assert lines[0].startswith("Nhóm “Nông thôn”: chi bộ đề xuất xuất sắc 6 người, hoàn thành tốt 25 người")
    assert "24,00% số hoàn thành tốt, 19,35% số hoàn thành tốt trở lên" in lines[0]
    assert lines[1].startswith("Nhóm “Nông thôn” vượt 1 người so với tỉ lệ;")
    assert "Điều 11" in lines[2]
    assert not any(wrong in " ".join(lines) for wrong in ("..", ".)", ") Mẫu"))


def test_too_many_is_told_as_it_stands_and_as_it_would_be_settled() -> None:
    count = cap_of("Nhóm", GroupCounts(3, 9), TEXT)

    assert (count.most, count.excess) == (1, 1)
    words = "vượt 2 người so với tỉ lệ; 1 người chuyển sang hoàn thành tốt thì trong tỉ lệ"
    assert count.over_words == words
    assert f"Nhóm “Nhóm” {words}." in cap_lines([count], GradeStage.PROPOSED, RULE)


def test_the_working_says_which_way_the_fraction_went() -> None:
    assert cap_of("N", GroupCounts(0, 8), TEXT).working.endswith("là 1,6, bỏ phần lẻ còn 1.")
    assert cap_of("N", GroupCounts(0, 8), HALF_UP).working.endswith("là 1,6, làm tròn từ 0,5 thành 2.")
    assert cap_of("N", GroupCounts(0, 6), HALF_UP).working.endswith("là 1,2, làm tròn từ 0,5 thành 1.")


def test_a_ground_written_with_its_stop_gets_no_second_one() -> None:
    told = cap_basis(RULE, cap_params(RULE, YearEndSetting(2025, 25, cap_ground="Công văn 12-CV/ĐU. ")))

    assert "Căn cứ: Công văn 12-CV/ĐU." in told


def test_a_member_is_counted_with_their_kind_unless_another_group_is_chosen() -> None:
    assert group_of(SubjectKind.OUTSIDE) == "Đảng viên không làm việc trong hệ thống chính trị"
    assert group_of(SubjectKind.OUTSIDE, " Nông thôn ") == "Nông thôn"
