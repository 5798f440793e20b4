"""The meetings of a year: when, what about, who came, whether votes were counted."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.domain.dates import Month
from app.domain.meeting import MeetingKind
from app.services.meetings import (
    DeletedMeeting,
    MeetingLine,
    MeetingList,
    delete_meeting,
    list_meetings,
    restore_meeting,
)
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, Chip
from app.ui.parts.layout import Column, ScrollBody
from app.ui.parts.messages import EmptyState
from app.ui.parts.page import PageHeader, YearSwitch
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.meetings.meeting_words import attendance_words, meeting_day, meeting_title
from app.ui.screens.meetings.new_meeting_panel import NewMeetingPanel
from app.ui.theme import px

_COLUMNS: tuple[TableColumn[MeetingLine], ...] = (
    TableColumn(
        "Ngày họp",
        lambda line: meeting_day(line.meeting),
        width=160,
        sort_key=lambda line: line.meeting.held_on.toordinal() if line.meeting.held_on else 0,
    ),
    TableColumn("Buổi họp", lambda line: meeting_title(line.meeting), width=208, stretch=3, bold=True),
    TableColumn("Điểm danh", lambda line: attendance_words(line.counts), width=160, stretch=2, tone="ink2"),
    TableColumn("Địa điểm", lambda line: line.meeting.place, width=110, stretch=2, tone="ink2"),
    TableColumn(
        "Bỏ phiếu",
        lambda line: f"{line.round_count} vòng" if line.round_count else "",
        width=84,
        tone="ink2",
        sort_key=lambda line: line.round_count,
    ),
)


class MeetingTable(RecordTable[MeetingLine]):
    """The list; Delete takes the chosen meeting out of the book."""

    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class MeetingListPage(DeskPage):
    """The list; ``opened`` asks for a meeting by id, ``begun`` for a new one of a kind and month."""

    topics = frozenset({Topic.MEETINGS, Topic.MEMBERS})
    follows_year = True
    opened = Signal(str)
    begun = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._list: MeetingList | None = None
        self._wanted = ""
        self.year = YearSwitch(desk.years, desk.year)
        self.year.year_chosen.connect(desk.set_year)
        self.locked = Chip(LOCKED)
        self.new = make_button("filled", "Ghi buổi họp…", "plus", "Ctrl+N", self._ask_kind)
        self.delete = make_button("outlined", "Xóa buổi họp", "trash-2", None, self._delete)
        self.table = MeetingTable(_COLUMNS, lambda line: line.meeting.id, name="Các buổi họp", row_height=36)
        self.table.opened.connect(lambda line: self.opened.emit(line.meeting.id))
        self.table.delete_pressed.connect(self._delete)
        self.table.remember_widths(desk.preferences)
        self.panel = NewMeetingPanel()
        self.panel.begun.connect(self._begin)
        self.panel.given_up.connect(self.close_panel)
        self.first = make_button("filled", "Ghi buổi họp đầu tiên", "plus", None, self._ask_kind)
        self.empty = EmptyState("messages-square", "", "", (self.first,))
        self._build()

    def _build(self) -> None:
        page = Column(self, spacing=0)
        self.header = PageHeader("Họp chi bộ", "", (self.locked, self.delete, self.new), year=self.year)
        self.locked.hide()
        page.addWidget(self.header)
        self._body = ScrollBody(spacing=12, margins=(28, 14, 24, 14), fills=True)
        self._body.body.addWidget(self.panel)
        self._body.body.addWidget(self.table, 1)
        self._body.body.addWidget(self.empty, 1)
        page.addWidget(self._body, 1)
        self._body.inner.hide()
        self.table.setMinimumHeight(px(170))

    # What it shows

    def reload(self) -> None:
        self.year.set_year(self.desk.year)
        self.read(partial(list_meetings, self.desk.ws, self.desk.year), self._show, key="list")

    def _show(self, listed: MeetingList) -> None:
        is_first = self._list is None
        self._list = listed
        self._body.inner.show()
        self.table.set_records(listed.lines)
        has_any = bool(listed.lines)
        self.table.setVisible(has_any)
        self.locked.setVisible(listed.is_closed)
        self.header.set_facts(f"{len(listed.lines)} buổi họp đã ghi" if has_any else "")
        self._show_acts()
        if self._wanted:
            self.choose(self._wanted)
        if is_first and has_any and self.isVisible():
            self.table.setFocus()

    def _show_acts(self) -> None:
        listed, can_write = self._list, self.can_write
        has_any = listed is not None and bool(listed.lines)
        self.new.setVisible(can_write and has_any and self.panel.isHidden())
        self.delete.setVisible(can_write and has_any)
        self.first.setVisible(can_write)
        self.empty.setVisible(not has_any and self.panel.isHidden())
        why = "Ghi điểm danh, biên bản từng buổi; buổi họp kiểm điểm có thêm phần kiểm phiếu."
        if listed is not None and listed.is_closed:
            why = "Năm này đã khóa nên không ghi thêm buổi họp được."
        self.empty.set_words(f"Năm {self.desk.year} chưa ghi buổi họp nào", why)

    @property
    def can_write(self) -> bool:
        """Whether a meeting of this year can be written down now."""
        return self._list is not None and not self._list.is_closed and not self.desk.ws.looks_only

    def choose(self, meeting_id: str) -> None:
        """Put the cursor on a meeting, now or when the list has been read."""
        self._wanted = "" if self.table.choose(meeting_id) else meeting_id

    # What a person does

    def _ask_kind(self) -> None:
        if not self.can_write:
            return
        today = self.desk.ws.today()
        last = Month.of(today).previous()
        is_over = today.year > self.desk.year
        month = last.month if last.year == self.desk.year else 12 if is_over else today.month
        lines = self._list.lines if self._list else ()
        has_review = any(line.meeting.kind is MeetingKind.REVIEW for line in lines)
        self.panel.begin(month, proposes_review=is_over and not has_review)
        self._show_acts()

    def _begin(self, kind: str, month: int) -> None:
        self.close_panel()
        self.begun.emit(kind, month)

    def close_panel(self) -> bool:
        """Begin nothing; False when the panel is not open."""
        was_open = not self.panel.isHidden()
        self.panel.hide()
        self._show_acts()
        if was_open and self.table.isVisibleTo(self):
            self.table.setFocus()
        return was_open

    def _delete(self) -> None:
        line = self.table.current_record()
        if line is None or not self.can_write:
            return
        if line.round_count and not self.desk.dialogs.ask(
            f"Xóa {meeting_title(line.meeting).lower()}?",
            f"Buổi họp này có {line.round_count} vòng kiểm phiếu. Kết quả đã ghi ở bản kiểm điểm vẫn còn.",
            act_label="Xóa buổi họp",
            keep_label="Giữ lại",
            dangerous=True,
        ):
            return
        work = partial(delete_meeting, self.desk.ws, line.meeting.id)
        self.write(work, changes={Topic.MEETINGS}, on_done=self._deleted)

    def _deleted(self, deleted: DeletedMeeting) -> None:
        words = f"Đã xóa {meeting_title(deleted.meeting).lower()}."
        self.desk.say_done(words, partial(self._restore, deleted))

    def _restore(self, deleted: DeletedMeeting) -> None:
        work = partial(restore_meeting, self.desk.ws, deleted)
        self._wanted = deleted.meeting.id
        self.write(work, changes={Topic.MEETINGS}, on_done=lambda _meeting: None)
