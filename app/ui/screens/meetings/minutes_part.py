"""The parts of a meeting's minutes, each under its heading; texts from the months are only offered."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.meeting import Meeting, MeetingKind
from app.domain.minutes_proposal import ProposedMinutes
from app.services.meetings import MeetingPage
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.fields import FormField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Row, ScrollBody

_MONTHLY = {
    "report": "Kết quả tháng",
    "praise": "Biểu dương đảng viên gương mẫu",
    "reminders": "Nhắc nhở đảng viên chưa thực hiện cam kết",
    "discussion": "Ý kiến thảo luận",
    "tasks": "Nhiệm vụ tháng tới",
    "conclusion": "Kết luận của chủ trì",
}
_THEMATIC = {
    "report": "Nội dung chuyên đề",
    "discussion": "Ý kiến thảo luận",
    "tasks": "Việc phải làm",
    "conclusion": "Kết luận của chủ trì",
}
_REVIEW = {
    "report": "Báo cáo kiểm điểm tập thể",
    "discussion": "Ý kiến góp ý chung",
    "conclusion": "Kết luận, nghị quyết, giao việc",
}
HEADINGS = {
    MeetingKind.MONTHLY: _MONTHLY,
    MeetingKind.THEMATIC: _THEMATIC,
    MeetingKind.REVIEW: _REVIEW,
}


class _Offer(Card):
    """A proposed text with the button that takes it."""

    def __init__(self, name: str) -> None:
        super().__init__(kind="quote", spacing=4, margins=(12, 8, 12, 8))
        top = Row(spacing=10)
        top.addWidget(Label("Lấy từ bảng tháng", "cap", "ink2", weight=600), 1)
        self.take: Button = make_button("ghost", "Chép vào biên bản", "copy-plus")
        self.take.setAccessibleName(f"Chép vào biên bản: {name}")
        top.addWidget(self.take)
        self.body.addLayout(top)
        self.words = Label("", "body", "ink2")
        self.body.addWidget(self.words)
        self.hide()


class MinutesPart(ScrollBody):
    """One text area for each part of this kind of meeting."""

    edited = Signal()

    def __init__(self, kind: MeetingKind) -> None:
        super().__init__(spacing=12, margins=(28, 14, 24, 16))
        self.areas: dict[str, TextArea] = {}
        self.offers: dict[str, _Offer] = {}
        for name, heading in HEADINGS[kind].items():
            area = TextArea(min_lines=3, max_lines=16)
            area.edited.connect(self._edited)
            offer = _Offer(heading)
            offer.take.clicked.connect(partial(self._take, name))
            self.areas[name], self.offers[name] = area, offer
            card = Card(spacing=8, margins=(16, 12, 16, 14))
            card.body.addWidget(offer)
            card.body.addWidget(FormField(heading, area))
            self.body.addWidget(card)
        self._proposed = ProposedMinutes()
        self._is_editable = True

    def show_meeting(self, page: MeetingPage, meeting: Meeting, *, is_editable: bool) -> None:
        """Show what was written, and what the months offer."""
        self._proposed, self._is_editable = page.proposed, is_editable
        for name, area in self.areas.items():
            area.set_value(getattr(meeting, name))
            area.setReadOnly(not is_editable)
        self._show_offers()

    def _edited(self) -> None:
        self._show_offers()
        self.edited.emit()

    def _offered(self, name: str) -> str:
        offered: str = getattr(self._proposed, name, "")
        return offered

    def _show_offers(self) -> None:
        """An offer goes once its words are in the minutes."""
        for name, offer in self.offers.items():
            words = self._offered(name)
            offer.words.setText(words)
            is_taken = not words or words in self.areas[name].value()
            offer.setVisible(self._is_editable and not is_taken)

    def _take(self, name: str, _checked: bool = False) -> None:
        area = self.areas[name]
        written = area.value().rstrip()
        area.replace_text(f"{written}\n{self._offered(name)}" if written else self._offered(name))
        area.setFocus()

    def texts(self) -> dict[str, str]:
        """What is written under each heading."""
        return {name: area.value() for name, area in self.areas.items()}

    def put_texts(self, texts: dict[str, Any]) -> None:
        """Show what was written before."""
        for name, area in self.areas.items():
            area.set_value(str(texts.get(name, area.value())))
        self._show_offers()

    def into(self, meeting: Meeting) -> Meeting:
        """The meeting with what is written here."""
        texts: dict[str, Any] = self.texts()
        return replace(meeting, **texts)

    def first_field(self) -> QWidget:
        """The first part."""
        return next(iter(self.areas.values()))
