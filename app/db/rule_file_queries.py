"""Selects of the files of rules kept in a book."""

from sqlalchemy import select

from app.db.rule_tables import file_content as content_table
from app.db.rule_tables import rule_file
from app.db.transactions import ReadTransaction
from app.domain.rule_file import RuleFile, RuleFileKind


def rule_files(tx: ReadTransaction) -> tuple[RuleFile, ...]:
    """The files of rules kept in the book, by kind, key and first year."""
    table = rule_file
    query = select(table).where(table.c.cell_id == tx.cell_id)
    return tuple(
        RuleFile(
            RuleFileKind(row.kind),
            row.key,
            row.from_year,
            row.title,
            row.source,
            row.origin,
            row.digest,
            row.added_on,
            row.id,
            row.version,
        )
        for row in tx.rows(query.order_by(table.c.kind, table.c.key, table.c.from_year))
    )


def file_content(tx: ReadTransaction, digest: str) -> bytes | None:
    """The bytes kept under a digest; nothing when they are not in the book."""
    table = content_table
    row = tx.first(select(table).where(table.c.digest == digest))
    return None if row is None else bytes(row.data)
