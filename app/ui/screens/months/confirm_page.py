"""Confirming a month after the meeting: who handed in is ticked, who is left is said with the reason."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.dates import Month
from app.domain.errors import UserError, ValidationFailed
from app.domain.month_board import MonthBoard
from app.domain.monthly import MonthlySelfAssessment, Shown
from app.services.months import Confirmed, confirm_months, month_board, months_to_confirm
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import ActionBar, PageHeader, logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.months.month_words import moment, month_title
from app.ui.theme import px, theme
from app.ui.tokens import RAIL_WIDTH


@dataclass(frozen=True, slots=True)
class _Ready:
    """A handed-in month on the list."""

    member_id: str
    name: str
    handed_in: str
    levels: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    """Who can be confirmed, and who is left with the reason."""

    ready: tuple[_Ready, ...]
    left: tuple[tuple[str, str], ...]
    confirmed: int
    meeting_on: date | None = None


def _read_lists(ws: Workspace, month: Month) -> _Lists:
    from app.services.meetings import monthly_meeting_day  # not needed before a month is confirmed

    waiting = {assessment.member_id: assessment for assessment in months_to_confirm(ws, month)}
    lists = _sorted(ws, month, month_board(ws, month.year), waiting)
    return replace(lists, meeting_on=monthly_meeting_day(ws, month))


def _sorted(
    ws: Workspace, month: Month, board: MonthBoard, waiting: dict[str, MonthlySelfAssessment]
) -> _Lists:
    ready: list[_Ready] = []
    left: list[tuple[str, str]] = []
    for row in board.rows:
        cell = row.cells[month.month - 1]
        handed = waiting.get(row.member_id)
        if handed is not None and row.member_id == ws.actor.member_id:
            left.append((row.name, "tháng của mình, phó bí thư hoặc chi ủy viên xác nhận"))
        elif handed is not None:
            ready.append(_ready(row.member_id, row.name, handed, cell.shown is Shown.LATE))
        elif cell.is_missing:
            left.append((row.name, "chưa gửi"))
        elif cell.shown is Shown.EXCUSED:
            left.append((row.name, "nghỉ có lý do"))
    done = sum(row.cells[month.month - 1].shown is Shown.CONFIRMED for row in board.rows)
    return _Lists(tuple(ready), tuple(left), done)


def _ready(member_id: str, name: str, handed: MonthlySelfAssessment, is_late: bool) -> _Ready:
    levels = [entry.self_level for entry in handed.entries if entry.self_level]
    counted = [f"{levels.count(level)} {level}" for level in dict.fromkeys(levels)]
    return _Ready(member_id, name, moment(handed.submitted_at), ", ".join(counted), is_late)


def _handed_in(ready: _Ready) -> str:
    return f"{ready.handed_in}, trễ" if ready.is_late else ready.handed_in


def _tone(ready: _Ready) -> str:
    return "late" if ready.is_late else ""


class ConfirmPage(DeskPage):
    """One month of the cell. ``confirmed`` carries the sentence about what was done and who is left."""

    topics = frozenset({Topic.MONTHS, Topic.MEMBERS})
    closed = Signal()
    confirmed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.month = Month.of(desk.ws.today())
        self._marked: frozenset[str] = frozenset()
        self._is_fresh = True
        self.back = make_button("outlined", "Bảng tháng", "arrow-left", on_click=self.closed.emit)
        self.back.set_key("Esc")
        self.header = PageHeader("Xác nhận", lead=self.back)
        self.message = MessageBar()
        self.table: RecordTable[_Ready] = RecordTable(
            [
                TableColumn("Họ và tên", lambda r: r.name, width=170, stretch=2, bold=True),
                TableColumn("Gửi lúc", _handed_in, width=112, stretch=1, tone=_tone),
                TableColumn("Tự đánh giá", lambda r: r.levels, width=116, stretch=2, role="cap"),
            ],
            key=lambda r: r.member_id,
            name="Các tháng chờ xác nhận",
            tickable=lambda _r: True,
        )
        self.empty = EmptyState("check-check", "", "")
        self.day = DateField()
        self.day_field = FormField("Ngày họp chi bộ", self.day)
        self.no_meeting = make_button("outlined", "Tháng này không họp", "calendar-x")
        self.no_meeting.setCheckable(True)
        self.reason = LineField(placeholder="Ví dụ: dồn sang buổi họp tháng sau")
        self.reason_field = FormField("Lý do không họp", self.reason)
        self.left = Label("", "body", "ink2")
        self.confirm = make_button("filled", "Xác nhận", "check-check", "Ctrl+Enter", self._confirm)
        self.bar = ActionBar(self.confirm)
        self._build()
        self.table.ticked_changed.connect(lambda _keys: self._name_button())
        self.no_meeting.clicked.connect(self._meeting_or_not)
        theme.changed.connect(self._fit)

    def _build(self) -> None:
        page = Column(self, spacing=0)
        page.addWidget(self.header)
        whole = ScrollBody(margins=(28, 14, 24, 14), fills=True)
        self._middle = Row(spacing=14)
        lists = Column(spacing=10)
        lists.addWidget(self.message)
        lists.addWidget(self.table, 1)
        lists.addWidget(self.empty, 1)
        self._middle.addLayout(lists, 1)
        self.side = Card(margins=(0, 0, 0, 0))
        scroll = ScrollBody(margins=(16, 16, 16, 16), spacing=10)
        self.side.body.addWidget(scroll)
        scroll.body.addWidget(Label("Buổi họp", "h3"))
        for widget in (self.day_field, self.no_meeting, self.reason_field):
            scroll.body.addWidget(widget)
        self._left_title = Label("Để lại", "h3")
        scroll.body.addWidget(self._left_title)
        scroll.body.addWidget(self.left)
        self._middle.addWidget(self.side)
        whole.body.addLayout(self._middle, 1)
        page.addWidget(whole, 1)
        page.addWidget(self.bar)
        self.empty.hide()
        self.reason_field.hide()
        self._fit()

    def show_month(self, month: Month, marked: frozenset[str]) -> None:
        """Show a month; where members were marked on the board only those are ticked."""
        self.month, self._marked, self._is_fresh = month, marked, True
        self.header.set_title(f"Xác nhận {month_title(month).lower()}/{month.year}")
        self.message.close_message()
        self.day_field.set_error("")
        self.no_meeting.setChecked(False)
        self._show_meeting(False)
        self.reason.set_value("")
        # Today is proposed, on view and to be changed: members are confirmed at the meeting or right after.
        today = self.desk.ws.today()
        self.day.set_value(today if today >= month.first_day else None)
        self.refresh()

    def reload(self) -> None:
        self.read(partial(_read_lists, self.desk.ws, self.month), self._show, key="lists")

    def _show(self, lists: _Lists) -> None:
        self.table.set_records(lists.ready)
        if self._is_fresh:
            self._is_fresh = False
            if lists.meeting_on is not None and lists.meeting_on <= self.desk.ws.today():
                self.day.set_value(lists.meeting_on)
            wanted = {ready.member_id for ready in lists.ready}
            self.table.records.set_ticked(wanted & self._marked if self._marked else wanted)
        self.table.setVisible(bool(lists.ready))
        self.empty.setVisible(not lists.ready)
        self.empty.set_words(
            "Không có tháng nào chờ xác nhận",
            f"Đã xác nhận {lists.confirmed} đồng chí. Người chưa gửi ở cột bên.",
        )
        waiting = f"{len(lists.ready)} đồng chí đã gửi, chờ xác nhận"
        self.header.set_facts(
            waiting if not lists.confirmed else f"{waiting} · {lists.confirmed} đã xác nhận trước"
        )
        self._left_title.setText(f"Để lại: {len(lists.left)} đồng chí")
        self._left_title.setVisible(bool(lists.left))
        self.left.setText("\n".join(f"{name}: {why}" for name, why in lists.left))
        self._name_button()

    def _name_button(self) -> None:
        count = len(self.table.records.ticked())
        self.confirm.set_words(f"Xác nhận {count} người" if count else "Xác nhận")
        self.bar.set_note("Xác nhận rồi tháng được khóa; muốn sửa thì mở lại và ghi lý do.")

    def _show_meeting(self, no_meeting: bool) -> None:
        self.no_meeting.set_icon("check" if no_meeting else "calendar-x")
        self.day_field.setVisible(not no_meeting)
        self.reason_field.setVisible(no_meeting)
        self.day_field.set_error("")
        self.reason_field.set_error("")

    def _meeting_or_not(self, no_meeting: bool) -> None:
        self._show_meeting(no_meeting)
        (self.reason if no_meeting else self.day).setFocus()

    def _confirm(self) -> None:
        chosen = sorted(self.table.records.ticked())
        no_meeting = self.no_meeting.isChecked()
        if not chosen:
            self.message.show_message("warning", "Chưa đánh dấu đồng chí nào để xác nhận.")
            return
        if not no_meeting and (problem := self.day.problem()):
            self._show_problem(problem)
            return
        day: date | None = None if no_meeting else self.day.value()
        reason = self.reason.value() if no_meeting else ""
        self.write(
            partial(confirm_months, self.desk.ws, self.month, chosen, day, reason),
            changes={Topic.MONTHS},
            on_done=self._done,
            on_error=self._refused,
        )

    def _done(self, done: Confirmed) -> None:
        words = [f"Đã xác nhận {month_title(self.month).lower()} cho {done.count} đồng chí."]
        words += [f"Để lại {name}: {why}." for name, why in done.left]
        if own := [line for line in self.left.text().splitlines() if "tháng của mình" in line]:
            words.append(f"Để lại {own[0]}.")
        self.confirmed.emit(" ".join(words))

    def _refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self._show_problem(str(error))
        else:
            self.message.show_message("error", str(error))

    def _show_problem(self, sentence: str) -> None:
        field = self.reason_field if self.no_meeting.isChecked() else self.day_field
        field.set_error(sentence)
        field.focus_field()

    def go_back(self) -> bool:
        """Esc leaves without confirming."""
        self.closed.emit()
        return True

    def first_focus(self) -> QWidget:
        """Enter confirms at once; everything it needs is on view."""
        return self.confirm

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        is_narrow = logical_width(self) < RAIL_WIDTH
        directions = QBoxLayout.Direction
        self._middle.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        self.back.set_compact(is_narrow)
        for tall, height in ((self.table, 220), (self.side, 260)):
            tall.setMinimumHeight(px(height) if is_narrow else 0)
        self.side.setMinimumWidth(0 if is_narrow else px(300))
        self.side.setMaximumWidth(16777215 if is_narrow else px(300))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)
