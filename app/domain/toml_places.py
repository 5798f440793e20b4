"""Where things stand in the text of a data file: the line to tell of, the letters to put something else in.

Only for text the TOML reader has taken: what is wrong inside is found by key, never by guessing.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

_KEY_PART = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_BARE = re.compile(r"[^,\]}\n\r#]*")
_QUOTES = ('"""', "'''", '"', "'")


class Place(NamedTuple):
    """A value or a table's heading: its line, counted from 1, and its first and last letter."""

    line: int
    start: int
    end: int


def places_in(text: str) -> dict[str, Place]:
    """The place of every key, written ``cap.percent`` or ``items[2].label``, and of every table."""
    return _Walk(text).places


def nearest_place(places: dict[str, Place], path: str) -> Place:
    """Where a path stands; for something missing the table it is missing from, else the first line."""
    while path:
        if path in places:
            return places[path]
        first = f"{path}[1]"
        if first in places:
            return places[first]
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return Place(1, 0, 0)


class _Walk:
    """One walk through a file, noting where things are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counts: dict[str, int] = {}
        self.places: dict[str, Place] = {}
        table = ""
        while self._skip(" \t\r\n"):
            if text[self._at] == "[":
                table = self._heading()
            else:
                self._pair(table)

    def _line(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1

    def _skip(self, blanks: str) -> bool:
        """Pass over blanks and comments; says whether something is left."""
        while self._at < len(self._text):
            char = self._text[self._at]
            if char == "#":
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            elif char in blanks:
                self._at += 1
            else:
                return True
        return False

    def _heading(self) -> str:
        start = self._at
        is_list = self._text.startswith("[[", start)
        self._at += 2 if is_list else 1
        parts = self._key()
        self._at += 2 if is_list else 1
        path = ""
        for number, part in enumerate(parts, start=1):
            path = f"{path}.{part}" if path else part
            if is_list and number == len(parts):
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = f"{path}[{self._counts[path]}]"
        self.places[path] = Place(self._line(start), start, self._at)
        return path

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip(" \t")
            found = _KEY_PART.match(self._text, self._at)
            assert found is not None
            parts.append(found[0].strip("\"'"))
            self._at = found.end()
            self._skip(" \t")
            if self._text[self._at] != ".":
                return parts
            self._at += 1

    def _pair(self, table: str) -> None:
        path = ".".join((*([table] if table else []), *self._key()))
        self._at += 1  # the sign between key and value
        self._skip(" \t")
        self._value(path)

    def _value(self, path: str) -> None:
        start = self._at
        char = self._text[start]
        if char == "[":
            self._entries("]", lambda number: self._value(f"{path}[{number}]"))
        elif char == "{":
            self._entries("}", lambda _number: self._pair(path))
        else:
            self._single()
        self.places[path] = Place(self._line(start), start, self._at)

    def _entries(self, end: str, read: Callable[[int], None]) -> None:
        self._at += 1
        number = 0
        while self._skip(" \t\r\n,") and self._text[self._at] != end:
            number += 1
            read(number)
        self._at += 1

    def _single(self) -> None:
        text, start = self._text, self._at
        quote = next((each for each in _QUOTES if text.startswith(each, start)), "")
        if not quote:
            found = _BARE.match(text, start)
            assert found is not None
            self._at = start + len(found[0].rstrip())
            return
        at = start + len(quote)
        while not text.startswith(quote, at):
            at += 2 if text[at] == "\\" and '"' in quote else 1
        self._at = at + len(quote)
        while len(quote) == 3 and text[self._at : self._at + 1] == quote[0]:
            self._at += 1  # a long text may end with the quote's own sign
