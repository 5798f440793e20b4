"""Khóa sổ: a book of an earlier version gets its password before it is used."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError, ValidationFailed
from app.domain.progress import Progress
from app.services.book_conversion import DESTROYING_SAYS, OTHER_COPIES_SAY
from app.services.book_locking import LockedBook, LockWish, lock_book
from app.services.new_books import NewPassword
from app.services.workspace import Clock
from app.ui.background import Background
from app.ui.dialogs import Dialogs
from app.ui.keys.password_form import PasswordForm
from app.ui.keys.pin_choice import PinChoice
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Row
from app.ui.parts.page import ActionBar
from app.ui.parts.segmented import Segmented
from app.ui.preferences import Preferences
from app.ui.screens.keys.key_page import NO_BACK_DOOR, KeyPage

_STEPS = (
    "1. Chương trình ghi một bản có khóa bên cạnh, đọc lại từng dòng để so với sổ này.",
    "2. So xong mới đổi chỗ. Mất điện giữa chừng thì sổ vẫn mở được, lần sau làm tiếp.",
    "3. In phiếu khôi phục, rồi vào sổ như thường ngày.",
)
_KEEPING_SAYS = "Ai lấy được tệp đó thì đọc được cả sổ. Nên để ở USB cất trong tủ có khóa."
Lock = Callable[..., LockedBook]


class ConvertPage(KeyPage):
    """``locked`` hands over the book, locked and open."""

    locked = Signal(object)

    def __init__(
        self,
        background: Background,
        preferences: Preferences,
        dialogs: Dialogs,
        folder: Path,
        clock: Clock,
        lock: Lock = lock_book,
    ) -> None:
        super().__init__(preferences, "Khóa sổ bằng mật khẩu", f"{folder.name} · {folder.parent}")
        self._background, self._dialogs = background, dialogs
        self._lock = partial(lock, folder)
        self._clock = clock
        self._keep_in: Path | None = None
        self.left.addWidget(self._steps_card())
        self.left.addWidget(self._password_card())
        self.left.addWidget(self._original_card())
        self.left.addStretch(1)
        self.add_note("Không có cửa sau", NO_BACK_DOOR)
        self.add_note("Các bản chép từ trước", OTHER_COPIES_SAY)
        self.right.addStretch(1)
        self.lock_button = make_button("filled", "Khóa sổ", "lock", "Ctrl+Enter", self.lock)
        bar = ActionBar(self.lock_button)
        bar.set_note("Sổ này của bản chương trình cũ, chưa có khóa: khóa xong mới dùng được.")
        self.foot.addWidget(bar)

    def _steps_card(self) -> QWidget:
        card = Card(kind="pri", spacing=6)
        card.body.addWidget(Label("Việc sẽ làm", "h3"))
        for step in _STEPS:
            card.body.addWidget(Label(step))
        return card

    def _password_card(self) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("Mật khẩu mở sổ", "h3"))
        self.form = PasswordForm("Mật khẩu")
        self.form.entered.connect(self.lock)
        card.body.addWidget(self.form)
        self.pins = PinChoice()
        card.body.addWidget(self.pins)
        return card

    def _original_card(self) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("Bản chưa khóa", "h3"))
        ways = (("destroy", "Xóa hẳn"), ("keep", "Chuyển đi chỗ khác"))
        self.original = Segmented(ways, name="Bản chưa khóa", chosen="destroy")
        self.original.chosen.connect(self._choose_original)
        self.original_field = FormField("Khóa xong thì bản chưa khóa", self.original, hint=DESTROYING_SAYS)
        card.body.addWidget(self.original_field)
        row = Row(spacing=12)
        self._where = Label("", "body")
        row.addWidget(self._where, 1)
        self.place_button = make_button("outlined", "Đổi chỗ…", "folder-open", on_click=self._choose_place)
        row.addWidget(self.place_button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        self._show_place()
        return card

    # What the person does

    def first_focus(self) -> QWidget:
        """The password."""
        return self.form.password.line

    def lock(self) -> None:
        """Khóa sổ, once both fields agree."""
        if not self.lock_button.isEnabled() or not self.form.is_right():
            return
        self.message.close_message()
        self.lock_button.setEnabled(False)
        password = NewPassword(self.form.value(), self.form.again.value())
        wish = LockWish(password, self._keep_in, self.pins.wants_pins)

        def work(progress: Progress) -> LockedBook:
            return self._lock(wish, self._clock, progress)

        self._background.long(
            self,
            work,
            title="Khóa sổ",
            on_done=self._done,
            on_cancelled=self._stopped,
            on_error=self._refused,
        )

    def _done(self, locked: LockedBook) -> None:
        self.form.clear()
        self.locked.emit(locked)

    def _stopped(self) -> None:
        self.lock_button.setEnabled(True)
        self.message.show_message("info", "Đã dừng. Sổ vẫn như trước, chưa có khóa.")

    def _refused(self, error: UserError) -> None:
        self.lock_button.setEnabled(True)
        if isinstance(error, ValidationFailed):
            self.form.is_right()
        else:
            self.message.show_message("error", str(error))

    def _choose_original(self, key: str) -> None:
        if key == "keep" and self._keep_in is None:
            self._choose_place()
        if key == "destroy":
            self._keep_in = None
        self._show_place()

    def _choose_place(self) -> None:
        chosen = self._dialogs.choose_folder("Chuyển bản chưa khóa vào thư mục nào", purpose="plain-book")
        self._keep_in = chosen or self._keep_in
        self._show_place()

    def _show_place(self) -> None:
        is_kept = self._keep_in is not None
        self.original.set_choice("keep" if is_kept else "destroy")
        self.original_field.set_hint(_KEEPING_SAYS if is_kept else DESTROYING_SAYS)
        self._where.setText(f"Chuyển vào {self._keep_in}" if is_kept else "")
        self._where.setVisible(is_kept)
        self.place_button.setVisible(is_kept)
