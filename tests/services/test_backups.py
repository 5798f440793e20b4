"""Backups: proven copies, their list, what makes room, and what never does."""

import os
import threading
import zipfile
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from app.db import backup_file, key_file
from app.db.book_folder import DATABASE, PACKED_SUFFIX
from app.domain.backup_keeping import BackupReason
from app.domain.errors import FileUnreadable, UserError
from app.services.backup_list import list_backups
from app.services.backup_shelf import Shelf, first_place
from app.services.backups import BackupFailed, copy_book_file, last_backup, take_backup
from app.services.books import open_book, unpack_book
from app.services.member_import import apply_member_import, preview_member_import
from app.services.members import list_members
from app.services.workspace import Workspace
from app.services.year_closing import close_year, year_open_items
from tests.book_fixtures import FakeClock
from tests.builders import add_member

LIST = Path(__file__).parents[1] / "samples" / "danh-sach-dang-vien.xlsx"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template_book: Path) -> Path:
    """Where the backups of this test's book lie."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "du-lieu"))
    return first_place(key_file.read_keys(template_book).book_id)


def files_in(place: Path) -> list[str]:
    """The names of the copies that lie there."""
    return sorted(path.name for path in place.glob("*.zip"))


def test_a_backup_opens_elsewhere_as_the_book_it_was_made_of(ws: Workspace, tmp_path: Path) -> None:
    add_member(ws, "Nguyễn Văn An")
    made = take_backup(ws, BackupReason.BY_HAND).copy
    add_member(ws, "Phạm Thị Muộn")

    elsewhere = open_book(unpack_book(made.path, tmp_path / "máy khác"))

    names = [member.name for member in list_members(elsewhere)]
    elsewhere.close()
    assert names == ["Nguyễn Văn An"]


def test_a_backup_names_nobody_and_says_when_why_and_how_many(
    secretary_ws: Workspace, clock: FakeClock
) -> None:
    clock.day, clock.hour = date(2026, 11, 20), time(16, 40)
    take_backup(secretary_ws, BackupReason.BEFORE_IMPORT)

    line = list_backups(secretary_ws)[0]

    assert line.words == "Thứ Sáu 20/11, 16:40, trước khi nhập danh sách, 4 đảng viên"
    assert line.place == "máy này"
    assert "so-mau" in line.openers
    with zipfile.ZipFile(line.path) as archive:
        plain = b"".join(archive.read(name) for name in archive.namelist() if not name.endswith(DATABASE))
    assert "Trần Thị Bình".encode() not in plain + archive.comment


def test_nothing_new_to_keep_makes_no_new_copy(ws: Workspace, place: Path) -> None:
    assert take_backup(ws, BackupReason.START).is_new
    assert not take_backup(ws, BackupReason.TIMED).is_new
    assert not take_backup(ws, BackupReason.EXIT).is_new
    assert len(files_in(place)) == 1

    add_member(ws, "Nguyễn Văn An")
    assert take_backup(ws, BackupReason.TIMED).is_new


def test_what_comes_before_something_large_stands_in_the_list_by_its_name(ws: Workspace, place: Path) -> None:
    take_backup(ws, BackupReason.START)

    assert take_backup(ws, BackupReason.BEFORE_IMPORT).is_new
    assert not take_backup(ws, BackupReason.BEFORE_IMPORT).is_new
    assert take_backup(ws, BackupReason.BY_HAND).is_new
    assert take_backup(ws, BackupReason.YEAR_END).is_new


def test_a_copy_is_one_moment_while_others_write(ws: Workspace, tmp_path: Path) -> None:
    stop, failures = threading.Event(), []

    def keep_writing() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                add_member(ws, "Nguyễn Văn " + chr(ord("A") + number // 26) + chr(ord("a") + number % 26))
            except UserError as error:
                failures.append(error)
                raise

    writer = threading.Thread(target=keep_writing)
    writer.start()
    made = [take_backup(ws, BackupReason.BY_HAND).copy for _ in range(5)]
    stop.set()
    writer.join()

    assert failures == []
    assert sorted({copy.manifest.writes for copy in made}) == [copy.manifest.writes for copy in made]
    for number, copy in enumerate(made):
        opened = open_book(unpack_book(copy.path, tmp_path / str(number)))
        assert len(list_members(opened)) == copy.manifest.members
        opened.close()


@pytest.mark.parametrize("damage", ["empty", "cut", "foreign", "flipped"])
def test_a_bad_file_never_enters_the_list_nor_pushes_a_good_one_out(
    ws: Workspace, place: Path, damage: str
) -> None:
    good = take_backup(ws, BackupReason.BY_HAND).copy
    content = good.path.read_bytes()
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    bad = {"empty": b"", "cut": content[:-4000], "foreign": b"PK\3\4 not ours", "flipped": bytes(flipped)}
    for number in range(2, 90):
        (place / f"{number:06d} 2026-03-20 08.30 exit.neuguong.zip").write_bytes(bad[damage])

    add_member(ws, "Nguyễn Văn An")
    newer = take_backup(ws, BackupReason.TIMED).copy

    assert [line.path for line in list_backups(ws)] == [newer.path, good.path]
    assert newer.manifest.number == 90
    assert Shelf(place).unreadable() == 88


def test_a_copy_damaged_after_it_was_proven_leaves_the_list(ws: Workspace) -> None:
    made = take_backup(ws, BackupReason.BY_HAND).copy
    assert len(list_backups(ws)) == 1

    content = bytearray(made.path.read_bytes())
    content[5000] ^= 64
    made.path.write_bytes(content)

    assert list_backups(ws) == ()
    assert take_backup(ws, BackupReason.TIMED).is_new


def test_every_flipped_byte_of_a_backup_is_found(ws: Workspace) -> None:
    made = take_backup(ws, BackupReason.BY_HAND).copy.path
    content = made.read_bytes()

    unseen = []
    for at in [*range(0, len(content), len(content) // 150), *range(len(content) - 90, len(content))]:
        flipped = bytearray(content)
        flipped[at] ^= 1 << at % 8
        made.write_bytes(flipped)
        try:
            backup_file.must_be_whole(made)
            unseen.append(at)
        except FileUnreadable:
            pass
    assert unseen == []


def test_a_manifest_made_up_by_somebody_is_no_copy_and_stops_nothing(ws: Workspace, place: Path) -> None:
    made = take_backup(ws, BackupReason.BY_HAND).copy
    bad = replace(made.manifest, number="mới nhất")  # type: ignore[arg-type]
    database = place / "so.db"
    database.write_bytes(b"x")
    backup_file.write_backup(place / f"khac{PACKED_SUFFIX}", database, bad, key_file.read_keys(ws.folder))

    assert [copy.path for copy in Shelf(place).copies()] == [made.path]
    assert Shelf(place).unreadable() == 1


def test_old_copies_make_room_and_the_year_end_stays(ws: Workspace, clock: FakeClock) -> None:
    take_backup(ws, BackupReason.YEAR_END)
    for _day in range(20):
        clock.day += timedelta(days=1)
        for hour in (9, 15):
            clock.hour = time(hour)
            take_backup(ws, BackupReason.BY_HAND)

    lines = list_backups(ws)

    assert len(lines) == 4 + 14 + 1 + 1
    assert lines[-1].is_pinned


def test_a_place_that_takes_nothing_is_named_and_the_old_copies_stay(ws: Workspace, place: Path) -> None:
    take_backup(ws, BackupReason.BY_HAND)
    before = files_in(place)
    blocked = place.with_name("x")
    place.rename(blocked)
    place.write_bytes(b"")

    with pytest.raises(BackupFailed, match="Chưa sao lưu được"):
        take_backup(ws, BackupReason.BY_HAND)

    place.unlink()
    blocked.rename(place)
    assert files_in(place) == before


def test_half_a_copy_of_a_killed_program_is_swept_away_later(ws: Workspace, place: Path) -> None:
    (place / "dang-ghi-abc").mkdir(parents=True)
    (place / "dang-ghi-new").mkdir()
    os.utime(place / "dang-ghi-abc", (0, 0))

    take_backup(ws, BackupReason.BY_HAND)

    assert [path.name for path in place.glob("dang-ghi-*")] == ["dang-ghi-new"]


def test_a_book_that_is_not_open_is_copied_with_its_key(ws: Workspace, clock: FakeClock) -> None:
    add_member(ws, "Nguyễn Văn An")
    ring, key = key_file.read_keys(ws.folder), ws.key
    ws.close()
    assert key is not None

    copy = copy_book_file(ws.folder, key, ring, BackupReason.BEFORE_MIGRATION, clock)

    assert copy.manifest.members == 1
    assert copy.manifest.words == "trước khi chuyển sang bản chương trình mới"


def test_the_last_backup_is_known(ws: Workspace) -> None:
    assert last_backup(ws) is None
    made = take_backup(ws, BackupReason.EXIT).copy
    assert last_backup(ws) == made


def test_a_window_that_only_looks_may_back_up(ws: Workspace) -> None:
    looking = open_book(ws.folder, read_only=True)
    made = take_backup(looking, BackupReason.BY_HAND)
    looking.close()
    assert made.is_new


def test_an_import_is_preceded_by_a_backup_or_a_clear_wish_to_do_without(
    secretary_ws: Workspace, place: Path
) -> None:
    looked_at = preview_member_import(secretary_ws, LIST)
    rows = [line.row for line in looked_at.preview.lines]
    place.parent.mkdir(parents=True)
    place.write_bytes(b"")

    with pytest.raises(BackupFailed, match="Chưa sao lưu được"):
        apply_member_import(secretary_ws, looked_at, rows, {})
    assert len(list_members(secretary_ws)) == 4
    apply_member_import(secretary_ws, looked_at, rows[:1], {}, without_backup=True)
    assert len(list_members(secretary_ws)) == 5

    place.unlink()
    looked_at = preview_member_import(secretary_ws, LIST)
    apply_member_import(secretary_ws, looked_at, rows, {})
    assert "trước khi nhập danh sách, 5 đảng viên" in list_backups(secretary_ws)[0].words


def test_locking_a_year_leaves_a_copy_before_and_one_for_ever(secretary_ws: Workspace) -> None:
    close_year(secretary_ws, 2025, date(2026, 1, 10), year_open_items(secretary_ws, 2025))

    after, before = list_backups(secretary_ws)

    assert after.is_pinned
    assert "trước khi khóa năm" in before.words
