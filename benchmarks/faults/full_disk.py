"""A full disk at each write of a save, an import, a backup and a migration, and on a small disk that is full.

Run as a program of its own (``python -m benchmarks.faults.full_disk …``) it works on a disk that gets full.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from app.domain.errors import UserError
from app.services.key_replacement import replace_data_key
from app.services.workspace import Workspace
from benchmarks.faults import shim
from benchmarks.faults.cell import FOLDER, contents_of, make_cell, opened
from benchmarks.faults.home import own_folders
from benchmarks.faults.jobs import keys_with_password, opened_or_encrypted, password, seated_by_password
from benchmarks.faults.old_books import make_old_book, make_plain_book
from benchmarks.faults.outcome import Line, Plan, summed
from benchmarks.faults.session import Session, make_lists
from benchmarks.faults.verdict import problems_after

_MOST_WRITES = 3000


@dataclass(slots=True)
class Tally:
    """What came out of one act at every write it makes."""

    tried: int = 0
    said: int = 0
    problems: list[str] = field(default_factory=list)


def run(plan: Plan) -> tuple[Line, ...]:
    """One line for each act."""
    place = plan.folder("full-disk")
    library = shim.made_shim(place)
    make_lists(plan.folder("lists"))
    make_cell(place / "template")
    make_old_book(place / "migration")
    make_plain_book(place / "encryption")
    make_cell(place / "keys", keys_with_password())
    every = max(1, round(1 / plan.share))
    return tuple(_line(place, library, plan, act, every) for act in ACTS)


def _line(place: Path, library: Path, plan: Plan, act: str, every: int) -> Line:
    begun = time.perf_counter()
    work = place / f"work-{act}"
    work.mkdir()
    words = [str(place), str(plan.folder("lists")), act, str(every)]
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults.full_disk", *words],
        env=shim.environment(library, work, None, **own_folders(work / "nha")),
        cwd=shim.ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=1200,
    )
    tally = Tally(**json.loads(told.stdout.splitlines()[-1]))
    return Line(
        f"full_disk {act}",
        f"Ổ đĩa đầy ở từng lần ghi của việc {ACTS[act]}",
        tally.tried,
        "lần mất dữ liệu, không báo bằng câu, hoặc có chỗ rồi mà không làm lại được",
        str(len(tally.problems)),
        not tally.problems,
        time.perf_counter() - begun,
        (f"{tally.said} lần bị từ chối, lần nào cũng bằng một câu", *summed(tally.problems)),
    )


ACTS = {
    "save": "lưu một tháng",
    "import": "nhập danh sách",
    "backup": "sao lưu sổ",
    "pack": "chép sổ thành một tệp",
    "migration": "chuyển sổ của bản cũ",
    "encryption": "khóa sổ chưa mã hóa",
    "keys": "thay khóa của sổ",
}


def try_all(place: Path, lists: Path, act: str, every: int) -> Tally:
    """Do the act again and again, with room for one write more each time, until it needs no more."""
    tally = Tally()
    for allowed in range(0, _MOST_WRITES, every):
        work = place / f"work-{act}" / str(allowed)
        template = place / (act if act in OPENINGS else "template") / FOLDER
        folder = Path(shutil.copytree(template, work / template.name))
        if act in OPENINGS:
            was_full, problems = _at_opening(folder, OPENINGS[act], allowed)
        else:
            was_full, problems = _at_work(folder, lists, act, allowed)
        shutil.rmtree(work)
        tally.problems += [f"sau {allowed} lần ghi: {problem}" for problem in problems]
        if not was_full:
            return tally
        tally.tried += 1
        tally.said += was_full
    tally.problems.append("không bao giờ xong")
    return tally


def _at_work(folder: Path, lists: Path, act: str, allowed: int) -> tuple[bool, list[str]]:
    with closing(opened(folder)) as ws:
        before = contents_of(ws)
        session = Session(ws, lists, 1, lambda _told: None)
        was_full, problems = _refused(lambda: session.do(act), allowed)
        if was_full and contents_of(ws) != before:
            problems.append("báo là chưa làm được mà sổ đã khác")
        if was_full:
            again = Session(ws, lists, 1, lambda _told: None)
            problems += _works(lambda: again.do(act))
    return was_full, [*problems, *problems_after(folder, ())]


def _at_opening(folder: Path, opening: Callable[[Path], Workspace], allowed: int) -> tuple[bool, list[str]]:
    """An act that is part of opening, or ends with the book opened anew."""
    was_full, problems = _refused(lambda: opening(folder).close(), allowed)
    again = _works(lambda: opening(folder).close()) if was_full else []
    return was_full, [*problems, *again, *problems_after(folder, (), opening)]


def _with_new_key(folder: Path) -> Workspace:
    ws = seated_by_password(folder, password(0))
    try:
        return replace_data_key(ws)
    except BaseException:
        ws.close()
        raise


OPENINGS: dict[str, Callable[[Path], Workspace]] = {
    "migration": opened,
    "encryption": opened_or_encrypted,
    "keys": _with_new_key,
}


def _refused(act: Callable[[], None], allowed: int) -> tuple[bool, list[str]]:
    """Whether the disk was full for this act, and what was wrong with how it was said."""
    shim.refuse_after(allowed)
    try:
        act()
    except UserError:
        return True, []
    except Exception as error:  # noqa: BLE001 - whatever is no sentence is what is looked for
        return True, [f"không báo bằng câu: {type(error).__name__}: {error}"]
    finally:
        shim.give_room()
    return False, []


def _works(act: Callable[[], None]) -> list[str]:
    try:
        act()
    except Exception as error:  # noqa: BLE001 - as above
        return [f"có chỗ rồi vẫn không làm được: {type(error).__name__}: {error}"]
    return []


if __name__ == "__main__":
    result = try_all(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    print(json.dumps(asdict(result)))
