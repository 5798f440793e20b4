"""The year's tasks in figures typed by hand, where they are not listed one by one."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.parts.fields import FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, FlowLayout
from app.ui.screens.year_end.review_sheet import COUNT_LABELS, ReviewSheet
from app.ui.screens.year_end.score_row import PointsField


class TaskCountFields(QWidget):
    """The year's tasks in figures; figures that contradict each other are said at once."""

    changed = Signal()

    def __init__(self, sheet: ReviewSheet) -> None:
        super().__init__()
        self._sheet = sheet
        column = Column(self, spacing=6)
        column.addWidget(Label("Số nhiệm vụ trong năm", weight=600))
        row = FlowLayout(spacing=12)
        self.fields: dict[str, FormField] = {}
        for name, label in COUNT_LABELS.items():
            count = getattr(sheet.review.tasks, name)
            typed = sheet.typed_scores.get(name)
            field = PointsField(typed if typed is not None else "" if count is None else str(count), 132)
            field.setReadOnly(sheet.is_locked)
            field.edited.connect(partial(self._edited, name))
            field.left.connect(self.show_problems)
            field.returnPressed.connect(self.focusNextChild)  # Enter goes on, as in the fields of points
            self.fields[name] = FormField(label, field)
            row.addWidget(self.fields[name])
        column.addLayout(row)

    def _edited(self, name: str, text: str) -> None:
        text = text.strip()
        is_number = text.isdecimal() and len(text) < 5
        tasks = replace(self._sheet.review.tasks, **{name: int(text) if is_number else None})
        self._sheet.review = replace(self._sheet.review, tasks=tasks)
        self._sheet.typed_scores.pop(name, None)
        if text and not is_number:
            self._sheet.typed_scores[name] = text
        if any(field.error for field in self.fields.values()):
            self.show_problems()
        self.changed.emit()

    def show_problems(self) -> None:
        """Say under each figure what is wrong with it."""
        found = {problem.field: problem.message for problem in self._sheet.count_problems()}
        for name, field in self.fields.items():
            typed = self._sheet.typed_scores.get(name)
            field.set_error("Chỉ ghi số." if typed else found.get(name, ""))

    def focus_problem(self, name: str) -> bool:
        """Lead to a figure."""
        if name not in self.fields:
            return False
        self.show_problems()
        self.fields[name].focus_field()
        return True
