"""What papers of the review meeting take from a gathered year: who is rated, who votes, with what result."""

from dataclasses import dataclass
from datetime import date

from app.domain.attendance import attendance_for, count_attendance, order_of_review
from app.domain.eligibility import Duty, YearDuties
from app.domain.issued_document import IssuedDocument
from app.domain.meeting import Meeting, Presence
from app.domain.member import Member
from app.domain.review import CELL_SUBJECT, COMMITTEE_SUBJECT, GradeStage
from app.domain.sheets.facts import CellSigner, SheetFacts
from app.domain.sheets.kinds import PaperKind
from app.domain.statistics import YearStatistics
from app.domain.vote_results import MeetingVotes, votes_of_meeting
from app.domain.year_statistics import YearGrades, year_statistics
from app.services.eligibility import duties_of_records
from app.services.paper_gathering import YearGathering


@dataclass(frozen=True, slots=True)
class BallotCount:
    """How many ballots are printed; ``note`` says so where nobody was ticked at the meeting yet."""

    count: int
    note: str = ""


def duties_of(year: YearGathering) -> YearDuties:
    """The year's rules held against the day of the review meeting. Raises ``NoRules``."""
    return duties_of_records(year.rules.rules_of(year.year), year.year, year.year_end)


def review_day(year: YearGathering) -> date:
    """The day of the review meeting; the last day of the year while there is none."""
    return duties_of(year).review_day


def rated_members(year: YearGathering) -> tuple[Member, ...]:
    """The members to be reviewed and rated, leaders first (QĐ 366-QĐ/TW art. 7 k. 3)."""
    duties = duties_of(year)
    ordered = order_of_review(year.members, duties.review_day)
    return tuple(member for member in ordered if duties.of(member).duty is Duty.REVIEW)


def rated_collectives(year: YearGathering) -> tuple[str, ...]:
    """The cell; its committee too where the year reviews the committee by itself, or votes on it."""
    asked = {count.subject_id for each in year.year_end.rounds for count in each.counts}
    has_own = COMMITTEE_SUBJECT in asked or COMMITTEE_SUBJECT in year.year_end.collectives
    return (CELL_SUBJECT, COMMITTEE_SUBJECT) if has_own else (CELL_SUBJECT,)


def statistics_of(year: YearGathering, stage: GradeStage = GradeStage.DECIDED) -> YearStatistics:
    """The numbers of a year already read, the same as looked back on. Raises ``NoRules``."""
    duties = duties_of(year)
    return year_statistics(
        YearGrades(
            year.year,
            year.today,
            duties.rule_set,
            duties,
            year.members,
            year.reviews,
            year.year_end.collectives,
            stage,
            year.year_end.disciplines,
        )
    )


def ballots_wanted(year: YearGathering) -> BallotCount:
    """One ballot for each member with a vote who came; for those convened while nobody is ticked."""
    meeting = year.year_end.review_meeting
    if meeting and any(line.presence is not Presence.UNKNOWN for line in meeting.attendance):
        return BallotCount(count_attendance(meeting.attendance).with_vote)
    lines = meeting.attendance if meeting and meeting.attendance else ()
    counts = count_attendance(lines or attendance_for(year.members, review_day(year)))
    why = "chưa điểm danh cuộc họp kiểm điểm" if meeting else "chưa ghi cuộc họp kiểm điểm"
    note = f"{why}, nên in {counts.convened} phiếu cho số đảng viên chính thức được triệu tập"
    return BallotCount(counts.convened, note)


def votes_of_year(year: YearGathering) -> MeetingVotes | None:
    """What the votes of the review meeting come to; nothing without a meeting."""
    meeting = year.year_end.review_meeting
    if meeting is None:
        return None
    return votes_of_meeting(meeting, year.year_end.rounds, year.rules.rules_of(year.year).vote)


def issued_for(year: YearGathering, kind: PaperKind, dated_on: date | None = None) -> IssuedDocument | None:
    """The number given to a paper of the year; of papers made several times a year, to that of a day."""
    given = [each for each in year.year_end.documents if (each.year, each.paper) == (year.year, kind.value)]
    if dated_on is not None:
        given = [each for each in given if each.dated_on == dated_on]
    return given[-1] if given else None


def meeting_facts(year: YearGathering, meeting: Meeting | None) -> SheetFacts:
    """The frame of the minutes of a meeting: head and date of its day."""
    return year.cell_facts(meeting.held_on if meeting else None)


def signer_of(year: YearGathering, member_id: str | None, day: date, title: str = "") -> CellSigner:
    """A member as a signature names them, with their post in the cell; nobody where none is known."""
    member = next((one for one in year.members if one.id == member_id), None)
    if member is None:
        return CellSigner()
    role = member.role_on(day)
    return CellSigner(member.name, title or (role.label.upper() if role else "ĐẢNG VIÊN"))
