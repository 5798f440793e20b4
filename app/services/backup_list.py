"""The list of backups in plain words: when, why, how many members, where it lies and what opens it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.db.backup_file import Manifest, must_be_whole, read_manifest, ring_in
from app.domain.acts import Act
from app.domain.backup_keeping import BackupReason
from app.domain.dates import weekday_name
from app.domain.text import upper_first
from app.services.backup_shelf import FoundCopy, Shelf, every_copy, places_of
from app.services.key_holders import holder_names
from app.services.keys import backup_openers
from app.services.second_place import FOLDER
from app.services.workspace import Workspace

HERE = "máy này"


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One backup as people see it. ``place``: this PC or the stick's name; ``is_pinned``: kept for ever."""

    path: Path
    made_at: datetime
    words: str
    place: str
    openers: str
    is_pinned: bool


def list_backups(ws: Workspace, second: Path | None = None) -> tuple[BackupLine, ...]:
    """The good backups of the open book here and in its second place, the newest first."""
    ws.must(Act.BACK_UP)
    return _lines(ws.folder, second, ws.today(), holder_names(ws))


def backups_of(folder: Path, today: date, second: Path | None = None) -> tuple[BackupLine, ...]:
    """The same for a book that is not open or will not open; whose the passwords are stands in the book."""
    return _lines(folder, second, today, {})


def line_of_file(path: Path, today: date) -> BackupLine:
    """A copy chosen as a file, read through; raises ``FileUnreadable`` for anything else."""
    must_be_whole(path)
    return _line(FoundCopy(path, read_manifest(path)), path.parent, today, {})


def _lines(folder: Path, second: Path | None, today: date, names: dict[str, str]) -> tuple[BackupLine, ...]:
    shelves = [Shelf(place, today) for place in places_of(folder)]
    if second is not None:
        shelves.append(Shelf(second, today))
    return tuple(_line(copy, second, today, names) for copy in every_copy(shelves))


def _line(copy: FoundCopy, second: Path | None, today: date, names: dict[str, str]) -> BackupLine:
    manifest = copy.manifest
    is_away = second is not None and copy.path.parent == second
    return BackupLine(
        copy.path,
        datetime.fromisoformat(manifest.made_at),
        upper_first(copy_words(manifest, today)),
        str(_chosen_folder(copy.path.parent)) if is_away else HERE,
        backup_openers(ring_in(copy.path), names),
        manifest.reason == BackupReason.YEAR_END,
    )


def _chosen_folder(place: Path) -> Path:
    """What the person chose as second place, without the two folders made inside it."""
    return place.parent.parent if place.parent.name == FOLDER else place


def copy_words(manifest: Manifest, today: date) -> str:
    """Such as “thứ Sáu 20/11, 16:40, trước khi nhập danh sách, 42 đảng viên”; another year is named."""
    at = datetime.fromisoformat(manifest.made_at)
    year = "" if at.year == today.year else f"/{at.year}"
    return (
        f"{weekday_name(at.date())} {at:%d/%m}{year}, {at:%H:%M}, {manifest.words}, "
        f"{manifest.members} đảng viên"
    )
