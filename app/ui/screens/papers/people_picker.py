"""Ticking the people papers are printed for."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.papers import PaperPerson
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import SearchField
from app.ui.parts.layout import Column
from app.ui.parts.page import ActionBar, PageHeader
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable


class PeoplePicker(QWidget):
    """A list with ticks. ``picked`` carries the ids in the order of the list; ``closed`` changes nothing."""

    picked = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = Column(self, spacing=0)
        back = make_button("outlined", "In giấy tờ", "arrow-left", on_click=self.closed.emit)
        back.set_key("Esc", bind=False)
        self.search_field = SearchField()
        column.addWidget(PageHeader("Chọn người để in", "", [self.search_field], lead=back))
        self.table: RecordTable[PaperPerson] = RecordTable(
            (
                TableColumn("Họ và tên", lambda p: p.name, width=240, stretch=2, bold=True),
                TableColumn("Trong chi bộ", lambda p: p.post, width=160, stretch=1, tone="ink2"),
            ),
            lambda person: person.member_id,
            name="Chọn người để in",
            tickable=lambda _person: True,
        )
        holder = Column(spacing=0, margins=(28, 14, 24, 14))
        holder.addWidget(self.table)
        column.addLayout(holder, 1)
        self.done = make_button("filled", "Chọn", "check", "Ctrl+Enter", self._picked)
        self.bar = ActionBar(self.done)
        self.bar.set_note("Phím cách đánh dấu người đang chọn.")
        column.addWidget(self.bar)
        self.search_field.search.connect(self.table.search)
        self.search_field.down_pressed.connect(self.table.setFocus)
        self.table.opened.connect(lambda _person: self.table.records.toggle(self.table.currentIndex().row()))
        self.table.ticked_changed.connect(lambda _ids: self._name_button())

    def show_people(self, people: Sequence[PaperPerson], ticked: Sequence[str]) -> None:
        """Offer these, some of them ticked."""
        self._people = tuple(people)
        self.search_field.set_value("")
        self.table.search("")
        self.table.set_records(people)
        self.table.records.set_ticked(set(ticked))
        self._name_button()

    def _name_button(self) -> None:
        count = len(self.table.records.ticked())
        self.done.set_words(f"Chọn {count} người" if count else "Chọn người")
        self.done.setEnabled(count > 0)

    def _picked(self) -> None:
        ticked = self.table.records.ticked()
        self.picked.emit(tuple(p.member_id for p in self._people if p.member_id in ticked))
