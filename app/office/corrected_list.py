"""The office's own list given back with the problem cells marked and what to do written beside them."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.errors import FileUnwritable
from app.domain.list_headings import ListedColumn
from app.domain.member_list import ImportProblem
from app.domain.member_sheet import MemberSheet
from app.office.workbook import editable
from app.office.writing import save_workbook

HEADING = "Cần sửa"
_MUST = PatternFill("solid", start_color="FFC7CE")
_MAY = PatternFill("solid", start_color="FFEB9C")
_AUTHOR = "Sổ đăng ký nêu gương"
_WIDTH = 60


def write_corrected(source: MemberSheet, problems: Iterable[ImportProblem], target: Path) -> None:
    """Save a copy of the list: problem cells red (remarks yellow) with a comment, and a column “Cần sửa”.

    The office's own file is never written over.
    """
    if target.resolve() == source.path.resolve():
        raise FileUnwritable(
            f"“{target.name}” là chính tệp danh sách gốc. Chọn tên khác để giữ nguyên tệp gốc."
        )
    workbook = editable(source.path)
    sheet = workbook[source.sheet]
    by_cell: dict[str, list[ImportProblem]] = defaultdict(list)
    by_row: dict[int, list[ImportProblem]] = defaultdict(list)
    for problem in problems:
        by_cell[problem.cell].append(problem)
        by_row[problem.row].append(problem)
    for name, of_cell in by_cell.items():
        _mark(sheet, name, of_cell)
    _write_column(sheet, source, by_row)
    save_workbook(workbook, target)


def _mark(sheet: Worksheet, name: str, problems: list[ImportProblem]) -> None:
    cell = sheet[name]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if name in area)
        cell = sheet.cell(area.min_row, area.min_col)
    cell.fill = _MUST if any(problem.blocking for problem in problems) else _MAY
    text = "\n".join(problem.message for problem in problems)
    cell.comment = Comment(text, _AUTHOR, width=360, height=40 + 40 * len(problems))


def _write_column(sheet: Worksheet, source: MemberSheet, by_row: dict[int, list[ImportProblem]]) -> None:
    number = _column_number(sheet, source.columns)
    heading = sheet.cell(source.heading_rows[0], number)
    heading.value = HEADING
    heading.font = Font(bold=True)
    heading.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    for member in source.members:
        sheet.cell(member.row, number).value = None
    for row, problems in by_row.items():
        cell = sheet.cell(row, number)
        cell.value = "\n".join(f"{problem.cell}: {problem.message}" for problem in problems)
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=True)


def _column_number(sheet: Worksheet, columns: Iterable[ListedColumn]) -> int:
    """The column “Cần sửa” of an earlier round if there is one, else the first one right of everything."""
    earlier = next((column.letter for column in columns if column.heading == HEADING), None)
    return column_index_from_string(earlier) if earlier else int(sheet.max_column) + 1
