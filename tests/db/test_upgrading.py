"""A book of an earlier version comes up to the newest one on a copy, whatever happens on the way."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from app.db import schema, upgrading
from app.db.book_folder import DATABASE
from app.db.database import open_engine, reading, writing
from app.db.witness import NAME as MARK
from app.domain.dates import Month
from app.domain.errors import BookUnavailable
from app.services.backup_shelf import Shelf, first_place
from app.services.books import look_into_book, open_book
from app.services.keys import demo_keys, keys_of
from app.services.members import list_members
from tests.book_fixtures import FakeClock, People
from tests.builders import handed_in, passed_pledge

ROOT = Path(__file__).parents[2]
STEPS = ("_remove", "_copy", "_migrate", "_prove", "_keep_old", "_to_disk", "_swap")


@pytest.fixture(scope="module")
def old_template(template_cell: tuple[Path, People], tmp_path_factory: pytest.TempPathFactory) -> Path:
    template, people = template_cell
    folder = tmp_path_factory.mktemp("old") / template.name
    shutil.copytree(template, folder)
    ws = open_book(folder, clock=FakeClock())
    handed_in(ws, passed_pledge(ws, people.plain), Month(2026, 2))
    schema.migrate(ws.engine, "0002")
    ws.close()
    (folder / MARK).unlink()  # books of that time have none
    return folder


@pytest.fixture
def old_book(old_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    return Path(shutil.copytree(old_template, tmp_path / "so" / old_template.name))


def revision_in(folder: Path, name: str = DATABASE) -> str | None:
    engine = open_engine(folder / name, demo_keys().data_key, read_only=True)
    try:
        with reading(engine) as connection:
            return schema.revision_of(connection)
    finally:
        engine.dispose()


def files_in(folder: Path) -> set[str]:
    """The database files; a look at one leaves files of the moment beside it."""
    return {path.name for path in folder.glob("so*") if not path.name.endswith(("-wal", "-shm"))}


def test_older_book_opens_at_the_newest_revision_and_the_old_file_is_kept_locked(old_book: Path) -> None:
    ws = open_book(old_book)

    assert len(list_members(ws)) == 4
    ws.close()
    assert revision_in(old_book) == schema.HEAD
    assert revision_in(old_book, upgrading.KEPT) == "0002"
    assert files_in(old_book) == {DATABASE, upgrading.KEPT}
    assert b"SQLite format" not in (old_book / upgrading.KEPT).read_bytes()[:16]
    (copy,) = Shelf(first_place(keys_of(old_book).book_id), date(2026, 3, 20)).copies()
    assert (copy.manifest.reason, copy.manifest.revision) == ("before_migration", "0002")
    upgrading.drop_kept(old_book)
    assert files_in(old_book) == {DATABASE}


def test_older_book_is_not_touched_by_a_window_that_only_looks(old_book: Path) -> None:
    before = (old_book / DATABASE).read_bytes()

    with pytest.raises(BookUnavailable, match="mở ghi được một lần"):
        open_book(old_book, read_only=True)

    assert (old_book / DATABASE).read_bytes() == before


KILLED = """
import os, sys
from pathlib import Path
from app.db import upgrading
from app.services.books import open_book
step, is_after = sys.argv[2], sys.argv[3] == "after"
done = getattr(upgrading, step)
def dying(*given):
    if is_after:
        done(*given)
    os._exit(9)
setattr(upgrading, step, dying)
open_book(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_program_killed_at_any_step_leaves_a_book_that_opens_whole(
    old_book: Path, step: str, moment: str
) -> None:
    command = [sys.executable, "-c", KILLED, str(old_book), step, moment]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9

    ws = open_book(old_book)

    assert len(list_members(ws)) == 4
    ws.close()
    assert revision_in(old_book) == schema.HEAD
    assert revision_in(old_book, upgrading.KEPT) == "0002"
    assert upgrading.SIDE not in files_in(old_book)


def test_disk_without_room_for_the_copy_is_said_with_how_much_is_needed(
    old_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (old_book / DATABASE).read_bytes()
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=3_000_000))

    with pytest.raises(BookUnavailable, match=r"cần \d+ MB chỗ trống, ổ đĩa chỉ còn 3 MB. Sổ chưa bị"):
        open_book(old_book)

    assert (old_book / DATABASE).read_bytes() == before
    assert files_in(old_book) == {DATABASE}


FULL = """
import resource, signal, sys
from pathlib import Path
from app.services import backups
from app.domain.errors import BookUnavailable
from app.services.books import open_book
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
if sys.argv[3] == "backed up":
    backups.copy_book_file = lambda *given: None
try:
    open_book(Path(sys.argv[1]))
except BookUnavailable as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on file sizes is a POSIX one")
@pytest.mark.parametrize(
    ("share", "since", "said"),
    [
        (0.1, "backed up", "Chưa chuyển được sổ"),
        (0.6, "backed up", "Chưa chuyển được sổ"),
        (0.999, "backed up", "Chưa chuyển được sổ"),
        (0.6, "beginning", "phải sao lưu xong mới chuyển"),
    ],
)
def test_disk_filling_up_on_the_way_leaves_the_old_book(
    old_book: Path, share: float, since: str, said: str
) -> None:
    limit = int((old_book / DATABASE).stat().st_size * share)
    command = [sys.executable, "-c", FULL, str(old_book), str(limit), since]

    heard = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert said in heard
    assert files_in(old_book) == {DATABASE}
    assert revision_in(old_book) == "0002"


def test_rows_lost_on_the_way_are_noticed_and_the_old_book_stays(
    old_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = schema.migrate

    def careless(engine: object, revision: str = "head") -> None:
        whole(engine, revision)  # type: ignore[arg-type]
        with writing(engine) as connection:  # type: ignore[arg-type]
            connection.execute(text("DELETE FROM monthly_entry"))

    monkeypatch.setattr(schema, "migrate", careless)

    with pytest.raises(BookUnavailable, match="không khớp với sổ cũ"):
        open_book(old_book)

    assert files_in(old_book) == {DATABASE}
    assert revision_in(old_book) == "0002"


def test_book_that_another_window_looks_at_is_not_swapped_under_it(old_book: Path) -> None:
    engine = open_engine(old_book / DATABASE, demo_keys().data_key)
    with reading(engine) as connection:
        connection.execute(text("SELECT count(*) FROM member")).scalar_one()

        with pytest.raises(BookUnavailable, match="bận ghi ở cửa sổ khác"):
            open_book(old_book)

    engine.dispose()
    assert revision_in(old_book) == "0002"


@pytest.mark.parametrize(("stands", "version"), [(4_001, "4.1 trở lên"), (0, "mới hơn")])
def test_newer_book_names_the_version_it_needs(empty_book: Path, stands: int, version: str) -> None:
    engine = open_engine(empty_book / DATABASE, demo_keys().data_key)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
        connection.execute(text(f"PRAGMA user_version = {stands}"))
    engine.dispose()

    for look in (open_book, look_into_book):
        with pytest.raises(BookUnavailable, match=f"cần bản {version}") as refused:
            look(empty_book)
        assert "đang dùng bản 0." in str(refused.value)
