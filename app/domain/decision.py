"""What comes after the proposal: decisions changed later (Mẫu 03) and complaints about a grade."""

import re
from dataclasses import dataclass
from datetime import date

from app.domain.dates import citation_date
from app.domain.grade import Grade

_NUMBER = r"\d+\s*-\s*\w+/\w+"


def cited_decision(source: str, dated_on: date | None) -> str:
    """A decision as official text cites it: "Quyết định số 45-QĐ/ĐU, ngày 26/12/2025 của Đảng ủy …".

    A source that tells its own day keeps it; a bare number is said to be a decision's.
    """
    words = source.strip()
    if re.match(_NUMBER, words):
        words = f"Quyết định số {words}"
    if not words or dated_on is None or re.search(r"ngày\s+\d", words):
        return words
    named, of, organ = words.partition(" của ")
    return f"{named}, ngày {citation_date(dated_on)}{of}{organ}"


def number_of_decision(source: str) -> str:
    """The number and symbol in the words a decision is cited by: "45-QĐ/ĐU"; "" where there is none."""
    found = re.search(_NUMBER, source)
    return found[0] if found else ""


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
