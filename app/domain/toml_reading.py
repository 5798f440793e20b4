"""Strict reading of data files (rules, forms, content sets): every key is known, every error is named.

A reader function takes what it wants from a ``TomlTable``; keys nobody took are refused, so a
misspelt key in an office's own file is told, not ignored.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, NoReturn, TypeVar

from app.domain.errors import FileUnreadable
from app.domain.toml_places import nearest_place, places_in

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

N = TypeVar("N", int, Decimal)

_ABSENT = object()
_HIGHEST = 10_000


class DataFileInvalid(FileUnreadable):
    """A file of rules, forms or contents says something that cannot be used."""


class DataFile(NamedTuple):
    """A file being read: the name it has for the person, and its text."""

    origin: str
    text: str

    def problem(self, path: str, reason: str) -> str:
        """A sentence that names the file, the line, the key and what is wrong with it."""
        line = nearest_place(places_in(self.text), path).line
        return (
            f"Tệp “{self.origin}”, dòng {line}, khóa “{path}”: {reason}. "
            "Đồng chí sửa khóa này rồi nạp lại, hoặc dùng tệp kèm theo chương trình."
        )


class TomlTable:
    """One table of a data file, with the place it stands in for messages."""

    __slots__ = ("_file", "_path", "_taken", "_values")

    def __init__(self, values: dict[str, object], file: DataFile, path: str = "") -> None:
        self._values = values
        self._file = file
        self._path = path
        self._taken: set[str] = set()

    def fail(self, key: str, reason: str) -> NoReturn:
        """Refuse the file because of ``key``; the message names file, line, key and reason.

        A key may lead further down, as ``ranges[2].points_below``.
        """
        path = f"{self._path}.{key}" if self._path else key
        raise DataFileInvalid(self._file.problem(path, reason))

    def has(self, key: str) -> bool:
        """Whether the key is written in the file."""
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required and not blank unless a default is given."""
        value = self._take(key, _ABSENT if default is None else default)
        if not isinstance(value, str):
            self.fail(key, "phải là một đoạn chữ trong dấu nháy")
        if default is None and not value.strip():
            self.fail(key, "không được để trống")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent means none."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self.fail(key, "phải là danh sách các đoạn chữ")
        return tuple(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            self.fail(key, "phải là true hoặc false")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number; required unless a default is given."""
        value = self._take(key, _ABSENT if default is None else default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(key, "phải là số nguyên")
        return self._sensible(key, value)

    def number(self, key: str, default: Decimal | None = None) -> Decimal:
        """An exact number; required unless a default is given."""
        value = self._take(key, _ABSENT if default is None else default)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fail(key, "phải là một con số")
        return self._sensible(key, Decimal(value))

    def number_if_any(self, key: str) -> Decimal | None:
        """An exact number, or nothing when the key is absent."""
        return self.number(key) if self.has(key) else None

    def day_if_any(self, key: str) -> date | None:
        """A date written 2025-08-30, or nothing when the key is absent."""
        if not self.has(key):
            return None
        value = self._take(key, _ABSENT)
        if type(value) is not date:
            self.fail(key, "phải là ngày, viết như 2025-08-30")
        return value

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """One word out of a closed list."""
        return self._word(key, kind, self.text(key, default))

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Several words out of a closed list."""
        return tuple(self._word(key, kind, word) for word in self.texts(key))

    def one(self, key: str, read: Callable[["TomlTable"], T]) -> T:
        """A nested table, required, read by ``read``."""
        value = self._take(key, _ABSENT)
        if not isinstance(value, dict):
            self.fail(key, "phải là một bảng")
        return self._child(value, key, read)

    def each(self, key: str, read: Callable[["TomlTable"], T]) -> tuple[T, ...]:
        """A list of nested tables, each read by ``read``; absent means none."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.fail(key, "phải là danh sách các bảng")
        return tuple(
            self._child(entry, f"{key}[{position}]", read) for position, entry in enumerate(value, start=1)
        )

    def each_once(self, key: str, words: Iterable[str], field: str = "") -> None:
        """Refuse a list in which a word stands twice; ``field`` is the key the word was read from."""
        seen: set[str] = set()
        for position, word in enumerate(words, start=1):
            if word in seen:
                self.fail(f"{key}[{position}].{field}" if field else key, f"“{word}” có hai lần")
            seen.add(word)

    def finish(self) -> None:
        """Refuse keys nobody asked for."""
        for key in self._values:
            if key not in self._taken:
                self.fail(key, "không có khóa tên này")

    def _child(self, values: dict[str, object], key: str, read: Callable[["TomlTable"], T]) -> T:
        table = TomlTable(values, self._file, f"{self._path}.{key}" if self._path else key)
        result = read(table)
        table.finish()
        return result

    def _sensible(self, key: str, value: N) -> N:
        """No year, share, length or count is negative, endless or beyond what a paper or a year can hold."""
        if not (Decimal(value).is_finite() and 0 <= value <= _HIGHEST):
            self.fail(key, f"phải là số từ 0 đến {_HIGHEST}")
        return value

    def _take(self, key: str, default: object) -> object:
        self._taken.add(key)
        value = self._values.get(key, default)
        if value is _ABSENT:
            self.fail(key, "còn thiếu")
        return value

    def _word(self, key: str, kind: type[E], word: str) -> E:
        try:
            return kind(word)
        except ValueError:
            self.fail(key, f"không có giá trị “{word}”; chỉ nhận: {', '.join(kind)}")


def read_toml(text: str, origin: str, read: Callable[[TomlTable], T]) -> T:
    """Read a whole data file; ``origin`` names it in messages. Text comes out as NFC."""
    composed = unicodedata.normalize("NFC", text)
    table = TomlTable(toml_values(composed, origin), DataFile(origin, composed))
    result = read(table)
    table.finish()
    return result


def toml_values(text: str, origin: str) -> dict[str, object]:
    """The bare values of a data file; refuses text that is no TOML, with line and column."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        last = text.count("\n") + 1
        place = f" ở dòng {found[1]}, cột {found[2]}" if found else f" ở dòng {last}, cuối tệp"
        raise DataFileInvalid(
            f"Tệp “{origin}” viết sai quy cách TOML{place}, nên chưa nạp được. "
            "Đồng chí sửa chỗ đó rồi nạp lại, hoặc dùng tệp kèm theo chương trình."
        ) from error
