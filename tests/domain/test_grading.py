"""The proposed grade: tables of examples kept as data, and what must hold for all facts."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.discipline import AroseAt, Discipline, DisciplineForm, DutyRelated
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.grade_ties import link_warnings
from app.domain.grading import grade_by_points, propose_grade
from app.domain.grading_facts import GradingFacts, count_problems
from app.domain.member import CellRole
from app.domain.rule_set import RuleSet
from app.domain.year_task import TaskCounts
from app.services.rules import shipped_rule_sets

EXAMPLES = Path(__file__).parent / "examples"
RATED_2025 = (SubjectKind.COLLECTIVE, SubjectKind.LEADER, SubjectKind.NON_LEADER, SubjectKind.OUTSIDE)


def rules(key: str) -> RuleSet:
    return next(rule_set for rule_set in shipped_rule_sets() if rule_set.key == key)


def examples(name: str) -> list[Any]:
    text = (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")
    return [
        pytest.param(each, id=each["name"]) for each in tomllib.loads(text, parse_float=Decimal)["examples"]
    ]


def facts_of(example: dict[str, Any]) -> GradingFacts:
    pointed_out, fixed = example.get("faults", (0, 0))
    tasks = TaskCounts(*example["tasks"], example.get("below_quality", 0)) if "tasks" in example else None
    return GradingFacts(
        points=Decimal(example["points"]) if "points" in example else None,
        tasks=tasks,
        faults_pointed_out=pointed_out,
        faults_fixed=fixed,
        block_cases=frozenset(example.get("block_cases", ())),
        member_disciplined=example.get("member_disciplined", False),
    )


@pytest.mark.parametrize("example", examples("grading_2025"))
def test_the_rules_of_2025_propose_what_the_table_says(example: dict[str, Any]) -> None:
    proposal = propose_grade(rules("2025"), SubjectKind(example["kind"]), facts_of(example))

    assert proposal.grade == example.get("grade")
    assert proposal.points_grade == example.get("points_grade")
    assert proposal.needs_competent_level == example.get("competent", False)
    assert [case.code for case in proposal.block_cases] == example.get("blocked_by", [])
    assert list(proposal.missing) == example.get("missing", [])
    for words in example.get("says", ()):
        assert words in proposal.reason


@pytest.mark.parametrize(
    ("key", "example"),
    [
        pytest.param(key, param.values[0], id=f"{key}: {param.id}")
        for param in examples("grading_before_2025")
        for key in param.values[0]["sets"]
    ],
)
def test_the_older_rules_propose_what_the_table_says(key: str, example: dict[str, Any]) -> None:
    facts = GradingFacts(
        task_levels=tuple(map(FourLevel, example["task_levels"])),
        other_levels=tuple(map(FourLevel, example["other_levels"])),
        civil_servant_grade=Grade(example["civil_servant_grade"])
        if "civil_servant_grade" in example
        else None,
    )

    proposal = propose_grade(rules(key), SubjectKind.NON_LEADER, facts)

    assert proposal.grade == example.get("grade")
    assert proposal.reason


def test_under_the_older_rules_points_play_no_part() -> None:
    facts = GradingFacts(
        points=Decimal(10), task_levels=(FourLevel.GOOD_LEVEL,), other_levels=(FourLevel.GOOD_LEVEL,)
    )
    proposal = propose_grade(rules("2023"), SubjectKind.LEADER, facts)

    assert (proposal.grade, proposal.points_grade) == (Grade.GOOD, None)


def test_a_kind_the_rules_do_not_name_gets_no_grade() -> None:
    proposal = propose_grade(rules("2023"), SubjectKind.LEADER_CENTRAL, GradingFacts(points=Decimal(95)))

    assert proposal.grade is None
    assert "2023" in proposal.reason


def test_contradicting_counts_are_each_named() -> None:
    facts = GradingFacts(
        tasks=TaskCounts(assigned=5, done=4, late=5, beyond=5, failed=2, below_quality=5),
        faults_pointed_out=1,
        faults_fixed=2,
    )
    fields = [problem.field for problem in count_problems(facts)]

    assert fields == ["failed", "late", "beyond", "below_quality", "faults_fixed"]
    more_done = GradingFacts(tasks=TaskCounts(assigned=5, done=6))
    assert count_problems(more_done)[0].field == "done"
    assert count_problems(GradingFacts(tasks=TaskCounts(5, 5, 1, 2))) == ()


points = st.decimals(min_value=0, max_value=100, places=3)


@st.composite
def some_facts(draw: st.DrawFn) -> GradingFacts:
    assigned = draw(st.integers(1, 40))
    done = draw(st.integers(0, assigned))
    pointed_out = draw(st.integers(0, 3))
    return GradingFacts(
        tasks=TaskCounts(
            assigned,
            done,
            late=draw(st.integers(0, done)),
            beyond=draw(st.integers(0, done)),
            failed=draw(st.integers(0, assigned - done)),
        ),
        faults_pointed_out=pointed_out,
        faults_fixed=draw(st.integers(0, pointed_out)),
    )


def with_points(facts: GradingFacts, value: Decimal) -> GradingFacts:
    return GradingFacts(
        points=value,
        tasks=facts.tasks,
        faults_pointed_out=facts.faults_pointed_out,
        faults_fixed=facts.faults_fixed,
    )


@given(points)
def test_every_number_of_points_lies_in_exactly_one_range(value: Decimal) -> None:
    holding = [each.grade for each in rules("2025").ranges if each.holds(value)]

    assert holding == [grade_by_points(rules("2025"), value)]


@given(some_facts(), points, points, st.sampled_from(RATED_2025))
def test_more_points_never_lower_the_grade(
    facts: GradingFacts, one: Decimal, other: Decimal, kind: SubjectKind
) -> None:
    lower = propose_grade(rules("2025"), kind, with_points(facts, min(one, other)))
    higher = propose_grade(rules("2025"), kind, with_points(facts, max(one, other)))

    if lower.grade is not None and higher.grade is not None:
        assert lower.grade.rank <= higher.grade.rank


@given(some_facts(), points, st.sampled_from(RATED_2025))
def test_a_grade_never_exceeds_that_of_the_points_and_silence_is_explained(
    facts: GradingFacts, value: Decimal, kind: SubjectKind
) -> None:
    proposal = propose_grade(rules("2025"), kind, with_points(facts, value))

    assert proposal.points_grade is not None
    if proposal.grade is None:
        assert proposal.needs_competent_level
        assert proposal.failed_conditions
    else:
        assert proposal.grade.rank <= proposal.points_grade.rank
        if proposal.grade is not proposal.points_grade:
            assert proposal.needs_competent_level


# Discipline


def discipline_of(told: dict[str, Any], year: int) -> Discipline:
    return Discipline(
        "an",
        DisciplineForm(told["form"]),
        date(year, 6, 5),
        duty_related=DutyRelated(told.get("duty", "")),
        arose_at=AroseAt(told.get("arose", "")),
        arose_year=year + told["year"] if "year" in told else None,
        remedied=told.get("remedied", False),
    )


@pytest.mark.parametrize(
    ("key", "example"),
    [
        pytest.param(key, param.values[0], id=f"{key}: {param.id}")
        for param in examples("grading_discipline")
        for key in param.values[0]["sets"]
    ],
)
def test_discipline_weighs_as_the_rules_of_its_year_say(key: str, example: dict[str, Any]) -> None:
    facts = GradingFacts(
        points=Decimal(84),
        tasks=TaskCounts(5, 5),
        task_levels=(FourLevel.GOOD_LEVEL,),
        other_levels=(FourLevel.GOOD_LEVEL,),
        block_cases=frozenset(example.get("ticked", ())),
        disciplines=(discipline_of(example["discipline"], int(key)),),
    )

    proposal = propose_grade(rules(key), SubjectKind(example["kind"]), facts)

    assert proposal.grade == example["grade"]
    assert bool(proposal.block_cases) == example.get("blocked", False)
    assert proposal.needs_competent_level == example.get("competent", False)
    assert bool(proposal.asks) == ("asks" in example)
    assert bool(proposal.warnings) == ("warns" in example)
    for words in (*example.get("says", ()), *example.get("asks", ()), *example.get("warns", ())):
        assert words in proposal.paragraph
    for words in example.get("never", ()):
        assert words not in proposal.paragraph


# What else a grade is tied to


def linked(**more: Any) -> GradingFacts:
    return GradingFacts(points=Decimal(95), tasks=TaskCounts(5, 5, 0, 2), **more)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (linked(role=CellRole.SECRETARY, collective_grade=Grade.GOOD), "không cao hơn mức của tập thể"),
        (linked(role=CellRole.SECRETARY, collective_tasks=TaskCounts(10, 6)), "6/10 nhiệm vụ (60%)"),
        (linked(role=CellRole.DEPUTY_SECRETARY, collective_tasks=TaskCounts(10, 6)), "cấp phó"),
        (linked(quarter_grades=(Grade.GOOD, Grade.UNSATISFACTORY)), "có 1 quý"),
        (linked(civil_servant_grade=Grade.GOOD), "là cơ sở khi xếp loại đảng viên"),
    ],
)
def test_a_grade_that_does_not_agree_with_what_it_is_tied_to_is_warned_of_with_its_source(
    facts: GradingFacts, said: str
) -> None:
    proposal = propose_grade(rules("2025"), SubjectKind.LEADER, facts)

    (warning,) = proposal.warnings
    assert said in warning
    assert any(f"({link.source}): " in warning for link in rules("2025").links)
    assert warning.endswith(".")
    assert proposal.grade is Grade.EXCELLENT


@pytest.mark.parametrize(
    "facts",
    [
        linked(role=CellRole.SECRETARY, collective_grade=Grade.EXCELLENT, collective_tasks=TaskCounts(10, 7)),
        linked(role=CellRole.COMMITTEE_MEMBER, collective_grade=Grade.GOOD),
        linked(quarter_grades=(Grade.GOOD, Grade.GOOD)),
        linked(civil_servant_grade=Grade.EXCELLENT),
    ],
)
def test_what_agrees_is_not_spoken_of(facts: GradingFacts) -> None:
    assert propose_grade(rules("2025"), SubjectKind.LEADER, facts).warnings == ()


def test_a_grade_given_by_people_is_held_against_the_same_ties() -> None:
    facts = linked(role=CellRole.SECRETARY, collective_grade=Grade.SATISFACTORY)

    assert link_warnings(rules("2025"), facts, Grade.GOOD) != ()
    assert link_warnings(rules("2025"), facts, Grade.SATISFACTORY) == ()
    assert link_warnings(rules("2025"), facts, None) == ()


def test_a_lower_grade_of_the_older_rules_says_what_the_better_one_lacks() -> None:
    facts = GradingFacts(
        task_levels=(FourLevel.EXCELLENT_LEVEL,),
        other_levels=(FourLevel.GOOD_LEVEL,),
        civil_servant_grade=Grade.GOOD,
    )

    proposal = propose_grade(rules("2023"), SubjectKind.NON_LEADER, facts)

    assert proposal.grade is Grade.GOOD
    assert proposal.reason.endswith(
        "Chưa đủ điều kiện của mức Hoàn thành xuất sắc nhiệm vụ: nơi công tác xếp loại Hoàn thành tốt "
        "nhiệm vụ, cần Hoàn thành xuất sắc nhiệm vụ."
    )


def test_two_cases_with_the_same_relief_say_it_once() -> None:
    facts = GradingFacts(block_cases=frozenset({"KC1", "KC3"}))

    reason = propose_grade(rules("2025"), SubjectKind.COLLECTIVE, facts).reason

    assert reason.count("Xem xét giảm nhẹ khi do bất khả kháng") == 1
    assert reason.count("Thuộc trường hợp KC") == 2


grades = st.none() | st.sampled_from(Grade)
levels = st.lists(st.sampled_from(FourLevel), max_size=3).map(tuple)
disciplines = st.lists(
    st.builds(
        Discipline,
        st.just("an"),
        st.sampled_from(DisciplineForm),
        st.dates(date(2018, 1, 1), date(2026, 12, 31)),
        duty_related=st.sampled_from(DutyRelated),
        arose_at=st.sampled_from(AroseAt),
        arose_year=st.none() | st.integers(2015, 2026),
        remedied=st.booleans(),
    ),
    max_size=2,
).map(tuple)
any_tasks = st.none() | st.builds(TaskCounts, *[st.integers(0, 12)] * 2, *[st.integers(0, 12)] * 4)
any_facts = st.builds(
    GradingFacts,
    points=st.none() | points,
    tasks=any_tasks,
    faults_pointed_out=st.integers(0, 3),
    faults_fixed=st.integers(0, 3),
    block_cases=st.sets(st.sampled_from(("KN1", "KL3", "KC1", "K23.5", "K19.2", "none"))).map(frozenset),
    member_disciplined=st.booleans(),
    task_levels=levels,
    other_levels=levels,
    civil_servant_grade=grades,
    disciplines=disciplines,
    role=st.none() | st.sampled_from(CellRole),
    collective_grade=grades,
    collective_tasks=any_tasks,
    quarter_grades=st.lists(st.sampled_from(Grade), max_size=3).map(tuple),
)


@given(any_facts, st.sampled_from(("2018", "2019", "2023", "2025")), st.sampled_from(SubjectKind))
def test_whatever_the_facts_there_is_one_proposal_or_none_and_always_a_reason(
    facts: GradingFacts, key: str, kind: SubjectKind
) -> None:
    proposal = propose_grade(rules(key), kind, facts)

    assert proposal.reason
    assert proposal.paragraph.startswith(proposal.reason)
    assert not re.search(r"  |\.\.|\) \(|None", proposal.paragraph)
    if proposal.block_cases:
        assert proposal.grade is Grade.UNSATISFACTORY
    if proposal.grade is None:
        assert proposal.missing or proposal.needs_competent_level or rules(key).subject(kind) is None


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("100", "excellent"),
        ("90", "excellent"),
        ("89.99", "good"),
        ("70", "good"),
        ("69.99", "satisfactory"),
        ("50", "satisfactory"),
        ("49.99", "unsatisfactory"),
        ("0", "unsatisfactory"),
    ],
)
def test_the_boundaries_hold_to_two_decimals(value: str, grade: str) -> None:
    assert grade_by_points(rules("2025"), Decimal(value)) == grade
