"""Lucide line icons in the token's colour, rendered once per size and colour."""

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap

from app.locations import resource
from app.ui.theme import theme

STROKE_WIDTH = "1.9"
_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
_sources: dict[str, bytes] = {}


def icon_pixmap(name: str, token: str = "ink2", size: float = 20, ratio: float | None = None) -> QPixmap:
    """The icon as a picture; ``size`` is at 100 % and follows the text scale."""
    ratio = ratio or _device_ratio()
    color = getattr(theme.tokens, token)
    key = (name, color, theme.px(size), ratio)
    if key not in _pixmaps:
        _pixmaps[key] = _rendered(name, color, theme.px(size), ratio)
    return _pixmaps[key]


def draw_icon(painter: QPainter, rect: QRect, name: str, token: str, size: float = 20) -> None:
    """Paint the icon in the middle of ``rect``."""
    pixmap = icon_pixmap(name, token, size, painter.device().devicePixelRatioF())
    side = theme.px(size)
    spot = rect.center() - QPoint(side // 2, side // 2) + QPoint(1, 1)
    painter.drawPixmap(QRect(spot, QSize(side, side)), pixmap)


def _device_ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def _rendered(name: str, color: str, side: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # loaded at the first icon only: it costs start-up time

    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(_colored(name, color))).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


def _colored(name: str, color: str) -> bytes:
    if name not in _sources:
        _sources[name] = resource("icons", f"{name}.svg").read_bytes()
    source = _sources[name].replace(b"currentColor", color.encode())
    return source.replace(b'stroke-width="2"', f'stroke-width="{STROKE_WIDTH}"'.encode())
