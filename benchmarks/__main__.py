"""Runs every benchmark and prints a table; ends with 1 when a bar is not met. Words choose by name."""

import sys
from collections.abc import Callable, Sequence

from benchmarks import board, importing, papers, saving, starting, trust, year_end, year_end_papers

Line = tuple[str, float, float, float]

MEASURES: dict[str, Callable[[], Line]] = {
    "starting": starting.measure,
    "papers": papers.measure,
    "memory": papers.measure_memory,
    "saving": saving.measure,
    **trust.MEASURES,
    "board": board.measure,
    "importing": importing.measure,
    "year_end": year_end.measure,
    "year_end_papers": year_end_papers.measure,
}


def main(chosen: Sequence[str]) -> int:
    """Measure the chosen lines, or all; each prints as soon as it is known."""
    failed = 0
    for name in chosen or MEASURES:
        try:
            label, ours, baseline, bar = MEASURES[name]()
        except year_end_papers.NoOffice as missing:
            print(f"skip  {name}: {missing}", flush=True)
            continue
        ratio = ours / baseline
        verdict = "ok" if ratio <= bar else "OVER"
        failed += ratio > bar
        print(f"{verdict:4}  {ratio:5.2f} of {bar:<4}  {ours:9.4f} ÷ {baseline:9.4f}  {label}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
