"""A book begun in November: the months before it are asked of nobody, and may be written in all the same."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.domain.dates import Month
from app.domain.member import CellRole
from app.domain.monthly import Shown
from app.domain.review import ReviewKey
from app.services.books import create_book
from app.services.keys import demo_keys
from app.services.months import month_board, open_month
from app.services.own_desk import open_own_desk
from app.services.paper_gathering import gather_year
from app.services.reviews import open_review
from app.services.seats import sit_down
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock
from tests.builders import a_book, add_member, handed_in, passed_pledge

FREE = [Shown.NOT_REQUIRED] * 10
AFTER = [Shown.LATE, Shown.NOT_SUBMITTED]


@pytest.fixture
def november(tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    """The secretary at a book made on 10/11/2026, looked at on 20/12; and its only member."""
    clock = FakeClock(date(2026, 11, 10))
    ws = create_book(tmp_path / "moi", a_book(year=2026), demo_keys(), clock)
    secretary = add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    clock.day = date(2026, 12, 20)
    yield sit_down(ws, secretary), secretary
    ws.close()


def board(ws: Workspace, year: int = 2026) -> list[Shown]:
    return [cell.shown for cell in month_board(ws, year).rows[0].cells]


def test_months_before_the_book_are_late_for_nobody(november: tuple[Workspace, str]) -> None:
    ws, member_id = november

    assert board(ws) == FREE + AFTER
    assert [month.shown for month in open_own_desk(ws, 2026).months] == FREE + AFTER
    gathering = gather_year(ws, 2026)
    member = gathering.members[0]
    assert list(gathering.shown(member)) == FREE + AFTER
    assert gathering.record(member).free_reasons == dict.fromkeys(range(1, 11), "chưa lập sổ")
    assert open_review(ws, ReviewKey(member_id, 2026)).summary.required == 2


def test_a_month_before_the_book_may_be_written_and_counts_then(november: tuple[Workspace, str]) -> None:
    ws, member_id = november
    page = open_month(ws, member_id, Month(2026, 9))
    assert (page.not_asked, page.free_reason) == ("chưa lập sổ", "")

    handed_in(ws, passed_pledge(ws, member_id), Month(2026, 9))

    assert board(ws)[8] is Shown.SUBMITTED
    summary = open_review(ws, ReviewKey(member_id, 2026)).summary
    assert (summary.required, summary.submitted, summary.late) == (3, 1, 0)
    assert open_month(ws, member_id, Month(2026, 9)).not_asked == ""


def test_a_member_is_asked_for_no_month_before_the_book(november: tuple[Workspace, str]) -> None:
    ws, member_id = november
    pledge = passed_pledge(ws, member_id)
    for number in (11, 12):
        handed_in(ws, pledge, Month(2026, number))

    ask = open_own_desk(ws, 2026).ask

    assert ask is None or ask.month is None


def test_a_book_begun_for_an_earlier_year_asks_for_all_of_it(tmp_path: Path) -> None:
    ws = create_book(tmp_path / "cu", a_book(year=2025), demo_keys(), FakeClock(date(2026, 3, 20)))
    add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)

    shown = board(ws, 2025)
    ws.close()

    assert shown == [Shown.LATE] * 12
