"""The fields of one task of the year: what, by when, done when, how well, and why it counts or does not."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import Problem
from app.domain.year_task import AssignedTask, TaskQuality, task_remarks
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField, LineField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Grid, Ground
from app.ui.parts.segmented import Segmented
from app.ui.parts.tick_box import TickBox
from app.ui.screens.year_end.review_sheet import read_points
from app.ui.screens.year_end.score_row import PointsField
from app.ui.screens.year_end.task_list import DATES, POINTS, TaskRow, field_text
from app.ui.theme import px

_WIDE, _NARROW = 640, 420
_QUALITIES = tuple((quality.value, quality.label) for quality in TaskQuality)


class TaskForm(Ground):
    """``edited`` carries the row as it reads now; what cannot be read stays typed beside it."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__("quote")
        self._row: TaskRow | None = None
        self.title = TextArea(min_lines=1, max_lines=4)
        self.product = LineField("", "sản phẩm, kết quả phải có")
        self.dates = {name: DateField() for name in DATES}
        self.quality = Segmented(_QUALITIES, name="Chất lượng")
        self.beyond = TickBox("Vượt yêu cầu")
        self.beyond_ground = LineField("", "căn cứ: chất lượng, hiệu quả, quy mô, thời gian")
        self.failed = TickBox("Không hoàn thành")
        self.not_applicable = LineField("", "lý do: sức khỏe, độ tuổi, điều kiện")
        self.evidence = LineField("", "biên bản, sổ, ảnh")
        self.points = {name: PointsField("", 84) for name in POINTS}
        self.title_field = FormField("Nhiệm vụ được giao", self.title)
        self._fields: dict[str, tuple[QWidget, int]] = {
            "title": (self.title_field, 6),
            "product": (FormField("Sản phẩm", self.product), 6),
            "assigned_on": (FormField("Ngày giao", self.dates["assigned_on"]), 2),
            "due_on": (FormField("Thời hạn", self.dates["due_on"]), 2),
            "done_on": (FormField("Ngày hoàn thành", self.dates["done_on"]), 2),
            "quality": (FormField("Chất lượng", self.quality), 2),
            "beyond": (self.beyond, 2),
            "failed": (self.failed, 2),
            "beyond_ground": (FormField("Căn cứ vượt yêu cầu", self.beyond_ground), 6),
            "not_applicable": (FormField("Không áp dụng (ghi lý do)", self.not_applicable), 6),
            "evidence": (FormField("Minh chứng", self.evidence), 4),
            "max_points": (FormField("Điểm tối đa", self.points["max_points"]), 1),
            "self_points": (FormField("Điểm tự chấm", self.points["self_points"]), 1),
        }
        column = Column(self, spacing=8, margins=(14, 10, 14, 12))
        self.remark = Label("", "cap", "late", weight=600)
        self._grid = Grid(spacing=(14, 8))
        column.addLayout(self._grid)
        column.addWidget(self.remark)
        self._span = 0
        self._arrange()
        self._listen()

    def _listen(self) -> None:
        for line in (
            self.product,
            self.beyond_ground,
            self.not_applicable,
            self.evidence,
            *self.points.values(),
        ):
            line.edited.connect(lambda _text: self._tell())
        self.title.edited.connect(self._tell)
        for day in self.dates.values():
            day.edited.connect(self._tell)
        self.quality.chosen.connect(lambda _key: self._tell())
        for tick in (self.beyond, self.failed):
            tick.toggled.connect(lambda _on: self._tell())

    def _arrange(self) -> None:
        """Three things beside each other, two, or one below the other."""
        width = self.width()
        span = 1 if width >= px(_WIDE) else 2 if width >= px(_NARROW) else 3
        if span == self._span:
            return
        self._span = span
        for field, _span in self._fields.values():
            self._grid.removeWidget(field)
        row = column = 0
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        for field, wanted in self._fields.values():
            taken = min(wanted * span, 6)
            if column + taken > 6:
                row, column = row + 1, 0
            side = bottom if isinstance(field, TickBox) else top
            self._grid.addWidget(field, row, column, 1, taken, side)
            column += taken
        for number in range(6):
            self._grid.setColumnStretch(number, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def show_row(self, row: TaskRow, *, may_write: bool) -> None:
        """Show a task's fields; those that could not be read show what was typed."""
        self._row = None
        task = row.task
        self.title.set_value(task.title)
        for name, line in (
            ("product", self.product),
            ("beyond_ground", self.beyond_ground),
            ("not_applicable", self.not_applicable),
            ("evidence", self.evidence),
        ):
            line.set_value(getattr(task, name))
        for name, day in self.dates.items():
            day.set_text(row.typed.get(name, field_text(task, name)))
        for name, points in self.points.items():
            points.set_value(row.typed.get(name, field_text(task, name)))
        self.quality.set_choice(task.quality.value if task.quality else "")
        self.beyond.setChecked(task.beyond)
        self.failed.setChecked(task.failed)
        self.setEnabled(may_write)
        self._row = row
        self._show_remark(row)

    def _tell(self) -> None:
        if self._row is None:
            return
        self._row = self._read(self._row)
        self._show_remark(self._row)
        self.edited.emit(self._row)

    def _show_remark(self, row: TaskRow) -> None:
        remarks: tuple[Problem, ...] = task_remarks((row.task,))
        words = remarks[0].message.partition(": ")[2] if remarks else ""
        self.remark.setText(words[:1].upper() + words[1:])
        self.remark.setVisible(bool(words))
        self.beyond_ground.setEnabled(row.task.beyond or bool(row.task.beyond_ground))

    def _read(self, row: TaskRow) -> TaskRow:
        typed: dict[str, str] = {}
        days: dict[str, date | None] = {}
        for name, field in self.dates.items():
            days[name] = field.value()
            if field.text().strip() and days[name] is None:
                typed[name] = field.text()
        for name, line in self.points.items():
            if line.value().strip() and read_points(line.value()) is None:
                typed[name] = line.value()
        points = {
            name: read_points(line.value()) if line.value().strip() else None
            for name, line in self.points.items()
        }
        quality = self.quality.choice()
        task = replace(
            row.task,
            title=self.title.value(),
            product=self.product.value(),
            assigned_on=days["assigned_on"],
            due_on=days["due_on"],
            done_on=days["done_on"],
            quality=TaskQuality(quality) if quality else None,
            beyond=self.beyond.isChecked(),
            beyond_ground=self.beyond_ground.value(),
            failed=self.failed.isChecked(),
            not_applicable=self.not_applicable.value(),
            evidence=self.evidence.value(),
            max_points=points["max_points"],
            self_points=points["self_points"],
        )
        return TaskRow(row.number, task, typed)

    def focus_name(self, name: str) -> None:
        """Lead to a field by its name."""
        target: dict[str, QWidget] = {**self.dates, **self.points, "title": self.title}
        target.get(name, self.title).setFocus(Qt.FocusReason.OtherFocusReason)


def blank_task() -> AssignedTask:
    """A task about to be written."""
    return AssignedTask("")
