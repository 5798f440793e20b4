"""Kiểm tra sổ: whether the file is sound and its content makes sense, as sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from app.db import member_queries, tables
from app.db.database import is_damaged
from app.db.transactions import ReadTransaction
from app.domain.dates import format_date
from app.domain.member import Member, problems_in_member
from app.domain.monthly import MonthState
from app.services.workspace import Workspace
from app.services.year_closing import changed_since_closing


class Weight(StrEnum):
    """How much a finding matters: the file itself, or content to look at."""

    BROKEN = "broken"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: how much it matters, whose record it is in, and a sentence."""

    weight: Weight
    about: str
    sentence: str


@dataclass(frozen=True, slots=True)
class BookHealth:
    """What was looked at, and everything found."""

    members: int
    pledges: int
    months: int
    reviews: int
    actions: int
    findings: tuple[Finding, ...]


def check_book(ws: Workspace) -> BookHealth:
    """Look at the whole book: the file's soundness first, then content that contradicts itself."""
    findings: list[Finding] = []
    if is_damaged(ws.engine):
        said = "Tệp bị hỏng. Xin giữ nguyên thư mục này và mở một bản sao cũ hơn."
        findings.append(Finding(Weight.BROKEN, "Tệp sổ", said))
    with ws.read() as tx:
        members = member_queries.members(tx)
        findings += _members(members, ws)
        findings += _months(tx, {member.id: member for member in members})
        findings += _locked_years(tx)
        counted = [tables.pledge, tables.monthly, tables.review, tables.action]
        counts = [
            tx.connection.execute(select(func.count()).select_from(table)).scalar_one() for table in counted
        ]
    return BookHealth(len(members), counts[0], counts[1], counts[2], counts[3], tuple(findings))


def _members(members: tuple[Member, ...], ws: Workspace) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for member in members:
        for problem in problems_in_member(member.record, ws.today()):
            yield Finding(Weight.QUESTION, member.name, problem.message)
        birth = member.record.birth
        key = (member.search_key, birth.iso if birth else "")
        if birth and key in seen:
            yield Finding(
                Weight.QUESTION,
                member.name,
                f"Có hai {member.name} cùng sinh {birth}. Xin xem có trùng không.",
            )
        seen[key] = member.id


def _months(tx: ReadTransaction, members: dict[str, Member]) -> Iterator[Finding]:
    for row in tx.rows(select(tables.monthly).order_by(tables.monthly.c.year, tables.monthly.c.month)):
        member = members[row.member_id]
        when = f"tháng {row.month}/{row.year}"
        admitted = member.record.admitted_on
        if admitted and (row.year, row.month) < (admitted.year, admitted.month):
            said = f"Có tự đánh giá {when}, trước ngày vào Đảng {format_date(admitted)}."
            yield Finding(Weight.QUESTION, member.name, said)
        unmet = row.meeting_date is None and not row.no_meeting_reason
        if row.state == MonthState.CONFIRMED.value and unmet:
            yield Finding(
                Weight.QUESTION, member.name, f"{when.capitalize()} đã xác nhận nhưng thiếu ngày họp."
            )


def _locked_years(tx: ReadTransaction) -> Iterator[Finding]:
    for changed in changed_since_closing(tx):
        day = format_date(date.fromisoformat(changed.closed_at[:10]))
        said = (
            f"Năm {changed.year} đã khóa ngày {day} nhưng nội dung đã khác lúc khóa. "
            "Xin đối chiếu với bản in hoặc bản chép sổ ngày đó; nếu đúng thì mở lại năm, ghi lý do, khóa lại."
        )
        yield Finding(Weight.QUESTION, f"Năm {changed.year}", said)
