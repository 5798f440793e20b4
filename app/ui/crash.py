"""The last resort for bugs: log where it happened, tell the person, offer a report without personal words."""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from app import __version__
from app.locations import user_data
from app.ui.dialogs import Dialogs

_LOG_LIMIT = 1_000_000


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
        self._log_file = log_file or user_data() / "su-co.log"
        self._saved_at: datetime | None = None
        self._is_showing = False
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take in what Python would only print: in the window's thread, in slots, in other threads."""
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread
        notes = logging.getLogger("app")
        notes.setLevel(logging.INFO)
        notes.addHandler(_ToFile(self._log))

    def note_saved(self) -> None:
        """Something has just been written to the book: the person is told up to when all is safe."""
        self._saved_at = datetime.now()

    def report(self, error: BaseException) -> None:
        """Log a bug and tell the person."""
        text = report_text(error)
        self._log(text)
        self._reported.emit(text)

    def _take(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
        else:
            self.report(error)

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _log(self, text: str) -> None:
        try:
            is_full = self._log_file.exists() and self._log_file.stat().st_size > _LOG_LIMIT
            with self._log_file.open("w" if is_full else "a", encoding="utf-8") as log:
                log.write(f"{text}\n\n")
        except OSError:
            # A log that cannot be written must not hide the failure itself.
            print(text, file=sys.stderr)  # noqa: T201

    def _show(self, text: str) -> None:
        if self._is_showing:
            return
        self._is_showing = True
        saved = (
            f" Sổ vẫn an toàn, đã lưu đến {self._saved_at:%H:%M}." if self._saved_at else " Sổ vẫn an toàn."
        )
        try:
            self._show_window(
                f"{saved.strip()} Đồng chí có thể lưu báo cáo, trong đó không có nội dung riêng.",
                text,
            )
        finally:
            self._is_showing = False


class _ToFile(logging.Handler):
    """What the program notes for who is asked to help stands in the same file."""

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__()
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        self._write(f"{datetime.now():%d/%m/%Y %H:%M:%S} {record.name}: {record.getMessage()}")


def report_text(error: BaseException) -> str:
    """Where a bug happened. The exception's own message may hold people's words, so it is left out."""
    lines = [
        f"Sổ đăng ký nêu gương {__version__} · {datetime.now():%d/%m/%Y %H:%M:%S}",
        f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}",
    ]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        for frame in traceback.extract_tb(link.__traceback__):
            parts = Path(frame.filename).parts
            lines.append(f"  {'/'.join(parts[-3:])}:{frame.lineno} {frame.name}")
        link = link.__cause__ or link.__context__
    return "\n".join(lines)


def show_crash(dialogs: Dialogs, sentence: str, report: str) -> None:
    """Tell what happened; the report goes only where the person saves it."""
    if not dialogs.ask("Có việc ngoài dự tính", sentence, act_label="Lưu báo cáo", keep_label="Đóng"):
        return
    path = dialogs.choose_save_file("Lưu báo cáo", "bao-cao-su-co.txt", "Tệp chữ (*.txt)", purpose="bao-cao")
    if path is not None:
        try:
            path.write_text(report + "\n", encoding="utf-8")
        except OSError:
            dialogs.tell("Chưa lưu được báo cáo", f"Không ghi được vào {path}. Đồng chí chọn chỗ khác.")
