"""Ruled tables as strips: a head that comes again on each page, rows that go on over pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.paper import Align, Cell, Column, Run, Table
from app.printing.lines import Line, break_text
from app.printing.marks import month_mark
from app.printing.strips import (
    MM,
    Measure,
    Row,
    Shape,
    Sheet,
    Strip,
    Words,
    glue,
    glue_all,
    set_line,
    set_lines,
)

_SIDE = 1.5 * MM
_OVER = 2.5
_LEADING = 1.24
_WHOLE_TABLE = 0.6  # a table to be kept together up to this part of the page
_WHOLE_ROW = 0.35  # a row up to this part of the page is moved rather than cut


@dataclass(slots=True)
class _Set:
    """A cell ready to draw: its lines and where they go."""

    lines: list[Line]
    measure: Measure
    mark: str | None


def table(block: Table, sheet: Sheet) -> list[Strip]:
    """All strips of a table."""
    edges = _edges(block.columns, sheet)
    head = _head(block, edges)
    strips = [head] if head else []
    for number, cells in enumerate(block.rows, 1):
        row = _row(cells, block, edges, sheet)
        if number == len(block.rows) > 1 and len(row) == 1:
            strips[-1].glued = True  # no last row, often a sum, alone under a repeated head
        strips += row
    if block.keep_together and sum(strip.height for strip in strips) <= sheet.text_height * _WHOLE_TABLE:
        glue_all(strips[:-1])
    for strip in strips:
        strip.again = head if strip is not head else None
    if strips:
        strips[0].before = 1.5 * MM
    return strips


def _edges(columns: Sequence[Column], sheet: Sheet) -> tuple[float, ...]:
    whole = sum(column.share for column in columns)
    edges, x = [sheet.left], sheet.left
    for column in columns:
        x += sheet.text_width * column.share / whole
        edges.append(x)
    return tuple(edges)


def _head(block: Table, edges: tuple[float, ...]) -> Strip | None:
    if not any(column.title for column in block.columns):
        return None
    leading = block.size * _LEADING
    grouped = {number for group in block.groups for number in range(group.first, group.first + group.count)}
    titles = [_title(column.title, edges[n : n + 2], block) for n, column in enumerate(block.columns)]
    groups = [
        _title(group.title, (edges[group.first], edges[group.first + group.count]), block)
        for group in block.groups
    ]
    upper = max((len(one.lines) for one in groups), default=0) * leading + 2 * _OVER * bool(groups)
    lower = max((len(titles[n].lines) for n in grouped), default=0) * leading + 2 * _OVER * bool(grouped)
    alone = max((len(one.lines) for n, one in enumerate(titles) if n not in grouped), default=0)
    height = max(upper + lower, alone * leading + 2 * _OVER)
    lower = height - upper

    inner = {n for group in block.groups for n in range(group.first + 1, group.first + group.count)}
    row = Row(tuple(edge for n, edge in enumerate(edges) if n not in inner))
    strip = Strip(height, row=row, glued=True, body=False)
    opening = {group.first: (group, one) for group, one in zip(block.groups, groups, strict=True)}
    for n, title in enumerate(titles):
        if n in opening:
            group, one = opening[n]
            _centre(strip, one, (0.0, upper))
            length = edges[group.first + group.count] - edges[n]
            strip.shapes.append(Shape(edges[n], upper, f"0.6 w 0 0 m {length:.2f} 0 l S"))
        _centre(strip, title, (upper, lower) if n in grouped else (0.0, height))
    strip.shapes += [Shape(edges[n], height, f"0.6 w 0 0 m 0 {lower:.2f} l S") for n in sorted(inner)]
    return strip


def _title(title: str, span: Sequence[float], block: Table) -> _Set:
    left, right = span
    measure = _measure(left, right, Align.CENTER, block)
    return _Set(break_text((Run(title, bold=True),), block.size, measure.width), measure, None)


def _measure(left: float, right: float, align: Align, block: Table) -> Measure:
    return Measure(left + _SIDE, right - left - 2 * _SIDE, align, block.size, block.size * _LEADING)


def _centre(strip: Strip, cell: _Set, span: tuple[float, float]) -> None:
    """Sets a cell in the middle of a height."""
    top, height = span
    if cell.mark is not None:
        _mark(strip, cell, top + height / 2)
        return
    strip.words += set_lines(
        cell.lines, cell.measure, top + (height - len(cell.lines) * cell.measure.leading) / 2
    )


def _mark(strip: Strip, cell: _Set, y: float) -> None:
    size = cell.measure.size
    x = cell.measure.x + cell.measure.width / 2
    shape = month_mark(cell.mark or "", x, y, size * 0.4)
    if shape:
        strip.shapes.append(shape)
    if cell.mark == "excused":
        # A bold P is 0.611 of its size wide and 0.65 high.
        small = size * 0.75
        strip.words.append(Words(x - small * 0.305, y + small * 0.325, small, 0.0, ((1, "P"),)))


def _row(cells: Sequence[Cell], block: Table, edges: tuple[float, ...], sheet: Sheet) -> list[Strip]:
    ready, bounds, column = [], [edges[0]], 0
    for cell in cells:
        last = min(column + cell.span, len(edges) - 1)
        align = cell.align or block.columns[column].align
        measure = _measure(edges[column], edges[last], align, block)
        ready.append(_Set(break_text(cell.text, block.size, measure.width), measure, cell.mark))
        bounds.append(edges[last])
        column = last
    row = Row(tuple(bounds))
    leading = block.size * _LEADING
    count = max([1, *(len(one.lines) for one in ready)])
    height = max(count * leading + 2 * _OVER, block.min_row_height * MM)
    if height > sheet.text_height * _WHOLE_ROW and count > 3:
        return _long_row(ready, row, count, leading)
    strip = Strip(height, row=row)
    for one in ready:
        _centre(strip, one, (0.0, height))
    return [strip]


def _long_row(ready: list[_Set], row: Row, count: int, leading: float) -> list[Strip]:
    """A row as one strip a line, so a page may end between any two of them."""
    strips = []
    for number in range(count):
        over = _OVER if number == 0 else 0.0
        strip = Strip(leading + over + (_OVER if number == count - 1 else 0.0), row=row)
        for one in ready:
            if number < len(one.lines):
                strip.words.append(set_line(one.lines[number], one.measure, over))
            elif number == 0 and one.mark is not None:
                _mark(strip, one, over + leading / 2)
        strips.append(strip)
    glue(strips)
    return strips
