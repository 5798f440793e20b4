"""Nhật ký on paper: the actions that were looked for, each with what it changed; to a file or a printer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.db import cell_tables
from app.domain.dates import format_date, long_date
from app.domain.history_words import PARTS
from app.domain.month_seal import seal_words
from app.domain.paper import (
    Block,
    Cell,
    Column,
    Letterhead,
    PageStyle,
    Paper,
    Paragraph,
    Run,
    Table,
    TitleBlock,
    plain,
)
from app.domain.progress import NoProgress, Progress
from app.domain.text import upper_first
from app.services.cells import cell_in
from app.services.history import ActionLine, HistoryQuery, list_actions
from app.services.history_lines import HistoryNames, Readers, lines_of_action, sentences_of
from app.services.page_pictures import PagePictures
from app.services.workspace import Act, Workspace

MOST_PRINTED = 1000
_MOST_CHANGES = 60
_TITLE = "Nhật ký sổ đăng ký nêu gương"


@dataclass(frozen=True, slots=True)
class PrintedHistory:
    """What was written: where, how many pages, how many actions."""

    path: Path
    page_count: int
    action_count: int


def history_paper(ws: Workspace, wanted: HistoryQuery, progress: Progress | None = None) -> Paper:
    """The paper of what is looked for, the newest first; of very many actions the newest thousand."""
    ws.must(Act.READ_HISTORY)
    lines = list_actions(ws, MOST_PRINTED + 1, wanted)
    watch = progress or NoProgress()
    with ws.read() as tx:
        names, readers = HistoryNames(tx), Readers(ws.actor.member_id, wanted.about_id)
        rows = []
        for done, line in enumerate(lines[:MOST_PRINTED], 1):
            changes = lines_of_action(tx, names, line.id, readers, _MOST_CHANGES)
            rows.append(_row(line, sentences_of(changes)))
            watch.step(done, len(lines), line.name)
        cell = cell_in(tx)
        head = tx.first(select(cell_tables.book_head.c.chain))
    today = ws.today()
    name = cell.name_on(today)
    blocks: list[Block] = [
        Letterhead(name.upper.upper(), name.own.upper(), long_date(name.place, today)),
        TitleBlock(("NHẬT KÝ SỔ ĐĂNG KÝ NÊU GƯƠNG",), _sublines(wanted, names, len(rows))),
        Table(_COLUMNS, tuple(rows), size=10.0),
    ]
    if len(lines) > MOST_PRINTED:
        words = f"Chỉ in {MOST_PRINTED} việc gần nhất; muốn in việc cũ hơn thì chọn khoảng ngày ngắn hơn."
        blocks.append(Paragraph(plain(words), size=11.0, space_before=2.0))
    foot = f"Mã nhật ký lúc in: {seal_words(head.chain)}" if head is not None and head.chain else ""
    return Paper(_TITLE, name.own, tuple(blocks), PageStyle(left=20.0), foot)


_COLUMNS = (Column("Lúc", 0.13), Column("Người làm", 0.23), Column("Việc đã làm và những gì đã đổi", 0.64))


def _row(line: ActionLine, sentences: Sequence[str]) -> tuple[Cell, ...]:
    day, at = line.day_and_time.split(" ")
    who = f"{line.who}\n({line.about})" if line.on_behalf else line.who
    told = "".join(f"\n– {upper_first(sentence)}" for sentence in sentences)
    words = (Run(line.name, bold=True), Run(told)) if told else (Run(line.name, bold=True),)
    return Cell(plain(f"{day}\n{at}")), Cell(plain(who)), Cell(words)


def _sublines(wanted: HistoryQuery, names: HistoryNames, count: int) -> tuple[str, ...]:
    """What was looked for, so that a reader knows what is not on this paper."""
    said = []
    if wanted.about_id:
        said.append(f"Về đồng chí {names.people.get(wanted.about_id, '…')}")
    if wanted.by_id:
        said.append(f"Do đồng chí {names.people.get(wanted.by_id, '…')} làm")
    if wanted.part:
        said.append(f"Phần: {PARTS[wanted.part]}")
    if wanted.words.strip():
        said.append(f"Có chữ: “{wanted.words.strip()}”")
    first, last = wanted.first_day, wanted.last_day
    if first and last:
        said.append(f"Từ ngày {format_date(first)} đến ngày {format_date(last)}")
    elif first:
        said.append(f"Từ ngày {format_date(first)}")
    elif last:
        said.append(f"Đến ngày {format_date(last)}")
    return (*said, f"{count} việc, việc mới trước")


def save_history(
    ws: Workspace, wanted: HistoryQuery, target: Path, progress: Progress | None = None
) -> PrintedHistory:
    """Save the paper as a PDF file, whole or not at all; raises ``FileUnwritable``, ``Cancelled``."""
    from app.printing.pdf import write_pdf

    paper = history_paper(ws, wanted, progress)
    pages = write_pdf([paper], target, title=_TITLE)
    return PrintedHistory(target, pages, len(_table(paper).rows))


def history_pages(ws: Workspace, wanted: HistoryQuery, progress: Progress | None = None) -> PagePictures:
    """The pages of the paper, for a printer."""
    from app.printing.pdf import pdf_bytes

    return PagePictures(pdf_bytes([history_paper(ws, wanted, progress)], _TITLE))


def _table(paper: Paper) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table))
