"""Papers to a Word file an office can go on editing: the same blocks the printed pages are drawn from."""

from collections.abc import Callable, Iterable, Sized
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.errors import FileUnwritable
from app.domain.paper import (
    Block,
    CheckLine,
    Cover,
    DottedLines,
    FieldLine,
    Gap,
    Heading,
    Letterhead,
    PageBreak,
    Paper,
    Paragraph,
    SignatureBlock,
    Table,
    TitleBlock,
)
from app.domain.progress import NoProgress, Progress
from app.office.word_blocks import check_line, dotted_lines, field_line, heading, paragraph, title_block
from app.office.word_body import WordParagraph, spacer
from app.office.word_document import Sections, new_document, write_document
from app.office.word_page import Item, Page, page_of
from app.office.word_setting import Typesetter
from app.office.word_styles import SMALLEST, mm
from app.office.word_tables import cover, letterhead, signature_block, table
from app.office.writing import replacing

_SETTERS: dict[type, Callable[[Any, Page], list[Item]]] = {
    Paragraph: paragraph,
    Heading: heading,
    FieldLine: field_line,
    CheckLine: check_line,
    DottedLines: dotted_lines,
    Table: table,
    SignatureBlock: signature_block,
    Letterhead: letterhead,
    TitleBlock: title_block,
    Cover: cover,
}
_LINES_BEFORE_SIGNATURE = 2


def write_docx(
    papers: Iterable[Paper],
    target: Path,
    *,
    title: str,
    progress: Progress | None = None,
    total: int | None = None,
) -> int:
    """Writes papers into one Word file, each with pages numbered anew, and gives back how many they are.

    ``target`` appears whole or not at all, and the same papers give the same bytes.
    """
    watch = progress or NoProgress()
    whole = total if total is not None else len(papers) if isinstance(papers, Sized) else 0
    document = new_document(title)
    sections, typesetter = Sections(document), Typesetter(document)
    done = 0
    for done, paper in enumerate(papers, 1):
        page = page_of(paper.style)
        sections.begin(paper, page)
        for item in _items(paper, page):
            typesetter.add(item)
        watch.step(done, max(whole, done), f"{paper.title} – {paper.subject}".strip(" –"))
    if not done:
        raise FileUnwritable(
            "Không có bản nào để ghi, nên chưa ghi tệp. Đồng chí chọn người và loại giấy tờ."
        )
    typesetter.add(spacer(SMALLEST))  # a document must not end with a table
    with replacing(target) as unfinished:
        write_document(document, unfinished)
    return done


def _items(paper: Paper, page: Page) -> list[Item]:
    """Blocks one after another, with the room between them and what must stay together."""
    items: list[Item] = []
    space, turn = 0.0, False
    for block in paper.blocks:
        if isinstance(block, Gap):
            space += mm(block.height)
            continue
        if isinstance(block, PageBreak):
            turn = bool(items)
            continue
        made = _SETTERS[type(block)](block, page)
        if not made:
            continue
        turn |= isinstance(block, Cover) and bool(items)
        if not turn:
            _draw_to(block, items)
        _join(items, made, space, turns_page=turn)
        space = mm(3) if isinstance(block, Table | SignatureBlock | Letterhead) else 0.0
        turn = isinstance(block, Cover)
    return items


def _draw_to(block: Block, items: list[Item]) -> None:
    """Lines to write on stay with the words that ask for them, a signature with the last lines before it."""
    count = {SignatureBlock: _LINES_BEFORE_SIGNATURE, DottedLines: 1}.get(type(block), 0)
    for item in items[len(items) - min(count, len(items)) :]:
        if isinstance(item, WordParagraph):
            item.keep_next = True
        elif item is items[-1]:
            for row in item.rows[-count:]:
                row.keep_next = True


def _join(items: list[Item], made: list[Item], space: float, *, turns_page: bool) -> None:
    """Puts ``made`` behind ``items``; only paragraphs can keep room, so beside a table they keep its too."""
    first, last = made[0], items[-1] if items else None
    if isinstance(first, WordParagraph):
        first.before = 0.0 if turns_page else first.before + space
        first.turns_page = turns_page
    elif turns_page:
        items.append(spacer(SMALLEST, turns_page=True))
    elif isinstance(last, WordParagraph):
        last.after += space + first.before
    elif last is not None:
        items.append(replace(spacer(space + first.before), keep_next=True))
    items += made
