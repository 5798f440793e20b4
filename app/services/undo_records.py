"""What an action did to each record, read from its history, and whether they still are as it left them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Column, Date, Table, select

from app.db import tables
from app.db.tables import Points
from app.db.transactions import ReadTransaction

_NOT_COMPARED = ("version",)


@dataclass(slots=True)
class RecordEffect:
    """One record before and after an action, as far as the action touched it; None where it did not exist."""

    table: Table
    id: str
    before: dict[str, Any] | None = field(default_factory=dict)
    after: dict[str, Any] | None = field(default_factory=dict)

    @property
    def was_added(self) -> bool:
        """Whether the action made the record."""
        return self.before is None and self.after is not None

    @property
    def was_removed(self) -> bool:
        """Whether the action took the record away."""
        return self.after is None and self.before is not None

    @property
    def was_changed(self) -> bool:
        """Whether the record was there before and after, and is not the same."""
        return self.before is not None and self.after is not None and self.before != self.after


def effects_of(tx: ReadTransaction, action_id: str) -> list[RecordEffect]:
    """What the action came to for each record, in the order of its last change of each."""
    change = tables.change
    query = select(change).where(change.c.action_id == action_id).order_by(change.c.seq)
    steps: dict[tuple[str, str], list[tuple[Any, Any]]] = {}
    for row in tx.rows(query):
        key = (row.table_name, row.record_id)
        earlier = steps.pop(key, [])
        steps[key] = [*earlier, (row.old, row.new)]
    return [
        _effect(tables.metadata.tables[name], record_id, lines) for (name, record_id), lines in steps.items()
    ]


def _effect(table: Table, record_id: str, lines: Sequence[tuple[str | None, str | None]]) -> RecordEffect:
    effect = RecordEffect(table, record_id)
    for _old, new in lines:
        effect.after = _overlaid(effect.after, typed(table, new))
    for old, _new in reversed(lines):
        effect.before = _overlaid(effect.before, typed(table, old))
    if effect.before is not None and effect.after is not None:
        # Where only one side names a field, the other had it blank: a record put in again under its id.
        names = {*effect.before, *effect.after} - set(_NOT_COMPARED)
        effect.before = {name: effect.before.get(name, blank(table.c[name])) for name in names}
        effect.after = {name: effect.after.get(name, blank(table.c[name])) for name in names}
    return effect


def _overlaid(known: dict[str, Any] | None, values: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {**(known or {}), **values}


def typed(table: Table, text: str | None) -> dict[str, Any] | None:
    """Values as the history keeps them, as the table takes them; fields no longer there are left out."""
    if text is None:
        return None
    return {name: _typed(table.c[name], value) for name, value in json.loads(text).items() if name in table.c}


def _typed(column: Column[Any], value: Any) -> Any:
    if value is None or value == "":
        return value
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Points):
        return Decimal(value)
    return bool(value) if isinstance(column.type, Boolean) else value


def blank(column: Column[Any]) -> Any:
    """What a field holds of which nothing was said when its record was made."""
    default: Any = column.default
    return None if default is None else default.arg


def rows_now(tx: ReadTransaction, effects: Sequence[RecordEffect]) -> dict[tuple[str, str], dict[str, Any]]:
    """The records as they stand, by table and id; those gone are not among them."""
    by_table: dict[str, list[str]] = {}
    for effect in effects:
        by_table.setdefault(effect.table.name, []).append(effect.id)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name, ids in by_table.items():
        table = tables.metadata.tables[name]
        for row in tx.connection.execute(select(table).where(table.c.id.in_(ids))).mappings():
            found[name, row["id"]] = dict(row)
    return found


def moved_on(tx: ReadTransaction, effects: Sequence[RecordEffect]) -> RecordEffect | None:
    """The first record that is no longer as the action left it."""
    now = rows_now(tx, effects)
    for effect in effects:
        row = now.get((effect.table.name, effect.id))
        if not _is_as_left(effect, row):
            return effect
    return None


def _is_as_left(effect: RecordEffect, row: Mapping[str, Any] | None) -> bool:
    if effect.after is None or row is None:
        return effect.after is None and row is None
    expected = effect.after
    if effect.was_added:
        expected = {column.name: blank(column) for column in effect.table.columns} | expected
    return all(_same(row[name], value) for name, value in expected.items() if name not in _NOT_COMPARED)


def _same(now: Any, left: Any) -> bool:
    return now == left or (now in (None, "") and left in (None, ""))


def dependents(tx: ReadTransaction, table: Table, ids: Sequence[str]) -> Iterator[tuple[Table, str]]:
    """Every record that belongs to these or names them, and what belongs to those."""
    for other in tables.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and "id" in other.c and other is not table:
                found = [row.id for row in tx.rows(select(other.c.id).where(key.parent.in_(ids)))]
                yield from ((other, record_id) for record_id in found)
                if found:
                    yield from dependents(tx, other, found)
