"""How one member's month looks to the cell: words side by side, what is said of all, what can be done."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.monthly import CellMark, MonthState, Shown
from app.domain.permissions import Act
from app.services.drafts import StoredDraft
from app.services.months import MonthPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import TextArea
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import MessageBar
from app.ui.parts.month_strip import MonthCell, MonthStrip
from app.ui.parts.page import ActionBar, PageHeader, logical_width
from app.ui.screens.months.comment_rows import CommentRows, side_width
from app.ui.screens.months.comment_side import CommentSide
from app.ui.screens.months.month_words import day_and_time, moment, month_title
from app.ui.theme import theme
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH

_REMIND = "Kết quả ba tháng liền chép như nhau. Tháng sau ghi rõ việc mới."


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """A month, who waits for the cell's words in it, what is typed and not saved, and what may be done."""

    page: MonthPage
    waiting: tuple[str, ...]
    draft: StoredDraft | None
    is_own: bool
    is_read_only: bool
    rights: frozenset[Act]

    @property
    def can_write(self) -> bool:
        """Whether the cell can say something now."""
        is_in = self.page.assessment.state is MonthState.SUBMITTED and Act.COMMENT_MONTH in self.rights
        return is_in and not self.page.is_closed and not self.is_read_only


class CommentView(QWidget):
    """Only looks and what is written; reading and saving is the page's."""

    edited = Signal()
    draft_dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._last_area: TextArea | None = None
        self._make_parts()
        self._build()
        self.rows.edited.connect(self.edited)
        self.side.edited.connect(self.edited)
        self.side.phrase_chosen.connect(self.insert)
        theme.changed.connect(self._fit)

    def _make_parts(self) -> None:
        self.back = make_button("outlined", "Bảng tháng", "arrow-left")
        self.back.set_key("Esc")
        self.before = make_button("outlined", "Người trước", "arrow-left", "Alt+Trái")
        self.after = make_button("outlined", "Người sau", "arrow-right", "Alt+Phải")
        self.header = PageHeader("", actions=(self.before, self.after), lead=self.back)
        self.strip = MonthStrip()
        self.message = MessageBar()
        self.draft_message = MessageBar()
        self.rows = CommentRows()
        self.side = CommentSide()
        self.reopen = make_button("outlined", "Mở lại…", "lock-open")
        self.type = make_button("outlined", "Nhập giúp từ giấy", "keyboard", "F2")
        self.give_back = make_button("outlined", "Trả lại để ghi thêm", "undo-2")
        self.confirm = make_button("outlined", "Xác nhận", "check")
        self.save = make_button("filled", "Lưu, sang người sau", "check", "Ctrl+Enter")
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

    def show_facts(self, facts: CommentFacts, typed: dict[str, Any] | None) -> None:
        """Show a month; ``typed`` is what stands on the page and is not saved anywhere yet."""
        page, waits = facts.page, facts.can_write
        self.header.set_title(f"{month_title(page.month)} của {page.member.name}")
        self.header.set_facts(_head_facts(facts))
        self.strip.set_cells(
            tuple(
                MonthCell(number, cell.shown.value, is_current=number == page.month.month)
                for number, cell in enumerate(page.strip, 1)
            )
        )
        stored = {entry.item_id: entry.cell_comment for entry in page.assessment.entries}
        self.rows.show_page(page, stored, waits)
        self.rows.setVisible(bool(page.open_items) and bool(page.assessment.entries))
        self.side.show_month(page.assessment, waits, waits and not facts.is_own)
        self.side.setVisible(page.assessment.state is not MonthState.DRAFT)
        for area in (*self.rows.areas.values(), self.side.comment):
            area.installEventFilter(self)
        self._show_draft(facts.draft if waits else None, typed)
        self._show_message(facts)
        self._show_buttons(facts)

    def _show_draft(self, draft: StoredDraft | None, typed: dict[str, Any] | None) -> None:
        """Words typed and not yet saved stand over those of the book."""
        content = typed or (draft.payload if draft else None)
        self.draft_message.close_message()
        if content is None:
            return
        for item_id, words in content["items"].items():
            if item_id in self.rows.areas:
                self.rows.areas[item_id].set_value(words)
        self.side.comment.set_value(content["comment"])
        self.side.set_mark(CellMark(content["mark"]) if content["mark"] else None)
        if draft is not None and typed is None:
            when = day_and_time(draft.saved_at)
            self.draft_message.show_message(
                "info",
                f"Đã đưa lại phần đồng chí viết dở lúc {when}.",
                "Bỏ phần viết dở",
                self.draft_dropped.emit,
            )

    def _show_message(self, facts: CommentFacts) -> None:
        page, now = facts.page, facts.page.assessment
        self.message.close_message()
        if page.is_closed:
            self.message.show_message("info", f"Năm {page.month.year} đã khóa, chỉ xem được.", icon="lock")
        elif now.state is MonthState.CONFIRMED:
            by = f", {now.confirmed_by_name} ghi" if now.confirmed_by_name else ""
            reason = f" Tháng không họp: {now.no_meeting_reason}." if now.no_meeting_reason else ""
            self.message.show_message("ok", f"Chi bộ đã xác nhận tháng này{by}.{reason}", icon="lock")
        elif now.state is MonthState.EXCUSED:
            self.message.show_message("info", f"Nghỉ có lý do: {now.excuse_reason}.")
        elif now.state is MonthState.DRAFT:
            self.message.show_message("info", _not_in(page))
        elif facts.is_own:
            self.message.show_message(
                "info", "Tháng của đồng chí do phó bí thư hoặc một chi ủy viên xác nhận."
            )
        elif tired := page.tired_items():
            numbers = ", ".join(str(number) for number in tired)
            self.message.show_message(
                "warning",
                f"Việc {numbers} chép như tháng trước ba tháng liền. Nên nhắc ghi rõ kết quả.",
                "Chèn lời nhắc",
                lambda: self.insert(_REMIND),
            )

    def _show_buttons(self, facts: CommentFacts) -> None:
        page, waits = facts.page, facts.can_write
        may = not page.is_closed and not facts.is_read_only
        is_open = page.assessment.state in (MonthState.DRAFT, MonthState.SUBMITTED)
        can_type = is_open and page.shown is not Shown.FUTURE and not page.free_reason
        self.save.setVisible(waits)
        self.confirm.setVisible(waits and not facts.is_own)
        self.give_back.setVisible(waits)
        self.type.setVisible(may and can_type and not waits and Act.SAVE_MONTH in facts.rights)
        self.reopen.setVisible(may and not is_open and Act.REOPEN_MONTH in facts.rights)
        place = facts.waiting.index(page.member.id) + 1 if page.member.id in facts.waiting else 0
        left = len(facts.waiting) - place if waits else 0
        self.bar.set_note(f"Sau bản này còn {left} bản" if left > 0 else "")

    # What is written

    def content(self) -> dict[str, Any]:
        """What stands on the page, to be kept as a draft."""
        mark = self.side.mark()
        return {
            "comment": self.side.comment.value(),
            "mark": mark.value if mark else "",
            "items": self.rows.words(),
        }

    def insert(self, words: str) -> None:
        """Put words in where the cursor was last."""
        known = (*self.rows.areas.values(), self.side.comment)
        target = next((area for area in known if area is self._last_area), self.side.comment)
        target.insert_phrase(words)
        target.setFocus()

    def show_day_problem(self, sentence: str) -> None:
        """Say under the meeting's date what is wrong, and go there."""
        self.side.day_field.set_error(sentence)
        self.side.day_field.focus_field()

    def next_pane(self) -> None:
        """F6: between the items and what is said of the whole month."""
        in_side = any(part.hasFocus() for part in self.side.findChildren(QWidget))
        target = self.first_focus() if in_side or not self.side.isVisible() else self.side.praise
        target.setFocus()

    def first_focus(self) -> QWidget:
        """The first field to write in."""
        if self.rows.areas and not self.rows.isHidden():
            return next(iter(self.rows.areas.values()))
        return self.side.comment if self.side.isVisible() and self.side.praise.isEnabled() else self.strip

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


def _head_facts(facts: CommentFacts) -> str:
    page = facts.page
    handed = moment(page.assessment.submitted_at)
    words = [f"gửi ngày {handed}"] if handed else []
    if page.assessment.entered_by not in (None, page.member.id):
        words.append(f"{page.assessment.entered_by_name} nhập thay")
    if page.member.id in facts.waiting:
        place = facts.waiting.index(page.member.id) + 1
        words.insert(0, f"{place} / {len(facts.waiting)} bản chờ ý kiến")
    return " · ".join(words)


def _not_in(page: MonthPage) -> str:
    if page.shown is Shown.FUTURE:
        return f"Chưa tới {page.month}."
    if page.not_asked:
        return f"Tháng này đồng chí không phải nộp: {page.not_asked}."
    if page.assessment.cell_comment:
        return f"Đã trả lại để ghi thêm: “{page.assessment.cell_comment}”"
    return f"Đồng chí này chưa gửi {page.month}."
