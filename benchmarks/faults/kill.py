"""kill -9 at random moments of scripted sessions: ordinary work, migrating, encrypting, changing keys."""

import random
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock

from benchmarks.faults.jobs import JOBS, Job
from benchmarks.faults.nursery import Child, Nursery
from benchmarks.faults.outcome import Line, Plan, summed
from benchmarks.faults.session import make_lists, told_in
from benchmarks.faults.verdict import lost_copies, problems_after

FULL = 300
_AT_ONCE = 2
_MOST_ACTS = 25
_FIRST_SECONDS, _AFTER_SECONDS = 0.6, 0.03
_STEPS = 10_000
_PATIENCE = 60.0
_LOOKING = Lock()  # migrations run one at a time in one process


def run(plan: Plan) -> tuple[Line, ...]:
    """Kill so many children at work and look at what is left; one line for each kind of work."""
    make_lists(plan.folder("lists"))
    return tuple(_line(plan, name, job) for name, job in JOBS.items())


def _line(plan: Plan, name: str, job: Job) -> Line:
    begun = time.perf_counter()
    place = plan.folder(f"kill-{name}")
    template = job.make_book(place / "template")
    nursery = Nursery("benchmarks.faults.jobs", name)

    def one(number: int) -> tuple[int, list[str]]:
        given = (template, plan.folder("lists"), place / f"run-{number}")
        return _killed(nursery, job, given, plan.seed * 1000 + number)

    kills = plan.times(round(FULL * job.share))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = list(pool.map(one, range(kills)))
    nursery.close()
    problems = [f"lần {number}: {problem}" for number, (_, found) in enumerate(results) for problem in found]
    kept = sum(count for count, _ in results)
    return Line(
        f"kill {name}",
        f"kill -9 vào lúc bất kỳ khi đang {job.words} ({kept} việc đã báo xong trong các buổi ấy)",
        kills,
        "lần mất việc đã báo xong, hoặc sổ không mở được",
        str(len(problems)),
        not problems,
        time.perf_counter() - begun,
        summed(problems),
    )


def _killed(nursery: Nursery, job: Job, given: tuple[Path, Path, Path], seed: int) -> tuple[int, list[str]]:
    template, lists, place = given
    folder = Path(shutil.copytree(template, place / template.name))
    told = place / "da-bao.txt"
    child = nursery.start(str(folder), str(lists), str(told), seed, _STEPS)
    _wait_for_the_moment(child, told, random.Random(seed))
    ended = [] if child.is_alive() else ["buổi làm việc tự dừng trước khi bị giết"]
    child.kill()
    kept = told_in(told)
    with _LOOKING:
        after = problems_after(folder, kept, partial(job.open_after, told=kept))
        problems = [*ended, *after, *lost_copies(kept)]
    shutil.rmtree(place)
    return len(kept), problems


def _wait_for_the_moment(child: Child, told: Path, chance: random.Random) -> None:
    """Half of the children die at their first act (a book brought up, encrypted), half after some acts more.

    By acts told, not by the clock alone: on a busy PC a child would else die before it did anything.
    """
    _wait(child, told.exists)
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0.0, _FIRST_SECONDS))
    else:
        acts = chance.randint(1, _MOST_ACTS)
        _wait(child, lambda: len(told_in(told)) >= acts)
        time.sleep(chance.uniform(0.0, _AFTER_SECONDS))


def _wait(child: Child, is_there: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not is_there():
        if not child.is_alive() or time.monotonic() > until:
            raise RuntimeError("the child does not come on")
        time.sleep(0.002)
