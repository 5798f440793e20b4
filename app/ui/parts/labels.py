"""Words on the page in the design's type roles."""

import re

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.icons import draw_icon
from app.ui.marks import draw_mark
from app.ui.parts.layout import restyle
from app.ui.theme import px, theme

# Letters no line can break: no Vietnamese word is as long, a whole page pasted without spaces is.
_UNBROKEN = re.compile(r"[^\s/\\.-]{20}(?=[^\s/\\.-])")
_MAY_BREAK = "\u200b"


class Label(QLabel):
    """Plain text (never HTML), wrapped by default so that nothing is cut or pushes the page aside."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "",
        *,
        weight: int = 0,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_breakable(text) if wrap else text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        if weight:
            self.setProperty("weight", str(weight))
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        super().setText(_breakable(text) if self.wordWrap() else text)

    def text(self) -> str:
        """The words as they were given, without the places where a line may break."""
        return super().text().replace(_MAY_BREAK, "")

    def set_tone(self, tone: str) -> None:
        """Show the words in another tone ("" is plain ink)."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def set_weight(self, weight: int) -> None:
        """400 or 600."""
        self.setProperty("weight", str(weight))
        restyle(self)


def _breakable(text: str) -> str:
    return _UNBROKEN.sub(lambda run: run[0] + _MAY_BREAK, text)


class IconLabel(QWidget):
    """An icon beside words; says nothing itself to a screen reader."""

    def __init__(
        self, name: str, token: str = "ink2", size: float = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_icon(self, name: str, token: str) -> None:
        """Show another icon."""
        self._name, self._token = name, token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_icon(QPainter(self), self.rect(), self._name, self._token, self._size)


class MarkLabel(QWidget):
    """A month's mark alone; only beside its word."""

    def __init__(self, state: str, size: float = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._size = state, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_mark(QPainter(self), QRect(self.rect()).toRectF(), self._state, self._size)
