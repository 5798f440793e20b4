"""Who reviews in a year: a table of examples per rule set, what the secretary overrules, properties."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.eligibility import Duty, YearDuties, YearMember, find_duty
from app.domain.member import DatedStatus, Member, StatusKind
from app.services.rules import rules_of
from tests.builders import a_member

_TABLE = tomllib.loads((Path(__file__).parent / "examples/eligibility.toml").read_text("utf-8"))
_CASES = [
    pytest.param(example, year, id=f"{year}: {example['name']}")
    for example in _TABLE["examples"]
    for year in example["sets"]
]


def _day(text: str, year: int) -> date | None:
    return date.fromisoformat(text if len(text) == 10 else f"{year}-{text}") if text else None


def _member(example: dict[str, Any], year: int) -> Member:
    record = a_member(
        admitted_on=_day(example.get("admitted", "2010-05-19"), year),
        occupation=example.get("occupation", "Nông dân"),
    )
    statuses = tuple(
        DatedStatus(StatusKind(kind), _day(start, year), _day(end, year), detail)
        for kind, start, end, detail in example.get("statuses", [])
    )
    return Member("m1", 1, record, "", "", statuses=statuses)


def member(*statuses: DatedStatus, admitted: date = date(2010, 5, 19)) -> Member:
    return Member("m1", 1, a_member(admitted_on=admitted), "", "", statuses=statuses)


@pytest.mark.parametrize(("example", "year"), _CASES)
def test_the_table_of_examples_holds(example: dict[str, Any], year: int) -> None:
    day = _day(example.get("review_day", "12-31"), year)
    assert day is not None

    found = find_duty(_member(example, year), rules_of(year), year, day)

    assert found.duty is Duty(example["duty"]), found
    assert example.get("reason", "") in found.reason
    if (source := example.get("source", {}).get(str(year))) is not None:
        assert found.source == source
    if "verified" in example:
        assert found.verified is (year in example["verified"])
    if "notes" in example:
        assert all(any(words in note for note in found.notes) for words in example["notes"]), found.notes
        assert bool(found.notes) is bool(example["notes"])
    for words in example.get("never", ()):
        assert not any(words in note for note in found.notes), found.notes


def test_every_finding_says_why_and_where_it_stands() -> None:
    for example, year in (case.values for case in _CASES):
        found = find_duty(_member(example, year), rules_of(year), year, date(year, 12, 31))

        assert found.reason
        assert found.source


def test_the_secretary_may_decide_otherwise_and_the_rules_finding_stays_beside() -> None:
    exempt = member(DatedStatus(StatusKind.EXEMPT, date(2020, 1, 1)))
    decided = YearMember("m1", 2025, Duty.REVIEW, "tự nguyện kiểm điểm", date(2025, 12, 1))

    found = find_duty(exempt, rules_of(2025), 2025, date(2025, 12, 31), decided)

    assert (found.duty, found.reason, found.overruled) == (Duty.REVIEW, "tự nguyện kiểm điểm", True)
    assert found.source == "Bí thư quyết định, ghi ngày 01/12/2025"
    assert found.notes == ("Theo dữ kiện và quy định: không thuộc diện (cả năm được miễn sinh hoạt).",)


def test_a_record_that_decides_nothing_leaves_the_rules_finding() -> None:
    duties = YearDuties(rules_of(2025), 2025, None, {"m1": YearMember("m1", 2025, cap_group="Nhóm 1")})

    assert duties.review_day == date(2025, 12, 31)
    assert not duties.of(member()).overruled


def test_the_day_of_the_meeting_decides_once_it_is_recorded() -> None:
    new = member(admitted=date(2025, 8, 20))

    assert YearDuties(rules_of(2025), 2025).of(new).duty is Duty.PENDING
    assert YearDuties(rules_of(2025), 2025, date(2026, 2, 20)).of(new).duty is Duty.REVIEW


_DAYS = st.dates(date(2024, 6, 1), date(2026, 6, 30))


@given(st.lists(st.tuples(st.sampled_from(StatusKind), _DAYS, st.none() | _DAYS), max_size=4), _DAYS)
def test_whatever_is_recorded_there_is_one_finding_with_a_reason(
    recorded: list[tuple[StatusKind, date, date | None]], review_day: date
) -> None:
    statuses = [DatedStatus(kind, min(a, b or a), b and max(a, b)) for kind, a, b in recorded]

    found = find_duty(member(*statuses), rules_of(2025), 2025, review_day)

    assert found.reason
    assert found.source
    assert not found.overruled
    assert (found.why_not == "") is (found.duty is Duty.REVIEW)


@given(st.dates(date(2025, 1, 1), date(2025, 12, 1)), st.integers(0, 60))
def test_a_later_meeting_never_makes_a_newcomer_too_new_again(admitted: date, later: int) -> None:
    new, day = member(admitted=admitted), date(2025, 12, 1)
    early = find_duty(new, rules_of(2025), 2025, day)
    late = find_duty(new, rules_of(2025), 2025, day + timedelta(later))

    assert not (early.duty is Duty.REVIEW and late.duty is Duty.PENDING)
