"""The words of the history: no table and no field of the book without them."""

import pytest

from app.db import tables
from app.domain.history_values import value_words
from app.domain.history_words import PARTS, RECORDS, SILENT, UNRECORDED, field_words, tables_of

EVERY_TABLE = [table.name for table in tables.metadata.sorted_tables]


def test_every_table_has_a_name_or_is_written_beside_the_history() -> None:
    assert set(RECORDS) | UNRECORDED == set(EVERY_TABLE)
    assert not set(RECORDS) & UNRECORDED
    assert {table for part in PARTS for table in tables_of(part)} == set(RECORDS)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_field_has_words_or_is_silent_on_purpose(name: str) -> None:
    table = tables.metadata.tables[name]

    assert [c.name for c in table.columns if c.name not in SILENT and not field_words(name, c.name)] == []


def test_nothing_is_silent_that_no_table_has() -> None:
    assert {column.name for table in tables.metadata.sorted_tables for column in table.columns} >= SILENT


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("monthly", "state", "confirmed", "đã xác nhận"),
        ("member_status", "kind", "left", "đã rời chi bộ"),
        ("member", "admitted_on", "2010-05-19", "19/05/2010"),
        ("monthly", "submitted_at", "2026-03-20 08:30:00", "08:30 20/03/2026"),
        ("meeting", "secret", True, "có"),
        ("meeting", "chair_id", "m1", "Trần Thị Bình"),
        ("member", "note", "1999-15-99", "1999-15-99"),
        ("review_score", "self_score", "84.50", "84.50"),
        ("monthly_entry", "self_level", "Khá", "Khá"),
        ("cell_name", "has_seal", False, "không"),
    ],
)
def test_values_are_told_as_people_write_them(table: str, column: str, value: object, words: str) -> None:
    assert value_words(table, column, value, {"m1": "Trần Thị Bình"}) == words
