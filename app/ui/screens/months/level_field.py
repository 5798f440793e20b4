"""The member's own level of an item: words side by side, or a list where the scale is long. Starts empty."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.parts.fields import Choice
from app.ui.parts.layout import Row
from app.ui.parts.segmented import Segmented

_MOST_WORDS = 5


class LevelField(QWidget):
    """``chosen`` fires at each choice; ``settled`` when a digit chose and the hands can go on."""

    chosen = Signal()
    settled = Signal()

    def __init__(self, levels: Sequence[str], name: str) -> None:
        super().__init__()
        self._by_digit = False
        options = [(level, level) for level in levels]
        row = Row(self, spacing=0)
        self.words = Segmented(options, name=name) if len(options) <= _MOST_WORDS else None
        self.choices = Choice(options, placeholder="Chưa chọn") if self.words is None else None
        if self.words is not None:
            row.addWidget(self.words)
            self.words.chosen.connect(lambda _key: self._tell())
            for level in levels:
                # Installed last, so it hears the key first and knows that a digit chose.
                self.words.word_button(level).installEventFilter(self)
        elif self.choices is not None:
            self.choices.setAccessibleName(name)
            row.addWidget(self.choices)
            self.choices.chosen.connect(lambda _key: self._tell())

    def value(self) -> str:
        """The level chosen, or ""."""
        if self.words is not None:
            return self.words.choice()
        return self.choices.value() if self.choices is not None else ""

    def set_value(self, level: str) -> None:
        """Show a level silently; "" shows none."""
        if self.words is not None:
            self.words.set_choice(level)
        elif self.choices is not None:
            self.choices.set_value(level)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        target = self.words or self.choices
        if target is not None:
            target.setFocus(reason)

    def _tell(self) -> None:
        self.chosen.emit()
        if self._by_digit:
            self._by_digit = False
            self.settled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            self._by_digit = plain and event.text().isdigit()
        return super().eventFilter(watched, event)
