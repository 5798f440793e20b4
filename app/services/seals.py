"""Seals: whether confirmed months, locked years and the history itself are still what was sealed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.db import tables
from app.db.history_check import ChainReport, verify_chain
from app.db.transactions import ReadTransaction
from app.domain.dates import Month, format_date
from app.domain.month_seal import month_seal
from app.domain.progress import Progress
from app.services.month_seals import months_with_entries
from app.services.workspace import Workspace
from app.services.year_closing import ChangedYear, changed_since_closing


@dataclass(frozen=True, slots=True)
class ChangedMonth:
    """A confirmed month of a member whose content is no longer what the cell confirmed."""

    member_id: str
    name: str
    month: Month


@dataclass(frozen=True, slots=True)
class BrokenSeals:
    """What is no longer as it was sealed."""

    months: tuple[ChangedMonth, ...]
    years: tuple[ChangedYear, ...]


def verify_seals(tx: ReadTransaction) -> BrokenSeals:
    """The confirmed months and locked years whose content is not what their seal was made of."""
    months, entries = months_with_entries(tx)
    changed = [row for row in months if row["digest"] != month_seal(row, entries[row["id"]])]
    names: dict[str, str] = {}
    if changed:
        names = {row.id: row.full_name for row in tx.rows(select(tables.member))}
    found = sorted(
        (ChangedMonth(row["member_id"], names.get(row["member_id"], ""), _month(row)) for row in changed),
        key=lambda each: (each.month, each.name),
    )
    return BrokenSeals(tuple(found), changed_since_closing(tx))


def _month(row: Any) -> Month:
    return Month(row["year"], row["month"])


def verify_at_opening(ws: Workspace, progress: Progress | None = None) -> tuple[str, ...]:
    """What the people who lead are told after opening: one sentence for each seal that is broken."""
    with ws.read() as tx:
        return (*seal_sentences(verify_seals(tx)), *chain_sentences(verify_chain(tx, progress)))


def seal_sentences(broken: BrokenSeals) -> tuple[str, ...]:
    """The broken seals in words; many months of one kind become one sentence."""
    said = []
    by_month: dict[Month, list[str]] = defaultdict(list)
    for each in broken.months:
        by_month[each.month].append(each.name)
    for month, names in by_month.items():
        whose = ", ".join(names[:3]) + (f" và {len(names) - 3} đồng chí khác" if len(names) > 3 else "")
        said.append(
            f"Tự đánh giá {month} của {whose} đã khác lúc chi bộ xác nhận mà nhật ký không ghi ai sửa. "
            "Xin đối chiếu với bản in hoặc bản sao; nếu đúng thì mở lại tháng, ghi lý do, xác nhận lại."
        )
    for year in broken.years:
        day = format_date(date.fromisoformat(year.closed_at[:10]))
        said.append(
            f"Năm {year.year} đã khóa ngày {day} nhưng nội dung đã khác lúc khóa. "
            "Xin đối chiếu với bản in hoặc bản sao ngày đó; nếu đúng thì mở lại năm, ghi lý do, khóa lại."
        )
    return tuple(said)


def chain_sentences(report: ChainReport) -> tuple[str, ...]:
    """A broken history in words: where the first break is."""
    if report.is_whole:
        return ()
    if not report.broken_seq:
        return (
            "Nhật ký bị sửa ngoài chương trình: những việc cuối cùng đã bị bỏ, hoặc có dòng lạ thêm vào. "
            "Xin giữ nguyên sổ này và so với bản sao gần nhất.",
        )
    at = f"{report.broken_at[11:16]} ngày {format_date(date.fromisoformat(report.broken_at[:10]))}"
    return (
        f"Nhật ký bị sửa ngoài chương trình ở việc “{report.broken_name}” lúc {at}, hoặc ngay trước việc đó: "
        "có dòng bị sửa, bị bỏ hoặc thêm vào. Xin giữ nguyên sổ này và so với bản sao cũ hơn.",
    )
