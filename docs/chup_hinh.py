"""Takes the pictures of docs/huong-dan.md from the running program with the sample book.

In the checkout: `.venv/bin/python docs/chup_hinh.py` (Windows: `.venv\\Scripts\\python docs\\chup_hinh.py`).
It needs no display, works in a folder of its own that goes afterwards, and touches no book of this PC.
"""

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.db import key_file
from app.domain.backup_keeping import BackupReason
from app.domain.dates import Month
from app.domain.meeting import MeetingKind
from app.domain.member_import import LineState
from app.domain.monthly import Shown
from app.domain.seat import Security
from app.services.accounts import read_security, save_security
from app.services.backup_shelf import first_place
from app.services.backups import take_backup
from app.services.books import open_book
from app.services.desks import take_seat
from app.services.key_holders import add_holder
from app.services.meetings import list_meetings
from app.services.member_import import apply_member_import, preview_member_import
from app.services.members import list_members
from app.services.months import month_board, months_to_confirm
from app.services.sample_book import make_sample_book
from app.services.seat_pins import give_starting_pins, set_own_pin
from app.ui.background import Background
from app.ui.changes import DataChanges
from app.ui.dialogs import Dialogs
from app.ui.main_window import MainWindow
from app.ui.parts.look import use_look
from app.ui.preferences import Preferences
from app.ui.screens.backups.restore_page import RestorePage
from app.ui.screens.keys.recovery_page import RecoveryPage
from app.ui.screens.keys.unlock_page import UnlockPage
from app.ui.screens.meetings.votes_view import VotesView
from app.ui.screens.members.members_page import MembersPage
from app.ui.screens.months.month_editor import MonthEditor
from app.ui.screens.months.months_page import MonthsPage
from app.ui.screens.own.own_page import OwnPage
from app.ui.screens.people.choose_page import ChoosePersonPage
from app.ui.screens.people.lock_page import LockPage
from app.ui.screens.settings.health_panel import HealthPanel
from app.ui.screens.settings.history_list import HistoryList
from app.ui.screens.start.start_page import StartPage
from app.ui.screens.year_end.review_editor import ReviewEditor
from app.ui.vietnamese import count_in_vietnamese, speak_vietnamese

PICTURES = HERE / "hinh"
SIZE = (1366, 768)
SECRETARY, REVIEWED = "truong dinh loc", "ta van son"
YEAR = 2025  # the complete year of the sample book
PIN = "4826"
BACKUPS = (
    (BackupReason.EXIT, 30, 2),
    (BackupReason.BEFORE_IMPORT, 7, 1),
    (BackupReason.TIMED, 1, 3),
    (BackupReason.BY_HAND, 0, 1),
)
PHRASE = "trâu ra bờ giếng chiều mưa"  # of the new book, which goes with the folder
HEADINGS = ("TT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức", "Chức vụ", "Ghi chú")
ROWS = (
    ("NGUYỄN THỊ MAI", "12/05/1980", "19/05/2008", "19/05/2009", "Bí thư", ""),
    ("Lò Văn Chung", "1975", "03.02.2001", "03.02.2002", "Phó Bí thư", ""),
    ("Vi Thị Hoa", "20/11/1990", "02/09/2016", "02/09/2017", "", "Miễn sinh hoạt từ 01/3/2026"),
    ("Bế Quang Trung", "31/02/1969", "07/11/1994", "07/11/1995", "", ""),
    ("Hoàng Đức Ái", "08/03/1958", "06/01/1982", "06/01/1983", "Chi ủy viên", ""),
    ("", "15/08/1986", "15/10/2012", "15/10/2013", "", ""),
    ("Trịnh Thị Ngát", "26/03/1999", "10/12/2024", "", "", "Đảng viên dự bị"),
)


class _At:
    """A clock that stands."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Always the same moment."""
        return self._at

    def today(self) -> date:
        """Its day."""
        return self._at.date()


class Photographer:
    """Leads the window from page to page as people do and keeps what it shows."""

    def __init__(self, folder: Path, pictures: Path) -> None:
        self.folder, self.pictures = folder, pictures
        self.preferences = Preferences(folder / "cua-so.ini")
        use_look(self.preferences)
        self.background = Background(DataChanges())
        self.window = MainWindow(self.background, self.preferences)

    def settle(self) -> None:
        """Let every answer and every delayed reading arrive."""
        for _round in range(3):
            self.background.wait_idle(60_000)
            QTest.qWait(250)

    def take(self, name: str) -> None:
        """Keep the window as it is."""
        self.settle()
        image = _with_few_colors(self.window.grab().toImage())
        file = self.pictures / f"{name}.png"
        if not image.save(str(file), "PNG", 0):  # type: ignore[call-overload]  # the stub wants bytes
            raise SystemExit(f"{file} could not be written")
        print(f"{file.name}: {file.stat().st_size // 1024} KB")

    def page(self, kind: type[QWidget]) -> QWidget:
        """The page shown, which must be of this kind."""
        self.settle()
        shown = self.window.stack.currentWidget()
        if not isinstance(shown, kind):
            raise SystemExit(f"expected {kind.__name__}, the window shows {type(shown).__name__}")
        return shown

    def choose_name(self, name: str) -> ChoosePersonPage:
        """Somebody picks their name."""
        page = self.page(ChoosePersonPage)
        assert isinstance(page, ChoosePersonPage)
        page.names.search_field.setFocus()
        page.names.search_field.insert(name)
        QTest.keyClick(page.names.search_field, Qt.Key.Key_Return)
        self.settle()
        return page

    def sit_down(self, name: str) -> None:
        """Somebody picks their name and types their PIN."""
        self.choose_name(name).card.pin.insert(PIN)
        self.settle()

    def go(self, key: str, **place: str) -> QWidget:
        """To a page of the secretary's desk."""
        shown = self.window.show_page(key, **place)
        self.settle()
        return shown

    def member_id(self, name: str) -> str:
        """The member of this name, without marks."""
        assert self.window.desk is not None
        return next(m.id for m in list_members(self.window.desk.ws) if m.search_key == name)

    # The tour, in the order of the guide

    def tour(self, book: Path) -> None:
        """Every picture of the guide."""
        member = self._somebody_not_done(book)
        _give_pins(book, member)
        self.preferences.remember_book(book)
        self.window.start(Dialogs(self.window, self.preferences), None)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()
        self._start_page()
        self._locked_book()
        self.window.open_book(book)
        self.page(ChoosePersonPage)
        self.take("03-chon-ten")
        page = self.choose_name(member)
        self.take("29-ma-pin")
        page.card.pin.insert(PIN)
        self._own_desk()
        self.window.hand_over()
        self.sit_down(SECRETARY)
        self._members()
        self._year()
        self._year_end()
        self._papers_and_rules()
        self._trust()
        self.window.close()
        self.background.shutdown()

    def _start_page(self) -> None:
        page = self.page(StartPage)
        assert isinstance(page, StartPage)
        self.take("01-mo-dau")
        page.show_new_book()
        form = page.new_page
        assert form is not None
        form.upper.insert("ĐẢNG BỘ XÃ HÒA SƠN")
        form.own.insert("CHI BỘ THÔN ĐỒNG TIẾN")
        form.place.insert("Hòa Sơn")
        for field in (form.password.password, form.password.again):
            field.secret.insert(PHRASE)
        self.take("02-lap-so")
        form.make_button.click()

    def _locked_book(self) -> None:
        """The new book: its recovery sheet, two holders, then opened again by its password."""
        page = self.page(RecoveryPage)
        assert isinstance(page, RecoveryPage)
        self.take("27-phieu-khoi-phuc")
        page.form.code.typing.insert(page.code)
        page.form.done_button.click()
        self.settle()
        assert self.window.desk is not None
        ws = self.window.desk.ws
        looked_at = preview_member_import(ws, self._list_in_excel())
        good = [line for line in looked_at.preview.lines if line.state is not LineState.PROBLEM]
        accepted = {line.row: {proposal.kind for proposal in line.proposals} for line in good}
        apply_member_import(ws, looked_at, [line.row for line in good], accepted)
        add_holder(ws, self.member_id("lo van chung"), "", PHRASE.replace("mưa", "nắng"))
        self.window.show_start()
        self.window.open_book(ws.folder)
        unlocking = self.page(UnlockPage)
        assert isinstance(unlocking, UnlockPage)
        self.take("28-mo-khoa")
        unlocking.password.secret.insert(PHRASE)
        unlocking.open()
        self.settle()
        self.choose_name("nguyen thi mai")
        self.go("settings", panel="keys")
        self.take("33-nguoi-giu-mat-khau")
        health = self.go("settings", panel="health").findChild(HealthPanel)
        assert health is not None
        health.check()
        self.take("36-kiem-tra-so")
        self.window.show_start()

    def _somebody_not_done(self, book: Path) -> str:
        """A member without a post whose month is still to be written."""
        ws = open_book(book, read_only=True)
        with closing(ws):
            month = Month.of(ws.today())
            names = {m.id: m for m in list_members(ws)}
            secretary = next(m.id for m in names.values() if m.search_key == SECRETARY)
            rows = month_board(take_seat(ws, secretary).ws, month.year).rows
            late = (row for row in rows if row.cells[month.month - 1].shown is Shown.NOT_SUBMITTED)
            return next(names[row.member_id].search_key for row in late if not names[row.member_id].posts)

    def _own_desk(self) -> None:
        page = self.page(OwnPage)
        assert isinstance(page, OwnPage)
        self.take("06-trang-cua-toi")
        page.month_requested.emit(Month.of(page.desk.ws.today()).iso)
        editor = self.page(MonthEditor)
        QTest.keyClick(editor, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
        self.take("08-viet-thang")

    def _members(self) -> None:
        page = self.go("members")
        assert isinstance(page, MembersPage)
        self.take("04-dang-vien")
        page.import_list(self._list_in_excel())
        self.settle()
        page.wizard.next_button.click()
        self.take("05-nhap-xem-truoc")
        page.go_back()

    def _list_in_excel(self) -> Path:
        workbook = Workbook()
        sheet = workbook.active
        sheet.append(("DANH SÁCH ĐẢNG VIÊN",))
        sheet.append(HEADINGS)
        for number, member in enumerate(ROWS, start=1):
            sheet.append((number, *member))
        file = self.folder / "danh-sach.xlsx"
        workbook.save(file)
        return file

    def _year(self) -> None:
        assert self.window.desk is not None
        ws = self.window.desk.ws
        month = Month.of(ws.today())
        self.go("pledges", member=self.member_id(REVIEWED), year=str(month.year))
        self.take("07-dang-ky-nam")
        months = self.go("months")
        assert isinstance(months, MonthsPage)
        self.take("09-bang-thang")
        months.open_comments(months_to_confirm(ws, month)[0].member_id, month)
        self.take("10-y-kien")
        months.go_back()
        months.board.confirm_requested.emit()
        self.take("11-xac-nhan")
        months.go_back()

    def _meetings(self) -> None:
        """The review meeting's record, and its first round with one number too many."""
        assert self.window.desk is not None
        listed = list_meetings(self.window.desk.ws, YEAR).lines
        held = next(line.meeting for line in listed if line.meeting.kind is MeetingKind.REVIEW)
        self.go("meetings", meeting=held.id, part="attendance", year=str(YEAR))
        self.take("12-diem-danh")
        self.go("meetings", meeting=held.id, part="votes")
        view = self.window.findChild(VotesView)
        assert view is not None
        view.body.rounds.chosen.emit("0")
        self.settle()
        table = view.body.table
        table.setCurrentIndex(table.votes.index(2, table.votes.first_number + 4))
        QTest.keyClicks(table, "4")
        self.take("20-kiem-phieu")

    def _year_end(self) -> None:
        """The nine steps and the pages behind them."""
        assert self.window.desk is not None
        desk = self.window.desk
        this_year, reviewed = desk.year, self.member_id(REVIEWED)
        self.go("reviews")
        self.take("13-cuoi-nam")
        self.step("14-danh-sach-kiem-diem", "duty")
        self.step("15-y-kien-nhan-xet", "opinions")
        self._review(reviewed)
        desk.set_year(YEAR)
        self.step("18-tham-dinh", "appraisal", member=reviewed)
        self.step("19-tap-the", "collective")
        self._meetings()
        self.step("21-de-xuat", "proposal", member=reviewed)
        self.step("22-quyet-dinh", "decisions")
        desk.set_year(this_year)

    def step(self, name: str, key: str, **place: str) -> None:
        """The page of one step."""
        self.go("reviews", step=key, **place)
        self.take(name)

    def _review(self, reviewed: str) -> None:
        """A sheet: one section being written, and the grades at its end."""
        reviews = self.go("reviews", member=reviewed)
        editor = reviews.findChild(ReviewEditor)
        assert editor is not None
        sections = editor.sheet.sections if editor.sheet else ()
        editor.open_section(sections[2].key)
        self.take("16-ban-kiem-diem")
        editor.open_section(sections[-1].key)
        self.settle()
        for area in editor.findChildren(QScrollArea):
            bar = area.verticalScrollBar()
            bar.setValue(bar.maximum())
        self.take("17-xep-loai")

    def _papers_and_rules(self) -> None:
        assert self.window.desk is not None
        self.window.desk.set_year(YEAR)
        papers = "collective,summary,tally,review_minutes"
        self.go("papers", paper=papers)
        self.take("23-in-giay-to")
        self.go("settings", panel="rules")
        self.take("24-quy-dinh")
        self.go("reports")
        self.take("25-nhin-lai")
        self.go("settings", panel="book")
        self.take("26-so-va-nam")

    def _trust(self) -> None:
        """Who sits here, copies, the check, the history; the locked screen; the way back to a copy."""
        for name, panel in (("30-nguoi-dung", "users"), ("34-sao-luu", "backups")):
            self.go("settings", panel=panel)
            self.take(name)
        deeds = self.go("settings", panel="history").findChild(HistoryList)
        assert deeds is not None
        deeds.filters.words.insert("xac nhan thang 5/2026")
        self.settle()
        deeds.table.setFocus()
        self.take("37-nhat-ky")
        self.window.lock_requested.emit()
        lock = self.window.findChild(LockPage)
        assert lock is not None
        self.take("31-khoa-man-hinh")
        lock.card.pin.insert(PIN)
        self.settle()
        assert self.window.desk is not None
        self.window.desk.restore_wanted.emit()
        restore = self.page(RestorePage)
        assert isinstance(restore, RestorePage)
        self.take("35-khoi-phuc-so")
        restore.go_back()
        self.settle()


def _give_pins(book: Path, member: str) -> None:
    """The sample book asks for PINs in the pictures; each step is followed by a backup of another day."""
    with closing(open_book(book)) as ws:
        ids = {each.search_key: each.id for each in list_members(ws)}
        leading, own = take_seat(ws, ids[SECRETARY]).ws, take_seat(ws, ids[member]).ws
        few = [each for each in list(ids.values())[:12] if each not in (ids[SECRETARY], ids[member])]
        pins = Security(pins_required=True, version=read_security(ws).version)
        steps: tuple[Callable[[], object], ...] = (
            partial(set_own_pin, leading, "", PIN, PIN),
            partial(set_own_pin, own, "", PIN, PIN),
            partial(give_starting_pins, leading, few),
            partial(save_security, leading, pins),
        )
        for step, (reason, days, hours) in zip(steps, BACKUPS, strict=True):
            step()
            at = datetime.now() - timedelta(days=days, hours=hours)
            take_backup(replace(ws, clock=_At(at)), reason)


def _with_few_colors(image: QImage) -> QImage:
    """The same picture in its 256 most frequent colours: half the size, and nobody sees it."""
    full = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(full.constBits()).cast("B").cast("I")
    palette = [color for color, _count in Counter(pixels).most_common(256)]
    return full.convertToFormat(QImage.Format.Format_Indexed8, palette)


def _screen(folder: Path) -> Path:
    """A screen of the size of the pictures, for Qt's platform without a display."""
    size = dict(zip(("width", "height"), SIZE, strict=True))
    screen = {"name": "man-hinh", "x": 0, "y": 0, **size, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file = folder / "man-hinh.json"
    file.write_text(json.dumps({"screens": [screen], "windowFrameMargins": False}), encoding="utf-8")
    return file


def main() -> None:
    """Take them all, into ``docs/hinh`` or the folder named on the command line."""
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    pictures.mkdir(exist_ok=True)
    folder = Path(tempfile.gettempdir()) / "so-chi-bo"  # pictures show it, so it has one name everywhere
    folder.mkdir()
    try:
        os.environ["HOME"] = str(folder)  # a new book is offered a place there, and pictures show it
        os.environ["XDG_DATA_HOME"] = str(folder / "du-lieu")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(folder)}"
        app = QApplication(sys.argv)
        speak_vietnamese(app)
        count_in_vietnamese()
        Photographer(folder, pictures).tour(make_sample_book(folder / "dong-tien.neuguong"))
    finally:
        for book in folder.rglob("*.neuguong"):  # where a system keeps its places apart from HOME
            if (book / key_file.NAMES[0]).exists():
                shutil.rmtree(first_place(key_file.read_keys(book).book_id), ignore_errors=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
