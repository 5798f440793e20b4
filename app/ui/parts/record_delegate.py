"""How a cell of the table is painted: words that are never cut, a second line, a chip, a tick."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.icons import draw_icon
from app.ui.parts.chips import chip_size, paint_chip
from app.ui.parts.record_model import Column, Index, RecordModel, align_flag
from app.ui.theme import px, theme

CELL_SIDE = 9
_WRAP = int(Qt.TextFlag.TextWordWrap)


def paint_tick_box(painter: QPainter, cell: QRect, checked: bool, enabled: bool = True) -> None:
    """Paint a tick box in the middle of a cell."""
    side = px(18)
    box = QRect(0, 0, side, side)
    box.moveCenter(cell.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color("pri" if checked else "edge" if enabled else "line"))
    painter.setBrush(theme.color("pri" if checked else "sheet"))
    painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    painter.restore()
    if checked:
        draw_icon(painter, box, "check", "prit", 14)


class RecordDelegate(QStyledItemDelegate):
    """Paints a cell: words (smaller, then in more lines, never cut), a second line, a chip, a tick."""

    def __init__(self, model: RecordModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(cell, theme.color("sel" if selected else "sheet"))
        painter.fillRect(cell.x(), cell.bottom(), cell.width(), 1, theme.color("line"))
        if selected and index.column() == 0:
            painter.fillRect(cell.x(), cell.y(), px(3), cell.height(), theme.color("pri"))
        column = self._model.column_at(index.column())
        if column is None:
            if self._model.can_tick(index.row()):
                paint_tick_box(painter, cell, self._model.is_ticked(index.row()))
        else:
            self._paint_column(painter, cell, column, self._model.record_at(index.row()))
        painter.restore()

    def _paint_column(self, painter: QPainter, cell: QRect, column: Column[Any], record: Any) -> None:
        inner = cell.adjusted(px(CELL_SIDE), 0, -px(CELL_SIDE), -1)
        chip = column.chip(record) if column.chip is not None else None
        if chip is not None:
            size = chip_size(chip)
            paint_chip(painter, QPoint(inner.x(), inner.y() + (inner.height() - size.height()) // 2), chip)
            return
        text = column.getter(record)
        tone = column.tone(record) if callable(column.tone) else column.tone
        below = column.below(record) if column.below is not None else ""
        font, height, lines = fitted(text, inner.width(), column.bold, column.role)
        below_height = wrapped_height(below, inner.width(), theme.font("cap")) if below else 0
        top = inner.y() + max(0, (inner.height() - height - below_height) // 2)
        painter.setFont(font)
        painter.setPen(theme.color(tone or "ink"))
        align = int(align_flag(column.align))
        painter.drawText(QRect(inner.x(), top, inner.width(), height), align | lines, text)
        if below:
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("ink2"))
            painter.drawText(
                QRect(inner.x(), top + height, inner.width(), below_height), align | _WRAP, below
            )


def fitted(text: str, width: int, bold: bool, role: str = "body") -> tuple[QFont, int, int]:
    """Font, height and line flag with which a text fits a width: first the smaller size, then more lines."""
    weight = 600 if bold else 400
    for tried in dict.fromkeys((role, "cap")):
        metrics = theme.metrics(tried, weight)
        if "\n" not in text and metrics.horizontalAdvance(text) <= width:
            # Wrapping counts parts of a pixel: words as wide as the cell would break, and the rest be cut.
            return theme.font(tried, weight), metrics.height(), int(Qt.TextFlag.TextSingleLine)
    return theme.font("cap", weight), wrapped_height(text, width, theme.font("cap", weight)), _WRAP


def wrapped_height(text: str, width: int, font: QFont) -> int:
    """The height of a small text in as many lines as it needs."""
    metrics = theme.metrics("cap", QFont.weight(font))
    return metrics.boundingRect(QRect(0, 0, max(width, 1), 1 << 16), _WRAP, text).height()
