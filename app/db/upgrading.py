"""Bringing a book of an earlier version to the newest revision: on a side copy, swapped in when it is proven.

The book itself is only read until the last step, which is one rename. Whatever ends the program on the way
leaves a book that opens: the old one before that step, the new one after it. The old file is kept beside the
book, under the same key, until a backup of the new one has been proven.
"""

import logging
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from app.db import book_folder, schema
from app.db.database import copy_database, is_damaged, open_engine, reading, translated
from app.domain.errors import BookUnavailable, UserError

SIDE = "so-dang-chuyen.db"
KEPT = "so-truoc-khi-chuyen.db"
_SPARE = 8 * 1024 * 1024


def upgrade(folder: Path, key: bytes | None, revision: str) -> None:
    """Bring the book in ``folder``, which this window holds, from ``revision`` to the newest one.

    Raises ``BookUnavailable`` with the reason, the book being as it was.
    """
    database, side = folder / book_folder.DATABASE, folder / SIDE
    _must_have_room(folder, database)
    try:
        _remove(side)
        counts = _copy(database, side, key)
        _migrate(side, key)
        _prove(side, key, counts, schema.rows_may_change(revision))
        _keep_old(database, key)
        _swap(side, database)
    except OSError as error:
        raise _not_upgraded(folder, book_folder.why(error)) from error
    except UserError as error:
        raise _not_upgraded(folder, str(error)) from error
    except (RuntimeError, DBAPIError) as error:
        logging.getLogger(__name__).info("book not upgraded: %s", type(error).__name__)
        raise _not_upgraded(folder, "bản chép chuyển xong không khớp với sổ cũ") from error
    finally:
        _remove(side)


def drop_kept(folder: Path) -> None:
    """Let the old file go: a backup of the upgraded book has been proven."""
    _remove(folder / KEPT)


def _not_upgraded(folder: Path, why: str) -> BookUnavailable:
    return BookUnavailable(
        f"Chưa chuyển được sổ “{folder.name}” sang bản mới: {why.rstrip('.')}. Sổ vẫn nguyên như cũ; "
        "đồng chí mở bằng bản chương trình cũ, hoặc xem lại điều vừa nêu rồi mở lại."
    )


def _must_have_room(folder: Path, database: Path) -> None:
    """Room for the side copy, what it writes meanwhile, and the old file."""
    wal = database.with_name(database.name + "-wal")
    size = database.stat().st_size + (wal.stat().st_size if wal.exists() else 0)
    needed, free = 3 * size + _SPARE, shutil.disk_usage(folder).free
    if free < needed:
        raise BookUnavailable(
            f"Sổ “{folder.name}” của bản cũ, phải chuyển sang bản mới trên một bản chép. Việc này cần "
            f"{_mb(needed)} MB chỗ trống, ổ đĩa chỉ còn {_mb(free)} MB. Sổ chưa bị thay đổi; "
            "xin xóa bớt tệp không cần hoặc chép sổ sang ổ khác rồi mở lại."
        )


def _mb(size: int) -> int:
    return -(-size // (1024 * 1024))


def _copy(database: Path, side: Path, key: bytes | None) -> Mapping[str, int]:
    """Copy the book to the side; returns how many rows each of its tables has."""
    engine = open_engine(database, key)
    try:
        with translated():
            if is_damaged(engine):
                raise BookUnavailable("tệp sổ bị hỏng, xin mở một bản sao cũ hơn")
            copy_database(engine, side, key)
        with reading(engine) as connection:
            return _counts(connection)
    finally:
        engine.dispose()


def _counts(connection: Connection) -> dict[str, int]:
    names = connection.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ).scalars()
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
        for name in names.all()
        if name != "alembic_version"
    }


def _migrate(side: Path, key: bytes | None) -> None:
    engine = open_engine(side, key)
    try:
        with translated():
            schema.migrate(engine)
        _one_file(engine)
    finally:
        engine.dispose()


def _one_file(engine: Engine) -> None:
    """Everything into the database file itself; refused while another window has it open."""
    with translated(), engine.connect() as raw:
        raw.connection.driver_connection.execute("PRAGMA journal_mode = DELETE")  # type: ignore[union-attr]


def _prove(side: Path, key: bytes | None, before: Mapping[str, int], may_change: frozenset[str]) -> None:
    """Read the upgraded copy anew: every page sound, every reference held, no row gained or lost."""
    engine = open_engine(side, key, read_only=True)
    try:
        with reading(engine) as connection:
            for check in ("integrity_check", "cipher_integrity_check", "foreign_key_check"):
                found = connection.exec_driver_sql(f"PRAGMA {check}").all()
                if [tuple(row) for row in found] not in ([], [("ok",)]):
                    raise RuntimeError(f"{check} of the upgraded copy: {len(found)} lines")
            after = _counts(connection)
            if schema.revision_of(connection) != schema.HEAD:
                raise RuntimeError("the copy is not at the newest revision")
    finally:
        engine.dispose()
    differing = {name for name, rows in before.items() if after.get(name) != rows} - may_change
    if differing:
        raise RuntimeError(f"row counts differ: {', '.join(sorted(differing))}")


def _keep_old(database: Path, key: bytes | None) -> None:
    """Keep the old book as one whole file, on disk before anything takes its place."""
    engine = open_engine(database, key)
    try:
        _one_file(engine)
    finally:
        engine.dispose()
    part, kept = database.with_name(KEPT + ".dang-ghi"), database.with_name(KEPT)
    try:
        shutil.copyfile(database, part)
        _to_disk(part)
        os.replace(part, kept)
    finally:
        part.unlink(missing_ok=True)


def _swap(side: Path, database: Path) -> None:
    _to_disk(side)
    os.replace(side, database)
    if os.name != "nt":
        _to_disk(database.parent)


def _to_disk(path: Path) -> None:
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    for name in (path.name, *(path.name + end for end in ("-wal", "-shm", "-journal"))):
        path.with_name(name).unlink(missing_ok=True)
