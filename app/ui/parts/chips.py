"""Chips: a mark or icon and a word on a tinted pill. Never clickable."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.icons import draw_icon
from app.ui.marks import chip_tone, draw_mark, mark
from app.ui.theme import px, theme

_ICON, _PAD, _GAP, _HEIGHT = 15, 9, 5, 24


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """What a chip says: word, tone (pri, ok, late, bad, exc, na, gold), icon or month state's mark."""

    word: str
    tone: str = "na"
    icon: str = ""
    state: str = ""


def state_chip(state: str) -> ChipSpec:
    """The chip of a month's state."""
    return ChipSpec(mark(state).word, chip_tone(state), state=state)


PRAISE = ChipSpec("Biểu dương", "gold", "award")
REMINDER = ChipSpec("Nhắc nhở", "late", "flag")
UNCHECKED_SOURCE = ChipSpec("Chưa đối chiếu bản gốc", "late", "triangle-alert")
LOCKED = ChipSpec("Đã khóa", "na", "lock")


def copied_chip(month: int) -> ChipSpec:
    """Says from which month the words were copied."""
    return ChipSpec(f"Chép từ tháng {month}", "pri", "copy")


def chip_size(spec: ChipSpec) -> QSize:
    """The room a chip needs."""
    width = theme.metrics("cap", 600).horizontalAdvance(spec.word) + 2 * px(_PAD) + 1
    if spec.icon or spec.state:
        width += px(_ICON) + px(_GAP)
    return QSize(width, px(_HEIGHT))


def paint_chip(painter: QPainter, spot: QPoint, spec: ChipSpec) -> None:
    """Paint a chip with its top left corner at ``spot``."""
    box = QRect(spot, chip_size(spec))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"{spec.tone}_ground"))
    painter.drawRoundedRect(QRectF(box), box.height() / 2, box.height() / 2)
    x = box.x() + px(_PAD)
    if spec.icon or spec.state:
        place = QRect(x, box.y(), px(_ICON), box.height())
        if spec.state:
            draw_mark(painter, QRectF(place), spec.state, _ICON)
        else:
            draw_icon(painter, place, spec.icon, spec.tone, _ICON)
        x += px(_ICON) + px(_GAP)
    painter.setFont(theme.font("cap", 600))
    painter.setPen(theme.color(spec.tone))
    painter.drawText(
        QRect(x, box.y(), box.right() - x, box.height()), int(Qt.AlignmentFlag.AlignVCenter), spec.word
    )
    painter.restore()


class Chip(QWidget):
    """A chip on a page."""

    def __init__(self, spec: ChipSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spec.word)
        theme.changed.connect(self.updateGeometry)

    @property
    def spec(self) -> ChipSpec:
        """What it says now."""
        return self._spec

    def set_spec(self, spec: ChipSpec) -> None:
        """Say something else."""
        self._spec = spec
        self.setAccessibleName(spec.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._spec)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), QPoint(0, 0), self._spec)
