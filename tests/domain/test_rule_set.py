"""Rule sets: the year chooses the set; a file that contradicts itself is refused by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import NoRules
from app.domain.grade import Grade, SubjectKind
from app.domain.rule_set import GradeMeasure, rule_set_for_year
from app.domain.rule_set_file import parse_rule_set
from app.domain.toml_reading import DataFileInvalid
from app.locations import resource
from app.services.rules import shipped_rule_sets

RULES_2025 = resource("rule_sets", "2025.toml").read_text(encoding="utf-8")
YEARS = {2018: "2018", 2019: "2019", 2022: "2019", 2023: "2023", 2024: "2023", 2025: "2025", 2040: "2025"}


@pytest.mark.parametrize(("year", "key"), YEARS.items())
def test_each_rating_year_has_its_own_rules(year: int, key: str) -> None:
    assert rule_set_for_year(shipped_rule_sets(), year).key == key


@given(st.integers(2018, 2100))
def test_no_year_from_2018_has_two_shipped_sets(year: int) -> None:
    assert sum(rule_set.covers(year) for rule_set in shipped_rule_sets()) == 1


def test_a_year_without_rules_says_which_years_are_covered_and_what_to_do() -> None:
    with pytest.raises(NoRules) as caught:
        rule_set_for_year(shipped_rule_sets(), 2017)

    for words in (
        "năm 2017",
        "năm 2018;",
        "năm 2019–2022",
        "năm 2023–2024",
        "năm 2025 trở đi",
        "mục Quy định",
    ):
        assert words in str(caught.value)


def test_an_offices_own_set_for_the_same_years_wins() -> None:
    own = parse_rule_set(RULES_2025.replace('key = "2025"', 'key = "2025-tinh"', 1), "tinh.toml")

    assert rule_set_for_year((*shipped_rule_sets(), own), 2026).key == "2025-tinh"


def test_the_2025_table_asks_of_each_kind_what_article_11_asks() -> None:
    rule_set = rule_set_for_year(shipped_rule_sets(), 2025)
    assert rule_set.measure is GradeMeasure.POINTS
    for kind in (SubjectKind.COLLECTIVE, SubjectKind.LEADER, SubjectKind.NON_LEADER, SubjectKind.OUTSIDE):
        asked = [rule_set.condition_for(grade, kind) for grade in Grade]
        figures = [
            None if c is None else (c.done_min, c.late_max, c.beyond_min, c.faults_fixed_min) for c in asked
        ]
        assert figures == [(100, 0, 30, 100), (100, 0, None, None), (100, 20, None, None), None]
    assert [case.code for case in rule_set.blocks_for(SubjectKind.LEADER)] == [f"KL{n}" for n in range(1, 6)]
    assert [case.code for case in rule_set.blocks_for(SubjectKind.OUTSIDE)] == ["KN1", "KN2"]
    assert (rule_set.cap.percent, rule_set.cap.percent_exceptional, rule_set.cap.base) == (20, 25, "good")


def test_form_letters_swap_between_2023_and_2025_but_kinds_do_not() -> None:
    forms = {
        (key, kind): subject.form
        for key in ("2023", "2025")
        for kind in (SubjectKind.LEADER, SubjectKind.NON_LEADER)
        for subject in [rule_set_for_year(shipped_rule_sets(), int(key)).subject(kind)]
        if subject
    }
    assert forms == {
        ("2023", SubjectKind.LEADER): "F23_02B",
        ("2023", SubjectKind.NON_LEADER): "F23_02A",
        ("2025", SubjectKind.LEADER): "F25_2A",
        ("2025", SubjectKind.NON_LEADER): "F25_2B",
    }


def test_deadlines_fall_in_the_rating_year_or_the_next() -> None:
    by_code = {
        each.code: each.before(2025) for each in rule_set_for_year(shipped_rule_sets(), 2025).deadlines
    }

    assert by_code["REVIEW"] == date(2025, 12, 31)
    assert by_code["CIVIL_SERVANT"] == date(2025, 12, 15)
    assert by_code["FILES_UP"] == date(2026, 2, 1)


WRONG = {
    "misspelt key": ("measure =", "mesure =", "measure", "còn thiếu"),
    "unknown key": ("in_force_from =", "hieu_luc = 1\nin_force_from =", "hieu_luc", "không có khóa tên này"),
    "overlapping ranges": ("points_below = 90", "points_below = 91", "ranges", "chồng lên"),
    "gap between ranges": ("points_below = 70", "points_below = 69", "ranges", "khoảng điểm trống"),
    "empty range": ("points_from = 70", "points_from = 90", "ranges", ""),
    "lowest not from zero": (
        "points_below = 50",
        "points_below = 50\npoints_from = 1",
        "ranges",
        "từ 0 điểm",
    ),
    "highest with an end": (
        "points_from = 90",
        "points_from = 90\npoints_below = 99",
        "ranges",
        "giới hạn trên",
    ),
    "unknown word": ('grade = "good"', 'grade = "tốt"', "ranges[2].grade", "chỉ nhận: excellent"),
    "case code twice": ('code = "KN2"', 'code = "KN1"', "block_cases", "“KN1” có hai lần"),
    "subject twice": ('kind = "outside"', 'kind = "leader"', "subjects", "“leader” có hai lần"),
    "share over a hundred": ("beyond_min = 30", "beyond_min = 130", "conditions[1].beyond_min", "0 đến 100"),
    "no such day": ("day = 31", "day = 32", "deadlines[2].day", "không có ngày này"),
    "year order": ("year_from = 2025", "year_from = 2025\nyear_to = 2024", "year_to", "sớm hơn"),
    "text for a number": ("percent = 20", 'percent = "20"', "cap.percent", "phải là số nguyên"),
    "no start": ("in_force_from = 2025-08-30\n", "", "in_force_from", "còn thiếu"),
    "discipline under no case": (
        '"KN1", "KC3"]',
        '"KN9", "KC3"]',
        "discipline.unrelated_cases",
        "không có trường hợp “KN9”",
    ),
    "days before the meeting": ("working_days = 3", "working_days = 99", "situations", "từ 0 đến 60"),
    "missing condition": (
        'kinds = ["collective", "non_leader", "outside"]',
        'kinds = ["collective", "non_leader"]',
        "conditions",
        "thiếu điều kiện mức “good” cho đối tượng “outside”",
    ),
}


@pytest.mark.parametrize(("old", "new", "key", "reason"), WRONG.values(), ids=WRONG.keys())
def test_a_contradicting_file_is_refused_naming_file_key_and_reason(
    old: str, new: str, key: str, reason: str
) -> None:
    assert old in RULES_2025
    with pytest.raises(DataFileInvalid) as caught:
        parse_rule_set(RULES_2025.replace(old, new, 1), "thử.toml")

    message = str(caught.value)
    assert "“thử.toml”" in message
    assert f"khóa “{key}" in message
    assert reason in message


def test_a_case_with_limbs_no_figure_shows_can_be_ticked_as_well() -> None:
    cases = {case.code: case.tickable for case in rule_set_for_year(shipped_rule_sets(), 2025).block_cases}

    assert cases["KL1"]
    assert cases["KC4"]
    assert cases["KN1"]
    assert not cases["KN2"], "it follows wholly from the figures"
