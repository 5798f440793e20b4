"""Power cuts: a program works on a disk whose every write is journalled, and the power goes at any moment."""

import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.faults import shim
from benchmarks.faults.home import own_folders
from benchmarks.faults.jobs import JOBS, Job
from benchmarks.faults.outcome import Line, Plan, summed
from benchmarks.faults.power_cut_disk import Change, Disk, Kind, read_journal
from benchmarks.faults.session import Told, make_lists
from benchmarks.faults.verdict import lost_copies, problems_after

FULL = 200
_CUTS_IN_A_SESSION = 13
_STEPS = 40


def run(plan: Plan) -> tuple[Line, ...]:
    """Cut the power at random moments of sessions of every kind."""
    library = shim.made_shim(plan.folder("power-cut"))
    make_lists(plan.folder("lists"))
    return tuple(_line(plan, library, name, job) for name, job in JOBS.items())


def _line(plan: Plan, library: Path, name: str, job: Job) -> Line:
    begun = time.perf_counter()
    place = plan.folder(f"power-cut/{name}")
    template = job.make_book(place / "template")
    cuts = plan.times(round(FULL * job.share))
    problems: list[str] = []
    done = 0
    while done < cuts:
        session = _Session(name, job, template, place / f"session-{done}", plan.seed * 1000 + done)
        wanted = min(_CUTS_IN_A_SESSION, cuts - done)
        problems += _one_session(session, library, plan.folder("lists"), wanted)
        done += wanted
    return Line(
        f"power_cut {name}",
        f"Mất điện mô phỏng vào lúc bất kỳ khi đang {job.words}",
        done,
        "lần mất việc đã báo xong, hoặc sổ không mở được",
        str(len(problems)),
        not problems,
        time.perf_counter() - begun,
        summed(problems),
    )


@dataclass(frozen=True, slots=True)
class _Session:
    """One child's work: of which kind, on which book, where, by which seed."""

    name: str
    job: Job
    template: Path
    work: Path
    seed: int

    @property
    def disk(self) -> Path:
        """The folder whose disk is ours: the book and the person's backups."""
        return self.work / "dia"


def _one_session(session: _Session, library: Path, lists: Path, cuts: int) -> list[str]:
    before = session.work / "truoc"
    shutil.copytree(session.template, before / session.template.name)
    home = own_folders(before / "nha")
    for folder in home.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    shutil.copytree(before, session.disk)
    words = [
        session.name,
        str(session.disk / session.template.name),
        str(lists),
        str(session.seed),
        str(_STEPS),
    ]
    journal = session.work / "journal"
    watched = shim.environment(library, session.disk, journal, **own_folders(session.disk / "nha"))
    command = [sys.executable, "-m", "benchmarks.faults.jobs", *words]
    subprocess.run(command, env=watched, cwd=shim.ROOT, check=True, timeout=300)
    changes = list(read_journal(journal))
    chance = random.Random(session.seed)
    moments = sorted(chance.sample(range(1, len(changes) + 1), min(cuts, len(changes))))
    problems = _cut_at(moments, changes, session, chance)
    shutil.rmtree(session.work)
    return [f"hạt {session.seed}, {problem}" for problem in problems]


def _cut_at(moments: list[int], changes: list[Change], session: _Session, chance: random.Random) -> list[str]:
    disk = Disk(str(session.disk.resolve()), session.work / "truoc")
    told: list[Told] = []
    problems = []
    for number, change in enumerate(changes, start=1):
        if change.kind is not Kind.NOTED:
            disk.take(change)
        elif change.name:
            told.append(Told.of_text(change.name))
        if number in moments:
            after = session.work / f"cut-{number}"
            disk.after_the_cut(after, chance)
            found = _judged(session, after, tuple(told))
            problems += [f"cắt ở {number}/{len(changes)}: {problem}" for problem in found]
            shutil.rmtree(after)
    return problems


def _judged(session: _Session, after: Path, told: tuple[Told, ...]) -> list[str]:
    def there(path: Path) -> Path:
        return after / path.relative_to(session.disk)

    found = problems_after(after / session.template.name, told, partial(session.job.open_after, told=told))
    return [*found[:2], *lost_copies(told, there)]
