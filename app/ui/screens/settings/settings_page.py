"""Thiết lập: five panels, each made and read when it is first looked at."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column
from app.ui.parts.page import PageHeader
from app.ui.parts.segmented import Segmented

PANELS = (
    ("cell", "Chi bộ"),
    ("contents", "Bộ nội dung"),
    ("book", "Sổ và năm"),
    ("look", "Hiển thị"),
    ("history", "Nhật ký"),
)


class SettingsPage(DeskPage):
    """``leave_requested``: the person closes the book and goes to the start page."""

    leave_requested = Signal()
    help_topic = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = Column(self, spacing=0)
        leave = make_button("outlined", "Về trang mở đầu", "arrow-left", on_click=self.leave_requested.emit)
        column.addWidget(PageHeader("Thiết lập", "Của chi bộ, của sổ này và của máy này.", [leave]))
        bar = Column(margins=(28, 14, 24, 0))
        self.choice = Segmented(PANELS, name="Phần thiết lập", chosen=PANELS[0][0])
        self.choice.chosen.connect(self.show_panel)
        bar.addWidget(self.choice)
        column.addLayout(bar)
        self.stack = QStackedWidget()
        self.panels: dict[str, QWidget] = {}
        column.addWidget(self.stack, 1)

    def reload(self) -> None:
        self.show_panel(self.choice.choice())

    def show_panel(self, key: str) -> None:
        """Show one of the five."""
        self.choice.set_choice(key)
        if key not in self.panels:
            self.panels[key] = _makers()[key](self.desk)
            self.stack.addWidget(self.panels[key])
        self.stack.setCurrentWidget(self.panels[key])

    def show_place(self, panel: str = "") -> None:
        """Come to one panel."""
        if panel in dict(PANELS):
            self.show_panel(panel)

    def place(self) -> dict[str, str]:
        """Which panel is shown."""
        return {"panel": self.choice.choice()}

    def go_back(self) -> bool:
        """Esc: what the panel has open is closed."""
        go_back = getattr(self.stack.currentWidget(), "go_back", None)
        return bool(callable(go_back) and go_back())

    def first_focus(self) -> QWidget:
        """The choice of panels."""
        return self.choice.word_button(self.choice.choice())


def _makers() -> dict[str, Callable[[Desk], QWidget]]:
    from app.ui.screens.settings.book_panel import BookPanel
    from app.ui.screens.settings.cell_panel import CellPanel
    from app.ui.screens.settings.contents_panel import ContentsPanel
    from app.ui.screens.settings.history_panel import HistoryPanel
    from app.ui.screens.settings.look_panel import LookPanel

    return {
        "cell": CellPanel,
        "contents": ContentsPanel,
        "book": BookPanel,
        "look": LookPanel,
        "history": HistoryPanel,
    }
