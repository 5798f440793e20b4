"""The last resort for bugs: log where it happened, tell the person once, offer a report without words."""

import logging
import platform
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from app import __version__
from app.locations import user_data
from app.program_log import FILE, ProgramLog, where_it_broke
from app.ui.dialogs import Dialogs


class CrashReporter(QObject):
    """Every unexpected exception ends in ``report``; ``show_window`` tells the person, once at a time."""

    _reported = Signal(object)

    def __init__(
        self,
        show_window: Callable[[str, str], None],
        log_file: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._show_window = show_window
        self._log = ProgramLog(log_file or user_data() / FILE)
        self._saved_at: datetime | None = None
        self._is_showing = False
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take in what Python would only print: in the window's thread, in slots, in other threads."""
        sys.excepthook = self._take
        sys.unraisablehook = self._take_unraisable
        threading.excepthook = self._take_from_thread
        notes = logging.getLogger("app")
        notes.setLevel(logging.INFO)
        notes.addHandler(self._log)

    def note_saved(self) -> None:
        """Something has just been written to the book: the person is told up to when all is safe."""
        self._saved_at = datetime.now()

    def report(self, error: BaseException) -> None:
        """Log a bug and tell the person."""
        text = report_text(error)
        self._note(error)
        self._reported.emit(text)

    def _take(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
        else:
            self.report(error)

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _take_unraisable(self, unraisable: "sys.UnraisableHookArgs") -> None:
        """An object that could not be cleaned away: nothing the person did failed, so it is only logged."""
        if unraisable.exc_value is not None:
            self._note(unraisable.exc_value)

    def _note(self, error: BaseException) -> None:
        found = (type(error), error, error.__traceback__)
        self._log.handle(logging.LogRecord("app", logging.ERROR, "", 0, "unexpected", None, found))

    def _show(self, text: str) -> None:
        if self._is_showing:
            return
        self._is_showing = True
        kept = (
            f"Mọi việc và bản nháp đã lưu đến {self._saved_at:%H:%M:%S} vẫn còn nguyên trong sổ."
            if self._saved_at
            else "Sổ vẫn an toàn, chưa có gì bị thay đổi từ lúc mở."
        )
        try:
            self._show_window(kept, text)
        finally:
            self._is_showing = False


def report_text(error: BaseException) -> str:
    """Where a bug happened. The exception's own message may hold people's words, so it is left out."""
    lines = [
        f"Sổ đăng ký nêu gương {__version__} · {datetime.now():%d/%m/%Y %H:%M:%S}",
        f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}",
        *where_it_broke(error),
    ]
    return "\n".join(lines)


def show_crash(dialogs: Dialogs, sentence: str, report: str) -> None:
    """The one window of a bug; the report goes only where the person copies or saves it."""
    from app.ui.crash_box import CrashBox

    box = CrashBox(dialogs, sentence, report)
    box.exec()
    box.deleteLater()
