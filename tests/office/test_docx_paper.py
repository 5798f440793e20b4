"""Word papers an office can go on editing: real styles, tables and sections, and every word of the blocks."""

import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Cancelled, FileUnwritable
from app.domain.paper import (
    Cell,
    Column,
    Cover,
    DottedLines,
    Gap,
    Labelled,
    Letterhead,
    PageBreak,
    PageStyle,
    Paper,
    Paragraph,
    Table,
    plain,
)
from app.office.docx_paper import write_docx
from app.office.word_blocks import paragraph
from app.office.word_body import text_lines
from app.office.word_document import new_document
from app.office.word_page import page_of
from app.office.word_setting import Typesetter
from app.office.xlsx_paper import write_xlsx
from app.printing.pdf import pdf_bytes
from app.printing.preview import PageImages
from tests.office.papers import POINTS, REPORT, SIGNED, a_paper, excel_file, texts, word_file, words_in


def test_word_holds_the_same_words_as_the_printed_page(tmp_path: Path) -> None:
    paper = a_paper(*REPORT)
    with PageImages(pdf_bytes([paper], "Thử")) as pages:
        (printed,) = pages.texts()
    assert sorted(words_in(" ".join(texts(word_file(tmp_path, paper))))) == sorted(words_in(printed))


def test_excel_holds_the_same_words_as_the_tables_of_word(tmp_path: Path) -> None:
    (table,) = [t for t in word_file(tmp_path, a_paper(*REPORT)).tables if t.style.name == "Bảng kẻ"]
    (sheet,) = excel_file(tmp_path, a_paper(*REPORT))
    shown = {28.5: "28,5", 1058.5: "1.058,5", 0.3333: "33,33%"}
    rows = list(sheet.iter_rows(values_only=True))[-5:]
    in_excel = [shown.get(value, str(value)) for row in rows for value in row if value is not None]
    in_word = "".join(" " if part.tag == qn("w:p") else part.text for part in _parts(table))
    assert words_in(" ".join(in_excel)) == words_in(in_word)


def _parts(table: WordTable) -> Iterator[BaseOxmlElement]:
    return table._tbl.iter(qn("w:p"), qn("w:t"))


def test_everything_builds_on_times_new_roman_fourteen_with_exact_lines(tmp_path: Path) -> None:
    document = word_file(tmp_path, a_paper(*REPORT))
    normal = document.styles["Normal"]
    assert normal.font.size == Pt(14)
    assert normal.paragraph_format.line_spacing_rule is WD_LINE_SPACING.EXACTLY
    assert normal.paragraph_format.line_spacing == Pt(19)
    fonts = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    assert set(fonts.attrib.values()) == {"Times New Roman"}
    used = {p.style.name for p in document.paragraphs}
    assert {"Heading 1", "Title", "Trích yếu", "Văn bản", "Dòng điền", "Dòng kẻ viết tay"} <= used


def test_running_text_is_justified_with_its_first_line_in(tmp_path: Path) -> None:
    document = word_file(tmp_path, a_paper(Paragraph(plain("Một."), first_line=10), Paragraph(plain("Hai."))))
    first, second = document.paragraphs[:2]
    assert first.paragraph_format.first_line_indent is None
    assert first.style.paragraph_format.first_line_indent == pytest.approx(Mm(10), abs=1000)
    assert second.paragraph_format.first_line_indent == 0


def test_pages_have_the_papers_size_and_margins_and_numbers_from_the_second(tmp_path: Path) -> None:
    lying = PageStyle(landscape=True, numbered=False)
    document = word_file(tmp_path, a_paper(*REPORT), a_paper(POINTS, style=lying))
    upright, landscape = document.sections
    assert (upright.page_width, upright.page_height) == pytest.approx((Mm(210), Mm(297)), abs=700)
    margins = (upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin)
    assert margins == pytest.approx((Mm(20), Mm(20), Mm(30), Mm(15)), abs=700)
    assert landscape.orientation is WD_ORIENT.LANDSCAPE
    assert landscape.page_width == pytest.approx(Mm(297), abs=700)
    assert upright.different_first_page_header_footer
    assert "PAGE" in upright.header._element.xml
    assert "PAGE" not in upright.first_page_header._element.xml
    assert "PAGE" not in landscape.header._element.xml
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in document.sections]
    assert starts == ["1", "1"]


def test_the_foot_of_a_paper_stands_on_all_its_pages_and_on_no_others(tmp_path: Path) -> None:
    words = "Năm 2025 mở lại ngày 05/02/2026."
    document = word_file(tmp_path, a_paper(*REPORT, foot=words), a_paper(*REPORT))
    feet = [(s.footer.paragraphs[0].text, s.first_page_footer.paragraphs[0].text) for s in document.sections]
    assert feet == [(words, words), ("", "")]


def test_tables_repeat_their_head_and_keep_rows_whole(tmp_path: Path) -> None:
    (table,) = word_file(tmp_path, a_paper(POINTS)).tables
    rows = table._tbl.tr_lst
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, True] + [False] * 3
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    assert table.cell(0, 2).text == "Điểm"
    assert table.cell(0, 2)._tc is table.cell(0, 3)._tc
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    assert table.cell(4, 0)._tc is table.cell(4, 1)._tc


def test_a_row_of_a_page_or_more_may_go_over_pages(tmp_path: Path) -> None:
    long = Table((Column("Việc", 1),), ((Cell(plain("dự đủ các kỳ sinh hoạt " * 300)),),))
    (table,) = word_file(tmp_path, a_paper(long)).tables
    assert table._tbl.tr_lst[1].find(f".//{qn('w:cantSplit')}") is None


def test_months_are_letters_and_the_key_says_which(tmp_path: Path) -> None:
    states = ("not_submitted", "submitted", "confirmed", "late", "excused", "not_required", "future")
    key = Table(tuple(Column("", 1) for _ in states), (tuple(Cell(mark=state) for state in states),))
    (table,) = word_file(tmp_path, a_paper(key)).tables
    assert [cell.text for cell in table.rows[0].cells] == ["C", "G", "X", "T", "P", "–", ""]


def test_a_signature_stays_whole_and_with_the_lines_before_it(tmp_path: Path) -> None:
    document = word_file(tmp_path, a_paper(Paragraph(plain("Một.")), Paragraph(plain("Hai.")), SIGNED))
    assert [p.paragraph_format.keep_with_next for p in document.paragraphs[:2]] == [True, True]
    (table,) = document.tables
    assert table.style.name == "Bảng không kẻ"
    kept = [
        all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
        for row in table.rows
    ]
    assert kept == [True, True, False]
    assert [p.text for p in table.cell(0, 1).paragraphs] == ["T/M CHI BỘ", "BÍ THƯ"]
    assert [run.bold for p in table.cell(0, 1).paragraphs for run in p.runs] == [True, None]
    assert [p.text for p in table.cell(0, 0).paragraphs] == [
        "Nơi nhận:", "- Đảng ủy xã Hòa Sơn (báo cáo)", "- Lưu Chi bộ.",
    ]  # fmt: skip
    assert table.cell(2, 1).text == "Trương Đình Lộc"


def test_lines_to_write_on_are_leaders_and_boxes_have_a_font_that_draws_them(tmp_path: Path) -> None:
    document = word_file(tmp_path, a_paper(*REPORT))
    dotted = [p for p in document.paragraphs if p.style.name == "Dòng kẻ viết tay"]
    assert [stop.leader for p in dotted for stop in p.paragraph_format.tab_stops] == [WD_TAB_LEADER.DOTS] * 2
    runs = [run for p in document.paragraphs for run in p.runs if run.text in "☐☒"]
    boxes = {run.text: run.style.font.name for run in runs}
    assert boxes == {"☒": "Segoe UI Symbol", "☐": "Segoe UI Symbol"}


def test_the_number_of_a_document_keeps_the_room_left_for_it(tmp_path: Path) -> None:
    head = Letterhead("ĐẢNG BỘ", "CHI BỘ", "", number="Số     -BC/CB")
    (table,) = word_file(tmp_path, a_paper(head)).tables
    assert [p.text for p in table.cell(0, 0).paragraphs][2:] == [
        "*",
        "Số\u00a0\u00a0\u00a0\u00a0\u00a0-BC/CB",
    ]
    assert [p.text for p in table.cell(0, 1).paragraphs] == ["ĐẢNG CỘNG SẢN VIỆT NAM"]


def test_page_breaks_covers_and_gaps_shape_the_file(tmp_path: Path) -> None:
    cover = Cover(("ĐẢNG BỘ", "CHI BỘ"), ("SỔ",), (Labelled("Họ và tên", None),), "Năm 2025")
    blocks = (cover, PageBreak(), Paragraph(plain("Một.")), PageBreak(), POINTS, Gap(5), POINTS)
    document = word_file(tmp_path, a_paper(*blocks))
    turned = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert turned == ["Một.", ""]
    tags = [child.tag for child in document.element.body]
    assert not any(a == b == qn("w:tbl") for a, b in pairwise(tags))
    assert len(document.tables) == 3


def test_the_same_papers_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        write_docx([a_paper(*REPORT, foot="chân")], tmp_path / name, title="Thử")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        assert package.namelist()[0] == "[Content_Types].xml"
        assert package.testzip() is None


def test_a_stopped_or_impossible_file_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "cu.docx"
    target.write_bytes(b"old")

    class Stop:
        def step(self, _done: int, _total: int, _label: str) -> None:
            raise Cancelled

    for write in (write_docx, write_xlsx):
        with pytest.raises(Cancelled):
            write([a_paper(*REPORT)], target, title="", progress=Stop())
    assert target.read_bytes() == b"old"
    with pytest.raises(FileUnwritable, match="Không còn thư mục"):
        write_docx([a_paper(*REPORT)], tmp_path / "mat" / "a.docx", title="")
    with pytest.raises(FileUnwritable, match="Không có bản nào"):
        write_docx([], tmp_path / "a.docx", title="")
    (tmp_path / "thu-muc.docx").mkdir()
    with pytest.raises(FileUnwritable, match="thư mục cùng tên"):
        write_docx([a_paper(*REPORT)], tmp_path / "thu-muc.docx", title="")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cu.docx", "thu-muc.docx"]


def test_progress_is_told_paper_by_paper(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []

    class Watch:
        def step(self, done: int, total: int, label: str) -> None:
            told.append((done, total, label))

    papers = (Paper("Bản kiểm điểm", name, (DottedLines(1),)) for name in ("An", "Bình"))
    assert write_docx(papers, tmp_path / "a.docx", title="", progress=Watch(), total=2) == 2
    assert told == [(1, 2, "Bản kiểm điểm – An"), (2, 2, "Bản kiểm điểm – Bình")]


def test_any_text_can_be_written() -> None:
    document = new_document("")
    typesetter = Typesetter(document)

    @given(st.text(max_size=60))
    def is_written(text: str) -> None:
        for item in paragraph(Paragraph(plain(text)), page_of(PageStyle())):
            typesetter.add(item)
        assert all("\n" not in run.text for line in text_lines(plain(text)) for run in line)

    is_written()


def test_a_title_too_long_for_a_files_properties_is_cut(tmp_path: Path) -> None:
    write_docx([a_paper(*REPORT)], tmp_path / "a.docx", title="Báo cáo\x00 " * 40)
    properties = Document(str(tmp_path / "a.docx")).core_properties
    assert properties.title == ("Báo cáo " * 40)[:255]
    assert (properties.author, properties.comments) == ("Sổ đăng ký nêu gương", "")


def test_a_paper_holds_no_styles_but_those_papers_use(tmp_path: Path) -> None:
    document = word_file(tmp_path, a_paper(*REPORT))
    names = {style.name for style in document.styles}
    assert {"Chữ trong bảng 11", "Đầu bảng 11", "Ký hiệu", "Bảng kẻ"} <= names
    assert "List Bullet" not in names
    with zipfile.ZipFile(tmp_path / "giay.docx") as package:
        assert not [name for name in package.namelist() if "theme" in name or "thumbnail" in name]
