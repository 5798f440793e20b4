"""Step 4: points own and appraised, what the rules allow, the committee's view, in a real book."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event

from app.domain.errors import NotAllowed, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import GradeStage, ItemScore, ReviewKey, YearTasks
from app.services.appraisal import Appraisal, list_appraisals, set_committee_view
from app.services.reviews import open_review, save_review, submit_review, with_self_grade
from app.services.seats import sit_down
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import add_member

MET = date(2025, 12, 5)


def scored(ws: Workspace, member_id: str, **appraised: str) -> None:
    page = open_review(ws, ReviewKey(member_id, 2025))
    assert page.profile is not None
    scores = tuple(
        ItemScore(item.code, item.max, Decimal(appraised[key]) if key in appraised else None)
        for item in page.profile.items
        for key in [item.code.replace(".", "_")]
    )
    review = replace(page.review, scores=scores, tasks=YearTasks(5, 5, 0, 2, 0))
    submit_review(ws, with_self_grade(review, Grade.EXCELLENT))


def line_of(ws: Workspace, member_id: str) -> Appraisal:
    return next(line for line in list_appraisals(ws, 2025).lines if line.member.id == member_id)


def test_own_and_appraised_points_stand_beside_each_other_with_what_they_allow(
    secretary_ws: Workspace, people: People
) -> None:
    scored(secretary_ws, people.plain, I_1_1="8", II_1="30")

    line = line_of(secretary_ws, people.plain)

    assert (line.own_points, line.appraised_points) == (Decimal(100), Decimal(89))
    assert line.proposal is not None
    assert line.proposal.grade is Grade.GOOD
    assert "89 điểm" in line.proposal.paragraph


def test_who_has_written_nothing_has_a_line_without_points(secretary_ws: Workspace, people: People) -> None:
    line = line_of(secretary_ws, people.deputy)

    assert (line.review, line.own_points, line.appraised_points, line.proposal) == (None, None, None, None)


def test_the_committees_view_is_kept_with_its_words_and_day(secretary_ws: Workspace, people: People) -> None:
    scored(secretary_ws, people.plain)

    set_committee_view(secretary_ws, ReviewKey(people.plain, 2025), Grade.GOOD, "Đều tay, gần dân", MET)
    set_committee_view(secretary_ws, ReviewKey(people.deputy, 2025), Grade.GOOD, "", MET)

    found = list_appraisals(secretary_ws, 2025)
    assert found.viewed == 2, "a sheet kept on paper gets its view too"
    view = line_of(secretary_ws, people.plain).view
    assert view is not None
    assert (view.stage, view.grade, view.note, view.dated_on) == (
        GradeStage.COMMITTEE,
        Grade.GOOD,
        "Đều tay, gần dân",
        MET,
    )


@pytest.mark.parametrize("day", [None, date(2027, 1, 1)])
def test_a_view_needs_a_day_that_has_come(secretary_ws: Workspace, people: People, day: date | None) -> None:
    scored(secretary_ws, people.plain)

    with pytest.raises(ValidationFailed):
        set_committee_view(secretary_ws, ReviewKey(people.plain, 2025), Grade.GOOD, "", day)


def test_a_plain_member_has_no_part_in_it(secretary_ws: Workspace, people: People) -> None:
    plain = sit_down(secretary_ws, people.plain)

    with pytest.raises(NotAllowed):
        list_appraisals(plain, 2025)
    with pytest.raises(NotAllowed):
        set_committee_view(plain, ReviewKey(people.plain, 2025), Grade.GOOD, "", MET)


def test_points_a_member_is_still_writing_are_not_read(secretary_ws: Workspace, people: People) -> None:
    plain = sit_down(secretary_ws, people.plain)
    page = open_review(plain, ReviewKey(people.plain, 2025))
    save_review(plain, replace(page.review, scores=(ItemScore("I.2", Decimal(5)),)))

    line = line_of(secretary_ws, people.plain)

    assert line.review is not None
    assert line.review.scores == ()


def test_the_committees_points_must_fit_the_table_too(secretary_ws: Workspace, people: People) -> None:
    page = open_review(secretary_ws, ReviewKey(people.plain, 2025))

    with pytest.raises(ValidationFailed, match="từ 0 đến 5"):
        save_review(secretary_ws, replace(page.review, scores=(ItemScore("I.2", Decimal(4), Decimal(6)),)))


@contextmanager
def counted(ws: Workspace) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(ws.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(ws.engine, "before_cursor_execute", note)


def test_more_members_do_not_ask_the_book_more_often(secretary_ws: Workspace, people: People) -> None:
    read: Callable[[], object] = lambda: list_appraisals(secretary_ws, 2025)  # noqa: E731
    scored(secretary_ws, people.plain)
    with counted(secretary_ws) as few:
        read()
    for number in range(6):
        scored(secretary_ws, add_member(secretary_ws, f"Nguyễn Văn {number}"))
    with counted(secretary_ws) as many:
        read()

    assert len(many) == len(few)
