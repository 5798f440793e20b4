"""The changes of an action in words, field by field; what a member has not handed in stays unsaid."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Table, select

from app.db import tables
from app.db.transactions import ReadTransaction
from app.domain.dates import format_date
from app.domain.history_values import record_period, value_words
from app.domain.history_words import RECORDS, field_words
from app.domain.review import COLLECTIVES

_ADDED, _CHANGED, _REMOVED = "thêm", "sửa", "bỏ"
# What a person writes for the cell to read once it is handed in: all of a record, or these fields of it.
_OWN_WORDS: dict[str, frozenset[str] | None] = {
    "monthly_entry": None,
    "review_section": None,
    "review_fault": None,
    "review_prompt": None,
    "review_task": None,
    "pledge_item": None,
    "review_score": frozenset(("self_score", "ground")),
    "review_grade": frozenset(("grade", "dated_on", "source", "note")),
    "review": frozenset(
        (
            "dated_on",
            "tasks_assigned",
            "tasks_done",
            "tasks_late",
            "tasks_beyond",
            "tasks_failed",
            "civil_grade",
            "civil_grade_on",
            "civil_decision",
        )
    ),
}
_OF_THE_CELL = frozenset((("monthly_entry", "cell_comment"),))
_HANDED_IN = frozenset(("submitted", "confirmed", "passed", "closed"))


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of one record before and after; ``act``: the record was added, changed or removed."""

    record: str
    field: str
    old: str
    new: str
    act: str = _CHANGED
    record_id: str = ""

    @property
    def words(self) -> str:
        """The field as a sentence goes on: mức “Khá” → “Tốt”."""
        if self.old and self.new:
            return f"{self.field} “{self.old}” → “{self.new}”"
        if self.new:
            return f"{self.field} “{self.new}”"
        return f"{self.field} bỏ “{self.old}”" if self.old else self.field


def sentences_of(changes: tuple[ChangeLine, ...]) -> tuple[str, ...]:
    """One sentence for each record: sửa Tự đánh giá tháng 5/2026 của …: mức “Khá” → “Tốt”."""
    by_record: dict[tuple[str, str, str], list[str]] = {}
    for line in changes:
        key = (line.act, line.record, line.record_id)
        by_record.setdefault(key, []).append(line.words if line.field else "")
    said: Counter[str] = Counter()
    for (act, record, _id), words in by_record.items():
        fields = "; ".join(word for word in words if word)
        said[f"{act} {record[:1].lower()}{record[1:]}" + (f": {fields}" if fields else "")] += 1
    return tuple(words if count == 1 else f"{words} ({count} mục)" for words, count in said.items())


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads, whose own unsent words they may; and whose records alone are told ("" for everybody's)."""

    reader_id: str | None
    about_id: str = ""


class HistoryNames:
    """What records are called, looked up once each: by their own words, what they belong to, and whose."""

    def __init__(self, tx: ReadTransaction) -> None:
        self._tx = tx
        self._records: dict[tuple[str, str], dict[str, Any]] = {}
        self.people = {row.id: row.full_name for row in tx.rows(select(tables.member))}

    def values(self, table: str, record_id: str) -> dict[str, Any]:
        """A record as it stands, or as the history last knew it."""
        key = (table, record_id)
        if key not in self._records:
            self._records[key] = self._now(table, record_id) or self._last_known(record_id)
        return self._records[key]

    def _now(self, table: str, record_id: str) -> dict[str, Any]:
        found = tables.metadata.tables[table]
        row = self._tx.connection.execute(select(found).where(found.c.id == record_id)).mappings().first()
        return dict(row) if row else {}

    def _last_known(self, record_id: str) -> dict[str, Any]:
        change = tables.change.c
        gone = select(change.old).where(change.record_id == record_id, change.new.is_(None))
        row = self._tx.first(gone.order_by(change.seq.desc()))
        return json.loads(row.old) if row else {}

    def chain(self, table: str, record_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The record and, one after another, what it belongs to."""
        while table in tables.metadata.tables:
            values = self.values(table, record_id)
            yield table, values
            parent = parent_key(tables.metadata.tables[table])
            if parent is None or not values.get(parent[0]):
                return
            table, record_id = parent[1], values[parent[0]]

    def owner(self, table: str, record_id: str) -> str:
        """The member a record is about, or the collective; "" when it is the cell's."""
        if table == "member":
            return record_id
        subjects = (
            values.get("member_id") or values.get("subject_id")
            for _name, values in self.chain(table, record_id)
        )
        return next((str(subject) for subject in subjects if subject), "")

    def record(self, table: str, record_id: str) -> str:
        """What a sentence calls a record: Kết quả một việc trong tháng 5/2026 của Nguyễn Văn An."""
        words = RECORDS[table].words if table in RECORDS else table
        if table == "monthly_entry" and (item := self.values(table, record_id).get("item_id")):
            number = self.values("pledge_item", item).get("position")
            words = f"Kết quả việc {number} trong tháng" if number else words
        period, whose, own = "", "", ""
        for name, values in self.chain(table, record_id):
            period = period or record_period(name, values)
            subject = values.get("member_id") or values.get("subject_id")
            if subject and not whose:
                whose = f" của {self.people.get(subject) or COLLECTIVES.get(subject, 'người đã bỏ khỏi sổ')}"
            if name == "meeting" and values.get("held_on"):
                own = f"{'' if table == name else ', buổi họp'} ngày {_day(values['held_on'])}"
            if name == "member":
                whose = whose or f" {values.get('full_name', '')}"
        period = "" if own else period
        return f"{words}{period}{whose}{own}{_title(table, self.values(table, record_id))}"

    def facts(self, table: str, values: Mapping[str, Any]) -> str:
        """What a record held, field by field: loại “đã rời chi bộ”; từ ngày “01/01/2026”."""
        said = (
            (field_words(table, name), value_words(table, name, value, self.people))
            for name, value in values.items()
        )
        return "; ".join(f"{field} “{value}”" for field, value in said if field and value)


def parent_key(table: Table) -> tuple[str, str] | None:
    """What a record of the table goes with: the field, the other table; a member is told by name instead."""
    for key in table.foreign_keys:
        if key.ondelete == "CASCADE" and key.column.table.name != "member":
            return key.parent.name, key.column.table.name
    return None


def _day(day: Any) -> str:
    return format_date(day) if not isinstance(day, str) else value_words("", "", day, {})


_TITLED = {
    "content_set": "title",
    "content_item": "label",
    "rule_file": "title",
    "issued_document": "title",
    "cell_term": "name",
    "seat_account": "name",
    "key_holder": "name",
}


def _title(table: str, values: Mapping[str, Any]) -> str:
    title = values.get(_TITLED.get(table, ""))
    return f" “{title}”" if title else ""


def lines_of_action(
    tx: ReadTransaction, names: HistoryNames, action_id: str, readers: Readers, limit: int
) -> tuple[ChangeLine, ...]:
    """What one action changed, record by record; of a list of many only so many fields."""
    change = tables.change
    rows = tx.rows(select(change).where(change.c.action_id == action_id).order_by(change.c.seq))
    wanted = (
        row
        for row in rows
        if not readers.about_id or names.owner(row.table_name, row.record_id) == readers.about_id
    )
    lines = (line for row in wanted for line in _lines(tx, names, row, readers.reader_id))
    return tuple(islice(lines, limit))


def _lines(tx: ReadTransaction, names: HistoryNames, row: Any, reader_id: str | None) -> Iterator[ChangeLine]:
    old = json.loads(row.old) if row.old else {}
    new = json.loads(row.new) if row.new else {}
    table = row.table_name
    act = _ADDED if row.old is None else _REMOVED if row.new is None else _CHANGED
    record = names.record(table, row.record_id) if table in tables.metadata.tables else table
    shows_old, shows_new = _readable(tx, names, row, reader_id)
    told = False
    for column in dict.fromkeys((*old, *new)):
        words = field_words(table, column)
        if not words:
            continue
        may_be_read = not _is_own(table, column, {**old, **new})
        before = value_words(table, column, old.get(column), names.people) if shows_old or may_be_read else ""
        after = value_words(table, column, new.get(column), names.people) if shows_new or may_be_read else ""
        if before != after:
            told = True
            yield ChangeLine(record, words, before, after, act, row.record_id)
    if not told:
        yield ChangeLine(record, "", "", "", act, row.record_id)


def _is_own(table: str, column: str, values: Mapping[str, Any]) -> bool:
    """Whether a field holds what a member writes and others read only once it is handed in."""
    if table not in _OWN_WORDS or (table, column) in _OF_THE_CELL:
        return False
    if table == "review_grade" and values.get("stage", "self") != "self":
        return False
    own = _OWN_WORDS[table]
    return own is None or column in own


def _readable(tx: ReadTransaction, names: HistoryNames, row: Any, reader_id: str | None) -> tuple[bool, bool]:
    """Whether the words before and after the change were handed in, or are the reader's own."""
    if row.table_name not in _OWN_WORDS:
        return True, True
    steps = list(names.chain(row.table_name, row.record_id))
    top, values = steps[-1]
    owner = values.get("member_id") or values.get("subject_id")
    if reader_id is not None and owner == reader_id:
        return True, True
    if "state" not in tables.metadata.tables[top].c or not values.get("id"):
        return False, False
    before, after = _states_around(tx, values["id"], row)
    return before in _HANDED_IN, after in _HANDED_IN


def _states_around(tx: ReadTransaction, record_id: str, row: Any) -> tuple[str, str]:
    """The state of what the record belongs to before and after the action."""
    change = tables.change.c
    query = select(change.action_id, change.new).where(
        change.record_id == record_id, change.new.contains('"state":')
    )
    first = select(change.seq).where(change.action_id == row.action_id).order_by(change.seq).limit(1)
    earlier = tx.first(query.where(change.seq < first.scalar_subquery()).order_by(change.seq.desc()))
    within = tx.first(query.where(change.action_id == row.action_id).order_by(change.seq.desc()))
    before = json.loads(earlier.new).get("state", "") if earlier else ""
    return before, json.loads(within.new).get("state", "") if within else before
