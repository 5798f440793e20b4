"""A member's month: written by the member, or typed in for them from paper ("nhập thay")."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.dates import Month, format_date
from app.domain.errors import UserError, ValidationFailed
from app.domain.monthly import MonthlySelfAssessment, MonthState, Shown
from app.domain.pledge import Outcome
from app.services.drafts import StoredDraft, find_draft
from app.services.months import MonthPage, open_month, save_month, submit_month
from app.services.pledges import set_outcome
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar, ProblemList
from app.ui.parts.month_strip import MonthCell, MonthStrip
from app.ui.parts.page import ActionBar, PageHeader, logical_width
from app.ui.screens.months.draft_keeper import DraftKeeper
from app.ui.screens.months.item_card import ItemCard
from app.ui.screens.months.month_form import MonthForm
from app.ui.screens.months.month_words import clock_time, day_and_time
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH

DRAFT_FORM = "month"
# Wider lines than this are hard to read.
_READING = 1240


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page needs in one reading."""

    page: MonthPage
    draft: StoredDraft | None


class MonthEditor(DeskPage):
    """Every open item a card. Typing is kept as a draft; leaving saves it as the month being written."""

    topics = frozenset({Topic.MONTHS, Topic.PLEDGES})
    closed = Signal()
    help_topic = "month"

    def __init__(self, desk: Desk, member_id: str, month: Month) -> None:
        super().__init__(desk)
        self.member_id, self.month = member_id, month
        self._shown: MonthPage | None = None
        self._was_touched = False
        self._is_own = desk.ws.actor.member_id == member_id
        self.keeper = DraftKeeper(self, DRAFT_FORM, self._content)
        self.keeper.watch(self._key())
        self._make_parts()
        self._build()
        self._connect()

    def _make_parts(self) -> None:
        back_words = "Bảng tháng" if self.desk.ws.actor.role.leads else "Trang của tôi"
        self.back = make_button("outlined", back_words, "arrow-left", on_click=self.go_back)
        self.back.set_key("Esc")
        self.header = PageHeader("", lead=self.back)
        self.strip = MonthStrip()
        self.on_behalf = MessageBar()
        self.message = MessageBar()
        self.draft_message = MessageBar()
        self.problems = ProblemList()
        self.form = MonthForm()
        self.to_pledge = make_button("filled", "Mở đăng ký năm", "pen-line", on_click=self._open_pledge)
        self.empty = EmptyState("notebook-pen", "", "", (self.to_pledge,))
        self.before = make_button("outlined", "Việc trước", "arrow-left", on_click=lambda: self.form.step(-1))
        self.after = make_button("outlined", "Việc sau", "arrow-right", on_click=lambda: self.form.step(1))
        self.send = make_button("filled", "Gửi cho chi bộ", "send", "Ctrl+Enter", self._send)
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

    def _connect(self) -> None:
        self.strip.month_opened.connect(self._open_month_number)
        self.problems.problem_chosen.connect(self.form.focus_problem)
        self.form.edited.connect(self._edited)
        self.form.finished.connect(self.send.setFocus)
        self.form.outcome_asked.connect(self._write_outcome)
        self.form.card_shown.connect(self._card_shown)
        self.keeper.kept.connect(self._kept)
        self.keeper.failed.connect(lambda why: self.message.show_message("error", why))
        QShortcut(QKeySequence("Ctrl+D"), self, self.form.copy_current)
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self._open_month_number(self.month.month - 1))
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self._open_month_number(self.month.month + 1))
        for number in range(1, 10):
            QShortcut(QKeySequence(f"Alt+{number}"), self, partial(self.form.go_to_number, number))
        theme.changed.connect(self._fit)

    # What is shown

    def _key(self) -> str:
        return f"{self.member_id}:{self.month.iso}"

    def reload(self) -> None:
        work = partial(_read_all, self.desk.ws, self.member_id, self.month, self._key())
        self.read(work, self._show, key="month")

    def _show(self, read: _Read) -> None:
        page = read.page
        if page.month != self.month:
            return
        typed = self._content()["items"] if self.keeper.is_dirty and self._shown is not None else None
        is_first = self._shown is None or self._shown.month != page.month
        self._shown = page
        can_write = self._can_write()
        self._name(page)
        self.form.show_page(
            page, is_own=self._is_own, can_write=can_write, role="lead" if self._is_own else "body"
        )
        if can_write:
            self._show_typed(typed, read.draft)
        why, words = _why_empty(page, self._is_own)
        self.empty.setVisible(bool(why))
        self.form.setVisible(not why)
        self.empty.set_words(why, words)
        self.to_pledge.setVisible(_has_no_pledge(page))
        self._show_state(page, can_write)
        self._say_missing()
        self._fit()
        if is_first and self.isVisible():
            self.first_focus().setFocus()

    def _can_write(self) -> bool:
        page = self._shown
        return (
            page is not None
            and page.assessment.state in (MonthState.DRAFT, MonthState.SUBMITTED)
            and page.shown is not Shown.FUTURE
            and not page.is_closed
            and not page.free_reason
            and not self.desk.ws.read_only
        )

    def _name(self, page: MonthPage) -> None:
        due = f"hạn gửi {format_date(page.due)}"
        who = page.member.name if self._is_own else "Nhập thay từ bản viết tay"
        self.header.set_facts(f"{who} · {due}")
        if not self._is_own:
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

    def _show_typed(self, typed: dict[str, Any] | None, draft: StoredDraft | None) -> None:
        if typed is not None:
            self.form.show_typed(typed)
        elif draft is not None:
            self.form.show_typed(draft.payload["items"])
            self._was_touched = True
            self.draft_message.show_message(
                "info",
                f"Đã đưa lại phần đồng chí viết dở lúc {day_and_time(draft.saved_at)}.",
                "Bỏ phần viết dở",
                self._drop_draft,
            )
        else:
            self.draft_message.close_message()

    def _show_state(self, page: MonthPage, can_write: bool) -> None:
        now = page.assessment
        was_sent = self.message.text.startswith("Đã gửi") and now.state is MonthState.SUBMITTED
        if page.is_closed:
            self.message.show_message("info", f"Năm {page.month.year} đã khóa, chỉ xem được.", icon="lock")
        elif now.state is MonthState.CONFIRMED:
            words = "Chi bộ đã xác nhận tháng này nên không sửa được. Muốn sửa, bí thư mở lại và ghi lý do."
            self.message.show_message("ok", words, icon="lock")
        elif now.state is MonthState.EXCUSED and now.entries:
            self.message.show_message("info", f"Tháng này nghỉ có lý do: {now.excuse_reason}.")
        elif now.state is MonthState.SUBMITTED and not was_sent:
            self.message.show_message("ok", "Tháng này đã gửi. Sửa rồi gửi lại được đến khi chi bộ xác nhận.")
        elif now.state is MonthState.DRAFT and now.cell_comment:
            self.message.show_message("warning", f"Chi bộ trả lại để ghi thêm: “{now.cell_comment}”")
        elif not was_sent:
            self.message.close_message()
        self.send.set_words("Gửi lại cho chi bộ" if now.state is MonthState.SUBMITTED else "Gửi cho chi bộ")
        self.send.setVisible(can_write and bool(page.open_items))
        self.bar.setVisible(can_write and bool(page.open_items))

    # Writing

    def _content(self) -> dict[str, Any]:
        names = ("result", "self_level", "limits", "fix", "evidence", "copied_from")
        return {
            "items": {
                entry.item_id: {name: getattr(entry, name) for name in names} for entry in self.form.entries()
            }
        }

    def _edited(self) -> None:
        self._was_touched = True
        self.keeper.touch()
        self._say_missing()

    def _kept(self, when: str) -> None:
        if self._is_narrow():
            self.bar.set_saved("Đã lưu nháp")
            return
        only = "Chỉ đồng chí đọc được bản nháp." if self._is_own else ""
        self.bar.set_saved(f"Đã lưu nháp lúc {clock_time(when)}. {only}".strip())

    def _drop_draft(self) -> None:
        self.keeper.forget()
        self._was_touched = False
        self.draft_message.close_message()
        self.refresh()

    def _say_missing(self) -> None:
        page = self._shown
        if page is None or not self._can_write():
            self.bar.set_missing("")
            return
        problems = page.problems(self.form.entries())
        numbers = list(dict.fromkeys(problem.message.split(":")[0].lower() for problem in problems))
        shown = ", ".join(numbers[:3]) + (f" và {len(numbers) - 3} việc nữa" if len(numbers) > 3 else "")
        self.bar.set_missing(f"Còn {shown} chưa đủ" if numbers and not self._is_narrow() else "")
        if not self.problems.isHidden():
            self.problems.show_problems(problems)

    def _assessment(self) -> MonthlySelfAssessment:
        assert self._shown is not None
        return replace(self._shown.assessment, entries=self.form.entries())

    def _send(self) -> None:
        page = self._shown
        if page is None or not self._can_write():
            return
        problems = page.problems(self.form.entries())
        if problems:
            self._show_problems(ValidationFailed(problems))
            return
        self.write(
            partial(submit_month, self.desk.ws, self._assessment()),
            changes={Topic.MONTHS},
            on_done=self._sent,
            on_error=self._refused,
        )

    def _sent(self, _saved: MonthlySelfAssessment) -> None:
        self._settle()
        self.problems.show_problems(())
        self.form.show_problems(())
        name = self._shown.member.name if self._shown else ""
        words = (
            f"Đã gửi tháng {self.month.month} cho chi bộ. Cảm ơn đồng chí."
            if self._is_own
            else f"Đã gửi tháng {self.month.month} thay {name}."
        )
        self.message.show_message("ok", words)
        self.bar.set_saved("")
        self.area.verticalScrollBar().setValue(0)
        self.strip.setFocus()

    def _settle(self) -> None:
        """What was typed is in the book; the draft is not needed any more."""
        self.keeper.forget()
        self._was_touched = False
        self.draft_message.close_message()

    def _refused(self, error: UserError) -> None:
        self.keeper.touch()
        if isinstance(error, ValidationFailed):
            self._show_problems(error)
        else:
            self.message.show_message("error", str(error))
            self.area.ensureWidgetVisible(self.message)

    def _show_problems(self, error: ValidationFailed) -> None:
        self.problems.show_problems(error.problems)
        self.form.show_problems(error.problems)
        self.problems.go_to_next()

    def _write_outcome(self, card: ItemCard, is_done: bool) -> None:
        outcome = Outcome.DONE if is_done else Outcome.IN_PROGRESS
        on = min(self.desk.ws.today(), self.month.last_day) if is_done else None
        where = (self.desk.ws, self.member_id, self.month.year, card.item.id)
        undone = Outcome.IN_PROGRESS if is_done else Outcome.DONE
        undo = partial(set_outcome, *where, undone, card.item.finished_on)
        changes = {Topic.PLEDGES}
        self.keeper.flush()
        self.write(
            partial(set_outcome, *where, outcome, on),
            changes=changes,
            on_done=lambda _none: self.desk.say_done(
                f"Việc {card.number}: {outcome.label.lower()}.",
                lambda: self.write(undo, changes=changes, on_done=lambda _undone: None),
            ),
        )

    # Leaving

    def _leave(self) -> None:
        """A month being written is saved as such; a handed-in one keeps its changes as a draft only."""
        page = self._shown
        if not self._was_touched or page is None or not self._can_write():
            return
        if page.assessment.state is not MonthState.DRAFT:
            self.keeper.flush()
            return
        saving = partial(save_month, self.desk.ws, self._assessment())
        self.keeper.flush()
        self.write(saving, changes={Topic.MONTHS}, on_done=lambda _saved: None)
        self._settle()

    def _open_month_number(self, number: int) -> None:
        if not 1 <= number <= 12 or number == self.month.month:
            return
        self._leave()
        self.keeper.flush()
        self.month = Month(self.month.year, number)
        self.keeper.watch(self._key())
        self.message.close_message()
        self.problems.show_problems(())
        self.bar.set_saved("")
        self._was_touched = False
        self.refresh()

    def _open_pledge(self) -> None:
        if self.desk.ws.actor.role.leads:
            self.desk.go_to("pledges", member=self.member_id, year=str(self.month.year))
        else:
            self.closed.emit()

    def go_back(self) -> bool:
        """Esc: back, with everything typed kept."""
        self._leave()
        self.closed.emit()
        return True

    def first_focus(self) -> QWidget:
        """The first card's result, or the strip when there is nothing to write."""
        if self.form.cards and self._can_write() and not self.form.isHidden():
            return (self.form.current or self.form.cards[0]).result
        return self.strip

    # Sizes

    def _card_shown(self, card: ItemCard) -> None:
        place, count = self.form.place()
        self.place_words.setText(f"Việc {place} trong {count}")
        self.before.setEnabled(place > 1)
        self.after.setEnabled(place < count)
        # After the layout has settled: a list of problems may just have come up above.
        QTimer.singleShot(0, self, self._show_focused)

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
        page = self._shown
        if page is None:
            return
        month = f"tháng {page.month.month}" if is_narrow else str(page.month)
        name = page.member.name
        own = f"Tự đánh giá {month}"
        self.header.set_title(own if self._is_own else f"Nhập thay {name}, {month}")
        self.on_behalf.setVisible(not self._is_own and not is_narrow)
        body = self.area.body
        place = body.indexOf(self.form)
        if (body.indexOf(self.problems) > place) != is_narrow:
            body.removeWidget(self.problems)
            body.insertWidget(body.indexOf(self.form) + (1 if is_narrow else 0), self.problems)
        self._say_missing()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)


def _read_all(ws: Workspace, member_id: str, month: Month, key: str) -> _Read:
    return _Read(open_month(ws, member_id, month), find_draft(ws, DRAFT_FORM, key))


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
