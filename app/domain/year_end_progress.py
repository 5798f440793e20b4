"""What the steps of a year-end share: when a step is done or to come, its deadline, where it leads."""

from collections.abc import Iterable
from datetime import date, timedelta

from app.domain.year_end_facts import (
    Missing,
    Place,
    SheetStand,
    StepDeadline,
    StepKey,
    StepState,
    SubjectFacts,
    YearEndFacts,
    YearEndStep,
)

REVIEWS = "reviews"
SEASON_DAYS = 61
"""How long before the rules' last day the year-end begins: what nobody began earlier is "chưa tới"."""


def step_state(
    facts: YearEndFacts,
    missing: tuple[Missing, ...],
    *,
    is_begun: bool,
    before: Iterable[YearEndStep] = (),
) -> StepState:
    """Done when nothing is missing; to come while steps before it are open and nobody has begun it."""
    if not missing:
        return StepState.DONE
    waits = any(step.state is not StepState.DONE for step in before)
    if not is_begun and (waits or _is_before_season(facts)):
        return StepState.NOT_YET
    return StepState.LEFT


def _is_before_season(facts: YearEndFacts) -> bool:
    due = facts.deadline("REVIEW")
    last = due.before(facts.year) if due else date(facts.year, 12, 31)
    return facts.today < last - timedelta(days=SEASON_DAYS)


def review_deadline(facts: YearEndFacts) -> StepDeadline | None:
    """The rules' last day for the whole review and rating."""
    due = facts.deadline("REVIEW")
    return StepDeadline(due.before(facts.year), due.label, due.source, due.verified) if due else None


def deadline_before_meeting(facts: YearEndFacts) -> StepDeadline | None:
    """The meeting's day while it is to come, else the rules' last day."""
    held_on = facts.meeting.held_on if facts.meeting else None
    if held_on is not None and held_on > facts.today:
        return StepDeadline(held_on, "Buổi họp kiểm điểm của chi bộ")
    return review_deadline(facts)


def step_place(key: StepKey, **more: str) -> Place:
    """A step's own page, at a member where one is named."""
    return Place.at(REVIEWS, step=key.value, **more)


def sheet_gap(each: SubjectFacts) -> str:
    """What a sheet still lacks, in words; nothing when it is handed in complete."""
    if each.sheet is SheetStand.NONE:
        return "Chưa bắt đầu"
    if each.sheet is SheetStand.PRIVATE:
        return "Đang viết"
    if each.raised_open:
        return f"Chưa trả lời {each.raised_open} điểm gợi ý"
    if each.open_sections:
        return f"Thiếu mục {', '.join(each.open_sections)}"
    return "Viết xong, chưa gửi" if each.sheet is SheetStand.WRITING else ""
