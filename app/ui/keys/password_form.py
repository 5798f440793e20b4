"""A new password, typed twice; what is wrong with it stands beside the field."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Problem
from app.domain.passwords import LEAST_LETTERS, PHRASE_ADVICE, problems_in_password
from app.ui.keys.secret_field import PasswordField
from app.ui.parts.fields import FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column


class PasswordForm(QWidget):
    """``entered`` when Enter is pressed in the second field."""

    edited = Signal()
    entered = Signal()

    def __init__(self, label: str = "Mật khẩu mới") -> None:
        super().__init__()
        column = Column(self, spacing=10)
        self.password, self.again = PasswordField(), PasswordField()
        least = f"Từ {LEAST_LETTERS} ký tự trở lên."
        self.password_field = FormField(label, self.password, hint=least)
        self.again_field = FormField("Gõ lại lần nữa", self.again)
        column.addWidget(self.password_field)
        column.addWidget(self.again_field)
        column.addWidget(Label(PHRASE_ADVICE, "cap", "ink2"))
        for field in (self.password, self.again):
            field.edited.connect(self._typed)
        self.password.entered.connect(self._go_on)
        self.again.entered.connect(self.entered)

    def value(self) -> str:
        """The password as typed."""
        return self.password.value()

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong so far."""
        return problems_in_password(self.password.value(), self.again.value())

    def is_right(self) -> bool:
        """Whether it will do; otherwise the person is brought to the field that is wrong."""
        by_field = {problem.field: problem.message for problem in self.problems()}
        self.password_field.set_error(by_field.get("password", ""))
        self.again_field.set_error(by_field.get("again", ""))
        if by_field:
            (self.password if "password" in by_field else self.again).take_again()
        return not by_field

    def clear(self) -> None:
        """Let go of both."""
        for field, form in ((self.password, self.password_field), (self.again, self.again_field)):
            field.clear()
            form.set_error("")

    def _typed(self) -> None:
        self.password_field.set_error("")
        self.again_field.set_error("")
        self.edited.emit()

    def _go_on(self) -> None:
        """Enter in the first field goes on to the second."""
        self.again.take_again()
