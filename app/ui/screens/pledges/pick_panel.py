"""Choosing what to bring over from last year: unfinished items, or shortcomings of the review."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, clear_layout
from app.ui.parts.record_delegate import paint_tick_box
from app.ui.theme import px, theme


class _Tick(QCheckBox):
    """A tick like those of the tables."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(24), px(24))

    def hitButton(self, spot: QPoint) -> bool:
        return self.rect().contains(spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_tick_box(painter, self.rect(), self.isChecked(), self.isEnabled())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(5), px(5))


class _Line(QWidget):
    """A tick box with words that wrap."""

    def __init__(self, text: str, ticked: bool) -> None:
        super().__init__()
        self.box = _Tick()
        self.box.setChecked(ticked)
        self.box.setAccessibleName(text)
        row = Row(self, spacing=10)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text), 1, Qt.AlignmentFlag.AlignVCenter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.box.toggle()


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
        self.boxes: list[QCheckBox] = []
        self.hide()

    def offer(self, title: str, lines: Sequence[str], *, ticked: bool) -> None:
        """Offer these lines."""
        clear_layout(self._lines)
        self._title.setText(title)
        self.boxes = []
        for text in lines:
            line = _Line(text, ticked)
            line.box.toggled.connect(lambda _on: self._count())
            self.boxes.append(line.box)
            self._lines.addWidget(line)
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
