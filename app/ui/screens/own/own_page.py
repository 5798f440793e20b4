"""A plain member's page: what is asked now, my twelve months, what the cell said, what I pledged."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.domain.dates import Month
from app.domain.monthly import MonthlySelfAssessment, MonthState, Shown
from app.domain.pledge import PledgeState
from app.domain.review import ReviewState
from app.services.member_files import MemberFileKind
from app.services.own_desk import Ask, AskKind, OwnDesk, open_own_desk
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.member_file_saving import MemberFileSaving
from app.ui.parts.buttons import Button
from app.ui.parts.choices import WayOn
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.look import TextSize
from app.ui.parts.messages import MessageBar
from app.ui.parts.month_strip import MonthCell, MonthStrip
from app.ui.parts.page import PageHeader, YearSwitch, logical_width
from app.ui.screens.own.own_cards import AskCard, CellWords, HandoverButton, PledgeCard
from app.ui.screens.own.own_words import level_words, month_words, pledge_words, review_words
from app.ui.screens.own.sent_panel import SentPanel

_SIDE_BY_SIDE = 1000


class OwnPage(DeskPage):
    """Leads to the three things a member writes; the window lays their editors over this page."""

    topics = frozenset({Topic.MONTHS, Topic.PLEDGES, Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK})
    follows_year = True
    help_topic = "own"
    handover_requested = Signal()
    month_requested = Signal(str)
    pledge_requested = Signal(int)
    review_requested = Signal(int)
    print_requested = Signal()
    pin_requested = Signal()
    password_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._own: OwnDesk | None = None
        self._opened: Ask | None = None
        self._sent_before = ""
        self._before: Month | None = None
        column = Column(self, spacing=0)
        self.year = YearSwitch(desk.years, desk.year)
        self.year.year_chosen.connect(desk.set_year)
        parts = [self.year, TextSize(desk.preferences), HandoverButton(self.handover_requested.emit)]
        self.header = PageHeader("", " ", parts)
        column.addWidget(self.header)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._page())
        self.sent = SentPanel()
        self.sent.handover_requested.connect(self.handover_requested)
        self.sent.back_requested.connect(self.go_back)
        self.sent.edit_requested.connect(self._edit_again)
        self.stack.addWidget(self.sent)
        column.addWidget(self.stack, 1)
        self.stack.hide()

    def _page(self) -> QWidget:
        body = ScrollBody(spacing=14, margins=(32, 20, 28, 20))
        self.message = MessageBar()
        body.body.addWidget(self.message)
        self._sides = Row(spacing=24)
        left = Column(spacing=10)
        self.ask_card = AskCard(self.open_ask, self._open_before)
        left.addWidget(self.ask_card)
        left.addSpacing(8)
        self._year_title = Label("", "h3")
        left.addWidget(self._year_title)
        self.strip = MonthStrip()
        self.strip.month_opened.connect(self._open_month)
        left.addWidget(self.strip)
        left.addSpacing(8)
        self.cell_words = CellWords()
        left.addWidget(self.cell_words)
        left.addStretch(1)
        right = Column(spacing=10)
        self.pledge_card = PledgeCard()
        right.addWidget(self.pledge_card)
        self.pledge_way = WayOn("pen-line", "Đăng ký năm")
        self.review_way = WayOn("file-text", "Bản kiểm điểm cuối năm")
        self.print_way = WayOn("printer", "In sổ của tôi", "Xem trước, lưu PDF hoặc in")
        self.file_way = WayOn("file-down", "Bản trích dữ liệu của tôi", "Những gì sổ ghi về đồng chí")
        self._files = MemberFileSaving(self, self.message)
        self.pledge_way.clicked.connect(lambda: self.open_ask(Ask(AskKind.PLEDGE, self.desk.year)))
        self.review_way.clicked.connect(lambda: self.open_ask(Ask(AskKind.REVIEW, self.desk.year)))
        self.print_way.clicked.connect(self.print_requested)
        self.file_way.clicked.connect(self._save_own_file)
        for way in (self.pledge_way, self.review_way, self.print_way, self.file_way, *self._secret_ways()):
            right.addWidget(way)
        right.addStretch(1)
        self._sides.addLayout(left, 2)
        self._sides.addLayout(right, 1)
        body.body.addLayout(self._sides)
        return body

    def _secret_ways(self) -> tuple[WayOn, WayOn]:
        self.pin_way = WayOn("lock", "Mã PIN của tôi", "Đổi khi nghi có người biết")
        self.pin_way.clicked.connect(self.pin_requested)
        self.pin_way.hide()
        self.password_way = WayOn("lock-open", "Mật khẩu mở sổ của tôi", "Đổi khi nghi có người biết")
        self.password_way.clicked.connect(self.password_requested)
        self.password_way.hide()
        return self.pin_way, self.password_way

    # What it shows

    def offer_pin(self) -> None:
        """In a cell with PINs one can change one's own here."""
        self.pin_way.setVisible(not self.desk.ws.read_only)

    def offer_password(self) -> None:
        """A member who holds a password of the book can change it here."""
        self.password_way.setVisible(not self.desk.ws.read_only)

    def reload(self) -> None:
        self.read(partial(open_own_desk, self.desk.ws, self.desk.year), self._show)

    def _show(self, own: OwnDesk) -> None:
        is_first = self._own is None
        self._own = own
        self.header.set_title(f"Đồng chí {own.member.name}")
        self.header.set_facts(own.cell_name.own)
        self.year.set_year(own.year)
        self._before = _last_written(own)
        before = f"Xem {month_words(self._before, own.today.year)} tôi đã viết" if self._before else ""
        self.ask_card.show_ask(own, before)
        self._year_title.setText(f"Năm {own.year} của tôi" + (" · đã khóa" if own.is_closed else ""))
        self.strip.set_cells(
            tuple(
                MonthCell(m.month.month, m.shown.value, level_words(m.assessment), m.is_asked)
                for m in own.months
            )
        )
        self.cell_words.show_year(own)
        self.pledge_card.show_pledge(own.pledge, own.year)
        self.pledge_way.set_title(f"Đăng ký năm {own.year}")
        self.pledge_way.set_words(pledge_words(own.pledge))
        self.review_way.set_title(f"Bản kiểm điểm năm {own.year}")
        self.review_way.set_words(review_words(own.review, own.not_reviewed))
        self.review_way.setEnabled(own.review is not None or not own.not_reviewed)
        if self.desk.ws.read_only:
            self.message.show_message("info", "Sổ mở để xem: đồng chí xem và in được, chưa ghi được.")
        self.stack.show()
        self._fit()
        self._thank_if_sent(own)
        if is_first and self.isVisible():
            self.first_focus().setFocus()

    def first_focus(self) -> QWidget:
        """The filled button; Enter presses it."""
        if self.stack.currentWidget() is self.sent:
            return self.sent.handover
        return self.ask_card.act if self._own is not None and self._own.ask else self.strip

    def go_back(self) -> bool:
        """Esc: from the thanks back to the page."""
        if self.stack.currentWidget() is not self.sent:
            return False
        self.stack.setCurrentIndex(0)
        self.first_focus().setFocus()
        return True

    # What the person does

    def open_ask(self, ask: Ask) -> None:
        """Ask the window for the editor of this."""
        self._opened = ask
        self._sent_before = self._sent_at(ask, self._own)
        self.desk.set_year(ask.year)
        if ask.month is not None:
            self.month_requested.emit(ask.month.iso)
        elif ask.kind is AskKind.PLEDGE:
            self.pledge_requested.emit(ask.year)
        else:
            self.review_requested.emit(ask.year)

    def _open_month(self, number: int) -> None:
        own = self._own
        if own is None:
            return
        if own.months[number - 1].shown is Shown.FUTURE:
            words = f"Tháng {number} chưa tới. Đồng chí viết được từ ngày 01/{number:02d}/{own.year}."
            self.message.show_message("info", words, "Đóng", self.message.close_message)
            return
        self.open_ask(Ask(AskKind.MONTH, own.year, Month(own.year, number)))

    def _save_own_file(self) -> None:
        self._files.save(self.desk.ws.actor.member_id or "", MemberFileKind.OWN_COPY)

    def _open_before(self) -> None:
        if self._before is not None:
            self.open_ask(Ask(AskKind.MONTH, self._before.year, self._before))

    def _edit_again(self) -> None:
        if self._opened is not None:
            self.stack.setCurrentIndex(0)
            self.open_ask(self._opened)

    def will_thank_for(self, sent: Ask) -> None:
        """This was handed in, whatever the editor was opened for; coming back says thanks for it."""
        self._opened, self._sent_before = sent, ""

    def came_back(self) -> None:
        """The editor is closed: thank for what was handed in meanwhile."""
        self.message.close_message()
        self.refresh()

    def _thank_if_sent(self, own: OwnDesk) -> None:
        ask = self._opened
        if ask is None or not self.isVisible():
            return
        sent_at = self._sent_at(ask, own)
        if sent_at and sent_at != self._sent_before:
            month = _month_of(ask, own)
            self.sent.show_sent(ask, own, sent_at if sent_at[:1].isdigit() else "", month)
            self.stack.setCurrentWidget(self.sent)
            self.sent.handover.setFocus()
            self._sent_before = sent_at

    def _sent_at(self, ask: Ask, own: OwnDesk | None) -> str:
        """When it was handed in, "" while it was not; a sheet keeps no hour, so only that it was."""
        if own is None or own.year != ask.year:
            return ""
        if ask.month is not None:
            month = _month_of(ask, own)
            sent = month is not None and month.state is MonthState.SUBMITTED
            return (month.submitted_at or "") if sent and month else ""
        if ask.kind is AskKind.PLEDGE:
            pledge = own.pledge
            return (pledge.submitted_at or "") if pledge and pledge.state is PledgeState.SUBMITTED else ""
        return "sent" if own.review and own.review.state is ReviewState.SUBMITTED else ""

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, Button | WayOn):
            focused.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)


def _month_of(ask: Ask, own: OwnDesk) -> MonthlySelfAssessment | None:
    return own.months[ask.month.month - 1].assessment if ask.month and ask.year == own.year else None


def _last_written(own: OwnDesk) -> Month | None:
    """The newest month the member has handed in, other than the one asked now."""
    sent = [m.month for m in own.months if m.assessment and m.assessment.submitted_at and not m.is_asked]
    return sent[-1] if sent else None
