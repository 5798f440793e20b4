"""The board's page: head, filters, board, inspector, legend and the way to confirming."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.dates import Month
from app.domain.month_board import BoardCell, BoardRow, MonthBoard
from app.domain.permissions import Act
from app.ui.desk import Desk
from app.ui.marks import MARKS, mark
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, Chip, state_chip
from app.ui.parts.fields import SearchField
from app.ui.parts.labels import Label, MarkLabel
from app.ui.parts.layout import Column, FlowLayout, Ground, Row
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import PageHeader, YearSwitch, logical_width
from app.ui.parts.segmented import Segmented
from app.ui.screens.months.board_model import FILTERS
from app.ui.screens.months.board_view import Board
from app.ui.screens.months.month_inspector import MonthInspector
from app.ui.screens.months.month_words import month_title
from app.ui.theme import theme
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH


class BoardPage(QWidget):
    """Shows the board and tells what was chosen; reads and writes nothing itself."""

    cursor_moved = Signal()
    confirm_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._year: MonthBoard | None = None
        self._counted = 0
        self.year = YearSwitch(desk.years, desk.year)
        self.year.year_chosen.connect(desk.set_year)
        self.search = SearchField("Tìm trong bảng")
        self.print_button = make_button("outlined", "In bảng năm", "printer", "Ctrl+P", self._print)
        if not desk.ws.may(Act.PRINT_OF_CELL):
            self.print_button.hide()  # and never shown by hand: a button without a page is a window
        self.locked = Chip(LOCKED)
        self.filter = Segmented(
            [(key, word) for key, (word, _wanted) in FILTERS.items()], name="Lọc", chosen="all"
        )
        self.sums = Label("", "body", "ink2", wrap=False)
        self.message = MessageBar()
        self.board = Board()
        self.table = self.board.table
        self.inspector = MonthInspector(desk.ws)
        self.empty = EmptyState("calendar-check", "", "")
        self._build()
        self.search.search.connect(self._search)
        self.search.down_pressed.connect(self.table.setFocus)
        self.filter.chosen.connect(self._filter)
        self.table.cursor_moved.connect(self.cursor_moved)
        self.table.marks_changed.connect(self._name_button)
        theme.changed.connect(self._fit)

    def _build(self) -> None:
        page = Column(self, spacing=0)
        self.header = PageHeader("Bảng tháng", year=self.year, actions=(self.search, self.print_button))
        self.header.add_action(self.locked)
        page.addWidget(self.header)
        body = Column(spacing=12, margins=(28, 14, 24, 12))
        top = Row(spacing=12)
        top.addWidget(self.filter)
        top.addStretch(1)
        top.addWidget(self.sums)
        body.addLayout(top)
        body.addWidget(self.message)
        middle = Row(spacing=14)
        middle.addWidget(self.board, 1)
        middle.addWidget(self.empty, 1)
        middle.addWidget(self.inspector)
        body.addLayout(middle, 1)
        page.addLayout(body, 1)
        page.addWidget(self._foot())
        self.empty.hide()
        self.locked.hide()

    def _foot(self) -> Ground:
        foot = Ground("action")
        row = Row(foot, spacing=12, margins=(28, 9, 24, 9))
        self.legend = QWidget()
        marks = FlowLayout(self.legend, spacing=16)
        for state in MARKS:
            if mark(state).word:
                marks.addWidget(_legend_entry(state))
        marks.addWidget(Label("Mũi tên để đi · Enter mở tháng", "cap", "ink2", wrap=False))
        row.addWidget(self.legend, 1, Qt.AlignmentFlag.AlignVCenter)
        self.line = QWidget()
        chosen = Row(self.line, spacing=10)
        self._chosen_words = Label("", "body", weight=600)
        self._chosen_chip = Chip(state_chip("not_submitted"))
        chosen.addWidget(self._chosen_words)
        chosen.addWidget(self._chosen_chip)
        chosen.addStretch(1)
        self._open = make_button("outlined", "Mở", "eye", on_click=self.table.opened.emit)
        self._open.set_key("Enter")
        chosen.addWidget(self._open)
        row.addWidget(self.line, 1)
        self.confirm = make_button(
            "filled", "Xác nhận tháng…", "check-check", "Ctrl+Enter", self.confirm_requested.emit
        )
        row.addWidget(self.confirm)
        return foot

    # What is shown

    @property
    def can_change(self) -> bool:
        """Whether anything of this year can be written now."""
        return self._year is not None and not self._year.is_closed and not self._desk.ws.looks_only

    def show_board(self, board: MonthBoard) -> None:
        """Show a year; the cursor stays on its member and month."""
        before = self.chosen()
        is_other_year = self._year is None or self._year.year != board.year
        self._year = board
        self.year.set_year(board.year)
        self.locked.setVisible(board.is_closed)
        month = before[2].month if before and not is_other_year else _first_month(board)
        in_hand = board.current.month if board.current.year == board.year else 0
        self.board.show_board(board, in_hand)
        self.choose(before[0].member_id if before else "", month)
        self._show_emptiness()

    def choose(self, member_id: str, month: int) -> None:
        """Put the cursor on a member's month; the first member when that one is not shown."""
        self.table.go_to(max(0, self.table.model_.row_of(member_id)), month - 1)
        self._count(month)

    def month(self) -> Month:
        """The month the filters, the sums and the filled button are about: the cursor's."""
        year = self._year.year if self._year else self._desk.year
        column = self.table.currentIndex().column()
        return Month(year, column + 1 if column >= 0 else self._counted or 1)

    def chosen(self) -> tuple[BoardRow, BoardCell, Month] | None:
        """Member, cell and month under the cursor."""
        index = self.table.currentIndex()
        if not index.isValid() or self._year is None or index.row() >= len(self.table.model_.shown):
            return None
        row = self.table.model_.row_at(index.row())
        return row, row.cells[index.column()], Month(self._year.year, index.column() + 1)

    def show_chosen(self) -> None:
        """Show the month under the cursor at the side, or on narrow windows at the foot."""
        chosen = self.chosen()
        self.inspector.setVisible(chosen is not None and self._is_wide())
        if chosen is None:
            return
        row, cell, month = chosen
        self.inspector.show_cell(row, cell, month, self.can_change)
        self._chosen_words.setText(f"{row.name} · tháng {month.month}")
        self._show_chip()
        if mark(cell.shown.value).word:
            self._chosen_chip.set_spec(state_chip(cell.shown.value))
        self._count(month.month)

    def _show_chip(self) -> None:
        chosen = self.chosen()
        has_word = chosen is not None and bool(mark(chosen[1].shown.value).word)
        self._chosen_chip.setVisible(has_word and logical_width(self) >= RAIL_WIDTH)

    def say(self, sentence: str) -> None:
        """Say above the board what was done."""
        self.message.show_message("ok", sentence, "Đóng", self.message.close_message)

    def give_up(self) -> bool:
        """Esc on the board: the marks, then the search, then the message go."""
        if self.table.model_.marked:
            self.table.model_.clear_marks()
            self.table.verticalHeader().viewport().update()
            self._name_button()
            return True
        if self.message.text:
            self.message.close_message()
            return True
        return False

    def _count(self, month: int) -> None:
        if self._year is None:
            return
        self.filter.set_counts(self.table.model_.counts(month))
        done, required = self._year.handed_in(month)
        self.sums.setText(f"Tháng {month}: {done}/{required} đã gửi" if required else "")
        if month != self._counted:
            self._counted = month
            if self.filter.choice() != "all":
                self._filter(self.filter.choice())
        self._name_button()

    def _name_button(self) -> None:
        month = self.month()
        self.confirm.set_words(f"Xác nhận {month_title(month).lower()}…")
        is_past = self._year is not None and month <= Month.of(self._desk.ws.today())
        self.confirm.setVisible(self.can_change and is_past and self._desk.ws.may(Act.CONFIRM_MONTH))

    def _search(self, query: str) -> None:
        self._keep_cursor(lambda: self.table.model_.search(query))

    def _filter(self, key: str) -> None:
        self._keep_cursor(lambda: self.table.model_.filter(key, self._counted))

    def _keep_cursor(self, act: Callable[[], None]) -> None:
        chosen = self.chosen()
        act()
        self.choose(chosen[0].member_id if chosen else "", self._counted)
        self._show_emptiness()
        self.cursor_moved.emit()

    def _show_emptiness(self) -> None:
        model = self.table.model_
        is_empty = self._year is not None and not model.shown
        self.empty.setVisible(is_empty)
        self.board.setVisible(not is_empty)
        if not is_empty or self._year is None:
            return
        if not self._year.rows:
            words = ("Chưa có đảng viên nào", "Thêm đảng viên trước, bảng tháng tự có đủ mọi người.")
        elif self.search.text().strip():
            bar = f", hoặc xóa bộ lọc “{FILTERS[self.filter.choice()][0]}”"
            more = bar if self.filter.choice() != "all" else ""
            words = (f"Không tìm thấy “{self.search.text().strip()}”", f"Thử gõ họ{more}.")
        else:
            word = FILTERS[self.filter.choice()][0].lower()
            words = ("Không còn ai ở đây", f"Tháng {self._counted} không có đồng chí nào “{word}”.")
        self.empty.set_words(*words)

    def _print(self) -> None:
        self._desk.go_to("papers", paper="matrix")

    # Sizes

    def _is_wide(self) -> bool:
        return logical_width(self) >= FULL_WIDTH

    def _fit(self) -> None:
        is_wide = self._is_wide()
        self.inspector.setVisible(is_wide and self.chosen() is not None)
        self.inspector.fit()
        self.legend.setVisible(is_wide)
        self.line.setVisible(not is_wide and self.chosen() is not None)
        self.sums.setVisible(is_wide)
        self._open.set_compact(logical_width(self) < RAIL_WIDTH)
        self._show_chip()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)


def _first_month(board: MonthBoard) -> int:
    """Where the cursor starts: the month in hand, else the end nearest to it."""
    if board.current.year == board.year:
        return board.current.month
    return 12 if board.year < board.current.year else 1


def _legend_entry(state: str) -> QWidget:
    entry = QWidget()
    row = Row(entry, spacing=6)
    row.addWidget(MarkLabel(state, 16))
    row.addWidget(Label(mark(state).word, "cap", "ink2", wrap=False))
    return entry
