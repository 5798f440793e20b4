"""How long nobody has been at the PC: as the PC itself says where it does, else as this window saw it.

Also notices that the PC slept. Wakes every few seconds only, and only while somebody is seated.
"""

import ctypes
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TICK_MS = 5_000
_WARN_SECONDS = 30
_SLEPT_SECONDS = 60.0
_ACTIVITY = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Where time comes from. ``pc_idle``: seconds since the last key or mouse on the PC, None: not told."""

    monotonic: Callable[[], float]
    wall: Callable[[], float]
    pc_idle: Callable[[], float | None]


def pc_idle_seconds() -> float | None:
    """What Windows says; other systems have no way that is the same everywhere."""
    if sys.platform != "win32":
        return None
    return _windows_idle()


class _LastInput(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint), ("tick", ctypes.c_uint))


def _windows_idle() -> float | None:
    told = _LastInput(ctypes.sizeof(_LastInput), 0)
    windll = getattr(ctypes, "windll", None)
    if windll is None or not windll.user32.GetLastInputInfo(ctypes.byref(told)):
        return None
    # Both count milliseconds in 32 bits and begin again after 49 days.
    return float((windll.kernel32.GetTickCount() - told.tick) & 0xFFFFFFFF) / 1000


SYSTEM_CLOCKS = Clocks(time.monotonic, time.time, pc_idle_seconds)


class IdleWatch(QObject):
    """``lock_wanted`` with the minutes nobody was there, 0 when the PC slept; ``warned`` 30 s before.

    ``active``: somebody came back after the warning.
    """

    lock_wanted = Signal(int)
    warned = Signal()
    active = Signal()

    def __init__(self, parent: QObject, clocks: Clocks = SYSTEM_CLOCKS) -> None:
        super().__init__(parent)
        self._clocks = clocks
        self._minutes = 0
        self._is_warned = False
        self._window: QWindow | None = None
        self._last_seen = self._before = clocks.monotonic()
        self._wall_before = clocks.wall()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def is_watching(self) -> bool:
        """Whether somebody's desk is guarded now."""
        return self._timer.isActive()

    def start(self, minutes: int) -> None:
        """Somebody sat down: lock after this many minutes without them."""
        self._minutes, self._is_warned = minutes, False
        self._last_seen = self._before = self._clocks.monotonic()
        self._wall_before = self._clocks.wall()
        if isinstance(app := QGuiApplication.instance(), QGuiApplication) and not self.is_watching:
            app.focusWindowChanged.connect(self._watch_window)
            self._watch_window(app.focusWindow())
        self._timer.start()

    def stop(self) -> None:
        """Nobody is seated."""
        if self.is_watching and isinstance(app := QGuiApplication.instance(), QGuiApplication):
            app.focusWindowChanged.disconnect(self._watch_window)
        self._timer.stop()
        self._watch_window(None)

    def _watch_window(self, window: QWindow | None) -> None:
        """Keys and mouse come to the window in front; only its own events are looked at."""
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window.destroyed.disconnect(self._forget_window)
        self._window = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget_window)

    def _forget_window(self) -> None:
        self._window = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self.note_activity()
        return False

    def note_activity(self) -> None:
        """Somebody is there."""
        self._last_seen = self._clocks.monotonic()
        if self._is_warned:
            self._is_warned = False
            self.active.emit()

    def tick(self) -> None:
        """Look at the clocks."""
        now, wall = self._clocks.monotonic(), self._clocks.wall()
        gap = max(now - self._before, wall - self._wall_before)
        self._before, self._wall_before = now, wall
        if gap > _SLEPT_SECONDS:
            self.lock_wanted.emit(0)
            return
        told = self._clocks.pc_idle()
        idle = now - self._last_seen if told is None else told
        limit = self._minutes * 60
        if idle >= limit:
            self.lock_wanted.emit(self._minutes)
        elif idle >= limit - _WARN_SECONDS:
            if not self._is_warned:
                self._is_warned = True
                self.warned.emit()
        elif self._is_warned:
            self._is_warned = False
            self.active.emit()
