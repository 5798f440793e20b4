"""Mục đã xóa: what was taken out of the book and not put back, by name, and the way to put it back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db import tables
from app.db.transactions import ReadTransaction
from app.domain.errors import NotAllowed, NotFound
from app.domain.permissions import Act
from app.domain.text import fold, lower_first, matches, nfc
from app.services.history import ActionLine, action_query, line_of, others_drafts
from app.services.history_lines import HistoryNames
from app.services.undo import action_row, take_back, why_not_theirs
from app.services.undo_records import RecordEffect, effects_of
from app.services.workspace import Workspace

# What stands by itself. Parts of a page (entries, lines of attendance) come back with it or by undoing.
_KEPT = (
    "member",
    "member_status",
    "member_discipline",
    "pledge",
    "monthly",
    "review",
    "review_grade",
    "opinion",
    "raised_point",
    "rerating",
    "complaint",
    "meeting",
    "vote_round",
    "issued_document",
    "cell_term",
    "content_set",
    "rule_file",
    "cell_name",
)


@dataclass(frozen=True, slots=True)
class DeletedRecord:
    """One thing taken out: what it is called, with what it holds in words, and by which action."""

    id: str
    name: str
    facts: str
    line: ActionLine

    @property
    def key(self) -> str:
        """Tells it apart: a record may be taken out more than once."""
        return f"{self.line.id}.{self.id}"


def list_deleted(ws: Workspace, words: str = "", limit: int = 500) -> tuple[DeletedRecord, ...]:
    """What was taken out and not put back, the last first; ``words`` (marks or not) in names and facts.

    What others took out of a page they are still writing is theirs alone.
    """
    ws.must(Act.READ_BIN)
    change, action = tables.change.c, tables.action.c
    with ws.read() as tx:
        query = (
            select(change.action_id, change.record_id, change.table_name, change.old)
            .join(tables.action, action.id == change.action_id)
            .where(change.new.is_(None), change.table_name.in_(_KEPT), ~others_drafts(ws))
            .order_by(change.seq.desc())
        )
        gone = _still_gone(tx, tx.rows(query))[:limit]
        ids = {row.action_id for row in gone}
        lines = {row.id: line_of(row) for row in tx.rows(action_query().where(action.id.in_(ids)))}
        names = HistoryNames(tx)
        found = [_deleted(names, row, lines[row.action_id]) for row in gone]
    wanted = nfc(words).strip()
    return tuple(each for each in found if not wanted or _has_words(each, wanted))


def _has_words(deleted: DeletedRecord, wanted: str) -> bool:
    told = f"{deleted.name} {deleted.facts} {deleted.line.who}"
    return matches(wanted, told.lower(), fold(told))


def _still_gone(tx: ReadTransaction, rows: Sequence[Any]) -> list[Any]:
    """The last deletion of each record that is not there now; what went with a larger thing is left out."""
    there: set[str] = set()
    for name in {row.table_name for row in rows}:
        table = tables.metadata.tables[name]
        there |= {row.id for row in tx.rows(select(table.c.id))}
    together = {(row.action_id, row.record_id) for row in rows}
    found: dict[str, Any] = {}
    for row in rows:
        if row.record_id not in there and not _went_with(row, together):
            found.setdefault(row.record_id, row)
    return list(found.values())


def _went_with(row: Any, together: set[tuple[str, str]]) -> bool:
    values = json.loads(row.old)
    keys = tables.metadata.tables[row.table_name].foreign_keys
    return any((row.action_id, values.get(key.parent.name)) in together for key in keys)


def _deleted(names: HistoryNames, row: Any, line: ActionLine) -> DeletedRecord:
    facts = names.facts(row.table_name, json.loads(row.old))
    return DeletedRecord(row.record_id, names.record(row.table_name, row.record_id), facts, line)


def restore_deleted(ws: Workspace, action_id: str, record_id: str) -> ActionLine:
    """Lấy lại: put back one thing an action took out, with everything that went with it.

    Raises ``NotAllowed`` for a locked year, ``Conflict`` where its place is taken by now.
    """
    ws.must(Act.RESTORE_DELETED)
    with ws.read() as tx:
        row = action_row(tx, action_id)
        if why_not := why_not_theirs(ws, row):
            raise NotAllowed(why_not)
        effects = effects_of(tx, action_id)
        wanted = _with_parts(effects, record_id)
        if not wanted:
            raise NotFound("Không tìm thấy mục đã xóa này trong nhật ký. Xin mở lại trang.")
        name = HistoryNames(tx).record(wanted[0].table.name, record_id)
    whole = len(wanted) == len(effects)
    undo_of = action_id if whole else None
    with ws.write(f"Lấy lại {lower_first(name)}", row.behalf_id, undo_of=undo_of) as tx:
        table = wanted[0].table
        if tx.first(select(table.c.id).where(table.c.id == record_id)) is not None:
            raise NotAllowed(f"{name} đã được lấy lại rồi.")
        take_back(tx, wanted)
    with ws.read() as tx:
        made = tx.first(action_query().order_by(tables.action.c.seq.desc()))
    assert made is not None
    return line_of(made)


def _with_parts(effects: Sequence[RecordEffect], record_id: str) -> list[RecordEffect]:
    """The record taken out and, of the same action, all that belonged to it; itself first."""
    removed = [effect for effect in effects if effect.was_removed]
    found = [effect for effect in removed if effect.id == record_id]
    ids = {record_id}
    while more := [each for each in removed if each not in found and _belongs(each, ids)]:
        found += more
        ids |= {each.id for each in more}
    return found


def _belongs(effect: RecordEffect, ids: set[str]) -> bool:
    before = effect.before or {}
    return any(before.get(key.parent.name) in ids for key in effect.table.foreign_keys)
