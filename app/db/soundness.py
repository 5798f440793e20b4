"""Whether a book's file is sound to the last page: more thorough than what every opening can afford."""

import logging
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from typing import Self

from sqlalchemy import Engine, select
from sqlalchemy.exc import DatabaseError

from app.db.database import translated
from app.db.rule_tables import file_content
from app.db.transactions import ReadTransaction
from app.domain.errors import BookDamaged

_LINES = 5
_PAGES = ("integrity_check", "cipher_integrity_check")


class PageChecks:
    """Reads every page of the file while its owner goes on: SQLite and the cipher leave Python's lock.

    A broken byte in the write-ahead log hides from every check, so what is in it is put into the file first.
    The threads end with the block it is used in.
    """

    def __init__(self, engine: Engine, *, may_write: bool) -> None:
        self._engine, self._may_write = engine, may_write
        self._pool = ThreadPoolExecutor(len(_PAGES))
        self._checks: list[Future[bool]] = []

    def __enter__(self) -> Self:
        if self._may_write:
            with translated(), self._engine.connect() as connection:
                connection.rollback()
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        self._checks = [self._pool.submit(is_clean, self._engine, check) for check in _PAGES]
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown()

    def are_clean(self) -> bool:
        """What came out, waited for."""
        return all(check.result() for check in self._checks)


def references_hold(engine: Engine) -> bool:
    """Whether everything named in the book is there."""
    return is_clean(engine, "foreign_key_check")


def is_clean(engine: Engine, check: str) -> bool:
    """Whether one of SQLite's or SQLCipher's checks finds nothing wrong.

    A file that is busy or gone just now is no damage: raises ``BookUnavailable``.
    """
    try:
        with translated(), engine.connect() as connection:
            rows = connection.exec_driver_sql(f"PRAGMA {check}").fetchmany(_LINES)
    except (BookDamaged, DatabaseError, UnicodeDecodeError) as error:
        logging.getLogger(__name__).info("damaged book: %s, %s", check, type(error).__name__)
        return False
    if [tuple(row) for row in rows] in ([], [("ok",)]):
        return True
    logging.getLogger(__name__).info("damaged book: %s, %d lines", check, len(rows))
    return False


def changed_contents(tx: ReadTransaction) -> Iterator[str]:
    """The digests whose content is not what they name."""
    for row in tx.connection.execute(select(file_content.c.digest, file_content.c.data)):
        if sha256(row.data).hexdigest() != row.digest:
            yield row.digest
