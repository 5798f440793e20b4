"""Backups that are proven: each copy is reopened and checked before it counts; old ones make room by rule.

A copy of the open book is one moment of it, whoever writes meanwhile. Reading it authenticates every page of
the book; the structure, which is the same in both, is checked on the copy. So one pass checks book and copy.
"""

import logging
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, select

from app import __version__
from app.db import backup_copy, cell_tables, key_file, upgrading
from app.db.backup_file import Manifest, write_backup
from app.db.book_folder import DATABASE, SUFFIX, why
from app.db.database import open_engine, reading
from app.db.key_slots import KeyRing
from app.db.witness import Mark, mark_in
from app.domain.acts import Act
from app.domain.backup_keeping import BackupReason, thinned
from app.domain.errors import UserError
from app.domain.progress import NoProgress, Progress
from app.services.backup_shelf import FoundCopy, Shelf, first_place
from app.services.workspace import Clock, SystemClock, Workspace

_COPYING, _CHECKING = "Đang chép sổ", "Đang kiểm tra bản sao"


class BackupFailed(UserError):
    """No backup could be made; the sentence says why. The book itself is as it was."""


@dataclass(frozen=True, slots=True)
class Backup:
    """The newest good backup; ``is_new``: made now, not found to hold all there is already."""

    copy: FoundCopy
    is_new: bool


def take_backup(ws: Workspace, reason: BackupReason, progress: Progress | None = None) -> Backup:
    """Sao lưu sổ: a proven copy of everything saved so far, in the place of backups on this PC.

    When nothing changed since the last good copy that one stands, but for copies by hand and at year's end.
    Raises ``BackupFailed`` with the reason; the book and older copies are untouched then.
    """
    if reason is BackupReason.BY_HAND:
        ws.must(Act.BACK_UP)
    ring = key_file.read_keys(ws.folder)
    shelf = Shelf(first_place(ring.book_id), ws.today())
    last = next(iter(shelf.copies()), None)
    if last is not None and _holds_all(last.manifest, ws.engine, reason):
        return Backup(last, is_new=False)
    subject = _Subject(ws.engine, ws.key, ring, ws.folder, ws.clock)
    copy = _put_on(shelf, subject, reason, progress or NoProgress())
    if not ws.read_only:
        upgrading.drop_kept(ws.folder)
    return Backup(copy, is_new=True)


def back_up_by_itself(ws: Workspace, reason: BackupReason, progress: Progress | None = None) -> Backup | None:
    """A copy the program makes unasked, at its time or before something large; raises ``BackupFailed``.

    None for the sample book, which holds nobody's data.
    """
    with ws.read() as tx:
        is_sample = tx.connection.execute(select(cell_tables.cell.c.is_sample)).scalar()
    return None if is_sample else take_backup(ws, reason, progress)


def copy_book_file(
    folder: Path, key: bytes, ring: KeyRing, reason: BackupReason, clock: Clock | None = None
) -> FoundCopy:
    """Back up a book that is not open, of any revision: before it is migrated, restored, given a new key.

    Raises ``BackupFailed``.
    """
    clock = clock or SystemClock()
    engine = open_engine(folder / DATABASE, key, read_only=True)
    try:
        subject = _Subject(engine, key, ring, folder, clock)
        return _put_on(Shelf(first_place(ring.book_id), clock.today()), subject, reason, NoProgress())
    finally:
        engine.dispose()


def write_copy(ws: Workspace, part: Path) -> None:
    """One proven file of the open book at ``part``; raises ``OSError``, ``BackupFailed``."""
    subject = _Subject(ws.engine, ws.key, key_file.read_keys(ws.folder), ws.folder, ws.clock)
    _write_proven(subject, part, BackupReason.BY_HAND, number=0, progress=NoProgress())


def last_backup(ws: Workspace) -> FoundCopy | None:
    """The newest good copy on this PC."""
    return next(iter(Shelf(first_place(key_file.read_keys(ws.folder).book_id), ws.today()).copies()), None)


def first_backup_on(ws: Workspace) -> date | None:
    """The day of the oldest copy on this PC: since when the book is backed up."""
    copies = Shelf(first_place(key_file.read_keys(ws.folder).book_id), ws.today()).copies()
    return copies[-1].manifest.copy.made_at.date() if copies else None


def _holds_all(manifest: Manifest, engine: Engine, reason: BackupReason) -> bool:
    if reason.is_always_made or (reason.is_before and manifest.reason != reason):
        return False
    with reading(engine) as connection:
        mark = mark_in(connection)
    return mark == Mark(manifest.writes, manifest.chain[:32])


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is backed up."""

    engine: Engine
    key: bytes | None
    ring: KeyRing
    folder: Path
    clock: Clock


def _put_on(shelf: Shelf, subject: _Subject, reason: BackupReason, progress: Progress) -> FoundCopy:
    try:
        with shelf.making() as place:
            manifest = _write_proven(
                subject, place / "ban-sao", reason, number=shelf.next_number(), progress=progress
            )
            copy = shelf.put(place / "ban-sao", manifest)
        shelf.thin(thinned)
    except OSError as error:
        raise BackupFailed(
            f"Chưa sao lưu được vào {shelf.place}: {why(error)}. Sổ không bị thay đổi, "
            "các bản sao cũ còn nguyên; xin dọn bớt ổ đĩa hoặc sao lưu ra chỗ khác."
        ) from error
    return copy


def _write_proven(
    subject: _Subject, part: Path, reason: BackupReason, *, number: int, progress: Progress
) -> Manifest:
    """Write one container at ``part`` from a copy that was reopened and found equal to the book and sound."""
    side = part.with_name(DATABASE)  # the folder is for this copy alone
    state = backup_copy.copy_state(
        subject.engine, side, subject.key, lambda done, total: progress.step(done, total, _COPYING)
    )
    progress.step(0, 1, _CHECKING)
    manifest = Manifest(
        number=number,
        made_at=subject.clock.now().isoformat(sep=" ", timespec="seconds"),
        reason=reason.value,
        words=reason.words,
        book_id=subject.ring.book_id,
        name=subject.folder.name.removesuffix(SUFFIX),
        members=state.members,
        revision=state.revision,
        writes=state.writes,
        chain=state.chain,
        size=0,
        sha256="",
        program=__version__,
    )
    with backup_copy.CopyCheck(side, subject.key) as check:
        written = check.meanwhile(partial(write_backup, part, side, manifest, subject.ring))
        is_same = backup_copy.state_of_copy(side, subject.key) == state
        damage, manifest = check.damage(), written.result()
    if damage or not is_same:
        logging.getLogger(__name__).info("copy not sound: %s", damage or "another state")
        raise BackupFailed(
            "Bản sao vừa chép đọc lại không nguyên vẹn nên không được giữ: sổ hoặc ổ đĩa có chỗ hỏng. "
            "Các bản sao cũ còn nguyên; xin vào Thiết lập, Kiểm tra sổ."
        )
    progress.step(1, 1, _CHECKING)
    return manifest
