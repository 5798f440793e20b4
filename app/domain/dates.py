"""Dates as Vietnamese offices write them: day/month/year read from any notation, and written by rule."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import Self

from app.domain.errors import UserError
from app.domain.text import clean_line

_EXAMPLE = "Viết theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026."
_OLDEST_YEAR, _NEWEST_YEAR = 1900, 2199

# Kept as text: `re` compiles each when it is first needed, not at every start of the program.
_DAY_FIRST = r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{2,4})"
_YEAR_FIRST = r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?"
_FIGURES_ONLY = r"(\d{2})(\d{2})(\d{4})"
_IN_WORDS = r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{2,4})"
_MONTH_YEAR = r"(?:tháng )?(\d{1,2})\s*[/.\- ]\s*(\d{2,4})"
_MONTH_YEAR_IN_WORDS = r"tháng (\d{1,2}) năm (\d{2,4})"
_YEAR_MONTH = r"(\d{4})-(\d{1,2})"
_YEAR = r"(?:năm )?(\d{2,4})"


class DateProblem(UserError):
    """What was written is not a date; the sentence says why and how to write it."""


def _year(text: str) -> int:
    if len(text) == 2:
        raise DateProblem(
            f"Năm “{text}” mới có hai chữ số, chưa rõ là 19{text} hay 20{text}. Viết đủ bốn chữ số của năm."
        )
    year = int(text)
    if not _OLDEST_YEAR <= year <= _NEWEST_YEAR:
        raise DateProblem(f"Năm {text} nằm ngoài khoảng {_OLDEST_YEAR}–{_NEWEST_YEAR}. Kiểm tra lại năm.")
    return year


def _checked_month(month: int) -> int:
    if not 1 <= month <= 12:
        raise DateProblem(f"Không có tháng {month:02d}. {_EXAMPLE}")
    return month


def _build(day_text: str, month_text: str, year_text: str) -> date:
    year = _year(year_text)
    day, month = int(day_text), _checked_month(int(month_text))
    try:
        return date(year, month, day)
    except ValueError as error:
        length = calendar.monthrange(year, month)[1]
        raise DateProblem(
            f"Không có ngày {day:02d}/{month:02d}. Tháng {month:02d} năm {year} có {length} ngày."
        ) from error


_SHOWN_LETTERS = 40


def _quoted(text: str) -> str:
    """What was written, as a sentence can hold it."""
    line = clean_line(text)
    return line if len(line) <= _SHOWN_LETTERS else f"{line[:_SHOWN_LETTERS]}…"


def parse_date(text: str) -> date:
    """Read a full date written day first (05/02/2026, 5.2.2026, 05022026, ngày 05 tháng 02 năm 2026)."""
    if found := re.fullmatch(_DAY_FIRST, text):
        return _build(found[1], found[2], found[3])
    written = clean_line(text).strip(".,;").lower()
    if not written:
        raise DateProblem(f"Chưa ghi ngày. {_EXAMPLE}")
    day_first = (_DAY_FIRST, _FIGURES_ONLY, _IN_WORDS)
    if found := next((one for each in day_first if (one := re.fullmatch(each, written))), None):
        day_text, month_text, year_text = found.groups()
        return _build(day_text, month_text, year_text)
    if found := re.fullmatch(_YEAR_FIRST, written):
        year_text, month_text, day_text = found.groups()
        return _build(day_text, month_text, year_text)
    raise DateProblem(f"Không đọc được ngày “{_quoted(text)}”. {_EXAMPLE}")


def format_date(day: date) -> str:
    """A date in lists and fields: 05/09/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _form_month(month: int) -> str:
    """Official papers pad months 01 and 02 only."""
    return f"{month:02d}" if month <= 2 else str(month)


def citation_date(day: date) -> str:
    """A date inside official text, "ngày 05/9/2026": day padded, of the months only 01 and 02 padded."""
    return f"{day.day:02d}/{_form_month(day.month)}/{day.year}"


def long_date(place: str, day: date | None) -> str:
    """The place-and-date line at the head of a paper; without a day, dots to fill in by hand."""
    words = "ngày … tháng … năm …"
    if day is not None:
        words = f"ngày {day.day:02d} tháng {_form_month(day.month)} năm {day.year}"
    return f"{place or '…'}, {words}"


_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def months_after(day: date, months: int) -> date:
    """The day some months later; the last of the month where that month is shorter."""
    month = Month.of(day)
    for _ in range(months):
        month = month.next()
    return month.last_day.replace(day=min(day.day, month.last_day.day))


def weekday_name(day: date) -> str:
    """The day of the week in words: "thứ Hai" … "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """One month of one year, the step in which a member assesses themselves."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no month {self.month}")

    @classmethod
    def of(cls, day: date) -> Self:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "11/2025", "tháng 11/2025", "tháng 11 năm 2025" or "2025-11"."""
        written = clean_line(text).lower()
        if found := re.fullmatch(_YEAR_MONTH, written):
            year_text, month_text = found.groups()
        elif found := re.fullmatch(_MONTH_YEAR, written) or re.fullmatch(_MONTH_YEAR_IN_WORDS, written):
            month_text, year_text = found.groups()
        else:
            raise DateProblem(
                f"Không đọc được tháng “{_quoted(text)}”. Viết theo dạng tháng/năm, ví dụ 11/2025."
            )
        return cls(_year(year_text), _checked_month(int(month_text)))

    def next(self) -> Self:
        """The month after."""
        return type(self)(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> Self:
        """The month before."""
        return type(self)(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return self.next().first_day - timedelta(days=1)

    @property
    def iso(self) -> str:
        """The form that is stored and sorts by time: 2025-11."""
        return f"{self.year:04d}-{self.month:02d}"

    def __str__(self) -> str:
        return f"tháng {self.month}/{self.year}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Month):
            return NotImplemented
        return (self.year, self.month) < (other.year, other.month)


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A birth date as far as it is known: old files often give only the year, or month and year."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, day: date) -> Self:
        """A birth date known to the day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a full date, "05/1956" or "1956"; also the stored forms "1956-05-17", "1956-05"."""
        if found := re.fullmatch(_DAY_FIRST, text):
            return cls.of(_build(found[1], found[2], found[3]))
        written = clean_line(text).strip(".,;").lower()
        if found := re.fullmatch(_YEAR, written):
            return cls(_year(found[1]))
        if found := re.fullmatch(_YEAR_MONTH, written):
            return cls(_year(found[1]), _checked_month(int(found[2])))
        if found := re.fullmatch(_MONTH_YEAR, written) or re.fullmatch(_MONTH_YEAR_IN_WORDS, written):
            return cls(_year(found[2]), _checked_month(int(found[1])))
        return cls.of(parse_date(written))

    @classmethod
    def from_iso(cls, stored: str) -> Self:
        """Read the stored form back: "1956", "1956-05" or "1956-05-17"."""
        return cls(*map(int, stored.split("-")))

    def fits(self, other: "BirthDate") -> bool:
        """Whether two birth dates can be the same day, one perhaps known less exactly."""
        return (
            self.year == other.year
            and (self.month is None or other.month is None or self.month == other.month)
            and (self.day is None or other.day is None or self.day == other.day)
        )

    @property
    def earliest(self) -> date:
        """The first day it can be: what age limits are counted from when only the year is known."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def iso(self) -> str:
        """The form that is stored: 1956, 1956-05 or 1956-05-17."""
        known = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(known)

    def format(self) -> str:
        """As shown and printed: 17/05/1956, 05/1956 or 1956."""
        known = [f"{part:02d}" for part in (self.day, self.month) if part is not None]
        return "/".join([*known, str(self.year)])

    def __str__(self) -> str:
        return self.format()
