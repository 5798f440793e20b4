"""What is done with one decided grade: re-rating (Mẫu 03), complaints and answers, the notice to members."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.errors import UserError, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import GradeStage, ReviewKey
from app.services.decisions import notify
from app.services.grade_table import GradeRow
from app.services.reratings import (
    RerateUndo,
    answer_complaint,
    note_complaint,
    remove_complaint,
    rerate,
    take_back_rerating,
)
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, LineField, TextArea
from app.ui.screens.year_end.grade_words import GRADE_CHOICES
from app.ui.screens.year_end.side_panel import Act, SidePanel, Task

_CANCEL = "cancel"
_CHANGES = {Topic.REVIEWS}
Find = Callable[[str], GradeRow | None]


def build_side() -> SidePanel:
    """The panel of the chosen row with every form it may open."""
    options = (*GRADE_CHOICES, (_CANCEL, "Hủy mức đã công bố, xếp loại sau"))
    return SidePanel(
        "Dòng đang chọn",
        {
            "new_grade": FormField("Mức xếp loại lại", Choice(options, placeholder="chọn mức")),
            "decision": FormField("Số quyết định xếp loại lại", LineField("", "ví dụ: 12-QĐ/ĐU")),
            "decided_on": FormField("Ngày quyết định", DateField()),
            "reason": FormField(
                "Lý do", TextArea("", "khuyết điểm phát hiện sau, kết luận số…", min_lines=3)
            ),
            "received_on": FormField("Ngày nhận", DateField()),
            "content": FormField("Nội dung khiếu nại, kiến nghị", TextArea("", "", min_lines=3)),
            "answered_on": FormField("Ngày trả lời", DateField()),
            "answer": FormField("Nội dung trả lời", TextArea("", "", min_lines=3)),
            "notified_on": FormField("Ngày thông báo", DateField()),
        },
        "Chọn một dòng để xem các mức, quyết định và khiếu nại.",
    )


class DecisionActs(QObject):
    """Opens the forms of the side panel and writes what was typed in them."""

    def __init__(
        self, page: DeskPage, side: SidePanel, drafts: DraftKeeper, find: Find, back: QWidget
    ) -> None:
        super().__init__(page)
        self._page, self._side, self._drafts, self._find, self._back = page, side, drafts, find, back
        self._told: tuple[str, ...] = ()
        side.taken.connect(self._take)
        side.dropped.connect(self._dropped)

    def acts(self, row: GradeRow) -> list[Act]:
        """What can be done with a row."""
        acts = []
        if row.grade(GradeStage.DECIDED) is not None:
            acts.append(Act("Xếp loại lại…", "refresh-cw", partial(self.open_form, "rerate", row)))
        if row.review is not None:
            acts.append(Act("Ghi khiếu nại…", "messages-square", partial(self.open_form, "complaint", row)))
        if row.complaints:
            acts.append(Act("Trả lời…", "send", partial(self.open_form, "answer", row)))
            acts.append(Act("Bỏ khiếu nại ghi nhầm", "trash-2", partial(self._remove, row)))
        return acts

    def open_form(self, form: str, row: GradeRow, texts: dict[str, str] | None = None) -> None:
        """Open one of the forms for a row; ``texts`` brings back a draft. Never over words not saved yet."""
        if unsaved := self._side.unsaved_words():
            self._say(unsaved)
            return
        decided = row.given(GradeStage.DECIDED)
        if form == "rerate":
            names: tuple[str, ...] = ("new_grade", "decision", "decided_on", "reason")
            words = (
                f"Mức đang có: {decided.grade.label}, {decided.source}. Mức cũ được giữ." if decided else ""
            )
            task = Task(form, row.id, f"{row.name}: xếp loại lại", "Ghi quyết định", names, words)
        elif form == "complaint":
            names = ("received_on", "content")
            task = Task(form, row.id, f"{row.name}: khiếu nại", "Ghi khiếu nại", names)
        else:
            last = row.complaints[-1]
            words = f"Nhận ngày {format_date(last.received_on)}: {last.content}"
            task = Task(
                "answer", row.id, f"{row.name}: trả lời", "Ghi trả lời", ("answered_on", "answer"), words
            )
        self._side.open_task(task)
        self._side.put_texts(texts or {})

    def open_notice(self, rows: Sequence[GradeRow]) -> None:
        """Note for all of these on which day they were told."""
        if unsaved := self._side.unsaved_words():
            self._say(unsaved)
            return
        self._told = tuple(row.id for row in rows)
        words = f"{len(rows)} đảng viên đã có mức được quyết định và chưa ghi ngày thông báo."
        self._side.open_task(Task("notify", "", "Thông báo kết quả", "Ghi ngày", ("notified_on",), words))

    # Writing

    def press(self, otherwise: Callable[[], object]) -> None:
        """Ctrl+Enter: record the open form, else do what the page's filled button does."""
        if self._side.is_open:
            self._take()
        else:
            otherwise()

    def _take(self) -> None:
        task = self._side.task
        if task is None:
            return
        if problems := self._side.unreadable():
            self._side.show_problems(problems)
            return
        if task.form == "notify":
            self._write_notice()
            return
        row = self._find(task.record)
        if row is not None:
            {"rerate": self._rerate, "complaint": self._complain, "answer": self._answer}[task.form](row)

    def _day(self, name: str) -> DateField:
        found = self._side.fields[name].field
        assert isinstance(found, DateField)
        return found

    def _rerate(self, row: GradeRow) -> None:
        texts = self._side.texts()
        if not texts["new_grade"]:
            self._side.say_problem("new_grade", "Chưa chọn mức xếp loại lại.")
            return
        new = None if texts["new_grade"] == _CANCEL else Grade(texts["new_grade"])
        day = self._day("decided_on").value()
        work = partial(rerate, self._ws, self._key(row), new, texts["decision"], day, texts["reason"])
        words = f"{row.name}: {'đã hủy mức' if new is None else f'xếp loại lại {new.short}'}."
        self._write(work, lambda undo: self._say(words, partial(self._undo_rerating, undo)))

    def _undo_rerating(self, undo: RerateUndo) -> None:
        work = partial(take_back_rerating, self._ws, undo)
        self._page.write(work, changes=_CHANGES, on_done=lambda _none: self._say("Đã bỏ xếp loại lại."))

    def _complain(self, row: GradeRow) -> None:
        day, content = self._day("received_on").value(), self._side.texts()["content"]
        work = partial(note_complaint, self._ws, self._key(row), day, content)
        self._write(work, lambda _id: self._say(f"{row.name}: đã ghi khiếu nại, kiến nghị."))

    def _answer(self, row: GradeRow) -> None:
        complaint, answer = row.complaints[-1], self._side.texts()["answer"]
        work = partial(
            answer_complaint, self._ws, self._key(row), complaint, self._day("answered_on").value(), answer
        )
        self._write(work, lambda _none: self._say(f"{row.name}: đã ghi trả lời."))

    def _remove(self, row: GradeRow) -> None:
        complaint = row.complaints[-1]
        if self._page.desk.dialogs.ask(
            f"Bỏ khiếu nại ghi nhầm của {row.name}?",
            f"Nhận ngày {format_date(complaint.received_on)}: {complaint.content} Nhật ký của sổ vẫn giữ.",
            act_label="Bỏ khiếu nại",
            keep_label="Giữ lại",
            dangerous=True,
        ):
            work = partial(remove_complaint, self._ws, self._key(row), complaint)
            words = f"{row.name}: đã bỏ khiếu nại ghi nhầm."
            self._page.write(work, changes=_CHANGES, on_done=lambda _none: self._say(words))

    def _write_notice(self) -> None:
        day = self._day("notified_on").value()
        if day is None:
            self._side.say_problem("notified_on", "Chưa ghi ngày thông báo.")
            return
        year, count = self._page.desk.year, len(self._told)
        work = partial(notify, self._ws, year, dict.fromkeys(self._told, day))
        words = f"Đã ghi thông báo ngày {format_date(day)} cho {count} đảng viên."

        def undo(before: dict[str, date | None]) -> None:
            back = partial(notify, self._ws, year, before)
            self._page.write(back, changes=_CHANGES, on_done=lambda _none: self._say("Đã bỏ ngày thông báo."))

        self._write(work, lambda before: self._say(words, partial(undo, before)))

    @property
    def _ws(self) -> Workspace:
        return self._page.desk.ws

    def _key(self, row: GradeRow) -> ReviewKey:
        return ReviewKey(row.id, self._page.desk.year)

    def _say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        self._page.desk.say_done(words, undo)

    def _write(self, work: Callable[[], object], on_done: Callable[..., object]) -> None:
        self._drafts.settle()

        def done(result: object) -> None:
            self._drafts.forget()
            self._side.close_task()
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
            self._drafts.touch()
            on_done(result)

        self._page.write(work, changes=_CHANGES, on_done=done, on_error=self._refused)

    def _refused(self, error: UserError) -> None:
        self._drafts.touch()
        if isinstance(error, ValidationFailed):
            self._side.show_problems(
                [
                    replace(each, field="notified_on") if each.field == "dated_on" else each
                    for each in error.problems
                ]
            )
        else:
            self._page.desk.background.failed.emit(str(error))

    def _dropped(self) -> None:
        self._drafts.touch()
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
