"""Bringing a member list in from Excel: file, columns, preview, and the one step that writes."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.errors import Conflict, UserError
from app.domain.list_headings import ListField
from app.domain.member_import import LineState
from app.domain.progress import Progress
from app.services.member_import import (
    ImportResult,
    ListPreview,
    apply_member_import,
    preview_member_import,
    save_blank_list,
    save_corrected_list,
)
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import ActionBar, PageHeader
from app.ui.screens.members.import_choose import ChooseFileStep
from app.ui.screens.members.import_columns import ColumnsStep
from app.ui.screens.members.import_preview import PreviewStep
from app.ui.screens.members.import_steps import StepLine

FILE_PURPOSE = "nhap-danh-sach"
EXCEL_FILES = "Tệp Excel (*.xlsx)"
_FILE, _COLUMNS, _PREVIEW, _DONE = range(4)


class ImportWizard(DeskPage):
    """Four steps; nothing is written before the last. ``closed`` asks for the list."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path: Path | None = None
        self._sheet: str | None = None
        self._looked_at: ListPreview | None = None
        self._is_busy = False
        column = Column(self, spacing=0)
        leave = make_button("outlined", "Thôi, không nhập", "x", on_click=self.go_back)
        leave.set_key("Esc")
        self._leave = leave
        self.header = PageHeader("Nhập danh sách từ Excel", "", [leave])
        column.addWidget(self.header)
        body = Column(spacing=12, margins=(28, 14, 24, 12))
        self.steps = StepLine(("Chọn tệp", "Khớp các cột", "Xem trước", "Nhập"))
        self.message = MessageBar()
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
        self._path, self._sheet, self._looked_at = None, None, None
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
        self._path, self._sheet = path, None
        self._read(None, _COLUMNS)

    def _read_sheet(self, sheet: str) -> None:
        self._sheet = sheet
        self._read(None, _COLUMNS)

    def _read(self, fields: dict[str, ListField | None] | None, then: int) -> None:
        """Read off the window's thread; nothing is written, so stopping it leaves nothing behind."""
        if self._path is None or self._is_busy:
            return
        self._is_busy = True
        self.message.close_message()
        self._show_foot()
        rows = self._looked_at.sheet.heading_rows if self._looked_at else ()
        work = partial(_read_list, self.desk.ws, self._path, self._sheet, fields, rows)
        self.desk.background.long(
            self,
            work,
            title=f"Đang đọc tệp “{self._path.name}”",
            on_done=partial(self._looked, then),
            on_cancelled=self._not_busy,
            on_error=self._unreadable,
        )

    def _looked(self, then: int, looked_at: ListPreview) -> None:
        self._is_busy = False
        self._looked_at = looked_at
        self._sheet = looked_at.sheet.sheet
        rows = " và ".join(str(row) for row in looked_at.sheet.heading_rows)
        sheet = looked_at.sheet
        self.header.set_facts(f"{sheet.path.name} · bảng tính “{sheet.sheet}”, tiêu đề ở dòng {rows}")
        self.columns_step.show_list(looked_at)
        self.preview_step.show_list(looked_at)
        self._show_step(then)

    def _not_busy(self) -> None:
        self._is_busy = False
        self._show_foot()

    def _unreadable(self, error: UserError) -> None:
        self._is_busy = False
        if self._looked_at is not None:
            self.columns_step.show_list(self._looked_at)
            again = self._stack.currentIndex()
        else:
            again = _FILE
        self._show_step(again)
        retry = partial(self._read, None, _COLUMNS)
        self.message.show_message("error", str(error), "Thử lại", retry)

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
        self._bar.set_note("Đang làm…" if self._is_busy else note)
        self.next_button.setEnabled(not self._is_busy)
        if step == _COLUMNS:
            self.next_button.set_words("Xem trước")
        elif step == _PREVIEW:
            count = self.preview_step.count()
            self.next_button.set_words(f"Nhập {count} đảng viên" if count else "Chưa có ai để nhập")
            self.next_button.setEnabled(count > 0 and not self._is_busy)
        elif step == _DONE:
            self.next_button.set_words("Xem danh sách")

    def _step_on(self) -> None:
        step = self._stack.currentIndex()
        if step == _COLUMNS and self.columns_step.is_changed():
            self._read(self.columns_step.fields(), _PREVIEW)
        elif step == _COLUMNS:
            self._show_step(_PREVIEW)
        elif step == _PREVIEW:
            self._apply()
        elif step == _DONE:
            self.closed.emit()

    def _step_back(self) -> None:
        self.message.close_message()
        self._show_step(max(_FILE, self._stack.currentIndex() - 1))

    # Writing

    def _apply(self) -> None:
        selection = self.preview_step.selection
        if self._looked_at is None or selection is None or self._is_busy:
            return
        self._is_busy = True
        self._show_foot()
        rows, accepted = self.preview_step.ticked_rows(), selection.accepted()
        work = partial(apply_member_import, self.desk.ws, self._looked_at, rows, accepted)
        self.write(work, changes={Topic.MEMBERS}, on_done=self._applied, on_error=self._not_applied)

    def _applied(self, result: ImportResult) -> None:
        self._is_busy = False
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
        self._show_step(_DONE)

    def _not_applied(self, error: UserError) -> None:
        self._not_busy()
        words = f"{error} Chưa có dòng nào được ghi."
        if isinstance(error, Conflict):
            again = partial(self._read, self.columns_step.fields(), _PREVIEW)
            self.message.show_message("warning", words, "Đọc lại", again)
        else:
            self.message.show_message("error", words, "Thử lại", self._apply)

    # Files for the office

    def save_corrected(self) -> None:
        """Save a copy of the list with every cell to put right marked."""
        if self._looked_at is None:
            return
        name = f"{self._looked_at.sheet.path.stem}-can-sua.xlsx"
        target = self.desk.dialogs.choose_save_file(
            "Lưu danh sách cần sửa", name, EXCEL_FILES, purpose=FILE_PURPOSE
        )
        if target is not None:
            work = partial(save_corrected_list, self._looked_at, target)
            self._save_file(work, "Đã lưu danh sách có đánh dấu chỗ cần sửa", self.save_corrected)

    def save_blank(self) -> None:
        """Save an empty list to fill in."""
        target = self.desk.dialogs.choose_save_file(
            "Lưu tệp mẫu", "danh-sach-dang-vien-mau.xlsx", EXCEL_FILES, purpose=FILE_PURPOSE
        )
        if target is not None:
            self._save_file(partial(save_blank_list, target), "Đã lưu tệp mẫu", self.save_blank)

    def _save_file(self, work: "partial[Path]", said: str, again: object) -> None:
        def saved(path: Path) -> None:
            self.desk.say_done(f"{said}: {path.name}")

        def failed(error: UserError) -> None:
            retry = again if callable(again) else None
            self.message.show_message("error", str(error), "Chọn chỗ khác", retry)

        self.read(work, saved, failed, key="file")

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
    ws: Workspace,
    path: Path,
    sheet: str | None,
    fields: dict[str, ListField | None] | None,
    heading_rows: tuple[int, ...],
    progress: Progress,
) -> ListPreview:
    """Read and compare, with the person's own reading of the columns when there is one."""
    mapping = None
    if fields is not None:
        from app.office.member_list import ColumnMapping

        mapping = ColumnMapping(heading_rows, fields)
    progress.step(0, 1, "Đọc danh sách")
    looked_at = preview_member_import(ws, path, sheet, mapping)
    progress.step(1, 1, "Đã đọc xong")
    return looked_at
