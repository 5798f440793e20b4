"""Buttons: filled (one per page), outlined, ghost and danger, with an icon and their key in a small frame."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.icons import draw_icon
from app.ui.theme import px, theme

KINDS = ("filled", "outlined", "ghost", "danger")
_ICON, _GAP, _PAD, _KEY_PAD = 18, 9, 14, 7
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class Button(QPushButton):
    """A button painted by hand; its long label goes on in a second line before it is ever cut."""

    def __init__(self, kind: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.kind = kind
        self._icon_name = ""
        self._key_text = ""
        self._height = 36
        self._compact = False
        self._spread = False
        self._hides_key = False
        self._grown = 0
        self.setAccessibleName(text.replace("&", ""))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit_height)

    def set_icon(self, name: str) -> None:
        """Show a Lucide icon before the words."""
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def set_key(self, key: str, bind: bool = True) -> None:
        """Show the key in its frame and, unless ``bind`` is False, let it press the button."""
        self._key_text = key
        if bind and key not in ("Enter", "Esc"):
            sequence = key.replace("Enter", "Return").replace("Trái", "Left").replace("Phải", "Right")
            self.setShortcut(QKeySequence(sequence))
        self.updateGeometry()
        self.update()

    def set_large(self) -> None:
        """The main button of a member's page: 46 high."""
        self._height = 46
        self.updateGeometry()

    def set_compact(self, compact: bool) -> None:
        """Only the icon, on narrow windows; the words stay as tooltip and accessible name."""
        if self._icon_name and compact != self._compact:
            self._compact = compact
            self.setToolTip(self.text().replace("&", "") if compact else "")
            self.updateGeometry()
            self.update()

    def set_key_shown(self, shown: bool) -> None:
        """Leave out the key's frame on narrow windows; the key itself goes on working."""
        if shown == self._hides_key:
            self._hides_key = not shown
            self.updateGeometry()
            self.update()

    def set_spread(self) -> None:
        """Words at the left, the key bare at the right edge: a line of a list rather than a button."""
        self._spread = True
        self.update()

    def set_words(self, text: str) -> None:
        """Another label, for a screen reader too."""
        bound = self.shortcut()
        self.setText(text)
        # Qt takes the key away with every new text.
        self.setShortcut(bound)
        self.setAccessibleName(text.replace("&", ""))
        self._fit_height()

    def _weight(self) -> int:
        return 600 if self.kind == "filled" and self.isEnabled() else 400

    def _label(self) -> str:
        return self.text().replace("&", "")

    def _role(self) -> str:
        return "lead" if self._height == 46 else "body"

    def _metrics(self) -> QFontMetrics:
        return theme.metrics(self._role(), self._weight())

    def _key_width(self) -> int:
        if not self._key_text or self._compact or self._hides_key:
            return 0
        return theme.metrics("cap").horizontalAdvance(self._key_text) + 2 * px(_KEY_PAD)

    def _fixed_width(self) -> int:
        width = 2 * px(_PAD if self.kind != "ghost" else 8)
        if self._height == 46:
            width += 2 * px(4)
        if self._icon_name:
            width += px(_ICON) + (px(_GAP) if not self._compact else 0)
        if self._key_width():
            width += self._key_width() + px(_GAP)
        return width

    def _text_width(self) -> int:
        return 0 if self._compact else self._metrics().horizontalAdvance(self._label()) + 1

    def sizeHint(self) -> QSize:
        if self._compact:
            return QSize(px(self._height), px(self._height))
        return QSize(self._fixed_width() + self._text_width(), max(px(self._height), self._grown))

    def minimumSizeHint(self) -> QSize:
        if self._compact:
            return self.sizeHint()
        words = self._label().split()
        longest = max((self._metrics().horizontalAdvance(word) for word in words), default=0)
        width = min(self._fixed_width() + longest + 1, self.sizeHint().width())
        return QSize(width, self.sizeHint().height())

    def _fit_height(self) -> None:
        """Grow when the width given leaves the words in two lines."""
        room = max(1, self.width() - self._fixed_width())
        grown = 0
        if not self._compact and self._text_width() > room:
            flags = int(Qt.TextFlag.TextWordWrap)
            grown = self._metrics().boundingRect(QRect(0, 0, room, 1 << 16), flags, self._label()).height()
            grown += px(12)
        self._grown = grown
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_height()

    def _colors(self) -> tuple[QColor | None, QColor | None, str]:
        """Ground, edge and the token of the words."""
        color = theme.color
        hovered = self.underMouse() and self.isEnabled()
        if not self.isEnabled() and self.kind != "ghost":
            return color("na_ground"), color("line"), "ink3"
        if self.kind == "filled":
            ground = color("pri")
            if self.isDown() or hovered:
                ground = ground.lighter(115) if theme.dark else ground.darker(115)
            return ground, ground, "prit"
        token = {"outlined": "ink", "ghost": "pri", "danger": "bad"}[self.kind]
        ground_token = "pris" if self.isDown() else "sunken" if hovered else "sheet"
        if self.kind == "ghost":
            return (
                color(ground_token) if hovered or self.isDown() else None,
                None,
                token if self.isEnabled() else "ink3",
            )
        if self.isCheckable() and self.isChecked():
            return color("pris"), color("pri"), "pri"
        return color(ground_token), color("edge" if self.kind == "outlined" else "bad"), token

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, token = self._colors()
        radius = px(5)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if ground is not None:
            painter.setBrush(ground)
        painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_content(painter, token)
        if self.hasFocus():
            self._paint_focus(painter)

    def _paint_content(self, painter: QPainter, token: str) -> None:
        if self._compact:
            draw_icon(painter, self.rect(), self._icon_name, token, 20)
            return
        total = min(self._fixed_width() + self._text_width(), self.width())
        side = px(8 if self.kind == "ghost" else _PAD) + (px(4) if self._height == 46 else 0)
        x = side if self._spread else (self.width() - total) // 2 + side
        if self._icon_name:
            draw_icon(painter, QRect(x, 0, px(_ICON), self.height()), self._icon_name, token, _ICON)
            x += px(_ICON) + px(_GAP)
        key_width = self._key_width()
        room = self.width() - x - side - (key_width + px(_GAP) if key_width else 0)
        text_width = min(self._text_width(), room)
        painter.setFont(theme.font(self._role(), self._weight()))
        painter.setPen(theme.color(token))
        painter.drawText(QRect(x, 0, text_width + 1, self.height()), _WRAP, self._label())
        if key_width and self._spread:
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("ink2"))
            box = self.rect().adjusted(0, 0, -px(12), 0)
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._key_text
            )
        elif key_width:
            paint_key(painter, QPoint(x + text_width + px(_GAP), self.height() // 2), self._key_text, token)

    def _paint_focus(self, painter: QPainter) -> None:
        filled = self.kind == "filled" and self.isEnabled()
        painter.setPen(QPen(theme.color("sheet" if filled else "pri"), 2 if not filled else 1.5))
        edge = px(3) if filled else 1
        radius = px(5) - (1 if filled else 0)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), radius, radius)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # Qt lets Enter press a button only inside its own boxes; here the focused button is pressed anywhere.
        if is_enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.updateGeometry()  # a filled button's words are bolder when it can be pressed
            self.update()


def paint_key(painter: QPainter, left_middle: QPoint, key: str, token: str) -> None:
    """Paint a key's name in a small frame."""
    metrics = theme.metrics("cap")
    width, height = metrics.horizontalAdvance(key) + 2 * px(_KEY_PAD), metrics.height() + px(3)
    box = QRect(left_middle.x(), left_middle.y() - height // 2, width, height)
    edge = theme.color(token)
    edge.setAlphaF(0.5)
    painter.setPen(QPen(edge, 1))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    painter.setPen(theme.color(token))
    painter.setFont(theme.font("cap"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


def make_button(
    kind: str,
    text: str,
    icon: str | None = None,
    key: str | None = None,
    on_click: Callable[[], object] | None = None,
    *,
    large: bool = False,
) -> Button:
    """A button of a kind: filled, outlined, ghost or danger; its key is shown and (Ctrl+…, F…) works."""
    button = Button(kind, text)
    if icon:
        button.set_icon(icon)
    if key:
        button.set_key(key)
    if large:
        button.set_large()
    if on_click is not None:
        button.clicked.connect(lambda: on_click())
    return button
