"""A row to tick: words, a smaller line below, a count at the right; a press anywhere in it ticks."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Margins, Row
from app.ui.parts.record_delegate import paint_tick_box
from app.ui.theme import px, theme

_SIDE = 20


class _Box(QCheckBox):
    """The box alone, painted like the ticks of the table."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(_SIDE + 4), px(_SIDE + 4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRect(0, 0, px(_SIDE), px(_SIDE))
        box.moveCenter(self.rect().center())
        paint_tick_box(painter, box, self.isChecked(), self.isEnabled())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.drawRoundedRect(box.toRectF().adjusted(-1, -1, 1, 1), px(4), px(4))


class TickRow(QWidget):
    """One thing to take or leave. ``ticked`` says that the person changed it."""

    ticked = Signal(bool)

    def __init__(self, words: str, below: str = "", *, margins: Margins = (0, 2, 0, 2)) -> None:
        super().__init__()
        row = Row(self, spacing=10, margins=margins)
        self.box = _Box()
        self.words = Label(words)
        self.below = Label(below, "cap", "ink2")
        self.count = Label("", "body", "ink2", wrap=False)
        column = Column(spacing=0)
        column.addWidget(self.words)
        column.addWidget(self.below)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self.box)
        self.box.clicked.connect(self.ticked)
        self.box.setAccessibleName(words)
        self.set_facts(below, "")

    def is_ticked(self) -> bool:
        """Whether it is taken."""
        return self.box.isChecked()

    def set_ticked(self, ticked: bool) -> None:
        """Take or leave it without telling anybody."""
        self.box.setChecked(ticked)

    def set_facts(self, below: str, count: str, *, is_strong: bool = False) -> None:
        """The smaller line, and what stands at the right."""
        self.below.setText(below)
        self.below.setVisible(bool(below))
        self.count.setText(count)
        self.count.setVisible(bool(count))
        self.count.set_tone("" if is_strong else "ink2")
        self.count.set_weight(600 if is_strong else 400)
        self.words.set_weight(600 if is_strong else 400)
        self.box.setAccessibleDescription(f"{below} {count}".strip())

    def set_offered(self, offered: bool) -> None:
        """Whether it can be taken at all."""
        self.box.setEnabled(offered)
        self.words.set_tone("" if offered else "ink3")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.box.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.box.click()
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
