"""Saving an office file so that the chosen place holds the whole new file or still the old one."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from openpyxl import Workbook

from app.domain.errors import FileUnwritable


def save_workbook(workbook: Workbook, target: Path) -> None:
    """Write a workbook beside its target first, then put it in its place in one step."""
    with replacing(target) as unfinished:
        workbook.save(unfinished)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Where to write what takes its target's place once it is whole; a failure leaves nothing of it."""
    unfinished = target.with_name(f".{target.name[:60]}.{uuid4().hex[:8]}.tam")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        yield unfinished
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise _refusal(target, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _refusal(target: Path, error: OSError) -> FileUnwritable:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileUnwritable(
            f"Không còn thư mục “{target.parent.name}” để lưu “{target.name}”. Chọn chỗ khác."
        )
    if isinstance(error, IsADirectoryError):
        return FileUnwritable(
            f"Không ghi được “{target.name}”: ở đó đã có một thư mục cùng tên. Chọn tên khác."
        )
    if isinstance(error, PermissionError):
        return FileUnwritable(
            f"Không ghi được “{target.name}”: tệp đang mở trong Word, Excel hoặc thư mục chỉ cho đọc. "
            "Đóng tệp hoặc chọn chỗ khác rồi lưu lại."
        )
    if error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
        return FileUnwritable(f"Không ghi được “{target.name}”: tên tệp không hợp lệ. Chọn tên ngắn hơn.")
    return FileUnwritable(
        f"Không ghi được “{target.name}”: ổ đĩa đầy hoặc không ghi được nữa. Chọn chỗ khác rồi lưu lại."
    )
