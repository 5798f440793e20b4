"""Whether the history is whole: every action's digest follows from the one before, the head from the last.

Found is whatever was removed, altered, put in or moved by another program. Who has the key and makes every
digest anew up to the head is not found; the mark beside the book and the backups still know the old head.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db.cell_tables import action, book_head, change
from app.db.history_chain import chain_digest
from app.db.transactions import ReadTransaction

_ACTION = tuple(column.name for column in action.columns)
_CHANGE = tuple(column.name for column in change.columns)
_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What the check of the history came to; ``broken_*`` tell the first action that does not fit.

    A break with no action is at the end: the last actions are gone, or lines belong to none.
    """

    actions: int
    is_whole: bool
    broken_seq: int = 0
    broken_at: str = ""
    broken_name: str = ""


def verify_chain(tx: ReadTransaction) -> ChainReport:
    """Read the whole history, in order, and compare every digest; a second for ten years of a large cell."""
    lines = _Lines(_stream(tx, select(*change.columns).order_by(change.c.seq), _CHANGE))
    before, count = "", 0
    for each in _stream(tx, select(*action.columns).order_by(action.c.seq), _ACTION):
        if chain_digest(before, each, lines.of(each["id"])) != each["digest"]:
            return ChainReport(count, False, each["seq"], each["at"], each["name"])
        before = each["digest"]
        count += 1
    head = tx.first(select(book_head.c.chain))
    is_whole = lines.next is None and head is not None and head.chain == before
    return ChainReport(count, is_whole)


class _Lines:
    """The changes one after another; those of an action stand together, in the order of the actions."""

    def __init__(self, rows: Iterator[Mapping[str, Any]]) -> None:
        self._rows = rows
        self.next = next(rows, None)

    def of(self, action_id: str) -> Iterator[Mapping[str, Any]]:
        """The changes of the action whose turn it is."""
        while self.next is not None and self.next["action_id"] == action_id:
            yield self.next
            self.next = next(self._rows, None)


def _stream(tx: ReadTransaction, query: Any, names: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    """The rows without the ORM's comforts: the history is long, and all of it is read."""
    statement = str(query.compile(dialect=tx.connection.dialect))
    cursor = tx.connection.connection.cursor()
    try:
        cursor.execute(statement)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            for row in rows:
                yield dict(zip(names, row, strict=True))
    finally:
        cursor.close()
