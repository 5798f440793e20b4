"""One member's year-end review: written section by section, kept while typing, handed in to the cell."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.dates import format_date
from app.domain.errors import Problem, UserError, ValidationFailed
from app.domain.form_template import Section
from app.domain.record_states import review_state
from app.domain.review import GradeStage, Review, ReviewKey, ReviewState
from app.domain.rule_set import PeriodKind
from app.services import reviews
from app.services.drafts import StoredDraft
from app.services.reviews import ReviewPage
from app.services.workspace import Act, Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column
from app.ui.parts.messages import MessageBar, ProblemList
from app.ui.parts.page import PageHeader
from app.ui.screens.year_end.grade_section import GradeSection
from app.ui.screens.year_end.review_sheet import ReviewSheet
from app.ui.screens.year_end.section_bar import SectionBar
from app.ui.screens.year_end.sheet_decisions import SheetDecisions
from app.ui.screens.year_end.sheet_keeper import SheetKeeper
from app.ui.screens.year_end.sheet_view import SheetView


@dataclass(frozen=True, slots=True)
class _Opened:
    page: ReviewPage
    draft: StoredDraft | None


def _may_write(ws: Workspace, review: Review) -> bool:
    """Whether this person writes here, or could once the sheet is opened again."""
    is_closed = review.state is ReviewState.CLOSED
    return not ws.looks_only and (
        is_closed or ws.may(Act.SAVE_REVIEW, review.key.member_id, review_state(review))
    )


def _open(ws: Workspace, key: ReviewKey, keeper: SheetKeeper) -> _Opened:
    return _Opened(reviews.open_review(ws, key), keeper.find_draft())


class ReviewEditor(DeskPage):
    """The sheet of one review. ``closed``: the person goes back."""

    closed = Signal()
    topics = frozenset({Topic.REVIEWS, Topic.MONTHS, Topic.PLEDGES, Topic.BOOK})
    help_topic = "reviews"

    def __init__(self, desk: Desk, key: ReviewKey) -> None:
        super().__init__(desk)
        self.key = key
        self._section = ""
        self.keeper = SheetKeeper(self, key)
        self.decisions = SheetDecisions(self, key, self.keeper)
        self.decisions.changed.connect(self.reload)
        self.decisions.graded.connect(self._show_given)
        self._build()
        self._bind_keys()

    @property
    def sheet(self) -> ReviewSheet | None:
        """The sheet shown, once it is read."""
        return self.keeper.sheet

    def _build(self) -> None:
        sees_all = self.desk.ws.may(Act.LIST_REVIEWS)
        place = "Tập thể" if self.key.is_collective else "Danh sách" if sees_all else "Trang của tôi"
        back = make_button("outlined", place, "arrow-left", "Esc")
        back.clicked.connect(self.go_back)
        look = make_button("outlined", "Xem như bản in", "eye", "F7", self._print)
        self.print = make_button("outlined", "In", "printer", "Ctrl+P", self._print)
        actions = (look, self.print) if sees_all else ()
        self.header = PageHeader("Bản kiểm điểm", "", actions, lead=back)
        column = Column(self, spacing=0)
        column.addWidget(self.header)
        notes = Column(spacing=8, margins=(28, 10, 24, 0))
        self.message = MessageBar()
        self.problems = ProblemList()
        self.problems.problem_chosen.connect(self._go_to_problem)
        self.not_reviewed = MessageBar()
        notes.addWidget(self.not_reviewed)
        notes.addWidget(self.message)
        notes.addWidget(self.problems)
        column.addLayout(notes)
        self.view = SheetView(self.desk)
        self.view.section_chosen.connect(self.open_section)
        self.view.changed.connect(self._edited)
        column.addWidget(self.view, 1)
        self.bar = SectionBar()
        self.bar.stepped.connect(self._step)
        self.bar.handed_in.connect(self.hand_in)
        column.addWidget(self.bar)
        column.addStretch(0)  # takes the room of a sheet that could not be opened
        self.keeper.said.connect(self.bar.set_saved)
        self.keeper.saved.connect(lambda _saved: self._say_standing())
        self.keeper.refused.connect(self._refused)

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+PgUp", partial(self._step, -1)),
            ("Ctrl+PgDown", partial(self._step, 1)),
            ("Ctrl+Return", self.bar.press_filled),
            ("Ctrl+Enter", self.bar.press_filled),
            ("Ctrl+S", self.keeper.flush),
            ("F6", self.view.next_pane),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # Reading

    def reload(self) -> None:
        work = partial(_open, self.desk.ws, self.key, self.keeper)
        self.read(work, self._show, self._not_opened)

    def _data_changed(self, topics: frozenset[Topic], owner: object) -> None:
        # What this page saved itself is on the screen already.
        if owner is not self:
            super()._data_changed(topics, owner)

    def _not_opened(self, error: UserError) -> None:
        self.view.hide()
        self.bar.hide()
        self.message.show_message("warning", str(error))

    def _show(self, opened: _Opened) -> None:
        ws = self.desk.ws
        sheet = ReviewSheet(opened.page, ws.actor.role.leads, _may_write(ws, opened.page.review))
        self.problems.show_problems(())
        self.message.close_message()
        self._say_not_reviewed(sheet)
        self.view.show()
        self.bar.show()
        if self.keeper.take(sheet, opened.draft) and opened.draft is not None:
            self._say_brought_back(opened.draft.saved_at)
        self._say_standing()
        self.view.show_sheet(sheet)
        keys = [section.key for section in sheet.sections]
        self._show_section(self._section if self._section in keys else keys[0])

    def _say_brought_back(self, at: str) -> None:
        self.bar.set_saved(f"Đã lưu nháp lúc {at[11:16]}.")
        day = format_date(date.fromisoformat(at[:10]))
        words = f"Đã lấy lại những gì đồng chí gõ dở lúc {at[11:16]} ngày {day}."
        self.message.show_message("info", words, "Bỏ bản nháp", self.decisions.drop_draft)

    def _say_not_reviewed(self, sheet: ReviewSheet) -> None:
        if warning := sheet.not_reviewed_note():
            still = "Vẫn viết và ghi mức được nếu cấp có thẩm quyền yêu cầu."
            self.not_reviewed.show_message("info", f"{warning} {still}")
        else:
            self.not_reviewed.close_message()

    def _say_standing(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        self.header.set_title(f"{sheet.paper_name} {self._period()} · {sheet.title_name}")
        self.header.set_facts(sheet.facts())
        note = sheet.standing_note()
        if sheet.is_shut:
            reopens_year = sheet.page.is_closed
            act = self.decisions.reopen_year if reopens_year else self.decisions.reopen_sheet
            way = "Mở lại…" if sheet.leads and sheet.may_write else ""
            self.message.show_message("info", note, way, act, icon="lock")
        elif note and not self.message.text:
            self.message.show_message("info", note)

    def _period(self) -> str:
        return str(self.key.year) if self.key.kind is PeriodKind.YEAR else self.key.period_in_text

    # Sections

    def open_section(self, key: str) -> None:
        """Show one section's editor; what was written in the one before is saved."""
        if key != self._section or self.view.editor is None:
            self.keeper.flush()
            self._show_section(key)

    def _show_section(self, key: str) -> None:
        sheet = self.sheet
        sections = sheet.sections if sheet else ()
        section = next((each for each in sections if each.key == key), None)
        if sheet is None or section is None:
            return
        focus = QApplication.focusWidget()
        was_in_list = focus is not None and self.view.list.isAncestorOf(focus)
        was_clean = self.keeper.is_clean()
        self._section = key
        editor = self.view.show_section(sheet, section)
        if was_clean:
            # A proposed text shown is not yet something the person did.
            self.keeper.accept()
        if isinstance(editor, GradeSection):
            self.decisions.watch(editor)
        self._show_progress()
        field = editor.first_field()
        if field is None or not field.isEnabled():
            field = self.view.list.lines[key]
        if not was_in_list and self.isVisible():
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_progress(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        self.view.show_marks(sheet)
        self.bar.show_progress(sheet, self._section)

    def _step(self, step: int) -> None:
        if self.sheet is None:
            return
        keys = [section.key for section in self.sheet.sections]
        to = keys.index(self._section) + step
        if 0 <= to < len(keys):
            self.open_section(keys[to])

    # Keeping

    def _edited(self) -> None:
        self.keeper.edited()
        self._show_progress()

    # Handing in

    def hand_in(self) -> None:
        """Gửi cho chi bộ: everything typed must be readable, and the own grade chosen."""
        sheet = self.sheet
        if sheet is None or sheet.is_locked:
            return
        problems = sheet.problems()
        if sheet.review.grade_at(GradeStage.SELF) is None:
            missing = "Chưa chọn mức tự xếp loại" if self.key.is_collective else "Chưa tự nhận mức xếp loại"
            problems = (*problems, Problem("grade.self", f"{missing}."))
        if problems:
            self._show_problems(problems)
            self.keeper.keep_draft()
            return
        if not sheet.page.is_hidden or self.decisions.may_replace_draft(sheet):
            self.keeper.submit(self._handed_in)

    def _handed_in(self) -> None:
        self.problems.show_problems(())
        self.message.close_message()
        self._say_standing()
        self._show_progress()
        words = "Đã chốt báo cáo kiểm điểm" if self.key.is_collective else "Đã gửi bản kiểm điểm"
        to = "" if self.key.is_collective else " cho chi bộ"
        self.desk.say_done(f"{words} {self.key.period_in_text}{to}.")

    def _refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self._show_problems(error.problems)
        else:
            self.message.show_message("warning", str(error))

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.problems.show_problems(problems)
        self._go_to_problem(problems[0].field)

    def _go_to_problem(self, field: str) -> None:
        section: Section | None = self.sheet.section_of(field) if self.sheet else None
        if section is not None:
            if section.key != self._section:
                self.open_section(section.key)
            if self.view.editor is not None:
                self.view.editor.focus_problem(field)

    def _show_given(self) -> None:
        if isinstance(self.view.editor, GradeSection):
            self.view.editor.show_given()

    # Ways on

    def _print(self) -> None:
        self.keeper.flush()
        if self.key.is_collective:
            self.desk.go_to("papers", paper="collective")
            return
        paper = "quarter" if self.key.kind is PeriodKind.QUARTER else "review"
        self.desk.go_to("papers", paper=paper, member=self.key.subject_id)

    def go_back(self) -> bool:
        """Back to where the person came from; what was typed is kept."""
        self.keeper.after_kept(self.closed.emit)
        return True

    def first_focus(self) -> QWidget | None:
        """The editor's first field."""
        return self.view.editor.first_field() if self.view.editor else None
