"""Step 3 of the year-end: everybody's review of the year, the kind of sheet, the five grades."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.domain.grade import SubjectKind
from app.domain.review import ReviewKey
from app.services.members import set_kinds
from app.services.workspace import Act
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, Chip, ChipSpec
from app.ui.parts.fields import Choice, SearchField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import EmptyState
from app.ui.parts.page import ActionBar, PageHeader, YearSwitch, logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.parts.segmented import Segmented
from app.ui.screens.year_end.review_editor import ReviewEditor
from app.ui.screens.year_end.review_rows import ReviewRow, Standing, YearView, read_year, review_key
from app.ui.theme import px
from app.ui.tokens import RAIL_WIDTH

_ALL = "all"
_FILTERS = (
    (_ALL, "Tất cả"),
    ("not_written", "Chưa viết"),
    ("submitted", "Đã gửi"),
    ("proposed", "Đã có đề xuất"),
    ("not_asked", "Không thuộc diện"),
)
_KEPT_BY = {
    "not_written": (Standing.NOT_WRITTEN, Standing.WRITING),
    "submitted": (Standing.SUBMITTED,),
    "proposed": (Standing.PROPOSED, Standing.DECIDED),
    "not_asked": (Standing.NOT_ASKED,),
}
_TONES = {
    Standing.NOT_WRITTEN: ChipSpec(Standing.NOT_WRITTEN.label, "late", state="not_submitted"),
    Standing.WRITING: ChipSpec(Standing.WRITING.label, "late", "pen-line"),
    Standing.SUBMITTED: ChipSpec(Standing.SUBMITTED.label, "pri", state="submitted"),
    Standing.PROPOSED: ChipSpec(Standing.PROPOSED.label, "pri", "check"),
    Standing.DECIDED: ChipSpec(Standing.DECIDED.label, "ok", "check-check"),
    Standing.NOT_ASKED: ChipSpec(Standing.NOT_ASKED.label, "na", state="not_required"),
}
_STAGES = (("Tự nhận", 78), ("Chi ủy", 68), ("Biểu quyết", 94), ("Đề xuất", 76), ("Quyết định", 98))


def _short_grade(at: int, row: ReviewRow) -> str:
    return row.grades[at]


def _columns() -> tuple[TableColumn[ReviewRow], ...]:
    stages = tuple(
        TableColumn(title, partial(_short_grade, at), align="center", width=width, is_searched=False)
        for at, (title, width) in enumerate(_STAGES)
    )
    return (
        TableColumn(
            "Họ và tên",
            lambda row: row.member.name,
            width=150,
            stretch=1,
            bold=True,
            below=lambda row: row.reason,
            sort_key=lambda row: row.member.sort_key,
        ),
        TableColumn("Mẫu", lambda row: row.form, width=76),
        TableColumn("Đối tượng", lambda row: row.kind.short, width=172, role="cap"),
        TableColumn("Bản kiểm điểm", lambda _row: "", width=168, chip=lambda row: _TONES[row.standing]),
        *stages,
    )


class ReviewsPage(DeskPage):
    """The list; a member's review opens in its place. ``closed``: back to the steps of the year-end."""

    closed = Signal()
    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES})
    follows_year = True
    help_topic = "reviews"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: YearView | None = None
        self.editor: ReviewEditor | None = None
        self._stack = QStackedWidget()
        Column(self, spacing=0).addWidget(self._stack)
        self._list = QWidget()
        self._stack.addWidget(self._list)
        self._build()

    def _build(self) -> None:
        desk = self.desk
        self.years = YearSwitch(desk.years, desk.year)
        self.years.year_chosen.connect(desk.set_year)
        self.print = make_button("outlined", "In các bản", "printer", "Ctrl+P", self._print)
        self.locked = Chip(LOCKED)
        self.back = None
        if desk.ws.may(Act.OPEN_YEAR_END):
            self.back = make_button("outlined", "Cuối năm", "arrow-left", "Esc", self.closed.emit)
        acts = (self.locked, self.print)
        self.header = PageHeader("Bản kiểm điểm", "", acts, year=self.years, lead=self.back)
        column = Column(self._list, spacing=0)
        column.addWidget(self.header)
        self._body = ScrollBody(spacing=12, fills=True)
        body = self._body.body
        self._tools = tools = Row(spacing=12)
        self.search = SearchField("Tìm tên, có dấu hoặc không dấu", key="Ctrl+F")
        find = QShortcut(QKeySequence("Ctrl+F"), self._list)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.filter = Segmented(_FILTERS, name="Lọc", chosen=_ALL)
        top = Qt.AlignmentFlag.AlignTop
        tools.addWidget(self.search, 0, top)
        tools.addWidget(self.filter, 1, top | Qt.AlignmentFlag.AlignLeft)
        body.addLayout(tools)
        self.table = RecordTable(_columns(), key=lambda row: row.id, name="Kiểm điểm cuối năm")
        self.table.remember_widths(desk.preferences)
        self.table.opened.connect(self.open_row)
        self.table.current_changed.connect(self._show_current)
        self.search.search.connect(self.table.search)
        self.search.down_pressed.connect(self.table.setFocus)
        self.filter.chosen.connect(self._filter)
        self.table.setMinimumHeight(px(150))
        body.addWidget(self.table, 1)
        body.addLayout(self._foot())
        column.addWidget(self._body, 1)
        self.empty = EmptyState("scale", "", "")
        column.addWidget(self.empty, 1)
        self.open_button = make_button(
            "filled", "Mở bản kiểm điểm", "pencil", "Ctrl+Enter", self._open_current
        )
        self.bar = ActionBar(self.open_button)
        column.addWidget(self.bar)

    def _foot(self) -> Row:
        row = Row(spacing=10)
        self.who = Label("", weight=600)
        self.kind = Choice(placeholder="mẫu kiểm điểm")
        self.kind.setAccessibleName("Mẫu kiểm điểm trong năm")
        self.kind.chosen.connect(self._change_kind)
        row.addWidget(self.who, 1)
        row.addWidget(Label("Mẫu trong năm", "body", "ink2", wrap=False))
        row.addWidget(self.kind, 2)
        return row

    # Reading

    def reload(self) -> None:
        year = self.desk.year
        self.years.set_years(self.desk.years)
        self.years.set_year(year)
        self.read(partial(read_year, self.desk.ws, year), self._show)

    def _show(self, view: YearView) -> None:
        self.shown = view
        self.header.set_title(f"Bản kiểm điểm năm {view.year}")
        self.header.set_facts(view.facts)
        self.locked.setVisible(view.is_closed)
        is_empty = bool(view.problem) or not view.rows
        self._body.setVisible(not is_empty)
        self.bar.setVisible(not is_empty)
        self.print.setEnabled(not is_empty)
        self.empty.setVisible(is_empty)
        if view.problem:
            self.empty.set_words(f"Năm {view.year} chưa kiểm điểm được", view.problem)
        elif is_empty:
            words = "Thêm đảng viên ở trang Đảng viên, rồi mỗi người có một dòng ở đây."
            self.empty.set_words(f"Năm {view.year} chi bộ chưa có đảng viên nào trong sổ", words)
        self.kind.set_options([(kind.value, f"{form} · {kind.short}") for kind, form in view.kinds])
        self.table.set_records(view.rows)
        counts = {key: sum(row.standing in kept for row in view.rows) for key, kept in _KEPT_BY.items()}
        self.filter.set_counts({_ALL: len(view.rows), **counts})
        self._show_current(self.table.current_record())
        self._show_standing(view)

    def _show_standing(self, view: YearView) -> None:
        left = len(view.undecided)
        asked = sum(row.standing is not Standing.NOT_ASKED for row in view.rows)
        if view.is_closed:
            self.bar.set_note(f"Năm {view.year} đã khóa; bản kiểm điểm chỉ để xem và in.")
        elif left:
            self.bar.set_note(f"Đã quyết định {asked - left}/{asked} người.")
        else:
            self.bar.set_note(f"Đã quyết định đủ {asked} người.")

    def _filter(self, key: str) -> None:
        kept = _KEPT_BY.get(key)
        self.table.filter(None if kept is None else lambda row: row.standing in kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_tiny = logical_width(self) < RAIL_WIDTH
        self._tools.setDirection(direction.TopToBottom if is_tiny else direction.LeftToRight)

    # One row

    def _show_current(self, row: ReviewRow | None) -> None:
        view = self.shown
        self.open_button.setEnabled(row is not None)
        may_choose = row is not None and view is not None and not view.is_closed
        self.kind.setEnabled(may_choose and self.desk.ws.actor.role.leads and not self.desk.ws.looks_only)
        self.who.setText(row.member.name if row else "")
        self.kind.set_value(row.kind.value if row else "")

    def _change_kind(self, key: str) -> None:
        row, view = self.table.current_record(), self.shown
        if row is None or view is None or key == row.kind.value:
            return
        form = next(form for kind, form in view.kinds if kind.value == key)
        if row.is_saved:
            self.kind.set_value(row.kind.value)
            self.desk.dialogs.tell(
                f"{row.member.name} đã viết theo {row.form}",
                f"Bản kiểm điểm năm {view.year} đã có trong sổ nên giữ {row.form} cho đến hết năm. "
                f"Muốn dùng {form}, đồng chí chọn mẫu trước khi bắt đầu viết năm sau.",
            )
            return
        self._set_kind(row, SubjectKind(key), form, row.kind, row.form)

    def _set_kind(
        self, row: ReviewRow, kind: SubjectKind, form: str, before: SubjectKind, form_before: str
    ) -> None:
        undo = partial(self._set_kind, row, before, form_before, kind, form)
        words = f"{row.member.name} viết {form} năm {self.desk.year}."
        self.write(
            partial(set_kinds, self.desk.ws, {row.member.id: kind}, self.desk.year),
            changes={Topic.MEMBERS},
            on_done=lambda _none: self.desk.say_done(words, undo),
        )

    def _open_current(self) -> None:
        row = self.table.current_record()
        if row is not None:
            self.open_row(row)

    def open_row(self, row: ReviewRow) -> None:
        """Open a member's review in place of the list."""
        self.open_review(review_key(row, self.desk.year))

    def open_review(self, key: ReviewKey) -> None:
        """Open a review in place of the list."""
        self._leave_editor()
        self.editor = ReviewEditor(self.desk, key)
        self.editor.closed.connect(self._back_to_list)
        self._stack.addWidget(self.editor)
        self._stack.setCurrentWidget(self.editor)

    def _leave_editor(self) -> None:
        if self.editor is not None:
            editor, self.editor = self.editor, None
            self._stack.setCurrentWidget(self._list)
            self._stack.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _back_to_list(self) -> None:
        member_id = self.editor.key.subject_id if self.editor else ""
        self._leave_editor()
        self.table.choose(member_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Ways on

    def _print(self) -> None:
        self.desk.go_to("papers", paper="review")

    def show_place(self, member: str = "", **_more: str) -> None:
        """Open a member's review of the desk's year."""
        if member:
            self.open_review(ReviewKey(member, self.desk.year))

    def place(self) -> dict[str, str]:
        """Where the person is, to come back to."""
        return {"member": self.editor.key.subject_id} if self.editor else {}

    def go_back(self) -> bool:
        """From a review to the list, from the list to the steps."""
        if self.editor is not None:
            return self.editor.go_back()
        self.closed.emit()
        return self.back is not None

    def first_focus(self) -> QWidget | None:
        """The list, or the editor's field."""
        return self.editor.first_focus() if self.editor is not None else self.table
