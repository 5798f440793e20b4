"""After harm was done: does the book open, is it sound, and is everything there that was said to be kept?"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from app.db import tables
from app.db.backup_file import must_be_whole
from app.db.database import is_damaged
from app.db.history_check import verify_chain
from app.db.witness import mark_in
from app.domain.dates import Month
from app.domain.errors import UserError
from app.services.drafts import find_draft
from app.services.months import open_month
from app.services.workspace import Workspace
from benchmarks.faults.cell import YEAR, cast_of, opened, seated
from benchmarks.faults.session import ROWS_IN_LIST, Told, listed_name


def problems_after(
    folder: Path, told: Sequence[Told], opening: Callable[[Path], Workspace] = opened
) -> list[str]:
    """Everything wrong with the book in ``folder`` given what was told; nothing when all is well."""
    try:
        ws = opening(folder)
    except UserError as error:
        return [f"không mở được: {error}"]
    with closing(ws):
        seat = seated(ws, cast_of(ws))
        return [*_damage(seat), *_lost_writes(seat, told), *_lost_content(seat, told)]


def _damage(ws: Workspace) -> Iterator[str]:
    if is_damaged(ws.engine):
        yield "tệp hỏng"
    with closing(ws.engine.raw_connection()) as raw:  # this check looks past the WAL, so nothing may be in it
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        broken = raw.cursor().execute("PRAGMA cipher_integrity_check").fetchone()
    with ws.read() as tx:
        chain = verify_chain(tx)
    if broken is not None:
        yield f"trang hỏng: {broken[0]}"
    if not chain.is_whole:
        yield "chuỗi nhật ký đứt"


def _lost_writes(ws: Workspace, told: Sequence[Told]) -> Iterator[str]:
    with ws.read() as tx:
        writes = mark_in(tx.connection).writes
        heads = {row.digest[:32] for row in tx.rows(select(tables.action.c.digest))}
    for each in told:
        if each.writes > writes:
            yield f"mất lần ghi {each.writes} ({each.act} {each.number}): sổ chỉ biết {writes}"
        if each.head and each.head not in heads:
            yield f"nhật ký thiếu việc {each.act} {each.number}"


def _lost_content(ws: Workspace, told: Sequence[Told]) -> Iterator[str]:
    with ws.read() as tx:
        names = {row.full_name for row in tx.rows(select(tables.member.c.full_name))}
    newest: dict[tuple[str, str], int] = {}
    for each in told:
        if each.act == "member" and each.what not in names:
            yield f"thiếu đảng viên “{each.what}”"
        if each.act == "import":
            missing = [n for n in range(ROWS_IN_LIST) if listed_name(int(each.what), n) not in names]
            if missing:
                yield f"danh sách {each.what} thiếu {len(missing)} dòng"
        if each.act in ("save", "submit", "draft"):
            newest[each.act, each.what] = each.number
    for (act, what), number in newest.items():
        found = (
            _draft_number(ws, what) if act == "draft" else _month_number(ws, what, 2 if act == "save" else 1)
        )
        if found < number:
            yield f"{act} {what[:8]}: còn lần {found}, đã báo lưu lần {number}"


def lost_copies(told: Sequence[Told], there: Callable[[Path], Path] = Path) -> Iterator[str]:
    """Copies told as made that are not there whole; ``there`` says where a path is to be looked for.

    Older copies may have made room for newer ones, so of those only the newest is asked for.
    """
    packed = [each.what for each in told if each.act == "pack"]
    for name in (*packed, *[each.what for each in told if each.act == "backup"][-1:]):
        try:
            must_be_whole(there(Path(name)))
        except UserError as error:
            yield f"bản chép “{Path(name).name}”: {error}"


def _month_number(ws: Workspace, member: str, month: int) -> int:
    numbers = {
        int(entry.result.removeprefix("lần ") or 0)
        for entry in open_month(ws, member, Month(YEAR, month)).assessment.entries
    }
    return min(numbers) if len(numbers) == 1 else -1


def _draft_number(ws: Workspace, key: str) -> int:
    draft = find_draft(ws, "month", key)
    return int(draft.payload["text"].removeprefix("lần ")) if draft else -1
