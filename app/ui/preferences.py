"""What this PC remembers of the window: place, size, text scale, recent books; nothing of the book itself."""

import json
from datetime import date
from pathlib import Path

from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from app.locations import user_data
from app.ui.tokens import SCALES

_MOST_RECENT = 8
_TITLE_BAR = 40


class Preferences:
    """Kept in one ini file beside the log; an unreadable value is simply forgotten."""

    def __init__(self, file: Path | None = None) -> None:
        self._settings = QSettings(str(file or user_data() / "cua-so.ini"), QSettings.Format.IniFormat)

    def _text(self, key: str, default: str = "") -> str:
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    @property
    def text_scale(self) -> float:
        """1.0, 1.5 or 2.0."""
        try:
            scale = float(self._text("hien-thi/co-chu", "1.0"))
        except ValueError:
            return 1.0
        return scale if scale in SCALES else 1.0

    @text_scale.setter
    def text_scale(self, scale: float) -> None:
        self._settings.setValue("hien-thi/co-chu", str(scale))

    @property
    def theme(self) -> str:
        """``"light"``, ``"dark"`` or ``"system"``."""
        theme = self._text("hien-thi/nen", "light")
        return theme if theme in ("light", "dark", "system") else "light"

    @theme.setter
    def theme(self, theme: str) -> None:
        self._settings.setValue("hien-thi/nen", theme)

    @property
    def prefers_noto(self) -> bool:
        """Whether the bundled letters are used even where Segoe UI exists."""
        return self._text("hien-thi/chu-noto") == "1"

    @prefers_noto.setter
    def prefers_noto(self, wanted: bool) -> None:
        self._settings.setValue("hien-thi/chu-noto", "1" if wanted else "0")

    def recent_books(self) -> tuple[Path, ...]:
        """The books opened last, the newest first; also those that are not there now (a USB stick not in)."""
        return tuple(Path(text) for text in self._list("so/gan-day"))

    def remember_book(self, book: Path) -> None:
        """Put a book first among the recent ones."""
        others = [text for text in self._list("so/gan-day") if text != str(book)]
        self._settings.setValue("so/gan-day", json.dumps([str(book), *others][:_MOST_RECENT]))

    def forget_book(self, book: Path) -> None:
        """Take a book off the recent ones; the book itself stays."""
        others = [text for text in self._list("so/gan-day") if text != str(book)]
        self._settings.setValue("so/gan-day", json.dumps(others))

    def folder(self, purpose: str) -> Path | None:
        """The folder used last for this purpose, when it still exists."""
        text = self._text(f"thu-muc/{purpose}")
        return Path(text) if text and Path(text).is_dir() else None

    def remember_folder(self, purpose: str, folder: Path) -> None:
        """Offer this folder first next time."""
        self._settings.setValue(f"thu-muc/{purpose}", str(folder))

    def last_place(self, book: str) -> dict[str, str]:
        """Where the person was in this book: page and what it showed."""
        try:
            place = json.loads(self._text(f"cho/{book}", "{}"))
        except json.JSONDecodeError:
            return {}
        return {str(k): str(v) for k, v in place.items()} if isinstance(place, dict) else {}

    def remember_place(self, book: str, place: dict[str, str]) -> None:
        """Come back here next time this book is opened."""
        self._settings.setValue(f"cho/{book}", json.dumps(place, ensure_ascii=False))

    def widths(self, table: str) -> dict[str, int]:
        """Column widths of a table, at 100 % text."""
        try:
            widths = json.loads(self._text(f"cot/{table}", "{}"))
        except json.JSONDecodeError:
            return {}
        return (
            {str(k): v for k, v in widths.items() if isinstance(v, int)} if isinstance(widths, dict) else {}
        )

    def remember_widths(self, table: str, widths: dict[str, int]) -> None:
        """Keep the column widths of a table."""
        self._settings.setValue(f"cot/{table}", json.dumps(widths, ensure_ascii=False))

    def restore_window(self, window: QMainWindow) -> None:
        """Put the window where it was; on a screen that is gone, onto one that is there."""
        rect = self._settings.value("cua-so/o")
        if isinstance(rect, QRect) and rect.isValid():
            window.setGeometry(_visible(rect))
        else:
            window.resize(1366, 768)
        if self._text("cua-so/phong-to", "1") == "1":
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)

    def remember_window(self, window: QMainWindow) -> None:
        """Keep place, size and whether it fills the screen."""
        self._settings.setValue("cua-so/phong-to", "1" if window.isMaximized() else "0")
        rect = window.normalGeometry()
        self._settings.setValue("cua-so/o", rect if rect.isValid() else window.geometry())

    def second_place(self, book: Path) -> Path | None:
        """The folder with the second copies of this book, when it can be seen now."""
        text = self._text(f"sao-luu/{book}/noi-thu-hai")
        return Path(text) if text and Path(text).is_dir() else None

    def second_folder(self, book: Path) -> tuple[Path, str] | None:
        """What was chosen as second place, and where that lies inside its disk or stick."""
        chosen = self._text(f"sao-luu/{book}/da-chon")
        return (Path(chosen), self._text(f"sao-luu/{book}/trong-o")) if chosen else None

    def remember_second_place(self, book: Path, folder: Path, inside: str, place: Path) -> None:
        """Copies of this book go there too from now on."""
        self._settings.setValue(f"sao-luu/{book}/da-chon", str(folder))
        self._settings.setValue(f"sao-luu/{book}/trong-o", inside)
        self._settings.setValue(f"sao-luu/{book}/noi-thu-hai", str(place))

    def second_copy_on(self, book: Path) -> date | None:
        """The day of the newest copy in the second place, as last seen."""
        try:
            return date.fromisoformat(self._text(f"sao-luu/{book}/lan-cuoi"))
        except ValueError:
            return None

    def remember_second_copy(self, book: Path, day: date) -> None:
        """The newest copy in the second place is of this day."""
        self._settings.setValue(f"sao-luu/{book}/lan-cuoi", day.isoformat())

    def sync(self) -> None:
        """Write to disk now."""
        self._settings.sync()

    def _list(self, key: str) -> list[str]:
        try:
            value = json.loads(self._text(key, "[]"))
        except json.JSONDecodeError:
            return []
        return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _visible(rect: QRect) -> QRect:
    """The same window moved and shrunk so that all of it, title bar too, is on one present screen."""
    screens = QGuiApplication.screens()
    overlaps = [(_area(screen.availableGeometry().intersected(rect)), screen) for screen in screens]
    _, screen = max(overlaps, key=lambda pair: pair[0])
    room = screen.availableGeometry().adjusted(0, _TITLE_BAR, 0, 0)
    if room.contains(rect):
        return rect
    size = rect.size().boundedTo(room.size())
    left = max(room.left(), min(rect.left(), room.right() - size.width() + 1))
    top = max(room.top(), min(rect.top(), room.bottom() - size.height() + 1))
    return QRect(left, top, size.width(), size.height())


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())
