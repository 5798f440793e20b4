"""Votes on grades as totals: rounds, counts, and what is provably wrong with them.

Never a ballot by voter. What the totals come to is in ``app.domain.vote_results``; everything that shows
votes (screen, PDF, Word, Excel) takes its numbers from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.errors import Problem
from app.domain.grade import Grade


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

    @property
    def short(self) -> str:
        """What is asked, to follow a round's number."""
        return {
            "four_grades": "bốn mức",
            "lower_grades": "mức 2, 3, 4",
            "excellent": "bình chọn xuất sắc",
            "collective": "chi bộ, chi ủy",
        }[self.value]

    @property
    def answers(self) -> "tuple[Answer, ...]":
        """What can be marked on one row of the ballot, blank last."""
        return _ANSWERS[self]


class Answer(StrEnum):
    """One thing that can be marked beside a name; the value is the field of ``VoteCount`` that counts it."""

    EXCELLENT = "excellent"
    GOOD = "good"
    SATISFACTORY = "satisfactory"
    UNSATISFACTORY = "unsatisfactory"
    AGREE = "agree"
    DISAGREE = "disagree"
    BLANK = "blank"

    @property
    def grade(self) -> Grade | None:
        """The grade the mark is for; "đồng ý" is for the top grade."""
        if self in (Answer.DISAGREE, Answer.BLANK):
            return None
        return Grade.EXCELLENT if self is Answer.AGREE else Grade(self.value)

    @property
    def label(self) -> str:
        """The mark in full, as papers head its column."""
        words = {Answer.AGREE: "Đồng ý", Answer.DISAGREE: "Không đồng ý", Answer.BLANK: "Phiếu trắng"}
        return words.get(self) or Grade(self.value).label

    @property
    def short(self) -> str:
        """The mark over a narrow column."""
        return {
            "excellent": "Xuất sắc",
            "good": "Tốt",
            "satisfactory": "Hoàn thành",
            "unsatisfactory": "Không HT",
            "agree": "Đồng ý",
            "disagree": "Không đồng ý",
            "blank": "Trắng",
        }[self.value]


_FOUR = (Answer.EXCELLENT, Answer.GOOD, Answer.SATISFACTORY, Answer.UNSATISFACTORY, Answer.BLANK)
_ANSWERS = {
    RoundKind.FOUR_GRADES: _FOUR,
    RoundKind.COLLECTIVE: _FOUR,
    RoundKind.LOWER_GRADES: _FOUR[1:],
    RoundKind.EXCELLENT: (Answer.AGREE, Answer.DISAGREE, Answer.BLANK),
}


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

    def of(self, answer: Answer) -> int | None:
        """How many marked this; None while not entered."""
        number: int | None = getattr(self, answer.value)
        return number

    def with_number(self, answer: Answer, number: int | None) -> "VoteCount":
        """The same totals with one of them entered or taken out."""
        changed: dict[str, Any] = {answer.value: number}
        return replace(self, **changed)

    def total(self, kind: RoundKind) -> int | None:
        """All marks and blanks together; None while nothing is entered."""
        entered = [number for answer in kind.answers if (number := self.of(answer)) is not None]
        return sum(entered) if entered else None


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

    @property
    def title(self) -> str:
        """The round with its number: "Vòng 2: bình chọn xuất sắc"."""
        return f"Vòng {self.number}: {self.kind.short}" + (f" ({self.note})" if self.note else "")

    @property
    def is_empty(self) -> bool:
        """Whether no number at all was entered yet."""
        totals = (self.issued, self.returned, self.valid, self.invalid)
        return all(number is None for number in totals) and all(
            count.total(self.kind) is None for count in self.counts
        )


TOTALS = {
    "issued": "Số phiếu phát ra",
    "returned": "Số phiếu thu về",
    "valid": "Số phiếu hợp lệ",
    "invalid": "Số phiếu không hợp lệ",
}


def problems_in_round(
    votes: VoteRound, most_ballots: int, names: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """What is provably wrong with a round's numbers, the totals first, then row by row.

    ``most_ballots``: members with a vote who came. The field of a problem is a total's name, or
    "subject.answer", or "subject.total" for a row that adds up to too much. ``names`` name the rows.
    """
    found = list(_total_problems(votes, most_ballots))
    most, what = _most_marks(votes, most_ballots)
    for count in votes.counts:
        name = (names or {}).get(count.subject_id, "")
        found += _row_problems(votes.kind, count, (most, what), f"{name}: " if name else "")
    return tuple(found)


def _total_problems(votes: VoteRound, most_ballots: int) -> list[Problem]:
    issued, returned, valid, invalid = votes.issued, votes.returned, votes.valid, votes.invalid
    found = [
        Problem(field, f"{label} {number} nhỏ hơn 0. Đồng chí ghi lại số này.")
        for field, label in TOTALS.items()
        if (number := getattr(votes, field)) is not None and number < 0
    ]
    if issued is not None and issued > most_ballots:
        found.append(
            Problem(
                "issued",
                f"Phát ra {issued} phiếu, nhiều hơn {most_ballots} đồng chí có mặt có quyền biểu quyết.",
            )
        )
    if issued is not None and returned is not None and returned > issued:
        found.append(Problem("returned", f"Thu về {returned} phiếu, nhiều hơn {issued} phiếu phát ra."))
    if returned is not None:
        found += _returned_problems(returned, valid, invalid)
    return found


def _returned_problems(returned: int, valid: int | None, invalid: int | None) -> list[Problem]:
    if valid is not None and invalid is not None:
        if valid + invalid == returned:
            return []
        together = (
            f"Hợp lệ {valid} + không hợp lệ {invalid} = {valid + invalid}, khác {returned} phiếu thu về."
        )
        return [Problem("invalid", together)]
    for field, number in (("valid", valid), ("invalid", invalid)):
        if number is not None and number > returned:
            return [Problem(field, f"{TOTALS[field]} {number} nhiều hơn {returned} phiếu thu về.")]
    return []


def _most_marks(votes: VoteRound, most_ballots: int) -> tuple[int, str]:
    """How many marks a row can have at most, and what that number is: the most exact total entered."""
    if votes.valid is not None:
        return votes.valid, "phiếu hợp lệ"
    if votes.returned is not None:
        return votes.returned, "phiếu thu về"
    if votes.issued is not None:
        return votes.issued, "phiếu phát ra"
    return most_ballots, "đồng chí có mặt có quyền biểu quyết"


def _row_problems(kind: RoundKind, count: VoteCount, most: tuple[int, str], start: str) -> list[Problem]:
    negative = [
        Problem(
            f"{count.subject_id}.{answer.value}",
            f"{start}số phiếu “{answer.short}” {number} nhỏ hơn 0. Đồng chí ghi lại số này.",
        )
        for answer in kind.answers
        if (number := count.of(answer)) is not None and number < 0
    ]
    total = count.total(kind)
    if negative or total is None or total <= most[0]:
        return negative
    over = f"cộng {total} phiếu, nhiều hơn {most[0]} {most[1]}. Đồng chí kiểm lại dòng này."
    over = start + over if start else over[0].upper() + over[1:]
    return [Problem(f"{count.subject_id}.total", over)]


def cautions_in_round(
    votes: VoteRound, voters: int, names: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """What is unusual though not wrong: ballots not given out, not come back, marks missing on a row.

    A row with two crosses does not count for that person only, so a row may add up to less than the valid
    ballots. ``voters``: members present with a vote.
    """
    found = []
    if votes.issued is not None and votes.issued < voters:
        words = f"Phát ra {votes.issued} phiếu cho {voters} đồng chí có mặt có quyền biểu quyết."
        found.append(Problem("issued", f"{words} {voters - votes.issued} đồng chí không nhận phiếu."))
    if votes.issued is not None and votes.returned is not None and votes.returned < votes.issued:
        missing = votes.issued - votes.returned
        found.append(Problem("returned", f"Còn {missing} phiếu phát ra mà không thu về."))
    for count in votes.counts:
        total = count.total(votes.kind)
        entered = all(count.of(answer) is not None for answer in votes.kind.answers)
        if entered and total is not None and votes.valid is not None and 0 <= total < votes.valid:
            name = (names or {}).get(count.subject_id, "Dòng này")
            words = f"{name}: cộng {total}, còn thiếu {votes.valid - total} trong {votes.valid} phiếu hợp lệ."
            found.append(Problem(f"{count.subject_id}.total", words))
    return tuple(found)
