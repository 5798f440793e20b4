"""Start to the first usable screen with a 60-member, 10-year book, against an empty PySide6 window.

Each start is a process of its own that tells the time of its first paint: the empty window, the page with
names to choose. Unlocking takes a second by design and is counted out, as a person's typing before it would
be (``benchmarks.trust`` holds it to a bar of its own). Without a display both run offscreen. Run alone with
``python -m benchmarks.starting``.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.board import filled_book

LABEL = "Start to first usable screen without unlocking, 60 members and 10 years ÷ an empty window"
BAR = 3.5
_ROUNDS = 9

_EMPTY = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.perf_counter(), flush=True)
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""

# The time is told where the empty window tells it, by the page's own paintEvent: a filter of every event
# would be paid for by our window alone.
_OURS = """
import sys, time
import app.__main__ as program
program.load_what_needs_no_qt()
from app.services import books
unlock, spent = books.unlock_demo, []
def timed(ring):
    begun = time.perf_counter()
    unlocked = unlock(ring)
    spent.append(time.perf_counter() - begun)
    return unlocked
books.unlock_demo = timed
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
import app.ui.start as start
from app.ui.screens.people.choose_page import ChoosePersonPage
def paint(page, event):
    QWidget.paintEvent(page, event)
    print(time.perf_counter() - sum(spent), flush=True)
    QTimer.singleShot(0, QApplication.instance().quit)
ChoosePersonPage.paintEvent = paint
start.run_window(sys.argv[1:])
"""


def _start(source: str, *arguments: str) -> float:
    """Seconds from the process's start to its first paint; both processes read the system's one clock."""
    environment = dict(os.environ)
    if sys.platform.startswith("linux") and not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    start = time.perf_counter()
    command = [sys.executable, "-c", source, *arguments]
    told = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    return float(told.stdout.split()[0]) - start


def measure() -> tuple[str, float, float, float]:
    """The line of the table: label, our seconds, the baseline's, the bar for their ratio."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "so.neuguong"
        filled_book(folder, 10).close()
        _start(_OURS, str(folder))
        _start(_EMPTY)
        ours, empty = [], []
        for _ in range(_ROUNDS):  # by turns, so that a busy machine is fair to both
            ours.append(_start(_OURS, str(folder)))
            empty.append(_start(_EMPTY))
    return LABEL, median(ours), median(empty), BAR


if __name__ == "__main__":
    label, mine, baseline, bar = measure()
    sys.stdout.write(f"{label}: {mine:.3f} s ÷ {baseline:.3f} s = {mine / baseline:.2f} (bar {bar})\n")
