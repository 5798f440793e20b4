"""A consistent copy of a book's database, and the proof that it is whole before it counts as a backup."""

import errno
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine

from app.db import schema
from app.db.database import file_uri, reading
from app.domain.errors import BookUnavailable, FileUnreadable

_PAGES_AT_ONCE = 4096
_CACHE_KIB = 64 * 1024
R = TypeVar("R")
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BookState:
    """What a book held at one moment: enough to tell whether a copy of it is the same."""

    revision: str
    writes: int
    chain: str
    counts: tuple[tuple[str, int], ...]

    @property
    def members(self) -> int:
        """How many members stand in the book."""
        return dict(self.counts).get("member", 0)


def copy_state(engine: Engine, target: Path, key: bytes | None, step: Step) -> BookState:
    """Copy one moment of the open book to ``target`` through the backup API; others may write meanwhile.

    Every page of the book is authenticated while it is read. Raises ``OSError`` when the target's
    disk is full.
    """
    with reading(engine) as connection:
        state = _state(lambda sql: connection.exec_driver_sql(sql).fetchall())
        _copy(connection, target, key, step)
    return state


def _copy(connection: Connection, target: Path, key: bytes | None, step: Step) -> None:
    copy = driver.connect(str(target), isolation_level=None)
    try:
        _use_key(copy, key)
        # A half copy is thrown away, and a whole one is put on disk at once at the end.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source: Any = connection.connection.driver_connection
        source.backup(
            copy, pages=_PAGES_AT_ONCE, progress=lambda _status, left, total: step(total - left, total)
        )
    except driver.DatabaseError as error:
        if "disk is full" in str(error) or "disk I/O error" in str(error):
            code = errno.ENOSPC if "full" in str(error) else errno.EIO
            raise OSError(code, "the copy cannot be written") from error
        raise
    finally:
        copy.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _use_key(connection: Any, key: bytes | None) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")


def _reopened(path: Path, key: bytes | None) -> Any:
    """The copy as it lies on disk; nothing is written beside it."""
    uri = file_uri(path, "mode=ro&immutable=1")
    connection = driver.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        _use_key(connection, key)
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")  # reads the file: a wrong key is met here
    except driver.DatabaseError:
        connection.close()
        raise
    return connection


def _state(rows: Callable[[str], Any]) -> BookState:
    tables = sorted(row[0] for row in rows("SELECT name FROM sqlite_master WHERE type = 'table'"))
    counts = tuple((name, rows(f'SELECT count(*) FROM "{name}"')[0][0]) for name in tables)
    known = dict(counts)
    revision = rows("SELECT version_num FROM alembic_version")[0][0] if known.get("alembic_version") else ""
    # Books of the first revisions did not count their writes yet.
    head = rows("SELECT writes, chain FROM book_head") if known.get("book_head") else []
    writes, chain = head[0] if head else (0, "")
    return BookState(revision, writes, chain, counts)


class CopyCheck:
    """Looks at a reopened copy, its parts at the same time: SQLite and the cipher leave Python's lock.

    Its threads end with the block it is used in; nothing of them outlives the call that began it.
    """

    def __init__(self, path: Path, key: bytes | None, *, is_full: bool = False) -> None:
        self._path, self._key = path, key
        self._pool = ThreadPoolExecutor(3)
        structure = "integrity_check(3)" if is_full else "quick_check(3)"
        # One after the other on one connection: the second finds the pages deciphered already.
        wanted: list[dict[str, list[tuple[str]]]] = [{structure: [("ok",)], "foreign_key_check": []}]
        if key is not None:
            wanted.append({"cipher_integrity_check": []})
        self._answers = [self._pool.submit(self._ask, pragmas) for pragmas in wanted]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(wait=True)

    def meanwhile(self, work: Callable[[], R]) -> "Future[R]":
        """Do something else with the copy at the same time."""
        return self._pool.submit(work)

    def _ask(self, pragmas: dict[str, list[tuple[str]]]) -> str:
        try:
            with closing(_reopened(self._path, self._key)) as connection:
                for pragma, good in pragmas.items():
                    found = connection.execute(f"PRAGMA {pragma}").fetchmany(3)
                    if found != good:
                        return f"{pragma}: {found}"
        except (driver.DatabaseError, UnicodeDecodeError) as error:
            return str(error)
        return ""

    def damage(self) -> str:
        """What is wrong with it, for the log; "" when it is sound."""
        return "; ".join(said for answer in self._answers if (said := answer.result()))


def state_of_copy(path: Path, key: bytes | None) -> BookState:
    """What a closed database file holds; raises ``FileUnreadable`` when this key does not open it."""
    try:
        with closing(_reopened(path, key)) as connection:
            return _state(lambda sql: connection.execute(sql).fetchall())
    except (driver.DatabaseError, UnicodeDecodeError) as error:
        raise FileUnreadable(
            "Bản sao này không mở được: khóa không hợp, hoặc tệp bị hỏng. Xin chọn bản sao khác."
        ) from error


def damage_of_copy(path: Path, key: bytes | None) -> str:
    """The full check of a closed database file: every page, every index, every reference."""
    with CopyCheck(path, key, is_full=True) as check:
        return check.damage()


def must_be_known(state: BookState) -> None:
    """Refuse a copy made by a newer program."""
    if state.revision not in schema.KNOWN:
        raise BookUnavailable(
            "Bản sao này do bản chương trình mới hơn tạo. "
            "Xin cài bản mới rồi khôi phục; sổ không bị thay đổi."
        )
