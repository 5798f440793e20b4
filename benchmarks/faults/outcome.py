"""What a run of faults came to: one line of the table."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One thing tried: how often, what the bar counts, what came out, and whether that is good enough."""

    name: str
    tried: str
    runs: int
    counted: str
    result: str
    is_met: bool
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to try. ``share`` of the full numbers; ``seed`` makes a run the same again."""

    place: Path
    seed: int = 1
    share: float = 1.0

    def times(self, full: int, least: int = 2) -> int:
        """The number of runs out of ``full``."""
        return max(least, round(full * self.share))

    def folder(self, name: str) -> Path:
        """A scratch folder of one's own."""
        place = self.place / name
        place.mkdir(parents=True, exist_ok=True)
        return place


class CannotRun(Exception):
    """This machine cannot do the run; the message says what it lacks."""


def summed(problems: Iterable[str], limit: int = 6) -> tuple[str, ...]:
    """The first few problems for the report, and how many more there are."""
    every = list(problems)
    more = (f"… và {len(every) - limit} điều nữa",) if len(every) > limit else ()
    return (*every[:limit], *more)
