"""A table of figures at its natural height; Ctrl+C takes what is selected, or all, as a real table."""

from dataclasses import replace

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from app.domain.statistics_tables import TextTable, table_as_html, table_as_text
from app.ui.theme import px, theme

_SIDE = 6


class _Roomy(QStyledItemDelegate):
    """Leaves the words some room at both sides of a cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        inner = QStyleOptionViewItem(option)
        if not option.state & QStyle.StateFlag.State_Selected:
            inner.rect = option.rect.adjusted(px(_SIDE), 0, -px(_SIDE), 0)
        super().paint(painter, inner, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(2 * px(_SIDE), 0)


class FiguresTable(QTableWidget):
    """Rows of words and numbers; numbers at the right, sums in bold."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: TextTable | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Roomy(self))
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        theme.changed.connect(self._dress)

    def show_table(self, table: TextTable) -> None:
        """Show another table."""
        self.shown = table
        self.setAccessibleName(table.title)
        self.clear()
        self.setColumnCount(len(table.heads))
        self.setRowCount(len(table.rows))
        for column, head in enumerate(table.heads):
            item = QTableWidgetItem(head)
            item.setTextAlignment(_alignment(column))
            self.setHorizontalHeaderItem(column, item)
        for row, cells in enumerate(table.rows):
            for column, words in enumerate(cells):
                cell = QTableWidgetItem(words)
                cell.setTextAlignment(_alignment(column))
                self.setItem(row, column, cell)
        self._dress()

    def _dress(self) -> None:
        if self.shown is None:
            return
        for row in range(self.rowCount()):
            font = theme.font("body", 600 if row in self.shown.strong else 400)
            for column in range(self.columnCount()):
                item = self.item(row, column)
                if item is not None:
                    item.setFont(font)
            self.setRowHeight(row, px(33))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(px(64))
        self.resizeColumnsToContents()
        self._first_at_least()
        self.updateGeometry()

    def _first_at_least(self) -> None:
        """The first column stretches while there is room; else everything is as wide as its words."""
        others = sum(self.columnWidth(column) for column in range(1, self.columnCount()))
        wanted = self.sizeHintForColumn(0) + px(20)
        header = self.horizontalHeader()
        if others + wanted > self.viewport().width():
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(0, wanted)
        else:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setFixedHeight(self._natural_height())

    def _natural_height(self) -> int:
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        bar = self.horizontalScrollBar()
        more = bar.sizeHint().height() if self._is_wide() else 0
        return rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + more + 2

    def _is_wide(self) -> bool:
        return sum(self.columnWidth(c) for c in range(self.columnCount())) > self.viewport().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._first_at_least()

    def sizeHint(self) -> QSize:
        return QSize(px(400), self._natural_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        else:
            super().keyPressEvent(event)

    def copy_selected(self) -> None:
        """Put what is selected (nothing or one cell: the whole table) on the clipboard."""
        if self.shown is None:
            return
        table, chosen = self.shown, self.selectedIndexes()
        if len(chosen) > 1:
            rows = sorted({index.row() for index in chosen})
            at = sorted({index.column() for index in chosen})
            table = replace(
                table,
                heads=tuple(table.heads[column] for column in at),
                rows=tuple(tuple(table.rows[row][column] for column in at) for row in rows),
            )
        copy_table(table)


def copy_table(table: TextTable) -> None:
    """A table on the clipboard twice: as cells with tabs, and as a real table."""
    data = QMimeData()
    data.setText(table_as_text(table))
    data.setHtml(table_as_html(table))
    QGuiApplication.clipboard().setMimeData(data)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
