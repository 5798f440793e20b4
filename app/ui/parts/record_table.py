"""The table of the whole program: any list of records, worked by keyboard, names never cut."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from app.domain.text import fold
from app.ui.parts.record_delegate import CELL_SIDE, RecordDelegate, fitted, paint_tick_box, wrapped_height
from app.ui.parts.record_model import Column, RecordModel
from app.ui.preferences import Preferences
from app.ui.theme import px, theme

T = TypeVar("T")
_TICK_WIDTH = 40
_SEARCH_PAUSE_MS = 1200


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
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
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
        self._head_end = _HeadEnd()
        self.addScrollBarWidget(self._head_end, Qt.AlignmentFlag.AlignTop)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(*self._sorted)
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
            width = self.columnWidth(self.records.first_section + number) - 2 * px(CELL_SIDE)
            text = column.getter(record)
            below = column.below(record) if column.below is not None else ""
            # Measuring is slow; short texts cannot need a second line.
            if max(len(text), len(below)) * letter < width * 0.8 and not below:
                continue
            height = fitted(text, width, column.bold)[1]
            if below:
                height += wrapped_height(below, width, theme.font("cap"))
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
            header.setSortIndicator(*self._sorted)  # Qt has put it on the ticks, which sort nothing
            return
        self._sorted = section, header.sortIndicatorOrder()
        self.records.sort(*self._sorted)

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


class _HeadEnd(QWidget):
    """Goes on with the head above the scroll bar, which begins below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(12), px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sunken"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))


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
