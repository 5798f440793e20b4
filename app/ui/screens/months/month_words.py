"""Short sentences about a month and its items, the same on every page of the months."""

from datetime import datetime

from app.domain.dates import Month, format_date
from app.domain.month_board import BoardCell
from app.domain.monthly import Shown
from app.domain.pledge import Origin, PledgeItem
from app.ui.marks import mark


def item_facts(item: PledgeItem) -> str:
    """Target, due day and origin of a pledged item: "10 bài giảng · hạn 30/11"."""
    due = f"hạn {item.due_on:%d/%m}" if item.due_on else "cả năm"
    origin = item.origin.label.lower() if item.origin is not Origin.PERSONAL else ""
    return " · ".join(words for words in (item.target, due, origin) if words)


def moment(stored: str | None) -> str:
    """When something was handed in: "25/11, 19:05"."""
    if not stored:
        return ""
    return f"{datetime.fromisoformat(stored):%d/%m, %H:%M}"


def clock_time(stored: str) -> str:
    """The hour of a stored time: "19:32"."""
    return f"{datetime.fromisoformat(stored):%H:%M}"


def day_and_time(stored: str) -> str:
    """The hour and the day of a stored time: "19:32 ngày 20/03/2026"."""
    when = datetime.fromisoformat(stored)
    return f"{when:%H:%M} ngày {format_date(when.date())}"


def spoken(cell: BoardCell) -> str:
    """A month's state as it is read aloud."""
    if cell.shown is Shown.LATE and not cell.waits:
        return "chưa gửi, đã quá hạn"
    return mark(cell.shown.value).spoken


def month_title(month: Month) -> str:
    """A month at the head of a page: "Tháng 11"."""
    return f"Tháng {month.month}"
