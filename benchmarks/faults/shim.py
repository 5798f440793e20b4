"""The library between a program and its disk (disk.c), compiled on this machine and loaded before libc."""

import ctypes
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from benchmarks.faults.outcome import CannotRun

ROOT = Path(__file__).parents[2]
_SOURCE = Path(__file__).with_name("disk.c")


def made_shim(place: Path) -> Path:
    """The library, compiled into ``place``; ``CannotRun`` where this machine cannot have it."""
    if sys.platform != "linux":
        raise CannotRun("chỉ làm được trên Linux (LD_PRELOAD)")
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None:
        raise CannotRun("máy không có trình biên dịch C (cc, gcc hoặc clang)")
    library = place / "disk.so"
    if not library.exists():
        made = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl", "-lpthread"]
        told = subprocess.run(made, capture_output=True, text=True, check=False)
        if told.returncode:
            raise CannotRun(f"không dịch được disk.c: {told.stderr.strip()[:200]}")
    return library


def environment(library: Path, watched: Path, journal: Path | None, **more: str) -> dict[str, str]:
    """What a child process is started with so that its disk is ours."""
    ours = {"LD_PRELOAD": str(library), "FAULT_ROOT": str(watched), "PYTHONPATH": str(ROOT), **more}
    if journal is not None:
        ours["FAULT_JOURNAL"] = str(journal)
    return {**os.environ, **ours}


@cache
def _loaded() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.disk_refuse_after.argtypes = [ctypes.c_long]
    library.disk_changes.restype = ctypes.c_long
    library.disk_note.argtypes = [ctypes.c_char_p]
    return library


def note(words: str) -> None:
    """Put a remark between the writes in the journal: what the program has said to be kept by now."""
    _loaded().disk_note(words.encode())


def refuse_after(changes: int) -> None:
    """Let so many more changes through; then the disk is full."""
    _loaded().disk_refuse_after(changes)


def give_room() -> None:
    """The disk has room again."""
    _loaded().disk_give_room()


def changes() -> int:
    """How many changes that need room were let through since ``refuse_after``."""
    return int(_loaded().disk_changes())
