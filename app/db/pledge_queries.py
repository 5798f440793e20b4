"""Selects that build pledges with their items and earlier wordings."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Row, select

from app.db.tables import pledge, pledge_item, pledge_revision
from app.db.transactions import ReadTransaction
from app.domain.pledge import Origin, Outcome, Pledge, PledgeItem, PledgeRevision, PledgeState


def pledges_of_year(tx: ReadTransaction, year: int) -> dict[str, Pledge]:
    """Every pledge of a year, by member id."""
    rows = tx.rows(select(pledge).where(pledge.c.cell_id == tx.cell_id, pledge.c.year == year))
    items = items_of(tx, [row.id for row in rows])
    return {row.member_id: _pledge(row, items[row.id]) for row in rows}


def pledge_of(tx: ReadTransaction, member_id: str, year: int) -> Pledge | None:
    """One member's pledge of a year."""
    row = tx.first(select(pledge).where(pledge.c.member_id == member_id, pledge.c.year == year))
    return None if row is None else _pledge(row, items_of(tx, [row.id])[row.id])


def registered_items(tx: ReadTransaction, member_id: str, year: int) -> tuple[PledgeItem, ...]:
    """A member's items of a year in order, without their earlier wordings: enough to write a month."""
    query = select(pledge_item).join(pledge, pledge.c.id == pledge_item.c.pledge_id)
    mine = query.where(pledge.c.member_id == member_id, pledge.c.year == year)
    return tuple(_item(row, ()) for row in tx.rows(mine.order_by(pledge_item.c.position)))


def items_of(tx: ReadTransaction, pledge_ids: list[str]) -> dict[str, list[PledgeItem]]:
    """The items of pledges, in order, with their revisions."""
    found: dict[str, list[PledgeItem]] = defaultdict(list)
    if not pledge_ids:
        return found
    query = (
        select(pledge_item).where(pledge_item.c.pledge_id.in_(pledge_ids)).order_by(pledge_item.c.position)
    )
    rows = tx.rows(query)
    revisions: dict[str, list[PledgeRevision]] = defaultdict(list)
    joined = select(pledge_revision).join(pledge_item, pledge_item.c.id == pledge_revision.c.item_id)
    for row in tx.rows(
        joined.where(pledge_item.c.pledge_id.in_(pledge_ids)).order_by(pledge_revision.c.revised_on)
    ):
        revisions[row.item_id].append(
            PledgeRevision(row.revised_on, row.reason, row.action, row.target, row.due_on, row.measure)
        )
    for row in rows:
        found[row.pledge_id].append(_item(row, tuple(revisions[row.id])))
    return found


def _item(row: Row[Any], revisions: tuple[PledgeRevision, ...]) -> PledgeItem:
    return PledgeItem(
        row.content_code,
        row.action,
        row.target,
        row.due_on,
        row.measure,
        Origin(row.origin),
        row.note,
        row.carried_from,
        Outcome(row.outcome),
        row.finished_on,
        row.id,
        revisions,
    )


def _pledge(row: Row[Any], items: list[PledgeItem]) -> Pledge:
    return Pledge(
        row.member_id,
        row.year,
        PledgeState(row.state),
        tuple(items),
        row.submitted_at,
        row.passed_on,
        row.committee_comment,
        row.id,
        row.version,
        row.entered_by,
    )
