"""Making, opening, copying and closing a book, and everything that can be wrong with one."""

import logging
import shutil
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.db import schema, tables
from app.db.book_folder import DATABASE, NOTE, BookLock, make_folder
from app.db.database import open_engine
from app.domain.errors import (
    BookInUse,
    BookUnavailable,
    FileUnreadable,
    FileUnwritable,
    NotAllowed,
    UserError,
    ValidationFailed,
)
from app.services.books import (
    create_book,
    look_into_book,
    open_book,
    pack_book,
    unpack_book,
)
from app.services.cells import closed_years, get_cell
from app.services.health import check_book
from app.services.keys import demo_keys
from app.services.members import list_members
from app.services.workspace import Workspace
from app.services.year_closing import reopen_year
from tests.book_fixtures import FakeClock
from tests.builders import a_book, add_member, lock_year


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def change_raw(folder: Path, *statements: str) -> None:
    """Change a closed book as no program of ours does."""
    engine = open_engine(folder / DATABASE, demo_keys().data_key)
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        for statement in statements:
            raw.execute(statement)
        raw.execute("PRAGMA journal_mode = DELETE")
    engine.dispose()


def names_in(folder: Path) -> list[str]:
    workspace = open_book(folder)
    try:
        return [member.name for member in list_members(workspace)]
    finally:
        workspace.close()


# Making


def test_new_book_opens_with_what_was_asked_and_a_note_for_people(tmp_path: Path) -> None:
    made = create_book(
        tmp_path / "Đồng Tiến", a_book(own="Chi  bộ thôn Đồng Tiến "), demo_keys(), FakeClock()
    )

    cell = get_cell(made)
    assert made.folder.name == "Đồng Tiến.neuguong"
    assert (cell.names[0].upper, cell.names[0].own) == ("ĐẢNG BỘ XÃ HÒA SƠN", "Chi bộ thôn Đồng Tiến")
    assert cell.first_year == 2025
    assert "không xóa" in (made.folder / NOTE).read_text(encoding="utf-8-sig")
    made.close()


def test_new_book_without_its_header_lines_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ValidationFailed) as caught:
        create_book(tmp_path / "so", a_book(own="", place=" ", year=2031), demo_keys(), FakeClock())

    assert [problem.field for problem in caught.value.problems] == ["own", "place", "year"]
    assert list(tmp_path.iterdir()) == []


def test_new_book_never_lands_on_an_old_one(empty_book: Path) -> None:
    before = content_of(empty_book)

    with pytest.raises(FileUnwritable, match="đặt tên khác"):
        create_book(empty_book, a_book(), demo_keys(), FakeClock())

    assert content_of(empty_book) == before


def test_book_that_cannot_be_finished_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "migrations", lambda: tmp_path / "không có")

    with pytest.raises(Exception, match="không có"):
        create_book(tmp_path / "so", a_book(), demo_keys(), FakeClock())

    assert list(tmp_path.iterdir()) == []


def test_book_under_a_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("x", encoding="utf-8")

    with pytest.raises(FileUnwritable, match="Không lập được sổ"):
        make_folder(tmp_path / "tệp" / "so.neuguong")


# Opening


def test_second_window_is_refused_and_may_still_look(ws: Workspace) -> None:
    add_member(ws, "Nguyễn Văn An")

    with pytest.raises(BookInUse, match="cửa sổ khác"):
        open_book(ws.folder)
    looking = open_book(ws.folder, read_only=True)

    assert [member.name for member in list_members(looking)] == ["Nguyễn Văn An"]
    with pytest.raises(BookUnavailable, match="chỉ xem"):
        add_member(looking, "Trần Thị Bình")
    looking.close()
    assert [member.name for member in list_members(ws)] == ["Nguyễn Văn An"]


def test_window_that_looks_sees_what_the_other_saves_meanwhile(ws: Workspace) -> None:
    looking = open_book(ws.folder, read_only=True)

    add_member(ws, "Nguyễn Văn An")

    assert [member.name for member in list_members(looking)] == ["Nguyễn Văn An"]
    looking.close()


def test_closed_book_can_be_written_by_the_next_window(empty_book: Path) -> None:
    open_book(empty_book).close()

    workspace = open_book(empty_book)

    add_member(workspace, "Nguyễn Văn An")
    workspace.close()


def test_refused_book_is_not_kept_locked(empty_book: Path) -> None:
    whole = (empty_book / DATABASE).read_bytes()
    (empty_book / DATABASE).write_bytes(b"x" * 5000)
    with pytest.raises(BookUnavailable):
        open_book(empty_book)

    (empty_book / DATABASE).write_bytes(whole)
    BookLock(empty_book).release()
    open_book(empty_book).close()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "rỗng"),
        ("Chi bộ thôn Đồng Tiến\n".encode() * 100, "không đọc được"),
        (b"SQLite format 3\x00" + b"\x00" * 4080, "không phải là sổ|không đọc được|hỏng"),
        (bytes(range(256)) * 64, "không đọc được"),
    ],
)
def test_file_that_is_no_database_is_named_and_left_as_it_is(
    empty_book: Path, content: bytes, sentence: str
) -> None:
    (empty_book / DATABASE).write_bytes(content)

    with pytest.raises(BookUnavailable, match=sentence):
        open_book(empty_book)

    with pytest.raises(BookUnavailable):
        look_into_book(empty_book)
    assert (empty_book / DATABASE).read_bytes() == content


def test_database_of_another_program_is_refused_and_not_touched(empty_book: Path) -> None:
    (empty_book / DATABASE).unlink()
    foreign = sqlite3.connect(empty_book / DATABASE)
    foreign.execute("CREATE TABLE member (id TEXT)")
    foreign.commit()
    foreign.close()
    before = (empty_book / DATABASE).read_bytes()

    with pytest.raises(BookUnavailable, match="không phải là sổ của chương trình này"):
        open_book(empty_book)
    with pytest.raises(BookUnavailable, match="không phải là sổ"):
        look_into_book(empty_book)

    assert (empty_book / DATABASE).read_bytes() == before


def test_book_of_a_newer_program_is_refused_and_not_touched(empty_book: Path) -> None:
    change_raw(empty_book, "UPDATE alembic_version SET version_num = '0999'", "DROP TABLE cell_name")
    before = (empty_book / DATABASE).read_bytes()

    for look in (open_book, look_into_book):
        with pytest.raises(BookUnavailable, match="bản chương trình mới hơn"):
            look(empty_book)

    assert (empty_book / DATABASE).read_bytes() == before


def test_book_that_was_never_finished_is_named(empty_book: Path) -> None:
    change_raw(empty_book, "PRAGMA foreign_keys = OFF", "DELETE FROM cell")
    change_raw(
        empty_book,
        *(f"DELETE FROM {table}" for table in ("cell_name", "year_state", "key_holder", "security")),
    )

    for look in (open_book, look_into_book):
        with pytest.raises(BookUnavailable, match="chưa lập xong"):
            look(empty_book)


def test_folder_that_is_missing_or_no_folder_or_no_book_is_named(tmp_path: Path) -> None:
    (tmp_path / "danh sách.xlsx").write_bytes(b"x")
    (tmp_path / "ảnh").mkdir()

    for name, sentence in [
        ("mất.neuguong", "Không thấy sổ.*USB"),
        ("danh sách.xlsx", "không phải là một cuốn sổ"),
        ("ảnh", "không phải là sổ"),
    ]:
        with pytest.raises(BookUnavailable, match=sentence):
            open_book(tmp_path / name)


def test_book_copied_by_half_is_named(empty_book: Path) -> None:
    (empty_book / DATABASE).unlink()

    with pytest.raises(BookUnavailable, match="mới chép được một nửa"):
        open_book(empty_book)


def test_what_is_wrong_with_a_damaged_file_is_noted_and_not_said(
    empty_book: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    folder = empty_book
    change_raw(folder, "PRAGMA foreign_keys = OFF", "UPDATE year_state SET cell_id = 'gone'")
    ws = open_book(folder, check=False)
    found = check_book(ws).findings
    ws.close()

    with pytest.raises(BookUnavailable) as refused:
        open_book(folder)

    assert str(refused.value) == (
        f"Sổ “{folder.name}” bị hỏng. Xin giữ nguyên thư mục này và mở một bản sao cũ hơn."
    )
    assert any("bản sao cũ hơn" in finding.sentence for finding in found)
    assert "foreign key ('year_state'" in caplog.text


def test_book_cut_in_the_middle_is_called_damaged(empty_book: Path) -> None:
    content = (empty_book / DATABASE).read_bytes()
    (empty_book / DATABASE).write_bytes(content[: len(content) // 2])

    with pytest.raises(BookUnavailable, match="hỏng"):
        open_book(empty_book)


def test_damage_that_is_no_text_is_called_damage_too(empty_book: Path) -> None:
    spoil = (
        "UPDATE sqlite_master SET sql = CAST(x'435245415445D2' AS TEXT) || substr(sql, 8) WHERE name = 'cell'"
    )
    change_raw(empty_book, "PRAGMA writable_schema = ON", spoil)

    with pytest.raises(BookUnavailable, match="hỏng"):
        open_book(empty_book)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=20)
)
def test_flipped_bytes_are_told_or_harmless_but_never_a_crash(
    flips: list[tuple[float, int]], template_book: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("flip") / "so.neuguong"
    shutil.copytree(template_book, folder)
    content = bytearray((folder / DATABASE).read_bytes())
    for place, change in flips:
        content[int(place * len(content))] ^= change
    (folder / DATABASE).write_bytes(content)

    try:
        workspace = open_book(folder)
    except BookUnavailable as error:
        sentence = str(error)
    else:
        workspace.close()
        sentence = "Mở được."
    assert sentence.endswith(".")


def test_recent_books_say_whose_book_it_is_without_taking_it(ws: Workspace) -> None:
    add_member(ws, "Nguyễn Văn An")

    facts = look_into_book(ws.folder)

    assert (facts.upper, facts.own, facts.member_count) == (
        "ĐẢNG BỘ XÃ HÒA SƠN",
        "CHI BỘ THÔN ĐỒNG TIẾN",
        1,
    )


# Copying


def test_packed_book_holds_what_is_not_yet_in_the_main_file(ws: Workspace, tmp_path: Path) -> None:
    add_member(ws, "Nguyễn Văn An")
    assert (ws.folder / f"{DATABASE}-wal").stat().st_size > 0

    packed = pack_book(ws, tmp_path / "chép.zip")
    unpacked = unpack_book(packed, tmp_path / "máy khác")

    assert packed.name == "chép.neuguong.zip"
    assert unpacked.name == ws.folder.name
    assert names_in(unpacked) == ["Nguyễn Văn An"]
    assert (unpacked / NOTE).exists()


def test_packing_leaves_only_the_one_file_and_the_book_goes_on(ws: Workspace, tmp_path: Path) -> None:
    before = {path.name for path in ws.folder.iterdir()}
    (tmp_path / "ra").mkdir()

    pack_book(ws, tmp_path / "ra" / "so.neuguong.zip")
    pack_book(ws, tmp_path / "ra" / "so.neuguong.zip")

    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["so.neuguong.zip"]
    assert {path.name for path in ws.folder.iterdir()} == before
    add_member(ws, "Nguyễn Văn An")


def test_book_only_looked_at_can_be_packed_too(ws: Workspace, tmp_path: Path) -> None:
    looking = open_book(ws.folder, read_only=True)

    packed = pack_book(looking, tmp_path / "xem")

    looking.close()
    assert zipfile.is_zipfile(packed)


def test_packing_to_a_place_that_is_not_there_says_so_and_leaves_nothing(
    ws: Workspace, tmp_path: Path
) -> None:
    before = {path.name for path in ws.folder.iterdir()}

    with pytest.raises(FileUnwritable, match="Không chép được sổ"):
        pack_book(ws, tmp_path / "không có" / "so.neuguong.zip")

    assert {path.name for path in ws.folder.iterdir()} == before


def test_unpacking_twice_makes_two_books_and_changes_neither(ws: Workspace, tmp_path: Path) -> None:
    packed = pack_book(ws, tmp_path / "so")
    first = unpack_book(packed, tmp_path / "máy khác")
    before = content_of(first)

    second = unpack_book(packed, tmp_path / "máy khác")

    assert (first.name, second.name) == ("dong-tien.neuguong", "dong-tien (2).neuguong")
    assert content_of(first) == before
    assert names_in(second) == []


def test_what_is_no_packed_book_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "khác.zip", "w") as archive:
        archive.writestr("ghi chú.txt", "x")
    (tmp_path / "chữ.zip").write_text("không phải zip", encoding="utf-8")

    for name in ("khác.zip", "chữ.zip", "mất.zip"):
        with pytest.raises(FileUnreadable, match=name):
            unpack_book(tmp_path / name, tmp_path / "vào")

    assert not (tmp_path / "vào").exists()


def test_packed_book_cut_short_is_named_and_leaves_nothing(ws: Workspace, tmp_path: Path) -> None:
    packed = pack_book(ws, tmp_path / "so")
    packed.write_bytes(packed.read_bytes()[:-500])

    with pytest.raises(FileUnreadable, match="chép chưa hết"):
        unpack_book(packed, tmp_path / "vào")

    assert not (tmp_path / "vào").exists()


@pytest.fixture(scope="session")
def packed_template(template_book: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("packed")
    shutil.copytree(template_book, folder / "so.neuguong")
    workspace = open_book(folder / "so.neuguong")
    packed = pack_book(workspace, folder / "so")
    workspace.close()
    return packed.read_bytes()


@settings(max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255), near_end=st.booleans())
def test_packed_book_with_a_wrong_byte_is_told_or_comes_out_whole(
    place: float,
    change: int,
    near_end: bool,
    packed_template: bytes,
    template_book: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("wrong")
    content = bytearray(packed_template)
    reach = 400 if near_end else len(content)
    content[len(content) - 1 - int(place * reach)] ^= change
    (folder / "so.neuguong.zip").write_bytes(content)

    try:
        unpacked = unpack_book(folder / "so.neuguong.zip", folder / "vào")
    except UserError:
        assert not (folder / "vào").exists() or not list((folder / "vào").iterdir())
    else:
        workspace = open_book(unpacked)
        assert get_cell(workspace).names[0].own == "CHI BỘ THÔN ĐỒNG TIẾN"
        workspace.close()


def test_unpacking_where_nothing_can_be_written_says_so_and_leaves_nothing(
    ws: Workspace, tmp_path: Path
) -> None:
    packed = pack_book(ws, tmp_path / "so")
    (tmp_path / "vào").write_text("một tệp, không phải thư mục", encoding="utf-8")

    with pytest.raises(FileUnwritable):
        unpack_book(packed, tmp_path / "vào")


# Years


@pytest.fixture
def closed(secretary_ws: Workspace) -> Workspace:
    lock_year(secretary_ws, 2025, date(2026, 1, 20))
    return secretary_ws


def test_closed_year_is_known_and_reopened_with_a_reason(closed: Workspace) -> None:
    assert closed_years(closed) == {2025}

    reopen_year(closed, 2025, "Đảng ủy yêu cầu bổ sung")

    assert closed_years(closed) == frozenset()
    with closed.read() as tx:
        row = tx.first(select(tables.year_state).where(tables.year_state.c.year == 2025))
    assert row is not None
    assert row.note == "Đảng ủy yêu cầu bổ sung"


def test_year_is_not_reopened_without_a_reason(closed: Workspace) -> None:
    with pytest.raises(ValidationFailed, match="lý do"):
        reopen_year(closed, 2025, "  ")

    assert closed_years(closed) == {2025}


def test_year_nobody_wrote_in_yet_can_be_closed(secretary_ws: Workspace) -> None:
    lock_year(secretary_ws, 2024, date(2025, 1, 20))

    assert closed_years(secretary_ws) == {2024}


def test_member_closes_and_reopens_no_year(plain_ws: Workspace, closed: Workspace) -> None:
    with pytest.raises(NotAllowed):
        lock_year(plain_ws, 2026, date(2026, 3, 1))
    with pytest.raises(NotAllowed):
        reopen_year(plain_ws, 2025, "thử")

    assert closed_years(closed) == {2025}


def test_time_of_writing_is_kept_by_the_clock_of_the_book(ws: Workspace) -> None:
    add_member(ws, "Nguyễn Văn An")

    with ws.read() as tx:
        at = tx.connection.execute(text("SELECT at FROM action ORDER BY seq DESC LIMIT 1")).scalar()
    assert at == "2026-03-20 08:30:00"
