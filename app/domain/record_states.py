"""How far a pledge, a month or a review is, in the words of the table of rights; who may read its words."""

from dataclasses import replace

from app.domain.monthly import MonthlySelfAssessment, MonthState
from app.domain.permissions import Act, Reader, State
from app.domain.pledge import Pledge, PledgeState
from app.domain.review import Review, ReviewState

_PLEDGES = {PledgeState.SUBMITTED: State.SUBMITTED, PledgeState.PASSED: State.PASSED}
_MONTHS = {
    MonthState.SUBMITTED: State.SUBMITTED,
    MonthState.CONFIRMED: State.CONFIRMED,
    MonthState.EXCUSED: State.EXCUSED,
    MonthState.NOT_REQUIRED: State.EXCUSED,
}
_REVIEWS = {ReviewState.SUBMITTED: State.SUBMITTED, ReviewState.CLOSED: State.CLOSED}


def _draft(*, is_private: bool) -> State:
    return State.PRIVATE if is_private else State.TYPED


def pledge_state(pledge: Pledge | None) -> State:
    """How far a pledge is; None or without an id: nothing is written."""
    if pledge is None or not pledge.id:
        return State.NONE
    return _PLEDGES.get(pledge.state) or _draft(is_private=pledge.is_private_to_member())


def month_state(month: MonthlySelfAssessment | None) -> State:
    """How far a month is."""
    if month is None or not month.id:
        return State.NONE
    return _MONTHS.get(month.state) or _draft(is_private=month.is_private_to_member())


def review_state(review: Review | None) -> State:
    """How far a review is."""
    if review is None or not review.id:
        return State.NONE
    return _REVIEWS.get(review.state) or _draft(is_private=review.is_private_to_member())


def reads_pledge(reader: Reader, pledge: Pledge) -> bool:
    """Whether somebody reads what stands in a pledge."""
    return reader.may(Act.READ_PLEDGE_WORDS, pledge.member_id, pledge_state(pledge))


def reads_month(reader: Reader, month: MonthlySelfAssessment) -> bool:
    """Whether somebody reads what stands in a month; words unsent stay private when the month is excused."""
    state = State.PRIVATE if month.is_private_to_member() else month_state(month)
    return reader.may(Act.READ_MONTH_WORDS, month.member_id, state)


def reads_review(reader: Reader, review: Review) -> bool:
    """Whether somebody reads what stands in a review; a collective's report is the cell's."""
    return reader.may(Act.READ_REVIEW_WORDS, review.key.member_id, review_state(review))


def readable_pledge(pledge: Pledge, reader: Reader) -> Pledge:
    """The pledge as somebody may read it: what is not handed in keeps its items to who writes it."""
    return pledge if reads_pledge(reader, pledge) else replace(pledge, items=())


def readable_month(month: MonthlySelfAssessment, reader: Reader) -> MonthlySelfAssessment:
    """The month as somebody may read it: that it is begun, not what is written."""
    return month if reads_month(reader, month) else replace(month, entries=())
