"""Running text, titles, fields to fill and boxes to tick as Word paragraphs."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from app.domain.paper import (
    CheckLine,
    CheckOption,
    DottedLines,
    FieldLine,
    Heading,
    Labelled,
    Paragraph,
    Run,
    TitleBlock,
    plain,
)
from app.domain.paper_words import EMPTY_BOX, TICKED_BOX, field_words
from app.office.word_body import TAB, TabStop, WordParagraph, text_lines
from app.office.word_page import Item, Page, likely_width
from app.office.word_styles import (
    ABSTRACT,
    BODY,
    CHECKS,
    DOTTED,
    FIELD,
    HEADING_1,
    HEADING_2,
    SHORT_RULE,
    SUBTITLE,
    TITLE,
    Style,
    mm,
)

_FIELD_GAP = mm(4)
_LEAST_DOTS = mm(18)
_SHORT_RULE = mm(22)
_SURELY = 1.1
_LETTER = Run("\u00a0")  # LibreOffice sets a line's height only where it has a letter
_BETWEEN_OPTIONS = Run("\u00a0  ")


def paragraph(block: Paragraph, page: Page) -> list[Item]:
    """Running text; each of its lines a paragraph."""
    size = block.size or page.size
    after = mm(block.space_after) - BODY.after
    one = WordParagraph(
        BODY,
        size=size,
        leading=page.leading_for(size),
        align=block.align,
        first_line=mm(block.first_line),
        after=after,
    )
    made = [replace(one, runs=runs) for runs in text_lines(block.text)] or [one]
    made[0].before = mm(block.space_before)
    made[-1].keep_next = block.keep_with_next
    return list(made)


def heading(block: Heading, page: Page) -> list[Item]:
    """A heading Word lists in its navigation."""
    size = block.size or page.size
    style = HEADING_1 if block.level == 1 else HEADING_2
    return [
        WordParagraph(style, runs, size=size, leading=page.leading_for(size), align=block.align)
        for runs in text_lines(plain(block.text))
    ]


def title_block(block: TitleBlock, page: Page) -> list[Item]:
    """The paper's name, what it is about, remarks; a short rule where asked for."""
    parts: list[tuple[Style, str, float]] = [
        *((TITLE, line, block.size) for line in block.lines),
        *((ABSTRACT, line, page.size) for line in block.abstract),
        *((SUBTITLE, line, page.size) for line in block.sublines),
    ]
    made = [
        WordParagraph(
            style, runs, size=size, leading=page.leading_for(size), indents=_evening(line, size, page)
        )
        for style, line, size in parts
        for runs in text_lines(plain(line))
    ]
    if not made:
        return []
    made[0].before = mm(4)
    if block.ruled:
        side = (page.text_width - _SHORT_RULE) / 2
        made.append(WordParagraph(SHORT_RULE, indents=(side, side)))
    made[-1].after = mm(3)
    return list(made)


def _evening(line: str, size: float, page: Page) -> tuple[float, float]:
    """Indents that break a centred line too long for one into lines of like length."""
    width = likely_width(line, size) * _SURELY
    lines = ceil(width / page.text_width)
    side = (page.text_width - width / lines) / 2 if lines > 1 else 0.0
    return side, side


def dotted_lines(block: DottedLines, page: Page) -> list[Item]:
    """Lines to write on by hand: a leader of dots over the whole width."""
    stops = (TabStop(page.text_width, leader=True, right=True),)
    return [
        WordParagraph(DOTTED, (TAB, _LETTER), leading=page.leading * 1.2, size=page.size, tabs=stops)
        for _ in range(block.count)
    ]


def field_line(block: FieldLine, page: Page) -> list[Item]:
    """Labels with values side by side; when one is too long for that, each takes lines of its own."""
    widths = _field_widths(block.fields, page)
    if widths is None:
        return [item for field in block.fields for item in _field_alone(field, page)]
    runs: list[Run] = []
    stops: list[TabStop] = []
    start = 0.0
    for number, (field, width) in enumerate(zip(block.fields, widths, strict=True)):
        is_last = number == len(widths) - 1
        runs += _field_runs(field)
        if field.value is None:
            stops.append(TabStop(start + width, leader=True, right=True))
            runs.append(TAB)
        start += width + _FIELD_GAP
        if not is_last:
            stops.append(TabStop(start))
            runs.append(TAB)
    return [WordParagraph(FIELD, runs, size=page.size, leading=page.leading, tabs=tuple(stops))]


def _field_runs(field: Labelled) -> list[Run]:
    lines = text_lines(plain(field_words(field)))
    return [run for line in lines for run in line]


def _field_alone(field: Labelled, page: Page) -> list[Item]:
    one = WordParagraph(FIELD, size=page.size, leading=page.leading)
    made = [replace(one, runs=runs) for runs in text_lines(plain(field_words(field)))] or [one]
    if field.value is None:
        made[-1].runs = [*made[-1].runs, TAB]
        made[-1].tabs = (TabStop(page.text_width, leader=True, right=True),)
    return list(made)


def _field_widths(fields: Sequence[Labelled], page: Page) -> list[float] | None:
    """The width of each field: its share, or what it needs; None when they do not fit one line."""
    if any("\n" in (field.value or "") for field in fields):
        return None
    room = page.text_width - _FIELD_GAP * (len(fields) - 1)
    shares = [field.share * room / sum(field.share for field in fields) for field in fields]
    needs = [
        likely_width(field_words(field), page.size) + (_LEAST_DOTS if field.value is None else 0.0)
        for field in fields
    ]
    if all(need <= share for need, share in zip(needs, shares, strict=True)):
        return shares
    spare = room - sum(needs)
    return [need + spare / len(needs) for need in needs] if spare >= 0 else None


def check_line(block: CheckLine, page: Page) -> list[Item]:
    """Boxes with their words, behind their lead when all fit on one line, else in columns below it."""
    one = WordParagraph(CHECKS, size=page.size, leading=page.leading)
    lead = [Run(run.text, italic=True) for line in text_lines(plain(block.lead)) for run in line]
    between = likely_width(_BETWEEN_OPTIONS.text, page.size)
    needs = [likely_width(option.label, page.size) + page.size + between for option in block.options]
    whole = likely_width("".join(run.text for run in lead), page.size) + between + sum(needs)
    if len(needs) <= block.per_line and whole <= page.text_width:
        runs = [*lead, _BETWEEN_OPTIONS] if lead else []
        for number, option in enumerate(block.options):
            runs += [_BETWEEN_OPTIONS] if number else []
            runs += _option_runs(option)
        made = [replace(one, runs=runs)]
    else:
        made = [replace(one, runs=lead, keep_next=True)] if lead else []
        made += _option_columns(block, needs, one, page)
    made = made or [one]
    made[0].before = mm(0.8)
    made[-1].after = mm(1)
    for each in made[:-1]:
        each.keep_next = True
    return list(made)


def _option_columns(
    block: CheckLine, needs: Sequence[float], one: WordParagraph, page: Page
) -> list[WordParagraph]:
    columns = max(1, min(block.per_line, len(needs), int(page.text_width // max([*needs, 1.0]))))
    width = page.text_width / columns
    stops = tuple(TabStop(number * width) for number in range(1, columns))
    indent = page.size if columns == 1 else 0.0
    made = []
    for start in range(0, len(needs), columns):
        runs: list[Run] = []
        for number, option in enumerate(block.options[start : start + columns]):
            runs += [TAB] if number else []
            runs += _option_runs(option)
        made.append(replace(one, runs=runs, tabs=stops, indents=(indent, 0.0), hanging=indent))
    return made


def _option_runs(option: CheckOption) -> list[Run]:
    words = [run for line in text_lines(plain(option.label)) for run in line]
    return [Run(f"{TICKED_BOX if option.checked else EMPTY_BOX} "), *words]
