"""One member's own data in a folder: the extract anybody may have of themselves, the file of one who leaves.

The law on personal data (91/2025/QH15, in force 1/1/2026, not compared with the original) lets people have a
copy of what is kept about them; the Party's file keeps the self-reviews of the last three years and those at
transfers (HD 06-HD/TW 2025 point 8.3).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from app.db import tables
from app.db.transactions import ReadTransaction
from app.domain.dates import format_date
from app.domain.errors import FileUnwritable, NoRules, NotFound
from app.domain.member import Member
from app.domain.progress import NoProgress, Progress
from app.domain.sheets.kinds import PaperKind
from app.services.members import one_member
from app.services.paper_files import new_folder, safe_name
from app.services.papers import PaperRequest, save_pdf
from app.services.workspace import Act, Workspace

_KEPT_YEARS = 3
_OF_MEMBER = (tables.member_post, tables.member_kind, tables.member_status, tables.member_discipline)
_OF_YEAR = (tables.pledge, tables.monthly, tables.review)
_PARTS: tuple[tuple[Table, str], ...] = (
    (tables.pledge_item, "pledge_id"),
    (tables.monthly_entry, "monthly_id"),
    (tables.review_section, "review_id"),
    (tables.review_score, "review_id"),
    (tables.review_fault, "review_id"),
    (tables.review_prompt, "review_id"),
    (tables.review_task, "review_id"),
    (tables.review_grade, "review_id"),
    (tables.rerating, "review_id"),
    (tables.complaint, "review_id"),
)
_DRAFT = "draft"


class MemberFileKind(StrEnum):
    """What the folder is for: a copy for the person, or what goes with somebody who leaves the cell."""

    OWN_COPY = "own_copy"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """How the folder is called."""
        return {"own_copy": "Bản trích dữ liệu", "transfer": "Hồ sơ chuyển sinh hoạt"}[self.value]


@dataclass(frozen=True, slots=True)
class SavedMemberFile:
    """The folder that was written: its place, how many papers, the years there are papers of."""

    folder: Path
    paper_count: int
    years: tuple[int, ...]


def save_member_file(
    ws: Workspace, member_id: str, kind: MemberFileKind, place: Path, progress: Progress | None = None
) -> SavedMemberFile:
    """Write a folder of one member's data under ``place``: papers as PDF, everything as readable JSON.

    Others' drafts are not in it. Raises ``NotFound`` for nobody, ``FileUnwritable`` with nothing left behind.
    """
    if kind is MemberFileKind.TRANSFER:
        ws.must(Act.TRANSFER_MEMBER)
    ws.must(Act.COPY_MEMBER_DATA, member_id)
    progress = progress or NoProgress()
    with ws.read() as tx:
        member = one_member(tx, member_id)
        first = ws.today().year - _KEPT_YEARS if kind is MemberFileKind.TRANSFER else 0
        data = _data(tx, member_id, first, may_read_drafts=ws.actor.member_id == member_id)
    years = sorted({row["year"] for table in _OF_YEAR for row in data[table.name]})
    target = place / safe_name(f"{kind.label} - {member.name}")
    with new_folder(target) as folder:
        papers = []
        for done, (year, paper) in enumerate(_wanted(years, kind)):
            progress.step(done, 2 * len(years), f"{paper.label} {year}")
            papers += _save(ws, PaperRequest((paper,), year, (member_id,)), folder)
        _write(folder / "du-lieu.json", json.dumps(data, ensure_ascii=False, indent=1, default=_plain))
        _write(folder / "XIN DOC TRUOC.txt", _words(ws, member, kind, papers))
    return SavedMemberFile(target, len(papers), tuple(years))


def _wanted(years: Iterable[int], kind: MemberFileKind) -> Iterator[tuple[int, PaperKind]]:
    last = PaperKind.QUARTER if kind is MemberFileKind.OWN_COPY else PaperKind.NOTICE
    for year in years:
        for paper in (PaperKind.REGISTER, PaperKind.REVIEW, last):
            yield year, paper


def _save(ws: Workspace, request: PaperRequest, folder: Path) -> list[str]:
    name = f"{request.year} {request.kinds[0].label}.pdf"
    try:
        save_pdf(ws, request, folder / name)
    except (NotFound, NoRules):
        return []  # nothing of this kind was written in that year
    return [name]


def _data(
    tx: ReadTransaction, member_id: str, first_year: int, *, may_read_drafts: bool
) -> dict[str, list[dict[str, Any]]]:
    found = {"member": _rows(tx, tables.member, "id", [member_id])}
    for table in (*_OF_MEMBER, *_OF_YEAR):
        found[table.name] = _rows(tx, table, "member_id", [member_id])
    for table in _OF_YEAR:
        found[table.name] = [
            row
            for row in found[table.name]
            if row["year"] >= first_year and (may_read_drafts or row["state"] != _DRAFT)
        ]
    for table, column in _PARTS:
        parent = column.removesuffix("_id")
        found[table.name] = _rows(tx, table, column, [row["id"] for row in found[parent]])
    items = [row["id"] for row in found["pledge_item"]]
    found["pledge_revision"] = _rows(tx, tables.pledge_revision, "item_id", items)
    return found


def _rows(tx: ReadTransaction, table: Table, column: str, ids: list[str]) -> list[dict[str, Any]]:
    chosen = select(table).where(table.c[column].in_(ids)).order_by(table.c.id)
    rows = (dict(row) for row in tx.connection.execute(chosen).mappings())
    return [{key: value for key, value in row.items() if value not in (None, "")} for row in rows]


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no form for {type(value).__name__}")


def _words(ws: Workspace, member: Member, kind: MemberFileKind, papers: list[str]) -> str:
    today = format_date(ws.today())
    what = (
        "Những gì sổ của chi bộ ghi về đồng chí: hồ sơ, đăng ký, tháng, bản kiểm điểm, mức xếp loại."
        if kind is MemberFileKind.OWN_COPY
        else f"Giấy tờ {_KEPT_YEARS} năm gần nhất và năm đang chạy, để giao cho nơi đồng chí chuyển đến."
    )
    lines = [
        f"{kind.label} của đồng chí {member.name}, lập ngày {today}.",
        what,
        "Không có ở đây: nhận xét của nơi khác, biên bản họp, phiếu bầu, vì đó là giấy tờ của chi bộ.",
        "Thư mục này KHÔNG có khóa: ai cầm cũng đọc được. Xin cất ở nơi riêng, giao xong thì xóa.",
        "",
        *(f"- {name}" for name in papers),
        "- du-lieu.json: toàn bộ dữ liệu, để máy khác đọc lại được.",
    ]
    return "\r\n".join(lines) + "\r\n"


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8-sig" if path.suffix == ".txt" else "utf-8", newline="")
    except OSError as error:
        raise FileUnwritable(f"Không ghi được “{path.name}”: {error.strerror or error}.") from error
