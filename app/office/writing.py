"""Saving a workbook so that the chosen place holds the whole new file or still the old one."""

import os
import tempfile
from pathlib import Path

from openpyxl import Workbook

from app.domain.errors import FileUnwritable


def save_workbook(workbook: Workbook, target: Path) -> None:
    """Write the workbook beside its target first, then put it in its place in one step."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".xlsx", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise _refusal(target, error) from error
    unfinished = Path(name)
    try:
        workbook.save(unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise _refusal(target, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _refusal(target: Path, error: OSError) -> FileUnwritable:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileUnwritable(
            f"Không còn thư mục “{target.parent.name}” để lưu “{target.name}”. Chọn chỗ khác."
        )
    if isinstance(error, PermissionError):
        return FileUnwritable(
            f"Không ghi được “{target.name}”: tệp đang mở trong Excel hoặc thư mục chỉ cho đọc. "
            "Đóng tệp hoặc chọn chỗ khác rồi lưu lại."
        )
    return FileUnwritable(
        f"Không ghi được “{target.name}”: ổ đĩa đầy hoặc không ghi được nữa. Chọn chỗ khác rồi lưu lại."
    )
