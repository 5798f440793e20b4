"""Khôi phục sổ: one copy of the list, tried before it takes the book's place; works for a dead book too."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.errors import PasswordNeeded, UserError, WrongSecret
from app.domain.progress import Progress
from app.services.backup_list import BackupLine, backups_of, line_of_file, list_backups
from app.services.restoring import Restored, restore_closed_book, restore_open_book
from app.services.workspace import SystemClock, Workspace
from app.ui.background import Background
from app.ui.dialogs import Dialogs
from app.ui.keys.secret_field import PasswordField
from app.ui.parts.backup_table import backup_table
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import FormField
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.look import TextSize
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import ActionBar, PageHeader, logical_width
from app.ui.preferences import Preferences
from app.ui.theme import px, theme

_SIDE_BY_SIDE = 1000
_TABLE_HEIGHT = 300
_WHAT_HAPPENS = (
    "Bản sao được mở thử và kiểm tra hết ở một chỗ riêng. Có chỗ nào không đọc tốt thì sổ không bị đụng tới.",
    "Sổ hiện nay không mất: sổ còn đọc tốt thì thành một bản sao “trước khi khôi phục sổ”, "
    "sổ đã hỏng thì tệp của sổ được giữ nguyên ở nơi cất bản sao.",
    "Rồi bản sao mới vào thay. Những gì ghi sau lúc sao lưu thì không có trong sổ khôi phục.",
)


class RestorePage(QWidget):
    """``restored`` asks for the book of this folder to be opened; ``leave_requested``: nothing was changed.

    With ``ws`` the book is open, and handed over to this page: once restored it is closed and ``ws`` is None.
    """

    restored = Signal(object)
    leave_requested = Signal()
    help_topic = "backups"

    def __init__(
        self,
        background: Background,
        preferences: Preferences,
        dialogs: Dialogs,
        folder: Path,
        ws: Workspace | None = None,
    ) -> None:
        super().__init__()
        self._background, self._dialogs = background, dialogs
        self._folder, self.ws = folder, ws
        self._clock = ws.clock if ws is not None else SystemClock()
        self._second = preferences.second_place(folder)
        self._result: Restored | None = None
        self._chosen: BackupLine | None = None
        self._build(preferences)
        theme.changed.connect(self._fit)
        self._show_chosen(None)
        self.read_list()

    def _build(self, preferences: Preferences) -> None:
        column = Column(self, spacing=0)
        words = "Trở về sổ" if self.ws is not None else "Về trang mở đầu"
        self.leave = make_button("outlined", words, "arrow-left", "Esc", self.go_back)
        facts = f"{self._folder.name} · {self._folder.parent}"
        column.addWidget(PageHeader("Khôi phục sổ", facts, [TextSize(preferences)], lead=self.leave))
        body = ScrollBody(spacing=14)
        self.message = MessageBar()
        body.body.addWidget(self.message)
        self._sides = Row(spacing=16)
        left, right = Column(spacing=14), Column(spacing=14)
        self._secret_card = self._build_secret()
        left.addWidget(self._secret_card)
        self._list_card = self._build_list()
        left.addWidget(self._list_card)
        self._result_card = Card(spacing=10)
        self._result_card.hide()
        left.addWidget(self._result_card)
        left.addStretch(1)
        note = Card(kind="quote", spacing=8)
        note.body.addWidget(Label("Khôi phục làm gì", "h3"))
        for number, sentence in enumerate(_WHAT_HAPPENS, 1):
            note.body.addWidget(Label(f"{number}. {sentence}", "body", "ink2"))
        right.addWidget(note)
        right.addStretch(1)
        self._sides.addLayout(left, 5)
        self._sides.addLayout(right, 3)
        body.body.addLayout(self._sides)
        column.addWidget(body, 1)
        self.restore_button = make_button(
            "filled", "Khôi phục sổ", "history", "Ctrl+Enter", self.restore, large=True
        )
        self.foot = ActionBar(self.restore_button)
        column.addWidget(self.foot)

    def _build_list(self) -> QWidget:
        card = Card(spacing=10)
        head = Row(spacing=10)
        head.addWidget(Label("Các bản sao, mới nhất ở trên", "h3"), 1)
        self.file_button = make_button(
            "outlined", "Chọn tệp khác…", "folder-open", on_click=self._choose_file
        )
        head.addWidget(self.file_button)
        card.body.addLayout(head)
        self.table = backup_table()
        self.table.current_changed.connect(self._show_chosen)
        self.table.opened.connect(lambda _line: self.restore())
        card.body.addWidget(self.table)
        self._empty = EmptyState(
            "history",
            "Chưa thấy bản sao nào của sổ này trên máy này",
            "Nếu có bản sao ở USB hoặc tệp “chép sổ thành một tệp”, xin cắm USB rồi bấm Chọn tệp khác.",
        )
        self._empty.hide()
        card.body.addWidget(self._empty)
        self._chosen_words = Label("", "body", weight=600)
        self._chosen_words.hide()
        card.body.addWidget(self._chosen_words)
        return card

    def _build_secret(self) -> QWidget:
        card = Card(spacing=8)
        self.secret = PasswordField()
        self.secret.edited.connect(self._clear_error)
        self.secret.entered.connect(self.restore)
        self.secret_field = FormField("Mật khẩu hoặc mã trên phiếu khôi phục của bản sao này", self.secret)
        card.body.addWidget(self.secret_field)
        card.hide()
        return card

    def _clear_error(self) -> None:
        self.secret_field.set_error("")

    # The list

    def read_list(self) -> None:
        """Read which good copies there are; damaged ones are none."""
        if self.ws is not None:
            work = partial(list_backups, self.ws, self._second)
        else:
            work = partial(backups_of, self._folder, self._clock.today(), self._second)
        self._background.read(self, work, self._show_list, key="backups")

    def _show_list(self, lines: tuple[BackupLine, ...]) -> None:
        self.table.set_records(lines)
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        if lines and self._chosen is None:
            self.table.choose(str(lines[0].path))
        self._fit()

    def _show_chosen(self, line: BackupLine | None) -> None:
        self._chosen = line
        self.restore_button.setEnabled(line is not None)
        self._secret_card.hide()
        self.secret.clear()
        is_file = line is not None and not self.table.records.row_of(str(line.path)) >= 0
        self._chosen_words.setText(f"Tệp đã chọn: {line.words}. {line.openers}" if line and is_file else "")
        self._chosen_words.setVisible(is_file)

    def _choose_file(self) -> None:
        path = self._dialogs.choose_open_file(
            "Chọn bản sao hoặc tệp sổ", "Bản sao của sổ (*.zip)", purpose="restore"
        )
        if path is not None:
            work = partial(line_of_file, path, self._clock.today())
            self._background.read(self, work, self._take_file, self._say, key="file")

    def _take_file(self, line: BackupLine) -> None:
        self.message.close_message()
        self.table.clearSelection()
        self._show_chosen(line)

    # Restoring

    def restore(self) -> None:
        """Try the chosen copy and put it into the book's place; asked first, once."""
        line = self._chosen
        if line is None or not self.restore_button.isEnabled():
            return
        secret = self.secret.value() if self._secret_card.isVisibleTo(self) else ""
        if not secret and self._secret_card.isVisibleTo(self):
            self.secret_field.set_error("Chưa gõ mật khẩu.")
            return
        if not secret and not self._dialogs.ask(
            "Đưa sổ trở về bản sao này?",
            f"{line.words}. Những gì ghi sau lúc đó không có trong sổ khôi phục. "
            "Sổ hiện nay được giữ lại riêng.",
            act_label="Khôi phục sổ",
            keep_label="Chưa khôi phục",
            dangerous=True,
            icon="history",
        ):
            return
        self.message.close_message()
        self._set_busy(True)
        self._background.long(
            self,
            partial(self._work, line.path, secret),
            title="Khôi phục sổ",
            on_done=self._done,
            on_cancelled=partial(self._set_busy, False),
            on_error=self._not_done,
        )

    def _work(self, copy: Path, secret: str, progress: Progress) -> Restored:
        if self.ws is not None:
            return restore_open_book(self.ws, copy, secret=secret, progress=progress)
        return restore_closed_book(self._folder, copy, secret=secret, clock=self._clock, progress=progress)

    def _done(self, result: Restored) -> None:
        self.ws, self._result = None, result
        for part in (self._list_card, self._secret_card, self.leave):
            part.hide()
        self._result_card.show()
        head = Row(spacing=12)
        head.addWidget(IconLabel("circle-check", "ok", 24), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(f"Đã khôi phục sổ từ bản sao {result.copy}.", "lead"), 1)
        self._result_card.body.addLayout(head)
        if result.kept is not None:
            kept = f"Tệp của sổ trước khi khôi phục được giữ nguyên ở {result.kept}"
            if result.kept.is_file():
                kept = "Sổ trước khi khôi phục nằm trong danh sách bản sao, ghi là “trước khi khôi phục sổ”."
            self._result_card.body.addWidget(Label(kept, "body", "ink2"))
        if result.openers:
            words = f"Mật khẩu và phiếu khôi phục cũng trở về như lúc sao lưu. {result.openers}"
            self._result_card.body.addWidget(Label(words))
        self.restore_button.setEnabled(True)
        self.restore_button.set_words("Mở sổ")
        self.restore_button.set_icon("book-open")
        self.restore_button.clicked.disconnect()
        self.restore_button.clicked.connect(lambda: self.restored.emit(self._folder))
        self.restore_button.setFocus()

    def _not_done(self, error: UserError) -> None:
        self._set_busy(False)
        if isinstance(error, PasswordNeeded):
            self._secret_card.show()
            self.secret_field.set_hint(self._chosen.openers if self._chosen is not None else "")
            self.secret.take_again()
        elif isinstance(error, WrongSecret):
            self.secret_field.set_error(str(error))
            self.secret.take_again()
        else:
            self._say(error)

    def _say(self, error: UserError) -> None:
        self.message.show_message("error", str(error))

    def _set_busy(self, is_busy: bool) -> None:
        for part in (self.restore_button, self.file_button, self.leave, self.table):
            part.setEnabled(not is_busy)

    # The page

    def go_back(self) -> bool:
        """Esc: nothing was changed; once restored the book is opened."""
        if self._result is not None:
            self.restored.emit(self._folder)
        elif self.leave.isEnabled():
            self.leave_requested.emit()
        return True

    def first_focus(self) -> QWidget:
        """The list, or the way to a file."""
        return self.table if self.table.isVisibleTo(self) else self.file_button

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        directions = QBoxLayout.Direction
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self.leave.set_compact(logical_width(self) < _SIDE_BY_SIDE)
        room = self.height() - px(330)
        self.table.setFixedHeight(max(px(_TABLE_HEIGHT), room))
