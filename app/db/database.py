"""The book's database file: how it is opened, how its transactions begin, what its errors mean to people."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from threading import get_ident
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError

from app.db.witness import Witness, count_write
from app.domain.errors import BookDamaged, BookUnavailable, Conflict, UserError

APPLICATION_ID = 0x4E475553  # "NGUS": marks a file as one of our books


def open_engine(path: Path, key: bytes | None, *, read_only: bool = False) -> Engine:
    """An engine on the file at ``path``; ``key`` is the raw 256-bit data key, or None for a plain book."""

    def connect() -> Any:
        # A power cut while the file was made one left a journal: only who may write can take that back.
        looking = "rw" if _has_beside(path, "-journal") else "ro"
        uri = file_uri(path, f"mode={looking if read_only else 'rwc'}")
        if read_only and not _has_beside(path, "-wal") and not _can_write(path.parent):
            uri += "&immutable=1"  # no place for the files WAL needs, and nothing in them to miss
        return driver.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5)

    # Parameters are people's words: no error may carry them into a report or onto a console.
    engine = create_engine(
        "sqlite://", creator=connect, module=driver, pool_size=2, poolclass=_pool(), hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_log_level = NONE")  # its log lines on stderr repeat the error we raise
        if key is not None:
            cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "temp_store = MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA query_only = ON" if read_only else "PRAGMA journal_mode = WAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def file_uri(path: PurePath, options: str) -> str:
    """How SQLite is told of a file; a folder shared by another PC (//name) is no authority of a URI."""
    place = path.as_posix()
    return f"file:{'//' if place.startswith('//') else ''}{quote(place)}?{options}"


def is_plain(path: Path) -> bool:
    """Whether this database file is not encrypted. Of one that cannot be read, opening it says why."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _pool() -> Any:
    from sqlalchemy.pool import QueuePool

    return QueuePool


def _has_beside(path: Path, suffix: str) -> bool:
    beside = path.with_name(path.name + suffix)
    return beside.exists() and beside.stat().st_size > 0


def _can_write(folder: Path) -> bool:
    """Whether files can be made here; asking the system beforehand is not reliable on Windows."""
    probe = folder / f".thu-ghi-{get_ident()}"  # two connections may ask at once
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent snapshot; always closed."""
    with _anew_after_fault(engine), translated(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, witness: Witness | None = None) -> Iterator[Connection]:
    """One write: commits when the block ends well, rolls back on any error; ``witness`` then keeps its mark.

    Writers take their place at once (BEGIN IMMEDIATE): one that reads first and writes later would be
    refused without waiting.
    """
    with _anew_after_fault(engine), translated(), engine.connect() as raw:
        connection = raw.execution_options(begin="BEGIN IMMEDIATE")
        with connection.begin():
            yield connection
            mark = None if witness is None else count_write(connection)
        if witness is not None and mark is not None:
            witness.note(mark)


@contextmanager
def _anew_after_fault(engine: Engine) -> Iterator[None]:
    """A connection that met a lost stick stays broken when it is back: the next one opens the file."""
    try:
        yield
    except BookUnavailable as error:
        if any(sign in str(error.__cause__) for sign in _GONE):
            engine.dispose()
        raise


_GONE = ("disk I/O error", "unable to open", "readonly database", "not a database")


@contextmanager
def translated() -> Iterator[None]:
    """Turns the database's own errors into sentences for people; bugs pass through."""
    try:
        yield
    except IntegrityError as error:
        if "FOREIGN KEY" in str(error):
            raise Conflict(
                "Chưa lưu được vì mục này gắn với một mục ở chỗ khác trong sổ, hoặc mục kia vừa bị bỏ. "
                "Xin mở lại trang để xem."
            ) from error
        raise Conflict(
            "Chưa lưu được vì trùng với một mục đã có trong sổ. Xin mở lại trang để xem mục đó."
        ) from error
    except (DBAPIError, driver.DatabaseError) as error:
        meaning = _meaning(str(error))
        if meaning is None:
            raise
        raise meaning from error


@contextmanager
def opening(name: str) -> Iterator[None]:
    """Like ``translated``, for a book not looked into yet: what our own SQL cannot read there is damage."""
    try:
        with translated():
            yield
    # SQLite quotes what it stumbled on in its message, which need not be text at all.
    except (DBAPIError, driver.DatabaseError, UnicodeDecodeError) as error:
        raise BookDamaged(
            f"Sổ “{name}” bị hỏng. Xin giữ nguyên thư mục này và mở một bản sao cũ hơn."
        ) from error


def _meaning(text: str) -> UserError | None:
    known = {
        "disk is full": "Ổ đĩa chứa sổ đã đầy, chưa lưu được. Những gì đồng chí gõ vẫn còn trên màn hình; "
        "xin xóa bớt tệp không cần rồi lưu lại.",
        "readonly database": "Sổ đang ở chỗ chỉ đọc, chưa ghi được. Xin chép sổ sang ổ khác, "
        "hoặc bỏ khóa chống ghi của USB, rồi mở lại.",
        "database is locked": "Sổ đang bận ghi ở cửa sổ khác. Xin đợi vài giây rồi làm lại.",
        "disk I/O error": "Không đọc hoặc ghi được ổ đĩa chứa sổ. "
        "Xin kiểm tra USB hoặc ổ cứng, rồi mở lại sổ.",
        "unable to open": "Không mở được tệp sổ. "
        "Xin kiểm tra thư mục sổ còn đủ và đồng chí được phép ghi ở đó.",
        "not a database": "Tệp sổ không đọc được: tệp bị hỏng hoặc không phải sổ của chương trình này. "
        "Xin lấy một bản sao cũ hơn để mở.",
        "malformed": "Tệp sổ bị hỏng. Xin giữ nguyên thư mục này và mở bản sao gần nhất.",
    }
    sign = next((sign for sign in known if sign in text), "")
    if not sign:
        return None
    is_damage = sign in ("not a database", "malformed")
    return BookDamaged(known[sign]) if is_damage else BookUnavailable(known[sign])


def must_be_writable(engine: Engine) -> None:
    """Raise now what the first save would meet in a write-protected file; nothing is written.

    In WAL mode BEGIN IMMEDIATE alone succeeds on such a file, so something is changed and taken back.
    """
    with translated(), engine.connect() as raw:
        connection = raw.execution_options(begin="BEGIN IMMEDIATE")
        transaction = connection.begin()
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        transaction.rollback()


def is_damaged(engine: Engine) -> bool:
    """Whether SQLite itself finds something wrong with the file; quick enough for every opening.

    What it is helps nobody at the PC; it goes into the log for who is asked to help.
    """
    damage = _damage(engine)
    if damage:
        logging.getLogger(__name__).info("damaged book: %s", damage)
    return bool(damage)


def _damage(engine: Engine) -> str:
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(3)").scalars().all()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    except DatabaseError as error:
        return str(error.orig)
    except UnicodeDecodeError as error:
        return str(error)
    if list(found) != ["ok"]:
        return "; ".join(str(line) for line in found)
    return "" if broken is None else f"foreign key {tuple(broken)}"


def copy_database(engine: Engine, target: Path, key: bytes | None) -> None:
    """A consistent copy of the open book's database into ``target`` under ``key``, through the backup API.

    ``key`` is the open book's own. Raises ``OSError`` when the target's disk, not the book's, is full.
    """
    with engine.connect() as source:
        copy = driver.connect(str(target))
        try:
            if key is not None:
                copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            source.connection.driver_connection.backup(copy)  # type: ignore[union-attr]
        except driver.DatabaseError as error:
            if "disk is full" in str(error):
                raise OSError(errno.ENOSPC, "no space for the copy") from error
            raise
        finally:
            copy.close()
