"""Starts the window: application, look, last resort, main window."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import __version__
from app.locations import user_data
from app.program_log import catch_native_lines
from app.ui.background import Background
from app.ui.changes import DataChanges
from app.ui.crash import CrashReporter, show_crash
from app.ui.dialogs import Dialogs
from app.ui.main_window import MainWindow
from app.ui.parts.look import use_look
from app.ui.preferences import Preferences
from app.ui.vietnamese import count_in_vietnamese, speak_vietnamese

_WHEN_PAGE_STANDS_MS = 300


def run_window(arguments: Sequence[str]) -> int:
    """Show the window, with the book named in the arguments if any; returns when it is closed."""
    catch_native_lines(user_data())
    # Said here: asking for a style later makes PySide load all it knows of styles before the first page.
    app = QApplication([sys.argv[0], "-style", "fusion", *arguments])
    app.setApplicationName("so-neu-guong")
    app.setApplicationVersion(__version__)
    preferences = Preferences()
    speak_vietnamese(app)
    use_look(preferences)
    background = Background(DataChanges())
    window = MainWindow(background, preferences)
    dialogs = Dialogs(window, preferences)
    crash = CrashReporter(lambda sentence, report: show_crash(dialogs, sentence, report))
    crash.install()
    background.crashed.connect(crash.report)
    background.saved.connect(crash.note_saved)
    window.start(dialogs, Path(arguments[0]) if arguments else None)
    window.show_with_page()
    QTimer.singleShot(_WHEN_PAGE_STANDS_MS, window, count_in_vietnamese)
    # Switched off while the program was loading; what is loaded by now stays and need not be looked at.
    gc.freeze()
    gc.enable()
    status = app.exec()
    background.shutdown()
    return status
