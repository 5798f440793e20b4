"""Valid things to test with; a test changes only what it is about, a new column touches one line here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.cell import NewBook
from app.domain.dates import BirthDate, Month
from app.domain.member import CellRole, MemberDraft, Post, Sphere
from app.domain.monthly import MonthlyEntry, MonthlySelfAssessment
from app.domain.pledge import Pledge, PledgeItem
from app.services.members import save_member, save_posts
from app.services.months import submit_month
from app.services.pledges import pass_pledges, submit_pledge
from app.services.workspace import Workspace
from app.services.year_closing import close_year, year_open_items


def a_book(**changes: Any) -> NewBook:
    """What is asked when a book is made."""
    book = NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", 2025, pins_required=False)
    return replace(book, **changes)


def a_member(**changes: Any) -> MemberDraft:
    """An official member's record."""
    draft = MemberDraft(
        full_name="Nguyễn Văn An",
        gender="male",
        birth=BirthDate(1985, 4, 12),
        admitted_on=date(2010, 5, 19),
        confirmed_on=date(2011, 5, 19),
        occupation="Nông dân",
        residence="thôn Đồng Tiến",
    )
    return replace(draft, **changes)


def add_member(ws: Workspace, name: str, role: CellRole | None = None, **changes: Any) -> str:
    """A member in the book, with a post in the cell when ``role`` is given; returns the id."""
    member_id = save_member(ws, a_member(full_name=name, **changes))
    if role is not None:
        save_posts(ws, member_id, [Post(Sphere.PARTY, "", role, date(2025, 1, 1))])
    return member_id


def an_item(**changes: Any) -> PledgeItem:
    """One pledged thing."""
    item = PledgeItem("Q101.1", "Học đủ các chuyên đề trong năm", "4 chuyên đề", measure="Đọc trước tài liệu")
    return replace(item, **changes)


def a_pledge(member_id: str, year: int = 2026, **changes: Any) -> Pledge:
    """A pledge of two items, still being written."""
    items = (an_item(), an_item(content_code="Q101.4", action="Giúp hai hộ nghèo trong thôn", target="2 hộ"))
    return replace(Pledge(member_id, year, items=items), **changes)


def passed_pledge(ws: Workspace, member_id: str, year: int = 2026, **changes: Any) -> Pledge:
    """A pledge in the book that the cell has passed; ``ws`` must be seated as somebody leading."""
    saved = submit_pledge(ws, a_pledge(member_id, year, **changes))
    pass_pledges(ws, year, [member_id], min(date(year, 1, 15), ws.today()))
    return saved


def an_entry(item_id: str, **changes: Any) -> MonthlyEntry:
    """What a member says of one item in one month, ready to hand in."""
    return replace(MonthlyEntry(item_id, "Đã học xong chuyên đề quý I", "Khá"), **changes)


def a_month(
    member_id: str, month: Month, items: Sequence[PledgeItem], **changes: Any
) -> MonthlySelfAssessment:
    """A month with an entry for each of these items, ready to hand in."""
    assessment = MonthlySelfAssessment(member_id, month, entries=tuple(an_entry(item.id) for item in items))
    return replace(assessment, **changes)


def handed_in(ws: Workspace, pledge: Pledge, month: Month) -> MonthlySelfAssessment:
    """A month in the book that its member has handed in."""
    return submit_month(ws, a_month(pledge.member_id, month, pledge.items))


def lock_year(ws: Workspace, year: int, day: date) -> None:
    """A locked year, whatever it still leaves open."""
    close_year(ws, year, day, year_open_items(ws, year))
