"""A paper in neutral blocks. The PDF painter reads them; other readers (Word, Excel) read the same.

Lengths are millimetres, type sizes are points. Text is NFC and plain: no markup is interpreted.
``None`` as a value means "left blank for handwriting": a reader draws dotted lines there.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Align(StrEnum):
    """How the lines of a text stand between its margins."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Text = tuple[Run, ...]


def plain(text: str) -> Text:
    """Text in the upright body style."""
    return (Run(text),)


def bold(text: str) -> Text:
    """Text in bold."""
    return (Run(text, bold=True),)


def italic(text: str) -> Text:
    """Text in italic."""
    return (Run(text, italic=True),)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. Line breaks inside a run start a new paragraph of the same style."""

    text: Text
    align: Align = Align.JUSTIFY
    size: float | None = None
    first_line: float = 0.0
    space_before: float = 0.0
    space_after: float = 1.5
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in bold as printed in the form; never left alone at a page's foot."""

    text: str
    level: int = 1
    align: Align = Align.LEFT
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The common head: organisation lines left; the Party's name, rule, place and date right.

    ``number`` makes it the head of the cell's own document: ``*`` and "Số 05-BC/CB" under the left lines,
    "Số     -BC/CB" while no number was given. A ballot has no place and date: ``place_date`` is "".
    """

    upper: str
    own: str
    place_date: str
    party: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    form_number: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The paper's centred title: bold capital lines, the bold abstract (trích yếu), then italic lines.

    ``ruled``: a short rule stands below, as under the abstract of the cell's own documents.
    """

    lines: tuple[str, ...]
    sublines: tuple[str, ...] = ()
    size: float = 14.0
    abstract: tuple[str, ...] = ()
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """One ``label: value`` pair; ``share`` is its part of the line's width."""

    label: str
    value: str | None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class FieldLine:
    """Pairs standing on one line; a blank value becomes a dotted line to the end of its share."""

    fields: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class DottedLines:
    """Empty dotted lines for handwriting over the full text width."""

    count: int


@dataclass(frozen=True, slots=True)
class CheckOption:
    """One box with its words."""

    label: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Boxes to tick, drawn (no font has them); ``lead`` stands before them in italic."""

    options: tuple[CheckOption, ...]
    lead: str = ""
    per_line: int = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``mark`` names a drawn month mark (see month states) instead of text."""

    text: Text = ()
    align: Align | None = None
    span: int = 1
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: heading, share of the width, alignment of its cells."""

    title: str
    share: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class HeadGroup:
    """A heading above several neighbouring columns (first row of a two-row table head)."""

    title: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its head repeats on every page, rows may split over pages.

    ``keep_together``: a small table that is not to be torn apart stands on one page where it fits one.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    groups: tuple[HeadGroup, ...] = ()
    size: float = 11.0
    min_row_height: float = 0.0
    keep_together: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One signatory's block: own date line, formula in bold, title, bracket note, room to sign, full name."""

    formula: tuple[str, ...]
    note: str = ""
    title: str = ""
    name: str = ""
    date_line: str = ""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Signatures standing side by side (one: at the right half); never split, never alone on a page.

    ``receivers`` ("Nơi nhận", one line each, "Lưu Chi bộ." last) stand at the left of a single signature.
    """

    signatures: tuple[Signature, ...]
    receivers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty height in millimetres."""

    height: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A booklet's cover page in a frame: organisation above, title in the middle, owner's fields, foot."""

    upper: tuple[str, ...]
    title: tuple[str, ...]
    fields: tuple[Labelled, ...]
    foot: str


Block = (
    Paragraph
    | Heading
    | Letterhead
    | TitleBlock
    | FieldLine
    | DottedLines
    | CheckLine
    | Table
    | SignatureBlock
    | Gap
    | PageBreak
    | Cover
)


@dataclass(frozen=True, slots=True)
class PageStyle:
    """The sheet: A4, margins in millimetres, body size and line height in points, numbers from page 2."""

    landscape: bool = False
    top: float = 20.0
    bottom: float = 20.0
    left: float = 30.0
    right: float = 15.0
    size: float = 14.0
    leading: float = 19.0
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet for one person or cell, complete: what it is called, whom it is for, its blocks.

    ``foot`` is a small line at the foot of every page, for example why a closed year was reopened.
    """

    title: str
    subject: str
    blocks: tuple[Block, ...]
    style: PageStyle = field(default_factory=PageStyle)
    foot: str = ""
