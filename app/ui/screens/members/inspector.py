"""The panel beside the list: the chosen member at a glance, the card number only when asked for."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from app.domain.dates import format_date
from app.domain.text import mask_card
from app.services.member_overview import MemberLine
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import Chip
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.screens.members.standing import standing_chip
from app.ui.theme import px, theme

_WIDTH = 248


class Inspector(Card):
    """What the list has no room for."""

    def __init__(self, open_record: Callable[[], object]) -> None:
        super().__init__(spacing=8, margins=(0, 0, 0, 16))
        self.setAccessibleName("Tóm tắt hồ sơ")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        scroll = ScrollBody(spacing=8, margins=(16, 16, 16, 0))
        self._facts = Column(spacing=6)
        scroll.body.addLayout(self._facts)
        self.body.addWidget(scroll, 1)
        self.open_button = make_button("outlined", "Mở hồ sơ", "user-round", on_click=open_record)
        self.open_button.set_key("Enter")
        foot = Row(margins=(16, 0, 16, 0))
        foot.addWidget(self.open_button, 1)
        self.body.addLayout(foot)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(px(_WIDTH))

    def show_line(self, line: MemberLine | None, year: int) -> None:
        """Show a member, or nothing."""
        clear_layout(self._facts)
        self.open_button.setEnabled(line is not None)
        if line is None:
            return
        record = line.member.record
        self._facts.addWidget(Label(line.member.name, "h2"))
        if line.occupation:
            self._facts.addWidget(Label(line.occupation, "body", "ink2"))
        self._facts.addWidget(Chip(standing_chip(line)), 0, Qt.AlignmentFlag.AlignLeft)
        self._facts.addWidget(rule())
        self._fact("Sinh", str(record.birth or ""))
        self._fact("Vào Đảng", _day(record.admitted_on))
        self._fact("Chính thức", _day(record.confirmed_on))
        self._fact("Điện thoại", record.phone)
        self._fact(f"Mẫu năm {year}", line.sheet or "không viết")
        if record.card_number:
            self._card(record.card_number)
        self._statuses(line, year)

    def _fact(self, name: str, value: str) -> None:
        if value:
            row = Row(spacing=8)
            row.addWidget(Label(name, "cap", "ink2", wrap=False))
            row.addStretch(1)
            row.addWidget(Label(value, wrap=False))
            self._facts.addLayout(row)

    def _card(self, number: str) -> None:
        row = Row(spacing=8)
        row.addWidget(Label("Số thẻ", "cap", "ink2", wrap=False))
        row.addStretch(1)
        shown = Label(mask_card(number), wrap=False)
        row.addWidget(shown)
        self._facts.addLayout(row)
        button = make_button("ghost", "Hiện số thẻ", "eye")

        def turn() -> None:
            is_masked = shown.text() != number
            shown.setText(number if is_masked else mask_card(number))
            button.set_words("Che số thẻ" if is_masked else "Hiện số thẻ")

        button.clicked.connect(turn)
        self._facts.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)

    def _statuses(self, line: MemberLine, year: int) -> None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        sentences = [
            status.sentence()
            for status in line.member.statuses
            if (status.valid_from or date.min) <= last and (status.valid_to or date.max) >= first
        ]
        if sentences:
            self._facts.addWidget(rule())
            self._facts.addWidget(Label(f"Trong năm {year}", "cap", "ink2", weight=600))
        for sentence in sentences:
            self._facts.addWidget(Label(sentence))


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def summary(line: MemberLine) -> str:
    """The panel in one line, for windows without room for it."""
    record = line.member.record
    parts = [line.member.name, standing_chip(line).word]
    parts += [f"chính thức {_day(record.confirmed_on)}"] if record.confirmed_on else []
    parts += [f"số thẻ {mask_card(record.card_number)}"] if record.card_number else []
    return " · ".join(parts)
