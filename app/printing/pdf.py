"""Papers to PDF: into a file, into memory, or only counted."""

import errno
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from app.domain.errors import FileUnwritable
from app.domain.paper import Paper
from app.domain.progress import NoProgress, Progress
from app.printing.heads import foot_words
from app.printing.ink import Pen, page_operators
from app.printing.pages import lay_out
from app.printing.pdf_file import PageStream
from app.printing.strips import sheet_of


def write_pdf(
    papers: Iterable[Paper],
    target: Path,
    *,
    title: str,
    progress: Progress | None = None,
    total: int | None = None,
) -> int:
    """Writes papers one after another into one PDF and gives back how many pages it has.

    Pages are numbered anew in each paper. ``target`` appears whole or not at all: an older file of that
    name stays as it was when the work is cancelled or fails.
    """
    unfinished = target.with_name(f".{target.name[:60]}.{uuid4().hex[:8]}.tam")
    try:
        with translated_errors(target):
            _refuse_other_than_file(target)
            with unfinished.open("xb") as out:
                pages = _stream(papers, out, title, _Watch(progress or NoProgress(), papers, total))
                out.flush()
                os.fsync(out.fileno())
            os.replace(unfinished, target)
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return pages


def pdf_bytes(papers: Iterable[Paper], title: str, on_paper: Callable[[int], None] | None = None) -> bytes:
    """The same file in memory, for looking at before printing.

    ``on_paper`` is told how many pages each paper took, before the next one is asked for.
    """
    out = io.BytesIO()
    _stream(papers, out, title, _Watch(NoProgress(), papers, None, on_paper))
    return out.getvalue()


def count_pages(paper: Paper) -> int:
    """How many pages a paper takes, without writing it."""
    return sum(1 for _ in lay_out(paper, sheet_of(paper.style)))


class _Watch:
    """Tells after each paper how far the work is and how many pages it took; raises what it raises."""

    def __init__(
        self,
        progress: Progress,
        papers: Iterable[Paper],
        total: int | None,
        on_paper: Callable[[int], None] | None = None,
    ) -> None:
        self._progress = progress
        self._on_paper = on_paper
        self._total = total if total is not None else len(papers) if isinstance(papers, Sized) else 0

    def finished(self, done: int, paper: Paper, pages: int) -> None:
        if self._on_paper:
            self._on_paper(pages)
        self._progress.step(done, max(self._total, done), f"{paper.title} – {paper.subject}".strip(" –"))


def _stream(papers: Iterable[Paper], out: BinaryIO, title: str, watch: _Watch) -> int:
    document = PageStream(out, title)
    pen = Pen(document)
    pages = 0
    for done, paper in enumerate(papers, 1):
        sheet = sheet_of(paper.style)
        foot = foot_words(paper.foot, sheet)
        number = 0
        for number, page in enumerate(lay_out(paper, sheet), 1):
            document.add(page_operators(page, number, sheet, pen, foot), sheet.width, sheet.height)
        pages += number
        watch.finished(done, paper, number)
    if not pages:
        raise FileUnwritable("Không có bản nào để in, nên chưa ghi tệp. Đồng chí chọn người và loại giấy tờ.")
    document.finish()
    return pages


def _refuse_other_than_file(target: Path) -> None:
    """A folder or device of that name is never replaced."""
    if target.exists() and not target.is_file():
        raise FileUnwritable(
            f"Không ghi được {target}: ở đó đã có một thư mục hoặc thiết bị cùng tên. "
            "Đồng chí chọn tên tệp khác rồi in lại."
        )


@contextmanager
def translated_errors(target: Path) -> Iterator[None]:
    """Turns the system's refusals while writing ``target`` into sentences for the person."""
    try:
        yield
    except OSError as error:
        raise FileUnwritable(_sentence(target, error)) from error


def _sentence(target: Path, error: OSError) -> str:
    name, folder = target.name, target.parent
    if error.errno == errno.ENOENT:
        return (
            f"Không ghi được {name}: không thấy thư mục {folder}. "
            "Đồng chí kiểm tra ổ đĩa hoặc chọn thư mục khác rồi in lại."
        )
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return (
            f"Không ghi được {name}: ổ đĩa chứa thư mục {folder} đã hết chỗ. "
            "Đồng chí xóa bớt tệp không dùng hoặc chọn ổ đĩa khác rồi in lại."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY):
        if target.exists() and os.access(folder, os.W_OK):
            return (
                f"Không ghi được {name}: tệp đang mở ở chương trình khác hoặc được đặt chỉ đọc. "
                "Đồng chí đóng tệp đó, hoặc chọn tên khác, rồi in lại."
            )
        return (
            f"Không ghi được {name}: thư mục {folder} không cho ghi. "
            "Đồng chí chọn thư mục khác, ví dụ Tài liệu, rồi in lại."
        )
    if error.errno in (errno.ENAMETOOLONG, errno.EINVAL, errno.ENOTDIR):
        return (
            f"Không ghi được {name}: tên tệp hoặc đường dẫn không hợp lệ. "
            "Đồng chí chọn tên ngắn hơn, không có ký tự đặc biệt, rồi in lại."
        )
    return (
        f"Không ghi được {name} vào thư mục {folder}: {error.strerror or error}. "
        "Đồng chí thử thư mục khác rồi in lại."
    )
