"""What goes upward after the meeting: report, proposal, achievements; the reward decision; the plan."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from app.domain.attendance import count_attendance, order_of_review
from app.domain.cap import cap_lines, cap_params, count_groups, stage_to_count
from app.domain.dates import citation_date
from app.domain.decision import cited_decision
from app.domain.member import Member
from app.domain.review import CELL_SUBJECT, GradeStage, Review
from app.domain.sheets.document import BLANK, DocumentContent, document_paper
from app.domain.sheets.facts import identity_value
from app.domain.sheets.frame import Row
from app.domain.sheets.kinds import PaperKind
from app.domain.sheets.lists import BLANK_CHECK, blank_grade_counts, grade_count_rows, named_reasons
from app.domain.sheets.minutes import MeetingPeople, meeting_values
from app.domain.sheets.organs import cell_name_in_text
from app.domain.sheets.reports import (
    achievement_texts,
    achievement_values,
    article_words,
    attendance_values,
    collective_values,
    count_values,
    is_excellent,
    limits_told,
    opinion_values,
    proposal_row,
    rules_in_text,
    strengths_told,
)
from app.domain.statistics import YearStatistics
from app.services.cap_settings import cap_members
from app.services.opinions import opinions_wanted
from app.services.paper_gathering import YearGathering
from app.services.paper_meetings import duties_of, issued_for, rated_members, statistics_of, votes_of_year
from app.services.paper_sheets import Maker, NoSheet, Sheet, SheetOrder

_PROPOSED = (GradeStage.PROPOSED,)
_DECIDED = (GradeStage.DECIDED,)
_GUIDANCE, _GUIDANCE_FROM = "guidance_2025", 2025  # no decision cites guidance later than itself
_ANY = (*_DECIDED, *_PROPOSED)
_FORMS = {
    PaperKind.CELL_REPORT: "R_CELL",
    PaperKind.PROPOSAL: "P_TTR",
    PaperKind.ACHIEVEMENT: "P_ACHIEVE",
    PaperKind.REWARD: "Q_REWARD",
    PaperKind.INSPECTION_PLAN: "P_PLAN",
}


def cell_report(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The report on the year's reviews and ratings, with the list of grades proposed."""
    if order.blank:
        yield _document(order, _blank(order))
        return
    year = order.year
    collective = year.year_end.collectives.get(CELL_SUBJECT)
    yield _document(
        order,
        DocumentContent(
            texts={
                "cap": "\n".join(_cap_lines(year)),
                "good": strengths_told(collective),
                "limits": limits_told(collective),
            },
            rows={**_grade_rows(year), "people": _proposals(year, rated_members(year))},
            values=_values(year),
        ),
    )


def proposal(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The request to recognise the grades; whom to reward is listed by the grade proposed, how is open."""
    if order.blank:
        yield _document(order, _blank(order))
        return
    year = order.year
    people = rated_members(year)
    excellent = [member for member in people if is_excellent(year.reviews.get(member.id), _PROPOSED)]
    rows = {
        **_grade_rows(year),
        "people": _proposals(year, people),
        "rewards": _proposals(year, excellent),
    }
    yield _document(order, DocumentContent(rows=rows, values=_values(year)))


def achievements(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The report on achievements of everybody proposed or decided as "hoàn thành xuất sắc nhiệm vụ"."""
    year, form = order.year, order.form(_FORMS[order.kind])
    if order.nameless:
        yield _document(order, BLANK)
        return
    people = order.people
    if not order.blank:
        people = tuple(m for m in people if is_excellent(year.reviews.get(m.id), _ANY))
    if not people:
        only = order.people[0] if len(order.people) == 1 else None
        yield NoSheet(only, "chưa được đề xuất, quyết định hoàn thành xuất sắc nhiệm vụ")
    for member in people:
        content = DocumentContent(values=achievement_values(member, None), blank=True)
        if not order.blank:
            content = _achievement(year, member, year.reviews.get(member.id))
        yield order.sheet(form, partial(document_paper, form, year.facts(member), content), member)


def reward_decision(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The decision of the committee above on giấy khen; the sum stays open."""
    year = order.year
    omit = frozenset({_GUIDANCE}) if year.year < _GUIDANCE_FROM else frozenset[str]()
    if order.blank:
        yield _document(order, replace(BLANK, omit=omit))
        return
    everybody = order_of_review(year.members, year.cell_facts().as_of)
    people = [m for m in everybody if is_excellent(year.reviews.get(m.id), _DECIDED)]
    if not people:
        yield NoSheet(
            None, "chưa nhập quyết định hoàn thành xuất sắc nhiệm vụ của đồng chí nào; hoặc in mẫu trắng"
        )
        return
    cell = cell_name_in_text(year.cell_facts().cell.own)
    sources = [_decided_by(year.reviews[member.id]) for member in people]
    content = DocumentContent(
        rows={"people": [{"full_name": m.name, "posts": _posts(year, m), "cell": cell} for m in people]},
        values={"count": str(len(people)), "decision": article_words(sources)},
        omit=omit,
    )
    yield _document(order, content)


def inspection_plan(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The cell's plan of inspection for the year, to be filled in."""
    yield _document(order, BLANK if order.nameless else DocumentContent(blank=True))


MAKERS: dict[PaperKind, Maker] = {
    PaperKind.CELL_REPORT: cell_report,
    PaperKind.PROPOSAL: proposal,
    PaperKind.ACHIEVEMENT: achievements,
    PaperKind.REWARD: reward_decision,
    PaperKind.INSPECTION_PLAN: inspection_plan,
}


def _blank(order: SheetOrder) -> DocumentContent:
    """A report to be filled in by hand: the year's rules and the four grades are printed all the same."""
    rules = rules_in_text(order.year.rules.rules_of(order.year.year))
    return DocumentContent(
        rows={"grade_counts": blank_grade_counts()},
        values={"rules": rules, "check": BLANK_CHECK},
        blank=True,
    )


def _document(order: SheetOrder, content: DocumentContent) -> Sheet:
    """A document of the whole cell with the number and day it was given, if it was."""
    year, form = order.year, order.form(_FORMS[order.kind])
    issued = None if order.nameless else issued_for(year, order.kind)
    if issued:
        content = replace(content, number=issued.number_text)
    facts = year.facts(None) if order.nameless else year.cell_facts(issued.dated_on if issued else None)
    return order.sheet(form, lambda: document_paper(form, facts, content))


def _values(year: YearGathering) -> dict[str, str]:
    """What the report and the proposal say of the year, as far as it is known."""
    rule_set, meeting = year.rules.rules_of(year.year), year.year_end.review_meeting
    values = {
        "rules": rules_in_text(rule_set),
        **count_values(_numbers(year).total),
        **opinion_values(
            opinions_wanted(year.members, duties_of(year), year.cell, year.year_end.opinions),
            year.today,
        ),
        **collective_values(year.year_end.collectives.get(CELL_SUBJECT)),
    }
    if meeting is not None:
        names = MeetingPeople({member.id: member.name for member in year.members})
        values["vote_form"] = meeting_values(meeting, names)["vote_form"]
        values["held_on"] = citation_date(meeting.held_on) if meeting.held_on else ""
        if meeting.attendance:
            values |= attendance_values(count_attendance(meeting.attendance))
    return values


def _numbers(year: YearGathering) -> YearStatistics:
    """The grades as the cell proposes them: what goes upward is told before the decision."""
    return statistics_of(year, GradeStage.PROPOSED)


def _grade_rows(year: YearGathering) -> dict[str, list[Row]]:
    numbers = _numbers(year)
    return {
        "grade_counts": grade_count_rows(numbers.total),
        "not_rated": named_reasons(numbers.not_rated),
    }


def _proposals(year: YearGathering, people: Iterable[Member]) -> list[Row]:
    votes = votes_of_year(year)
    return [
        proposal_row(member, _posts(year, member), year.reviews.get(member.id), votes) for member in people
    ]


def _posts(year: YearGathering, member: Member) -> str:
    return identity_value("posts", replace(year.cell_facts(), member=member)) or ""


def _achievement(year: YearGathering, member: Member, review: Review | None) -> DocumentContent:
    months, pledge = year.months.get(member.id, ()), year.pledges.get(member.id)
    return DocumentContent(
        texts=achievement_texts(year.year, review, pledge, months, year.summary(member)),
        values=achievement_values(member, review),
    )


def _cap_lines(year: YearGathering) -> tuple[str, ...]:
    """The cap as the report tells it, at the stage of the proposals."""
    rule = year.rules.rules_of(year.year).cap
    decided = year.year_end.year_members
    members = cap_members(year.year, list(rated_members(year)), year.reviews, decided)
    subjects = [each.subject for each in members]
    given = any(subject.grade_at(GradeStage.PROPOSED) for subject in subjects)
    stage = GradeStage.PROPOSED if given else stage_to_count(subjects)
    if stage is None:
        return ()
    params = cap_params(rule, year.year_end.setting)
    return cap_lines(count_groups(subjects, stage, params), stage, rule)


def _decided_by(review: Review) -> str:
    decided = next((given for given in review.grades if given.stage is GradeStage.DECIDED), None)
    if decided is None:
        return ""
    return cited_decision(decided.source, decided.dated_on)
