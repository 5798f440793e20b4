"""The disk a power cut leaves: what was forced is there, what was not is there or not, in whole sectors."""

import random
from pathlib import Path

from benchmarks.faults.power_cut_disk import Change, Disk, Kind

ROOT = "/dia"
SO, TAM = f"{ROOT}/so", f"{ROOT}/tam"


def made(name: str, file: int) -> Change:
    return Change(Kind.MADE, file, 0, name, "", b"")


def written(file: int, data: bytes, place: int = 0) -> Change:
    return Change(Kind.WRITTEN, file, place, "", "", data)


def forced(file: int) -> Change:
    return Change(Kind.FORCED, file, 0, "", "", b"")


def forced_folder(name: str) -> Change:
    return Change(Kind.FORCED, 99, 1, name, "", b"")


def after(tmp_path: Path, *changes: Change) -> list[dict[str, bytes]]:
    """What fifty power cuts leave after these changes on a disk that held ``cu``."""
    begun = tmp_path / "begun"
    begun.mkdir()
    (begun / "cu").write_bytes(b"cu")
    disk = Disk(ROOT, begun)
    for change in changes:
        disk.take(change)
    left = []
    for seed in range(50):
        place = tmp_path / str(seed)
        disk.after_the_cut(place, random.Random(seed))
        left.append({path.name: path.read_bytes() for path in place.iterdir()})
    return left


def test_what_was_forced_with_its_name_is_always_there(tmp_path: Path) -> None:
    left = after(tmp_path, made(SO, 1), written(1, b"a" * 2000), forced(1), forced_folder(ROOT))

    assert left == [{"cu": b"cu", "so": b"a" * 2000}] * 50


def test_a_name_nobody_forced_may_be_missing(tmp_path: Path) -> None:
    left = after(tmp_path, made(SO, 1), written(1, b"a"), forced(1))

    assert {"so" in each for each in left} == {True, False}


def test_writes_not_forced_are_lost_or_torn_at_sectors_but_never_invented(tmp_path: Path) -> None:
    begun = (made(SO, 1), written(1, b"a" * 2048), forced(1), forced_folder(ROOT))
    left = [each["so"] for each in after(tmp_path, *begun, written(1, b"b" * 2048))]

    assert {bytes([each[place]]) for each in left for place in range(0, 2048, 512)} == {b"a", b"b"}
    assert all(len(set(each[place : place + 512])) == 1 for each in left for place in range(0, 2048, 512))
    assert any(0 < each.count(b"b") < 2048 for each in left)


def test_a_file_put_in_place_of_another_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    begun = (made(TAM, 1), written(1, b"moi"), forced(1))
    left = after(tmp_path, *begun, Change(Kind.MOVED, 0, 0, TAM, f"{ROOT}/cu", b""))

    assert {each["cu"] for each in left} == {b"cu", b"moi"}


def test_a_file_put_in_place_for_good_is_the_new_one(tmp_path: Path) -> None:
    begun = (made(TAM, 1), written(1, b"moi"), forced(1))
    moved = Change(Kind.MOVED, 0, 0, TAM, f"{ROOT}/cu", b"")

    assert after(tmp_path, *begun, moved, forced_folder(ROOT)) == [{"cu": b"moi"}] * 50
