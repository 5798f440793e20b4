"""What a child does until it is killed: work, an old book brought up, a plain one encrypted, keys changed."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.db.key_slots import KdfCost
from app.domain.errors import BookUnavailable, PlainBook, WrongSecret
from app.services.book_conversion import convert_plain_book, settle_original
from app.services.key_holders import change_own_password
from app.services.key_replacement import replace_data_key
from app.services.keys import NewKeys, demo_keys, keys_of, new_keys, unlock
from app.services.workspace import Workspace
from benchmarks.faults import shim
from benchmarks.faults.cell import StillClock, cast_of, make_cell, opened, seated
from benchmarks.faults.old_books import make_old_book, make_plain_book
from benchmarks.faults.session import Session, Told

_WORK_BETWEEN = 4


def _teller(told: str) -> Callable[[Told | None], None]:
    """Tells into a file that outlives the process, or into the disk's journal; None: the child is alive."""
    if not told:
        return lambda action: shim.note(action.as_text() if action else "")
    handle = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def say(action: Told | None) -> None:
        os.write(handle, f"{action.as_text() if action else ''}\n".encode())

    return say


def work(folder: str, lists: str, told: str, seed: int, steps: int) -> None:
    """A morning's work."""
    say = _teller(told)
    with closing(opened(Path(folder))) as ws:
        say(None)
        Session(ws, Path(lists), seed, say).run(steps)


def bring_up(folder: str, lists: str, told: str, seed: int, steps: int) -> None:
    """Open a book of an earlier version, then work."""
    say = _teller(told)
    say(None)
    with closing(opened(Path(folder))) as ws:
        Session(ws, Path(lists), seed, say).run(steps)


def encrypt(folder: str, lists: str, told: str, seed: int, steps: int) -> None:
    """Encrypt a plain book of an earlier version, then work."""
    say = _teller(told)
    say(None)
    with closing(opened_or_encrypted(Path(folder))) as ws:
        Session(ws, Path(lists), seed, say).run(steps)


def opened_or_encrypted(folder: Path) -> Workspace:
    """What the window does with a book that may be plain, or half way."""
    try:
        ws = opened(folder)
    except PlainBook:
        convert_plain_book(folder, demo_keys(), pins_required=False, clock=StillClock())
        return opened(folder)
    settle_original(folder, clock=StillClock())
    return ws


def change_keys(folder: str, lists: str, told: str, seed: int, steps: int) -> None:
    """Work, and between it change the password and the data key again and again."""
    say = _teller(told)
    place = Path(folder)
    ws = seated_by_password(place, password(0))
    say(None)
    session = Session(ws, Path(lists), seed, say)
    for number in range(1, 1 + steps // _WORK_BETWEEN):
        change_own_password(session.ws, password(number - 1), password(number))
        session.tell("password", str(number))
        session.run(_WORK_BETWEEN)
        session.ws = replace_data_key(session.ws)
        session.tell("key", str(number))
        session.run(_WORK_BETWEEN)
    session.ws.close()


def password(number: int) -> str:
    """The password a book has after so many changes."""
    return f"mật khẩu thứ {number} của cuốn sổ"


def keys_with_password() -> NewKeys:
    """Keys opened by the first password; as cheap as they may be."""
    return new_keys(password(0), StillClock().now(), KdfCost())


def seated_by_password(folder: Path, word: str) -> Workspace:
    """The book opened by its password, the secretary seated."""
    ws = opened(folder, unlock(keys_of(folder), word))
    return seated(ws, cast_of(ws))


def opened_by_last_password(folder: Path, told: tuple[Told, ...]) -> Workspace:
    """By the password last told, or the one that was on its way."""
    number = max((int(each.what) for each in told if each.act == "password"), default=0)
    try:
        return opened(folder, unlock(keys_of(folder), password(number)))
    except WrongSecret:
        return opened(folder, unlock(keys_of(folder), password(number + 1)))


class OpenAfter(Protocol):
    """How a book is opened once its child was killed; ``told`` is what the child told."""

    def __call__(self, folder: Path, told: tuple[Told, ...]) -> Workspace: ...


def _simply_opened(folder: Path, told: tuple[Told, ...]) -> Workspace:
    return opened(folder)


def _encrypted_or_opened(folder: Path, told: tuple[Told, ...]) -> Workspace:
    ws = opened_or_encrypted(folder)
    plain = [path.name for path in folder.iterdir() if path.read_bytes()[:15] == b"SQLite format 3"]
    if plain:
        ws.close()
        raise BookUnavailable(f"còn tệp chưa khóa: {', '.join(plain)}")
    return ws


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of child: what it does, on which book, and how its book is opened afterwards."""

    words: str
    function: Callable[[str, str, str, int, int], None]
    make_book: Callable[[Path], Path]
    open_after: OpenAfter
    share: float


JOBS = {
    "work": Job("lưu, gửi, xác nhận, nhập, sao lưu", work, make_cell, _simply_opened, 0.6),
    "bring_up": Job("chuyển sổ của bản cũ", bring_up, make_old_book, _simply_opened, 0.14),
    "encrypt": Job("khóa sổ chưa mã hóa", encrypt, make_plain_book, _encrypted_or_opened, 0.13),
    "change_keys": Job(
        "đổi mật khẩu và thay khóa của sổ",
        change_keys,
        lambda place: make_cell(place, keys_with_password()),
        opened_by_last_password,
        0.13,
    ),
}


if __name__ == "__main__":
    name, folder, lists, seed, steps = sys.argv[1:]
    JOBS[name].function(folder, lists, "", int(seed), int(steps))
