"""Where books are: what a path chosen or dropped by a person is, and the place offered for a new book."""

import re
from pathlib import Path

from app import locations
from app.db.book_folder import LOCK, PACKED_SUFFIX, SUFFIX, BookLock
from app.domain.errors import BookInUse, BookUnavailable
from app.domain.text import clean_line, fold

__all__ = [
    "PACKED_SUFFIX",
    "SUFFIX",
    "book_at",
    "file_safe_name",
    "is_open_elsewhere",
    "is_packed",
    "offered_folder",
]


def is_packed(path: Path) -> bool:
    """Whether this is a book kept as one file, by its name."""
    return path.name.lower().endswith(".zip")


def book_at(path: Path) -> Path:
    """The book folder meant by a chosen path: itself, the folder around its file, or the only book in it."""
    if path.is_file() and path.parent.name.endswith(SUFFIX):
        return path.parent
    if path.is_dir() and not path.name.endswith(SUFFIX):
        inside = [each for each in path.iterdir() if each.is_dir() and each.name.endswith(SUFFIX)]
        if len(inside) == 1:
            return inside[0]
    return path


def is_open_elsewhere(folder: Path) -> bool:
    """Whether some window writes this book now; a lock left by a program that ended holds nobody."""
    if not (folder / LOCK).exists():
        return False
    try:
        BookLock(folder).release()
    except BookInUse:
        return True
    except BookUnavailable:
        return False
    return False


def offered_folder() -> Path:
    """The folder new books are offered a place in."""
    return locations.documents()


def file_safe_name(own: str) -> str:
    """A folder name made of the cell's name: letters every PC and USB stick can hold."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(clean_line(own))).strip("-")
    return name[:60].rstrip("-") or "so-chi-bo"
