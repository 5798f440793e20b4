"""Disks and sticks as the system shows them: where a folder lies inside its own, and where it may be now."""

from pathlib import Path

from PySide6.QtCore import QStorageInfo


def inside_volume(folder: Path) -> str:
    """The folder's way from the root of its disk or stick, whatever letter that has."""
    root = Path(QStorageInfo(str(folder)).rootPath())
    try:
        return folder.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return ""


def may_be_at(folder: Path, inside: str) -> list[Path]:
    """Where a folder chosen once may be now: where it was, or on any disk or stick that is in."""
    volumes = [
        Path(volume.rootPath()) / inside
        for volume in QStorageInfo.mountedVolumes()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly()
    ]
    return [folder, *(place for place in volumes if inside and place != folder)]


def is_same_disk(one: Path, other: Path) -> bool:
    """Whether both lie on one disk, so that both are lost with it."""
    return bool(QStorageInfo(str(one)).device() == QStorageInfo(str(other)).device())
