"""What comes after the proposal: decisions changed later (Mẫu 03) and complaints about a grade."""

from dataclasses import dataclass
from datetime import date

from app.domain.grade import Grade


@dataclass(frozen=True, slots=True)
class Rerating:
    """A published grade changed or cancelled; the old value is kept (QĐ 366-QĐ/TW art. 15 k. 3)."""

    review_id: str
    old_grade: Grade
    new_grade: Grade | None
    decision: str
    decided_on: date
    reason: str
    old_decision: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint about a grade, and the answer given."""

    review_id: str
    received_on: date
    content: str
    answered_on: date | None = None
    answer: str = ""
    id: str = ""
    version: int = 0
