"""The page a Word paper is set on, in points, and how wide words come out on it."""

from dataclasses import dataclass

from app.domain.paper import PageStyle
from app.office.word_body import WordParagraph, WordTable
from app.office.word_styles import mm

Item = WordParagraph | WordTable

_A4 = (mm(210), mm(297))
_HEADER_SIZE, _FOOTER_LEADING, _ASCENT = 13.0, 12.2, 0.89
_FOOT_BELOW = mm(7)
_NARROW = frozenset("iíìỉĩịIÍÌỈĨỊjltfr.,:;'|!()[]- ")
_LETTER, _CAPITAL, _THIN = 0.48, 0.7, 0.3


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet of a paper: whole size, place for text, body size and line height."""

    style: PageStyle
    text_width: float
    text_height: float

    @property
    def size(self) -> float:
        """The body's type size."""
        return self.style.size

    @property
    def leading(self) -> float:
        """The body's line height."""
        return self.style.leading

    def leading_for(self, size: float) -> float:
        """The line height of another type size, in the body's proportion."""
        return size * self.style.leading / self.style.size

    @property
    def sheet(self) -> tuple[float, float]:
        """The sheet's width and height."""
        return (_A4[1], _A4[0]) if self.style.landscape else _A4

    @property
    def above_number(self) -> float:
        """How far from the sheet's upper edge the page number's line begins, to stand amid the margin."""
        top = mm(self.style.top)
        return max(top - (top - _HEADER_SIZE) / 2 - _HEADER_SIZE * _ASCENT, 0)

    @property
    def below_foot(self) -> float:
        """How far from the sheet's lower edge its foot ends."""
        return max(mm(self.style.bottom) - _FOOT_BELOW - _FOOTER_LEADING, mm(4))


def page_of(style: PageStyle) -> Page:
    """The page of a paper's style."""
    width, height = _A4[::-1] if style.landscape else _A4
    return Page(style, width - mm(style.left + style.right), height - mm(style.top + style.bottom))


def likely_width(text: str, size: float) -> float:
    """About how wide a text is on one line; Word knows exactly, this only chooses between layouts."""
    return size * sum(_THIN if char in _NARROW else _CAPITAL if char.isupper() else _LETTER for char in text)
