"""The head of a paper as it will be printed: both header lines, the Party's name, place and date."""

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.dates import long_date
from app.locations import resource
from app.ui.theme import px, theme

_WRAP = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_HEIGHT = 112
_PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


class Letterhead(QWidget):
    """White paper in every theme, in the letters of the printed page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if "Tinos" not in QFontDatabase.families():
            for style in ("Regular", "Bold", "Italic"):
                QFontDatabase.addApplicationFont(str(resource("fonts", "tinos", f"Tinos-{style}.ttf")))
        self._upper = self._own = self._place = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_name(self, upper: str, own: str, place: str) -> None:
        """Show these lines."""
        self._upper, self._own, self._place = upper, own, place
        self.setAccessibleName(f"Đầu trang khi in: {upper}; {own}; {long_date(place, None)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(_HEIGHT))

    def _font(self, size: float, *, bold: bool = False, italic: bool = False) -> QFont:
        font = QFont("Tinos")
        font.setPixelSize(px(size))
        font.setBold(bold)
        font.setItalic(italic)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(QColor(Qt.GlobalColor.white))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QColor(Qt.GlobalColor.black))
        pad, gap = px(14), px(10)
        half = (self.width() - 2 * pad - gap) / 2
        left = QRectF(pad, px(14), half, self.height())
        right = left.translated(half + gap, 0)
        self._lines(painter, left, ((self._upper or "…", False), (self._own or "…", True)))
        foot = self._lines(painter, right, ((_PARTY, True),))
        width = min(half, QFontMetricsF(painter.font()).horizontalAdvance(_PARTY))
        start = right.center().x() - width / 2
        painter.drawLine(QLineF(start, foot, start + width, foot))
        painter.setFont(self._font(13, italic=True))
        painter.drawText(QRectF(right.x(), foot + px(12), half, px(60)), _WRAP, long_date(self._place, None))

    def _lines(self, painter: QPainter, box: QRectF, lines: tuple[tuple[str, bool], ...]) -> float:
        """Lines one under the other; returns where they end."""
        top = box.top()
        for text, bold in lines:
            painter.setFont(self._font(13, bold=bold))
            room = QRectF(box.x(), top, box.width(), px(80))
            painter.drawText(room, _WRAP, text)
            top += painter.boundingRect(room, _WRAP, text).height() + px(1)
        return top + px(1)
