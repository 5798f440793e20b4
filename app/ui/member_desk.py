"""A plain member's desk: their page, and over it one level deep what they write or print."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from app.domain.dates import Month
from app.domain.seat import SeatSecret
from app.services.desks import DeskFacts
from app.services.key_holders import Holder, own_holder
from app.services.own_desk import Ask, AskKind
from app.ui.desk import Desk
from app.ui.screens.own.own_page import OwnPage
from app.ui.shell import Shell


class _Closing(Protocol):
    """An editor says by ``closed`` that the person goes back."""

    closed: SignalInstance


class MemberDesk(QObject):
    """Lays the editors over the member's page and takes them away again."""

    def __init__(self, shell: Shell, desk: Desk, facts: DeskFacts) -> None:
        super().__init__(shell)
        self._shell, self._desk, self._facts = shell, desk, facts
        self._member_id = desk.ws.actor.member_id or ""
        self.page = OwnPage(desk)
        self.page.month_requested.connect(self._write_month)
        self.page.pledge_requested.connect(self._write_pledge)
        self.page.review_requested.connect(self._write_review)
        self.page.print_requested.connect(self.print_own)
        self.page.pin_requested.connect(self._change_pin)
        if facts.seat.secret is SeatSecret.PIN:
            self.page.offer_pin()
        self.page.password_requested.connect(self._change_password)
        self.page.read(partial(own_holder, desk.ws), self._offer_password, key="password")

    def _write_month(self, iso: str) -> None:
        from app.ui.screens.months.month_editor import MonthEditor

        editor = MonthEditor(self._desk, self._member_id, Month.parse(iso))
        editor.handed_in.connect(lambda month: self._thank(Ask(AskKind.MONTH, month.year, month)))
        self._lay_over(editor, editor)

    def _write_pledge(self, year: int) -> None:
        from app.ui.screens.pledges.pledge_editor import PledgeEditor

        editor = PledgeEditor(self._desk, self._member_id, year)
        editor.handed_in.connect(lambda: self._thank(Ask(AskKind.PLEDGE, year)))
        self._lay_over(editor, editor)

    def _write_review(self, year: int) -> None:
        from app.domain.review import ReviewKey
        from app.ui.screens.year_end.review_editor import ReviewEditor

        editor = ReviewEditor(self._desk, ReviewKey(self._member_id, year))
        self._lay_over(editor, editor)

    def _change_pin(self) -> None:
        from app.ui.screens.people.change_pin_page import ChangePinPage

        page = ChangePinPage(self._facts, self._desk.background)
        page.changed.connect(self._pin_changed)
        self._lay_over(page, page)

    def _pin_changed(self) -> None:
        self.come_back()
        self._shell.show_done("Đã đổi mã PIN. Mã mới dùng từ lần ngồi vào máy sau.")

    def _offer_password(self, own: Holder | None) -> None:
        if own is not None:
            self.page.offer_password()

    def _change_password(self) -> None:
        from app.ui.screens.settings.own_password_page import OwnPasswordPage

        page = OwnPasswordPage(self._desk)
        self._lay_over(page, page)

    def print_own(self) -> None:
        """In sổ của tôi: the print page, which shows a plain member only their own papers."""
        from app.ui.screens.papers.papers_page import PapersPage

        self._shell.push(PapersPage(self._desk))

    def _lay_over(self, editor: QWidget, closing: _Closing) -> None:
        closing.closed.connect(self.come_back)
        self._shell.push(editor)

    def _thank(self, sent: Ask) -> None:
        """Handed in: the thanks with Giao máy say it, and the next person waits for the PC."""
        self._shell.done_bar.hide()
        self.page.will_thank_for(sent)
        self.come_back()

    def come_back(self) -> None:
        """Esc or the way back of an editor: the member's page comes back, with what changed meanwhile."""
        if self._shell.stack.currentWidget() is not self.page:
            self._shell.pop()
            self.page.came_back()
