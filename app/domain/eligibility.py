"""Who is reviewed and graded for a year, who is not, and whose time has not come: with reason and source."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Duty(StrEnum):
    """What a year asks of a member."""

    REVIEW = "review"
    NOT_CONCERNED = "not_concerned"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """The finding in the field's words."""
        return {
            "review": "Kiểm điểm và xếp loại",
            "not_concerned": "Không thuộc diện",
            "pending": "Chưa kiểm điểm, xếp loại",
        }[self.value]


@dataclass(frozen=True, slots=True)
class DutyFinding:
    """What the rules and a member's dated facts come to; ``notes`` say what must be heard or weighed first.

    ``overruled``: the secretary decided otherwise, ``reason`` is theirs.
    """

    duty: Duty
    reason: str
    source: str
    verified: bool = True
    notes: tuple[str, ...] = ()
    overruled: bool = False


@dataclass(frozen=True, slots=True)
class YearMember:
    """What was decided of one member for one year beside the review itself.

    ``duty`` None: as the rules say. ``cap_group`` "" : the group of the member's kind.
    """

    member_id: str
    year: int
    duty: Duty | None = None
    duty_reason: str = ""
    duty_on: date | None = None
    cap_group: str = ""
    id: str = ""
    version: int = 0
