"""Backups without a window: make one, list them, bring a book back from one."""

from collections.abc import Iterator
from pathlib import Path

from app.cli.opening import opened_book, with_secret
from app.domain.backup_keeping import BackupReason
from app.domain.errors import NotFound
from app.services.backup_list import backups_of
from app.services.backups import take_backup
from app.services.restoring import restore_closed_book
from app.services.workspace import SystemClock


def make_backup(folder: Path, password_file: Path | None) -> Iterator[str]:
    """Back the book up by hand, also while a window has it open; yields what to tell."""

    ws = opened_book(folder, password_file, read_only=True)
    try:
        path = take_backup(ws, BackupReason.BY_HAND).copy.path
    finally:
        ws.close()
    yield f"Đã sao lưu và kiểm tra lại: đọc tốt. {path}"


def backup_lines(folder: Path) -> Iterator[str]:
    """The good backups of a book, the newest first, by number; asks for no password."""
    lines = backups_of(folder, SystemClock().today())
    for number, line in enumerate(lines, 1):
        yield f"{number:3}  {line.words}"
        yield f"     {line.openers}"
        yield f"     {line.path}"
    if not lines:
        yield "Chưa có bản sao nào của sổ này trên máy này."


def bring_back(folder: Path, source: str, password_file: Path | None) -> Iterator[str]:
    """Restore a book that is not open from a number of the list or from a file; yields what to tell."""
    copy = _chosen(folder, source)
    restored = with_secret(lambda secret: restore_closed_book(folder, copy, secret=secret), password_file)
    yield f"Đã khôi phục sổ từ bản sao {restored.copy}."
    if restored.openers:
        yield f"Từ nay: {restored.openers}"
    if restored.kept is not None:
        yield f"Tệp của sổ trước khi khôi phục được giữ ở {restored.kept}"


def _chosen(folder: Path, source: str) -> Path:
    if not source.isdigit():
        return Path(source)
    lines = backups_of(folder, SystemClock().today())
    if not 1 <= int(source) <= len(lines):
        raise NotFound(f"Không có bản sao số {source}. Lệnh “backups” cho xem danh sách.")
    return lines[int(source) - 1].path
