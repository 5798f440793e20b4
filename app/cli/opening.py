"""Opening a book without a window: the password comes from a file or a prompt, never from an argument.

What stands in an argument is seen by everybody who lists the programs that run, and kept in the shell's own
history.
"""

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.domain.errors import FileUnreadable, PasswordNeeded, WrongSecret

if TYPE_CHECKING:
    from app.services.workspace import Workspace

R = TypeVar("R")

_TRIES = 3
_LONGEST = 4096
_PROMPT = "Mật khẩu hoặc mã khôi phục: "


def add_password_file(parser: argparse.ArgumentParser) -> None:
    """Let a command take its password from a file."""
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="TỆP",
        help="tệp có mật khẩu hoặc mã khôi phục ở dòng đầu; không có: chương trình hỏi",
    )


def opened_book(folder: Path, password_file: Path | None, *, read_only: bool) -> "Workspace":
    """The book, open; its password is asked for only when it has one that is not everybody's."""
    from app.services.books import open_book
    from app.services.keys import keys_of, unlock

    def opened(secret: str) -> "Workspace":
        unlocked = unlock(keys_of(folder), secret) if secret else None
        return open_book(folder, unlocked=unlocked, read_only=read_only)

    return with_secret(opened, password_file)


def with_secret(work: Callable[[str], R], password_file: Path | None) -> R:
    """Do ``work`` without a secret, and when it asks for one, with the file's or the typed one."""
    try:
        return work("")
    except PasswordNeeded as needed:
        if password_file is not None:
            return work(_first_line(password_file))
        if not sys.stdin.isatty():
            raise PasswordNeeded(f"{needed} Xin dùng --password-file TỆP.") from needed
        print(needed, file=sys.stderr)
        return _asked(work, needed)


def _asked(work: Callable[[str], R], needed: PasswordNeeded) -> R:
    for left in range(_TRIES - 1, -1, -1):
        try:
            secret = getpass.getpass(_PROMPT)
        except EOFError:
            secret = ""
        if not secret:
            raise needed
        try:
            return work(secret)
        except WrongSecret as wrong:
            if not left:
                raise
            print(wrong, file=sys.stderr)
    raise needed


def _first_line(path: Path) -> str:
    """The first line, whatever program ended it; spaces in it belong to the password."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            line = file.readline(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(
            f"Không đọc được mật khẩu trong tệp “{path.name}”. Xin xem lại tên tệp; tệp lưu dạng UTF-8."
        ) from error
    if not line:
        raise FileUnreadable(f"Tệp “{path.name}” không có mật khẩu ở dòng đầu.")
    return line
