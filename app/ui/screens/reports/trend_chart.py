"""Years as columns of a hundred percent, a part for each grade, a line over "hoàn thành tốt trở lên"."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.grade import Grade
from app.domain.statistics import YearStatistics, share_text, trend_text
from app.ui.theme import px, theme

# Colour and pattern both tell the grades apart, so that a print in black and white still reads.
_LOOKS = {
    Grade.EXCELLENT: ("pri", Qt.BrushStyle.SolidPattern),
    Grade.GOOD: ("ok", Qt.BrushStyle.Dense4Pattern),
    Grade.SATISFACTORY: ("gold", Qt.BrushStyle.BDiagPattern),
    Grade.UNSATISFACTORY: ("bad", Qt.BrushStyle.CrossPattern),
}
_HEIGHT, _LEFT, _FOOT, _TOP, _LEGEND, _WIDEST = 300, 44, 46, 14, 30, 76


class TrendChart(QWidget):
    """Painted by hand with the theme's colours; the table under it says the same in numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.years: tuple[YearStatistics, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_years(self, years: Sequence[YearStatistics]) -> None:
        """Show these years, the earliest at the left."""
        self.years = tuple(sorted(years, key=lambda each: each.year))
        self.setAccessibleName(f"Biểu đồ tỉ lệ các mức. {trend_text(self.years)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(px(_LEFT), px(_TOP + _LEGEND), -px(8), -px(_FOOT))
        self._paint_legend(painter)
        self._paint_scale(painter, area)
        if not self.years:
            return
        step = area.width() / len(self.years)
        width = min(px(_WIDEST), step * 0.62)
        points = QPolygonF()
        for number, year in enumerate(self.years):
            middle = area.left() + step * (number + 0.5)
            column = QRectF(middle - width / 2, area.top(), width, area.height())
            self._paint_year(painter, column, year)
            share = year.total.share_good_or_better
            if share is not None:
                points.append(QPointF(middle, area.bottom() - float(share) / 100 * area.height()))
        self._paint_line(painter, points)

    def _paint_legend(self, painter: QPainter) -> None:
        painter.setFont(theme.font("cap"))
        x = float(px(_LEFT))
        metrics = theme.metrics("cap")
        for grade, (token, pattern) in _LOOKS.items():
            box = QRectF(x, px(6), px(14), px(14))
            _fill(painter, box, theme.color(token), pattern)
            painter.setPen(theme.color("ink2"))
            painter.drawText(QPointF(x + px(19), px(6) + metrics.ascent()), grade.short)
            x += px(19 + 16) + metrics.horizontalAdvance(grade.short)
        painter.setPen(QPen(theme.color("ink"), 2))
        painter.drawLine(QPointF(x, px(13)), QPointF(x + px(18), px(13)))
        painter.setPen(theme.color("ink2"))
        painter.drawText(QPointF(x + px(24), px(6) + metrics.ascent()), "HTT trở lên")

    def _paint_scale(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.font("cap"))
        for percent in (0, 25, 50, 75, 100):
            y = area.bottom() - percent / 100 * area.height()
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.color("ink2"))
            box = QRectF(0, y - px(10), area.left() - px(7), px(20))
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{percent}%"
            )

    def _paint_year(self, painter: QPainter, column: QRectF, year: YearStatistics) -> None:
        counts = year.total
        bottom = column.bottom()
        for grade, (token, pattern) in _LOOKS.items():
            share = counts.share(grade)
            if not share:
                continue
            height = float(share) / 100 * column.height()
            part = QRectF(column.left(), bottom - height, column.width(), height)
            _fill(painter, part, theme.color(token), pattern)
            bottom -= height
        foot = QRectF(column.center().x() - px(60), column.bottom() + px(5), px(120), px(20))
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.color("ink"))
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignHCenter), str(year.year))
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("ink2"))
        words = f"{counts.rated} người" if counts.rated else "chưa xếp loại"
        painter.drawText(foot.translated(0, px(19)), int(Qt.AlignmentFlag.AlignHCenter), words)

    def _paint_line(self, painter: QPainter, points: QPolygonF) -> None:
        painter.setPen(QPen(theme.color("ink"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)
        painter.setBrush(theme.color("sheet"))
        for point in points.toList():
            painter.drawEllipse(point, px(4), px(4))
        rated = [year for year in self.years if year.total.share_good_or_better is not None]
        painter.setFont(theme.font("cap", 600))
        metrics = theme.metrics("cap", 600)
        for point, year in zip(points.toList(), rated, strict=True):
            words = share_text(year.total.share_good_or_better)
            width = metrics.horizontalAdvance(words) + px(10)
            box = QRectF(point.x() - width / 2, point.y() + px(8), width, metrics.height() + px(2))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, px(4), px(4))
            painter.setPen(theme.color("ink"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def _fill(painter: QPainter, box: QRectF, color: QColor, pattern: Qt.BrushStyle) -> None:
    """A tinted ground, the pattern in full colour on it, and an edge."""
    ground = QColor(color)
    ground.setAlphaF(1.0 if pattern is Qt.BrushStyle.SolidPattern else 0.22)
    painter.setPen(QPen(color, 1))
    painter.setBrush(ground)
    painter.drawRect(box)
    painter.setBrush(QBrush(color, pattern))
    painter.drawRect(box)
