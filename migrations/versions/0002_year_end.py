"""The year-end: an office's own rules, opinions, meetings and votes, tasks, decisions, closed years.

A review's subject may now be the cell or its committee too, so ``subject_id`` names it for all.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the year-end; every review names its subject."""

    op.create_table(
        "file_content",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_file_content")),
    )
    op.create_table(
        "cell_term",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_cell_term_cell_id_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell_term")),
    )
    op.create_table(
        "raised_point",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_on", sa.Date(), nullable=True),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_raised_point_cell_id_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raised_point")),
    )
    op.create_index("ix_raised_point_cell_id_year", "raised_point", ["cell_id", "year"], unique=False)

    op.create_table(
        "rule_file",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_rule_file_cell_id_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_file")),
        sa.UniqueConstraint(
            "cell_id", "kind", "key", "from_year", name=op.f("uq_rule_file_cell_id_kind_key_from_year")
        ),
    )
    op.create_table(
        "year_closing",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.String(length=32), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("open_items", sa.Text(), nullable=False),
        sa.Column("reopened_at", sa.String(length=32), nullable=True),
        sa.Column("reopened_by", sa.Text(), nullable=False),
        sa.Column("reopen_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_year_closing_cell_id_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_closing")),
    )
    op.create_index("ix_year_closing_cell_id_year", "year_closing", ["cell_id", "year"], unique=False)

    op.create_table(
        "year_end",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("cap_percent", sa.Integer(), nullable=True),
        sa.Column("cap_base", sa.String(length=20), nullable=False),
        sa.Column("cap_rounding", sa.String(length=20), nullable=False),
        sa.Column("cap_excludes_head", sa.Boolean(), nullable=False),
        sa.Column("cap_ground", sa.Text(), nullable=False),
        sa.Column("draft_sent_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_year_end_cell_id_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_end")),
        sa.UniqueConstraint("cell_id", "year", name=op.f("uq_year_end_cell_id_year")),
    )
    op.create_table(
        "issued_document",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("symbol", sa.String(length=10), nullable=False),
        sa.Column("term_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_issued_document_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["cell_term.id"],
            name=op.f("fk_issued_document_term_id_cell_term"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_document")),
        sa.UniqueConstraint(
            "term_id", "symbol", "number", name=op.f("uq_issued_document_term_id_symbol_number")
        ),
    )
    op.create_index("ix_issued_document_term_id", "issued_document", ["term_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("started_at", sa.String(length=5), nullable=False),
        sa.Column("ended_at", sa.String(length=5), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("chair_id", sa.String(length=32), nullable=True),
        sa.Column("minutes_by", sa.String(length=32), nullable=True),
        sa.Column("from_above", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("discussion", sa.Text(), nullable=False),
        sa.Column("praise", sa.Text(), nullable=False),
        sa.Column("reminders", sa.Text(), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("majority_base", sa.String(length=20), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("recuse_self", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_meeting_cell_id_cell")),
        sa.ForeignKeyConstraint(["chair_id"], ["member.id"], name=op.f("fk_meeting_chair_id_member")),
        sa.ForeignKeyConstraint(["minutes_by"], ["member.id"], name=op.f("fk_meeting_minutes_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_cell_id_year", "meeting", ["cell_id", "year"], unique=False)

    op.create_table(
        "member_discipline",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decision_ref", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("duty_related", sa.String(length=20), nullable=False),
        sa.Column("arose_at", sa.String(length=20), nullable=False),
        sa.Column("arose_year", sa.Integer(), nullable=True),
        sa.Column("remedied", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_member_discipline_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_member_discipline_member_id_member"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_discipline")),
    )
    op.create_index("ix_member_discipline_member_id", "member_discipline", ["member_id"], unique=False)

    op.create_table(
        "opinion",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_whom", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("not_needed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_opinion_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_opinion_member_id_member"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_index("ix_opinion_cell_id_year", "opinion", ["cell_id", "year"], unique=False)
    op.create_index("ix_opinion_member_id", "opinion", ["member_id"], unique=False)

    op.create_table(
        "year_member",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("duty_reason", sa.Text(), nullable=False),
        sa.Column("duty_on", sa.Date(), nullable=True),
        sa.Column("cap_group", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_year_member_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_year_member_member_id_member"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_member")),
        sa.UniqueConstraint("member_id", "year", name=op.f("uq_year_member_member_id_year")),
    )
    op.create_index("ix_year_member_member_id", "year_member", ["member_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("presence", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("teller", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_attendance_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_attendance_member_id_member"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "member_id", name=op.f("uq_attendance_meeting_id_member_id")),
    )
    op.create_index("ix_attendance_meeting_id", "attendance", ["meeting_id"], unique=False)
    op.create_index("ix_attendance_member_id", "attendance", ["member_id"], unique=False)

    op.create_table(
        "complaint",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("review_id", sa.String(length=32), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_complaint_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_complaint_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index("ix_complaint_review_id", "complaint", ["review_id"], unique=False)

    op.create_table(
        "meeting_note",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("opinions", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_meeting_note_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_note_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_note")),
        sa.UniqueConstraint("meeting_id", "subject_id", name=op.f("uq_meeting_note_meeting_id_subject_id")),
    )
    op.create_index("ix_meeting_note_meeting_id", "meeting_note", ["meeting_id"], unique=False)

    op.create_table(
        "rerating",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("review_id", sa.String(length=32), nullable=False),
        sa.Column("old_grade", sa.String(length=20), nullable=False),
        sa.Column("new_grade", sa.String(length=20), nullable=False),
        sa.Column("old_decision", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_rerating_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_rerating_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rerating")),
    )
    op.create_index("ix_rerating_review_id", "rerating", ["review_id"], unique=False)

    op.create_table(
        "review_task",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("review_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("quality", sa.String(length=20), nullable=False),
        sa.Column("beyond", sa.Boolean(), nullable=False),
        sa.Column("beyond_ground", sa.Text(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("not_applicable", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("max_points", sa.Integer(), nullable=True),
        sa.Column("self_points", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_review_task_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_task_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_task")),
    )
    op.create_index("ix_review_task_review_id", "review_task", ["review_id"], unique=False)

    op.create_table(
        "vote_round",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("valid", sa.Integer(), nullable=True),
        sa.Column("invalid", sa.Integer(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_vote_round_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_vote_round_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_round")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_vote_round_meeting_id_number")),
    )
    op.create_index("ix_vote_round_meeting_id", "vote_round", ["meeting_id"], unique=False)

    op.create_table(
        "vote_count",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("excellent", sa.Integer(), nullable=True),
        sa.Column("good", sa.Integer(), nullable=True),
        sa.Column("satisfactory", sa.Integer(), nullable=True),
        sa.Column("unsatisfactory", sa.Integer(), nullable=True),
        sa.Column("agree", sa.Integer(), nullable=True),
        sa.Column("disagree", sa.Integer(), nullable=True),
        sa.Column("blank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_vote_count_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["vote_round.id"],
            name=op.f("fk_vote_count_round_id_vote_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_count")),
        sa.UniqueConstraint("round_id", "subject_id", name=op.f("uq_vote_count_round_id_subject_id")),
    )
    op.create_index("ix_vote_count_round_id", "vote_count", ["round_id"], unique=False)

    with op.batch_alter_table("review_prompt") as batch_op:
        batch_op.add_column(sa.Column("raised_id", sa.String(length=32), nullable=False, server_default=""))
    with op.batch_alter_table("review_prompt") as batch_op:
        batch_op.alter_column("raised_id", existing_type=sa.String(length=32), server_default=None)
    with op.batch_alter_table("review_score") as batch_op:
        batch_op.add_column(sa.Column("appraised_ground", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("review_score") as batch_op:
        batch_op.alter_column("appraised_ground", existing_type=sa.Text(), server_default=None)
    op.add_column("review", sa.Column("subject_id", sa.String(length=32), nullable=True))
    op.execute("UPDATE review SET subject_id = member_id")
    with op.batch_alter_table("review") as batch_op:
        batch_op.add_column(sa.Column("notified_on", sa.Date(), nullable=True))
        batch_op.alter_column("subject_id", existing_type=sa.String(length=32), nullable=False)
        batch_op.alter_column("member_id", existing_type=sa.String(length=32), nullable=True)
        batch_op.drop_constraint("uq_review_member_id_kind_period", type_="unique")
        batch_op.create_unique_constraint(
            "uq_review_cell_id_subject_id_kind_period", ["cell_id", "subject_id", "kind", "period"]
        )


def downgrade() -> None:
    """Back to members' reviews alone; what only the new tables held goes with them."""
    for part in ("section", "score", "fault", "prompt", "grade"):
        op.execute(
            f"DELETE FROM review_{part} WHERE review_id IN (SELECT id FROM review WHERE member_id IS NULL)"
        )
    op.execute("DELETE FROM review WHERE member_id IS NULL")
    with op.batch_alter_table("review") as batch_op:
        batch_op.drop_constraint("uq_review_cell_id_subject_id_kind_period", type_="unique")
        batch_op.create_unique_constraint("uq_review_member_id_kind_period", ["member_id", "kind", "period"])
        batch_op.alter_column("member_id", existing_type=sa.String(length=32), nullable=False)
        batch_op.drop_column("notified_on")
        batch_op.drop_column("subject_id")
    with op.batch_alter_table("review_prompt") as batch_op:
        batch_op.drop_column("raised_id")
    with op.batch_alter_table("review_score") as batch_op:
        batch_op.drop_column("appraised_ground")
    op.drop_table("vote_count")
    op.drop_table("vote_round")
    op.drop_table("review_task")
    op.drop_table("rerating")
    op.drop_table("meeting_note")
    op.drop_table("complaint")
    op.drop_table("attendance")
    op.drop_table("year_member")
    op.drop_table("opinion")
    op.drop_table("member_discipline")
    op.drop_table("meeting")
    op.drop_table("issued_document")
    op.drop_table("year_end")
    op.drop_table("year_closing")
    op.drop_table("rule_file")
    op.drop_table("raised_point")
    op.drop_table("cell_term")
    op.drop_table("file_content")
