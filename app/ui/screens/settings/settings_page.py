"""Thiết lập: panels made and read when first looked at; a file of rules dropped anywhere is looked at."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice
from app.ui.parts.layout import Column
from app.ui.parts.page import PageHeader, logical_height
from app.ui.parts.segmented import Segmented
from app.ui.theme import theme

if TYPE_CHECKING:
    from app.ui.screens.settings.load_page import LoadPage

PANELS = (
    ("cell", "Chi bộ"),
    ("rules", "Quy định"),
    ("forms", "Mẫu giấy tờ"),
    ("contents", "Bộ nội dung"),
    ("documents", "Văn bản đi"),
    ("book", "Sổ và năm"),
    ("users", "Người dùng"),
    ("keys", "Mật khẩu"),
    ("backups", "Sao lưu"),
    ("look", "Hiển thị"),
    ("health", "Kiểm tra sổ"),
    ("history", "Nhật ký"),
)
OWN_HELP = {
    "users": "people",
    "keys": "keys",
    "backups": "backups",
    "health": "health",
    "history": "history",
}
_LOW = 600  # of the window at 100 %
_SHOWN_IN = {
    "rule_set": "rules",
    "scoring": "rules",
    "form": "forms",
    "template": "forms",
    "content_set": "contents",
}


class SettingsPage(DeskPage):
    """``leave_requested``: the person closes the book and goes to the start page."""

    leave_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = Column(self, spacing=0)
        leave = make_button("outlined", "Về trang mở đầu", "arrow-left", on_click=self.leave_requested.emit)
        column.addWidget(PageHeader("Thiết lập", "Của chi bộ, của sổ này và của máy này.", [leave]))
        self._bar = QWidget()
        bar = Column(self._bar, margins=(28, 14, 24, 0))
        self.choice = Segmented(PANELS, name="Phần thiết lập", chosen=PANELS[0][0])
        self.choice.chosen.connect(self.show_panel)
        bar.addWidget(self.choice)
        self.list = Choice(PANELS)
        self.list.setAccessibleName("Phần thiết lập")
        self.list.chosen.connect(self.show_panel)
        bar.addWidget(self.list)
        column.addWidget(self._bar)
        self.stack = QStackedWidget()
        self.panels: dict[str, QWidget] = {}
        self._loading: LoadPage | None = None
        self.setAcceptDrops(not desk.ws.read_only)
        column.addWidget(self.stack, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """On a low window the choice takes one line, and the panel the rest."""
        is_low = logical_height(self) < _LOW
        self.choice.setVisible(not is_low)
        self.list.setVisible(is_low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def reload(self) -> None:
        if not self._is_loading:
            self.show_panel(self.choice.choice())

    @property
    def help_topic(self) -> str:
        """The shown panel's own help, else that of the settings."""
        return OWN_HELP.get(self.choice.choice(), "settings")

    @property
    def _is_loading(self) -> bool:
        return self._loading is not None and self.stack.currentWidget() is self._loading

    def show_panel(self, key: str) -> None:
        """Show one of them."""
        self.choice.set_choice(key)
        self.list.set_value(key)
        self._bar.show()
        if key not in self.panels:
            panel = self.panels[key] = _makers()[key](self.desk)
            self.stack.addWidget(panel)
            if isinstance(wish := getattr(panel, "load_requested", None), SignalInstance):
                wish.connect(self.look_at_file)
        self.stack.setCurrentWidget(self.panels[key])

    def show_place(self, panel: str = "") -> None:
        """Come to one panel."""
        if panel in dict(PANELS):
            self.show_panel(panel)

    def place(self) -> dict[str, str]:
        """Which panel is shown."""
        return {"panel": self.choice.choice()}

    def look_at_file(self, path: Path, form_code: str = "") -> None:
        """Look at a file of rules before it is used."""
        from app.ui.screens.settings.load_page import LoadPage

        if self._loading is None:
            self._loading = LoadPage(self.desk)
            self._loading.closed.connect(self._close_loading)
            self.stack.addWidget(self._loading)
        self._bar.hide()
        self.stack.setCurrentWidget(self._loading)
        self._loading.look_at(path, form_code)

    def _close_loading(self, kind: str) -> None:
        """Back to the panel asked from, or to the one that shows what was kept."""
        self.show_panel(_SHOWN_IN.get(kind, self.choice.choice()))
        self.first_focus().setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.look_at_file(paths[0])

    def go_back(self) -> bool:
        """Esc: what the panel has open is closed."""
        if self._is_loading:
            self._close_loading("")
            return True
        go_back = getattr(self.stack.currentWidget(), "go_back", None)
        return bool(callable(go_back) and go_back())

    def first_focus(self) -> QWidget:
        """The choice of panels."""
        if not self.list.isHidden():
            return self.list
        return self.choice.word_button(self.choice.choice())


def _makers() -> dict[str, Callable[[Desk], QWidget]]:
    from app.ui.screens.settings.backup_panel import BackupPanel
    from app.ui.screens.settings.book_panel import BookPanel
    from app.ui.screens.settings.cell_panel import CellPanel
    from app.ui.screens.settings.contents_panel import ContentsPanel
    from app.ui.screens.settings.documents_panel import DocumentsPanel
    from app.ui.screens.settings.forms_panel import FormsPanel
    from app.ui.screens.settings.health_panel import HealthPanel
    from app.ui.screens.settings.history_panel import HistoryPanel
    from app.ui.screens.settings.keys_panel import KeysPanel
    from app.ui.screens.settings.look_panel import LookPanel
    from app.ui.screens.settings.rules_panel import RulesPanel
    from app.ui.screens.settings.users_panel import UsersPanel

    return {
        "cell": CellPanel,
        "rules": RulesPanel,
        "forms": FormsPanel,
        "contents": ContentsPanel,
        "documents": DocumentsPanel,
        "book": BookPanel,
        "users": UsersPanel,
        "keys": KeysPanel,
        "backups": BackupPanel,
        "look": LookPanel,
        "health": HealthPanel,
        "history": HistoryPanel,
    }
