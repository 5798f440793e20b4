"""A page into PDF operators: shapes and rules first, then the words in reading order."""

from collections.abc import Iterator, Sequence

from reportlab.pdfbase.pdfdoc import PDFDocument

from app.printing.faces import Face, faces
from app.printing.letters import is_mark
from app.printing.lines import Piece, text_width
from app.printing.marks import DRAWN_BOXES
from app.printing.pages import Page
from app.printing.strips import Row, Sheet, Words

_NUMBER_SIZE = 13.0
_TOUCHING = 0.01
_NEEDS_CARE = "\uffff"
_ESCAPED = {"(": r"\(", ")": r"\)", "\\": r"\\", "\r": r"\r", "\n": r"\n"}


class _Codes(dict[int, str]):
    """Characters to the codes of a face's first subset in one document; others are marked for care."""

    def __init__(self, face: Face, document: PDFDocument) -> None:
        super().__init__()
        self._face, self._document = face, document

    def __missing__(self, point: int) -> str:
        char = chr(point)
        code = _NEEDS_CARE
        if not is_mark(char) and char not in DRAWN_BOXES:
            subset, coded = self.subset_code(char)
            code = coded if subset == 0 else code
        self[point] = code
        return code

    def subset_code(self, char: str) -> tuple[int, str]:
        ((subset, coded),) = self._face.ttf.splitString(char, self._document)
        text = coded.decode("latin-1")
        return subset, _ESCAPED.get(text, text)

    def font(self, subset: int, size: float) -> str:
        name: str = self._face.ttf.getSubsetInternalName(subset, self._document)
        return f"{name} {size:g} Tf"


class Pen:
    """Writes text as operators for one document, which shares its fonts' codes over all pages."""

    def __init__(self, document: PDFDocument) -> None:
        self._codes = [_Codes(face, document) for face in faces()]

    def font(self, face: int, size: float) -> str:
        """The operator that takes a style in hand."""
        return self._codes[face].font(0, size)

    def show(self, piece: Piece, size: float) -> str:
        """The operators that show text in the style in hand, which is in hand again afterwards."""
        face, text = piece
        coded = text.translate(self._codes[face])
        if _NEEDS_CARE not in coded:
            return f"({coded})Tj"
        careful = _CarefulText(self._codes[face], size)
        for cluster in _clusters(text):
            if cluster in DRAWN_BOXES:
                careful.unseen(cluster, DRAWN_BOXES[cluster])
            elif len(cluster) > 1:
                careful.marked(cluster, faces()[face].mark_places(cluster))
            else:
                careful.plain(cluster)
        return careful.finished()


class _CarefulText:
    """Text with characters beyond the first subset, which change the font, or with marks to be placed.

    Readers take a raised mark for a new line; so such clusters say what they spell.
    """

    def __init__(self, codes: _Codes, size: float) -> None:
        self._codes, self._size = codes, size
        self._subset = 0
        self._run = ""
        self._out: list[str] = []

    def plain(self, char: str) -> None:
        code = self._code(char)
        self._run += code

    def marked(self, cluster: str, places: Sequence[tuple[float, float]]) -> None:
        self._spell(cluster)
        self.plain(cluster[0])
        for mark, (right, up) in zip(cluster[1:], places, strict=True):
            code = self._code(mark)
            self._flush()
            rise = up * self._size / 1000
            self._out.append(f"{rise:.2f} Ts [{-right:.0f}({code}){right:.0f}]TJ 0 Ts")
        self._end()

    def unseen(self, cluster: str, stand_in: str) -> None:
        """Text without ink where a shape is drawn."""
        self._spell(cluster)
        self._out.append("3 Tr")
        self.plain(stand_in)
        self._end()
        self._out.append("0 Tr")

    def finished(self) -> str:
        self._flush()
        if self._subset:
            self._out.append(self._codes.font(0, self._size))
        return "\n".join(self._out)

    def _spell(self, cluster: str) -> None:
        self._flush()
        self._out.append(f"/Span<</ActualText<FEFF{cluster.encode('utf-16-be').hex().upper()}>>>BDC")

    def _end(self) -> None:
        self._flush()
        self._out.append("EMC")

    def _code(self, char: str) -> str:
        subset, code = self._codes.subset_code(char)
        if subset != self._subset:
            self._flush()
            self._out.append(self._codes.font(subset, self._size))
            self._subset = subset
        return code

    def _flush(self) -> None:
        if self._run:
            self._out.append(f"({self._run})Tj")
            self._run = ""


def _clusters(text: str) -> Iterator[str]:
    start = 0
    for number in range(1, len(text)):
        if not is_mark(text[number]):
            yield text[start:number]
            start = number
    yield text[start:]


def page_operators(page: Page, number: int, sheet: Sheet, pen: Pen, foot: Sequence[Words] = ()) -> bytes:
    """The content of one page; ``number`` counts within its paper, ``foot`` stands on each of its pages."""
    top = sheet.height - sheet.top
    shapes = list(dict.fromkeys(_table_rules(page, top)))
    if shapes:
        shapes = ["0.6 w 2 J", *shapes, "S 0 J"]
    words: list[Words] = []
    if sheet.numbered and number > 1:
        pieces = ((0, str(number)),)
        x = sheet.left + (sheet.text_width - text_width(pieces, _NUMBER_SIZE)) / 2
        words.append(Words(x, -(sheet.top - _NUMBER_SIZE) / 2, _NUMBER_SIZE, 0.0, pieces))
    for y, strip in page:
        words += [word._replace(y=word.y + y) for word in strip.words] if y else strip.words
        shapes += [
            f"q 1 0 0 1 {shape.x:.2f} {top - y - shape.y:.2f} cm {shape.operators} Q"
            for shape in strip.shapes
        ]
    words += foot
    return "\n".join((*shapes, *_text(words, top, pen))).encode("latin-1")


def _text(words: Sequence[Words], top: float, pen: Pen) -> Iterator[str]:
    yield "BT"
    font, stretched = None, "0.000"
    for x, y, size, stretch, pieces in words:
        yield f"1 0 0 1 {x:.2f} {top - y:.2f} Tm"
        if (wanted := f"{stretch:.3f}") != stretched:
            yield f"{wanted} Tw"
            stretched = wanted
        for piece in pieces:
            if (piece[0], size) != font:
                yield pen.font(piece[0], size)
                font = (piece[0], size)
            yield pen.show(piece, size)
    yield "ET"


def _table_rules(page: Page, top: float) -> Iterator[str]:
    """Level rules above and below each row, upright ones drawn through rows of the same edges."""
    row: Row | None = None
    from_y = end = 0.0
    for y, strip in page:
        if strip.row is not row or (row and abs(y - end) > _TOUCHING):
            if row:
                yield _level(row, top - end)
            if strip.row:
                yield _level(strip.row, top - y)
            if row and not (strip.row and strip.row.edges == row.edges and abs(y - end) <= _TOUCHING):
                yield from _upright(row, top - from_y, top - end)
                from_y = y
            elif not row:
                from_y = y
            row = strip.row
        end = y + strip.height
    if row:
        yield _level(row, top - end)
        yield from _upright(row, top - from_y, top - end)


def _level(row: Row, y: float) -> str:
    return f"{row.edges[0]:.2f} {y:.2f} m {row.edges[-1]:.2f} {y:.2f} l"


def _upright(row: Row, upper: float, lower: float) -> Iterator[str]:
    for x in row.edges:
        yield f"{x:.2f} {upper:.2f} m {x:.2f} {lower:.2f} l"
