"""What stands above and around a paper: the common head, the title, a booklet's cover, a line at the foot."""

from dataclasses import replace

from app.domain.paper import Align, Cover, FieldLine, Letterhead, Run, TitleBlock
from app.printing.blocks import field_line
from app.printing.lines import break_evenly, break_text
from app.printing.strips import MM, Measure, Shape, Sheet, Strip, Words, glue_all, rule, set_lines

_PARTY_SIZE = 15.0
_FORM_NUMBER_SIZE = 11.0
_FOOT_SIZE = 9.0
_FOOT_BELOW = 7 * MM
_LEFT_PART = 0.47
_SHORT_RULE = 22 * MM
_MIDDLE = 3 * MM


def letterhead(block: Letterhead, sheet: Sheet) -> list[Strip]:
    """Two halves, centred: whose paper left, the Party, place and date right; the form's number above."""
    strip = Strip(0.0, body=False, glued=True)
    top = 0.0
    if block.form_number:
        leading = _FORM_NUMBER_SIZE * 1.3
        measure = Measure(sheet.left, sheet.text_width, Align.RIGHT, _FORM_NUMBER_SIZE, leading)
        top = _stack(strip, Run(block.form_number, italic=True), measure, 0.0) + 2.5 * MM
    half = sheet.text_width * _LEFT_PART
    left = Measure(sheet.left, half - _MIDDLE, Align.CENTER, sheet.size, sheet.leading)
    bottom = _stack(strip, Run(block.upper), left, top)
    bottom = _stack(strip, Run(block.own, bold=True), left, bottom)
    if block.number:
        bottom = _stack(strip, Run("*"), left, bottom)
        # The room left for a number that is not yet given stays as wide as it is.
        bottom = _stack(strip, Run(block.number.replace(" ", "\u00a0")), left, bottom)

    right = left._replace(x=sheet.left + half, width=sheet.text_width - half)
    party = right._replace(size=_PARTY_SIZE, leading=sheet.leading_for(_PARTY_SIZE))
    lower = _stack(strip, Run(block.party, bold=True), party, top)
    if block.party:
        _underline(strip, party, lower)
    lower = _stack(strip, Run(block.place_date, italic=True), right, lower + 2 * MM)
    strip.height = max(bottom, lower) + 3 * MM
    return [strip]


def _stack(strip: Strip, run: Run, measure: Measure, top: float) -> float:
    lines = break_evenly((run,), measure.size, measure.width)
    strip.words += set_lines(lines, measure, top)
    return top + len(lines) * measure.leading


def _underline(strip: Strip, measure: Measure, y: float) -> None:
    """A rule under the last line set, as long as its text."""
    x = strip.words[-1].x
    strip.shapes.append(rule(x, y, 2 * (measure.x + measure.width / 2 - x), 0.9))


def title_block(block: TitleBlock, sheet: Sheet) -> list[Strip]:
    """The paper's name and what it is about in bold, remarks in italic below, all centred."""
    strips: list[Strip] = []
    for run, size in [
        *((Run(line, bold=True), block.size) for line in block.lines),
        *((Run(line, bold=True), sheet.size) for line in block.abstract),
        *((Run(line, italic=True), sheet.size) for line in block.sublines),
    ]:
        measure = Measure(sheet.left, sheet.text_width, Align.CENTER, size, sheet.leading_for(size))
        for line in break_evenly((run,), size, sheet.text_width):
            strips.append(Strip(measure.leading, set_lines([line], measure), body=False))
    if strips:
        strips[0].before = 4 * MM
        if block.ruled:
            strips[-1].shapes.append(_short_rule(sheet, strips[-1].height + 1 * MM))
            strips[-1].height += 2 * MM
        strips[-1].height += 3 * MM
    glue_all(strips)
    return strips


def _short_rule(sheet: Sheet, y: float) -> Shape:
    return rule(sheet.left + (sheet.text_width - _SHORT_RULE) / 2, y, _SHORT_RULE)


def foot_words(text: str, sheet: Sheet) -> list[Words]:
    """A small line in the bottom margin of every page of a paper; nothing without text."""
    measure = Measure(sheet.left, sheet.text_width, Align.LEFT, _FOOT_SIZE, sheet.leading_for(_FOOT_SIZE))
    lines = break_text((Run(text),), _FOOT_SIZE, sheet.text_width)
    return set_lines(lines, measure, sheet.text_height + _FOOT_BELOW)


def cover(block: Cover, sheet: Sheet) -> list[Strip]:
    """A page of its own in a double frame."""
    strip = Strip(sheet.text_height, opens_page=True, body=False)
    strip.shapes += _frame(sheet)
    inner = Measure(sheet.left + 10 * MM, sheet.text_width - 20 * MM, Align.CENTER, sheet.size, sheet.leading)
    top = 12 * MM
    for number, line in enumerate(block.upper):
        top = _stack(strip, Run(line, bold=number == len(block.upper) - 1), inner, top)
    title = inner._replace(size=24.0, leading=34.0)
    top = max(top + 10 * MM, sheet.text_height * 0.33)
    for line in block.title:
        top = _stack(strip, Run(line, bold=True), title, top)
    _cover_fields(strip, block, sheet, max(top + 12 * MM, sheet.text_height * 0.58))
    foot = break_evenly((Run(block.foot, italic=True),), inner.size, inner.width)
    strip.words += set_lines(foot, inner, sheet.text_height - 12 * MM - len(foot) * inner.leading)
    return [strip]


def _frame(sheet: Sheet) -> list[Shape]:
    width, height = sheet.text_width, sheet.text_height
    return [
        Shape(sheet.left, height, f"1.8 w 0 0 {width:.2f} {height:.2f} re S"),
        Shape(sheet.left + 4, height - 4, f"0.6 w 0 0 {width - 8:.2f} {height - 8:.2f} re S"),
    ]


def _cover_fields(strip: Strip, block: Cover, sheet: Sheet, top: float) -> None:
    narrow = replace(sheet, left=sheet.left + 18 * MM, text_width=sheet.text_width - 32 * MM, leading=26.0)
    for field in block.fields:
        for line in field_line(FieldLine((field,)), narrow):
            strip.words += [words._replace(y=words.y + top) for words in line.words]
            strip.shapes += [shape._replace(y=shape.y + top) for shape in line.shapes]
            top += line.height
