"""Writing and putting files in place so that a power cut leaves the old or the new one, never half of one."""

import os
import time
from pathlib import Path

_TRIES, _PAUSE = 5, 0.1


def write_safely(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it. Raises ``OSError``."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(new: Path, old: Path) -> None:
    """Put one file into the place of another, in one step that survives a power cut. Raises ``OSError``.

    On Windows another program that looks at the new file, a virus scanner say, stops this for a moment.
    """
    for left in range(_TRIES - 1, -1, -1):
        try:
            os.replace(new, old)
            break
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE)
    keep_names(old.parent)


def to_disk(path: Path) -> None:
    """Wait until the disk has this file's content. Raises ``OSError``."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def keep_names(folder: Path) -> None:
    """Wait until the disk knows the names in this folder, where the system lets one wait for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some file systems (network shares, FAT) refuse this for a folder
    finally:
        os.close(handle)


def make_folders(folder: Path) -> None:
    """Make a folder and those above it, so that a power cut does not take them away with what is put inside.

    Raises ``OSError``.
    """
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for above in folder.parents:  # also those made a moment ago by somebody who did not wait
        try:
            keep_names(above)
        except OSError:
            break  # not ours to open, so not made by us


def overwrite_and_remove(path: Path) -> None:
    """Write over a file's whole length once, then remove it. Raises ``OSError``."""
    size = path.stat().st_size
    blank = os.urandom(1024 * 1024)
    with path.open("r+b") as file:
        for start in range(0, size, len(blank)):
            file.write(blank[: size - start])
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    keep_names(path.parent)
