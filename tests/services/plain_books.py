"""Books as earlier versions of the program left them: not encrypted, of an earlier revision."""

from pathlib import Path
from typing import Any

from app.db import schema
from app.db.book_folder import DATABASE, make_folder
from app.db.database import open_engine


def make_plain(book: Path, target: Path, revision: str = "0002") -> Path:
    """A plain book with what an open-to-all one holds, its last writes still in the write-ahead log."""
    from app.services.keys import keys_of, unlock_demo

    unlocked = unlock_demo(keys_of(book))
    assert unlocked is not None
    make_folder(target)
    source = open_engine(book / DATABASE, unlocked.data_keys[0])
    with source.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target / DATABASE),))
        raw.execute("SELECT sqlcipher_export('plain')").fetchall()
        for mark in ("application_id", "user_version"):
            raw.execute(f"PRAGMA plain.{mark} = {raw.execute(f'PRAGMA {mark}').fetchone()[0]}")
        raw.execute("DETACH DATABASE plain")
    source.dispose()
    plain = open_engine(target / DATABASE, None)
    if revision != schema.HEAD:
        schema.migrate(plain, revision)
    plain.dispose()
    return target
