"""Strips into pages: what is glued stays together, what repeats comes again, nothing is lost."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from app.domain.paper import (
    CheckLine,
    Cover,
    DottedLines,
    FieldLine,
    Gap,
    Heading,
    Letterhead,
    PageBreak,
    Paper,
    Paragraph,
    SignatureBlock,
    Table,
    TitleBlock,
)
from app.printing.blocks import check_line, dotted_lines, field_line, heading, paragraph
from app.printing.heads import cover, letterhead, title_block
from app.printing.signatures import signature_block
from app.printing.strips import MM, Sheet, Strip, glue_body_before
from app.printing.tables import table

_ROUNDING = 0.01

_SETTERS: dict[type, Callable[[Any, Sheet], list[Strip]]] = {
    Paragraph: paragraph,
    Heading: heading,
    FieldLine: field_line,
    CheckLine: check_line,
    DottedLines: dotted_lines,
    Table: table,
    SignatureBlock: signature_block,
    Letterhead: letterhead,
    TitleBlock: title_block,
    Cover: cover,
}


class Placed(NamedTuple):
    """A strip and how far its top edge lies under the top of the text."""

    y: float
    strip: Strip


Page = list[Placed]


def lay_out(paper: Paper, sheet: Sheet) -> Iterator[Page]:
    """The pages of one paper; there is always one."""
    strips = _strips(paper, sheet)
    page: Page = []
    used = 0.0
    for chunk in _chunks(strips):
        fits = used + _height(chunk, not page) <= sheet.text_height + _ROUNDING
        if page and (chunk[0].opens_page or not fits):
            yield page
            page, used = [], 0.0
        for strip in chunk:
            if page and used + strip.before + strip.height > sheet.text_height + _ROUNDING:
                yield page
                page, used = [], 0.0
            if page:
                used += strip.before
            elif strip.again:
                page.append(Placed(0.0, strip.again))
                used = strip.again.height
            page.append(Placed(used, strip))
            used += strip.height
    yield page


def _chunks(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    chunk: list[Strip] = []
    for strip in strips:
        if strip.opens_page and chunk:
            yield chunk
            chunk = []
        chunk.append(strip)
        if not strip.glued:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _height(chunk: Sequence[Strip], at_top: bool) -> float:
    height = sum(strip.before + strip.height for strip in chunk)
    return height - chunk[0].before if at_top else height


def _strips(paper: Paper, sheet: Sheet) -> list[Strip]:
    strips: list[Strip] = []
    space, turn = 0.0, False
    for block in paper.blocks:
        if isinstance(block, Gap):
            space += block.height * MM
            continue
        if isinstance(block, PageBreak):
            turn = True
            continue
        made = _SETTERS[type(block)](block, sheet)
        if not made:
            continue
        if isinstance(block, SignatureBlock) and not turn:
            glue_body_before(strips)
        if isinstance(block, DottedLines) and strips and not turn:
            strips[-1].glued = True  # lines to write on belong to the words that ask for them
        made[0].before += space
        made[0].opens_page |= turn
        strips += made
        space = block.space_after * MM if isinstance(block, Paragraph) else 0.0
        space = 3 * MM if isinstance(block, Table | SignatureBlock) else space
        space = 1 * MM if isinstance(block, CheckLine) else space
        turn = isinstance(block, Cover)
    return strips
