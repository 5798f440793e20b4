"""What the cell says of the whole month: general words, praise or reminder, meeting date, stock phrases."""

from PySide6.QtCore import QObject, Signal

from app.domain.monthly import CellMark, MonthlySelfAssessment
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column

# Each is inserted at the cursor; none replaces what is written.
PHRASES = (
    ("Việc rõ, có kết quả", "Việc rõ, có kết quả."),
    ("Tháng sau ghi rõ số liệu", "Tháng sau ghi rõ số liệu."),
    ("Cần nêu cách khắc phục", "Cần nêu cách khắc phục."),
)


class CommentSide(Card):
    """The panel beside the items. ``phrase_chosen`` carries the words to insert where the cursor was."""

    edited = Signal()
    phrase_chosen = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(margins=(16, 16, 16, 16), spacing=10)
        self.comment = TextArea(placeholder="Ý kiến của chi bộ về tháng này", min_lines=3, max_lines=6)
        self.comment.setAccessibleName("Ý kiến chung")
        self.praise = make_button("outlined", CellMark.PRAISE.label, "award")
        self.reminder = make_button("outlined", CellMark.REMINDER.label, "flag")
        for button in (self.praise, self.reminder):
            button.setCheckable(True)
        self.day = DateField()
        self.day_field = FormField("Ngày họp", self.day, hint="Cần khi xác nhận")
        self.body.addWidget(Label("Ý kiến chung", "h3"))
        self.body.addWidget(self.comment)
        self.body.addWidget(Label("Tại cuộc họp", "cap", "ink2", weight=600))
        marks = Column(spacing=6)
        marks.addWidget(self.praise)
        marks.addWidget(self.reminder)
        self.body.addLayout(marks)
        self.body.addWidget(self.day_field)
        phrases = Column(spacing=6)
        self._phrase_title = Label("Câu hay dùng", "cap", "ink2", weight=600)
        phrases.addWidget(self._phrase_title)
        self.phrases = [make_button("outlined", title) for title, _words in PHRASES]
        for button, (_title, words) in zip(self.phrases, PHRASES, strict=True):
            button.clicked.connect(lambda _c=False, words=words: self.phrase_chosen.emit(words))
            phrases.addWidget(button)
        self.body.addLayout(phrases)
        self.body.addStretch(1)
        self.comment.edited.connect(self.edited)
        self.praise.clicked.connect(lambda: self._marked(self.praise, self.reminder))
        self.reminder.clicked.connect(lambda: self._marked(self.reminder, self.praise))

    def _marked(self, pressed: Button, other: Button) -> None:
        if pressed.isChecked():
            other.setChecked(False)
        self._tick()
        self.edited.emit()

    def _tick(self) -> None:
        """What is chosen shows a tick, not only another colour."""
        for button, usual in ((self.praise, "award"), (self.reminder, "flag")):
            button.set_icon("check" if button.isChecked() else usual)

    def mark(self) -> CellMark | None:
        """Praise, reminder, or neither."""
        if self.praise.isChecked():
            return CellMark.PRAISE
        return CellMark.REMINDER if self.reminder.isChecked() else None

    def set_mark(self, mark: CellMark | None) -> None:
        """Show praise, reminder, or neither."""
        self.praise.setChecked(mark is CellMark.PRAISE)
        self.reminder.setChecked(mark is CellMark.REMINDER)
        self._tick()

    def show_month(self, assessment: MonthlySelfAssessment, can_write: bool, can_confirm: bool) -> None:
        """Show what the book has; what cannot be written is only read."""
        self.comment.set_value(assessment.cell_comment)
        self.comment.setReadOnly(not can_write)
        self.set_mark(assessment.mark)
        for button in (self.praise, self.reminder):
            button.setEnabled(can_write)
        if assessment.meeting_date is not None:
            self.day.set_value(assessment.meeting_date)
        self.day_field.setVisible(can_confirm or assessment.meeting_date is not None)
        self.day.setEnabled(can_confirm)
        for part in (self._phrase_title, *self.phrases):
            part.setVisible(can_write)
