"""Prints papers of a book into one PDF, for scripts."""

from collections.abc import Iterator
from pathlib import Path

from app.domain.errors import NotFound
from app.domain.text import fold, nfc
from app.services.books import open_book
from app.services.members import list_members
from app.services.papers import PaperRequest, offered_kinds, save_pdf
from app.services.workspace import Workspace


def print_paper(
    paper: str, book: Path, year: int, target: Path, *, member: str | None = None, blank: bool = False
) -> Iterator[str]:
    """Print one kind of paper; yields what to tell. ``member`` is an id or the exact full name."""
    kinds = {kind.value: kind for kind in offered_kinds()}
    if paper not in kinds:
        raise NotFound(f"Không có loại giấy tờ “{paper}”. Các loại in được: {', '.join(kinds)}.")
    ws = open_book(book, read_only=True)
    try:
        ids: tuple[str, ...] | None = None if member is None else (_member_id(ws, member),)
        if blank and member is None:
            ids = ()
        request = PaperRequest((kinds[paper],), year, ids, blank=blank)
        printed = save_pdf(ws, request, target)
    finally:
        ws.close()
    yield f"Đã in {printed.sheet_count} bản, {printed.page_count} trang vào {printed.path}"
    for note in printed.skipped:
        yield f"  Không in {note.name}: {note.reason}"


def _member_id(ws: Workspace, wanted: str) -> str:
    found = [m.id for m in list_members(ws) if m.id == wanted or m.search_key == fold(nfc(wanted))]
    if len(found) != 1:
        many = "có nhiều người tên này, xin dùng mã" if found else "không có người này trong sổ"
        raise NotFound(f"Không in được cho “{wanted}”: {many}.")
    return found[0]
