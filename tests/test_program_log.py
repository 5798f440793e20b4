"""The log turns over, holds no words of a book, and catches what the driver prints by itself."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.program_log import (
    FILE,
    LEFT_OUT,
    NATIVE,
    ProgramLog,
    log_text,
    short_path,
    technical,
    where_it_broke,
)

ROOT = Path(__file__).parents[1]
SECRET = "Bùi Thị Lành nợ quỹ khuyến học"


def record(message: str, *given: object) -> logging.LogRecord:
    return logging.LogRecord("app.db", logging.INFO, "", 0, message, given, None)


def test_the_log_turns_over_in_three_pieces(tmp_path: Path) -> None:
    log = ProgramLog(tmp_path / FILE)
    for number in range(9000):
        log.handle(record("%d %s", number, "x" * 250))
    log.close()

    pieces = sorted(path.name for path in tmp_path.iterdir())
    assert pieces == [FILE, f"{FILE}.1", f"{FILE}.2"]
    assert all(path.stat().st_size <= 500_000 for path in tmp_path.iterdir())
    assert "8999 x" in log_text(tmp_path).splitlines()[-1]


def test_a_piece_that_cannot_be_moved_goes_on_growing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = ProgramLog(tmp_path / FILE)

    def held(*_names: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.rename", held)
    for number in range(3000):
        log.handle(record("%d %s", number, "x" * 250))
    log.close()

    assert "2999 x" in (tmp_path / FILE).read_text(encoding="utf-8")


def test_words_of_people_are_left_out_wherever_they_come_from(tmp_path: Path) -> None:
    log = ProgramLog(tmp_path / FILE)
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        found = (type(error), error, error.__traceback__)
        log.handle(logging.LogRecord("app", logging.ERROR, "", 0, f"no: {SECRET}", None, found))
    log.close()

    said = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "Lành" not in said
    assert LEFT_OUT in said
    assert "builtins.ValueError" in said
    assert "tests/test_program_log.py" in said


@given(st.text())
def test_what_may_stand_in_the_log_is_plain_ascii(text: str) -> None:
    assert all(line.isascii() and len(line) <= 300 for line in technical(text).splitlines())


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("C:\\Users\\Nguyen Van An\\AppData\\so\\app\\ui\\start.py", "app/ui/start.py"),
        (
            "/home/an/.venv/lib/python3.11/site-packages/sqlalchemy/engine/base.py",
            "sqlalchemy/engine/base.py",
        ),
        ("/home/an/app.py", "app.py"),
        ("/home/Lành/ghi chú.py", LEFT_OUT),
        ("<string>", "<string>"),
    ],
)
def test_paths_are_shown_without_whose_pc_it_is(path: str, shown: str) -> None:
    assert short_path(path) == shown


def test_an_endless_chain_of_errors_ends() -> None:
    error = ValueError()
    other = KeyError()
    error.__context__, other.__context__ = other, error

    assert len(list(where_it_broke(error))) == 12


PRINTS = """
import os, sys
from pathlib import Path
from app.program_log import catch_native_lines
catch_native_lines(Path(sys.argv[1]))
os.write(2, b"ERROR CORE sqlcipher_page_cipher: hmac check failed\\n")
print("for who started it", file=sys.stderr)
import faulthandler
faulthandler._sigsegv()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends the program there in another way")
def test_what_the_driver_prints_and_where_the_interpreter_died_is_kept(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PRINTS, str(tmp_path)]

    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    kept = (tmp_path / NATIVE).read_text(encoding="utf-8")
    assert ended.returncode != 0
    assert ended.stderr == "for who started it\n"
    assert "hmac check failed" in kept
    assert "Segmentation fault" in kept
    assert "hmac check failed" in log_text(tmp_path)
