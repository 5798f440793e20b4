"""Step two, second part: points raised from above, to whom, by when; each becomes a row of part IV."""

from dataclasses import replace
from functools import partial
from typing import Any

from app.domain.dates import format_date, parse_date
from app.domain.errors import UserError
from app.domain.opinion import RaisedPoint
from app.domain.review import COLLECTIVES
from app.services.drafts import find_draft
from app.services.raised_points import (
    RaisedPointList,
    RaisedPointRow,
    bring_back_raised_point,
    list_raised_points,
    remove_raised_point,
    save_raised_point,
)
from app.services.workspace import Workspace
from app.ui.desk import Desk
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, LineField, TextArea
from app.ui.parts.messages import EmptyState
from app.ui.parts.page import ActionBar
from app.ui.parts.record_table import RecordTable
from app.ui.screens.year_end.bench_page import BenchPage, Texts
from app.ui.screens.year_end.opinion_rows import POINT_FILTERS, point_columns, point_glance
from app.ui.screens.year_end.record_bench import ALL, RecordBench
from app.ui.screens.year_end.side_panel import Act, SidePanel, Task

_FORM = "year_end_raised_points"
_NAMES = ("subject", "document", "document_on", "point", "ground", "demand", "due_on")


def _read(ws: Workspace, year: int) -> tuple[RaisedPointList, dict[str, Any] | None]:
    draft = find_draft(ws, _FORM, str(year))
    return list_raised_points(ws, year), draft.payload if draft else None


class RaisedListPage(BenchPage):
    """Every point raised for the year with whether it is answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _FORM)
        self.shown: RaisedPointList | None = None
        today = desk.ws.today()
        table: RecordTable[RaisedPointRow] = RecordTable(
            point_columns(today), key=lambda row: row.id, name="Gợi ý kiểm điểm"
        )
        table.remember_widths(desk.preferences)
        table.opened.connect(lambda _row: self._correct())
        table.current_changed.connect(self._show_current)
        side = SidePanel("Gợi ý đang chọn", _fields(), "Chọn một gợi ý để xem căn cứ và yêu cầu.")
        first = make_button("filled", "Ghi gợi ý…", "plus", on_click=self.press_filled)
        words = "Khi cấp trên có văn bản gợi ý cho chi bộ hoặc đảng viên, ghi từng vấn đề ở đây."
        empty = EmptyState("file-text", "Chưa có gợi ý kiểm điểm nào", words, [first])
        bench = RecordBench(table, side, POINT_FILTERS, empty)
        bench.filter.chosen.connect(self._filter)
        self.print = make_button("outlined", "In văn bản gợi ý", "printer", "Ctrl+P", self._print)
        self.add = make_button("filled", "Ghi gợi ý…", "plus", "Ctrl+N", self.press_filled)
        self.set_up(bench, ActionBar(self.print, self.add))
        self.bind("F2", self._correct)

    # Reading

    def reload(self) -> None:
        self.leave_other_year()
        self.read(partial(_read, self.desk.ws, self.desk.year), self._show, self._not_read)

    def _not_read(self, error: UserError) -> None:
        self.bench.empty.set_words(f"Năm {self.desk.year} chưa ghi được gợi ý", str(error))
        self.bench.show_list(is_empty=True)
        self.bar.hide()

    def _show(self, read: tuple[RaisedPointList, dict[str, Any] | None]) -> None:
        found, draft = read
        self.shown = found
        self.table.set_records(found.rows)
        answered = sum(row.is_answered is True for row in found.rows)
        counts = {ALL: len(found.rows), "answered": answered, "open": len(found.rows) - answered}
        self.bench.filter.set_counts(counts)
        self.bench.show_list(is_empty=not found.rows and not self.side.is_open)
        self._filter(self.bench.filter.choice())
        self.bar.setVisible(bool(found.rows))
        self.bar.set_note(f"Đã trả lời {answered}/{len(found.rows)} gợi ý.")
        self.add.setVisible(self._may_write)
        subject = self.side.fields["subject"].field
        assert isinstance(subject, Choice)
        subject.set_options(found.subjects)
        self.restore(found.year, draft, may_write=self._may_write)
        if self.table.current_record() is None and self.table.records.shown:
            self.table.choose(self.table.records.shown[0].id)
        self._show_current(self.table.current_record())

    @property
    def _may_write(self) -> bool:
        return self.shown is not None and not self.shown.is_closed and not self.desk.ws.looks_only

    def _filter(self, key: str) -> None:
        wants_answered = key == "answered"
        self.table.filter(None if key == ALL else lambda row: (row.is_answered is True) is wants_answered)
        self.bench.say_found()

    def _show_current(self, row: RaisedPointRow | None) -> None:
        acts: tuple[Act, ...] = ()
        if row is not None and self._may_write:
            acts = (Act("Sửa…", "pencil", self._correct, "F2"), Act("Bỏ", "trash-2", self._remove))
            acts = (*acts, Act("Mở phần trả lời", "file-text", self._to_sheet))
        self.side.show_glance(None if row is None else point_glance(row, self.desk.ws.today(), acts))

    # The form

    def press_filled(self) -> None:
        """Record another point; the document stays as the last one said."""
        if not self._may_write or self.shown is None:
            return
        last = self.table.current_record()
        texts = (
            _texts(RaisedPoint("", self.desk.year, 0, "", None, "")) if last is None else _again(last.point)
        )
        self._open("", "Ghi một gợi ý", texts)

    def _correct(self) -> None:
        row = self.table.current_record()
        if row is not None and self._may_write:
            self._open(row.id, f"{row.subject}: sửa gợi ý", _texts(row.point))

    def _open(self, record: str, title: str, texts: Texts) -> None:
        self.bench.show_list(is_empty=False)
        self.bar.show()
        names = _NAMES[1:] if record else _NAMES
        self.open_task(Task("point", record, title, "Ghi", names, "", texts))

    def reopen(self, form: str, record: str, texts: Texts) -> None:
        """What was typed before the page was left."""
        if record and self.table.choose(record):
            self._correct()
        else:
            self.press_filled()
        if self.side.is_open:
            self.side.put_texts({name: text for name, text in texts.items() if name in self.side.texts()})

    def take(self) -> None:
        """Save what the form holds."""
        if self.side.task is None:
            return
        if problems := self.side.unreadable():
            self.side.show_problems(problems)
            return
        texts, record = self.side.texts(), self.side.task.record
        rows = self.shown.rows if self.shown else ()
        before = next((row.point for row in rows if row.id == record), None)
        if before is None and not texts["subject"]:
            self.side.say_problem("subject", "Chưa chọn gợi ý cho ai.")
            return
        blank = RaisedPoint(texts.get("subject", ""), self.desk.year, 0, "", None, "")
        point = replace(
            before or blank,
            document=texts["document"],
            document_on=_day(texts["document_on"]),
            point=texts["point"],
            ground=texts["ground"],
            demand=texts["demand"],
            due_on=_day(texts["due_on"]),
        )
        work = partial(save_raised_point, self.desk.ws, point)
        if before is None:
            self.save(work, "Đã ghi gợi ý; vấn đề này có ở mục IV của bản kiểm điểm.", self._undo_added)
        else:
            self.save(work, "Đã sửa gợi ý.", lambda _id: partial(self._write_again, before))

    def _undo_added(self, point_id: str) -> partial[None]:
        return partial(self._drop, point_id)

    def _drop(self, point_id: str) -> None:
        self.act(partial(remove_raised_point, self.desk.ws, point_id, self.desk.year), "Đã bỏ gợi ý vừa ghi.")

    def _write_again(self, before: RaisedPoint) -> None:
        rows = self.shown.rows if self.shown else ()
        version = next((row.point.version for row in rows if row.id == before.id), before.version)
        work = partial(save_raised_point, self.desk.ws, replace(before, version=version))
        self.act(work, "Gợi ý lại như trước.")

    def _remove(self) -> None:
        row = self.table.current_record()
        if row is not None:
            work = partial(remove_raised_point, self.desk.ws, row.id, self.desk.year)
            back = partial(bring_back_raised_point, self.desk.ws, row.point)
            undo = partial(self.act, back, "Đã ghi lại gợi ý.")
            self.act(work, f"{row.subject}: đã bỏ gợi ý.", undo)

    # Ways on

    def _to_sheet(self) -> None:
        row = self.table.current_record()
        if row is not None:
            subject_id = row.point.subject_id
            step = "collective" if subject_id in COLLECTIVES else "sheets"
            self.desk.go_to("reviews", step=step, member=subject_id)

    def _print(self) -> None:
        self.desk.go_to("papers", paper="raised_points")


def _fields() -> dict[str, FormField]:
    return {
        "subject": FormField("Gợi ý cho", Choice(placeholder="Chọn chi bộ hoặc đảng viên")),
        "document": FormField("Văn bản gợi ý", LineField("", "ví dụ: Công văn 12-CV/ĐU")),
        "document_on": FormField("Ngày văn bản", DateField()),
        "point": FormField("Vấn đề", TextArea("", min_lines=3)),
        "ground": FormField("Căn cứ", TextArea("", min_lines=2), hint="Không có thì để trống"),
        "demand": FormField("Yêu cầu làm rõ", TextArea("", min_lines=2), hint="Không có thì để trống"),
        "due_on": FormField("Hạn trả lời", DateField()),
    }


def _texts(point: RaisedPoint) -> Texts:
    days = {"document_on": point.document_on, "due_on": point.due_on}
    return {
        "document": point.document,
        "point": point.point,
        "ground": point.ground,
        "demand": point.demand,
        **{name: format_date(day) if day else "" for name, day in days.items()},
    }


def _again(point: RaisedPoint) -> Texts:
    """Points come several to a document: its number, day and deadline need not be typed again."""
    return {
        name: text for name, text in _texts(point).items() if name in ("document", "document_on", "due_on")
    }


def _day(text: str) -> Any:
    return parse_date(text) if text.strip() else None
