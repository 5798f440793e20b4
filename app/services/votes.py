"""Counting the votes of a meeting: rounds as totals, voting again, the result written beside every grade."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.db import meeting_queries, member_queries, review_queries, tables
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.attendance import order_of_review, present_with_vote, voters_at_most
from app.domain.dates import format_date
from app.domain.eligibility import Duty
from app.domain.errors import NotAllowed, NotFound, Problem, ValidationFailed
from app.domain.meeting import Meeting
from app.domain.review import (
    CELL_SUBJECT,
    COLLECTIVES,
    COMMITTEE_SUBJECT,
    GradeStage,
    Review,
    ReviewState,
    StageGrade,
)
from app.domain.rule_set import MajorityBase, RuleSet
from app.domain.sheets.facts import has_committee
from app.domain.vote_results import FinalResult, MeetingVotes, candidates_for_excellent, votes_of_meeting
from app.domain.voting import RoundKind, VoteCount, VoteRound, problems_in_round
from app.services.cells import closed_years_in
from app.services.eligibility import year_duties_in
from app.services.meeting_parts import round_values, save_counts
from app.services.meetings import stored_meeting
from app.services.review_parts import put_grade, rows_of
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class VoteSubject:
    """Whom a ballot may ask about: a member to be rated, or a collective."""

    subject_id: str
    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class VotesPage:
    """Everything the page of a meeting's votes shows; ``subjects`` are the members to be rated, in order."""

    meeting: Meeting
    rule_set: RuleSet
    rounds: tuple[VoteRound, ...]
    subjects: tuple[VoteSubject, ...]
    collectives: tuple[VoteSubject, ...]
    names: dict[str, str]
    is_closed: bool

    @property
    def voters(self) -> int:
        """For how many a ballot was printed: those present who have a vote."""
        return present_with_vote(self.meeting.attendance)

    @property
    def most_ballots(self) -> int:
        """The most ballots there can be, those nobody ticked yet counted in."""
        return voters_at_most(self.meeting.attendance)

    def results(self, rounds: Sequence[VoteRound] | None = None) -> MeetingVotes:
        """What the rounds come to: as in the book, or as they stand on the page."""
        return votes_of_meeting(self.meeting, self.rounds if rounds is None else rounds, self.rule_set.vote)

    def default_subjects(self, kind: RoundKind) -> tuple[str, ...]:
        """Whom a round asks about unless people were chosen."""
        if kind is RoundKind.COLLECTIVE:
            return tuple(each.subject_id for each in self.collectives)
        if kind is RoundKind.EXCELLENT:
            return candidates_for_excellent(self.results().rounds)
        return tuple(each.subject_id for each in self.subjects)


def open_votes(ws: Workspace, meeting_id: str) -> VotesPage:
    """The votes of a meeting: every round with its totals, whom they are about, whose majority decides."""
    ws.must(Act.READ_VOTES)
    with ws.read() as tx:
        return _page(tx, stored_meeting(tx, meeting_id))


def _page(tx: ReadTransaction, meeting: Meeting) -> VotesPage:
    rule_set = rule_book_in(tx).rules_of(meeting.year)
    duties = year_duties_in(tx, rule_set, meeting.year)
    day = meeting.held_on or duties.review_day
    everybody = order_of_review(member_queries.members(tx), day)
    collectives = [CELL_SUBJECT, COMMITTEE_SUBJECT] if has_committee(everybody, day) else [CELL_SUBJECT]
    subjects = []
    for member in everybody:
        if duties.of(member).duty is Duty.REVIEW:
            role = member.role_on(day)
            subjects.append(VoteSubject(member.id, member.name, role.label if role else ""))
    return VotesPage(
        meeting,
        rule_set,
        meeting_queries.rounds_of_meeting(tx, meeting.id),
        tuple(subjects),
        tuple(VoteSubject(each, COLLECTIVES[each]) for each in collectives),
        {**COLLECTIVES, **{member.id: member.name for member in everybody}},
        meeting.year in closed_years_in(tx),
    )


def set_voting(
    ws: Workspace,
    meeting_id: str,
    *,
    base: MajorityBase | None,
    rounds: int,
    secret: bool,
    recuse_self: bool,
) -> VotesPage:
    """How the meeting votes: on whose majority (None: as the rules say), rounds, secretly, own case."""
    ws.must(Act.CHOOSE_VOTING)
    with ws.write("Chọn cách biểu quyết") as tx:
        meeting = stored_meeting(tx, meeting_id)
        must_be_open(tx, meeting.year)
        values = {
            "majority_base": base.value if base else "",
            "rounds": rounds,
            "secret": secret,
            "recuse_self": recuse_self,
        }
        tx.update(tables.meeting, meeting_id, values)
        return _page(tx, stored_meeting(tx, meeting_id))


def add_round(
    ws: Workspace, meeting_id: str, kind: RoundKind, subjects: Sequence[str], note: str = ""
) -> VotesPage:
    """Begin a round of ballots about these; also a re-vote for chosen people. Every earlier round stays."""
    ws.must(Act.ADD_ROUND)
    if not subjects:
        raise ValidationFailed((Problem("subjects", "Chưa chọn đồng chí nào để bỏ phiếu."),))
    with ws.write(f"Thêm vòng bỏ phiếu: {kind.short}") as tx:
        meeting = stored_meeting(tx, meeting_id)
        must_be_open(tx, meeting.year)
        known = meeting_queries.rounds_of_meeting(tx, meeting_id)
        votes = VoteRound(meeting_id, max((each.number for each in known), default=0) + 1, kind, note)
        values = {**round_values(votes), "meeting_id": meeting_id, "number": votes.number}
        round_id = tx.insert(tables.vote_round, values)
        save_counts(tx, round_id, [VoteCount(subject_id) for subject_id in dict.fromkeys(subjects)])
        return _page(tx, meeting)


def delete_last_round(ws: Workspace, meeting_id: str) -> VotesPage:
    """Take back the last round, begun by mistake; a round with numbers in it stays."""
    ws.must(Act.DELETE_ROUND)
    with ws.write("Bỏ vòng bỏ phiếu chưa có số liệu") as tx:
        meeting = stored_meeting(tx, meeting_id)
        must_be_open(tx, meeting.year)
        rounds = meeting_queries.rounds_of_meeting(tx, meeting_id)
        if not rounds:
            raise NotFound("Buổi họp này chưa có vòng bỏ phiếu nào.")
        last = rounds[-1]
        if not last.is_empty:
            raise NotAllowed(
                f"{last.title} đã có số liệu nên được giữ lại. Muốn bỏ, đồng chí xóa hết số trong vòng này."
            )
        save_counts(tx, last.id, ())
        tx.delete(tables.vote_round, last.id)
        return _page(tx, meeting)


def save_round(ws: Workspace, votes: VoteRound) -> VoteRound:
    """Save the totals of a round. Numbers that cannot be are refused, the row is named."""
    ws.must(Act.KEEP_VOTES)
    with ws.write(f"Ghi kiểm phiếu vòng {votes.number}") as tx:
        meeting = stored_meeting(tx, votes.meeting_id)
        must_be_open(tx, meeting.year)
        names = {member.id: member.name for member in member_queries.members(tx)}
        problems = problems_in_round(votes, voters_at_most(meeting.attendance), {**COLLECTIVES, **names})
        if problems:
            raise ValidationFailed(problems)
        values = round_values(votes)
        values["counted_on"] = votes.counted_on or (None if votes.is_empty else meeting.held_on)
        changed = save_counts(tx, votes.id, votes.counts)
        tx.update(tables.vote_round, votes.id, values, version=votes.version, parts_changed=changed)
        rounds = meeting_queries.rounds_of_meeting(tx, votes.meeting_id)
        return next(each for each in rounds if each.id == votes.id)


@dataclass(frozen=True, slots=True)
class RecordedVotes:
    """Whose results were written beside the grades, and whose were left with the reason."""

    subjects: tuple[str, ...]
    left: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many results were written."""
        return len(self.subjects)


def record_results(ws: Workspace, meeting_id: str) -> RecordedVotes:
    """Write what the votes came to as the third of the five grades of everybody voted on.

    Date and source are the meeting's: "31/38, vòng 1, họp 12/12/2025". Who has no majority has no result: one
    recorded before is taken back. Nothing else changes; it is no proposal and no decision.
    """
    ws.must(Act.RECORD_RESULTS)
    with ws.write("Ghi kết quả biểu quyết") as tx:
        meeting = stored_meeting(tx, meeting_id)
        must_be_open(tx, meeting.year)
        page = _page(tx, meeting)
        _must_be_countable(ws, page)
        reviews = {
            **review_queries.reviews_of_year(tx, meeting.year),
            **review_queries.collective_reviews(tx, meeting.year),
        }
        written, left = [], []
        for final in page.results().finals:
            review = reviews.get(final.subject_id)
            if why := _why_left(final, review):
                left.append((page.names.get(final.subject_id, ""), why))
            if review is None or review.state is ReviewState.CLOSED or final.is_pending:
                continue
            if final.grade is None:
                _take_back(tx, review.id)
            else:
                source = final.source_text(meeting)
                put_grade(tx, review.id, StageGrade(GradeStage.VOTE, final.grade, meeting.held_on, source))
                written.append(final.subject_id)
        return RecordedVotes(tuple(written), tuple(left))


def _must_be_countable(ws: Workspace, page: VotesPage) -> None:
    meeting = page.meeting
    problems: list[Problem] = []
    if meeting.held_on is None:
        problems.append(Problem("held_on", "Buổi họp chưa ghi ngày."))
    elif meeting.held_on > ws.today():
        problems.append(Problem("held_on", f"Ngày họp {format_date(meeting.held_on)} chưa tới."))
    for votes in page.rounds:
        problems += problems_in_round(votes, page.most_ballots, page.names)
    if problems:
        raise ValidationFailed(tuple(problems))


def _why_left(final: FinalResult, review: Review | None) -> str:
    if final.is_pending:
        return f"vòng {final.round_number} chưa nhập đủ"
    if review is None:
        return "chưa có bản kiểm điểm trong sổ"
    if review.state is ReviewState.CLOSED:
        return "bản kiểm điểm đã khóa"
    if final.grade is None:
        return "ngang phiếu" if final.is_tie else "không mức nào quá nửa"
    return ""


def _take_back(tx: WriteTransaction, review_id: str) -> None:
    table: Any = tables.review_grade
    stage = table.c.stage == GradeStage.VOTE.value
    tx.delete_many(table, [row.id for row in tx.rows(rows_of(table, review_id).where(stage))])
