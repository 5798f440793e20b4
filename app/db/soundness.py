"""Whether a book's file is sound to the last page: more thorough than what every opening can afford."""

import logging
from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Engine, select
from sqlalchemy.exc import DatabaseError

from app.db.rule_tables import file_content
from app.db.transactions import ReadTransaction

_LINES = 5


def damages(engine: Engine, *, may_write: bool) -> tuple[str, ...]:
    """What SQLite and SQLCipher find wrong, by the name of the check that found it; empty for a sound file.

    A broken byte in the write-ahead log hides from every check, so what is in it is put into the file first.
    """
    found: list[str] = []
    try:
        with engine.connect() as connection:
            if may_write:
                connection.rollback()
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            for check in ("integrity_check", "cipher_integrity_check", "foreign_key_check"):
                rows = connection.exec_driver_sql(f"PRAGMA {check}").fetchmany(_LINES)
                if [tuple(row) for row in rows] not in ([], [("ok",)]):
                    logging.getLogger(__name__).info("damaged book: %s, %d lines", check, len(rows))
                    found.append(check)
    except (DatabaseError, UnicodeDecodeError) as error:
        logging.getLogger(__name__).info("damaged book: %s", type(error).__name__)
        found.append("integrity_check")
    return tuple(dict.fromkeys(found))


def changed_contents(tx: ReadTransaction) -> Iterator[str]:
    """The digests whose content is not what they name."""
    for row in tx.connection.execute(select(file_content.c.digest, file_content.c.data)):
        if sha256(row.data).hexdigest() != row.digest:
            yield row.digest
