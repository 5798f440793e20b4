"""How turns are guarded, one's own PIN, and who sits here besides the members: cards of the users' panel."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Problem, UserError, ValidationFailed
from app.domain.permissions import ActorRole
from app.domain.seat import ACCOUNT_ROLES, Seat, Security
from app.services.accounts import Account
from app.services.seat_pins import set_own_pin
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, clear_layout, rule
from app.ui.parts.pin_field import PinForm
from app.ui.parts.segmented import Segmented

_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)
_WAYS = (("pins", "Mỗi người một mã PIN"), ("none", "Không dùng mã PIN"))
_WAY_WORDS = {
    "pins": "Chọn tên rồi gõ mã PIN; mỗi đồng chí chỉ mở được trang của mình.",
    "none": "Chọn tên là vào được: ai ngồi vào máy cũng mở được trang của người khác.",
}


class TurnsCard(Card):
    """``wished`` carries the ``Security`` chosen; taken at once."""

    wished = Signal(object)

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self._security = Security()
        self.body.addWidget(Label("Khi đổi người ngồi máy", "h3"))
        self.way = Segmented(_WAYS, name="Khi đổi người ngồi máy", chosen="pins")
        self.way.chosen.connect(lambda _key: self._tell())
        self.body.addWidget(self.way)
        self.words = Label("", "cap", "ink2")
        self.body.addWidget(self.words)
        self.member_minutes, self.lead_minutes = _minutes(), _minutes()
        row = Row(spacing=14)
        for label, field in (("đảng viên", self.member_minutes), ("chi ủy", self.lead_minutes)):
            field.chosen.connect(lambda _key: self._tell())
            row.addWidget(FormField(f"Tự khóa: {label}", field), 1)
        self.body.addLayout(row)
        words = "Máy cũng tự khóa khi máy tính ngủ hoặc khóa màn hình. Ctrl+L khóa ngay."
        self.body.addWidget(Label(words, "cap", "ink2"))

    def show_security(self, security: Security) -> None:
        """What holds now."""
        self._security = security
        way = "pins" if security.pins_required else "none"
        self.way.set_choice(way)
        self.words.setText(_WAY_WORDS[way])
        for field, minutes in (
            (self.member_minutes, security.member_idle_minutes),
            (self.lead_minutes, security.lead_idle_minutes),
        ):
            field.set_options(_options(minutes))
            field.set_value(str(minutes))

    def _tell(self) -> None:
        now = self._security
        chosen = Security(
            self.way.choice() == "pins",
            int(self.member_minutes.value() or now.member_idle_minutes),
            int(self.lead_minutes.value() or now.lead_idle_minutes),
            now.version,
        )
        if chosen != now:
            self.wished.emit(chosen)


def _options(now: int) -> list[tuple[str, str]]:
    return [(str(minutes), f"sau {minutes} phút") for minutes in sorted({*_MINUTES, now})]


def _minutes() -> Choice:
    return Choice(_options(_MINUTES[0]))


class OwnPinCard(Card):
    """Đổi mã PIN của tôi: of whoever sits here."""

    changed = Signal()

    def __init__(self, page: DeskPage) -> None:
        super().__init__(spacing=10)
        self._page = page
        self.body.addWidget(Label("Mã PIN của tôi", "h3"))
        self.open_button = make_button("outlined", "Đổi mã PIN", "pencil", on_click=self._open)
        row = Row()
        row.addWidget(self.open_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.form = PinForm(asks_old=True)
        self.form.wished.connect(self._set)
        self.form.hide()
        self.body.addWidget(self.form)

    def show_own(self, *, has_pin: bool) -> None:
        """Whether the old one is asked for."""
        self.form.ask_old(has_pin)
        self.open_button.set_words("Đổi mã PIN" if has_pin else "Đặt mã PIN")

    def _open(self) -> None:
        self.form.setVisible(self.form.isHidden())
        if not self.form.isHidden():
            first = self.form.new if self.form.fields["old"].isHidden() else self.form.old
            first.setFocus()

    def _set(self, old: str, new: str, again: str) -> None:
        self._page.write(
            partial(set_own_pin, self._page.desk.ws, old, new, again),
            changes=set(),
            on_done=lambda _none: self._done(),
            on_error=self._refused,
        )

    def _refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self.form.show_problems(error.problems)
        else:
            self.form.show_problems((Problem("old", str(error)),))

    def _done(self) -> None:
        self.form.clear()
        self.form.hide()
        self.open_button.setFocus()
        self._page.desk.say_done("Đã đổi mã PIN. Mã mới dùng từ lần ngồi vào máy sau.")
        self.changed.emit()


class AccountsCard(Card):
    """``add_wished`` carries name, role and the member's id or ""; ``stop_wished`` an ``Account``."""

    add_wished = Signal(str, str, str)
    stop_wished = Signal(object)

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.body.addWidget(Label("Người khác dùng sổ", "h3"))
        words = (
            "Người nhập giúp gõ thay cho đồng chí khác, không xác nhận. "
            "Người xem của cấp trên chỉ xem và in những gì đã gửi."
        )
        self.body.addWidget(Label(words, "cap", "ink2"))
        self._list = Column(spacing=6)
        self.body.addLayout(self._list)
        self.body.addWidget(rule())
        roles = [(role.value, words) for role, words in ACCOUNT_ROLES.items()]
        self.role = Segmented(roles, name="Vai trò", chosen=roles[0][0])
        self.role.chosen.connect(lambda _key: self._fit())
        self.body.addWidget(self.role)
        self.member = Choice([("", "Người ngoài chi bộ")])
        self.member.chosen.connect(lambda _key: self._fit())
        self.name = LineField()
        self._member_field = FormField("Là ai", self.member)
        self.name_field = FormField("Họ và tên", self.name)
        self.body.addWidget(self._member_field)
        self.body.addWidget(self.name_field)
        row = Row()
        self.add = make_button("outlined", "Thêm người dùng", "user-plus", on_click=self._add)
        self.name.returnPressed.connect(self._add)
        row.addWidget(self.add)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_accounts(self, accounts: Sequence[Account], people: Sequence[Seat]) -> None:
        """Who there is, and which members may be made typist."""
        clear_layout(self._list)
        for account in accounts:
            self._list.addWidget(self._line(account))
        taken = {account.member_id for account in accounts}
        free = [seat for seat in people if seat.role is ActorRole.MEMBER and seat.id not in taken]
        self.member.set_options([("", "Người ngoài chi bộ"), *((seat.id, seat.name) for seat in free)])
        self.member.set_value("")
        self._fit()

    def _line(self, account: Account) -> QWidget:
        line = QWidget()
        row = Row(line, spacing=10)
        words = Column(spacing=0)
        words.addWidget(Label(account.name, "body", weight=600))
        words.addWidget(Label(account.role_words, "cap", "ink2"))
        row.addLayout(words, 1)
        stop = make_button("outlined", "Thôi", "x", on_click=partial(self.stop_wished.emit, account))
        stop.setAccessibleName(f"Thôi {account.role_words.lower()}: {account.name}")
        row.addWidget(stop)
        return line

    def _fit(self) -> None:
        is_typist = self.role.choice() == ActorRole.TYPIST.value
        self._member_field.setVisible(is_typist)
        self.name_field.setVisible(not (is_typist and self.member.value()))

    def _add(self) -> None:
        self.name_field.set_error("")
        is_typist = self.role.choice() == ActorRole.TYPIST.value
        member_id = self.member.value() if is_typist else ""
        self.add_wished.emit(self.name.value(), self.role.choice(), member_id)

    def show_added(self) -> None:
        """Ready for the next one."""
        self.name.set_value("")
        self.name.setFocus()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Why nobody was added."""
        self.name_field.show()
        self.name_field.set_error(" ".join(problem.message for problem in problems))
        self.name_field.focus_field()
