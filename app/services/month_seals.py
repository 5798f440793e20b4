"""The seals of confirmed months: put on with the confirmation, taken off when a month is opened again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.db import tables
from app.db.transactions import ReadTransaction, Values
from app.domain.month_seal import month_seal
from app.domain.monthly import MonthState


def sealed(tx: ReadTransaction, changes: Mapping[str, Values]) -> dict[str, Values]:
    """The changes to months by id, each with the seal of the month as it stands after them.

    What the entries say must be in the book already. A month that is not confirmed has no seal.
    """
    rows, entries = months_with_entries(tx, list(changes))
    found: dict[str, Values] = {}
    for row in rows:
        month = {**row, **changes[row["id"]]}
        confirmed = month["state"] == MonthState.CONFIRMED.value
        seal = month_seal(month, entries[row["id"]]) if confirmed else ""
        found[row["id"]] = {**changes[row["id"]], "digest": seal}
    return found


def months_with_entries(
    tx: ReadTransaction, ids: Sequence[str] | None = None
) -> tuple[Sequence[Any], dict[str, list[Any]]]:
    """The months (all confirmed ones for None) with their entries by month."""
    monthly, entry = tables.monthly, tables.monthly_entry
    which = monthly.c.state == MonthState.CONFIRMED.value if ids is None else monthly.c.id.in_(ids)
    months = tx.connection.execute(select(monthly).where(which)).mappings().all()
    query = select(entry).where(entry.c.monthly_id.in_(select(monthly.c.id).where(which)))
    entries: dict[str, list[Any]] = defaultdict(list)
    for row in tx.connection.execute(query).mappings():
        entries[row["monthly_id"]].append(row)
    return months, entries
