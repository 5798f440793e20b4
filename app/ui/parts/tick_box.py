"""A tick box with its words, painted like the ticks of the table; long words go on in the next line."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.ui.parts.record_delegate import paint_tick_box
from app.ui.theme import px, theme

_BOX, _GAP = 24, 6
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class TickBox(QCheckBox):
    """Space or a click ticks; a dash says that only some of what it stands for are taken.

    ``below`` is a smaller line under the words. A screen reader reads both, and says that it is a check box.
    """

    def __init__(
        self, words: str, role: str = "body", parent: QWidget | None = None, *, below: str = ""
    ) -> None:
        super().__init__(parent)
        self._role, self._words, self._below = role, words, below
        self.set_words(words)
        self.setAccessibleDescription(below)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def set_words(self, words: str) -> None:
        """Other words."""
        self._words = words
        self.setText(words.replace("&", "&&"))  # a single one would make a key of the letter after it
        self.setAccessibleName(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = theme.metrics(self._role).horizontalAdvance(self._words)
        width = max(words, theme.metrics("cap").horizontalAdvance(self._below))
        line = theme.metrics(self._role).height() + (theme.metrics("cap").height() if self._below else 0)
        return QSize(px(_BOX + _GAP) + width + px(4), max(px(32), line))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(140), px(32))

    def heightForWidth(self, width: int) -> int:
        words, below = self._words_in(width)
        return max(px(32), words.height() + below.height() + px(8))

    def hasHeightForWidth(self) -> bool:
        return True

    def _words_in(self, width: int) -> tuple[QRect, QRect]:
        """The room the words take, and the line below them."""
        room = QRect(0, 0, max(1, width - px(_BOX + _GAP)), 1 << 16)
        words = theme.metrics(self._role).boundingRect(room, _WRAP, self._words)
        return words, theme.metrics("cap").boundingRect(room, _WRAP, self._below) if self._below else QRect()

    def nextCheckState(self) -> None:
        """The dash comes only from the program; a person ticks, or takes the tick away."""
        states = Qt.CheckState
        self.setCheckState(states.Unchecked if self.checkState() == states.Checked else states.Checked)

    def hitButton(self, spot: QPoint) -> bool:
        return self.rect().contains(spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words, below = self._words_in(self.width())
        top = max(0, (self.height() - words.height() - below.height()) // 2)
        line = theme.metrics(self._role).height()
        box = QRect(0, top + (line - px(_BOX)) // 2, px(_BOX), px(_BOX))
        self._paint_box(painter, box)
        painter.setPen(theme.color("ink" if self.isEnabled() else "ink3"))
        painter.setFont(theme.font(self._role))
        room = QRect(px(_BOX + _GAP), top, self.width() - px(_BOX + _GAP), words.height() + px(4))
        painter.drawText(room, _WRAP, self._words)
        if self._below:
            painter.setPen(theme.color("ink2" if self.isEnabled() else "ink3"))
            painter.setFont(theme.font("cap"))
            room.moveTop(top + words.height())
            painter.drawText(room.adjusted(0, 0, 0, below.height()), _WRAP, self._below)

    def _paint_box(self, painter: QPainter, box: QRect) -> None:
        paint_tick_box(painter, box, self.checkState() == Qt.CheckState.Checked, self.isEnabled())
        if self.checkState() == Qt.CheckState.PartiallyChecked:
            middle = box.adjusted(px(5), box.height() // 2 - px(1), -px(5), -(box.height() // 2) + px(1))
            painter.fillRect(middle, theme.color("pri"))
        if self.hasFocus():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(5), px(5))
            painter.restore()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)
