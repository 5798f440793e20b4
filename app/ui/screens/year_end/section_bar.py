"""The foot of the review page: how much is written, the section before and after, handing in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.page import ActionBar
from app.ui.screens.year_end.review_sheet import ReviewSheet, SectionMark
from app.ui.theme import px

_NAMED = 3


class SectionBar(ActionBar):
    """``stepped`` carries -1 or 1, ``handed_in`` nothing. Filled is next, at the end handing in."""

    stepped = Signal(int)
    handed_in = Signal()

    def __init__(self) -> None:
        self.previous = make_button("outlined", "Mục trước", "arrow-left")
        self.previous.set_key("Ctrl+PgUp", bind=False)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next = make_button("filled", "Mục sau", "arrow-right")
        self.next.set_key("Ctrl+PgDn", bind=False)
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.submit = make_button("filled", "Gửi cho chi bộ", "send")
        self.submit.set_key("Ctrl+Enter", bind=False)
        self.submit.clicked.connect(lambda: self.handed_in.emit())
        super().__init__(self.previous, self.next, self.submit)
        self.progress = Label("", weight=600, wrap=False)
        self.gauge = QProgressBar()
        self.gauge.setTextVisible(False)
        self.gauge.setAccessibleName("Số mục đã viết")
        self.gauge.setFixedWidth(px(140))
        self.left.insertWidget(0, self.gauge)
        self.left.insertWidget(0, self.progress)

    def show_progress(self, sheet: ReviewSheet, section: str) -> None:
        """Say how much is written, seen from one section."""
        done, asked = sheet.progress()
        self.progress.setText(f"Xong {done}/{asked} mục")
        self.gauge.setRange(0, max(1, asked))
        self.gauge.setValue(done)
        keys = [each.key for each in sheet.sections]
        is_last = section == keys[-1]
        self.gauge.setVisible(not is_last)
        self.previous.setEnabled(section != keys[0])
        self.next.setVisible(not is_last)
        self.submit.setVisible(is_last and not sheet.is_locked)
        self.submit.set_words(sheet.hand_in_words)
        empty = [each.short for each in sheet.sections if sheet.mark(each) is SectionMark.EMPTY]
        words = f"Còn trống: {', '.join(empty)}." if len(empty) <= _NAMED else f"Còn {len(empty)} mục trống."
        self.set_missing(words if is_last and empty and not sheet.is_locked else "")

    def press_filled(self) -> None:
        """Ctrl+Enter presses the page's filled button."""
        for button in (self.next, self.submit):
            if button.isVisible():
                button.click()
                return
