"""What the PC tells of itself: its screen was locked, it goes to sleep; often it tells nothing."""

import sys
from typing import Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)

_POWER, _SUSPENDS = 0x0218, 0x0004  # WM_POWERBROADCAST, PBT_APMSUSPEND
_SESSION, _SESSION_LOCKED = 0x02B1, 0x7  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK


def says_away(message: int, word: int) -> bool:
    """Whether a message of Windows says that the PC goes to sleep or that its screen was locked."""
    return (message, word) in ((_POWER, _SUSPENDS), (_SESSION, _SESSION_LOCKED))


class PcEvents(QObject):
    """``away``: nobody sits in front of this PC any more."""

    away = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter: _WindowsMessages | None = None

    def listen(self, window_id: int) -> None:
        """Ask the system to tell; asked once, when the first person sits down."""
        if sys.platform == "win32":
            self._listen_to_windows(window_id)
        elif sys.platform.startswith("linux"):
            self._listen_to_the_bus()

    def _listen_to_windows(self, window_id: int) -> None:
        import ctypes

        self._filter = _WindowsMessages(self)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        windll = getattr(ctypes, "windll", None)
        if windll is not None:
            windll.wtsapi32.WTSRegisterSessionNotification(window_id, 0)

    def _listen_to_the_bus(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # no such library on this PC: it cannot tell, the clocks still do
            return
        login, manager = "org.freedesktop.login1", "org.freedesktop.login1.Manager"
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        # A str, whatever the stubs say: bytes are refused.
        sleeps: Any = SLOT("_told(bool)")
        locks: Any = SLOT("_locked()")
        if system.isConnected():
            system.connect(login, "/org/freedesktop/login1", manager, "PrepareForSleep", self, sleeps)
            system.connect(login, "", "org.freedesktop.login1.Session", "Lock", self, locks)
        if session.isConnected():
            for name in ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"):
                session.connect("", "", name, "ActiveChanged", self, sleeps)

    @Slot(bool)
    def _told(self, is_away: bool) -> None:
        if is_away:
            self.away.emit()

    @Slot()
    def _locked(self) -> None:
        self.away.emit()


class _WindowsMessages(QAbstractNativeEventFilter):
    """Looks at each message of Windows; never keeps one."""

    def __init__(self, events: PcEvents) -> None:
        super().__init__()
        self._events = events

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if kind == b"windows_generic_MSG":
            from ctypes import wintypes

            told = wintypes.MSG.from_address(int(message))
            if says_away(told.message, told.wParam):
                self._events.away.emit()
        return False, 0
