"""Rows, columns and grounds whose spaces follow the text scale."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import px, theme

Margins = tuple[int, int, int, int]
PAGE_MARGINS: Margins = (28, 16, 24, 16)
CARD_MARGINS: Margins = (18, 16, 18, 16)
NO_MARGINS: Margins = (0, 0, 0, 0)


def _scaled(margins: Margins) -> QMargins:
    return QMargins(*(px(side) for side in margins))


class Column(QVBoxLayout):
    """Top to bottom; spacing and margins (left, top, right, bottom) are given at 100 %."""

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, margins: Margins = NO_MARGINS
    ) -> None:
        super().__init__()
        self._spacing, self._margins = spacing, margins
        if parent is not None:
            parent.setLayout(self)
        self._rescale()
        theme.changed.connect(self._rescale)

    def _rescale(self) -> None:
        self.setSpacing(px(self._spacing))
        self.setContentsMargins(_scaled(self._margins))


class Row(QHBoxLayout):
    """Left to right; spacing and margins are given at 100 %."""

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, margins: Margins = NO_MARGINS
    ) -> None:
        super().__init__()
        self._spacing, self._margins = spacing, margins
        if parent is not None:
            parent.setLayout(self)
        self._rescale()
        theme.changed.connect(self._rescale)

    def _rescale(self) -> None:
        self.setSpacing(px(self._spacing))
        self.setContentsMargins(_scaled(self._margins))


class Grid(QGridLayout):
    """Rows and columns; ``spacing`` is (across, down) at 100 %."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing: tuple[int, int] = (12, 10),
        margins: Margins = NO_MARGINS,
    ) -> None:
        super().__init__()
        self._spacing, self._margins = spacing, margins
        if parent is not None:
            parent.setLayout(self)
        self._rescale()
        theme.changed.connect(self._rescale)

    def _rescale(self) -> None:
        self.setHorizontalSpacing(px(self._spacing[0]))
        self.setVerticalSpacing(px(self._spacing[1]))
        self.setContentsMargins(_scaled(self._margins))


class FlowLayout(QLayout):
    """Left to right, going on in the next line where the width ends: chips, filters, buttons."""

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, margins: Margins = NO_MARGINS
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._spacing, self._margins = spacing, margins
        if parent is not None:
            parent.setLayout(self)
        self._rescale()
        theme.changed.connect(self._rescale)

    def _rescale(self) -> None:
        self.setSpacing(px(self._spacing))
        self.setContentsMargins(_scaled(self._margins))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return self._with_margins(QSize(width, height))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in sizes), default=0)
        height = max((size.height() for size in sizes), default=0)
        return self._with_margins(QSize(width, height))

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, place: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        x, y, line_height = inner.x(), inner.y(), 0
        line: list[tuple[QLayoutItem, QPoint, QSize]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(inner.width(), item.minimumSize().width()), 1 << 20))
            if line and x + size.width() > inner.right() + 1:
                self._place(line, line_height, place)
                x, y, line_height, line = inner.x(), y + line_height + self.spacing(), 0, []
            line.append((item, QPoint(x, y), size))
            x += size.width() + self.spacing()
            line_height = max(line_height, size.height())
        self._place(line, line_height, place)
        return y + line_height - rect.y() + margins.bottom()

    def _place(self, line: Sequence[tuple[QLayoutItem, QPoint, QSize]], height: int, place: bool) -> None:
        if not place:
            return
        for item, spot, size in line:
            item.setGeometry(QRect(spot + QPoint(0, (height - size.height()) // 2), size))


class Ground(QFrame):
    """A plain surface: card, quote, drop, header, action, paper, sheet, or a tone (pri, ok, late, bad)."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", kind)

    def set_kind(self, kind: str) -> None:
        """Show another ground."""
        self.setProperty("ground", kind)
        restyle(self)


class Card(Ground):
    """A white sheet with a thin edge and its natural height; put things in with ``card.body.addWidget``."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        kind: str = "card",
        spacing: int = 8,
        margins: Margins = CARD_MARGINS,
    ) -> None:
        super().__init__(kind, parent)
        self.body = Column(self, spacing=spacing, margins=margins)


def rule(vertical: bool = False) -> QFrame:
    """A thin separating line."""
    line = QFrame()
    line.setProperty("rule", "v" if vertical else "h")
    return line


class ScrollBody(QScrollArea):
    """The part of a page that scrolls, down only; put things in with ``area.body.addWidget``.

    ``fills`` lets what stretches inside take the height there is.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing: int = 14,
        margins: Margins = PAGE_MARGINS,
        fills: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inner = QWidget()
        self.inner.setProperty("ground", "none")
        outer = Column(self.inner, spacing=0, margins=margins)
        self.body = Column(spacing=spacing)
        outer.addLayout(self.body, 1 if fills else 0)
        if not fills:
            # Parts keep their natural height; what is left stays empty paper.
            outer.addStretch(1)
        self.setWidget(self.inner)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        focused = self.inner.focusWidget()
        if moved and focused is not None:
            self.ensureWidgetVisible(focused, px(24), px(24))
        return moved


def clear_layout(layout: QBoxLayout | QGridLayout | FlowLayout) -> None:
    """Take everything out of a layout, the widgets for good."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout | QGridLayout | FlowLayout):
            clear_layout(inner)


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
