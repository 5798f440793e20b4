"""Every table of a book, as SQLAlchemy Core tables: those of a cell's work, and those all starts need.

Ids, versions and text are made as ``app.db.cell_tables`` says.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)

from app.db.cell_tables import (
    Points,
    action,
    belongs_to,
    book_head,
    cell,
    cell_name,
    cell_table,
    change,
    member,
    member_kind,
    member_post,
    member_status,
    metadata,
    text_column,
    version_column,
    year_state,
)
from app.db.rule_tables import file_content, rule_file
from app.db.trust_tables import ignored_finding, key_holder, seat_account, seat_pin, security
from app.db.year_end_tables import (
    attendance,
    cell_term,
    complaint,
    issued_document,
    meeting,
    meeting_note,
    member_discipline,
    opinion,
    raised_point,
    rerating,
    review_task,
    vote_count,
    vote_round,
    year_closing,
    year_end,
    year_member,
)

__all__ = [
    "Points",
    "action",
    "attendance",
    "book_head",
    "cell",
    "cell_name",
    "cell_term",
    "change",
    "complaint",
    "content_item",
    "content_set",
    "draft",
    "file_content",
    "ignored_finding",
    "issued_document",
    "key_holder",
    "meeting",
    "meeting_note",
    "member",
    "member_discipline",
    "member_kind",
    "member_post",
    "member_status",
    "metadata",
    "monthly",
    "monthly_entry",
    "opinion",
    "pledge",
    "pledge_item",
    "pledge_revision",
    "raised_point",
    "rerating",
    "review",
    "review_fault",
    "review_grade",
    "review_prompt",
    "review_score",
    "review_section",
    "review_task",
    "rule_file",
    "seat_account",
    "seat_pin",
    "security",
    "vote_count",
    "vote_round",
    "year_closing",
    "year_end",
    "year_member",
    "year_state",
]


content_set = cell_table(
    "content_set",
    Column("code", String(40), nullable=False),
    text_column("title"),
    text_column("source"),
    version_column(),
    UniqueConstraint("cell_id", "code"),
)

content_item = cell_table(
    "content_item",
    belongs_to("content_set_id", "content_set"),
    Column("position", Integer, nullable=False),
    Column("code", String(40), nullable=False),
    text_column("label"),
)

pledge = cell_table(
    "pledge",
    belongs_to("member_id", "member", cascade=False),
    Column("year", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("submitted_at", String(32)),
    Column("passed_on", Date),
    text_column("committee_comment"),
    Column("entered_by", String(32)),
    version_column(),
    UniqueConstraint("member_id", "year"),
    Index("ix_pledge_cell_id_year", "cell_id", "year"),
)

pledge_item = cell_table(
    "pledge_item",
    belongs_to("pledge_id", "pledge"),
    Column("position", Integer, nullable=False),
    Column("content_code", String(40), nullable=False, default=""),
    text_column("action"),
    text_column("target"),
    Column("due_on", Date),
    text_column("measure"),
    Column("origin", String(30), nullable=False),
    text_column("note"),
    Column("carried_from", String(32)),
    Column("outcome", String(20), nullable=False),
    Column("finished_on", Date),
    version_column(),
)

pledge_revision = cell_table(
    "pledge_revision",
    belongs_to("item_id", "pledge_item"),
    Column("revised_on", Date, nullable=False),
    text_column("reason"),
    text_column("action"),
    text_column("target"),
    Column("due_on", Date),
    text_column("measure"),
    Column("passed_on", Date),
)

monthly = cell_table(
    "monthly",
    belongs_to("member_id", "member", cascade=False),
    Column("year", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("submitted_at", String(32)),
    Column("entered_by", String(32)),
    text_column("entered_by_name"),
    text_column("excuse_reason"),
    text_column("cell_comment"),
    Column("mark", String(20), nullable=False, default=""),
    Column("meeting_date", Date),
    text_column("no_meeting_reason"),
    Column("confirmed_by", String(32), ForeignKey("member.id")),
    text_column("confirmed_by_name"),
    text_column("reopen_reason"),
    Column("digest", String(64), nullable=False, default=""),
    version_column(),
    UniqueConstraint("member_id", "year", "month"),
    CheckConstraint("month between 1 and 12", name="month_of_year"),
    Index("ix_monthly_cell_id_year", "cell_id", "year"),
)

monthly_entry = cell_table(
    "monthly_entry",
    belongs_to("monthly_id", "monthly"),
    belongs_to("item_id", "pledge_item", cascade=False),
    text_column("result"),
    Column("self_level", String(20), nullable=False, default=""),
    text_column("limits"),
    text_column("fix"),
    text_column("evidence"),
    Column("copied_from", String(7), nullable=False, default=""),
    text_column("cell_comment"),
    UniqueConstraint("monthly_id", "item_id"),
)

review = cell_table(
    "review",
    Column("subject_id", String(32), nullable=False),
    Column("member_id", String(32), ForeignKey("member.id", ondelete="RESTRICT"), nullable=True, index=True),
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
    text_column("civil_decision"),
    text_column("block_cases"),
    Column("entered_by", String(32)),
    Column("notified_on", Date),
    version_column(),
    UniqueConstraint("cell_id", "subject_id", "kind", "period"),
    Index("ix_review_cell_id_year", "cell_id", "year"),
)

review_section = cell_table(
    "review_section",
    belongs_to("review_id", "review"),
    Column("key", String(20), nullable=False),
    text_column("text"),
    Column("level", String(20), nullable=False, default=""),
    Column("proposed", Boolean(create_constraint=False), nullable=False, default=False),
    UniqueConstraint("review_id", "key"),
)

review_score = cell_table(
    "review_score",
    belongs_to("review_id", "review"),
    Column("code", String(20), nullable=False),
    Column("self_score", Points),
    Column("appraised_score", Points),
    text_column("ground"),
    text_column("appraised_ground"),
    UniqueConstraint("review_id", "code"),
)

review_fault = cell_table(
    "review_fault",
    belongs_to("review_id", "review"),
    Column("position", Integer, nullable=False),
    text_column("fault"),
    Column("status", String(20), nullable=False, default=""),
    text_column("progress"),
    text_column("difficulty"),
    text_column("responsibility"),
)

review_prompt = cell_table(
    "review_prompt",
    belongs_to("review_id", "review"),
    Column("position", Integer, nullable=False),
    Column("raised_id", String(32), nullable=False, default=""),
    text_column("point"),
    text_column("cause"),
    text_column("responsibility"),
)

review_grade = cell_table(
    "review_grade",
    belongs_to("review_id", "review"),
    Column("stage", String(20), nullable=False),
    Column("grade", String(20), nullable=False),
    Column("dated_on", Date),
    text_column("source"),
    text_column("note"),
    UniqueConstraint("review_id", "stage"),
)

draft = cell_table(
    "draft",
    Column("form", String(40), nullable=False),
    Column("record_key", String(80), nullable=False),
    Column("author", String(32), nullable=False, default=""),
    text_column("payload"),
    Column("saved_at", String(32), nullable=False),
    UniqueConstraint("form", "record_key", "author"),
)
