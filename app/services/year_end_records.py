"""Everything of one year-end beside the members' own reviews, read in one look: for screens and papers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.db import meeting_queries, review_queries, year_end_queries
from app.db.transactions import ReadTransaction
from app.domain.decision import Complaint, Rerating
from app.domain.discipline import Discipline
from app.domain.eligibility import YearMember
from app.domain.issued_document import CellTerm, IssuedDocument
from app.domain.meeting import Meeting, MeetingKind
from app.domain.opinion import Opinion, RaisedPoint
from app.domain.permissions import Reader
from app.domain.review import Review
from app.domain.review_privacy import readable_by
from app.domain.voting import VoteRound
from app.domain.year_closing import YearClosing
from app.domain.year_end_setting import YearEndSetting


@dataclass(frozen=True, slots=True)
class YearEndRecords:
    """The year-end as it stands in the book. ``rounds`` are those of the review meeting."""

    setting: YearEndSetting = field(default_factory=lambda: YearEndSetting(0))
    year_members: Mapping[str, YearMember] = field(default_factory=dict)
    collectives: Mapping[str, Review] = field(default_factory=dict)
    opinions: tuple[Opinion, ...] = ()
    raised_points: tuple[RaisedPoint, ...] = ()
    disciplines: tuple[Discipline, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    rounds: tuple[VoteRound, ...] = ()
    reratings: tuple[Rerating, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    closings: tuple[YearClosing, ...] = ()
    terms: tuple[CellTerm, ...] = ()
    documents: tuple[IssuedDocument, ...] = ()

    @property
    def review_meeting(self) -> Meeting | None:
        """The meeting that reviewed the year; of several the last."""
        held = [meeting for meeting in self.meetings if meeting.kind is MeetingKind.REVIEW]
        return held[-1] if held else None

    def opinions_on(self, member_id: str) -> tuple[Opinion, ...]:
        """The opinions on one member."""
        return tuple(opinion for opinion in self.opinions if opinion.member_id == member_id)

    def points_raised_to(self, subject_id: str) -> tuple[RaisedPoint, ...]:
        """The points raised to one subject."""
        return tuple(point for point in self.raised_points if point.subject_id == subject_id)


def readable_records(records: YearEndRecords, reader: Reader) -> YearEndRecords:
    """The records as somebody may read them: a collective's unfinished report stays with who leads."""
    readable = {subject: readable_by(review, reader) for subject, review in records.collectives.items()}
    return replace(records, collectives=readable)


def year_end_records_in(tx: ReadTransaction, year: int) -> YearEndRecords:
    """Read a year-end inside a transaction, in a fixed number of selects however many members there are."""
    meeting = meeting_queries.review_meeting(tx, year)
    return YearEndRecords(
        setting=year_end_queries.year_end_setting(tx, year),
        year_members=year_end_queries.year_members(tx, year),
        collectives=review_queries.collective_reviews(tx, year),
        opinions=year_end_queries.opinions(tx, year),
        raised_points=year_end_queries.raised_points(tx, year),
        disciplines=year_end_queries.disciplines(tx),
        meetings=meeting_queries.meetings_of_year(tx, year),
        rounds=meeting_queries.rounds_of_meeting(tx, meeting.id) if meeting else (),
        reratings=year_end_queries.reratings(tx, year),
        complaints=year_end_queries.complaints(tx, year),
        closings=year_end_queries.closings(tx, year),
        terms=year_end_queries.terms(tx),
        documents=year_end_queries.issued_documents(tx),
    )
