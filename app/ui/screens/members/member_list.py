"""The list of members: searched, filtered by standing, with the chosen one beside it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.dates import format_date
from app.services.member_overview import MemberLine, list_member_lines
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import SearchField
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, Ground, Row, ScrollBody
from app.ui.parts.messages import EmptyState
from app.ui.parts.page import ActionBar, PageHeader, logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.parts.segmented import Segmented
from app.ui.screens.members.inspector import Inspector, summary
from app.ui.screens.members.standing import FILTERS, ORDINARY, belongs_to, group_counts, unusual_chip
from app.ui.tokens import FULL_WIDTH

_COLUMNS: tuple[TableColumn[MemberLine], ...] = (
    TableColumn(
        "TT",
        lambda line: str(line.number or ""),
        "center",
        42,
        role="cap",
        tone="ink2",
        is_searched=False,
        sort_key=lambda line: line.number or 1_000_000,
    ),
    TableColumn(
        "Họ và tên",
        lambda line: line.member.name,
        width=156,
        stretch=3,
        bold=True,
        sort_key=lambda line: line.member.sort_key,
    ),
    TableColumn(
        "Ngày sinh",
        lambda line: str(line.member.record.birth or ""),
        width=98,
        is_searched=False,
        sort_key=lambda line: line.member.record.birth.iso if line.member.record.birth else "",
    ),
    TableColumn(
        "Vào Đảng",
        lambda line: format_date(line.member.record.admitted_on) if line.member.record.admitted_on else "",
        width=98,
        is_searched=False,
        sort_key=lambda line: str(line.member.record.admitted_on or ""),
    ),
    TableColumn("Nghề, chức vụ", lambda line: line.occupation, width=112, stretch=2),
    TableColumn("Mẫu", lambda line: line.sheet or "—", "center", 54, is_searched=False),
    TableColumn(
        "Tình trạng",
        lambda line: ORDINARY,
        width=152,
        tone="ink2",
        chip=unusual_chip,
        is_searched=False,
        sort_key=lambda line: chip.word if (chip := unusual_chip(line)) else "",
    ),
)


class MemberListPage(DeskPage):
    """Shows the members; ``opened`` asks for a record, ``add_requested`` and the rest say what to do next."""

    topics = frozenset({Topic.MEMBERS, Topic.RULES})
    follows_year = True
    opened = Signal(str)
    add_requested = Signal()
    import_requested = Signal()
    blank_list_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: tuple[MemberLine, ...] = ()
        self._wanted_id = ""
        column = Column(self, spacing=0)
        self.search_field = SearchField()
        self._import = make_button("outlined", "Nhập từ Excel", "file-spreadsheet")
        self._import.clicked.connect(self.import_requested)
        self.add_button = make_button("filled", "Thêm", "plus", "Ctrl+N")
        self.add_button.clicked.connect(self.add_requested)
        self.header = PageHeader("Đảng viên", "", [self.search_field, self._import, self.add_button])
        column.addWidget(self.header)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_book())
        self._stack.addWidget(self._list())
        column.addWidget(self._stack, 1)
        self._stack.hide()
        open_button = make_button("outlined", "Mở hồ sơ", "user-round", on_click=self._open_current)
        open_button.set_key("Enter")
        self._foot = ActionBar(open_button)
        self._foot.hide()
        column.addWidget(self._foot)
        self.search_field.search.connect(self._search)
        self.search_field.down_pressed.connect(self.table.setFocus)
        for button in (self._import, self.add_button):
            button.setVisible(not desk.ws.read_only)
        QShortcut(QKeySequence("F6"), self, self._next_pane)

    # What it is made of

    def _empty_book(self) -> QWidget:
        """An empty book says what to do first; a file can be dropped anywhere on the page."""
        page = QWidget()
        outer = Column(page)
        scroll = ScrollBody(spacing=14, margins=(28, 18, 24, 20), fills=True)
        outer.addWidget(scroll)
        column = scroll.body
        drop = Ground("drop")
        inner = Column(drop)
        buttons = [
            make_button(
                "filled", "Nhập từ Excel", "file-spreadsheet", "Ctrl+Enter", self.import_requested.emit
            ),
            make_button("outlined", "Thêm từng người", "plus", "Ctrl+N", self.add_requested.emit),
        ]
        blank = make_button("ghost", "Tải tệp mẫu để điền", "download", None, self.blank_list_requested.emit)
        self._first_button = buttons[0]
        text = (
            "Nếu chi bộ đã có danh sách trong Excel, kéo tệp thả vào khung này.\n"
            "Trước khi ghi vào sổ, đồng chí được xem trước từng dòng."
        )
        inner.addWidget(EmptyState("users", "Sổ chưa có đảng viên nào", text, buttons, blank), 1)
        column.addWidget(drop, 1)
        after = Card(margins=(18, 12, 18, 12))
        row = Row(spacing=16)
        row.addWidget(IconLabel("list-checks", "pri", 22))
        words = Column(spacing=2)
        words.addWidget(Label("Sau bước này", "body", weight=600))
        words.addWidget(
            Label("Mỗi đảng viên đăng ký việc của năm, rồi tự đánh giá hằng tháng.", "body", "ink2")
        )
        row.addLayout(words, 1)
        after.body.addLayout(row)
        column.addWidget(after)
        return page

    def _list(self) -> QWidget:
        page = QWidget()
        column = Column(page, spacing=12, margins=(28, 14, 24, 18))
        self.filters = Segmented(FILTERS, name="Lọc theo tình trạng", chosen="here")
        self.filters.chosen.connect(lambda _key: self._filter())
        top = Row(spacing=12)
        top.addWidget(self.filters, 1)
        top.addStretch(0)
        self._order_words = QWidget()
        order = Row(self._order_words)
        order.addWidget(Label("Xếp theo tên", "cap", "ink2", wrap=False))
        order.addWidget(IconLabel("arrow-down-a-z", "ink2", 18))
        top.addWidget(self._order_words)
        column.addLayout(top)
        self.table: RecordTable[MemberLine] = RecordTable(
            _COLUMNS, lambda line: line.member.id, name="Danh sách đảng viên"
        )
        self.table.remember_widths(self.desk.preferences)
        self.table.opened.connect(lambda line: self.opened.emit(line.member.id))
        self.table.current_changed.connect(self._show_current)
        self._nobody = EmptyState("search", "Không tìm thấy ai", "")
        self._results = QStackedWidget()
        self._results.addWidget(self.table)
        self._results.addWidget(self._nobody)
        self.inspector = Inspector(self._open_current)
        row = Row(spacing=14)
        row.addWidget(self._results, 1)
        row.addWidget(self.inspector)
        column.addLayout(row, 1)
        return page

    # What it shows

    def reload(self) -> None:
        self.read(partial(list_member_lines, self.desk.ws, self.desk.year), self._show)

    def _show(self, lines: tuple[MemberLine, ...]) -> None:
        had_focus = self._stack.isHidden() or not self._lines
        self._lines = lines
        self._stack.show()
        self._stack.setCurrentIndex(1 if lines else 0)
        self.search_field.setVisible(bool(lines))
        can_write = not self.desk.ws.read_only
        self._import.setVisible(can_write and bool(lines))
        self.add_button.setVisible(can_write and bool(lines))
        self.filters.set_counts(group_counts(lines))
        self.table.set_records(lines)
        self._filter()
        if self._wanted_id:
            self.choose(self._wanted_id)
        self._fit()
        if had_focus and self.isVisible():
            self.first_focus().setFocus()

    def choose(self, member_id: str) -> None:
        """Put the cursor on a member, now or when the list has been read; a filter that hides them goes."""
        self._wanted_id = member_id
        line = next((line for line in self._lines if line.member.id == member_id), None)
        if line is None:
            return
        self._wanted_id = ""
        if not belongs_to(line, self.filters.choice()):
            self.filters.set_choice("left" if line.has_left else "here")
            self._filter()
        self.table.choose(member_id)

    def shown_ids(self) -> tuple[str, ...]:
        """The members shown now, in their order: for going to the next person."""
        return tuple(line.member.id for line in self.table.records.shown)

    def first_focus(self) -> QWidget:
        """The list, or the first way on in an empty book."""
        return self.table if self._lines else self._first_button

    def _next_pane(self) -> None:
        """F6: list, panel, search, filters, and round again."""
        panes = (self.table, self.inspector.open_button, self.search_field, self.filters)
        shown = [pane for pane in panes if pane.isVisible()]
        focused = self.focusWidget()
        here = next((i for i, pane in enumerate(shown) if pane is focused or _holds(pane, focused)), -1)
        if shown:
            shown[(here + 1) % len(shown)].setFocus()

    def _search(self, query: str) -> None:
        self.table.search(query)
        self._show_whether_found()

    def _filter(self) -> None:
        group = self.filters.choice()
        self.table.filter(lambda line: belongs_to(line, group))
        self._show_whether_found()

    def _show_whether_found(self) -> None:
        found = bool(self.table.records.shown)
        self._results.setCurrentIndex(0 if found else 1)
        if found:
            self._show_current(self.table.current_record())
            return
        query, group = self.search_field.value(), dict(FILTERS)[self.filters.choice()]
        if query:
            also = "xem “Đã rời”" if self.filters.choice() == "here" else f"xóa bộ lọc “{group}”"
            self._nobody.set_words(f"Không tìm thấy “{query}”", f"Thử gõ họ, hoặc {also}.")
        else:
            self._nobody.set_words(f"Chưa có ai ở nhóm “{group}”", "Chọn “Tất cả” để xem mọi đảng viên.")
        self._show_current(None)

    def _show_current(self, line: MemberLine | None) -> None:
        self.inspector.show_line(line, self.desk.year)
        self._foot.set_note(summary(line) if line else "")

    def _open_current(self) -> None:
        line = self.table.current_record()
        if line is not None:
            self.opened.emit(line.member.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The panel beside the list, or its one line at the foot of narrow windows."""
        is_wide = logical_width(self) >= FULL_WIDTH
        self.inspector.setVisible(is_wide)
        self._order_words.setVisible(is_wide)
        self._foot.setVisible(not is_wide and bool(self._lines))


def _holds(pane: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and pane.isAncestorOf(widget)
