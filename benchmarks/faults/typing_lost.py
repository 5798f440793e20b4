"""kill -9 in the middle of typing: how many seconds of it are lost."""

import json
import random
import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from app.services.drafts import find_draft
from benchmarks.faults.cell import cast_of, make_cell, opened, seated
from benchmarks.faults.nursery import Nursery
from benchmarks.faults.outcome import Line, Plan, summed

FULL = 60
BAR = 2.0
_AT_ONCE = 6
_LEAST_SECONDS, _MOST_SECONDS = 0.5, 6.0
_FORM, _KEY = "typing", "mot"


def run(plan: Plan) -> Line:
    """Kill so many people's windows while they type."""
    begun = time.perf_counter()
    place = plan.folder("typing")
    template = make_cell(place / "template")
    nursery = Nursery("benchmarks.faults.typing_page", "type_until_killed")

    def one(number: int) -> float:
        return _seconds_lost(nursery, template, place / f"run-{number}", plan.seed * 1000 + number)

    kills = plan.times(FULL)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        lost = list(pool.map(one, range(kills)))
    nursery.close()
    over = [f"lần {number}: mất {seconds:.2f} giây" for number, seconds in enumerate(lost) if seconds > BAR]
    return Line(
        "typing_lost",
        "kill -9 giữa lúc đang gõ trong cửa sổ",
        kills,
        f"giây gõ bị mất nhiều nhất (không quá {BAR:.0f})".replace(".", ","),
        f"{max(lost):.2f}".replace(".", ","),
        not over,
        time.perf_counter() - begun,
        summed(over),
    )


def _seconds_lost(nursery: Nursery, template: Path, place: Path, seed: int) -> float:
    folder = Path(shutil.copytree(template, place / template.name))
    told = place / "da-go.txt"
    child = nursery.start(str(folder), str(told), seed)
    until = time.monotonic() + 60
    while not told.exists():
        if not child.is_alive() or time.monotonic() > until:
            raise RuntimeError("nobody ever typed")
        time.sleep(0.01)
    time.sleep(random.Random(seed).uniform(_LEAST_SECONDS, _MOST_SECONDS))
    if not child.is_alive():
        raise RuntimeError("the window ended by itself")
    killed_at = time.monotonic()
    child.kill()
    typed = [json.loads(line) for line in told.read_text().split("\n")[:-1]]
    with closing(opened(folder)) as ws:
        draft = find_draft(seated(ws, cast_of(ws)), _FORM, _KEY)
    shutil.rmtree(place)
    return _lost(typed, str(draft.payload["text"]) if draft else "", killed_at)


def _lost(typed: Sequence[tuple[float, str]], kept: str, killed_at: float) -> float:
    """Seconds from the first letter that is not kept to the kill."""
    if not "".join(letter for _, letter in typed).startswith(kept):
        raise RuntimeError("the draft holds what nobody typed")
    return max(0.0, killed_at - typed[len(kept)][0]) if len(kept) < len(typed) else 0.0
