"""The seal of a locked year: everything of the year lies under it, and looking leaves it whole."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, Table, select, update

from app.db.cell_tables import Points, metadata
from app.domain.dates import Month
from app.services.collectives import open_collectives
from app.services.meetings import list_meetings
from app.services.paper_gathering import gather_year
from app.services.quarters import list_quarters
from app.services.statistics import read_statistics
from app.services.workspace import Workspace
from app.services.year_closing import changed_since_closing, year_open_items
from app.services.year_content import year_content_in
from app.services.year_end_steps import list_year_files, open_year_end
from tests.book_fixtures import FakeClock, People
from tests.builders import handed_in, lock_year, passed_pledge
from tests.services.test_locked_year import DAY, Kept

# What a year is not made of: the locking itself, who is typing what now, and the account of what was done.
BESIDE_THE_YEAR = {"year_closing", "year_state", "draft", "action", "change"}
# A month's own seal is checked by itself; whose draft a pledge was, older books do not know.
BESIDE_THE_RECORD = {"monthly.digest", "pledge.entered_by"}


def _of_a_year(table: Table) -> bool:
    """Whether rows of a table belong to a year: they name it, or belong to a row that does."""
    parents = [
        key.column.table for key in table.foreign_keys if key.column.table.name not in ("cell", "member")
    ]
    return "year" in table.c or any(_of_a_year(parent) for parent in parents)


def _changed(ws: Workspace) -> list[int]:
    with ws.read() as tx:
        return [each.year for each in changed_since_closing(tx)]


def test_every_table_of_a_year_lies_under_its_seal(secretary_ws: Workspace) -> None:
    of_a_year = {table.name for table in metadata.sorted_tables if _of_a_year(table)}

    with secretary_ws.read() as tx:
        sealed = set(year_content_in(tx, 2026))

    assert of_a_year - BESIDE_THE_YEAR <= sealed


@pytest.fixture
def kept(secretary_ws: Workspace, people: People, clock: FakeClock) -> Kept:
    clock.day = DAY
    handed_in(secretary_ws, passed_pledge(secretary_ws, people.plain), Month(2026, 3))
    return Kept(secretary_ws, people)


def _other(column: Any, value: Any) -> Any:
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(column.type, Date):
        return date(2026, 2, 3) if value != date(2026, 2, 3) else date(2026, 2, 4)
    if isinstance(column.type, Integer):
        return (value or 0) + 1
    if isinstance(column.type, Points):
        return (value or Decimal(0)) + 1
    return f"{value or ''}*"


def test_any_word_number_or_day_of_the_year_changed_behind_it_is_found(kept: Kept) -> None:
    ws = kept.ws
    lock_year(ws, 2026, DAY)
    assert _changed(ws) == []
    with ws.read() as tx:
        content = {name: rows for name, rows in year_content_in(tx, 2026).items() if rows}
    own = {name for name in content if name in metadata.tables and _of_a_year(metadata.tables[name])}
    assert len(own) > 10, sorted(own)

    unnoticed = []
    for name in sorted(own | {"member_discipline"}):
        table = metadata.tables[name]
        row = content[name][0]
        for column in table.columns:
            if column.primary_key or column.foreign_keys or column.name in ("version", "year", "cell_id"):
                continue
            if str(column) in BESIDE_THE_RECORD:
                continue
            here = table.c.id == row["id"]
            with ws.engine.connect() as connection:
                before = connection.execute(select(column).where(here)).scalar_one()
                connection.execute(update(table).where(here).values({column.name: _other(column, before)}))
                connection.commit()
                if _changed(ws) != [2026]:
                    unnoticed.append(f"{name}.{column.name}")
                connection.execute(update(table).where(here).values({column.name: before}))
                connection.commit()

    assert unnoticed == []
    assert _changed(ws) == []


def test_looking_at_a_locked_year_leaves_its_seal_whole(kept: Kept) -> None:
    ws = kept.ws
    lock_year(ws, 2026, DAY)

    open_year_end(ws, 2026)
    list_year_files(ws, 2026)
    year_open_items(ws, 2026)
    open_collectives(ws, 2026)
    read_statistics(ws, [2026])
    list_meetings(ws, 2026)
    list_quarters(ws, 2026)
    gather_year(ws, 2026)
    assert _changed(ws) == []
