"""The tables of the files of rules an office keeps; small, since the first page asks for them too."""

from sqlalchemy import Column, Date, Integer, LargeBinary, String, Table, UniqueConstraint

from app.db.cell_tables import cell_table, metadata, text_column, version_column

# Content is kept once under the digest of its bytes and never changed; the history names the digest.
file_content = Table(
    "file_content",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

rule_file = cell_table(
    "rule_file",
    Column("kind", String(20), nullable=False),
    Column("key", String(80), nullable=False),
    Column("from_year", Integer, nullable=False),
    text_column("title"),
    text_column("source"),
    text_column("origin"),
    Column("digest", String(64), nullable=False),
    Column("added_on", Date, nullable=False),
    version_column(),
    UniqueConstraint("cell_id", "kind", "key", "from_year"),
)
