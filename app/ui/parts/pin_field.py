"""A PIN: one box for each digit, shown as a dot, taken at the last one; and the form to choose a new one."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.domain.errors import Problem
from app.domain.pin import LEAST_DIGITS, MOST_DIGITS
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import FormField, LineField
from app.ui.parts.layout import Column, Row
from app.ui.theme import px, theme

_BOX, _GAP, _DOT = 54, 12, 10


class PinField(QLineEdit):
    """Takes digits only. ``complete`` fires once all of them are there."""

    complete = Signal(str)

    def __init__(self, length: int = LEAST_DIGITS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        # Six boxes become narrower where a card has no room for them.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Mã PIN")
        self.set_length(length)
        self.textChanged.connect(self._changed)
        theme.changed.connect(self.updateGeometry)

    def set_length(self, length: int) -> None:
        """How many digits this person's PIN has."""
        self.clear()
        self.setMaxLength(length)
        self.setAccessibleDescription(f"{length} chữ số")
        self.updateGeometry()

    def _changed(self, text: str) -> None:
        digits = "".join(char for char in text if char.isascii() and char.isdecimal())
        if digits != text:
            self.setText(digits)
        elif len(digits) == self.maxLength():
            # Not inside the key's own handling: whoever listens may take the field away.
            QTimer.singleShot(0, self, self._tell)
        self.update()

    def _tell(self) -> None:
        if len(self.text()) == self.maxLength():
            self.complete.emit(self.text())

    def sizeHint(self) -> QSize:
        count = self.maxLength()
        return QSize(count * px(_BOX) + (count - 1) * px(_GAP), px(_BOX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.maxLength() * (px(_BOX) * 2 // 3), px(_BOX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count, typed = self.maxLength(), len(self.text())
        gap = px(_GAP)
        width = min(px(_BOX), (self.width() - (count - 1) * gap) // count)
        for number in range(count):
            box = QRectF(number * (width + gap), 0, width, self.height()).adjusted(1, 1, -1, -1)
            is_next = self.hasFocus() and not self.isReadOnly() and number == min(typed, count - 1)
            painter.setPen(QPen(theme.color("pri" if is_next else "edge"), 2 if is_next else 1))
            painter.setBrush(theme.color("sunken" if self.isReadOnly() else "sheet"))
            painter.drawRoundedRect(box, px(4), px(4))
            if number < typed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("ink"))
                painter.drawEllipse(box.center(), px(_DOT) / 2, px(_DOT) / 2)


class PinForm(QWidget):
    """Old, new, new again. ``wished`` carries them; what was wrong is said beside the field."""

    wished = Signal(str, str, str)

    def __init__(self, *, asks_old: bool, act: str = "Đặt mã PIN") -> None:
        super().__init__()
        hint = f"{LEAST_DIGITS} đến {MOST_DIGITS} chữ số, không phải năm sinh hay số liền nhau"
        self.old, self.new, self.again = _field(), _field(), _field()
        self.fields = {
            "old": FormField("Mã PIN đang dùng", self.old),
            "new": FormField("Mã PIN mới", self.new, hint=hint),
            "again": FormField("Gõ lại mã PIN mới", self.again),
        }
        column = Column(self, spacing=12)
        for field in self.fields.values():
            column.addWidget(field)
        self.fields["old"].setVisible(asks_old)
        row = Row()
        self.button = make_button("filled", act, "check", "Enter", self.send)
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        for line in (self.old, self.new, self.again):
            line.returnPressed.connect(self._next)

    def _next(self) -> None:
        """Enter goes to the first empty field, from the last one on."""
        lines = [self.new, self.again] if self.fields["old"].isHidden() else [self.old, self.new, self.again]
        empty = next((line for line in lines if not line.text()), None)
        if empty is not None:
            empty.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.send()

    def send(self) -> None:
        """Ask for what was typed."""
        self.show_problems(())
        self.wished.emit(self.old.text(), self.new.text(), self.again.text())

    def ask_old(self, asks: bool) -> None:
        """Whether there is an old PIN to be typed."""
        self.fields["old"].setVisible(asks)

    def clear(self) -> None:
        """Nothing typed stays."""
        for line in (self.old, self.new, self.again):
            line.clear()
        self.show_problems(())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Beside the fields; the first wrong one is in hand, its digits to be typed over."""
        said = {problem.field: problem.message for problem in problems}
        lines = {"old": self.old, "new": self.new, "again": self.again}
        for name, field in self.fields.items():
            field.set_error(said.get(name, ""))
        if problems and problems[0].field in lines:
            line = lines[problems[0].field]
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.selectAll()


def _field() -> LineField:
    field = LineField()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(MOST_DIGITS)
    field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    return field
