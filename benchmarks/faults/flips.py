"""One flipped byte at many places of a book, a backup, the key files and the WAL of a killed writer.

Found means: refused at opening, told by the check of the file, or mended from the second copy. What is worse
than not found is to be shown as data: everything read is compared with what was there before.
"""

import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from app.db import key_file
from app.db.book_folder import DATABASE
from app.db.database import is_damaged
from app.domain.errors import UserError
from app.services.books import pack_book, unpack_book
from benchmarks.faults.cell import Contents, contents, contents_of, make_cell, opened
from benchmarks.faults.nursery import Nursery
from benchmarks.faults.outcome import Line, Plan, summed
from benchmarks.faults.session import Session, make_lists, told_in

FULL = 500
_ACTS_BEFORE_THE_KILL = 40
_WAL = DATABASE + "-wal"

Trial = Callable[[Path], str]


def run(plan: Plan) -> tuple[Line, ...]:
    """One line for each kind of file."""
    place = plan.folder("flips")
    make_lists(plan.folder("lists"))
    folder = make_cell(place / "template")
    with closing(opened(folder)) as ws:
        Session(ws, plan.folder("lists"), plan.seed, lambda _told: None).run(30)
        packed = pack_book(ws, place / "ban-chep")
    known = contents(folder)
    return (
        _line(plan, "sổ (so.db)", folder, DATABASE, lambda copy: _read_book(copy, known)),
        _backup(plan, packed, known),
        *(_line(plan, f"tệp khóa ({name})", folder, name, _mends(folder, known)) for name in key_file.NAMES),
        _wal(plan, place),
    )


def _line(plan: Plan, what: str, folder: Path, name: str, trial: Trial, end: int | None = None) -> Line:
    begun = time.perf_counter()
    whole = (folder / name).read_bytes()
    problems: list[str] = []
    flips = plan.times(FULL)
    for number, (at, flipped) in enumerate(_flipped(whole[:end], random.Random(plan.seed), flips)):
        copy = Path(shutil.copytree(folder, plan.folder("flips") / f"copy-{number}" / folder.name))
        (copy / name).write_bytes(flipped + (whole[end:] if end else b""))
        if said := trial(copy):
            problems.append(f"byte {at}: {said}")
        shutil.rmtree(copy.parent)
    return _told(what, flips, problems, time.perf_counter() - begun)


def _told(what: str, flips: int, problems: list[str], seconds: float) -> Line:
    return Line(
        f"flips {what}",
        f"Một byte bị đổi ở một chỗ bất kỳ của {what}",
        flips,
        "lần không phát hiện, hoặc chữ sai hiện ra như thật",
        str(len(problems)),
        not problems,
        seconds,
        summed(problems),
    )


def _flipped(whole: bytes, chance: random.Random, count: int) -> Iterator[tuple[int, bytes]]:
    for _ in range(count):
        at = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[at] ^= chance.randrange(1, 256)
        yield at, bytes(changed)


def _read_book(folder: Path, known: Contents) -> str:
    """What is wrong with how a damaged book was taken; nothing when the damage was found."""
    try:
        with closing(opened(folder)) as ws:
            shown = contents_of(ws)
            with ws.read() as tx:
                broken = tx.connection.exec_driver_sql("PRAGMA cipher_integrity_check").first()
            found = is_damaged(ws.engine) or broken is not None
    except UserError:
        return ""
    if shown != known:
        return "đọc ra khác với trước khi hỏng"
    return "" if found else "không phát hiện"


def _mends(sound: Path, known: Contents) -> Trial:
    def trial(folder: Path) -> str:
        if contents(folder) != known:
            return "đọc ra khác với trước khi hỏng"
        alike = all((folder / name).read_bytes() == (sound / name).read_bytes() for name in key_file.NAMES)
        return "" if alike else "mở được nhưng chưa chữa lại tệp khóa"

    return trial


def _backup(plan: Plan, packed: Path, known: Contents) -> Line:
    begun = time.perf_counter()
    problems: list[str] = []
    flips = plan.times(FULL)
    whole = packed.read_bytes()
    for number, (at, flipped) in enumerate(_flipped(whole, random.Random(plan.seed), flips)):
        place = plan.folder(f"flips/packed-{number}")
        damaged = place / packed.name
        damaged.write_bytes(flipped)
        try:
            shown = contents(unpack_book(damaged, place / "ra"))
        except UserError:
            pass
        else:
            problems.append(f"byte {at}: {'không phát hiện' if shown == known else 'đọc ra khác'}")
        shutil.rmtree(place)
    return _told("bản sao (một tệp)", flips, problems, time.perf_counter() - begun)


def _wal(plan: Plan, place: Path) -> Line:
    """The WAL of a writer killed in its work: what it holds is in no other file yet."""
    work = place / "killed"
    folder = make_cell(work)
    nursery = Nursery("benchmarks.faults.jobs", "work")
    child = nursery.start(str(folder), str(plan.folder("lists")), str(work / "told"), plan.seed, 10_000)
    while child.is_alive() and len(told_in(work / "told")) < _ACTS_BEFORE_THE_KILL:
        time.sleep(0.002)
    child.kill()
    nursery.close()
    as_left = Path(shutil.copytree(folder, work / "as-left" / folder.name))
    known = contents(folder)
    end = _end_of_last_commit((as_left / _WAL).read_bytes())
    return _line(plan, "tệp ghi tạm (WAL)", as_left, _WAL, lambda copy: _read_book(copy, known), end)


def _end_of_last_commit(wal: bytes) -> int:
    """Where the last whole transaction ends; what a killed writer left half done after it counts nothing."""
    page, salts, end = int.from_bytes(wal[8:12], "big"), wal[16:24], 32
    for start in range(32, len(wal) - page - 23, 24 + page):
        if wal[start + 8 : start + 16] != salts:
            break
        if wal[start + 4 : start + 8] != bytes(4):
            end = start + 24 + page
    return end
