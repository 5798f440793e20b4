"""Sections written row by row: faults pointed out before and their remedy, points to be answered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.form_template import Section
from app.domain.review import FaultRemedy, PromptAnswer, RemedyStatus
from app.ui.desk import Desk
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import FormField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Grid, Row
from app.ui.parts.segmented import Segmented
from app.ui.screens.year_end.review_sheet import ReviewSheet
from app.ui.screens.year_end.section_editor import SectionEditor

_MARGINS = (14, 10, 14, 12)


class _RowCard(Card):
    """One row: its number, its fields, and a way to take it out."""

    edited = Signal()
    removed = Signal()

    def __init__(self, name: str, is_locked: bool) -> None:
        super().__init__(kind="quote", spacing=8, margins=_MARGINS)
        self.name = name
        self._is_locked = is_locked
        self.areas: list[TextArea] = []
        head = Row()
        self._title = Label(name, weight=600)
        head.addWidget(self._title, 1)
        self.remove = make_button("ghost", "Bỏ", "trash-2", on_click=self.removed.emit)
        if is_locked:
            self.remove.hide()
        head.addWidget(self.remove)
        self.body.addLayout(head)

    def set_number(self, number: int) -> None:
        """Which row it is."""
        self._title.setText(f"{self.name} {number}")
        self.remove.setAccessibleName(f"Bỏ {self.name.lower()} {number}")

    def area(self, label: str, text: str, lines: int = 1) -> FormField:
        """One more field of running text."""
        field = TextArea(text, min_lines=lines, max_lines=8)
        field.setReadOnly(self._is_locked)
        field.edited.connect(self.edited)
        self.areas.append(field)
        return FormField(label, field)


class FaultCard(_RowCard):
    """A fault pointed out before: how far it is remedied, what is in the way, whose responsibility."""

    def __init__(self, fault: FaultRemedy, is_locked: bool, whose: str) -> None:
        super().__init__("Khuyết điểm", is_locked)
        self.body.addWidget(self.area("Hạn chế, khuyết điểm đã được chỉ ra", fault.fault))
        statuses = [(status.value, status.label) for status in RemedyStatus]
        self.status = Segmented(statuses, name="Tình trạng")
        self.status.set_choice(fault.status.value if fault.status else "")
        self.status.setEnabled(not is_locked)
        self.status.chosen.connect(self.edited)
        self.body.addWidget(Label("Tình trạng", "cap", "ink2", weight=600))
        self.body.addWidget(self.status, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.area("Kết quả, mức độ khắc phục", fault.progress))
        grid = Grid(spacing=(12, 8))
        grid.addWidget(self.area("Khó khăn, vướng mắc", fault.difficulty), 0, 0)
        grid.addWidget(self.area(f"Trách nhiệm của {whose}", fault.responsibility), 0, 1)
        self.body.addLayout(grid)

    def value(self) -> FaultRemedy:
        """What the row says."""
        fault, progress, difficulty, responsibility = (area.value() for area in self.areas)
        status = self.status.choice()
        return FaultRemedy(
            fault, RemedyStatus(status) if status else None, progress, difficulty, responsibility
        )


class PromptCard(_RowCard):
    """A point raised from above with its answer."""

    def __init__(self, prompt: PromptAnswer, is_locked: bool, whose: str) -> None:
        super().__init__("Vấn đề được gợi ý", is_locked)
        self._raised_id = prompt.raised_id
        point = self.area("Nội dung gợi ý", prompt.point)
        if prompt.raised_id:  # as it came from above; the secretary puts it right where points are kept
            self.areas[0].setReadOnly(True)
            self.remove.hide()
            point.set_hint("Cấp trên gợi ý; phần trả lời in ở mục IV.")
        self.body.addWidget(point)
        self.body.addWidget(self.area("Giải trình, nguyên nhân", prompt.cause, 2))
        self.body.addWidget(self.area(f"Trách nhiệm của {whose}", prompt.responsibility))

    def value(self) -> PromptAnswer:
        """What the row says."""
        point, cause, responsibility = (area.value() for area in self.areas)
        return PromptAnswer(point, cause, responsibility, self._raised_id)


Card_ = TypeVar("Card_", FaultCard, PromptCard)


class RowsSection(SectionEditor, Generic[Card_]):
    """Rows one below the other; Ctrl+N adds one, taking one out can be undone.

    ``blank`` makes a new row, ``keep`` writes the rows into the sheet.
    """

    def __init__(
        self,
        sheet: ReviewSheet,
        section: Section,
        desk: Desk,
        *,
        add_label: str,
        blank: Callable[[], Card_],
        keep: Callable[[Sequence[Card_]], None],
    ) -> None:
        super().__init__(sheet, section)
        self._desk = desk
        self._blank: Callable[[], Card_] = blank
        self._keep: Callable[[Sequence[Card_]], None] = keep
        self.cards: list[Card_] = []
        self._last_area: TextArea | None = None
        self._empty = Label("", "body", "ink2")
        prints = f"; bản in ghi “{section.if_empty}”" if section.if_empty else ""
        self._empty.setText(f"Chưa ghi mục nào. Không có thì để trống{prints}")
        self.body.addWidget(self._empty)
        self._rows = Column(spacing=10)
        self.body.addLayout(self._rows)
        self.add = make_button("outlined", add_label, "plus", "Ctrl+N", self._add_blank)
        if sheet.is_locked:
            self.add.hide()
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.take_level_row()
        self.body.addStretch(1)

    def show_rows(self, cards: Sequence[Card_]) -> None:
        """Show the rows written so far."""
        for card in cards:
            self._insert(card, len(self.cards))
        self._number()

    def first_field(self) -> QWidget | None:
        if not self.cards:
            return self.add
        return next((area for area in self.cards[0].areas if not area.isReadOnly()), self.cards[0].areas[0])

    def insert_phrase(self, text: str) -> bool:
        if self.sheet.is_locked or self._last_area not in self._areas():
            return False
        assert self._last_area is not None
        self._last_area.insert_phrase(text)
        self._last_area.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _areas(self) -> list[TextArea]:
        return [area for card in self.cards for area in card.areas]

    def _add_blank(self) -> None:
        card = self._blank()
        self._insert(card, len(self.cards))
        self._changed()
        card.areas[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _insert(self, card: Card_, at: int) -> None:
        self.cards.insert(at, card)
        self._rows.insertWidget(at, card)
        card.edited.connect(self._changed)
        card.removed.connect(lambda: self._remove(card))
        for area in card.areas:
            area.left.connect(partial(self._remember, area))

    def _remember(self, area: TextArea) -> None:
        self._last_area = area

    def _remove(self, card: Card_) -> None:
        at = self.cards.index(card)
        self.cards.remove(card)
        self._rows.removeWidget(card)
        card.hide()
        self._changed()

        def bring_back() -> None:
            self.cards.insert(at, card)
            self._rows.insertWidget(at, card)
            card.show()
            self._changed()

        self._desk.say_done(f"Đã bỏ {card.name.lower()} {at + 1}.", bring_back)
        target = self.cards[min(at, len(self.cards) - 1)].areas[0] if self.cards else self.add
        if QApplication.focusWidget() is None or not target.hasFocus():
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        self._number()
        self._keep(self.cards)
        self.changed.emit()

    def _number(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.set_number(number)
        self._empty.setVisible(not self.cards)


def fault_rows(sheet: ReviewSheet, section: Section, desk: Desk) -> SectionEditor:
    """The editor of faults pointed out before."""
    whose = sheet.review.key.whose

    def keep(cards: Sequence[FaultCard]) -> None:
        sheet.review = replace(sheet.review, faults=tuple(card.value() for card in cards))

    editor = RowsSection(
        sheet,
        section,
        desk,
        add_label="Thêm khuyết điểm",
        blank=lambda: FaultCard(FaultRemedy(""), is_locked=False, whose=whose),
        keep=keep,
    )
    editor.show_rows([FaultCard(fault, sheet.is_locked, whose) for fault in sheet.review.faults])
    return editor


def prompt_rows(sheet: ReviewSheet, section: Section, desk: Desk) -> SectionEditor:
    """The editor of points raised from above."""
    whose = sheet.review.key.whose

    def keep(cards: Sequence[PromptCard]) -> None:
        sheet.review = replace(sheet.review, prompts=tuple(card.value() for card in cards))

    editor = RowsSection(
        sheet,
        section,
        desk,
        add_label="Thêm vấn đề được gợi ý",
        blank=lambda: PromptCard(PromptAnswer(""), is_locked=False, whose=whose),
        keep=keep,
    )
    editor.show_rows([PromptCard(prompt, sheet.is_locked, whose) for prompt in sheet.review.prompts])
    return editor
