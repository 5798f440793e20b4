"""Sao lưu và khôi phục: what is kept and where, a copy now, a second place, the way back to a copy."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.acts import Act
from app.domain.backup_keeping import BackupReason
from app.domain.dates import format_date
from app.domain.errors import UserError
from app.domain.progress import Progress
from app.services.backup_list import BackupLine, list_backups
from app.services.backups import Backup, take_backup
from app.services.second_place import SecondCopy, choose_second_place, copy_to_second_place, second_place
from app.ui.desk import Desk, DeskPage
from app.ui.parts.backup_table import backup_table
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import logical_width
from app.ui.parts.volumes import inside_volume, is_same_disk, may_be_at
from app.ui.theme import px, theme

_SIDE_BY_SIDE = 1000
_TABLE_HEIGHT = 260
_BY_ITSELF = (
    "Chương trình tự sao lưu khi mở sổ, khi đóng sổ, mỗi 30 phút nếu có thay đổi, và trước việc lớn như nhập "
    "danh sách hay khóa năm. Mỗi bản được mở lại và kiểm tra xong mới tính là bản sao."
)
_KEPT = (
    "Giữ mọi bản của hai ngày gần nhất, rồi mỗi ngày một bản, mỗi tuần một bản, mỗi tháng một bản; "
    "bản sau khi khóa năm giữ lâu dài. Bản sao có khóa như sổ."
)
_WHY_SECOND = (
    "Máy hỏng, mất hay cháy thì mất cả sổ lẫn bản sao trên máy. "
    "Xin chọn thêm một USB hoặc thư mục dùng chung."
)


class BackupPanel(DeskPage):
    """Reads the list each time it is shown: copies are made while nobody looks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        body = ScrollBody()
        Column(self, spacing=0).addWidget(body)
        self.message = MessageBar()
        body.body.addWidget(self.message)
        self._pressed: Button | None = None
        self._sides = Row(spacing=16)
        body.body.addLayout(self._sides)
        left, right = Column(spacing=14), Column(spacing=14)
        left.addWidget(self._own_card())
        left.addWidget(self._list_card())
        left.addStretch(1)
        right.addWidget(self._second_card())
        right.addWidget(self._kept_card())
        right.addStretch(1)
        self._sides.addLayout(left, 5)
        self._sides.addLayout(right, 3)
        theme.changed.connect(self._fit)

    def _own_card(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(Label("Bản sao trên máy này", "h3"))
        self.last = Label("Đang xem các bản sao…")
        card.body.addWidget(self.last)
        card.body.addWidget(Label(_BY_ITSELF, "cap", "ink2"))
        row = Row(spacing=10, margins=(0, 6, 0, 0))
        self.now_button = make_button("filled", "Sao lưu ngay", "shield-check", on_click=self.back_up)
        self.restore_button = make_button(
            "outlined", "Khôi phục sổ…", "history", on_click=self.desk.restore_wanted.emit
        )
        may_restore = self.desk.ws.may(Act.RESTORE_BOOK) and not self.desk.ws.read_only
        row.addWidget(self.now_button)
        row.addWidget(self.restore_button)
        self.restore_button.setVisible(may_restore)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _list_card(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(Label("Các bản sao đọc tốt", "h3"))
        self.table = backup_table()
        card.body.addWidget(self.table)
        self._empty = EmptyState("history", "Chưa có bản sao nào", "Bấm Sao lưu ngay để làm bản đầu tiên.")
        self._empty.hide()
        card.body.addWidget(self._empty)
        return card

    def _second_card(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(Label("Nơi cất thứ hai", "h3"))
        self.second = Label("")
        card.body.addWidget(self.second)
        card.body.addWidget(Label(_WHY_SECOND, "cap", "ink2"))
        row = Row(spacing=10, margins=(0, 6, 0, 0))
        self.choose_button = make_button("outlined", "Chọn nơi cất…", "usb", on_click=self.choose)
        self.carry_button = make_button("outlined", "Chép sang ngay", "file-output", on_click=self.carry_over)
        row.addWidget(self.choose_button)
        row.addWidget(self.carry_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _kept_card(self) -> QWidget:
        card = Card(kind="quote", spacing=8)
        card.body.addWidget(Label("Bản nào được giữ", "h3"))
        card.body.addWidget(Label(_KEPT, "body", "ink2"))
        return card

    # What it shows

    @property
    def _book(self) -> Path:
        return self.desk.ws.folder

    def reload(self) -> None:
        self._say_second()
        place = self.desk.preferences.second_place(self._book)
        self.read(partial(list_backups, self.desk.ws, place), self._show, key="backups")

    def _show(self, lines: tuple[BackupLine, ...]) -> None:
        here = [line for line in lines if line.place == "máy này"]
        self.last.setText(f"Bản mới nhất: {here[0].words}." if here else "Chưa có bản sao nào.")
        self.table.set_records(lines)
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)

    def _say_second(self) -> None:
        preferences = self.desk.preferences
        chosen = preferences.second_folder(self._book)
        day = preferences.second_copy_on(self._book)
        self.carry_button.setVisible(chosen is not None)
        self.choose_button.set_words("Chọn nơi khác…" if chosen else "Chọn nơi cất…")
        if chosen is None:
            self.second.setText("Chưa chọn.")
        elif day is None:
            self.second.setText(f"{chosen[0]}. Chưa có bản sao nào ở đó.")
        else:
            self.second.setText(f"{chosen[0]}. Bản mới nhất ở đó của ngày {format_date(day)}.")

    # What the person does

    def back_up(self) -> None:
        """A copy now, by the person's own wish."""
        ws = self.desk.ws

        def work(progress: Progress) -> Backup:
            return take_backup(ws, BackupReason.BY_HAND, progress)

        self._set_busy(True)
        self.desk.background.long(
            self,
            work,
            title="Sao lưu sổ",
            on_done=self._backed_up,
            on_cancelled=partial(self._set_busy, False),
            on_error=self._refused,
        )

    def _backed_up(self, _backup: Backup) -> None:
        self._settled()
        self.desk.say_done("Đã sao lưu sổ và kiểm tra lại: đọc tốt.")

    def choose(self) -> None:
        """A stick or shared folder; the newest copy goes there at once."""
        folder = self.desk.dialogs.choose_folder("Nơi cất bản sao thứ hai", purpose="second-place")
        if folder is not None:
            work = partial(choose_second_place, self.desk.ws, folder)
            self.read(work, partial(self._chosen, folder), self._refused, key="choose")

    def _chosen(self, folder: Path, place: Path) -> None:
        preferences = self.desk.preferences
        preferences.remember_second_place(self._book, folder, inside_volume(folder), place)
        self.carry_over()

    def carry_over(self) -> None:
        """The newest copy to the second place, now."""
        ws, chosen = self.desk.ws, self.desk.preferences.second_folder(self._book)
        if chosen is None:
            return

        def work(progress: Progress) -> SecondCopy:
            progress.step(0, 1, "Chép và đọc lại bản sao")
            place = second_place(ws, may_be_at(*chosen))
            return copy_to_second_place(ws, place)

        self._set_busy(True)
        self.desk.background.long(
            self,
            work,
            title="Chép bản sao sang nơi thứ hai",
            on_done=self._carried,
            on_cancelled=partial(self._set_busy, False),
            on_error=self._refused,
        )

    def _carried(self, copy: SecondCopy) -> None:
        self.desk.preferences.remember_second_copy(self._book, copy.made_at.date())
        self._settled()
        self.desk.say_done("Bản sao mới nhất đã ở nơi thứ hai và đọc lại tốt.")
        if is_same_disk(copy.place, self._book):
            words = "Nơi này ở cùng ổ đĩa với sổ: ổ hỏng thì mất cả hai. Một USB hoặc máy khác thì chắc hơn."
            self.message.show_message("warning", words)

    def _settled(self) -> None:
        self._set_busy(False)
        self.message.close_message()
        self.reload()

    def _refused(self, error: UserError) -> None:
        self._set_busy(False)
        self.message.show_message("error", str(error))
        self.reload()

    def _set_busy(self, is_busy: bool) -> None:
        buttons = (self.now_button, self.restore_button, self.choose_button, self.carry_button)
        if is_busy:
            self._pressed = next((button for button in buttons if button.hasFocus()), None)
        for button in buttons:
            button.setEnabled(not is_busy)
        if not is_busy and self._pressed is not None and self.isVisible():
            self._pressed.setFocus(Qt.FocusReason.OtherFocusReason)

    # The page

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self.table.setFixedHeight(max(px(_TABLE_HEIGHT), self.height() - px(300)))
