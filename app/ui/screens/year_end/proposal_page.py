"""Bước 7 của cuối năm: the cell's proposals, taken over from the vote at once or changed one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.errors import UserError
from app.domain.grade import Grade
from app.domain.review import GradeStage
from app.services.drafts import find_draft
from app.services.grade_table import GradeRow, GradeTable, list_grades
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import EmptyState
from app.ui.parts.page import ActionBar, PageHeader
from app.ui.screens.year_end.cap_card import CapCard
from app.ui.screens.year_end.grade_words import (
    civil_words,
    differs,
    name_column,
    programme_column,
    row_glance,
    stage_column,
)
from app.ui.screens.year_end.graded_table import GradedTable
from app.ui.screens.year_end.proposal_acts import ProposalActs, build_side
from app.ui.screens.year_end.record_bench import ALL, RecordBench
from app.ui.screens.year_end.side_panel import Act
from app.ui.screens.year_end.source_row import SourceRow
from app.ui.theme import px

_FORM = "year_end_proposal"
_CHANGES = {Topic.REVIEWS}
_PROPOSED, _VOTE = GradeStage.PROPOSED, GradeStage.VOTE
_FILTERS = (("open", "Chưa đề xuất"), ("differs", "Khác biểu quyết"), ("note", "Cần xem"))
_KEPT_BY: dict[str, Callable[[GradeRow], bool]] = {
    "open": lambda row: row.is_asked and row.grade(_PROPOSED) is None,
    "differs": lambda row: differs(row, _PROPOSED, _VOTE),
    "note": lambda row: bool(row.notes),
}
_CAP_WIDTH = 360


@dataclass(frozen=True, slots=True)
class _Opened:
    table: GradeTable
    draft: dict[str, Any] | None


def _open(ws: Workspace, year: int) -> _Opened:
    draft = find_draft(ws, _FORM, str(year))
    return _Opened(list_grades(ws, year), draft.payload if draft else None)


class ProposalPage(DeskPage):
    """Everybody with the five values side by side. ``closed``: back to the steps."""

    closed = Signal()
    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES, Topic.MEETINGS})
    follows_year = True
    help_topic = "reviews"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: GradeTable | None = None
        self._wanted_id = ""
        self._asked_year = 0
        self._build()
        self.drafts = DraftKeeper(self, _FORM, self.side.content)
        self.acts = ProposalActs(self, self.table, self.side, self.source, self._find)
        self.acts.keep_in(self.drafts)
        self.drafts.kept.connect(lambda at: self.bar.set_saved(f"Đã lưu nháp lúc {at[11:16]}."))
        self.side.edited.connect(self.drafts.touch)
        for keys, act in (("F2", self._begin), ("Ctrl+Return", self.take_votes)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _build(self) -> None:
        back = make_button("outlined", "Cuối năm", "arrow-left", on_click=self.go_back)
        back.set_key("Esc")
        self.cap_button = make_button("outlined", "Tỉ lệ xuất sắc", "chart-no-axes-column")
        self.cap_button.setCheckable(True)
        self.cap_button.toggled.connect(self._turn_cap)
        self.print = make_button("outlined", "In tổng hợp", "printer", "Ctrl+P", self._print)
        self.header = PageHeader("Chi bộ đề xuất", "", (self.cap_button, self.print), lead=back)
        column = Column(self, spacing=0)
        column.addWidget(self.header)
        placeholder = "ví dụ: Biên bản kiểm phiếu ngày 12/12/2025"
        self.source = SourceRow("Ngày đề xuất", "Căn cứ", placeholder)
        column.addWidget(self.source)
        self.side = build_side()
        self.side.opened.connect(lambda: self.cap_button.setChecked(False))
        row = Row(spacing=0)
        self.bench = RecordBench(self._build_table(), self.side, _FILTERS, EmptyState("scale", "", ""))
        self.bench.filter.chosen.connect(self._filter)
        row.addWidget(self.bench, 1)
        self.cap_area = ScrollBody(spacing=0, margins=(0, 16, 24, 16))
        self.cap = CapCard(self.desk)
        self.cap_area.body.addWidget(self.cap)
        self.cap_area.hide()
        row.addWidget(self.cap_area)
        column.addLayout(row, 1)
        self.take = make_button("filled", "Lấy kết quả biểu quyết", "check-check", on_click=self.take_votes)
        self.take.set_key("Ctrl+Enter", bind=False)  # the page's own key takes the open form too
        self.bar = ActionBar(self.take)
        column.addWidget(self.bar)

    def _build_table(self) -> GradedTable[GradeRow]:
        columns = (
            name_column(),
            stage_column("Tự nhận", GradeStage.SELF, 82),
            stage_column("Chi ủy", GradeStage.COMMITTEE, 74),
            stage_column("Biểu quyết", _VOTE, 96),
            programme_column(),
            stage_column("Đề xuất", _PROPOSED, 82),
        )
        self.table: GradedTable[GradeRow] = GradedTable(columns, key=lambda row: row.id, name="Mức đề xuất")
        self.table.remember_widths(self.desk.preferences)
        self.table.opened.connect(lambda _row: self._begin())
        self.table.current_changed.connect(self._show_current)
        self.table.graded.connect(self._key_grade)
        return self.table

    def _turn_cap(self, on: bool) -> None:
        self.cap_area.setFixedWidth(px(_CAP_WIDTH))
        self.cap_area.setVisible(on)
        self.side.setVisible(not on)

    # Reading

    def reload(self) -> None:
        if self.side.is_open and self.shown is not None and self.shown.year != self.desk.year:
            self.drafts.flush()
            self.side.close_task()
        self.read(partial(_open, self.desk.ws, self.desk.year), self._show, self._not_read)

    def _not_read(self, error: UserError) -> None:
        self.bench.empty.set_words(f"Năm {self.desk.year} chưa đề xuất được", str(error))
        self.bench.show_list(is_empty=True)
        self.bar.hide()

    def _show(self, opened: _Opened) -> None:
        table = opened.table
        self.shown = table
        self.header.set_title(f"Chi bộ đề xuất {table.year}")
        done, voted = len(table.asked()) - len(table.without(_PROPOSED)), len(self._voted())
        self.header.set_facts(f"Đã đề xuất {done}/{len(table.asked())} · số 1 đến 4 chọn mức, F2 ghi chú")
        self.table.set_records(table.rows)
        counts = {key: sum(kept(row) for row in table.rows) for key, kept in _KEPT_BY.items()}
        self.bench.filter.set_counts({ALL: len(table.rows), **counts})
        self.bench.empty.set_words("Chưa có ai để đề xuất", "Thêm đảng viên ở trang Đảng viên.")
        self.bench.show_list(is_empty=not any(row.member for row in table.rows))
        self.bar.show()
        self._offer_source(table)
        self.take.set_words(f"Lấy kết quả biểu quyết cho {voted} dòng" if voted else "Lấy kết quả biểu quyết")
        self.source.let_write(self._may_write)
        self.take.setEnabled(self._may_write and bool(voted))
        self._say_standing(table)
        self._restore(opened)
        if not self.table.choose(self._wanted_id) and self.table.current_record() is None and table.rows:
            self.table.choose(table.rows[0].id)
        self._wanted_id = ""
        self._show_current(self.table.current_record())

    def _offer_source(self, table: GradeTable) -> None:
        """The meeting's day and its tally, offered for each year and never over what was typed."""
        if self._asked_year != table.year:
            self._asked_year = table.year
            self.source.clear()
        if table.meeting_on is not None:
            self.source.offer(table.meeting_on, f"Biên bản kiểm phiếu ngày {format_date(table.meeting_on)}")

    def _say_standing(self, table: GradeTable) -> None:
        message = self.bench.message
        if table.is_closed:
            message.show_message("info", f"Năm {table.year} đã khóa nên các mức chỉ để xem.")
        elif table.meeting_on is None:
            words = "Chưa ghi cuộc họp kiểm điểm nên chưa có kết quả biểu quyết để lấy."
            message.show_message("info", words, "Ghi cuộc họp", self._to_meetings)
        elif not any(row.grade(_VOTE) for row in table.rows):
            words = "Buổi họp kiểm điểm chưa ghi kết quả biểu quyết."
            message.show_message("info", words, "Mở buổi họp", self._to_meetings)
        elif missing := table.civil_missing():
            words = civil_words(table, self.desk.ws.today())
            ids = ",".join(row.id for row in missing)
            message.show_message("warning", words, "In trích gửi cơ quan", partial(self._print_extracts, ids))
        else:
            message.close_message()
        self.bar.set_note("* cần cấp có thẩm quyền xem xét. Chương trình chỉ gợi ý, chi bộ đề xuất.")

    def _restore(self, opened: _Opened) -> None:
        if self.side.is_open:
            return
        draft, year = opened.draft, opened.table.year
        self.drafts.begin(str(year), is_stored=draft is not None)
        row = opened.table.row(str(draft["record"])) if draft else None
        if draft and row is not None and self._may_write:
            self.table.choose(row.id)
            self.acts.open_form(row, draft["texts"])

    def _find(self, subject: str) -> GradeRow | None:
        return self.shown.row(subject) if self.shown else None

    def _voted(self) -> dict[str, Grade]:
        """Who has a vote's result and no proposal yet."""
        rows = self.shown.rows if self.shown else ()
        return {row.id: vote for row in rows if (vote := row.grade(_VOTE)) and row.grade(_PROPOSED) is None}

    def _filter(self, key: str) -> None:
        self.table.filter(_KEPT_BY.get(key))
        self.bench.say_found()

    @property
    def _may_write(self) -> bool:
        return self.shown is not None and not self.shown.is_closed and not self.desk.ws.looks_only

    # One row

    def _show_current(self, row: GradeRow | None) -> None:
        if row is None:
            self.side.show_glance(None)
            return
        acts = [Act("Đổi mức, ghi chú…", "pencil", self._begin, "F2")] if self._may_write else []
        acts.append(Act("Mở bản kiểm điểm", "file-text", partial(self._to_sheet, row)))
        self.side.show_glance(row_glance(row, acts))

    def _key_grade(self, grade: Grade) -> None:
        row = self.table.current_record()
        if row is not None and self._may_write:
            self.acts.key_grade(row, grade)

    def _begin(self) -> None:
        row = self.table.current_record()
        if row is not None and self._may_write:
            self.acts.begin(row)

    def take_votes(self) -> None:
        """Ctrl+Enter: record the open form, else take over the vote's result for everybody."""
        if self.side.is_open:
            self.acts.take()
        elif self._may_write:
            self.acts.take_votes(self._voted())

    # Ways on

    def _print(self) -> None:
        self.desk.go_to("papers", paper="summary")

    def _print_extracts(self, ids: str) -> None:
        """The extract of the pledge year for the head of each office."""
        self.desk.go_to("papers", paper="extract", member=ids)

    def _to_meetings(self) -> None:
        self.desk.go_to("meetings", kind="review")

    def _to_sheet(self, row: GradeRow) -> None:
        step = {"step": "collective"} if row.key.is_collective else {}
        self.desk.go_to("reviews", member=row.id, **step)

    def show_place(self, member: str = "", **_more: str) -> None:
        """Put the cursor on a row."""
        self._wanted_id = member
        if self.shown is not None and member:
            self.table.choose(member)

    def place(self) -> dict[str, str]:
        """The row under the cursor."""
        row = self.table.current_record()
        return {"member": row.id} if row else {}

    def go_back(self) -> bool:
        """From the form to the list, from the list to the steps."""
        if self.side.is_open:
            self.side.drop()
        else:
            self.closed.emit()
        return True

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.table
