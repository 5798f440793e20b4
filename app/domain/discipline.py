"""Party discipline of a member as dated facts that grading weighs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DisciplineForm(StrEnum):
    """Forms of discipline (Điều lệ Đảng art. 35)."""

    REPRIMAND = "reprimand"
    WARNING = "warning"
    DISMISSAL = "dismissal"
    EXPULSION = "expulsion"

    @property
    def label(self) -> str:
        """The form in the field's words."""
        return {
            "reprimand": "Khiển trách",
            "warning": "Cảnh cáo",
            "dismissal": "Cách chức",
            "expulsion": "Khai trừ",
        }[self.value]


class DutyRelated(StrEnum):
    """Whether the fault concerns the member's duty; asked, never guessed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = ""


class AroseAt(StrEnum):
    """At which unit the fault arose (QĐ 366-QĐ/TW art. 11)."""

    HERE = "here"
    OLD_UNIT = "old_unit"
    BOTH = "both"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Discipline:
    """One decision on discipline; ``arose_year`` is the year of the fault when it was an earlier one."""

    member_id: str
    form: DisciplineForm
    decided_on: date
    decision_ref: str = ""
    content: str = ""
    duty_related: DutyRelated = DutyRelated.UNKNOWN
    arose_at: AroseAt = AroseAt.UNKNOWN
    arose_year: int | None = None
    remedied: bool = False
    id: str = ""
    version: int = 0
