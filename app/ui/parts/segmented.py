"""A choice of two to five words side by side; nothing is chosen by itself."""

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from app.ui.parts.layout import FlowLayout
from app.ui.theme import px, theme

_HEIGHT, _PAD = 30, 12


class _Word(QRadioButton):
    """One word of the choice; a radio button in all but looks, so keys and screen readers know it."""

    def sizeHint(self) -> QSize:
        width = theme.metrics("body", 600).horizontalAdvance(self.text()) + 2 * px(_PAD)
        return QSize(width, px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, spot: QPoint) -> bool:
        return self.rect().contains(spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        token, weight = ("ink" if self.isEnabled() else "ink3"), 400
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("pri" if self.isEnabled() else "edge"))
            painter.drawRoundedRect(box, px(4), px(4))
            token, weight = "prit", 600
        elif self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(theme.color(token))
        painter.setFont(theme.font("body", weight))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            edge = 3.0 if self.isChecked() else 1.0
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("prit" if self.isChecked() else "pri"), 2))
            painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), px(3), px(3))


class Segmented(QWidget):
    """One of a few words. Digits 1–5 and arrows choose, Delete takes the choice back (unless it is a filter).

    ``chosen`` carries the key the person chose ("" when taken back); setting by program is silent.
    """

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        name: str,
        chosen: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._is_filter = bool(chosen)
        self._group = QButtonGroup(self)
        self._words: dict[str, _Word] = {}
        self._counts: dict[str, int] = {}
        self._labels: dict[str, str] = {}
        self._flow = FlowLayout(self, spacing=4, margins=(2, 2, 2, 2))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(name)
        self.set_options(options)
        self.set_choice(chosen)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other words: (key, word) each; a choice that is still there stays."""
        before = self.choice()
        for word in self._words.values():
            self._group.removeButton(word)
            self._flow.removeWidget(word)
            word.deleteLater()
        self._words = {}
        self._labels = dict(options)
        for number, (key, label) in enumerate(options, start=1):
            word = _Word(label)
            word.setAccessibleName(f"{self._name}: {label}")
            word.setAccessibleDescription(f"Phím {number}" if number <= 9 else "")
            word.installEventFilter(self)
            word.clicked.connect(lambda _checked=False, key=key: self._tell(key))
            self._group.addButton(word)
            self._flow.addWidget(word)
            self._words[key] = word
        self.set_choice(before)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show a number behind each word: "Chưa gửi 7"."""
        for key, word in self._words.items():
            label = self._labels[key]
            word.setText(f"{label} {counts[key]}" if key in counts else label)
            word.setAccessibleName(f"{self._name}: {word.text()}")
            word.updateGeometry()
        self.updateGeometry()

    def choice(self) -> str:
        """The key chosen, or "" when nothing is."""
        return next((key for key, word in self._words.items() if word.isChecked()), "")

    def set_choice(self, key: str) -> None:
        """Show a choice without telling anybody; "" shows none."""
        self._group.setExclusive(False)
        for other, word in self._words.items():
            word.setChecked(other == key)
        self._group.setExclusive(True)
        self._set_tab_stop()
        self.update()

    def choose_number(self, number: int) -> bool:
        """Choose the n-th word as if its digit were pressed."""
        keys = list(self._words)
        if not 1 <= number <= len(keys) or not self.isEnabled():
            return False
        self._take(keys[number - 1])
        return True

    def word_button(self, key: str) -> QRadioButton:
        """The radio button of a key."""
        return self._words[key]

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        words = self._words
        target = words.get(self.choice()) or next(iter(words.values()), None)
        if target is not None:
            target.setFocus(reason)

    def _take(self, key: str) -> None:
        word = self._words[key]
        had_focus = any(other.hasFocus() for other in self._words.values())
        self.set_choice(key)
        if had_focus:
            word.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(key)

    def _tell(self, key: str) -> None:
        self._set_tab_stop()
        self.update()
        self.chosen.emit(key)

    def _set_tab_stop(self) -> None:
        """Tab stops once: at the chosen word, or at the first while there is none."""
        keys = list(self._words)
        stop = self.choice() or (keys[0] if keys else "")
        for key, word in self._words.items():
            is_stop = key == stop
            word.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        text = event.text()
        if text.isdigit():
            return self.choose_number(int(text))
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._is_filter:
            self.set_choice("")
            self.chosen.emit("")
            return True
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        if event.key() in steps:
            return self._step(steps[Qt.Key(event.key())])
        return False

    def _step(self, step: int) -> bool:
        """Arrows move to the next word and choose it, as in any group of radio buttons."""
        keys = list(self._words)
        here = self.choice()
        index = keys.index(here) + step if here else 0 if step > 0 else len(keys) - 1
        if 0 <= index < len(keys):
            self._take(keys[index])
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(theme.color("sheet"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.color("line"), 1))
        words = list(self._words.values())
        for left, right in itertools.pairwise(words):
            if left.y() == right.y() and not left.isChecked() and not right.isChecked():
                x = left.geometry().right() + px(2) + 1
                painter.drawLine(x, left.y() + px(6), x, left.geometry().bottom() - px(6))
