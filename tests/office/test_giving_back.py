"""Lists given to the office: its own with the problems marked, and a blank one."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from app.domain.errors import FileUnreadable, FileUnwritable
from app.domain.list_headings import ListField
from app.domain.member_import import LineState, compare
from app.office.corrected_list import write_corrected
from app.office.list_template import write_template
from app.office.member_list import read_member_list

SAMPLES = Path(__file__).parents[1] / "samples"
TODAY = date(2026, 11, 22)


def test_the_corrected_copy_marks_each_problem_and_leaves_the_original(tmp_path: Path) -> None:
    source = SAMPLES / "danh-sach-loi.xlsx"
    before = source.read_bytes()
    found = read_member_list(source)
    problems = compare(found.members, [], TODAY).problems
    target = tmp_path / "can-sua.xlsx"
    write_corrected(found, problems, target)
    sheet = load_workbook(target)["Sheet"]
    assert sheet["D7"].fill.start_color.rgb == "00FFC7CE"
    assert sheet["C15"].fill.start_color.rgb == "00FFEB9C"
    assert sheet["D8"].fill.fill_type is None
    assert "28 ngày" in sheet["D7"].comment.text
    assert sheet["I1"].value == "Cần sửa"
    assert sheet["I7"].value == "D7: Không có ngày 31/02. Tháng 02 năm 1970 có 28 ngày. Sửa ô D7."
    assert sheet["I8"].value is None
    assert source.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["can-sua.xlsx"]


def test_a_second_round_uses_the_same_column_and_forgets_what_was_put_right(tmp_path: Path) -> None:
    first = tmp_path / "vong-1.xlsx"
    found = read_member_list(SAMPLES / "danh-sach-loi.xlsx")
    write_corrected(found, compare(found.members, [], TODAY).problems, first)
    workbook = load_workbook(first)
    workbook["Sheet"]["D7"] = "28/02/1970"
    workbook.save(first)
    again = read_member_list(first)
    second = tmp_path / "vong-2.xlsx"
    write_corrected(again, compare(again.members, [], TODAY).problems, second)
    sheet = load_workbook(second)["Sheet"]
    assert (sheet["I1"].value, sheet["I7"].value, sheet["J1"].value) == ("Cần sửa", None, None)
    assert sheet["I5"].value


def test_a_problem_in_a_merged_cell_marks_the_whole_area(tmp_path: Path) -> None:
    source = tmp_path / "gop.xlsx"
    workbook = Workbook()
    for row in (("Họ tên", "Ngày", "sinh"), ("Lê Thị An", "31/02/1970", None), ("Lò Bảy", "1/2/1970", None)):
        workbook.active.append(row)
    workbook.active["B1"] = "Ngày sinh"
    workbook.active["C1"] = "Số thẻ"
    workbook.active.merge_cells("B2:C2")
    workbook.save(source)
    found = read_member_list(source)
    (problem,) = compare(found.members, [], TODAY).problems
    write_corrected(found, [problem], tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").active["B2"].comment is not None


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    workbook = Workbook()
    workbook.active.append(("Họ tên", "Sinh ngày"))
    workbook.active.append(("Lê Thị An", "'=1+1"))
    workbook.save(source)
    found = read_member_list(source)
    write_corrected(found, compare(found.members, [], TODAY).problems, tmp_path / "b.xlsx")
    cell = load_workbook(tmp_path / "b.xlsx").active["C2"]
    assert cell.data_type == "s"


def test_the_original_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes((SAMPLES / "danh-sach-loi.xlsx").read_bytes())
    with pytest.raises(FileUnwritable, match="tệp danh sách gốc"):
        write_corrected(read_member_list(source), [], source)


def test_a_place_that_cannot_be_written_is_said_and_left_clean(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable, match="Không còn thư mục"):
        write_template(tmp_path / "gone" / "mau.xlsx")
    folder = tmp_path / "mau.xlsx"
    folder.mkdir()
    with pytest.raises(FileUnwritable, match="Không ghi được"):
        write_template(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["mau.xlsx"]


def test_the_blank_list_can_be_filled_in_and_imported(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_template(path)
    with pytest.raises(FileUnreadable, match="chưa có dòng đảng viên"):
        read_member_list(path)
    workbook = load_workbook(path)
    sheet = workbook["Đảng viên"]
    filled = (
        1,
        "Lê Thị An",
        "Nữ",
        "1980",
        "Kinh",
        "Nông dân",
        "Bí thư",
        "3/2/2005",
        "3/2/2006",
        "030190000005",
    )
    for number, value in enumerate(filled, start=1):
        sheet.cell(4, number, value)
    workbook.save(path)
    found = read_member_list(path)
    assert {column.field for column in found.columns} >= {
        ListField.FULL_NAME,
        ListField.NOTE,
        ListField.PHONE,
    }
    assert all(column.field is not None for column in found.columns)
    preview = compare(found.members, [], TODAY)
    assert (preview.count(LineState.NEW), preview.problems) == (1, ())
