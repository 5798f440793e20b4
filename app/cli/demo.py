"""The main job without a window: makes the sample book and prints every sheet of 2025."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from app.domain.errors import FileUnwritable, NotFound, PasswordNeeded, PlainBook
from app.services.books import open_book
from app.services.cells import get_cell
from app.services.papers import PaperKind, PaperRequest, offered_kinds, save_pdf
from app.services.sample_book import make_sample_book

YEAR = 2025
BOOK_NAME = "so-mau.neuguong"
FILE_NAMES = {
    PaperKind.REVIEW: "ban-kiem-diem",
    PaperKind.REGISTER: "so-dang-ky-neu-guong",
    PaperKind.PLEDGE: "ban-cam-ket",
    PaperKind.MATRIX: "bang-12-thang",
    PaperKind.EXTRACT: "trich-so",
}


def make_demo(out: Path) -> Iterator[str]:
    """Make the sample book in ``out`` and one PDF per kind of paper, and one of all; yields what to tell.

    A sample book made there before is replaced; any other book is left alone.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnwritable(f"Không lập được thư mục {out}: {error.strerror}. Xin chọn chỗ khác.") from error
    folder = out / BOOK_NAME
    _clear_old_sample(folder)
    make_sample_book(folder)
    yield f"Sổ mẫu: {folder}"
    ws = open_book(folder, read_only=True)
    try:
        for kind in offered_kinds():
            name = FILE_NAMES.get(kind, kind.value.replace("_", "-"))
            try:
                printed = save_pdf(ws, PaperRequest((kind,), YEAR), out / f"{name}-{YEAR}.pdf")
            except NotFound as nothing:
                yield f"{kind.label}: {nothing}"
                continue
            yield f"{kind.label}: {printed.sheet_count} bản, {printed.page_count} trang, {printed.path}"
        everything = PaperRequest(offered_kinds(), YEAR)
        printed = save_pdf(ws, everything, out / f"tat-ca-{YEAR}.pdf")
        yield f"Tất cả: {printed.sheet_count} bản, {printed.page_count} trang, {printed.path}"
    finally:
        ws.close()


def _clear_old_sample(folder: Path) -> None:
    if not folder.exists():
        return
    try:
        ws = open_book(folder)
    except (PasswordNeeded, PlainBook) as error:
        raise _not_ours(folder) from error
    try:
        is_sample = get_cell(ws).is_sample
    finally:
        ws.close()
    if not is_sample:
        raise _not_ours(folder)
    shutil.rmtree(folder)


def _not_ours(folder: Path) -> FileUnwritable:
    return FileUnwritable(f"Ở {folder} có một cuốn sổ thật. Xin chọn thư mục khác cho sổ mẫu.")
