"""What is done with proposals: one recorded or changed with its reason, all taken over from the vote."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt

from app.domain.dates import format_date
from app.domain.errors import UserError, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.services.decisions import GradesBefore, propose_all, propose_one, restore_grades
from app.services.grade_table import GradeRow
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.fields import Choice, FormField, TextArea
from app.ui.screens.year_end.grade_words import GRADE_CHOICES
from app.ui.screens.year_end.graded_table import GradedTable
from app.ui.screens.year_end.side_panel import SidePanel, Task
from app.ui.screens.year_end.source_row import SourceRow

_CHANGES = {Topic.REVIEWS}
Find = Callable[[str], GradeRow | None]


def build_side() -> SidePanel:
    """The panel of the chosen row with the form for one proposal."""
    note = TextArea("", "vì sao khác kết quả biểu quyết", min_lines=3)
    fields = {
        "grade": FormField("Mức đề xuất", Choice(GRADE_CHOICES, placeholder="chọn mức")),
        "note": FormField("Ghi chú", note),
    }
    return SidePanel("Dòng đang chọn", fields, "Chọn một dòng để xem năm mức và căn cứ.")


class ProposalActs(QObject):
    """Writes proposals; ``source`` is the day and ground they get."""

    def __init__(
        self, page: DeskPage, table: GradedTable[GradeRow], side: SidePanel, source: SourceRow, find: Find
    ) -> None:
        super().__init__(page)
        self._page, self._table, self._side, self._source, self._find = page, table, side, source, find
        self._drafts: DraftKeeper | None = None
        side.taken.connect(self.take)
        side.dropped.connect(self._dropped)

    def keep_in(self, drafts: DraftKeeper) -> None:
        """Where what is typed is kept."""
        self._drafts = drafts

    def key_grade(self, row: GradeRow, grade: Grade) -> None:
        """A figure on a row: recorded at once as the vote has it, else the reason is asked for."""
        vote = row.grade(GradeStage.VOTE)
        if vote is not None and vote is not grade:
            self.open_form(row, {"grade": grade.value})
        else:
            self._propose(row, grade, "", is_keyed=True)

    def begin(self, row: GradeRow) -> None:
        """Open the form with what is proposed so far."""
        given = row.given(GradeStage.PROPOSED)
        self.open_form(row, {"grade": given.grade.value, "note": given.note} if given else {})

    def open_form(self, row: GradeRow, texts: Mapping[str, str]) -> None:
        """Open the form of a row, unless another holds words not saved yet; ``texts`` count as typed."""
        if unsaved := self._side.unsaved_words():
            self._page.desk.say_done(unsaved)
            return
        vote = row.grade(GradeStage.VOTE)
        words = f"Kết quả biểu quyết: {vote.label}." if vote else "Chưa có kết quả biểu quyết."
        self._side.open_task(Task("propose", row.id, row.name, "Ghi mức đề xuất", ("grade", "note"), words))
        self._side.put_texts(texts)
        if texts.get("grade"):
            self._side.fields["note"].focus_field()

    def take(self) -> None:
        """Record what stands in the form."""
        row = self._find(self._side.task.record) if self._side.task else None
        if row is None:
            return
        texts = self._side.texts()
        if not texts["grade"]:
            self._side.say_problem("grade", "Chưa chọn mức đề xuất.")
            return
        self._propose(row, Grade(texts["grade"]), texts["note"])

    def _propose(self, row: GradeRow, grade: Grade, note: str, *, is_keyed: bool = False) -> None:
        if not self._source.is_complete():
            return
        day, source = self._source.day.value(), self._source.source.value()
        given = StageGrade(GradeStage.PROPOSED, grade, day, source, note)
        key = ReviewKey(row.id, self._page.desk.year)
        work = partial(propose_one, self._page.desk.ws, key, given)
        words = f"{row.name}: đề xuất {grade.short}."

        def done(before: GradesBefore) -> None:
            if not is_keyed:
                self._forget()
                self._side.close_task()
                self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._told(words, before)

        if self._drafts is not None and not is_keyed:
            self._drafts.settle()
        self._page.write(work, changes=_CHANGES, on_done=done, on_error=self._refused)
        if is_keyed:
            self._table.step_down()

    def take_votes(self, grades: Mapping[str, Grade]) -> None:
        """Lấy kết quả biểu quyết: one confirmation for everybody who has a vote and no proposal."""
        if not grades or not self._source.is_complete():
            return
        counts = Counter(grades.values())
        told = ", ".join(f"{grade.short} {counts[grade]}" for grade in Grade if counts[grade])
        day, source = self._source.day.value(), self._source.source.value()
        desk = self._page.desk
        if desk.dialogs.ask(
            f"Ghi mức chi bộ đề xuất cho {len(grades)} dòng theo kết quả biểu quyết?",
            f"{told}. Ngày {format_date(day) if day else ''}, căn cứ: {source}. "
            "Dòng đã có mức đề xuất giữ nguyên.",
            act_label="Ghi mức đề xuất",
        ):
            work = partial(propose_all, desk.ws, desk.year, grades, day, source)
            done = partial(self._told, f"Đã ghi mức đề xuất cho {len(grades)} dòng.")
            self._page.write(work, changes=_CHANGES, on_done=done, on_error=self._refused)

    def _told(self, words: str, before: GradesBefore) -> None:
        self._page.desk.say_done(words, partial(self._undo, before))

    def _undo(self, before: GradesBefore) -> None:
        desk = self._page.desk
        words = f"Đã hoàn tác {before.count} mức đề xuất."
        work = partial(restore_grades, desk.ws, before)
        self._page.write(work, changes=_CHANGES, on_done=lambda _none: desk.say_done(words))

    def _refused(self, error: UserError) -> None:
        if self._drafts is not None:
            self._drafts.touch()
        if not isinstance(error, ValidationFailed):
            self._page.desk.background.failed.emit(str(error))
            return
        by_field = {problem.field: problem.message for problem in error.problems}
        self._source.show_problems(by_field.get("dated_on", ""), by_field.get("source", ""))
        if self._side.is_open:
            self._side.show_problems(error.problems)

    def _dropped(self) -> None:
        self._forget()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        if self._drafts is not None:
            self._drafts.forget()
