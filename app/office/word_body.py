"""What a Word paper's body is made of: paragraphs and tables that know their own XML."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import escape

from app.domain.paper import Align, Run, Text
from app.office.word_styles import BARE, BREAK, RULED, SMALLEST, Style, justification, size_xml, twips

TAB = Run("\t")
_SYMBOL_FONT = "Segoe UI Symbol"
_SYMBOLS = re.compile("([\u2610-\u2612\u25a0-\u25ff\u2713\u2714]+)")
_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_NOT_XML = re.compile("[^\t\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


def text_lines(text: Text) -> list[list[Run]]:
    """The lines of a text, each a paragraph; blank ones are left out, as on printed pages."""
    lines: list[list[Run]] = [[]]
    for run in text:
        for number, part in enumerate(_BREAKS.split(run.text)):
            if number:
                lines.append([])
            if clean := _clean(part):
                lines[-1].append(Run(clean, run.bold, run.italic))
    return [line for line in lines if any(run.text.strip() for run in line)]


def _clean(text: str) -> str:
    return _NOT_XML.sub("", unicodedata.normalize("NFC", text)).replace("\t", " ")


class TabStop(NamedTuple):
    """A tab stop at points from the left margin; ``leader`` draws dots up to it."""

    at: float
    leader: bool = False
    right: bool = False

    def xml(self) -> str:
        """The stop as Word writes it."""
        kind = "right" if self.right else "left"
        leader = ' w:leader="dot"' if self.leader else ""
        return f'<w:tab w:val="{kind}"{leader} w:pos="{twips(self.at)}"/>'


@dataclass(slots=True)
class WordParagraph:
    """One paragraph. What differs from its style is written on it, the rest comes from the style.

    Lengths are points. ``before`` and ``after`` are added to the style's. ``ruled``: a rule below it.
    ``indents``: left and right. ``hanging``: how far the first line starts left of the others.
    """

    style: Style
    runs: Sequence[Run] = ()
    size: float | None = None
    leading: float | None = None
    align: Align | None = None
    first_line: float | None = None
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    turns_page: bool = False
    underlined: bool = False
    ruled: bool = False
    tabs: tuple[TabStop, ...] = ()
    indents: tuple[float, float] = (0.0, 0.0)
    hanging: float = 0.0

    def xml(self, section: str = "") -> str:
        """The paragraph; ``section`` is what ends a section with it."""
        size = "" if self.size in (None, self.style.size) else size_xml(self.size or 0)
        runs = "".join(_run_xml(run, size, underlined=self.underlined) for run in self.runs)
        return f"<w:p><w:pPr>{self._properties(size)}{section}</w:pPr>{runs}</w:p>"

    def _properties(self, size: str) -> str:
        style = self.style
        parts = [f'<w:pStyle w:val="{style.id}"/>']
        if self.keep_next and not style.keep_next:
            parts.append("<w:keepNext/>")
        if self.turns_page:
            parts.append("<w:pageBreakBefore/>")
        if self.ruled:
            parts.append('<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>')
        if self.tabs:
            parts.append(f"<w:tabs>{''.join(tab.xml() for tab in self.tabs)}</w:tabs>")
        parts += [self._spacing(), self._indents()]
        if self.align not in (None, style.align):
            parts.append(f'<w:jc w:val="{justification(self.align or style.align)}"/>')
        if size:
            parts.append(f"<w:rPr>{size}</w:rPr>")
        return "".join(parts)

    def _spacing(self) -> str:
        written = ""
        if self.before:
            written += f' w:before="{twips(self.style.before + self.before)}"'
        if self.after:
            written += f' w:after="{twips(max(self.style.after + self.after, 0))}"'
        if self.leading is not None and twips(self.leading) != twips(self.style.leading):
            written += f' w:line="{twips(self.leading)}" w:lineRule="exact"'
        return f"<w:spacing{written}/>" if written else ""

    def _indents(self) -> str:
        left, right = self.indents
        first = self.style.first_line if self.first_line is None else self.first_line
        if (left, right, self.hanging) == (0, 0, 0) and twips(first) == twips(self.style.first_line):
            return ""
        own = f'w:hanging="{twips(self.hanging)}"' if self.hanging else f'w:firstLine="{twips(first)}"'
        return f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}" {own}/>'


def _run_xml(run: Run, size: str, *, underlined: bool = False) -> str:
    if run == TAB:
        return "<w:r><w:tab/></w:r>"
    written = ""
    for part in _SYMBOLS.split(run.text):
        if part:
            fonts = ""
            if _SYMBOLS.fullmatch(part):
                kinds = (f' w:{kind}="{_SYMBOL_FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
                fonts = f"<w:rFonts{''.join(kinds)}/>"
            face = ("<w:b/><w:bCs/>" if run.bold else "") + ("<w:i/><w:iCs/>" if run.italic else "")
            line = '<w:u w:val="single"/>' if underlined else ""
            properties = f"{fonts}{face}{size}{line}"
            properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
            written += f'<w:r>{properties}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
    return written


def spacer(height: float, *, turns_page: bool = False) -> WordParagraph:
    """An empty paragraph of a height, where Word needs one: between tables, after the last of a section."""
    return WordParagraph(BREAK, leading=max(height, SMALLEST), turns_page=turns_page)


@dataclass(slots=True)
class WordCell:
    """A cell; ``joined`` says "restart" or "continue" for a cell that goes on over rows."""

    paragraphs: Sequence[WordParagraph]
    span: int = 1
    joined: str = ""
    top: bool = False


@dataclass(slots=True)
class WordRow:
    """A row. ``height`` in points is the least, or with ``exact`` the whole height."""

    cells: Sequence[WordCell]
    height: float = 0.0
    exact: bool = False
    is_head: bool = False
    splits: bool = False
    keep_next: bool = False


@dataclass(slots=True)
class WordTable:
    """A table of fixed widths in points; ``before`` is the room asked for above it."""

    widths: Sequence[float]
    rows: list[WordRow] = field(default_factory=list)
    ruled: bool = True
    framed: bool = False
    before: float = 0.0

    def xml(self) -> str:
        """The whole table."""
        widths = [twips(width) for width in self.widths]
        frame = ""
        if self.framed:
            sides = ("top", "left", "bottom", "right")
            kind = 'w:val="thinThickSmallGap" w:sz="18" w:space="0" w:color="auto"'
            frame = f"<w:tblBorders>{''.join(f'<w:{side} {kind}/>' for side in sides)}</w:tblBorders>"
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(_row_xml(row, widths) for row in self.rows)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{RULED if self.ruled else BARE}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{frame}<w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="0000"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        )


def _row_xml(row: WordRow, widths: Sequence[int]) -> str:
    properties = "" if row.splits else "<w:cantSplit/>"
    if row.height:
        rule = "exact" if row.exact else "atLeast"
        properties += f'<w:trHeight w:val="{twips(row.height)}" w:hRule="{rule}"/>'
    if row.is_head:
        properties += "<w:tblHeader/>"
    cells, column = [], 0
    for cell in row.cells:
        end = min(column + cell.span, len(widths))
        cells.append(_cell_xml(cell, sum(widths[column:end]), row))
        column = end
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_xml(cell: WordCell, width: int, row: WordRow) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    if cell.joined:
        properties += f'<w:vMerge w:val="{cell.joined}"/>'
    if not cell.top and not row.splits:
        properties += '<w:vAlign w:val="center"/>'
    paragraphs = cell.paragraphs or [spacer(SMALLEST)]
    if row.keep_next:
        for paragraph in paragraphs:
            paragraph.keep_next = True
    words = "".join(paragraph.xml() for paragraph in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{words}</w:tc>"
