"""How far long work is."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.progress_panel import ProgressPanel


class Locking(QObject):
    """Work with steps that have names."""

    progressed = Signal(int, int, str)
    finished = Signal()
    title = "Khóa sổ"

    def cancel(self) -> None:
        self.finished.emit()


def test_the_way_to_stop_keeps_its_height_when_a_step_is_named(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    panel = ProgressPanel(window)
    panel.setFixedWidth(560)
    window.show()
    task = Locking()
    panel.watch(task)
    qtbot.waitUntil(panel.isVisible)

    task.progressed.emit(4, 5, "Đổi sang tệp có khóa")
    qtbot.wait(20)

    assert panel.stop.height() >= panel.stop.sizeHint().height()
    assert panel.step.geometry().bottom() <= panel.height()
