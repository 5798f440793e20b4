"""The year's tasks on a sheet while they are written, without widgets: add, change, move, take out, paste."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.dates import format_date
from app.domain.pledge import Pledge
from app.domain.scoring import point_text
from app.domain.year_task import AssignedTask
from app.ui.screens.year_end.review_sheet import ReviewSheet

DATES = ("assigned_on", "due_on", "done_on")
POINTS = ("max_points", "self_points")


@dataclass(slots=True)
class TaskRow:
    """One task in the table; ``number`` counts from 1. ``typed`` holds what cannot be read yet, by field."""

    number: int
    task: AssignedTask
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """A row is known by its place."""
        return str(self.number)


def rows_of(sheet: ReviewSheet) -> list[TaskRow]:
    """The tasks in their order, with what is typed and cannot be read yet."""
    return [
        TaskRow(number, task, _typed_of(sheet, number))
        for number, task in enumerate(sheet.review.task_list, 1)
    ]


def _typed_of(sheet: ReviewSheet, number: int) -> dict[str, str]:
    start = f"tasks.{number}."
    return {key[len(start) :]: text for key, text in sheet.typed_scores.items() if key.startswith(start)}


def put_rows(sheet: ReviewSheet, rows: Sequence[TaskRow]) -> None:
    """These tasks in this order, with what could not be read of them."""
    sheet.set_tasks([row.task for row in rows])
    for key in [key for key in sheet.typed_scores if key.startswith("tasks.")]:
        del sheet.typed_scores[key]
    for number, row in enumerate(rows, 1):
        for name, text in row.typed.items():
            sheet.typed_scores[f"tasks.{number}.{name}"] = text


def tasks_from_pledge(pledge: Pledge | None, known: Sequence[AssignedTask]) -> list[AssignedTask]:
    """The pledged items as tasks, words and term only; those taken over before are left out."""
    titles = {task.title.strip() for task in known}
    return [
        AssignedTask(
            item.action.strip(),
            item.target.strip(),
            due_on=item.due_on,
        )
        for item in (pledge.items if pledge else ())
        if item.action.strip() and item.action.strip() not in titles
    ]


def field_text(task: AssignedTask, name: str) -> str:
    """A field of a task as its line shows it."""
    value = getattr(task, name)
    if value is None:
        return ""
    if name in DATES:
        return format_date(value)
    return point_text(value) if name in POINTS else str(value)
