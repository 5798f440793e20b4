"""The locked screen: whose desk waits behind it, and nothing of that desk."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.seat import Seat
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.page import logical_height
from app.ui.parts.sidebar import Margin
from app.ui.screens.people.secret_card import SecretCard
from app.ui.theme import px, theme

_WIDTH = 420
_LOW_FOR_KEYS = 700


class LockPage(QWidget):
    """Lies over the whole window. ``typed`` carries the PIN or password; ``other_person`` hands over."""

    typed = Signal(str)
    other_person = Signal()
    help_topic = "people"

    def __init__(self, seat: Seat, why: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = Row(self, spacing=0)
        row.addWidget(Margin())
        area = ScrollBody(margins=(24, 20, 24, 12))
        row.addWidget(area, 1)
        middle = Row()
        middle.addStretch(1)
        self._sheet = QWidget()
        column = Column(self._sheet, spacing=12)
        head = Row(spacing=12)
        head.addWidget(IconLabel("lock", "pri", 26), 0, Qt.AlignmentFlag.AlignTop)
        words = Column(spacing=2)
        words.addWidget(Label("Máy đang khóa", "h1"))
        self._why = Label(why, "body", "ink2")
        words.addWidget(self._why)
        head.addLayout(words, 1)
        column.addLayout(head)
        self.card = SecretCard()
        self.card.enter.set_words("Mở khóa")
        self.card.show_seat(seat)
        self.card.typed.connect(self.typed)
        column.addWidget(self.card)
        self.hand_over = make_button("outlined", "Không phải tôi: giao máy", "arrow-left-right", "F9")
        self.hand_over.clicked.connect(self.other_person)
        foot = Row()
        foot.addWidget(self.hand_over)
        foot.addStretch(1)
        column.addLayout(foot)
        middle.addWidget(self._sheet)
        middle.addStretch(1)
        area.body.addLayout(middle)
        theme.changed.connect(self._fit)
        parent.installEventFilter(self)
        self._fit()

    def say_why(self, why: str) -> None:
        """Another line under the title."""
        self._why.setText(why)

    def first_focus(self) -> QWidget:
        """Digits go into the boxes at once."""
        return self.card.field()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        window = self.parentWidget()
        if watched is window and window is not None and event.type() == QEvent.Type.Resize:
            self.setGeometry(window.rect())
        return False

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return handled

    def _fit(self) -> None:
        self._sheet.setFixedWidth(min(px(_WIDTH), max(240, self.width() - px(96))))
        self.card.set_low(logical_height(self) < _LOW_FOR_KEYS)
