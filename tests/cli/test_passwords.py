"""A locked book on the command line: the password from a file or typed, never seen in an argument."""

import os
import pty
import subprocess
import sys
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest

from app.__main__ import main
from app.db.key_slots import KdfCost
from app.services.books import create_book
from app.services.keys import NewKeys, new_keys
from tests.builders import a_book

ROOT = Path(__file__).parents[2]
PHRASE = "trâu ra bờ giếng"
GOOD = ROOT / "tests" / "samples" / "danh-sach-dang-vien.xlsx"


@pytest.fixture(scope="module")
def keys() -> NewKeys:
    return new_keys(PHRASE, datetime(2026, 3, 20, 8, 0), KdfCost())


@pytest.fixture
def book(tmp_path: Path, keys: NewKeys) -> Path:
    ws = create_book(tmp_path / "so", a_book(), keys)
    ws.close()
    return ws.folder


def secret_in(folder: Path, content: str, encoding: str = "utf-8") -> str:
    path = folder / "mat-khau.txt"
    path.write_bytes(content.encode(encoding))
    return str(path)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (PHRASE, "utf-8"),
        (f"{PHRASE}\r\ndòng sau không tính\r\n", "utf-8"),
        (f"{PHRASE}\n", "utf-8-sig"),
        (unicodedata.normalize("NFD", PHRASE), "utf-8"),
    ],
)
def test_the_first_line_of_a_file_opens_the_book(
    book: Path, tmp_path: Path, content: str, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(book), "--password-file", secret_in(tmp_path, content, encoding)]) == 0
    assert "Sổ đọc tốt" in capsys.readouterr().out


def test_the_recovery_code_opens_it_too(book: Path, tmp_path: Path, keys: NewKeys) -> None:
    secret = secret_in(tmp_path, keys.recovery_code.lower().replace("-", " "))

    assert main(["check", str(book), "--password-file", secret]) == 0


def test_every_command_on_a_book_takes_the_file(book: Path, tmp_path: Path) -> None:
    secret = ["--password-file", secret_in(tmp_path, PHRASE)]
    target = str(tmp_path / "to.pdf")

    assert main(["import-members", str(GOOD), "--book", str(book), *secret]) == 0
    assert (
        main(["print", "review", "--book", str(book), "--year", "2025", "--blank", "-o", target, *secret])
        == 0
    )
    assert Path(target).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("content", ["sai mật khẩu", "", "\n" + PHRASE])
def test_a_wrong_or_empty_file_is_told(
    book: Path, tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(book), "--password-file", secret_in(tmp_path, content)]) == 1
    said = capsys.readouterr().err
    assert "chưa đúng" in said or "không có mật khẩu ở dòng đầu" in said
    assert not content or content not in said


def test_a_file_that_is_not_there_is_told(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(book), "--password-file", str(book / "khong-co.txt")]) == 1
    assert "Không đọc được mật khẩu" in capsys.readouterr().err


def test_the_sample_opens_without_a_question_whatever_is_given(
    empty_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    looked_at = 3  # the book of this test is old and was never backed up
    assert main(["check", str(empty_book)]) == looked_at
    given = ["--password-file", secret_in(tmp_path, "gì cũng được")]
    assert main(["check", str(empty_book), *given]) == looked_at
    assert capsys.readouterr().err == ""


def test_in_a_pipe_the_way_out_is_named(book: Path) -> None:
    command = [sys.executable, "-m", "app", "check", str(book)]

    done = subprocess.run(command, cwd=ROOT, input=f"{PHRASE}\n", capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "--password-file" in done.stderr


def test_at_a_console_it_is_asked_for_without_showing_it_and_again_when_wrong(book: Path) -> None:
    command = [sys.executable, "-m", "app", "check", str(book)]
    console, inside = pty.openpty()
    program = subprocess.Popen(
        command, cwd=ROOT, stdin=inside, stdout=inside, stderr=inside, start_new_session=True
    )
    os.close(inside)
    said, answers = "", ["sai mật khẩu", PHRASE]
    while True:
        try:
            said += os.read(console, 4096).decode(errors="replace")
        except OSError:
            break
        if answers and said.rstrip().endswith("khôi phục:"):
            os.write(console, f"{answers.pop(0)}\n".encode())
            said += "|"
    os.close(console)

    assert program.wait() == 0
    assert said.count("Mật khẩu hoặc mã khôi phục:") == 2
    assert "chưa đúng" in said
    assert PHRASE not in said
    assert "Sổ đọc tốt" in said


def test_the_sample_never_takes_the_place_of_a_locked_book(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    book.rename(out / "so-mau.neuguong")

    assert main(["demo", "--out", str(out)]) == 1
    assert "một cuốn sổ thật" in capsys.readouterr().err
