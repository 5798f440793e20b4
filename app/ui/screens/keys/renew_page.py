"""Đặt mật khẩu mới: after the book was opened by the recovery sheet, for whoever forgot theirs."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError, ValidationFailed
from app.services.key_holders import Holder, list_holders, reset_holder
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.changes import Topic
from app.ui.keys.busy import Busy
from app.ui.keys.password_form import PasswordForm
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.layout import Card, Row
from app.ui.preferences import Preferences
from app.ui.screens.keys.key_page import KeyPage


class RenewPage(KeyPage):
    """``finished`` hands the open book on."""

    finished = Signal(object)

    def __init__(self, background: Background, preferences: Preferences, ws: Workspace) -> None:
        super().__init__(preferences, "Đặt mật khẩu mới", f"Đã mở {ws.folder.name} bằng phiếu khôi phục.")
        self._background, self._ws = background, ws
        self.leave.hide()
        card = Card(spacing=12)
        self.whose = Choice()
        self._whose_field = FormField("Mật khẩu của ai", self.whose)
        card.body.addWidget(self._whose_field)
        self.form = PasswordForm()
        self.form.entered.connect(self.renew)
        card.body.addWidget(self.form)
        row = Row(spacing=12)
        self.renew_button = make_button("filled", "Đặt mật khẩu mới", "check", "Ctrl+Enter", self.renew)
        self.later_button = make_button("ghost", "Để sau", on_click=self._leave)
        self.busy = Busy("Đang đặt mật khẩu…")
        for widget in (self.renew_button, self.later_button, self.busy):
            row.addWidget(widget)
        row.addStretch(1)
        card.body.addLayout(row)
        self.left.addWidget(card)
        self.left.addStretch(1)
        self.add_note(
            "Từ nay",
            "Mật khẩu cũ của người được chọn không mở được sổ nữa. Của những người khác vẫn như trước.",
            "Các bản sao làm trước hôm nay vẫn mở bằng mật khẩu cũ, hoặc bằng phiếu này.",
        )
        self.add_note(
            "Phiếu khôi phục",
            "Phiếu vừa dùng vẫn mở được sổ. Nếu nhiều người đã thấy mã, xin lập phiếu mới trong Thiết lập.",
        )
        self.right.addStretch(1)
        background.read(self, partial(list_holders, ws), self._offer, key="holders")

    def first_focus(self) -> QWidget:
        """Whose it is, or with one holder the password at once."""
        return self.whose if self._whose_field.isVisibleTo(self) else self.form.password.line

    def go_back(self) -> bool:
        """Esc: later."""
        self._leave()
        return True

    def renew(self) -> None:
        """Set it, once both fields agree."""
        if not self.renew_button.isEnabled() or not self.form.is_right():
            return
        self._set_busy(True)
        work = partial(reset_holder, self._ws, self.whose.value(), self.form.value())
        self._background.write(
            self, work, changes={Topic.BOOK}, on_done=lambda _none: self._leave(), on_error=self._refused
        )

    def _leave(self) -> None:
        self.form.clear()
        self.finished.emit(self._ws)

    def _offer(self, holders: tuple[Holder, ...]) -> None:
        passwords = [holder for holder in holders if holder.kind.value == "password"]
        self.whose.set_options([(holder.slot_id, holder.name) for holder in passwords])
        self._whose_field.setVisible(len(passwords) > 1)
        self.first_focus().setFocus()

    def _refused(self, error: UserError) -> None:
        self._set_busy(False)
        if isinstance(error, ValidationFailed):
            self.form.password_field.set_error(str(error))
            self.form.password.take_again()
        else:
            self.message.show_message("error", str(error))

    def _set_busy(self, is_busy: bool) -> None:
        self.renew_button.setEnabled(not is_busy)
        self.later_button.setEnabled(not is_busy)
        self.busy.setVisible(is_busy)
