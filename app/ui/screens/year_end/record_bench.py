"""A list with a search, filters and the panel of the chosen record: beside it, or below in narrow windows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.ui.parts.fields import SearchField
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import logical_width
from app.ui.parts.record_table import RecordTable
from app.ui.parts.segmented import Segmented
from app.ui.screens.year_end.side_panel import SidePanel
from app.ui.theme import px
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH

ALL = "all"
_TABLE_HEIGHT = 190
_LAID_OUT_MS = 60


class RecordBench(QWidget):
    """``side`` shows the chosen record; ``empty`` stands in place of the list when there is none."""

    def __init__(
        self,
        table: RecordTable[Any],
        side: SidePanel,
        filters: Sequence[tuple[str, str]],
        empty: EmptyState,
    ) -> None:
        super().__init__()
        self.table, self.side, self.empty = table, side, empty
        column = Column(self, spacing=0)
        self._body = ScrollBody(spacing=12, fills=True)
        column.addWidget(self._body, 1)
        column.addWidget(empty, 1)
        empty.hide()
        body = self._body.body
        self.message = MessageBar()
        body.addWidget(self.message)
        self._tools = Row(spacing=12)
        self.search = SearchField("Tìm tên, có dấu hoặc không dấu", key="Ctrl+F")
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.filter = Segmented(((ALL, "Tất cả"), *filters), name="Lọc", chosen=ALL)
        top = Qt.AlignmentFlag.AlignTop
        self._tools.addWidget(self.search, 0, top)
        self._tools.addWidget(self.filter, 1, top | Qt.AlignmentFlag.AlignLeft)
        body.addLayout(self._tools)
        self._nobody = EmptyState("search", "Không tìm thấy dòng nào", "Xóa bớt chữ tìm, hoặc chọn Tất cả.")
        self._results = QStackedWidget()
        self._results.addWidget(table)
        self._results.addWidget(self._nobody)
        self._results.setMinimumHeight(px(_TABLE_HEIGHT))
        self._row = Row(spacing=14)
        self._row.addWidget(self._results, 1)
        self._row.addWidget(side)
        body.addLayout(self._row, 1)
        self.search.search.connect(self._search)
        self.search.down_pressed.connect(table.setFocus)
        QShortcut(QKeySequence("F6"), self, self._next_pane)
        # Below the list the form may lie out of sight; its place is known once it is laid out.
        side.opened.connect(lambda: QTimer.singleShot(_LAID_OUT_MS, self, self._show_form))

    def show_list(self, is_empty: bool) -> None:
        """The list, or what stands in its place."""
        self._body.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        self.say_found()

    def say_found(self) -> None:
        """Say so when a search or filter leaves nothing."""
        has_any = bool(self.table.records.shown) or not self.table.records.records
        self._results.setCurrentIndex(0 if has_any else 1)

    def _show_form(self) -> None:
        if self.side.task is not None:
            self._body.ensureWidgetVisible(self.side.take, 0, px(16))
            self._body.ensureWidgetVisible(self.side.fields[self.side.task.names[0]], 0, px(16))

    def _search(self, query: str) -> None:
        self.table.search(query)
        self.say_found()

    def _next_pane(self) -> None:
        if self.table.hasFocus():
            self.side.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.side.focusNextChild()
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        width = logical_width(self.window())
        is_tiny, is_wide = width < RAIL_WIDTH, width >= FULL_WIDTH
        self._tools.setDirection(direction.TopToBottom if is_tiny else direction.LeftToRight)
        self._row.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        self.side.stand_beside(is_wide)
