"""The ballots of the review meeting, one sheet for each person present with a vote; they name no voter."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from app.domain.member import Member
from app.domain.paper import Paper
from app.domain.review import CELL_SUBJECT, COLLECTIVES
from app.domain.rule_set import GradeMeasure
from app.domain.sheets.ballots import cell_row, grade_lines, name_rows, scored_row
from app.domain.sheets.document import BLANK, DocumentContent, document_paper
from app.domain.sheets.frame import Row
from app.domain.sheets.kinds import PaperKind
from app.domain.sheets.organs import cell_in_text, cell_name_in_text
from app.domain.vote_results import candidates_for_excellent
from app.domain.voting import RoundKind
from app.services.paper_gathering import YearGathering
from app.services.paper_meetings import (
    ballots_wanted,
    rated_collectives,
    rated_members,
    review_day,
    votes_of_year,
)
from app.services.paper_sheets import Maker, NoSheet, Sheet, SheetOrder

_FORMS = {
    PaperKind.BALLOT_GRADE: "B_GRADE",
    PaperKind.BALLOT_EXCELLENT: "B_EXCELLENT",
    PaperKind.BALLOT_GRADE4: "B_GRADE4",
    PaperKind.BALLOT_GRADE5: "B_GRADE5",
    PaperKind.BALLOT_CELL: "B_CELL",
    PaperKind.BALLOT_CELLS: "B_CELLS",
}
_ROUNDS = {
    PaperKind.BALLOT_GRADE: RoundKind.LOWER_GRADES,
    PaperKind.BALLOT_EXCELLENT: RoundKind.EXCELLENT,
    PaperKind.BALLOT_GRADE4: RoundKind.FOUR_GRADES,
    PaperKind.BALLOT_GRADE5: RoundKind.FOUR_GRADES,
}


def member_ballots(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """Ballots on members. Asked about are those the open round names, else everybody to be rated."""
    if order.kind is PaperKind.BALLOT_GRADE5 and not _gives_points(order.year):
        yield NoSheet(None, f"quy định của năm {order.year.year} không chấm điểm")
        return
    people = _asked_about(order)
    if order.nameless or not people:
        if order.blank:
            yield _sheet(order, BLANK)
        else:
            yield NoSheet(None, _why_nobody(order))
        return
    yield from _copies(order, DocumentContent(rows={"people": _rows(order, people)}))


def collective_ballots(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """Ballots on the cell; on its committee too where the year reviews the committee by itself."""
    for subject in rated_collectives(order.year):
        values = {"collective_capitals": COLLECTIVES[subject].upper()}
        content = DocumentContent(rows={"grades": grade_lines()}, values=values)
        yield from [_sheet(order, content)] if order.nameless else _copies(order, content)


def ballot_of_committee_above(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The paper on which the committee above asks about several cells; this one stands first."""
    if order.nameless:
        yield _sheet(order, BLANK)
        return
    form, facts = order.form(_FORMS[order.kind]), order.year.cell_facts()
    row = cell_row(cell_in_text(facts.cell.own), order.year.year_end.collectives.get(CELL_SUBJECT))
    rows: list[Row] = [row, *({"order": ""} for _ in range(form.sections[0].blank_rows - 1))]
    yield _sheet(order, DocumentContent(rows={"cells": rows}))


MAKERS: dict[PaperKind, Maker] = {
    PaperKind.BALLOT_GRADE: member_ballots,
    PaperKind.BALLOT_EXCELLENT: member_ballots,
    PaperKind.BALLOT_GRADE4: member_ballots,
    PaperKind.BALLOT_GRADE5: member_ballots,
    PaperKind.BALLOT_CELL: collective_ballots,
    PaperKind.BALLOT_CELLS: ballot_of_committee_above,
}


def _asked_about(order: SheetOrder) -> tuple[Member, ...]:
    """Those of the people asked for whom this ballot is about."""
    wanted = {member.id for member in order.people}
    subjects = _subjects(order)
    return tuple(
        member
        for member in rated_members(order.year)
        if member.id in wanted and (subjects is None or member.id in subjects)
    )


def _gives_points(year: YearGathering) -> bool:
    return year.rules.rules_of(year.year).measure is GradeMeasure.POINTS


def _subjects(order: SheetOrder) -> frozenset[str] | None:
    """Whom the round of this ballot is about: the last one still to be counted; None: everybody rated.

    The second round, once it is made, names its candidates itself.
    """
    kind = _ROUNDS[order.kind]
    is_second = kind is RoundKind.EXCELLENT
    rounds = [each for each in order.year.year_end.rounds if each.kind is kind and each.counts]
    named = [each for each in rounds if each.is_empty or is_second]
    if named:
        return frozenset(count.subject_id for count in named[-1].counts)
    if is_second:
        votes = votes_of_year(order.year)
        return frozenset(candidates_for_excellent(votes.rounds)) if votes else frozenset()
    return None


def _why_nobody(order: SheetOrder) -> str:
    if order.kind is PaperKind.BALLOT_EXCELLENT:
        return (
            "chưa có đồng chí nào đạt hoàn thành tốt ở vòng 1; nhập kết quả vòng 1 ở Họp chi bộ, "
            "hoặc in mẫu trắng để viết tên"
        )
    return f"không có đồng chí nào thuộc diện xếp loại năm {order.year.year}"


def _rows(order: SheetOrder, people: Sequence[Member]) -> list[Row]:
    year = order.year
    if order.kind is not PaperKind.BALLOT_GRADE5:
        return name_rows(people, cell_name_in_text(year.cell_facts(review_day(year)).cell.own))
    reviews = ((member, year.reviews.get(member.id)) for member in people)
    return [
        scored_row(member, review, year.rules.profile(review.profile, year.year) if review else None)
        for member, review in reviews
    ]


def _copies(order: SheetOrder, content: DocumentContent) -> Iterable[Sheet | NoSheet]:
    wanted = ballots_wanted(order.year)
    if wanted.note:
        yield NoSheet(None, wanted.note)
    sheet = _sheet(order, content)
    yield from (sheet for _ in range(wanted.count))


def _sheet(order: SheetOrder, content: DocumentContent) -> Sheet:
    """A ballot; its copies share one paper, written when the first is wanted."""
    form = order.form(_FORMS[order.kind])
    facts = order.year.cell_facts() if not order.nameless else order.year.facts(None)

    @cache
    def build() -> Paper:
        return document_paper(form, facts, content)

    return order.sheet(form, build)
