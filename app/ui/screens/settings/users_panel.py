"""Người dùng và mã PIN: who may sit down here, PINs given and reset, how turns are guarded."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.errors import UserError, ValidationFailed
from app.domain.permissions import Act, ActorRole
from app.domain.pin import wait_words
from app.domain.seat import Security
from app.services.accounts import (
    Account,
    add_account,
    list_accounts,
    read_security,
    save_security,
    stop_account,
)
from app.services.seat_pins import GivenPin, SeatUser, give_starting_pins, lift_wait, list_users
from app.services.seats import find_seat
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.page import logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.settings.pin_slips import PinSlips
from app.ui.screens.settings.turn_cards import AccountsCard, OwnPinCard, TurnsCard
from app.ui.theme import px, theme

if TYPE_CHECKING:
    from app.ui.parts.printers import Printers

_SIDE_BY_SIDE = 1000
_TABLE_HEIGHT = 380


@dataclass(frozen=True, slots=True)
class _Users:
    """Everything the panel shows."""

    users: tuple[SeatUser, ...]
    accounts: tuple[Account, ...]
    security: Security


def _read(ws: Workspace) -> _Users:
    return _Users(list_users(ws), list_accounts(ws), read_security(ws))


def _pin_words(user: SeatUser) -> str:
    if user.wait:
        return f"Đang phải đợi {wait_words(user.wait)}"
    if not user.has_pin:
        return "Dùng mật khẩu mở sổ" if user.seat.may_use_password else "Chưa có"
    return "Mã lần đầu, chưa đổi" if user.seat.is_starting else "Đã có"


_COLUMNS: tuple[TableColumn[SeatUser], ...] = (
    TableColumn("Họ và tên", lambda user: user.seat.name, width=180, stretch=2, bold=True),
    TableColumn("Vai trò", lambda user: user.seat.post, width=120, stretch=1),
    TableColumn("Mã PIN", _pin_words, width=150, stretch=1),
)


class UsersPanel(DeskPage):
    """Who may not manage accounts finds only their own PIN here."""

    topics = frozenset({Topic.MEMBERS, Topic.BOOK})

    def __init__(self, desk: Desk, printers: "Printers | None" = None) -> None:
        super().__init__(desk)
        self._users: tuple[SeatUser, ...] = ()
        self._is_giving = False
        self._manages = desk.ws.may(Act.MANAGE_ACCOUNTS) and not desk.ws.read_only
        body = self._body = ScrollBody()
        Column(self, spacing=0).addWidget(body)
        self.slips = PinSlips(self, printers)
        body.body.addWidget(self.slips.message)
        self._sides = Row(spacing=16)
        body.body.addLayout(self._sides)
        self.turns, self.own, self.others = TurnsCard(), OwnPinCard(self), AccountsCard()
        left, right = Column(spacing=14), Column(spacing=14)
        self._people = self._people_card()
        left.addWidget(self._people)
        left.addStretch(1)
        for card in (self.turns, self.own, self.others):
            right.addWidget(card)
        right.addStretch(1)
        self._sides.addLayout(left, 3)
        self._sides.addLayout(right, 2)
        self.turns.wished.connect(self._save_security)
        self.own.changed.connect(self.refresh)
        self.others.add_wished.connect(self._add)
        self.others.stop_wished.connect(self._stop)
        for part in (self._people, self.turns, self.others):
            part.setVisible(self._manages)
        theme.changed.connect(self._fit)

    def _people_card(self) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("Ai ngồi vào máy này", "h3"))
        words = (
            "Cấp mã là tạo mã lần đầu, người nhận tự đổi khi ngồi vào máy. Không ai xem được mã đang dùng."
        )
        card.body.addWidget(Label(words, "cap", "ink2"))
        self.table: RecordTable[SeatUser] = RecordTable(
            _COLUMNS, lambda user: user.seat.id, name="Người dùng", tickable=lambda user: True
        )
        self.table.remember_widths(self.desk.preferences)
        self.table.current_changed.connect(lambda _user: self._fit_buttons())
        self.table.ticked_changed.connect(lambda _keys: self._fit_buttons())
        card.body.addWidget(self.table)
        row = Row(spacing=10)
        self.give = make_button("filled", "Cấp mã PIN mới", "keyboard", on_click=self._give)
        self.lift = make_button("outlined", "Cho gõ lại ngay", "rotate-cw", on_click=self._lift)
        row.addWidget(self.give)
        row.addWidget(self.lift)
        row.addStretch(1)
        card.body.addLayout(row)
        self._fit()
        return card

    def _fit(self) -> None:
        self.table.setFixedHeight(px(_TABLE_HEIGHT))

    # What it shows

    def reload(self) -> None:
        if self._manages:
            self.read(partial(_read, self.desk.ws), self._show)
        elif self.desk.ws.actor.seat_id:
            work = partial(find_seat, self.desk.ws, self.desk.ws.actor.seat_id)
            self.read(work, lambda seat: self.own.show_own(has_pin=seat.pin_length > 0))

    def _show(self, found: _Users) -> None:
        self._users = found.users
        self.table.set_records(found.users)
        self.turns.show_security(found.security)
        self.others.show_accounts(found.accounts, [user.seat for user in found.users if not user.is_account])
        mine = next((u for u in found.users if u.seat.id == self.desk.ws.actor.seat_id), None)
        self.own.setVisible(mine is not None)
        self.own.show_own(has_pin=mine is not None and mine.has_pin)
        self._fit_buttons()

    def _chosen(self) -> list[SeatUser]:
        ticked = self.table.records.ticked()
        if ticked:
            return [user for user in self._users if user.seat.id in ticked]
        current = self.table.current_record()
        return [current] if current is not None else []

    def _given_to(self) -> list[SeatUser]:
        """The secretary's PIN is the secretary's own matter."""
        return [user for user in self._chosen() if user.seat.role is not ActorRole.SECRETARY]

    def _fit_buttons(self) -> None:
        chosen = self._given_to()
        self.give.setEnabled(bool(chosen) and not self._is_giving)
        if self._is_giving:
            self.give.set_words("Đang tạo mã PIN…")
            return
        count = len(chosen)
        self.give.set_words(f"Cấp mã PIN cho {count} người" if count > 1 else "Cấp mã PIN mới")
        self.lift.setVisible(any(user.wait for user in self._chosen()))

    # What the person does

    def _give(self) -> None:
        self.ask_and_give(self._given_to())

    def ask_and_give(self, users: Sequence[SeatUser]) -> None:
        """Give them starting PINs; asked about only where somebody's PIN in use would go."""
        having = [user.seat.name for user in users if user.has_pin]
        whose = users[0].seat.name if len(users) == 1 else f"{len(users)} người"
        if having and not self.desk.dialogs.ask(
            f"Cấp mã PIN mới cho {whose}?",
            f"Mã đang dùng của {having[0] if len(having) == 1 else f'{len(having)} người'} hết dùng ngay.",
            act_label="Cấp mã mới",
        ):
            return
        # Many PINs take seconds: a second press would make the ones just handed out worthless.
        self._is_giving = True
        self._fit_buttons()
        self.write(
            partial(give_starting_pins, self.desk.ws, [user.seat.id for user in users]),
            changes=set(),
            on_done=self._given,
            on_error=self._not_given,
        )

    def _not_given(self, error: UserError) -> None:
        self._is_giving = False
        self._not_saved(error)

    def _given(self, given: tuple[GivenPin, ...]) -> None:
        self._is_giving = False
        self.table.records.set_ticked(set())
        self.slips.show(given)
        # The digits stand at the top of the panel and are shown this once.
        self._body.verticalScrollBar().setValue(0)
        self.refresh()

    def _lift(self) -> None:
        waiting = next((user for user in self._chosen() if user.wait), None)
        if waiting is not None:
            self.write(
                partial(lift_wait, self.desk.ws, waiting.seat.id),
                changes=set(),
                on_done=lambda _none: self._say(f"{waiting.seat.name} gõ lại mã PIN được ngay."),
            )

    def _say(self, words: str) -> None:
        self.desk.say_done(words)
        self.refresh()

    def _save_security(self, chosen: Security) -> None:
        self.write(
            partial(save_security, self.desk.ws, chosen),
            changes={Topic.BOOK},
            on_done=partial(self._saved, chosen),
            on_error=self._not_saved,
        )

    def _not_saved(self, error: UserError) -> None:
        self.desk.background.failed.emit(str(error))
        self.refresh()

    def _saved(self, chosen: Security, without: tuple[str, ...]) -> None:
        self.refresh()
        missing = [user for user in self._users if user.seat.id in without and not user.has_pin]
        missing = [user for user in missing if user.seat.role is not ActorRole.SECRETARY]
        if not chosen.pins_required:
            self.slips.message.show_message("info", "Từ nay chọn tên là vào được, không hỏi mã PIN.")
        elif missing:
            self.slips.message.show_message(
                "info",
                f"Từ nay mỗi người gõ mã PIN. {len(missing)} người chưa có mã.",
                f"Cấp mã cho {len(missing)} người",
                partial(self.ask_and_give, missing),
            )
        else:
            self.desk.say_done("Đã ghi cách giữ máy khi đổi người.")

    def _add(self, name: str, role: str, member_id: str) -> None:
        self.write(
            partial(add_account, self.desk.ws, name, ActorRole(role), member_id or None),
            changes={Topic.MEMBERS},
            on_done=lambda _id: self._added(),
            on_error=self._not_added,
        )

    def _added(self) -> None:
        self.others.show_added()
        self._say("Đã thêm người dùng. Chọn tên trong danh sách rồi cấp mã PIN.")

    def _not_added(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self.others.show_problems(error.problems)
        else:
            self.desk.background.failed.emit(str(error))

    def _stop(self, account: Account) -> None:
        self.write(
            partial(stop_account, self.desk.ws, account.id),
            changes={Topic.MEMBERS},
            on_done=lambda _none: self._say(f"{account.name} thôi là {account.role_words.lower()}."),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
