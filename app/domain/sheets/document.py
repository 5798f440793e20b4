"""A document of the cell itself: number, abstract, addressee, running text with values, receivers.

The form's file holds every word; what the book knows comes as ``DocumentContent``. What is not known is
printed as dots to write on, so that the same form serves filled in, half filled in and blank.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.dates import long_date
from app.domain.document_rules import document_rule_on
from app.domain.form_template import FormDocument, FormTemplate, IdentityField, Issuer, Section, SectionKind
from app.domain.paper import (
    Align,
    Block,
    Cell,
    DottedLines,
    FieldLine,
    Gap,
    Heading,
    Labelled,
    Letterhead,
    PageBreak,
    PageStyle,
    Paper,
    Paragraph,
    Run,
    TitleBlock,
    bold,
    plain,
)
from app.domain.sheets.facts import CellSigner, SheetFacts, identity_value
from app.domain.sheets.frame import FIRST_LINE, HAND_ROW, Row, blank_rows, form_table, running_text
from app.domain.sheets.organs import (
    cell_in_text,
    cell_name_in_text,
    superior_body_in_text,
    superior_in_text,
)
from app.domain.sheets.signing import LineLookup, Signing, no_lines, signature_blocks

DOTS = "………"
_NAMED = r"\{(\w+)\}"
_LEAD = r"(Điều \d+\.|Kính gửi:)"
_FEW_LINES = 2
_MEMBER_FIELDS = ("full_name", "birth_date", "workplace", "occupation", "residence", "posts")


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """What the book knows for one document. ``blank``: nothing but the frame, the rest is for the pen.

    ``texts`` by section key; ``rows`` by what a table lists; ``values`` for ``{names}`` in the form's words
    and for its labelled lines; ``signers`` by signature place; ``omit`` are sections left out. ``number`` is
    the whole line "Số 05-BC/CB" once given.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    number: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    signers: Mapping[str, CellSigner] = field(default_factory=dict)
    omit: frozenset[str] = frozenset()
    known: LineLookup = no_lines
    blank: bool = False


BLANK = DocumentContent(blank=True)


def document_paper(form: FormTemplate, facts: SheetFacts, content: DocumentContent = BLANK) -> Paper:
    """A document of the cell, a list, a ballot or a letter on its form; blank without ``content``."""
    document = form.document or FormDocument()
    writer = _Writer(form, facts, content, _values(facts, content))
    style = _style(form.style, document, facts)
    writer = replace(writer, form=replace(form, style=style))
    sections = [section for section in form.sections if section.key not in content.omit]
    blocks = writer.head(document)
    for section in sections:
        blocks += [] if section.annex else writer.section(section)
    receivers = tuple(writer.words(line) for line in document.receivers)
    blocks += signature_blocks(form, facts, content.known, Signing(content.signers, receivers))
    for section in sections:
        blocks += writer.section(section) if section.annex else []
    return Paper(form.name, facts.subject, tuple(blocks), style)


def _style(style: PageStyle, document: FormDocument, facts: SheetFacts) -> PageStyle:
    if not document.margin_by_day or style.landscape:
        return style
    return replace(style, right=document_rule_on(facts.as_of).right)


def _values(facts: SheetFacts, content: DocumentContent) -> dict[str, str]:
    """What every document may name, then what is known for this one."""
    cell, superior = facts.cell, superior_in_text(facts.cell.upper)
    values = {
        "year": str(facts.year),
        "next_year": str(facts.year + 1),
        "cell": cell_in_text(cell.own),
        "cell_name": cell_name_in_text(cell.own),
        "place": cell.place,
        "superior": superior,
        "superior_capitals": superior.upper(),
        "superior_body": superior_body_in_text(cell.upper),
        "superior_body_capitals": superior_body_in_text(cell.upper).upper(),
        "upper": cell.upper,
        "signer": facts.signer.name,
    }
    for key in _MEMBER_FIELDS if facts.member else ():
        values[key] = identity_value(key, facts) or ""
    return {**values, **content.values}


@dataclass(frozen=True, slots=True)
class _Writer:
    form: FormTemplate
    facts: SheetFacts
    content: DocumentContent
    values: Mapping[str, str]

    def words(self, text: str) -> str:
        """The form's words with values put in; dots for what is not known."""
        return _filled(text, self.values)

    def head(self, document: FormDocument) -> list[Block]:
        """Head, title and abstract, addressee, identity lines."""
        blocks: list[Block] = [self._letterhead(document), self._title(document)]
        if document.addressed_to:
            words = self.words(document.addressed_to)
            blocks.append(Paragraph(plain(f"Kính gửi: {words}"), Align.CENTER, space_after=3.0))
        blocks += [FieldLine(self._labelled(line)) for line in self.form.identity]
        if self.form.identity:
            blocks.append(Gap(2.0))
        return blocks

    def _letterhead(self, document: FormDocument) -> Letterhead:
        cell, upper, own = self.facts.cell, self.facts.cell.upper, self.facts.cell.own
        if document.issuer is Issuer.SUPERIOR:
            upper = document.upper or "…" * 12
            own = document.own or superior_in_text(cell.upper) or "ĐẢNG ỦY ………………"
        number = self.content.number or f"Số     -{document.symbol}/{document.organ}"
        return Letterhead(
            upper=self.words(upper).upper(),
            own=self.words(own).upper(),
            place_date=long_date(cell.place, self.facts.dated_on) if document.dated else "",
            form_number=self.form.number,
            number=number if document.symbol else "",
        )

    def _title(self, document: FormDocument) -> TitleBlock:
        rule = document_rule_on(self.facts.as_of)
        return TitleBlock(
            tuple(self.words(line) for line in self.form.title),
            tuple(self.words(line) for line in self.form.sublines),
            size=rule.type_size if document.symbol else 14.0,
            abstract=tuple(self.words(line) for line in document.abstract),
            ruled=bool(document.symbol),
        )

    def section(self, section: Section) -> list[Block]:
        """A section with its heading."""
        if section.annex:
            return self._annex(section)
        blocks: list[Block] = [PageBreak()] if section.new_page else []
        if section.heading:
            blocks.append(Heading(self.words(section.heading), section.level, section.align))
        if section.lead and section.kind is not SectionKind.LISTED:
            blocks += [self._paragraph(line, section) for line in self.words(section.lead).split("\n")]
        return blocks + self._under(section)

    def _annex(self, section: Section) -> list[Block]:
        """A list of its own behind the paper: its name, which paper it belongs to, its table."""
        sublines = tuple(self.words(section.lead).split("\n")) if section.lead else ()
        title = TitleBlock(tuple(self.words(section.heading).split("\n")), sublines)
        return [PageBreak(), title, *self._under(section)]

    def _under(self, section: Section) -> list[Block]:
        if section.kind is SectionKind.TABLE:
            return self._table(section)
        if section.kind is SectionKind.LISTED:
            return self._listed(section)
        if section.kind is SectionKind.FIELDS:
            return [FieldLine(self._labelled(line)) for line in section.fields]
        return self._text(section) if section.kind is SectionKind.TEXT else []

    def _paragraph(self, line: str, section: Section) -> Paragraph:
        if section.align is Align.CENTER:
            return Paragraph(plain(line), Align.CENTER, space_before=1.5)
        if line.startswith("("):
            return Paragraph((Run(line, italic=True),), space_before=1.5)
        found = re.match(_LEAD, line)
        text = (*bold(found[0]), *plain(line[found.end() :])) if found else plain(line)
        return Paragraph(text, first_line=FIRST_LINE, space_before=1.5)

    def _labelled(self, fields: Sequence[IdentityField]) -> tuple[Labelled, ...]:
        return tuple(Labelled(self.words(each.label), self._value(each.key), each.share) for each in fields)

    def _value(self, key: str) -> str | None:
        return self.values.get(key) or None

    def _table(self, section: Section) -> list[Block]:
        rows = self.content.rows.get(section.rows)
        if rows is not None and not rows and section.if_empty:
            return running_text(self.words(section.if_empty))
        by_hand = not rows
        full = [self._row(section, row, number) for number, row in enumerate(rows or (), 1)]
        height = section.row_height or (HAND_ROW if by_hand or self.content.blank else 0.0)
        table = form_table(
            self.form, section, full or blank_rows(section), row_height=height, size=section.size
        )
        columns = tuple(replace(each, title=self.words(each.title)) for each in table.columns)
        above: list[Block] = [] if section.heading else [Gap(1.0)]
        return [*above, replace(table, columns=columns), Gap(2.0)]

    def _row(self, section: Section, row: Row, number: int) -> Row:
        usual = {"order": str(number)}
        return {each.key: row.get(each.key, usual.get(each.key, "")) for each in section.columns}

    def _listed(self, section: Section) -> list[Block]:
        """Row after row in words; a row to be filled in by hand shows every label."""
        rows = self.content.rows.get(section.rows)
        if rows is not None and not rows and section.if_empty:
            return running_text(self.words(section.if_empty))
        blocks: list[Block] = []
        for number, row in enumerate(rows or blank_rows(section), 1):
            told = {key: _words_of(value) for key, value in row.items()}
            named = {**self.values, "order": str(number), **told}
            blocks.append(
                Paragraph(bold(_filled(section.lead, named)), first_line=FIRST_LINE, keep_with_next=True)
            )
            for column in section.columns:
                blocks += self._told(column.title, told.get(column.key, ""), is_open=not rows)
        return blocks

    def _told(self, label: str, text: str, *, is_open: bool) -> list[Block]:
        if text.strip():
            return running_text(f"{label}: {text.strip()}")
        if is_open or self.content.blank:
            return [FieldLine((Labelled(label, None),)), DottedLines(1)]
        return []

    def _text(self, section: Section) -> list[Block]:
        text = self.content.texts.get(section.key, "")
        if text.strip():
            return running_text(text)
        if not self.content.blank and section.if_empty:
            return running_text(self.words(section.if_empty))
        lines = section.blank_lines if self.content.blank else min(section.blank_lines, _FEW_LINES)
        return [DottedLines(lines)] if lines else []


def _filled(text: str, values: Mapping[str, str]) -> str:
    return re.sub(_NAMED, lambda found: values.get(found[1]) or DOTS, text)


def _words_of(value: str | Cell) -> str:
    return value if isinstance(value, str) else "".join(run.text for run in value.text)
