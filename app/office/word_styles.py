"""The named styles of our Word papers: an office changes a style once, not every paragraph."""

from dataclasses import dataclass

from app.domain.paper import Align

FONT = "Times New Roman"
BODY_SIZE, BODY_LEADING = 14.0, 19.0
TABLE_LEADING = 1.24
_OVER = 2.25  # with its share of the rules a row is as high as on printed pages
SMALLEST = 1.0  # the height in points of a paragraph that only carries a break

_JUSTIFICATION = {
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
    Align.JUSTIFY: "both",
}


def justification(align: Align) -> str:
    """An alignment in Word's word."""
    return _JUSTIFICATION[align]


def twips(points: float) -> int:
    """A length in Word's unit, the twentieth of a point."""
    return round(points * 20)


def mm(millimetres: float) -> float:
    """Millimetres in points."""
    return millimetres * 72 / 25.4


def leading_of(size: float) -> float:
    """The exact line height of running text of a size."""
    return size * BODY_LEADING / BODY_SIZE


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; sizes and spaces in points. ``outline``: the heading's level in the document."""

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

    def xml(self) -> str:
        """The style's definition; all but the first build on it."""
        based = "" if self is NORMAL else f'<w:basedOn w:val="{NORMAL.id}"/><w:qFormat/>'
        kind = ' w:default="1"' if self is NORMAL else ""
        outline = f'<w:outlineLvl w:val="{self.outline - 1}"/>' if self.outline else ""
        return (
            f'<w:style w:type="paragraph"{kind} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}'
            f"<w:pPr>{'<w:keepNext/>' if self.keep_next else ''}"
            f'<w:spacing w:before="{twips(self.before)}" w:after="{twips(self.after)}" '
            f'w:line="{twips(self.leading)}" w:lineRule="exact"/>'
            f'<w:ind w:firstLine="{twips(self.first_line)}"/><w:jc w:val="{justification(self.align)}"/>'
            f"{outline}</w:pPr>"
            f"<w:rPr>{_face(bold=self.bold, italic=self.italic)}{size_xml(self.size)}</w:rPr></w:style>"
        )


def size_xml(size: float) -> str:
    """A type size, in half points."""
    return f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'


def _face(*, bold: bool, italic: bool) -> str:
    return ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")


NORMAL = Style("Normal", "Normal")
BODY = Style("VanBan", "Văn bản", align=Align.JUSTIFY, after=mm(1.5), first_line=mm(10))
HEADING_1 = Style("Heading1", "heading 1", bold=True, before=mm(2.2), keep_next=True, outline=1)
HEADING_2 = Style("Heading2", "heading 2", bold=True, before=mm(1.2), keep_next=True, outline=2)
TITLE = Style("Title", "Title", align=Align.CENTER, bold=True, keep_next=True)
ABSTRACT = Style("TrichYeu", "Trích yếu", align=Align.CENTER, bold=True, keep_next=True)
SUBTITLE = Style("Subtitle", "Subtitle", align=Align.CENTER, italic=True, keep_next=True)
ORGANISATION = Style("TenToChuc", "Tên tổ chức đảng", align=Align.CENTER, keep_next=True)
PARTY = Style("TenDang", "Tên Đảng", 15.0, leading_of(15.0), align=Align.CENTER, bold=True, keep_next=True)
FORM_NUMBER = Style(
    "SoMau", "Số mẫu", 11.0, 14.3, align=Align.RIGHT, italic=True, after=mm(2.5), keep_next=True
)
FIELD = Style("DongDien", "Dòng điền")
DOTTED = Style("DongKe", "Dòng kẻ viết tay", leading=BODY_LEADING * 1.2)
CHECKS = Style("DongDanhDau", "Dòng đánh dấu")
TABLE_HEAD = Style(
    "DauBang", "Đầu bảng", 11.0, 11 * TABLE_LEADING, align=Align.CENTER, bold=True, keep_next=True
)
TABLE_TEXT = Style("ChuTrongBang", "Chữ trong bảng", 11.0, 11 * TABLE_LEADING)
SIGNER = Style("ChuKy", "Chữ ký", align=Align.CENTER)
RECEIVERS = Style("NoiNhan", "Nơi nhận", 12.0, leading_of(12.0))
COVER_TITLE = Style("TenBia", "Tên trên bìa", 24.0, 34.0, align=Align.CENTER, bold=True)
COVER_FIELD = Style("DongBia", "Dòng trên bìa", leading=26.0)
HEADER = Style("Header", "header", 13.0, 15.0, align=Align.CENTER)
FOOTER = Style("Footer", "footer", 9.0, leading_of(9.0))
BREAK = Style("NgatTrang", "Ngắt trang", 1.0, SMALLEST)

STYLES = (
    NORMAL, BODY, HEADING_1, HEADING_2, TITLE, ABSTRACT, SUBTITLE, ORGANISATION, PARTY, FORM_NUMBER, FIELD,
    DOTTED, CHECKS, TABLE_HEAD, TABLE_TEXT, SIGNER, RECEIVERS, COVER_TITLE, COVER_FIELD, HEADER, FOOTER,
    BREAK,
)  # fmt: skip

RULED, BARE = "BangKe", "BangKhongKe"


def styles_xml() -> str:
    """The part ``word/styles.xml``."""
    fonts = "".join(f' w:{part}="{FONT}"' for part in ("ascii", "hAnsi", "eastAsia", "cs"))
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>{size_xml(BODY_SIZE)}"
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f"{''.join(style.xml() for style in STYLES)}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        f"{_table_style('TableNormal', 'Normal Table', '', (0, 0), is_default=True)}"
        f"{_table_style(RULED, 'Bảng kẻ', f'<w:tblBorders>{rules}</w:tblBorders>', (_OVER, mm(1.5)))}"
        f"{_table_style(BARE, 'Bảng không kẻ', '', (0, 0))}</w:styles>"
    )


def _table_style(
    key: str, name: str, borders: str, margins: tuple[float, float], *, is_default: bool = False
) -> str:
    over, side = map(twips, margins)
    based = "" if is_default else '<w:basedOn w:val="TableNormal"/>'
    default = ' w:default="1"' if is_default else ""
    return (
        f'<w:style w:type="table"{default} w:styleId="{key}">'
        f'<w:name w:val="{name}"/>{based}<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{borders}<w:tblCellMar>'
        f'<w:top w:w="{over}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="{over}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )
