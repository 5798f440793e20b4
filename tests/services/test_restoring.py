"""Bringing a book back from a backup: open or dead, with old or new passwords, whatever goes wrong."""

import errno
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from app.db import backup_file, key_file, restored_files
from app.db.book_folder import DATABASE
from app.db.key_slots import KdfCost
from app.db.witness import NAME as WITNESS
from app.domain.acts import Act
from app.domain.backup_keeping import BackupReason
from app.domain.errors import (
    BookInUse,
    BookUnavailable,
    FileUnreadable,
    FileUnwritable,
    NotAllowed,
    PasswordNeeded,
    WrongSecret,
)
from app.services.backup_list import backups_of, list_backups
from app.services.backup_shelf import first_place
from app.services.backups import take_backup
from app.services.books import create_book, open_book
from app.services.history import list_actions
from app.services.key_holders import change_own_password
from app.services.key_replacement import replace_data_key
from app.services.keys import NewKeys, new_keys, unlock
from app.services.members import list_members
from app.services.restoring import restore_closed_book, restore_open_book
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock
from tests.builders import a_book, add_member

PASSWORD = "lúa chín vàng đồng"
NEW_PASSWORD = "cây đa bến nước"


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backups of each test lie apart."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "du-lieu"))


@pytest.fixture(scope="session")
def locked_keys() -> NewKeys:
    """Keys of a book with a password; cheap to derive."""
    return new_keys(PASSWORD, datetime(2026, 3, 1, 8), KdfCost())


@pytest.fixture
def locked_ws(tmp_path: Path, clock: FakeClock, locked_keys: NewKeys) -> Workspace:
    """An open book that a password opens."""
    return create_book(tmp_path / "so" / "chi-bo", a_book(), locked_keys, clock)


def names_in(ws: Workspace) -> list[str]:
    """Who is in the open book, which is closed."""
    names = [member.name for member in list_members(ws)]
    ws.close()
    return names


def names_in_folder(folder: Path, password: str = "") -> list[str]:
    """Who is in the book of a folder."""
    unlocked = unlock(key_file.read_keys(folder), password) if password else None
    return names_in(open_book(folder, unlocked=unlocked))


def two_states(ws: Workspace) -> Path:
    """A backup with one member, after which a second one came in; returns the backup."""
    add_member(ws, "Nguyễn Văn An")
    made = take_backup(ws, BackupReason.BY_HAND).copy.path
    add_member(ws, "Phạm Thị Muộn")
    return made


def test_an_open_book_goes_back_and_its_last_state_stays_in_the_list(ws: Workspace) -> None:
    copy = two_states(ws)

    restored = restore_open_book(ws, copy)

    assert names_in_folder(ws.folder) == ["Nguyễn Văn An"]
    before = backups_of(ws.folder, ws.today())[0]
    assert "trước khi khôi phục sổ, 2 đảng viên" in before.words
    assert restored.kept == before.path
    assert restored.openers == ""

    restore_closed_book(ws.folder, before.path, clock=ws.clock)
    assert len(names_in_folder(ws.folder)) == 2


def test_a_copy_from_before_the_data_key_was_replaced_asks_for_its_password(locked_ws: Workspace) -> None:
    copy = two_states(locked_ws)
    renewed = replace_data_key(locked_ws)

    with pytest.raises(PasswordNeeded):
        restore_open_book(renewed, copy)
    with pytest.raises(WrongSecret):
        restore_open_book(renewed, copy, secret="sai mật khẩu rồi")
    restore_open_book(renewed, copy, secret=PASSWORD)

    assert names_in_folder(locked_ws.folder, PASSWORD) == ["Nguyễn Văn An"]


def test_the_history_says_from_which_copy(ws: Workspace) -> None:
    restored = restore_open_book(ws, two_states(ws))

    again = open_book(ws.folder)
    said = list_actions(again, 5)
    again.close()
    assert any(f"Khôi phục sổ từ bản sao {restored.copy}" in str(line) for line in said)


@pytest.mark.parametrize("damage", ["gone", "empty", "text", "flipped", "no keys", "no folder"])
def test_a_book_that_will_not_open_comes_back_and_its_files_are_kept(ws: Workspace, damage: str) -> None:
    copy, folder = two_states(ws), ws.folder
    ws.close()
    database = folder / DATABASE
    content = database.read_bytes()
    if damage == "gone":
        database.unlink()
    elif damage == "no folder":
        shutil.rmtree(folder)
    elif damage == "no keys":
        for name in key_file.NAMES:
            (folder / name).write_bytes(b"")
    else:
        bad = {"empty": b"", "text": b"not a database at all", "flipped": content[:-3000] + bytes(3000)}
        database.write_bytes(bad[damage])
    with pytest.raises(BookUnavailable):
        open_book(folder)

    if damage != "no folder":
        assert [line.path for line in backups_of(folder, ws.today())] == [copy]
    restored = restore_closed_book(folder, copy, clock=ws.clock)

    assert names_in_folder(folder) == ["Nguyễn Văn An"]
    if damage in ("text", "flipped"):
        assert restored.kept is not None
        assert restored.kept.parent == copy.parent
        assert (restored.kept / DATABASE).read_bytes() == bad[damage]
    assert backups_of(folder, ws.today())


def test_a_log_of_the_dead_book_is_not_played_into_the_restored_one(ws: Workspace, tmp_path: Path) -> None:
    copy, folder = two_states(ws), ws.folder
    shutil.copytree(folder, tmp_path / "chép lẻ")
    ws.close()
    for path in (tmp_path / "chép lẻ").iterdir():
        shutil.copy2(path, folder / path.name)
    assert (folder / f"{DATABASE}-wal").stat().st_size > 0

    restore_closed_book(folder, copy, clock=ws.clock)

    assert names_in_folder(folder) == ["Nguyễn Văn An"]


def test_what_the_copy_does_not_hold_is_not_taken_for_lost_writes(ws: Workspace) -> None:
    copy = two_states(ws)
    for number in range(4):
        add_member(ws, f"Nguyễn Văn {['Bình', 'Cường', 'Dũng', 'Giang'][number]}")
    restore_open_book(ws, copy)

    again = open_book(ws.folder)

    assert (ws.folder / WITNESS).exists()
    again.close()


def test_the_open_book_needs_no_password_and_keeps_the_newest_one(locked_ws: Workspace) -> None:
    copy = two_states(locked_ws)
    change_own_password(locked_ws, PASSWORD, NEW_PASSWORD)

    restored = restore_open_book(locked_ws, copy)

    assert restored.openers == ""
    assert names_in_folder(locked_ws.folder, NEW_PASSWORD) == ["Nguyễn Văn An"]
    with pytest.raises(WrongSecret):
        unlock(key_file.read_keys(locked_ws.folder), PASSWORD)


def test_a_dead_book_asks_for_the_password_of_the_copy_and_takes_the_newer_one_too(
    locked_ws: Workspace,
) -> None:
    copy, folder = two_states(locked_ws), locked_ws.folder
    change_own_password(locked_ws, PASSWORD, NEW_PASSWORD)
    locked_ws.close()
    (folder / DATABASE).write_bytes(b"")

    with pytest.raises(PasswordNeeded, match="mật khẩu đặt ngày 01/03/2026, hoặc phiếu khôi phục"):
        restore_closed_book(folder, copy)
    with pytest.raises(WrongSecret, match="mật khẩu đặt ngày 01/03/2026"):
        restore_closed_book(folder, copy, secret="sai rồi đồng chí ơi")

    assert restore_closed_book(folder, copy, secret=NEW_PASSWORD).openers == ""
    assert names_in_folder(folder, NEW_PASSWORD) == ["Nguyễn Văn An"]

    restored = restore_closed_book(folder, copy, secret=PASSWORD)
    assert "mật khẩu đặt ngày 01/03/2026" in restored.openers
    assert names_in_folder(folder, PASSWORD) == ["Nguyễn Văn An"]


def test_the_sheet_opens_a_copy_when_everything_else_is_lost(
    locked_ws: Workspace, locked_keys: NewKeys
) -> None:
    copy, folder = two_states(locked_ws), locked_ws.folder
    locked_ws.close()
    shutil.rmtree(folder)

    restore_closed_book(folder, copy, secret=locked_keys.recovery_code)

    assert names_in_folder(folder, PASSWORD) == ["Nguyễn Văn An"]


def test_a_damaged_copy_is_refused_and_the_open_book_goes_on(ws: Workspace) -> None:
    copy = two_states(ws)
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 4
    copy.write_bytes(content)

    with pytest.raises(FileUnreadable, match="hỏng"):
        restore_open_book(ws, copy)

    assert not (ws.folder / restored_files.SIDE).exists()
    assert len(names_in(ws)) == 2


def test_a_copy_of_another_book_is_refused(ws: Workspace, locked_ws: Workspace) -> None:
    foreign = two_states(locked_ws)
    locked_ws.close()

    with pytest.raises(BookUnavailable, match="của một sổ khác"):
        restore_open_book(ws, foreign)


def test_a_member_does_not_restore(plain_ws: Workspace) -> None:
    copy = take_backup(plain_ws, BackupReason.TIMED).copy.path

    assert not plain_ws.may(Act.RESTORE_BOOK)
    with pytest.raises(NotAllowed):
        restore_open_book(plain_ws, copy)


def test_a_book_open_in_a_window_is_not_restored_behind_it(ws: Workspace) -> None:
    copy = two_states(ws)

    with pytest.raises(BookInUse):
        restore_closed_book(ws.folder, copy)
    assert len(list_backups(ws)) == 1


def test_a_crash_before_the_mark_leaves_the_book_as_it_was(ws: Workspace) -> None:
    copy, folder = two_states(ws), ws.folder
    ws.close()
    backup_file.take_out(copy, restored_files.new_side(folder))

    assert len(names_in_folder(folder)) == 2
    assert not (folder / restored_files.SIDE).exists()


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_a_crash_after_the_mark_is_finished_at_the_next_opening(ws: Workspace, done: int) -> None:
    copy, folder = two_states(ws), ws.folder
    ws.close()
    side = restored_files.new_side(folder)
    backup_file.take_out(copy, side)
    (side / restored_files.READY).write_bytes(b"")
    for name in (DATABASE, *key_file.NAMES)[:done]:
        (side / name).replace(folder / name)

    assert names_in_folder(folder) == ["Nguyễn Văn An"]
    assert not side.exists()


def test_no_room_for_the_copy_leaves_the_open_book_at_work(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = two_states(ws)
    (ws.folder / restored_files.SIDE).write_bytes(b"in the way")

    with pytest.raises(FileUnwritable, match="Sổ vẫn như trước"):
        restore_open_book(ws, copy)

    add_member(ws, "Lê Văn Sau")
    assert len(names_in(ws)) == 3


@pytest.mark.parametrize("stuck", key_file.NAMES)
def test_a_restore_that_stops_halfway_is_finished_and_never_thrown_away(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, stuck: str
) -> None:
    copy, folder, replace_file = two_states(ws), ws.folder, restored_files.replace_file
    ws.close()

    def replace_some(new: Path, old: Path) -> None:
        if old == folder / stuck:
            raise PermissionError(errno.EACCES, "held by a scanner")
        replace_file(new, old)

    with monkeypatch.context() as patch:
        patch.setattr(restored_files, "replace_file", replace_some)
        with pytest.raises(FileUnwritable, match="mở lại sổ là xong"):
            restore_closed_book(folder, copy)

    assert (folder / restored_files.SIDE / stuck).exists()
    assert names_in_folder(folder) == ["Nguyễn Văn An"]
    assert not (folder / restored_files.SIDE).exists()


def test_backups_are_found_by_name_when_the_keys_are_lost(ws: Workspace) -> None:
    copy = two_states(ws)
    ws.close()
    for name in key_file.NAMES:
        (ws.folder / name).unlink()

    assert [line.path for line in backups_of(ws.folder, ws.today())] == [copy]
    assert first_place(backup_file.ring_in(copy).book_id) == copy.parent
