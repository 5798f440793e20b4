"""The columns of an office's member list: what each heading means, whatever words the office uses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import clean_line, fold


class ListField(StrEnum):
    """What a column of the list can mean."""

    ORDER = "order"
    FULL_NAME = "full_name"
    FAMILY_NAMES = "family_names"
    GIVEN_NAME = "given_name"
    GENDER = "gender"
    MALE = "male"
    FEMALE = "female"
    BIRTH = "birth"
    BIRTH_MALE = "birth_male"
    BIRTH_FEMALE = "birth_female"
    ETHNICITY = "ethnicity"
    OCCUPATION = "occupation"
    POST = "post"
    ADMITTED_ON = "admitted_on"
    CONFIRMED_ON = "confirmed_on"
    CARD_NUMBER = "card_number"
    PHONE = "phone"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The field in the words of the import page."""
        return _LABELS[self]


_LABELS = {
    ListField.ORDER: "Số thứ tự",
    ListField.FULL_NAME: "Họ và tên",
    ListField.FAMILY_NAMES: "Họ và tên đệm",
    ListField.GIVEN_NAME: "Tên",
    ListField.GENDER: "Giới tính",
    ListField.MALE: "Nam (đánh dấu)",
    ListField.FEMALE: "Nữ (đánh dấu)",
    ListField.BIRTH: "Ngày sinh",
    ListField.BIRTH_MALE: "Ngày sinh của nam",
    ListField.BIRTH_FEMALE: "Ngày sinh của nữ",
    ListField.ETHNICITY: "Dân tộc",
    ListField.OCCUPATION: "Nghề nghiệp",
    ListField.POST: "Chức vụ đảng",
    ListField.ADMITTED_ON: "Ngày vào Đảng",
    ListField.CONFIRMED_ON: "Ngày chính thức",
    ListField.CARD_NUMBER: "Số thẻ đảng viên",
    ListField.PHONE: "Điện thoại",
    ListField.NOTE: "Ghi chú",
}

# Tried in this order on the folded heading; the first that fits tells the meaning.
_MEANINGS: tuple[tuple[ListField, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (ListField.ORDER, r"^(stt|tt|so tt|so thu tu|s tt)$"),
        (ListField.NOTE, r"ghi chu"),
        (ListField.FAMILY_NAMES, r"^ho( va)?( ten)?( chu)?( dem| lot)$|^ho$"),
        (ListField.FULL_NAME, r"^ho( va| chu dem va| dem va)? ten|^(ho )?ten dang vien|^ho ten"),
        (ListField.GIVEN_NAME, r"^ten( goi)?$"),
        (ListField.PHONE, r"dien thoai|^sdt|^so dt|di dong|^dtdd"),
        (ListField.CARD_NUMBER, r"so the|the dang|the dv|ma the"),
        (ListField.CONFIRMED_ON, r"chinh thuc"),
        (ListField.ADMITTED_ON, r"vao dang|ket nap|^(ngay )?du bi$|vao dcs"),
        (ListField.ETHNICITY, r"dan toc"),
        (ListField.OCCUPATION, r"nghe nghiep|^nghe$|cong viec|^nghe "),
        (ListField.POST, r"chuc vu|chuc danh|^nhiem vu"),
        (ListField.BIRTH_MALE, r"sinh.* nam$(?<!sinh nam)(?<!thang nam)"),
        (ListField.BIRTH_FEMALE, r"sinh.* nu$"),
        (ListField.GENDER, r"gioi tinh|^nam nu$|^phai$"),
        (ListField.MALE, r"^nam$|gioi tinh nam$"),
        (ListField.FEMALE, r"^nu$|gioi tinh nu$"),
        (ListField.BIRTH, r"ngay sinh|nam sinh|sinh ngay|sinh nam|thang nam sinh|^ngay thang nam sinh"),
        (ListField.CARD_NUMBER, r"dinh danh|cccd|can cuoc"),
    )
)


@dataclass(frozen=True, slots=True)
class ListedColumn:
    """One column of the sheet: where it is, what stands over it, what it is taken for (None: not read)."""

    index: int
    heading: str
    field: ListField | None

    @property
    def letter(self) -> str:
        """The column as Excel names it: A … Z, AA …"""
        letters, number = "", self.index + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters


def meaning_of(heading: str) -> ListField | None:
    """What a heading means, or None for a column the book has no use for."""
    folded = fold(heading)
    if folded.startswith("gioi tinh n"):
        return ListField.MALE if folded.endswith(" nam") else ListField.FEMALE
    return next((field for field, pattern in _MEANINGS if folded and pattern.search(folded)), None)


def recognised_columns(above: Sequence[str], below: Sequence[str] = ()) -> tuple[ListedColumn, ...]:
    """The columns under one heading row, or under two where a merged heading stands over "Nam" and "Nữ".

    A meaning is given once, to the first column that has it.
    """
    width = max(len(above), len(below))
    tops = [*map(clean_line, above), *[""] * (width - len(above))]
    subs = [*map(clean_line, below), *[""] * (width - len(below))]
    columns: list[ListedColumn] = []
    taken: set[ListField] = set()
    over = ""
    for index, (top, sub) in enumerate(zip(tops, subs, strict=True)):
        over = top or (over if sub else "")
        field = _meaning_under(over, sub)
        if field in taken:
            field = None
        elif field is not None:
            taken.add(field)
        heading = " – ".join(part for part in (over, sub) if part)
        columns.append(ListedColumn(index, heading, field))
    return tuple(_only_known_together(columns))


def _meaning_under(over: str, sub: str) -> ListField | None:
    if not sub:
        return meaning_of(over)
    general, special = meaning_of(over), meaning_of(sub)
    if general is ListField.BIRTH and special in (ListField.MALE, ListField.FEMALE):
        return ListField.BIRTH_MALE if special is ListField.MALE else ListField.BIRTH_FEMALE
    return special or general


def _only_known_together(columns: list[ListedColumn]) -> list[ListedColumn]:
    """ "Tên" alone is the whole name; "Họ đệm" counts only with "Tên" beside it."""
    fields = {column.field for column in columns}
    if ListField.FULL_NAME not in fields:
        if ListField.FAMILY_NAMES in fields and ListField.GIVEN_NAME in fields:
            return columns
        meaning: ListField | None = ListField.FULL_NAME
    else:
        meaning = None
    parts = (ListField.GIVEN_NAME, ListField.FAMILY_NAMES)
    return [
        ListedColumn(column.index, column.heading, meaning) if column.field in parts else column
        for column in columns
    ]


def names_people(columns: Sequence[ListedColumn]) -> bool:
    """Whether these columns are the heading of a member list: a name and at least one more thing known."""
    fields = {column.field for column in columns if column.field is not None} - {ListField.ORDER}
    in_parts = ListField.FAMILY_NAMES in fields and ListField.GIVEN_NAME in fields
    return len(fields) >= 2 and (ListField.FULL_NAME in fields or (in_parts and len(fields) >= 3))
