"""Bước 8 của cuối năm: decided grades of a paper from above entered at once; notices, changes, complaints."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import GradeStage
from app.services.decisions import GradesBefore, enter_decisions, restore_grades
from app.services.drafts import find_draft
from app.services.grade_table import GradeRow, GradeTable, list_grades
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column
from app.ui.parts.messages import EmptyState
from app.ui.parts.page import ActionBar, PageHeader
from app.ui.screens.year_end.decision_acts import DecisionActs, build_side
from app.ui.screens.year_end.decision_columns import decision_columns, decision_glance
from app.ui.screens.year_end.decision_entries import (
    KEPT_BY,
    DecisionEntries,
    DecisionRow,
    counts_of,
    standing_words,
    untold,
    writing_words,
)
from app.ui.screens.year_end.decision_paper_row import DecisionPaperRow
from app.ui.screens.year_end.graded_table import GradedTable
from app.ui.screens.year_end.record_bench import ALL, RecordBench

_FORM = "year_end_decisions"
_CHANGES = {Topic.REVIEWS}
_FILTERS = (
    ("open", "Chưa có mức"),
    ("differs", "Khác đề xuất"),
    ("check", "Cần soát"),
    ("told", "Chưa thông báo"),
    ("complaint", "Khiếu nại"),
)


@dataclass(frozen=True, slots=True)
class _Opened:
    table: GradeTable
    draft: dict[str, Any] | None


def _open(ws: Workspace, year: int) -> _Opened:
    draft = find_draft(ws, _FORM, str(year))
    return _Opened(list_grades(ws, year), draft.payload if draft else None)


class DecisionsPage(DeskPage):
    """The list worked by keyboard from the paper. ``closed``: back to the steps."""

    closed = Signal()
    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES})
    follows_year = True
    help_topic = "reviews"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: GradeTable | None = None
        self.entries = DecisionEntries()
        self._year = 0
        self._wanted_id = ""
        self._build()
        self.drafts = DraftKeeper(self, _FORM, self._typed)
        self.drafts.kept.connect(lambda at: self.bar.set_saved(f"Đã lưu nháp lúc {at[11:16]}."))
        self.side.edited.connect(self.drafts.touch)
        self.paper.edited.connect(self.drafts.touch)
        self.acts = DecisionActs(self, self.side, self.drafts, self._find, self.table)
        save = QShortcut(QKeySequence("Ctrl+Return"), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(partial(self.acts.press, self.write_all))

    def _build(self) -> None:
        back = make_button("outlined", "Cuối năm", "arrow-left", on_click=self.go_back)
        back.set_key("Esc")
        self.as_proposed = make_button("outlined", "Như đề xuất", "copy", on_click=self.fill_as_proposed)
        self.tell = make_button("outlined", "Thông báo…", "send", on_click=self._open_notice)
        self.print = make_button("outlined", "In thông báo", "printer", "Ctrl+P", self._print)
        actions = (self.as_proposed, self.tell, self.print)
        self.header = PageHeader("Quyết định", "", actions, lead=back)
        column = Column(self, spacing=0)
        column.addWidget(self.header)
        self.paper = DecisionPaperRow()
        column.addWidget(self.paper)
        self.table: GradedTable[DecisionRow] = GradedTable(
            decision_columns(), key=lambda line: line.id, name="Mức được quyết định"
        )
        self.table.remember_widths(self.desk.preferences)
        self.table.current_changed.connect(self._show_current)
        self.table.graded.connect(self._key_grade)
        self.table.cleared.connect(self._clear)
        self.table.pasted.connect(self._paste)
        self.side = build_side()
        self.bench = RecordBench(self.table, self.side, _FILTERS, EmptyState("scale", "", ""))
        self.bench.filter.chosen.connect(self._filter)
        column.addWidget(self.bench, 1)
        self.save = make_button("filled", "Ghi các mức", "check", on_click=self.write_all)
        self.save.set_key("Ctrl+Enter", bind=False)
        self.bar = ActionBar(self.save)
        column.addWidget(self.bar)

    # Reading

    def reload(self) -> None:
        if self._year != self.desk.year:
            self.drafts.flush()
        self.read(partial(_open, self.desk.ws, self.desk.year), self._show, self._not_read)

    def _not_read(self, error: UserError) -> None:
        self.paper.hide()
        self.bar.hide()
        self.bench.empty.set_words(f"Năm {self.desk.year} chưa nhận quyết định được", str(error))
        self.bench.show_list(is_empty=True)

    def _show(self, opened: _Opened) -> None:
        table = opened.table
        self.shown = table
        if self._year != table.year:
            self._year, self.entries = table.year, DecisionEntries()
            self.side.close_task()
            self.paper.clear()
            self.drafts.begin(str(table.year), is_stored=opened.draft is not None)
            self._restore(opened.draft)
        self.paper.show()
        self.paper.offer_organ(table.superior)
        self.paper.let_write(self._may_write)
        self.header.set_title(f"Quyết định {table.year}")
        self.bar.show()
        message = self.bench.message
        if table.is_closed:
            message.show_message("info", f"Năm {table.year} đã khóa nên các mức chỉ để xem.")
        elif not message.text:
            message.close_message()
        self.bench.empty.set_words("Chưa có ai để nhập", "Thêm đảng viên ở trang Đảng viên.")
        self.bench.show_list(is_empty=not any(row.member for row in table.rows))
        self._show_lines()
        if not self.table.choose(self._wanted_id) and self.table.current_record() is None and table.rows:
            self.table.choose(table.rows[0].id)
        self._wanted_id = ""

    def _show_lines(self) -> None:
        table = self.shown
        if table is None:
            return
        lines = self.entries.lines(table)
        self.table.set_records(lines)
        counts = counts_of(lines)
        self.bench.filter.set_counts({ALL: len(lines), **counts})
        asked, count = len(table.asked()), len(self.entries.entries)
        decided = asked - len(table.without(GradeStage.DECIDED))
        self.header.set_facts(f"Đã có {decided}/{asked} mức · số 1 đến 4 nhập mức, Ctrl+V dán cột")
        self.save.set_words(f"Ghi {count} mức" if count else "Ghi các mức")
        self.save.setEnabled(self._may_write and bool(count))
        self.as_proposed.setEnabled(
            self._may_write and any(row.grade(GradeStage.PROPOSED) for row in table.rows)
        )
        self.tell.setEnabled(self._may_write and bool(untold(table)))
        self.bar.set_note(standing_words(lines))
        self._show_current(self.table.current_record())

    def _restore(self, draft: dict[str, Any] | None) -> None:
        if draft is None or not self._may_write or self.shown is None:
            return
        self.entries.take(draft["grades"])
        self.paper.put_texts(draft["paper"])
        self.bench.message.show_message("info", "Đã lấy lại những gì đồng chí nhập dở.")
        form = draft.get("form")
        row = self._find(str(form["record"])) if form else None
        if form and row is not None:
            self.acts.open_form(form["form"], row, form["texts"])

    def _typed(self) -> dict[str, Any] | None:
        form = self.side.content()
        if not self.entries.entries and not self.paper.number.value() and form is None:
            return None
        return {"grades": self.entries.payload(), "paper": self.paper.texts(), "form": form}

    def _find(self, subject: str) -> GradeRow | None:
        return self.shown.row(subject) if self.shown else None

    def _filter(self, key: str) -> None:
        self.table.filter(KEPT_BY.get(key))
        self.bench.say_found()

    @property
    def _may_write(self) -> bool:
        return self.shown is not None and not self.shown.is_closed and not self.desk.ws.looks_only

    def _show_current(self, line: DecisionRow | None) -> None:
        acts = self.acts.acts(line.row) if line and self._may_write else []
        self.side.show_glance(decision_glance(line, acts) if line else None)

    # Typing grades

    def _key_grade(self, grade: Grade) -> None:
        line = self.table.current_record()
        if line is not None and self._may_write:
            self.table.step_down()
            self.entries.put(line.row, grade)
            self._edited()

    def _clear(self) -> None:
        line = self.table.current_record()
        if line is not None and self.entries.drop(line.id):
            self._edited()

    def _paste(self, text: str) -> None:
        line = self.table.current_record()
        if line is None or not self._may_write:
            return
        shown = [each.row for each in self.table.records.shown]
        first = self.table.records.row_of(line.id)
        problem = self.entries.paste(text, shown[first:])
        if problem:
            self.bench.message.show_message("warning", problem)
        else:
            self.bench.message.close_message()
        self._edited()

    def fill_as_proposed(self) -> None:
        """Như đề xuất: the person asked for it; every line stays marked until it is written."""
        if self.shown is not None and self._may_write and self.entries.fill_as_proposed(self.shown):
            self._edited()

    def _edited(self) -> None:
        self.drafts.touch()
        self._show_lines()

    # Writing

    def write_all(self) -> None:
        """Ghi các mức: all that was typed, on the one paper; asked first."""
        grades = self.entries.grades()
        if not grades or not self._may_write or self.paper.has_unread_day():
            return
        paper = self.paper.paper()
        told = writing_words(paper, self.entries.lines(self.shown) if self.shown else [])
        if not self.desk.dialogs.ask(
            f"Ghi {len(grades)} mức được quyết định?", told, act_label=f"Ghi {len(grades)} mức"
        ):
            return
        self.drafts.settle()
        work = partial(enter_decisions, self.desk.ws, self.desk.year, paper, grades)
        self.write(work, changes=_CHANGES, on_done=self._written, on_error=self._refused)

    def _written(self, before: GradesBefore) -> None:
        self.entries = DecisionEntries()
        self.paper.clear()
        self.drafts.forget()
        self.bench.message.close_message()
        self.desk.say_done(f"Đã ghi {before.count} mức được quyết định.", partial(self._undo, before))

    def _undo(self, before: GradesBefore) -> None:
        work = partial(restore_grades, self.desk.ws, before)
        words = f"Đã hoàn tác {before.count} mức được quyết định."
        self.write(work, changes=_CHANGES, on_done=lambda _none: self.desk.say_done(words))

    def _refused(self, error: UserError) -> None:
        self.drafts.touch()
        if isinstance(error, ValidationFailed):
            self.paper.show_problems(error.problems)
        else:
            self.bench.message.show_message("warning", str(error))

    def _open_notice(self) -> None:
        if self.shown is not None and self._may_write:
            self.acts.open_notice(untold(self.shown))

    # Ways on

    def _print(self) -> None:
        self.desk.go_to("papers", paper="notice")

    def show_place(self, member: str = "", **_more: str) -> None:
        """Put the cursor on a row."""
        self._wanted_id = member
        if self.shown is not None and member:
            self.table.choose(member)

    def place(self) -> dict[str, str]:
        """The row under the cursor."""
        line = self.table.current_record()
        return {"member": line.id} if line else {}

    def go_back(self) -> bool:
        """From the form to the list, from the list to the steps; what was typed is kept."""
        if self.side.is_open:
            self.side.drop()
        else:
            self.drafts.after_kept(self.closed.emit)
        return True

    def first_focus(self) -> QWidget | None:
        """The paper's number, which comes first."""
        return self.paper.number
