"""Words into lines: greedy filling from remembered word widths; a word wider than the line is cut."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.paper import Align, Run
from app.printing.faces import faces, plain_characters
from app.printing.letters import drawable, is_mark

Piece = tuple[int, str]
"""A stretch of one style: the face's number and its text."""

_CUT_AFTER = "-/–_,.;"


class Line(NamedTuple):
    """One line of text: its pieces, natural width in points, spaces, and whether its paragraph ends here."""

    pieces: tuple[Piece, ...]
    width: float
    gaps: int
    ends: bool


class _Word(NamedTuple):
    pieces: tuple[Piece, ...]
    width: float
    joined: bool


def pieces_of(text: Sequence[Run]) -> list[list[Piece]]:
    """The paragraphs of a text as drawable pieces; blank paragraphs are left out."""
    known = plain_characters()
    paragraphs: list[list[Piece]] = [[]]
    for run in text:
        face = run.bold + 2 * run.italic
        for number, part in enumerate(drawable(run.text, known).split("\n")):
            if number:
                paragraphs.append([])
            if part:
                paragraphs[-1].append((face, part))
    return [pieces for pieces in paragraphs if any(part.strip(" ") for _, part in pieces)]


def text_width(pieces: Sequence[Piece], size: float) -> float:
    """How wide pieces are on one line, in points."""
    total = 0.0
    for face, part in pieces:
        chosen = faces()[face]
        total += sum(chosen.widths[word] for word in part.split(" ")) + part.count(" ") * chosen.space
    return total * size / 1000


def break_lines(pieces: Sequence[Piece], size: float, width: float, indent: float = 0.0) -> list[Line]:
    """The lines of one paragraph set ``width`` points wide, its first line shorter by ``indent``."""
    limit = 1000 * width / size
    first = 1000 * (width - indent) / size
    if len(pieces) == 1:
        face, part = pieces[0]
        words = [word for word in part.split(" ") if word]
        table = faces()[face].widths
        widths = [table[word] for word in words]
        if max(widths) <= min(limit, first):
            return _fill_plain(face, words, widths, (first, limit, size))
    return _fill(_words(pieces, min(limit, first)), (first, limit, size))


def break_text(text: Sequence[Run], size: float, width: float) -> list[Line]:
    """The lines of a whole text, paragraph after paragraph."""
    return [line for pieces in pieces_of(text) for line in break_lines(pieces, size, width)]


def break_evenly(text: Sequence[Run], size: float, width: float) -> list[Line]:
    """As few lines as ``break_text`` makes, but of like length: for what stands centred."""
    lines = break_text(text, size, width)
    if len(lines) < 2:
        return lines
    narrow, wide = width / 2, width
    while wide - narrow > 4:
        middle = (narrow + wide) / 2
        evener = break_text(text, size, middle)
        if len(evener) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, evener
    return lines


def place(line: Line, align: Align, x: float, width: float) -> tuple[float, float]:
    """Where a line starts and what is added to each of its spaces."""
    slack = width - line.width
    if align is Align.CENTER:
        return x + slack / 2, 0.0
    if align is Align.RIGHT:
        return x + slack, 0.0
    if align is Align.JUSTIFY and line.gaps and not line.ends:
        return x, slack / line.gaps
    return x, 0.0


def _fill_plain(
    face: int, words: list[str], widths: list[float], measure: tuple[float, float, float]
) -> list[Line]:
    """The quick way: one style, every word narrower than the line."""
    limit, later, size = measure
    space = faces()[face].space
    scale = size / 1000
    lines = []
    start, used = 0, widths[0]
    for number in range(1, len(words)):
        wider = used + space + widths[number]
        if wider > limit:
            text = " ".join(words[start:number])
            gaps = number - start - 1 + text.count("\u00a0")
            lines.append(Line(((face, text),), used * scale, gaps, False))
            start, used, limit = number, widths[number], later
        else:
            used = wider
    text = " ".join(words[start:])
    lines.append(Line(((face, text),), used * scale, len(words) - start - 1, True))
    return lines


def _words(pieces: Sequence[Piece], limit: float) -> list[_Word]:
    """Words of mixed styles: what touches without a space stays together, unless wider than a line."""
    words: list[_Word] = []
    current: list[Piece] = []
    for face, part in pieces:
        for number, fragment in enumerate(part.split(" ")):
            if number and current:
                words += _cut(current, limit)
                current = []
            if fragment:
                current.append((face, fragment))
    if current:
        words += _cut(current, limit)
    return words


def _cut(pieces: list[Piece], limit: float) -> Iterator[_Word]:
    width = sum(faces()[face].widths[part] for face, part in pieces)
    if width <= limit:
        yield _Word(tuple(pieces), width, False)
        return
    joined = False
    for face, part in pieces:
        for fragment in _slices(face, part, limit):
            yield _Word(((face, fragment),), faces()[face].widths[fragment], joined)
            joined = True


def _slices(face: int, text: str, limit: float) -> Iterator[str]:
    """Cuts a long word into pieces no wider than the line, after a sign of punctuation where there is one."""
    widths = faces()[face].widths
    start, used = 0, 0.0
    for number, char in enumerate(text):
        wide = 0.0 if is_mark(char) else widths[char]
        if used + wide > limit and number > start:
            cut = next((at for at in range(number, start, -1) if text[at - 1] in _CUT_AFTER), number)
            cut = number if cut < start + (number - start) // 2 else cut
            yield text[start:cut]
            start, used = cut, sum(widths[kept] for kept in text[cut:number])
        used += wide
    yield text[start:]


def _fill(words: list[_Word], measure: tuple[float, float, float]) -> list[Line]:
    limit, later, size = measure
    space = faces()[0].space
    lines: list[Line] = []
    start, used = 0, words[0].width
    for number in range(1, len(words)):
        word = words[number]
        wider = used + word.width + (0 if word.joined else space)
        if wider > limit:
            lines.append(_join(words[start:number], used * size / 1000, False))
            start, used, limit = number, word.width, later
        else:
            used = wider
    lines.append(_join(words[start:], used * size / 1000, True))
    return lines


def _join(words: list[_Word], width: float, ends: bool) -> Line:
    pieces: list[Piece] = []
    for number, word in enumerate(words):
        if number and not word.joined:
            face, text = pieces[-1]
            pieces[-1] = (face, text + " ")
        for face, text in word.pieces:
            if pieces and pieces[-1][0] == face:
                pieces[-1] = (face, pieces[-1][1] + text)
            else:
                pieces.append((face, text))
    gaps = sum(text.count(" ") + text.count("\u00a0") for _, text in pieces)
    return Line(tuple(pieces), width, gaps, ends)
