"""Gói quy định: one file a commune hands to all its cells, with rules, forms and Word templates inside.

A package from a stick is not trusted: only what its list names is read, each part against its digest, never
more than a few megabytes, and nothing is ever unpacked onto the disk.
"""

import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.domain.errors import FileUnreadable
from app.domain.rule_file import RuleFileKind
from app.domain.rule_file_reading import text_of
from app.domain.toml_edit import written
from app.domain.toml_reading import TomlTable, read_toml

SUFFIX = ".goiquydinh"
_LIST = "goi.toml"
_FORMAT = 1
_MAX_FILES = 300
_MAX_BYTES = 24 << 20
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class BundledFile:
    """One file of a package: what it is and from which year it is meant."""

    name: str
    kind: RuleFileKind
    key: str
    from_year: int
    source: str
    digest: str
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A package: who made it and when, and its files."""

    made_by: str
    made_on: date
    files: tuple[BundledFile, ...]


def bundle_bytes(bundle: Bundle) -> bytes:
    """A package as the bytes of its file; the same content gives the same bytes."""
    from io import BytesIO

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        _put(package, _LIST, _list_text(bundle).encode())
        for number, file in enumerate(bundle.files, start=1):
            _put(package, _inside(number), file.data)
    return out.getvalue()


def read_bundle(path: Path) -> Bundle:
    """Read a package and check every part against its digest. Raises ``FileUnreadable``."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _refusal(path.name, "gói lớn hơn 24 MB")
        with zipfile.ZipFile(path) as package:
            return _read(package, path.name)
    except OSError as error:
        raise _refusal(path.name, "không đọc được tệp từ ổ đĩa") from error
    except _BROKEN as error:
        raise _refusal(path.name, "gói bị hỏng hoặc không phải gói quy định") from error


def _read(package: zipfile.ZipFile, origin: str) -> Bundle:
    entries = package.infolist()
    if len(entries) > _MAX_FILES + 1 or sum(entry.file_size for entry in entries) > _MAX_BYTES:
        raise _refusal(origin, "gói chứa nhiều hơn một gói quy định có thể chứa")
    if _LIST not in package.namelist():
        raise _refusal(origin, "không có bảng kê trong gói")
    listed = read_toml(text_of(_bounded(package, _LIST), _LIST), f"{origin}: {_LIST}", _read_list)
    names = {entry.filename for entry in entries}
    files = []
    for number, file in enumerate(listed.files, start=1):
        if _inside(number) not in names:
            raise _refusal(origin, f"thiếu tệp “{file.name}” có trong bảng kê")
        data = _bounded(package, _inside(number))
        if sha256(data).hexdigest() != file.digest:
            raise _refusal(origin, f"tệp “{file.name}” trong gói không còn nguyên vẹn")
        files.append(BundledFile(*_fields(file), data))
    return Bundle(listed.made_by, listed.made_on, tuple(files))


def _fields(file: BundledFile) -> tuple[str, RuleFileKind, str, int, str, str]:
    return file.name, file.kind, file.key, file.from_year, file.source, file.digest


def _bounded(package: zipfile.ZipFile, name: str) -> bytes:
    """A part's bytes; the size a package tells of itself is not believed."""
    with package.open(name) as part:
        data = part.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ValueError("larger than told")
    return data


def _read_list(table: TomlTable) -> Bundle:
    if table.whole("format") != _FORMAT:
        table.fail("format", "gói do bản chương trình mới hơn tạo")
    made_on = table.day_if_any("made_on")
    if made_on is None:
        table.fail("made_on", "còn thiếu")
    return Bundle(table.text("made_by"), made_on, table.each("files", _read_file))


def _read_file(table: TomlTable) -> BundledFile:
    return BundledFile(
        name=table.text("name"),
        kind=table.choice("kind", RuleFileKind),
        key=table.text("key"),
        from_year=table.whole("from_year"),
        source=table.text("source", ""),
        digest=table.text("sha256"),
    )


def _list_text(bundle: Bundle) -> str:
    lines = [
        f"format = {_FORMAT}",
        f"made_by = {written(bundle.made_by)}",
        f"made_on = {bundle.made_on.isoformat()}",
    ]
    for file in bundle.files:
        lines += [
            "",
            "[[files]]",
            f"name = {written(file.name)}",
            f"kind = {written(file.kind.value)}",
            f"key = {written(file.key)}",
            f"from_year = {file.from_year}",
            f"source = {written(file.source)}",
            f"sha256 = {written(sha256(file.data).hexdigest())}",
        ]
    return "\n".join(lines) + "\n"


def _inside(number: int) -> str:
    return f"tep/{number:03d}"


def _put(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, data)


def _refusal(origin: str, why: str) -> FileUnreadable:
    return FileUnreadable(
        f"Gói “{origin}” chưa nạp được: {why}. Sổ không bị thay đổi. "
        "Đồng chí xin lại gói từ cấp ủy cấp trên rồi nạp lại."
    )
