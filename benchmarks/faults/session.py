"""A morning's work on a small cell's book, by a seed; each action is told once it is said to be kept."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.db.witness import mark_in
from app.domain.backup_keeping import BackupReason
from app.domain.dates import BirthDate, Month
from app.domain.member import MemberDraft
from app.domain.monthly import MonthlyEntry, MonthlySelfAssessment, MonthState
from app.services.backups import take_backup
from app.services.books import pack_book
from app.services.drafts import store_draft
from app.services.member_import import apply_member_import, preview_member_import
from app.services.members import save_member
from app.services.months import confirm_months, open_month, reopen_month, save_month, submit_month
from app.services.workspace import Workspace
from benchmarks.faults.cell import YEAR, Cast, cast_of, seated

ROWS_IN_LIST = 12
LISTS = 12


@dataclass(frozen=True, slots=True)
class Told:
    """What was said to be kept: which act, its number, what is to be found, and how far the book was."""

    act: str
    number: int
    what: str
    writes: int
    head: str

    def as_text(self) -> str:
        """One line."""
        return json.dumps([self.act, self.number, self.what, self.writes, self.head])

    @classmethod
    def of_text(cls, line: str) -> "Told":
        """The line read again."""
        return cls(*json.loads(line))


def make_lists(place: Path) -> None:
    """Lists of a dozen members each, to be imported one after another."""
    import openpyxl

    for number in range(LISTS):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["STT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng"])
        for row in range(ROWS_IN_LIST):
            sheet.append([row + 1, listed_name(number, row), f"0{row % 9 + 1}/02/19{60 + row}", "01/01/2001"])
        book.save(place / f"danh-sach-{number}.xlsx")


def listed_name(number: int, row: int) -> str:
    """Who stands in a row of a list."""
    return f"Người Danh Sách {'ABCDEFGHIJKLM'[number]}{'ABCDEFGHIJKLM'[row]}"


class Session:
    """The work of one run. ``say`` is called with each action that was kept."""

    def __init__(self, ws: Workspace, lists: Path, seed: int, say: Callable[[Told], None]) -> None:
        self.cast: Cast = cast_of(ws)
        self.ws = seated(ws, self.cast)
        self._lists, self._say = lists, say
        self._chance = random.Random(seed)
        self._number = 0
        self._next_list = 0
        self.acts: dict[str, tuple[int, Callable[[], str]]] = {
            "save": (40, self.save),
            "submit": (12, self.submit),
            "confirm": (8, self.confirm),
            "reopen": (5, self.reopen),
            "member": (10, self.member),
            "draft": (15, self.draft),
            "import": (6, self.take_list),
            "pack": (2, self.pack),
            "backup": (3, self.back_up),
        }

    def run(self, steps: int) -> None:
        """So many actions, one after another."""
        names = list(self.acts)
        weights = [self.acts[name][0] for name in names]
        for _ in range(steps):
            self.do(self._chance.choices(names, weights)[0])

    def do(self, act: str) -> None:
        """One action, told when it is kept."""
        self._number += 1
        if what := self.acts[act][1]():
            self.tell(act, what)

    def tell(self, act: str, what: str) -> None:
        """Say that something is kept."""
        with self.ws.read() as tx:
            mark = mark_in(tx.connection)
        self._say(Told(act, self._number, what, mark.writes, mark.head))

    def _month(self, member: str, month: Month, words: str) -> MonthlySelfAssessment:
        entries = tuple(MonthlyEntry(item, words, "Khá") for item in self.cast.items[member])
        return MonthlySelfAssessment(member, month, entries=entries)

    def save(self) -> str:
        """Type a month for somebody and save it."""
        member = self._chance.choice(self.cast.others)
        save_month(self.ws, self._month(member, Month(YEAR, 2), f"lần {self._number}"))
        return member

    def submit(self) -> str:
        """Hand a month in for somebody."""
        member = self._chance.choice(self.cast.others)
        if self._state(member) is MonthState.CONFIRMED:
            return ""
        submit_month(self.ws, self._month(member, Month(YEAR, 1), f"lần {self._number}"))
        return member

    def confirm(self) -> str:
        """The cell confirms whatever is handed in."""
        done = confirm_months(self.ws, Month(YEAR, 1), self.cast.others, date(YEAR, 2, 3))
        return "confirmed" if done.count else ""

    def reopen(self) -> str:
        """A confirmed month is opened again."""
        for member in self.cast.others:
            if self._state(member) is MonthState.CONFIRMED:
                reopen_month(self.ws, member, Month(YEAR, 1), "ghi thiếu")
                return member
        return ""

    def _state(self, member: str) -> MonthState:
        return open_month(self.ws, member, Month(YEAR, 1)).assessment.state

    def member(self) -> str:
        """A new comrade in the book."""
        name = f"Người Mới Số {self._number}"
        born = BirthDate(1950 + self._number % 50, 1 + self._number % 12, 1 + self._number % 28)
        save_member(self.ws, MemberDraft(name, birth=born, admitted_on=date(2015, 5, 5)))
        return name

    def draft(self) -> str:
        """Words on a form, not saved yet."""
        store_draft(self.ws, "month", "mot-trang", {"text": f"lần {self._number}"})
        return "mot-trang"

    def take_list(self) -> str:
        """An office's list of a dozen members."""
        if self._next_list >= LISTS:
            return ""
        number, self._next_list = self._next_list, self._next_list + 1
        looked_at = preview_member_import(self.ws, self._lists / f"danh-sach-{number}.xlsx")
        rows = [line.row for line in looked_at.preview.lines]
        result = apply_member_import(self.ws, looked_at, rows, looked_at.preview.accepted_by_default())
        return str(number) if result.added else ""

    def pack(self) -> str:
        """The book packed into one file beside it."""
        return str(pack_book(self.ws, self.ws.folder.parent / f"ban-chep-{self._number}"))

    def back_up(self) -> str:
        """A proven copy in the place of backups."""
        return str(take_backup(self.ws, BackupReason.BY_HAND).copy.path)


def told_in(path: Path) -> tuple[Told, ...]:
    """What a child told before it died."""
    if not path.exists():
        return ()
    whole = [line for line in path.read_text().split("\n")[:-1] if line]
    return tuple(Told.of_text(line) for line in whole)
