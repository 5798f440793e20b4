"""A line to press: icon, words and what they mean; used where a page offers several ways on."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, Row
from app.ui.theme import px, theme


class WayOn(QPushButton):
    """A card that is one big button: what it does, and below it for whom or when."""

    def __init__(self, icon: str, title: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAutoDefault(False)
        self._row = row = Row(self, spacing=14, margins=(16, 9, 14, 9))
        icons = (IconLabel(icon, "pri", 24), IconLabel("chevron-right", "ink2", 20))
        row.addWidget(icons[0])
        words = Column(spacing=1)
        self.title = Label(title, "body", weight=600)
        self.words = Label(text, "cap", "ink2")
        words.addWidget(self.title)
        words.addWidget(self.words)
        row.addLayout(words, 1)
        self.words.setVisible(bool(text))
        row.addWidget(icons[1])
        for part in (*icons, self.title, self.words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name()

    def set_words(self, text: str) -> None:
        """Say something else below the title."""
        self.words.setText(text)
        self.words.setVisible(bool(text))
        self._name()

    def set_title(self, title: str) -> None:
        """Another title."""
        self.title.setText(title)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.words.text())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(px(60), self._row.totalHeightForWidth(width))

    def sizeHint(self) -> QSize:
        return QSize(px(300), max(px(60), self._row.totalSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(180), px(60))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pressed = self.isDown() or (self.underMouse() and self.isEnabled())
        painter.setBrush(theme.color("sunken" if pressed else "sheet"))
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("pri" if focused else "line"), 2 if focused else 1))
        edge = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), px(6), px(6))
