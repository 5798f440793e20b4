"""A little of every fault of ``python3 run.py faults``: books killed, cut off, filled up and spoiled."""

from pathlib import Path

import pytest

from benchmarks.faults.__main__ import RUNS, lines_of
from benchmarks.faults.outcome import CannotRun, Plan

# The whole runs take a quarter of an hour; the table of rights has a test of its own.
SHARES = {
    "kill": 0.03,
    "typing_lost": 0.05,
    "power_cut": 0.04,
    "full_disk": 0.008,
    "small_disk": 0.05,
    "flips": 0.05,
    "bad_inputs": 0.06,
    "phrases": 1.0,
}


def test_every_run_is_tried_a_little_or_has_a_test_of_its_own() -> None:
    assert {*SHARES, "matrix"} == set(RUNS)


@pytest.mark.parametrize("name", SHARES)
def test_nothing_is_lost_shown_or_left_unsaid(name: str, tmp_path: Path) -> None:
    try:
        lines = lines_of(name, Plan(tmp_path, share=SHARES[name]))
    except CannotRun:
        lines = ()  # no C compiler here, no right to make a disk: the command says so

    assert [(line.name, line.result, line.notes) for line in lines if not line.is_met] == []
    assert all(line.runs for line in lines)
