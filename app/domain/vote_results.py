"""What votes come to: shares with their base, verdicts, ties, rounds put together, never a decision.

The one place the screen, the PDF, the Word and the Excel papers take the numbers of a vote from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.attendance import Denominator, denominator
from app.domain.dates import format_date
from app.domain.grade import Grade
from app.domain.meeting import Meeting
from app.domain.rule_set import MajorityBase, VoteRule
from app.domain.statistics import share_of, share_text
from app.domain.voting import Answer, RoundKind, VoteCount, VoteRound


@dataclass(frozen=True, slots=True)
class Threshold:
    """The share that votes must exceed: more than a half (Điều lệ Đảng, điều 9 khoản 5)."""

    percent: int = 50

    def is_passed(self, votes: int, count: int) -> bool:
        """Whether votes are more than the share of a denominator; nothing passes on an empty one."""
        return count > 0 and votes * 100 > count * self.percent

    def needed(self, count: int) -> int:
        """The smallest number of votes that passes: 20 of 38."""
        return count * self.percent // 100 + 1


MORE_THAN_HALF = Threshold()


def percent_text(votes: int | None, count: int) -> str:
    """A share with two decimals and a comma, "81,58%"; "" without votes or without a base."""
    if votes is None or count <= 0:
        return ""
    return share_text(share_of(votes, count))


VERDICTS = {
    Grade.EXCELLENT: "Xuất sắc",
    Grade.GOOD: "Hoàn thành tốt",
    Grade.SATISFACTORY: "Hoàn thành",
    Grade.UNSATISFACTORY: "Không hoàn thành",
}
NO_MAJORITY = "Không mức nào quá nửa"
NOT_ENTERED = "Chưa nhập"


@dataclass(frozen=True, slots=True)
class AnswerVotes:
    """How many marked one thing on one row, and their share of the round's denominator ("" without one)."""

    answer: Answer
    count: int | None
    percent: str


@dataclass(frozen=True, slots=True)
class LineResult:
    """One row of a round. ``verdict`` is the grade more than half voted for, None where there is none.

    ``is_complete``: all numbers are entered or add up to the valid ballots, so that no majority can be said.
    ``tied`` are the marks that share the highest count. In a round of "đồng ý" the verdict is the top grade
    or none, and ``no_majority`` says that it was not reached.
    """

    subject_id: str
    votes: tuple[AnswerVotes, ...]
    total: int | None
    verdict: Grade | None = None
    verdict_votes: int | None = None
    verdict_text: str = NOT_ENTERED
    is_complete: bool = False
    no_majority: bool = False
    tied: tuple[Answer, ...] = ()

    @property
    def is_tie(self) -> bool:
        """Whether two or more marks share the highest count and none has the majority."""
        return self.no_majority and len(self.tied) > 1

    def votes_for(self, answer: Answer) -> AnswerVotes:
        """One mark's votes on this row; blank where the round does not ask it."""
        return next((each for each in self.votes if each.answer is answer), AnswerVotes(answer, None, ""))


@dataclass(frozen=True, slots=True)
class RoundResult:
    """One round with its denominator and every row. ``needed``: the smallest number that is a majority."""

    votes: VoteRound
    denominator: Denominator
    needed: int
    lines: tuple[LineResult, ...] = ()
    threshold: Threshold = MORE_THAN_HALF

    @property
    def base_text(self) -> str:
        """Whose share the percentages are, for under the table; "" where there is no base."""
        if not self.denominator.count:
            return ""
        return f"Tỉ lệ % tính trên {self.denominator.name}."

    @property
    def majority_words(self) -> str:
        """What a majority is: "Quá nửa", or the share the rules name."""
        percent = self.threshold.percent
        return "Quá nửa" if percent == MORE_THAN_HALF.percent else f"Quá {percent}%"

    @property
    def majority_text(self) -> str:
        """From how many votes it is a majority: "Quá nửa là từ 20 phiếu. Tính trên 38 …"."""
        if not self.denominator.count:
            return "Chưa có số để tính quá nửa."
        return f"{self.majority_words} là từ {self.needed} phiếu. Tính trên {self.denominator.name}."

    def line_of(self, subject_id: str) -> LineResult | None:
        """One subject's row, if the round asks about them."""
        return next((line for line in self.lines if line.subject_id == subject_id), None)


def tally(votes: VoteRound, base: Denominator, threshold: Threshold = MORE_THAN_HALF) -> RoundResult:
    """What one round comes to. Nothing is said of a row whose numbers cannot be right."""
    lines = tuple(_line(votes, count, base, threshold) for count in votes.counts)
    return RoundResult(votes, base, threshold.needed(base.count), lines, threshold)


def _line(votes: VoteRound, count: VoteCount, base: Denominator, threshold: Threshold) -> LineResult:
    kind = votes.kind
    numbers = [(answer, count.of(answer)) for answer in kind.answers]
    shares = tuple(AnswerVotes(a, number, percent_text(number, base.count)) for a, number in numbers)
    total = count.total(kind)
    line = LineResult(count.subject_id, shares, total)
    if total is None:
        return line
    if any(number is not None and number < 0 for _, number in numbers):
        return _said(line, "Có số nhỏ hơn 0")
    if votes.valid is not None and total > votes.valid:
        return _said(line, f"Thừa {total - votes.valid} phiếu")
    if not base.count:
        return _said(line, "Chưa có mẫu số")
    marks = {answer: number or 0 for answer, number in numbers if answer is not Answer.BLANK}
    passed = [answer for answer, number in marks.items() if threshold.is_passed(number, base.count)]
    is_complete = all(number is not None for _, number in numbers) or total == votes.valid
    if len(passed) == 1 and passed[0].grade is not None:
        grade, number = passed[0].grade, marks[passed[0]]
        text = f"{VERDICTS[grade]} {number}/{base.count}"
        return LineResult(count.subject_id, shares, total, grade, number, text, is_complete)
    if not is_complete or len(passed) > 1:
        return _said(line, "Chưa nhập đủ" if not is_complete else "Số phiếu nhiều hơn mẫu số")
    most = max(marks.values())
    tied = tuple(answer for answer, number in marks.items() if number == most and most > 0)
    text = NO_MAJORITY
    if kind is RoundKind.EXCELLENT:
        text = f"Không đạt xuất sắc {marks[Answer.AGREE]}/{base.count}"
    return LineResult(
        count.subject_id, shares, total, None, None, text, is_complete=True, no_majority=True, tied=tied
    )


def _said(line: LineResult, text: str) -> LineResult:
    return LineResult(line.subject_id, line.votes, line.total, verdict_text=text)


@dataclass(frozen=True, slots=True)
class FinalResult:
    """What all rounds of a meeting come to for one subject. ``round_number`` is the round that settled it.

    ``grade`` None: the last round on the subject is not fully entered (``is_pending``), or no grade has the
    majority.
    """

    subject_id: str
    grade: Grade | None
    votes: int | None
    out_of: int
    round_number: int
    text: str
    is_pending: bool = False
    no_majority: bool = False
    is_tie: bool = False

    def source_text(self, meeting: Meeting) -> str:
        """Where the grade comes from, as kept beside it: "31/38, vòng 1, họp 12/12/2025"; "" without one."""
        if self.grade is None:
            return ""
        held = f", họp {format_date(meeting.held_on)}" if meeting.held_on else ""
        return f"{self.votes}/{self.out_of}, vòng {self.round_number}{held}"


def combined_result(results: Sequence[RoundResult]) -> tuple[FinalResult, ...]:
    """All rounds put together, subject by subject in the order they were first voted on.

    A later round on grades stands in place of the earlier one, for the people it asks about only. A round of
    "đồng ý" lifts somebody to the top grade or leaves them at what the round before gave.
    """
    finals: dict[str, FinalResult] = {}
    grades: dict[str, FinalResult] = {}
    for result in sorted(results, key=lambda each: each.votes.number):
        for line in result.lines:
            told = _told(result, line)
            if result.votes.kind is not RoundKind.EXCELLENT:
                grades[line.subject_id] = finals[line.subject_id] = told
            elif told.grade is not None or told.is_pending:
                finals[line.subject_id] = told
            else:
                finals[line.subject_id] = grades.get(line.subject_id, told)
    return tuple(finals.values())


def _told(result: RoundResult, line: LineResult) -> FinalResult:
    return FinalResult(
        line.subject_id,
        line.verdict if line.is_complete else None,
        line.verdict_votes if line.is_complete else None,
        result.denominator.count,
        result.votes.number,
        line.verdict_text,
        is_pending=not line.is_complete,
        no_majority=line.no_majority,
        is_tie=line.is_tie,
    )


def candidates_for_excellent(results: Sequence[RoundResult]) -> tuple[str, ...]:
    """Who may be voted on for the top grade in a second round: those the first round found good."""
    lower = [each for each in results if each.votes.kind is RoundKind.LOWER_GRADES]
    return tuple(each.subject_id for each in combined_result(lower) if each.grade is Grade.GOOD)


@dataclass(frozen=True, slots=True)
class MeetingVotes:
    """Every round of one meeting and what they come to together."""

    base: MajorityBase
    rounds: tuple[RoundResult, ...] = ()
    finals: tuple[FinalResult, ...] = field(default=())

    def final_of(self, subject_id: str) -> FinalResult | None:
        """What the votes on one subject come to, if there was any."""
        return next((each for each in self.finals if each.subject_id == subject_id), None)


def votes_of_meeting(meeting: Meeting, rounds: Sequence[VoteRound], rule: VoteRule) -> MeetingVotes:
    """The votes of a meeting counted on the base it chose, else the one of the year's rules."""
    base = meeting.majority_base or rule.majority_base
    threshold = Threshold(rule.threshold_percent)
    results = tuple(
        tally(each, denominator(meeting.attendance, base, each.valid), threshold) for each in rounds
    )
    return MeetingVotes(base, results, combined_result(results))
