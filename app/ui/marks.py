"""The marks of a month's state: one table of shapes, words and colours for board, chip, strip and legend."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Mark:
    """How one state of a month is shown: its word, what a screen reader says, its tone and its shape."""

    word: str
    spoken: str
    tone: str
    draw: Callable[[QPainter, QRectF, QColor, QColor], None]


def _pen(color: QColor, width: float) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _ring(painter: QPainter, box: QRectF, color: QColor, ground: QColor) -> None:
    painter.setPen(_pen(color, box.width() * 0.11))
    edge = box.width() * 0.13
    painter.drawEllipse(box.adjusted(edge, edge, -edge, -edge))


def _disc(painter: QPainter, box: QRectF, color: QColor, ground: QColor) -> None:
    painter.setBrush(color)
    edge = box.width() * 0.1
    painter.drawEllipse(box.adjusted(edge, edge, -edge, -edge))


def _tick(painter: QPainter, box: QRectF, color: QColor, ground: QColor) -> None:
    painter.setBrush(ground)
    painter.drawRoundedRect(box, box.width() * 0.16, box.width() * 0.16)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(color, box.width() * 0.15))
    painter.drawPolyline(_points(box, ((0.28, 0.53), (0.44, 0.68), (0.73, 0.36))))


def _triangle(painter: QPainter, box: QRectF, color: QColor, ground: QColor) -> None:
    painter.setPen(_pen(color, box.width() * 0.11))
    painter.setBrush(ground)
    painter.drawPolygon(_points(box, ((0.5, 0.1), (0.94, 0.88), (0.06, 0.88))))
    painter.drawLine(_point(box, 0.5, 0.42), _point(box, 0.5, 0.6))
    painter.setBrush(color)
    painter.setPen(Qt.PenStyle.NoPen)
    dot = box.width() * 0.065
    painter.drawEllipse(_point(box, 0.5, 0.75), dot, dot)


def _letter_p(painter: QPainter, box: QRectF, color: QColor, ground: QColor) -> None:
    edge = box.width() * 0.1
    painter.setPen(_pen(color, box.width() * 0.1))
    painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), box.width() * 0.14, box.width() * 0.14)
    font = QFont(theme.font("body", 700))
    font.setPixelSize(max(6, round(box.height() * 0.56)))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "P")


def _dash(painter: QPainter, box: QRectF, color: QColor, ground: QColor) -> None:
    painter.setPen(_pen(color, box.width() * 0.1))
    painter.drawLine(_point(box, 0.22, 0.5), _point(box, 0.78, 0.5))


def _dot(painter: QPainter, box: QRectF, color: QColor, ground: QColor) -> None:
    painter.setBrush(color)
    painter.drawEllipse(box.center(), box.width() * 0.11, box.width() * 0.11)


def _point(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.x() + x * box.width(), box.y() + y * box.height())


def _points(box: QRectF, shares: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([_point(box, x, y) for x, y in shares])


MARKS: dict[str, Mark] = {
    "not_submitted": Mark("Chưa gửi", "chưa gửi", "ink2", _ring),
    "submitted": Mark("Đã gửi", "đã gửi, chờ chi bộ", "pri", _disc),
    "confirmed": Mark("Đã xác nhận", "đã xác nhận", "ok", _tick),
    "late": Mark("Trễ", "gửi trễ", "late", _triangle),
    "excused": Mark("Nghỉ có lý do", "nghỉ có lý do", "exc", _letter_p),
    "not_required": Mark("Không phải nộp", "không phải nộp", "na", _dash),
    "future": Mark("", "chưa tới", "line", _dot),
}


def mark(state: str) -> Mark:
    """The mark of a state: not_submitted, submitted, confirmed, late, excused, not_required or future."""
    return MARKS[state]


def chip_tone(state: str) -> str:
    """The tone of a chip that carries the state's word."""
    tone = MARKS[state].tone
    return "na" if tone in ("ink2", "line") else tone


def draw_mark(painter: QPainter, rect: QRectF, state: str, size: float = 18) -> None:
    """Paint the state's mark in the middle of ``rect``; ``size`` is at 100 % and follows the text scale."""
    spec = MARKS[state]
    side = float(theme.px(size))
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    ground = (
        theme.color(f"{spec.tone}_ground")
        if spec.tone in ("ok", "exc")
        else QColor(Qt.GlobalColor.transparent)
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    spec.draw(painter, box, theme.color(spec.tone), ground)
    painter.restore()
