"""The tables of the year-end: who is reviewed, opinions, tasks, meetings, votes, decisions, closings.

Ids, versions and text are made as ``app.db.cell_tables`` says. A subject id names whose review it is: a
member's id, or the cell or its committee (``app.domain.review``).
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String
from sqlalchemy import UniqueConstraint as Unique

from app.db.cell_tables import Points, belongs_to, cell_table, text_column, version_column


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean(create_constraint=False), nullable=False, default=False)


def _word(name: str, length: int = 20) -> Column[str]:
    return Column(name, String(length), nullable=False, default="")


def _member(name: str) -> Column[str]:
    return Column(name, String(32), ForeignKey("member.id"), nullable=True)


year_end = cell_table(
    "year_end",
    Column("year", Integer, nullable=False),
    Column("cap_percent", Integer),
    _word("cap_base"),
    _word("cap_rounding"),
    _flag("cap_excludes_head"),
    text_column("cap_ground"),
    Column("draft_sent_on", Date),
    version_column(),
    Unique("cell_id", "year"),
)

year_member = cell_table(
    "year_member",
    belongs_to("member_id", "member", cascade=False),
    Column("year", Integer, nullable=False),
    _word("duty"),
    text_column("duty_reason"),
    Column("duty_on", Date),
    text_column("cap_group"),
    version_column(),
    Unique("member_id", "year"),
)

opinion = cell_table(
    "opinion",
    belongs_to("member_id", "member", cascade=False),
    Column("year", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    text_column("from_whom"),
    Column("requested_on", Date),
    Column("due_on", Date),
    Column("received_on", Date),
    text_column("content"),
    text_column("level"),
    text_column("not_needed"),
    version_column(),
    Index("ix_opinion_cell_id_year", "cell_id", "year"),
)

raised_point = cell_table(
    "raised_point",
    Column("subject_id", String(32), nullable=False),
    Column("year", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    text_column("document"),
    Column("document_on", Date),
    text_column("point"),
    text_column("ground"),
    text_column("demand"),
    Column("due_on", Date),
    version_column(),
    Index("ix_raised_point_cell_id_year", "cell_id", "year"),
)

member_discipline = cell_table(
    "member_discipline",
    belongs_to("member_id", "member", cascade=False),
    Column("form", String(20), nullable=False),
    Column("decided_on", Date, nullable=False),
    text_column("decision_ref"),
    text_column("content"),
    _word("duty_related"),
    _word("arose_at"),
    Column("arose_year", Integer),
    _flag("remedied"),
    version_column(),
)

review_task = cell_table(
    "review_task",
    belongs_to("review_id", "review"),
    Column("position", Integer, nullable=False),
    text_column("title"),
    text_column("product"),
    Column("assigned_on", Date),
    Column("due_on", Date),
    Column("done_on", Date),
    _word("quality"),
    _flag("beyond"),
    text_column("beyond_ground"),
    _flag("failed"),
    text_column("not_applicable"),
    text_column("evidence"),
    Column("max_points", Points),
    Column("self_points", Points),
)

meeting = cell_table(
    "meeting",
    Column("kind", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("month", Integer),
    Column("held_on", Date),
    _word("started_at", 5),
    _word("ended_at", 5),
    text_column("place"),
    _member("chair_id"),
    _member("minutes_by"),
    text_column("from_above"),
    text_column("purpose"),
    text_column("report"),
    text_column("discussion"),
    text_column("praise"),
    text_column("reminders"),
    text_column("tasks"),
    text_column("conclusion"),
    _word("majority_base"),
    Column("rounds", Integer, nullable=False, default=1),
    Column("secret", Boolean(create_constraint=False), nullable=False, default=True),
    _flag("recuse_self"),
    version_column(),
    Index("ix_meeting_cell_id_year", "cell_id", "year"),
)

attendance = cell_table(
    "attendance",
    belongs_to("meeting_id", "meeting"),
    belongs_to("member_id", "member", cascade=False),
    Column("standing", String(20), nullable=False),
    _word("presence"),
    text_column("reason"),
    _word("teller"),
    Unique("meeting_id", "member_id"),
)

meeting_note = cell_table(
    "meeting_note",
    belongs_to("meeting_id", "meeting"),
    Column("subject_id", String(32), nullable=False),
    text_column("summary"),
    text_column("opinions"),
    text_column("accepted"),
    text_column("conclusion"),
    Unique("meeting_id", "subject_id"),
)

vote_round = cell_table(
    "vote_round",
    belongs_to("meeting_id", "meeting"),
    Column("number", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    text_column("note"),
    Column("issued", Integer),
    Column("returned", Integer),
    Column("valid", Integer),
    Column("invalid", Integer),
    Column("counted_on", Date),
    version_column(),
    Unique("meeting_id", "number"),
)

vote_count = cell_table(
    "vote_count",
    belongs_to("round_id", "vote_round"),
    Column("position", Integer, nullable=False),
    Column("subject_id", String(32), nullable=False),
    Column("excellent", Integer),
    Column("good", Integer),
    Column("satisfactory", Integer),
    Column("unsatisfactory", Integer),
    Column("agree", Integer),
    Column("disagree", Integer),
    Column("blank", Integer),
    Unique("round_id", "subject_id"),
)

rerating = cell_table(
    "rerating",
    belongs_to("review_id", "review"),
    Column("old_grade", String(20), nullable=False),
    _word("new_grade"),
    text_column("old_decision"),
    text_column("decision"),
    Column("decided_on", Date, nullable=False),
    text_column("reason"),
)

complaint = cell_table(
    "complaint",
    belongs_to("review_id", "review"),
    Column("received_on", Date, nullable=False),
    text_column("content"),
    Column("answered_on", Date),
    text_column("answer"),
    version_column(),
)

year_closing = cell_table(
    "year_closing",
    Column("year", Integer, nullable=False),
    Column("closed_at", String(32), nullable=False),
    text_column("closed_by"),
    Column("digest", String(64), nullable=False),
    text_column("open_items"),
    Column("reopened_at", String(32)),
    text_column("reopened_by"),
    text_column("reopen_reason"),
    Index("ix_year_closing_cell_id_year", "cell_id", "year"),
)

cell_term = cell_table(
    "cell_term",
    text_column("name"),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    version_column(),
)

issued_document = cell_table(
    "issued_document",
    Column("symbol", String(10), nullable=False),
    belongs_to("term_id", "cell_term", cascade=False),
    Column("number", Integer, nullable=False),
    Column("dated_on", Date),
    Column("year", Integer, nullable=False),
    _word("paper", 40),
    text_column("title"),
    version_column(),
    Unique("term_id", "symbol", "number"),
)
