"""The named styles of our Word papers: an office changes a style once, not every paragraph."""

from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from app.domain.paper import Align

FONT = "Times New Roman"
BODY_SIZE, BODY_LEADING = 14.0, 19.0
TABLE_LEADING = 1.24
SMALLEST = 1.0  # the height in points of a paragraph that only carries a break


def mm(millimetres: float) -> float:
    """Millimetres in points."""
    return millimetres * 72 / 25.4


def leading_of(size: float) -> float:
    """The exact line height of running text of a size."""
    return size * BODY_LEADING / BODY_SIZE


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; sizes and spaces in points.

    ``outline``: the heading's level in the document. ``is_words_own``: Word has a style of this name.
    ``ruled``: a rule stands below the paragraph.
    """

    id: str
    name: str
    size: float = BODY_SIZE
    leading: float = BODY_LEADING
    align: Align = Align.LEFT
    bold: bool = False
    italic: bool = False
    before: float = 0.0
    after: float = 0.0
    first_line: float = 0.0
    keep_next: bool = False
    outline: int = 0
    is_words_own: bool = False
    ruled: bool = False


NORMAL = Style("Normal", "Normal", is_words_own=True)
BODY = Style("VanBan", "Văn bản", align=Align.JUSTIFY, after=mm(1.5), first_line=mm(10))
HEADING_1 = Style(
    "Heading1", "Heading 1", bold=True, before=mm(2.2), keep_next=True, outline=1, is_words_own=True
)
HEADING_2 = Style(
    "Heading2", "Heading 2", bold=True, before=mm(1.2), keep_next=True, outline=2, is_words_own=True
)
TITLE = Style("Title", "Title", align=Align.CENTER, bold=True, keep_next=True, is_words_own=True)
ABSTRACT = Style("TrichYeu", "Trích yếu", align=Align.CENTER, bold=True, keep_next=True)
SUBTITLE = Style("Subtitle", "Subtitle", align=Align.CENTER, italic=True, keep_next=True, is_words_own=True)
ORGANISATION = Style("TenToChuc", "Tên tổ chức đảng", align=Align.CENTER, keep_next=True)
PARTY = Style("TenDang", "Tên Đảng", 15.0, leading_of(15.0), align=Align.CENTER, bold=True, keep_next=True)
FORM_NUMBER = Style(
    "SoMau", "Số mẫu", 11.0, 14.3, align=Align.RIGHT, italic=True, after=mm(2.5), keep_next=True
)
FIELD = Style("DongDien", "Dòng điền")
DOTTED = Style("DongKe", "Dòng kẻ viết tay", leading=BODY_LEADING * 1.2)
CHECKS = Style("DongDanhDau", "Dòng đánh dấu")
SIGNER = Style("ChuKy", "Chữ ký", align=Align.CENTER)
RECEIVERS = Style("NoiNhan", "Nơi nhận", 12.0, leading_of(12.0))
COVER_TITLE = Style("TenBia", "Tên trên bìa", 24.0, 34.0, align=Align.CENTER, bold=True)
COVER_FIELD = Style("DongBia", "Dòng trên bìa", leading=26.0)
HEADER = Style("Header", "Header", 13.0, 15.0, align=Align.CENTER, is_words_own=True)
FOOTER = Style("Footer", "Footer", 9.0, leading_of(9.0), is_words_own=True)
BREAK = Style("NgatTrang", "Ngắt trang", 1.0, SMALLEST)
SHORT_RULE = Style("KeNgan", "Kẻ ngắn", 1.0, mm(1), keep_next=True, ruled=True)

STYLES = (
    NORMAL, BODY, HEADING_1, HEADING_2, TITLE, ABSTRACT, SUBTITLE, ORGANISATION, PARTY, FORM_NUMBER, FIELD,
    DOTTED, CHECKS, SIGNER, RECEIVERS, COVER_TITLE, COVER_FIELD, HEADER, FOOTER,
    BREAK, SHORT_RULE,
)  # fmt: skip


@cache
def table_text(size: float) -> Style:
    """The style of words in tables of a size; a document has those it uses."""
    return Style(f"ChuTrongBang{size * 2:.0f}", f"Chữ trong bảng {size:g}", size, size * TABLE_LEADING)


@cache
def table_head(size: float) -> Style:
    """The style of a table's head."""
    return replace(
        table_text(size),
        id=f"DauBang{size * 2:.0f}",
        name=f"Đầu bảng {size:g}",
        align=Align.CENTER,
        bold=True,
        keep_next=True,
    )


class TableStyle(NamedTuple):
    """A table style: its borders as Word writes them, the room in its cells above and below, and aside."""

    id: str
    name: str
    borders: str = ""
    over: float = 0.0
    aside: float = 0.0


RULED = TableStyle("BangKe", "Bảng kẻ", 'w:val="single" w:sz="4" w:space="0" w:color="auto"', 2.25, mm(1.5))
BARE = TableStyle("BangKhongKe", "Bảng không kẻ")
FRAMED = TableStyle("KhungBia", "Khung bìa", 'w:val="thinThickSmallGap" w:sz="18" w:space="0" w:color="auto"')
TABLE_STYLES = (RULED, BARE, FRAMED)

SYMBOLS, SYMBOLS_ID, SYMBOL_FONT = "Ký hiệu", "KyHieu", "Segoe UI Symbol"
