"""One moment of a book: a consistent reading, or one named action written with its history.

``WriteTransaction`` is the only mechanism that changes records people care about. It fills in ids, cell and
version, writes old and new values into the history, and refuses a row that changed since it was read.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, Table, bindparam, delete, insert, select, update

from app.db import cell_tables
from app.db.history_chain import chain_digest
from app.domain.errors import Conflict, NotFound

Values = Mapping[str, Any]


def new_id() -> str:
    """A global id for a new record."""
    return uuid4().hex


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no history form for {type(value).__name__}")


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_plain)


@dataclass(frozen=True, slots=True)
class ActionLabel:
    """What the history says of a transaction: the action's name, who did it, for whom, when."""

    name: str
    actor_id: str | None
    actor_name: str
    behalf_id: str | None
    at: str
    actor_role: str = ""
    undo_of: str | None = None


class ReadTransaction:
    """Reads one consistent moment of the book."""

    def __init__(self, connection: Connection, cell_id: str) -> None:
        self.connection = connection
        self.cell_id = cell_id

    def rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        """Every row of a query."""
        return self.connection.execute(query).all()

    def first(self, query: Select[Any]) -> Row[Any] | None:
        """The first row, or nothing."""
        return self.connection.execute(query).first()

    def get(self, table: Table, record_id: str, what: str) -> Row[Any]:
        """The record with this id; ``what`` names it to the person when it is gone."""
        row = self.connection.execute(select(table).where(table.c.id == record_id)).first()
        if row is None:
            raise NotFound(
                f"Không còn {what} này trong sổ. Có thể đã bị xóa ở cửa sổ khác; xin mở lại trang."
            )
        return row


class WriteTransaction(ReadTransaction):
    """Writes one action of a person; everything it changes is kept in the history, old and new."""

    def __init__(self, connection: Connection, cell_id: str, label: ActionLabel) -> None:
        super().__init__(connection, cell_id)
        self._label = label
        self._changes: list[dict[str, Any]] = []

    def insert(self, table: Table, values: Values) -> str:
        """Add one record; returns its id."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: Table, records: Iterable[Values]) -> list[str]:
        """Add records of one table at once; returns their ids in order."""
        blank: dict[str, Any] = {column.name: _default(column) for column in table.columns}
        rows = [{**blank, "id": new_id(), "cell_id": self.cell_id, **record} for record in records]
        if not rows:
            return []
        if "cell_id" not in table.c:
            for row in rows:
                del row["cell_id"]
        self.connection.execute(insert(table), rows)
        for row in rows:
            filled = {key: value for key, value in row.items() if value not in (None, "")}
            self._note(table, row["id"], None, filled)
        return [row["id"] for row in rows]

    def update(
        self,
        table: Table,
        record_id: str,
        values: Values,
        *,
        version: int | None = None,
        parts_changed: bool = False,
    ) -> bool:
        """Change fields of one record; unchanged values cost nothing. Says whether its version moved on.

        ``version`` is the version the person saw; ``Conflict`` when the record has moved on since.
        ``parts_changed``: records below this one changed, so its version moves on even if itself did not.
        """
        seen = None if version is None else {record_id: version}
        changed = self.update_many(table, {record_id: values}, seen) > 0
        if parts_changed and not changed:
            bumped = update(table).where(table.c.id == record_id).values(version=table.c.version + 1)
            self.connection.execute(bumped)
        return changed or parts_changed

    def update_many(
        self, table: Table, records: Mapping[str, Values], versions: Mapping[str, int] | None = None
    ) -> int:
        """Change fields of several records of one table; returns how many really changed.

        ``versions`` as in ``update``.
        """
        if not records:
            return 0
        found = self.connection.execute(select(table).where(table.c.id.in_(list(records)))).mappings()
        before = {row["id"]: dict(row) for row in found}
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for record_id, values in records.items():
            old = before.get(record_id)
            if old is None or (versions and versions.get(record_id, old["version"]) != old["version"]):
                raise Conflict(
                    "Mục này vừa được sửa ở cửa sổ khác. Những gì đồng chí gõ vẫn còn trên màn hình; "
                    "xin mở lại trang để xem bản mới rồi ghi lại."
                )
            changed = {key: value for key, value in values.items() if old[key] != value}
            if changed:
                self._note(table, record_id, {key: old[key] for key in changed}, changed)
                if "version" in old:
                    changed["version"] = old["version"] + 1
                groups.setdefault(tuple(changed), []).append({"row_id": record_id, **changed})
        for columns, rows in groups.items():
            where = table.c.id == bindparam("row_id")
            self.connection.execute(
                update(table).where(where).values({c: bindparam(c) for c in columns}), rows
            )
        return sum(len(rows) for rows in groups.values())

    def delete(self, table: Table, record_id: str) -> None:
        """Remove one record; its last state stays in the history."""
        self.delete_many(table, [record_id])

    def delete_many(self, table: Table, record_ids: Sequence[str]) -> None:
        """Remove records of one table; children must be removed first to be kept in the history too."""
        if not record_ids:
            return
        chosen = table.c.id.in_(record_ids)
        for row in self.connection.execute(select(table).where(chosen)).mappings():
            filled = {key: value for key, value in row.items() if value not in (None, "")}
            self._note(table, row["id"], filled, None)
        self.connection.execute(delete(table).where(chosen))

    def note(self, table: Table, record_id: str, said: Values) -> None:
        """Name a change whose content the history must not hold, a PIN; ``said`` is all it tells."""
        self._note(table, record_id, None, said)

    def name_action(self, name: str) -> None:
        """Name the action more exactly, once it is known how much there was to do."""
        self._label = replace(self._label, name=name)

    def keep_content(self, data: bytes) -> str:
        """Keep a file's bytes once, under the digest that is returned; the history names only the digest."""
        from app.db.rule_tables import file_content

        digest = sha256(data).hexdigest()
        known = self.first(select(file_content.c.digest).where(file_content.c.digest == digest))
        if known is None:
            self.connection.execute(insert(file_content), {"digest": digest, "data": data})
        return digest

    def write_history(self) -> None:
        """Add the action and its changes, chained to the action before; once, when all else ended well."""
        if not self._changes:
            return
        label = self._label
        action = {
            "id": new_id(),
            "cell_id": self.cell_id,
            "at": label.at,
            "actor_id": label.actor_id,
            "actor_name": label.actor_name,
            "actor_role": label.actor_role,
            "behalf_id": label.behalf_id,
            "name": label.name,
            "undo_of": label.undo_of,
        }
        head = cell_tables.book_head
        before = self.connection.execute(select(head.c.chain)).scalar() or ""
        action["digest"] = chain_digest(before, action, self._changes)
        self.connection.execute(insert(cell_tables.action), action)
        for line in self._changes:
            line["action_id"] = action["id"]
        self.connection.execute(insert(cell_tables.change), self._changes)
        self.connection.execute(update(head).values(chain=action["digest"]))

    def _note(self, table: Table, record_id: str, old: Values | None, new: Values | None) -> None:
        self._changes.append(
            {
                "table_name": table.name,
                "record_id": record_id,
                "old": None if old is None else _json(old),
                "new": None if new is None else _json(new),
            }
        )


def _default(column: Any) -> Any:
    return None if column.default is None else column.default.arg
