"""Opinions on a member asked for before the review: residence, temporary cell, old unit, employer, union."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OpinionKind(StrEnum):
    """Whose opinion it is."""

    RESIDENCE = "residence"
    TEMPORARY_CELL = "temporary_cell"
    OLD_UNIT = "old_unit"
    EMPLOYER = "employer"
    MASS_ORGANISATION = "mass_organisation"

    @property
    def label(self) -> str:
        """The opinion's name in lists."""
        return {
            "residence": "Cấp ủy nơi cư trú",
            "temporary_cell": "Chi bộ nơi sinh hoạt tạm thời",
            "old_unit": "Đơn vị cũ",
            "employer": "Cơ quan, đơn vị công tác",
            "mass_organisation": "Tổ chức đoàn thể",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One opinion: from whom, asked for and due on which day, and what came back.

    ``level`` is the mark in the paper's own words; ``not_needed`` a reason why none is waited for.
    """

    member_id: str
    year: int
    kind: OpinionKind
    from_whom: str = ""
    requested_on: date | None = None
    due_on: date | None = None
    received_on: date | None = None
    content: str = ""
    level: str = ""
    not_needed: str = ""
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class RaisedPoint:
    """One point raised from above (gợi ý kiểm điểm) to a member or collective, to be answered in part IV."""

    subject_id: str
    year: int
    position: int
    document: str
    document_on: date | None
    point: str
    ground: str = ""
    demand: str = ""
    due_on: date | None = None
    id: str = ""
    version: int = 0
