"""Trust: who may sit at the PC, key holders, a chained history, a count of the writes, sealed months.

Actions written so far are chained here, and months the cell has confirmed are sealed as they stand. From here
on the database itself refuses to change or remove a line of the history; who rebuilds these two tables in a
later revision makes the triggers anew.

Revision: 0003
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.db.history_chain import chain_digest
from app.domain.month_seal import month_seal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of trust and chain the history written so far."""

    op.create_table(
        "security",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("pins_required", sa.Boolean(), nullable=False),
        sa.Column("member_idle_minutes", sa.Integer(), nullable=False),
        sa.Column("lead_idle_minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_security_cell_id_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security")),
        sa.UniqueConstraint("cell_id", name=op.f("uq_security_cell_id")),
    )
    op.create_table(
        "seat_account",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_seat_account_cell_id_cell")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_seat_account_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_account")),
        sa.UniqueConstraint("member_id", name=op.f("uq_seat_account_member_id")),
    )
    op.create_table(
        "seat_pin",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.String(length=32), nullable=False),
        sa.Column("is_starting", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_seat_pin_cell_id_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_pin")),
    )
    op.create_table(
        "key_holder",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("removed_at", sa.String(length=32), nullable=True),
        sa.Column("proved_at", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_key_holder_cell_id_cell")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_key_holder_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_holder")),
    )
    op.create_table(
        "ignored_finding",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cell_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_ignored_finding_cell_id_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ignored_finding")),
        sa.UniqueConstraint("cell_id", "code", "about", name=op.f("uq_ignored_finding_cell_id_code_about")),
    )
    op.create_table(
        "book_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("writes", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_head")),
    )
    op.add_column("action", sa.Column("actor_role", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("action", sa.Column("undo_of", sa.String(length=32), nullable=True))
    op.add_column("action", sa.Column("digest", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("monthly", sa.Column("digest", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("pledge", sa.Column("entered_by", sa.String(length=32), nullable=True))
    _note_pledge_writers()
    _chain_history()
    _seal_months()
    for name, table, event in _TRIGGERS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END"
        )


_TRIGGERS = tuple(
    (f"{table}_no_{event.lower()}", table, event)
    for table in ("action", "change")
    for event in ("UPDATE", "DELETE")
)


def _note_pledge_writers() -> None:
    """Who wrote last in a pledge stands in the history: a draft is private to the member who writes it."""
    op.execute(
        "UPDATE pledge SET entered_by = (SELECT action.actor_id FROM change JOIN action"
        " ON action.id = change.action_id WHERE change.table_name = 'pledge'"
        " AND change.record_id = pledge.id ORDER BY change.seq DESC LIMIT 1)"
    )


def _seal_months() -> None:
    connection = op.get_bind()
    entries: dict[str, list[Mapping[str, Any]]] = {}
    for entry in connection.execute(sa.text("SELECT * FROM monthly_entry")).mappings():
        entries.setdefault(entry["monthly_id"], []).append(entry)
    months = connection.execute(sa.text("SELECT * FROM monthly WHERE state = 'confirmed'")).mappings().all()
    seals = [{"id": month["id"], "seal": month_seal(month, entries.get(month["id"], ()))} for month in months]
    if seals:
        connection.execute(sa.text("UPDATE monthly SET digest = :seal WHERE id = :id"), seals)


def _chain_history() -> None:
    connection = op.get_bind()
    changes: dict[str, list[Mapping[str, Any]]] = {}
    for change in connection.execute(sa.text("SELECT * FROM change ORDER BY seq")).mappings():
        changes.setdefault(change["action_id"], []).append(change)
    before, digests = "", []
    for action in connection.execute(sa.text("SELECT * FROM action ORDER BY seq")).mappings().all():
        before = chain_digest(before, action, changes.get(action["id"], ()))
        digests.append({"seq": action["seq"], "digest": before})
    if digests:
        connection.execute(sa.text("UPDATE action SET digest = :digest WHERE seq = :seq"), digests)
    connection.execute(sa.text("INSERT INTO book_head (id, writes, chain) VALUES (1, 0, :c)"), {"c": before})


def downgrade() -> None:
    """Take the tables of trust away; the history loses its chain."""
    for name, _table, _event in _TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    for table, columns in {
        "monthly": ["digest"],
        "pledge": ["entered_by"],
        "action": ["digest", "undo_of", "actor_role"],
    }.items():
        for column in columns:
            op.drop_column(table, column)
    for table in ("book_head", "ignored_finding", "key_holder", "seat_pin", "seat_account", "security"):
        op.drop_table(table)
