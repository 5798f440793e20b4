"""kill -9 at random moments of a scripted session: saving, confirming, importing, backing up."""

import random
import shutil
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.faults.cell import make_cell
from benchmarks.faults.nursery import Child, Nursery
from benchmarks.faults.outcome import Line, Plan, summed
from benchmarks.faults.session import make_lists, told_in
from benchmarks.faults.verdict import problems_after

FULL = 300
_AT_ONCE = 2
_MOST_SECONDS = 0.6
_STEPS = 10_000
_PATIENCE = 60.0


def run(plan: Plan) -> Line:
    """Kill so many children at work and look at what is left."""
    begun = time.perf_counter()
    place = plan.folder("kill")
    template = make_cell(place / "template")
    lists = plan.folder("lists")
    make_lists(lists)
    kills = plan.times(FULL)
    nursery = Nursery("benchmarks.faults.session", "run_and_tell")

    def one(number: int) -> tuple[int, list[str]]:
        return _killed(nursery, (template, lists, place / f"run-{number}"), plan.seed * 1000 + number)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = list(pool.map(one, range(kills)))
    nursery.close()
    problems = [f"lần {number}: {problem}" for number, (_, found) in enumerate(results) for problem in found]
    kept = sum(count for count, _ in results)
    return Line(
        "kill",
        f"kill -9 vào lúc bất kỳ của buổi làm việc ({kept} việc đã báo lưu trong các buổi ấy)",
        kills,
        "lần mất việc đã báo lưu, hoặc sổ không mở được",
        str(len(problems)),
        not problems,
        time.perf_counter() - begun,
        summed(problems),
    )


def _killed(nursery: Nursery, given: tuple[Path, Path, Path], seed: int) -> tuple[int, list[str]]:
    template, lists, place = given
    folder = Path(shutil.copytree(template, place / template.name))
    told = place / "da-bao.txt"
    child = nursery.start(str(folder), str(lists), str(told), seed, _STEPS)
    _wait_until_working(child, told)
    time.sleep(random.Random(seed).uniform(0.0, _MOST_SECONDS))
    ended = [] if child.is_alive() else ["buổi làm việc tự dừng trước khi bị giết"]
    child.kill()
    kept = told_in(told)
    copies = _lost_copies(place, (each.what for each in kept if each.act == "backup"))
    problems = [*ended, *problems_after(folder, kept), *copies]
    shutil.rmtree(place)
    return len(kept), problems


def _wait_until_working(child: Child, told: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while not told.exists():
        if not child.is_alive() or time.monotonic() > until:
            raise RuntimeError("the session never began")
        time.sleep(0.002)


def _lost_copies(place: Path, names: Iterable[str]) -> list[str]:
    return [f"mất bản chép {name}" for name in names if not (place / name).exists()]
