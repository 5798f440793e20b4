"""The fields an office's template may use, and that they say what the program's own paper says."""

from datetime import date

import pytest

from app.domain.cell import CellName
from app.domain.form_template import FormTemplate
from app.domain.grade import Grade, SubjectKind
from app.domain.paper import (
    Cell,
    Column,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Signature,
    SignatureBlock,
    Table,
    TitleBlock,
    plain,
)
from app.domain.review import GradeStage, ItemScore, Review, ReviewKey, StageGrade
from app.domain.sheets.facts import CellSigner, SheetFacts
from app.domain.sheets.matrix import MatrixRow, matrix_paper
from app.domain.sheets.review import review_paper
from app.domain.template_fields import fields_of, template_names, template_values
from app.services.rule_book import SHIPPED

FACTS = SheetFacts(
    2025,
    CellName("Đảng bộ xã Hòa Sơn", "Chi bộ thôn Đồng Tiến", "Hòa Sơn"),
    date(2025, 12, 31),
    date(2025, 12, 5),
    signer=CellSigner("Trương Đình Lộc", "BÍ THƯ"),
)
EVERY_FORM = ("F25_2A", "F25_2B", "F25_2C", "F23_02A", "F23_02B", "F19_02", "MATRIX", "REGISTER", "PLEDGE")


def form(code: str) -> FormTemplate:
    return SHIPPED.form(code, 2025)


@pytest.mark.parametrize("code", EVERY_FORM)
def test_every_field_has_one_plain_name_and_a_value(code: str) -> None:
    fields = fields_of(form(code))
    names = [field.name for field in fields]
    assert len(set(names)) == len(names)
    assert all(part.isidentifier() and part.isascii() for name in names for part in name.split("."))
    assert all(field.meaning for field in fields)
    values = template_values(form(code), FACTS, Paper("", "", ()))
    for name in names:
        found: object = values
        for part in name.split("."):
            if isinstance(found, dict):
                assert part in found, name
                found = found[part]
    assert {"muc", "bang"} <= template_names(fields)


def test_the_frame_of_a_paper_is_told_in_words() -> None:
    day = "Hòa Sơn, ngày 20 tháng 12 năm 2025"
    head = Letterhead("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", day, number="Số 05-BC/CB")
    title = TitleBlock(("BÁO", "CÁO"), abstract=("Kết quả", "năm 2025"))
    signed = SignatureBlock((Signature(("T/M CHI BỘ",)),), ("Đảng ủy xã", "Lưu Chi bộ."))
    values = template_values(form("MATRIX"), FACTS, Paper("", "", (head, title, signed)))
    expected = {
        "ten_dang_bo": "ĐẢNG BỘ XÃ HÒA SƠN",
        "dia_danh_ngay": day,
        "ngay": "ngày 20 tháng 12 năm 2025",
        "so_ky_hieu": "Số 05-BC/CB",
        "ten_giay": "BÁO CÁO",
        "trich_yeu": "Kết quả năm 2025",
        "nguoi_ky": "Trương Đình Lộc",
        "chuc_danh_ky": "BÍ THƯ",
        "noi_nhan": "- Đảng ủy xã\n- Lưu Chi bộ.",
        "nam": "2025",
        "ho_ten": "",
    }
    assert {name: values[name] for name in expected} == expected
    assert template_values(form("MATRIX"), FACTS, Paper("", "", ()))["ngay"] == "ngày 05 tháng 12 năm 2025"


def test_texts_stand_under_the_heading_they_are_printed_under() -> None:
    of_2c = form("F25_2C")
    first, second = (section for section in of_2c.sections if section.key in ("A.I.1", "A.II.1"))
    blocks = (
        Heading(first.heading),
        Paragraph(plain("Một.")),
        Paragraph(plain("Hai.")),
        Heading(second.heading),
        Paragraph(plain("Ba.")),
        Heading("Phụ lục lạ"),
    )
    texts = template_values(of_2c, FACTS, Paper("", "", blocks))["muc"]
    assert isinstance(texts, dict)
    assert (texts["A_I_1"], texts["A_II_1"], texts["A_VI"]) == ("Một.\nHai.", "Ba.", "")


def test_a_review_gives_points_and_the_five_grades() -> None:
    profile = SHIPPED.profile("P5", 2025)
    assert profile
    review = Review(
        ReviewKey("m1", 2025),
        "2025",
        "F25_2C",
        SubjectKind.OUTSIDE,
        scores=tuple(ItemScore(item.code, item.max) for item in profile.items[:-1]),
        grades=(StageGrade(GradeStage.SELF, Grade.GOOD), StageGrade(GradeStage.DECIDED, Grade.EXCELLENT)),
    )
    paper = review_paper(form("F25_2C"), FACTS, review, profile)
    values = template_values(form("F25_2C"), FACTS, paper, review, profile)
    assert values["diem_chung"] == "30"
    assert (values["diem_nhiem_vu"], values["tong_diem"]) == ("", "")
    assert (values["muc_tu_nhan"], values["muc_chi_uy"]) == (Grade.GOOD.label, "")
    assert values["muc_quyet_dinh"] == Grade.EXCELLENT.label


def test_rows_of_a_table_are_told_by_its_columns_and_empty_ones_left_out() -> None:
    paper = matrix_paper(form("MATRIX"), FACTS, [MatrixRow("Trần Thị An"), MatrixRow("Y Bhơm")])
    rows = template_values(form("MATRIX"), FACTS, paper)["danh_sach"]
    assert isinstance(rows, list)
    assert [row["full_name"] for row in rows] == ["Trần Thị An", "Y Bhơm"]
    assert template_values(form("MATRIX"), FACTS, matrix_paper(form("MATRIX"), FACTS))["danh_sach"] == []


def test_a_cell_over_several_columns_is_told_in_its_first() -> None:
    board = form("MATRIX").sections[0]
    columns = tuple(Column(column.title, 1) for column in board.columns)
    row = (Cell(plain("1")), Cell(plain("Cộng"), span=len(columns) - 2), Cell(mark="late"))
    values = template_values(form("MATRIX"), FACTS, Paper("", "", (Table(columns, (row,)),)))
    bang = values["bang"]
    assert isinstance(bang, dict)
    (told,) = bang["board"]
    assert (told["full_name"], told["m1"], told["reminder"]) == ("Cộng", "", "T")
