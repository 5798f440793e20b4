"""Tinos in four styles: how wide words are, and where a mark sits when no single letter carries it.

Lengths are thousandths of the type size. The face has no placing table for marks on letters such as
ơ or ê, so shaping would leave them where they fall; they are placed from the glyphs' boxes instead.
"""

import struct
import unicodedata
from functools import cache
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import TTFont

from app.locations import resource
from app.printing.letters import is_mark

_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
_WORDS_KEPT = 60_000
_BELOW = range(200, 226)
_ABOVE = range(226, 241)


class Box(NamedTuple):
    """The rectangle a glyph's ink fills, in font units."""

    left: int
    bottom: int
    right: int
    top: int


class _WordWidths(dict[str, float]):
    """Widths of words, measured once each."""

    def __init__(self, char_widths: dict[int, float], missing: float) -> None:
        super().__init__()
        self._chars = {chr(code): width for code, width in char_widths.items()}
        self._missing = missing

    def __missing__(self, word: str) -> float:
        if len(self) > _WORDS_KEPT:
            self.clear()
        chars, missing = self._chars, self._missing
        width = self[word] = sum(chars.get(char, missing) for char in word)
        return width


class Face:
    """One style of the typeface."""

    def __init__(self, style: str) -> None:
        self.ttf = TTFont(f"Tinos-{style}", str(resource("fonts", "tinos", f"Tinos-{style}.ttf")))
        face = self.ttf.face
        self.widths = _WordWidths(face.charWidths, face.defaultWidth)
        self.space = self.widths[" "]
        self._glyphs: dict[int, int] = face.charToGlyph
        self._places: dict[str, list[tuple[float, float]]] = {}
        (self._units,) = struct.unpack_from(">H", face.get_table("head"), 18)
        (long_offsets,) = struct.unpack_from(">h", face.get_table("head"), 50)
        loca = face.get_table("loca")
        self._glyf: bytes = face.get_table("glyf")
        self._offsets = (
            struct.unpack(f">{len(loca) // 4}L", loca)
            if long_offsets
            else tuple(2 * half for half in struct.unpack(f">{len(loca) // 2}H", loca))
        )

    def characters(self) -> frozenset[str]:
        """Every character the style can draw."""
        return frozenset(map(chr, self._glyphs))

    def box(self, char: str) -> Box:
        """The ink of a character's glyph; an empty box for a space."""
        glyph = self._glyphs[ord(char)]
        start, end = self._offsets[glyph : glyph + 2]
        return Box(*struct.unpack_from(">4h", self._glyf, start + 2)) if end > start else Box(0, 0, 0, 0)

    def mark_places(self, cluster: str) -> list[tuple[float, float]]:
        """For a letter with marks: how far each mark moves right and up from the pen after the letter."""
        places = self._places.get(cluster)
        if places is None:
            places = self._places[cluster] = self._place(cluster[0], cluster[1:])
        return places

    def _place(self, letter: str, marks: str) -> list[tuple[float, float]]:
        # The horn of ơ and ư does not move the middle: marks stand over the bowl.
        bowl = self.box(unicodedata.normalize("NFD", letter)[0])
        ink = self.box(letter)
        top, bottom = ink.top, ink.bottom
        small = self.box("x")
        pen = self.widths[letter] * self._units / 1000
        places = []
        for mark in marks:
            box = self.box(mark)
            right = (bowl.left + bowl.right) / 2 - pen - (box.left + box.right) / 2
            up = 0
            kind = unicodedata.combining(mark)
            if kind in _ABOVE:
                # Marks are drawn for small letters; over anything taller they stand closer.
                gap = box.bottom - small.top
                up = max(
                    0, top + (gap if top <= small.top + 60 else min(gap, self._units // 24)) - box.bottom
                )
                top = box.top + up
            elif kind in _BELOW:
                up = min(0, bottom + box.top if bottom < -self._units // 20 else 0)
                bottom = box.bottom + up
            places.append((1000 * right / self._units, 1000 * up / self._units))
        return places


@cache
def faces() -> tuple[Face, ...]:
    """The four styles, read once: upright, bold, italic, bold italic."""
    return tuple(Face(style) for style in _STYLES)


@cache
def plain_characters() -> frozenset[str]:
    """Characters all styles can draw and that need no thought: no marks, no control characters."""
    shared = frozenset.intersection(*(face.characters() for face in faces()))
    return frozenset(
        char
        for char in shared
        if not is_mark(char) and (char in " \u00a0" or unicodedata.category(char)[0] not in "CZ")
    ) | {"\n"}
