"""Backups from the command line: made, listed, brought back; a password is never an argument."""

from datetime import datetime
from pathlib import Path

import pytest

from app.__main__ import main
from app.db.book_folder import DATABASE
from app.db.key_slots import KdfCost
from app.services.books import create_book, open_book
from app.services.keys import demo_keys, new_keys
from tests.builders import a_book

PASSWORD = "lúa chín vàng đồng"


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backups of each test lie apart."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "du-lieu"))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book that opens without a question."""
    ws = create_book(tmp_path / "so", a_book(), demo_keys())
    ws.close()
    return ws.folder


@pytest.fixture
def locked_book(tmp_path: Path) -> Path:
    """A closed book with a password."""
    ws = create_book(tmp_path / "co-khoa", a_book(), new_keys(PASSWORD, datetime(2026, 3, 1, 8), KdfCost()))
    ws.close()
    return ws.folder


def test_a_dead_book_comes_back_by_its_number_in_the_list(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(book)]) == 0
    (book / DATABASE).write_bytes(b"dead")
    assert main(["backups", str(book)]) == 0
    said = capsys.readouterr().out
    assert "do đồng chí sao lưu, 0 đảng viên" in said

    assert main(["restore", str(book), "--from", "1"]) == 0

    assert "Đã khôi phục sổ từ bản sao" in capsys.readouterr().out
    open_book(book).close()


def test_a_number_that_is_not_in_the_list_is_said(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backups", str(book)]) == 0
    assert "Chưa có bản sao nào" in capsys.readouterr().out
    assert main(["restore", str(book), "--from", "3"]) == 1
    assert "Không có bản sao số 3" in capsys.readouterr().err


def test_a_locked_book_takes_its_password_from_a_file(
    locked_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "mat-khau.txt"
    secret.write_text(f"{PASSWORD}\n", encoding="utf-8")

    assert main(["backup", str(locked_book)]) == 1
    assert "--password-file" in capsys.readouterr().err
    assert main(["backup", str(locked_book), "--password-file", str(secret)]) == 0
    (locked_book / DATABASE).unlink()
    assert main(["restore", str(locked_book), "--from", "1", "--password-file", str(secret)]) == 0
    assert "Từ nay" not in capsys.readouterr().out


def test_a_password_file_that_cannot_be_read_is_named(
    locked_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(locked_book), "--password-file", str(tmp_path / "khong-co.txt")]) == 1
    assert "khong-co.txt" in capsys.readouterr().err
