"""The tasks given to a subject for the year, as the annex of the review lists them one by one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class TaskQuality(StrEnum):
    """Whether what was delivered is good enough."""

    MET = "met"
    BELOW = "below"

    @property
    def label(self) -> str:
        """The judgement in words."""
        return {"met": "Đạt", "below": "Chưa đạt"}[self.value]


@dataclass(frozen=True, slots=True)
class AssignedTask:
    """One task of the year; ``quality`` None is not judged yet, ``not_applicable`` is a reason or "".

    ``beyond`` (vượt yêu cầu) needs its ground; ``failed`` means judged not done.
    """

    title: str
    product: str = ""
    assigned_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    quality: TaskQuality | None = None
    beyond: bool = False
    beyond_ground: str = ""
    failed: bool = False
    not_applicable: str = ""
    evidence: str = ""
    max_points: Decimal | None = None
    self_points: Decimal | None = None
