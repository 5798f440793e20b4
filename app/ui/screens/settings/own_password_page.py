"""Mật khẩu mở sổ của tôi: a plain member who holds a password changes it, over their own page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column
from app.ui.parts.page import PageHeader
from app.ui.screens.settings.keys_panel import KeysPanel


class OwnPasswordPage(QWidget):
    """The panel of passwords, which shows such a member their own; ``closed``: back to their page."""

    closed = Signal()
    help_topic = "keys"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        column = Column(self, spacing=0)
        self.way = make_button("outlined", "Trang của tôi", "arrow-left", on_click=self.closed.emit)
        self.way.set_key("Esc", bind=False)
        column.addWidget(PageHeader("Mật khẩu mở sổ của tôi", "", lead=self.way))
        self.panel = KeysPanel(desk)
        column.addWidget(self.panel, 1)

    def first_focus(self) -> QWidget:
        """The way back: what can be done comes with the reading."""
        return self.way

    def go_back(self) -> bool:
        """Esc: a form that is open first, then the page."""
        if not self.panel.go_back():
            self.closed.emit()
        return True
