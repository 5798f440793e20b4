"""Khóa năm: open items are named first, content is sealed by a digest, every later write is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text, update

from app.db import tables, year_end_queries
from app.domain.dates import Month
from app.domain.errors import NotAllowed, ValidationFailed
from app.domain.grade import Grade, SubjectKind
from app.domain.member import CellRole, Post, Sphere
from app.domain.monthly import CellMark
from app.domain.pledge import Outcome, PledgeItem
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.domain.sheets.kinds import PaperKind
from app.services.health import check_book
from app.services.members import save_posts, set_kinds
from app.services.months import (
    comment_month,
    confirm_months,
    excuse_month,
    reopen_month,
    return_month,
    save_month,
    submit_month,
)
from app.services.paper_foot import footed
from app.services.paper_gathering import gather_year
from app.services.paper_sheets import SheetMaker
from app.services.pledges import (
    add_item,
    open_pledge,
    pass_pledges,
    return_pledge,
    revise_item,
    save_pledge,
    set_outcome,
    submit_pledge,
)
from app.services.reviews import (
    clear_grade,
    close_review,
    open_review,
    reopen_review,
    save_review,
    set_grade,
    submit_review,
    with_self_grade,
)
from app.services.workspace import Workspace
from app.services.year_closing import close_year, reopen_year, year_open_items
from tests.book_fixtures import FakeClock, People
from tests.builders import a_month, a_pledge, an_item, handed_in, lock_year, passed_pledge

MARCH = Month(2026, 3)
DAY = date(2027, 1, 10)


@pytest.fixture
def year(secretary_ws: Workspace, people: People, clock: FakeClock) -> Workspace:
    """2026 with a pledge, a month and a review in it."""
    pledge = passed_pledge(secretary_ws, people.plain)
    handed_in(secretary_ws, pledge, MARCH)
    submit_review(secretary_ws, own_review(secretary_ws, people.plain))
    clock.day = DAY
    return secretary_ws


def own_review(ws: Workspace, member_id: str) -> Any:
    return with_self_grade(open_review(ws, ReviewKey(member_id, 2026)).review, Grade.GOOD)


def closings(ws: Workspace) -> Any:
    with ws.read() as tx:
        return year_end_queries.closings(tx, 2026)


def findings(ws: Workspace) -> list[str]:
    return [each.sentence for each in check_book(ws).findings if each.code == "seal_broken"]


def test_a_year_with_open_items_is_locked_only_when_each_was_named(year: Workspace) -> None:
    left = year_open_items(year, 2026)
    assert any("Phạm Thị Dung (chưa bắt đầu)" in item for item in left)

    with pytest.raises(NotAllowed, match=r"còn việc để ngỏ: .*Phạm Thị Dung"):
        close_year(year, 2026, DAY)
    with pytest.raises(NotAllowed):
        close_year(year, 2026, DAY, left[1:])
    assert closings(year) == ()

    close_year(year, 2026, DAY, left)
    (kept,) = closings(year)
    assert kept.open_items.splitlines() == list(left)
    assert (kept.closed_at[:10], kept.closed_by) == ("2027-01-10", "Trần Thị Bình")
    assert len(kept.digest) == 64


def test_a_locked_year_is_not_locked_twice_nor_an_open_one_reopened(year: Workspace) -> None:
    with pytest.raises(NotAllowed, match="chưa khóa"):
        reopen_year(year, 2026, "thử")
    lock_year(year, 2026, DAY)
    with pytest.raises(NotAllowed, match="đã khóa rồi"):
        lock_year(year, 2026, DAY)


def test_reopening_keeps_the_reason_and_prints_it_at_the_foot(
    year: Workspace, people: People, clock: FakeClock
) -> None:
    lock_year(year, 2026, DAY)
    clock.day = date(2027, 1, 15)
    with pytest.raises(ValidationFailed):
        reopen_year(year, 2026, " ")
    reopen_year(year, 2026, "sót một phiếu")

    (kept,) = closings(year)
    assert (kept.reopened_at[:10], kept.reopen_reason) == ("2027-01-15", "sót một phiếu")
    gathered = gather_year(year, 2026)
    sheet = SheetMaker(PaperKind.PLEDGE, gathered, None, blank=False, annexes=True).of_member(
        next(member for member in gathered.members if member.id == people.plain)
    )
    assert not isinstance(sheet, str)
    (printed,) = footed([sheet], gathered)
    assert printed.build().foot == "Sổ năm 2026 đã khóa 10/01/2027, mở lại 15/01/2027: sót một phiếu"


def test_a_sound_locked_year_is_no_finding_and_one_changed_behind_it_is(
    year: Workspace, people: People
) -> None:
    lock_year(year, 2026, DAY)
    assert findings(year) == []

    with year.engine.begin() as connection:
        connection.execute(text("UPDATE review_grade SET grade = 'excellent'"))
    assert len(findings(year)) == 1
    assert "đã khóa ngày 10/01/2027 nhưng nội dung đã khác" in findings(year)[0]

    reopen_year(year, 2026, "đối chiếu lại")
    assert findings(year) == []


def test_facts_of_later_years_leave_the_seal_whole_but_those_of_the_year_do_not(
    year: Workspace, people: People
) -> None:
    save_posts(year, people.plain, [Post(Sphere.MASS, "Chi hội trưởng", None, date(2026, 5, 1))])
    lock_year(year, 2026, DAY)

    ended = Post(Sphere.MASS, "Chi hội trưởng", None, date(2026, 5, 1), date(2027, 1, 5))
    save_posts(year, people.plain, [ended, Post(Sphere.PARTY, "", CellRole.COMMITTEE_MEMBER, DAY)])
    assert findings(year) == []

    save_posts(year, people.plain, [Post(Sphere.MASS, "Chi hội phó", None, date(2026, 5, 1))])
    assert len(findings(year)) == 1


Write = Callable[[Workspace, People], object]


def _given() -> StageGrade:
    return StageGrade(GradeStage.PROPOSED, Grade.GOOD, date(2026, 12, 20), "họp")


def _item(ws: Workspace, people: People) -> PledgeItem:
    return open_pledge(ws, people.plain, 2026).pledge.items[0]


def _key(people: People) -> ReviewKey:
    return ReviewKey(people.plain, 2026)


WRITES: dict[str, Write] = {
    "save_pledge": lambda ws, p: save_pledge(ws, a_pledge(p.deputy)),
    "submit_pledge": lambda ws, p: submit_pledge(ws, a_pledge(p.deputy)),
    "return_pledge": lambda ws, p: return_pledge(ws, p.plain, 2026, "x"),
    "pass_pledges": lambda ws, p: pass_pledges(ws, 2026, [p.plain], DAY),
    "revise_item": lambda ws, p: revise_item(ws, p.plain, 2026, _item(ws, p), "x"),
    "add_item": lambda ws, p: add_item(ws, p.plain, 2026, an_item(), "x"),
    "set_outcome": lambda ws, p: set_outcome(ws, p.plain, 2026, _item(ws, p).id, Outcome.DONE, DAY),
    "save_month": lambda ws, p: save_month(ws, a_month(p.plain, Month(2026, 4), ())),
    "submit_month": lambda ws, p: submit_month(ws, a_month(p.plain, Month(2026, 4), ())),
    "comment_month": lambda ws, p: comment_month(ws, p.plain, MARCH, "tốt", CellMark.PRAISE),
    "return_month": lambda ws, p: return_month(ws, p.plain, MARCH, "x"),
    "confirm_months": lambda ws, p: confirm_months(ws, MARCH, [p.plain], DAY),
    "excuse_month": lambda ws, p: excuse_month(ws, p.plain, Month(2026, 5), "ốm"),
    "reopen_month": lambda ws, p: reopen_month(ws, p.plain, MARCH, "x"),
    "save_review": lambda ws, p: save_review(ws, own_review(ws, p.deputy)),
    "submit_review": lambda ws, p: submit_review(ws, own_review(ws, p.deputy)),
    "set_grade": lambda ws, p: set_grade(ws, _key(p), _given()),
    "clear_grade": lambda ws, p: clear_grade(ws, _key(p), GradeStage.SELF),
    "close_review": lambda ws, p: close_review(ws, _key(p)),
    "reopen_review": lambda ws, p: reopen_review(ws, _key(p), "x"),
    "set_kinds": lambda ws, p: set_kinds(ws, {p.plain: SubjectKind.LEADER}, 2026),
}


@pytest.mark.parametrize("name", WRITES)
def test_every_write_into_a_locked_year_is_refused(year: Workspace, people: People, name: str) -> None:
    lock_year(year, 2026, DAY)

    with pytest.raises(NotAllowed, match="Năm 2026 đã khóa"):
        WRITES[name](year, people)
    assert findings(year) == []


def test_a_year_locked_before_digests_were_kept_is_reopened_all_the_same(year: Workspace) -> None:
    with year.engine.begin() as connection:
        connection.execute(update(tables.year_state).values(closed_on=DAY))
        if connection.execute(select(tables.year_state.c.year)).scalars().all() == [2025]:
            connection.execute(update(tables.year_state).values(year=2026))

    assert findings(year) == []
    reopen_year(year, 2026, "bổ sung")
    (kept,) = closings(year)
    assert (kept.closed_at, kept.digest, kept.reopen_reason) == ("2027-01-10", "", "bổ sung")
