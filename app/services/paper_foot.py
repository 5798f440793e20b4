"""What stands at the foot of every page of a year that was locked and opened again: when, and why."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from app.domain.paper import Paper
from app.domain.year_closing import reopening_note
from app.services.paper_gathering import YearGathering
from app.services.paper_sheets import Sheet


def footed(sheets: Iterable[Sheet], year: YearGathering) -> tuple[Sheet, ...]:
    """The sheets of a year; each says at its foot that the year was reopened, if it was."""
    note = reopening_note(year.year_end.closings)
    if not note:
        return tuple(sheets)
    return tuple(replace(sheet, build=partial(_with_foot, sheet.build, note)) for sheet in sheets)


def _with_foot(build: Callable[[], Paper], note: str) -> Paper:
    paper = build()
    return replace(paper, foot=f"{paper.foot} {note}".strip())
