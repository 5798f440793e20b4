"""Whether the history is whole: every action's digest follows from the one before, the head from the last.

Found is whatever was removed, altered, put in or moved by another program. Who has the key and makes every
digest anew up to the head is not found; the mark beside the book and the backups still know the old head.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from app.db.cell_tables import action, book_head, change
from app.db.history_chain import ACTION_FIELDS, CHANGE_FIELDS, digest_of_lines
from app.db.transactions import ReadTransaction
from app.domain.progress import NoProgress, Progress

_ACTION = [action.c[name] for name in ACTION_FIELDS]
_CHANGE = [change.c[name] for name in CHANGE_FIELDS]
_ID, _AT, _NAME = (ACTION_FIELDS.index(name) for name in ("id", "at", "name"))
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


def verify_chain(tx: ReadTransaction, progress: Progress | None = None) -> ChainReport:
    """Read the whole history, in order, and compare every digest; a second for ten years of a large cell."""
    watch = progress or NoProgress()
    lines = _Lines(_stream(tx, select(change.c.action_id, *_CHANGE).order_by(change.c.seq)))
    before, count = "", 0
    for seq, digest, *said in _stream(
        tx, select(action.c.seq, action.c.digest, *_ACTION).order_by(action.c.seq)
    ):
        if digest_of_lines(before, said, lines.of(said[_ID])) != digest:
            return ChainReport(count, False, seq, said[_AT], said[_NAME])
        before = digest
        count += 1
        if count % _ROWS_AT_ONCE == 0:
            watch.step(count, 0, "")
    head = tx.first(select(book_head.c.chain))
    is_whole = lines.next is None and head is not None and head.chain == before
    return ChainReport(count, is_whole)


class _Lines:
    """The changes one after another; those of an action stand together, in the order of the actions."""

    def __init__(self, rows: Iterator[Sequence[Any]]) -> None:
        self._rows = rows
        self.next = next(rows, None)

    def of(self, action_id: str) -> list[Sequence[Any]]:
        """The changes of the action whose turn it is, without its id."""
        found = []
        while self.next is not None and self.next[0] == action_id:
            found.append(self.next[1:])
            self.next = next(self._rows, None)
        return found


def _stream(tx: ReadTransaction, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """Bare rows, some at a time: the history is long, and all of it is read."""
    cursor = tx.connection.connection.cursor()
    try:
        cursor.execute(str(query.compile(dialect=tx.connection.dialect)))
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from rows
    finally:
        cursor.close()
