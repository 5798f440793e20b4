"""A book of an earlier version, which anybody could read: encrypted at its first opening, nothing lost."""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import key_file, side_database
from app.db.book_folder import DATABASE, NOTE, NOTE_TEXT
from app.db.database import is_damaged, is_plain, open_engine
from app.db.key_slots import KdfCost
from app.domain.errors import BookDamaged, BookUnavailable, Cancelled, FileUnwritable, PlainBook
from app.services.book_conversion import convert_plain_book, plain_original_of, settle_original
from app.services.books import look_into_book, open_book, unpack_book
from app.services.key_holders import list_holders
from app.services.keys import NewKeys, keys_of, new_keys, unlock
from app.services.members import list_members
from tests.book_fixtures import FakeClock
from tests.builders import add_member
from tests.services.plain_books import make_plain

ROOT = Path(__file__).parents[2]
PHRASE = "trâu ra bờ giếng"
KNOWN = "Nguyễn Thị Hương Giang Ái"


@pytest.fixture(scope="module")
def keys() -> NewKeys:
    return new_keys(PHRASE, datetime(2026, 3, 20, 8, 0), KdfCost())


@pytest.fixture(scope="module")
def plain_template(template_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain book of revision 0002 with two members."""
    place = tmp_path_factory.mktemp("plain")
    source = Path(shutil.copytree(template_book, place / "source.neuguong"))
    ws = open_book(source, clock=FakeClock())
    for name in (KNOWN, "Trần Thị Bình"):
        add_member(ws, name)
    ws.close()
    return make_plain(source, place / "dong-tien.neuguong")


@pytest.fixture
def plain(plain_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(plain_template, tmp_path / "so" / plain_template.name))


def names_in(folder: Path, secret: str = PHRASE) -> list[str]:
    ws = open_book(folder, unlocked=unlock(keys_of(folder), secret), clock=FakeClock())
    try:
        assert not is_damaged(ws.engine)
        return sorted(member.name for member in list_members(ws))
    finally:
        ws.close()


MEMBERS = sorted([KNOWN, "Trần Thị Bình"])


def test_a_plain_book_is_not_opened_for_work_but_its_facts_are_read(plain: Path) -> None:
    with pytest.raises(PlainBook, match="chưa được khóa"):
        open_book(plain)

    assert look_into_book(plain).own == "CHI BỘ THÔN ĐỒNG TIẾN"


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_plain_book_of_any_revision_is_encrypted_with_everything_in_it(
    revision: str, plain_template: Path, template_book: Path, tmp_path: Path, keys: NewKeys
) -> None:
    folder = make_plain(template_book, tmp_path / "cu.neuguong", revision)
    before = counts_in(folder, None)

    converted = convert_plain_book(folder, keys, clock=FakeClock())

    assert (converted.original, converted.trouble) == (None, "")
    assert not is_plain(folder / DATABASE)
    after = counts_in(folder, keys.data_key)
    grown = {table for table, rows in before.items() if after[table] != rows}
    assert grown <= {"action", "change", "security", "key_holder", "book_head"}
    ws = open_book(folder, unlocked=converted.unlocked, clock=FakeClock())
    holders = list_holders(ws)
    with ws.read() as tx:
        last = tx.connection.execute(text("SELECT name FROM action ORDER BY seq DESC LIMIT 1")).scalar()
    ws.close()
    assert [holder.name for holder in holders] == ["Người lập sổ", ""]
    assert last == "Khóa sổ bằng mật khẩu"


def counts_in(folder: Path, key: bytes | None) -> dict[str, int]:
    engine = open_engine(folder / DATABASE, key, read_only=True)
    with engine.connect() as connection:
        tables = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        counts = {
            table: int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
            for table in tables
        }
    engine.dispose()
    return counts


def test_last_writes_that_are_only_in_the_write_ahead_log_come_along(plain: Path, keys: NewKeys) -> None:
    code = (
        "import sys, os, sqlite3; f = sqlite3.connect(sys.argv[1]); f.execute('PRAGMA journal_mode=WAL');"
        "f.execute(\"UPDATE member SET note = 'sửa lần cuối'\"); f.commit(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code, str(plain / DATABASE)], check=False)
    assert (plain / f"{DATABASE}-wal").stat().st_size > 0

    converted = convert_plain_book(plain, keys)

    ws = open_book(plain, unlocked=converted.unlocked)
    with ws.read() as tx:
        notes = set(tx.connection.execute(text("SELECT note FROM member")).scalars())
    ws.close()
    assert notes == {"sửa lần cuối"}


def test_the_plain_file_is_gone_and_nothing_readable_is_left(plain: Path, keys: NewKeys) -> None:
    assert KNOWN.encode() in (plain / DATABASE).read_bytes()

    convert_plain_book(plain, keys)

    places = [plain, plain.parent, Path(tempfile.gettempdir())]
    files = [path for place in places for path in place.glob("*") if path.is_file()]
    assert [path for path in files if KNOWN.encode() in path.read_bytes()] == []
    assert names_in(plain) == MEMBERS


def test_the_plain_file_can_be_kept_elsewhere_as_a_book_of_its_own(
    plain: Path, keys: NewKeys, tmp_path: Path, clock: FakeClock
) -> None:
    place = tmp_path / "tủ"
    place.mkdir()

    convert_plain_book(plain, keys, keep_in=place, clock=clock)

    (kept,) = place.iterdir()
    assert kept.name == "dong-tien chưa khóa 20-03-2026.neuguong"
    assert look_into_book(kept).member_count == 2
    assert plain_original_of(plain) is None
    assert names_in(plain) == MEMBERS


@pytest.mark.parametrize("wrong", ["không có", "so/dong-tien.neuguong"])
def test_a_place_to_keep_it_that_will_not_do_changes_nothing(
    wrong: str, plain: Path, keys: NewKeys, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in plain.iterdir()}

    with pytest.raises(FileUnwritable, match="chọn một thư mục"):
        convert_plain_book(plain, keys, keep_in=tmp_path / wrong)

    assert {path.name: path.read_bytes() for path in plain.iterdir()} == before


def test_it_can_be_stopped_until_the_files_change_places(plain: Path, keys: NewKeys) -> None:
    class Impatient:
        def __init__(self, at: int) -> None:
            self.at = at

        def step(self, done: int, total: int, label: str) -> None:
            if done == self.at:
                raise Cancelled

    for at in range(5):
        with pytest.raises(Cancelled):
            convert_plain_book(plain, keys, Impatient(at))
        assert look_into_book(plain).member_count == 2
        assert not key_file.has_keys(plain)
        assert not (plain / side_database.SIDE).exists()


def test_a_locked_book_and_a_damaged_plain_one_are_refused(
    plain: Path, template_book: Path, keys: NewKeys
) -> None:
    with pytest.raises(BookUnavailable, match="đã có khóa"):
        convert_plain_book(template_book, keys)

    content = bytearray((plain / DATABASE).read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    (plain / DATABASE).write_bytes(content)
    with pytest.raises(BookUnavailable, match=r"hỏng|không đọc được"):
        convert_plain_book(plain, keys)
    assert (plain / DATABASE).read_bytes() == content


def test_a_packed_plain_book_is_unpacked_and_encrypted(plain: Path, keys: NewKeys, tmp_path: Path) -> None:
    packed = tmp_path / "cu.neuguong.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain / DATABASE, f"dong-tien.neuguong/{DATABASE}")
        archive.writestr(f"dong-tien.neuguong/{NOTE}", NOTE_TEXT)

    folder = unpack_book(packed, tmp_path / "máy khác")
    with pytest.raises(PlainBook):
        open_book(folder)
    convert_plain_book(folder, keys)

    assert names_in(folder) == MEMBERS


def test_a_plain_file_left_by_a_crash_is_destroyed_or_asked_about(
    plain: Path, keys: NewKeys, tmp_path: Path
) -> None:
    copy = (plain / DATABASE).read_bytes()
    convert_plain_book(plain, keys)
    (plain / side_database.PLAIN_TO_DESTROY).write_bytes(copy)
    names_in(plain)
    assert plain_original_of(plain) is None

    (plain / side_database.PLAIN_TO_KEEP).write_bytes(copy)
    names_in(plain)
    assert plain_original_of(plain) == plain / side_database.PLAIN_TO_KEEP
    settle_original(plain, tmp_path, FakeClock(date(2026, 5, 1)))
    assert plain_original_of(plain) is None
    assert look_into_book(tmp_path / "dong-tien chưa khóa 01-05-2026.neuguong").member_count == 2


@pytest.mark.parametrize("work", ["convert", "keep"])
def test_killed_at_any_step_it_leaves_the_plain_book_or_the_encrypted_one(
    work: str, plain_template: Path, tmp_path: Path, keys: NewKeys
) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.services.killed_key_change",
        work,
        str(plain_template),
        str(tmp_path),
    ]
    subprocess.run(command, cwd=ROOT, check=True)

    killed = sorted(path for path in tmp_path.iterdir() if path.name.isdigit())
    assert len(killed) > 15
    outcomes = []
    for place in killed:
        folder = place / plain_template.name
        assert look_into_book(folder).folder == folder
        if is_plain(folder / DATABASE):
            outcomes.append("plain")
            convert_plain_book(folder, keys)
        else:
            outcomes.append("encrypted")
        assert names_in(folder) == MEMBERS, f"killed at step {place.name}"
        if work == "convert":
            assert KNOWN.encode() not in b"".join(path.read_bytes() for path in folder.iterdir())
        else:
            settle_original(folder, place)
            assert KNOWN.encode() not in b"".join(path.read_bytes() for path in folder.iterdir())
    assert outcomes == sorted(outcomes, reverse=True)
    assert len(set(outcomes)) == 2


def test_a_lost_book_is_not_replaced_by_the_unlocked_one_of_long_ago(plain: Path, keys: NewKeys) -> None:
    old = (plain / DATABASE).read_bytes()
    convert_plain_book(plain, keys, clock=FakeClock())
    (plain / side_database.PLAIN_TO_KEEP).write_bytes(old)
    (plain / DATABASE).unlink()

    with pytest.raises(BookDamaged, match=r"thiếu tệp so\.db"):
        open_book(plain, unlocked=unlock(keys_of(plain), PHRASE))
    assert (plain / side_database.PLAIN_TO_KEEP).read_bytes() == old
