"""Signatures side by side, in one strip that is never cut."""

from collections.abc import Sequence

from app.domain.paper import Align, Run, Signature, SignatureBlock
from app.domain.paper_words import RECEIVERS_HEAD, receiver_words
from app.printing.lines import Line, break_evenly, break_text
from app.printing.strips import MM, Measure, Sheet, Strip, rule, set_lines

_ROOM = 72.0  # four lines of 18 points to sign in
_RECEIVERS_SIZE = 12.0


def signature_block(block: SignatureBlock, sheet: Sheet) -> list[Strip]:
    """One signature at the right half, more in equal columns; formulas and names stand level.

    Beside a single signature those who receive the paper stand at the left, level with the formula.
    """
    columns = max(len(block.signatures), 2)
    width = sheet.text_width / columns
    first = columns - len(block.signatures)
    leading = sheet.leading
    dates = [_lines(Run(one.date_line, italic=True), sheet.size, width) for one in block.signatures]
    heads = [_head(one, sheet, width) for one in block.signatures]
    names = [_lines(Run(one.name, bold=True), sheet.size, width) for one in block.signatures]
    date_height = leading * max(map(len, dates), default=0)
    head_height = leading * max(map(len, heads), default=0)
    name_height = leading * max([1, *map(len, names)])
    name_top = date_height + head_height + _ROOM
    strip = Strip(name_top + name_height, before=4 * MM, body=False, signs=True)
    for number in range(len(block.signatures)):
        x = sheet.left + (first + number) * width
        measure = Measure(x, width - 2 * MM, Align.CENTER, sheet.size, leading)
        strip.words += set_lines(dates[number], measure, date_height - leading * len(dates[number]))
        strip.words += set_lines(heads[number], measure, date_height)
        strip.words += set_lines(names[number], measure, name_top)
    if block.receivers and first:
        _set_receivers(strip, block.receivers, date_height, sheet)
    return [strip]


def _set_receivers(strip: Strip, receivers: Sequence[str], top: float, sheet: Sheet) -> None:
    measure = Measure(sheet.left, sheet.text_width / 2, Align.LEFT, sheet.size, sheet.leading)
    (head,) = _lines(Run(RECEIVERS_HEAD), sheet.size, measure.width)
    words = set_lines([head], measure, top)
    strip.shapes.append(rule(sheet.left, words[0].y + 2, head.width))
    top += measure.leading
    small = measure._replace(size=_RECEIVERS_SIZE, leading=sheet.leading_for(_RECEIVERS_SIZE))
    for receiver in receiver_words(receivers):
        lines = break_text((Run(receiver),), small.size, measure.width - 4 * MM)
        words += set_lines(lines, small, top)
        top += len(lines) * small.leading
    strip.words = words + strip.words
    strip.height = max(strip.height, top)


def _lines(run: Run, size: float, width: float) -> list[Line]:
    return break_evenly((run,), size, width - 2 * MM)


def _head(signature: Signature, sheet: Sheet, width: float) -> list[Line]:
    runs = [Run(line, bold=True) for line in signature.formula]
    runs += [Run(signature.title), Run(signature.note, italic=True)]
    return [line for run in runs for line in _lines(run, sheet.size, width)]
