"""What the history is searched by: words, about whom, by whom, part of the book, days from and to."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.history_words import PARTS
from app.domain.member import Member
from app.services.history import HistoryQuery
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, SearchField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, FlowLayout, Row
from app.ui.theme import px, theme

_BY_DAYS = "days"


class HistoryFilters(QWidget):
    """``changed``: something else is looked for. ``words`` and ``narrow`` stand in the row above."""

    changed = Signal()

    def __init__(self, years: Sequence[int], today: date) -> None:
        super().__init__()
        self._today = today
        self._choices_wanted = False
        column = Column(self, spacing=8)
        flow = FlowLayout(spacing=10)
        self.words = SearchField("Tìm việc, người, không cần dấu")
        self.about = Choice([("", "Về mọi người")])
        self.by = Choice([("", "Ai làm cũng được")])
        self.part = Choice([("", "Mọi phần của sổ"), *PARTS.items()])
        periods = [("", "Mọi lúc"), ("7", "7 ngày qua"), ("31", "31 ngày qua")]
        periods += [(f"y{year}", f"Năm {year}") for year in reversed(years)]
        self.period = Choice([*periods, (_BY_DAYS, "Từ ngày đến ngày…")])
        for field, name in (
            (self.words, "Tìm trong nhật ký"),
            (self.about, "Về đảng viên"),
            (self.by, "Người làm"),
            (self.part, "Phần của sổ"),
            (self.period, "Thời gian"),
        ):
            field.setAccessibleName(name)
            if field is not self.words:
                flow.addWidget(field)
        self.narrow = make_button("outlined", "Lọc thêm", "list-checks", on_click=self._open_choices)
        column.addLayout(flow)
        column.addWidget(self._days_row())
        self.words.search.connect(lambda _words: self.changed.emit())
        for choice in (self.about, self.by, self.part):
            choice.chosen.connect(lambda _key: self.changed.emit())
        self.period.chosen.connect(self._period_chosen)
        theme.changed.connect(self._fit)
        self._fit()

    def _days_row(self) -> QWidget:
        self._days = QWidget()
        row = Row(self._days, spacing=10)
        self.first, self.last = DateField(), DateField()
        for words, field in (("Từ ngày", self.first), ("đến hết ngày", self.last)):
            row.addWidget(Label(words, "body", "ink2", wrap=False))
            row.addWidget(field)
            field.setAccessibleName(f"{words[:1].upper()}{words[1:]}")
            field.left.connect(self.changed.emit)
        row.addStretch(1)
        self._days.hide()
        return self._days

    def _fit(self) -> None:
        self.words.setMinimumWidth(px(200))
        for choice, width in ((self.about, 190), (self.by, 190), (self.part, 190), (self.period, 190)):
            choice.setFixedWidth(px(width))

    def be_low(self, *, low: bool) -> None:
        """On a low window only the words stand there, until the person asks for the choices too."""
        chosen = any(each.value() for each in (self.about, self.by, self.part, self.period))
        shown = not low or self._choices_wanted or chosen
        for choice in (self.about, self.by, self.part, self.period):
            choice.setVisible(shown)
        self.narrow.setVisible(not shown)
        self.setVisible(shown)

    def _open_choices(self) -> None:
        self._choices_wanted = True
        self.be_low(low=True)
        self.about.setFocus()

    def _period_chosen(self, key: str) -> None:
        self._days.setVisible(key == _BY_DAYS)
        if key == _BY_DAYS:
            self.first.setFocus()
        self.changed.emit()

    def offer_people(self, members: Sequence[Member]) -> None:
        """The members that can be chosen; what is chosen stays."""
        people = [(member.id, member.name) for member in members]
        self.about.set_options([("", "Về mọi người"), *people])
        self.by.set_options([("", "Ai làm cũng được"), *people])

    def look_for_member(self, member_id: str) -> None:
        """Show only what is about one member."""
        self.about.set_value(member_id)
        self.changed.emit()

    def query(self) -> HistoryQuery:
        """What is looked for now."""
        first, last = self._period()
        return HistoryQuery(
            self.words.value(), self.by.value(), self.about.value(), self.part.value(), first, last
        )

    def _period(self) -> tuple[date | None, date | None]:
        key = self.period.value()
        if key == _BY_DAYS:
            return self.first.value(), self.last.value()
        if key.startswith("y"):
            return date(int(key[1:]), 1, 1), date(int(key[1:]), 12, 31)
        return (self._today - timedelta(days=int(key)), None) if key else (None, None)
