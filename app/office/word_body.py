"""What a Word paper's body is made of, before it is set: paragraphs and tables in points."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.paper import Align, Run, Text
from app.office.word_styles import BREAK, RULED, SMALLEST, Style, TableStyle

TAB = Run("\t")
_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_NOT_XML = re.compile("[^\t\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


def text_lines(text: Text) -> list[list[Run]]:
    """The lines of a text, each a paragraph; blank ones are left out, as on printed pages."""
    lines: list[list[Run]] = [[]]
    for run in text:
        for number, part in enumerate(_BREAKS.split(run.text)):
            if number:
                lines.append([])
            if words := clean(part):
                lines[-1].append(Run(words, run.bold, run.italic))
    return [line for line in lines if any(run.text.strip() for run in line)]


def clean(text: str) -> str:
    """Text as a file can hold it: letters composed, nothing that XML forbids."""
    return _NOT_XML.sub("", unicodedata.normalize("NFC", text)).replace("\t", " ")


class TabStop(NamedTuple):
    """A tab stop at points from the left margin; ``leader`` draws dots up to it."""

    at: float
    leader: bool = False
    right: bool = False


@dataclass(slots=True)
class WordParagraph:
    """One paragraph. What differs from its style is written on it, the rest comes from the style.

    Lengths are points. ``before`` and ``after`` are added to the style's.
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
    tabs: tuple[TabStop, ...] = ()
    indents: tuple[float, float] = (0.0, 0.0)
    hanging: float = 0.0


def spacer(height: float, *, turns_page: bool = False) -> WordParagraph:
    """An empty paragraph of a height, where Word needs one: between tables, after the last of a section."""
    return WordParagraph(BREAK, leading=max(height, SMALLEST), turns_page=turns_page)


@dataclass(slots=True)
class WordCell:
    """A cell, over ``span`` columns and ``down`` rows; the rows it goes down into hold an empty one there."""

    paragraphs: Sequence[WordParagraph]
    span: int = 1
    down: int = 1
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
    style: TableStyle = RULED
    before: float = 0.0
