"""The frame of a page: header with title, facts, year and actions, and the bar where things are handed in."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from app.ui.icons import draw_icon
from app.ui.parts.buttons import Button
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, FlowLayout, Ground, Row
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH


def logical_width(widget: QWidget) -> float:
    """Width of the widget's window at 100 % text: what decides about layout."""
    return widget.window().width() / theme.scale


def logical_height(widget: QWidget) -> float:
    """Height of the widget's window at 100 % text."""
    return widget.window().height() / theme.scale


class YearSwitch(QPushButton):
    """‹ Năm 2025 ›: arrows step, a press opens the list of years. Ctrl+Alt+PgUp/PgDn anywhere on the page."""

    year_chosen = Signal(int)

    def __init__(self, years: Sequence[int], year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._years = tuple(sorted(years))
        self._year = year
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._open_list)
        QShortcut(QKeySequence("Ctrl+Alt+PgUp"), self, lambda: self._step(-1))
        QShortcut(QKeySequence("Ctrl+Alt+PgDown"), self, lambda: self._step(1))
        theme.changed.connect(self.updateGeometry)
        self.set_year(year)

    @property
    def year(self) -> int:
        """The year shown."""
        return self._year

    def set_years(self, years: Sequence[int]) -> None:
        """Offer these years."""
        self._years = tuple(sorted(years))
        self.update()

    def set_year(self, year: int) -> None:
        """Show a year without telling anybody."""
        self._year = year
        self.setText(f"Năm {year}")
        self.setAccessibleName(f"Năm {year}")
        self.updateGeometry()
        self.update()

    def _step(self, step: int) -> None:
        index = self._years.index(self._year) + step if self._year in self._years else -1
        if 0 <= index < len(self._years):
            self._choose(self._years[index])

    def _choose(self, year: int) -> None:
        if year != self._year:
            self.set_year(year)
            self.year_chosen.emit(year)

    def _open_list(self) -> None:
        menu = QMenu(self)
        for year in reversed(self._years):
            action = menu.addAction(f"Năm {year}")
            action.triggered.connect(lambda _checked=False, year=year: self._choose(year))
            if year == self._year:
                menu.setActiveAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def sizeHint(self) -> QSize:
        return QSize(theme.metrics("lead", 600).horizontalAdvance(self.text()) + px(64), px(36))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        edge = px(32)
        if event.position().x() < edge:
            self.setDown(False)
            self._step(-1)
        elif event.position().x() > self.width() - edge:
            self.setDown(False)
            self._step(1)
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("sunken" if self.underMouse() else "sheet"))
        painter.setPen(QPen(theme.color("pri" if self.hasFocus() else "edge"), 2 if self.hasFocus() else 1))
        edge = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), px(5), px(5))
        first, last = self._years[:1] == (self._year,), self._years[-1:] == (self._year,)
        side = QSize(px(32), self.height())
        draw_icon(
            painter, QRect(self.rect().topLeft(), side), "chevron-left", "line" if first else "ink2", 18
        )
        right = QRect(self.rect().topRight() - QRect(self.rect().topLeft(), side).topRight(), side)
        draw_icon(painter, right, "chevron-right", "line" if last else "ink2", 18)
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font("lead", 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class PageHeader(Ground):
    """Title, one line of facts, then year switch and actions right; ``lead`` is a way back at the left."""

    def __init__(
        self,
        title: str,
        facts: str = "",
        actions: Sequence[QWidget] = (),
        *,
        year: YearSwitch | None = None,
        lead: QWidget | None = None,
    ) -> None:
        super().__init__("header")
        self.year = year
        self.title = Label(title, "h1")
        self.facts = Label(facts, "body", "ink2")
        if not facts:  # shown before it has a parent it would be a window of its own
            self.facts.hide()
        self._row = Row(self, spacing=18, margins=(28, 14, 24, 14))
        if lead is not None:
            self._row.addWidget(lead, 0, Qt.AlignmentFlag.AlignVCenter)
        words = Column(spacing=0)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        self._row.addLayout(words, 1)
        self._right = QWidget()
        self._flow = FlowLayout(self._right, spacing=10)
        self._right.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._right, 0, Qt.AlignmentFlag.AlignVCenter)
        self._actions = [*([year] if year is not None else []), *actions]
        for action in self._actions:
            self._flow.addWidget(action)
        theme.changed.connect(self._fit)

    def set_title(self, title: str) -> None:
        """Another title."""
        self.title.setText(title)

    def set_facts(self, facts: str) -> None:
        """Another line of facts; none hides the line."""
        self.facts.setText(facts)
        self._fit()

    def add_action(self, action: QWidget) -> None:
        """One more thing at the right."""
        self._actions.append(action)
        self._flow.addWidget(action)
        self._fit()

    def _fit(self) -> None:
        is_narrow = logical_width(self) < FULL_WIDTH
        for action in self._actions:
            if isinstance(action, Button) and action.kind != "filled":
                action.set_compact(is_narrow)
        self.facts.setVisible(bool(self.facts.text()) and logical_height(self) >= 480)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)


class ActionBar(Ground):
    """The foot of a page where something is handed in: saved and missing left, the filled button right."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__("action")
        self._row = Row(self, spacing=12, margins=(28, 9, 24, 9))
        self._saved_icon = IconLabel("circle-check", "ok", 19)
        self._saved_icon.hide()
        self._saved = Label("", "body", "ink2")
        self._missing = Label("", "body", "late")
        self._missing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.left = Row(spacing=12)
        self.left.addWidget(self._saved_icon)
        self.left.addWidget(self._saved, 100)
        self.left.addStretch(1)
        self._row.addLayout(self.left, 1)
        self._row.addWidget(self._missing, 1)
        self._buttons: list[QWidget] = []
        for button in buttons:
            self.add_button(button)
        self._missing.hide()
        theme.changed.connect(self._fit)

    def set_saved(self, text: str) -> None:
        """Say what is saved: "Đã lưu nháp lúc 19:32. Chỉ đồng chí đọc được bản nháp."."""
        self._saved.setText(text)
        self._saved_icon.setVisible(bool(text))
        self._saved_icon.setToolTip(text)
        self._fit()

    def set_note(self, text: str) -> None:
        """Say something at the left without the saved mark."""
        self._saved.setText(text)
        self._saved_icon.hide()
        self._fit()

    def set_missing(self, text: str) -> None:
        """Say what is missing, beside the button."""
        self._missing.setText(text)
        self._fit()

    def add_button(self, button: QWidget) -> None:
        """One more button at the right."""
        self._buttons.append(button)
        self._row.addWidget(button)

    def _fit(self) -> None:
        """Narrow: icons for the lesser buttons, no key frames; low: only the button and the saved mark."""
        is_narrow = logical_width(self) < FULL_WIDTH
        is_low = logical_height(self) < 480
        for button in self._buttons:
            if isinstance(button, Button):
                button.set_key_shown(not is_narrow)
                if button.kind != "filled":
                    button.set_compact(is_narrow)
        has_missing = bool(self._missing.text())
        self._missing.setVisible(has_missing and not is_low)
        self._saved.setVisible(
            not (is_low and self._saved_icon.isVisibleTo(self)) and not (is_narrow and has_missing)
        )
        margins = self._row.contentsMargins()
        self._row.setContentsMargins(
            margins.left(), px(5 if is_low else 9), margins.right(), px(5 if is_low else 9)
        )

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)
