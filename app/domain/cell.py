"""The cell (chi bộ): its settings and its dated name as printed at the head of papers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.dates import Month
from app.domain.errors import Problem
from app.domain.text import clean_line


class CellKind(StrEnum):
    """Where a cell stands in the Party's tree; one kind by name since 26/7/2026, kept for older years."""

    SUBORDINATE = "subordinate"
    GRASSROOTS = "grassroots"

    @property
    def label(self) -> str:
        """The kind in the field's words."""
        return {"subordinate": "Chi bộ trực thuộc", "grassroots": "Chi bộ cơ sở"}[self.value]


class LevelScale(StrEnum):
    """The set of levels members choose from each month; each cell decides (no central rule)."""

    FOUR = "four"
    TWO = "two"
    TEN = "ten"

    @property
    def levels(self) -> tuple[str, ...]:
        """The words to choose from, best first. Nothing is ever chosen by default."""
        if self is LevelScale.FOUR:
            return ("Tốt", "Khá", "Trung bình", "Chưa đạt")
        if self is LevelScale.TWO:
            return ("Đạt", "Chưa đạt")
        return tuple(str(points) for points in range(10, -1, -1))

    @property
    def label(self) -> str:
        """The scale's name for the settings page."""
        return {"four": "Bốn mức: Tốt, Khá, Trung bình, Chưa đạt", "two": "Hai mức: Đạt, Chưa đạt"}.get(
            self.value, "Điểm 0 đến 10"
        )


@dataclass(frozen=True, slots=True)
class CellName:
    """What the cell is called on paper from one date to another: both header lines, place, seal.

    A printed sheet takes the version in force at its own date, so a renaming never rewrites old years.
    """

    upper: str
    own: str
    place: str
    has_seal: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    id: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on a day; open ends hold for ever."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell as a page needs it: settings and every version of its name, newest first.

    ``begun_on``: the day the book was made.
    """

    id: str
    kind: CellKind
    due_day: int
    level_scale: LevelScale
    content_set: str
    first_year: int
    is_sample: bool
    names: tuple[CellName, ...]
    version: int = 1
    begun_on: date | None = None

    def name_on(self, day: date) -> CellName:
        """The name in force on a day; before the first version, the oldest one."""
        return next((name for name in self.names if name.holds_on(day)), self.names[-1])

    def is_before_book(self, month: Month) -> bool:
        """Whether a month of the first year had passed when the book was begun; it is asked of nobody.

        A book begun for an earlier year is begun to write that year in: there every month is asked.
        """
        begun = self.begun_on
        is_first_year = begun is not None and month.year == self.first_year == begun.year
        return is_first_year and begun is not None and month.month < begun.month


@dataclass(frozen=True, slots=True)
class NewBook:
    """What is asked when a book is made."""

    upper: str
    own: str
    place: str
    year: int
    content_set: str = "Q101"
    kind: CellKind = CellKind.SUBORDINATE
    due_day: int = 3
    level_scale: LevelScale = LevelScale.FOUR
    has_seal: bool = False
    is_sample: bool = False
    pins_required: bool = True


def cleaned_name(name: CellName) -> CellName:
    """Header lines as they are kept: NFC, single spaces, in the case the person typed."""
    return CellName(
        clean_line(name.upper),
        clean_line(name.own),
        clean_line(name.place),
        name.has_seal,
        name.valid_from,
        name.valid_to,
        name.id,
    )


def problems_in_name(name: CellName) -> tuple[Problem, ...]:
    """What is missing before the header can stand on paper."""
    found = []
    if not name.own.strip():
        found.append(Problem("own", "Chưa ghi tên chi bộ, ví dụ CHI BỘ THÔN ĐỒNG TIẾN."))
    if not name.upper.strip():
        found.append(Problem("upper", "Chưa ghi tên tổ chức đảng cấp trên, ví dụ ĐẢNG BỘ XÃ HÒA SƠN."))
    if not name.place.strip():
        found.append(Problem("place", "Chưa ghi địa danh đứng trước ngày tháng, ví dụ Hòa Sơn."))
    if name.valid_from and name.valid_to and name.valid_to < name.valid_from:
        found.append(Problem("valid_to", "Ngày hết dùng sớm hơn ngày bắt đầu dùng tên này."))
    return tuple(found)


def problems_in_book(book: NewBook, today: date) -> tuple[Problem, ...]:
    """What is missing before a book can be made."""
    found = list(problems_in_name(CellName(book.upper, book.own, book.place)))
    if not 2018 <= book.year <= today.year + 1:
        found.append(Problem("year", f"Năm bắt đầu từ 2018 đến {today.year + 1}."))
    if not 1 <= book.due_day <= 28:
        found.append(Problem("due_day", "Ngày hạn gửi hằng tháng từ 1 đến 28."))
    return tuple(found)
