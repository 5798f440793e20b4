"""Phiếu khôi phục of a book just locked: printed, typed back, then on to the book."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.dialogs import Dialogs
from app.ui.keys.recovery_form import RecoveryForm
from app.ui.preferences import Preferences
from app.ui.screens.keys.key_page import NO_BACK_DOOR, KeyPage


class RecoveryPage(KeyPage):
    """``finished`` hands the open book on; whether the sheet was proved stands in the book."""

    finished = Signal(object)

    def __init__(
        self, background: Background, preferences: Preferences, dialogs: Dialogs, ws: Workspace, code: str
    ) -> None:
        super().__init__(preferences, "Phiếu khôi phục", f"{ws.folder.name} · {ws.folder.parent}")
        self.leave.hide()
        self.code = code
        self.form = RecoveryForm(background, dialogs, ws, code)
        self.form.proved.connect(lambda: self.finished.emit(ws))
        self.form.skipped.connect(lambda: self.finished.emit(ws))
        self.left.addWidget(self.form)
        self.left.addStretch(1)
        self.add_note(
            "Phiếu để làm gì",
            "Quên mật khẩu, hoặc người giữ mật khẩu đi vắng lâu, thì mở sổ bằng mã trên phiếu.",
            NO_BACK_DOOR,
        )
        self.add_note(
            "Cất phiếu ở đâu",
            "Trong phong bì dán kín, ở tủ của chi ủy. Không để cùng máy này, không để cùng USB có sổ.",
        )
        self.right.addStretch(1)

    def first_focus(self) -> QWidget:
        """First the code goes onto paper."""
        return self.form.print_button

    def go_back(self) -> bool:
        """Esc: leave it for later, after being told what that costs."""
        self.form.skip()
        return True
