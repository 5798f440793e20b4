"""Prints papers of a book into a PDF, Word or Excel file or into a folder, for scripts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.cli.opening import opened_book
from app.domain.errors import NotFound
from app.domain.sheets.kinds import PaperKind
from app.domain.text import fold, nfc
from app.services.members import list_members
from app.services.paper_files import FileFormat, save_paper_files
from app.services.papers import PaperRequest, offered_kinds
from app.services.workspace import Workspace

ALL = "all"


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What to print and where to. ``paper`` is a kind, several with commas, or "all".

    ``member`` is an id or the exact full name. The target's ending says PDF, Word or Excel; a target without
    one is a folder that gets a file for each member, of ``folder_format``.
    """

    paper: str
    book: Path
    year: int
    target: Path
    member: str | None = None
    blank: bool = False
    folder_format: FileFormat = FileFormat.PDF
    password_file: Path | None = None


def print_paper(order: PrintOrder) -> Iterator[str]:
    """Print papers of a book; yields what to tell."""
    kinds = _kinds(order.paper)
    per_member = order.target.suffix == "" or order.target.is_dir()
    file_format = order.folder_format if per_member else _format_of(order.target)
    member, blank = order.member, order.blank
    ws = opened_book(order.book, order.password_file, read_only=True)
    try:
        ids: tuple[str, ...] | None = None if member is None else (_member_id(ws, member),)
        if blank and member is None:
            ids = ()
        request = PaperRequest(kinds, order.year, ids, blank=blank)
        saved = save_paper_files(ws, request, order.target, file_format, per_member=per_member)
    finally:
        ws.close()
    pages = f", {saved.page_count} trang" if saved.page_count else ""
    files = f" ({saved.file_count} tệp)" if per_member else ""
    yield f"Đã in {saved.sheet_count} bản{pages} vào {saved.path}{files}"
    for note in saved.skipped:
        yield f"  Không in {note.name}: {note.reason}"
    for kind in saved.without_tables:
        yield f"  {kind.label}: không có bảng nào để đưa sang Excel"


def _kinds(paper: str) -> tuple[PaperKind, ...]:
    known = {kind.value: kind for kind in offered_kinds()}
    wanted = tuple(known) if paper == ALL else tuple(dict.fromkeys(paper.split(",")))
    if unknown := [each for each in wanted if each not in known]:
        raise NotFound(f"Không có loại giấy tờ “{unknown[0]}”. Các loại in được: {', '.join(known)}.")
    return tuple(known[each] for each in wanted)


def _format_of(target: Path) -> FileFormat:
    ending = target.suffix.lower().lstrip(".")
    if ending not in [each.value for each in FileFormat]:
        raise NotFound(f"Không ghi được tệp “{target.name}”. Đuôi tệp là .pdf, .docx hoặc .xlsx.")
    return FileFormat(ending)


def _member_id(ws: Workspace, wanted: str) -> str:
    found = [m.id for m in list_members(ws) if m.id == wanted or m.search_key == fold(nfc(wanted))]
    if len(found) != 1:
        many = "có nhiều người tên này, xin dùng mã" if found else "không có người này trong sổ"
        raise NotFound(f"Không in được cho “{wanted}”: {many}.")
    return found[0]
