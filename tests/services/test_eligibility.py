"""The list of who reviews: findings for everybody, overruling with a reason, taking it back."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.eligibility import Duty
from app.domain.errors import Conflict, NotAllowed, ValidationFailed
from app.domain.meeting import MeetingKind
from app.domain.member import DatedStatus, StatusKind
from app.services.eligibility import DutyRow, list_duties, overrule_duty, withdraw_overrule
from app.services.history import list_actions
from app.services.meetings import new_meeting, save_meeting
from app.services.members import add_status
from app.services.reviews import list_reviews
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import lock_year


def row_of(ws: Workspace, member_id: str, year: int = 2025) -> DutyRow:
    return next(row for row in list_duties(ws, year).rows if row.member.id == member_id)


def test_everybody_of_the_year_has_a_finding_and_the_groups_are_counted(
    secretary_ws: Workspace, people: People
) -> None:
    add_status(
        secretary_ws, people.plain, DatedStatus(StatusKind.EXEMPT, date(2020, 1, 1), detail="age_health")
    )

    found = list_duties(secretary_ws, 2025)

    assert [row.member.id for row in found.rows] == [
        people.secretary,
        people.deputy,
        people.committee,
        people.plain,
    ]
    assert (found.count(Duty.REVIEW), found.count(Duty.NOT_CONCERNED), found.count(Duty.PENDING)) == (3, 1, 0)
    assert found.meeting_on is None


def test_the_secretary_overrules_with_a_reason_and_takes_it_back(
    secretary_ws: Workspace, people: People
) -> None:
    overrule_duty(secretary_ws, people.plain, 2025, Duty.PENDING, " đi viện đúng ngày họp ")
    row = row_of(secretary_ws, people.plain)

    assert (row.finding.duty, row.finding.reason) == (Duty.PENDING, "đi viện đúng ngày họp")
    assert row.by_rules.duty is Duty.REVIEW
    lines = {line.member.id: line.not_reviewed for line in list_reviews(secretary_ws, 2025)}
    assert lines[people.plain] == "đi viện đúng ngày họp"
    assert list_actions(secretary_ws, 1)[0].name.startswith("Ghi diện kiểm điểm năm 2025")

    withdraw_overrule(secretary_ws, people.plain, 2025, row.version)

    assert not row_of(secretary_ws, people.plain).finding.overruled


def test_overruling_needs_a_reason_a_leader_and_an_open_year(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    with pytest.raises(ValidationFailed, match="Chưa ghi lý do"):
        overrule_duty(secretary_ws, people.plain, 2025, Duty.PENDING, "  ")
    with pytest.raises(NotAllowed):
        overrule_duty(plain_ws, people.plain, 2025, Duty.PENDING, "tự xin")
    lock_year(secretary_ws, 2025, date(2026, 3, 1))
    with pytest.raises(NotAllowed, match="đã khóa"):
        overrule_duty(secretary_ws, people.plain, 2025, Duty.PENDING, "ốm")


def test_two_windows_do_not_overwrite_each_other(secretary_ws: Workspace, people: People) -> None:
    overrule_duty(secretary_ws, people.plain, 2025, Duty.PENDING, "đi viện")

    with pytest.raises(Conflict):
        overrule_duty(secretary_ws, people.plain, 2025, Duty.NOT_CONCERNED, "nhầm", version=0)


def test_without_a_meeting_the_last_day_of_the_year_counts(
    secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    add_status(secretary_ws, people.plain, DatedStatus(StatusKind.LEFT, date(2025, 12, 15), detail="moved"))

    row = row_of(secretary_ws, people.plain)

    assert row.finding.duty is Duty.NOT_CONCERNED
    assert any("tháng 12" in note for note in row.finding.notes)


def test_a_member_who_left_after_the_review_meeting_is_reviewed_here(
    secretary_ws: Workspace, people: People
) -> None:
    meeting = new_meeting(secretary_ws, MeetingKind.REVIEW, 2025).meeting
    save_meeting(secretary_ws, replace(meeting, held_on=date(2025, 12, 12)))
    add_status(secretary_ws, people.plain, DatedStatus(StatusKind.LEFT, date(2025, 12, 15), detail="moved"))

    found = list_duties(secretary_ws, 2025)
    row = row_of(secretary_ws, people.plain)

    assert found.meeting_on == date(2025, 12, 12)
    assert row.finding.duty is Duty.REVIEW
    assert people.plain in {line.member.id for line in list_reviews(secretary_ws, 2025)}
