"""The second place of backups: known again by its mark, ten copies, harmless when pulled out."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.domain.backup_keeping import BackupReason
from app.domain.errors import FileUnwritable
from app.services.backup_list import backups_of, list_backups
from app.services.backup_shelf import Shelf
from app.services.backups import take_backup
from app.services.books import open_book
from app.services.members import list_members
from app.services.restoring import restore_closed_book
from app.services.second_place import (
    choose_second_place,
    copy_to_second_place,
    is_time_to_ask,
    second_place,
)
from app.services.workspace import Workspace
from tests.builders import add_member


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backups of each test lie apart."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "du-lieu"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick."""
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


def test_the_newest_copy_lies_on_the_stick_too_and_brings_the_book_back(ws: Workspace, stick: Path) -> None:
    add_member(ws, "Nguyễn Văn An")
    take_backup(ws, BackupReason.BY_HAND)
    place = choose_second_place(ws, stick)

    assert copy_to_second_place(ws, place).is_new
    assert not copy_to_second_place(ws, place).is_new

    away = [line for line in list_backups(ws, place) if line.place != "máy này"]
    ws.close()
    shutil.rmtree(ws.folder)
    restore_closed_book(ws.folder, away[0].path, clock=ws.clock)
    again = open_book(ws.folder)
    assert [member.name for member in list_members(again)] == ["Nguyễn Văn An"]
    again.close()


def test_the_stick_is_known_again_under_another_letter_and_another_stick_is_not(
    ws: Workspace, stick: Path, tmp_path: Path
) -> None:
    choose_second_place(ws, stick)
    (tmp_path / "usb khác").mkdir()

    moved = stick.rename(tmp_path / "F")

    found = second_place(ws, [stick, tmp_path / "usb khác", moved])
    assert found is not None
    assert found.is_relative_to(moved)
    shutil.move(found, found.with_name("another book"))
    assert second_place(ws, [moved]) is None


def test_a_stick_pulled_out_is_said_and_breaks_nothing(ws: Workspace, stick: Path) -> None:
    take_backup(ws, BackupReason.BY_HAND)
    place = choose_second_place(ws, stick)
    shutil.rmtree(stick)

    with pytest.raises(FileUnwritable, match="cắm lại USB"):
        copy_to_second_place(ws, place)

    assert not stick.exists()
    assert len(list_backups(ws, place)) == 1


def test_ten_copies_stay_on_the_stick_and_a_damaged_one_pushes_none_out(ws: Workspace, stick: Path) -> None:
    place = choose_second_place(ws, stick)
    for _ in range(12):
        take_backup(ws, BackupReason.BY_HAND)
        copy_to_second_place(ws, place)
    zips = sorted(place.glob("*.zip"))
    assert len(zips) == 10

    zips[-1].write_bytes(b"")
    take_backup(ws, BackupReason.BY_HAND)
    copy_to_second_place(ws, place)

    assert len(list(place.glob("*.zip"))) == 11
    assert len([line for line in backups_of(ws.folder, ws.today(), place) if line.place != "máy này"]) == 10


def test_a_stick_carried_between_two_pcs_keeps_the_newest_of_both(
    ws: Workspace, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = choose_second_place(ws, stick)
    for number in range(12):
        add_member(ws, f"Nguyễn Văn {number}")
        take_backup(ws, BackupReason.YEAR_END if number == 0 else BackupReason.BY_HAND)
        copy_to_second_place(ws, place)
    assert len(Shelf(place).copies()) == 11  # the year's end stays for ever

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "máy kia"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "máy kia"))
    add_member(ws, "Phạm Thị Muộn")
    take_backup(ws, BackupReason.BY_HAND)
    copy_to_second_place(ws, place)

    members = [copy.manifest.members for copy in Shelf(place).copies()]
    assert members == [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 1]


def test_by_itself_the_stick_gets_one_copy_a_day(ws: Workspace, stick: Path) -> None:
    take_backup(ws, BackupReason.BY_HAND)
    place = choose_second_place(ws, stick)
    assert copy_to_second_place(ws, place, at_most_daily=True).is_new

    add_member(ws, "Nguyễn Văn An")
    take_backup(ws, BackupReason.TIMED)
    assert not copy_to_second_place(ws, place, at_most_daily=True).is_new
    assert copy_to_second_place(ws, place).is_new


def test_a_place_inside_the_book_is_refused(ws: Workspace, stick: Path) -> None:
    with pytest.raises(FileUnwritable, match="chính sổ này"):
        choose_second_place(ws, ws.folder)
    (stick / "ban-sao-so-neu-guong").write_bytes(b"")
    with pytest.raises(FileUnwritable, match="chọn chỗ khác"):
        choose_second_place(ws, stick)


def test_without_a_copy_here_there_is_nothing_to_carry_over(ws: Workspace, stick: Path) -> None:
    with pytest.raises(FileUnwritable, match="Sao lưu ngay"):
        copy_to_second_place(ws, choose_second_place(ws, stick))


@pytest.mark.parametrize(
    ("last", "first", "asks"),
    [
        (date(2026, 3, 6), None, False),
        (date(2026, 3, 5), None, True),
        (None, date(2026, 3, 1), True),
        (None, date(2026, 3, 19), False),
        (None, None, False),
    ],
)
def test_the_stick_is_asked_for_after_two_weeks(last: date | None, first: date | None, asks: bool) -> None:
    assert is_time_to_ask(last, first, date(2026, 3, 20)) is asks
