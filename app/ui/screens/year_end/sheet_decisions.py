"""What the cell does with a review: record grades, close the sheet, reopen sheet or year with a reason."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.errors import UserError, ValidationFailed
from app.domain.review import GradeStage, Review, ReviewKey, StageGrade
from app.services import reviews
from app.services.year_closing import reopen_year
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.screens.year_end.grade_section import GradeSection
from app.ui.screens.year_end.review_sheet import ReviewSheet
from app.ui.screens.year_end.sheet_keeper import SheetKeeper


class SheetDecisions(QObject):
    """``changed``: the sheet must be read again; ``graded``: a grade was recorded or taken back."""

    changed = Signal()
    graded = Signal()

    def __init__(self, page: DeskPage, key: ReviewKey, keeper: SheetKeeper) -> None:
        super().__init__(page)
        self._page, self._key, self._keeper = page, key, keeper
        self._desk = page.desk
        self._editor: GradeSection | None = None

    def watch(self, editor: GradeSection) -> None:
        """Do what is asked for in this section."""
        self._editor = editor
        editor.record_requested.connect(self._record_asked_for)
        editor.clear_requested.connect(self.clear)
        editor.close_requested.connect(self.close_sheet)

    def _record_asked_for(self, given: StageGrade) -> None:
        sheet = self._keeper.sheet
        if sheet is not None and self._may_grade(sheet, given):
            self.record(given)

    def _may_grade(self, sheet: ReviewSheet, given: StageGrade) -> bool:
        """A grade for who is not reviewed this year: asked first, because somebody else may be meant."""
        warning = sheet.not_reviewed_note()
        return not warning or self._desk.dialogs.ask(
            f"Vẫn ghi {given.stage.label.lower()} cho {sheet.page.name}?",
            f"{warning} Ghi mức khi cấp có thẩm quyền yêu cầu.",
            act_label="Ghi mức này",
        )

    def record(self, given: StageGrade) -> None:
        """Ghi mức: one stage's grade with date and source; the sheet itself is in the book before."""
        sheet = self._keeper.sheet
        if sheet is None:
            return
        entry = sheet.entries.pop(given.stage, None)
        self._keeper.flush()
        if not sheet.review.id:
            self._keeper.save()

        def failed(error: UserError) -> None:
            if entry is not None:
                sheet.entries[given.stage] = entry
                self._keeper.keep_draft()
            if isinstance(error, ValidationFailed) and self._editor is not None:
                self._editor.rows.rows[given.stage].show_problems(error.problems)
            else:
                self._keeper.refused.emit(error)

        work = partial(reviews.set_grade, self._desk.ws, self._key, given)
        words = f"Đã ghi {given.stage.label.lower()}: {given.grade.short}."
        done = partial(self._done, sheet, words, None)
        self._page.write(work, changes={Topic.REVIEWS}, on_done=done, on_error=failed)

    def clear(self, stage: GradeStage) -> None:
        """Bỏ mức đã ghi; taken back with Hoàn tác."""
        sheet = self._keeper.sheet
        given = sheet.given(stage) if sheet else None
        if sheet is None or given is None:
            return
        sheet.entries.pop(stage, None)
        work = partial(reviews.clear_grade, self._desk.ws, self._key, stage)
        words = f"Đã bỏ {stage.label.lower()}: {given.grade.short}."
        done = partial(self._done, sheet, words, partial(self.record, given))
        self._page.write(work, changes={Topic.REVIEWS}, on_done=done)

    def _done(self, sheet: ReviewSheet, words: str, undo: Callable[[], object] | None, saved: Review) -> None:
        was_clean = self._keeper.is_clean()
        sheet.saved_as(saved)
        if was_clean:
            self._keeper.accept()
        self.graded.emit()
        self._desk.say_done(words, undo)

    def may_replace_draft(self, sheet: ReviewSheet) -> bool:
        """Handing in for a member who is writing: asked first, because the paper replaces their draft."""
        name = sheet.page.name
        return self._desk.dialogs.ask(
            f"Gửi thay {name}?",
            f"{name} đang viết bản này và chưa gửi. Gửi thay thì bản vừa nhập thay cho phần đồng chí ấy đang "
            "viết; phần đó còn trong nhật ký của sổ.",
            act_label="Gửi thay",
        )

    def close_sheet(self) -> None:
        """Khóa bản kiểm điểm: asked first, because it is for good until reopened with a reason."""
        sheet = self._keeper.sheet
        if sheet is None:
            return
        self._keeper.flush()
        if self._desk.dialogs.ask(
            f"Khóa {sheet.paper_name.lower()} {self._key.period_in_text} của {sheet.page.name}?",
            "Khóa rồi thì bản này và các mức đã ghi chỉ còn xem và in. Muốn sửa phải mở lại và ghi lý do.",
            act_label="Khóa bản này",
        ):
            self._do(partial(reviews.close_review, self._desk.ws, self._key), "Đã khóa bản kiểm điểm.")

    def reopen_sheet(self) -> None:
        """Mở lại bản kiểm điểm, with a reason."""
        reason = self._reason(f"Mở lại bản kiểm điểm năm {self._key.year}?")
        if reason:
            work = partial(reviews.reopen_review, self._desk.ws, self._key, reason)
            self._do(work, "Đã mở lại bản kiểm điểm.")

    def reopen_year(self) -> None:
        """Mở lại năm, with a reason."""
        year = self._key.year
        reason = self._reason(f"Mở lại năm {year}?")
        if reason:
            self._do(partial(reopen_year, self._desk.ws, year, reason), f"Đã mở lại năm {year}.")

    def drop_draft(self) -> None:
        """Bỏ bản nháp: back to what the book has; asked first, because it is gone then."""
        if self._desk.dialogs.ask(
            "Bỏ những gì gõ dở?",
            "Trang trở về như lần lưu trước; phần gõ dở không lấy lại được.",
            act_label="Bỏ bản nháp",
            keep_label="Giữ lại",
            dangerous=True,
        ):
            self._keeper.drop(self.changed.emit)

    def _reason(self, question: str) -> str | None:
        return self._desk.dialogs.ask_text(
            question, "Xin ghi lý do; lý do được giữ trong sổ.", act_label="Mở lại", keep_label="Giữ như cũ"
        )

    def _do(self, work: Callable[[], object], words: str) -> None:
        def done(_result: object) -> None:
            self._desk.say_done(words)
            self.changed.emit()

        self._page.write(work, changes={Topic.REVIEWS, Topic.BOOK}, on_done=done)
