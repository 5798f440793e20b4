"""The month board of a sixty-member cell with ten years in its book against the same cell with one year.

Run alone with ``python -m benchmarks.board``.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from app.db import tables
from app.domain.cell import NewBook
from app.domain.dates import BirthDate
from app.domain.member import MemberDraft
from app.services.books import create_book, open_book
from app.services.keys import demo_keys
from app.services.members import save_member
from app.services.months import month_board
from app.services.workspace import Workspace

LABEL = "Month board of a 60-member cell with 10 years in the book ÷ with 1 year"
BAR = 1.2
_MEMBERS, _ITEMS, _LAST_YEAR = 60, 5, 2025
_TEXT = "Trong tháng đã vận động được ba hộ hiến đất làm đường, họp tổ hai lần, có biên bản."


def filled_book(folder: Path, years: int) -> Workspace:
    """A cell of sixty whose every month of ``years`` years is confirmed, five items each."""
    first = _LAST_YEAR - years + 1
    book = NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", max(first, 2018))
    ws = create_book(folder, book, demo_keys())
    members = [
        save_member(
            ws, MemberDraft(f"Nguyễn Văn Người {n}", birth=BirthDate(1980), admitted_on=date(2010, 1, 1))
        )
        for n in range(_MEMBERS)
    ]
    for year in range(first, _LAST_YEAR + 1):
        _fill_year(ws, members, year)
    ws.close()
    return open_book(ws.folder)


def _fill_year(ws: Workspace, members: list[str], year: int) -> None:
    with ws.write(f"Ghi năm {year}") as tx:
        pledges = tx.insert_many(
            tables.pledge, [{"member_id": member, "year": year, "state": "passed"} for member in members]
        )
        item = {"action": _TEXT, "origin": "personal", "outcome": "done"}
        items = tx.insert_many(
            tables.pledge_item,
            [{"pledge_id": pledge, "position": n, **item} for pledge in pledges for n in range(_ITEMS)],
        )
        at = f"{year}-12-31 08:00:00"
        months = tx.insert_many(
            tables.monthly,
            [
                {"member_id": member, "year": year, "month": n, "state": "confirmed", "submitted_at": at}
                for member in members
                for n in range(1, 13)
            ],
        )
        words = {"result": _TEXT, "self_level": "Khá", "limits": _TEXT, "fix": _TEXT, "evidence": "Biên bản"}
        tx.insert_many(
            tables.monthly_entry,
            [
                {"monthly_id": month, "item_id": items[number // 12 * _ITEMS + n], **words}
                for number, month in enumerate(months)
                for n in range(_ITEMS)
            ],
        )


def _seconds(ws: Workspace) -> float:
    start = time.perf_counter()
    board = month_board(ws, _LAST_YEAR)
    seconds = time.perf_counter() - start
    if len(board.rows) != _MEMBERS:
        raise RuntimeError("the board does not show the whole cell")
    return seconds


def measure() -> tuple[str, float, float, float]:
    """The line of the table: label, seconds with ten years, with one, the bar for their ratio."""
    with tempfile.TemporaryDirectory() as place:
        ten = filled_book(Path(place) / "muoi-nam", 10)
        one = filled_book(Path(place) / "mot-nam", 1)
        _seconds(ten), _seconds(one)
        pairs = [(_seconds(ten), _seconds(one)) for _ in range(40)]  # by turns: other work on the PC is fair
        ten.close()
        one.close()
    return LABEL, median(pair[0] for pair in pairs), median(pair[1] for pair in pairs), BAR


if __name__ == "__main__":
    label, ours, baseline, bar = measure()
    sys.stdout.write(
        f"{label}: {ours * 1000:.2f} ms ÷ {baseline * 1000:.2f} ms = {ours / baseline:.2f} (bar {bar})\n"
    )
