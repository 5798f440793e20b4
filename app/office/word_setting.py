"""Setting paragraphs and tables in a Word document with python-docx."""

import re
from copy import deepcopy
from operator import attrgetter
from typing import cast

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.table import CT_Row, CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.parfmt import CT_PPr
from docx.shared import Length, Pt
from docx.table import Table, _Cell, _Row
from docx.text.font import Font
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat
from docx.text.run import Run as WordRun

from app.domain.paper import Run
from app.office.word_body import TabStop, WordCell, WordParagraph, WordRow, WordTable, spacer
from app.office.word_page import Item
from app.office.word_style_sheet import JUSTIFICATION, add_style
from app.office.word_styles import SMALLEST, SYMBOLS

_SYMBOL = re.compile("([\u2610-\u2612\u25a0-\u25ff\u2713\u2714]+)")
_SHAPE = attrgetter(
    "style", "size", "leading", "align", "first_line", "before", "after", "keep_next", "turns_page", "tabs",
    "indents", "hanging",
)  # fmt: skip


class Typesetter:
    """Sets what papers are made of; what is formatted alike is formatted once and copied."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._shapes: dict[tuple[object, ...], CT_PPr] = {}

    def add(self, item: Item) -> None:
        """Puts a paragraph or a table at the document's end."""
        if isinstance(item, WordTable):
            self._add_table(item)
        else:
            self.fill(self._document.add_paragraph(), item)

    def fill(self, paragraph: Paragraph, words: WordParagraph) -> None:
        """Gives an empty paragraph its format and its words."""
        key = _SHAPE(words)
        if key not in self._shapes:
            self._shapes[key] = self._new_shape(words)
        paragraph.paragraph_format.element.insert(0, deepcopy(self._shapes[key]))
        for run in words.runs:
            for number, part in enumerate(_SYMBOL.split(run.text)):
                if part:
                    made = paragraph.add_run(part, SYMBOLS if number % 2 else None)
                    _format_run(made, run, words)

    def _new_shape(self, words: WordParagraph) -> CT_PPr:
        if words.style.name not in self._document.styles:
            add_style(self._document.styles, words.style)
        return _shape(words)

    def _add_table(self, table: WordTable) -> None:
        tbl = CT_Tbl.new_tbl(len(table.rows), len(table.widths), Pt(sum(table.widths)))
        self._document.element.body.insert_element_before(tbl, "w:sectPr")
        made = Table(tbl, self._document)
        made.style, made.autofit = self._document.styles[table.style.name], False
        for column, width in zip(made.columns, table.widths, strict=True):
            column.width = Pt(width)
        places = [row.cells for row in made.rows]
        for tr, made_row, row, cells in zip(tbl.tr_lst, made.rows, table.rows, places, strict=True):
            _format_row(tr, made_row, row)
            for cell, width in zip(cells, table.widths, strict=True):
                cell.width = Pt(width)
            column = 0
            for cell in row.cells:
                self._fill_cell(cells[column], cell, row)
                column += cell.span
        _merge(table, places)

    def _fill_cell(self, place: _Cell, cell: WordCell, row: WordRow) -> None:
        if not cell.top and not row.splits:
            place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for number, words in enumerate(cell.paragraphs or [spacer(SMALLEST)]):
            words.keep_next |= row.keep_next
            self.fill(place.add_paragraph() if number else place.paragraphs[0], words)


def _own_size(words: WordParagraph) -> Length | None:
    """The type size where it is not the style's; Word counts in half points."""
    return None if words.size in (None, words.style.size) else Pt(round(words.size * 2) / 2)


def _shape(words: WordParagraph) -> CT_PPr:
    """What of a paragraph's format is not its style's."""
    style = words.style
    holder = cast("CT_P", OxmlElement("w:p"))
    holder.style = style.id
    shape = ParagraphFormat(holder)
    if words.keep_next and not style.keep_next:
        shape.keep_with_next = True
    if words.turns_page:
        shape.page_break_before = True
    if words.before:
        shape.space_before = Pt(style.before + words.before)
    if words.after:
        shape.space_after = Pt(max(style.after + words.after, 0))
    if words.leading is not None and Pt(words.leading) != Pt(style.leading):
        shape.line_spacing = Pt(words.leading)
    if words.align not in (None, style.align):
        shape.alignment = JUSTIFICATION[words.align]
    for stop in words.tabs:
        _add_stop(shape, stop)
    _set_indents(shape, words)
    properties = holder.get_or_add_pPr()
    if size := _own_size(words):
        mark = OxmlElement("w:r")  # the paragraph's end has a type too, for who goes on writing there
        Font(mark).size = size
        properties.append(mark.rPr)
    return properties


def _add_stop(shape: ParagraphFormat, stop: TabStop) -> None:
    shape.tab_stops.add_tab_stop(
        Pt(stop.at),
        WD_TAB_ALIGNMENT.RIGHT if stop.right else WD_TAB_ALIGNMENT.LEFT,
        WD_TAB_LEADER.DOTS if stop.leader else WD_TAB_LEADER.SPACES,
    )


def _set_indents(shape: ParagraphFormat, words: WordParagraph) -> None:
    left, right = words.indents
    first = words.style.first_line if words.first_line is None else words.first_line
    if (left, right, words.hanging) != (0, 0, 0) or Pt(first) != Pt(words.style.first_line):
        shape.left_indent, shape.right_indent = Pt(left), Pt(right)
        shape.first_line_indent = Pt(-words.hanging or first)


def _format_run(made: WordRun, run: Run, words: WordParagraph) -> None:
    """What of a run's type is not its paragraph's style's."""
    if run.bold:
        made.bold = True
    if run.italic:
        made.italic = True
    if words.underlined:
        made.underline = True
    if size := _own_size(words):
        made.font.size = size


def _format_row(tr: CT_Row, made: _Row, row: WordRow) -> None:
    """A row's height, and what python-docx has no words for: rows kept whole, heads on every page."""
    properties = tr.get_or_add_trPr()
    if not row.splits:
        properties.append(OxmlElement("w:cantSplit"))
    if row.height:
        made.height = Pt(row.height)
        made.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY if row.exact else WD_ROW_HEIGHT_RULE.AT_LEAST
    if row.is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _merge(table: WordTable, places: list[tuple[_Cell, ...]]) -> None:
    for line, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            if cell.span > 1 or cell.down > 1:
                places[line][column].merge(places[line + cell.down - 1][column + cell.span - 1])
            column += cell.span
