"""Reads an office's member list from Excel, wherever its heading stands and whatever it calls its columns."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.domain.errors import FileUnreadable
from app.domain.legacy_encoding import encoding_of_list
from app.domain.list_headings import ListedColumn, ListField, meaning_of, names_people, recognised_columns
from app.domain.member_list import ListedMember, Row, RowReader, cell_text
from app.domain.member_sheet import ColumnMapping, MemberSheet
from app.office.workbook import opened, taken, without_collecting

MOST_MEMBERS = 5000
_ROWS_TO_FIND_HEADING = 40
_BLANK_ROWS_THAT_END_A_LIST = 500
_WIDEST_LIST = 200

NumberedRow = tuple[int, Row]
Heading = tuple[tuple[int, ...], tuple[ListedColumn, ...]]


def read_member_list(
    path: Path, sheet: str | None = None, mapping: ColumnMapping | None = None
) -> MemberSheet:
    """Read the members of a list; without ``sheet`` the first sheet that has a heading of such a list."""
    with without_collecting():
        return _read(path, sheet, mapping)


def _read(path: Path, sheet: str | None, mapping: ColumnMapping | None) -> MemberSheet:
    sheets, name, rows = _fetch(path, sheet)
    found = _mapped(rows, mapping) if mapping else _heading(rows)
    if found is None:
        raise FileUnreadable(
            f"Không thấy dòng tiêu đề (Họ và tên, Ngày sinh, Ngày vào Đảng…) trong {_ROWS_TO_FIND_HEADING} "
            f"dòng đầu của bảng tính “{name}”, tệp “{path.name}”. Chọn bảng tính khác hoặc thêm dòng tiêu đề."
        )
    heading_rows, columns = found
    members, passed_over = _members(rows, max(heading_rows, default=0), columns)
    if encoding := encoding_of_list([member.full_name for member in members]):
        raise FileUnreadable(
            f"Danh sách trong tệp “{path.name}” gõ bằng bảng mã cũ {encoding}, chữ sẽ sai khi vào sổ. "
            "Trong Excel, chuyển mã sang Unicode bằng UniKey (Ctrl+Shift+F6), lưu lại rồi chọn lại tệp."
        )
    if not members:
        raise FileUnreadable(
            f"Bảng tính “{name}” của tệp “{path.name}” có tiêu đề nhưng chưa có dòng đảng viên nào."
        )
    return MemberSheet(path, name, sheets, heading_rows, columns, members, passed_over)


def _fetch(path: Path, wanted: str | None) -> tuple[tuple[str, ...], str, list[NumberedRow]]:
    """The rows of the wanted sheet that are not blank, or of the first sheet that looks like a list."""
    with opened(path) as workbook:
        names = tuple(worksheet.title for worksheet in workbook.worksheets)
        if wanted is not None and wanted not in names:
            raise FileUnreadable(f"Tệp “{path.name}” không có bảng tính “{wanted}”. Có: {', '.join(names)}.")
        first: tuple[str, list[NumberedRow]] | None = None
        for name in names if wanted is None else (wanted,):
            worksheet = workbook[name]
            worksheet.reset_dimensions()
            numbered = enumerate(worksheet.iter_rows(values_only=True), start=1)
            rows = [row for row in taken(path, numbered, _ROWS_TO_FIND_HEADING) if any(row[1])]
            if wanted is not None or _heading(rows) is not None:
                _add_rest(rows, numbered, path, name)
                return names, name, rows
            if first is None and rows:
                first = name, rows
        if first is None:
            raise FileUnreadable(f"Tệp “{path.name}” chưa có dữ liệu: bảng tính nào cũng trống.")
        return names, *first


def _add_rest(rows: list[NumberedRow], numbered: Iterator[NumberedRow], path: Path, name: str) -> None:
    """Read on until the sheet ends or a long blank stretch begins; refuse what is no list of one cell."""
    while chunk := taken(path, numbered, _BLANK_ROWS_THAT_END_A_LIST):
        filled = [row for row in chunk if any(row[1])]
        if not filled:
            return
        rows += filled
        if len(rows) > MOST_MEMBERS + _ROWS_TO_FIND_HEADING:
            raise FileUnreadable(
                f"Bảng tính “{name}” của tệp “{path.name}” có hơn {MOST_MEMBERS} dòng, không phải danh sách "
                "của một chi bộ. Chọn bảng tính khác, hoặc chép riêng phần của chi bộ sang tệp mới."
            )


def _heading(rows: Sequence[NumberedRow]) -> Heading | None:
    """The heading among the first rows: the row, with the one below where it is merged, that tells most."""
    best: Heading | None = None
    for index, (number, cells) in enumerate(rows):
        if number > _ROWS_TO_FIND_HEADING:
            break
        above = _texts(cells)
        columns = recognised_columns(above)
        if not names_people(columns):
            continue
        heading: Heading = (number,), columns
        below = rows[index + 1] if index + 1 < len(rows) else None
        if below is not None and below[0] == number + 1 and _is_second_row(below[1], columns):
            heading = (number, number + 1), recognised_columns(above, _texts(below[1]))
        if best is None or _known(heading[1]) > _known(best[1]):
            best = heading
    return best


def _texts(cells: Row) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in cells[:_WIDEST_LIST]]


def _known(columns: Sequence[ListedColumn]) -> int:
    return sum(column.field is not None for column in columns)


def _is_second_row(cells: Row, columns: Sequence[ListedColumn]) -> bool:
    """A heading's second row leaves name and number empty and says "Nam", "Nữ", "Dự bị" or the like."""
    names = (ListField.ORDER, ListField.FULL_NAME)
    taken_up = {column.index for column in columns if column.field in names}
    said = [(index, cell) for index, cell in enumerate(cells) if cell is not None and cell_text(cell)]
    return (
        bool(said)
        and all(index not in taken_up and isinstance(cell, str) for index, cell in said)
        and any(meaning_of(str(cell)) for _, cell in said)
    )


def _mapped(rows: Sequence[NumberedRow], mapping: ColumnMapping) -> Heading:
    """The columns as the person says they are."""
    over = [_texts(cells) for number, cells in rows if number in mapping.heading_rows]
    width = max((len(cells) for _, cells in rows), default=0)
    columns = recognised_columns([*over[0], *[""] * width][:width] if over else [""] * width, *over[1:2])
    said = tuple(
        ListedColumn(column.index, column.heading, mapping.fields.get(column.letter)) for column in columns
    )
    if not any(column.field in (ListField.FULL_NAME, ListField.GIVEN_NAME) for column in said):
        raise FileUnreadable("Chưa chọn cột nào là Họ và tên. Chọn cột đó rồi xem tiếp.")
    return mapping.heading_rows, said


def _members(
    rows: Sequence[NumberedRow], last_heading_row: int, columns: Sequence[ListedColumn]
) -> tuple[tuple[ListedMember, ...], tuple[tuple[int, str], ...]]:
    reader = RowReader(columns)
    members: list[ListedMember] = []
    passed_over: list[tuple[int, str]] = []
    for number, cells in rows:
        if number <= last_heading_row:
            continue
        if reader.is_member(cells):
            members.append(reader.read(number, cells))
        else:
            text = " · ".join(filter(None, map(cell_text, cells)))
            if text:
                passed_over.append((number, text))
    return tuple(members), tuple(passed_over)
