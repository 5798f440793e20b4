"""Nhật ký: every action, what was taken out of the book, and the way to one's own last actions."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column, Row
from app.ui.parts.page import logical_width
from app.ui.parts.segmented import Segmented
from app.ui.screens.settings.bin_panel import BinPanel
from app.ui.screens.settings.history_list import HistoryList
from app.ui.theme import theme

PARTS = (("actions", "Mọi việc"), ("bin", "Mục đã xóa"))
_NARROW, _SMALL = 1000, 660  # of the window's width at 100 %


class HistoryPanel(DeskPage):
    """Two lists, each read when it is looked at, under one row with what is searched."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = Column(self, spacing=10, margins=(28, 12, 24, 18))
        self.deeds, self.bin = HistoryList(desk), BinPanel(desk)
        column.addLayout(self._top())
        self.stack = QStackedWidget()
        self._parts: dict[str, QWidget] = {"actions": self.deeds, "bin": self.bin}
        for part in self._parts.values():
            self.stack.addWidget(part)
        column.addWidget(self.stack, 1)
        self.show_part("actions")
        theme.changed.connect(self._fit)

    def _top(self) -> Row:
        top = Row(spacing=12)
        self.choice = Segmented(PARTS, name="Phần của nhật ký", chosen="actions")
        self.choice.chosen.connect(self.show_part)
        top.addWidget(self.choice)
        self._of_deeds = QWidget()
        deeds = Row(self._of_deeds, spacing=10)
        deeds.addWidget(self.deeds.filters.words, 1)
        deeds.addWidget(self.deeds.filters.narrow)
        self._of_bin = QWidget()
        gone = Row(self._of_bin, spacing=10)
        gone.addWidget(self.bin.words, 1)
        gone.addWidget(self.bin.restore)
        top.addWidget(self._of_deeds, 1)
        top.addWidget(self._of_bin, 1)
        self.recent = make_button(
            "outlined", "Việc vừa làm của tôi", "history", on_click=lambda: self.desk.go_to("recent")
        )
        self.recent.set_key("Ctrl+H", bind=False)
        top.addWidget(self.recent)
        return top

    def show_part(self, key: str) -> None:
        """Show one of the two lists."""
        self.choice.set_choice(key)
        self._of_deeds.setVisible(key == "actions")
        self._of_bin.setVisible(key == "bin")
        self.stack.setCurrentWidget(self._parts[key])

    def _fit(self) -> None:
        self.deeds.filters.narrow.set_compact(logical_width(self) < _SMALL)
        self.recent.set_compact(logical_width(self) < _NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
