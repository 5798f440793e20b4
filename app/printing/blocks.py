"""Running text, fields to fill and boxes to tick as strips."""

from collections.abc import Sequence

from app.domain.paper import Align, CheckLine, DottedLines, FieldLine, Heading, Labelled, Paragraph, Run
from app.domain.paper_words import EMPTY_BOX, TICKED_BOX, field_words
from app.printing.lines import break_lines, break_text, pieces_of, text_width
from app.printing.marks import check_box
from app.printing.strips import (
    MM,
    Measure,
    Sheet,
    Strip,
    Words,
    baseline,
    dotted_rule,
    glue,
    glue_all,
    set_line,
    set_lines,
)

_FIELD_GAP = 4 * MM
_LEAST_DOTS = 18 * MM
_HAND_LEADING = 1.2


def paragraph(block: Paragraph, sheet: Sheet) -> list[Strip]:
    """Justified running text; each line break in it starts a paragraph of the same style."""
    size = block.size or sheet.size
    leading = sheet.leading_for(size)
    measure = Measure(sheet.left, sheet.text_width, block.align, size, leading)
    indent = block.first_line * MM
    strips: list[Strip] = []
    for pieces in pieces_of(block.text):
        lines = break_lines(pieces, size, sheet.text_width, indent)
        part = [Strip(leading, [set_line(lines[0], measure, 0.0, indent)])]
        part += [Strip(leading, [set_line(line, measure, 0.0)]) for line in lines[1:]]
        part[0].before = (block.space_after if strips else block.space_before) * MM
        glue(part)
        strips += part
    strips = strips or [Strip(leading, before=block.space_before * MM)]
    strips[-1].glued = block.keep_with_next
    return strips


def heading(block: Heading, sheet: Sheet) -> list[Strip]:
    """A bold heading, on one page with what it heads."""
    size = block.size or sheet.size
    leading = sheet.leading_for(size)
    measure = Measure(sheet.left, sheet.text_width, block.align, size, leading)
    lines = break_text((Run(block.text, bold=True),), size, sheet.text_width)
    strips = [Strip(leading, [set_line(line, measure, 0.0)], body=False) for line in lines]
    if strips:
        strips[0].before = (2.2 if block.level == 1 else 1.2) * MM
    glue_all(strips)
    return strips


def dotted_lines(block: DottedLines, sheet: Sheet) -> list[Strip]:
    """Lines to write on by hand, a little wider apart than print."""
    height = sheet.leading * _HAND_LEADING
    strips = [
        Strip(height, shapes=[dotted_rule(sheet.left, height * 0.85, sheet.text_width)])
        for _ in range(block.count)
    ]
    glue(strips)
    return strips


def field_line(block: FieldLine, sheet: Sheet) -> list[Strip]:
    """Labels with values side by side; when one does not fit its share, each takes lines of its own."""
    widths = _field_widths(block.fields, sheet)
    if widths is None:
        return [strip for field in block.fields for strip in _field_alone(field, sheet)]
    strip = Strip(sheet.leading)
    x = sheet.left
    for field, width in zip(block.fields, widths, strict=True):
        _set_field(strip, field, (x, width), sheet)
        x += width + _FIELD_GAP
    return [strip]


def _needed(field: Labelled, sheet: Sheet) -> float:
    lines = pieces_of((Run(field_words(field)),))
    if len(lines) > 1:
        return sheet.text_width + 1
    return sum(text_width(pieces, sheet.size) for pieces in lines) + (
        _LEAST_DOTS if field.value is None else 0.0
    )


def _field_widths(fields: Sequence[Labelled], sheet: Sheet) -> list[float] | None:
    """The width of each field: its share, or what it needs when shares are too narrow; None when neither."""
    room = sheet.text_width - _FIELD_GAP * (len(fields) - 1)
    shares = [field.share * room / sum(field.share for field in fields) for field in fields]
    needs = [_needed(field, sheet) for field in fields]
    if all(need <= share for need, share in zip(needs, shares, strict=True)):
        return shares
    spare = room - sum(needs)
    return [need + spare / len(needs) for need in needs] if spare >= 0 else None


def _set_field(strip: Strip, field: Labelled, span: tuple[float, float], sheet: Sheet) -> None:
    x, width = span
    measure = Measure(x, width, Align.LEFT, sheet.size, sheet.leading)
    used = 0.0
    for line in break_text((Run(field_words(field)),), sheet.size, width):
        strip.words.append(set_line(line, measure, 0.0))
        used = line.width + 3
    if field.value is None:
        strip.shapes.append(
            dotted_rule(x + used, baseline(sheet.size, sheet.leading) + 1, max(width - used, 0))
        )


def _field_alone(field: Labelled, sheet: Sheet) -> list[Strip]:
    if field.value is None and _needed(field, sheet) <= sheet.text_width:
        strip = Strip(sheet.leading)
        _set_field(strip, field, (sheet.left, sheet.text_width), sheet)
        return [strip]
    text = (Run(field_words(field)),)
    strips = paragraph(Paragraph(text, align=Align.LEFT, space_after=0.0), sheet)
    if field.value is None:
        strips += dotted_lines(DottedLines(1), sheet)
    return strips


def check_line(block: CheckLine, sheet: Sheet) -> list[Strip]:
    """Boxes with their words, behind their lead when all fit on one line, else in columns below it."""
    side = sheet.size * 0.72
    needs = [_option_width(option.label, side, sheet) for option in block.options]
    lead = break_text((Run(block.lead, italic=True),), sheet.size, sheet.text_width)
    lead_width = lead[0].width + 8 if len(lead) == 1 else 0.0
    spare = sheet.text_width - lead_width - sum(needs)
    gap = min(spare / max(len(needs) - 1, 1), 20.0)
    strips: list[Strip] = []
    if len(lead) <= 1 and len(needs) <= block.per_line and gap >= 6:
        measure = Measure(sheet.left, sheet.text_width, Align.LEFT, sheet.size, sheet.leading)
        strips = [Strip(sheet.leading, set_lines(lead, measure))]
        x = sheet.left + lead_width
        for option, need in zip(block.options, needs, strict=True):
            _set_option(strips, (option.label, option.checked), (x, need), sheet)
            x += need + gap
    else:
        strips = _option_columns(block, needs, sheet)
    strips[0].before = 0.8 * MM
    for strip in strips[:-1]:
        strip.glued = True
    return strips


def _option_width(label: str, side: float, sheet: Sheet) -> float:
    paragraphs = pieces_of((Run(label),))
    return side + 5 + sum(text_width(pieces, sheet.size) for pieces in paragraphs) + 0.1


def _option_columns(block: CheckLine, needs: list[float], sheet: Sheet) -> list[Strip]:
    strips: list[Strip] = []
    if block.lead:
        lead = Paragraph((Run(block.lead, italic=True),), align=Align.LEFT, keep_with_next=True)
        strips = paragraph(lead, sheet)
    columns = max(1, min(block.per_line, len(needs), int(sheet.text_width // (max(needs, default=1) + 8))))
    width = sheet.text_width / columns
    for start in range(0, len(needs), columns):
        row = [Strip(sheet.leading)]
        for number, option in enumerate(block.options[start : start + columns]):
            _set_option(row, (option.label, option.checked), (sheet.left + number * width, width - 8), sheet)
        strips += row
    return strips or [Strip(sheet.leading)]


def _set_option(
    strips: list[Strip], option: tuple[str, bool], span: tuple[float, float], sheet: Sheet
) -> None:
    """Draws a box in the first strip and its words beside it, in further strips when they need more lines."""
    (label, checked), (x, width) = option, span
    side = sheet.size * 0.72
    measure = Measure(x + side + 5, width - side - 5, Align.LEFT, sheet.size, sheet.leading)
    y = baseline(sheet.size, sheet.leading)
    strips[0].shapes.append(check_box(x, y - 0.2, side, checked))
    strips[0].words.append(Words(x, y, sheet.size, 0.0, ((0, TICKED_BOX if checked else EMPTY_BOX),)))
    for number, line in enumerate(break_text((Run(label),), sheet.size, measure.width + 0.1)):
        if number == len(strips):
            strips.append(Strip(sheet.leading))
        strips[number].words.append(set_line(line, measure, 0.0))
