"""The screen locked by the desktop itself is heard over the session bus."""

import shutil
import subprocess
import sys

_LISTENS = """
import subprocess, sys
from PySide6.QtCore import QCoreApplication, QTimer
from app.ui.pc_events import PcEvents

app = QCoreApplication([])
events = PcEvents(app)
heard = []
events.away.connect(lambda: heard.append("away"))
events.listen(0)


def locked(value):
    signal = "org.freedesktop.ScreenSaver.ActiveChanged"
    words = ["dbus-send", "--session", "--type=signal", "/org/freedesktop/ScreenSaver", signal]
    subprocess.run([*words, f"boolean:{value}"], check=True)


has_bus = sys.argv[1] == "bus"
if has_bus:
    QTimer.singleShot(0, lambda: locked("false"))
    QTimer.singleShot(0, lambda: locked("true"))
events.away.connect(app.quit)
QTimer.singleShot(20_000 if has_bus else 200, app.quit)
app.exec()
print(heard)
"""


def test_a_screen_locked_by_the_desktop_is_heard_and_its_unlocking_is_not() -> None:
    """On a PC without a session bus nothing comes, and nothing breaks."""
    has_bus = bool(shutil.which("dbus-run-session") and shutil.which("dbus-send"))
    runner = ["dbus-run-session", "--"] if has_bus else []
    told = subprocess.run(
        [*runner, sys.executable, "-c", _LISTENS, "bus" if has_bus else "none"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )

    assert told.stdout.strip() == ("['away']" if has_bus else "[]"), told.stderr
