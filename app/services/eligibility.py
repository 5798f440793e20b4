"""Who reviews in a year: everybody's finding with its reason, and the secretary's own decision against it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.db import member_queries, tables, year_end_queries
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.eligibility import Duty, DutyFinding, YearDuties
from app.domain.errors import Problem, ValidationFailed
from app.domain.member import Member
from app.domain.rule_set import RuleSet
from app.domain.text import nfc
from app.services.cells import closed_years_in
from app.services.members import one_member
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_end_records import YearEndRecords
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One member's line: what the year asks, as the rules find it and as it stands now."""

    member: Member
    finding: DutyFinding
    by_rules: DutyFinding
    has_review: bool
    version: int


@dataclass(frozen=True, slots=True)
class DutyList:
    """Who reviews in a year. ``meeting_on`` None: the review meeting is not recorded yet."""

    year: int
    rule_set: RuleSet
    meeting_on: date | None
    rows: tuple[DutyRow, ...]
    is_closed: bool

    def count(self, duty: Duty) -> int:
        """How many members a finding concerns."""
        return sum(row.finding.duty is duty for row in self.rows)


def list_duties(ws: Workspace, year: int) -> DutyList:
    """What a year asks of everybody who was in the cell at some time of it. Raises ``NoRules``."""
    ws.must(Act.READ_DUTIES)
    with ws.read() as tx:
        rule_set = rule_book_in(tx).rules_of(year)
        duties = year_duties_in(tx, rule_set, year)
        by_rules = YearDuties(rule_set, year, duties.meeting_on)
        reviewed = year_end_queries.reviewed_members(tx, year)
        rows = tuple(
            DutyRow(
                member,
                duties.of(member),
                by_rules.of(member),
                member.id in reviewed,
                duties.decided[member.id].version if member.id in duties.decided else 0,
            )
            for member in member_queries.members(tx)
            if member.was_here_in(year) or member.id in reviewed or member.id in duties.decided
        )
        return DutyList(year, rule_set, duties.meeting_on, rows, year in closed_years_in(tx))


def year_duties_in(tx: ReadTransaction, rule_set: RuleSet, year: int) -> YearDuties:
    """A year's rules with the review meeting's day and what was overruled, inside a transaction."""
    decided = year_end_queries.year_members(tx, year)
    return YearDuties(rule_set, year, year_end_queries.review_meeting_day(tx, year), decided)


def duties_of_records(rule_set: RuleSet, year: int, records: YearEndRecords) -> YearDuties:
    """The same from a year-end read before, for papers."""
    meeting = records.review_meeting
    return YearDuties(rule_set, year, meeting.held_on if meeting else None, records.year_members)


def overrule_duty(
    ws: Workspace, member_id: str, year: int, duty: Duty, reason: str, version: int = 0
) -> None:
    """Decide otherwise than the rules find of a member; the reason is kept and printed in lists."""
    ws.must(Act.OVERRULE_DUTY)
    reason = nfc(reason).strip()
    if not reason:
        raise ValidationFailed((Problem("duty_reason", "Chưa ghi lý do làm khác quy định."),))
    values = {"duty": duty.value, "duty_reason": reason, "duty_on": ws.today()}
    _write(ws, member_id, year, values, version, f"Ghi diện kiểm điểm năm {year}: {duty.label.lower()}")


def withdraw_overrule(ws: Workspace, member_id: str, year: int, version: int = 0) -> None:
    """Take back the secretary's own decision: the rules' finding holds again; the history keeps it."""
    ws.must(Act.OVERRULE_DUTY)
    values = {"duty": "", "duty_reason": "", "duty_on": None}
    _write(ws, member_id, year, values, version, f"Bỏ quyết định riêng về diện kiểm điểm năm {year}")


def _write(ws: Workspace, member_id: str, year: int, values: dict[str, Any], version: int, act: str) -> None:
    with ws.write(act, member_id) as tx:
        must_be_open(tx, year)
        one_member(tx, member_id)
        put_year_member(tx, member_id, year, values, version)


def put_year_member(
    tx: WriteTransaction, member_id: str, year: int, values: dict[str, Any], version: int | None = None
) -> None:
    """Keep something decided of a member for a year; ``version`` as seen, 0 where nothing was kept yet."""
    table = tables.year_member
    row = tx.first(select(table).where(table.c.member_id == member_id, table.c.year == year))
    if row is None:
        tx.insert(table, {"member_id": member_id, "year": year, **values})
    else:
        tx.update(table, row.id, values, version=version)
