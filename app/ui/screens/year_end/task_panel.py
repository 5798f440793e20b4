"""The year's tasks one by one: a table, the fields of the chosen one below, and what they count to."""

from functools import partial

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.grade import SubjectKind
from app.domain.year_task import AssignedTask, TaskCounts
from app.domain.year_task_paste import tasks_from_table
from app.ui.desk import Desk
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, FlowLayout
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.year_end.review_sheet import ReviewSheet
from app.ui.screens.year_end.task_counts import TaskCountFields
from app.ui.screens.year_end.task_form import TaskForm, blank_task
from app.ui.screens.year_end.task_list import TaskRow, put_rows, rows_of, tasks_from_pledge
from app.ui.theme import px, theme

_MOST_ROWS = 7
_TITLES = {
    SubjectKind.COLLECTIVE: "Nhiệm vụ của tập thể trong năm",
    SubjectKind.LEADER: "Nhiệm vụ của đơn vị, lĩnh vực trực tiếp phụ trách trong năm",
    SubjectKind.LEADER_CENTRAL: "Nhiệm vụ của đơn vị, lĩnh vực trực tiếp phụ trách trong năm",
}
_TONES = {"Không hoàn thành": "bad", "Chậm": "late", "Chưa xong": "late", "Không áp dụng": "ink3"}


def counts_words(counts: TaskCounts) -> str:
    """What the listed tasks come to, in one line."""
    return (
        f"{counts.assigned} nhiệm vụ được tính: hoàn thành {counts.done}, đúng hạn {counts.on_time}, "
        f"chậm {counts.late}, vượt yêu cầu {counts.beyond}, không hoàn thành {counts.failed}, "
        f"chưa đạt chất lượng {counts.below_quality}."
    )


def _due(row: TaskRow) -> str:
    return row.typed.get("due_on") or (format_date(row.task.due_on) if row.task.due_on else "")


def _done(row: TaskRow) -> str:
    return row.typed.get("done_on") or (format_date(row.task.done_on) if row.task.done_on else "")


_COLUMNS: tuple[TableColumn[TaskRow], ...] = (
    TableColumn("TT", lambda row: str(row.number), "center", 40, role="cap", tone="ink2"),
    TableColumn(
        "Nhiệm vụ",
        lambda row: row.task.title.strip() or "Chưa ghi",
        width=160,
        stretch=1,
        bold=True,
        tone=lambda row: "" if row.task.title.strip() else "late",
    ),
    TableColumn("Thời hạn", _due, width=98),
    TableColumn("Xong ngày", _done, width=98),
    TableColumn(
        "Kết quả",
        lambda row: row.task.standing,
        width=126,
        role="cap",
        tone=lambda row: _TONES.get(row.task.standing, "ok"),
        below=lambda row: "vượt yêu cầu" if row.task.is_beyond else "",
    ),
)


class TaskTable(RecordTable[TaskRow]):
    """Ctrl+V pastes rows of another table, Delete takes the task out, Alt with arrows moves it."""

    pasted = Signal()
    removed = Signal()
    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() == keys.Key_Delete:
            self.removed.emit()
        elif (
            event.key() in (keys.Key_Up, keys.Key_Down)
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.moved.emit(-1 if event.key() == keys.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class TaskPanel(QWidget):
    """``changed`` says that a task or a figure was written. Figures are typed while nothing is listed."""

    changed = Signal()

    def __init__(self, sheet: ReviewSheet, desk: Desk) -> None:
        super().__init__()
        self._sheet, self._desk = sheet, desk
        self._is_showing = False
        column = Column(self, spacing=8)
        name = _TITLES.get(sheet.review.subject_kind, "Nhiệm vụ trong năm")
        column.addWidget(Label(name, "h3", weight=600))
        self.counts = TaskCountFields(sheet)
        self.counts.changed.connect(self.changed)
        self.summary = Label("", weight=600)
        self.table = TaskTable(_COLUMNS, key=lambda row: row.id, name="Nhiệm vụ trong năm")
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.form = TaskForm()
        self.note = Label("", "cap", "late", weight=600)
        for part in (self.counts, self.summary, self.table, self.form):
            column.addWidget(part)
        column.addLayout(self._acts())
        column.addWidget(self.note)
        self.table.current_changed.connect(self._turn)
        self.table.opened.connect(lambda _row: self.form.focus_name("title"))
        self.table.pasted.connect(self.paste)
        self.table.removed.connect(self.remove)
        self.table.moved.connect(self.move_task)
        self.form.edited.connect(self._edited)
        theme.changed.connect(self._fit)
        self._show()

    def _acts(self) -> FlowLayout:
        acts = FlowLayout(spacing=8)
        self.add = make_button("outlined", "Thêm nhiệm vụ", "plus", on_click=self.add_task)
        self.take = make_button(
            "outlined", "Lấy từ việc đăng ký nêu gương", "copy", on_click=self.take_pledge
        )
        self.paste_button = make_button("outlined", "Dán từ Excel, Word", "file-input", on_click=self.paste)
        self.up = make_button("ghost", "Chuyển lên", on_click=partial(self.move_task, -1))
        self.down = make_button("ghost", "Chuyển xuống", on_click=partial(self.move_task, 1))
        self.drop = make_button("ghost", "Bỏ nhiệm vụ", "trash-2", on_click=self.remove)
        for button in (self.add, self.take, self.paste_button, self.up, self.down, self.drop):
            acts.addWidget(button)
        return acts

    @property
    def _rows(self) -> list[TaskRow]:
        return rows_of(self._sheet)

    def _show(self, choose: int = 0) -> None:
        """Show the tasks as they stand; ``choose`` puts the cursor on one of them."""
        rows, may_write = self._rows, not self._sheet.is_locked
        self._is_showing = True
        self.table.set_records(rows)
        if choose:
            self.table.choose(str(choose))
        elif rows and self.table.current_record() is None:
            self.table.choose("1")
        self._is_showing = False
        has_rows = bool(rows)
        self.counts.setVisible(not has_rows)
        offered = tasks_from_pledge(self._sheet.page.pledge, self._sheet.review.task_list)
        self.take.setVisible(may_write and bool(offered))
        for button in (self.add, self.paste_button):
            button.setVisible(may_write)
        for part in (self.summary, self.table, self.form):
            part.setVisible(has_rows)
        for button in (self.up, self.down, self.drop):
            button.setVisible(has_rows and may_write)
        self._say_counts()
        self._fit()
        if row := self.table.current_record():
            self.form.show_row(row, may_write=may_write)

    def _say_counts(self) -> None:
        counts = self._sheet.review.task_counts()
        self.summary.setText(counts_words(counts) if counts and self._rows else "")

    def _fit(self) -> None:
        rows = min(len(self._rows), _MOST_ROWS)
        height = sum(self.table.rowHeight(row) for row in range(rows))
        self.table.setFixedHeight(px(36) + max(height, px(33)) + 2)

    # What a person does

    def add_task(self) -> None:
        """One more task, to be written at once."""
        self._put([*self._rows, TaskRow(0, blank_task())], len(self._rows) + 1)
        self.form.focus_name("title")

    def take_pledge(self) -> None:
        """The pledged items as tasks: their words and days, no judgement."""
        found = tasks_from_pledge(self._sheet.page.pledge, self._sheet.review.task_list)
        self._append(found, f"Đã chép {len(found)} việc đăng ký thành nhiệm vụ.")

    def paste(self) -> None:
        """Rows from the clipboard; what could not be read is said."""
        if self._sheet.is_locked:
            return
        found = tasks_from_table(QGuiApplication.clipboard().text())
        if not found.tasks:
            self.note.setText("Bảng tạm chưa có dòng nào: chép các dòng trong Excel hoặc Word rồi bấm lại.")
            return
        self._append(found.tasks, f"Đã dán {len(found.tasks)} nhiệm vụ.")
        if found.unread:
            self.note.setText(f"Chưa đọc được: {'; '.join(found.unread[:5])}. Đồng chí ghi tay những ô này.")

    def _append(self, tasks: list[AssignedTask], said: str) -> None:
        before = self._rows
        self._put([*before, *(TaskRow(0, task) for task in tasks)], len(before) + 1)
        self._desk.say_done(said, partial(self._put_back, before))
        self.table.setFocus()

    def _put_back(self, rows: list[TaskRow]) -> None:
        if not shiboken6.isValid(self):
            self._desk.say_done("Trang đã đóng nên việc vừa làm không lấy lại được.")
            return
        self._put(rows, 1 if rows else 0)

    def remove(self) -> None:
        """Take the chosen task out; it can be put back."""
        row = self.table.current_record()
        if row is None or self._sheet.is_locked:
            return
        before = self._rows
        self._put([each for each in before if each.number != row.number], max(1, row.number - 1))
        self._desk.say_done(f"Đã bỏ nhiệm vụ {row.number}.", partial(self._put_back, before))
        (self.table if self._rows else self.add).setFocus()

    def move_task(self, step: int) -> None:
        """Move the chosen task up (-1) or down (1)."""
        row, rows = self.table.current_record(), self._rows
        if row is None or self._sheet.is_locked or not 1 <= row.number + step <= len(rows):
            return
        here = row.number - 1
        rows[here], rows[here + step] = rows[here + step], rows[here]
        self._put(rows, row.number + step)

    def _put(self, rows: list[TaskRow], choose: int) -> None:
        put_rows(self._sheet, rows)
        self.note.setText("")
        self._show(choose)
        self.changed.emit()

    def _turn(self, row: TaskRow | None) -> None:
        if row is not None and not self._is_showing:
            self.form.show_row(row, may_write=not self._sheet.is_locked)

    def _edited(self, row: TaskRow) -> None:
        rows = self._rows
        rows[row.number - 1] = row
        put_rows(self._sheet, rows)
        self._is_showing = True
        self.table.set_records(self._rows)
        self._is_showing = False
        self._say_counts()
        self.changed.emit()

    # Ways through it

    def first_field(self) -> QWidget | None:
        """The table, or the first figure while nothing is listed."""
        if self._rows:
            return self.table
        return self.counts.fields["assigned"].field

    def focus_problem(self, field: str) -> bool:
        """Lead to a task or a figure; False when it is not here."""
        if not field.startswith("tasks."):
            return not self._rows and self.counts.focus_problem(field)
        _tasks, number, *name = field.split(".")
        self.table.choose(number)
        self.form.focus_name(name[0] if name else "title")
        return True
