"""A whole new database made beside the book's own: under another key, compared row by row, then swapped in.

At every moment of the swap the folder holds one whole database, and ``go_on_after_crash`` finds it:
a missing ``so.db`` means that the one laid aside and the new one, complete by then, are both there.
"""

import shutil
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from app.db.book_folder import DATABASE, BookLock
from app.db.database import file_uri
from app.db.disk import keep_names, replace_file
from app.domain.errors import BookUnavailable, UserError

SIDE = "so-moi.db"  # being made; worthless unless the book's own is missing
PLAIN_TO_DESTROY = "so-chua-khoa-can-huy.db"
PLAIN_TO_KEEP = "so-chua-khoa.db"
_MB = 1024 * 1024
_SPARE = 4 * _MB
_BESIDE = ("-journal", "-wal", "-shm")
_COUNTED = "SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name"


class CopyDiffers(UserError):
    """The new database is not what the old one is; the old one stays in use."""


def must_have_room(folder: Path) -> None:
    """Raise ``BookUnavailable`` where the disk has no room for a second database beside the book's own."""
    wal = folder / f"{DATABASE}-wal"
    size = (folder / DATABASE).stat().st_size + (wal.stat().st_size if wal.exists() else 0)
    needed, free = size + size // 4 + _SPARE, shutil.disk_usage(folder).free
    if free < needed:
        raise BookUnavailable(
            f"Việc này ghi một tệp sổ mới bên cạnh tệp cũ, cần {-(-needed // _MB)} MB chỗ trống; ổ đĩa "
            f"chỉ còn {free // _MB} MB. Sổ chưa bị thay đổi; xin xóa bớt tệp không cần rồi làm lại."
        )


def export_under(database: Path, key: bytes | None, side: Path, side_key: bytes) -> None:
    """Write everything in ``database`` into ``side`` under another key and compare every row of every table.

    ``key`` is None for a database that is not encrypted. Raises the driver's errors, and ``CopyDiffers``.
    """
    connection = _connect(database, key)
    try:
        connection.execute(f"ATTACH DATABASE ? AS side KEY \"x'{side_key.hex()}'\"", (str(side),))
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("SELECT sqlcipher_export('side')").fetchall()
        for mark in ("application_id", "user_version"):
            value = int(connection.execute(f"PRAGMA main.{mark}").fetchone()[0])
            connection.execute(f"PRAGMA side.{mark} = {value}")
        _compare(connection)
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE side")
    finally:
        connection.close()


def _compare(connection: Any) -> None:
    for (table,) in connection.execute(_COUNTED).fetchall():
        ours, theirs = f'main."{table}"', f'side."{table}"'
        counts = {connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in (ours, theirs)}
        odd = connection.execute(f"SELECT 1 FROM (SELECT * FROM {ours} EXCEPT SELECT * FROM {theirs})")
        if len(counts) != 1 or odd.fetchone() is not None:
            raise CopyDiffers(
                f"Bản mới của sổ chưa giống bản cũ (bảng {table}) nên chưa dùng. Sổ vẫn như trước."
            )


def must_be_whole(database: Path, key: bytes) -> None:
    """Read a closed database from end to end; raises ``CopyDiffers`` when anything in it is not sound."""
    connection = _connect(database, key)
    try:
        seals = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        found = connection.execute("PRAGMA integrity_check").fetchall()
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    finally:
        connection.close()
    if seals or found != [("ok",)] or broken is not None:
        raise CopyDiffers("Bản mới của sổ đọc lại không nguyên vẹn nên chưa dùng. Sổ vẫn như trước.")


def fold_in(database: Path, key: bytes | None) -> None:
    """Bring the write-ahead log into the database and take it away, so that one file is the whole book.

    Nobody else may have the book open meanwhile: raises ``BookUnavailable`` when somebody has.
    """
    connection = _connect(database, key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except driver.OperationalError as error:
        if "locked" not in str(error):
            raise
        mode = ""
    finally:
        connection.close()
    if mode != "delete":
        raise BookUnavailable(
            "Sổ đang mở ở một cửa sổ khác, kể cả cửa sổ chỉ xem, nên chưa đổi được tệp sổ. "
            "Xin đóng các cửa sổ đó rồi làm lại."
        )


def fits(database: Path, key: bytes) -> bool:
    """Whether this key opens the database."""
    try:
        connection = _connect(database, key, "ro")
    except driver.DatabaseError:
        return False
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def swap_in(folder: Path, old_name: str = "") -> None:
    """Put the finished side database into the book's place; both are closed. Raises ``OSError``.

    ``old_name``: the name the old one gets; without it the old one is gone.
    """
    if not old_name:
        replace_file(folder / SIDE, folder / DATABASE)
        return
    replace_file(folder / DATABASE, folder / old_name)
    try:
        replace_file(folder / SIDE, folder / DATABASE)
    except OSError:
        replace_file(folder / old_name, folder / DATABASE)
        raise


def go_on_after_crash(folder: Path) -> None:
    """Finish a swap that ended between its two steps; nothing to do otherwise. Raises ``OSError``.

    A plain database alone is of long ago: what is missing then lies in the backups.
    """
    if (folder / DATABASE).exists() or laid_aside(folder) is None or not (folder / SIDE).exists():
        return
    lock = BookLock(folder)  # a swap that is going on just now is not ours to finish
    try:
        if (folder / SIDE).exists() and not (folder / DATABASE).exists():
            replace_file(folder / SIDE, folder / DATABASE)
    finally:
        lock.release()


def laid_aside(folder: Path) -> Path | None:
    """The plain database that an encrypted one took the place of, while it is still there."""
    kept = (folder / name for name in (PLAIN_TO_DESTROY, PLAIN_TO_KEEP))
    return next((path for path in kept if path.exists()), None)


def clear_side(folder: Path) -> None:
    """Take away a side database nobody finished; for the holder of the lock. Raises ``OSError``."""
    if not (folder / DATABASE).exists():
        return
    left = [path for ending in ("", *_BESIDE) if (path := folder / (SIDE + ending)).exists()]
    for path in left:
        path.unlink()
    if left:
        keep_names(folder)


def _connect(database: Path, key: bytes | None, mode: str = "rw") -> Any:
    connection = driver.connect(file_uri(database, f"mode={mode}"), uri=True, isolation_level=None, timeout=2)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA synchronous = FULL")  # reads the file, so a wrong key is found here
    except BaseException:
        connection.close()
        raise
    return connection
