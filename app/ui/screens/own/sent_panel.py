"""After handing in: thanks, what was sent, and Giao máy for the next person."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date, weekday_name
from app.domain.monthly import MonthlySelfAssessment
from app.services.own_desk import Ask, AskKind, OwnDesk
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label, MarkLabel
from app.ui.parts.layout import Card, Column, FlowLayout, Grid, Ground, Row, ScrollBody, clear_layout, rule
from app.ui.screens.own.own_words import month_words


class SentPanel(ScrollBody):
    """``handover_requested``, ``back_requested``, ``edit_requested`` say where the person goes from here."""

    handover_requested = Signal()
    back_requested = Signal()
    edit_requested = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(60, 50, 60, 24))
        card = Card(spacing=12, margins=(32, 28, 32, 28))
        head = Row(spacing=20)
        head.addWidget(MarkLabel("submitted", 38), 0, Qt.AlignmentFlag.AlignVCenter)
        words = Column(spacing=0)
        self.title = Label("", "h1")
        self.when = Label("", "lead", "ink2")
        words.addWidget(self.title)
        words.addWidget(self.when)
        head.addLayout(words, 1)
        card.body.addLayout(head)
        card.body.addWidget(rule())
        self.next = Label("", "lead")
        card.body.addWidget(self.next)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=12, margins=(0, 6, 0, 0))
        self.handover = make_button(
            "filled", "Giao máy cho người sau", "arrow-left-right", "Enter", large=True
        )
        self.handover.clicked.connect(self.handover_requested)
        self.back = make_button("outlined", "Về trang của tôi", None, "Esc", large=True)
        self.back.clicked.connect(self.back_requested)
        self.edit = make_button("outlined", "Mở ra sửa lại", "undo-2", large=True)
        self.edit.clicked.connect(self.edit_requested)
        for button in (self.handover, self.back, self.edit):
            flow.addWidget(button)
        card.body.addWidget(holder)
        self.body.addWidget(card)
        self._table = Card(spacing=0, margins=(0, 0, 0, 0))
        self._rows = Column(spacing=0)
        self._table.body.addLayout(self._rows)
        self.body.addWidget(self._table)

    def show_sent(self, ask: Ask, desk: OwnDesk, sent_at: str, month: MonthlySelfAssessment | None) -> None:
        """Say what was sent and when."""
        what = f"đăng ký năm {ask.year}" if ask.kind is AskKind.PLEDGE else f"bản kiểm điểm năm {ask.year}"
        if ask.month is not None:
            what = month_words(ask.month, desk.today.year)
        self.title.setText(f"Đã gửi {what} cho chi bộ")
        when = ""
        if sent_at:
            at = datetime.fromisoformat(sent_at)
            when = f"Lúc {at:%H:%M}, {weekday_name(at.date())} {format_date(at.date())}. "
        self.when.setText(f"{when}Cảm ơn đồng chí.")
        verb = "thông qua" if ask.kind is AskKind.PLEDGE else "xác nhận"
        self.next.setText(
            "Chi bộ sẽ cho ý kiến tại buổi họp tới. "
            f"Cho đến khi chi bộ {verb}, đồng chí vẫn mở ra sửa lại được."
        )
        self._show_rows(desk, month)

    def _show_rows(self, desk: OwnDesk, month: MonthlySelfAssessment | None) -> None:
        clear_layout(self._rows)
        items = {item.id: n for n, item in enumerate(desk.pledge.items, 1)} if desk.pledge else {}
        sent = [entry for entry in month.entries if entry.item_id in items] if month else []
        self._table.setVisible(bool(sent))
        if not sent:
            return
        head = Ground("quote")
        self._rows.addWidget(head)
        _fill_row(head, "Việc", "Kết quả đã gửi", "Tự đánh giá", is_head=True)
        for entry in sorted(sent, key=lambda entry: items[entry.item_id]):
            row = QWidget()
            _fill_row(row, str(items[entry.item_id]), entry.result, entry.self_level)
            self._rows.addWidget(row)
            self._rows.addWidget(rule())


def _fill_row(widget: QWidget, number: str, result: str, level: str, *, is_head: bool = False) -> None:
    grid = Grid(widget, spacing=(16, 0), margins=(16, 9, 16, 9))
    role, tone, weight = ("cap", "ink2", 600) if is_head else ("body", "", 0)
    grid.addWidget(Label(number, role, "ink2", weight=weight), 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Label(result, role, tone, weight=weight), 0, 1)
    grid.addWidget(Label(level, role, tone, weight=600), 0, 2, Qt.AlignmentFlag.AlignTop)
    for column, share in enumerate((1, 12, 3)):
        grid.setColumnStretch(column, share)
