"""Power cuts: a program works on a disk whose every write is journalled, and the power goes at any moment.

Run as a program of its own (``python -m benchmarks.faults.power_cut FOLDER LISTS SEED STEPS``) it is the one
whose power is cut.
"""

import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from benchmarks.faults import shim
from benchmarks.faults.cell import make_cell, opened
from benchmarks.faults.outcome import Line, Plan, summed
from benchmarks.faults.power_cut_disk import Change, Disk, Kind, read_journal
from benchmarks.faults.session import Session, Told, make_lists
from benchmarks.faults.verdict import problems_after

FULL = 200
_CUTS_IN_A_SESSION = 25
_STEPS = 40


def run(plan: Plan) -> Line:
    """Cut the power at random moments of several sessions."""
    begun = time.perf_counter()
    place = plan.folder("power-cut")
    library = shim.made_shim(place)
    template = make_cell(place / "template")
    lists = plan.folder("lists")
    make_lists(lists)
    cuts = plan.times(FULL)
    problems: list[str] = []
    done = 0
    for number in range(-(-cuts // _CUTS_IN_A_SESSION)):
        wanted = min(_CUTS_IN_A_SESSION, cuts - done)
        problems += _one_session(plan, place, (library, template, lists), number, wanted)
        done += wanted
    return Line(
        "power_cut",
        "Mất điện mô phỏng vào lúc bất kỳ của một buổi làm việc",
        done,
        "lần mất việc đã báo lưu, hoặc sổ không mở được",
        str(len(problems)),
        not problems,
        time.perf_counter() - begun,
        summed(problems),
    )


def _one_session(
    plan: Plan, place: Path, given: tuple[Path, Path, Path], number: int, cuts: int
) -> list[str]:
    library, template, lists = given
    work = place / f"session-{number}"
    folder = Path(shutil.copytree(template, work / "so" / template.name))
    seed = plan.seed * 1000 + number
    command = [sys.executable, "-m", "benchmarks.faults.power_cut", str(folder), str(lists), str(seed)]
    watched = shim.environment(library, work / "so", work / "journal")
    subprocess.run([*command, str(_STEPS)], env=watched, cwd=shim.ROOT, check=True, timeout=300)
    changes = list(read_journal(work / "journal"))
    chance = random.Random(seed)
    moments = sorted(chance.sample(range(1, len(changes) + 1), min(cuts, len(changes))))
    problems = _cut_at(moments, changes, (work, template), chance)
    shutil.rmtree(work)
    return [f"buổi {number} (hạt {seed}), {problem}" for problem in problems]


def _cut_at(
    moments: list[int], changes: list[Change], where: tuple[Path, Path], chance: random.Random
) -> list[str]:
    work, template = where
    disk = Disk(str((work / "so").resolve()), template.parent)
    told: list[Told] = []
    problems = []
    for number, change in enumerate(changes, start=1):
        if change.kind is Kind.NOTED:
            told.append(Told.of_text(change.name))
        else:
            disk.take(change)
        if number in moments:
            after = work / f"cut-{number}"
            disk.after_the_cut(after, chance)
            problems += [f"cắt ở {number}/{len(changes)}: {p}" for p in _judged(after / template.name, told)]
            shutil.rmtree(after)
    return problems


def _judged(folder: Path, told: list[Told]) -> list[str]:
    lost = [
        f"mất bản chép {each.what}"
        for each in told
        if each.act == "backup" and not (folder.parent / each.what).exists()
    ]
    return [*lost, *problems_after(folder, told)[:2]]


def main(folder: Path, lists: Path, seed: int, steps: int) -> None:
    """Work until done; what is kept is told between the writes of the journal."""
    with closing(opened(folder)) as ws:
        Session(ws, lists, seed, lambda told: shim.note(told.as_text())).run(steps)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
