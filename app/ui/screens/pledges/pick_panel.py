"""Choosing what to bring over from last year: unfinished items, or shortcomings of the review."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, clear_layout
from app.ui.parts.tick_box import TickBox


class PickPanel(Card):
    """``picked`` carries the numbers of the lines that were ticked."""

    picked = Signal(object)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self._title = Label("", "h3")
        self.body.addWidget(self._title)
        self._lines = Column(spacing=8)
        self.body.addLayout(self._lines)
        foot = Row(spacing=10)
        self.take = make_button("outlined", "Lấy", "copy-plus", on_click=self._tell)
        foot.addWidget(self.take)
        foot.addWidget(make_button("ghost", "Thôi", on_click=self.close_panel))
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.boxes: list[TickBox] = []
        self.hide()

    def offer(self, title: str, lines: Sequence[str], *, ticked: bool) -> None:
        """Offer these lines."""
        clear_layout(self._lines)
        self._title.setText(title)
        self.boxes = []
        for text in lines:
            box = TickBox(text)
            box.setChecked(ticked)
            box.toggled.connect(lambda _on: self._count())
            self.boxes.append(box)
            self._lines.addWidget(box)
        self._count()
        self.show()
        self.boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Bring nothing over."""
        self.hide()
        self.given_up.emit()

    def _count(self) -> None:
        count = sum(box.isChecked() for box in self.boxes)
        self.take.set_words(f"Lấy {count} việc")
        self.take.setEnabled(count > 0)

    def _tell(self) -> None:
        numbers = tuple(number for number, box in enumerate(self.boxes) if box.isChecked())
        self.hide()
        self.picked.emit(numbers)
