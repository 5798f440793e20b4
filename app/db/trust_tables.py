"""The tables of trust: who may sit at the PC, who holds a key of the book, findings looked at and let be."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, UniqueConstraint

from app.db.cell_tables import cell_table, text_column, version_column

security = cell_table(
    "security",
    Column("pins_required", Boolean(create_constraint=False), nullable=False, default=True),
    Column("member_idle_minutes", Integer, nullable=False, default=5),
    Column("lead_idle_minutes", Integer, nullable=False, default=15),
    version_column(),
    UniqueConstraint("cell_id"),
)

# Somebody who sits here otherwise than by a post in the cell: a typist, a reader from the level above.
# ``member_id`` is empty for who is no member of the cell.
seat_account = cell_table(
    "seat_account",
    Column("member_id", String(32), ForeignKey("member.id"), unique=True),
    text_column("name"),
    Column("role", String(20), nullable=False),
    Column("is_active", Boolean(create_constraint=False), nullable=False, default=True),
    version_column(),
)

# Written beside the history, where no trace of a PIN stands. The id is the seat's: a member's or account's.
seat_pin = cell_table(
    "seat_pin",
    text_column("hash"),
    Column("length", Integer, nullable=False, default=4),
    Column("set_at", String(32), nullable=False, default=""),
    Column("is_starting", Boolean(create_constraint=False), nullable=False, default=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("failed_at", String(32), nullable=False, default=""),
)

# Whose a key slot is; the id is the slot's. No member: the recovery sheet, or the maker of the book.
# ``proved_at``: when the recovery sheet's code was typed back from the paper.
key_holder = cell_table(
    "key_holder",
    Column("member_id", String(32), ForeignKey("member.id")),
    text_column("name"),
    Column("kind", String(20), nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("removed_at", String(32)),
    Column("proved_at", String(32)),
    version_column(),
)

ignored_finding = cell_table(
    "ignored_finding",
    Column("code", String(40), nullable=False),
    Column("about", String(80), nullable=False, default=""),
    text_column("by_name"),
    Column("at", String(32), nullable=False),
    UniqueConstraint("cell_id", "code", "about"),
)
