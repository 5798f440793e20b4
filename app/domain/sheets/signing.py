"""Signature blocks as the form orders them: lines above, own date, formula, bracket note, name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from app.domain.dates import long_date
from app.domain.form_template import FormTemplate, SignatureLine, SignatureLineKind, SignaturePlace, Signer
from app.domain.paper import (
    Block,
    DottedLines,
    FieldLine,
    Labelled,
    Paragraph,
    Signature,
    SignatureBlock,
    italic,
)
from app.domain.sheets.facts import CellSigner, SheetFacts
from app.domain.sheets.frame import running_text


@dataclass(frozen=True, slots=True)
class SignedLine:
    """What is known of a line above a signature, and the day it was settled."""

    text: str = ""
    dated_on: date | None = None


LineLookup = Callable[[str], SignedLine]


def no_lines(_key: str) -> SignedLine:
    """For papers whose signatures have nothing written above, and for blank ones."""
    return SignedLine()


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs by name at which place, and who receives the paper (Nơi nhận, beside a single signature)."""

    named: Mapping[str, CellSigner] = field(default_factory=dict)
    receivers: tuple[str, ...] = ()


_BY_THE_BOOK = Signing()


def signature_blocks(
    form: FormTemplate,
    facts: SheetFacts,
    known: LineLookup = no_lines,
    signing: Signing = _BY_THE_BOOK,
) -> list[Block]:
    """All signatures of a form; places of one row side by side, places not for this kind left out."""
    blocks: list[Block] = []
    for _row, places in groupby(form.signatures, key=lambda place: place.row):
        standing = [place for place in places if facts.kind not in place.not_for]
        for place in standing:
            for line in place.lines_above:
                blocks += _line_above(line, known)
        if standing:
            signatures = tuple(_signature(place, facts, known, signing) for place in standing)
            blocks.append(SignatureBlock(signatures, signing.receivers if len(standing) == 1 else ()))
    return blocks


def _line_above(line: SignatureLine, known: LineLookup) -> Sequence[Block]:
    if line.kind is SignatureLineKind.LEAD:
        return [Paragraph(italic(line.label), space_before=4.0, keep_with_next=True)]
    text = known(line.key).text
    if line.kind is SignatureLineKind.LINE or "\n" not in text.strip():
        field = FieldLine((Labelled(line.label, text or None),))
        rest = line.blank_lines - 1 if line.kind is SignatureLineKind.TEXT and not text else 0
        return [field, DottedLines(rest)] if rest > 0 else [field]
    first, rest_text = text.strip().split("\n", 1)
    return [FieldLine((Labelled(line.label, first),)), *running_text(rest_text)]


def _signature(place: SignaturePlace, facts: SheetFacts, known: LineLookup, signing: Signing) -> Signature:
    formula = place.formula
    if place.formula_no_committee and not facts.has_committee:
        formula = place.formula_no_committee
    note = place.note_sealed if place.note_sealed and facts.cell.has_seal else place.note
    title, name = place.title, ""
    if place.signer is Signer.MEMBER:
        name = facts.member.name if facts.member else ""
    elif place.signer is Signer.CELL_HEAD:
        name = facts.signer.name
        title = title and (facts.signer.title or title)
    elif place.signer is Signer.NAMED and place.key in signing.named:
        name = signing.named[place.key].name
        title = signing.named[place.key].title or title
    return Signature(formula, note, title, name, _date_line(place, facts, known))


def _date_line(place: SignaturePlace, facts: SheetFacts, known: LineLookup) -> str:
    """The signatory's own date: of the last line above that has one, else dots to fill in by hand."""
    if not place.dated:
        return ""
    days = [day for line in place.lines_above if line.key and (day := known(line.key).dated_on)]
    where = facts.cell.place if place.signer is Signer.CELL_HEAD else ""
    return long_date(where, days[-1] if days else None)
