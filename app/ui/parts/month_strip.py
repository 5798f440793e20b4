"""Twelve months in a row: month, mark, and on the person's own page the level under it."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.marks import draw_mark, mark
from app.ui.parts.layout import Row
from app.ui.theme import px, theme

_STRIP_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month of the strip; ``level`` only on the author's own page."""

    month: int
    state: str
    level: str = ""
    is_current: bool = False


class _Month(QPushButton):
    """One month; the strip moves the focus, the button looks and is pressed."""

    def __init__(self, cell: MonthCell) -> None:
        super().__init__()
        self.cell = cell
        self.has_levels = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def show_cell(self, cell: MonthCell, has_levels: bool) -> None:
        """Show another state."""
        self.cell, self.has_levels = cell, has_levels
        spoken = f"Tháng {cell.month}, {mark(cell.state).spoken}"
        self.setAccessibleName(f"{spoken}, tự đánh giá {cell.level}" if cell.level else spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(52), px(82 if self.has_levels else 57))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.metrics("cap").horizontalAdvance("Th 12") + px(4), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt moves the focus among buttons by their place on screen; here the strip decides.
        if event.key() in _STRIP_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.cell.is_current or self.underMouse():
            painter.setPen(QPen(theme.color("pri"), 2) if self.cell.is_current else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("pris" if self.cell.is_current else "sunken"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(6), px(6))
        line = theme.metrics("cap").height()
        top = px(8)
        painter.setFont(theme.font("cap", 600 if self.cell.is_current else 400))
        painter.setPen(theme.color("pri" if self.cell.is_current else "ink2"))
        center = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRect(0, top, self.width(), line), center, f"Th {self.cell.month}")
        place = QRectF(0, top + line + px(1), self.width(), px(24))
        draw_mark(painter, place, self.cell.state, 20)
        if self.has_levels:
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("ink2"))
            below = QRect(0, round(place.bottom()), self.width(), line)
            painter.drawText(below, center, self.cell.level)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), px(4), px(4))


class MonthStrip(QWidget):
    """Arrows move from month to month, Enter opens one: ``month_opened`` carries 1 … 12."""

    month_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName("Mười hai tháng")
        row = Row(self, spacing=0)
        self.months = [_Month(MonthCell(number, "future")) for number in range(1, 13)]
        for button in self.months:
            row.addWidget(button)
            button.clicked.connect(lambda _c=False, month=button.cell.month: self.month_opened.emit(month))
        self._set_stop(0)

    def set_cells(self, cells: tuple[MonthCell, ...]) -> None:
        """Show the states of the twelve months."""
        has_levels = any(cell.level for cell in cells)
        for button, cell in zip(self.months, cells, strict=True):
            button.show_cell(cell, has_levels)
        self._set_stop(next((number for number, cell in enumerate(cells) if cell.is_current), 0))
        self.update()

    def _set_stop(self, index: int) -> None:
        """Tab stops once in the strip."""
        for number, button in enumerate(self.months):
            is_stop = number == index
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.months[index])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((number for number, button in enumerate(self.months) if button.hasFocus()), -1)
        moves = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: 11,
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here >= 0:
            self.month_opened.emit(here + 1)
        elif event.key() in moves and here >= 0:
            target = max(0, min(moves[Qt.Key(event.key())], 11))
            self._set_stop(target)
            self.months[target].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("sheet"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for button in self.months[:-1]:
            x = button.geometry().right()
            painter.drawLine(x, px(10), x, self.height() - px(10))
