"""A book on disk: one folder ``NAME.neuguong`` with the database, a note for people and a lock."""

import errno
import os
import shutil
import sys
from pathlib import Path
from typing import IO

from app.domain.errors import BookDamaged, BookInUse, BookUnavailable, FileUnwritable

SUFFIX = ".neuguong"
PACKED_SUFFIX = ".neuguong.zip"
DATABASE = "so.db"
LOCK = "dang-mo.khoa"
NOTE = "XIN DOC TRUOC.txt"
NOTE_TEXT = (
    "Đây là một cuốn sổ đăng ký nêu gương. Xin giữ nguyên cả thư mục này, không xóa hay chép lẻ từng tệp.\r\n"
    "Muốn chép sổ sang máy khác: mở sổ, vào Thiết lập, bấm “Chép sổ thành một tệp”.\r\n"
)


def database_of(folder: Path) -> Path:
    """The database file of a book folder; says plainly what is wrong with a folder that is no whole book."""
    if not folder.exists():
        raise BookUnavailable(
            f"Không thấy sổ “{folder.name}” ở {folder.parent}. Nếu sổ ở USB, xin cắm USB rồi mở lại."
        )
    if not folder.is_dir():
        raise BookUnavailable(
            f"“{folder.name}” không phải là một cuốn sổ. Xin chọn thư mục có tên tận cùng là {SUFFIX}, "
            f"hoặc tệp {PACKED_SUFFIX}."
        )
    database = folder / DATABASE
    if not database.is_file():
        whole = any(folder.glob(f"{DATABASE}*")) or (folder / NOTE).exists()
        if whole or folder.name.endswith(SUFFIX):
            raise BookDamaged(
                f"Sổ “{folder.name}” thiếu tệp {DATABASE}, có lẽ mới chép được một nửa. "
                "Xin chép lại cả thư mục từ máy cũ, hoặc dùng “Chép sổ thành một tệp”."
            )
        raise BookUnavailable(f"Thư mục “{folder.name}” không phải là sổ. Xin chọn thư mục {SUFFIX}.")
    if database.stat().st_size == 0:
        raise BookDamaged(
            f"Sổ “{folder.name}” có tệp {DATABASE} rỗng, có lẽ mất điện khi đang chép. "
            "Xin lấy một bản sao khác để mở; thư mục này được giữ nguyên."
        )
    return database


def make_folder(folder: Path) -> None:
    """Make an empty book folder at a place that is still free."""
    if folder.exists():
        raise FileUnwritable(
            f"Ở {folder.parent} đã có “{folder.name}”. Xin đặt tên khác để không đè lên sổ cũ."
        )
    try:
        folder.mkdir(parents=True)
        try:
            (folder / NOTE).write_text(NOTE_TEXT, encoding="utf-8-sig", newline="")
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except OSError as error:
        raise FileUnwritable(
            f"Không lập được sổ ở {folder.parent}: {why(error)}. Xin chọn chỗ khác, ví dụ thư mục Tài liệu."
        ) from error


def why(error: OSError) -> str:
    """The system's reason in a few Vietnamese words."""
    known = {
        errno.ENOENT: "không thấy tệp hoặc thư mục đó",
        errno.EACCES: "máy không cho phép",
        errno.EPERM: "máy không cho phép",
        errno.ENOSPC: "ổ đĩa đã đầy",
        errno.EROFS: "chỗ đó chỉ đọc",
        errno.EEXIST: "ở đó đã có một tệp cùng tên",
        errno.ENOTDIR: "chỗ đó không phải là thư mục",
        errno.EISDIR: "chỗ đó là một thư mục",
        errno.ENAMETOOLONG: "tên quá dài",
        errno.EIO: "ổ đĩa không đọc hoặc ghi được",
    }
    return known.get(error.errno or 0) or error.strerror or "không ghi được"


class BookLock:
    """Held while a window may write the book; the system frees it when the program ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        try:
            self._file = (folder / LOCK).open("a+b")
        except OSError as error:
            raise BookUnavailable(
                f"Chưa ghi được vào sổ “{folder.name}”: {why(error)}. Sổ mở được để xem."
            ) from error
        self._hold(self._file)

    def _hold(self, file: IO[bytes]) -> None:
        try:
            _lock(file)
        except OSError as error:
            file.close()
            self._file = None
            raise BookInUse("Sổ đang mở ở cửa sổ khác. Đồng chí xem được, chưa ghi được.") from error

    def renew(self) -> bool:
        """Hold the book again where its folder was gone meanwhile (a stick pulled and back); True then.

        Raises ``BookUnavailable`` while it is gone, ``BookInUse`` when another window took it.
        """
        path = self._folder / LOCK
        try:
            if self._file is not None and os.path.samestat(os.fstat(self._file.fileno()), os.stat(path)):
                return False
            file = path.open("a+b") if (self._folder / DATABASE).exists() else None
        except OSError:
            file = None
        if file is None:
            raise BookUnavailable(
                f"Không thấy sổ “{self._folder.name}” nữa: USB bị rút hoặc thư mục bị chuyển đi. Chữ vừa gõ "
                "còn trên màn hình; xin cắm lại USB hoặc để thư mục về chỗ cũ, rồi lưu lại."
            )
        self.release()
        self._file = file
        self._hold(file)
        return True

    def release(self) -> None:
        """Let other windows write."""
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
