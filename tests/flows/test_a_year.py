"""A cell's whole year at the PC, as the people of the cell drive it: from no book to the signed sheet."""

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.domain.dates import Month
from app.domain.member import CellRole, Post, Sphere
from app.domain.member_proposals import ProposalKind
from app.domain.monthly import Shown
from app.domain.review import GradeStage
from app.printing.preview import texts
from app.services.books import create_book
from app.services.keys import demo_keys
from app.services.members import list_members, save_posts
from app.services.months import open_month
from app.services.workspace import ActorRole, Workspace
from app.ui.screens.keys.recovery_page import RecoveryPage
from app.ui.screens.keys.unlock_page import UnlockPage
from app.ui.screens.members.import_wizard import ImportWizard
from app.ui.screens.months.board_page import BoardPage
from app.ui.screens.months.confirm_page import ConfirmPage
from app.ui.screens.months.month_editor import MonthEditor
from app.ui.screens.own.own_page import OwnPage
from app.ui.screens.own.sent_panel import SentPanel
from app.ui.screens.people.choose_page import ChoosePersonPage
from app.ui.screens.pledges.pledge_editor import PledgeEditor
from app.ui.screens.pledges.pledge_list import PledgeListPage
from app.ui.screens.start.start_page import StartPage
from app.ui.screens.year_end.grade_section import GradeSection
from app.ui.screens.year_end.review_editor import ReviewEditor
from app.ui.screens.year_end.reviews_page import ReviewsPage
from app.ui.screens.year_end.score_section import ScoreSection
from app.ui.screens.year_end.section_editor import TextSection
from tests.book_fixtures import FakeClock, People
from tests.builders import a_book, add_member
from tests.flows.at_the_pc import CTRL, AtThePc
from tests.flows.conftest import Started
from tests.ui.typing_keys import commit, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LIST = Path(__file__).parents[1] / "samples" / "danh-sach-dang-vien.xlsx"
PHRASE = "một câu dài dễ nhớ của chi bộ"
Key = Qt.Key


def make_book(pc: AtThePc) -> None:
    pc.click(pc.page(StartPage).first_book)
    form = pc.page(StartPage).new_page
    assert form is not None
    type_text(form.upper, "ĐẢNG BỘ XÃ HÒA SƠN")
    type_text(form.own, "CHI BỘ THÔN ĐỒNG TIẾN")
    type_text(form.place, "Hòa Sơn")
    pc.click(form.choose_folder)
    pc.click(form.pins.ways.word_button("no"))
    for field in (form.password.password, form.password.again):
        type_text(field.line, PHRASE)
    pc.press_for("Lập sổ", Key.Key_Return)
    sheet = pc.page(RecoveryPage)
    type_text(sheet.form.code.line, sheet.code)
    pc.click("Phiếu đúng, đi tiếp")


def import_list(pc: AtThePc) -> None:
    pc.click("Nhập từ Excel")
    wizard = pc.page(ImportWizard)
    pc.click(wizard.choose_step.choose_button)
    pc.press_for("Xem trước", Key.Key_Return)
    for kind in (ProposalKind.POST, ProposalKind.NAME_CASE, ProposalKind.STATUS):
        pc.click(wizard.preview_step.consent_box(kind))
    pc.press_for("Nhập 42 đảng viên", Key.Key_Return)
    pc.press_for("Xem danh sách", Key.Key_Return)


def pledge(pc: AtThePc, letters: str, member_id: str, items: tuple[str, ...]) -> None:
    pc.click("Đăng ký năm")
    board = pc.page(PledgeListPage)
    board.search.clear()
    type_text(board.search, letters)
    pc.qtbot.waitUntil(lambda: board.shown_ids() == (member_id,))
    board.table.setFocus()
    pc.press(Key.Key_Return)
    editor = pc.page(PledgeEditor)
    for action in items:
        pc.press_for("Thêm việc", Key.Key_N)
        commit(editor.view.card.action, action)
    pc.press_for("Gửi cho chi bộ", Key.Key_Return)
    pc.press(Key.Key_Escape)


def pass_pledges(pc: AtThePc) -> None:
    board = pc.page(PledgeListPage)
    board.search.clear()
    pc.press_for("Chi bộ thông qua", Key.Key_Return)
    pc.press_for("Ghi thông qua", Key.Key_Return)


def type_month(pc: AtThePc, member_id: str, month: int, results: tuple[str, ...], levels: str) -> None:
    """F2 on the board; result, level by its digit, next item, and handing in."""
    board = pc.page(BoardPage)
    board.choose(member_id, month)
    board.table.setFocus()
    pc.press(Key.Key_F2)
    editor = pc.page(MonthEditor)
    for result, level in zip(results, levels, strict=True):
        target = pc.focused()
        commit(target, result)
        pc.press(Key.Key_Tab)
        type_text(pc.focused(), level)
    pc.press_for("Gửi cho chi bộ", Key.Key_Return)
    assert editor.view.message.text.startswith("Đã gửi")
    pc.press(Key.Key_Escape)


def confirm_month(pc: AtThePc, month: int) -> str:
    """Confirm everybody who handed the month in; returns what is said of it."""
    board = pc.page(BoardPage)
    board.choose("", month)
    board.table.setFocus()
    pc.press_for(f"Xác nhận tháng {month}", Key.Key_Return)
    pc.page(ConfirmPage)
    pc.press(Key.Key_Return)
    return pc.page(BoardPage).message.text


def write_review(pc: AtThePc) -> ReviewEditor:
    """The sheet of the member chosen in the list: words, points, the own grade; handed in."""
    pc.press(Key.Key_Return)
    editor = pc.page(ReviewEditor)
    assert editor.sheet is not None
    for section in editor.sheet.sections:
        part = editor.view.editor
        if isinstance(part, TextSection) and section.key != "A.I.3":
            commit(part.area, unicodedata.normalize("NFD", f"Mục {section.key}: giữ nếp, học đủ."))
        elif isinstance(part, ScoreSection):
            for row in part.rows.values():
                pc.write(row.own, f"{row.item.max - 1:f}".replace(".", ","))
            for name, count in (("assigned", 10), ("done", 10), ("late", 0), ("beyond", 1), ("failed", 0)):
                pc.write(part.counts.fields[name].field, str(count))
        elif isinstance(part, GradeSection):
            pc.qtbot.keyClick(part.own.word_button("excellent"), Key.Key_2)
        pc.press(Key.Key_PageDown, CTRL)
    return editor


def record_grade(pc: AtThePc, stage: GradeStage, day: str, source: str) -> None:
    part = pc.page(ReviewEditor).view.editor
    assert isinstance(part, GradeSection)
    row = part.rows.rows[stage]
    row.grade.setFocus()
    pc.qtbot.keyClick(row.grade, Key.Key_Down)
    pc.qtbot.keyClick(row.grade, Key.Key_Down)
    pc.write(row.day.line, day)
    pc.write(row.source, source)
    pc.click(row.record)


def confirm_twelve_months(pc: AtThePc, secretary: str, member: str) -> None:
    """Each month is typed in and confirmed; the secretary's own is left for the deputy."""
    for month in range(1, 13):
        pc.clock.day = date(2026, month, 28)
        pc.click("Bảng tháng")
        type_month(pc, member, month, (f"Đợt {month}: sửa mái cho ông Bảy", f"Quét ngõ {month} lần"), "12")
        if month == 3:
            type_month(pc, secretary, month, ("Học xong quý I",), "2")
        said = confirm_month(pc, month)
        assert said.startswith(f"Đã xác nhận tháng {month} cho 1 đồng chí")
        assert ("Để lại Rơ Thị Huệ: tháng của mình" in said) == (month == 3)


def test_a_year_from_no_book_to_the_printed_sheet(started: Started, tmp_path: Path) -> None:
    clock = FakeClock(date(2026, 1, 12))
    target = tmp_path / "kiem-diem.pdf"
    pc = started(clock, [tmp_path, LIST, target])
    make_book(pc)
    import_list(pc)
    pc.hands_over("ro thi hue")
    assert pc.seated.actor.role is ActorRole.SECRETARY
    ids = {each.name: each.id for each in list_members(pc.seated)}
    secretary, member = ids["Rơ Thị Huệ"], ids["Dương Thế Hiếu"]
    assert len(ids) == 42
    decomposed = unicodedata.normalize("NFD", "Giúp hai hộ nghèo trong thôn")
    pledge(pc, "ro thi hue", secretary, ("Học đủ các chuyên đề",))
    pledge(pc, "the hieu", member, (decomposed, "Giữ đường ngõ sạch"))
    pass_pledges(pc)
    confirm_twelve_months(pc, secretary, member)
    pc.hands_over("nguyen thuy ngan")
    pc.click("Bảng tháng")
    assert confirm_month(pc, 3).startswith("Đã xác nhận tháng 3 cho 1 đồng chí")

    pc.hands_over("ro thi hue")
    open_reviews(pc)
    pc.page(ReviewsPage).table.choose(member)
    pc.page(ReviewsPage).table.setFocus()
    editor = write_review(pc)
    pc.press_for("Gửi cho chi bộ", Key.Key_Return)
    record_grade(pc, GradeStage.COMMITTEE, "27/12/2026", "Họp chi ủy")
    record_grade(pc, GradeStage.PROPOSED, "28/12/2026", "Nghị quyết số 12")
    assert editor.bar.progress.text() == "Xong 9/9 mục"
    pc.saves_pdf()
    check_printed(target)

    pc.window.close()
    again = started(clock, [])
    again.click(again.page(StartPage).recent.cards[0].open_button)
    type_text(again.page(UnlockPage).password.line, PHRASE)
    again.press(Key.Key_Return)
    again.qtbot.waitUntil(lambda: bool(again.window.findChildren(ChoosePersonPage)), timeout=20_000)
    again.sits_down("ro thi hue")
    check_kept(again, member)


def open_reviews(pc: AtThePc) -> None:
    """From the sidebar through the steps of the year-end to everybody's review."""
    pc.click("Cuối năm")
    pc.click("Viết bản kiểm điểm")
    pc.click("Mở danh sách")


def check_printed(target: Path) -> None:
    """The sheet as it comes out of the printer: whose, their words, the months', grade and points."""
    pages = texts(target)
    words = " ".join("\n".join(pages).split())
    assert unicodedata.is_normalized("NFC", words)
    assert "Họ và tên: Dương Thế Hiếu Ngày sinh: 19/05/1961" in words
    assert "Giúp hai hộ nghèo trong thôn: đang làm; tháng 12: Đợt 12: sửa mái cho ông Bảy." in words
    assert "Đã tự đánh giá 12/12 tháng phải nộp, chi bộ xác nhận 12 tháng." in words
    assert "Mục A.II.1: giữ nếp, học đủ." in words
    assert "Tổng điểm: 93/100" in words
    assert re.findall("☒ ([^☐☒]+?nhiệm vụ)", words) == ["Hoàn thành tốt nhiệm vụ"]
    assert "Chi bộ đề xuất xếp loại mức chất lượng: Hoàn thành tốt nhiệm vụ" in words


def check_kept(pc: AtThePc, member_id: str) -> None:
    """Everything of the year is in the book, as seen on the pages."""
    pc.click("Bảng tháng")
    model = pc.page(BoardPage).table.model_
    row = next(row for _number, row in model.shown if row.member_id == member_id)
    assert {cell.shown for cell in row.cells} == {Shown.CONFIRMED}
    open_reviews(pc)
    reviews = pc.page(ReviewsPage)
    reviews.table.choose(member_id)
    kept = reviews.table.current_record()
    assert kept is not None
    assert kept.grades == ("HTT", "HTT", "", "HTT", "")


def test_members_own_desk_from_the_pledge_to_the_thanks(
    started: Started, secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    secretary_ws.close()
    pc = started(clock, [], secretary_ws.folder)
    pc.sits_down("dat")
    own = pc.page(OwnPage)
    assert own.ask_card.title.text() == "Đăng ký năm 2026"
    pc.press(Key.Key_Return)
    pc.press_for("Thêm việc", Key.Key_N)
    commit(pc.page(PledgeEditor).view.card.action, "Giúp hai hộ nghèo")
    pc.press_for("Gửi cho chi bộ", Key.Key_Return)
    assert pc.page(SentPanel).title.text() == "Đã gửi đăng ký năm 2026 cho chi bộ"

    pc.click(own.sent.handover)
    pc.sits_down("binh")
    pc.click("Đăng ký năm")
    pass_pledges(pc)
    pc.hands_over("dat")
    own = pc.page(OwnPage)
    assert own.ask_card.title.text() == "Tự đánh giá tháng 3"
    pc.press(Key.Key_Return)
    commit(pc.focused(), "Đã giúp một hộ")
    pc.press(Key.Key_Tab)
    type_text(pc.focused(), "1")
    pc.press_for("Gửi cho chi bộ", Key.Key_Return)

    assert pc.page(SentPanel).title.text() == "Đã gửi tháng 3 cho chi bộ"
    kept = open_month(pc.seated, people.plain, Month(2026, 3)).assessment
    assert [(entry.result, entry.self_level) for entry in kept.entries] == [("Đã giúp một hộ", "Tốt")]


def test_year_of_the_old_rules_has_its_own_sheet(started: Started, tmp_path: Path) -> None:
    clock = FakeClock(date(2024, 12, 20))
    book = create_book(tmp_path / "cu", a_book(year=2024), demo_keys(), clock)
    secretary = add_member(book, "Trần Thị Bình", CellRole.SECRETARY)
    save_posts(book, secretary, [Post(Sphere.PARTY, "", CellRole.SECRETARY, date(2024, 1, 1))])
    member = add_member(book, "Nguyễn Văn Đạt")
    book.close()
    target = tmp_path / "2024.pdf"
    pc = started(clock, [target], book.folder)
    pc.sits_down("binh")
    open_reviews(pc)
    pc.page(ReviewsPage).table.choose(member)
    pc.page(ReviewsPage).table.setFocus()
    pc.press(Key.Key_Return)
    editor = pc.page(ReviewEditor)
    part = editor.view.editor
    assert isinstance(part, TextSection)
    commit(part.area, "Giữ vững lập trường.")
    pc.qtbot.keyClick(part.level.word_button("excellent_level"), Key.Key_2)
    pc.saves_pdf()
    words = " ".join("\n".join(texts(target)).split())
    assert "Mẫu 02A-HD KĐ.ĐG 2023" in words
    assert "Giữ vững lập trường. Tự đánh giá về cấp độ thực hiện: ☐ Xuất sắc ☒ Tốt ☐ Trung bình" in words
