"""The table of the whole program: any list of records, worked by keyboard, names never cut."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.text import fold
from app.ui.icons import draw_icon
from app.ui.parts.chips import chip_size, paint_chip
from app.ui.parts.record_model import Column, Index, RecordModel, align_flag
from app.ui.preferences import Preferences
from app.ui.theme import px, theme

T = TypeVar("T")
_SIDE, _TICK_WIDTH = 9, 40
_WRAP = int(Qt.TextFlag.TextWordWrap)
_SEARCH_PAUSE_MS = 1200


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
        inner = cell.adjusted(px(_SIDE), 0, -px(_SIDE), -1)
        chip = column.chip(record) if column.chip is not None else None
        if chip is not None:
            size = chip_size(chip)
            paint_chip(painter, QPoint(inner.x(), inner.y() + (inner.height() - size.height()) // 2), chip)
            return
        text = column.getter(record)
        tone = column.tone(record) if callable(column.tone) else column.tone
        below = column.below(record) if column.below is not None else ""
        font, height = fitted(text, inner.width(), column.bold, column.role)
        below_height = _wrapped_height(below, inner.width(), theme.font("cap")) if below else 0
        top = inner.y() + max(0, (inner.height() - height - below_height) // 2)
        painter.setFont(font)
        painter.setPen(theme.color(tone or "ink"))
        flags = int(align_flag(column.align)) | _WRAP
        painter.drawText(QRect(inner.x(), top, inner.width(), height), flags, text)
        if below:
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("ink2"))
            painter.drawText(QRect(inner.x(), top + height, inner.width(), below_height), flags, below)


def fitted(text: str, width: int, bold: bool, role: str = "body") -> tuple[QFont, int]:
    """The font and height with which a text fits a width: first the smaller size, then more lines."""
    weight = 600 if bold else 400
    for tried in dict.fromkeys((role, "cap")):
        metrics = theme.metrics(tried, weight)
        if "\n" not in text and metrics.horizontalAdvance(text) <= width:
            return theme.font(tried, weight), metrics.height()
    return theme.font("cap", weight), _wrapped_height(text, width, theme.font("cap", weight))


def _wrapped_height(text: str, width: int, font: QFont) -> int:
    metrics = theme.metrics("cap", QFont.weight(font))
    return metrics.boundingRect(QRect(0, 0, max(width, 1), 1 << 16), _WRAP, text).height()


class RecordTable(QTableView, Generic[T]):
    """Shows records by columns. Enter opens, letters jump to a name, Space ticks, Ctrl+C copies as a table.

    ``opened`` and ``current_changed`` carry the record; ``ticked_changed`` the set of keys.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    ticked_changed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        key: Callable[[T], str],
        *,
        name: str,
        tickable: Callable[[T], bool] | None = None,
        row_height: int = 33,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.records: RecordModel[T] = RecordModel(columns, key, tickable=tickable, parent=self)
        self._row_height = row_height
        self._letters = ""
        self._preferences: Preferences | None = None
        self._name = name
        self._user_widths: dict[str, int] = {}
        self._is_fitting = False
        self.setAccessibleName(name)
        self.setModel(self.records)
        self.setItemDelegate(RecordDelegate(self.records, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self._prepare_header()
        self.doubleClicked.connect(lambda index: self.opened.emit(self.records.record_at(index.row())))
        self.records.modelReset.connect(self._after_reset)
        self.records.modelAboutToBeReset.connect(self._before_reset)
        self.records.ticked_changed.connect(lambda: self.ticked_changed.emit(self.records.ticked()))
        self._kept_key = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self._forget_letters)
        theme.changed.connect(self._fit)

    def _prepare_header(self) -> None:
        header = _Header(self)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._head_pressed)
        header.sectionResized.connect(self._section_resized)

    # Records

    def set_records(self, records: Sequence[T]) -> None:
        """Show these; the current record stays current."""
        self.records.set_records(records)

    def search(self, query: str) -> None:
        """Keep only records in which every word is found."""
        self.records.search(query)

    def filter(self, wanted: Callable[[T], bool] | None) -> None:
        """Keep only the wanted records."""
        self.records.filter(wanted)

    def current_record(self) -> T | None:
        """The record under the cursor."""
        index = self.currentIndex()
        return self.records.record_at(index.row()) if index.isValid() else None

    def choose(self, key: str) -> bool:
        """Put the cursor on a record; False when it is not shown."""
        row = self.records.row_of(key)
        if row >= 0:
            self.selectRow(row)
            self.setCurrentIndex(self.records.index(row, self.records.first_section))
        return row >= 0

    def remember_widths(self, preferences: Preferences) -> None:
        """Keep the widths the person gives the columns."""
        self._preferences = preferences
        self._user_widths = preferences.widths(self._name)
        self._fit()

    def _before_reset(self) -> None:
        record = self.current_record()
        if record is not None:
            self._kept_key = self.records.key(record)

    def _after_reset(self) -> None:
        self._fit_rows()
        if not self.choose(self._kept_key) and self.records.rowCount():
            self.choose(self.records.key(self.records.record_at(0)))
        if not self.records.rowCount():
            self.current_changed.emit(None)

    # Widths and heights

    def _fit(self) -> None:
        """Columns get their width; what is left goes to those that stretch."""
        self._is_fitting = True
        first = self.records.first_section
        widths = [self._user_widths.get(column.title, column.width) for column in self.records.columns]
        if first:
            self.setColumnWidth(0, px(_TICK_WIDTH))
        spare = self.viewport().width() - px(sum(widths)) - (px(_TICK_WIDTH) if first else 0)
        shares = sum(column.stretch for column in self.records.columns)
        for number, column in enumerate(self.records.columns):
            extra = max(0, spare) * column.stretch // shares if shares else 0
            self.setColumnWidth(first + number, px(widths[number]) + extra)
        self._is_fitting = False
        # A bar that Qt leaves standing when the columns fit again would cover the last row.
        bars = Qt.ScrollBarPolicy
        fits = spare >= 0
        self.setHorizontalScrollBarPolicy(bars.ScrollBarAlwaysOff if fits else bars.ScrollBarAsNeeded)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Rows are taller only where a text needs more lines."""
        header = self.verticalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(px(20))
        usual = px(self._row_height)
        header.setDefaultSectionSize(usual)
        for row in range(self.records.rowCount()):
            needed = self._needed_height(self.records.record_at(row), usual)
            if header.sectionSize(row) != needed:
                header.resizeSection(row, needed)

    def _needed_height(self, record: T, usual: int) -> int:
        needed = usual
        letter = theme.metrics("cap").averageCharWidth()
        for number, column in enumerate(self.records.columns):
            width = self.columnWidth(self.records.first_section + number) - 2 * px(_SIDE)
            text = column.getter(record)
            below = column.below(record) if column.below is not None else ""
            # Measuring is slow; short texts cannot need a second line.
            if max(len(text), len(below)) * letter < width * 0.8 and not below:
                continue
            height = fitted(text, width, column.bold)[1]
            if below:
                height += _wrapped_height(below, width, theme.font("cap"))
            needed = max(needed, height + px(8))
        return needed

    def _section_resized(self, section: int, _old: int, width: int) -> None:
        column = self.records.column_at(section)
        if self._is_fitting or column is None:
            return
        self._user_widths[column.title] = round(width / theme.scale)
        if self._preferences is not None:
            self._preferences.remember_widths(self._name, self._user_widths)
        self._fit_rows()

    def _head_pressed(self, section: int) -> None:
        header = self.horizontalHeader()
        if self.records.column_at(section) is None:
            self.records.toggle_all()
            return
        order = header.sortIndicatorOrder()
        self.records.sort(section, order)

    # Keys

    def keyboardSearch(self, search: str) -> None:
        """Letters jump to the next record with a word that begins with them, marks or not."""
        self._letters += search
        self._pause.start()
        wanted = fold(self._letters)
        count = self.records.rowCount()
        if not wanted or not count:
            return
        start = max(0, self.currentIndex().row()) + (1 if len(wanted) == 1 else 0)
        for step in range(count):
            row = (start + step) % count
            if self._begins(self.records.record_at(row), wanted):
                self.choose(self.records.key(self.records.record_at(row)))
                return

    def _begins(self, record: T, wanted: str) -> bool:
        columns = self.records.columns
        named = next((column for column in columns if column.bold), columns[0])
        folded = fold(named.getter(record))
        return folded.startswith(wanted) or f" {wanted}" in folded

    def _forget_letters(self) -> None:
        self._letters = ""

    def copy_rows(self) -> None:
        """Copy what is shown (the chosen row, or all when none is) as a table for Excel."""
        rows = [index.row() for index in self.selectionModel().selectedRows()] or range(
            self.records.rowCount()
        )
        QGuiApplication.clipboard().setText(self.records.as_table(rows))

    def select_many(self) -> None:
        """Let several rows be chosen (Shift, Ctrl)."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def selected_records(self) -> list[T]:
        """The chosen records from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.records.record_at(row) for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.current_record()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if record is not None:
                self.opened.emit(record)
        elif event.key() == Qt.Key.Key_Space and self.records.first_section and not self._letters:
            if record is not None:
                self.records.toggle(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Home and self.records.rowCount():
            self.choose(self.records.key(self.records.record_at(0)))
        elif event.key() == Qt.Key.Key_End and self.records.rowCount():
            self.choose(self.records.key(self.records.record_at(self.records.rowCount() - 1)))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.records.column_at(index.column()) is None:
            self.records.toggle(index.row())

    def currentChanged(self, current: QModelIndex | Any, previous: QModelIndex | Any) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current_changed.emit(self.current_record())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _Header(QHeaderView):
    """The head of the table; over the ticks it shows one tick box for all."""

    def __init__(self, table: RecordTable[Any]) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(34))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        if self._table.records.column_at(section) is None:
            paint_tick_box(painter, rect, self._table.records.all_ticked())
