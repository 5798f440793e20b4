"""Beside the list: the items of the chosen member's pledge and what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from app.domain.pledge import PledgeState
from app.services.pledges import PledgeLine
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import Chip
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, ScrollBody, clear_layout, rule
from app.ui.screens.pledges.pledge_words import due_words, outcome_words, pledge_chip
from app.ui.theme import px, theme

_WIDTH = 300


class PledgeInspector(Card):
    """What the list has no room for."""

    def __init__(self, open_pledge: Callable[[], object], give_back: Callable[[], object]) -> None:
        super().__init__(spacing=8, margins=(0, 0, 0, 16))
        self.setAccessibleName("Các việc đã đăng ký")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        scroll = ScrollBody(spacing=8, margins=(16, 16, 16, 0))
        self._facts = Column(spacing=6)
        scroll.body.addLayout(self._facts)
        self.body.addWidget(scroll, 1)
        foot = Column(spacing=8, margins=(16, 0, 16, 0))
        self.open_button = make_button("outlined", "Mở đăng ký", "pen-line", on_click=open_pledge)
        self.open_button.set_key("Enter")
        self.return_button = make_button("ghost", "Trả lại để ghi thêm…", "undo-2", on_click=give_back)
        foot.addWidget(self.open_button)
        foot.addWidget(self.return_button)
        self.body.addLayout(foot)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(px(_WIDTH))

    def show_line(self, line: PledgeLine | None, year: int, can_write: bool) -> None:
        """Show a member's pledge, or nothing."""
        clear_layout(self._facts)
        pledge = line.pledge if line else None
        self.open_button.setEnabled(line is not None)
        is_sent = pledge is not None and pledge.state is PledgeState.SUBMITTED
        self.return_button.setVisible(can_write and is_sent)
        if line is None:
            return
        self._facts.addWidget(Label(line.member.name, "h2"))
        self._facts.addWidget(Chip(pledge_chip(line)), 0, Qt.AlignmentFlag.AlignLeft)
        if pledge is None or not pledge.items:
            reason = line.not_asked or f"Chưa đăng ký việc nào cho năm {year}"
            if pledge is not None and pledge.is_private_to_member():
                reason = "Đồng chí ấy đang soạn; chi bộ đọc được khi đã gửi"
            self._facts.addWidget(Label(f"{reason}.", "body", "ink2"))
            return
        for number, item in enumerate(pledge.items, 1):
            self._facts.addWidget(rule())
            self._facts.addWidget(
                Label(f"{number}. {item.action.strip() or 'Chưa ghi việc làm'}", weight=600)
            )
            words = [item.target.strip(), due_words(item.due_on, year)]
            if pledge.state is PledgeState.PASSED:
                words.append(outcome_words(item, year))
            self._facts.addWidget(Label(" · ".join(word for word in words if word), "cap", "ink2"))
        if pledge.committee_comment and pledge.state is PledgeState.DRAFT:
            self._facts.addWidget(rule())
            self._facts.addWidget(
                Label(f"Đã trả lại để ghi thêm: {pledge.committee_comment}", "body", "late")
            )
