"""Our named styles in a Word document, in the place of the library's own."""

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.styles.styles import Styles

from app.domain.paper import Align
from app.office.word_styles import (
    BODY_SIZE,
    FONT,
    NORMAL,
    STYLES,
    SYMBOL_FONT,
    SYMBOLS,
    SYMBOLS_ID,
    TABLE_STYLES,
    Style,
    TableStyle,
)

JUSTIFICATION = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_KEPT = ("Normal", "Normal Table", "Default Paragraph Font")


def _fonts(name: str) -> str:
    kinds = (f'w:{kind}="{name}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f"<w:rFonts {' '.join(kinds)}/>"


# What python-docx has no words for.
_W = nsdecls("w")
_DEFAULTS = (
    f"<w:docDefaults {_W}><w:rPrDefault><w:rPr>{_fonts(FONT)}"
    f'<w:sz w:val="{BODY_SIZE * 2:.0f}"/><w:szCs w:val="{BODY_SIZE * 2:.0f}"/>'
    '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)
_SYMBOL_FACE = f"<w:rPr {_W}>{_fonts(SYMBOL_FONT)}</w:rPr>"
_RULE_BELOW = f'<w:pBdr {_W}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>'


def add_styles(styles: Styles) -> None:
    """Takes the library's styles away, but those all others build on, and puts ours in."""
    for style in list(styles):
        if style.name not in _KEPT:
            style.delete()
    inside = styles.element
    inside.remove(inside.latentStyles)
    inside.replace(inside[0], parse_xml(_DEFAULTS))
    for each in STYLES:
        add_style(styles, each)
    symbols = styles.add_style(SYMBOLS, WD_STYLE_TYPE.CHARACTER)
    symbols.style_id = SYMBOLS_ID
    symbols.element.append(parse_xml(_SYMBOL_FACE))
    for table in TABLE_STYLES:
        _add_table_style(styles, table)


def add_style(styles: Styles, style: Style) -> None:
    """Puts a paragraph style in; all but the first build on it."""
    if style is NORMAL:
        made = styles[style.name]
    else:
        made = styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH, builtin=style.is_words_own)
        made.base_style, made.quick_style, made.style_id = styles[NORMAL.name], True, style.id
    made.font.size = Pt(style.size)
    made.font.bold, made.font.italic = style.bold or None, style.italic or None
    shape = made.paragraph_format
    shape.keep_with_next = style.keep_next or None
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
    shape.line_spacing, shape.first_line_indent = Pt(style.leading), Pt(style.first_line)
    shape.alignment = JUSTIFICATION[style.align]
    if style.outline:
        made.element.pPr.get_or_add_outlineLvl().val = style.outline - 1
    if style.ruled:
        made.element.pPr.insert_element_before(parse_xml(_RULE_BELOW), "w:spacing")


def _add_table_style(styles: Styles, table: TableStyle) -> None:
    made = styles.add_style(table.name, WD_STYLE_TYPE.TABLE)
    made.base_style, made.style_id = styles["Normal Table"], table.id
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if table.borders else ()
    borders = "".join(f"<w:{side} {table.borders}/>" for side in sides)
    rooms = {"top": table.over, "left": table.aside, "bottom": table.over, "right": table.aside}
    margins = "".join(f'<w:{side} w:w="{Pt(room).twips}" w:type="dxa"/>' for side, room in rooms.items())
    made.element.append(
        parse_xml(
            f"<w:tblPr {_W}><w:tblBorders>{borders}</w:tblBorders>"
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        )
    )
