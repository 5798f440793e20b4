"""One row of an office's member list, read into what it says about a member and what is wrong in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from app.domain.dates import BirthDate, DateProblem, format_date, parse_date
from app.domain.legacy_encoding import legacy_encoding
from app.domain.list_headings import ListedColumn, ListField
from app.domain.text import clean_line, fold

CellValue = str | int | float | bool | datetime | date | time | timedelta | None
Row = Sequence[CellValue]

CARD_DIGITS = 12
_SHORTENED_CARD = range(9, CARD_DIGITS)
# Excel counts days from here; a date whose cell lost its date format shows as such a number.
_EXCEL_EPOCH = date(1899, 12, 30)
_OLDEST_SERIAL, _NEWEST_SERIAL = 5000, 60000
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Something to look at in one cell of the list; a blocking one keeps its row out until put right."""

    row: int
    letter: str
    heading: str
    value: str
    message: str
    blocking: bool = True

    @property
    def cell(self) -> str:
        """The cell as Excel names it: D7."""
        return f"{self.letter}{self.row}"

    def __str__(self) -> str:
        column = f"cột {self.letter} “{self.heading}”" if self.heading else f"cột {self.letter}"
        return f"Dòng {self.row}, {column}: {self.message}"


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member as one row of the list tells them; what the row does not tell is empty."""

    row: int
    full_name: str
    gender: str
    birth: BirthDate | None
    admitted_on: date | None
    confirmed_on: date | None
    card_number: str
    card_as_written: str
    phone: str
    occupation: str
    ethnicity: str
    post: str
    note: str
    problems: tuple[ImportProblem, ...]
    cells: Row
    columns: Mapping[ListField, ListedColumn]

    @property
    def name_field(self) -> ListField:
        """The column in which a person's name is looked at: the whole name, or the given name."""
        return ListField.FULL_NAME if ListField.FULL_NAME in self.columns else ListField.GIVEN_NAME

    def says(self, field: ListField) -> bool:
        """Whether this row has something written for a field."""
        column = self.columns.get(field)
        return (
            column is not None
            and column.index < len(self.cells)
            and bool(cell_text(self.cells[column.index]))
        )

    def problem(self, field: ListField, message: str, *, blocking: bool = True) -> ImportProblem:
        """A problem of this row's cell for a field; ``{cell}`` in the message becomes the cell's name."""
        return _problem(self.columns[field], self.row, self.cells, message, blocking)

    def cell(self, field: ListField) -> str:
        """The name of this row's cell for a field: D7."""
        return f"{self.columns[field].letter}{self.row}"


def full_card(number: str) -> str:
    """A card number with the zeros at its front that Excel drops from numbers; others as they are."""
    return number.zfill(CARD_DIGITS) if number.isdigit() and len(number) in _SHORTENED_CARD else number


@lru_cache(maxsize=4096)
def _line(text: str) -> str:
    return clean_line(text)


def cell_text(value: CellValue) -> str:
    """A cell's value as a person reads it in the sheet."""
    if isinstance(value, str):
        return _line(value)
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return format_date(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


_GENDERS = {"nam": "male", "nu": "female", "male": "male", "female": "female"}
_BIRTH_BY_GENDER = ((ListField.BIRTH_MALE, "male"), (ListField.BIRTH_FEMALE, "female"))
_NAME_FIELDS = (ListField.FULL_NAME, ListField.FAMILY_NAMES, ListField.GIVEN_NAME)
_DATA_FIELDS = tuple(
    field for field in ListField if field not in (ListField.ORDER, ListField.NOTE, *_NAME_FIELDS)
)
# Looked for with its marks: folded, "Tổng" would be the family name Tống.
_FOOT = re.compile(
    r"^(tổng|cộng|danh sách này|người (lập|ghi|viết)|lập biểu|t/?m|thay mặt)\b"
    r"|^((phó )?bí thư|xác nhận|nơi nhận|ký tên)\b"
    r"|ngày .*tháng .*năm"
)
_NUMBERING = re.compile(r"\(?([0-9]{1,2}|[A-Za-z])\)?")


class RowReader:
    """Reads the rows under one heading: tells members from blank, total and signature rows."""

    def __init__(self, columns: Sequence[ListedColumn]) -> None:
        self.columns = {column.field: column for column in columns if column.field is not None}
        self._at = {field: column.index for field, column in self.columns.items()}
        self._places = tuple(self._at.items())
        self._name_at = [self._at[field] for field in _NAME_FIELDS if field in self._at]
        self._data_at = [self._at[field] for field in _DATA_FIELDS if field in self._at]
        self._order_at = self._at.get(ListField.ORDER)
        self._below_foot = False

    def is_member(self, cells: Row) -> bool:
        """Whether a row that is not blank tells of a member, even one whose name is missing."""
        if self._is_plain(cells):
            return True
        names = self._filled(self._name_at, cells)
        data = self._filled(self._data_at, cells)
        filled = len(data) + bool(names)
        if not filled:
            return False
        order = cells[self._order_at] if self._order_at is not None and self._order_at < len(cells) else None
        numbered = isinstance(order, int | float) or (isinstance(order, str) and order.strip(" .").isdigit())
        if numbered and not _is_numbering([*names, *data]):
            return True
        if (names or filled < 3) and self._is_foot(names or data):
            self._below_foot = True
            return False
        if filled >= 3:
            return not _is_numbering([*names, *data])
        return bool(names) and not self._below_foot and (filled == 2 or self._is_bare_name(names))

    def _is_plain(self, cells: Row) -> bool:
        """The ordinary row, told without looking further: a number and a name."""
        if self._order_at is None or len(cells) <= max(self._order_at, self._name_at[0]):
            return False
        name = cells[self._name_at[0]]
        return isinstance(cells[self._order_at], int) and isinstance(name, str) and len(name) > 3

    def _filled(self, places: list[int], cells: Row) -> list[CellValue]:
        width = len(cells)
        return [
            value
            for place in places
            if place < width and (value := cells[place]) is not None and value != "" and value != " "
        ]

    def _is_foot(self, values: list[CellValue]) -> bool:
        return any(_FOOT.search(_line(value).lower()) for value in values if isinstance(value, str))

    def _is_bare_name(self, names: list[CellValue]) -> bool:
        """A list without numbers may tell nothing of somebody but the name."""
        words = cell_text(names[0]).split()
        return self._order_at is None and 2 <= len(words) <= 6 and all(word[0].isupper() for word in words)

    def read(self, row: int, cells: Row) -> ListedMember:
        """The member a row tells of, with every problem of its single cells."""
        width = len(cells)
        values = {field: cells[place] for field, place in self._places if place < width}
        reading = _RowReading(row, cells, self.columns, values)
        birth, gender = reading.birth_and_gender()
        card, as_written = reading.card_number()
        return ListedMember(
            row=row,
            full_name=reading.full_name(),
            gender=gender,
            birth=birth,
            admitted_on=reading.day(ListField.ADMITTED_ON),
            confirmed_on=reading.day(ListField.CONFIRMED_ON),
            card_number=card,
            card_as_written=as_written,
            phone=reading.text(ListField.PHONE),
            occupation=reading.text(ListField.OCCUPATION),
            ethnicity=reading.text(ListField.ETHNICITY),
            post=reading.text(ListField.POST),
            note=reading.text(ListField.NOTE),
            problems=tuple(reading.problems),
            cells=cells,
            columns=self.columns,
        )


def _is_numbering(values: list[CellValue]) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" that some lists have under the heading."""
    return len(values) >= 2 and all(_NUMBERING.fullmatch(cell_text(value)) for value in values)


class _RowReading:
    """One row on its way to becoming a ListedMember."""

    __slots__ = ("cells", "columns", "problems", "row", "values")

    def __init__(
        self,
        row: int,
        cells: Row,
        columns: dict[ListField, ListedColumn],
        values: dict[ListField, CellValue],
    ) -> None:
        self.row, self.cells, self.columns = row, cells, columns
        self.values = values
        self.problems: list[ImportProblem] = []

    def text(self, field: ListField) -> str:
        value = self.values.get(field)
        if value is None:
            return ""
        text = _line(value) if isinstance(value, str) else cell_text(value)
        if text[:1] == "#" and text.rstrip("!?").isupper():
            self.complain(field, f"Ô báo {text} thay vì dữ liệu. Sửa công thức hoặc gõ lại ô {{cell}}.")
            return ""
        return text

    def complain(self, field: ListField, message: str, *, blocking: bool = True) -> None:
        self.problems.append(_problem(self.columns[field], self.row, self.cells, message, blocking))

    def full_name(self) -> str:
        if ListField.FULL_NAME in self.columns:
            field, name = ListField.FULL_NAME, self.text(ListField.FULL_NAME)
        else:
            field = ListField.GIVEN_NAME
            name = clean_line(f"{self.text(ListField.FAMILY_NAMES)} {self.text(ListField.GIVEN_NAME)}")
        if not name:
            self.complain(field, "Thiếu họ và tên. Ghi họ và tên vào ô {cell}.")
        elif encoding := legacy_encoding(str(self.values.get(field))):
            self.complain(
                field,
                f"Tên gõ bằng bảng mã cũ {encoding}. Chuyển ô {{cell}} sang Unicode bằng UniKey hoặc gõ lại.",
            )
        return name

    def birth_and_gender(self) -> tuple[BirthDate | None, str]:
        gendered = [
            (field, gender)
            for field, gender in _BIRTH_BY_GENDER
            if (value := self.values.get(field)) is not None and cell_text(value)
        ]
        if len(gendered) == 2:
            self.complain(
                ListField.BIRTH_FEMALE,
                "Có ngày sinh ở cả hai cột Nam và Nữ. Giữ một ô, xóa ô kia.",
            )
            return None, ""
        if gendered:
            field, gender = gendered[0]
            return self.birth(field), gender
        return self.birth(ListField.BIRTH), self.gender()

    def gender(self) -> str:
        for field, gender in ((ListField.MALE, "male"), (ListField.FEMALE, "female")):
            if cell_text(self.values.get(field)):
                return gender
        if ListField.FEMALE in self.columns and ListField.GENDER not in self.columns:
            return "male"
        written = cell_text(self.values.get(ListField.GENDER))
        if not written:
            return ""
        known = _GENDERS.get(fold(written))
        if known is None:
            self.complain(
                ListField.GENDER,
                f"Không rõ “{written}” là nam hay nữ. Ghi Nam hoặc Nữ vào ô {{cell}}.",
                blocking=False,
            )
        return known or ""

    def birth(self, field: ListField) -> BirthDate | None:
        value = self.values.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool) and value in _YEARS:
            return BirthDate(int(value))
        if isinstance(value, str) and value.strip():
            try:
                return BirthDate.parse(value)
            except DateProblem as problem:
                self.complain(field, f"{problem} Sửa ô {{cell}}.")
                return None
        day = self.day(field)
        return None if day is None else BirthDate.of(day)

    def day(self, field: ListField) -> date | None:
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, int | float) and _OLDEST_SERIAL <= value < _NEWEST_SERIAL:
            day = _EXCEL_EPOCH + timedelta(days=int(value))
            self.complain(
                field,
                f"Ô {{cell}} là số {int(value)}, đọc theo cách Excel đếm ngày là {format_date(day)}. "
                "Đối chiếu lại với hồ sơ.",
                blocking=False,
            )
            return day
        if isinstance(value, str) and not value.strip():
            return None
        try:
            return parse_date(value if isinstance(value, str) else cell_text(value))
        except DateProblem as problem:
            self.complain(field, f"{problem} Sửa ô {{cell}}.")
            return None

    def card_number(self) -> tuple[str, str]:
        """The number with the zeros at its front that a number cell drops, and the number as written."""
        value = self.values.get(ListField.CARD_NUMBER)
        written = self.text(ListField.CARD_NUMBER)
        if len(written) == CARD_DIGITS and written.isdecimal():
            return written, written
        number = written.replace(" ", "").replace(".", "").replace("-", "")
        if not number:
            return "", ""
        if "E+" in number.upper() or (isinstance(value, float) and not value.is_integer()):
            self.complain(
                ListField.CARD_NUMBER,
                f"Excel đã rút gọn số thẻ thành “{written}”, mất chữ số. "
                "Đổi ô {cell} sang dạng Text rồi gõ lại.",
            )
            return "", ""
        if not number.isalnum():
            self.complain(
                ListField.CARD_NUMBER, f"Số thẻ “{written}” có ký tự lạ. Chỉ ghi chữ số vào ô {{cell}}."
            )
            return "", ""
        full = full_card(number)
        if full.isdigit() and len(full) != CARD_DIGITS:
            self.complain(
                ListField.CARD_NUMBER,
                f"Số thẻ có {len(number)} chữ số, số mới có {CARD_DIGITS}. Đối chiếu ô {{cell}} với thẻ.",
                blocking=False,
            )
        return full, number


def _problem(column: ListedColumn, row: int, cells: Row, message: str, blocking: bool) -> ImportProblem:
    value = cells[column.index] if column.index < len(cells) else None
    named = message.replace("{cell}", f"{column.letter}{row}")
    return ImportProblem(row, column.letter, column.heading, cell_text(value), named, blocking)
