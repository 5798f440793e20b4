"""Which characters can be drawn: every text passes here once before it is measured."""

import unicodedata

# Boxes typed by people; the face has only the empty one.
_INSTEAD = {"☐": "□", "◻": "□", "☑": "[x]", "☒": "[x]", "✓": "√", "✔": "√", "\t": " ", "\r": "\n"}
_LINE_BREAKS = "\n\v\f\x85\u2028\u2029"
_NO_BREAK_SPACES = "\u00a0\u202f\u2007"
_MISSING = "□"
_CARRIER = "◌"


def is_mark(char: str) -> bool:
    """A sign that sits on the letter before it, such as U+0306 in ơ̆."""
    return unicodedata.combining(char) != 0


def drawable(text: str, known: frozenset[str]) -> str:
    """``text`` in NFC with only characters of ``known``; what cannot be drawn shows as an empty box.

    Line breaks become ``\\n``; other control and invisible characters go; markup means nothing here.
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if known.issuperset(text):
        return text
    out: list[str] = []
    for char in text.replace("\r\n", "\n"):
        out.append(_drawn_as(char, known, out[-1] if out else " "))
    return "".join(out)


def _drawn_as(char: str, known: frozenset[str], before: str) -> str:
    if char in known:
        return char
    if char in _LINE_BREAKS:
        return "\n"
    if char in _INSTEAD:
        return _INSTEAD[char]
    if char in _NO_BREAK_SPACES:
        return "\u00a0"
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category in ("Cc", "Cf") or 0xFE00 <= ord(char) <= 0xFE0F:
        return ""
    if is_mark(char) and ord(char) < 0x370:
        return char if before[-1:].strip() else _CARRIER + char
    return _MISSING
