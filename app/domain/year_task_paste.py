"""Tasks pasted from a table of Excel or Word: columns by their headings, or in the annex's own order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from app.domain.dates import DateProblem, parse_date
from app.domain.text import clean_line, fold, nfc
from app.domain.year_task import AssignedTask, TaskQuality

_ORDER = (
    "title",
    "product",
    "due_on",
    "done_on",
    "quality",
    "beyond",
    "max_points",
    "self_points",
    "evidence",
)
_HEADINGS = {
    "order": ("tt", "stt", "so tt"),
    "title": ("nhiem vu", "nhiem vu duoc giao", "noi dung", "noi dung cong viec", "cong viec"),
    "product": ("san pham", "ket qua", "san pham dau ra"),
    "assigned_on": ("ngay giao", "thoi gian giao"),
    "due_on": ("thoi han", "han", "han hoan thanh", "thoi han hoan thanh"),
    "done_on": ("ngay hoan thanh", "hoan thanh", "ngay xong"),
    "quality": ("chat luong",),
    "beyond": ("vuot yeu cau", "vuot yeu cau can cu", "vuot", "can cu vuot"),
    "max_points": ("diem toi da",),
    "self_points": ("diem tu cham", "tu cham"),
    "evidence": ("minh chung", "ghi chu"),
}


@dataclass(slots=True)
class PastedTasks:
    """The tasks read, and what of their cells could not be read and was left out."""

    tasks: list[AssignedTask] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def tasks_from_table(text: str) -> PastedTasks:
    """Read rows copied from a table; a single column is read as the tasks' names.

    A first row of headings says the columns; without one they stand in the order of the annex.
    """
    rows = [[clean_line(cell.strip('"')) for cell in line.split("\t")] for line in nfc(text).splitlines()]
    rows = [row for row in rows if any(row)]
    found = PastedTasks()
    if not rows:
        return found
    columns = _columns_of(rows[0])
    if columns is not None:
        rows = rows[1:]
    for number, row in enumerate(rows, 1):
        named = columns or _default_columns(row)
        task = AssignedTask("")
        for name, cell in zip(named, row, strict=False):
            if cell and name in _READERS:
                task = _with_cell(task, (name, cell), number, found.unread)
        if task.title:
            found.tasks.append(task)
        else:
            found.unread.append(f"dòng {number} không có tên nhiệm vụ")
    return found


def _columns_of(row: Sequence[str]) -> tuple[str, ...] | None:
    """The columns a row of headings names; None when it is a row of tasks."""
    names = tuple(
        next((name for name, words in _HEADINGS.items() if fold(cell) in words), "") for cell in row
    )
    return names if "title" in names else None


def _default_columns(row: Sequence[str]) -> tuple[str, ...]:
    is_numbered = len(row) > 1 and row[0].rstrip(".)").isdecimal()
    return ("order", *_ORDER) if is_numbered else _ORDER


def _with_cell(task: AssignedTask, cell: tuple[str, str], number: int, unread: list[str]) -> AssignedTask:
    name, words = cell
    try:
        return _READERS[name](task, words)
    except (DateProblem, InvalidOperation):
        unread.append(f"dòng {number}: “{words}”")
        return task


def _day(words: str) -> date:
    return parse_date(words)


def _points(words: str) -> Decimal:
    points = Decimal(words.replace(",", "."))
    if not points.is_finite():
        raise InvalidOperation
    return points


def _quality(task: AssignedTask, words: str) -> AssignedTask:
    folded = fold(words)
    if folded in ("dat", "dat yeu cau", "tot", "bao dam"):
        return replace(task, quality=TaskQuality.MET)
    if folded.startswith(("chua dat", "khong dat")):
        return replace(task, quality=TaskQuality.BELOW)
    raise InvalidOperation


def _beyond(task: AssignedTask, words: str) -> AssignedTask:
    if fold(words) in ("khong", "0", "-"):
        return task
    ground = "" if fold(words) in ("x", "co", "v") else words
    return replace(task, beyond=True, beyond_ground=ground)


_READERS: dict[str, Callable[[AssignedTask, str], AssignedTask]] = {
    "title": lambda task, words: replace(task, title=words),
    "product": lambda task, words: replace(task, product=words),
    "assigned_on": lambda task, words: replace(task, assigned_on=_day(words)),
    "due_on": lambda task, words: replace(task, due_on=_day(words)),
    "done_on": lambda task, words: replace(task, done_on=_day(words)),
    "quality": _quality,
    "beyond": _beyond,
    "max_points": lambda task, words: replace(task, max_points=_points(words)),
    "self_points": lambda task, words: replace(task, self_points=_points(words)),
    "evidence": lambda task, words: replace(task, evidence=words),
}
