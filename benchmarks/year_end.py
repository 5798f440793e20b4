"""The year-end page of a sixty-member cell with ten years in its book against the same cell with one year.

From the asking to the painted page: the steps read, every step told, the widgets filled and painted.
Run alone with ``python -m benchmarks.year_end``.
"""

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from PySide6.QtWidgets import QApplication, QWidget

from app.db import member_queries, tables
from app.domain.member import CellRole, Post, Sphere
from app.domain.review import ReviewKey
from app.domain.year_end_facts import StepKey
from app.services.members import save_posts
from app.services.reviews import new_review
from app.services.rule_book import SHIPPED
from app.services.seats import sit_down
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.changes import DataChanges
from app.ui.desk import Desk
from app.ui.dialogs import Dialogs
from app.ui.preferences import Preferences
from app.ui.screens.year_end.year_end_page import YearEndPage
from app.ui.theme import apply_theme
from benchmarks.board import filled_book

LABEL = "Year-end page of a 60-member cell with 10 years in the book ÷ with 1 year"
BAR = 1.2
_LAST_YEAR, _FIRST_RULED = 2025, 2019
_TEXT = "Chấp hành tốt chủ trương, nghị quyết; giữ gìn đoàn kết, có trách nhiệm với việc được giao. " * 4


def reviewed_book(folder: Path, years: int) -> Workspace:
    """The board's book with everybody's review, a meeting and opinions in each of its years."""
    ws = filled_book(folder, years)
    with ws.read() as tx:
        members = member_queries.members(tx)
    save_posts(ws, members[0].id, [Post(Sphere.PARTY, "", CellRole.SECRETARY, date(2018, 1, 1))])
    for year in range(_LAST_YEAR - years + 1, _LAST_YEAR + 1):
        _fill_year_end(ws, [member.id for member in members], year)
    return sit_down(ws, members[0].id)


def _fill_year_end(ws: Workspace, members: list[str], year: int) -> None:
    ruled = max(year, _FIRST_RULED)
    with ws.read() as tx:
        blank = {m.id: new_review(m, ReviewKey(m.id, ruled), SHIPPED) for m in member_queries.members(tx)}
    form = SHIPPED.form(blank[members[0]].form, ruled)
    with ws.write(f"Ghi cuối năm {year}") as tx:
        rows = [
            {
                "subject_id": member,
                "member_id": member,
                "kind": "year",
                "period": str(year),
                "year": year,
                "rule_set": blank[member].rule_set,
                "form": blank[member].form,
                "subject_kind": blank[member].subject_kind.value,
                "profile": blank[member].profile,
                "state": "submitted",
            }
            for member in members
        ]
        reviews = tx.insert_many(tables.review, rows)
        sections = [section.key for section in form.sections]
        tx.insert_many(
            tables.review_section,
            [{"review_id": review, "key": key, "text": _TEXT} for review in reviews for key in sections],
        )
        tx.insert_many(
            tables.review_grade,
            [
                {"review_id": review, "stage": stage, "grade": "good", "dated_on": date(year, 12, 20)}
                for review in reviews
                for stage in ("self", "committee", "vote", "proposed")
            ],
        )
        tx.insert_many(
            tables.opinion,
            [{"member_id": member, "year": year, "kind": "mass_organisation"} for member in members[:20]],
        )
        meeting = tx.insert(
            tables.meeting, {"kind": "review", "year": year, "held_on": date(year, 12, 12), "secret": True}
        )
        tx.insert_many(
            tables.attendance,
            [
                {"meeting_id": meeting, "member_id": member, "standing": "official", "presence": "present"}
                for member in members
            ],
        )


def _seconds(page: YearEndPage, background: Background) -> float:
    start = time.perf_counter()
    page.shown = None
    page.refresh()
    while page.shown is None or not background.idle():
        QApplication.processEvents()
    page.grab()
    seconds = time.perf_counter() - start
    if "/60 bản" not in page.shown.step(StepKey.SHEETS).sentence:
        raise RuntimeError("the year-end does not show the whole cell")
    return seconds


def _shown_page(ws: Workspace, background: Background, place: Path) -> YearEndPage:
    preferences = Preferences(place / "cua-so.ini")
    desk = Desk(ws, background, Dialogs(QWidget(), preferences), preferences, (_LAST_YEAR,))
    desk.set_year(_LAST_YEAR)
    page = YearEndPage(desk)
    page.resize(1366, 768)
    page.show()
    return page


def measure() -> tuple[str, float, float, float]:
    """The line of the table: label, seconds with ten years, with one, the bar for their ratio."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["so-neu-guong", "-style", "fusion"])
    assert isinstance(app, QApplication)
    apply_theme(app)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        books = [reviewed_book(place / "muoi-nam", 10), reviewed_book(place / "mot-nam", 1)]
        background = Background(DataChanges())
        ten, one = (_shown_page(ws, background, place) for ws in books)
        _seconds(ten, background), _seconds(one, background)
        pairs = [(_seconds(ten, background), _seconds(one, background)) for _ in range(30)]
        ten.hide()
        one.hide()
        background.shutdown()
        for ws in books:
            ws.close()
    return LABEL, median(pair[0] for pair in pairs), median(pair[1] for pair in pairs), BAR


if __name__ == "__main__":
    label, ours, baseline, bar = measure()
    sys.stdout.write(
        f"{label}: {ours * 1000:.1f} ms ÷ {baseline * 1000:.1f} ms = {ours / baseline:.2f} (bar {bar})\n"
    )
