"""Tables of papers to an Excel file, column for column: a sheet for each table, numbers as numbers."""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.errors import FileUnwritable
from app.domain.paper import (
    Align,
    Cell,
    Column,
    FieldLine,
    Heading,
    Letterhead,
    Paper,
    Table,
    Text,
    TitleBlock,
)
from app.domain.paper_words import field_words, month_letter, words_of
from app.domain.progress import NoProgress, Progress
from app.office.packing import repacked
from app.office.word_page import likely_width
from app.office.word_styles import FONT, TABLE_LEADING
from app.office.writing import replacing

_WIDTH = 135.0  # characters of a table over the whole width of A4 lying
_LEAST_WIDTH = 4.0
_CHARACTER = 5.1  # the width in points Excel counts columns in
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,9}|[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?(%?)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_THIN = Side(style="thin")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One table with the lines that stand above it."""

    name: str
    head: Letterhead | None
    titles: tuple[tuple[str, bool], ...]
    table: Table


def has_tables(paper: Paper) -> bool:
    """Whether a paper has anything for Excel: a table with headings."""
    return any(isinstance(block, Table) and _is_headed(block) for block in paper.blocks)


def write_xlsx(
    papers: Iterable[Paper],
    target: Path,
    *,
    title: str,
    progress: Progress | None = None,
    total: int | None = None,
) -> int:
    """Writes every table of the papers on a sheet of its own and gives back how many sheets there are.

    Text stays text, whatever sign it begins with; the file appears whole or not at all, the same each time.
    """
    watch = progress or NoProgress()
    whole = total if total is not None else len(papers) if isinstance(papers, Sized) else 0
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title = title
    workbook.properties.creator = "Sổ đăng ký nêu gương"
    names: set[str] = set()
    for done, paper in enumerate(papers, 1):
        for sheet in _sheets(paper):
            _write(workbook.create_sheet(_free_name(sheet.name, names)), sheet)
        watch.step(done, max(whole, done), f"{paper.title} – {paper.subject}".strip(" –"))
    if not workbook.worksheets:
        raise FileUnwritable(
            "Giấy tờ đã chọn không có bảng nào để đưa sang Excel. Đồng chí lưu thành Word hoặc PDF."
        )
    count = len(workbook.worksheets)
    whole_file = io.BytesIO()
    workbook.save(whole_file)
    with replacing(target) as unfinished:
        unfinished.write_bytes(repacked(whole_file.getvalue()))
    return count


def _is_headed(table: Table) -> bool:
    return any(column.title for column in table.columns)


def _sheets(paper: Paper) -> Iterator[_Sheet]:
    """The tables of a paper with head, title and the heading each stands under; a key of signs above it."""
    head: Letterhead | None = None
    title: list[tuple[str, bool]] = []
    under: list[tuple[str, bool]] = []
    tables = [block for block in paper.blocks if isinstance(block, Table) and _is_headed(block)]
    for block in paper.blocks:
        if isinstance(block, Letterhead):
            head = block
        elif isinstance(block, TitleBlock):
            title = [(line, True) for line in (*block.lines, *block.abstract)]
            title += [(line, False) for line in block.sublines]
            under = []
        elif isinstance(block, FieldLine) and not under:
            title.append(("   ".join(map(field_words, block.fields)), False))
        elif isinstance(block, Heading):
            under = [(block.text, True)]
        elif isinstance(block, Table) and not _is_headed(block):
            under += [(words, False) for row in block.rows if (words := _row_words(row))]
        elif isinstance(block, Table):
            alone = paper.subject or paper.title
            name = alone if len(tables) == 1 else under[0][0] if under else alone
            yield _Sheet(name, head, (*title, *under), block)


def _row_words(row: Sequence[Cell]) -> str:
    return "  ".join(words for cell in row if (words := _cell_words(cell)))


def _cell_words(cell: Cell) -> str:
    return month_letter(cell.mark) if cell.mark is not None else _clean(words_of(cell.text))


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("", unicodedata.normalize("NFC", text)).strip()


def _free_name(wanted: str, taken: set[str]) -> str:
    """A sheet name Excel takes: short, without its signs, used once."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", wanted).split()).strip("'")[:_LONGEST_NAME].strip() or "Bảng"
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        end = f" ({number})"
        free = name[: _LONGEST_NAME - len(end)].strip() + end
    taken.add(free.lower())
    return free


def _write(sheet: Worksheet, content: _Sheet) -> None:
    table = content.table
    count = len(table.columns)
    whole = sum(column.share for column in table.columns)
    for number, column in enumerate(table.columns, 1):
        width = max(_WIDTH * column.share / whole, _LEAST_WIDTH)
        sheet.column_dimensions[get_column_letter(number)].width = round(width, 1)
    row = _write_lines(sheet, content, count)
    first = row
    row = _write_head(sheet, table, row)
    for cells in table.rows:
        _write_row(sheet, cells, table.columns, (row, table.size))
        row += 1
    sheet.print_title_rows = f"{first}:{first + bool(table.groups)}"
    sheet.freeze_panes = sheet.cell(first + 1 + bool(table.groups), 1)
    _set_up_page(sheet)


def _set_up_page(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.6, 0.6, 0.8, 0.6
    sheet.oddHeader.center.text = "&P"
    sheet.HeaderFooter.differentFirst = True


def _write_lines(sheet: Worksheet, content: _Sheet, count: int) -> int:
    """The lines above the table over its whole width; gives back the row the table begins in."""
    row = 1
    head = content.head
    if head:
        left = [
            (head.upper, False),
            (head.own, True),
            *((line, False) for line in ("*", head.number) if head.number),
        ]
        right = [(head.party, True), (head.place_date, False)]
        half = max(count // 2, 1)
        for number in range(max(len(left), len(right))):
            if number < len(left):
                _write_line(sheet, left[number], row, (1, half))
            if number < len(right) and count > 1:
                _write_line(sheet, right[number], row, (half + 1, count))
            row += 1
        row += 1
    for line in content.titles:
        _write_line(sheet, line, row, (1, count))
        row += 1
    return row + 1 if row > 1 else row


def _write_line(sheet: Worksheet, line: tuple[str, bool], row: int, span: tuple[int, int]) -> None:
    text, is_bold = line
    first, last = span
    cell = sheet.cell(row, first)
    _put_text(cell, _clean(text))
    cell.font = Font(name=FONT, size=12, bold=is_bold)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    _fit_height(sheet, row, _height(sheet, cell, span, 12.0))


def _height(sheet: Worksheet, cell: SheetCell, span: tuple[int, int], size: float) -> float:
    """About how high a cell's words stand: not every program fits rows to them by itself."""
    columns = range(span[0], span[1] + 1)
    room = sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns) * _CHARACTER
    lines = sum(likely_width(line, size) // room + 1 for line in str(cell.value or "").split("\n"))
    return (lines * size * TABLE_LEADING + 3) if lines > 1 else 0.0


def _fit_height(sheet: Worksheet, row: int, height: float) -> None:
    if height > (sheet.row_dimensions[row].height or 0):
        sheet.row_dimensions[row].height = round(height, 1)


def _write_head(sheet: Worksheet, table: Table, row: int) -> int:
    """The column headings; under a group's name those of its columns, others over both rows."""
    grouped = {number for group in table.groups for number in range(group.first, group.first + group.count)}
    depth = bool(table.groups)
    for number, column in enumerate(table.columns):
        for level in range(depth + 1):
            _head_cell(sheet, row + level, number + 1, "", table.size)
        inner = number in grouped
        _head_cell(sheet, row + (depth if inner else 0), number + 1, column.title, table.size)
        if depth and not inner:
            sheet.merge_cells(start_row=row, start_column=number + 1, end_row=row + 1, end_column=number + 1)
    for group in table.groups:
        _head_cell(sheet, row, group.first + 1, group.title, table.size)
        sheet.merge_cells(
            start_row=row, start_column=group.first + 1, end_row=row, end_column=group.first + group.count
        )
    return row + depth + 1


def _head_cell(sheet: Worksheet, row: int, column: int, title: str, size: float) -> None:
    cell = sheet.cell(row, column)
    if title:
        _put_text(cell, _clean(title))
    cell.font = Font(name=FONT, size=size, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _RULED
    _fit_height(sheet, row, _height(sheet, cell, (column, column), size))


def _write_row(
    sheet: Worksheet, cells: Sequence[Cell], columns: Sequence[Column], place: tuple[int, float]
) -> None:
    row, size = place
    number = 0
    for cell in cells:
        end = min(number + cell.span, len(columns))
        written = sheet.cell(row, number + 1)
        align = cell.align or (Align.CENTER if cell.mark is not None else columns[number].align)
        _put(written, _cell_words(cell))
        written.font = Font(
            name=FONT, size=size, bold=_all(cell.text, "bold"), italic=_all(cell.text, "italic")
        )
        written.alignment = Alignment(horizontal=align.value, vertical="center", wrap_text=True)
        for covered in range(number, end):
            sheet.cell(row, covered + 1).border = _RULED
        if end - number > 1:
            sheet.merge_cells(start_row=row, start_column=number + 1, end_row=row, end_column=end)
        _fit_height(sheet, row, _height(sheet, written, (number + 1, end), size))
        number = end


def _all(text: Text, style: str) -> bool:
    return bool(text) and all(getattr(run, style) for run in text if run.text.strip())


def _put(cell: SheetCell, words: str) -> None:
    """A number as a number in its own decimals, anything else as the text it is."""
    found = _NUMBER.fullmatch(words)
    if not found:
        _put_text(cell, words)
        return
    decimals, percent = found.groups()
    places = "." + "0" * len(decimals) if decimals else ""
    value = Decimal(words.rstrip("%").replace(".", "").replace(",", "."))
    cell.value = value / 100 if percent else value
    cell.number_format = f"{'#,##0' if '.' in words else '0'}{places}{percent}"


def _put_text(cell: SheetCell, words: str) -> None:
    if words:
        cell.value = words
        cell.data_type = "s"
        cell.quotePrefix = words.startswith(_FORMULA)
