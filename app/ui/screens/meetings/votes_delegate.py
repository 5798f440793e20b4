"""How a cell of the votes is painted: a field for a number, the sum in its tone, the result in words."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.parts.chips import ChipSpec, chip_size, paint_chip
from app.ui.parts.record_delegate import fitted
from app.ui.screens.meetings.votes_model import Index, VoteRow, VotesModel
from app.ui.theme import px, theme

SIDE = 8
FIELD_WIDTH, FIELD_HEIGHT = 62, 32
_WRAP = int(Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


def result_chip(row: VoteRow) -> ChipSpec | None:
    """The chip of a row that needs a look; None where words are enough."""
    if row.wrong:
        return ChipSpec(row.line.verdict_text, "bad", "circle-alert")
    if row.line.is_tie:
        return ChipSpec("Ngang phiếu", "late", "info")
    if row.line.no_majority:
        return ChipSpec(row.line.verdict_text, "late", "info")
    return None


class VotesDelegate(QStyledItemDelegate):
    """Paints rows without widgets in cells: a large cell has hundreds of numbers."""

    def __init__(self, model: VotesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.has_focus = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = self._model.rows[index.row()]
        painter.save()
        painter.fillRect(cell, theme.color("bad_ground" if row.wrong else "sheet"))
        painter.fillRect(cell.x(), cell.bottom(), cell.width(), 1, theme.color("line"))
        answer = self._model.answer_at(index.column())
        words = self._model.words(index.row(), index.column())
        if answer is not None:
            is_current = bool(state & QStyle.StateFlag.State_Selected)
            self._paint_field(painter, cell, words, answer.value in row.wrong, is_current)
        elif index.column() == self._model.total_column:
            self._paint_total(painter, cell, row, words)
        elif index.column() > self._model.total_column:
            self._paint_result(painter, cell, row)
        else:
            self._paint_name(painter, cell, words, is_name=index.column() == 1)
        painter.restore()

    def _paint_field(
        self, painter: QPainter, cell: QRect, words: str, is_wrong: bool, is_current: bool
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(0, 0, min(px(FIELD_WIDTH), cell.width() - px(8)), px(FIELD_HEIGHT))
        box.moveCenter(cell.center())
        token = "bad" if is_wrong else "pri" if is_current and self.has_focus else "edge"
        width = 2 if token != "edge" else 1
        painter.setBrush(theme.color("sheet" if self._model.is_editable else "sunken"))
        painter.setPen(QPen(theme.color(token), width))
        edge = width / 2
        painter.drawRoundedRect(QRectF(box).adjusted(edge, edge, -edge, -edge), px(4), px(4))
        painter.setFont(theme.font("body", 600 if token != "edge" else 400))
        painter.setPen(theme.color("ink"))
        painter.drawText(box.adjusted(px(4), 0, -px(9), 0), _RIGHT, words)

    def _paint_total(self, painter: QPainter, cell: QRect, row: VoteRow, words: str) -> None:
        total, valid = row.line.total, self._model.valid
        tone = "ink"
        if row.wrong:
            tone = "bad"
        elif total is not None and valid is not None:
            tone = "ok" if total == valid else "late"
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.color(tone))
        painter.drawText(cell, _MIDDLE, words)

    def _paint_result(self, painter: QPainter, cell: QRect, row: VoteRow) -> None:
        inner = cell.adjusted(px(SIDE), 0, -px(SIDE), -1)
        chip = result_chip(row)
        if chip is not None and chip_size(chip).width() <= inner.width():
            top = inner.y() + (inner.height() - chip_size(chip).height()) // 2
            paint_chip(painter, QPoint(inner.x(), top), chip)
            return
        words = chip.word if chip else row.line.verdict_text
        tone = chip.tone if chip else "ink" if row.line.verdict else "ink2"
        self._paint_words(painter, inner, words, tone, bold=chip is not None)

    def _paint_name(self, painter: QPainter, cell: QRect, words: str, *, is_name: bool) -> None:
        inner = cell.adjusted(px(SIDE), 0, -px(SIDE), -1)
        if is_name:
            self._paint_words(painter, inner, words, "ink", bold=True)
        else:
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("ink2"))
            painter.drawText(cell, _MIDDLE, words)

    def _paint_words(self, painter: QPainter, inner: QRect, words: str, tone: str, *, bold: bool) -> None:
        font, height, lines = fitted(words, inner.width(), bold)
        top = inner.y() + max(0, (inner.height() - height) // 2)
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        painter.drawText(QRect(inner.x(), top, inner.width(), height), lines, words)
