"""Signatures side by side, in one strip that is never cut."""

from app.domain.paper import Align, Run, Signature, SignatureBlock
from app.printing.lines import Line, break_evenly
from app.printing.strips import MM, Measure, Sheet, Strip, set_lines

_ROOM = 72.0  # four lines of 18 points to sign in


def signature_block(block: SignatureBlock, sheet: Sheet) -> list[Strip]:
    """One signature at the right half, more in equal columns; formulas and names stand level."""
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
    return [strip]


def _lines(run: Run, size: float, width: float) -> list[Line]:
    return break_evenly((run,), size, width - 2 * MM)


def _head(signature: Signature, sheet: Sheet, width: float) -> list[Line]:
    runs = [Run(line, bold=True) for line in signature.formula]
    runs += [Run(signature.title), Run(signature.note, italic=True)]
    return [line for run in runs for line in _lines(run, sheet.size, width)]
