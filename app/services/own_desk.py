"""A member's own page: what is asked now, their twelve months, what the cell said, what they pledged."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.db import monthly_queries, pledge_queries, review_queries
from app.db.transactions import ReadTransaction
from app.domain.cell import Cell, CellName
from app.domain.dates import Month
from app.domain.errors import NoRules
from app.domain.member import Member
from app.domain.monthly import MonthlySelfAssessment, MonthState, Shown, due_date, month_duty, shown_month
from app.domain.pledge import Pledge, PledgeState
from app.domain.review import Review, ReviewKey, ReviewState
from app.services.cells import cell_in, closed_years_in
from app.services.eligibility import year_duties_in
from app.services.members import one_member
from app.services.months import month_in_hand
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace

# Cells write their reviews from November to the end of March; asking earlier would only be noise.
_REVIEW_FROM_MONTH, _REVIEW_UNTIL_MONTH = 11, 3


class AskKind(StrEnum):
    """What is asked of a member."""

    PLEDGE = "pledge"
    MONTH = "month"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Ask:
    """The one thing asked now: its year, for a month also which, until when, and how many items it has."""

    kind: AskKind
    year: int
    month: Month | None = None
    due: date | None = None
    open_items: int = 0
    is_begun: bool = False
    cell_words: str = ""

    def is_late(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due is not None and today > self.due


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """One month of the member's year."""

    month: Month
    shown: Shown
    assessment: MonthlySelfAssessment | None
    is_asked: bool


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """Everything a plain member's page shows."""

    member: Member
    cell_name: CellName
    year: int
    today: date
    ask: Ask | None
    months: tuple[OwnMonth, ...]
    pledge: Pledge | None
    review: Review | None
    not_reviewed: str
    is_closed: bool


def open_own_desk(ws: Workspace, year: int) -> OwnDesk:
    """The page of whoever sits at the PC, for one year; what is asked now does not depend on that year."""
    member_id = ws.actor.member_id or ""
    ws.must(Act.OPEN_OWN_DESK, member_id)
    today = ws.today()
    with ws.read() as tx:
        member = one_member(tx, member_id)
        cell = cell_in(tx)
        closed = closed_years_in(tx)
        ask = _asked(tx, member, cell, closed, today)
        months = _months(tx, member, cell, year, today, ask)
        review = review_queries.review_of(tx, ReviewKey(member_id, year))
        pledge = pledge_queries.pledge_of(tx, member_id, year)
        not_reviewed = _why_not(tx, member, year)
    return OwnDesk(
        member,
        cell.name_on(today),
        year,
        today,
        ask,
        months,
        pledge,
        review,
        not_reviewed,
        year in closed,
    )


def _why_not(tx: ReadTransaction, member: Member, year: int) -> str:
    try:
        return year_duties_in(tx, rule_book_in(tx).rules_of(year), year).of(member).why_not
    except NoRules as error:
        return str(error)


def _months(
    tx: ReadTransaction, member: Member, cell: Cell, year: int, today: date, ask: Ask | None
) -> tuple[OwnMonth, ...]:
    written = {m.month.month: m for m in monthly_queries.months_of_member(tx, member.id, year)}
    found = []
    for number in range(1, 13):
        month, own = Month(year, number), written.get(number)
        stored = (own.state, own.submitted_at) if own else None
        shown = shown_month(member, cell, month, stored, today)
        found.append(OwnMonth(month, shown, own, is_asked=ask is not None and ask.month == month))
    return tuple(found)


def _asked(
    tx: ReadTransaction, member: Member, cell: Cell, closed: frozenset[int], today: date
) -> Ask | None:
    """First what the year begins with, then the month, then the sheet at the year's end."""
    in_hand = month_in_hand(cell.due_day, today)
    earlier = [Month(in_hand.year, number) for number in range(1, in_hand.month)]
    review_year = today.year if today.month >= _REVIEW_FROM_MONTH else today.year - 1
    candidates = (
        _asked_pledge(tx, member, today),
        _asked_month(tx, member, cell, in_hand),
        _asked_review(tx, member, cell, review_year, today),
        *(_asked_month(tx, member, cell, month) for month in earlier),
    )
    return next((ask for ask in candidates if ask is not None and ask.year not in closed), None)


def _asked_pledge(tx: ReadTransaction, member: Member, today: date) -> Ask | None:
    year = today.year
    if all(member.monthly_duty(Month(year, number)) for number in range(1, 13)):
        return None
    pledge = pledge_queries.pledge_of(tx, member.id, year)
    if pledge is None:
        return None if member.pledge_duty(year, today) else Ask(AskKind.PLEDGE, year)
    if pledge.state is PledgeState.DRAFT:
        words = pledge.committee_comment
        return Ask(AskKind.PLEDGE, year, is_begun=bool(pledge.items), cell_words=words)
    return None


def _asked_month(tx: ReadTransaction, member: Member, cell: Cell, month: Month) -> Ask | None:
    """The month in hand, unless it is with the cell already or nothing is to be reported."""
    if month.year < cell.first_year or month_duty(member, cell, month):
        return None
    own = monthly_queries.month_of(tx, member.id, month)
    if own is not None and own.state is not MonthState.DRAFT:
        return None
    pledge = pledge_queries.pledge_of(tx, member.id, month.year)
    count = sum(item.is_open_in(month) for item in pledge.items) if pledge else 0
    if not count:
        return None
    words = own.cell_comment if own else ""
    begun = own is not None and bool(own.entries)
    return Ask(AskKind.MONTH, month.year, month, due_date(month, cell.due_day), count, begun, words)


def _asked_review(tx: ReadTransaction, member: Member, cell: Cell, year: int, today: date) -> Ask | None:
    is_over = today.year > year and today.month > _REVIEW_UNTIL_MONTH
    if is_over or year < cell.first_year or _why_not(tx, member, year):
        return None
    review = review_queries.review_of(tx, ReviewKey(member.id, year))
    if review is not None and review.state is not ReviewState.DRAFT:
        return None
    return Ask(AskKind.REVIEW, year, is_begun=review is not None)
