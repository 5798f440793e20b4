"""The program's own log for who is asked to help: where things broke, never what anybody wrote.

Two files in the person's own folder: the log, three pieces of 500 kB by turns, and what the driver and Qt
print by themselves. A line that holds anything but plain ASCII is left out: names and sentences of a book are
Vietnamese, and a log must not hold them even by mistake.
"""

import faulthandler
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

FILE, NATIVE = "su-co.log", "su-co-may.log"
LEFT_OUT = "(words left out)"
_PIECE, _PIECES = 500_000, 3
_LONGEST_LINE = 300
_DEEPEST = 12


class ProgramLog(logging.Handler):
    """Writes the log. Not being able to must never hide what was to be logged, nor stop the program."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._pieces: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; what turns the pieces over is loaded with the first one."""
        if self._pieces is None:
            self._pieces = _pieces_at(self._path)
        self._pieces.emit(record)


def _pieces_at(path: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    class Pieces(RotatingFileHandler):
        def emit(self, record: logging.LogRecord) -> None:
            """Nothing is held open between two lines: a second window may turn the pieces over meanwhile."""
            super().emit(record)
            if self.stream is not None:
                self.stream.close()
                self.stream = None

        def doRollover(self) -> None:  # noqa: N802 - the name is logging's
            try:
                super().doRollover()
            except OSError:
                # Windows moves no file that a second window writes just now: this piece grows longer.
                self.stream = self._open()

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
            if sys.stderr is not None:
                print(self.format(record), file=sys.stderr)  # noqa: T201

    pieces = Pieces(path, maxBytes=_PIECE, backupCount=_PIECES - 1, encoding="utf-8", delay=True)
    pieces.setFormatter(_Wordless("%(asctime)s %(name)s: %(message)s"))
    return pieces


class _Wordless(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        lines = [f"{self.formatTime(record)} {record.name}: {technical(record.getMessage())}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += where_it_broke(record.exc_info[1])
        return "\n".join(lines)


def technical(text: str) -> str:
    """The text as the log may hold it, line by line: short, and nothing but plain ASCII."""
    return "\n".join(
        line[:_LONGEST_LINE] if line.isascii() and line.isprintable() else LEFT_OUT
        for line in text.splitlines()
    )


def where_it_broke(error: BaseException) -> Iterator[str]:
    """What kind of error, and the places in the code it came through; its message may hold people's words."""
    link: BaseException | None = error
    for _ in range(_DEEPEST):
        if link is None:
            return
        yield f"{type(link).__module__}.{type(link).__qualname__}"
        for frame in traceback.extract_tb(link.__traceback__):
            yield f"  {short_path(frame.filename)}:{frame.lineno} {frame.name}"
        link = link.__cause__ or link.__context__


def short_path(path: str) -> str:
    """A path of a code file without the folders of the person whose PC it is."""
    parts = Path(path.replace("\\", "/")).parts
    for mark in ("site-packages", "app", "tests"):
        if mark in parts:
            place = len(parts) - 1 - parts[::-1].index(mark)
            kept = parts[place + (mark == "site-packages") :]
            return technical("/".join(kept))
    return technical(parts[-1] if parts else "")


def catch_native_lines(folder: Path) -> None:
    """Send what the driver, Qt and a dying interpreter print by themselves into a file of its own.

    What Python prints still goes where it went, for who started the program from a console.
    """
    path = folder / NATIVE
    try:
        if path.exists() and path.stat().st_size > _PIECE:
            os.replace(path, path.with_name(f"{NATIVE}.1"))
        file = path.open("ab", buffering=0)
    except OSError:
        return
    if sys.stderr is not None:
        try:
            sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="replace")
        except OSError:
            sys.stderr = None  # a window program of Windows has nowhere to print to
    os.dup2(file.fileno(), 2)
    file.close()
    faulthandler.enable(2)


def log_text(folder: Path) -> str:
    """Everything logged so far, the oldest first, as it may be given to who helps."""
    names = [f"{FILE}.{number}" for number in range(_PIECES - 1, 0, -1)] + [FILE, f"{NATIVE}.1", NATIVE]
    found = []
    for name in names:
        try:
            text = (folder / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found.append(f"== {name}\n{technical(_without_folders(text))}")
    return "\n".join(found)


def _without_folders(text: str) -> str:
    """Stacks of a dying interpreter name whole paths: File "C:\\Users\\...\\x.py", line 3 in f."""
    lines = []
    for line in text.splitlines():
        before, quote, rest = line.partition('File "')
        if quote:
            path, _quote, after = rest.partition('"')
            line = f'{before}File "{short_path(path)}"{after}'
        lines.append(line)
    return "\n".join(lines)
