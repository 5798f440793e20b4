"""Everything the book holds of one year, row by row: what the digest of a locked year is made of.

Of members only the dated facts of the year count (posts, statuses, kinds), cut at its last day: a phone
number, a new post or a status of a later year changes nothing of a year that is over.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, Table, or_, select

from app.db import tables
from app.db.transactions import ReadTransaction

_OF_YEAR = (
    tables.pledge,
    tables.monthly,
    tables.review,
    tables.year_end,
    tables.year_member,
    tables.opinion,
    tables.raised_point,
    tables.meeting,
    tables.issued_document,
)
_PARTS: tuple[tuple[Table, str, Table], ...] = (
    (tables.pledge_item, "pledge_id", tables.pledge),
    (tables.monthly_entry, "monthly_id", tables.monthly),
    (tables.review_section, "review_id", tables.review),
    (tables.review_score, "review_id", tables.review),
    (tables.review_fault, "review_id", tables.review),
    (tables.review_prompt, "review_id", tables.review),
    (tables.review_grade, "review_id", tables.review),
    (tables.review_task, "review_id", tables.review),
    (tables.rerating, "review_id", tables.review),
    (tables.complaint, "review_id", tables.review),
    (tables.attendance, "meeting_id", tables.meeting),
    (tables.meeting_note, "meeting_id", tables.meeting),
    (tables.vote_round, "meeting_id", tables.meeting),
)
_PARTS_OF_PARTS: tuple[tuple[Table, str, Table, str, Table], ...] = (
    (tables.pledge_revision, "item_id", tables.pledge_item, "pledge_id", tables.pledge),
    (tables.vote_count, "round_id", tables.vote_round, "meeting_id", tables.meeting),
)
_WHO = (tables.pledge, tables.monthly, tables.review, tables.year_member, tables.opinion)

Content = dict[str, list[dict[str, Any]]]


def year_content_in(tx: ReadTransaction, year: int) -> Content:
    """Every row of a year by table, in a fixed number of selects."""

    def ids(table: Table) -> Select[Any]:
        return select(table.c.id).where(table.c.cell_id == tx.cell_id, table.c.year == year)

    content: Content = {}
    for table in _OF_YEAR:
        content[table.name] = _rows(tx, select(table).where(table.c.id.in_(ids(table))))
    for month in content[tables.monthly.name]:
        del month["digest"]  # seals what else stands here; books locked before there were seals have none
    for pledge in content[tables.pledge.name]:
        del pledge["entered_by"]  # whose draft it was; older books do not know
    for table, column, parent in _PARTS:
        content[table.name] = _rows(tx, select(table).where(table.c[column].in_(ids(parent))))
    for table, column, middle, middle_column, parent in _PARTS_OF_PARTS:
        between = select(middle.c.id).where(middle.c[middle_column].in_(ids(parent)))
        content[table.name] = _rows(tx, select(table).where(table.c[column].in_(between)))
    content["member_discipline"] = _rows(tx, _disciplines(tx, year))
    content["rule_file"] = [
        {key: row[key] for key in ("id", "kind", "key", "from_year", "digest")}
        for row in _rows(tx, select(tables.rule_file).where(tables.rule_file.c.from_year <= year))
    ]
    return {**content, **_dated_facts(tx, year, _people(content))}


def _rows(tx: ReadTransaction, query: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.connection.execute(query).mappings()]


def _disciplines(tx: ReadTransaction, year: int) -> Select[Any]:
    table = tables.member_discipline
    in_year = table.c.decided_on.between(date(year, 1, 1), date(year, 12, 31))
    return select(table).where(table.c.cell_id == tx.cell_id, in_year)


def _people(content: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Who has anything written of the year."""
    found = {row["member_id"] for table in _WHO for row in content[table.name]}
    found |= {row["member_id"] for row in content["attendance"]}
    return sorted(found - {None})


def _dated_facts(tx: ReadTransaction, year: int, people: list[str]) -> Content:
    first, last = date(year, 1, 1), date(year, 12, 31)
    facts: Content = {}
    for table in (tables.member_post, tables.member_status):
        query = select(table).where(
            table.c.member_id.in_(people),
            or_(table.c.valid_from.is_(None), table.c.valid_from <= last),
            or_(table.c.valid_to.is_(None), table.c.valid_to >= first),
        )
        facts[table.name] = [_cut(row, first, last) for row in _rows(tx, query)]
    kinds = tables.member_kind
    query = select(kinds).where(kinds.c.member_id.in_(people), kinds.c.year <= year)
    facts[kinds.name] = [
        {key: row[key] for key in ("member_id", "year", "kind", "id")} for row in _rows(tx, query)
    ]
    member = tables.member
    columns = (member.c.id, member.c.admitted_on, member.c.confirmed_on)
    facts[member.name] = [
        {"id": row["id"], **{key: day for key, day in row.items() if isinstance(day, date) and day <= last}}
        for row in _rows(tx, select(*columns).where(member.c.id.in_(people)))
    ]
    return facts


def _cut(row: dict[str, Any], first: date, last: date) -> dict[str, Any]:
    """A dated fact as far as it lies in the year; its id may change when it is written anew."""
    kept = {key: value for key, value in row.items() if key != "id"}
    kept["valid_from"] = max(row["valid_from"] or first, first)
    kept["valid_to"] = min(row["valid_to"] or last, last)
    words = [str(kept[key]) for key in sorted(kept) if kept[key] is not None]
    return {**kept, "id": "|".join(words)}
