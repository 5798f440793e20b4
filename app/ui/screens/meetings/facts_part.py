"""When and where a meeting was, who led it and wrote its minutes, who came from above."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Problem
from app.domain.meeting import Meeting, MeetingKind
from app.services.meetings import MeetingPage
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, LineField, TextArea
from app.ui.parts.layout import Card, Grid, ScrollBody
from app.ui.parts.page import logical_width
from app.ui.screens.meetings.cautions import Cautions
from app.ui.tokens import RAIL_WIDTH

FIELDS = ("held_on", "started_at", "ended_at", "month", "place", "from_above", "chair_id", "minutes_by")
_PLACES = {
    "held_on": (0, 0, 4),
    "started_at": (0, 4, 2),
    "ended_at": (0, 6, 2),
    "month": (0, 8, 4),
    "chair_id": (1, 0, 4),
    "minutes_by": (1, 4, 4),
    "from_above": (1, 8, 4),
    "place": (2, 0, 12),
    "purpose": (3, 0, 12),
}


class FactsPart(ScrollBody):
    """The first part of a meeting's record. ``day_left``: the day was typed and the field left."""

    edited = Signal()
    day_left = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=12, margins=(28, 14, 24, 16))
        self.cautions = Cautions()
        self.body.addWidget(self.cautions)
        card = Card(spacing=10)
        self._grid = Grid(spacing=(14, 10))
        for column in range(12):
            self._grid.setColumnStretch(column, 1)
        card.body.addLayout(self._grid)
        self.body.addWidget(card)
        self.day = DateField()
        self.started, self.ended = LineField(placeholder="19:30"), LineField(placeholder="21:00")
        self.month = Choice([(str(m), f"Tháng {m}") for m in range(1, 13)], placeholder="Chọn tháng")
        self.place, self.from_above = LineField(), LineField(placeholder="Họ tên, chức vụ")
        self.chair, self.minutes_by = (Choice(placeholder="Chọn đồng chí") for _ in range(2))
        self.purpose = TextArea(min_lines=2)
        self.fields = {
            "held_on": FormField("Ngày họp", self.day),
            "started_at": FormField("Bắt đầu", self.started),
            "ended_at": FormField("Kết thúc", self.ended),
            "month": FormField("Về tháng", self.month),
            "chair_id": FormField("Chủ trì", self.chair),
            "minutes_by": FormField("Người ghi biên bản", self.minutes_by),
            "from_above": FormField("Đồng chí cấp trên dự", self.from_above),
            "place": FormField("Địa điểm", self.place),
            "purpose": FormField("Mục đích, yêu cầu, văn bản căn cứ", self.purpose),
        }
        self._is_narrow: bool | None = None
        self._listen()

    def _listen(self) -> None:
        self.day.edited.connect(self.edited)
        self.day.left.connect(self.day_left)
        for line in (self.started, self.ended, self.place, self.from_above):
            line.edited.connect(lambda _text: self.edited.emit())
        for choice in (self.month, self.chair, self.minutes_by):
            choice.chosen.connect(lambda _key: self.edited.emit())
        self.purpose.edited.connect(self.edited)

    # What it shows

    def show_meeting(self, page: MeetingPage, meeting: Meeting, *, is_editable: bool) -> None:
        """Show a meeting as it is in the book."""
        people = [(member.id, member.name) for member in page.members]
        self.chair.set_options(people)
        self.minutes_by.set_options(people)
        self.day.set_value(meeting.held_on)
        self.put_texts(
            {
                "started_at": meeting.started_at,
                "ended_at": meeting.ended_at,
                "month": str(meeting.month or ""),
                "place": meeting.place,
                "from_above": meeting.from_above,
                "chair_id": meeting.chair_id or "",
                "minutes_by": meeting.minutes_by or "",
                "purpose": meeting.purpose,
            }
        )
        self.fields["month"].setVisible(meeting.kind is MeetingKind.MONTHLY)
        for text in (self.started, self.ended, self.place, self.from_above, self.purpose):
            text.setReadOnly(not is_editable)
        for other in (self.day, self.month, self.chair, self.minutes_by):
            other.setEnabled(is_editable)

    def texts(self) -> dict[str, str]:
        """Everything on the page as it is written."""
        return {
            "held_on": self.day.text(),
            "started_at": self.started.value(),
            "ended_at": self.ended.value(),
            "month": self.month.value(),
            "place": self.place.value(),
            "from_above": self.from_above.value(),
            "chair_id": self.chair.value(),
            "minutes_by": self.minutes_by.value(),
            "purpose": self.purpose.value(),
        }

    def put_texts(self, texts: dict[str, Any]) -> None:
        """Show what was written before; what is not named stays."""
        if "held_on" in texts:
            self.day.set_text(str(texts["held_on"]))
        lines = {"started_at": self.started, "ended_at": self.ended}
        lines |= {"place": self.place, "from_above": self.from_above}
        for name, line in lines.items():
            line.set_value(str(texts.get(name, line.value())))
        choices = {"month": self.month, "chair_id": self.chair, "minutes_by": self.minutes_by}
        for name, choice in choices.items():
            choice.set_value(str(texts.get(name, choice.value())))
        self.purpose.set_value(str(texts.get("purpose", self.purpose.value())))

    def into(self, meeting: Meeting) -> Meeting:
        """The meeting with what is written here."""
        return replace(
            meeting,
            held_on=self.day.value(),
            started_at=self.started.value(),
            ended_at=self.ended.value(),
            month=int(self.month.value()) if self.month.value() else None,
            place=self.place.value(),
            from_above=self.from_above.value(),
            chair_id=self.chair.value() or None,
            minutes_by=self.minutes_by.value() or None,
            purpose=self.purpose.value(),
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong beside the fields."""
        found = {problem.field: problem.message for problem in reversed(problems)}
        for name, field in self.fields.items():
            field.set_error(found.get(name, ""))

    def first_field(self) -> QWidget:
        """The day."""
        return self.day

    # Layout

    def _fit(self) -> None:
        is_narrow = logical_width(self) < RAIL_WIDTH
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        before: QWidget | None = None
        for number, (name, (row, column, span)) in enumerate(_PLACES.items()):
            field = self.fields[name]
            self._grid.removeWidget(field)
            place = (number, 0, 1, 12) if is_narrow else (row, column, 1, span)
            self._grid.addWidget(field, *place)
            focused = field.field.focusProxy() or field.field
            if before is not None:
                QWidget.setTabOrder(before, focused)
            before = focused

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)
