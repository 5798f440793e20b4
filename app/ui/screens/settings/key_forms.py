"""The forms of the keys panel: one's own password changed, a holder added, a holder's password set anew."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError, ValidationFailed, WrongSecret
from app.domain.member import Member
from app.services.key_holders import Holder, add_holder, change_own_password, reset_holder
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.keys.busy import Busy
from app.ui.keys.password_form import PasswordForm
from app.ui.keys.secret_field import PasswordField
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Row
from app.ui.parts.messages import MessageBar

_SOMEBODY_ELSE = "other"
Work = Callable[[], object]


class KeyForm(Card):
    """``finished`` carries what was done in a sentence, ``closed`` that the person thought better of it.

    Each form has ``work``, what to do with what is typed, and ``done_words``.
    """

    finished = Signal(str)
    closed = Signal()
    work: Callable[[], Work]
    done_words: Callable[[], str]

    def __init__(self, page: DeskPage, title: str, note: str, act_label: str) -> None:
        super().__init__(spacing=12)
        self.page = page
        self.body.addWidget(Label(title, "h3"))
        if note:
            self.body.addWidget(Label(note, "body", "ink2"))
        self.message = MessageBar()
        self.body.addWidget(self.message)
        self.add_fields()
        self.form = PasswordForm()
        self.form.entered.connect(self.act)
        self.body.addWidget(self.form)
        row = Row(spacing=12)
        self.act_button = make_button("filled", act_label, "check", "Ctrl+Enter", self.act)
        self.keep_button = make_button("ghost", "Thôi", on_click=self.closed.emit)
        self.busy = Busy("Đang đặt mật khẩu…")
        for widget in (self.act_button, self.keep_button, self.busy):
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addLayout(row)

    def add_fields(self) -> None:
        """What is asked before the new password."""

    def first_field(self) -> QWidget:
        """Where typing begins."""
        return self.form.password.line

    def problem(self) -> bool:
        """Whether something before the new password is missing; the person is then brought there."""
        return False

    def act(self) -> None:
        """Do it, once everything is typed."""
        if not self.act_button.isEnabled() or self.problem() or not self.form.is_right():
            return
        self.message.close_message()
        self._set_busy(True)
        self.page.write(self.work(), changes={Topic.BOOK}, on_done=self._done, on_error=self.refuse)

    def refuse(self, error: UserError) -> None:
        """Say why not, at its place."""
        self._set_busy(False)
        if isinstance(error, ValidationFailed):
            self.form.password_field.set_error(str(error))
            self.form.password.take_again()
        else:
            self.message.show_message("error", str(error))

    def _done(self, _result: object) -> None:
        self.form.clear()
        self.finished.emit(self.done_words())

    def _set_busy(self, is_busy: bool) -> None:
        self.act_button.setEnabled(not is_busy)
        self.keep_button.setEnabled(not is_busy)
        self.busy.setVisible(is_busy)


class ChangeForm(KeyForm):
    """Đổi mật khẩu của tôi: the old one first."""

    def __init__(self, page: DeskPage) -> None:
        note = "Các bản sao làm trước lúc đổi vẫn mở bằng mật khẩu cũ."
        super().__init__(page, "Đổi mật khẩu của tôi", note, "Đổi mật khẩu")

    def add_fields(self) -> None:
        self.old = PasswordField()
        self.old_field = FormField("Mật khẩu đang dùng", self.old)
        self.old.edited.connect(lambda: self.old_field.set_error(""))
        self.old.entered.connect(lambda: self.form.password.take_again())
        self.body.addWidget(self.old_field)

    def first_field(self) -> QWidget:
        return self.old.line

    def problem(self) -> bool:
        is_missing = not self.old.value()
        if is_missing:
            self.old_field.set_error("Chưa gõ mật khẩu đang dùng.")
            self.old.take_again()
        return is_missing

    def work(self) -> Work:
        return partial(change_own_password, self.page.desk.ws, self.old.value(), self.form.value())

    def done_words(self) -> str:
        self.old.clear()
        return "Đã đổi mật khẩu. Lần mở sổ sau gõ mật khẩu mới."

    def refuse(self, error: UserError) -> None:
        super().refuse(error)
        if isinstance(error, WrongSecret):
            self.message.close_message()
            self.old_field.set_error(str(error))
            self.old.take_again()


class ResetForm(KeyForm):
    """Đặt lại mật khẩu for a holder who forgot it."""

    def __init__(self, page: DeskPage, holder: Holder) -> None:
        self._holder = holder
        note = (
            f"Không cần biết mật khẩu cũ. {holder.name} tự gõ mật khẩu mới ở đây thì tốt nhất: "
            "không ai khác cần biết."
        )
        super().__init__(page, f"Đặt lại mật khẩu cho {holder.name}", note, "Đặt lại mật khẩu")

    def work(self) -> Work:
        return partial(reset_holder, self.page.desk.ws, self._holder.slot_id, self.form.value())

    def done_words(self) -> str:
        return f"Đã đặt lại mật khẩu của {self._holder.name}."


class AddForm(KeyForm):
    """Thêm người giữ mật khẩu: a member of the cell, or somebody by name."""

    def __init__(self, page: DeskPage, members: Sequence[Member]) -> None:
        self._members = {member.id: member.name for member in members}
        note = (
            "Nên có hai người giữ, mỗi người một mật khẩu riêng. Người giữ mật khẩu mở được sổ cho cả chi bộ "
            "làm việc trong ngày; đảng viên khác chỉ cần mã PIN."
        )
        super().__init__(page, "Thêm người giữ mật khẩu", note, "Thêm người giữ")

    def add_fields(self) -> None:
        options = [*self._members.items(), (_SOMEBODY_ELSE, "Người khác, không ở chi bộ")]
        self.who = Choice(options, placeholder="Chọn tên")
        self.who_field = FormField("Người giữ mật khẩu", self.who)
        self.who.chosen.connect(self._chosen)
        self.name = LineField()
        self.name_field = FormField("Họ và tên", self.name)
        self.name.edited.connect(lambda _text: self.name_field.set_error(""))
        self.name_field.hide()
        self.body.addWidget(self.who_field)
        self.body.addWidget(self.name_field)

    def first_field(self) -> QWidget:
        return self.who

    def problem(self) -> bool:
        if not self.who.value():
            self.who_field.set_error("Chưa chọn người giữ mật khẩu.")
            self.who.setFocus()
            return True
        if self.who.value() == _SOMEBODY_ELSE and not self.name.value():
            self.name_field.set_error("Chưa ghi họ và tên.")
            self.name.setFocus()
            return True
        return False

    def work(self) -> Work:
        is_member = self.who.value() in self._members
        member_id = self.who.value() if is_member else None
        return partial(add_holder, self.page.desk.ws, member_id, self._name(), self.form.value())

    def done_words(self) -> str:
        return f"{self._name()} giữ mật khẩu mở sổ từ hôm nay."

    def _name(self) -> str:
        return self._members.get(self.who.value(), self.name.value())

    def _chosen(self, key: str) -> None:
        self.who_field.set_error("")
        self.name_field.setVisible(key == _SOMEBODY_ELSE)
