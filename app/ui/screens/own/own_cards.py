"""The cards of a member's own page: what is asked now, what the cell said, what was pledged."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.monthly import CellMark, MonthlySelfAssessment, MonthState
from app.domain.pledge import Outcome, Pledge, PledgeItem
from app.services.own_desk import Ask, OwnDesk
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.chips import PRAISE, REMINDER, Chip, ChipSpec
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Ground, Row, clear_layout
from app.ui.screens.own.own_words import ask_button, ask_text, ask_title

_SHOWN_WORDS = 3
_OUTCOMES = {Outcome.DONE: ("ok", "check"), Outcome.NOT_DONE: ("late", "x"), Outcome.IN_PROGRESS: ("na", "")}


class AskCard(Card):
    """Việc cần làm lúc này: one thing, one filled button."""

    def __init__(self, on_ask: Callable[[Ask], object], on_before: Callable[[], object]) -> None:
        super().__init__(kind="pri", spacing=4, margins=(22, 16, 22, 18))
        self._on_ask = on_ask
        self._ask: Ask | None = None
        self.over = Label("Việc cần làm lúc này", "body", "pri", weight=600)
        self.title = Label("", "h1")
        self.words = Label("", "lead")
        self.cell_words = Label("", "body", "late")
        for label in (self.over, self.title, self.words, self.cell_words):
            self.body.addWidget(label)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=12, margins=(0, 8, 0, 0))
        self.act = make_button("filled", "", "pen-line", "Enter", self._press, large=True)
        self.before = make_button("outlined", "", on_click=on_before, large=True)
        flow.addWidget(self.act)
        flow.addWidget(self.before)
        self._buttons = holder
        self.body.addWidget(holder)

    def show_ask(self, desk: OwnDesk, before: str) -> None:
        """Say what is asked, or that nothing is; ``before``: the button to what was written last."""
        ask = self._ask = desk.ask
        self.set_kind("pri" if ask else "card")
        self.over.setVisible(ask is not None)
        self.act.setVisible(ask is not None)
        self.before.setVisible(bool(before))
        if before:
            self.before.set_words(before)
        if ask is None:
            self.title.setText("Đồng chí không còn việc gì phải làm lúc này")
            self.words.setText("Tới kỳ tự đánh giá tháng sau, việc cần làm sẽ hiện ở đây.")
        else:
            self.title.setText(ask_title(ask, desk))
            self.words.setText(ask_text(ask, desk))
            self.act.set_words(ask_button(ask, desk))
        words = ask.cell_words if ask else ""
        self.cell_words.setText(f"Chi bộ trả lại để ghi thêm: {words}" if words else "")
        self.cell_words.setVisible(bool(words))
        self._buttons.setVisible(ask is not None or bool(before))

    def _press(self) -> None:
        if self._ask is not None:
            self._on_ask(self._ask)


class CellWords(Card):
    """Chi bộ góp ý với tôi: the last few months with words, praise or a reminder; all on demand."""

    def __init__(self) -> None:
        super().__init__(spacing=8)
        head = Row()
        head.addWidget(Label("Chi bộ góp ý với tôi", "h3"), 1)
        self.all = make_button("ghost", "Xem cả năm", on_click=self._show_all)
        head.addWidget(self.all)
        self.body.addLayout(head)
        self._list = Column(spacing=8)
        self.body.addLayout(self._list)
        self._said: tuple[MonthlySelfAssessment, ...] = ()

    def show_year(self, desk: OwnDesk) -> None:
        """The newest first."""
        months = [own.assessment for own in desk.months if own.assessment is not None]
        self._said = tuple(month for month in reversed(months) if _says_something(month))
        self._fill(self._said[:_SHOWN_WORDS])
        self.all.setVisible(len(self._said) > _SHOWN_WORDS)

    def _show_all(self) -> None:
        self._fill(self._said)
        self.all.hide()

    def _fill(self, said: tuple[MonthlySelfAssessment, ...]) -> None:
        clear_layout(self._list)
        for month in said:
            self._list.addWidget(_quote(month))
        if not said:
            words = "Chưa có ý kiến nào của chi bộ. Ý kiến sẽ hiện ở đây sau buổi họp."
            self._list.addWidget(Label(words, "body", "ink2"))


def _says_something(month: MonthlySelfAssessment) -> bool:
    return bool(month.cell_comment or month.mark or any(entry.cell_comment for entry in month.entries))


def _quote(month: MonthlySelfAssessment) -> QWidget:
    quote = Ground("quote")
    column = Column(quote, spacing=4, margins=(14, 10, 14, 11))
    head = Row(spacing=10)
    head.addWidget(Label(f"Tháng {month.month.month}", "body", weight=600, wrap=False))
    if month.mark is not None:
        head.addWidget(Chip(PRAISE if month.mark is CellMark.PRAISE else REMINDER))
    head.addStretch(1)
    when = f"họp ngày {format_date(month.meeting_date)[:5]}" if month.meeting_date else ""
    if month.state is MonthState.DRAFT:
        when = "trả lại để ghi thêm"
    head.addWidget(Label(when, "cap", "ink2", wrap=False))
    column.addLayout(head)
    for words in (month.cell_comment, *(entry.cell_comment for entry in month.entries)):
        if words:
            column.addWidget(Label(words))
    return quote


class PledgeCard(Card):
    """Tôi đã đăng ký: each item, what it aims at and how it stands."""

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self.body.addWidget(Label("Tôi đã đăng ký", "h3"))
        self._list = Column(spacing=12)
        self.body.addLayout(self._list)

    def show_pledge(self, pledge: Pledge | None, year: int) -> None:
        """The items in their order."""
        clear_layout(self._list)
        items = pledge.items if pledge else ()
        for number, item in enumerate(items, 1):
            self._list.addWidget(_item(number, item))
        if not items:
            self._list.addWidget(Label(f"Chưa đăng ký việc nào cho năm {year}.", "body", "ink2"))


def _item(number: int, item: PledgeItem) -> QWidget:
    widget = QWidget()
    column = Column(widget, spacing=4)
    column.addWidget(Label(f"{number}. {item.action}"))
    row = Row(spacing=10)
    target = Label(f"Chỉ tiêu: {item.target}" if item.target else "", "cap", "ink2")
    row.addWidget(target, 1)
    tone, icon = _OUTCOMES[item.outcome]
    row.addWidget(Chip(ChipSpec(item.outcome.label, tone, icon)), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(row)
    return widget


class HandoverButton(Button):
    """Giao máy, always at the top right and always with its words, however narrow the window."""

    def __init__(self, on_click: Callable[[], object]) -> None:
        super().__init__("outlined", "Giao máy")
        self.set_icon("arrow-left-right")
        self.set_key("F9", bind=False)
        self.clicked.connect(lambda: on_click())

    def set_compact(self, compact: bool) -> None:
        """Only the key's frame goes."""
        self.set_key_shown(not compact)
