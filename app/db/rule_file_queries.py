"""Selects of the files of rules kept in a book."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Integer, func, literal_column, select

from app.db.rule_tables import file_content as content_table
from app.db.rule_tables import rule_file
from app.db.transactions import ReadTransaction
from app.domain.rule_file import RuleFile, RuleFileKind


def rule_files(tx: ReadTransaction) -> tuple[RuleFile, ...]:
    """The files of rules kept in the book, by kind, key and first year."""
    table = rule_file
    # Rows get ascending numbers as they are written: which of two files of one day came later.
    kept_order = literal_column("rule_file.rowid", Integer).label("kept_order")
    query = select(table, kept_order).where(table.c.cell_id == tx.cell_id)
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
            row.kept_order,
        )
        for row in tx.rows(query.order_by(table.c.kind, table.c.key, table.c.from_year))
    )


def file_content(tx: ReadTransaction, digest: str) -> bytes | None:
    """The bytes kept under a digest; nothing when they are not in the book."""
    table = content_table
    row = tx.first(select(table).where(table.c.digest == digest))
    return None if row is None else bytes(row.data)


@dataclass(frozen=True, slots=True)
class ReviewsOfRules:
    """How many reviews of a year were written under one rule set, form and scoring profile."""

    year: int
    rule_set: str
    form: str
    profile: str
    count: int

    def uses(self, kind: RuleFileKind, key: str) -> bool:
        """Whether these reviews rest on a file of rules."""
        return {
            RuleFileKind.RULE_SET: self.rule_set,
            RuleFileKind.FORM: self.form,
            RuleFileKind.SCORING: self.profile,
        }.get(kind) == key


def reviews_by_rules(tx: ReadTransaction) -> tuple[ReviewsOfRules, ...]:
    """The cell's reviews counted by what they rest on."""
    from app.db.tables import review

    kept = (review.c.year, review.c.rule_set, review.c.form, review.c.profile)
    query = select(*kept, func.count().label("reviews")).where(review.c.cell_id == tx.cell_id).group_by(*kept)
    return tuple(
        ReviewsOfRules(row.year, row.rule_set, row.form, row.profile, row.reviews) for row in tx.rows(query)
    )


def pledged_items(tx: ReadTransaction, codes: Collection[str], years: range) -> int:
    """How many pledge items of these years are about one of these contents."""
    from app.db.tables import pledge, pledge_item

    query = (
        select(func.count())
        .select_from(pledge_item.join(pledge, pledge.c.id == pledge_item.c.pledge_id))
        .where(pledge.c.cell_id == tx.cell_id)
        .where(pledge.c.year >= years.start, pledge.c.year < years.stop)
        .where(pledge_item.c.content_code.in_(codes))
    )
    row = tx.first(query)
    return int(row[0]) if row is not None else 0
