"""The head of a paper as it will be printed: both header lines, the Party's name, place and date."""

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.dates import long_date
from app.locations import resource
from app.ui.theme import px, theme

_WRAP = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_PAD, _GAP, _TOP, _SIZE = 14, 10, 14, 13
_PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


class Letterhead(QWidget):
    """White paper in every theme, in the letters of the printed page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if "Tinos" not in QFontDatabase.families():
            for style in ("Regular", "Bold", "Italic"):
                QFontDatabase.addApplicationFont(str(resource("fonts", "tinos", f"Tinos-{style}.ttf")))
        self._upper = self._own = self._place = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self.updateGeometry)

    def show_name(self, upper: str, own: str, place: str) -> None:
        """Show these lines."""
        self._upper, self._own, self._place = upper, own, place
        self.setAccessibleName(f"Đầu trang khi in: {upper}; {own}; {long_date(place, None)}")
        self.updateGeometry()
        self.update()

    def _font(self, *, bold: bool = False, italic: bool = False) -> QFont:
        font = QFont("Tinos")
        font.setPixelSize(px(_SIZE))
        font.setBold(bold)
        font.setItalic(italic)
        return font

    def _half(self, width: int) -> float:
        return (width - 2 * px(_PAD) - px(_GAP)) / 2

    def _height(self, text: str, width: float, *, bold: bool = False) -> float:
        room = QRectF(0, 0, width, 1 << 16)
        return QFontMetricsF(self._font(bold=bold)).boundingRect(room, _WRAP, text or "…").height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        half = self._half(width)
        left = self._height(self._upper, half) + self._height(self._own, half, bold=True)
        right = self._height(_PARTY, half, bold=True) + 2 * self._height("Ạ", half)
        return round(max(left, right)) + 2 * px(_TOP) + px(8)

    def sizeHint(self) -> QSize:
        return QSize(px(420), self.heightForWidth(px(420)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(QColor(Qt.GlobalColor.white))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QColor(Qt.GlobalColor.black))
        half = self._half(self.width())
        left = QRectF(px(_PAD), px(_TOP), half, self.height())
        right = left.translated(half + px(_GAP), 0)
        foot = self._line(painter, left, self._upper)
        self._line(painter, QRectF(left.x(), foot, half, left.height()), self._own, bold=True)
        foot = self._line(painter, right, _PARTY, bold=True) + 1
        width = min(half, QFontMetricsF(painter.font()).horizontalAdvance(_PARTY))
        start = right.center().x() - width / 2
        painter.drawLine(QLineF(start, foot, start + width, foot))
        painter.setFont(self._font(italic=True))
        date_line = QRectF(right.x(), foot + px(8), half, right.height())
        painter.drawText(date_line, _WRAP, long_date(self._place, None))

    def _line(self, painter: QPainter, box: QRectF, text: str, *, bold: bool = False) -> float:
        """One header line, wrapped; returns where it ends."""
        painter.setFont(self._font(bold=bold))
        painter.drawText(box, _WRAP, text or "…")
        return box.top() + self._height(text, box.width(), bold=bold)
