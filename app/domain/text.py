"""Vietnamese text: one form inside the program, search with or without marks, and the order of names."""

import re
import unicodedata
from enum import Enum
from functools import lru_cache

_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n")
_NARROW_SPACES = dict.fromkeys(map(ord, "\xa0\u2007\u202f"), " ")
_INVISIBLE = [
    *range(0x00, 0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0xAD,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xD800, 0xE000),
    0xFEFF,
]
_CLEANING: dict[int, str | None] = {**dict.fromkeys(_INVISIBLE, None), **_BREAKS, **_NARROW_SPACES}


def nfc(text: str) -> str:
    """Text as the program keeps it: composed letters, LF line ends, no invisible signs brought by pasting.

    Letters are never changed, only put in their one composed form.
    """
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEANING)
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """One line of text (a name, a place): as `nfc`, with single spaces and none at the ends."""
    return " ".join(nfc(text).split())


_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ´`"), None)
_PLAIN_D = str.maketrans("đĐðÐɖƉ", "dDdDdD")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
_NOT_WORD = re.compile(r"[\W_]+")


def plain_words(words: str) -> str:
    """Words of a rule file without the stop somebody may have put behind them."""
    return words.strip().rstrip(".")


def lower_first(words: str) -> str:
    """The words as they go on in a sentence; an abbreviation in capitals stays."""
    return words if words[:2].isupper() and len(words) > 1 else words[:1].lower() + words[1:]


def upper_first(words: str) -> str:
    """The words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def fold(text: str) -> str:
    """The search key of a text: no marks, đ as d, lower case, words parted by one space.

    Apostrophes vanish, so that "H'Linh" is found by "hlinh" as well.
    """
    plain = unicodedata.normalize("NFD", nfc(text).translate(_PLAIN_D).translate(_APOSTROPHES))
    letters = unicodedata.normalize("NFC", _MARKS.sub("", plain)).lower()
    return _NOT_WORD.sub(" ", letters).strip()


_TONE_PAIRS = (
    ("òa óa ỏa õa ọa", "oà oá oả oã oạ"),
    ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
    ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
)
_OLD_TO_NEW_TONE = {
    old: new for olds, news in _TONE_PAIRS for old, new in zip(olds.split(), news.split(), strict=True)
}
_MOVABLE_TONE = re.compile("[òóỏõọ][ae]|[ùúủũụ]y")
_QUOTES = str.maketrans("’‘ʼ", "'''")
_CURLY_QUOTE = re.compile("[’‘ʼ]")
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@lru_cache(maxsize=8192)
def even_tones(lowered: str) -> str:
    """Lower-case text with the tone of oa, oe, uy in one place, to compare: "hòa" and "hoà" are one word."""
    return _MOVABLE_TONE.sub(lambda pair: _OLD_TO_NEW_TONE[pair[0]], _CURLY_QUOTE.sub("'", lowered))


@lru_cache(maxsize=8192)
def _toneless(lowered: str) -> str:
    """Lower-case text without its tones, the letters ă â đ ê ô ơ ư kept: "nguyên" for "nguyễn"."""
    decomposed = unicodedata.normalize("NFD", lowered.translate(_QUOTES))
    return unicodedata.normalize("NFC", _TONE_MARKS.sub("", decomposed))


class _Marks(Enum):
    NONE = "none"
    LETTERS = "letters"
    TONE = "tone"


@lru_cache(maxsize=64)
def _query_words(query: str) -> tuple[tuple[str, _Marks], ...]:
    """The words asked for, each in the form in which it is to be looked up."""
    words: list[tuple[str, _Marks]] = []
    for word in clean_line(query).lower().split():
        decomposed = unicodedata.normalize("NFD", word)
        if _TONE_MARKS.search(decomposed):
            words.append((even_tones(word), _Marks.TONE))
        elif "đ" in word or any(unicodedata.combining(sign) for sign in decomposed):
            words.append((_toneless(word), _Marks.LETTERS))
        elif folded := fold(word):
            words.append((folded, _Marks.NONE))
    return tuple(words)


def matches(query: str, original_nfc_lower: str, folded: str) -> bool:
    """Whether every word of the query is in the text, in any order; "ha" finds Hà and Hạ, "hà" finds Hà only.

    A word with letter marks but no tone yet ("nguyê") finds every tone, so the list stays while one types.
    Pass the text as ``nfc(text).lower()`` and as ``fold(text)``, both kept ready by whoever owns the list.
    """
    for word, marks in _query_words(query):
        if marks is _Marks.NONE:
            found = word in folded
        elif marks is _Marks.TONE:
            found = word in even_tones(original_nfc_lower)
        else:
            found = word in _toneless(original_nfc_lower)
        if not found:
            return False
    return True


# The order of letters: a ă â … đ … ê … ô ơ … ư. "~" sorts after every letter, so "a~" comes after "az".
_LETTER_MARKS = {
    ("a", "\u0306"): "a~",
    ("a", "\u0302"): "a~~",
    ("e", "\u0302"): "e~",
    ("o", "\u0302"): "o~",
    ("o", "\u031b"): "o~~",
    ("u", "\u031b"): "u~",
}
_OTHER_LETTERS = {"đ": "d~", "ð": "d~", "ɖ": "d~", " ": "!", "-": "#", "'": "'"}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5", "\u0306": "6"}


def _letter(sign: str, marks: list[str]) -> str:
    """The rank of one letter; a mark that makes it a letter of its own is taken out of ``marks``."""
    for mark in marks:
        if ranked := _LETTER_MARKS.get((sign, mark)):
            marks.remove(mark)
            return ranked
    if sign in _OTHER_LETTERS:
        return _OTHER_LETTERS[sign]
    return sign if sign.isascii() and sign.isalnum() else f"|{ord(sign):06x}"


@lru_cache(maxsize=4096)
def _collation_key(words: str) -> str:
    """Letters first, then tones, then capitals, as ICU orders Vietnamese; printable ASCII only."""
    letters: list[str] = []
    tones: list[str] = []
    capitals: list[str] = []
    decomposed = unicodedata.normalize("NFD", clean_line(words).translate(_QUOTES))
    position = 0
    while position < len(decomposed):
        end = position + 1
        while end < len(decomposed) and unicodedata.combining(decomposed[end]):
            end += 1
        sign, marks = decomposed[position], list(decomposed[position + 1 : end])
        for lowered in sign.lower():
            letters.append(_letter(lowered, marks))
        tones.append("0" + "".join(_TONES.get(mark, "7") for mark in marks))
        capitals.append("0" if sign == sign.lower() else "1")
        position = end
    return f"{''.join(letters)} {''.join(tones)} {''.join(capitals)}"


def sort_key(name: str, given_name: str | None = None) -> str:
    """Key that orders people as a Vietnamese list does: tên, then họ, then đệm.

    Tones follow the letters: ngang huyền hỏi ngã sắc nặng. The given name is the last word unless
    ``given_name`` says otherwise (Ê Đê: "H'Linh" of "H'Linh Niê"). Plain ASCII: the database orders it
    as binary text.
    """
    words = clean_line(name).split()
    given = clean_line(given_name or "").split()
    if not given:
        given, rest = words[-1:], words[:-1]
    elif words[: len(given)] == given:
        rest = words[len(given) :]
    elif words[-len(given) :] == given:
        rest = words[: -len(given)]
    else:
        rest = words
    return " ".join(_collation_key(" ".join(part)) for part in (given, rest[:1], rest[1:]))


_SHOWN_DIGITS = 4


def mask_card(number: str) -> str:
    """A card number as lists show it: only the last four digits, "•••• •••• 0005"."""
    digits = clean_line(number).replace(" ", "")
    if len(digits) < 2 * _SHOWN_DIGITS:
        return "•" * len(digits)
    groups = "•••• " * ((len(digits) - 1) // _SHOWN_DIGITS)
    return groups + digits[-_SHOWN_DIGITS:]
