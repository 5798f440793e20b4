"""One finding as a line: how grave, about what, the sentence, the way to the place, let be or say again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.finding import Finding, Weight
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, Row


class FindingLine(QWidget):
    """The buttons say by their names for screen readers what they are about."""

    go_requested = Signal(object)
    ignore_requested = Signal(object)
    remind_requested = Signal(object)

    def __init__(self, finding: Finding, *, is_ignored: bool, may_write: bool) -> None:
        super().__init__()
        self.finding = finding
        self.let_be: Button | None = None
        row = Row(self, spacing=10)
        is_broken = finding.weight is Weight.BROKEN
        tone = "bad" if is_broken else ("ink3" if is_ignored else "late")
        mark = IconLabel("circle-alert" if is_broken else "triangle-alert", tone, 18)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = Column(spacing=2)
        words.addWidget(Label(finding.about, "body", weight=600))
        words.addWidget(Label(finding.sentence, "body", "ink2" if is_ignored else ""))
        row.addLayout(words, 1)
        buttons = Row(spacing=8)
        if finding.place is not None:
            go = make_button("outlined", "Đến chỗ này", "arrow-right", on_click=self._go)
            go.setAccessibleName(f"Đến chỗ này: {finding.about}")
            buttons.addWidget(go)
        if finding.can_be_ignored and may_write:
            label, wish = (
                ("Nhắc lại", self.remind_requested) if is_ignored else ("Bỏ qua", self.ignore_requested)
            )
            button = make_button("ghost", label, on_click=lambda: wish.emit(self.finding))
            button.setAccessibleName(f"{label}: {finding.about}")
            buttons.addWidget(button)
            self.let_be = button
        row.addLayout(buttons)
        row.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)

    def _go(self) -> None:
        self.go_requested.emit(self.finding)
