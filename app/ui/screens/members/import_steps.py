"""The line of steps over the import: done ones ticked, the present one filled."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.icons import draw_icon
from app.ui.theme import px, theme

_SIDE, _GAP, _LINE = 28, 8, 40


class StepLine(QWidget):
    """Numbered steps from left to right; tells a screen reader which one is on."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self._words = tuple(words)
        self._step = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.set_step(0)

    def set_step(self, step: int) -> None:
        """The step being done, from 0; one past the last when all are done."""
        self._step = step
        count = len(self._words)
        here = f"Bước {step + 1} trong {count}: {self._words[step]}" if step < count else "Đã xong mọi bước"
        self.setAccessibleName(here)
        self.update()

    def _shown_words(self) -> tuple[str, ...]:
        """Every step's words where they fit, else only those of the present one."""
        full = sum(theme.metrics("body", 600).horizontalAdvance(word) for word in self._words)
        full += len(self._words) * px(_SIDE + _GAP) + (len(self._words) - 1) * px(_LINE + 2 * _GAP)
        if full <= self.width():
            return self._words
        return tuple(word if number == self._step else "" for number, word in enumerate(self._words))

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(_SIDE + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(_SIDE + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = self._shown_words()
        line = px(_LINE) if words == self._words else px(_GAP)
        x = 1
        for number, word in enumerate(words):
            if number:
                painter.setPen(QPen(theme.color("edge"), 1))
                painter.drawLine(x + px(_GAP), self.height() // 2, x + px(_GAP) + line, self.height() // 2)
                x += line + 2 * px(_GAP)
            x = self._paint_step(painter, x, number, word)

    def _paint_step(self, painter: QPainter, x: int, number: int, word: str) -> int:
        is_now, is_done = number == self._step, number < self._step
        box = QRectF(x, (self.height() - px(_SIDE)) / 2, px(_SIDE), px(_SIDE)).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("pri" if is_now or is_done else "edge"), 1.5))
        painter.setBrush(theme.color("pri" if is_now else "pris" if is_done else "sheet"))
        painter.drawEllipse(box)
        if is_done:
            draw_icon(painter, box.toRect(), "check", "pri", 15)
        else:
            painter.setPen(theme.color("prit" if is_now else "ink2"))
            painter.setFont(theme.font("cap", 600))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        x += px(_SIDE)
        if word:
            weight = 600 if is_now else 400
            width = theme.metrics("body", weight).horizontalAdvance(word) + 1
            painter.setPen(theme.color("ink" if is_now else "ink2"))
            painter.setFont(theme.font("body", weight))
            spot = QRectF(x + px(_GAP), 0, width, self.height())
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignVCenter), word)
            x += px(_GAP) + width
        return x
