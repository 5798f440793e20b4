"""Bước 4 của cuối năm: points own and appraised, what the rules allow, the committee's view row by row."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.errors import UserError, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import ReviewKey
from app.domain.rule_set import GradeMeasure
from app.services.appraisal import AppraisalList, list_appraisals, set_committee_view
from app.services.drafts import StoredDraft, find_draft
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField, SearchField
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import ActionBar, PageHeader, logical_width
from app.ui.parts.segmented import Segmented
from app.ui.screens.year_end.appraisal_rows import AppraisalRow, ViewEntry, entries_kept, entries_of
from app.ui.screens.year_end.appraisal_side import AppraisalSide
from app.ui.screens.year_end.appraisal_table import AppraisalTable, appraisal_columns
from app.ui.theme import px
from app.ui.tokens import FULL_WIDTH

_FORM = "appraisal"
_ALL = "all"
_KEPT_BY = {
    "open": lambda row: not row.grade,
    "differs": lambda row: row.differs,
    "competent": lambda row: row.line.proposal is not None and row.line.proposal.needs_competent_level,
}
_FILTERS = (
    (_ALL, "Tất cả"),
    ("open", "Chưa nhận xét"),
    ("differs", "Điểm khác"),
    ("competent", "Cần xem xét"),
)


@dataclass(frozen=True, slots=True)
class _Opened:
    appraisals: AppraisalList
    draft: StoredDraft | None


def _open(ws: Workspace, year: int) -> _Opened:
    return _Opened(list_appraisals(ws, year), find_draft(ws, _FORM, str(year)))


class AppraisalPage(DeskPage):
    """The list with the inspector beside it. ``closed``: back to the steps."""

    closed = Signal()
    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES})
    follows_year = True
    help_topic = "reviews"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: AppraisalList | None = None
        self.table: AppraisalTable
        self.entries: dict[str, ViewEntry] = {}
        self._current, self._wanted = "", ""
        self._drafted = 0
        self._has_points: bool | None = None
        self._keeper = DraftKeeper(self, _FORM, self._typed)
        self._build()

    # What it is made of

    def _build(self) -> None:
        back = make_button("outlined", "Các bước", "arrow-left", "Esc", self.go_back)
        self.header = PageHeader("Chi ủy thẩm định, nhận xét", "", lead=back)
        column = Column(self, spacing=0)
        column.addWidget(self.header)
        self._body = ScrollBody(spacing=12, fills=True)
        self.message = MessageBar()
        self._body.body.addWidget(self.message)
        self._body.body.addLayout(self._build_tools())
        self.side = AppraisalSide()
        self.side.edited.connect(self._edited)
        self.side.sheet_requested.connect(self.open_sheet)
        self._sides = Row(spacing=14)
        self._body.body.addLayout(self._sides, 1)
        self._sides.addWidget(self.side)
        column.addWidget(self._body, 1)
        self.empty = EmptyState("scale", "", "")
        self.empty.hide()
        column.addWidget(self.empty, 1)
        self.next = make_button("filled", "Ghi, sang người sau", "check", "Ctrl+Enter", self.take, large=True)
        self.bar = ActionBar(self.next)
        column.addWidget(self.bar)
        self._keeper.kept.connect(lambda at: self.bar.set_saved(f"Đã lưu nháp lúc {at[11:16]}."))
        self._make_table(has_points=True)

    def _build_tools(self) -> Row:
        self._tools = Row(spacing=12)
        self.search = SearchField("Tìm tên, có dấu hoặc không dấu")
        self.filter = Segmented(_FILTERS, name="Lọc", chosen=_ALL)
        self.filter.chosen.connect(self._filter)
        self.day = DateField()
        self.day.edited.connect(self._keeper.touch)
        self.day_field = FormField("Ngày chi ủy họp", self.day)
        top = Qt.AlignmentFlag.AlignBottom
        self._tools.addWidget(self.search, 0, top)
        self._tools.addWidget(self.filter, 1, top | Qt.AlignmentFlag.AlignLeft)
        self._tools.addWidget(self.day_field, 0, top)
        return self._tools

    def _make_table(self, *, has_points: bool) -> None:
        """The columns follow the year's rules: before 2025 there are no points."""
        if has_points == self._has_points:
            return
        if self._has_points is not None:
            self._sides.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self._has_points = has_points
        name = "Chi ủy nhận xét" if has_points else "Chi ủy nhận xét theo cấp độ"
        self.table = AppraisalTable(
            appraisal_columns(has_points=has_points), key=lambda row: row.id, name=name
        )
        self.table.remember_widths(self.desk.preferences)
        self.table.setMinimumHeight(px(170))
        self.table.opened.connect(lambda _row: self.side.note.setFocus())
        self.table.current_changed.connect(self._turn)
        self.table.grade_keyed.connect(self._key_grade)
        self.search.search.connect(self.table.search)
        self.search.down_pressed.connect(self.table.setFocus)
        self._sides.insertWidget(0, self.table, 1)

    # Reading

    def reload(self) -> None:
        self.read(partial(_open, self.desk.ws, self.desk.year), self._show, self._not_shown)

    def _not_shown(self, error: UserError) -> None:
        self._body.hide()
        self.bar.hide()
        self.empty.show()
        self.empty.set_words(f"Năm {self.desk.year} chưa thẩm định được", str(error))

    def _show(self, opened: _Opened) -> None:
        found = self.shown = opened.appraisals
        if self._drafted != found.year:
            self._drafted, self.entries = found.year, {}
            self._keeper.begin(str(found.year), is_stored=opened.draft is not None)
            self._take_draft(opened.draft)
        self._make_table(has_points=found.rule_set.measure is GradeMeasure.POINTS)
        self.header.set_title(f"Chi ủy thẩm định, nhận xét {found.year}")
        self._body.setVisible(bool(found.lines))
        self.bar.setVisible(bool(found.lines))
        self.empty.setVisible(not found.lines)
        self.empty.set_words("Năm này chưa có ai được xếp loại", "Bước 1 chốt danh sách được kiểm điểm.")
        self._show_rows()

    def _show_rows(self) -> None:
        if self.shown is None:
            return
        rows = [AppraisalRow(line, self.entries.get(line.member.id)) for line in self.shown.lines]
        self.table.set_records(rows)
        self.filter.set_counts({_ALL: len(rows)} | {k: sum(map(kept, rows)) for k, kept in _KEPT_BY.items()})
        self.header.set_facts(
            f"Đã nhận xét {self.shown.viewed}/{len(rows)} · số 1 đến 4 chọn mức, Enter viết lời"
        )
        if rows and (self._wanted or self.table.current_record() is None):
            self.table.choose(self._wanted or rows[0].id)
        self._wanted = ""
        self._show_current()

    def _show_current(self) -> None:
        row = self.table.current_record()
        self._current = row.id if row else ""
        may_write = self._may_write
        self.side.show_row(row, has_points=bool(self._has_points), may_write=may_write)
        self.next.setEnabled(may_write and row is not None)
        self.day.setEnabled(may_write)

    @property
    def _may_write(self) -> bool:
        return self.shown is not None and not self.shown.is_closed and not self.desk.ws.looks_only

    def _filter(self, key: str) -> None:
        self.table.filter(_KEPT_BY.get(key))

    # Writing

    def _key_grade(self, number: int) -> None:
        if self._may_write and self._current:
            self.side.grade.choose_number(number)

    def _edited(self) -> None:
        if self._current and self._may_write:
            self.entries[self._current] = self.side.entry()
            self._keeper.touch()
            self._show_rows()

    def _turn(self, row: AppraisalRow | None) -> None:
        """Another row: what was written of the one before is recorded by itself."""
        before, self._current = self._current, row.id if row else ""
        if before and before != self._current and before in self.entries:
            self._record(before)
        self._show_current()

    def take(self) -> None:
        """Ghi, sang người sau: record this row, go on with the next."""
        row = self.table.current_record()
        if row is None or not self._may_write:
            return
        if row.id in self.entries and not self._record(row.id, is_asked=True):
            return
        following = self.table.records.row_of(row.id) + 1
        if following < len(self.table.records.shown):
            self.table.choose(self.table.records.record_at(following).id)
        self.table.setFocus()

    def _record(self, member_id: str, *, is_asked: bool = False) -> bool:
        """Record one view; what cannot be recorded yet stays as a draft and says why."""
        entry = self.entries[member_id]
        problem = self.day.problem() or ("" if self.day.value() else "Chưa ghi ngày chi ủy họp.")
        self.day_field.set_error(problem)
        if not entry.grade:
            if is_asked:
                self.side.grade_field.set_error("Chưa chọn mức.")
                self.side.grade.setFocus()
            return False
        if problem:
            if is_asked:
                self.day_field.focus_field()
            return False
        key, ws = ReviewKey(member_id, self.desk.year), self.desk.ws
        work = partial(set_committee_view, ws, key, Grade(entry.grade), entry.note, self.day.value())
        done, failed = partial(self._recorded, member_id, entry), partial(self._refused, member_id, entry)
        del self.entries[member_id]
        self.write(work, changes={Topic.REVIEWS}, on_done=done, on_error=failed)
        return True

    def _recorded(self, member_id: str, entry: ViewEntry, _none: None) -> None:
        self._keeper.touch()
        self._keeper.flush()
        self.message.close_message()
        lines = self.shown.lines if self.shown else ()
        name = next((line.member.name for line in lines if line.member.id == member_id), "")
        self.desk.say_done(f"Đã ghi nhận xét của chi ủy: {name}, {Grade(entry.grade).short}.")

    def _refused(self, member_id: str, entry: ViewEntry, error: UserError) -> None:
        self.entries.setdefault(member_id, entry)
        self._keeper.touch()
        self._show_rows()
        if isinstance(error, ValidationFailed):
            self.day_field.set_error(error.problems[0].message)
            self.day_field.focus_field()
        else:
            self.message.show_message("warning", str(error))

    # Drafts

    def _typed(self) -> dict[str, Any] | None:
        return {"day": self.day.text(), "entries": entries_kept(self.entries)} if self.entries else None

    def _take_draft(self, draft: StoredDraft | None) -> None:
        if draft is None or not self._may_write:
            return
        self.day.set_text(draft.payload["day"])
        self.entries = entries_of(draft.payload["entries"])
        words = f"Đã lấy lại {len(self.entries)} nhận xét chưa ghi, gõ lúc {draft.saved_at[11:16]}."
        self.message.show_message("info", words)

    # Ways on

    def open_sheet(self) -> None:
        """Open the sheet of the member under the cursor."""
        if self._current:
            self.desk.go_to("reviews", member=self._current)

    def show_place(self, member: str = "", **_more: str) -> None:
        """Put the cursor on a member."""
        self._wanted = member
        self.refresh()

    def go_back(self) -> bool:
        """Back to the steps; what was typed is recorded, or kept as a draft."""
        if self._current in self.entries:
            self._record(self._current)
        self._keeper.after_kept(self.closed.emit)
        return True

    def first_focus(self) -> QWidget:
        """The list."""
        return self.table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_wide = logical_width(self) >= FULL_WIDTH
        self._sides.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        is_narrow = logical_width(self) < 1000
        self._tools.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self.side.stand_beside(is_wide)
