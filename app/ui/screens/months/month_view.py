"""How a member's month looks while it is written: head, strip, what is to know, the cards, the foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.errors import Problem
from app.domain.monthly import MonthState, Shown
from app.services.drafts import StoredDraft
from app.services.months import MonthPage
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar, ProblemList
from app.ui.parts.month_strip import MonthCell, MonthStrip
from app.ui.parts.page import ActionBar, PageHeader, logical_width
from app.ui.screens.months.item_card import ItemCard
from app.ui.screens.months.month_form import MonthForm
from app.ui.screens.months.month_words import clock_time, day_and_time
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH

# Wider lines than this are hard to read.
_READING = 1300
_SETTLE_MS = 30


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """A month, what is typed and not saved, whose it is and whether the book can be written."""

    page: MonthPage
    draft: StoredDraft | None
    is_own: bool
    is_read_only: bool

    @property
    def can_write(self) -> bool:
        """Whether something can be written now."""
        page = self.page
        is_open = page.assessment.state in (MonthState.DRAFT, MonthState.SUBMITTED)
        is_free = page.shown is Shown.FUTURE or bool(page.free_reason)
        return is_open and not is_free and not page.is_closed and not self.is_read_only


class MonthView(QWidget):
    """Only looks and what is written; reading and saving is the page's."""

    draft_dropped = Signal()

    def __init__(self, back_words: str) -> None:
        super().__init__()
        self._facts: MonthFacts | None = None
        self._make_parts(back_words)
        self._build()
        self.problems.problem_chosen.connect(self.form.focus_problem)
        self.form.edited.connect(self.say_missing)
        self.form.finished.connect(self.send.setFocus)
        self.form.card_shown.connect(self._card_shown)
        self.before.clicked.connect(lambda: self.form.step(-1))
        self.after.clicked.connect(lambda: self.form.step(1))
        QShortcut(QKeySequence("Ctrl+D"), self, self.form.copy_current)
        for number in range(1, 10):
            QShortcut(QKeySequence(f"Alt+{number}"), self, lambda n=number: self.form.go_to_number(n))
        theme.changed.connect(self._fit)

    def _make_parts(self, back_words: str) -> None:
        self.back = make_button("outlined", back_words, "arrow-left")
        self.back.set_key("Esc")
        self.header = PageHeader("", lead=self.back)
        self.strip = MonthStrip()
        self.on_behalf = MessageBar()
        self.message = MessageBar()
        self.draft_message = MessageBar()
        self.problems = ProblemList()
        self.form = MonthForm()
        self.to_pledge = make_button("filled", "Mở đăng ký năm", "pen-line")
        self.empty = EmptyState("notebook-pen", "", "", (self.to_pledge,))
        self.before = make_button("outlined", "Việc trước", "arrow-left")
        self.after = make_button("outlined", "Việc sau", "arrow-right")
        self.send = make_button("filled", "Gửi cho chi bộ", "send", "Ctrl+Enter")
        self.bar = ActionBar(self.before, self.after, self.send)
        self.place_words = Label("", "body", weight=600, wrap=False)
        self.bar.left.addWidget(self.place_words)

    def _build(self) -> None:
        page = Column(self, spacing=0)
        page.addWidget(self.header)
        self.area = ScrollBody(spacing=12)
        for part in (self.on_behalf, self.strip, self.message, self.draft_message, self.problems, self.form):
            self.area.body.addWidget(part)
        self.area.body.addWidget(self.empty)
        page.addWidget(self.area, 1)
        page.addWidget(self.bar)
        self.empty.hide()
        self.form.hide()

    # What is shown

    def show_facts(self, facts: MonthFacts) -> None:
        """Show a month as it is in the book."""
        self._facts = facts
        page, can_write = facts.page, facts.can_write
        self._name(facts)
        self.form.show_page(
            page, is_own=facts.is_own, can_write=can_write, role="lead" if facts.is_own else "body"
        )
        why, words = _why_empty(page, facts.is_own)
        self.empty.setVisible(bool(why))
        self.form.setVisible(not why)
        self.empty.set_words(why, words)
        self.to_pledge.setVisible(_has_no_pledge(page))
        self._show_state(page)
        is_sent = page.assessment.state is MonthState.SUBMITTED
        self.send.set_words("Gửi lại cho chi bộ" if is_sent else "Gửi cho chi bộ")
        self.send.setVisible(can_write and bool(page.open_items))
        self.bar.setVisible(can_write and bool(page.open_items))
        self._fit()

    def _name(self, facts: MonthFacts) -> None:
        page = facts.page
        due = f"hạn gửi {format_date(page.due)}"
        who = page.member.name if facts.is_own else "Nhập thay từ bản viết tay"
        self.header.set_facts(f"{who} · {due}")
        if not facts.is_own:
            self.on_behalf.show_message(
                "info",
                f"Đồng chí đang nhập thay {page.member.name} từ bản viết tay. "
                "Sổ ghi rõ ai nhập; chữ và mức là của đồng chí ấy.",
                icon="keyboard",
            )
        self.strip.set_cells(
            tuple(
                MonthCell(number, cell.shown.value, is_current=number == page.month.month)
                for number, cell in enumerate(page.strip, 1)
            )
        )

    def _show_state(self, page: MonthPage) -> None:
        now = page.assessment
        thanks = self.message.text.startswith("Đã gửi")
        if page.is_closed:
            self.message.show_message("info", f"Năm {page.month.year} đã khóa, chỉ xem được.", icon="lock")
        elif now.state is MonthState.CONFIRMED:
            words = "Chi bộ đã xác nhận tháng này nên không sửa được. Muốn sửa, bí thư mở lại và ghi lý do."
            self.message.show_message("ok", words, icon="lock")
        elif now.state is MonthState.EXCUSED and now.entries:
            self.message.show_message("info", f"Tháng này nghỉ có lý do: {now.excuse_reason}.")
        elif now.state is MonthState.SUBMITTED:
            if not thanks:
                words = "Tháng này đã gửi. Sửa rồi gửi lại được đến khi chi bộ xác nhận."
                self.message.show_message("ok", words)
        elif now.state is MonthState.DRAFT and now.cell_comment:
            self.message.show_message("warning", f"Chi bộ trả lại để ghi thêm: “{now.cell_comment}”")
        else:
            self.message.close_message()

    def show_draft(self, draft: StoredDraft) -> None:
        """Bring back what was typed and not saved, and say so."""
        self.form.show_typed(draft.payload["items"])
        self.draft_message.show_message(
            "info",
            f"Đã đưa lại phần đồng chí viết dở lúc {day_and_time(draft.saved_at)}.",
            "Bỏ phần viết dở",
            self.draft_dropped.emit,
        )
        self.say_missing()

    def clear(self) -> None:
        """Another month comes: what was said of this one goes."""
        self.message.close_message()
        self.draft_message.close_message()
        self.problems.show_problems(())
        self.bar.set_saved("")

    def show_kept(self, when: str, is_own: bool) -> None:
        """Say that what was typed is kept."""
        if self._is_narrow():
            self.bar.set_saved("Đã lưu nháp")
            return
        only = "Chỉ đồng chí đọc được bản nháp." if is_own else ""
        self.bar.set_saved(f"Đã lưu nháp lúc {clock_time(when)}. {only}".strip())

    def show_sent(self, sentence: str) -> None:
        """Say calmly that it is handed in."""
        self.problems.show_problems(())
        self.form.show_problems(())
        self.draft_message.close_message()
        self.message.show_message("ok", sentence)
        self.bar.set_saved("")
        self.area.verticalScrollBar().setValue(0)
        self.strip.setFocus()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List what keeps the month from being handed in, and lead to the first."""
        self.problems.show_problems(problems)
        self.form.show_problems(problems)
        self.problems.go_to_next()

    def say_missing(self) -> None:
        """Which items are not complete, beside the button; solved problems leave the list."""
        facts = self._facts
        if facts is None or not facts.can_write:
            self.bar.set_missing("")
            return
        problems = facts.page.problems(self.form.entries())
        numbers = list(dict.fromkeys(problem.message.split(":")[0].lower() for problem in problems))
        more = f" và {len(numbers) - 3} việc nữa" if len(numbers) > 3 else ""
        words = f"Còn {', '.join(numbers[:3])}{more} chưa đủ" if numbers else ""
        self.bar.set_missing("" if self._is_narrow() else words)
        if not self.problems.isHidden():
            self.problems.show_problems(problems)

    def first_focus(self) -> QWidget:
        """The current card's result, or the strip when there is nothing to write."""
        can_write = self._facts is not None and self._facts.can_write
        if self.form.cards and can_write and not self.form.isHidden():
            return (self.form.current or self.form.cards[0]).result
        return self.strip

    # Sizes

    def _card_shown(self, card: ItemCard) -> None:
        place, count = self.form.place()
        self.place_words.setText(f"Việc {place} trong {count}")
        self.before.setEnabled(place > 1)
        self.after.setEnabled(place < count)
        # After the layout has settled: a list of problems may just have come up above.
        QTimer.singleShot(_SETTLE_MS, self, self._show_focused)

    def _show_focused(self) -> None:
        focused = self.area.inner.focusWidget()
        if focused is not None:
            self.area.ensureWidgetVisible(focused, 0, px(110))

    def _is_narrow(self) -> bool:
        return logical_width(self) < FULL_WIDTH

    def _fit(self) -> None:
        is_narrow = self._is_narrow()
        self.form.set_alone(is_narrow)
        has_steps = is_narrow and len(self.form.cards) > 1 and not self.form.isHidden()
        for part in (self.before, self.after, self.place_words):
            part.setVisible(has_steps)
        self.back.set_compact(is_narrow)
        for wide in (self.on_behalf, self.strip, self.message, self.draft_message, self.problems, self.form):
            wide.setMaximumWidth(px(_READING))
        self._fit_words(is_narrow)

    def _fit_words(self, is_narrow: bool) -> None:
        """Shorter words on narrow windows; who types for whom stays in the title."""
        if self._facts is None:
            return
        page, is_own = self._facts.page, self._facts.is_own
        month = f"tháng {page.month.month}" if is_narrow else str(page.month)
        name = page.member.name
        own = f"Tự đánh giá {month}"
        self.header.set_title(own if is_own else f"Nhập thay {name}, {month}")
        self.on_behalf.setVisible(not is_own and not is_narrow)
        body = self.area.body
        place = body.indexOf(self.form)
        if (body.indexOf(self.problems) > place) != is_narrow:
            body.removeWidget(self.problems)
            body.insertWidget(body.indexOf(self.form) + (1 if is_narrow else 0), self.problems)
        self.say_missing()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)


def _has_no_pledge(page: MonthPage) -> bool:
    return not page.open_items and not page.finished_items


def _why_empty(page: MonthPage, is_own: bool) -> tuple[str, str]:
    """Why there is nothing to write: a title and a sentence, both "" when there is something."""
    if page.shown is Shown.FUTURE:
        return f"Chưa tới {page.month}", "Đến đầu tháng đó sẽ ghi được."
    if page.free_reason and not page.assessment.entries:
        return "Tháng này không phải nộp", f"Lý do: {page.free_reason}."
    if page.assessment.state is MonthState.EXCUSED and not page.assessment.entries:
        return "Tháng này nghỉ có lý do", f"Lý do: {page.assessment.excuse_reason}."
    if _has_no_pledge(page):
        who = "Đồng chí" if is_own else page.member.name
        return "Chưa có việc nào để ghi", f"{who} chưa đăng ký việc nào cho năm {page.month.year}."
    if not page.open_items:
        return "Tháng này không có việc nào đang mở", "Đồng chí không phải ghi gì."
    return "", ""
