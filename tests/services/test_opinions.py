"""Opinions of a year: the list, many requested at once, what arrives, what is not needed, taking back."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.cell import CellName
from app.domain.errors import Conflict, NotAllowed, ValidationFailed
from app.domain.grade import SubjectKind
from app.domain.member import DatedStatus, StatusKind
from app.domain.needed_opinions import OpinionState, WantedOpinion
from app.domain.opinion import Opinion, OpinionKind
from app.services.cells import save_name
from app.services.members import add_status, set_kinds
from app.services.opinions import (
    enter_opinion,
    excuse_opinion,
    list_opinions,
    put_back_opinions,
    request_opinions,
    take_back_opinion,
)
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import lock_year

ASKED, DUE = date(2026, 3, 1), date(2026, 3, 15)


@pytest.fixture
def office_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """The cell of an office: everybody works there and lives elsewhere."""
    save_name(
        secretary_ws,
        CellName("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ VĂN PHÒNG ĐẢNG ỦY", "Hòa Sơn", valid_from=date(2025, 1, 1)),
    )
    everybody = (people.secretary, people.deputy, people.committee, people.plain)
    set_kinds(secretary_ws, dict.fromkeys(everybody, SubjectKind.NON_LEADER), 2025)
    return secretary_ws


def rows(ws: Workspace, member_id: str) -> list[WantedOpinion]:
    return [row for row in list_opinions(ws, 2025).rows if row.member.id == member_id]


def test_what_the_rules_want_is_listed_before_anybody_wrote_anything(
    office_ws: Workspace, people: People
) -> None:
    add_status(
        office_ws, people.plain, DatedStatus(StatusKind.TEMPORARY_OUT, date(2025, 3, 1), place="Chi bộ A")
    )

    found = list_opinions(office_ws, 2025)

    assert len(found.rows) == 5
    assert [row.kind for row in rows(office_ws, people.plain)] == [
        OpinionKind.RESIDENCE,
        OpinionKind.TEMPORARY_CELL,
    ]
    assert found.count(OpinionState.OPEN) == 5


def test_many_are_requested_at_once_and_can_be_put_back(office_ws: Workspace) -> None:
    wanted = [row.opinion for row in list_opinions(office_ws, 2025).rows]

    asked = request_opinions(office_ws, wanted, ASKED, DUE)

    found = list_opinions(office_ws, 2025)
    assert found.count(OpinionState.OVERDUE) == 4  # the book's day is 20/03/2026
    assert {row.opinion.due_on for row in found.rows} == {DUE}

    put_back_opinions(office_ws, {after.id: before for after, before in zip(asked, wanted, strict=True)})

    assert list_opinions(office_ws, 2025).count(OpinionState.OPEN) == 4


def test_an_opinion_that_arrives_is_kept_with_its_words_and_mark(
    office_ws: Workspace, people: People
) -> None:
    (row,) = rows(office_ws, people.plain)
    (asked,) = request_opinions(office_ws, [row.opinion], ASKED, DUE)

    enter_opinion(
        office_ws, replace(asked, received_on=date(2026, 3, 10), content=" Gương mẫu.\n", level="Tốt")
    )

    (row,) = rows(office_ws, people.plain)
    assert row.state(office_ws.today()) is OpinionState.RECEIVED
    assert (row.opinion.content, row.opinion.level) == ("Gương mẫu.", "Tốt")

    take_back_opinion(office_ws, row.opinion)

    (row,) = rows(office_ws, people.plain)
    assert row.opinion.requested_on == ASKED
    assert row.opinion.content == ""


def test_an_opinion_not_needed_needs_a_reason_and_can_be_taken_back(
    office_ws: Workspace, people: People
) -> None:
    (row,) = rows(office_ws, people.plain)
    with pytest.raises(ValidationFailed, match="Chưa ghi vì sao"):
        excuse_opinion(office_ws, row.opinion, " ")

    excuse_opinion(office_ws, row.opinion, "mới chuyển nơi ở")

    (row,) = rows(office_ws, people.plain)
    assert (row.state(office_ws.today()), row.excuse) == (OpinionState.NOT_NEEDED, "mới chuyển nơi ở")
    take_back_opinion(office_ws, row.opinion)
    assert rows(office_ws, people.plain)[0].state(office_ws.today()) is OpinionState.OPEN


def test_an_opinion_the_rules_do_not_want_may_be_asked_for_all_the_same(
    secretary_ws: Workspace, people: People
) -> None:
    assert rows(secretary_ws, people.plain) == []

    wish = Opinion(people.plain, 2025, OpinionKind.EMPLOYER, "Hợp tác xã Hòa Sơn")
    request_opinions(secretary_ws, [wish], ASKED, None)

    (row,) = rows(secretary_ws, people.plain)
    assert (row.needed, row.from_whom) == (None, "Hợp tác xã Hòa Sơn")


def test_dates_that_cannot_be_are_refused_with_the_field(office_ws: Workspace, people: People) -> None:
    (row,) = rows(office_ws, people.plain)
    with pytest.raises(ValidationFailed, match="Hạn gửi lại sớm hơn ngày xin"):
        request_opinions(office_ws, [row.opinion], ASKED, date(2026, 2, 1))
    with pytest.raises(ValidationFailed, match="chưa tới"):
        request_opinions(office_ws, [row.opinion], date(2026, 4, 1), None)
    (asked,) = request_opinions(office_ws, [row.opinion], ASKED, None)
    with pytest.raises(ValidationFailed, match="Ngày nhận sớm hơn ngày xin"):
        enter_opinion(office_ws, replace(asked, received_on=date(2026, 2, 1), content="x"))
    with pytest.raises(ValidationFailed, match="Chưa ghi ngày nhận"):
        enter_opinion(office_ws, asked)


def test_opinions_are_the_leaders_work_of_an_open_year_and_never_overwrite_each_other(
    office_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    (row,) = rows(office_ws, people.plain)
    with pytest.raises(NotAllowed):
        list_opinions(plain_ws, 2025)
    (asked,) = request_opinions(office_ws, [row.opinion], ASKED, None)
    enter_opinion(office_ws, replace(asked, received_on=ASKED, level="Tốt"))
    with pytest.raises(Conflict):
        enter_opinion(office_ws, replace(asked, received_on=ASKED, level="Khá"))
    lock_year(office_ws, 2025, date(2026, 3, 1))
    with pytest.raises(NotAllowed, match="đã khóa"):
        excuse_opinion(office_ws, asked, "x")
