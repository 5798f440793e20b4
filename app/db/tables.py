"""Every table of a book, as SQLAlchemy Core tables.

Each record has a global id (uuid4 hex) and belongs to a cell. Tables people edit carry ``version``: a writer
names the version it read and is refused when somebody else was faster. Sort and search keys are computed in
Python (``app.domain.text``), so no query depends on one engine's collation.
"""

from decimal import Decimal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
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


def _id() -> Column[str]:
    return Column("id", String(32), primary_key=True)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False, default=1)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _belongs(name: str, target: str, *, cascade: bool = True) -> Column[str]:
    rule = "CASCADE" if cascade else "RESTRICT"
    return Column(name, String(32), ForeignKey(f"{target}.id", ondelete=rule), nullable=False, index=True)


def _cell_table(name: str, *parts: SchemaItem) -> Table:
    """A table whose records belong to a cell."""
    cell_id = Column("cell_id", String(32), ForeignKey("cell.id"), nullable=False)
    return Table(name, metadata, _id(), cell_id, *parts)


cell = Table(
    "cell",
    metadata,
    _id(),
    Column("kind", String(20), nullable=False),
    Column("due_day", Integer, nullable=False),
    Column("level_scale", String(20), nullable=False),
    Column("content_set", String(40), nullable=False),
    Column("first_year", Integer, nullable=False),
    Column("is_sample", Boolean(create_constraint=False), nullable=False, default=False),
    _version(),
)

cell_name = _cell_table(
    "cell_name",
    _text("upper"),
    _text("own"),
    _text("place"),
    Column("has_seal", Boolean(create_constraint=False), nullable=False, default=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    _version(),
)

year_state = _cell_table(
    "year_state",
    Column("year", Integer, nullable=False),
    Column("closed_on", Date),
    _text("note"),
    _version(),
    UniqueConstraint("cell_id", "year"),
)

member = _cell_table(
    "member",
    _text("full_name"),
    _text("given_name"),
    _text("sort_key"),
    _text("search_key"),
    Column("gender", String(10), nullable=False, default=""),
    Column("birth", String(10), nullable=False, default=""),
    Column("card_number", String(40), nullable=False, default=""),
    Column("file_number", String(40), nullable=False, default=""),
    _text("phone"),
    _text("ethnicity"),
    _text("occupation"),
    _text("workplace"),
    _text("residence"),
    Column("admission_decision_on", Date),
    Column("admitted_on", Date),
    Column("confirmed_on", Date),
    _text("note"),
    _version(),
    Index("ix_member_cell_id_sort_key", "cell_id", "sort_key"),
)

member_post = _cell_table(
    "member_post",
    _belongs("member_id", "member"),
    Column("sphere", String(20), nullable=False),
    Column("role", String(30), nullable=False, default=""),
    _text("title"),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

member_kind = _cell_table(
    "member_kind",
    _belongs("member_id", "member"),
    Column("year", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    UniqueConstraint("member_id", "year"),
)

member_status = _cell_table(
    "member_status",
    _belongs("member_id", "member"),
    Column("kind", String(30), nullable=False),
    Column("detail", String(30), nullable=False, default=""),
    Column("valid_from", Date),
    Column("valid_to", Date),
    _text("decision_ref"),
    _text("place"),
    _text("note"),
)

content_set = _cell_table(
    "content_set",
    Column("code", String(40), nullable=False),
    _text("title"),
    _text("source"),
    _version(),
    UniqueConstraint("cell_id", "code"),
)

content_item = _cell_table(
    "content_item",
    _belongs("content_set_id", "content_set"),
    Column("position", Integer, nullable=False),
    Column("code", String(40), nullable=False),
    _text("label"),
)

pledge = _cell_table(
    "pledge",
    _belongs("member_id", "member", cascade=False),
    Column("year", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("submitted_at", String(32)),
    Column("passed_on", Date),
    _text("committee_comment"),
    _version(),
    UniqueConstraint("member_id", "year"),
    Index("ix_pledge_cell_id_year", "cell_id", "year"),
)

pledge_item = _cell_table(
    "pledge_item",
    _belongs("pledge_id", "pledge"),
    Column("position", Integer, nullable=False),
    Column("content_code", String(40), nullable=False, default=""),
    _text("action"),
    _text("target"),
    Column("due_on", Date),
    _text("measure"),
    Column("origin", String(30), nullable=False),
    _text("note"),
    Column("carried_from", String(32)),
    Column("outcome", String(20), nullable=False),
    Column("finished_on", Date),
    _version(),
)

pledge_revision = _cell_table(
    "pledge_revision",
    _belongs("item_id", "pledge_item"),
    Column("revised_on", Date, nullable=False),
    _text("reason"),
    _text("action"),
    _text("target"),
    Column("due_on", Date),
    _text("measure"),
    Column("passed_on", Date),
)

monthly = _cell_table(
    "monthly",
    _belongs("member_id", "member", cascade=False),
    Column("year", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("submitted_at", String(32)),
    Column("entered_by", String(32)),
    _text("entered_by_name"),
    _text("excuse_reason"),
    _text("cell_comment"),
    Column("mark", String(20), nullable=False, default=""),
    Column("meeting_date", Date),
    _text("no_meeting_reason"),
    Column("confirmed_by", String(32), ForeignKey("member.id")),
    _text("confirmed_by_name"),
    _text("reopen_reason"),
    _version(),
    UniqueConstraint("member_id", "year", "month"),
    CheckConstraint("month between 1 and 12", name="month_of_year"),
    Index("ix_monthly_cell_id_year", "cell_id", "year"),
)

monthly_entry = _cell_table(
    "monthly_entry",
    _belongs("monthly_id", "monthly"),
    _belongs("item_id", "pledge_item", cascade=False),
    _text("result"),
    Column("self_level", String(20), nullable=False, default=""),
    _text("limits"),
    _text("fix"),
    _text("evidence"),
    Column("copied_from", String(7), nullable=False, default=""),
    _text("cell_comment"),
    UniqueConstraint("monthly_id", "item_id"),
)

review = _cell_table(
    "review",
    _belongs("member_id", "member", cascade=False),
    Column("kind", String(20), nullable=False),
    Column("period", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("rule_set", String(40), nullable=False),
    Column("form", String(40), nullable=False),
    Column("subject_kind", String(20), nullable=False),
    Column("profile", String(40), nullable=False, default=""),
    Column("state", String(20), nullable=False),
    Column("dated_on", Date),
    Column("tasks_assigned", Integer),
    Column("tasks_done", Integer),
    Column("tasks_late", Integer),
    Column("tasks_beyond", Integer),
    Column("tasks_failed", Integer),
    Column("civil_grade", String(20), nullable=False, default=""),
    Column("civil_grade_on", Date),
    _text("civil_decision"),
    _text("block_cases"),
    Column("entered_by", String(32)),
    _version(),
    UniqueConstraint("member_id", "kind", "period"),
    Index("ix_review_cell_id_year", "cell_id", "year"),
)

review_section = _cell_table(
    "review_section",
    _belongs("review_id", "review"),
    Column("key", String(20), nullable=False),
    _text("text"),
    Column("level", String(20), nullable=False, default=""),
    Column("proposed", Boolean(create_constraint=False), nullable=False, default=False),
    UniqueConstraint("review_id", "key"),
)

review_score = _cell_table(
    "review_score",
    _belongs("review_id", "review"),
    Column("code", String(20), nullable=False),
    Column("self_score", Points),
    Column("appraised_score", Points),
    _text("ground"),
    UniqueConstraint("review_id", "code"),
)

review_fault = _cell_table(
    "review_fault",
    _belongs("review_id", "review"),
    Column("position", Integer, nullable=False),
    _text("fault"),
    Column("status", String(20), nullable=False, default=""),
    _text("progress"),
    _text("difficulty"),
    _text("responsibility"),
)

review_prompt = _cell_table(
    "review_prompt",
    _belongs("review_id", "review"),
    Column("position", Integer, nullable=False),
    _text("point"),
    _text("cause"),
    _text("responsibility"),
)

review_grade = _cell_table(
    "review_grade",
    _belongs("review_id", "review"),
    Column("stage", String(20), nullable=False),
    Column("grade", String(20), nullable=False),
    Column("dated_on", Date),
    _text("source"),
    _text("note"),
    UniqueConstraint("review_id", "stage"),
)

draft = _cell_table(
    "draft",
    Column("form", String(40), nullable=False),
    Column("record_key", String(80), nullable=False),
    Column("author", String(32), nullable=False, default=""),
    _text("payload"),
    Column("saved_at", String(32), nullable=False),
    UniqueConstraint("form", "record_key", "author"),
)

action = Table(
    "action",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("cell_id", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Column("actor_id", String(32)),
    _text("actor_name"),
    Column("behalf_id", String(32)),
    _text("name"),
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
