"""The year's pledge (đăng ký nêu gương): its items, states and soft warnings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from app.domain.dates import Month
from app.domain.errors import Problem
from app.domain.text import fold


class PledgeState(StrEnum):
    """How far a pledge is: being written, handed to the cell, passed by the cell on a date."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PASSED = "passed"

    @property
    def label(self) -> str:
        """The state in the field's words."""
        return {"draft": "Đang soạn", "submitted": "Đã gửi", "passed": "Chi bộ thông qua"}[self.value]


class Origin(StrEnum):
    """Where an item comes from."""

    PERSONAL = "personal"
    ASSIGNED_BY_CELL = "assigned_by_cell"
    CARRIED_OVER = "carried_over"
    FROM_LAST_REVIEW = "from_last_review"

    @property
    def label(self) -> str:
        """The origin as lists show it."""
        return {
            "personal": "Tự đăng ký",
            "assigned_by_cell": "Chi bộ giao",
            "carried_over": "Năm trước chuyển sang",
            "from_last_review": "Khắc phục sau kiểm điểm",
        }[self.value]


class Outcome(StrEnum):
    """How an item stands."""

    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_DONE = "not_done"

    @property
    def label(self) -> str:
        """The outcome in words."""
        return {"in_progress": "Đang làm", "done": "Đã xong", "not_done": "Không làm được"}[self.value]


@dataclass(frozen=True, slots=True)
class PledgeRevision:
    """An item's earlier wording, kept when it is changed during the year with a reason."""

    revised_on: date
    reason: str
    action: str
    target: str
    due_on: date | None
    measure: str


@dataclass(frozen=True, slots=True)
class PledgeItem:
    """One pledged thing. ``due_on`` None means the whole year ("cả năm")."""

    content_code: str = ""
    action: str = ""
    target: str = ""
    due_on: date | None = None
    measure: str = ""
    origin: Origin = Origin.PERSONAL
    note: str = ""
    carried_from: str | None = None
    outcome: Outcome = Outcome.IN_PROGRESS
    finished_on: date | None = None
    id: str = ""
    revisions: tuple[PledgeRevision, ...] = ()

    def is_open_in(self, month: Month) -> bool:
        """Whether the item is still to be reported in a month: not finished in an earlier one."""
        return self.finished_on is None or self.finished_on >= month.first_day


@dataclass(frozen=True, slots=True)
class Pledge:
    """One member's pledge of one year."""

    member_id: str
    year: int
    state: PledgeState = PledgeState.DRAFT
    items: tuple[PledgeItem, ...] = ()
    submitted_at: str | None = None
    passed_on: date | None = None
    committee_comment: str = ""
    id: str = ""
    version: int = 0
    entered_by: str | None = None

    def is_private_to_member(self) -> bool:
        """A draft its own member is writing: nobody else reads it before it is handed in."""
        return self.state is PledgeState.DRAFT and self.entered_by == self.member_id


def problems_in_pledge(items: Sequence[PledgeItem]) -> tuple[Problem, ...]:
    """What keeps a pledge from being handed in: no item, or an item that says nothing to do."""
    if not items:
        return (Problem("items", "Chưa có việc nào. Xin thêm ít nhất một việc rồi gửi."),)
    return tuple(
        Problem(f"items.{number}.action", f"Việc {number}: chưa ghi việc làm cụ thể.")
        for number, item in enumerate(items, 1)
        if not item.action.strip()
    )


_ALIKE = 0.9
_MANY = 12


def warnings_in_pledge(
    items: Sequence[PledgeItem], last_year: Sequence[PledgeItem], last_faults: Sequence[str]
) -> tuple[Problem, ...]:
    """Soft warnings; none of them keeps anybody from handing in."""
    found: list[Problem] = []
    for number, item in enumerate(items, 1):
        if not item.action.strip():
            continue
        if not item.target.strip():
            found.append(
                Problem(f"items.{number}.target", f"Việc {number} chưa có chỉ tiêu, cuối năm khó nói đã đạt.")
            )
        if (
            any(_alike(item.action, old.action) for old in last_year)
            and item.origin is not Origin.CARRIED_OVER
        ):
            found.append(
                Problem(
                    f"items.{number}.action",
                    f"Việc {number} giống việc đã đăng ký năm trước. "
                    "Đồng chí có thể giữ nguyên, hoặc ghi rõ năm nay khác ở chỗ nào.",
                )
            )
    if len(items) > _MANY:
        found.append(Problem("items", f"Có {len(items)} việc, hơi nhiều để theo dõi từng tháng."))
    if last_faults and items and not any(item.origin is Origin.FROM_LAST_REVIEW for item in items):
        found.append(Problem("items", "Kiểm điểm năm trước có hạn chế nhưng chưa có việc nào để khắc phục."))
    return tuple(found)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(one), fold(other)).ratio() > _ALIKE
