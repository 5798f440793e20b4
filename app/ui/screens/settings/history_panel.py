"""Nhật ký: every action, what was taken out of the book, and the way to one's own last actions."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column, Row
from app.ui.parts.segmented import Segmented
from app.ui.screens.settings.bin_panel import BinPanel
from app.ui.screens.settings.history_list import HistoryList

PARTS = (("actions", "Mọi việc"), ("bin", "Mục đã xóa"))


class HistoryPanel(DeskPage):
    """Two lists, each read when it is looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = Column(self, spacing=10, margins=(28, 12, 24, 18))
        top = Row(spacing=12)
        self.choice = Segmented(PARTS, name="Phần của nhật ký", chosen="actions")
        self.choice.chosen.connect(self.show_part)
        top.addWidget(self.choice)
        top.addStretch(1)
        self.recent = make_button(
            "outlined", "Việc vừa làm của tôi", "history", on_click=lambda: desk.go_to("recent")
        )
        self.recent.set_key("Ctrl+Shift+Z", bind=False)
        top.addWidget(self.recent)
        column.addLayout(top)
        self.stack = QStackedWidget()
        self.deeds, self.bin = HistoryList(desk), BinPanel(desk)
        self._parts: dict[str, QWidget] = {"actions": self.deeds, "bin": self.bin}
        for part in self._parts.values():
            self.stack.addWidget(part)
        column.addWidget(self.stack, 1)

    def show_part(self, key: str) -> None:
        """Show one of the two lists."""
        self.choice.set_choice(key)
        self.stack.setCurrentWidget(self._parts[key])
