"""Sổ mẫu: the sample book, written through the same services people use, day by day of an invented story."""

import shutil
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

from app import locations
from app.db import book_folder
from app.db.database import is_plain
from app.domain.cell import NewBook
from app.domain.progress import NoProgress, Progress
from app.domain.sample_story import SampleStory, read_story
from app.domain.sample_words import Wording
from app.services.books import create_book
from app.services.keys import demo_keys
from app.services.sample_months import plan_changes, plan_drafts, plan_year
from app.services.sample_reviews import plan_reviews
from app.services.sample_stage import (
    FIRST_YEAR,
    LAST_YEAR,
    OPENING,
    Stage,
    StoryClock,
    plan_people,
    plan_statuses,
)
from app.services.workspace import Clock, SystemClock, Workspace
from app.services.year_closing import close_year, year_open_items

_FILES = ("members", "pledge_kinds", "stories", "remarks", "reviews", "year_end")
_AT_LEAST = date(2026, 3, 15)
_NAME = "so-mau" + book_folder.SUFFIX


@cache
def sample_story() -> SampleStory:
    """The story shipped with the program."""
    paths = {name: locations.resource("sample", f"{name}.toml") for name in _FILES}
    return read_story({name: path.read_text(encoding="utf-8") for name, path in paths.items()})


def make_sample_book(folder: Path, progress: Progress | None = None, clock: Clock | None = None) -> Path:
    """Write the sample book at ``folder``: 2024 closed, 2025 complete, 2026 up to today; returns its folder.

    Nothing is left at ``folder`` when the person stops it or it cannot be finished.
    """
    until = max((clock or SystemClock()).today(), _AT_LEAST)
    story_clock = StoryClock(OPENING)
    book = NewBook(
        "ĐẢNG BỘ XÃ LÂM BÌNH",
        "CHI BỘ THÔN ĐỒNG TIẾN",
        "Lâm Bình",
        FIRST_YEAR,
        is_sample=True,
        pins_required=False,
    )
    ws = create_book(folder, book, demo_keys(), story_clock)
    try:
        _write_without_waiting(ws)
        story = sample_story()
        stage = Stage(ws, story, story_clock, Wording(story), until)
        _plan(stage)
        stage.run(progress or NoProgress())
    except BaseException:
        ws.close()
        shutil.rmtree(ws.folder, ignore_errors=True)
        raise
    ws.close()
    return ws.folder


def _write_without_waiting(ws: Workspace) -> None:
    """Do not wait for the disk at each of some 3,000 actions: a sample lost to a power cut is made anew."""
    with closing(ws.engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA synchronous = OFF")


def _plan(stage: Stage) -> None:
    plan_people(stage)
    plan_statuses(stage)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        plan_year(stage, year)
    plan_changes(stage)
    plan_reviews(stage)
    plan_drafts(stage)
    closed_on = date(2025, 2, 5)
    stage.at(closed_on, 9, lambda: _lock_first_year(stage, closed_on))


def _lock_first_year(stage: Stage, closed_on: date) -> None:
    ws = stage.seat("loc")
    close_year(ws, FIRST_YEAR, closed_on, year_open_items(ws, FIRST_YEAR))


def ensure_sample_book(progress: Progress | None = None, clock: Clock | None = None) -> Path:
    """The sample book this program keeps for "xem sổ mẫu"; written when it is not there yet.

    One of an earlier version, not encrypted, is written anew: it holds nobody's data.
    """
    folder = locations.user_data() / _NAME
    database = folder / book_folder.DATABASE
    if database.is_file() and not is_plain(database):
        return folder
    return fresh_sample_book(progress, clock)


def fresh_sample_book(progress: Progress | None = None, clock: Clock | None = None) -> Path:
    """A new sample book in place of the one kept; the old one stays until the new one is complete.

    Raises ``BookInUse`` when another window has the old one open.
    """
    folder = locations.user_data() / _NAME
    fresh = folder.with_name("so-mau-moi" + book_folder.SUFFIX)
    shutil.rmtree(fresh, ignore_errors=True)
    made = make_sample_book(fresh, progress, clock)
    if folder.exists():
        book_folder.BookLock(folder).release()
        shutil.rmtree(folder)
    return made.rename(folder)
