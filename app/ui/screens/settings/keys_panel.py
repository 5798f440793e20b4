"""Mật khẩu và phiếu khôi phục: who opens the book, and what the program cannot do without them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.domain.acts import Act
from app.domain.dates import format_date
from app.domain.member import Member
from app.domain.passwords import DEMO_PASSWORD
from app.services.key_holders import (
    Holder,
    list_holders,
    new_recovery_sheet,
    own_holder,
    remove_holder,
)
from app.services.members import list_members
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.keys.recovery_form import RecoveryForm
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, FlowLayout, Row, ScrollBody, clear_layout, rule
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import logical_width
from app.ui.screens.settings.key_forms import AddForm, ChangeForm, KeyForm, ResetForm

_SIDE_BY_SIDE = 1000
_SAMPLE = (
    f"Sổ mẫu mở bằng mật khẩu ai cũng biết: {DEMO_PASSWORD}. Sổ mẫu không đổi mật khẩu; "
    "muốn ghi việc thật của chi bộ thì lập sổ mới."
)
_NEW_SHEET = (
    "Phiếu đang có sẽ không mở được sổ nữa; các bản sao đã làm vẫn mở bằng phiếu cũ. "
    "Xin có sẵn máy in hoặc giấy bút: mã mới chỉ hiện một lần."
)


@dataclass(frozen=True, slots=True)
class _Keys:
    """What the panel shows: every way in for who manages them, else one's own."""

    holders: tuple[Holder, ...]
    members: tuple[Member, ...]
    manages: bool


def _read_keys(ws: Workspace) -> _Keys:
    if not ws.may(Act.MANAGE_KEYS):
        own = own_holder(ws)
        return _Keys((own,) if own is not None else (), (), manages=False)
    today = ws.today()
    members = tuple(member for member in list_members(ws) if not member.has_left(today))
    return _Keys(list_holders(ws), members, manages=not ws.read_only)


class KeysPanel(DeskPage):
    """A form opens in the page, in the place of the list it belongs to."""

    topics = frozenset({Topic.BOOK, Topic.MEMBERS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.stack = QStackedWidget()
        Column(self, spacing=0).addWidget(self.stack)
        body = self._scroll = ScrollBody()
        self.stack.addWidget(body)
        self.message = MessageBar()
        body.body.addWidget(self.message)
        self._sides = Row(spacing=16)
        body.body.addLayout(self._sides)
        left, right = Column(spacing=14), Column(spacing=14)
        left.addWidget(self._holders_card())
        self._form_place = Column(spacing=0)
        left.addLayout(self._form_place)
        left.addStretch(1)
        self.sheet_card, self.data_card = self._sheet_card(), self._data_card()
        right.addWidget(self.sheet_card)
        right.addWidget(self.data_card)
        right.addStretch(1)
        self._sides.addLayout(left, 5)
        self._sides.addLayout(right, 4)
        self.form: KeyForm | None = None
        self.recovery: RecoveryForm | None = None
        self._keys = _Keys((), (), manages=False)

    def _holders_card(self) -> QWidget:
        self.holders_card = Card(spacing=8)
        self.holders_card.body.addWidget(Label("Người giữ mật khẩu", "h3"))
        words = "Mở được sổ bằng mật khẩu riêng của mình. Không ai xem được mật khẩu của người khác."
        self.holders_card.body.addWidget(Label(words, "cap", "ink2"))
        self._rows = Column(spacing=8)
        self.holders_card.body.addLayout(self._rows)
        self._before_add = rule()
        self.holders_card.body.addWidget(self._before_add)
        self.add_button = make_button("outlined", "Thêm người giữ", "user-plus", on_click=self._add)
        self.holders_card.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        return self.holders_card

    def _sheet_card(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(Label("Phiếu khôi phục", "h3"))
        row = Row(spacing=8)
        self._sheet_icon = IconLabel("circle-check", "ok", 20)
        row.addWidget(self._sheet_icon, 0, Qt.AlignmentFlag.AlignTop)
        self.sheet_words = Label("")
        row.addWidget(self.sheet_words, 1)
        card.body.addLayout(row)
        words = (
            "Quên hết mật khẩu thì mở sổ bằng mã trên phiếu. Không có cả hai thì không ai mở được sổ, kể cả "
            "người làm ra chương trình."
        )
        card.body.addWidget(Label(words, "cap", "ink2"))
        self.sheet_button = make_button("outlined", "Lập phiếu mới", "file-text", on_click=self._new_sheet)
        card.body.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _data_card(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(Label("Khóa dữ liệu", "h3"))
        words = (
            "Người thôi giữ mật khẩu có thể đã chép tệp sổ từ trước. Thay khóa dữ liệu thì những gì ghi "
            "từ đó về sau họ không đọc được; mật khẩu và phiếu của những người khác vẫn như cũ."
        )
        card.body.addWidget(Label(words, "cap", "ink2"))
        self.data_button = make_button(
            "outlined", "Thay khóa dữ liệu", "refresh-cw", on_click=self.desk.new_data_key_wanted.emit
        )
        card.body.addWidget(self.data_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    # What it shows

    def reload(self) -> None:
        self.read(partial(_read_keys, self.desk.ws), self._show)

    def _show(self, keys: _Keys) -> None:
        self._keys = keys
        passwords = [holder for holder in keys.holders if holder.kind.value == "password"]
        sheets = [holder for holder in keys.holders if holder.kind.value == "recovery"]
        clear_layout(self._rows)
        for holder in passwords:
            self._rows.addWidget(rule())
            self._rows.addWidget(self._row(holder, is_last=len(passwords) == 1))
        is_sample = keys.manages and not keys.holders
        if is_sample:
            self.message.show_message("info", _SAMPLE)
        elif not keys.holders:
            self.message.show_message("info", "Đồng chí chưa giữ mật khẩu mở sổ nào.")
        self.holders_card.setVisible(bool(passwords) and self.form is None)
        self._before_add.setVisible(keys.manages)
        self.add_button.setVisible(keys.manages)
        self.sheet_card.setVisible(bool(sheets) or (keys.manages and not is_sample))
        self.data_card.setVisible(keys.manages and not is_sample)
        self.sheet_button.setVisible(keys.manages)
        self._say_sheet(sheets[0] if sheets else None)

    def _say_sheet(self, sheet: Holder | None) -> None:
        if sheet is None:
            icon, tone, words = "triangle-alert", "late", "Chưa có phiếu khôi phục."
        elif sheet.proved_at is None:
            icon, tone = "triangle-alert", "late"
            words = f"Lập ngày {_day(sheet.made_at)}, chưa gõ lại để thử. Xin lập phiếu mới."
        else:
            icon, tone = "circle-check", "ok"
            words = f"Lập ngày {_day(sheet.made_at)}, đã gõ lại đúng ngày {_day(sheet.proved_at)}."
        self._sheet_icon.set_icon(icon, tone)
        self.sheet_words.setText(words)

    def _row(self, holder: Holder, *, is_last: bool) -> QWidget:
        line = QWidget()
        column = Column(line, spacing=4)
        column.addWidget(Label(holder.name, "body", weight=600))
        said = f"Đặt ngày {_day(holder.made_at)}"
        said += " · của đồng chí" if holder.is_mine else ""
        said += " · hôm nay mở sổ bằng mật khẩu này" if holder.opened_it else ""
        column.addWidget(Label(said, "cap", "ink2"))
        acts = QWidget()
        flow = FlowLayout(acts, spacing=6)
        for button in self._acts(holder, is_last=is_last):
            button.setAccessibleName(f"{button.text()}: {holder.name}")
            flow.addWidget(button)
        column.addWidget(acts)
        return line

    def _acts(self, holder: Holder, *, is_last: bool) -> list[Button]:
        buttons: list[Button] = []
        if self.desk.ws.read_only:
            return buttons
        if holder.is_mine:
            change = partial(self._open, partial(ChangeForm, self))
            buttons.append(make_button("outlined", "Đổi mật khẩu của tôi", "pencil", on_click=change))
        elif self._keys.manages:
            reset = partial(self._open, partial(ResetForm, self, holder))
            buttons.append(make_button("ghost", "Đặt lại mật khẩu", "rotate-cw", on_click=reset))
        if self._keys.manages and not is_last and not holder.is_mine:
            buttons.append(make_button("ghost", "Bỏ người giữ", "x", on_click=partial(self._remove, holder)))
        return buttons

    # What the person does

    def _add(self) -> None:
        held = {holder.member_id for holder in self._keys.holders}
        free = [member for member in self._keys.members if member.id not in held]
        self._open(partial(AddForm, self, free))

    def _open(self, make: Callable[[], KeyForm]) -> None:
        self._close_form()
        self.message.close_message()
        self.form = form = make()
        form.finished.connect(self._form_done)
        form.closed.connect(self._close_form)
        self._form_place.addWidget(form)
        form.show()  # only what is seen takes the focus
        self.holders_card.hide()
        self._show_top()
        form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_top(self) -> None:
        """Where a form or a message comes, though the panel was scrolled."""
        self._scroll.verticalScrollBar().setValue(0)

    def _close_form(self) -> None:
        clear_layout(self._form_place)
        self.form = None
        self.holders_card.show()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _form_done(self, words: str) -> None:
        self._close_form()
        self.refresh()
        self.desk.say_done(words)

    def _remove(self, holder: Holder) -> None:
        consequence = (
            "Mật khẩu của người này không mở được sổ nữa. Bản sổ người này đã chép từ trước thì vẫn mở được; "
            "sau đó nên thay khóa dữ liệu."
        )
        if self.desk.dialogs.ask(
            f"Bỏ {holder.name} khỏi những người giữ mật khẩu?",
            consequence,
            act_label="Bỏ người giữ",
            keep_label="Giữ lại",
            dangerous=True,
        ):
            self.write(
                partial(remove_holder, self.desk.ws, holder.slot_id),
                changes={Topic.BOOK},
                on_done=partial(self._removed, holder),
            )

    def _removed(self, holder: Holder, _none: None) -> None:
        self.refresh()
        self._show_top()
        words = f"Đã bỏ {holder.name}. Nên thay khóa dữ liệu, phòng khi sổ đã bị chép từ trước."
        self.message.show_message("ok", words, "Thay khóa dữ liệu", self.desk.new_data_key_wanted.emit)

    def _new_sheet(self) -> None:
        if self.desk.dialogs.ask(
            "Lập phiếu khôi phục mới?", _NEW_SHEET, act_label="Lập phiếu mới", keep_label="Giữ phiếu cũ"
        ):
            work = partial(new_recovery_sheet, self.desk.ws)
            self.write(work, changes={Topic.BOOK}, on_done=self._show_code)

    def _show_code(self, code: str) -> None:
        self.recovery = form = RecoveryForm(self.desk.background, self.desk.dialogs, self.desk.ws, code)
        form.proved.connect(partial(self._sheet_done, "Phiếu khôi phục mới đã thử, mở được sổ."))
        form.skipped.connect(partial(self._sheet_done, ""))
        page = ScrollBody()
        page.body.addWidget(form)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        form.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sheet_done(self, words: str) -> None:
        page = self.stack.currentWidget()
        self.stack.setCurrentIndex(0)
        if page is not None:
            self.stack.removeWidget(page)
            page.deleteLater()
        self.recovery = None
        self.refresh()
        if words:
            self.desk.say_done(words)

    def go_back(self) -> bool:
        """Esc: the code is left for later only after being told what that costs; a form is closed."""
        if self.recovery is not None:
            self.recovery.skip()
            return True
        if self.form is not None:
            self._close_form()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)


def _day(at: str) -> str:
    return format_date(datetime.fromisoformat(at).date())
