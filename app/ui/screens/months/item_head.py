"""The left half of an item's card: what was pledged, and whether it is finished."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.pledge import Outcome, PledgeItem
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Row
from app.ui.screens.months.month_words import item_facts


class ItemHead(QWidget):
    """Number, action, target and due day; a finished item says so, and can be taken back."""

    def __init__(self, number: int, item: PledgeItem) -> None:
        super().__init__()
        column = Column(self, spacing=4)
        head = Row(spacing=8)
        figure = Label(str(number), "lead", "pri", weight=600, wrap=False)
        head.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(item.action, "lead", weight=600), 1)
        column.addLayout(head)
        if facts := item_facts(item):
            column.addWidget(Label(facts, "cap", "ink2"))
        is_done = item.outcome is Outcome.DONE
        if is_done:
            day = f" ngày {format_date(item.finished_on)}" if item.finished_on else ""
            column.addWidget(Label(f"Đã xong{day}; tháng sau không phải ghi.", "cap", "ok", weight=600))
        words = "Việc này chưa xong" if is_done else "Việc này đã xong"
        self.finish = make_button("ghost", words, "undo-2" if is_done else "circle-check")
        row = Row()
        row.addWidget(self.finish)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
