"""The secretary's table of contents at the left, with the red margin line of a school notebook."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QScrollArea, QSizePolicy, QWidget

from app.ui.icons import draw_icon
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Ground, Row, rule
from app.ui.theme import px, theme

WIDTH, RAIL, MARGIN_LINE = 220, 126 / 1.5, 2


@dataclass(frozen=True, slots=True)
class SidebarItem:
    """One line of the table of contents; ``short`` is its word on the rail."""

    key: str
    label: str
    short: str
    icon: str
    is_below: bool = False


class _Entry(QPushButton):
    """One item: icon and words on a white plate when it is the current page."""

    def __init__(self, item: SidebarItem) -> None:
        super().__init__(item.label)
        self.item = item
        self.count = 0
        self.is_rail = False
        self.setCheckable(True)
        self.setAccessibleName(item.label)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(60), px(47 if self.is_rail else 38))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        current = self.isChecked()
        if current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            plate = theme.color("sheet")
            plate.setAlphaF(1.0 if current else 0.5)
            painter.setBrush(plate)
            painter.drawRoundedRect(box, px(5), px(5))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(5), px(5))
        icon_token, token = ("pri", "pri" if self.is_rail else "ink") if current else ("ink2", "ink")
        weight = 600 if current else 400
        if self.is_rail:
            draw_icon(painter, QRect(0, px(3), self.width(), px(22)), self.item.icon, icon_token, 19)
            painter.setFont(theme.font("cap", weight))
            painter.setPen(theme.color("ink" if current else "ink2"))
            below = QRect(0, px(24), self.width(), px(21))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.item.short)
        else:
            draw_icon(painter, QRect(px(10), 0, px(20), self.height()), self.item.icon, icon_token, 20)
            painter.setFont(theme.font("body", weight))
            painter.setPen(theme.color(token))
            words = QRect(px(40), 0, self.width() - px(44), self.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.item.label)
        if self.count:
            self._paint_count(painter)

    def _paint_count(self, painter: QPainter) -> None:
        text = str(self.count)
        metrics = theme.metrics("cap", 600)
        width = max(px(24), metrics.horizontalAdvance(text) + px(14))
        badge = QRect(self.width() - width - px(10), (self.height() - px(22)) // 2, width, px(22))
        if self.is_rail:
            badge = QRect(self.width() // 2 + px(11), px(1), max(px(17), width - px(10)), px(17))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("late_ground"))
        painter.drawRoundedRect(QRectF(badge), badge.height() / 2, badge.height() / 2)
        painter.setPen(theme.color("late"))
        painter.setFont(theme.font("cap", 600))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class Sidebar(Ground):
    """Items above, Thiết lập and the person below; a rail with short words on narrow windows."""

    chosen = Signal(str)
    handover_requested = Signal()
    lock_requested = Signal()

    def __init__(self, items: Sequence[SidebarItem], parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.entries: dict[str, _Entry] = {}
        self._is_rail = False
        outer = Column(self, spacing=0, margins=(0, 0, 2, 0))
        self._head = QWidget()
        head = Column(self._head, spacing=0, margins=(20, 18, 14, 16))
        self._above = Label("", "cap", "ink2")
        self._cell = Label("", "body", weight=700)
        head.addWidget(self._above)
        head.addWidget(self._cell)
        outer.addWidget(self._head)
        outer.addWidget(self._scrolled(items), 1)
        outer.addWidget(self._foot(items))
        theme.changed.connect(self._resize)
        self._resize()

    def _scrolled(self, items: Sequence[SidebarItem]) -> QScrollArea:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("ground", "none")
        self._list = Column(inner, spacing=2, margins=(10, 2, 8, 2))
        for item in items:
            if not item.is_below:
                self._list.addWidget(self._entry(item))
        self._list.addStretch(1)
        area.setWidget(inner)
        return area

    def _foot(self, items: Sequence[SidebarItem]) -> QWidget:
        foot = QWidget()
        below = Column(foot, spacing=4, margins=(10, 0, 8, 12))
        below.addWidget(_indented(rule()))
        for item in items:
            if item.is_below:
                entry = self._entry(item)
                below.addWidget(entry)
        self._person_rule = _indented(rule())
        below.addWidget(self._person_rule)
        self._name = Label("", "body", weight=600)
        self._post = Label("", "cap", "ink2")
        self._person = QWidget()
        person = Column(self._person, spacing=0, margins=(10, 4, 0, 4))
        person.addWidget(self._name)
        person.addWidget(self._post)
        below.addWidget(self._person)
        self.handover = make_button("outlined", "Giao máy", "arrow-left-right")
        self.handover.set_key("F9", bind=False)
        self.handover.set_spread()
        self.handover.clicked.connect(self.handover_requested)
        self.lock = make_button("ghost", "Khóa màn hình")
        self.lock.set_key("Ctrl+L", bind=False)
        self.lock.set_spread()
        self.lock.clicked.connect(self.lock_requested)
        self._handover_line = _indented(self.handover)
        self._lock_line = _indented(self.lock)
        below.addWidget(self._handover_line)
        below.addWidget(self._lock_line)
        self._rail_handover = _Entry(SidebarItem("", "Giao máy, F9", "Giao máy", "arrow-left-right"))
        self._rail_handover.setCheckable(False)
        self._rail_handover.is_rail = True
        self._rail_handover.clicked.connect(self.handover_requested)
        below.addWidget(self._rail_handover)
        self._foot_layout = below
        return foot

    def _entry(self, item: SidebarItem) -> _Entry:
        entry = _Entry(item)
        entry.clicked.connect(lambda: self._choose(item.key))
        self.entries[item.key] = entry
        return entry

    def _choose(self, key: str) -> None:
        # The plate moves when the window has changed page, not when the item is pressed.
        entry = self.entries[key]
        entry.setChecked(not entry.isChecked())
        self.chosen.emit(key)

    def set_cell(self, above: str, name: str) -> None:
        """The two header lines of the cell: the body above it, and its own name."""
        self._above.setText(above.upper())
        self._cell.setText(name.upper())

    def set_person(self, name: str, post: str) -> None:
        """Who is at the PC now."""
        self._name.setText(name)
        self._post.setText(post)

    def set_current(self, key: str) -> None:
        """Move the white plate."""
        for other, entry in self.entries.items():
            entry.setChecked(other == key)

    def set_count(self, key: str, count: int) -> None:
        """The badge of an item; 0 shows none."""
        entry = self.entries[key]
        entry.count = count
        entry.setAccessibleName(f"{entry.item.label}, {count} việc" if count else entry.item.label)
        entry.update()

    @property
    def is_rail(self) -> bool:
        """Whether only icons with short words are shown."""
        return self._is_rail

    def set_rail(self, is_rail: bool) -> None:
        """Icon with a short word (True) or the full line."""
        if is_rail != self._is_rail:
            self._is_rail = is_rail
            self._resize()

    def _resize(self) -> None:
        rail = self._is_rail
        self.setFixedWidth(px(RAIL if rail else WIDTH))
        for entry in self.entries.values():
            entry.is_rail = rail
            entry.updateGeometry()
        for widget in (self._head, self._person, self._person_rule, self._handover_line, self._lock_line):
            widget.setVisible(not rail)
        self._rail_handover.setVisible(rail)
        sides = (px(5), px(8), px(7), px(4)) if rail else (px(10), px(2), px(8), px(2))
        self._list.setContentsMargins(*sides)
        foot = (px(5), 0, px(7), px(6)) if rail else (px(10), 0, px(8), px(12))
        self._foot_layout.setContentsMargins(*foot)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        line = max(MARGIN_LINE, px(MARGIN_LINE * 0.75))
        painter.fillRect(self.width() - line, 0, line, self.height(), theme.color("lede"))


def _indented(widget: QWidget) -> QWidget:
    """Set in a little from the plates of the items."""
    line = QWidget()
    Column(line, spacing=0, margins=(6, 0, 8, 0)).addWidget(widget)
    return line


class Margin(QWidget):
    """The notebook's margin on pages without a sidebar: a strip of the side colour and the red line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(27)

    def paintEvent(self, event: QPaintEvent) -> None:
        # Not fillRect: its first use makes PySide load the names of all gradients, before the first page.
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("side"))
        painter.drawRect(self.rect())
        painter.setBrush(theme.color("lede"))
        painter.drawRect(self.width() - 3, 0, 3, self.height())


class ContentsBar(Ground):
    """On the narrowest windows, instead of the rail: a button that opens the table of contents."""

    chosen = Signal(str)
    handover_requested = Signal()
    lock_requested = Signal()

    def __init__(self) -> None:
        super().__init__("header")
        self._items: tuple[SidebarItem, ...] = ()
        row = Row(self, spacing=12, margins=(16, 6, 16, 6))
        self.button = make_button("outlined", "Mục lục", "list-checks")
        self.button.clicked.connect(self.open_menu)
        row.addWidget(self.button)
        self._cell = Label("", "cap", "ink2")
        row.addWidget(self._cell, 1)
        self.hide()

    def set_cell(self, name: str) -> None:
        """Whose book it is."""
        self._cell.setText(" ".join(name.split()))

    def set_items(self, items: Sequence[SidebarItem]) -> None:
        """What the table of contents lists."""
        self._items = tuple(items)

    def open_menu(self) -> None:
        """Open the table of contents under the button."""
        menu = QMenu(self)
        for item in self._items:
            action = menu.addAction(item.label)
            action.triggered.connect(lambda _checked=False, key=item.key: self.chosen.emit(key))
        menu.addSeparator()
        menu.addAction("Giao máy (F9)").triggered.connect(self.handover_requested)
        menu.addAction("Khóa màn hình (Ctrl+L)").triggered.connect(self.lock_requested)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
