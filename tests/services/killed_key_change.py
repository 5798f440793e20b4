"""Run by a test as a program of its own: changes a book's keys, killed one step later each time.

A step is every file opened for writing, renamed, removed or cut in the book's folder, and every report of
progress. Each try works on a fresh copy of the book, numbered by the step that killed it; the last one ended
by itself.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401 - once, not after every fork

from app.db import key_file
from app.db.key_slots import KdfCost, KeyRing, SlotKind
from app.services.book_conversion import convert_plain_book
from app.services.books import open_book
from app.services.key_holders import change_own_password, new_recovery_sheet
from app.services.key_replacement import replace_data_key
from app.services.keys import NewKeys, Unlocked, keys_of, new_keys, unlock
from tests.book_fixtures import FakeClock

PHRASE = "trâu ra bờ giếng"
_WATCHED = {"os.rename", "os.remove", "os.truncate"}


class Killer:
    """Counts steps in one folder and kills the program at the chosen one, for good."""

    def __init__(self, folder: Path, at: int) -> None:
        self._folder, self._left = str(folder), at
        sys.addaudithook(self._heard)

    def step(self, done: int, total: int, label: str) -> None:
        """A report of progress."""
        self._count()

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if (writes or event in _WATCHED) and str(arguments[0]).startswith(self._folder):
            self._count()

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def the_keys(ring: KeyRing) -> NewKeys:
    """The keys of a book that ``PHRASE`` opens."""
    unlocked = unlock(ring, PHRASE)
    return NewKeys(ring, unlocked.data_keys[0], unlocked.slot_id)


def opened(keys: NewKeys) -> Unlocked:
    """What these keys opened."""
    return Unlocked((keys.data_key,), keys.slot_id, SlotKind.PASSWORD)


def replace_key(folder: Path, at: int, keys: NewKeys) -> None:
    """A new data key for a locked book."""
    ws = open_book(folder, unlocked=opened(keys), clock=FakeClock(), check=False)
    replace_data_key(ws, Killer(folder, at)).close()


def change_holders(folder: Path, at: int, keys: NewKeys) -> None:
    """A password changed and the recovery sheet made anew: a row changed, one taken away, one added."""
    ws = open_book(folder, unlocked=opened(keys), clock=FakeClock(), check=False)
    Killer(folder, at)
    change_own_password(ws, PHRASE, "hạt gạo làng ta")
    new_recovery_sheet(ws)
    ws.close()


def convert(folder: Path, at: int, keys: NewKeys) -> None:
    """A plain book encrypted, the plain file destroyed."""
    convert_plain_book(folder, keys, Killer(folder, at), clock=FakeClock())


def convert_keeping(folder: Path, at: int, keys: NewKeys) -> None:
    """A plain book encrypted, the plain file kept elsewhere."""
    convert_plain_book(folder, keys, Killer(folder, at), keep_in=folder.parent, clock=FakeClock())


WORK: dict[str, Callable[[Path, int, NewKeys], None]] = {
    "replace": replace_key,
    "holders": change_holders,
    "convert": convert,
    "keep": convert_keeping,
}


def main(work: str, book: Path, into: Path) -> None:
    """Kill at the first step, at the second, and so on, until the work ends by itself."""
    has_keys = (book / key_file.NAMES[0]).exists()
    keys = the_keys(keys_of(book)) if has_keys else new_keys(PHRASE, FakeClock().now(), KdfCost())
    at = 0
    while True:
        place = into / f"{at:02d}"
        folder = place / book.name
        shutil.copytree(book, folder)
        child = os.fork()
        if child == 0:
            WORK[work](folder, at, keys)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.WEXITSTATUS(status))
        at += 1


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
