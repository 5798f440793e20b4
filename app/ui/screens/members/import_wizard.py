"""Bringing a member list in from Excel: file, columns, preview, and the one step that writes."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.errors import Conflict, UserError
from app.domain.list_headings import ListField
from app.domain.member_import import LineState
from app.domain.member_sheet import ColumnMapping
from app.domain.progress import Progress
from app.services.backups import BackupFailed
from app.services.member_import import (
    ImportResult,
    ListPreview,
    apply_member_import,
    preview_member_import,
)
from app.services.workspace import Workspace
from app.ui.background import LongTask
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import ActionBar, PageHeader
from app.ui.screens.members.import_choose import ChooseFileStep
from app.ui.screens.members.import_columns import ColumnsStep
from app.ui.screens.members.import_files import EXCEL_FILES, FILE_PURPOSE, OfficeFiles
from app.ui.screens.members.import_preview import PreviewStep
from app.ui.screens.members.import_steps import StepLine

_NO_SECRETARY = (
    "Sổ chưa ghi ai là bí thư: mở hồ sơ đồng chí bí thư, ghi chức vụ trong chi bộ, rồi bấm Giao máy."
)
_FILE, _COLUMNS, _PREVIEW, _DONE = range(4)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a reading is for: the step shown after it, the sheet, the columns as the person reads them."""

    step: int
    sheet: str | None = None
    fields: dict[str, ListField | None] | None = None


class ImportWizard(DeskPage):
    """Four steps; nothing is written before the last. ``closed`` asks for the list."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path: Path | None = None
        self._looked_at: ListPreview | None = None
        self._task: LongTask | None = None
        self._reading = 0
        self.message = MessageBar()
        self._files = OfficeFiles(self, self.message)
        self._is_writing = False
        column = Column(self, spacing=0)
        leave = make_button("outlined", "Thôi, không nhập", "x", on_click=self.go_back)
        leave.set_key("Esc")
        self._leave = leave
        self.header = PageHeader("Nhập danh sách từ Excel", "", [leave])
        column.addWidget(self.header)
        body = Column(spacing=12, margins=(28, 14, 24, 12))
        self.steps = StepLine(("Chọn tệp", "Khớp các cột", "Xem trước", "Nhập"))
        self.choose_step, self.columns_step, self.preview_step = (
            ChooseFileStep(),
            ColumnsStep(),
            PreviewStep(),
        )
        self.done_step = EmptyState("circle-check", "", "")
        self._stack = QStackedWidget()
        for step in (self.choose_step, self.columns_step, self.preview_step, self.done_step):
            self._stack.addWidget(step)
        body.addWidget(self.steps)
        body.addWidget(self.message)
        body.addWidget(self._stack, 1)
        column.addLayout(body, 1)
        column.addWidget(self._foot())
        self.choose_step.choose_requested.connect(self.choose_file)
        self.choose_step.blank_list_requested.connect(self.save_blank)
        self.columns_step.sheet_chosen.connect(self._read_sheet)
        self.preview_step.changed.connect(self._show_foot)
        self._show_step(_FILE)

    def _foot(self) -> QWidget:
        self.save_button = make_button(
            "outlined", "Lưu danh sách cần sửa…", "file-down", None, self.save_corrected
        )
        self.back_button = make_button("outlined", "Quay lại", "arrow-left", None, self._step_back)
        self.next_button = make_button("filled", "Xem trước", None, "Ctrl+Enter", self._step_on, large=True)
        self._bar = ActionBar(self.save_button, self.back_button, self.next_button)
        return self._bar

    # Reading

    def start(self, path: Path | None = None) -> None:
        """Begin with a file, or with choosing one."""
        self._path, self._looked_at = None, None
        self.message.close_message()
        self._show_step(_FILE)
        if path is not None:
            self.read_file(path)

    def choose_file(self) -> None:
        """Choose a file in the dialog and read it."""
        path = self.desk.dialogs.choose_open_file(
            "Chọn danh sách đảng viên", EXCEL_FILES, purpose=FILE_PURPOSE
        )
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Read a file, as chosen or dropped."""
        self._path, self._looked_at = path, None
        self._read(_Wanted(_COLUMNS))

    def _read_sheet(self, sheet: str) -> None:
        self._read(_Wanted(_COLUMNS, sheet))

    def _read(self, wanted: _Wanted) -> None:
        """Read off the window's thread; nothing is written, so stopping it leaves nothing behind."""
        if self._path is None:
            return
        if self._task is not None:
            self._task.cancel()
        self._reading += 1
        self.message.close_message()
        rows = self._looked_at.sheet.heading_rows if self._looked_at else ()
        work = partial(_read_list, self.desk.ws, self._path, wanted, rows)
        self._task = self.desk.background.long(
            self,
            work,
            title=f"Đang đọc tệp “{self._path.name}”",
            on_done=partial(self._looked, self._reading, wanted),
            on_cancelled=partial(self._stopped, self._reading),
            on_error=partial(self._unreadable, self._reading, wanted),
        )
        self._show_foot()

    def _is_outdated(self, reading: int) -> bool:
        """Whether something else has been asked for since."""
        if reading == self._reading:
            self._task = None
        return reading != self._reading

    def _looked(self, reading: int, wanted: _Wanted, looked_at: ListPreview) -> None:
        if self._is_outdated(reading):
            return
        self._looked_at = looked_at
        sheet = looked_at.sheet
        rows = " và ".join(str(row) for row in sheet.heading_rows)
        self.header.set_facts(f"{sheet.path.name} · bảng tính “{sheet.sheet}”, tiêu đề ở dòng {rows}")
        self.columns_step.show_list(looked_at)
        self.preview_step.show_list(looked_at)
        self._show_step(wanted.step)

    def _stopped(self, reading: int) -> None:
        if not self._is_outdated(reading):
            self._show_foot()

    def _unreadable(self, reading: int, wanted: _Wanted, error: UserError) -> None:
        """Say why; what the person chose of the columns stays as it is."""
        if self._is_outdated(reading):
            return
        if self._looked_at is not None:
            self.columns_step.sheet.set_value(self._looked_at.sheet.sheet)
        self._show_step(self._stack.currentIndex() if self._looked_at is not None else _FILE)
        self.message.show_message("error", str(error), "Thử lại", partial(self._read, wanted))

    # Steps

    def _show_step(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.set_step(step if step < _DONE else _DONE + 1)
        if step == _FILE:
            self.header.set_facts("")
        self._leave.set_words("Về danh sách" if step == _DONE else "Thôi, không nhập")
        self._show_foot()
        if self.isVisible():
            self.first_focus().setFocus()

    def _show_foot(self) -> None:
        step = self._stack.currentIndex()
        self._bar.setVisible(step != _FILE)
        self.back_button.setVisible(step in (_COLUMNS, _PREVIEW))
        problems = self._looked_at.preview.count(LineState.PROBLEM) if self._looked_at else 0
        self.save_button.setVisible(step in (_PREVIEW, _DONE) and problems > 0)
        note = f"{problems} dòng cần sửa sẽ không được nhập" if step == _PREVIEW and problems else ""
        is_busy = self._is_writing or self._task is not None
        self._bar.set_note("Đang ghi vào sổ…" if self._is_writing else note)
        self.next_button.setEnabled(not is_busy)
        if step == _COLUMNS:
            self.next_button.set_words("Xem trước")
        elif step == _PREVIEW:
            count = self.preview_step.count()
            self.next_button.set_words(f"Nhập {count} đảng viên" if count else "Chưa có ai để nhập")
            self.next_button.setEnabled(count > 0 and not is_busy)
        elif step == _DONE:
            self.next_button.set_words("Xem danh sách")

    def _step_on(self) -> None:
        step = self._stack.currentIndex()
        if step == _COLUMNS and self.columns_step.is_changed():
            self._read(self._as_chosen())
        elif step == _COLUMNS:
            self._show_step(_PREVIEW)
        elif step == _PREVIEW:
            self._apply()
        elif step == _DONE:
            self.closed.emit()

    def _as_chosen(self) -> _Wanted:
        """The sheet and columns as the person reads them."""
        sheet = self._looked_at.sheet.sheet if self._looked_at else None
        return _Wanted(_PREVIEW, sheet, self.columns_step.fields())

    def _step_back(self) -> None:
        self.message.close_message()
        self._show_step(max(_FILE, self._stack.currentIndex() - 1))

    # Writing

    def _apply(self, *, without_backup: bool = False) -> None:
        selection = self.preview_step.selection
        if self._looked_at is None or selection is None or self._is_writing:
            return
        self._is_writing = True
        self._show_foot()
        rows, accepted = self.preview_step.ticked_rows(), selection.accepted()
        work = partial(
            apply_member_import, self.desk.ws, self._looked_at, rows, accepted, without_backup=without_backup
        )
        self.write(work, changes={Topic.MEMBERS}, on_done=self._applied, on_error=self._not_applied)

    def _applied(self, result: ImportResult) -> None:
        self._is_writing = False
        parts = [
            f"{count} {words}"
            for count, words in ((result.added, "người mới"), (result.changed, "người có thay đổi"))
            if count
        ]
        left = f" {result.left_out} dòng chưa nhập." if result.left_out else ""
        self.done_step.set_words(
            f"Đã nhập {result.added + result.changed} đảng viên",
            f"{' và '.join(parts).capitalize()}.{left}",
        )
        self.message.close_message()
        if not result.has_secretary:
            self.message.show_message("warning", _NO_SECRETARY)
        self._show_step(_DONE)

    def _not_applied(self, error: UserError) -> None:
        self._is_writing = False
        self._show_foot()
        words = f"{error} Chưa có dòng nào được ghi."
        if isinstance(error, BackupFailed):
            go_on = partial(self._apply, without_backup=True)
            self.message.show_message("warning", words, "Vẫn nhập", go_on)
        elif isinstance(error, Conflict):
            again = partial(self._read, self._as_chosen())
            self.message.show_message("warning", words, "Đọc lại", again)
        else:
            self.message.show_message("error", words, "Thử lại", self._apply)

    # Files for the office

    def save_corrected(self) -> None:
        """Save a copy of the list with every cell to put right marked."""
        if self._looked_at is not None:
            self._files.save_corrected(self._looked_at)

    def save_blank(self) -> None:
        """Save an empty list to fill in."""
        self._files.save_blank()

    # Leaving

    def go_back(self) -> bool:
        """Leave; nothing was written."""
        self.closed.emit()
        return True

    def first_focus(self) -> QWidget:
        """What is done next in the present step."""
        step = self._stack.currentIndex()
        if step == _FILE:
            return self.choose_step.choose_button
        if step == _COLUMNS:
            return self.columns_step.first_focus()
        return self.preview_step.table if step == _PREVIEW else self.next_button


def _read_list(
    ws: Workspace, path: Path, wanted: _Wanted, heading_rows: tuple[int, ...], progress: Progress
) -> ListPreview:
    """Read and compare, with the person's own reading of the columns when there is one."""
    mapping = None
    if wanted.fields is not None:
        mapping = ColumnMapping(heading_rows, wanted.fields)
    progress.step(0, 1, "Đọc danh sách")
    looked_at = preview_member_import(ws, path, wanted.sheet, mapping)
    progress.step(1, 1, "Đã đọc xong")
    return looked_at
