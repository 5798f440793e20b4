"""Bảng tháng: the board of all members, and over it a member's month, typing from paper, confirming."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.dates import DateProblem, Month
from app.domain.month_board import BoardCell, BoardRow, MonthBoard
from app.services.months import excuse_month, month_board, open_month, reopen_month
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.layout import Column
from app.ui.screens.months.asking import ask_to_excuse, ask_to_reopen
from app.ui.screens.months.board_page import BoardPage
from app.ui.screens.months.comment_page import CommentPage
from app.ui.screens.months.confirm_page import ConfirmPage
from app.ui.screens.months.month_editor import MonthEditor

_READ_AFTER_MS = 120


class MonthsPage(DeskPage):
    """Leads between the board and what is opened from it; Esc comes back to the board."""

    topics = frozenset({Topic.MONTHS, Topic.MEMBERS, Topic.PLEDGES, Topic.BOOK})
    follows_year = True
    help_topic = "months"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.stack = QStackedWidget()
        Column(self, spacing=0).addWidget(self.stack)
        self.board = BoardPage(desk)
        self.comments = CommentPage(desk)
        self.confirming = ConfirmPage(desk)
        for page in (self.board, self.comments, self.confirming):
            self.stack.addWidget(page)
        self.editor: MonthEditor | None = None
        self._wanted: tuple[str, Month] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_READ_AFTER_MS)
        self._pause.timeout.connect(self._read_words)
        self._connect()

    def _connect(self) -> None:
        board, inspector = self.board, self.board.inspector
        board.cursor_moved.connect(self._cursor_moved)
        board.table.opened.connect(self._open_chosen)
        board.table.typing_requested.connect(self._type_chosen)
        board.confirm_requested.connect(self._confirm)
        inspector.opened.connect(self._open_chosen)
        inspector.typing_requested.connect(self._type_chosen)
        inspector.excuse_requested.connect(self._excuse)
        inspector.reopen_requested.connect(self._reopen)
        self.comments.closed.connect(self.show_list)
        self.comments.typing_requested.connect(self.type_month)
        self.confirming.closed.connect(self.show_list)
        self.confirming.confirmed.connect(self._confirmed)

    # The board

    def reload(self) -> None:
        self.read(partial(month_board, self.desk.ws, self.desk.year), self._show_board, key="board")

    def _show_board(self, board: MonthBoard) -> None:
        self.board.show_board(board)
        if self._wanted is not None:
            member_id, month = self._wanted
            if month.year == board.year:
                self._wanted = None
                self.board.choose(member_id, month.month)
        self._cursor_moved()

    def _cursor_moved(self) -> None:
        chosen = self.board.chosen()
        self.board.show_chosen()
        if chosen is not None:
            self._pause.start()

    def _read_words(self) -> None:
        chosen = self.board.chosen()
        if chosen is not None:
            row, _cell, month = chosen
            self.read(
                partial(open_month, self.desk.ws, row.member_id, month),
                self.board.inspector.show_page,
                key="words",
            )

    def _chosen(self) -> tuple[BoardRow, BoardCell, Month] | None:
        return self.board.chosen()

    # What is opened from it

    def _open_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.open_comments(chosen[0].member_id, chosen[2])

    def _type_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self.board.can_change:
            self.type_month(chosen[0].member_id, chosen[2])

    def open_comments(self, member_id: str, month: Month) -> None:
        """A member's month with what the cell says of it."""
        self.comments.show_month(member_id, month)
        self.stack.setCurrentWidget(self.comments)

    def type_month(self, member_id: str, month: Month) -> None:
        """A member's month typed in for them from paper."""
        self._drop_editor()
        self.editor = MonthEditor(self.desk, member_id, month)
        self.editor.closed.connect(self.show_list)
        self.stack.addWidget(self.editor)
        self.stack.setCurrentWidget(self.editor)

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self.stack.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None

    def _confirm(self) -> None:
        month = self.board.month()
        self.confirming.show_month(month, frozenset(self.board.table.model_.marked))
        self.stack.setCurrentWidget(self.confirming)
        self.confirming.first_focus().setFocus()

    def _confirmed(self, sentence: str) -> None:
        self.board.table.model_.clear_marks()
        self.show_list()
        self.board.say(sentence)

    def show_list(self) -> None:
        """Back to the board."""
        self.stack.setCurrentWidget(self.board)
        self._drop_editor()
        self.board.table.setFocus()

    # Done at once

    def _excuse(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        row, _cell, month = chosen
        reason = ask_to_excuse(self.desk, row.name, month)
        if reason:
            self.write(
                partial(excuse_month, self.desk.ws, row.member_id, month, reason),
                changes={Topic.MONTHS},
                on_done=lambda _none: self.desk.say_done(f"Đã ghi {row.name} nghỉ {month} có lý do."),
            )

    def _reopen(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        row, _cell, month = chosen
        reason = ask_to_reopen(self.desk, row.name, month)
        if reason:
            self.write(
                partial(reopen_month, self.desk.ws, row.member_id, month, reason),
                changes={Topic.MONTHS},
                on_done=lambda _none: self.desk.say_done(f"Đã mở lại {month} của {row.name}."),
            )

    # For the shell

    def show_place(self, member: str = "", month: str = "", act: str = "", **_more: str) -> None:
        """Show the board, a cell of it, a member's month (act=open), typing (act=type), confirming."""
        try:
            place = Month.parse(month) if month else self.board.month()
        except DateProblem:
            return
        go_on = partial(self._go_to_place, member, place, act)
        if self.editor is not None:
            self.editor.leave(go_on)
        else:
            go_on()

    def _go_to_place(self, member: str, place: Month, act: str) -> None:
        self.show_list()
        if place.year in self.desk.years:
            self.desk.set_year(place.year)
        self._wanted = (member, place)
        self.refresh()
        if member and act == "open":
            self.open_comments(member, place)
        elif member and act == "type":
            self.type_month(member, place)

    def place(self) -> dict[str, str]:
        """What to come back to."""
        chosen = self.board.chosen()
        return {"member": chosen[0].member_id, "month": chosen[2].iso} if chosen else {}

    def go_back(self) -> bool:
        """Esc: from what was opened back to the board; there it takes the marks back."""
        current = self.stack.currentWidget()
        if current is self.board:
            return self.board.give_up()
        if isinstance(current, MonthEditor | CommentPage | ConfirmPage):
            current.go_back()
        return True

    def first_focus(self) -> QWidget:
        """Where the cursor goes."""
        current = self.stack.currentWidget()
        if isinstance(current, CommentPage | ConfirmPage | MonthEditor):
            return current.first_focus()
        return self.board.table
