"""Fields to type in: label above, problem below; text gets its one form only when the field is left."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.domain.text import clean_line, nfc
from app.ui.icons import draw_icon
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, Row, restyle
from app.ui.theme import px, theme

_STAYING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


def _leaves(event: QFocusEvent) -> bool:
    """Whether the person has left the field, not only opened its menu or looked at another window."""
    return event.reason() not in _STAYING


class LineField(QLineEdit):
    """One line of text. ``edited`` fires at each change by the person, ``left`` when the field is left."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self.edited)

    def value(self) -> str:
        """What is written, in its one form, whether or not the field has been left."""
        return clean_line(self.text())

    def set_value(self, text: str) -> None:
        """Show a text from its beginning; the way to undo typing is forgotten."""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ReadOnlyChange:
            restyle(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if _leaves(event):
            composed = clean_line(self.text())
            if composed != self.text():
                self.setText(composed)
            self.left.emit()


class SearchField(LineField):
    """Finds with or without marks; ``search`` fires 150 ms after the last letter, Esc empties it."""

    search = Signal(str)
    down_pressed = Signal()

    def __init__(
        self, placeholder: str = "Tìm có dấu hoặc không dấu", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", placeholder, parent)
        self._key_text = key
        self.setAccessibleName(placeholder.rstrip("…"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(150)
        self._timer.timeout.connect(lambda: self.search.emit(self.text()))
        self.textChanged.connect(lambda _text: self._timer.start())
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        key_room = theme.metrics("cap").horizontalAdvance(self._key_text) + px(20) if self._key_text else 0
        self.setTextMargins(px(26), 0, key_room, 0)

    def sizeHint(self) -> QSize:
        margins = self.textMargins()
        words = theme.metrics("body").horizontalAdvance(self.placeholderText())
        width = words + margins.left() + margins.right() + px(32)
        return QSize(max(px(220), width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(150), super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        # Esc empties the field first; only an empty one lets the page go back.
        is_key = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and is_key and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        draw_icon(painter, QRect(px(9), 0, px(18), self.height()), "search", "ink2", 18)
        if self._key_text and not self.text():
            painter.setPen(theme.color("ink2"))
            painter.setFont(theme.font("cap"))
            box = self.rect().adjusted(0, 0, -px(14), 0)
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._key_text
            )


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab goes on, Enter is a new line, the field grows with its text."""

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        text: str = "",
        placeholder: str = "",
        *,
        min_lines: int = 2,
        max_lines: int = 12,
        role: str = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = (min_lines, max_lines)
        self._role = role
        self._is_setting = False
        self.setProperty("role", role)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._tell)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        theme.changed.connect(self._grow)
        self.set_value(text)
        self._grow()

    def value(self) -> str:
        """What is written, in its one form, whether or not the field has been left."""
        return nfc(self.toPlainText())

    def set_value(self, text: str) -> None:
        """Show a text; the way to undo typing is forgotten."""
        if text != self.toPlainText():
            self._is_setting = True
            self.setPlainText(text)
            self._is_setting = False
            self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ReadOnlyChange:
            restyle(self)

    def insert_phrase(self, text: str) -> None:
        """Put words in at the cursor, never instead of what is there; undo takes them out."""
        cursor = self.textCursor()
        cursor.clearSelection()
        before = self.toPlainText()[: cursor.position()]
        cursor.insertText(text if not before or before[-1].isspace() else f" {text}")
        self.setTextCursor(cursor)

    def replace_text(self, text: str) -> None:
        """Put other words in place of all, as an edit that undo takes back."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def set_filling(self) -> None:
        """Take all the height there is instead of growing line by line (a page's one editor)."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(px(120))
        self.setMaximumHeight(16777215)
        self._lines = (0, 0)

    def word_count(self) -> int:
        """How many words are written."""
        return len(self.toPlainText().split())

    def _tell(self) -> None:
        if not self._is_setting:
            self.edited.emit()

    def _grow(self) -> None:
        if not self._lines[1]:
            return
        shown = round(self.document().documentLayout().documentSize().height())
        lines = max(self._lines[0], min(shown, self._lines[1]))
        frame = 2 * round(self.document().documentMargin()) + 2 * px(3) + 2
        # One pixel more a line: Qt rounds a line of text up, and a bar must not come for a pixel.
        self.setFixedHeight(max(px(36), lines * (theme.metrics(self._role).lineSpacing() + 1) + frame + 2))
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if shown > self._lines[1] else bars.ScrollBarAlwaysOff
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if _leaves(event):
            written = self.toPlainText()
            composed = nfc(written)
            if composed != written:
                place = self.textCursor().position()
                self.set_value(composed)
                cursor = self.textCursor()
                cursor.setPosition(min(len(nfc(written[:place])), len(composed)))
                self.setTextCursor(cursor)
            self.left.emit()


class Choice(QComboBox):
    """One of a list: (key, words) each. Starts empty when ``placeholder`` is given; Alt+Down opens it."""

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]] = (),
        *,
        chosen: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)
        self.set_options(options)
        self.set_value(chosen)
        self.activated.connect(lambda _index: self.chosen.emit(self.value()))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these; the choice stays when it is still there."""
        before = self.value()
        self.clear()
        for key, words in options:
            self.addItem(words, key)
        self.set_value(before)

    def value(self) -> str:
        """The key chosen, or ""."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def set_value(self, key: str) -> None:
        """Show a choice; without a placeholder an unknown key shows the first."""
        index = self.findData(key)
        self.setPlaceholderText(self._placeholder)
        self.setCurrentIndex(index if index >= 0 or self._placeholder else min(0, self.count() - 1))

    def showPopup(self) -> None:
        """Open as wide as the longest words, so that none of them are cut."""
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        wanted = view.sizeHintForColumn(0) + bar + 2 * view.frameWidth() + px(8)
        view.setMinimumWidth(min(wanted, self.screen().availableGeometry().width() - px(16)))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel turned over the page must not change what was chosen.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRect(self.width() - px(32), 0, px(30), self.height())
        draw_icon(painter, box, "chevron-down", "ink2" if self.isEnabled() else "line", 18)


class CheckedField(QWidget):
    """A field of more than one widget that knows by itself what is wrong with the words in ``line``."""

    problem_found = Signal(str)

    def __init__(self, line: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setFocusProxy(line)


class FormField(QWidget):
    """A field with its label above (its buddy), a quiet hint, and below it what is wrong."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        hint: str = "",
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        self._column = Column(self, spacing=3)
        words = f"{label} (cần ghi)" if required else label
        self.label = Label(words, "cap", "ink2", weight=600)
        self.label.setBuddy(field)
        target = field.line if isinstance(field, CheckedField) else field
        target.setAccessibleName(label)
        target.setAccessibleDescription(hint)
        if isinstance(field, CheckedField):
            field.problem_found.connect(self.set_error)
        self._column.addWidget(self.label)
        self._column.addWidget(field)
        self.hint = Label(hint, "cap", "ink2")
        self._column.addWidget(self.hint)
        self.hint.setVisible(bool(hint))
        self._error_row = QWidget()
        row = Row(self._error_row, spacing=6)
        row.addWidget(IconLabel("circle-alert", "bad", 16), 0, Qt.AlignmentFlag.AlignTop)
        self._error = Label("", "cap", "bad", weight=600)
        row.addWidget(self._error, 1)
        self._column.addWidget(self._error_row)
        self._error_row.hide()
        if field.sizePolicy().verticalPolicy() != QSizePolicy.Policy.Expanding:
            # Beside a taller field the room is left below, not between label and field.
            self._column.addStretch(1)

    @property
    def error(self) -> str:
        """What is wrong, or ""."""
        return self._error.text()

    def set_error(self, message: str) -> None:
        """Say what is wrong under the field and edge it red; "" takes it away."""
        if message == self._error.text():
            return
        self._error.setText(message)
        self._error_row.setVisible(bool(message))
        target = self.field.line if isinstance(self.field, CheckedField) else self.field
        target.setProperty("wrong", "true" if message else "false")
        target.setAccessibleDescription(message or self._hint)
        restyle(target)

    def set_hint(self, hint: str) -> None:
        """Another quiet line under the field."""
        self._hint = hint
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def focus_field(self) -> None:
        """Bring the person to the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


class WordCount(Label):
    """The number of words under a text area: "108 từ"."""

    def __init__(self, area: TextArea) -> None:
        super().__init__("", "cap", "ink2", wrap=False)
        self._area = area
        area.textChanged.connect(self._count)
        self._count()

    def _count(self) -> None:
        self.setText(f"{self._area.word_count()} từ")
