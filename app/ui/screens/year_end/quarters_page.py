"""Quarterly sheets of who leads (Mẫu 05), reviews of a term or made when needed; they feed the year."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.errors import UserError, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import QUARTER_NUMERALS, ReviewKey, quarter_key
from app.domain.rule_set import PeriodKind
from app.services.quarters import QUARTERS, QuarterBoard, leave_unrated, list_quarters, period_key
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE
from app.ui.parts.fields import Choice, FormField, LineField, TextArea
from app.ui.parts.layout import Column
from app.ui.parts.messages import EmptyState
from app.ui.parts.page import PageHeader, YearSwitch
from app.ui.screens.year_end.graded_table import GradedTable
from app.ui.screens.year_end.quarter_rows import PeriodLine, lines_of, quarter_columns, sheet_words
from app.ui.screens.year_end.record_bench import ALL, RecordBench
from app.ui.screens.year_end.review_editor import ReviewEditor
from app.ui.screens.year_end.side_panel import Act, Glance, SidePanel, Task

_KINDS = (
    (PeriodKind.QUARTER.value, "Quý (viết thêm một người)"),
    (PeriodKind.TERM.value, "Nhiệm kỳ"),
    (PeriodKind.EXTRAORDINARY.value, "Đột xuất, khi cần"),
)

_QUARTERS = tuple((str(number), f"Quý {QUARTER_NUMERALS[number - 1]}") for number in QUARTERS)


class QuartersPage(DeskPage):
    """The list of quarters; a sheet opens in its place. ``closed``: back to where it was opened from."""

    closed = Signal()
    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES})
    follows_year = True
    help_topic = "reviews"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: QuarterBoard | None = None
        self.editor: ReviewEditor | None = None
        self._stack = QStackedWidget()
        Column(self, spacing=0).addWidget(self._stack)
        self._list = QWidget()
        self._stack.addWidget(self._list)
        self._build()

    def _build(self) -> None:
        back = make_button("outlined", "Cuối năm", "arrow-left", on_click=self.go_back)
        back.set_key("Esc")
        self.years = YearSwitch(self.desk.years, self.desk.year)
        self.years.year_chosen.connect(self.desk.set_year)
        self.other = make_button("outlined", "Kỳ khác…", "plus", "Ctrl+N", self.open_form)
        self.print = make_button("outlined", "In bản quý", "printer", "Ctrl+P", self._print)
        actions = (self.other, self.print)
        self.header = PageHeader("Quý và kỳ khác", "", actions, year=self.years, lead=back)
        column = Column(self._list, spacing=0)
        column.addWidget(self.header)
        self.table: GradedTable[PeriodLine] = GradedTable(
            quarter_columns(), key=lambda line: line.id, name="Bản tự đánh giá quý, kỳ khác"
        )
        self.table.remember_widths(self.desk.preferences)
        self.table.opened.connect(self._open_line)
        self.table.current_changed.connect(self._show_current)
        self.table.graded.connect(self._open_keyed)
        fields = {
            "kind": FormField("Kỳ", Choice(_KINDS, placeholder="chọn kỳ")),
            "subject": FormField("Ai kiểm điểm", Choice((), placeholder="chọn người, tập thể")),
            "quarter": FormField("Quý", Choice(_QUARTERS, placeholder="chọn quý")),
            "reason": FormField("Lý do chưa xếp loại", TextArea("", "để trống là bỏ ghi này", min_lines=3)),
            "period": FormField("Ghi rõ kỳ", LineField("", "2020-2025, tháng 6/2025, hoặc quý 1 đến 4")),
        }
        self.side = SidePanel("Dòng đang chọn", fields, "Chọn một người để mở bản của từng quý.")
        self.side.taken.connect(self._take)
        self.side.dropped.connect(self._dropped)
        empty = EmptyState("calendar-check", "", "")
        self.bench = RecordBench(
            self.table, self.side, (("open", "Còn quý trống"), ("other", "Kỳ khác")), empty
        )
        self.bench.filter.chosen.connect(self._filter)
        column.addWidget(self.bench, 1)

    # Reading

    def reload(self) -> None:
        if self.side.is_open and self.shown is not None and self.shown.year != self.desk.year:
            self.side.close_task()
        self.years.set_years(self.desk.years)
        self.years.set_year(self.desk.year)
        self.read(partial(list_quarters, self.desk.ws, self.desk.year), self._show, self._not_read)

    def _not_read(self, error: UserError) -> None:
        self.bench.empty.set_words(f"Năm {self.desk.year} chưa có bản quý", str(error))
        self.bench.show_list(is_empty=True)
        self.other.setEnabled(False)

    def _show(self, board: QuarterBoard) -> None:
        self.shown = board
        lines = lines_of(board)
        self.header.set_title(f"Quý và kỳ khác {board.year}")
        self.header.set_facts("Mẫu 05 cho cá nhân giữ chức vụ; quý IV gộp vào năm · số 1 đến 4 mở quý")
        self.table.set_records(lines)
        is_open = sum(_has_open_quarter(line) for line in lines)
        self.bench.filter.set_counts({ALL: len(lines), "open": is_open, "other": len(board.others)})
        words = board.no_quarters or (
            "Ở đây có bản quý của người giữ chức vụ lãnh đạo, quản lý. Bấm Kỳ khác để viết cho người khác."
        )
        self.bench.empty.set_words(f"Năm {board.year} chưa có bản quý nào", words)
        self.bench.show_list(is_empty=not lines)
        self.other.setEnabled(self._may_write and not board.no_quarters)
        self.print.setEnabled(bool(lines))
        subject = self.side.fields["subject"].field
        assert isinstance(subject, Choice)
        subject.set_options(board.subjects)
        if self.table.current_record() is None and lines:
            self.table.choose(lines[0].id)
        self._show_current(self.table.current_record())

    @property
    def _may_write(self) -> bool:
        return self.shown is not None and not self.shown.is_closed and not self.desk.ws.looks_only

    def _filter(self, key: str) -> None:
        kept = {"open": _has_open_quarter, "other": lambda line: line.other is not None}
        self.table.filter(kept.get(key))
        self.bench.say_found()

    def _show_current(self, line: PeriodLine | None) -> None:
        if line is None:
            self.side.show_glance(None)
            return
        acts: list[Act] = []
        lines: list[tuple[str, str]] = []
        if line.leader is not None:
            for quarter in QUARTERS:
                name = f"quý {QUARTER_NUMERALS[quarter - 1]}"
                acts.append(Act(f"Mở {name}", "file-text", partial(self._open, line, quarter)))
                if line.sheet(quarter) is not None:
                    lines.append((f"Q{name[1:]}", sheet_words(line.sheet(quarter))))
                if why := line.why_unrated(quarter):
                    lines.append(("", f"Chưa xếp loại: {why}"))
            if self._may_write:
                acts.append(Act("Chưa xếp loại…", "pencil", partial(self._open_unrated, line)))
            lines.append(("Chức vụ trong chi bộ", line.leader.post))
            if line.has_failed_quarter:
                lines.append(("Cần xem", "Một quý không hoàn thành thì năm không xếp hoàn thành xuất sắc."))
        else:
            acts.append(Act("Mở bản này", "file-text", partial(self._open, line, 1)))
            lines.append((line.period, sheet_words(line.other.review) if line.other else ""))
        self.side.show_glance(Glance(line.name, (UNCHECKED_SOURCE,), tuple(lines), tuple(acts)))

    # Opening and beginning

    def _open_line(self, line: PeriodLine) -> None:
        """Enter: the first quarter still open, else the last."""
        open_ones = [quarter for quarter in QUARTERS if line.leader and line.sheet(quarter) is None]
        self._open(line, open_ones[0] if open_ones else QUARTERS[-1])

    def _open_keyed(self, figure: Grade) -> None:
        """Figures 1 to 4 open the quarter of that number."""
        line = self.table.current_record()
        if line is not None:
            self._open(line, tuple(Grade).index(figure) + 1)

    def _open(self, line: PeriodLine, quarter: int) -> None:
        key = line.key(quarter)
        if key is not None:
            self.open_sheet(key)

    def open_sheet(self, key: ReviewKey) -> None:
        """Open a sheet in place of the list."""
        self._leave_editor()
        self.editor = ReviewEditor(self.desk, key)
        self.editor.closed.connect(self._back_to_list)
        self._stack.addWidget(self.editor)
        self._stack.setCurrentWidget(self.editor)

    def open_form(self) -> None:
        """Kỳ khác…: whose review of which period."""
        if self._may_write:
            task = Task("period", "", "Kiểm điểm kỳ khác", "Mở bản", ("kind", "subject", "period"))
            self.side.open_task(task)

    def _open_unrated(self, line: PeriodLine) -> None:
        words = (
            "Ví dụ: đi bồi dưỡng, nghỉ ốm, thai sản từ 02 tháng trong quý; mới bổ nhiệm chưa đủ 01 tháng; "
            "đang bị kiểm tra dấu hiệu vi phạm (chưa đối chiếu bản gốc)."
        )
        task = Task("unrated", line.id, f"{line.name}: chưa xếp loại", "Ghi", ("quarter", "reason"), words)
        self.side.open_task(task)

    def _leave_unrated(self, member_id: str, texts: dict[str, str]) -> None:
        if not texts["quarter"]:
            self.side.say_problem("quarter", "Chưa chọn quý.")
            return
        key = quarter_key(member_id, self.desk.year, int(texts["quarter"]))

        def done(_none: None) -> None:
            self.side.close_task()
            self.desk.say_done(f"Đã ghi {key.period_in_text}.")

        work = partial(leave_unrated, self.desk.ws, key, texts["reason"])
        self.write(work, changes={Topic.REVIEWS}, on_done=done)

    def _take(self) -> None:
        texts = self.side.texts()
        if self.side.task is not None and self.side.task.form == "unrated":
            self._leave_unrated(self.side.task.record, texts)
            return
        if not texts["kind"]:
            self.side.say_problem("kind", "Chưa chọn kỳ.")
            return
        try:
            kind = PeriodKind(texts["kind"])
            key = period_key(texts["subject"], self.desk.year, kind, texts["period"])
        except ValidationFailed as error:
            self.side.show_problems(error.problems)
            return
        self.side.close_task()
        self.open_sheet(key)

    def _dropped(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_editor(self) -> None:
        if self.editor is not None:
            editor, self.editor = self.editor, None
            self._stack.setCurrentWidget(self._list)
            self._stack.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _back_to_list(self) -> None:
        self._leave_editor()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Ways on

    def _print(self) -> None:
        self.desk.go_to("papers", paper="quarter")

    def go_back(self) -> bool:
        """From a sheet to the list, from the form to the list, from the list to the steps."""
        if self.editor is not None:
            return self.editor.go_back()
        if self.side.is_open:
            self.side.drop()
        else:
            self.closed.emit()
        return True

    def first_focus(self) -> QWidget | None:
        """The list, or the editor's field."""
        return self.editor.first_focus() if self.editor is not None else self.table


def _has_open_quarter(line: PeriodLine) -> bool:
    return line.leader is not None and any(line.sheet(quarter) is None for quarter in (1, 2, 3))
