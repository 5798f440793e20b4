"""The minutes: of the count of votes, of the review meeting, of each monthly meeting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.domain.attendance import denominator
from app.domain.form_template import FormTemplate
from app.domain.meeting import Meeting, MeetingKind, TellerPost
from app.domain.review import COLLECTIVES, Review
from app.domain.rule_set import MajorityBase
from app.domain.sheets.document import DocumentContent, document_paper
from app.domain.sheets.facts import CellSigner, identity_value
from app.domain.sheets.frame import Row
from app.domain.sheets.kinds import PaperKind
from app.domain.sheets.minutes import (
    NO_BASE,
    MeetingPeople,
    away_rows,
    ballot_attendance_values,
    ballot_rows,
    collective_texts,
    meeting_values,
    result_rows,
    round_rows,
    round_values,
    said_row,
)
from app.domain.vote_results import RoundResult, tally
from app.domain.voting import RoundKind, VoteCount, VoteRound
from app.services.paper_gathering import YearGathering
from app.services.paper_meetings import (
    duties_of,
    issued_for,
    rated_collectives,
    rated_members,
    signer_of,
    votes_of_year,
)
from app.services.paper_sheets import Maker, NoSheet, Sheet, SheetOrder

_TALLY, _REVIEW, _MONTHLY = "M_TALLY", "M_REVIEW", "M_MONTHLY"
_TABLES = frozenset(kind.value for kind in RoundKind)
_MONTHLY_TEXTS = ("purpose", "report", "discussion", "praise", "reminders", "tasks", "conclusion")


def tallies(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """A tally for every round held; before the count one for each round meant, with names and no numbers."""
    year, form = order.year, order.form(_TALLY)
    votes = votes_of_year(year)
    if order.nameless:
        results = tuple(_unasked(kind) for kind in _rounds_meant(year))
    elif order.blank or votes is None or not votes.rounds:
        results = _uncounted(year)
    else:
        results = votes.rounds
    for result in results:
        yield _tally_sheet(order, form, result)


def review_minutes(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The minutes of the review meeting: parts 1 to 6, everybody in the order of review."""
    year, form = order.year, order.form(_REVIEW)
    meeting = None if order.blank else year.year_end.review_meeting
    if meeting is None and not order.blank:
        yield NoSheet(
            None, f"chưa ghi cuộc họp kiểm điểm năm {year.year}; ghi ở Họp chi bộ hoặc in mẫu trắng"
        )
        return
    if meeting is None:
        facts = year.facts(None) if order.nameless else year.cell_facts()
        open_content = DocumentContent(values={"base_text": NO_BASE}, blank=True)
        yield order.sheet(form, lambda: document_paper(form, facts, open_content))
        return
    facts, content = year.cell_facts(meeting.held_on), _review_content(year, meeting)
    yield order.sheet(form, lambda: document_paper(form, facts, content))


def monthly_minutes(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The minutes of every monthly and thematic meeting of the year, in order."""
    year, form = order.year, order.form(_MONTHLY)
    if order.blank:
        facts = year.facts(None) if order.nameless else year.cell_facts()
        yield order.sheet(form, lambda: document_paper(form, facts))
        return
    meetings = [one for one in year.year_end.meetings if one.kind is not MeetingKind.REVIEW]
    if not meetings:
        yield NoSheet(
            None, f"chưa ghi cuộc họp thường kỳ nào của năm {year.year}; ghi ở Họp chi bộ hoặc in mẫu trắng"
        )
    for meeting in meetings:
        yield _monthly_sheet(order, form, meeting)


MAKERS: dict[PaperKind, Maker] = {
    PaperKind.TALLY: tallies,
    PaperKind.REVIEW_MINUTES: review_minutes,
    PaperKind.MONTHLY_MINUTES: monthly_minutes,
}


def _rounds_meant(year: YearGathering) -> tuple[RoundKind, ...]:
    meeting = year.year_end.review_meeting
    rounds = meeting.rounds if meeting else duties_of(year).rule_set.vote.rounds
    by_count = {1: (RoundKind.FOUR_GRADES,), 2: (RoundKind.LOWER_GRADES, RoundKind.EXCELLENT)}
    return (*by_count[2 if rounds > 1 else 1], RoundKind.COLLECTIVE)


def _unasked(kind: RoundKind) -> RoundResult:
    return tally(VoteRound("", 1, kind), denominator((), MajorityBase.CONVENED))


def _uncounted(year: YearGathering) -> tuple[RoundResult, ...]:
    """The rounds meant, asking about everybody to be rated; the second round's names come from the first."""
    meeting = year.year_end.review_meeting
    base = denominator(meeting.attendance if meeting else (), MajorityBase.CONVENED)
    people = tuple(VoteCount(member.id) for member in rated_members(year))
    asked: dict[RoundKind, tuple[VoteCount, ...]] = {
        RoundKind.EXCELLENT: (),
        RoundKind.COLLECTIVE: tuple(VoteCount(subject) for subject in rated_collectives(year)),
    }
    return tuple(
        tally(VoteRound("", number, kind, counts=asked.get(kind, people)), base)
        for number, kind in enumerate(_rounds_meant(year), 1)
    )


def _tally_sheet(order: SheetOrder, form: FormTemplate, result: RoundResult) -> Sheet:
    year = order.year
    meeting = None if order.nameless else year.year_end.review_meeting
    values = round_values(result, meeting)
    signers: dict[str, CellSigner] = {}
    people = _people(year)
    if meeting is not None:
        values = {**meeting_values(meeting, people), **ballot_attendance_values(meeting, people), **values}
        signers = _signers(year, meeting)
    table = result.votes.kind.value
    content = DocumentContent(
        rows={table: round_rows(result, people)} if result.lines else {},
        values=values,
        signers=signers,
        omit=_TABLES - {table},
        blank=order.blank,
    )
    facts = year.cell_facts(result.votes.counted_on or (meeting.held_on if meeting else None))
    if order.nameless:
        facts = year.facts(None)
    return order.sheet(form, lambda: document_paper(form, facts, content))


def _review_content(year: YearGathering, meeting: Meeting) -> DocumentContent:
    people, votes = _people(year), votes_of_year(year)
    subjects = [member.id for member in rated_members(year)]
    reviews: dict[str, Review] = {**year.reviews, **year.year_end.collectives}
    voted = [final.subject_id for final in votes.finals] if votes else []
    others = [subject for subject in COLLECTIVES if subject in voted]
    issued = issued_for(year, PaperKind.REVIEW_MINUTES)
    base_texts = dict.fromkeys(each.base_text for each in votes.rounds) if votes else {}
    away = away_rows(meeting, people)
    return DocumentContent(
        texts={
            **collective_texts(meeting),
            "purpose": meeting.purpose,
            "conclusion": meeting.conclusion,
            "tasks": meeting.tasks,
        },
        rows=_known_rows(
            away=away,
            members=[_said(year, meeting, subject, people) for subject in subjects],
            rounds=ballot_rows(votes),
            results=result_rows([*subjects, *others], votes, reviews, people),
        ),
        number=issued.number_text if issued else "",
        values={
            **meeting_values(meeting, people),
            "base_text": " ".join(text for text in base_texts if text),
        },
        signers=_signers(year, meeting),
    )


def _said(year: YearGathering, meeting: Meeting, subject: str, people: MeetingPeople) -> Row:
    role = people.roles.get(subject, "")
    told = said_row(subject, meeting, year.reviews.get(subject), year.year_end.opinions_on(subject))
    return {"full_name": people.name(subject), "post": f", {role.lower()}" if role else " ", **told}


def _monthly_sheet(order: SheetOrder, form: FormTemplate, meeting: Meeting) -> Sheet:
    year, people = order.year, _people(order.year)
    facts = year.cell_facts(meeting.held_on)
    issued = issued_for(year, PaperKind.MONTHLY_MINUTES, meeting.held_on)
    content = DocumentContent(
        texts={name: getattr(meeting, name) for name in _MONTHLY_TEXTS},
        rows=_known_rows(away=away_rows(meeting, people)),
        number=issued.number_text if issued else "",
        values=meeting_values(meeting, people),
        signers=_signers(year, meeting),
    )
    return order.sheet(form, lambda: document_paper(form, facts, content))


def _known_rows(**rows: list[Row] | None) -> dict[str, list[Row]]:
    return {name: each for name, each in rows.items() if each is not None}


def _people(year: YearGathering) -> MeetingPeople:
    meeting = year.year_end.review_meeting
    facts = year.cell_facts(meeting.held_on if meeting else None)
    roles = {member.id: member.role_on(facts.as_of) for member in year.members}
    return MeetingPeople(
        {member.id: member.name for member in year.members},
        {member.id: identity_value("posts", replace(facts, member=member)) or "" for member in year.members},
        {member_id: role.label for member_id, role in roles.items() if role},
    )


def _signers(year: YearGathering, meeting: Meeting) -> dict[str, CellSigner]:
    """Who signs: the chair with their post, who wrote the minutes and who led the count by name alone."""
    people = _people(year)
    day = meeting.held_on or date(year.year, 12, 31)
    head = next((line.member_id for line in meeting.attendance if line.teller is TellerPost.HEAD), None)
    return {
        "chair": signer_of(year, meeting.chair_id, day),
        "minutes_by": CellSigner(people.name(meeting.minutes_by)),
        "teller_head": CellSigner(people.name(head)),
    }
