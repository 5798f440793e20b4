"""Mở khóa sổ: the password of one of its holders, or the code of the recovery sheet."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError, WrongSecret
from app.domain.text import upper_first
from app.services.keys import Unlocked, keys_of, openers, unlock
from app.ui.background import Background
from app.ui.keys.busy import Busy
from app.ui.keys.code_groups import CodeField
from app.ui.keys.secret_field import PasswordField
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Row
from app.ui.preferences import Preferences
from app.ui.screens.keys.key_page import NO_BACK_DOOR, KeyPage

_OTHER_SHEET = (
    "Mã gõ đủ và đúng, nhưng không mở được sổ này: phiếu của sổ khác, hoặc sổ đã có phiếu in sau. "
    "Xin xem tên sổ và ngày in trên phiếu."
)


class UnlockPage(KeyPage):
    """``unlocked`` carries what the password or the sheet opened; ``trouble`` why the keys cannot be read."""

    unlocked = Signal(object)
    trouble = Signal(object)

    def __init__(self, background: Background, preferences: Preferences, folder: Path) -> None:
        super().__init__(preferences, "Mở khóa sổ", f"{folder.name} · {folder.parent}")
        self._background, self._folder = background, folder
        self._is_busy = False
        card = Card(spacing=12)
        self._by_password()
        self._by_code()
        card.body.addWidget(self.password_field)
        card.body.addWidget(self.code_field)
        row = Row(spacing=14)
        self.open_button = make_button("filled", "Mở sổ", "lock-open", "Enter", self.open, large=True)
        row.addWidget(self.open_button)
        self.busy = Busy("Đang mở khóa…")
        row.addWidget(self.busy)
        row.addStretch(1)
        card.body.addLayout(row)
        self.other_way = make_button("ghost", "Quên mật khẩu", "circle-help", on_click=self._turn)
        card.body.addWidget(self.other_way, 0, Qt.AlignmentFlag.AlignLeft)
        self.left.addWidget(card)
        self.left.addStretch(1)
        self._openers = self.add_note("Sổ này mở bằng gì")
        self._openers.hide()
        brake = (
            "Gõ sai không bị khóa. Mỗi lần thử mất chừng một giây: với đồng chí không đáng kể, "
            "với người dò mật khẩu thì rất lâu."
        )
        self.add_note("Không có cửa sau", NO_BACK_DOOR, brake)
        self.right.addStretch(1)
        background.read(self, partial(_openers, folder), self._say_openers, self.trouble.emit, key="who")

    def _by_password(self) -> None:
        self.password = PasswordField()
        hint = "Gõ đúng như lúc đặt. Bộ gõ tiếng Việt đang tắt hay bật cũng làm mật khẩu khác đi."
        self.password_field = FormField("Mật khẩu của sổ", self.password, hint=hint)
        self.password.edited.connect(lambda: self.password_field.set_error(""))
        self.password.entered.connect(self.open)

    def _by_code(self) -> None:
        self.code = CodeField()
        hint = "Chữ hoa hay chữ thường, có gạch nối hay không đều được."
        self.code_field = FormField("Mã trên phiếu khôi phục", self.code, hint=hint)
        self.code.edited.connect(lambda: self.code_field.set_error(""))
        self.code.entered.connect(self.open)
        self.code_field.hide()

    # What the person does

    def first_focus(self) -> QWidget:
        """The password is typed at once."""
        return self.code.line if self.is_by_code else self.password.line

    @property
    def is_by_code(self) -> bool:
        """Whether the recovery sheet is asked for."""
        return not self.code_field.isHidden()

    def open(self) -> None:
        """Try what is typed; nothing else can be tried meanwhile."""
        if self._is_busy:
            return
        if self.is_by_code:
            if problem := self.code.problem():
                self._say(problem)
                return
            secret = self.code.typed().code
        elif not (secret := self.password.value()):
            self._say("Chưa gõ mật khẩu.")
            return
        self._set_busy(True)
        work = partial(_try, self._folder, secret)
        self._background.read(self, work, self._opened, self._not_opened, key="open")

    def say_not_opened(self, sentence: str) -> None:
        """The key fits but the book cannot be opened just now; it can be tried again."""
        self._set_busy(False)
        self.message.show_message("error", sentence)

    def _opened(self, unlocked: Unlocked) -> None:
        self.message.close_message()
        self.unlocked.emit(unlocked)

    def _not_opened(self, error: UserError) -> None:
        self._set_busy(False)
        if isinstance(error, WrongSecret):
            self._say(_OTHER_SHEET if self.is_by_code else str(error))
        else:
            self.trouble.emit(error)

    def _say(self, sentence: str) -> None:
        (self.code_field if self.is_by_code else self.password_field).set_error(sentence)
        (self.code if self.is_by_code else self.password).take_again()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.open_button.setEnabled(not is_busy)
        self.busy.setVisible(is_busy)

    def _turn(self) -> None:
        is_by_code = not self.is_by_code
        self.code_field.setVisible(is_by_code)
        self.password_field.setHidden(is_by_code)
        self.other_way.set_words("Quay lại gõ mật khẩu" if self.is_by_code else "Quên mật khẩu")
        self.other_way.set_icon("arrow-left" if self.is_by_code else "circle-help")
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        """Esc: from the sheet back to the password, then to the start page."""
        if self.is_by_code:
            self._turn()
            return True
        return super().go_back()

    def _say_openers(self, sentences: tuple[str, ...]) -> None:
        for sentence in sentences:
            self._openers.body.addWidget(Label(sentence, "body", "ink2"))
        self._openers.setVisible(bool(sentences))


def _try(folder: Path, secret: str) -> Unlocked:
    return unlock(keys_of(folder), secret)


def _openers(folder: Path) -> tuple[str, ...]:
    return tuple(f"{upper_first(words)}." for words in openers(keys_of(folder), {}))
