"""One book, one window that writes it: a second start of the same book brings the first window forward.

The two find each other by a name made of the person and the book's place, so that no other user of the PC is
met. What cannot be found this way (another PC on a shared folder, another user) is left to the book's lock.
"""

import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.services.book_places import is_open_elsewhere

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    from app.ui.shell import Shell

_LISTEN_AFTER_MS = 500
_PATIENCE_MS = 1000
_HERE = b"here"


class SingleWindow(QObject):
    """Waits, while this window writes a book, for a second start of it, and comes forward then."""

    def __init__(self, window: "Shell") -> None:
        super().__init__(window)
        self._window = window
        self._folder: Path | None = None
        self._server: QLocalServer | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._listen)

    @property
    def is_listening(self) -> bool:
        """Whether a second start would be heard."""
        return self._server is not None and self._server.isListening()

    def begin(self, folder: Path) -> None:
        """This window writes the book; what waiting needs is loaded when the first page stands."""
        self.end()
        self._folder = folder
        self._timer.start(_LISTEN_AFTER_MS)

    def end(self) -> None:
        """This window has closed the book."""
        self._timer.stop()
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
        self._server, self._folder = None, None

    def _listen(self) -> None:
        from PySide6.QtNetwork import QLocalServer

        if self._folder is None:
            return
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        name = _name_of(self._folder)
        # Who holds the book's lock is the one to listen: a name left by a killed program is nobody's.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def _called(self) -> None:
        assert self._server is not None
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.write(_HERE)
            caller.flush()
            self.come_forward()

    def come_forward(self) -> None:
        """Up from the task bar and before the other windows."""
        self._window.setWindowState(
            (self._window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
        )
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def give_way(self, name: str) -> None:
        """The window that has the book came forward: one started for that book alone is not needed."""
        if self._window.stack.currentWidget() is None:
            QApplication.quit()
        else:
            said = f"Sổ “{name}” đang mở ở cửa sổ khác, cửa sổ đó vừa hiện lên."
            self._window.message.show_message("info", said)


class FirstWindow(QObject):
    """Brings forward the window that writes a book; ``answered`` says whether there was one to be found."""

    answered = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._socket: QLocalSocket | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._end(was_there=False))

    def show(self, folder: Path) -> None:
        """Ask it; without a window that writes this book the answer comes at once."""
        if not is_open_elsewhere(folder):
            self.answered.emit(False)
            return
        from PySide6.QtNetwork import QLocalSocket

        _let_others_come_forward()
        self._socket = QLocalSocket(self)
        self._socket.readyRead.connect(self._read)
        self._socket.errorOccurred.connect(lambda _error: self._end(was_there=False))
        self._timer.start(_PATIENCE_MS)
        self._socket.connectToServer(_name_of(folder))

    def _read(self) -> None:
        assert self._socket is not None
        self._end(was_there=self._socket.readAll().data() == _HERE)

    def _end(self, *, was_there: bool) -> None:
        """Once: the other window closing the line afterwards is no second answer."""
        self._timer.stop()
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.abort()
            socket.deleteLater()
            self.answered.emit(was_there)


def _name_of(folder: Path) -> str:
    import getpass

    whose = f"{getpass.getuser()}\n{os.path.normcase(folder.resolve())}"
    return f"so-neu-guong-{sha256(whose.encode()).hexdigest()[:24]}"


def _let_others_come_forward() -> None:
    """Windows lets only the program used last put a window in front, and it may pass that on."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)
