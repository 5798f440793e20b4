"""How the book's file is opened, what a transaction promises, what the database's errors say to people."""

import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.db.database import file_uri, is_damaged, open_engine, reading, writing
from app.domain.errors import BookUnavailable, Conflict

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(tmp_path / "so.db", None)
    with writing(made) as connection:
        connection.exec_driver_sql("CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT UNIQUE)")
    yield made
    made.dispose()


def count(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM word").scalar_one())


def test_every_connection_checks_references_and_waits_for_the_disk(engine: Engine) -> None:
    for _ in range(2):
        with reading(engine) as one, reading(engine) as other:
            for connection in (one, other):
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
                assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
                assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_reader_sees_one_moment_while_a_writer_commits(engine: Engine) -> None:
    with reading(engine) as reader:
        before = reader.exec_driver_sql("SELECT count(*) FROM word").scalar()
        with writing(engine) as writer:
            writer.exec_driver_sql("INSERT INTO word (text) VALUES ('một')")
        during = reader.exec_driver_sql("SELECT count(*) FROM word").scalar()

    assert (before, during, count(engine)) == (0, 0, 1)


def test_error_inside_a_write_takes_back_rows_and_tables(engine: Engine) -> None:
    def fail_halfway() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("CREATE TABLE extra (id INTEGER)")
            connection.exec_driver_sql("INSERT INTO word (text) VALUES ('một')")
            raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        fail_halfway()

    with reading(engine) as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        assert list(names) == ["word"]
    assert count(engine) == 0


def test_writer_that_reads_first_waits_for_the_one_before_it(engine: Engine) -> None:
    first_has_begun, order = threading.Event(), []

    def slow() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("INSERT INTO word (text) VALUES ('một')")
            first_has_begun.set()
            time.sleep(0.2)
            order.append("slow")

    other = threading.Thread(target=slow)
    other.start()
    assert first_has_begun.wait(5)
    with writing(engine) as connection:
        seen = connection.exec_driver_sql("SELECT count(*) FROM word").scalar()
        connection.exec_driver_sql("INSERT INTO word (text) VALUES ('hai')")
        order.append("second")
    other.join()

    assert (seen, order, count(engine)) == (1, ["slow", "second"], 2)


def test_many_writers_and_readers_at_once_lose_nothing(engine: Engine) -> None:
    def work(name: str) -> None:
        for number in range(10):
            with writing(engine) as connection:
                connection.execute(text("INSERT INTO word (text) VALUES (:t)"), {"t": f"{name}{number}"})
            count(engine)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, "abcd"))

    assert count(engine) == 40


def test_full_disk_keeps_nothing_of_the_write_and_says_so(engine: Engine) -> None:
    with writing(engine) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")

    def save_too_much() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("INSERT INTO word (text) VALUES ('nhỏ')")
            connection.execute(text("INSERT INTO word (text) VALUES (:t)"), {"t": "x" * 100_000})

    with pytest.raises(BookUnavailable, match="đã đầy"):
        save_too_much()

    assert count(engine) == 0
    assert not is_damaged(engine)


def test_collision_is_a_conflict_and_a_mistake_in_our_sql_is_a_bug(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO word (text) VALUES ('một')")

    with pytest.raises(Conflict, match="trùng"), writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO word (text) VALUES ('một')")
    with pytest.raises(OperationalError, match="no such table"), reading(engine) as connection:
        connection.exec_driver_sql("SELECT * FROM absent")


def test_record_still_in_use_is_no_collision(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE line (word_id INTEGER NOT NULL REFERENCES word (id))")
        connection.exec_driver_sql("INSERT INTO word (id, text) VALUES (1, 'một')")
        connection.exec_driver_sql("INSERT INTO line VALUES (1)")

    with pytest.raises(Conflict, match="chỗ khác trong sổ"), writing(engine) as connection:
        connection.exec_driver_sql("DELETE FROM word")


def test_second_writer_kept_waiting_too_long_is_told(tmp_path: Path, engine: Engine) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO word (text) VALUES ('một')")
        other = open_engine(tmp_path / "so.db", None)
        with reading(other) as waiting:
            waiting.exec_driver_sql("PRAGMA busy_timeout = 20")
        with pytest.raises(BookUnavailable, match="đang bận"), writing(other):
            pass
        other.dispose()


@pytest.fixture
def keyed(tmp_path: Path) -> Path:
    path = tmp_path / "khoa.db"
    engine = open_engine(path, KEY)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE word (text TEXT)")
        connection.exec_driver_sql("INSERT INTO word VALUES ('Đồng chí')")
    engine.dispose()
    return path


def test_keyed_file_opens_with_its_key_and_shows_nothing_on_disk(keyed: Path) -> None:
    engine = open_engine(keyed, KEY)
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT text FROM word").scalar() == "Đồng chí"
    engine.dispose()

    content = keyed.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert "Đồng chí".encode() not in content


@pytest.mark.parametrize("key", [OTHER_KEY, None])
def test_wrong_key_says_the_file_cannot_be_read_and_prints_nothing(
    keyed: Path, key: bytes | None, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(keyed, key)

    with pytest.raises(BookUnavailable, match="không đọc được"), reading(engine) as connection:
        connection.exec_driver_sql("SELECT text FROM word").scalar()

    engine.dispose()
    assert capfd.readouterr() == ("", "")


def test_a_book_whose_writer_lost_power_outside_the_log_opens_for_looking_too(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "so.db", KEY)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT)")
    left = tmp_path / "left"
    left.mkdir()
    with engine.connect() as raw:
        driver = raw.connection.driver_connection
        assert driver is not None
        for before in ("PRAGMA journal_mode = DELETE", "PRAGMA cache_size = 1", "BEGIN IMMEDIATE"):
            driver.execute(before)
        driver.executemany("INSERT INTO word (text) VALUES (?)", [("a" * 3000,)] * 50)
        for name in ("so.db", "so.db-journal"):
            shutil.copy(tmp_path / name, left / name)
        driver.execute("ROLLBACK")
    engine.dispose()

    looking = open_engine(left / "so.db", KEY, read_only=True)
    assert count(looking) == 0
    with pytest.raises(BookUnavailable, match="chỉ đọc"), writing(looking) as connection:
        connection.exec_driver_sql("INSERT INTO word (text) VALUES ('b')")
    looking.dispose()


@pytest.mark.parametrize(
    ("place", "uri"),
    [
        (PureWindowsPath(r"\\may-chu\chi bo\so.db"), "file:////may-chu/chi%20bo/so.db?mode=ro"),
        (PureWindowsPath(r"D:\sổ #1\so.db"), "file:D%3A/s%E1%BB%95%20%231/so.db?mode=ro"),
        (PurePosixPath("/mnt/a?b/so.db"), "file:/mnt/a%3Fb/so.db?mode=ro"),
    ],
)
def test_a_book_on_another_pcs_share_is_told_to_sqlite_as_a_file(place: PurePath, uri: str) -> None:
    assert file_uri(place, "mode=ro") == uri


def test_no_error_repeats_what_people_wrote(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "so.db", None)
    with pytest.raises(DBAPIError) as failed, engine.connect() as connection:
        connection.execute(text("INSERT INTO gone VALUES (:words)"), {"words": "Đã học riêng"})
    engine.dispose()

    assert "Đã học riêng" not in str(failed.value)
