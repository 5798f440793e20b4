"""The year-end reviews of the sample book: written, voted on, decided and locked in December."""

from dataclasses import replace
from datetime import date
from functools import partial

from app.domain.review import ReviewKey
from app.domain.sample_reviews import ReviewDays, ReviewWriter
from app.services import reviews
from app.services.appraisal import set_committee_view
from app.services.sample_stage import LAST_YEAR, Stage
from app.services.sample_year_end import plan_running_year, plan_term, plan_year_end

_DAYS = {
    2024: ReviewDays(
        date(2024, 12, 6),
        date(2024, 12, 13),
        date(2024, 12, 16),
        date(2024, 12, 26),
        "187-QĐ/ĐU, ngày 26/12/2024",
    ),
    2025: ReviewDays(
        date(2025, 12, 5),
        date(2025, 12, 12),
        date(2025, 12, 15),
        date(2025, 12, 24),
        "214-QĐ/ĐU, ngày 24/12/2025",
    ),
}


def plan_reviews(stage: Stage) -> None:
    """Plan the reviews of the two finished years and everything the cell does around them."""
    plan_term(stage)
    plan_running_year(stage, LAST_YEAR)
    for year, days in _DAYS.items():
        plan_year_end(stage, year, days)
        for position, member in enumerate(stage.story.members):
            day = date(year, 12, 9 + position % 3)
            stage.at(day, 6, partial(_hand_in, stage, member.key, year, days))
            stage.at(days.meeting, 7, partial(_view, stage, member.key, year, days))
            stage.at(days.decided, 9, partial(_close, stage, member.key, year))


def _reviewed(stage: Stage, key: str, year: int) -> bool:
    if key not in stage.ids:
        return False
    if (key, year) not in stage.reviewed:
        for line in reviews.list_reviews(stage.seat("loc"), year):
            name = next(k for k, member_id in stage.ids.items() if member_id == line.member.id)
            stage.reviewed[name, year] = not line.not_reviewed
    return stage.reviewed.get((key, year), False)


def _hand_in(stage: Stage, key: str, year: int, days: ReviewDays) -> None:
    if not _reviewed(stage, key, year):
        return
    member = stage.story.member(key)
    writer = ReviewWriter(stage.story, member, year)
    ws = stage.hand(member)
    page = reviews.open_review(ws, ReviewKey(stage.ids[key], year))
    written = writer.fill(page.review, page.form, page.profile, page.proposed_text, days.civil)
    cases = writer.block_cases()
    reviews.submit_review(ws, replace(written, dated_on=stage.clock.today(), block_cases=cases))


def _view(stage: Stage, key: str, year: int, days: ReviewDays) -> None:
    if _reviewed(stage, key, year):
        view = ReviewWriter(stage.story, stage.story.member(key), year).committee_view()
        set_committee_view(
            stage.seat("loc"), ReviewKey(stage.ids[key], year), view.grade, view.note, days.meeting
        )


def _close(stage: Stage, key: str, year: int) -> None:
    if _reviewed(stage, key, year):
        reviews.close_review(stage.seat("loc"), ReviewKey(stage.ids[key], year))
