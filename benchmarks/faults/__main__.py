"""Runs every fault, prints a table, ends with 1 when a bar is missed. Words choose by name.

``--quick`` tries a small share of each, ``--share 0.1`` that share, ``--seed 7`` another run, ``--write``
puts the table into docs/do-tin-cay.md.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from benchmarks.faults.home import own_folders
from benchmarks.faults.outcome import CannotRun, Line, Plan
from benchmarks.faults.report import put_into, table

RUNS = (
    "kill",
    "typing_lost",
    "power_cut",
    "full_disk",
    "small_disk",
    "flips",
    "bad_inputs",
    "phrases",
    "matrix",
)
QUICK = 0.05
DOCUMENT = Path(__file__).parents[2] / "docs" / "do-tin-cay.md"


def lines_of(name: str, plan: Plan) -> tuple[Line, ...]:
    """What one run came to; ``CannotRun`` where this machine cannot do it."""
    run: Callable[[Plan], Line | tuple[Line, ...]] = import_module(f"benchmarks.faults.{name}").run
    came_to = run(plan)
    return came_to if isinstance(came_to, tuple) else (came_to,)


def main(words: Iterable[str]) -> int:
    """Run the chosen ones, or all; each prints as soon as it is known."""
    asked = _asked(words)
    done: list[Line] = []
    left_out: list[str] = []
    place = Path(tempfile.mkdtemp(prefix="faults-"))
    os.environ.update(own_folders(place / "home"))
    for name in asked.names or RUNS:
        try:
            lines = lines_of(name, Plan(place, asked.seed, asked.share))
        except CannotRun as reason:
            left_out.append(f"{name}: {reason}")
            print(f"skip  {name}: {reason}", flush=True)
            continue
        for line in lines:
            print(f"{'ok' if line.is_met else 'MISS':5} {line.name}: {line.tried}, {line.runs} lần;", end=" ")
            print(f"{line.counted}: {line.result} ({line.seconds:.0f} s)", flush=True)
            print(*(f"        {note}\n" for note in line.notes), sep="", end="", flush=True)
        done += lines
    shutil.rmtree(place)
    if asked.write:
        put_into(DOCUMENT, table(done, left_out, asked.seed))
    return 0 if all(line.is_met for line in done) else 1


def _asked(words: Iterable[str]) -> argparse.Namespace:
    asks = argparse.ArgumentParser(prog="python3 run.py faults", description="Fault runs")
    asks.add_argument("names", nargs="*", choices=[*RUNS, []], metavar="name", help=", ".join(RUNS))
    asks.add_argument("--share", type=float, default=1.0, help="how much of the full numbers to try")
    asks.add_argument("--quick", dest="share", action="store_const", const=QUICK, help=f"--share {QUICK}")
    asks.add_argument("--seed", type=int, default=1, help="another seed is another run")
    asks.add_argument("--write", action="store_true", help=f"put the table into {DOCUMENT.name}")
    return asks.parse_args(list(words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
