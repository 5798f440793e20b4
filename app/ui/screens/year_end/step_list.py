"""The nine steps at the left: a numbered circle, what the step is, how far it is. Arrows walk them."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.domain.year_end_facts import StepKey, StepState, YearEndStep
from app.ui.icons import draw_icon
from app.ui.parts.chips import ChipSpec, chip_size, paint_chip
from app.ui.parts.layout import Card
from app.ui.theme import px, theme

_CIRCLE, _CIRCLE_AT, _WORDS_AT, _RIGHT, _BAR = 27, 20, 62, 16, 4
_LEAST, _PAD, _GAP = 52, 14, 2
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_AT_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CHIPS = {StepState.DONE: "ok", StepState.LEFT: "late"}


class StepLine(QPushButton):
    """One step; the one shown at the right has a blue ground and a filled circle."""

    stepped = Signal(int)
    opened = Signal()

    def __init__(self, step: YearEndStep, *, is_last: bool) -> None:
        super().__init__(step.title)
        self.step = step
        self._is_last = is_last
        self._chip: ChipSpec | None = None
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        theme.changed.connect(self._fit)

    def show_step(self, step: YearEndStep, *, is_closed: bool) -> None:
        """Say how far the step is now."""
        self.step = step
        self._chip = _chip(step, is_closed)
        self.setText(step.title)
        word = self._chip.word if self._chip else step.word
        self.setAccessibleName(f"Bước {step.number}, {step.title}, {word}")
        self.setAccessibleDescription(step.sentence)
        self._fit()
        self.update()

    def _chip_width(self) -> int:
        if self._chip is not None:
            return chip_size(self._chip).width()
        return theme.metrics("cap").horizontalAdvance(self.step.word)

    def _room(self) -> int:
        return max(px(80), self.width() - px(_WORDS_AT + _RIGHT + 10) - self._chip_width())

    def _weight(self) -> int:
        return 400 if self.step.state is StepState.NOT_YET and not self.isChecked() else 600

    def _title_height(self) -> int:
        box = QRect(0, 0, self._room(), 1 << 14)
        return theme.metrics("body", 600).boundingRect(box, _WRAP, self.step.title).height()

    def _sentence_height(self) -> int:
        box = QRect(0, 0, self._room(), 1 << 14)
        return theme.metrics("cap").boundingRect(box, _WRAP, self.step.sentence).height()

    def _words_height(self) -> int:
        return self._title_height() + px(_GAP) + self._sentence_height()

    def _fit(self) -> None:
        self.setMinimumHeight(max(px(_LEAST), self._words_height() + px(_PAD)))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(px(360), max(px(_LEAST), self._words_height() + px(_PAD)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.fillRect(self.rect(), theme.color("sel" if self.isChecked() else "sunken"))
        if self.isChecked():
            painter.fillRect(QRect(0, 0, px(_BAR), self.height()), theme.color("pri"))
        if not self._is_last:
            self._paint_links(painter)
        self._paint_circle(painter)
        self._paint_words(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), px(4), px(4))

    def _circle(self) -> QRectF:
        side = px(_CIRCLE)
        return QRectF(px(_CIRCLE_AT), (self.height() - side) / 2, side, side)

    def _paint_links(self, painter: QPainter) -> None:
        """The line on to the next circle, and the thin rule under the words."""
        x = self._circle().center().x()
        painter.setPen(QPen(theme.color("edge"), 1.4))
        painter.drawLine(QPointF(x, self._circle().bottom()), QPointF(x, self.height()))
        if not self.isChecked():
            painter.setPen(QPen(theme.color("line"), 1))
            y = self.height() - 0.5
            painter.drawLine(QPointF(px(_WORDS_AT), y), QPointF(self.width() - px(_RIGHT), y))

    def _paint_circle(self, painter: QPainter) -> None:
        circle, state = self._circle(), self.step.state
        if self.step.number > 1:
            x = circle.center().x()
            painter.setPen(QPen(theme.color("edge"), 1.4))
            painter.drawLine(QPointF(x, 0), QPointF(x, circle.top()))
        edge = {StepState.DONE: "ok", StepState.LEFT: "pri", StepState.NOT_YET: "edge"}[state]
        ground = "ok_ground" if state is StepState.DONE else "sheet"
        token = "ink2" if state is StepState.NOT_YET else "pri"
        if self.isChecked():
            edge, ground, token = "pri", "pri", "prit"
        painter.setPen(QPen(theme.color(edge), 1.5))
        painter.setBrush(theme.color(ground))
        painter.drawEllipse(circle)
        if state is StepState.DONE:
            draw_icon(painter, circle.toRect(), "check", "prit" if self.isChecked() else "ok", 16)
            return
        painter.setFont(theme.font("cap", 600))
        painter.setPen(theme.color(token))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(self.step.number))

    def _paint_words(self, painter: QPainter) -> None:
        top = (self.height() - self._words_height()) // 2
        title = QRect(px(_WORDS_AT), top, self._room(), self._title_height())
        painter.setFont(theme.font("body", self._weight()))
        painter.setPen(theme.color("ink"))
        painter.drawText(title, _WRAP, self.step.title)
        sentence = QRect(
            title.left(), title.bottom() + 1 + px(_GAP), title.width(), self._sentence_height() + px(2)
        )
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("ink2"))
        painter.drawText(sentence, _WRAP, self.step.sentence)
        if self._chip is not None:
            size = chip_size(self._chip)
            spot = QPoint(self.width() - px(_RIGHT) - size.width(), (self.height() - size.height()) // 2)
            paint_chip(painter, spot, self._chip)
            return
        box = self.rect().adjusted(0, 0, -px(_RIGHT + 4), 0)
        painter.drawText(
            box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self.step.word
        )


def _chip(step: YearEndStep, is_closed: bool) -> ChipSpec | None:
    if is_closed and step.state is not StepState.DONE:
        return ChipSpec(f"Để ngỏ {step.left}", "na")
    tone = _CHIPS.get(step.state)
    if tone is None:
        return None
    return ChipSpec(step.word, "pri" if step.state is StepState.LEFT and not step.left else tone)


class StepList(Card):
    """All steps; ``chosen`` names the one to show at the right, ``opened`` the one to go into."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(spacing=0, margins=(1, 1, 1, 1))
        self.setAccessibleName("Các bước cuối năm")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.lines: dict[StepKey, StepLine] = {}

    def show_steps(self, steps: Sequence[YearEndStep], current: StepKey, *, is_closed: bool) -> None:
        """Show how far each step is; the cursor stays where it is."""
        for step in steps:
            line = self.lines.get(step.key)
            if line is None:
                line = self._new_line(step, is_last=step is steps[-1])
            line.show_step(step, is_closed=is_closed)
        self.choose(current)

    def _new_line(self, step: YearEndStep, *, is_last: bool) -> StepLine:
        key = step.key
        line = self.lines[key] = StepLine(step, is_last=is_last)
        line.clicked.connect(lambda _on=False: self.chosen.emit(key.value))
        line.opened.connect(lambda: self.opened.emit(key.value))
        line.stepped.connect(lambda step: self._step(key, step))
        self.body.addWidget(line, 1)
        return line

    def choose(self, current: StepKey) -> None:
        """Mark the step shown at the right."""
        for key, line in self.lines.items():
            line.setChecked(key is current)
            policy = Qt.FocusPolicy.StrongFocus if key is current else Qt.FocusPolicy.ClickFocus
            line.setFocusPolicy(policy)
            line.update()

    def _step(self, key: StepKey, step: int) -> None:
        keys = list(self.lines)
        there = keys.index(key) + step
        if 0 <= there < len(keys):
            self.chosen.emit(keys[there].value)
            self.lines[keys[there]].setFocus(Qt.FocusReason.OtherFocusReason)
