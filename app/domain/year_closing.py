"""A year locked with a digest of what it held, and why it was opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import format_date


@dataclass(frozen=True, slots=True)
class YearClosing:
    """One locking of a year: when, by whom, the digest of its content, what was still open then.

    Times are local ISO text to the second. A reopened year keeps its closing with the reason.
    """

    year: int
    closed_at: str
    closed_by: str
    digest: str
    open_items: str = ""
    reopened_at: str = ""
    reopened_by: str = ""
    reopen_reason: str = ""
    id: str = ""


def reopening_note(closings: Sequence[YearClosing]) -> str:
    """What prints of a year say for good once it was opened again; "" for a year that never was."""
    reopened = [closing for closing in closings if closing.reopened_at]
    if not reopened:
        return ""
    last = reopened[-1]
    times = f" (lần {len(reopened)})" if len(reopened) > 1 else ""
    closed, again = _day(last.closed_at), _day(last.reopened_at)
    return f"Sổ năm {last.year} đã khóa {closed}, mở lại {again}{times}: {last.reopen_reason}"


def _day(moment: str) -> str:
    return format_date(date.fromisoformat(moment[:10]))
