"""Tables in Excel, column for column: numbers count, text stays text, pages print as the paper lies."""

from pathlib import Path

import pytest

from app.domain.errors import FileUnwritable
from app.domain.paper import (
    Block,
    Cell,
    Column,
    FieldLine,
    Heading,
    Labelled,
    Letterhead,
    Paper,
    Paragraph,
    Table,
    TitleBlock,
    plain,
)
from app.office.xlsx_paper import has_tables, write_xlsx
from tests.office.papers import POINTS, REPORT, a_paper, excel_file


def one_column(*values: str) -> Table:
    return Table((Column("Giá trị", 1),), tuple((Cell(plain(value)),) for value in values))


def test_numbers_are_numbers_in_their_own_decimals(tmp_path: Path) -> None:
    values = ("28,5", "1.058,50", "2.640", "0", "-3", "33,33%")
    (sheet,) = excel_file(tmp_path, a_paper(one_column(*values)))
    written = [(cell.value, cell.number_format) for (cell,) in sheet.iter_rows(min_row=2)]
    assert written == [
        (28.5, "0.0"), (1058.5, "#,##0.00"), (2640, "#,##0"), (0, "0"), (-3, "0"), (0.3333, "0.00%"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    ["=SUM(A1:A9)", "+84 912", "-đã xong", "@an", "0912345678", "036085012345", "05/12/2025", "1.5", "I.1"],
)  # fmt: skip
def test_text_stays_the_text_it_is(tmp_path: Path, value: str) -> None:
    (sheet,) = excel_file(tmp_path, a_paper(one_column(value)))
    cell = sheet["A2"]
    assert (cell.value, cell.data_type) == (value, "s")
    assert bool(cell.quotePrefix) is value.startswith(("=", "+", "-", "@"))


def test_heads_are_merged_as_on_paper_and_repeat_in_print(tmp_path: Path) -> None:
    (sheet,) = excel_file(tmp_path, a_paper(POINTS))
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert merged == {"A1:A2", "B1:B2", "E1:E2", "C1:D1", "A5:B5"}
    assert [cell.value for cell in sheet[1]] == ["TT", "Họ và tên", "Điểm", None, "Số thẻ"]
    assert [cell.value for cell in sheet[2]][2:4] == ["Chung", "Nhiệm vụ"]
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "A3"
    assert all(cell.border.right.style == "thin" for row in sheet["A3:E4"] for cell in row)


def test_pages_lie_and_fit_their_width(tmp_path: Path) -> None:
    (sheet,) = excel_file(tmp_path, a_paper(*REPORT))
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDE"]
    assert widths[1] > widths[4] > widths[2] > widths[0]


def test_head_title_and_whose_paper_it_is_stand_above(tmp_path: Path) -> None:
    blocks: tuple[Block, ...] = (
        Letterhead("ĐẢNG BỘ XÃ", "CHI BỘ THÔN", "ngày 05", number="Số 05-BC/CB"),
        TitleBlock(("TRÍCH SỔ",), ("Năm 2025",)),
        FieldLine((Labelled("Họ và tên", "Trần Thị An"),)),
        Heading("1. Việc đã đăng ký"),
        one_column("Việc"),
        Heading("2. Cả năm"),
        one_column("Tốt"),
    )
    first, second = excel_file(tmp_path, a_paper(*blocks))
    above = [value for row in first.iter_rows(values_only=True) for value in row if value]
    assert above[:5] == ["ĐẢNG BỘ XÃ", "CHI BỘ THÔN", "*", "Số 05-BC/CB", "TRÍCH SỔ"]
    assert above[5:8] == ["Năm 2025", "Họ và tên: Trần Thị An", "1. Việc đã đăng ký"]
    assert (first.title, second.title) == ("1. Việc đã đăng ký", "2. Cả năm")


def test_every_sheet_has_a_name_excel_takes(tmp_path: Path) -> None:
    papers = [Paper("Sổ", name, (one_column("x"),)) for name in ("A/B: [c]?*\\", "An", "AN", "'Dài" * 20, "")]
    names = [sheet.title for sheet in excel_file(tmp_path, *papers)]
    assert names[:3] == ["A B c", "An", "AN (2)"]
    assert len({name.lower() for name in names}) == 5
    assert max(map(len, names)) <= 31


def test_the_same_papers_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx([a_paper(*REPORT)], tmp_path / name, title="Thử")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_papers_without_a_table_are_said_and_no_file_is_made(tmp_path: Path) -> None:
    bare = a_paper(Paragraph(plain("Chỉ có chữ.")), Table((Column("", 1),), ((Cell(mark="late"),),)))
    assert not has_tables(bare)
    assert has_tables(a_paper(*REPORT))
    with pytest.raises(FileUnwritable, match="không có bảng nào"):
        write_xlsx([bare], tmp_path / "a.xlsx", title="")
    assert list(tmp_path.iterdir()) == []
