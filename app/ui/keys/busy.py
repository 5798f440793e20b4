"""Work of a second or two, said beside the button that began it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from app.ui.parts.labels import Label
from app.ui.parts.layout import Row


class Busy(QWidget):
    """Says what is going on for a second or two; nothing moves where it stands beside a button."""

    def __init__(self, words: str) -> None:
        super().__init__()
        row = Row(self, spacing=10)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words)
        self._bar.setMaximumWidth(120)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Label(words, "body", "ink2", wrap=False))
        self.hide()
