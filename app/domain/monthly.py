"""A member's month (tự đánh giá hằng tháng): entries per pledged item, states, what the cell says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.cell import Cell
from app.domain.dates import Month
from app.domain.errors import Problem
from app.domain.member import Member


class MonthState(StrEnum):
    """The stored states of a month. "Late" is no state but a mark computed from the cell's due day."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    EXCUSED = "excused"
    NOT_REQUIRED = "not_required"


class Shown(StrEnum):
    """What a month looks like to others: a draft is "chưa gửi"; also late and not yet come."""

    NOT_SUBMITTED = "not_submitted"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    LATE = "late"
    EXCUSED = "excused"
    NOT_REQUIRED = "not_required"
    FUTURE = "future"

    @property
    def label(self) -> str:
        """The state's word on screen and paper."""
        return {
            "not_submitted": "Chưa gửi",
            "submitted": "Đã gửi",
            "confirmed": "Đã xác nhận",
            "late": "Trễ",
            "excused": "Nghỉ có lý do",
            "not_required": "Không phải nộp",
            "future": "Chưa tới",
        }[self.value]


class CellMark(StrEnum):
    """Praise or reminder given by the cell for a month."""

    PRAISE = "praise"
    REMINDER = "reminder"

    @property
    def label(self) -> str:
        """The mark's word."""
        return {"praise": "Biểu dương", "reminder": "Nhắc nhở"}[self.value]


@dataclass(frozen=True, slots=True)
class MonthlyEntry:
    """What a member says of one item in one month. ``copied_from``: ISO month its text is copied from."""

    item_id: str
    result: str = ""
    self_level: str = ""
    limits: str = ""
    fix: str = ""
    evidence: str = ""
    copied_from: str = ""
    cell_comment: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written or chosen."""
        return not (self.result or self.self_level or self.limits or self.fix or self.evidence)


@dataclass(frozen=True, slots=True)
class MonthlySelfAssessment:
    """One member's month; ``id`` is empty while nothing of it is in the book."""

    member_id: str
    month: Month
    state: MonthState = MonthState.DRAFT
    entries: tuple[MonthlyEntry, ...] = ()
    submitted_at: str | None = None
    excuse_reason: str = ""
    cell_comment: str = ""
    mark: CellMark | None = None
    meeting_date: date | None = None
    no_meeting_reason: str = ""
    confirmed_by_name: str = ""
    reopen_reason: str = ""
    entered_by: str | None = None
    entered_by_name: str = ""
    id: str = ""
    version: int = 0

    def is_private_to_member(self) -> bool:
        """A draft its own member is writing: nobody else reads it before it is handed in.

        It stays theirs when the cell excuses the month meanwhile.
        """
        unsent = self.state in (MonthState.DRAFT, MonthState.EXCUSED) and self.submitted_at is None
        return unsent and self.entered_by == self.member_id

    def entry_for(self, item_id: str) -> MonthlyEntry:
        """The entry of an item, blank when nothing was written."""
        return next((entry for entry in self.entries if entry.item_id == item_id), MonthlyEntry(item_id))


def due_date(month: Month, due_day: int) -> date:
    """The last day to hand a month in: the cell's due day of the following month."""
    return month.next().first_day.replace(day=due_day)


def shown_state(
    state: MonthState | None, submitted_at: str | None, month: Month, due_day: int, today: date
) -> Shown:
    """What a month looks like on a day. A confirmed month stays confirmed however late it came."""
    if state in (MonthState.CONFIRMED, MonthState.EXCUSED, MonthState.NOT_REQUIRED):
        return Shown(state.value)
    due = due_date(month, due_day)
    if state is MonthState.SUBMITTED:
        return Shown.LATE if submitted_at and submitted_at[:10] > due.isoformat() else Shown.SUBMITTED
    if month.first_day > today:
        return Shown.FUTURE
    return Shown.LATE if today > due else Shown.NOT_SUBMITTED


BEFORE_THE_BOOK = "chưa lập sổ"


def month_duty(member: Member, cell: Cell, month: Month) -> str:
    """Why a month asks nothing of a member, or "": their own standing, or the book was not begun yet."""
    return member.monthly_duty(month) or (BEFORE_THE_BOOK if cell.is_before_book(month) else "")


def shown_month(
    member: Member,
    cell: Cell,
    month: Month,
    stored: tuple[MonthState, str | None] | None,
    today: date,
) -> Shown:
    """What a member's month looks like; ``stored`` is its state and when it was handed in, if it is there.

    A month from before the book was begun may be written in all the same, and is never late.
    """
    if stored is None and month_duty(member, cell, month):
        return Shown.NOT_REQUIRED
    state, submitted_at = stored or (None, None)
    shown = shown_state(state, submitted_at, month, cell.due_day, today)
    if shown is Shown.LATE and cell.is_before_book(month):
        return Shown.SUBMITTED if state is MonthState.SUBMITTED else Shown.NOT_SUBMITTED
    return shown


def problems_in_month(
    entries: Sequence[MonthlyEntry], open_items: Sequence[tuple[int, str]], levels: Sequence[str]
) -> tuple[Problem, ...]:
    """What keeps a month from being handed in: each open item (number, id) needs a result and a level."""
    by_item = {entry.item_id: entry for entry in entries}
    found: list[Problem] = []
    for number, item_id in open_items:
        entry = by_item.get(item_id, MonthlyEntry(item_id))
        if not entry.result.strip():
            found.append(Problem(f"{item_id}.result", f"Việc {number}: chưa ghi kết quả."))
        if entry.self_level not in levels:
            found.append(Problem(f"{item_id}.self_level", f"Việc {number}: chưa chọn mức tự đánh giá."))
    return tuple(found)


def as_last_month(entry: MonthlyEntry, before: MonthlyEntry, month: Month) -> MonthlyEntry:
    """ "Như tháng trước": copies the words and says where they come from; never the level."""
    copied = before.copied_from or month.previous().iso
    return replace(
        entry,
        result=before.result,
        limits=before.limits,
        fix=before.fix,
        evidence=before.evidence,
        copied_from=copied,
    )


def still_copied(entry: MonthlyEntry, source: MonthlyEntry | None) -> bool:
    """Whether a copied text is still untouched."""
    return source is not None and (entry.result, entry.limits, entry.fix, entry.evidence) == (
        source.result,
        source.limits,
        source.fix,
        source.evidence,
    )
