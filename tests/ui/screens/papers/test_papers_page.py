"""The print centre: what is offered, what is seen before printing, what lands in a file or on a printer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.dates import Month
from app.domain.sheets.kinds import PaperGroup
from app.printing.preview import PageImages
from app.services.papers import PaperKind
from app.services.rule_files import keep_rule_file, look_at_rule_file
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.changes import Topic
from app.ui.desk import Desk
from app.ui.parts.printers import Printers, prepare
from app.ui.preferences import Preferences
from app.ui.screens.papers.papers_page import PapersPage
from tests.book_fixtures import People
from tests.builders import handed_in, passed_pledge
from tests.office.templates import a_template
from tests.services.test_papers import write_review
from tests.ui.scripted_dialogs import ScriptedDialogs

YEAR = 2025


class PaperFeed(Printers):
    """Printers of the test: none, or one that prints into a file through Qt's own printing."""

    def __init__(self, out: Path | None) -> None:
        self.out = out
        self.asked: list[tuple[str, int, bool, bool]] = []

    def are_there(self) -> bool:
        return self.out is not None

    def choose(
        self, window: QWidget, title: str, pages: int, *, two_sided: bool, lying: bool
    ) -> QPrinter | None:
        self.asked.append((title, pages, two_sided, lying))
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.out))
        prepare(printer, title)
        long_side, none = QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexNone
        printer.setDuplex(long_side if two_sided else none)
        return printer


class OpenedFiles(QObject):
    """Takes what the page asks the system to open."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


@pytest.fixture
def year_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """A cell of four; two have pledged for 2025, one of them has handed in two months."""
    passed_pledge(secretary_ws, people.secretary, YEAR)
    pledge = passed_pledge(secretary_ws, people.plain, YEAR)
    for number in (1, 2):
        handed_in(secretary_ws, pledge, Month(YEAR, number))
    return secretary_ws


@pytest.fixture
def dialogs(preferences: Preferences) -> ScriptedDialogs:
    return ScriptedDialogs(preferences=preferences)


@pytest.fixture
def printers(tmp_path: Path) -> PaperFeed:
    return PaperFeed(tmp_path / "giay.pdf")


@pytest.fixture
def page(
    qtbot: QtBot,
    year_ws: Workspace,
    background: Background,
    dialogs: ScriptedDialogs,
    preferences: Preferences,
    printers: PaperFeed,
) -> Iterator[PapersPage]:
    desk = Desk(year_ws, background, dialogs, preferences, (2024, 2025, 2026))
    desk.set_year(YEAR)
    made = PapersPage(desk, printers)
    qtbot.addWidget(made)
    made.resize(1300, 760)
    made.show()
    seen(qtbot, made)
    yield made
    background.wait_idle()


def seen(qtbot: QtBot, page: PapersPage) -> None:
    """Wait until the pages asked for last stand in the preview."""
    idle = page.desk.background.idle
    qtbot.waitUntil(lambda: idle() and not page.is_working, timeout=5000)


def tick(qtbot: QtBot, page: PapersPage, *kinds: PaperKind) -> None:
    """Tick these papers and no others."""
    for kind, row in page.list.rows.items():
        if row.is_ticked() is not (kind in kinds):
            qtbot.mouseClick(row.box, Qt.MouseButton.LeftButton, pos=row.box.rect().center())
    seen(qtbot, page)


def finished(qtbot: QtBot, page: PapersPage) -> None:
    """Wait for saving or printing to say what it did."""
    qtbot.waitUntil(lambda: page.out.saved.isVisible() or bool(page.out.message.text), timeout=15000)


def texts(path: Path) -> list[str]:
    with PageImages(path) as pages:
        return list(pages.texts())


def test_the_page_comes_up_with_the_first_paper_there_is_and_its_pages(page: PapersPage) -> None:
    assert page.list.ticked() == (PaperKind.PLEDGE,)
    assert not page.list.rows[PaperKind.REVIEW].box.isEnabled()
    assert page.list.rows[PaperKind.REVIEW].count.text() == "—"
    assert page.list.rows[PaperKind.EXTRACT].count.text() == "2 bản"
    assert page.view.preview.page_count > 1
    assert page.print.text().startswith(f"In {page.view.preview.page_count} trang")


def test_the_button_counts_the_pages_of_all_papers_ticked(qtbot: QtBot, page: PapersPage) -> None:
    tick(qtbot, page, PaperKind.PLEDGE, PaperKind.MATRIX)

    pledges, matrix = (page.list.rows[kind].count.text() for kind in (PaperKind.PLEDGE, PaperKind.MATRIX))
    total = int(pledges.split()[0]) + int(matrix.split()[0])
    assert page.print.text().startswith(f"In {total} trang")
    sheets = [page.view.sheets.itemText(n) for n in range(page.view.sheets.count())]
    assert sheets == [
        "Trần Thị Bình · Bản cam kết",
        "Nguyễn Văn Đạt · Bản cam kết",
        "Bảng 12 tháng của chi bộ",
    ]


def test_nothing_ticked_can_neither_be_printed_nor_saved(qtbot: QtBot, page: PapersPage) -> None:
    tick(qtbot, page)

    assert not page.print.isEnabled()
    assert not page.save.isEnabled()
    assert page.view.empty.title.text() == "Chưa chọn giấy tờ"


def test_choosing_a_person_turns_to_their_sheet(qtbot: QtBot, page: PapersPage) -> None:
    tick(qtbot, page, PaperKind.PLEDGE)

    page.view.sheets.setFocus()
    qtbot.keyClick(page.view.sheets, Qt.Key.Key_Down)

    assert page.view.sheets.currentText() == "Nguyễn Văn Đạt"
    assert page.view.preview.current_page == 2


def test_only_the_people_ticked_are_printed_for(qtbot: QtBot, page: PapersPage, people: People) -> None:
    tick(qtbot, page, PaperKind.PLEDGE)

    page.audience.pick.click()
    page.picker.search_field.search.emit("dat")
    page.picker.table.setFocus()
    qtbot.keyClick(page.picker.table, Qt.Key.Key_Space)
    assert page.picker.done.text().startswith("Chọn 1 người")
    page.picker.done.click()
    seen(qtbot, page)

    assert page.audience.member_ids() == (people.plain,)
    assert page.view.book is not None
    assert {start.member_id for start in page.view.book.starts} == {people.plain}


def test_escape_leaves_the_people_as_they_were(page: PapersPage) -> None:
    page.audience.pick.click()

    assert page.go_back()
    assert page.audience.member_ids() is None
    assert not page.go_back()


def test_somebody_without_a_paper_cannot_be_printed_for(
    qtbot: QtBot, page: PapersPage, people: People
) -> None:
    page.show_place(paper="pledge", member=people.deputy)
    seen(qtbot, page)

    assert not page.print.isEnabled()
    assert page.list.rows[PaperKind.PLEDGE].below.text() == "Chưa ai có nội dung để in"


def test_what_is_missing_is_said_before_printing_and_leads_to_where_it_is_written(
    qtbot: QtBot, page: PapersPage, people: People
) -> None:
    led: list[tuple[str, dict[str, str]]] = []
    page.desk.go.connect(lambda key, place: led.append((key, place)))
    tick(qtbot, page, PaperKind.PLEDGE)
    assert page.audience.note.text == "2 đồng chí không có bản để in."

    assert page.audience.note.button is not None
    page.audience.note.button.click()
    names = [gap.note.name for gap in page.gaps.table.records.shown]
    page.gaps.go.click()

    assert names == ["Lê Văn Cường", "Phạm Thị Dung"]
    assert led == [("pledges", {"member": people.deputy})]


def test_what_is_said_of_the_cells_papers_stands_there_too(qtbot: QtBot, page: PapersPage) -> None:
    tick(qtbot, page, PaperKind.BALLOT_CELL)
    said = page.audience.note.text
    assert said.endswith(".")
    assert page.audience.note.button is not None

    page.audience.note.button.click()
    (gap,) = page.gaps.table.records.shown

    assert gap.fate == "Vẫn in"
    assert said.rstrip(".").lower() == gap.note.reason.lower()
    led: list[tuple[str, dict[str, str]]] = []
    page.desk.go.connect(lambda key, place: led.append((key, place)))
    page.gaps.go.click()
    assert led == [("meetings", {})]


def test_blank_sheets_are_for_everybody_with_names_or_for_nobody(qtbot: QtBot, page: PapersPage) -> None:
    tick(qtbot, page, PaperKind.PLEDGE)

    page.list.mode.choose_number(2)
    seen(qtbot, page)
    named = page.view.sheets.count()
    page.list.mode.choose_number(3)
    seen(qtbot, page)

    assert named == 4
    assert page.view.sheets.count() == 1
    assert not page.audience.whom.isEnabled()


def test_the_preview_follows_what_others_write(
    qtbot: QtBot, page: PapersPage, year_ws: Workspace, people: People
) -> None:
    tick(qtbot, page, PaperKind.PLEDGE)
    passed_pledge(year_ws, people.deputy, YEAR)

    page.desk.background.changes.tell({Topic.PLEDGES}, None)
    qtbot.waitUntil(lambda: page.view.sheets.count() == 3, timeout=5000)


def test_a_pdf_is_saved_whole_and_can_be_opened(
    qtbot: QtBot, page: PapersPage, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    opened = OpenedFiles()
    QDesktopServices.setUrlHandler("file", opened, "take")
    tick(qtbot, page, PaperKind.PLEDGE)
    target = tmp_path / "cam-ket.pdf"
    dialogs.answers = [target]

    page.save.click()
    finished(qtbot, page)
    page.out.saved.open_file.click()
    page.out.saved.open_folder.click()
    QDesktopServices.unsetUrlHandler("file")

    assert page.out.saved.words.text() == f"Đã lưu 4 trang vào cam-ket.pdf, thư mục {tmp_path}."
    assert len(texts(target)) == page.view.preview.page_count
    assert [Path(url.toLocalFile()) for url in opened.urls] == [target, tmp_path]


def test_a_place_that_cannot_be_written_is_said_and_another_can_be_chosen(
    qtbot: QtBot, page: PapersPage, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    taken = tmp_path / "so.pdf"
    taken.mkdir()
    good = tmp_path / "so-2.pdf"
    dialogs.answers = [taken, good]

    page.save.click()
    finished(qtbot, page)
    said = page.out.message.text
    assert page.out.message.button is not None
    page.out.message.button.click()
    qtbot.waitUntil(page.out.saved.isVisible, timeout=5000)

    assert said.startswith(f"Không ghi được {taken}")
    assert page.out.message.text == ""
    assert good.is_file()


def test_without_a_printer_a_pdf_is_offered(
    qtbot: QtBot, page: PapersPage, printers: PaperFeed, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    printers.out = None
    dialogs.answers = [tmp_path / "in-sau.pdf"]

    page.print.click()
    said = page.out.message.text
    assert page.out.message.button is not None
    page.out.message.button.click()
    qtbot.waitUntil(page.out.saved.isVisible, timeout=5000)

    assert said == "Không thấy máy in. Lưu thành PDF để in ở máy khác?"
    assert (tmp_path / "in-sau.pdf").is_file()


def test_printed_pages_are_a4_in_their_own_direction_and_look_like_the_saved_ones(
    qtbot: QtBot, page: PapersPage, printers: PaperFeed, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    tick(qtbot, page, PaperKind.PLEDGE, PaperKind.MATRIX)
    dialogs.answers = [tmp_path / "luu.pdf"]
    page.save.click()
    finished(qtbot, page)
    page.print.click()
    qtbot.waitUntil(lambda: page.out.saved.words.text().startswith("Đã chuyển"), timeout=20000)

    count = page.view.preview.page_count
    assert printers.asked == [("Giấy tờ 2025", count, False, False)]
    assert printers.out is not None
    with PageImages(printers.out) as printed, PageImages(tmp_path / "luu.pdf") as saved:
        assert printed.page_count == saved.page_count == count
        for number in range(count):
            assert printed.page_size_mm(number) == pytest.approx(saved.page_size_mm(number), abs=0.5)
            assert ink_box(printed, number) == pytest.approx(ink_box(saved, number), abs=2)


def ink_box(pages: PageImages, number: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is black on a page, in dots of a 100th inch."""
    drawn = pages.render(number, 100, grey=True)
    rows = [drawn.data[y * drawn.stride : y * drawn.stride + drawn.width] for y in range(drawn.height)]
    black = [y for y, row in enumerate(rows) if min(row) < 140]
    columns = [x for x in range(drawn.width) if min(row[x] for row in rows) < 140]
    return columns[0], black[0], columns[-1], black[-1]


def test_on_both_sides_every_sheet_begins_on_a_leaf_of_its_own(
    qtbot: QtBot, page: PapersPage, printers: PaperFeed
) -> None:
    tick(qtbot, page, PaperKind.EXTRACT)
    book = page.view.book
    assert book is not None
    odd = sum(start.page_count % 2 for start in book.starts)
    page.audience.two_sided.box.click()
    seen(qtbot, page)

    page.print.click()
    finished(qtbot, page)

    assert printers.out is not None
    assert len(texts(printers.out)) == book.page_count + odd
    assert page.out.saved.words.text().startswith(f"Đã chuyển {book.page_count} trang")


def test_papers_there_is_nothing_of_wait_behind_a_button(page: PapersPage) -> None:
    assert not page.list.rows[PaperKind.REVIEW].isVisible()
    assert page.list.rows[PaperKind.PLEDGE].isVisible()

    page.list.more.click()
    with_all = page.list.rows[PaperKind.REVIEW].isVisible()
    page.list.more.click()

    assert with_all
    assert not page.list.rows[PaperKind.REVIEW].isVisible()


def test_everything_for_the_meeting_is_taken_at_once_in_the_order_it_is_signed(
    qtbot: QtBot, page: PapersPage, year_ws: Workspace, people: People
) -> None:
    write_review(year_ws, people.plain)
    write_review(year_ws, people.secretary)
    page.desk.background.changes.tell({Topic.REVIEWS}, None)
    qtbot.waitUntil(lambda: page.list.rows[PaperKind.REVIEW].box.isEnabled(), timeout=5000)
    page.audience.choose([people.plain])

    page.list.for_meeting.click()
    seen(qtbot, page)

    taken = page.list.ticked()
    assert taken[0] is PaperKind.REVIEW
    assert all(kind.group is PaperGroup.REVIEW_MEETING for kind in taken)
    assert PaperKind.BALLOT_GRADE5 not in taken
    assert page.audience.member_ids() is None
    assert page.view.book is not None
    assert page.view.book.starts[0].member_id == people.secretary


@pytest.mark.parametrize(("number", "ending"), [(2, "docx"), (3, "xlsx")])
def test_papers_are_saved_for_word_and_excel_too(
    qtbot: QtBot,
    page: PapersPage,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
    number: int,
    ending: str,
) -> None:
    tick(qtbot, page, PaperKind.EXTRACT, PaperKind.PLEDGE)
    page.wishes.files.formats.choose_number(number)
    target = tmp_path / f"giay.{ending}"
    dialogs.answers = [target]

    assert page.save.text().startswith(f"Lưu thành {page.wishes.files.file_format().label}")
    page.save.click()
    finished(qtbot, page)

    assert target.read_bytes().startswith(b"PK")
    said = page.out.saved.words.text()
    assert ("Không có bảng nên không sang Excel: Bản cam kết." in said) is (ending == "xlsx")


def test_a_folder_gets_a_file_for_each_member(
    qtbot: QtBot, page: PapersPage, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    tick(qtbot, page, PaperKind.PLEDGE)
    page.wishes.files.per_member.box.click()
    dialogs.answers = [out]

    page.save.click()
    finished(qtbot, page)

    folder = out / "Bản cam kết 2025"
    names = [f"{name} - Bản cam kết 2025.pdf" for name in ("Nguyễn Văn Đạt", "Trần Thị Bình")]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert page.out.saved.words.text() == f"Đã lưu 2 tệp, 4 trang vào thư mục {folder}."
    assert not page.out.saved.open_file.isVisible()


def test_an_offices_template_that_needs_files_of_its_own_offers_a_folder(
    qtbot: QtBot,
    page: PapersPage,
    year_ws: Workspace,
    people: People,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    template, out = tmp_path / "mau.docx", tmp_path / "ra"
    template.write_bytes(a_template("Cam kết của {{ ho_ten }}"))
    out.mkdir()
    keep_rule_file(year_ws, look_at_rule_file(year_ws, template, form_code="PLEDGE").files[0], 2025)
    tick(qtbot, page, PaperKind.PLEDGE)
    page.wishes.files.formats.choose_number(2)
    dialogs.answers = [out / "a.docx", out]

    page.save.click()
    finished(qtbot, page)
    said = page.out.message.text
    assert page.out.message.button is not None
    page.out.message.button.click()
    qtbot.waitUntil(page.out.saved.isVisible, timeout=5000)

    assert "mỗi người một tệp" in said
    assert "Theo mẫu Word của cơ quan" in page.out.saved.words.text()
    assert len(list((out / "Bản cam kết 2025").iterdir())) == 2


def test_a_place_asked_for_shows_one_members_blank_sheet(
    qtbot: QtBot, page: PapersPage, people: People
) -> None:
    page.show_place(paper="pledge", member=people.committee, blank="1")
    seen(qtbot, page)

    assert page.list.ticked() == (PaperKind.PLEDGE,)
    assert page.audience.one.value() == people.committee
    assert page.view.sheets.currentText() == "Phạm Thị Dung"
    assert page.place() == {"paper": "pledge", "blank": "1"}


def test_a_year_without_anything_says_what_can_be_done(qtbot: QtBot, page: PapersPage) -> None:
    page.desk.set_year(2024)
    seen(qtbot, page)

    assert page.list.rows[PaperKind.EXTRACT].count.text() == "—"
    assert page.list.ticked() == ()
    assert page.view.empty.title.text() == "Chưa chọn giấy tờ"


def test_a_narrow_window_shows_papers_or_pages(qtbot: QtBot, page: PapersPage) -> None:
    page.resize(700, 700)
    qtbot.waitUntil(page.panes.isVisible)
    papers_first = page.wishes.isVisible() and not page.view.isVisible()

    page.panes.choose_number(2)

    assert papers_first
    assert page.view.isVisible()
    assert not page.wishes.isVisible()
