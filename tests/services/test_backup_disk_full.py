"""Backups and restoring where the disk takes no more at any byte: nothing counts that is not whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.db import restored_files
from app.db.book_folder import DATABASE
from app.domain.backup_keeping import BackupReason
from app.domain.errors import FileUnwritable
from app.services.backup_list import list_backups
from app.services.backups import BackupFailed, take_backup
from app.services.books import open_book, pack_book
from app.services.members import list_members
from app.services.restoring import restore_closed_book, restore_open_book
from app.services.second_place import choose_second_place, copy_to_second_place
from app.services.workspace import Workspace
from tests.builders import add_member

STEPS = 9


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backups of each test lie apart."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "du-lieu"))


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """The system takes no file longer than this, as a disk that fills up while it is written."""
    resource = pytest.importorskip("resource", reason="only there can a file's size be limited")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("step", range(STEPS))
def test_a_backup_that_does_not_fit_is_none_and_the_old_ones_stay(ws: Workspace, step: int) -> None:
    good = take_backup(ws, BackupReason.BY_HAND).copy.path
    add_member(ws, "Nguyễn Văn An")
    room = good.stat().st_size * step // STEPS

    with room_for(room), pytest.raises(BackupFailed, match="Chưa sao lưu được"):
        take_backup(ws, BackupReason.TIMED)

    assert [line.path for line in list_backups(ws)] == [good]
    assert [path.name for path in good.parent.iterdir() if path.is_dir()] == []
    add_member(ws, "Phạm Thị Sau")
    assert take_backup(ws, BackupReason.TIMED).copy.manifest.members == 2


@pytest.mark.parametrize("step", range(STEPS))
def test_a_restore_that_does_not_fit_leaves_the_open_book_at_work(ws: Workspace, step: int) -> None:
    copy = take_backup(ws, BackupReason.BY_HAND).copy.path
    add_member(ws, "Nguyễn Văn An")
    room = (ws.folder / DATABASE).stat().st_size * step // STEPS

    with room_for(room), pytest.raises(FileUnwritable, match="Sổ vẫn như trước"):
        restore_open_book(ws, copy)

    assert not (ws.folder / restored_files.SIDE).exists()
    add_member(ws, "Phạm Thị Sau")
    assert len(list_members(ws)) == 2
    restore_open_book(ws, copy)
    again = open_book(ws.folder)
    assert list_members(again) == ()
    again.close()


def test_a_dead_book_whose_files_cannot_be_copied_keeps_them_beside_it(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = take_backup(ws, BackupReason.BY_HAND).copy.path
    ws.close()
    dead = b"dead" * 400_000
    (ws.folder / DATABASE).write_bytes(dead)

    with room_for(len(dead) - 1):
        restored = restore_closed_book(ws.folder, copy, clock=ws.clock)

    assert restored.kept is not None
    assert restored.kept.parent == ws.folder
    assert (restored.kept / DATABASE).read_bytes() == dead
    open_book(ws.folder).close()


@pytest.mark.parametrize("step", range(0, STEPS, 2))
def test_a_full_stick_and_a_full_target_are_said(ws: Workspace, tmp_path: Path, step: int) -> None:
    good = take_backup(ws, BackupReason.BY_HAND).copy.path
    (tmp_path / "usb").mkdir()
    place = choose_second_place(ws, tmp_path / "usb")
    room = good.stat().st_size * step // STEPS

    with room_for(room), pytest.raises(FileUnwritable, match="Chưa chép được bản sao"):
        copy_to_second_place(ws, place)
    with room_for(room), pytest.raises(FileUnwritable, match="Không chép được sổ"):
        pack_book(ws, tmp_path / "usb" / "so")

    assert list(tmp_path.glob("usb/**/*.zip")) == []
    assert copy_to_second_place(ws, place).is_new
