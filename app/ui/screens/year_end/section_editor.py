"""What every section's editor has in common; the editor of running text with its proposal from the months."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.form_template import Section
from app.domain.grade import FourLevel
from app.domain.review import SectionText
from app.ui.desk import Desk
from app.ui.parts.fields import TextArea, WordCount
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column
from app.ui.parts.messages import MessageBar
from app.ui.parts.segmented import Segmented
from app.ui.screens.year_end.review_sheet import ReviewSheet, proposed_section


class SectionEditor(QWidget):
    """Writes each change into the sheet at once and says so with ``changed``."""

    changed = Signal()

    def __init__(self, sheet: ReviewSheet, section: Section) -> None:
        super().__init__()
        self.sheet = sheet
        self.section = section
        self.body = Column(self, spacing=10)

    def first_field(self) -> QWidget | None:
        """Where the cursor goes when the section is opened."""
        return None

    def insert_phrase(self, text: str) -> bool:
        """Put words copied from a month in at the cursor; False where there is no place for them."""
        return False

    def focus_problem(self, field: str) -> bool:
        """Lead to the field of a problem; False when it is not here."""
        return False

    def take_level_row(self) -> None:
        """The boxes of the four levels under a section that has them."""
        if not self.section.four_levels:
            return
        under = Column(spacing=6)  # words above: beside them the four boxes would not fit on one line
        under.addWidget(Label("Tự đánh giá cấp độ thực hiện", weight=600))
        level = self.sheet.review.text_of(self.section.key).level
        self.level = Segmented([(each.value, each.label) for each in FourLevel], name="Cấp độ")
        self.level.set_choice(level.value if level else "")
        self.level.setEnabled(not self.sheet.is_locked)
        self.level.chosen.connect(self._choose_level)
        under.addWidget(self.level, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(under)

    def _choose_level(self, key: str) -> None:
        text = self.sheet.review.text_of(self.section.key)
        self.sheet.set_section(replace(text, level=FourLevel(key) if key else None))
        self.changed.emit()


class LongSection(SectionEditor):
    """A section of many parts, as high as they need at its width: no empty paper below them.

    Left to itself a page of wrapped words asks for the height it would have at its narrowest.
    """

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and self.body.hasHeightForWidth():
            height = self.body.heightForWidth(self.width())
            if height != self.minimumHeight():
                self.setMinimumHeight(height)
        return done


class TextSection(SectionEditor):
    """One heading's text. Where it is assembled from the months it says so, until the person edits it."""

    def __init__(self, sheet: ReviewSheet, section: Section, desk: Desk) -> None:
        super().__init__(sheet, section)
        self._desk = desk
        text = proposed_section(sheet, section)
        self._assembled = text.text if text.proposed else sheet.page.proposed_text
        if text.proposed:
            sheet.set_section(text)
        self.note = MessageBar()
        self.body.addWidget(self.note)
        empty = f"Không có thì để trống; bản in ghi “{section.if_empty}”" if section.if_empty else ""
        self.area = TextArea(text.text, empty, role="lead")
        self.area.set_filling()
        self.area.setAccessibleName(section.heading)
        self.area.setReadOnly(sheet.is_locked)
        self.area.edited.connect(self._edited)
        self.body.addWidget(self.area, 1)
        self.take_level_row()
        self.count = WordCount(self.area)
        self.body.addWidget(self.count)
        self._show_note(text)

    def first_field(self) -> QWidget | None:
        return self.area

    def insert_phrase(self, text: str) -> bool:
        if self.sheet.is_locked:
            return False
        self.area.insert_phrase(text)
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _edited(self) -> None:
        words = self.area.value()
        level = self.sheet.review.text_of(self.section.key).level
        proposed = self.section.from_months and bool(words.strip()) and words == self._assembled
        text = SectionText(self.section.key, words, level, proposed)
        self.sheet.set_section(text)
        self._show_note(text)
        self.changed.emit()

    def _show_note(self, text: SectionText) -> None:
        if not self.section.from_months or self.sheet.is_locked:
            return
        months = self.sheet.page.summary.submitted
        if text.proposed:
            words = f"Gợi ý ghép từ {months} tháng. Đồng chí đọc lại và sửa theo lời của mình."
        elif self.sheet.page.proposed_text:
            words = f"Lời của đồng chí. Có thể ghép lại từ {months} tháng trong sổ."
        else:
            self.note.show_message(
                "info",
                "Năm nay chưa có đăng ký nên chưa ghép được gợi ý. Đồng chí tự viết mục này.",
                icon="notebook-pen",
            )
            return
        if self.note.text != words:
            self.note.show_message("info", words, "Ghép lại", self.assemble_again, icon="notebook-pen")
            if self.note.button is not None:
                self.note.button.set_icon("refresh-cw")

    def assemble_again(self) -> None:
        """Ghép lại: the text from the months in place of what stands here; what was edited is asked for."""
        proposed = self.sheet.page.proposed_text
        is_edited = self.area.value().strip() not in ("", self._assembled.strip())
        if is_edited and not self._desk.dialogs.ask(
            "Ghép lại từ các tháng?",
            "Lời đồng chí đã sửa ở mục này được thay bằng gợi ý ghép từ sổ. Lấy lại được bằng Ctrl+Z.",
            act_label="Ghép lại",
            keep_label="Giữ lời đã sửa",
        ):
            return
        self._assembled = proposed
        self.area.replace_text(proposed)
        self._edited()
        self._desk.say_done("Đã ghép lại mục này từ các tháng trong sổ.", self.area.undo)
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
