"""One line of what is missing: who, what, and that it can be opened; pressed, it leads to the very place."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.domain.year_end_facts import Missing
from app.ui.theme import px, theme

_LEAST, _PAD, _SIDE, _GAP, _OPEN = 33, 11, 18, 12, "Mở"
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class MissingLine(QPushButton):
    """Name in bold, what is missing in grey, "Mở" in blue; narrow, the two stand under each other."""

    stepped = Signal(int)

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.who)
        self.missing = missing
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{missing.who}: {missing.what}. Mở")
        theme.changed.connect(self._fit)
        self._fit()

    def _open_width(self) -> int:
        return theme.metrics("body", 600).horizontalAdvance(_OPEN) + 1

    def _boxes(self) -> tuple[QRect, QRect]:
        """Where who and what stand."""
        room = max(px(120), self.width() - px(2 * _SIDE + _GAP) - self._open_width())
        first = room * 52 // 100
        name = theme.metrics("body", 600).horizontalAdvance(self.missing.who)
        if name > first or self.width() < px(360):
            who = self._height_of(self.missing.who, room, 600)
            return (
                QRect(px(_SIDE), px(5), room, who),
                QRect(px(_SIDE), px(5) + who, room, self._height_of(self.missing.what, room, 400)),
            )
        second = room - first - px(_GAP)
        height = max(px(20), self._height_of(self.missing.what, second, 400))
        top = (max(px(_LEAST), height + px(_PAD)) - height) // 2
        return QRect(px(_SIDE), top, first, height), QRect(px(_SIDE) + first + px(_GAP), top, second, height)

    @staticmethod
    def _height_of(words: str, width: int, weight: int) -> int:
        return theme.metrics("body", weight).boundingRect(QRect(0, 0, width, 1 << 14), _WRAP, words).height()

    def _fit(self) -> None:
        who, what = self._boxes()
        bottom = max(who.bottom(), what.bottom()) + 1 + px(5)
        self.setFixedHeight(max(px(_LEAST), bottom))

    def sizeHint(self) -> QSize:
        return QSize(px(300), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("sunken"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(px(9), 0, self.width() - px(9), 0)
        who, what = self._boxes()
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.color("ink"))
        painter.drawText(who, _WRAP, self.missing.who)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink2"))
        painter.drawText(what, _WRAP, self.missing.what)
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.color("pri"))
        edge = self.rect().adjusted(0, 0, -px(_SIDE), 0)
        painter.drawText(edge, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), _OPEN)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 2, -3, -2), px(4), px(4))
