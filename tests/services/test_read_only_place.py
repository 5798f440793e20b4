"""A book where the person may not write: a write-protected USB stick, somebody else's folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db.book_folder import DATABASE
from app.services.books import open_book
from app.services.workspace import Workspace
from tests.builders import add_member

ROOT = Path(__file__).parents[2]

# Root may write anywhere, so there the questions are asked as "nobody"; everything is imported before.
AS_A_PERSON = """
import os, sys
from pathlib import Path
from app.domain.errors import UserError
from app.services.books import create_book, look_into_book, open_book, pack_book, unpack_book
from app.services.keys import demo_keys
from app.services.members import list_members
from tests.builders import a_book, add_member
import app.db.schema, sqlalchemy.dialects.sqlite.pysqlite
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
folder = Path(sys.argv[1])
try:
    result = eval(sys.argv[2])
except UserError as error:
    result = f"{type(error).__name__}: {error}"
sys.stdout.write(str(result))
"""


def asked(folder: Path, question: str) -> str:
    """The answer to ``question`` (an expression over ``folder``) in a process that may not write there."""
    command = [sys.executable, "-W", "error", "-c", AS_A_PERSON, str(folder), question]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def protected(ws: Workspace) -> Iterator[Path]:
    """A copy of a book with one member that can be read by everybody and written by nobody."""
    add_member(ws, "Nguyễn Văn An")
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    folder = place / ws.folder.name
    shutil.copytree(ws.folder, folder)  # the book is open: its last rows are still in the -wal file
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(place)


NAMES = "[member.name for member in list_members(open_book(folder, read_only=True))]"


def test_book_that_may_not_be_written_is_refused_for_work_and_offered_to_look_at(protected: Path) -> None:
    answer = asked(protected, "open_book(folder)")

    assert answer.startswith("BookUnavailable: Chưa ghi được vào sổ “dong-tien.neuguong”: máy không cho phép")
    assert "mở được để xem" in answer


def test_book_that_may_not_be_written_shows_also_what_is_still_in_its_side_file(protected: Path) -> None:
    assert (protected / f"{DATABASE}-wal").stat().st_size > 0

    assert asked(protected, NAMES) == "['Nguyễn Văn An']"
    assert asked(protected, "look_into_book(folder).member_count") == "1"


def test_closed_book_in_a_place_without_writing_can_be_looked_at_and_stays_as_it_is(protected: Path) -> None:
    protected.chmod(0o755)
    open_book(protected).close()
    (protected / DATABASE).chmod(0o444)
    protected.chmod(0o555)
    before = {path.name: path.read_bytes() for path in protected.iterdir()}
    assert f"{DATABASE}-wal" not in before

    assert asked(protected, NAMES) == "['Nguyễn Văn An']"
    assert "chỉ xem" in asked(protected, "add_member(open_book(folder, read_only=True), 'Trần Thị Bình')")
    assert {path.name: path.read_bytes() for path in protected.iterdir()} == before


def test_file_alone_write_protected_is_said_before_anything_is_typed(protected: Path) -> None:
    protected.chmod(0o777)
    for path in protected.iterdir():
        path.chmod(0o666)
    (protected / DATABASE).chmod(0o444)

    answer = asked(protected, "open_book(folder)")

    assert "chỉ đọc, chưa ghi được" in answer
    assert asked(protected, NAMES) == "['Nguyễn Văn An']"


def test_new_book_in_a_place_without_writing_is_refused_with_the_reason(protected: Path) -> None:
    answer = asked(protected, "create_book(folder / 'mới', a_book(), demo_keys())")

    assert answer.startswith("FileUnwritable: Không lập được sổ ở")
    assert "máy không cho phép" in answer


def test_book_is_packed_from_and_never_into_a_place_without_writing(protected: Path, tmp_path: Path) -> None:
    answer = asked(protected, "pack_book(open_book(folder, read_only=True), folder / 'chép')")

    assert answer.startswith("FileUnwritable: Không chép được sổ")
    assert [path.name for path in protected.iterdir() if "chép" in path.name] == []


def test_file_that_may_not_even_be_read_is_named(protected: Path) -> None:
    (protected / DATABASE).chmod(0o000)

    assert asked(protected, "open_book(folder, read_only=True)").startswith("BookUnavailable: Không mở được")


def test_folder_is_really_closed_to_the_person_asking(protected: Path) -> None:
    if os.geteuid() == 0:
        assert asked(protected, "os.geteuid()") == "65534"
    assert asked(protected, "os.access(folder, os.W_OK)") == "False"
