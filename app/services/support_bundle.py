"""Gói hỗ trợ: what who helps needs to know, and nothing of what is in the book; shown before it is saved."""

import os
import platform
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlalchemy import text

from app import __version__
from app.db import book_folder, key_file, schema
from app.domain.acts import Act
from app.domain.errors import BookUnavailable, FileUnwritable
from app.locations import user_data
from app.program_log import log_text, technical
from app.services.health import BookHealth, check_book
from app.services.workspace import Workspace

_PACKAGES = ("SQLAlchemy", "sqlcipher3", "PySide6-Essentials", "reportlab", "openpyxl", "pypdfium2")


@dataclass(frozen=True, slots=True)
class BundlePart:
    """One file of the bundle: its name, what it is, and every word that will stand in it."""

    name: str
    title: str
    text: str


def support_parts(ws: Workspace, settings: Mapping[str, str]) -> tuple[BundlePart, ...]:
    """Everything the bundle would hold: versions, ``settings`` of the window, the log, counts of findings."""
    ws.must(Act.SUPPORT_BUNDLE)
    chosen = "\n".join(f"{name}: {technical(value)}" for name, value in sorted(settings.items()))
    return (
        BundlePart("phien-ban.txt", "Phiên bản", _versions(ws)),
        BundlePart("thiet-lap.txt", "Thiết lập máy", chosen),
        BundlePart("so.txt", "Số liệu sổ", _book(ws)),
        BundlePart("kiem-tra.txt", "Kết quả kiểm tra", _codes(check_book(ws))),
        BundlePart("nhat-ky-may.txt", "Nhật ký máy", log_text(user_data())),
    )


def save_bundle(parts: Sequence[BundlePart], target: Path) -> Path:
    """Write the bundle as one zip file, complete or not at all."""
    part = target.with_name(target.name + ".dang-ghi")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for each in parts:
                archive.writestr(each.name, each.text)
        os.replace(part, target)
    except OSError as error:
        raise FileUnwritable(
            f"Không ghi được gói hỗ trợ ra {target}: {book_folder.why(error)}. Xin chọn chỗ khác."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _versions(ws: Workspace) -> str:
    with ws.read() as tx:
        sqlite = tx.connection.execute(text("SELECT sqlite_version()")).scalar_one()
        cipher = tx.connection.execute(text("PRAGMA cipher_version")).scalar()
    lines = [f"program: {__version__}", f"python: {platform.python_version()}"]
    lines += [f"system: {platform.platform()}", f"sqlite: {sqlite}", f"sqlcipher: {cipher}"]
    return "\n".join([*lines, *(f"{name}: {_version_of(name)}" for name in _PACKAGES)])


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not found"


def _book(ws: Workspace) -> str:
    database = ws.folder / book_folder.DATABASE
    with ws.read() as tx:
        revision = schema.revision_of(tx.connection)
        names = tx.connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        counts = {
            name: tx.connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in sorted(names.all())
            if not name.startswith("sqlite_")
        }
    lines = [
        f"revision: {revision}",
        f"size: {database.stat().st_size // 1024} kB",
        f"read only: {ws.read_only}",
        f"key slots: {_slots(ws)}",
    ]
    return "\n".join([*lines, *(f"{name}: {count}" for name, count in counts.items())])


def _slots(ws: Workspace) -> str:
    try:
        kinds = Counter(slot.kind.value for slot in key_file.read_keys(ws.folder).slots)
    except BookUnavailable:
        return "unreadable"
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))


def _codes(health: BookHealth) -> str:
    found = Counter(
        f"{finding.part.value} {finding.weight.value} {finding.code}" for finding in health.findings
    )
    lines = [f"{code}: {count}" for code, count in sorted(found.items())]
    return "\n".join([*(lines or ["sound: nothing found"]), f"ignored: {len(health.ignored)}"])
