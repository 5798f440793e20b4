"""A small cell goes through the whole year-end of 2025 by the services; at the end nothing is open."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from app.db import year_end_queries
from app.domain.cell import NewBook
from app.domain.form_template import FormTemplate, SectionKind
from app.domain.grade import FourLevel, Grade
from app.domain.meeting import MeetingKind, Presence
from app.domain.member import CellRole, Post, Sphere
from app.domain.review import CELL_SUBJECT, ItemScore, Review, ReviewKey, SectionText
from app.domain.scoring import ScoringProfile
from app.domain.voting import RoundKind, VoteCount
from app.domain.year_end_facts import StepKey, StepState
from app.services.appraisal import set_committee_view
from app.services.books import create_book
from app.services.collectives import note_draft_sent
from app.services.decisions import DecisionPaper, enter_decisions, notify, propose_all
from app.services.health import check_book
from app.services.keys import demo_keys
from app.services.meetings import new_meeting, save_meeting
from app.services.members import save_posts
from app.services.reviews import open_review, submit_review, with_self_grade
from app.services.seats import sit_down
from app.services.votes import add_round, record_results, save_round
from app.services.workspace import Workspace
from app.services.year_closing import close_year
from app.services.year_end_steps import list_year_files, open_year_end
from tests.book_fixtures import FakeClock
from tests.builders import add_member


def complete(review: Review, form: FormTemplate, profile: ScoringProfile | None) -> Review:
    """Every section written, every criterion with its points, a grade chosen."""
    written = tuple(
        SectionText(section.key, "Đã làm đầy đủ.", FourLevel.GOOD_LEVEL if section.four_levels else None)
        for section in form.sections
        if section.kind in (SectionKind.TEXT, SectionKind.FAULT_ROWS, SectionKind.PROMPT_ROWS)
    )
    scores = tuple(ItemScore(item.code, item.max) for item in profile.items) if profile else ()
    return with_self_grade(replace(review, sections=written, scores=scores), Grade.GOOD)


def hand_in(ws: Workspace, subject_id: str, year: int) -> None:
    page = open_review(ws, ReviewKey(subject_id, year))
    submit_review(ws, complete(page.review, page.form, page.profile))


def left(ws: Workspace, year: int) -> dict[StepKey, list[str]]:
    """What is missing, step by step; the last step sums the others up."""
    steps = open_year_end(ws, year).steps
    return {step.key: [f"{each.who}: {each.what}" for each in step.missing] for step in steps if step.missing}


def meet(ws: Workspace, subjects: Sequence[str], year: int, held_on: date) -> None:
    """Everybody comes, one round of ballots finds everybody good; the minutes have their end."""
    page = new_meeting(ws, MeetingKind.REVIEW, year)
    lines = tuple(replace(line, presence=Presence.PRESENT) for line in page.meeting.attendance)
    meeting = save_meeting(
        ws, replace(page.meeting, held_on=held_on, attendance=lines, conclusion="Nhất trí.")
    )
    votes = add_round(ws, meeting.id, RoundKind.FOUR_GRADES, subjects).rounds[-1]
    ballots = len(lines)
    counts = tuple(
        VoteCount(subject, excellent=0, good=ballots, satisfactory=0, unsatisfactory=0, blank=0)
        for subject in subjects
    )
    save_round(ws, replace(votes, issued=ballots, returned=ballots, valid=ballots, invalid=0, counts=counts))
    record_results(ws, meeting.id)


@pytest.mark.parametrize("year", [2023, 2025])
def test_a_cell_goes_through_every_step_to_the_locking(
    tmp_path_factory: pytest.TempPathFactory, year: int
) -> None:
    clock = FakeClock(date(year, 12, 1))
    book = NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", year)
    ws = create_book(tmp_path_factory.mktemp("so") / "dong-tien", book, demo_keys(), clock)
    people = [add_member(ws, f"Nguyễn Văn {name}") for name in ("An", "Bình", "Cường")]
    save_posts(ws, people[0], [Post(Sphere.PARTY, "", CellRole.SECRETARY, date(year, 1, 1))])
    ws = sit_down(ws, people[0])
    assert open_year_end(ws, year).current is StepKey.SHEETS

    for person in people:
        hand_in(ws, person, year)
    assert open_year_end(ws, year).current is StepKey.APPRAISAL
    for person in people:
        set_committee_view(ws, ReviewKey(person, year), Grade.GOOD, "Nhất trí tự nhận.", clock.day)
    assert open_year_end(ws, year).current is StepKey.COLLECTIVE
    hand_in(ws, CELL_SUBJECT, year)
    note_draft_sent(ws, year, clock.day)
    assert open_year_end(ws, year).current is StepKey.MEETING

    clock.day = date(year, 12, 13)
    meet(ws, people, year, date(year, 12, 12))
    assert open_year_end(ws, year).current is StepKey.PROPOSAL, left(ws, year)
    good = dict.fromkeys(people, Grade.GOOD)
    propose_all(ws, year, good, date(year, 12, 12), "Biên bản kiểm phiếu 12/12")
    assert open_year_end(ws, year).current is StepKey.DECISIONS
    decided_on = clock.day = date(year, 12, 24)
    paper = DecisionPaper("214-QĐ/ĐU", decided_on, "Đảng ủy xã Hòa Sơn")
    enter_decisions(ws, year, paper, {**good, CELL_SUBJECT: Grade.GOOD})
    notify(ws, year, dict.fromkeys(people, decided_on))

    view = open_year_end(ws, year)
    assert left(ws, year) == {}
    assert view.step(StepKey.CLOSE).word == "Làm được"
    assert [file.name for file in list_year_files(ws, year) if file.missing] == []
    close_year(ws, year, clock.day)
    assert {step.state for step in open_year_end(ws, year).steps} == {StepState.DONE}
    with ws.read() as tx:
        assert year_end_queries.closings(tx, year)[0].open_items == ""
    assert check_book(ws).findings == ()
    ws.close()
