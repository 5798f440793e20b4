"""Saving one month of one member through the service against the same rows by the bare driver.

Both write the same rows, history included, into copies of one book, each month in one transaction that waits
for the disk (synchronous = FULL). Run alone with ``python -m benchmarks.saving``.

Look at the baseline before believing the ratio: about 0.5 ms on a quiet SSD. When other work keeps the disk
busy both sides wait the same milliseconds for it and the ratio falls towards 1, whatever our own part costs.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import sqlcipher3.dbapi2 as driver

from app.db.book_folder import DATABASE
from app.domain.cell import NewBook
from app.domain.dates import BirthDate, Month
from app.domain.member import MemberDraft
from app.domain.monthly import MonthlyEntry, MonthlySelfAssessment
from app.domain.pledge import Pledge, PledgeItem
from app.services.books import create_book, open_book
from app.services.keys import demo_keys
from app.services.members import save_member
from app.services.months import save_month
from app.services.pledges import save_pledge
from app.services.workspace import Workspace

LABEL = "Saving one month of one member, history included ÷ the same rows by bare sqlcipher3"
BAR = 5.0
_MEMBERS, _ITEMS, _YEAR = 60, 5, 2025
_TEXT = "Trong tháng đã vận động được ba hộ hiến đất làm đường, họp tổ hai lần, có biên bản."

Months = list[tuple[str, Month, list[str]]]


def made_book(folder: Path) -> Months:
    """A cell of sixty with a pledge each; returns whose months are to be saved, with their items."""
    ws = create_book(
        folder, NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", _YEAR), demo_keys()
    )
    months: Months = []
    for number in range(_MEMBERS):
        draft = MemberDraft(f"Nguyễn Văn Người {number}", birth=BirthDate(1980), admitted_on=date(2010, 1, 1))
        member_id = save_member(ws, draft)
        items = tuple(PledgeItem("Q101.1", f"Việc số {n}", "Xong trong năm") for n in range(_ITEMS))
        saved = save_pledge(ws, Pledge(member_id, _YEAR, items=items))
        months += [(member_id, Month(_YEAR, n), [item.id for item in saved.items]) for n in range(1, 13)]
    ws.close()
    return months


def through_service(folder: Path, months: Months) -> list[float]:
    """Seconds for each month, saved as the window saves it."""
    ws = open_book(folder)
    seconds = seconds_in(ws, months)
    ws.close()
    return seconds


def seconds_in(ws: Workspace, months: Months) -> list[float]:
    """Seconds for each month in an open book."""
    seconds = []
    for member_id, month, items in months:
        entries = tuple(MonthlyEntry(item, _TEXT, "Khá", _TEXT, _TEXT, "Biên bản") for item in items)
        assessment = MonthlySelfAssessment(member_id, month, entries=entries)
        start = time.perf_counter()
        save_month(ws, assessment)
        seconds.append(time.perf_counter() - start)
    return seconds


def _insert(table: str, row: dict[str, Any]) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"


def by_bare_driver(folder: Path, months: Months) -> list[float]:
    """Seconds for each month when nothing is asked, checked or read: only the rows, in one transaction."""
    connection = driver.connect(str(folder / DATABASE), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{demo_keys().data_key.hex()}'\"")
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "journal_mode = WAL"):
        connection.execute(f"PRAGMA {pragma}")
    cell_id = connection.execute("SELECT id FROM cell").fetchone()[0]
    seconds = []
    for member_id, month, items in months:
        start = time.perf_counter()
        _write_rows(connection, cell_id, member_id, month, items)
        seconds.append(time.perf_counter() - start)
    connection.close()
    return seconds


def _write_rows(connection: Any, cell_id: str, member_id: str, month: Month, items: Sequence[str]) -> None:
    monthly = {
        "id": uuid4().hex,
        "cell_id": cell_id,
        "member_id": member_id,
        "year": month.year,
        "month": month.month,
        "state": "draft",
        "entered_by_name": "Người lập sổ",
        **dict.fromkeys(
            ("excuse_reason", "cell_comment", "mark", "no_meeting_reason", "confirmed_by_name"), ""
        ),
        "reopen_reason": "",
        "version": 1,
    }
    words = {"result": _TEXT, "self_level": "Khá", "limits": _TEXT, "fix": _TEXT, "evidence": "Biên bản"}
    entries = [
        {
            "id": uuid4().hex,
            "cell_id": cell_id,
            "monthly_id": monthly["id"],
            "item_id": item,
            **words,
            "copied_from": "",
            "cell_comment": "",
        }
        for item in items
    ]
    action = {"id": uuid4().hex, "cell_id": cell_id, "at": "2025-12-31 08:00:00"}
    action |= {"actor_name": "Người lập sổ", "behalf_id": member_id, "name": f"Lưu tự đánh giá {month}"}
    changes = [
        {
            "action_id": action["id"],
            "table_name": table,
            "record_id": row["id"],
            "new": json.dumps({key: value for key, value in row.items() if value}, ensure_ascii=False),
        }
        for table, row in [("monthly", monthly), *(("monthly_entry", entry) for entry in entries)]
    ]
    connection.execute("BEGIN IMMEDIATE")
    for table, rows in (
        ("monthly", [monthly]),
        ("monthly_entry", entries),
        ("action", [action]),
        ("change", changes),
    ):
        connection.executemany(_insert(table, rows[0]), [tuple(row.values()) for row in rows])
    connection.execute("COMMIT")


def measure() -> tuple[str, float, float, float]:
    """The line of the table: label, our seconds, the baseline's, the bar for their ratio."""
    with tempfile.TemporaryDirectory() as place:
        template = Path(place) / "so.neuguong"
        months = made_book(template)
        folders = [Path(place) / f"{name}.neuguong" for name in ("ours", "bare")]
        for folder in folders:
            shutil.copytree(template, folder)
        ours, bare = [], []
        step = len(months) // 6
        for start in range(0, len(months), step):  # by turns, so that a busy disk is fair to both
            part = months[start : start + step]
            ours += through_service(folders[0], part)
            bare += by_bare_driver(folders[1], part)
    return LABEL, median(ours), median(bare), BAR


if __name__ == "__main__":
    label, ours, baseline, bar = measure()
    sys.stdout.write(
        f"{label}: {ours * 1000:.2f} ms ÷ {baseline * 1000:.2f} ms = {ours / baseline:.2f} (bar {bar})\n"
    )
