"""What trust costs in time: opening with a password, proving a backup, encryption's share of a save.

The first three lines are seconds of a bar in seconds, the last is a ratio within one run. Run alone with
``python -m benchmarks.trust``; backups go to a folder that is thrown away.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import median
from unittest.mock import patch

import sqlcipher3.dbapi2 as driver

from app.db import key_slots
from app.db.book_folder import DATABASE
from app.db.database import open_engine
from app.domain.backup_keeping import BackupReason
from app.domain.cell import NewBook
from app.services.backup_shelf import Shelf
from app.services.backups import take_backup
from app.services.books import create_book, open_book
from app.services.keys import demo_keys, keys_of, new_keys, unlock
from app.services.seats import list_seats
from benchmarks import saving
from benchmarks.board import filled_book
from benchmarks.faults.home import own_folders

Line = tuple[str, float, float, float]

OPENING_SECONDS, DERIVING_SECONDS, PROVING_SECONDS = 2.0, 1.2, 1.0
SAVING_BAR = 2.0
_PASSWORD = "một mật khẩu dài để đo"
_ROUNDS = 5


def _openings(place: Path) -> tuple[float, float]:
    """Median seconds from the password to the names to choose, and of those the key's derivation."""
    book = NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", 2025, pins_required=False)
    folder = place / "mat-khau.neuguong"
    create_book(folder, book, new_keys(_PASSWORD, datetime.now())).close()
    derived: list[float] = []
    derive = key_slots.derive

    def timed(secret: str, salt: bytes, cost: key_slots.KdfCost) -> bytes:
        begun = time.perf_counter()
        key = derive(secret, salt, cost)
        derived.append(time.perf_counter() - begun)
        return key

    whole = []
    with patch.object(key_slots, "derive", timed):
        for _ in range(_ROUNDS):
            begun = time.perf_counter()
            with closing(open_book(folder, unlocked=unlock(keys_of(folder), _PASSWORD))) as ws:
                list_seats(ws)
            whole.append(time.perf_counter() - begun)
    return median(whole), median(derived)


def measure_opening() -> Line:
    """Opening with a password against its bar."""
    with tempfile.TemporaryDirectory() as place:
        whole, _ = _openings(Path(place))
    return "Opening with a password until the names to choose, seconds ÷ the bar", whole, OPENING_SECONDS, 1.0


def measure_deriving() -> Line:
    """The key's derivation, at the cost this PC was given, against its bar."""
    with tempfile.TemporaryDirectory() as place:
        _, derived = _openings(Path(place))
    return "Deriving the key from the password, seconds ÷ the bar", derived, DERIVING_SECONDS, 1.0


def measure_proving() -> Line:
    """A backup of sixty members and ten years against the bar.

    Making one is: copy, open the copy, check all of it (pages, references, counts, history), read the
    finished file back against its digest. The list then counts it.
    """
    with tempfile.TemporaryDirectory() as place, _own_backups(Path(place)):
        ws = filled_book(Path(place) / "muoi-nam", 10)
        seconds = []
        for _ in range(_ROUNDS):
            begun = time.perf_counter()
            backup = take_backup(ws, BackupReason.BY_HAND)
            if Shelf(backup.copy.path.parent).copies()[0] != backup.copy:
                raise RuntimeError("the backup is not on the list")
            seconds.append(time.perf_counter() - begun)
        ws.close()
    label = "Check + backup + verify, 60 members and 10 years, seconds ÷ the bar"
    return label, median(seconds), PROVING_SECONDS, 1.0


def measure_encryption() -> Line:
    """A monthly save in an encrypted book against the same in a plain one."""
    with tempfile.TemporaryDirectory() as place:
        template = Path(place) / "so.neuguong"
        months = saving.made_book(template)
        plain = Path(shutil.copytree(template, Path(place) / "khong-khoa.neuguong"))
        _decrypt(plain / DATABASE)
        encrypted = open_book(template)
        engine = open_engine(plain / DATABASE, None)
        without = replace(encrypted, folder=plain, engine=engine, key=None)
        ours, bare = [], []
        step = len(months) // 12
        for start in range(0, len(months), step):  # by turns, so that a busy disk is fair to both
            part = months[start : start + step]
            ours += saving.seconds_in(encrypted, part)
            bare += saving.seconds_in(without, part)
        engine.dispose()
        encrypted.close()
    return "Saving one month, encrypted book ÷ plain book", median(ours), median(bare), SAVING_BAR


def _decrypt(database: Path) -> None:
    """The same book without encryption, as no version of the program keeps one any more."""
    plain = database.with_name("plain.db")
    connection = driver.connect(str(database), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{demo_keys().data_key.hex()}'\"")
    connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    plain.replace(database)


@contextmanager
def _own_backups(place: Path) -> Iterator[None]:
    """Backups of what is measured do not lie among the person's own."""
    with patch.dict(os.environ, own_folders(place / "nha")):
        yield


MEASURES: dict[str, Callable[[], Line]] = {
    "opening": measure_opening,
    "deriving": measure_deriving,
    "proving": measure_proving,
    "encryption": measure_encryption,
}


if __name__ == "__main__":
    for measure in MEASURES.values():
        label, ours, baseline, bar = measure()
        sys.stdout.write(f"{label}: {ours:.4f} ÷ {baseline:.4f} = {ours / baseline:.2f} (bar {bar})\n")
