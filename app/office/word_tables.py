"""Tables of a Word paper: ruled ones with a repeated head, and those without rules that hold two columns."""

from collections.abc import Sequence

from app.domain.paper import (
    Align,
    Cell,
    Column,
    Cover,
    FieldLine,
    Letterhead,
    Run,
    Signature,
    SignatureBlock,
    Table,
    plain,
)
from app.domain.paper_words import RECEIVERS_HEAD, month_letter, receiver_words, words_of
from app.office.word_blocks import field_line
from app.office.word_body import WordCell, WordParagraph, WordRow, WordTable, spacer, text_lines
from app.office.word_page import Item, Page, likely_width
from app.office.word_styles import (
    BARE,
    COVER_FIELD,
    COVER_TITLE,
    FORM_NUMBER,
    FRAMED,
    ORGANISATION,
    PARTY,
    RECEIVERS,
    SIGNER,
    SMALLEST,
    TABLE_LEADING,
    Style,
    mm,
    table_head,
    table_text,
)

_SIDE, _OVER = mm(1.5), 2.5
_WHOLE_TABLE, _WHOLE_ROW = 0.6, 0.35  # parts of the page, as on printed pages
_LEFT_PART, _MIDDLE = 0.47, mm(3)
_ROOM_TO_SIGN = 72.0
_RECEIVERS_SIZE = 12.0


def table(block: Table, page: Page) -> list[Item]:
    """A ruled table; its head comes again on each page."""
    whole = sum(column.share for column in block.columns)
    widths = [page.text_width * column.share / whole for column in block.columns]
    rows = [_row(cells, block, widths, page) for cells in block.rows]
    if len(rows) > 1 and not rows[-1].splits:
        rows[-2].keep_next = True  # no last row, often a sum, alone under a repeated head
    if block.keep_together and _likely_height(block, widths) <= page.text_height * _WHOLE_TABLE:
        for row in rows[:-1]:
            row.keep_next = True
    return [WordTable(widths, [*_head(block), *rows], before=mm(1.5))]


def _head(block: Table) -> list[WordRow]:
    if not any(column.title for column in block.columns):
        return []
    titles = [_head_cell(column.title, block) for column in block.columns]
    if not block.groups:
        return [WordRow(titles, is_head=True)]
    upper, lower = [], []
    opening = {group.first: group for group in block.groups}
    number = 0
    while number < len(titles):
        group = opening.get(number)
        if group:
            upper.append(_head_cell(group.title, block, span=group.count))
            lower += titles[number : number + group.count]
            number += group.count
        else:
            titles[number].down = 2
            upper.append(titles[number])
            lower.append(WordCell([spacer(SMALLEST)]))
            number += 1
    return [WordRow(upper, is_head=True), WordRow(lower, is_head=True)]


def _head_cell(title: str, block: Table, span: int = 1) -> WordCell:
    style = table_head(block.size)
    return WordCell([WordParagraph(style, runs) for runs in text_lines(plain(title)) or [[]]], span)


def _row(cells: Sequence[Cell], block: Table, widths: Sequence[float], page: Page) -> WordRow:
    leading = block.size * TABLE_LEADING
    made, column, lines = [], 0, 1.0
    for cell in cells:
        end = min(column + cell.span, len(widths))
        lines = max(lines, _likely_lines(cell, block.size, sum(widths[column:end])))
        made.append(_cell(cell, block.columns[column], block.size, end - column))
        column = end
    height = max(lines * leading + 2 * _OVER, mm(block.min_row_height))
    return WordRow(
        made, mm(block.min_row_height), splits=height > page.text_height * _WHOLE_ROW and lines > 3
    )


def _cell(cell: Cell, column: Column, size: float, span: int) -> WordCell:
    text = plain(month_letter(cell.mark)) if cell.mark is not None else cell.text
    align = cell.align or (Align.CENTER if cell.mark is not None else column.align)
    style = table_text(size)
    return WordCell([WordParagraph(style, runs, align=align) for runs in text_lines(text) or [[]]], span)


def _likely_lines(cell: Cell, size: float, width: float) -> float:
    room = max(width - 2 * _SIDE, size)
    return sum(likely_width(line, size) // room + 1 for line in words_of(cell.text).split("\n"))


def _likely_height(block: Table, widths: Sequence[float]) -> float:
    leading = block.size * TABLE_LEADING
    height = 2 * leading
    for cells in block.rows:
        lines = max(
            _likely_lines(cell, block.size, width) for cell, width in zip(cells, widths, strict=False)
        )
        height += max(lines * leading + 2 * _OVER, mm(block.min_row_height))
    return height


def letterhead(block: Letterhead, page: Page) -> list[Item]:
    """Two halves without rules: whose paper left, the Party, place and date right."""
    half = page.text_width * _LEFT_PART
    size, leading = page.size, page.leading
    left = _stack(ORGANISATION, (Run(block.upper), Run(block.own, bold=True)), size, leading)
    if block.number:
        number = block.number.replace(" ", "\u00a0")
        left += _stack(ORGANISATION, (Run("*"), Run(number)), size, leading)
    right = [
        WordParagraph(PARTY, runs, leading=page.leading_for(PARTY.size), underlined=True)
        for runs in text_lines(plain(block.party))
    ]
    dates = _stack(ORGANISATION, (Run(block.place_date, italic=True),), size, leading)
    if dates:
        dates[0].before = mm(2)
    for paragraph in left:
        paragraph.indents = (0.0, _MIDDLE)
    row = WordRow([WordCell(left, top=True), WordCell([*right, *dates], top=True)])
    above = [WordParagraph(FORM_NUMBER, runs) for runs in text_lines(plain(block.form_number))]
    return [*above, WordTable((half, page.text_width - half), [row], BARE)]


def _stack(style: Style, runs: Sequence[Run], size: float, leading: float) -> list[WordParagraph]:
    return [
        WordParagraph(style, line, size, leading) for run in runs if run.text for line in text_lines((run,))
    ]


def signature_block(block: SignatureBlock, page: Page) -> list[Item]:
    """Signatures side by side, the only one at the right; on one page, names level."""
    columns = max(len(block.signatures), 2)
    size, leading = page.size, page.leading
    dates = [_stack(SIGNER, (Run(one.date_line, italic=True),), size, leading) for one in block.signatures]
    heads = [_stack(SIGNER, _head_runs(one), size, leading) for one in block.signatures]
    names = [_stack(SIGNER, (Run(one.name, bold=True),), size, leading) for one in block.signatures]
    empty = columns - len(block.signatures)
    rows: list[WordRow] = []
    if any(dates):
        rows.append(WordRow([*_empty_cells(empty), *(WordCell(each) for each in dates)]))
    room = [WordCell([WordParagraph(SIGNER)], top=True) for _ in block.signatures]
    first = len(rows)
    rows += [
        WordRow([*_empty_cells(empty), *(WordCell(each, top=True) for each in heads)]),
        WordRow([*_empty_cells(empty), *room], _ROOM_TO_SIGN, exact=True),
        WordRow([*_empty_cells(empty), *(WordCell(each, top=True) for each in names)], leading),
    ]
    if block.receivers and empty:
        _set_receivers(rows[first:], block.receivers, page)
    for row in rows[:-1]:
        row.keep_next = True
    return [WordTable([page.text_width / columns] * columns, rows, BARE, before=mm(4))]


def _empty_cells(count: int) -> list[WordCell]:
    return [WordCell([WordParagraph(SIGNER)]) for _ in range(count)]


def _head_runs(signature: Signature) -> list[Run]:
    runs = [Run(line, bold=True) for line in signature.formula]
    return [*runs, Run(signature.title), Run(signature.note, italic=True)]


def _set_receivers(rows: Sequence[WordRow], receivers: Sequence[str], page: Page) -> None:
    """Puts those who receive the paper into the left cell, which goes down beside the signature."""
    leading = page.leading_for(_RECEIVERS_SIZE)
    words = [
        WordParagraph(RECEIVERS, runs, leading=leading)
        for line in receiver_words(receivers)
        for runs in text_lines(plain(line))
    ]
    head = WordParagraph(RECEIVERS, plain(RECEIVERS_HEAD), page.size, page.leading, underlined=True)
    rows[0].cells = [WordCell([head, *words], down=len(rows), top=True), *rows[0].cells[1:]]


def cover(block: Cover, page: Page) -> list[Item]:
    """A booklet's cover: a page-high cell in a frame."""
    size, leading = page.size, page.leading
    upper = [Run(line, bold=number == len(block.upper) - 1) for number, line in enumerate(block.upper)]
    words = _stack(ORGANISATION, upper, size, leading)
    title = _stack(COVER_TITLE, [Run(line) for line in block.title], COVER_TITLE.size, COVER_TITLE.leading)
    fields = _cover_fields(block, page)
    foot = _stack(ORGANISATION, [Run(block.foot, italic=True)], size, leading)
    height = page.text_height - 12
    tops = (mm(12), page.text_height * 0.33, page.text_height * 0.58, height - mm(12) - leading * len(foot))
    used = 0.0
    for part, top in zip((words, title, fields, foot), tops, strict=True):
        if part:
            part[0].before = max(top - used, mm(8))
            used += part[0].before + sum(each.leading or leading for each in part)
    cell = WordCell([*words, *title, *fields, *foot], top=True)
    for paragraph in (*words, *title, *foot):
        paragraph.indents = (mm(10), mm(10))
    return [WordTable([page.text_width], [WordRow([cell], height, exact=True)], FRAMED)]


def _cover_fields(block: Cover, page: Page) -> list[WordParagraph]:
    narrow = Page(page.style, page.text_width - mm(32), page.text_height)
    made = []
    for field in block.fields:
        for item in field_line(FieldLine((field,)), narrow):
            assert isinstance(item, WordParagraph)
            item.style, item.leading = COVER_FIELD, COVER_FIELD.leading
            item.indents = (mm(18), mm(14))
            item.tabs = tuple(stop._replace(at=stop.at + mm(18)) for stop in item.tabs)
            made.append(item)
    return made
