"""Everything in the book that is about one member, so that the history about them can be found."""

from sqlalchemy import ColumnElement, Select, Table, or_, select, union_all

from app.db import tables
from app.domain.history_words import UNRECORDED

_ABOUT = ("member_id", "subject_id")


def actions_about(member_id: str) -> Select[tuple[str]]:
    """The ids of the actions that changed a record about a member, records deleted since included."""
    change, last = tables.change.c, tables.change.alias("last").c
    known = records_about(member_id)
    named = [last.old.contains(f'"{name}":"{member_id}"') for name in _ABOUT]
    gone = select(last.record_id).where(last.new.is_(None), or_(*named))
    return select(change.action_id).where(change.record_id.in_(union_all(known, gone)))


def records_about(member_id: str) -> Select[tuple[str]]:
    """The ids of the records about a member: their own, those that name them, and the parts of these."""
    found: dict[str, ColumnElement[bool]] = {"member": tables.member.c.id == member_id}
    for table in tables.metadata.sorted_tables:
        if table.name in UNRECORDED or table.name in found:
            continue
        named = [table.c[name] == member_id for name in _ABOUT if name in table.c]
        named += _parts_of(table, found)
        if named:
            found[table.name] = or_(*named)
    parts = [select(tables.metadata.tables[name].c.id).where(where) for name, where in found.items()]
    everything = union_all(*parts).subquery()
    return select(everything.c.id)


def _parts_of(table: Table, found: dict[str, ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """How the table's records belong to records already found about the member."""
    return [
        key.parent.in_(select(key.column).where(found[key.column.table.name]))
        for key in table.foreign_keys
        if key.column.table.name in found and key.ondelete == "CASCADE" and key.parent.name not in _ABOUT
    ]
