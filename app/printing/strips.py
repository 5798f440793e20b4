"""What a page is stacked from: strips the full text width, each with its words and shapes.

Lengths are points; inside a strip y runs down from its top edge, x runs from the paper's left edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.paper import Align, PageStyle
from app.printing.lines import Line, Piece, place

MM = 72 / 25.4
_A4 = (210 * MM, 297 * MM)
_ASCENT, _CONTENT = 0.891, 1.107  # of Tinos, parts of the type size


class Words(NamedTuple):
    """One line of text on its baseline; ``stretch`` widens each space."""

    x: float
    y: float
    size: float
    stretch: float
    pieces: tuple[Piece, ...]


class Shape(NamedTuple):
    """PDF path operators drawn around an origin, y running up."""

    x: float
    y: float
    operators: str


@dataclass(slots=True, eq=False)
class Row:
    """A table row for the painter: where its upright rules stand. A row over two pages is one row."""

    edges: tuple[float, ...]


@dataclass(slots=True, eq=False)
class Strip:
    """A band of the page that is never cut.

    ``before`` is empty height above, dropped at a page's top. ``glued``: the next strip stands on the
    same page. ``body``: counts as text before a signature. ``signs``: a place to sign. ``again`` is
    repeated above the strip when it opens a page.
    """

    height: float
    words: list[Words] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    before: float = 0.0
    glued: bool = False
    body: bool = True
    signs: bool = False
    opens_page: bool = False
    row: Row | None = None
    again: "Strip | None" = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page style in points: the whole sheet and the place for text."""

    width: float
    height: float
    left: float
    top: float
    text_width: float
    text_height: float
    size: float
    leading: float
    numbered: bool

    @property
    def right(self) -> float:
        """The right edge of the text."""
        return self.left + self.text_width

    def leading_for(self, size: float) -> float:
        """The line height of another type size, in the body's proportion."""
        return size * self.leading / self.size


def sheet_of(style: PageStyle) -> Sheet:
    """The sheet of a page style."""
    short, long = _A4
    width, height = (long, short) if style.landscape else (short, long)
    return Sheet(
        width=width,
        height=height,
        left=style.left * MM,
        top=style.top * MM,
        text_width=width - (style.left + style.right) * MM,
        text_height=height - (style.top + style.bottom) * MM,
        size=style.size,
        leading=style.leading,
        numbered=style.numbered,
    )


class Measure(NamedTuple):
    """How lines are set: left edge and width in points, alignment, type size, line height."""

    x: float
    width: float
    align: Align
    size: float
    leading: float


def baseline(size: float, leading: float) -> float:
    """How far under a line's top edge its letters stand."""
    return (leading - size * _CONTENT) / 2 + size * _ASCENT


def set_line(line: Line, measure: Measure, top: float, indent: float = 0.0) -> Words:
    """A broken line as words whose line box starts ``top`` below the strip's edge."""
    x, stretch = place(line, measure.align, measure.x + indent, measure.width - indent)
    return Words(x, top + baseline(measure.size, measure.leading), measure.size, stretch, line.pieces)


def set_lines(lines: Sequence[Line], measure: Measure, top: float = 0.0) -> list[Words]:
    """Lines under one another."""
    return [set_line(line, measure, top + number * measure.leading) for number, line in enumerate(lines)]


def rule(x: float, y: float, length: float, width: float = 0.7) -> Shape:
    """A level rule."""
    return Shape(x, y, f"{width:g} w 0 0 m {length:.2f} 0 l S")


def dotted_rule(x: float, y: float, length: float) -> Shape:
    """Round dots to write on, from x for a length."""
    return Shape(x, y, f"q 1 J 0.9 w [0 2.8] 0 d 0.5 0 m {length:.2f} 0 l S Q")


def glue(strips: Sequence[Strip]) -> None:
    """Keeps strips of one text together, and no single line of it alone at a page's head or foot."""
    if len(strips) > 1:
        strips[0].glued = strips[-2].glued = True


def glue_all(strips: Sequence[Strip]) -> None:
    """Every strip stays with the one after it, also with what follows the last."""
    for strip in strips:
        strip.glued = True


def glue_body_before(strips: Sequence[Strip], lines: int = 2) -> None:
    """Draws the last body lines of a paper to a signature, so it never stands alone on a page.

    A later signature takes its own lines with it and leaves the signature before where that is.
    """
    for number, strip in enumerate(reversed(strips)):
        if strip.signs and number:
            return
        strip.glued = True
        lines -= strip.body
        if lines == 0 or strip.opens_page:
            return
