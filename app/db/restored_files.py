"""Putting a tried copy into a book's place. Once it is marked ready, whoever opens the book next can finish.

The new files lie in a folder inside the book's own. Before the mark nothing of the book is touched; after it
every step can be done again. So a crash leaves the book as it was, or the restored one.
"""

import errno
import shutil
from pathlib import Path

from app.db import key_file, witness
from app.db.book_folder import DATABASE, LOCK, BookLock
from app.db.disk import keep_names, replace_file, write_safely
from app.domain.errors import BookUnavailable

SIDE = "dang-khoi-phuc"
READY = "san-sang"
_LOG_ENDINGS = ("-wal", "-shm", "-journal")


def new_side(folder: Path) -> Path:
    """An empty folder for the files to come, inside the book's.

    Raises ``OSError``, also while a restore that began to exchange files waits for being finished.
    """
    side = folder / SIDE
    if is_under_way(folder):
        raise OSError(errno.EBUSY, "a restore waits for being finished")
    shutil.rmtree(side, ignore_errors=True)
    side.mkdir(parents=True)
    return side


def is_under_way(folder: Path) -> bool:
    """Whether a restore began to exchange files and is to be finished."""
    return (folder / SIDE / READY).exists()


def put_in_place(folder: Path) -> None:
    """From here on the restored book is the book; its lock is held and it is closed. Raises ``OSError``."""
    write_safely(folder / SIDE / READY, b"")
    keep_names(folder / SIDE)
    try:
        _swap(folder)
    except OSError:
        if (folder / SIDE / DATABASE).exists():
            (folder / SIDE / READY).unlink()  # nothing was exchanged yet: the book stays what it is
        raise


def finish(folder: Path) -> None:
    """Go on where a crash stopped a restore; a half made copy is taken away. Raises ``OSError``."""
    if not (folder / SIDE).is_dir():
        return
    try:
        lock = BookLock(folder)
    except BookUnavailable:
        return  # somebody is at it
    try:
        if is_under_way(folder):
            _swap(folder)
        else:
            drop_side(folder)
    finally:
        lock.release()


def drop_side(folder: Path) -> None:
    """Take away what was prepared and is not wanted; never what the book needs to become whole."""
    if not is_under_way(folder):
        shutil.rmtree(folder / SIDE, ignore_errors=True)


def _swap(folder: Path) -> None:
    side = folder / SIDE
    if (side / DATABASE).exists():
        # A log of the old database would be played into the new one.
        for ending in _LOG_ENDINGS:
            (folder / f"{DATABASE}{ending}").unlink(missing_ok=True)
        replace_file(side / DATABASE, folder / DATABASE)
    for name in key_file.NAMES:
        if (side / name).exists():
            replace_file(side / name, folder / name)
    # It counted the writes of the old book.
    (folder / witness.NAME).unlink(missing_ok=True)
    shutil.rmtree(side, ignore_errors=True)


def keep_old_files(folder: Path, kept: Path) -> Path:
    """Copy every file of a book that cannot be backed up, as it is; returns where they are now.

    A disk without room, or one that no longer reads them, leaves them renamed inside the book's folder.
    """
    files = [path for path in folder.iterdir() if path.is_file() and path.name != LOCK]
    try:
        kept.mkdir(parents=True)
        for path in files:
            shutil.copy2(path, kept / path.name)
        keep_names(kept)
        return kept
    except OSError:
        shutil.rmtree(kept, ignore_errors=True)
        inside = folder / kept.name
        inside.mkdir()
        for path in files:
            replace_file(path, inside / path.name)
        return inside
