"""An empty Word document with our styles, its sections, and the way it becomes a file."""

import io
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt

from app.domain.paper import Paper, plain
from app.office.packing import repacked
from app.office.word_body import clean, text_lines
from app.office.word_page import Page
from app.office.word_style_sheet import add_styles
from app.office.word_styles import BREAK, FOOTER

_AUTHOR = "Sổ đăng ký nêu gương"
_LONGEST_TITLE = 255  # of a document's properties
_KEPT_PARTS = (RELATION.STYLES, RELATION.SETTINGS, RELATION.CORE_PROPERTIES, RELATION.OFFICE_DOCUMENT)

# What python-docx has no words for.
_SETTINGS = (
    f"<w:settings {nsdecls('w')}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    "<w:compat><w:doNotUseHTMLParagraphAutoSpacing/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>'
)


def new_document(title: str) -> WordDocument:
    """A document without a word, which knows our styles and nothing of the library's sample."""
    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for name in [name for name, rel in rels.items() if rel.reltype not in _KEPT_PARTS]:
            del rels[name]
    document.settings.element[:] = parse_xml(_SETTINGS)[:]
    add_styles(document.styles)
    properties = document.core_properties
    properties.title, properties.author = clean(title)[:_LONGEST_TITLE], _AUTHOR
    properties.last_modified_by, properties.comments, properties.language = _AUTHOR, "", "vi-VN"
    numbers = OxmlElement("w:pgNumType", {qn("w:start"): "1"})
    document.element.body.sectPr.insert_element_before(numbers, "w:cols")
    document.sections[0].different_first_page_header_footer = True
    return document


def write_document(document: WordDocument, out: Path) -> None:
    """Writes the file, with the same bytes for the same document."""
    whole = io.BytesIO()
    document.save(whole)
    out.write_bytes(repacked(whole.getvalue()))


class Sections:
    """The sections of a document, one for each paper, each with pages numbered anew."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._shown: tuple[bool, str] | None = None

    def begin(self, paper: Paper, page: Page) -> None:
        """Ends the section before, if there is one, and opens the paper's with its sheet and margins."""
        if self._shown is None:
            section = self._document.sections[0]
        else:
            section = self._document.add_section()
            self._document.element.body.sectPr.getprevious().style = BREAK.id
        style = page.style
        width, height = page.sheet
        section.orientation = WD_ORIENT.LANDSCAPE if style.landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Pt(width), Pt(height)
        section.top_margin, section.bottom_margin = Mm(style.top), Mm(style.bottom)
        section.left_margin, section.right_margin = Mm(style.left), Mm(style.right)
        section.header_distance, section.footer_distance = Pt(page.above_number), Pt(page.below_foot)
        shown = (style.numbered, paper.foot)
        if shown != self._shown:
            _set_edges(section, *shown)
        self._shown = shown


def _set_edges(section: Section, numbered: bool, foot: str) -> None:
    """The page's number from the second page on, the foot on all; sections after it show the same."""
    section.header.is_linked_to_previous = False
    if numbered:
        number = section.header.paragraphs[0].add_run("2")
        field = OxmlElement("w:fldSimple", {qn("w:instr"): " PAGE "})
        number.element.addprevious(field)
        field.append(number.element)
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        for number, line in enumerate(text_lines(plain(foot))):
            paragraph = footer.add_paragraph(style=FOOTER.name) if number else footer.paragraphs[0]
            paragraph.add_run("".join(run.text for run in line))
