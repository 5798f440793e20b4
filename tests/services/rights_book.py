"""A book for the table of rights: a record in each state, and one of everything the year-end keeps."""

import copy
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.db import cell_tables
from app.db.book_folder import DATABASE
from app.db.witness import NAME as MARK
from app.domain.dates import Month
from app.domain.grade import Grade
from app.domain.issued_document import CellTerm
from app.domain.member import DatedStatus, StatusKind
from app.domain.monthly import MonthlyEntry, MonthlySelfAssessment
from app.domain.permissions import ActorRole, State, Whose
from app.domain.pledge import Pledge
from app.domain.review import CELL_SUBJECT, GradeStage, ReviewKey, SectionText, StageGrade
from app.domain.rule_set import PeriodKind
from app.locations import resource
from app.services.content_sets import save_own_set
from app.services.issued_documents import save_term
from app.services.meetings import delete_meeting, new_meeting, save_meeting
from app.services.members import add_status
from app.services.months import confirm_months, excuse_month, save_month, submit_month
from app.services.pledges import pass_pledges, save_pledge, submit_pledge
from app.services.quarters import period_key
from app.services.reviews import close_review, open_review, save_review, set_grade, submit_review
from app.services.reviews import with_self_grade as graded
from app.services.rule_files import keep_rule_file, look_at_rule_file
from app.services.seats import sit_down
from app.services.workspace import Actor, Workspace
from tests.book_fixtures import People
from tests.builders import add_member, an_item, lock_year
from tests.services.test_locked_year import DAY, HELD, Kept

MONTH = Month(2026, 11)
_PLEDGES = ["none", "private", "typed", "submitted", "passed"]
_MONTHS = ["none", "private", "typed", "submitted", "confirmed", "excused"]
_REVIEWS = ["none", "private", "typed", "submitted", "closed"]
OPEN, LOCKED = "open", "locked"


def phrases_of(state: str) -> list[str]:
    """Words that stand in a draft of this state and nowhere else."""
    return [f"điều {state} thứ {number:02d} chưa gửi ai" for number in range(20)]


class RightsBook:
    """The records, and how to come back to them after each try."""

    def __init__(self, ws: Workspace, people: People) -> None:
        self.ws, self.people = ws, people
        self.kept = Kept(ws, people)
        self.pledges = {state: add_member(ws, f"Đăng Ký {state}") for state in _PLEDGES}
        self.months = {state: add_member(ws, f"Từng Tháng {state}") for state in _MONTHS}
        self.reviews = {state: add_member(ws, f"Kiểm Điểm {state}") for state in _REVIEWS}
        self.outsider = add_member(ws, "Phan Văn Ngoài")
        self.gone = add_member(ws, "Đỗ Văn Chuyển")
        add_status(ws, self.gone, DatedStatus(StatusKind.LEFT, HELD, detail="moved"))
        self.status_id = add_status(ws, self.pledges["none"], DatedStatus(StatusKind.SICK, HELD))
        save_own_set(ws, "CB.1", "Nội dung riêng", "NQ 1", ("Một việc",))
        self._write_pledges()
        self._write_months()
        self._write_reviews()
        self._write_collectives()
        page = new_meeting(ws, self.kept.meeting.kind, 2026)
        spare = save_meeting(ws, replace(page.meeting, held_on=HELD))
        self.deleted_meeting = delete_meeting(sit_down(ws, people.committee), spare.id)
        page = new_meeting(ws, self.kept.meeting.kind, 2026)
        self.spare_meeting = save_meeting(ws, replace(page.meeting, held_on=HELD)).id
        self.spare_term = save_term(ws, CellTerm("2031–2032", date(2031, 1, 1), date(2032, 12, 31)))
        self._keep_a_rule()
        self._store(OPEN)
        lock_year(ws, 2026, DAY)
        self._store(LOCKED)
        self._now = LOCKED

    def _keep_a_rule(self) -> None:
        path = self.ws.folder.parent / "P5.toml"
        path.write_bytes(resource("scoring", "P5.toml").read_bytes().replace(b"P5", b"P55"))
        self.rule_view = look_at_rule_file(self.ws, path).files[0]
        path.write_bytes(resource("scoring", "P5.toml").read_bytes().replace(b"P5", b"P56"))
        self.rule_file = keep_rule_file(self.ws, look_at_rule_file(self.ws, path).files[0], 2028).file.id

    def _as(self, member_id: str) -> Workspace:
        return sit_down(self.ws, member_id)

    def _pledge(self, member_id: str, words: list[str]) -> Pledge:
        items = tuple(
            an_item(action=a, target=b, measure=c)
            for a, b, c in zip(words[:2], words[2:4], words[4:6], strict=True)
        )
        return Pledge(member_id, 2026, items=items)

    def _write_pledges(self) -> None:
        for state, member_id in self.pledges.items():
            pledge = self._pledge(member_id, phrases_of(state))
            if state == "private":
                save_pledge(self._as(member_id), pledge)
            elif state == "typed":
                save_pledge(self.ws, pledge)
            elif state != "none":
                submit_pledge(self._as(member_id), pledge)
        pass_pledges(self.ws, 2026, [self.pledges["passed"]], HELD)

    def _write_months(self) -> None:
        for state, member_id in self.months.items():
            words = phrases_of(state)
            pledge = submit_pledge(self.ws, Pledge(member_id, 2026, items=(an_item(), an_item(action="Hai"))))
            pass_pledges(self.ws, 2026, [member_id], HELD)
            entries = tuple(
                MonthlyEntry(item.id, words[6 + n], "Khá", words[8 + n], words[10 + n], words[12 + n])
                for n, item in enumerate(pledge.items)
            )
            month = MonthlySelfAssessment(member_id, MONTH, entries=entries)
            if state == "private":
                save_month(self._as(member_id), month)
            elif state == "typed":
                save_month(self.ws, month)
            elif state in ("submitted", "confirmed"):
                submit_month(self._as(member_id), month)
        confirm_months(self.ws, MONTH, [self.months["confirmed"]], HELD)
        excuse_month(self.ws, self.months["excused"], MONTH, "đi công tác")

    def _write_reviews(self) -> None:
        for state, member_id in self.reviews.items():
            key, words = ReviewKey(member_id, 2026), phrases_of(state)[14:]
            writer = self.ws if state == "typed" else self._as(member_id)
            if state == "none":
                continue
            page = open_review(writer, key)
            heads = page.form.written_sections
            texts = tuple(SectionText(head.key, text) for head, text in zip(heads, words, strict=False))
            review = replace(page.review, sections=texts)
            if state in ("private", "typed"):
                save_review(writer, review)
            else:
                submit_review(writer, graded(review, Grade.GOOD))
            set_grade(self.ws, key, StageGrade(GradeStage.DECIDED, Grade.GOOD, HELD, "QĐ 1"))
        close_review(self.ws, ReviewKey(self.reviews["closed"], 2026))

    def collective_key(self, state: str) -> ReviewKey:
        """The cell's report in a state: one of as many periods."""
        month = _REVIEWS.index(state if state in _REVIEWS else "submitted") + 1
        return period_key(CELL_SUBJECT, 2026, PeriodKind.EXTRAORDINARY, f"tháng {month}/2026")

    def _write_collectives(self) -> None:
        for state in ("typed", "submitted", "closed"):
            key = self.collective_key(state)
            page = open_review(self.ws, key)
            texts = tuple(SectionText(head.key, phrases_of(state)[0]) for head in page.form.written_sections)
            review = replace(page.review, sections=texts)
            if state == "typed":
                save_review(self.ws, review)
            else:
                submit_review(self.ws, graded(review, Grade.GOOD))
            set_grade(self.ws, key, StageGrade(GradeStage.DECIDED, Grade.GOOD, HELD, "QĐ 2"))
        close_review(self.ws, self.collective_key("closed"))

    # Coming back

    @property
    def _folder(self) -> Path:
        return self.ws.folder

    def _store(self, name: str) -> None:
        self.ws.engine.dispose()
        for file in (DATABASE, MARK):
            shutil.copyfile(self._folder / file, self._folder.parent / f"{name}-{file}")

    def back_to(self, name: str) -> None:
        """The book as it was stored."""
        self.ws.engine.dispose()
        for leftover in self._folder.glob(f"{DATABASE}-*"):
            leftover.unlink()
        for file in (DATABASE, MARK):
            shutil.copyfile(self._folder.parent / f"{name}-{file}", self._folder / file)

    def head(self) -> tuple[int, str]:
        """How many writes the book knows of, and the history's last digest."""
        with self.ws.read() as tx:
            row = tx.connection.execute(cell_tables.book_head.select()).one()
        return row.writes, row.chain


@dataclass(frozen=True)
class Try:
    """One act tried by one role: the workspace of that person, and whose records they are."""

    book: RightsBook
    ws: Workspace
    whose: Whose
    state: State

    @property
    def kept(self) -> Any:
        """The year-end's records in the hands of this person."""
        kept = copy.copy(self.book.kept)
        kept.ws = self.ws
        return kept

    def _owner(self, owners: dict[str, str]) -> str:
        return owners.get(self.state.value, owners["submitted"])

    @property
    def pledge_of(self) -> str:
        """Whose pledge it is."""
        return self._owner(self.book.pledges)

    @property
    def month_of(self) -> str:
        """Whose month it is."""
        return self._owner(self.book.months)

    @property
    def review_of(self) -> ReviewKey:
        """Whose sheet it is."""
        if self.whose is Whose.CELL:
            return self.book.collective_key(self.state.value)
        return ReviewKey(self._owner(self.book.reviews), 2026)


def seated(book: RightsBook, role: ActorRole, member_id: str | None) -> Workspace:
    """The book with somebody of this role at the PC; a typist and a reader are mostly no members."""
    if member_id is None and role not in (ActorRole.TYPIST, ActorRole.READER):
        member_id = book.outsider
    return book.ws.seated(Actor(member_id, f"Ghế {role.label}", role, "" if member_id else f"acc-{role}"))
