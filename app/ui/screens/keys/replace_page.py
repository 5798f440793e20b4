"""Thay khóa dữ liệu: the whole book under a new key, with nobody's page open meanwhile."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.services.key_replacement import replace_data_key
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card
from app.ui.parts.page import ActionBar
from app.ui.preferences import Preferences
from app.ui.screens.keys.key_page import KeyPage

_STEPS = (
    "1. Chương trình ghi cả sổ dưới một khóa dữ liệu mới, đọc lại từng dòng để so.",
    "2. So xong mới đổi chỗ. Mất điện giữa chừng thì sổ vẫn mở được bằng mật khẩu như trước.",
    "3. Đồng chí chọn tên và làm việc tiếp. Mật khẩu và phiếu khôi phục của mọi người vẫn như cũ.",
)


class ReplaceKeyPage(KeyPage):
    """``finished`` hands on the open book, under its new key or as it was."""

    finished = Signal(object)

    def __init__(self, background: Background, preferences: Preferences, ws: Workspace) -> None:
        super().__init__(preferences, "Thay khóa dữ liệu", f"{ws.folder.name} · {ws.folder.parent}")
        self._background, self._ws = background, ws
        self.leave.set_words("Quay lại sổ")
        card = Card(kind="pri", spacing=6)
        card.body.addWidget(Label("Việc sẽ làm", "h3"))
        for step in _STEPS:
            card.body.addWidget(Label(step))
        self.left.addWidget(card)
        self.left.addStretch(1)
        self.add_note(
            "Những gì không đổi được",
            "Ai đã chép tệp sổ và biết mật khẩu lúc đó thì vẫn đọc được bản chép ấy. "
            "Thay khóa chỉ giữ kín những gì ghi từ nay.",
            "Các bản sao cũ vẫn mở bằng mật khẩu và phiếu của lúc làm bản sao.",
        )
        self.right.addStretch(1)
        self.replace_button = make_button(
            "filled", "Thay khóa dữ liệu", "refresh-cw", "Ctrl+Enter", self.replace
        )
        bar = ActionBar(self.replace_button)
        bar.set_note("Trong lúc thay khóa không ai ghi được vào sổ, thường vài giây.")
        self.foot.addWidget(bar)

    def first_focus(self) -> QWidget:
        """The one thing to do here."""
        return self.replace_button

    def replace(self) -> None:
        """Do it, with a way to stop until the files change places."""
        if not self.replace_button.isEnabled():
            return
        self.message.close_message()
        self._set_busy(True)
        self._background.long(
            self,
            partial(replace_data_key, self._ws),
            title="Thay khóa dữ liệu",
            on_done=self.finished.emit,
            on_cancelled=partial(self._not_done, "Đã dừng. Sổ vẫn như trước."),
            on_error=self._refused,
        )

    def go_back(self) -> bool:
        """Esc: back to the book as it is."""
        if self.replace_button.isEnabled():
            self.finished.emit(self._ws)
        return True

    def _refused(self, error: UserError) -> None:
        self._not_done(str(error))

    def _not_done(self, words: str) -> None:
        self._set_busy(False)
        self.message.show_message("warning", words)

    def _set_busy(self, is_busy: bool) -> None:
        self.replace_button.setEnabled(not is_busy)
        self.leave.setEnabled(not is_busy)
