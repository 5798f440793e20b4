"""Papers saved: PDF, Word or Excel, in one file or a folder with a file for each member, whole or not."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from app.domain.dates import Month
from app.domain.errors import Cancelled, FileUnwritable, NotAllowed, NotFound
from app.services.months import confirm_months
from app.services.paper_files import (
    FileFormat,
    NeedsFolder,
    file_name,
    folder_name,
    safe_name,
    save_paper_files,
)
from app.services.papers import PaperKind, PaperRequest
from app.services.rule_files import keep_rule_file, look_at_rule_file
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import handed_in, passed_pledge
from tests.office.templates import a_template, words_of_file
from tests.services.test_papers import write_review

YEAR = 2025
TWO = (PaperKind.REVIEW, PaperKind.PLEDGE)


@pytest.fixture
def year_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """Two members with a pledge and a review of 2025, the first with two months."""
    for member in (people.plain, people.deputy):
        pledge = passed_pledge(secretary_ws, member, YEAR)
        for number in (1, 2):
            handed_in(secretary_ws, pledge, Month(YEAR, number))
        write_review(secretary_ws, member, day=date(2025, 12, 12))
    confirm_months(secretary_ws, Month(YEAR, 1), [people.plain], date(2025, 2, 3))
    return secretary_ws


def word_text(path: Path) -> str:
    document = Document(str(path))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    parts = [*(p.text for p in document.paragraphs), *(cell.text for cell in cells)]
    return " ".join(" ".join(parts).split())


class Watch:
    """Notes each step; stops after some."""

    def __init__(self, stop_after: int = 0) -> None:
        self.told: list[tuple[int, int]] = []
        self._stop_after = stop_after

    def step(self, done: int, total: int, _label: str) -> None:
        self.told.append((done, total))
        if self._stop_after and done >= self._stop_after:
            raise Cancelled


def test_one_file_of_each_format_holds_every_sheet(year_ws: Workspace, tmp_path: Path) -> None:
    request = PaperRequest(TWO, YEAR)
    for file_format in FileFormat:
        watch = Watch()
        target = tmp_path / f"giay.{file_format}"
        saved = save_paper_files(year_ws, request, target, file_format, progress=watch)
        assert (saved.path, saved.file_count) == (target, 1)
        assert target.is_file()
        assert all(total == 4 for _, total in watch.told)
        if file_format is not FileFormat.EXCEL:
            assert saved.sheet_count == 4
            assert [done for done, _ in watch.told] == [1, 2, 3, 4]
    assert "Lời của mục A.VI." in word_text(tmp_path / "giay.docx")
    assert len(Document(str(tmp_path / "giay.docx")).sections) == 4


def test_excel_says_which_papers_have_no_table(year_ws: Workspace, people: People, tmp_path: Path) -> None:
    request = PaperRequest((PaperKind.PLEDGE, PaperKind.REGISTER), YEAR, (people.plain,))
    saved = save_paper_files(year_ws, request, tmp_path / "a.xlsx", FileFormat.EXCEL)
    assert saved.without_tables == (PaperKind.PLEDGE,)
    assert saved.sheet_count == 1
    assert len(load_workbook(tmp_path / "a.xlsx").worksheets) == 3
    with pytest.raises(NotFound, match="không có bảng nào"):
        save_paper_files(
            year_ws, PaperRequest((PaperKind.PLEDGE,), YEAR), tmp_path / "b.xlsx", FileFormat.EXCEL
        )
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["a.xlsx"]


def test_a_folder_has_a_file_for_each_member_and_one_for_the_cell(year_ws: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "Giấy tờ 2025"
    request = PaperRequest((*TWO, PaperKind.MATRIX), YEAR)
    saved = save_paper_files(year_ws, request, target, FileFormat.PDF, per_member=True)
    assert sorted(path.name for path in target.iterdir()) == [
        "Chi bộ 2025.pdf", "Lê Văn Cường 2025.pdf", "Nguyễn Văn Đạt 2025.pdf",
    ]  # fmt: skip
    assert (saved.file_count, saved.sheet_count) == (3, 5)
    assert saved.page_count > 5
    one = save_paper_files(
        year_ws, PaperRequest((PaperKind.REVIEW,), YEAR), target, FileFormat.WORD, per_member=True
    )
    assert one.file_count == 2
    assert (target / "Nguyễn Văn Đạt - Bản kiểm điểm cá nhân 2025.docx").is_file()
    assert len(list(target.iterdir())) == 5


def test_a_stopped_folder_is_not_there_and_an_old_one_stays(year_ws: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    target = out / "moi"
    request = PaperRequest(TWO, YEAR)
    with pytest.raises(Cancelled):
        save_paper_files(
            year_ws, request, target, FileFormat.PDF, per_member=True, progress=Watch(stop_after=3)
        )
    assert list(out.iterdir()) == []
    target.mkdir()
    (target / "Nguyễn Văn Đạt 2025.pdf").write_bytes(b"old")
    with pytest.raises(Cancelled):
        save_paper_files(
            year_ws, request, target, FileFormat.PDF, per_member=True, progress=Watch(stop_after=3)
        )
    assert [path.read_bytes() for path in target.iterdir()] == [b"old"]


def test_a_folder_that_cannot_be_made_is_said(year_ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "tep").write_bytes(b"x")
    request = PaperRequest(TWO, YEAR)
    with pytest.raises(FileUnwritable, match="đã có một tệp tên"):
        save_paper_files(year_ws, request, tmp_path / "tep", FileFormat.PDF, per_member=True)
    with pytest.raises(FileUnwritable, match="Không còn thư mục “mat”"):
        save_paper_files(year_ws, request, tmp_path / "mat" / "a", FileFormat.PDF, per_member=True)


def test_an_offices_own_template_is_filled_in_with_what_the_form_says(
    year_ws: Workspace, people: People, tmp_path: Path
) -> None:
    template = tmp_path / "mau.docx"
    template.write_bytes(
        a_template("Của xã: {{ ho_ten }}", "Tổng {{ tong_diem }}, {{ muc_tu_nhan }}", "{{ muc.A_VI }}")
    )
    keep_rule_file(year_ws, look_at_rule_file(year_ws, template, form_code="F25_2C").files[0], 2025)
    mine = PaperRequest((PaperKind.REVIEW,), YEAR, (people.plain,))

    saved = save_paper_files(year_ws, mine, tmp_path / "a.docx", FileFormat.WORD)
    assert saved.templates
    assert words_of_file((tmp_path / "a.docx").read_bytes())[:3] == [
        "Của xã: Nguyễn Văn Đạt", "Tổng 100, Hoàn thành tốt nhiệm vụ", "Lời của mục A.VI.",
    ]  # fmt: skip

    with pytest.raises(NeedsFolder, match="mỗi người một tệp"):
        save_paper_files(year_ws, PaperRequest(TWO, YEAR), tmp_path / "b.docx", FileFormat.WORD)
    target = tmp_path / "ra"
    folder = save_paper_files(year_ws, PaperRequest(TWO, YEAR), target, FileFormat.WORD, per_member=True)
    assert folder.sheet_count == 4
    assert "Nguyễn Văn Đạt - Bản kiểm điểm cá nhân 2025.docx" in {path.name for path in target.iterdir()}
    assert save_paper_files(year_ws, mine, tmp_path / "a.pdf", FileFormat.PDF).templates == ()


def test_nobody_saves_the_papers_of_others(plain_ws: Workspace, people: People, tmp_path: Path) -> None:
    request = PaperRequest(TWO, YEAR, (people.deputy,))
    with pytest.raises(NotAllowed):
        save_paper_files(plain_ws, request, tmp_path / "a.docx", FileFormat.WORD)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ('Đồng chí: "Bùi/Tráng"?', "Đồng chí Bùi Tráng"),
        ("Y Bhơm Ayŭn.", "Y Bhơm Ayŭn"),
        ("con", "con -"),
        ("LPT1", "LPT1 -"),
        (" .. ", "Giấy tờ"),
        ("a\n\tb\u200b", "a b"),
        ("ữ" * 300, "ữ" * 100),
    ],
)
def test_names_of_files_are_fit_for_windows_and_keep_their_letters(words: str, name: str) -> None:
    assert safe_name(words) == name


def test_offered_names_say_paper_person_and_year() -> None:
    request = PaperRequest((PaperKind.REVIEW,), 2025, ("a",), blank=True)
    assert file_name(request, {"a": "An"}, FileFormat.WORD) == "Bản kiểm điểm cá nhân (trống) 2025 - An.docx"
    assert folder_name(PaperRequest(TWO, 2025), {}) == "Giấy tờ 2025"
