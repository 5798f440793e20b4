"""The years of a book as the settings show them: running or locked since when, and why one was reopened."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import cell_tables
from app.db.transactions import ReadTransaction
from app.services.workspace import Act, Workspace


@dataclass(frozen=True, slots=True)
class YearState:
    """One year: locked on a day or not; ``note`` is the reason it was last reopened for."""

    year: int
    closed_on: date | None
    note: str


def list_year_states(ws: Workspace, years: tuple[int, ...]) -> tuple[YearState, ...]:
    """These years, the newest first; a year nobody touched is running."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        rows = {row.year: row for row in tx.rows(select(cell_tables.year_state))}
    states = []
    for year in sorted({*years, *rows}, reverse=True):
        row = rows.get(year)
        states.append(YearState(year, row.closed_on, row.note) if row else YearState(year, None, ""))
    return tuple(states)


def year_state_in(tx: ReadTransaction, year: int) -> YearState:
    """One year inside a transaction."""
    row = tx.first(select(cell_tables.year_state).where(cell_tables.year_state.c.year == year))
    return YearState(year, row.closed_on, row.note) if row else YearState(year, None, "")
