"""The board on screen: frozen names and heads, one delegate, a foot with the sums, all by keyboard."""

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.dates import Month
from app.domain.month_board import MonthBoard
from app.domain.monthly import CellMark
from app.domain.text import fold
from app.ui.icons import draw_icon
from app.ui.marks import draw_mark
from app.ui.parts.page import logical_height
from app.ui.parts.record_delegate import fitted, paint_tick_box
from app.ui.screens.months.board_model import MONTHS, BoardModel, Index
from app.ui.theme import px, theme

_ROW, _HEAD, _NUMBER, _SIDE, _LEAST_NAMES = 27, 36, 42, 10, 230
_LEAST_HEIGHT = 480
# The table's own thin edge.
_EDGE = 1
_LETTERS_PAUSE_MS = 1200
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class _Delegate(QStyledItemDelegate):
    """Paints one month of one member: its mark, praise or reminder at the corner, the cursor."""

    def __init__(self, table: "BoardTable") -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = self._table
        box: QRect = option.rect
        is_row = index.row() == table.currentIndex().row()
        ground = "sel" if is_row else "pris" if index.column() + 1 == table.tinted else "sheet"
        painter.fillRect(box, theme.color(ground))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, theme.color("line"))
        cell = table.model_.row_at(index.row()).cells[index.column()]
        draw_mark(painter, box.toRectF(), cell.shown.value, 17)
        if cell.mark is not None:
            praised = cell.mark is CellMark.PRAISE
            x = min(box.center().x() + px(8), box.right() - px(13))
            place = QRect(x, box.y() + px(1), px(13), px(13))
            draw_icon(painter, place, *(("award", "gold") if praised else ("flag", "late")), 13)
        if is_row and index.column() == table.currentIndex().column():
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))


class _NameHead(QHeaderView):
    """Number and name at the left, never scrolled away; a tick box where the row is marked."""

    def __init__(self, table: "BoardTable") -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(20))

    def sizeHint(self) -> QSize:
        return QSize(self._table.name_width(), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self._table.model_
        number, row = model.shown[section]
        is_current = section == self._table.currentIndex().row()
        painter.save()
        painter.fillRect(rect, theme.color("sel" if is_current else "sheet"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        place = QRect(rect.x(), rect.y(), px(_NUMBER), rect.height() - 1)
        if row.member_id in model.marked:
            paint_tick_box(painter, place, True)
        else:
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("ink2"))
            painter.drawText(
                place.adjusted(0, 0, -px(_SIDE), 0), _MIDDLE | int(Qt.AlignmentFlag.AlignRight), str(number)
            )
        words = rect.adjusted(px(_NUMBER), 0, -px(4), -1)
        font, _height, lines = fitted(row.name, words.width(), is_current)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        painter.drawText(words, _MIDDLE | lines, row.name)
        painter.restore()


class _MonthHead(QHeaderView):
    """Th 1 … Th 12; the month in hand tinted."""

    def __init__(self, table: "BoardTable") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(px(20))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._table.head_height)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        is_tinted = section + 1 == self._table.tinted
        painter.save()
        painter.fillRect(rect, theme.color("pris" if is_tinted else "sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        painter.setFont(theme.font("cap", 600))
        is_chosen = section == self._table.currentIndex().column()
        painter.setPen(theme.color("pri" if is_tinted else "ink" if is_chosen else "ink2"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"Th {section + 1}")
        painter.restore()


class _Corner(QWidget):
    """Above the names."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sunken"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        painter.setFont(theme.font("cap", 600))
        painter.setPen(theme.color("ink2"))
        number = QRect(0, 0, px(_NUMBER) - px(_SIDE), self.height())
        painter.drawText(number, _MIDDLE | int(Qt.AlignmentFlag.AlignRight), "TT")
        painter.drawText(self.rect().adjusted(px(_NUMBER), 0, 0, 0), _MIDDLE, "Họ và tên")


def _least_month() -> int:
    return theme.metrics("cap", 600).horizontalAdvance("38/38") + px(1)


class BoardTable(QTableView):
    """The cells. Enter opens, F2 types from paper, Space marks, letters jump to a name, Ctrl+C copies."""

    opened = Signal()
    typing_requested = Signal()
    cursor_moved = Signal()
    marks_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.model_ = BoardModel(self)
        self.tinted = 0
        self.head_height = px(_HEAD)
        self._letters = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_LETTERS_PAUSE_MS)
        self._pause.timeout.connect(self._forget_letters)
        self.setAccessibleName("Bảng tháng của chi bộ")
        self.setModel(self.model_)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalHeader(_NameHead(self))
        self.setHorizontalHeader(_MonthHead(self))
        self.setCornerButtonEnabled(False)
        self._corner = _Corner(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self.verticalHeader().sectionClicked.connect(lambda row: self.go_to(row, -1))
        self.horizontalHeader().sectionClicked.connect(lambda column: self.go_to(-1, column))

    def name_width(self) -> int:
        """Room for the longest name; where the months need it names go smaller, or in two lines."""
        whole, small = (px(_NUMBER) + px(14) + self._longest(role) for role in ("body", "cap"))
        at_ease = self._room() - MONTHS * (_least_month() + px(6))
        tight = self._room() - MONTHS * _least_month()
        return max(min(whole, at_ease), min(small, tight), min(whole, px(_LEAST_NAMES)))

    def _longest(self, role: str) -> int:
        metrics = theme.metrics(role, 600)
        rows = self.model_.board.rows if self.model_.board else ()
        return max((metrics.horizontalAdvance(row.name) for row in rows), default=0)

    def fit_rows(self, height: int) -> None:
        """Rows of one height; a name that needs two lines gets them."""
        head = self.verticalHeader()
        head.setMinimumSectionSize(height)
        head.setDefaultSectionSize(height)
        metrics = theme.metrics("cap", 600)
        room, two = self.name_width() - px(_NUMBER) - px(4), 2 * metrics.height() + px(4)
        for place, (_number, row) in enumerate(self.model_.shown):
            is_long = metrics.horizontalAdvance(row.name) > room
            head.resizeSection(place, max(height, two) if is_long else height)

    def _room(self) -> int:
        """Width for names and months."""
        bar = px(12) if self._scrolls() else 0
        return self.width() - 2 * _EDGE - bar

    def fit_columns(self) -> None:
        """Twelve equal months; where they do not fit they scroll beside the frozen names."""
        names = self.name_width()
        self.verticalHeader().setFixedWidth(names)
        least = _least_month()
        room = self._room() - names
        width = max(least, room // MONTHS)
        extra = max(0, room - width * MONTHS) if width > least else 0
        for column in range(MONTHS):
            self.setColumnWidth(column, width + (1 if column < extra else 0))
        bars = Qt.ScrollBarPolicy
        is_wide = self.needs_sideways()
        self.setHorizontalScrollBarPolicy(bars.ScrollBarAlwaysOn if is_wide else bars.ScrollBarAlwaysOff)
        self._corner.setGeometry(_EDGE, _EDGE, names, self.head_height)
        self._corner.raise_()

    def _scrolls(self) -> bool:
        rows = self.model_.rowCount()
        return (
            rows * self.verticalHeader().defaultSectionSize() > self.height() - self.head_height - 2 * _EDGE
        )

    def needs_sideways(self) -> bool:
        """Whether the months are wider than the room for them."""
        return MONTHS * _least_month() > self._room() - self.name_width()

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell; -1 keeps its row or its column."""
        here = self.currentIndex()
        index = self.model_.index(
            row if row >= 0 else max(here.row(), 0), column if column >= 0 else max(here.column(), 0)
        )
        if index.isValid():
            self.setCurrentIndex(index)

    def keyboardSearch(self, search: str) -> None:
        """Letters jump to the next member with a word of the name that begins with them."""
        self._letters += search
        self._pause.start()
        wanted = fold(self._letters)
        count = self.model_.rowCount()
        start = max(0, self.currentIndex().row()) + (1 if len(wanted) == 1 else 0)
        order = [(start + step) % count for step in range(count)] if wanted else []
        # The given name comes first: it is what people call one another by, and what the list is ordered by.
        for begins in (_given_begins, _word_begins):
            for row in order:
                if begins(self.model_.row_at(row).search_key, wanted):
                    self.go_to(row, -1)
                    return

    def _forget_letters(self) -> None:
        self._letters = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_table()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _with_keys(event):
            if row >= 0:
                self.opened.emit()
        elif event.key() == Qt.Key.Key_F2:
            if row >= 0:
                self.typing_requested.emit()
        elif event.key() == Qt.Key.Key_Space and not self._letters:
            if row >= 0:
                self.model_.toggle_mark(row)
                self.verticalHeader().viewport().update()
                self.marks_changed.emit()
        else:
            super().keyPressEvent(event)

    def copy_table(self) -> None:
        """Copy the marked members, or all that are shown, as a table for Excel."""
        marked = [
            place for place, (_n, row) in enumerate(self.model_.shown) if row.member_id in self.model_.marked
        ]
        QGuiApplication.clipboard().setText(self.model_.as_table(marked or range(len(self.model_.shown))))

    def currentChanged(self, current: QModelIndex | Any, previous: QModelIndex | Any) -> None:
        super().currentChanged(current, previous)
        for part in (self.viewport(), self.verticalHeader().viewport(), self.horizontalHeader().viewport()):
            part.update()
        self.cursor_moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()


def _with_keys(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return held != Qt.KeyboardModifier.NoModifier


def _given_begins(search_key: str, wanted: str) -> bool:
    return search_key.split()[-1].startswith(wanted) if search_key else False


def _word_begins(search_key: str, wanted: str) -> bool:
    return f" {search_key}".find(f" {wanted}") >= 0


class _Foot(QWidget):
    """Đã gửi / phải nộp under every month."""

    def __init__(self, table: BoardTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())

    def show_sums(self) -> None:
        """Say the sums of the board shown now."""
        board = self._table.model_.board
        if board is not None:
            said = (f"tháng {m}: {self._words(board, m)}" for m in range(1, MONTHS + 1))
            self.setAccessibleName("Đã gửi trên phải nộp, " + "; ".join(said))
        self.update()

    def _words(self, board: MonthBoard, month: int) -> str:
        done, required = board.handed_in(month)
        return f"{done}/{required}" if required else "—"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("edge"))
        names = self._table.viewport().x()
        painter.setFont(theme.font("cap", 600))
        painter.setPen(theme.color("ink"))
        painter.drawText(
            QRect(px(_NUMBER), 0, names - px(_NUMBER), self.height()), _MIDDLE, "Đã gửi / phải nộp"
        )
        board = self._table.model_.board
        if board is None:
            return
        words = theme.metrics("cap", 600).horizontalAdvance("38/38") + px(6)
        painter.setFont(theme.font("cap", 600 if self._table.columnWidth(0) >= words else 400))
        painter.setClipRect(names, 0, self._table.viewport().width(), self.height())
        for month in range(1, MONTHS + 1):
            x = names + self._table.columnViewportPosition(month - 1)
            place = QRect(x, 1, self._table.columnWidth(month - 1), self.height() - 1)
            if month == self._table.tinted:
                painter.fillRect(place, theme.color("pris"))
            done, required = board.handed_in(month)
            # Only months that should be in by now speak up.
            is_short = done < required and Month(board.year, month) <= board.current
            painter.setPen(theme.color("late" if is_short else "ink2"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._words(board, month))


class Board(QWidget):
    """The table with its foot; whole rows fill the height, a short list leaves empty paper below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = BoardTable(self)
        self.foot = _Foot(self.table, self)
        self.setMinimumHeight(px(90))
        self.setFocusProxy(self.table)
        self.table.model_.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)

    def show_board(self, board: MonthBoard, tinted: int) -> None:
        """Show a year; ``tinted`` is the month in hand, 0 when it lies in another year."""
        self.table.tinted = tinted
        self.table.model_.show_board(board)
        self.foot.show_sums()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        table = self.table
        head = px(_HEAD)
        # On the lowest windows the rows need the room more than the sums do.
        foot = px(_HEAD) if logical_height(self) >= _LEAST_HEIGHT else 0
        self.foot.setVisible(foot > 0)
        least = max(px(_ROW), theme.metrics("body", 600).height() + px(4))
        bar = table.horizontalScrollBar().sizeHint().height() if table.needs_sideways() else 0
        room = max(least, self.height() - head - foot - bar - 2 * _EDGE)
        count = table.model_.rowCount()
        rows = max(1, room // least)
        height = room // rows if count >= rows else max(least, px(30))
        spare = room - height * rows if count > rows else 0
        table.head_height = head + spare // 2
        table.fit_rows(height)
        table.horizontalHeader().setFixedHeight(table.head_height)
        body = min(max(height, table.verticalHeader().length()), height * rows) + bar + 2 * _EDGE
        table.setGeometry(0, 0, self.width(), table.head_height + body)
        table.fit_columns()
        self.foot.setGeometry(0, table.geometry().bottom() + 1, self.width(), foot + spare - spare // 2)
