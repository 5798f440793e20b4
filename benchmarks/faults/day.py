"""A day's work full of phrases nobody else would write, ended by kill -9: the child of ``phrases``.

Run as ``python -m benchmarks.faults.day PLACE``. It works in a book with a real password, in forms, papers,
imports, PINs, backups, the log and the window's own settings, and meets errors that quote what was typed.
"""

import logging
import os
import random
import signal
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.db import key_slots
from app.domain.backup_keeping import BackupReason
from app.domain.cell import NewBook
from app.domain.dates import BirthDate, Month
from app.domain.errors import UserError
from app.domain.member import CellRole, MemberDraft, Post, Sphere
from app.domain.monthly import MonthlyEntry, MonthlySelfAssessment
from app.domain.pledge import Pledge, PledgeItem
from app.domain.sheets.kinds import PaperKind
from app.services.backups import take_backup
from app.services.books import create_book, open_book, pack_book
from app.services.drafts import store_draft
from app.services.keys import keys_of, new_keys, unlock
from app.services.member_import import apply_member_import, preview_member_import
from app.services.members import save_member, save_posts
from app.services.months import comment_month, confirm_months, save_month, submit_month
from app.services.papers import PaperRequest, preview_pdf, save_pdf
from app.services.pledges import pass_pledges, submit_pledge
from app.services.seat_pins import set_own_pin
from app.services.seats import sit_down
from app.services.workspace import Workspace
from benchmarks.faults.cell import FOLDER, YEAR, StillClock, contents_of

COUNT = 50
_SYLLABLES = ("Khuê", "Tuyển", "Hoạch", "Ngọ", "Viễn", "Thuần", "Quýnh", "Đắc", "Lữ", "Ưởng", "Chước", "Mẫn")
EXPORTS = "xuat-ra"
_ONLY_IN_ERRORS = 3


def phrases(seed: int) -> tuple[str, ...]:
    """Fifty phrases: names, words of months, PINs, a password. The last is for the recovery code."""
    chance = random.Random(seed)
    words = [" ".join(chance.sample(_SYLLABLES, 4)) for _ in range(COUNT - 4)]
    pins = [f"{chance.randrange(10**6):06d}" for _ in range(2)]
    return (*words, *pins, f"mật khẩu {' '.join(chance.sample(_SYLLABLES, 3))}")


class Day:
    """What the people of one cell do from morning to evening."""

    def __init__(self, place: Path, seed: int) -> None:
        self._place = place
        said = phrases(seed)
        self._said = said[:-3]
        self._words = iter(self._said)
        self._pins, self._password = said[-3:-1], said[-1]

    def _say(self) -> str:
        return next(self._words)

    def live(self) -> None:
        """The whole day."""
        ws = self._begin()
        people = self._people(ws)
        ws = sit_down(ws, people[0])
        self._months(ws, people)
        self._import(ws)
        self._pins_of(ws, people[1])
        self._papers(ws)
        self._errors(ws, people[0])
        self._bug()
        self._typed(ws)
        take_backup(ws, BackupReason.BY_HAND)
        pack_book(ws, self._place / "sach" / "chep")
        self._settings(ws)

    def _begin(self) -> Workspace:
        keys = new_keys(self._password, StillClock().now(), key_slots.KdfCost())
        (self._place / "ma-khoi-phuc").write_text(keys.recovery_code)  # for whoever searches afterwards
        book = NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", 2025, pins_required=False)
        folder = self._place / "sach" / FOLDER
        create_book(folder, book, keys, StillClock()).close()
        return open_book(folder, unlocked=unlock(keys_of(folder), self._password), clock=StillClock())

    def _people(self, ws: Workspace) -> list[str]:
        draft = MemberDraft("", birth=BirthDate(1980, 3, 4), admitted_on=date(2010, 5, 19), gender="male")
        ids = [
            save_member(
                ws,
                replace(
                    draft,
                    full_name=self._say(),
                    residence=self._say(),
                    occupation=self._say(),
                    note=self._say(),
                ),
            )
            for _ in range(5)
        ]
        roles = (CellRole.SECRETARY, CellRole.DEPUTY_SECRETARY)
        for member, role in zip(ids[:2], roles, strict=True):
            save_posts(ws, member, [Post(Sphere.PARTY, "", role, date(2025, 1, 1))])
        return ids

    def _months(self, ws: Workspace, people: list[str]) -> None:
        handed_in = {
            member: submit_pledge(
                ws, Pledge(member, YEAR, items=(PledgeItem("Q101.1", self._say(), self._say()),))
            )
            for member in people
        }
        pass_pledges(ws, YEAR, people, date(YEAR, 1, 15))
        month = Month(YEAR, 1)
        for member, pledge in handed_in.items():
            entry = MonthlyEntry(pledge.items[0].id, self._say(), "Khá", evidence="Sổ")
            submit_month(ws, MonthlySelfAssessment(member, month, entries=(entry,)))
            entry = replace(entry, result=entry.result + " xong")
            save_month(ws, MonthlySelfAssessment(member, Month(YEAR, 2), entries=(entry,)))
        comment_month(ws, people[1], month, self._say(), None)
        confirm_months(ws, month, people, date(YEAR, 2, 3))

    def _typed(self, ws: Workspace) -> None:
        """Whatever is left to say stands in drafts; the book then holds most of it."""
        for number, words in enumerate(self._words):
            store_draft(ws, "month", f"trang {number}", {"text": words})
        held = repr(contents_of(ws))
        kept = sum(words in held for words in self._said)
        if kept < len(self._said) - _ONLY_IN_ERRORS:
            raise RuntimeError(f"the book holds {kept} phrases only")

    def _import(self, ws: Workspace) -> None:
        import openpyxl

        given = self._place / "nguoi-dung-dua"
        given.mkdir()
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["STT", "Họ và tên", "Ngày sinh"])
        sheet.append([1, self._say(), "01/02/1970"])
        book.save(given / "danh-sach.xlsx")
        looked_at = preview_member_import(ws, given / "danh-sach.xlsx")
        rows = [line.row for line in looked_at.preview.lines if not line.problems]
        apply_member_import(ws, looked_at, rows, looked_at.preview.accepted_by_default())

    def _pins_of(self, ws: Workspace, other: str) -> None:
        set_own_pin(ws, "", self._pins[0], self._pins[0])
        set_own_pin(sit_down(ws, other), "", self._pins[1], self._pins[1])

    def _papers(self, ws: Workspace) -> None:
        from app.printing.preview import PageImages

        request = PaperRequest((PaperKind.REGISTER, PaperKind.PLEDGE), YEAR)
        with PageImages(preview_pdf(ws, request, whole=True).pdf) as pages:
            if not any(pages.texts()):
                raise RuntimeError("the preview is empty")
        exports = self._place / EXPORTS
        exports.mkdir()
        save_pdf(ws, request, exports / "so.pdf")

    def _errors(self, ws: Workspace, member: str) -> None:
        """Errors people meet, and one that is a bug, each with words of theirs in it."""
        words = self._say()
        try:
            save_member(ws, MemberDraft(words, birth=BirthDate(3000)))
        except UserError as error:
            logging.getLogger("app.faults").info("refused: %s", type(error).__name__)
        entry = MonthlyEntry("khong-co-viec-nay", self._say(), "Khá")
        try:
            save_month(ws, MonthlySelfAssessment(member, Month(YEAR, 3), entries=(entry,)))
        except UserError as error:
            logging.getLogger("app.faults").info("refused: %s", type(error).__name__)

    def _bug(self) -> None:
        """A bug whose message quotes what was typed: its report goes into the log."""
        from PySide6.QtWidgets import QApplication

        from app.ui.crash import CrashReporter

        app = QApplication([])
        crash = CrashReporter(lambda sentence, report: None)
        crash.install()
        words = self._say()
        try:
            int(words)
        except ValueError as error:
            crash.report(error)
        app.processEvents()

    def _settings(self, ws: Workspace) -> None:
        from app.ui.preferences import Preferences

        preferences = Preferences()
        preferences.remember_book(ws.folder)
        preferences.sync()


def main(place: Path, seed: int) -> None:
    """Live the day, then die without a chance to tidy up."""
    Day(place, seed).live()
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
