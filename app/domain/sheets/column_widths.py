"""Columns wide enough for the longest word in them, so that no heading, date or name is cut in two."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.paper import Cell, Column, PageStyle

_A4 = (210.0, 297.0)
_MM_OF_POINT = 25.4 / 72
_LETTER, _BOLD_LETTER = 0.5, 0.58  # of the type size; an estimate on the safe side
_WIDER = {"%": 0.85, "m": 0.78, "w": 0.73, "M": 0.9, "W": 0.95}
_CAPITAL = 0.7
_SIDES = 3.2
_MOST = 26.0


def widened(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], style: PageStyle, size: float
) -> tuple[Column, ...]:
    """The columns with their shares kept where they suffice; a word may ask for 26 mm at most.

    What a narrow column gains the others give, each by its share.
    """
    room = _A4[style.landscape] - style.left - style.right
    needs = [
        _need(column, [row[n] for row in rows if n < len(row)], size) for n, column in enumerate(columns)
    ]
    if sum(needs) >= room:
        return tuple(replace(column, share=need) for column, need in zip(columns, needs, strict=True))
    fixed: set[int] = set()
    while True:
        free = [n for n in range(len(columns)) if n not in fixed]
        unit = (room - sum(needs[n] for n in fixed)) / sum(columns[n].share for n in free)
        short = {n for n in free if columns[n].share * unit < needs[n]}
        if not short:
            break
        fixed |= short
    return tuple(
        replace(column, share=needs[n] if n in fixed else column.share * unit)
        for n, column in enumerate(columns)
    )


def _need(column: Column, cells: Sequence[Cell], size: float) -> float:
    heading = max((_width(word, _BOLD_LETTER) for word in column.title.split()), default=0.0)
    words = {word for cell in cells for run in cell.text for word in run.text.split()}
    written = max((_width(word, _LETTER) for word in words), default=0.0)
    return min(max(heading, written) * size * _MM_OF_POINT + _SIDES, _MOST)


def _width(word: str, letter: float) -> float:
    """A word's width in parts of the type size: "86,49%" is wider than six digits."""
    return sum(_WIDER.get(char, max(_CAPITAL, letter) if char.isupper() else letter) for char in word)
