"""A program killed while it saves: everything it said was kept is there, and the book is sound.

A killed program is not a power cut: what the system had already taken over still reaches the disk.
"""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from app.db import tables
from app.db.database import is_damaged
from app.domain.dates import Month
from app.services.books import open_book
from app.services.months import open_month
from tests.book_fixtures import FakeClock, People

ROOT = Path(__file__).parents[2]


def kill_while_saving(folder: Path, member_id: str, after: float) -> int:
    """Start the saving loop, kill it, and return the last number it said was kept."""
    command = [sys.executable, "-m", "tests.services.saving_loop", str(folder), member_id]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        time.sleep(after)
        process.kill()
        said += [line for line in process.stdout if line.endswith("\n")]
    return int(said[-1])


@pytest.mark.parametrize("round_", range(4))
def test_nothing_said_to_be_kept_is_lost_when_the_program_is_killed(
    round_: int, template_cell: tuple[Path, People], tmp_path: Path
) -> None:
    template, people = template_cell
    folder = Path(shutil.copytree(template, tmp_path / template.name))

    last = kill_while_saving(folder, people.plain, random.uniform(0.0, 0.15))

    ws = open_book(folder, clock=FakeClock())
    assert not is_damaged(ws.engine)
    entries = open_month(ws, people.plain, Month(2026, 2)).assessment.entries
    kept = {int(entry.result.removeprefix("lần ")) for entry in entries}
    with ws.read() as tx:
        actions = tx.rows(select(tables.action).where(tables.action.c.name.startswith("Lưu tự đánh giá")))
    ws.close()
    assert kept in ({last}, {last + 1})
    assert len(actions) == kept.pop()
