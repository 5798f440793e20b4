"""A tick box with its words, painted like the ticks of the table; long words go on in the next line."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.ui.parts.record_delegate import paint_tick_box
from app.ui.theme import px, theme

_BOX, _GAP = 20, 8
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class TickBox(QCheckBox):
    """Space or a click ticks; a dash says that only some of what it stands for are taken."""

    def __init__(self, words: str, role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._role = role
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def set_words(self, words: str) -> None:
        """Other words."""
        self.setText(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = theme.metrics(self._role)
        width = px(_BOX + _GAP) + metrics.horizontalAdvance(self.text()) + px(4)
        return QSize(width, max(px(32), metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(140), px(32))

    def heightForWidth(self, width: int) -> int:
        return max(px(32), self._words_in(width).height() + px(8))

    def hasHeightForWidth(self) -> bool:
        return True

    def _words_in(self, width: int) -> QRect:
        room = QRect(0, 0, max(1, width - px(_BOX + _GAP)), 1 << 16)
        return theme.metrics(self._role).boundingRect(room, _WRAP, self.text())

    def nextCheckState(self) -> None:
        """The dash comes only from the program; a person ticks, or takes the tick away."""
        states = Qt.CheckState
        self.setCheckState(states.Unchecked if self.checkState() == states.Checked else states.Checked)

    def hitButton(self, spot: QPoint) -> bool:
        return self.rect().contains(spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self._words_in(self.width())
        top = max(0, (self.height() - words.height()) // 2)
        line = theme.metrics(self._role).height()
        box = QRect(0, top + (line - px(_BOX)) // 2, px(_BOX), px(_BOX))
        state = self.checkState()
        paint_tick_box(painter, box, state == Qt.CheckState.Checked, self.isEnabled())
        if state == Qt.CheckState.PartiallyChecked:
            middle = box.adjusted(px(5), box.height() // 2 - px(1), -px(5), -(box.height() // 2) + px(1))
            painter.fillRect(middle, theme.color("pri"))
        painter.setPen(theme.color("ink" if self.isEnabled() else "ink3"))
        painter.setFont(theme.font(self._role))
        room = QRect(px(_BOX + _GAP), top, self.width() - px(_BOX + _GAP), words.height() + px(4))
        painter.drawText(room, _WRAP, self.text())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), px(4), px(4))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)
