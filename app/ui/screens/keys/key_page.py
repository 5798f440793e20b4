"""The frame of the pages about keys: a way back, what is asked at the left, what it means at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.look import TextSize
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import PageHeader, logical_width
from app.ui.preferences import Preferences
from app.ui.theme import theme

_SIDE_BY_SIDE = 900
NO_BACK_DOOR = (
    "Không có mật khẩu và cũng không có phiếu khôi phục thì không ai mở được sổ, kể cả người làm ra "
    "chương trình này. Chương trình không có cửa sau."
)


class KeyPage(QWidget):
    """``leave_requested``: back to the start page."""

    leave_requested = Signal()
    help_topic = "keys"

    def __init__(self, preferences: Preferences, title: str, facts: str) -> None:
        super().__init__()
        column = Column(self, spacing=0)
        self.leave = make_button("outlined", "Về trang mở đầu", "arrow-left", "Esc")
        self.leave.clicked.connect(lambda: self.go_back())
        self._size = TextSize(preferences)
        self.header = PageHeader(title, facts, [self._size], lead=self.leave)
        column.addWidget(self.header)
        self._scroll = ScrollBody(spacing=14)
        self.message = MessageBar()
        self._scroll.body.addWidget(self.message)
        self._sides = Row(spacing=16)
        self.left, self.right = Column(spacing=14), Column(spacing=14)
        self._sides.addLayout(self.left, 5)
        self._sides.addLayout(self.right, 3)
        self._scroll.body.addLayout(self._sides)
        column.addWidget(self._scroll, 1)
        self.foot = Column(spacing=0)
        column.addLayout(self.foot)
        theme.changed.connect(self._fit)

    def add_note(self, title: str, *sentences: str) -> Card:
        """A quiet card at the right."""
        card = note_card(title, sentences)
        self.right.addWidget(card)
        return card

    def go_back(self) -> bool:
        """Esc: back to the start page."""
        self.leave_requested.emit()
        return True

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        directions = QBoxLayout.Direction
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self.leave.set_compact(not is_wide)
        self._size.fit()


def note_card(title: str, sentences: Sequence[str]) -> Card:
    """A quiet card: a title and a few sentences."""
    card = Card(kind="quote", spacing=8)
    card.body.addWidget(Label(title, "h3"))
    for sentence in sentences:
        card.body.addWidget(Label(sentence, "body", "ink2"))
    return card
