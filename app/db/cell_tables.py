"""The tables every start needs, cell, members and history, and what all tables are made of.

Each record has a global id (uuid4 hex) and belongs to a cell. Tables people edit carry ``version``: a writer
names the version it read and is refused when somebody else was faster. Sort and search keys are computed in
Python (``app.domain.text``), so no query depends on one engine's collation.

The tables of the work itself are in ``app.db.tables``, built when the first of it is shown.
"""

from decimal import Decimal

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Points(TypeDecorator[Decimal]):
    """Points with two decimals, kept as whole hundredths so that no engine rounds them."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Store 84.5 as 8450."""
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Read 8450 as 84.50."""
        return None if value is None else Decimal(value) / 100


def id_column() -> Column[str]:
    """The record's global id."""
    return Column("id", String(32), primary_key=True)


def version_column() -> Column[int]:
    """Counts the changes, so that a writer is refused when somebody else was faster."""
    return Column("version", Integer, nullable=False, default=1)


def text_column(name: str) -> Column[str]:
    """Words; none are ""."""
    return Column(name, Text, nullable=False, default="")


def belongs_to(name: str, target: str, *, cascade: bool = True) -> Column[str]:
    """The id of the record this one belongs to, and goes with unless ``cascade`` is False."""
    rule = "CASCADE" if cascade else "RESTRICT"
    return Column(name, String(32), ForeignKey(f"{target}.id", ondelete=rule), nullable=False, index=True)


def cell_table(name: str, *parts: SchemaItem) -> Table:
    """A table whose records belong to a cell."""
    cell_id = Column("cell_id", String(32), ForeignKey("cell.id"), nullable=False)
    return Table(name, metadata, id_column(), cell_id, *parts)


cell = Table(
    "cell",
    metadata,
    id_column(),
    Column("kind", String(20), nullable=False),
    Column("due_day", Integer, nullable=False),
    Column("level_scale", String(20), nullable=False),
    Column("content_set", String(40), nullable=False),
    Column("first_year", Integer, nullable=False),
    Column("is_sample", Boolean(create_constraint=False), nullable=False, default=False),
    version_column(),
)

cell_name = cell_table(
    "cell_name",
    text_column("upper"),
    text_column("own"),
    text_column("place"),
    Column("has_seal", Boolean(create_constraint=False), nullable=False, default=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    version_column(),
)

year_state = cell_table(
    "year_state",
    Column("year", Integer, nullable=False),
    Column("closed_on", Date),
    text_column("note"),
    version_column(),
    UniqueConstraint("cell_id", "year"),
)

member = cell_table(
    "member",
    text_column("full_name"),
    text_column("given_name"),
    text_column("sort_key"),
    text_column("search_key"),
    Column("gender", String(10), nullable=False, default=""),
    Column("birth", String(10), nullable=False, default=""),
    Column("card_number", String(40), nullable=False, default=""),
    Column("file_number", String(40), nullable=False, default=""),
    text_column("phone"),
    text_column("ethnicity"),
    text_column("occupation"),
    text_column("workplace"),
    text_column("residence"),
    Column("admission_decision_on", Date),
    Column("admitted_on", Date),
    Column("confirmed_on", Date),
    text_column("note"),
    version_column(),
    Index("ix_member_cell_id_sort_key", "cell_id", "sort_key"),
)

member_post = cell_table(
    "member_post",
    belongs_to("member_id", "member"),
    Column("sphere", String(20), nullable=False),
    Column("role", String(30), nullable=False, default=""),
    text_column("title"),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

member_kind = cell_table(
    "member_kind",
    belongs_to("member_id", "member"),
    Column("year", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    UniqueConstraint("member_id", "year"),
)

member_status = cell_table(
    "member_status",
    belongs_to("member_id", "member"),
    Column("kind", String(30), nullable=False),
    Column("detail", String(30), nullable=False, default=""),
    Column("valid_from", Date),
    Column("valid_to", Date),
    text_column("decision_ref"),
    text_column("place"),
    text_column("note"),
)

action = Table(
    "action",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("cell_id", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Column("actor_id", String(32)),
    text_column("actor_name"),
    Column("behalf_id", String(32)),
    text_column("name"),
    Column("actor_role", String(20), nullable=False, default=""),
    Column("undo_of", String(32)),
    Column("digest", String(64), nullable=False, default=""),
)

change = Table(
    "change",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("action_id", String(32), ForeignKey("action.id"), nullable=False, index=True),
    Column("table_name", String(40), nullable=False),
    Column("record_id", String(32), nullable=False, index=True),
    Column("old", Text),
    Column("new", Text),
)

# One row: how many writes the book has seen and the digest of its last action.
book_head = Table(
    "book_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("writes", Integer, nullable=False),
    Column("chain", String(64), nullable=False),
)
