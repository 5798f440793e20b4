"""The sections of the sheet at the left, each with its mark; arrows walk through them."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from app.domain.form_template import Section, SectionKind
from app.ui.icons import draw_icon
from app.ui.marks import draw_mark
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, ScrollBody, clear_layout
from app.ui.screens.year_end.review_sheet import ReviewSheet, SectionMark
from app.ui.theme import px, theme

WIDTH = 236
_LEFT, _RIGHT, _PAD = 30, 2, 6
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class _Line(QPushButton):
    """One section: its mark and short label; the one being written has a pen and a white plate."""

    stepped = Signal(int)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.mark = SectionMark.EMPTY
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        theme.changed.connect(self._fit)
        self._fit()

    def show_state(self, label: str, mark: SectionMark) -> None:
        """Say how far the section is."""
        self.mark = mark
        self.setText(label)
        self.setAccessibleName(f"{label}, {mark.word}")
        self._fit()
        self.update()

    def _fit(self) -> None:
        room = max(px(80), self.width() - px(_LEFT + _RIGHT))
        words = QRect(0, 0, room, 1 << 14)
        needed = theme.metrics("body", 600).boundingRect(words, _WRAP, self.text()).height()
        self.setFixedHeight(max(px(32), needed + px(_PAD)))

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            plate = theme.color("sheet")
            plate.setAlphaF(1.0 if self.isChecked() else 0.5)
            painter.setBrush(plate)
            painter.drawRoundedRect(box, px(5), px(5))
        if self.isChecked():
            painter.setBrush(theme.color("pri"))
            painter.drawRect(QRectF(0, px(5), px(3), box.height() - 2 * px(5)))
        place = QRect(px(7), 0, px(18), self.height())
        if self.isChecked():
            draw_icon(painter, place, "pen-line", "pri", 16)
        elif self.mark is SectionMark.DONE:
            draw_icon(painter, place, "check", "ok", 17)
        else:
            state = "not_required" if self.mark is SectionMark.NOTHING else "not_submitted"
            draw_mark(painter, QRectF(place), state, 13)
        painter.setFont(theme.font("body", 600 if self.isChecked() else 400))
        painter.setPen(theme.color("ink"))
        words = QRect(px(_LEFT), 0, self.width() - px(_LEFT + _RIGHT), self.height())
        painter.drawText(words, _WRAP, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("pri"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(5), px(5))


class SectionList(ScrollBody):
    """All sections under the form's main headings; ``section_chosen`` carries the key."""

    section_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(spacing=2, margins=(0, 0, 4, 0))
        self.setAccessibleName("Các mục của bản kiểm điểm")
        self.lines: dict[str, _Line] = {}
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(px(WIDTH))

    def show_form(self, sections: Sequence[Section]) -> None:
        """List the sections of a form."""
        clear_layout(self.body)
        self.lines = {}
        for section in sections:
            if section.kind is SectionKind.HEADING and section.short:
                self.body.addLayout(_titled(section.short))
            elif section.kind not in (SectionKind.HEADING, SectionKind.FIXED_TEXT, SectionKind.TABLE):
                line = self.lines[section.key] = _Line(section.key)
                line.clicked.connect(lambda _on=False, key=section.key: self.section_chosen.emit(key))
                line.stepped.connect(self._step)
                self.body.addWidget(line)

    def show_sheet(self, sheet: ReviewSheet, current: str) -> None:
        """Show how far each section is, and which one is being written."""
        for section in sheet.sections:
            line = self.lines[section.key]
            line.show_state(sheet.short_label(section), sheet.mark(section))
            is_current = section.key == current
            line.setChecked(is_current)
            line.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if is_current else Qt.FocusPolicy.ClickFocus,
            )
            if is_current:
                self.ensureWidgetVisible(line)

    def _step(self, step: int) -> None:
        keys = list(self.lines)
        here = next((n for n, key in enumerate(keys) if self.lines[key].hasFocus()), 0)
        if 0 <= here + step < len(keys):
            self.section_chosen.emit(keys[here + step])
            self.lines[keys[here + step]].setFocus(Qt.FocusReason.OtherFocusReason)


def _titled(words: str) -> QVBoxLayout:
    column = Column(spacing=0, margins=(6, 10, 0, 2))
    column.addWidget(Label(words, "cap", "ink2", weight=600))
    return column
