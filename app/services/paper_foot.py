"""What stands small at the foot of pages: why a locked year was opened again, and the seals on request."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import select

from app.db import tables
from app.db.transactions import ReadTransaction
from app.domain.dates import format_date
from app.domain.month_seal import joint_seal, seal_words
from app.domain.paper import Paper
from app.domain.sheets.kinds import PaperKind
from app.domain.year_closing import reopening_note
from app.services.paper_gathering import YearGathering
from app.services.paper_sheets import Sheet

_TELL_MONTHS = (PaperKind.REGISTER, PaperKind.EXTRACT, PaperKind.MATRIX)


def footed(sheets: Iterable[Sheet], year: YearGathering) -> tuple[Sheet, ...]:
    """The sheets of a year; each says at its foot that the year was reopened, if it was."""
    note = reopening_note(year.year_end.closings)
    if not note:
        return tuple(sheets)
    return tuple(replace(sheet, build=partial(_with_foot, sheet.build, note)) for sheet in sheets)


def with_seals(
    sheets: Iterable[Sheet], year: YearGathering, months: Mapping[str, Sequence[str]]
) -> tuple[Sheet, ...]:
    """The sheets with their seal: a locked year's on all, else that of the confirmed months they tell of.

    ``months``: the seals of each member's confirmed months. Printed again later, the same content has the
    same seal.
    """
    closings = [closing for closing in year.year_end.closings if not closing.reopened_at]
    if closings and closings[-1].digest:
        locked = format_date(date.fromisoformat(closings[-1].closed_at[:10]))
        note = f"Mã niêm phong năm {year.year}, khóa {locked}: {seal_words(closings[-1].digest)}."
        return tuple(_sealed(sheet, note) for sheet in sheets)
    everybody = [seal for member in year.members for seal in months.get(member.id, ())]
    found = []
    for sheet in sheets:
        seals = months.get(sheet.member.id, ()) if sheet.member else everybody
        told = sheet.kind in _TELL_MONTHS and seals
        note = f"Mã niêm phong {len(seals)} tháng đã xác nhận: {seal_words(joint_seal(seals))}."
        found.append(_sealed(sheet, note) if told else sheet)
    return tuple(found)


def _sealed(sheet: Sheet, note: str) -> Sheet:
    return replace(sheet, build=partial(_with_foot, sheet.build, note))


def month_seals_in(tx: ReadTransaction, year: int) -> dict[str, list[str]]:
    """The seals of the confirmed months of a year, by member, in the order of the months."""
    monthly = tables.monthly.c
    query = select(monthly.member_id, monthly.digest).where(monthly.year == year, monthly.digest != "")
    found: dict[str, list[str]] = {}
    for row in tx.rows(query.order_by(monthly.month)):
        found.setdefault(row.member_id, []).append(row.digest)
    return found


def _with_foot(build: Callable[[], Paper], note: str) -> Paper:
    paper = build()
    return replace(paper, foot=f"{paper.foot} {note}".strip())
