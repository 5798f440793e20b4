"""Names of people: capital letters put right on request, and two spellings of one name recognised."""

import re

from app.domain.text import clean_line, even_tones

# Letters with the marks that have no composed form, as in Ê Đê and M'Nông names.
_WORD_PARTS = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")


def _proper_part(part: re.Match[str]) -> str:
    letters = part[0]
    if letters.isupper() or letters.islower():
        return letters[0].title() + letters[1:].lower()
    return letters


def proper_case(name: str) -> str:
    """The name with each word capitalised, "NGUYỄN VĂN AN" as "Nguyễn Văn An", "H'LINH NIÊ" as "H'Linh Niê".

    Words that already mix capitals and small letters are left as their bearer writes them.
    """
    return _WORD_PARTS.sub(_proper_part, clean_line(name))


def has_odd_case(name: str) -> bool:
    """Whether a word of the name is written all in capitals or without its capital."""
    return not name.istitle() and proper_case(name) != clean_line(name)


def name_key(name: str) -> str:
    """What two spellings of one name have in common: capitals, tone place, apostrophe and spaces aside."""
    return even_tones(clean_line(name).lower())
