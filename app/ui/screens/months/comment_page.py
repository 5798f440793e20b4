"""One member's month as the cell reads it: comment, praise or remind, hand back, confirm, open again."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.dates import Month
from app.domain.errors import UserError
from app.domain.monthly import CellMark, MonthState, Shown
from app.services.drafts import StoredDraft, find_draft
from app.services.months import (
    Confirmed,
    MonthPage,
    comment_month,
    confirm_months,
    months_to_confirm,
    open_month,
    reopen_month,
    return_month,
)
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import TextArea
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import MessageBar
from app.ui.parts.month_strip import MonthCell, MonthStrip
from app.ui.parts.page import ActionBar, PageHeader, logical_width
from app.ui.screens.months.asking import ask_to_reopen, ask_to_return
from app.ui.screens.months.comment_rows import CommentRows, side_width
from app.ui.screens.months.comment_side import CommentSide
from app.ui.screens.months.draft_keeper import DraftKeeper
from app.ui.screens.months.month_words import day_and_time, moment, month_title
from app.ui.theme import theme
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH

DRAFT_FORM = "month_comment"
_REMIND = "Kết quả ba tháng liền chép như nhau. Tháng sau ghi rõ việc mới."


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page needs in one reading."""

    page: MonthPage
    waiting: tuple[str, ...]
    draft: StoredDraft | None


class CommentPage(DeskPage):
    """Ctrl+Enter saves what was said and goes to the next member waiting."""

    topics = frozenset({Topic.MONTHS, Topic.PLEDGES})
    closed = Signal()
    typing_requested = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._member_id = ""
        self._month = Month.of(desk.ws.today())
        self._shown: _Read | None = None
        self._last_area: TextArea | None = None
        self.keeper = DraftKeeper(self, DRAFT_FORM, self._content)
        self._make_parts()
        self._build()
        self.rows.edited.connect(self.keeper.touch)
        self.side.edited.connect(self.keeper.touch)
        self.side.phrase_chosen.connect(self._insert)
        self.strip.month_opened.connect(self._open_other_month)
        self.keeper.kept.connect(lambda when: self.bar.set_saved(f"Đã lưu nháp lúc {when[11:16]}."))
        self.keeper.failed.connect(lambda why: self.message.show_message("error", why))
        QShortcut(QKeySequence("F6"), self, self._next_pane)
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self._open_other_month(self._month.month - 1))
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self._open_other_month(self._month.month + 1))
        theme.changed.connect(self._fit)

    def _make_parts(self) -> None:
        self.back = make_button("outlined", "Bảng tháng", "arrow-left", on_click=self.go_back)
        self.back.set_key("Esc")
        before = make_button(
            "outlined", "Người trước", "arrow-left", "Alt+Trái", lambda: self._go_to_person(-1)
        )
        after = make_button("outlined", "Người sau", "arrow-right", "Alt+Phải", lambda: self._go_to_person(1))
        self.header = PageHeader("", actions=(before, after), lead=self.back)
        self.strip = MonthStrip()
        self.message = MessageBar()
        self.draft_message = MessageBar()
        self.rows = CommentRows()
        self.side = CommentSide()
        self.reopen = make_button("outlined", "Mở lại…", "lock-open", on_click=self._reopen)
        self.type = make_button("outlined", "Nhập giúp từ giấy", "keyboard", "F2", self._type)
        self.give_back = make_button("outlined", "Trả lại để ghi thêm", "undo-2", on_click=self._give_back)
        self.confirm = make_button("outlined", "Xác nhận", "check", on_click=self._confirm)
        self.save = make_button("filled", "Lưu, sang người sau", "check", "Ctrl+Enter", self._save)
        self.bar = ActionBar(self.reopen, self.type, self.give_back, self.confirm, self.save)

    def _build(self) -> None:
        page = Column(self, spacing=0)
        page.addWidget(self.header)
        self._middle = Row(spacing=14, margins=(28, 14, 24, 0))
        self.area = ScrollBody(margins=(0, 0, 4, 14), spacing=12)
        for part in (self.strip, self.draft_message, self.message, self.rows):
            self.area.body.addWidget(part)
        self._middle.addWidget(self.area, 1)
        self._side_scroll = ScrollBody(margins=(0, 0, 0, 14))
        self._side_scroll.body.addWidget(self.side)
        self._middle.addWidget(self._side_scroll)
        page.addLayout(self._middle, 1)
        page.addWidget(self.bar)

    # What is shown

    def show_month(self, member_id: str, month: Month) -> None:
        """Show another member, or another month."""
        self._member_id, self._month, self._shown = member_id, month, None
        self.keeper.watch(_key(member_id, month))
        self.bar.set_saved("")
        self.side.day.set_value(None)
        self.side.day_field.set_error("")
        self.refresh()

    def reload(self) -> None:
        if self._member_id:
            work = partial(_read_all, self.desk.ws, self._member_id, self._month)
            self.read(work, self._show, key="month")

    def _show(self, read: _Read) -> None:
        if (read.page.member.id, read.page.month) != (self._member_id, self._month):
            return
        typed = self._content() if self.keeper.is_dirty and self._shown is not None else None
        is_first = self._shown is None
        self._shown = read
        page = read.page
        waits = self._can_write()
        self.header.set_title(f"{month_title(page.month)} của {page.member.name}")
        self.header.set_facts(self._facts(read))
        self.strip.set_cells(
            tuple(
                MonthCell(number, cell.shown.value, is_current=number == page.month.month)
                for number, cell in enumerate(page.strip, 1)
            )
        )
        stored = {entry.item_id: entry.cell_comment for entry in page.assessment.entries}
        self.rows.show_page(page, stored, waits)
        self.rows.setVisible(bool(page.open_items) and bool(page.assessment.entries))
        self.side.show_month(page.assessment, waits, waits and not self._is_own())
        self.side.setVisible(page.assessment.state is not MonthState.DRAFT)
        for area in (*self.rows.areas.values(), self.side.comment):
            area.installEventFilter(self)
        self._show_draft(read.draft if waits else None, typed)
        self._show_message(page)
        self._show_buttons(page)
        if is_first and self.isVisible():
            self.first_focus().setFocus()

    def _can_write(self) -> bool:
        page = self._shown.page if self._shown else None
        return (
            page is not None
            and page.assessment.state is MonthState.SUBMITTED
            and not page.is_closed
            and not self.desk.ws.read_only
        )

    def _is_own(self) -> bool:
        return self._member_id == self.desk.ws.actor.member_id

    def _facts(self, read: _Read) -> str:
        handed = moment(read.page.assessment.submitted_at)
        words = [f"gửi ngày {handed}"] if handed else []
        if read.page.assessment.entered_by not in (None, self._member_id):
            words.append(f"{read.page.assessment.entered_by_name} nhập thay")
        if self._member_id in read.waiting:
            place = read.waiting.index(self._member_id) + 1
            words.insert(0, f"{place} / {len(read.waiting)} bản chờ ý kiến")
        return " · ".join(words)

    def _show_draft(self, draft: StoredDraft | None, typed: dict[str, Any] | None) -> None:
        """Words typed and not yet saved stand over those of the book."""
        content = typed or (draft.payload if draft else None)
        if content is None:
            self.draft_message.close_message()
            return
        for item_id, words in content["items"].items():
            if item_id in self.rows.areas:
                self.rows.areas[item_id].set_value(words)
        self.side.comment.set_value(content["comment"])
        self.side.set_mark(CellMark(content["mark"]) if content["mark"] else None)
        if draft is not None and typed is None:
            self.draft_message.show_message(
                "info",
                f"Đã đưa lại phần đồng chí viết dở lúc {day_and_time(draft.saved_at)}.",
                "Bỏ phần viết dở",
                self._drop_draft,
            )

    def _drop_draft(self) -> None:
        self.keeper.forget()
        self.refresh()

    def _show_message(self, page: MonthPage) -> None:
        now = page.assessment
        self.message.close_message()
        if page.is_closed:
            self.message.show_message("info", f"Năm {page.month.year} đã khóa, chỉ xem được.")
        elif now.state is MonthState.CONFIRMED:
            by = f", {now.confirmed_by_name} ghi" if now.confirmed_by_name else ""
            reason = f" Tháng không họp: {now.no_meeting_reason}." if now.no_meeting_reason else ""
            self.message.show_message("ok", f"Chi bộ đã xác nhận tháng này{by}.{reason}", icon="lock")
        elif now.state is MonthState.EXCUSED:
            self.message.show_message("info", f"Nghỉ có lý do: {now.excuse_reason}.")
        elif now.state is MonthState.DRAFT:
            self.message.show_message("info", _not_in(page))
        elif self._is_own():
            self.message.show_message(
                "info", "Tháng của đồng chí do phó bí thư hoặc một chi ủy viên xác nhận."
            )
        elif tired := page.tired_items():
            numbers = ", ".join(f"việc {number}" for number in tired)
            self.message.show_message(
                "warning",
                f"{numbers[:1].upper()}{numbers[1:]} ghi như tháng trước ba tháng liền. "
                "Nên nhắc ghi rõ kết quả.",
                "Chèn lời nhắc",
                lambda: self._insert(_REMIND),
            )

    def _show_buttons(self, page: MonthPage) -> None:
        waits = self._can_write()
        may = not page.is_closed and not self.desk.ws.read_only
        is_open = page.assessment.state in (MonthState.DRAFT, MonthState.SUBMITTED)
        self.save.setVisible(waits)
        self.confirm.setVisible(waits and not self._is_own())
        self.give_back.setVisible(waits)
        can_type = is_open and page.shown not in (Shown.FUTURE, Shown.NOT_REQUIRED)
        self.type.setVisible(may and can_type and not waits)
        self.reopen.setVisible(may and not is_open)
        left = len(self._shown.waiting) - 1 if self._shown and waits else 0
        if not self.keeper.is_dirty and left > 0:
            self.bar.set_note(f"Sau bản này còn {left} bản")

    def _content(self) -> dict[str, Any]:
        mark = self.side.mark()
        return {
            "comment": self.side.comment.value(),
            "mark": mark.value if mark else "",
            "items": self.rows.words(),
        }

    # What is done

    def _insert(self, words: str) -> None:
        area = self._last_area
        known = (*self.rows.areas.values(), self.side.comment)
        target = area if area in known and area is not None else self.side.comment
        target.insert_phrase(words)
        target.setFocus()

    def _comment(self) -> partial[None]:
        words = (self.side.comment.value(), self.side.mark(), self.rows.words())
        return partial(comment_month, self.desk.ws, self._member_id, self._month, *words)

    def _save(self) -> None:
        if self._can_write():
            self.keeper.is_dirty = False
            self.write(
                self._comment(),
                changes={Topic.MONTHS},
                on_done=lambda _none: self._done("Đã ghi ý kiến"),
                on_error=self._refused,
            )

    def _confirm(self) -> None:
        if not self._can_write():
            return
        if problem := self.side.day.problem():
            self._show_day_problem(problem)
            return
        day = self.side.day.value()
        if day is None:
            self._show_day_problem("Chưa ghi ngày họp.")
            return
        self.keeper.is_dirty = False
        confirm = partial(confirm_months, self.desk.ws, self._month, [self._member_id], day)
        self.write(
            partial(_comment_and_confirm, self._comment(), confirm),
            changes={Topic.MONTHS},
            on_done=lambda _done: self._done("Đã xác nhận"),
            on_error=self._refused,
        )

    def _show_day_problem(self, sentence: str) -> None:
        self.side.day_field.set_error(sentence)
        self.side.day_field.focus_field()

    def _give_back(self) -> None:
        name = self._shown.page.member.name if self._shown else ""
        reason = ask_to_return(self.desk, name, self._month)
        if reason:
            self.write(
                partial(return_month, self.desk.ws, self._member_id, self._month, reason),
                changes={Topic.MONTHS},
                on_done=lambda _none: self._done("Đã trả lại"),
                on_error=self._refused,
            )

    def _reopen(self) -> None:
        name = self._shown.page.member.name if self._shown else ""
        reason = ask_to_reopen(self.desk, name, self._month)
        if reason:
            self.write(
                partial(reopen_month, self.desk.ws, self._member_id, self._month, reason),
                changes={Topic.MONTHS},
                on_done=lambda _none: self.desk.say_done(f"Đã mở lại {self._month} của {name}."),
                on_error=self._refused,
            )

    def _type(self) -> None:
        self.typing_requested.emit(self._member_id, self._month)

    def _done(self, act: str) -> None:
        name = self._shown.page.member.name if self._shown else ""
        self.desk.say_done(f"{act} {self._month} của {name}.")
        self.keeper.forget()
        if not self._go_to_person(1):
            self.closed.emit()

    def _refused(self, error: UserError) -> None:
        self.keeper.touch()
        self.message.show_message("error", str(error))

    # Moving about

    def _go_to_person(self, step: int) -> bool:
        waiting = self._shown.waiting if self._shown else ()
        others = [member_id for member_id in waiting if member_id != self._member_id]
        if not others:
            return False
        if self._member_id in waiting:
            place = (waiting.index(self._member_id) + step) % len(waiting)
            self.show_month(waiting[place], self._month)
        else:
            self.show_month(others[0 if step > 0 else -1], self._month)
        return True

    def _open_other_month(self, month: int) -> None:
        if 1 <= month <= 12:
            self.show_month(self._member_id, Month(self._month.year, month))

    def _next_pane(self) -> None:
        in_side = self.side.isAncestorOf(self.focusWidget() or self)
        target = self.first_focus() if in_side or not self.side.isVisible() else self.side.praise
        target.setFocus()

    def go_back(self) -> bool:
        """Esc: what was typed is kept as a draft."""
        self.keeper.flush()
        self.closed.emit()
        return True

    def first_focus(self) -> QWidget:
        """The first field to write in."""
        if self.rows.areas and not self.rows.isHidden():
            return next(iter(self.rows.areas.values()))
        return self.side.comment if self._can_write() else self.strip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, TextArea):
            self._last_area = watched
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        width = logical_width(self)
        self.rows.set_narrow(width < RAIL_WIDTH)
        is_beside = width >= FULL_WIDTH
        holder = self._side_scroll.body if is_beside else self.area.body
        if holder.indexOf(self.side) < 0:
            holder.addWidget(self.side)
        self._side_scroll.setVisible(is_beside)
        self._side_scroll.setFixedWidth(side_width())
        self.back.set_compact(width < RAIL_WIDTH)
        for button in (self.reopen, self.type, self.give_back, self.confirm):
            button.set_compact(width < RAIL_WIDTH)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)


def _key(member_id: str, month: Month) -> str:
    return f"{member_id}:{month.iso}"


def _read_all(ws: Workspace, member_id: str, month: Month) -> _Read:
    waiting = tuple(assessment.member_id for assessment in months_to_confirm(ws, month))
    return _Read(
        open_month(ws, member_id, month), waiting, find_draft(ws, DRAFT_FORM, _key(member_id, month))
    )


def _comment_and_confirm(comment: partial[None], confirm: partial[Confirmed]) -> Confirmed:
    comment()
    return confirm()


def _not_in(page: MonthPage) -> str:
    if page.shown is Shown.FUTURE:
        return f"Chưa tới {page.month}."
    if page.free_reason:
        return f"Tháng này đồng chí không phải nộp: {page.free_reason}."
    if page.assessment.cell_comment:
        return f"Đã trả lại để ghi thêm: “{page.assessment.cell_comment}”"
    return f"Đồng chí này chưa gửi {page.month}."
