"""A new data key: who was taken away reads nothing new, and nothing is ever lost on the way."""

import errno
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import key_file, side_database, upgrading
from app.db.book_folder import DATABASE
from app.db.database import is_damaged
from app.db.key_slots import KdfCost, KeyRing
from app.domain.errors import BookUnavailable, Cancelled, NotAllowed, WrongSecret
from app.services.books import create_book, open_book
from app.services.drafts import find_draft, store_draft
from app.services.key_holders import add_holder, list_holders, remove_holder
from app.services.key_replacement import replace_data_key
from app.services.keys import NewKeys, keys_of, new_keys, unlock
from app.services.members import list_members
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock
from tests.builders import a_book, add_member

ROOT = Path(__file__).parents[2]
PHRASE, OTHER = "trâu ra bờ giếng", "hạt gạo làng ta"
KNOWN = "Nguyễn Thị Hương Giang Ái"


@pytest.fixture(scope="module")
def keys() -> NewKeys:
    return new_keys(PHRASE, datetime(2026, 3, 20, 8, 0), KdfCost())


@pytest.fixture(scope="module")
def template(keys: NewKeys, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked book of three members with two password holders; closed."""
    ws = create_book(tmp_path_factory.mktemp("locked") / "dong-tien", a_book(), keys, FakeClock())
    for name in (KNOWN, "Trần Thị Bình", "Lê Văn Cường"):
        add_member(ws, name)
    add_holder(ws, None, "Trần Thị Bình", OTHER)
    ws.close()
    return ws.folder


@pytest.fixture
def locked(template: Path, tmp_path: Path, clock: FakeClock) -> Iterator[Workspace]:
    folder = Path(shutil.copytree(template, tmp_path / template.name))
    ws = open_book(folder, unlocked=unlock(keys_of(folder), PHRASE), clock=clock)
    yield ws
    ws.close()


def names_in(folder: Path, secret: str) -> list[str]:
    ws = open_book(folder, unlocked=unlock(keys_of(folder), secret), clock=FakeClock())
    try:
        assert not is_damaged(ws.engine)
        assert all(len(slot.sealed) == 1 for slot in keys_of(folder).slots)
        return sorted(member.name for member in list_members(ws))
    finally:
        ws.close()


MEMBERS = sorted([KNOWN, "Trần Thị Bình", "Lê Văn Cường"])


def test_every_password_and_the_sheet_open_the_book_under_its_new_key(
    locked: Workspace, keys: NewKeys
) -> None:
    old = locked.key

    renewed = replace_data_key(locked)

    add_member(renewed, "Phạm Văn Dũng")
    assert renewed.key not in (old, None)
    renewed.close()
    for secret in (PHRASE, OTHER, keys.recovery_code):
        assert len(names_in(locked.folder, secret)) == 4
    assert old is not None
    assert not side_database.fits(locked.folder / DATABASE, old)


def test_who_was_taken_away_cannot_read_on_with_the_key_they_knew(locked: Workspace) -> None:
    holder = next(holder for holder in list_holders(locked) if holder.name == "Trần Thị Bình")
    known = unlock(keys_of(locked.folder), OTHER).data_keys
    remove_holder(locked, holder.slot_id)

    replace_data_key(locked).close()

    with pytest.raises(WrongSecret):
        unlock(keys_of(locked.folder), OTHER)
    assert not any(side_database.fits(locked.folder / DATABASE, key) for key in known)


def test_the_history_goes_on_and_nothing_is_left_beside_the_book(locked: Workspace) -> None:
    (locked.folder / upgrading.KEPT).write_bytes(b"x")

    renewed = replace_data_key(locked)

    with renewed.read() as tx:
        names = tx.connection.execute(text("SELECT name FROM action ORDER BY seq")).scalars().all()
    assert names[-1] == "Thay khóa dữ liệu của sổ"
    renewed.close()
    assert {path.name for path in locked.folder.iterdir()} - {"moc-ghi", "dang-mo.khoa"} == {
        DATABASE,
        *key_file.NAMES,
        "XIN DOC TRUOC.txt",
    }


def test_a_window_that_looks_meanwhile_stops_it_before_anything_changed(locked: Workspace) -> None:
    looking = open_book(locked.folder, unlocked=unlock(keys_of(locked.folder), OTHER), read_only=True)
    assert len(list_members(looking)) == 3
    before = keys_of(locked.folder)

    with pytest.raises(BookUnavailable, match="cửa sổ khác"):
        replace_data_key(locked)

    looking.close()
    assert keys_of(locked.folder) == before
    add_member(locked, "Phạm Văn Dũng")
    assert not (locked.folder / side_database.SIDE).exists()


def test_it_can_be_stopped_until_the_files_change_places(locked: Workspace) -> None:
    class Impatient:
        def __init__(self, at: int) -> None:
            self.at = at

        def step(self, done: int, total: int, label: str) -> None:
            if done == self.at:
                raise Cancelled

    before = keys_of(locked.folder)
    for at in range(4):
        with pytest.raises(Cancelled):
            replace_data_key(locked, Impatient(at))
        assert keys_of(locked.folder) == before
        assert len(list_members(locked)) == 3
    add_member(locked, "Phạm Văn Dũng")


def test_a_disk_without_room_is_said_before_anything_is_written(
    locked: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keys_of(locked.folder)
    with monkeypatch.context() as patch:
        nearly_full = shutil.disk_usage(locked.folder)._replace(free=2_000_000)
        patch.setattr(shutil, "disk_usage", lambda _place: nearly_full)
        with pytest.raises(BookUnavailable, match=r"cần \d+ MB.*chỉ còn 1 MB"):
            replace_data_key(locked)

    assert keys_of(locked.folder) == before
    assert len(list_members(locked)) == 3


def test_a_disk_that_fills_up_on_the_way_leaves_the_book_as_it_was(template: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(template, tmp_path / template.name))
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from app.services.books import open_book; from app.services.keys import keys_of, unlock\n"
        "from app.services.key_replacement import replace_data_key; from app.domain.errors import UserError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); folder = Path(sys.argv[1])\n"
        "ws = open_book(folder, unlocked=unlock(keys_of(folder), sys.argv[2]))\n"
        "class Full:\n"
        "    def step(self, done, total, label):\n"
        "        if done == int(sys.argv[3]): resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))\n"
        "try: replace_data_key(ws, Full()).close()\n"
        "except UserError as error: print(error)\n"
    )
    for step in range(4):
        command = [sys.executable, "-c", code, str(folder), PHRASE, str(step)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        assert "xin" in done.stdout.lower() or "như trước" in done.stdout, f"step {step}: {done.stdout}"
        assert names_in(folder, OTHER) == MEMBERS


def test_a_key_file_that_cannot_be_written_at_the_end_is_left_for_the_next_opening(
    locked: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = key_file.write_keys

    def filled_up(folder: Path, ring: KeyRing) -> None:
        if not (folder / side_database.SIDE).exists():  # the new database is in its place
            raise OSError(errno.ENOSPC, "full")
        write(folder, ring)

    with monkeypatch.context() as patch:
        patch.setattr(key_file, "write_keys", filled_up)
        renewed = replace_data_key(locked)

    add_member(renewed, "Phạm Văn Dũng")
    renewed.close()
    assert names_in(locked.folder, OTHER) == sorted([*MEMBERS, "Phạm Văn Dũng"])
    assert names_in(locked.folder, PHRASE) == sorted([*MEMBERS, "Phạm Văn Dũng"])


@pytest.mark.parametrize("at", [1, 2, 3])
def test_what_is_saved_meanwhile_is_never_lost(locked: Workspace, at: int) -> None:
    class Busy:
        def step(self, done: int, total: int, label: str) -> None:
            if done == at:
                store_draft(locked, "month", "x", {"text": "gõ dở"})

    with pytest.raises(BookUnavailable, match="ghi thêm trong lúc thay khóa"):
        replace_data_key(locked, Busy())

    draft = find_draft(locked, "month", "x")
    assert draft is not None
    assert draft.payload == {"text": "gõ dở"}
    assert replace_data_key(locked).key != locked.key


def test_the_sample_and_a_reader_change_no_key(ws: Workspace) -> None:
    with pytest.raises(NotAllowed, match="Sổ mẫu"):
        replace_data_key(ws)


def test_no_name_of_the_book_stands_anywhere_in_the_clear(locked: Workspace) -> None:
    replace_data_key(locked).close()

    places = [locked.folder, Path(tempfile.gettempdir())]
    files = [path for place in places for path in place.glob("*") if path.is_file()]
    assert [path for path in files if KNOWN.encode() in path.read_bytes()] == []


def test_killed_at_any_step_it_leaves_a_book_that_every_holder_opens(
    template: Path, tmp_path: Path, keys: NewKeys
) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.services.killed_key_change",
        "replace",
        str(template),
        str(tmp_path),
    ]
    subprocess.run(command, cwd=ROOT, check=True)

    killed = sorted(tmp_path.iterdir())
    assert len(killed) > 12
    for number, place in enumerate(killed):
        folder = place / template.name
        secret = (PHRASE, OTHER, keys.recovery_code)[number % 3]
        assert names_in(folder, secret) == MEMBERS, f"killed at step {place.name}"
        left = {path.name for path in folder.iterdir()}
        assert not {
            name for name in left if name.startswith(side_database.SIDE) or name.endswith(".dang-ghi")
        }
