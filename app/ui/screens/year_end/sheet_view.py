"""The body of the review page: sections left, one editor in the middle, the months right."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.form_template import Section, SectionKind
from app.ui.desk import Desk
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.fields import Choice
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Row, ScrollBody
from app.ui.parts.page import logical_height, logical_width
from app.ui.screens.year_end.grade_section import GradeSection
from app.ui.screens.year_end.months_panel import MonthsPanel
from app.ui.screens.year_end.review_sheet import ReviewSheet
from app.ui.screens.year_end.row_sections import fault_rows, prompt_rows
from app.ui.screens.year_end.score_section import ScoreSection
from app.ui.screens.year_end.section_editor import SectionEditor, TextSection
from app.ui.screens.year_end.section_list import SectionList
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH

_WITHOUT_MONTHS = (SectionKind.SCORES, SectionKind.FOUR_GRADES)


def section_editor(sheet: ReviewSheet, section: Section, desk: Desk) -> SectionEditor:
    """The editor for what stands under a heading."""
    if section.kind is SectionKind.FAULT_ROWS:
        return fault_rows(sheet, section, desk)
    if section.kind is SectionKind.PROMPT_ROWS:
        return prompt_rows(sheet, section, desk)
    if section.kind is SectionKind.SCORES:
        return ScoreSection(sheet, section, desk)
    if section.kind is SectionKind.FOUR_GRADES:
        return GradeSection(sheet, section, desk)
    return TextSection(sheet, section, desk)


class SheetView(QWidget):
    """``section_chosen`` asks for another section; ``changed`` says that something was typed."""

    section_chosen = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.editor: SectionEditor | None = None
        self._section: Section | None = None
        self._has_months = True
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.list = SectionList()
        self.list.section_chosen.connect(self.section_chosen)
        self._row.addWidget(self.list)
        self.jump = Choice()
        self.jump.setAccessibleName("Mục đang viết")
        self.jump.chosen.connect(self.section_chosen)
        self._row.addWidget(self._middle(), 1)
        self.months = MonthsPanel()
        self.months.copy_requested.connect(self._copy)
        self._row.addWidget(self.months)
        theme.changed.connect(self._fit)

    def _middle(self) -> QWidget:
        self.area = ScrollBody(spacing=10, margins=(0, 0, 0, 0), fills=True)
        self.card = Card(spacing=10, margins=(18, 14, 18, 10))
        self.heading = Label("", "h3", weight=600)
        self.card.body.addWidget(self.heading)
        marks = Row(spacing=12)
        self.show_months = make_button("outlined", "Các tháng", "calendar-check")
        self.show_months.setCheckable(True)
        self.show_months.toggled.connect(lambda _on: self._fit())
        self.unchecked = Chip(UNCHECKED_SOURCE)
        self.unchecked.setToolTip("Lời của mục này chưa so với văn bản gốc của Trung ương.")
        marks.addWidget(self.unchecked)
        marks.addWidget(self.show_months)
        marks.addStretch(1)
        self.card.body.addLayout(marks)
        self.lead = Label("", "body", "ink2")
        self.card.body.addWidget(self.lead)
        self.area.body.addWidget(self.jump)
        self.area.body.addWidget(self.card, 1)
        return self.area

    def show_sheet(self, sheet: ReviewSheet) -> None:
        """Show another review."""
        self.list.show_form(sheet.form.sections)
        self.jump.set_options([(section.key, section.short) for section in sheet.sections])
        page = sheet.page
        items = page.pledge.items if page.pledge else ()
        self.months.show_months(items, page.months, may_copy=not sheet.is_locked)
        self._has_months = page.member is not None

    def show_section(self, sheet: ReviewSheet, section: Section) -> SectionEditor:
        """Open one section's editor in the middle."""
        if self.editor is not None:
            self.card.body.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self._section = section
        self.heading.setText(section.heading)
        self.lead.setText(section.lead)
        self.lead.setVisible(bool(section.lead))
        self.unchecked.setVisible(not section.verified)
        self.editor = section_editor(sheet, section, self._desk)
        self.editor.changed.connect(self.changed)
        self.card.body.addWidget(self.editor, 1)
        # Shown now and not when the layout comes to it: the cursor goes in at once.
        self.editor.show()
        self.area.verticalScrollBar().setValue(0)
        self.jump.set_value(section.key)
        self._fit()
        return self.editor

    def show_marks(self, sheet: ReviewSheet) -> None:
        """Show again how far each section is."""
        if self._section is not None:
            self.list.show_sheet(sheet, self._section.key)

    def _copy(self, text: str) -> None:
        if self.editor is not None and not self.editor.insert_phrase(text):
            self._desk.say_done("Đặt con trỏ vào ô cần chép rồi bấm lại.")

    def next_pane(self) -> None:
        """F6: from the sections to the editor, to the months, and round."""
        focus = self.window().focusWidget()
        panes: list[QWidget] = [self.list, self.area, self.months]
        here = next((n for n, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), 2)
        for step in (1, 2, 3):
            pane = panes[(here + step) % 3]
            if pane.isVisible() and self._focus_in(pane):
                return

    def _focus_in(self, pane: QWidget) -> bool:
        target: QWidget | None = None
        if pane is self.list and self._section is not None:
            target = self.list.lines.get(self._section.key)
        elif pane is self.months:
            choice = self.months.choice if self.months.choice.isVisible() else None
            target = next(iter(self.months.copy_buttons.values()), choice)
        elif self.editor is not None:
            target = self.editor.first_field()
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # Sizes

    def _fit(self) -> None:
        """Three columns, two with the months on demand, or one below the other."""
        width = logical_width(self)
        is_tiny, is_narrow = width < RAIL_WIDTH, width < FULL_WIDTH
        section = self._section if self._has_months else None
        fits_months = section is not None and section.kind not in _WITHOUT_MONTHS
        self.show_months.setVisible(is_narrow and fits_months)
        shows_months = fits_months and (not is_narrow or self.show_months.isChecked())
        self._row.setSpacing(px(14))
        edge = px(6 if logical_height(self) < 480 else 14)
        self._row.setContentsMargins(px(28), edge, px(24), edge)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if is_tiny else direction.LeftToRight)
        self.jump.setVisible(is_tiny)
        self.list.setVisible(not is_tiny and not (is_narrow and shows_months))
        self.months.set_beside(not is_tiny)
        self.months.setMaximumHeight(px(220) if is_tiny else 16777215)
        self.months.setVisible(shows_months)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)
