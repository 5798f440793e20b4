"""Selects over the months: one member's month with its entries, a year of states for the board."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from app.db.tables import monthly, monthly_entry
from app.db.transactions import ReadTransaction
from app.domain.dates import Month
from app.domain.monthly import CellMark, MonthlyEntry, MonthlySelfAssessment, MonthState


def state_rows(tx: ReadTransaction, year: int) -> Sequence[Row[Any]]:
    """What the board needs of every month of a year: member, month, state, hand-in time, mark."""
    columns = (monthly.c.member_id, monthly.c.month, monthly.c.state, monthly.c.submitted_at, monthly.c.mark)
    return tx.rows(select(*columns).where(monthly.c.cell_id == tx.cell_id, monthly.c.year == year))


def month_of(tx: ReadTransaction, member_id: str, month: Month) -> MonthlySelfAssessment | None:
    """One member's month with its entries."""
    where = (monthly.c.member_id == member_id, monthly.c.year == month.year, monthly.c.month == month.month)
    found = _with_entries(tx, select(monthly).where(*where))
    return found[0] if found else None


def months_of_member(tx: ReadTransaction, member_id: str, year: int) -> tuple[MonthlySelfAssessment, ...]:
    """A member's months of a year, in order."""
    query = select(monthly).where(monthly.c.member_id == member_id, monthly.c.year == year)
    return _with_entries(tx, query.order_by(monthly.c.month))


def months_of_cell(
    tx: ReadTransaction, year: int, month: int | None = None
) -> dict[str, tuple[MonthlySelfAssessment, ...]]:
    """Everybody's months of a year (or one month of it), by member id."""
    query = select(monthly).where(monthly.c.cell_id == tx.cell_id, monthly.c.year == year)
    if month is not None:
        query = query.where(monthly.c.month == month)
    found: dict[str, list[MonthlySelfAssessment]] = defaultdict(list)
    for assessment in _with_entries(tx, query.order_by(monthly.c.month)):
        found[assessment.member_id].append(assessment)
    return {member_id: tuple(months) for member_id, months in found.items()}


def _with_entries(tx: ReadTransaction, query: Select[Any]) -> tuple[MonthlySelfAssessment, ...]:
    rows = tx.rows(query)
    if not rows:
        return ()
    entries: dict[str, list[MonthlyEntry]] = defaultdict(list)
    ids = query.with_only_columns(monthly.c.id).order_by(None)
    for row in tx.rows(select(monthly_entry).where(monthly_entry.c.monthly_id.in_(ids))):
        entries[row.monthly_id].append(
            MonthlyEntry(
                row.item_id,
                row.result,
                row.self_level,
                row.limits,
                row.fix,
                row.evidence,
                row.copied_from,
                row.cell_comment,
            )
        )
    return tuple(_assessment(row, tuple(entries[row.id])) for row in rows)


def _assessment(row: Row[Any], entries: tuple[MonthlyEntry, ...]) -> MonthlySelfAssessment:
    return MonthlySelfAssessment(
        row.member_id,
        Month(row.year, row.month),
        MonthState(row.state),
        entries,
        row.submitted_at,
        row.excuse_reason,
        row.cell_comment,
        CellMark(row.mark) if row.mark else None,
        row.meeting_date,
        row.no_meeting_reason,
        row.confirmed_by_name,
        row.reopen_reason,
        row.entered_by,
        row.entered_by_name,
        row.id,
        row.version,
    )
