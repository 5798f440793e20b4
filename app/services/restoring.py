"""Khôi phục sổ: a backup tried in a side copy takes the place of the book; what was there before is kept.

It works for a book that is open and for one that will not open at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.db import backup_copy, backup_file, cell_tables, key_file, restored_files
from app.db.backup_file import Manifest
from app.db.book_folder import DATABASE, BookLock, make_folder, why
from app.db.key_slots import KeyRing, SlotKind
from app.domain.acts import Act
from app.domain.backup_keeping import BackupReason
from app.domain.errors import (
    BookUnavailable,
    Cancelled,
    FileUnreadable,
    FileUnwritable,
    PasswordNeeded,
    WrongSecret,
)
from app.domain.progress import NoProgress, Progress
from app.services.backup_list import copy_words
from app.services.backup_shelf import first_place
from app.services.backups import BackupFailed, take_backup
from app.services.books import open_book
from app.services.keys import Unlocked, backup_openers, unlock, unlock_demo
from app.services.workspace import KEEPER, Actor, Clock, SystemClock, Workspace

_STEPS = ("Đọc bản sao", "Mở thử bản sao", "Giữ lại sổ hiện nay", "Đưa bản sao vào thay", "Mở lại sổ")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: from which copy, and where the state before it is kept.

    ``openers``: what opens the book from now on when that is no longer what it was; "" otherwise.
    """

    folder: Path
    copy: str
    kept: Path | None
    openers: str


@dataclass(frozen=True, slots=True)
class _Fitting:
    """What opens the copy, and the slots the restored book will have.

    ``is_change``: those are the copy's, and not the ones the book had until now.
    """

    unlocked: Unlocked
    ring: KeyRing
    is_ring_of_copy: bool
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """What the person is told of afterwards."""

    folder: Path
    copy: Path
    kept: Path | None


def restore_open_book(
    ws: Workspace, copy: Path, *, secret: str = "", progress: Progress | None = None
) -> Restored:
    """Khôi phục sổ đang mở: everything saved until now is backed up first; the book is closed afterwards.

    Raises ``PasswordNeeded`` when the copy was made under an older key and ``secret`` is empty,
    ``WrongSecret``, ``FileUnreadable`` for a copy that is not whole; the open book goes on then.
    """
    ws.must(Act.RESTORE_BOOK)
    ws.must_be_writable()
    assert ws.lock is not None
    steps = _Steps(progress)
    with _sentence(ws.folder), _tried(ws.folder, copy, _open_keys(ws, copy, secret), steps) as fitting:
        steps.next()
        kept = _backed_up(ws)
        ws.engine.dispose()
        kept = kept or restored_files.keep_old_files(ws.folder, _broken_place(fitting.ring, ws.clock))
        steps.next()
        restored_files.put_in_place(ws.folder)
    ws.close()
    return _opened_again(_Told(ws.folder, copy, kept), fitting, ws.clock, ws.actor, steps)


def restore_closed_book(
    folder: Path,
    copy: Path,
    *,
    secret: str = "",
    clock: Clock | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Khôi phục sổ không mở được: its files, whatever is wrong with them, are kept beside the backups.

    ``folder`` may be missing. Raises as ``restore_open_book``, ``BookInUse`` when a window has it open.
    """
    clock, steps = clock or SystemClock(), _Steps(progress)
    is_new = not folder.exists()
    with _sentence(folder):
        if is_new:
            make_folder(folder)
        restored_files.finish(folder)
        lock = BookLock(folder)
        try:
            with _tried(folder, copy, _typed_keys(folder, copy, secret), steps) as fitting:
                steps.next()
                place = _broken_place(fitting.ring, clock)
                kept = None if is_new else restored_files.keep_old_files(folder, place)
                steps.next()
                restored_files.put_in_place(folder)
        finally:
            lock.release()
    return _opened_again(_Told(folder, copy, kept), fitting, clock, KEEPER, steps)


def _open_keys(ws: Workspace, copy: Path, secret: str) -> Iterator[_Fitting]:
    """The open book's own key first: nothing has to be typed, and its slots stay as they are."""
    if ws.key is not None:
        unlocked = Unlocked((ws.key,), ws.slot_id, SlotKind.PASSWORD)
        yield _Fitting(unlocked, key_file.read_keys(ws.folder), is_ring_of_copy=False)
    yield from _typed_keys(ws.folder, copy, secret)


def _typed_keys(folder: Path, copy: Path, secret: str) -> Iterator[_Fitting]:
    """What was typed, tried on the copy's slots, then on the book's own, which may be newer."""
    ring = backup_file.ring_in(copy)
    if (demo := unlock_demo(ring)) is not None:
        yield _Fitting(demo, ring, is_ring_of_copy=True)
        return
    own = _own_ring(folder)
    if not secret:
        raise PasswordNeeded(f"Bản sao này có khóa. {backup_openers(ring, {})}")
    try:
        fitting = _Fitting(unlock(ring, secret), ring, is_ring_of_copy=True, is_change=own != ring)
    except WrongSecret as wrong:
        said = WrongSecret(f"Chưa đúng với bản sao này. {backup_openers(ring, {})}")
        if own is None:
            raise said from wrong
        try:
            fitting = _Fitting(unlock(own, secret), own, is_ring_of_copy=False)
        except WrongSecret:
            raise said from wrong
    yield fitting


def _own_ring(folder: Path) -> KeyRing | None:
    try:
        return key_file.read_keys(folder)
    except BookUnavailable:
        return None


@contextmanager
def _tried(folder: Path, copy: Path, keys: Iterator[_Fitting], steps: "_Steps") -> Iterator[_Fitting]:
    """The copy laid beside the book, opened and checked through; gone again when anything goes wrong."""
    steps.next()
    backup_file.must_be_whole(copy)
    manifest = backup_file.read_manifest(copy)
    _must_be_same_book(folder, manifest)
    side = restored_files.new_side(folder)
    try:
        backup_file.take_out(copy, side)
        steps.next()
        fitting = _try(side, manifest, keys)
        if not fitting.is_ring_of_copy:
            for name in key_file.NAMES:
                (side / name).unlink()
        yield fitting
    except BaseException:
        restored_files.drop_side(folder)
        raise


def _must_be_same_book(folder: Path, manifest: Manifest) -> None:
    own = _own_ring(folder)  # without it nobody can tell any more
    if own is not None and own.book_id != manifest.book_id:
        raise BookUnavailable(
            f"Bản sao này của một sổ khác (“{manifest.name}”) nên không đưa vào đây. "
            "Muốn mở sổ đó, xin về trang mở đầu và bấm Mở sổ khác."
        )


def _try(side: Path, manifest: Manifest, keys: Iterator[_Fitting]) -> _Fitting:
    for fitting in keys:
        for key in fitting.unlocked.data_keys:
            try:
                state = backup_copy.state_of_copy(side / DATABASE, key)
            except FileUnreadable:
                continue
            backup_copy.must_be_known(state)
            is_same = (state.writes, state.chain) == (manifest.writes, manifest.chain)
            if not is_same or backup_copy.damage_of_copy(side / DATABASE, key):
                raise FileUnreadable("Bản sao này mở thử thấy hỏng nên không dùng. Xin chọn bản sao khác.")
            unlocked = Unlocked((key,), fitting.unlocked.slot_id, fitting.unlocked.kind)
            return replace(fitting, unlocked=unlocked)
    raise FileUnreadable("Khóa vừa mở không hợp với bản sao này. Xin chọn bản sao khác.")


def _backed_up(ws: Workspace) -> Path | None:
    try:
        return take_backup(ws, BackupReason.BEFORE_RESTORE).copy.path
    except BackupFailed:
        return None  # a book that cannot be backed up any more is kept file by file


def _broken_place(ring: KeyRing, clock: Clock) -> Path:
    return first_place(ring.book_id) / f"so-hong-{clock.now():%Y%m%d-%H%M%S}"


def _opened_again(told: _Told, fitting: _Fitting, clock: Clock, actor: Actor, steps: "_Steps") -> Restored:
    steps.last()
    words = copy_words(backup_file.read_manifest(told.copy), clock.today())
    ws = open_book(told.folder, unlocked=fitting.unlocked, clock=clock)
    try:
        with ws.seated(actor).write(f"Khôi phục sổ từ bản sao {words}") as tx:
            tx.note(cell_tables.cell, ws.cell_id, {"restored_from": words})
    finally:
        ws.close()
    openers = backup_openers(fitting.ring, {}) if fitting.is_change else ""
    return Restored(told.folder, words, told.kept, openers)


class _Steps:
    """Says which step is done, when anybody watches."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress or NoProgress()
        self._at = 0

    def next(self) -> None:
        """One step further."""
        self._progress.step(self._at, len(_STEPS), _STEPS[self._at])
        self._at += 1

    def last(self) -> None:
        """The restored book is the book by now: there is nothing left to stop."""
        with suppress(Cancelled):
            self.next()


@contextmanager
def _sentence(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if restored_files.is_under_way(folder):
            raise FileUnwritable(
                f"Sổ “{folder.name}” đang khôi phục dở: {why(error)}. Xin đóng các cửa sổ khác đang mở "
                "sổ này rồi mở lại sổ là xong."
            ) from error
        raise FileUnwritable(
            f"Chưa khôi phục được sổ “{folder.name}”: {why(error)}. Sổ vẫn như trước; "
            "xin xem lại ổ đĩa, đóng các cửa sổ khác đang mở sổ này rồi làm lại."
        ) from error
