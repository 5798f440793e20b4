"""From the book to the facts the year-end's steps are told from; reads nothing by itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.attendance import attendance_for, count_attendance
from app.domain.cell import Cell
from app.domain.draft_report import draft_sending
from app.domain.eligibility import Duty, YearDuties
from app.domain.errors import NotFound
from app.domain.form_template import FormTemplate, SectionKind
from app.domain.grade import SubjectKind
from app.domain.meeting import Presence
from app.domain.member import Member
from app.domain.needed_opinions import OpinionState
from app.domain.needed_opinions import WantedOpinion as OpinionLine
from app.domain.opinion import OpinionKind
from app.domain.permissions import Reader
from app.domain.record_states import reads_review
from app.domain.review import (
    CELL_SUBJECT,
    COLLECTIVES,
    COMMITTEE_SUBJECT,
    GradeStage,
    Review,
    ReviewState,
)
from app.domain.review_privacy import readable_by
from app.domain.rule_set import GradeMeasure, RuleSet
from app.domain.scoring import ScoringProfile
from app.domain.sheets.facts import has_committee
from app.domain.sheets.review import open_sections, part_sums
from app.domain.year_end_facts import MeetingFacts, SheetStand, SubjectFacts, WantedOpinion, YearEndFacts
from app.domain.year_file import FileFacts
from app.services.eligibility import duties_of_records
from app.services.opinions import opinions_wanted
from app.services.rule_book import RuleBook
from app.services.year_end_records import YearEndRecords

_INDIVIDUALS = (SubjectKind.LEADER, SubjectKind.NON_LEADER, SubjectKind.OUTSIDE)


@dataclass(frozen=True, slots=True)
class YearEndBook:
    """What one look into the book brought; ``reader`` is who reads, since drafts are private."""

    year: int
    today: date
    reader: Reader
    rules: RuleBook
    rule_set: RuleSet
    cell: Cell
    members: tuple[Member, ...]
    reviews: Mapping[str, Review]
    records: YearEndRecords
    closed_on: date | None = None
    is_closed: bool = False

    @property
    def duties(self) -> YearDuties:
        """What the year asks of whom."""
        return duties_of_records(self.rule_set, self.year, self.records)

    @property
    def people(self) -> tuple[Member, ...]:
        """Everybody of the cell that year, and whoever has a review of it all the same."""
        return tuple(m for m in self.members if m.was_here_in(self.year) or m.id in self.reviews)

    @property
    def collectives(self) -> tuple[str, ...]:
        """The collectives reviewed: the cell itself, and its committee where there is one."""
        day = min(self.today, date(self.year, 12, 31))
        has_one = has_committee(self.members, day) or COMMITTEE_SUBJECT in self.records.collectives
        return (CELL_SUBJECT, COMMITTEE_SUBJECT) if has_one else (CELL_SUBJECT,)


def year_end_facts(book: YearEndBook) -> YearEndFacts:
    """Everything the nine steps are told from."""
    rule_set, records = book.rule_set, book.records
    meeting = _meeting(book)
    held_on = meeting.held_on if meeting else None
    collective = rule_set.subject(SubjectKind.COLLECTIVE)
    numbers = [_number(book, kind) for kind in _INDIVIDUALS]
    return YearEndFacts(
        year=book.year,
        today=book.today,
        members=member_facts(book),
        collectives=tuple(collective_facts(book, subject) for subject in book.collectives),
        meeting=meeting,
        draft=draft_sending(rule_set, held_on, records.setting.draft_sent_on),
        deadlines=rule_set.deadlines,
        sheet_numbers=tuple(sorted({number for number in numbers if number})),
        collective_form=_number(book, SubjectKind.COLLECTIVE, "Mẫu ") if collective else "",
        uses_points=rule_set.measure is GradeMeasure.POINTS,
        has_committee=COMMITTEE_SUBJECT in book.collectives,
        is_closed=book.is_closed,
        closed_on=book.closed_on,
    )


def _number(book: YearEndBook, kind: SubjectKind, lead: str = "") -> str:
    try:
        form = book.rules.form_for(book.rule_set, kind, book.year)
    except NotFound:
        return ""
    return lead + form.number_in_text.removeprefix("Mẫu ")


def member_facts(book: YearEndBook) -> tuple[SubjectFacts, ...]:
    """How far each member is."""
    duties = book.duties
    sheets = _Sheets(book)
    return tuple(
        sheets.facts(
            member.id,
            member.name,
            book.reviews.get(member.id),
            duties.of(member).duty,
            lacks_admission=member.record.admitted_on is None,
        )
        for member in book.people
    )


def collective_facts(book: YearEndBook, subject_id: str) -> SubjectFacts:
    """How far the cell or its committee is."""
    review = book.records.collectives.get(subject_id)
    return _Sheets(book).facts(subject_id, COLLECTIVES[subject_id], review, Duty.REVIEW)


class _Sheets:
    """Reads sheets for the steps; forms and profiles are looked up once."""

    def __init__(self, book: YearEndBook) -> None:
        self._book = book
        self._forms: dict[str, FormTemplate] = {}
        self._profiles: dict[str, ScoringProfile | None] = {}
        self._opinions = opinion_lines(book)
        self._raised = Counter(point.subject_id for point in book.records.raised_points)

    def facts(
        self, subject_id: str, name: str, review: Review | None, duty: Duty, *, lacks_admission: bool = False
    ) -> SubjectFacts:
        opinions = _waited_for(self._opinions.get(subject_id, ()), self._book.today)
        if review is None:
            raised = self._raised[subject_id]
            return SubjectFacts(subject_id, name, duty, lacks_admission, opinions, raised)
        stand = _stand(review, self._book.reader)
        readable = readable_by(review, self._book.reader)
        stages = {given.stage for given in review.grades}
        sums = part_sums(readable, self._profile(review.profile))
        return SubjectFacts(
            subject_id=subject_id,
            name=name,
            duty=duty,
            lacks_admission=lacks_admission,
            opinions=opinions,
            raised_open=self._raised[subject_id] - answered_points(self._book.records, review),
            sheet=stand,
            open_sections=() if stand is SheetStand.PRIVATE else self._open(readable),
            scored="total" in sums,
            self_graded=readable.grade_at(GradeStage.SELF) is not None,
            viewed=GradeStage.COMMITTEE in stages,
            voted=GradeStage.VOTE in stages,
            proposed=GradeStage.PROPOSED in stages,
            decided=GradeStage.DECIDED in stages,
            notified=review.notified_on is not None,
        )

    def _open(self, review: Review) -> tuple[str, ...]:
        form = self._forms.get(review.form)
        if form is None:
            form = self._forms[review.form] = self._book.rules.form(review.form, self._book.year)
        sections = open_sections(form, review, self._profile(review.profile))
        apart = (SectionKind.SCORES, SectionKind.FOUR_GRADES)
        return tuple(section.key for section in sections if section.kind not in apart)

    def _profile(self, profile_id: str) -> ScoringProfile | None:
        if profile_id not in self._profiles:
            self._profiles[profile_id] = self._book.rules.profile(profile_id, self._book.year)
        return self._profiles[profile_id]


def _stand(review: Review, reader: Reader) -> SheetStand:
    if not reads_review(reader, review):
        return SheetStand.PRIVATE
    return SheetStand.WRITING if review.state is ReviewState.DRAFT else SheetStand.HANDED_IN


def answered_points(records: YearEndRecords, review: Review | None) -> int:
    """How many of the points raised to a subject are answered on its sheet."""
    if review is None:
        return 0
    answered = {p.raised_id for p in review.prompts if p.cause.strip() or p.responsibility.strip()}
    return sum(point.id in answered for point in records.points_raised_to(review.key.subject_id))


def opinion_lines(book: YearEndBook) -> Mapping[str, tuple[OpinionLine, ...]]:
    """Every opinion wanted or kept, by member."""
    found: dict[str, tuple[OpinionLine, ...]] = {}
    for line in opinions_wanted(book.members, book.duties, book.cell, book.records.opinions):
        found[line.member.id] = (*found.get(line.member.id, ()), line)
    return found


def _waited_for(lines: Sequence[OpinionLine], today: date) -> tuple[WantedOpinion, ...]:
    """The opinions the review waits for or has; excused ones are not among them."""
    return tuple(
        WantedOpinion(
            line.kind.label,
            line.opinion.received_on is not None,
            line.opinion.due_on,
            line.opinion.requested_on is not None,
        )
        for line in lines
        if line.state(today) is not OpinionState.NOT_NEEDED
    )


def _meeting(book: YearEndBook) -> MeetingFacts | None:
    meeting = book.records.review_meeting
    if meeting is None:
        return None
    day = meeting.held_on or date(book.year, 12, 31)
    lines = meeting.attendance or attendance_for(book.members, day)
    is_held = meeting.held_on is not None and meeting.held_on <= book.today
    return MeetingFacts(
        meeting.id,
        meeting.held_on,
        count_attendance(lines).convened,
        sum(line.presence is Presence.UNKNOWN for line in lines) if is_held else 0,
        len(book.records.rounds),
        bool(meeting.conclusion.strip()),
    )


def file_facts(
    book: YearEndBook, subject: SubjectFacts, lines: Sequence[OpinionLine] | None = None
) -> FileFacts:
    """What the book holds of one subject's file; ``lines`` are the opinions wanted on it, if known."""
    if lines is None:
        lines = opinion_lines(book).get(subject.subject_id, ())
    records, subject_id = book.records, subject.subject_id
    collective = subject_id in COLLECTIVES
    review = records.collectives.get(subject_id) if collective else book.reviews.get(subject_id)
    residence = [line for line in lines if line.kind is OpinionKind.RESIDENCE]
    others = _waited_for([line for line in lines if line.kind is not OpinionKind.RESIDENCE], book.today)
    meeting = records.review_meeting
    review_id = review.id if review else ""
    return FileFacts(
        subject_id,
        sheet=subject.sheet is SheetStand.HANDED_IN,
        residence_received=any(line.opinion.received_on for line in residence),
        residence_excused=_residence_excuse(residence, book.today),
        other_opinions_wanted=len(others),
        other_opinions_received=sum(each.is_received for each in others),
        minutes=meeting is not None and bool(meeting.conclusion.strip()),
        appraised=subject.viewed or (collective and subject.decided),  # a collective is appraised above
        decided=subject.decided,
        raised_points=len(records.points_raised_to(subject_id)),
        raised_answered=answered_points(records, review),
        complaints=sum(each.review_id == review_id for each in records.complaints) if review_id else 0,
        reratings=sum(each.review_id == review_id for each in records.reratings) if review_id else 0,
    )


def _residence_excuse(lines: Sequence[OpinionLine], today: date) -> str:
    if not lines:
        return "quy định không yêu cầu ở chi bộ này"
    excused = [line.excuse for line in lines if line.state(today) is OpinionState.NOT_NEEDED]
    return excused[0] if len(excused) == len(lines) else ""
