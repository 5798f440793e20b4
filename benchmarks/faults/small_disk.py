"""A real small disk (tmpfs), filled until a little room is left, and work done on it: no shim in between."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.domain.errors import UserError
from benchmarks.faults.cell import contents_of, make_cell, opened
from benchmarks.faults.outcome import CannotRun, Line, Plan, summed
from benchmarks.faults.session import Session, make_lists
from benchmarks.faults.verdict import problems_after

_MEGABYTES = 6
_LEFT_KILOBYTES = (0, 4, 8, 16, 32, 64, 100, 150, 200, 300, 450, 600, 800, 1000, 1400, 2000)
_ACTS = ("save", "import", "pack")


def run(plan: Plan) -> Line:
    """Every act with every little room that is left."""
    begun = time.perf_counter()
    place = plan.folder("small-disk")
    template = make_cell(place / "template")
    make_lists(plan.folder("lists"))
    problems: list[str] = []
    refused = tried = 0
    with _disk(place / "dia") as disk:
        for kilobytes in _LEFT_KILOBYTES[:: max(1, round(1 / plan.share / 4))]:
            for act in _ACTS:
                was_full, found = _one(disk, template, plan.folder("lists"), act, kilobytes)
                problems += [f"{act}, còn {kilobytes} KB: {problem}" for problem in found]
                refused, tried = refused + was_full, tried + 1
    return Line(
        "small_disk",
        f"Ổ đĩa thật {_MEGABYTES} MB (tmpfs) gần đầy: lưu, nhập, chép sổ",
        tried,
        "lần mất dữ liệu, không báo bằng câu, hoặc có chỗ rồi mà không làm lại được",
        str(len(problems)),
        not problems,
        time.perf_counter() - begun,
        (f"{refused} lần bị từ chối, lần nào cũng bằng một câu", *summed(problems)),
    )


@contextmanager
def _disk(place: Path) -> Iterator[Path]:
    place.mkdir()
    if sys.platform != "linux":
        raise CannotRun("ổ đĩa nhỏ (tmpfs) chỉ có trên Linux")
    size = f"size={_MEGABYTES}m"
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        raise CannotRun("không được gắn ổ đĩa nhỏ (cần quyền quản trị)")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _one(disk: Path, template: Path, lists: Path, act: str, kilobytes: int) -> tuple[bool, list[str]]:
    folder = Path(shutil.copytree(template, disk / template.name))
    filler = disk / "day"
    problems: list[str] = []
    was_full = False
    with closing(opened(folder)) as ws:
        before = contents_of(ws)
        filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - kilobytes * 1024)))
        try:
            Session(ws, lists, 1, lambda _told: None).do(act)
        except UserError:
            was_full = True
            if contents_of(ws) != before:
                problems.append("báo là chưa làm được mà sổ đã khác")
        except Exception as error:  # noqa: BLE001 - whatever is no sentence is what is looked for
            problems.append(f"không báo bằng câu: {type(error).__name__}: {error}")
        filler.unlink()
        if was_full:
            Session(ws, lists, 1, lambda _told: None).do(act)
    problems += problems_after(folder, ())
    for left in disk.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return was_full, problems
