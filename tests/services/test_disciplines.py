"""Discipline recorded, put right, taken back; what it does to the proposal of the year."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.discipline import Discipline, DisciplineForm, DutyRelated
from app.domain.errors import Conflict, NotAllowed, ValidationFailed
from app.domain.review import CELL_SUBJECT, ReviewKey
from app.services.disciplines import add_discipline, change_discipline, list_disciplines, remove_discipline
from app.services.reviews import open_review
from app.services.seats import sit_down
from app.services.workspace import Workspace
from tests.book_fixtures import People

REPRIMAND = Discipline("", DisciplineForm.REPRIMAND, date(2025, 6, 5), "12-QĐ/UBKT", "Vắng họp nhiều kỳ")


def test_a_discipline_is_recorded_and_read_back(secretary_ws: Workspace, people: People) -> None:
    discipline_id = add_discipline(secretary_ws, replace(REPRIMAND, member_id=people.plain))

    (kept,) = list_disciplines(secretary_ws, people.plain)

    assert replace(kept, id="", version=0) == replace(REPRIMAND, member_id=people.plain)
    assert kept.id == discipline_id
    assert list_disciplines(secretary_ws, people.deputy) == ()


def test_putting_right_takes_the_version_it_was_read_in(secretary_ws: Workspace, people: People) -> None:
    add_discipline(secretary_ws, replace(REPRIMAND, member_id=people.plain))
    (kept,) = list_disciplines(secretary_ws, people.plain)

    change_discipline(secretary_ws, replace(kept, remedied=True, duty_related=DutyRelated.NO))

    (now,) = list_disciplines(secretary_ws, people.plain)
    assert (now.remedied, now.duty_related) == (True, DutyRelated.NO)
    with pytest.raises(Conflict):
        change_discipline(secretary_ws, replace(kept, decision_ref="13-QĐ/UBKT"))
    remove_discipline(secretary_ws, now)
    assert list_disciplines(secretary_ws, people.plain) == ()


def test_days_that_cannot_be_are_refused(secretary_ws: Workspace, people: People) -> None:
    wrong = replace(REPRIMAND, member_id=people.plain, decided_on=date(2027, 1, 1), arose_year=2028)

    with pytest.raises(ValidationFailed) as refused:
        add_discipline(secretary_ws, wrong)

    assert [problem.field for problem in refused.value.problems] == ["decided_on", "arose_year"]


def test_a_plain_member_neither_reads_nor_writes_disciplines(secretary_ws: Workspace, people: People) -> None:
    plain = sit_down(secretary_ws, people.plain)

    with pytest.raises(NotAllowed):
        list_disciplines(plain, people.plain)
    with pytest.raises(NotAllowed):
        add_discipline(plain, replace(REPRIMAND, member_id=people.plain))


def test_only_the_year_it_is_decided_in_weighs_it(secretary_ws: Workspace, people: People) -> None:
    add_discipline(secretary_ws, replace(REPRIMAND, member_id=people.deputy))

    this_year = open_review(secretary_ws, ReviewKey(people.deputy, 2025)).context
    cell = open_review(secretary_ws, ReviewKey(CELL_SUBJECT, 2025)).context
    other_year = open_review(secretary_ws, ReviewKey(people.deputy, 2024)).context

    assert this_year is not None
    assert [each.form for each in this_year.disciplines] == [DisciplineForm.REPRIMAND]
    assert cell is not None
    assert len(cell.disciplines) == 1, "a member of the leadership: the collective is asked about it"
    assert other_year is not None
    assert other_year.disciplines == ()
