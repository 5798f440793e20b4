"""Opening a workbook somebody chose: every way it can fail, said in a sentence."""

import gc
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from app.domain.errors import FileUnreadable

Item = TypeVar("Item")

_LARGEST_FILE = 30 * 2**20
_LARGEST_UNPACKED = 400 * 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SAVE_AS = "Mở tệp trong Excel, chọn Lưu thành (Save As) dạng Excel Workbook (*.xlsx), rồi chọn lại tệp mới."

# What openpyxl and the standard library raise over a damaged package; there is no common base class.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    EOFError,
    NotImplementedError,
    OverflowError,
)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except FileNotFoundError as error:
        raise FileUnreadable(f"Không còn tệp “{path.name}” ở chỗ cũ. Chọn lại tệp.") from error
    except PermissionError as error:
        raise FileUnreadable(
            f"Không được phép đọc tệp “{path.name}”: tệp đang mở trong chương trình khác hoặc bị khóa. "
            "Đóng tệp trong Excel rồi chọn lại."
        ) from error
    except OSError as error:
        raise FileUnreadable(
            f"Không đọc được tệp “{path.name}” từ ổ đĩa. Chép tệp sang chỗ khác trên máy rồi chọn lại."
        ) from error
    except RuntimeError as error:
        raise FileUnreadable(
            f"Tệp “{path.name}” được nén kèm mật khẩu. Bỏ mật khẩu rồi chọn lại tệp."
        ) from error
    except _DAMAGE as error:
        raise FileUnreadable(
            f"Tệp “{path.name}” bị hỏng, không đọc được nội dung bảng tính. "
            "Mở thử bằng Excel; nếu mở được, lưu thành tệp mới rồi chọn tệp đó."
        ) from error


def _check_kind(path: Path) -> None:
    """Refuse what is no .xlsx before anything is unpacked."""
    if path.is_dir():
        raise FileUnreadable(f"“{path.name}” là một thư mục. Chọn tệp danh sách .xlsx bên trong.")
    size = path.stat().st_size
    if size == 0:
        raise FileUnreadable(f"Tệp “{path.name}” rỗng. Kiểm tra xem tệp đã được chép đủ chưa.")
    if size > _LARGEST_FILE:
        raise FileUnreadable(
            f"Tệp “{path.name}” lớn {size // 2**20} MB, một danh sách không quá {_LARGEST_FILE // 2**20} MB. "
            "Chép riêng bảng danh sách sang tệp mới rồi nhập tệp đó."
        )
    with path.open("rb") as file:
        start = file.read(8)
        if start == _OLE:
            _refuse_ole(path, start + file.read())
    if not start.startswith(_ZIP):
        raise FileUnreadable(f"Tệp “{path.name}” không phải bảng tính Excel (.xlsx). {_SAVE_AS}")
    _check_package(path)


def _refuse_ole(path: Path, content: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileUnreadable(
            f"Tệp “{path.name}” có đặt mật khẩu. Mở tệp trong Excel, vào Thông tin → Bảo vệ sổ làm việc, "
            "bỏ mật khẩu mở tệp, lưu lại rồi chọn lại tệp."
        )
    raise FileUnreadable(f"Tệp “{path.name}” là dạng Excel cũ (.xls), chương trình chỉ đọc .xlsx. {_SAVE_AS}")


def _check_package(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        unpacked = sum(part.file_size for part in parts)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise FileUnreadable(f"Tệp “{path.name}” không phải bảng tính Excel (.xlsx). {_SAVE_AS}")
    if unpacked > _LARGEST_UNPACKED:
        raise FileUnreadable(
            f"Tệp “{path.name}” bung ra tới {unpacked // 2**20} MB, không phải một danh sách bình thường. "
            "Chép riêng bảng danh sách sang tệp mới rồi nhập tệp đó."
        )


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hold Python's search for cycles while a list is read: it would look through all cells again and again.

    Reading makes no cycles; the search goes on afterwards.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """A workbook opened for fast reading of values; the file is let go of afterwards."""
    with _translated(path):
        _check_kind(path)
        file = path.open("rb")
    # The file is ours to close: openpyxl lets go of it late when a sheet is not read to its end.
    with file:
        with _translated(path):
            workbook = load_workbook(file, read_only=True, data_only=True)
        yield workbook


def taken(path: Path, rows: Iterator[Item], count: int) -> list[Item]:
    """The next rows of an opened workbook, fewer at its end; damage inside the sheet shows only here."""
    with _translated(path):
        return list(islice(rows, count))


def editable(path: Path) -> Workbook:
    """The whole workbook in memory, with formulas and looks, to save a changed copy of."""
    with _translated(path):
        _check_kind(path)
        with path.open("rb") as file:
            return load_workbook(file)
