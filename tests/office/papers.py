"""Papers for tests of Word and Excel files, and the words read back from them."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.paper import (
    Align,
    Block,
    Cell,
    CheckLine,
    CheckOption,
    Column,
    DottedLines,
    FieldLine,
    HeadGroup,
    Heading,
    Labelled,
    Letterhead,
    PageStyle,
    Paper,
    Paragraph,
    Run,
    Signature,
    SignatureBlock,
    Table,
    TitleBlock,
    bold,
    plain,
)
from app.office.docx_paper import write_docx
from app.office.xlsx_paper import write_xlsx

POINTS = Table(
    (
        Column("TT", 1, Align.CENTER),
        Column("Họ và tên", 5),
        Column("Chung", 2, Align.CENTER),
        Column("Nhiệm vụ", 2, Align.CENTER),
        Column("Số thẻ", 3),
    ),
    (
        (Cell(plain("1")), Cell(plain("Trần Thị Hoài An")), *map(Cell, map(plain, ("28,5", "66", "0123")))),
        (Cell(plain("2")), Cell(plain("=SUM(A1:A9)")), *map(Cell, map(plain, ("30", "70", "+84 9")))),
        (Cell(bold("Cộng"), span=2), *map(Cell, map(bold, ("1.058,5", "33,33%", "")))),
    ),
    groups=(HeadGroup("Điểm", 2, 2),),
)
SIGNED = SignatureBlock(
    (Signature(("T/M CHI BỘ",), title="BÍ THƯ", name="Trương Đình Lộc"),),
    receivers=("Đảng ủy xã Hòa Sơn (báo cáo)", "Lưu Chi bộ."),
)
REPORT: tuple[Block, ...] = (
    Letterhead(
        "ĐẢNG BỘ XÃ HÒA SƠN",
        "CHI BỘ THÔN ĐỒNG TIẾN",
        "Hòa Sơn, ngày 05 tháng 12 năm 2025",
        form_number="Mẫu 01",
        number="Số 05-BC/CB",
    ),
    TitleBlock(("BÁO CÁO",), ("(Dự thảo)",), abstract=("Kết quả xếp loại năm 2025",), ruled=True, size=16),
    Heading("I- Tình hình"),
    Paragraph(
        (Run("Chi bộ có "), Run("42", bold=True), Run(" đồng chí;\ncó <dấu> & ngoặc ơ̆.")), first_line=10
    ),
    FieldLine((Labelled("Họ và tên", "Trần Thị An", 2), Labelled("Ngày sinh:", None))),
    CheckLine((CheckOption("Tốt", checked=True), CheckOption("Khá")), lead="Tự nhận:"),
    DottedLines(2),
    POINTS,
    Paragraph(plain("Trên đây là báo cáo của chi bộ.")),
    SIGNED,
)


def a_paper(*blocks: Block, style: PageStyle | None = None, foot: str = "") -> Paper:
    """A paper of these blocks."""
    return Paper("Báo cáo", "Chi bộ thôn Đồng Tiến", blocks, style or PageStyle(), foot)


def word_file(folder: Path, *papers: Paper) -> WordDocument:
    """The Word file of papers, opened again."""
    write_docx(papers, folder / "giay.docx", title="Giấy tờ thử")
    return Document(str(folder / "giay.docx"))


def excel_file(folder: Path, *papers: Paper) -> list[Worksheet]:
    """The sheets of the Excel file of papers."""
    write_xlsx(papers, folder / "giay.xlsx", title="Giấy tờ thử")
    return load_workbook(folder / "giay.xlsx").worksheets


def words_in(text: str) -> list[str]:
    """Words without the dots and spaces of a layout, in NFC."""
    return unicodedata.normalize("NFC", re.sub(r"[\s\u00a0]+", " ", text)).split()


def texts(document: WordDocument) -> Iterator[str]:
    """The text of every paragraph of the body, also those in tables, in the order of the file."""
    for paragraph in document.element.body.iter(qn("w:p")):
        yield "".join(part.text or " " for part in paragraph.iter(qn("w:t"), qn("w:tab")))
