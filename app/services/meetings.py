"""The cell's meetings as records: the year's list, one meeting with its attendance, minutes and notes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.db import meeting_queries, member_queries, monthly_queries, review_queries, tables
from app.db.transactions import ReadTransaction
from app.domain.attendance import AttendanceCounts, attendance_for, count_attendance, order_of_review
from app.domain.dates import Month, format_date
from app.domain.eligibility import Duty
from app.domain.errors import NotFound, Problem, ValidationFailed
from app.domain.grade import Grade
from app.domain.meeting import Attendance, Meeting, MeetingKind
from app.domain.meeting_checks import problems_in_meeting
from app.domain.member import Member
from app.domain.minutes_proposal import MonthOfMember, ProposedMinutes, propose_minutes
from app.domain.review import CELL_SUBJECT, COLLECTIVES, COMMITTEE_SUBJECT, GradeStage, Review, StageGrade
from app.domain.review_privacy import readable_by
from app.domain.rule_set import VoteRule
from app.domain.sheets.facts import has_committee
from app.domain.voting import VoteRound
from app.services.cells import closed_years_in
from app.services.eligibility import year_duties_in
from app.services.meeting_parts import meeting_values, restore_rounds, save_meeting_parts
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting in the year's list."""

    meeting: Meeting
    counts: AttendanceCounts
    round_count: int


@dataclass(frozen=True, slots=True)
class MeetingList:
    """The meetings of a year, the earliest first."""

    year: int
    lines: tuple[MeetingLine, ...]
    is_closed: bool


def list_meetings(ws: Workspace, year: int) -> MeetingList:
    """Every meeting of a year: monthly, thematic, the review meeting."""
    ws.must(Act.READ_MEETINGS)
    with ws.read() as tx:
        rounds = meeting_queries.rounds_per_meeting(tx)
        lines = tuple(
            MeetingLine(meeting, count_attendance(meeting.attendance), rounds.get(meeting.id, 0))
            for meeting in meeting_queries.meetings_of_year(tx, year)
        )
        return MeetingList(year, lines, year in closed_years_in(tx))


def monthly_meeting_day(ws: Workspace, month: Month) -> date | None:
    """When the cell met about a month, if that meeting is in the book."""
    ws.must(Act.READ_MEETINGS)
    with ws.read() as tx:
        meetings = meeting_queries.meetings_of_year(tx, month.year)
    days = [
        meeting.held_on
        for meeting in meetings
        if meeting.kind is MeetingKind.MONTHLY and meeting.month == month.month
    ]
    return days[-1] if days else None


@dataclass(frozen=True, slots=True)
class ReviewedSubject:
    """Whom the review meeting speaks about: own grade and the committee's view, to have beside the notes."""

    subject_id: str
    name: str
    post: str
    self_grade: Grade | None = None
    committee: StageGrade | None = None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything the page of one meeting shows. ``members`` in the order of review."""

    meeting: Meeting
    members: tuple[Member, ...]
    posts: dict[str, str]
    vote_rule: VoteRule
    subjects: tuple[ReviewedSubject, ...]
    proposed: ProposedMinutes
    round_count: int
    is_closed: bool

    @property
    def names(self) -> dict[str, str]:
        """Names by member id, and of the collectives."""
        return {**COLLECTIVES, **{member.id: member.name for member in self.members}}


def new_meeting(ws: Workspace, kind: MeetingKind, year: int, month: int | None = None) -> MeetingPage:
    """A meeting not in the book yet: everybody of the cell on its lines, the rule's way of voting."""
    ws.must(Act.KEEP_MEETING)
    with ws.read() as tx:
        rule = rule_book_in(tx).rules_of(year).vote
        meeting = Meeting(kind, year, month, rounds=rule.rounds, secret=rule.secret)
        last = [each for each in meeting_queries.meetings_of_year(tx, year) if each.place]
        meeting = replace(
            meeting,
            place=last[-1].place if last else "",
            attendance=attendance_for(member_queries.members(tx), _day_of(meeting, ws.today())),
        )
        return _page(ws, tx, meeting)


def open_meeting(ws: Workspace, meeting_id: str) -> MeetingPage:
    """One meeting with everything written of it."""
    ws.must(Act.OPEN_MEETING)
    with ws.read() as tx:
        return _page(ws, tx, stored_meeting(tx, meeting_id))


def stored_meeting(tx: ReadTransaction, meeting_id: str) -> Meeting:
    """One meeting inside a transaction."""
    meeting = meeting_queries.meeting_by_id(tx, meeting_id)
    if meeting is None:
        raise NotFound("Không còn buổi họp này trong sổ. Xin mở lại danh sách các buổi họp.")
    return meeting


def _day_of(meeting: Meeting, today: date) -> date:
    return meeting.held_on or min(max(today, date(meeting.year, 1, 1)), date(meeting.year, 12, 31))


def _page(ws: Workspace, tx: ReadTransaction, meeting: Meeting) -> MeetingPage:
    day = _day_of(meeting, ws.today())
    everybody = member_queries.members(tx)
    lines = {line.member_id: place for place, line in enumerate(meeting.attendance)}
    ordered = order_of_review(everybody, day)
    place_of = {member.id: place for place, member in enumerate(ordered)}
    meeting = replace(
        meeting, attendance=tuple(sorted(meeting.attendance, key=lambda a: place_of[a.member_id]))
    )
    return MeetingPage(
        meeting=meeting,
        members=tuple(member for member in ordered if member.id in lines),
        posts={m.id: role.label for m in ordered if (role := m.role_on(day)) is not None},
        vote_rule=rule_book_in(tx).rules_of(meeting.year).vote,
        subjects=_subjects(ws, tx, meeting, ordered, day) if meeting.kind is MeetingKind.REVIEW else (),
        proposed=_proposed(tx, meeting, everybody),
        round_count=meeting_queries.rounds_per_meeting(tx).get(meeting.id, 0),
        is_closed=meeting.year in closed_years_in(tx),
    )


def _subjects(
    ws: Workspace, tx: ReadTransaction, meeting: Meeting, ordered: Sequence[Member], day: date
) -> tuple[ReviewedSubject, ...]:
    """The collective first, then leaders, then everybody who reviews (QĐ 366-QĐ/TW art. 7 k. 3)."""
    duties = year_duties_in(tx, rule_book_in(tx).rules_of(meeting.year), meeting.year)
    stored = {
        **review_queries.reviews_of_year(tx, meeting.year),
        **review_queries.collective_reviews(tx, meeting.year),
    }
    # A sheet still being written is its writer's alone: its grade is not shown before it is handed in.
    reviews = {subject: readable_by(review, ws.actor.reader) for subject, review in stored.items()}
    wanted = [COMMITTEE_SUBJECT, CELL_SUBJECT] if has_committee(ordered, day) else [CELL_SUBJECT]
    found = [_subject(each, COLLECTIVES[each], "", reviews.get(each)) for each in wanted]
    noted = {note.subject_id for note in meeting.notes}
    for member in ordered:
        if duties.of(member).duty is Duty.REVIEW or member.id in noted:
            role = member.role_on(day)
            found.append(_subject(member.id, member.name, role.label if role else "", reviews.get(member.id)))
    return tuple(found)


def _subject(subject_id: str, name: str, post: str, review: Review | None) -> ReviewedSubject:
    if review is None:
        return ReviewedSubject(subject_id, name, post)
    own = review.grade_at(GradeStage.SELF)
    view = next((given for given in review.grades if given.stage is GradeStage.COMMITTEE), None)
    return ReviewedSubject(subject_id, name, post, own, view)


def _proposed(tx: ReadTransaction, meeting: Meeting, everybody: Sequence[Member]) -> ProposedMinutes:
    if meeting.kind is not MeetingKind.MONTHLY or meeting.month is None:
        return ProposedMinutes()
    month = Month(meeting.year, meeting.month)
    written = monthly_queries.months_of_cell(tx, meeting.year, meeting.month)
    rows = [
        MonthOfMember(m.name, bool(m.monthly_duty(month)), written[m.id][0] if m.id in written else None)
        for m in everybody
        if m.id in written or m.was_here_in(meeting.year)
    ]
    return propose_minutes(month, rows)


def attendance_on(
    ws: Workspace, meeting: Meeting, day: date, known: Sequence[Attendance]
) -> tuple[Attendance, ...]:
    """The lines of a meeting moved to another day: standings as of that day, what was ticked kept.

    ``meeting`` is as it was before; ``known`` are its lines as they stand on the page.
    """
    ws.must(Act.KEEP_MEETING)
    with ws.read() as tx:
        members = member_queries.members(tx)
        return attendance_for(members, day, known, _day_of(meeting, ws.today()))


def save_meeting(ws: Workspace, meeting: Meeting) -> Meeting:
    """Save a meeting, all parts at once; a new one gets its id. Problems are said field by field."""
    ws.must(Act.KEEP_MEETING)
    if problems := (*_missing(meeting), *problems_in_meeting(meeting)):
        raise ValidationFailed(problems)
    with ws.write(f"Ghi {_named(meeting)}") as tx:
        must_be_open(tx, meeting.year)
        values = meeting_values(meeting)
        if meeting.id:
            meeting_id, stored = meeting.id, stored_meeting(tx, meeting.id)
            must_be_open(tx, stored.year)
            changed = save_meeting_parts(tx, meeting_id, meeting)
            tx.update(tables.meeting, meeting_id, values, version=meeting.version, parts_changed=changed)
        else:
            meeting_id = tx.insert(tables.meeting, values)
            save_meeting_parts(tx, meeting_id, meeting)
        return stored_meeting(tx, meeting_id)


def _missing(meeting: Meeting) -> tuple[Problem, ...]:
    if meeting.held_on is None:
        return (Problem("held_on", "Chưa ghi ngày họp."),)
    return ()


def _named(meeting: Meeting) -> str:
    day = f" ngày {format_date(meeting.held_on)}" if meeting.held_on else ""
    return f"buổi họp{day}: {meeting.kind.label.lower()}"


@dataclass(frozen=True, slots=True)
class DeletedMeeting:
    """A meeting taken out of the book with its rounds of votes; enough to put it back."""

    meeting: Meeting
    rounds: tuple[VoteRound, ...]


def delete_meeting(ws: Workspace, meeting_id: str) -> DeletedMeeting:
    """Take a meeting written by mistake out of the book; hand the answer to ``restore_meeting`` to undo."""
    ws.must(Act.DELETE_MEETING)
    with ws.write("Xóa buổi họp") as tx:
        meeting = stored_meeting(tx, meeting_id)
        must_be_open(tx, meeting.year)
        rounds = meeting_queries.rounds_of_meeting(tx, meeting_id)
        restore_rounds(tx, meeting_id, ())
        save_meeting_parts(tx, meeting_id, replace(meeting, attendance=(), notes=()))
        tx.delete(tables.meeting, meeting_id)
        return DeletedMeeting(meeting, rounds)


def restore_meeting(ws: Workspace, deleted: DeletedMeeting) -> Meeting:
    """Put a deleted meeting back as it was, with its votes."""
    ws.must(Act.RESTORE_MEETING)
    meeting = deleted.meeting
    with ws.write(f"Lấy lại {_named(meeting)}") as tx:
        must_be_open(tx, meeting.year)
        tx.insert(tables.meeting, {**meeting_values(meeting), "id": meeting.id})
        save_meeting_parts(tx, meeting.id, meeting)
        restore_rounds(tx, meeting.id, deleted.rounds)
        return stored_meeting(tx, meeting.id)
