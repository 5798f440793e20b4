"""Mọi việc: the actions looked for, the newest first, older ones on request; one of them beside the list."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QBoxLayout

from app.domain.errors import UserError
from app.domain.progress import Progress
from app.domain.text import lower_first
from app.services.history import ActionLine, HistoryQuery, action_changes, list_actions
from app.services.history_lines import ChangeLine
from app.services.history_paper import PrintedHistory, history_pages, save_history
from app.services.members import list_members
from app.services.page_pictures import PagePictures
from app.services.undo import can_undo, undo_action
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import logical_height, logical_width
from app.ui.parts.printers import Printers, page_range, print_pages
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.settings.history_filters import HistoryFilters
from app.ui.screens.settings.history_side import HistorySide
from app.ui.theme import px, theme

PAGE = 200
_MOST_SHOWN = 60
_LEAST_LIST = 150
_LOW, _NARROW, _SMALL = 600, 1000, 760  # of the window's height and width at 100 %

_COLUMNS: tuple[TableColumn[ActionLine], ...] = (
    TableColumn("Lúc", lambda line: line.day_and_time, width=130, sort_key=lambda line: line.seq),
    TableColumn("Người làm", lambda line: line.who, width=120, stretch=1, bold=True),
    TableColumn("Việc", lambda line: line.name, width=130, stretch=3, below=lambda line: line.about),
)


@dataclass(frozen=True, slots=True)
class _Looked:
    """One action as the side shows it."""

    line: ActionLine
    changes: tuple[ChangeLine, ...]
    why_not: str


def _look(ws: Workspace, line: ActionLine) -> _Looked:
    return _Looked(line, action_changes(ws, line.id, _MOST_SHOWN), can_undo(ws, line.id))


class HistoryList(DeskPage):
    """Looking changes nothing; an action is taken back only by its button."""

    topics = frozenset(Topic) - {Topic.DRAFTS}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._printers = Printers()
        scroll = ScrollBody(margins=(0, 0, 0, 0), spacing=10, fills=True)  # at the largest letters
        Column(self, spacing=0).addWidget(scroll)
        column = scroll.body
        self.filters = HistoryFilters(desk.years, desk.ws.today())
        self.filters.changed.connect(self._read_first)
        self.filters.words.down_pressed.connect(lambda: self.table.setFocus())
        column.addWidget(self.filters)
        self.message = MessageBar()
        column.addWidget(self.message)
        row = self._sides = Row(spacing=14)
        left = Column(spacing=8)
        self.table: RecordTable[ActionLine] = RecordTable(_COLUMNS, lambda line: line.id, name="Nhật ký")
        self.table.remember_widths(desk.preferences)
        self.table.current_changed.connect(self._show_current)
        left.addWidget(self.table, 1)
        left.addLayout(self._foot())
        row.addLayout(left, 1)
        self.side = HistorySide()
        self.side.undo_wanted.connect(self._undo)
        row.addWidget(self.side)
        column.addLayout(row, 1)
        self._lines: tuple[ActionLine, ...] = ()
        self._query = HistoryQuery()
        theme.changed.connect(self._fit)
        self._fit()

    def _foot(self) -> Row:
        foot = Row(spacing=10)
        self.count = Label("", "cap", "ink2", wrap=False)
        self.more = make_button("ghost", "Xem việc cũ hơn", "chevron-down", on_click=self._read_more)
        foot.addWidget(self.count)
        foot.addWidget(self.more)
        foot.addStretch(1)
        self.save = make_button("outlined", "Lưu thành PDF", "file-down", on_click=self.save_pdf)
        self.print = make_button("outlined", "In", "printer", "Ctrl+P", self.print_all)
        foot.addWidget(self.save)
        foot.addWidget(self.print)
        return foot

    def _fit(self) -> None:
        self.filters.be_low(low=logical_height(self.window()) < _LOW)
        narrow = logical_width(self) < _NARROW
        is_small = logical_width(self) < _SMALL
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.TopToBottom if is_small else directions.LeftToRight)
        self.table.setMinimumHeight(px(_LEAST_LIST))
        self.side.fit(narrow=narrow, below=is_small)
        for button in (self.save, self.print):
            button.set_compact(narrow)
        self.more.set_words("Cũ hơn" if narrow else "Xem việc cũ hơn")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def reload(self) -> None:
        self.read(partial(list_members, self.desk.ws), self.filters.offer_people, key="people")
        self._read(max(PAGE, len(self._lines)))

    def _read_first(self) -> None:
        self._read(PAGE)

    def _read(self, limit: int) -> None:
        query = self._query = self.filters.query()
        work = partial(list_actions, self.desk.ws, limit, query)
        self.read(work, partial(self._show, limit), key="actions")

    def _show(self, limit: int, lines: tuple[ActionLine, ...]) -> None:
        self._lines = lines
        self.table.set_records(lines)
        self._tell(has_more=len(lines) == limit)

    def _read_more(self) -> None:
        work = partial(list_actions, self.desk.ws, PAGE, self._query, self._lines[-1].seq)
        self.read(work, self._add, key="actions")

    def _add(self, older: tuple[ActionLine, ...]) -> None:
        self._lines = (*self._lines, *older)
        self.table.set_records(self._lines)
        self._tell(has_more=len(older) == PAGE)
        self.table.setFocus()

    def _tell(self, *, has_more: bool) -> None:
        count = len(self._lines)
        self.more.setVisible(has_more)
        if not count:
            is_search = self._query != HistoryQuery()
            self.count.setText("Không có việc nào như thế." if is_search else "Sổ chưa ghi việc nào.")
        else:
            self.count.setText(f"{count} việc gần nhất" if has_more else f"{count} việc, đủ từ đầu")
        for button in (self.save, self.print):
            button.setEnabled(bool(count))

    def _show_current(self, line: ActionLine | None) -> None:
        if line is None:
            self.side.clear()
        else:
            self.read(partial(_look, self.desk.ws, line), self._show_looked, key="changes")

    def _show_looked(self, looked: _Looked) -> None:
        may = not self.desk.ws.read_only
        self.side.show_action(looked.line, looked.changes, looked.why_not, may=may)

    # Taking back

    def _undo(self, line: ActionLine) -> None:
        if self.desk.dialogs.ask(
            f"Hoàn tác: {line.name[:1].lower()}{line.name[1:]}?",
            f"Những gì việc này đổi lúc {line.day_and_time} trở lại như trước đó. Nhật ký ghi cả hai việc; "
            "hoàn tác nhầm thì làm lại được.",
            act_label="Hoàn tác",
        ):
            work = partial(undo_action, self.desk.ws, line.id)
            self.write(work, changes=set(Topic), on_done=self._undone, on_error=self._refused)

    def _undone(self, line: ActionLine) -> None:
        self.message.close_message()
        again = partial(undo_action, self.desk.ws, line.id)

        def redo() -> None:
            self.write(again, changes=set(Topic), on_done=lambda _line: None)

        self.desk.say_done(f"Đã {lower_first(line.name)}.", redo)

    def _refused(self, error: UserError) -> None:
        self.message.show_message("warning", str(error), "Đã rõ", self.message.close_message)

    # Paper

    def save_pdf(self) -> None:
        """Ask where to, and save what is looked for."""
        target = self.desk.dialogs.choose_save_file(
            "Lưu nhật ký thành PDF", "Nhật ký sổ.pdf", "Tệp PDF (*.pdf)", purpose="print"
        )
        if target is not None:
            self.message.close_message()
            self.desk.background.long(
                self,
                partial(_save, self.desk.ws, self._query, target),
                title=f"Lưu {target.name}",
                on_done=self._saved,
                on_error=self._refused,
            )

    def _saved(self, saved: PrintedHistory) -> None:
        words = f"Đã lưu {saved.action_count} việc, {saved.page_count} trang vào {saved.path.name}"
        self.desk.say_done(f"{words}, thư mục {saved.path.parent}.")

    def print_all(self) -> None:
        """Make the pages of what is looked for, and send them to a printer."""
        if not self._printers.are_there():
            words = "Không thấy máy in. Lưu thành PDF để in ở máy khác?"
            self.message.show_message("warning", words, "Lưu thành PDF", self.save_pdf)
            return
        self.desk.background.long(
            self,
            lambda progress: history_pages(self.desk.ws, self._query, progress),
            title="Dựng nhật ký để in",
            on_done=self._print,
            on_error=self._refused,
        )

    def _print(self, pages: PagePictures) -> None:
        count = pages.page_count
        printer = self._printers.choose(self.window(), "Nhật ký sổ", count, two_sided=True, lying=False)
        if printer is None:
            return
        where = printer.printerName() or "máy in"
        self.desk.background.long(
            self,
            partial(_send, printer, pages),
            title=f"In trên {where}",
            on_done=lambda sent: self.desk.say_done(f"Đã chuyển {sent} trang sang {where}."),
            on_error=self._refused,
        )


def _save(ws: Workspace, query: HistoryQuery, target: Path, progress: Progress) -> PrintedHistory:
    return save_history(ws, query, target, progress)


def _send(printer: QPrinter, pages: PagePictures, progress: Progress) -> int:
    first, last = page_range(printer, pages.page_count)
    return print_pages(printer, pages, list(range(first, last + 1)), progress)
