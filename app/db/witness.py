"""A mark outside the database of how far it was written, so that lost writes are noticed.

A damaged write-ahead log makes SQLite drop committed transactions without a word. The mark lies beside the
database: the count of writes so far, put there after each commit. A book that knows of fewer writes than its
mark has lost some. It holds nothing of the book's content.
"""

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from sqlalchemy import Connection

NAME = "moc-ghi"
_RECORD = 64


@dataclass(frozen=True, slots=True)
class Mark:
    """How many writes, and the history's last digest then (the first half of it)."""

    writes: int
    head: str


class Witness:
    """Keeps the mark of one book's folder. Two records by turns: a torn one leaves the other."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def read(self) -> Mark | None:
        """The newest readable mark; None when there is none, which proves nothing."""
        try:
            data = self._path.read_bytes()
        except OSError:
            return None
        marks = [_mark_of(data[start : start + _RECORD]) for start in (0, _RECORD)]
        return max((mark for mark in marks if mark is not None), key=lambda mark: mark.writes, default=None)

    def note(self, mark: Mark) -> None:
        """Keep a newer mark. Failing is no reason to refuse a save that is already on disk."""
        try:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            handle = os.open(self._path, flags, 0o666)
            try:
                os.lseek(handle, _RECORD * (mark.writes % 2), os.SEEK_SET)
                os.write(handle, _record_of(mark))
            finally:
                os.close(handle)
        except OSError as error:
            logging.getLogger(__name__).info("mark not written: %s", error.errno)

    def start_again(self, mark: Mark) -> None:
        """Take this mark for the truth: after a restore, or when the person goes on without lost writes."""
        self._path.unlink(missing_ok=True)
        self.note(mark)


def _record_of(mark: Mark) -> bytes:
    words = f"{mark.writes:015d} {mark.head:32.32}"
    return f"{words} {crc32(words.encode()):08x}".ljust(_RECORD - 1).encode() + b"\n"


def _mark_of(record: bytes) -> Mark | None:
    try:
        text = record.decode("ascii")
        words, crc = text[:48], int(text[49:57], 16)
        if crc32(words.encode()) != crc or _record_of(Mark(int(words[:15]), words[16:])) != record:
            return None
        return Mark(int(words[:15]), words[16:].strip())
    except (ValueError, UnicodeDecodeError):
        return None


def count_write(connection: Connection) -> Mark:
    """One more write, inside its own transaction; returns the mark to keep once it is committed."""
    connection.exec_driver_sql("UPDATE book_head SET writes = writes + 1")
    return mark_in(connection)


def mark_in(connection: Connection) -> Mark:
    """How far this database knows it was written. In plain SQL: asked at every write and before any page."""
    row = connection.exec_driver_sql("SELECT writes, chain FROM book_head").first()
    return Mark(0, "") if row is None else Mark(row.writes, row.chain[:32])
