"""Votes on grades as totals: rounds, counts, what is wrong with them, and what they come to.

Never a ballot by voter. Everything that shows votes (screen, PDF, Word, Excel) takes its numbers from here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RoundKind(StrEnum):
    """What the ballots of a round ask."""

    FOUR_GRADES = "four_grades"
    LOWER_GRADES = "lower_grades"
    EXCELLENT = "excellent"
    COLLECTIVE = "collective"

    @property
    def label(self) -> str:
        """The round in words."""
        return {
            "four_grades": "Một vòng, bốn mức",
            "lower_grades": "Vòng 1: mức 2, 3, 4",
            "excellent": "Vòng 2: bình chọn hoàn thành xuất sắc",
            "collective": "Xếp loại chi bộ, chi ủy",
        }[self.value]


@dataclass(frozen=True, slots=True)
class VoteCount:
    """The totals of one person (or collective) in one round; None: not entered yet."""

    subject_id: str
    excellent: int | None = None
    good: int | None = None
    satisfactory: int | None = None
    unsatisfactory: int | None = None
    agree: int | None = None
    disagree: int | None = None
    blank: int | None = None


@dataclass(frozen=True, slots=True)
class VoteRound:
    """One round of ballots; a re-vote is another round, and every round is kept."""

    meeting_id: str
    number: int
    kind: RoundKind
    note: str = ""
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    counted_on: date | None = None
    counts: tuple[VoteCount, ...] = ()
    id: str = ""
    version: int = 0
