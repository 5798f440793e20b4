"""Bước 1 của cuối năm: who is reviewed and graded, who is not and why; the secretary may decide otherwise."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from app.domain.dates import format_date
from app.domain.eligibility import Duty
from app.domain.errors import UserError
from app.services.drafts import find_draft
from app.services.eligibility import DutyList, DutyRow, list_duties, overrule_duty, withdraw_overrule
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE, ChipSpec
from app.ui.parts.fields import FormField, TextArea
from app.ui.parts.messages import EmptyState
from app.ui.parts.page import ActionBar, PageHeader
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.parts.segmented import Segmented
from app.ui.screens.year_end.bench_page import BenchPage, Texts
from app.ui.screens.year_end.record_bench import ALL, RecordBench
from app.ui.screens.year_end.side_panel import Act, Glance, SidePanel, Task

_FORM = "year_end_duty"
_CHIPS = {
    Duty.REVIEW: ChipSpec(Duty.REVIEW.label, "ok", "check"),
    Duty.NOT_CONCERNED: ChipSpec(Duty.NOT_CONCERNED.label, "na", state="not_required"),
    Duty.PENDING: ChipSpec(Duty.PENDING.label, "late", state="not_submitted"),
}
_OVERRULED = ChipSpec("Bí thư quyết định", "pri", "pencil")
_FILTERS = (
    (Duty.REVIEW.value, "Kiểm điểm"),
    (Duty.NOT_CONCERNED.value, "Không thuộc diện"),
    (Duty.PENDING.value, "Chưa"),
)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ground(row: DutyRow) -> str:
    mark = "" if row.finding.verified else " · chưa đối chiếu bản gốc"
    return f"{row.finding.source}{mark}"


def _columns() -> tuple[TableColumn[DutyRow], ...]:
    return (
        TableColumn(
            "Họ và tên",
            lambda row: row.member.name,
            width=150,
            stretch=2,
            bold=True,
            sort_key=lambda row: row.member.sort_key,
        ),
        TableColumn(
            "Diện kiểm điểm",
            lambda row: row.finding.duty.label,
            width=216,
            tone="ink2",
            chip=lambda row: _CHIPS[row.finding.duty] if row.finding.why_not else None,
            sort_key=lambda row: row.finding.duty.value,
            is_searched=False,
        ),
        TableColumn(
            "Lý do, căn cứ", lambda row: _capital(row.finding.short), width=170, stretch=5, below=_ground
        ),
    )


def _read(ws: Workspace, year: int) -> tuple[DutyList, dict[str, Any] | None]:
    draft = find_draft(ws, _FORM, str(year))
    return list_duties(ws, year), draft.payload if draft else None


class DutyPage(BenchPage):
    """The list with findings. ``closed``: the person goes back to the year-end's steps."""

    closed = Signal()
    changes = frozenset({Topic.REVIEWS, Topic.MEMBERS})
    help_topic = "reviews"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _FORM)
        self.shown: DutyList | None = None
        self._wanted_id = ""
        back = make_button("outlined", "Cuối năm", "arrow-left", on_click=self.go_back)
        back.set_key("Esc")
        self.header = PageHeader("Chốt danh sách được kiểm điểm", "", lead=back)
        table: RecordTable[DutyRow] = RecordTable(
            _columns(), key=lambda row: row.member.id, name="Danh sách được kiểm điểm"
        )
        table.remember_widths(desk.preferences)
        table.opened.connect(lambda _row: self._begin())
        table.current_changed.connect(self._show_current)
        side = SidePanel("Người đang chọn", _fields(), "Chọn một người để xem lý do và căn cứ.")
        bench = RecordBench(table, side, _FILTERS, EmptyState("users", "Chưa có đảng viên nào", ""))
        bench.filter.chosen.connect(self._filter)
        go_on = make_button("filled", "Thu ý kiến nhận xét", "mail-question", on_click=self.press_filled)
        go_on.set_key("Ctrl+Enter", bind=False)
        self.set_up(bench, ActionBar(go_on), self.header)
        self.bind("F2", self._begin)

    # Reading

    def reload(self) -> None:
        self.leave_other_year()
        self.read(partial(_read, self.desk.ws, self.desk.year), self._show, self._not_read)

    def _not_read(self, error: UserError) -> None:
        self.header.set_facts(f"Năm {self.desk.year}")
        self.bench.empty.set_words(f"Năm {self.desk.year} chưa chốt được danh sách", str(error))
        self.bench.show_list(is_empty=True)
        self.bar.hide()

    def _show(self, read: tuple[DutyList, dict[str, Any] | None]) -> None:
        found, draft = read
        self.shown = found
        counts = {duty: found.count(duty) for duty in Duty}
        day = f"ngày họp {format_date(found.meeting_on)}" if found.meeting_on else f"31/12/{found.year}"
        self.header.set_facts(f"Năm {found.year} · {found.rule_set.title} · tính đến {day}")
        self.table.set_records(found.rows)
        self.bench.filter.set_counts(
            {ALL: len(found.rows), **{duty.value: count for duty, count in counts.items()}}
        )
        self.bench.empty.set_words(
            f"Năm {found.year} chi bộ chưa có đảng viên nào trong sổ", "Thêm đảng viên ở trang Đảng viên."
        )
        self.bench.show_list(is_empty=not found.rows)
        self._filter(self.bench.filter.choice())
        self.bar.setVisible(bool(found.rows))
        self._say_standing(found)
        self.restore(found.year, draft, may_write=self._may_write)
        if not self.table.choose(self._wanted_id) and self.table.current_record() is None and found.rows:
            self.table.choose(found.rows[0].member.id)
        self._wanted_id = ""
        self._show_current(self.table.current_record())

    def _say_standing(self, found: DutyList) -> None:
        out, pending = found.count(Duty.NOT_CONCERNED), found.count(Duty.PENDING)
        words = f"{found.count(Duty.REVIEW)} kiểm điểm và xếp loại, {out} không thuộc diện, {pending} chưa."
        self.bar.set_note(words)
        if found.is_closed:
            self.bench.message.show_message("info", f"Năm {found.year} đã khóa nên danh sách chỉ để xem.")
        elif found.meeting_on is None:
            words = f"Chưa ghi ngày họp kiểm điểm nên tạm tính đến 31/12/{found.year}."
            self.bench.message.show_message("info", words, "Ghi ngày họp", self._to_meetings)
        else:
            self.bench.message.close_message()

    def reopen(self, form: str, record: str, texts: Texts) -> None:
        """What was typed before the page was left."""
        row = self._row(record)
        if row is not None:
            self.table.choose(row.member.id)
            self._open_form(row, texts)

    def _row(self, member_id: str) -> DutyRow | None:
        rows = self.shown.rows if self.shown else ()
        return next((row for row in rows if row.member.id == member_id), None)

    def _filter(self, key: str) -> None:
        self.table.filter(None if key == ALL else lambda row: row.finding.duty.value == key)
        self.bench.say_found()

    @property
    def _may_write(self) -> bool:
        return self.shown is not None and not self.shown.is_closed and not self.desk.ws.looks_only

    # One member

    def _show_current(self, row: DutyRow | None) -> None:
        self.side.show_glance(None if row is None else self._glance(row))

    def _glance(self, row: DutyRow) -> Glance:
        found = row.finding
        chips = [_CHIPS[found.duty]]
        chips += [_OVERRULED] if found.overruled else []
        chips += [] if found.verified else [UNCHECKED_SOURCE]
        acts = [Act("Đổi…", "pencil", self._begin, "F2")]
        if found.overruled:
            acts.append(Act("Bỏ quyết định riêng", "undo-2", self._withdraw))
        if not found.verified:
            acts.append(Act("Xem bộ quy định", "book-open", self._to_rules))
        if row.has_review and found.why_not:
            acts.append(Act("Mở bản đã viết", "file-text", partial(self._to_sheet, row)))
        lines = [("Lý do", _capital(found.reason)), ("Căn cứ", found.source)]
        lines += [("Cần lưu ý" if not number else "", note) for number, note in enumerate(found.notes)]
        return Glance(row.member.name, tuple(chips), tuple(lines), tuple(acts) if self._may_write else ())

    def _begin(self) -> None:
        row = self.table.current_record()
        if row is not None and self._may_write:
            given = row.finding if row.finding.overruled else None
            texts = {"duty": given.duty.value, "duty_reason": given.reason} if given else {}
            self._open_form(row, texts)

    def _open_form(self, row: DutyRow, texts: dict[str, str]) -> None:
        by_rules = f"Theo quy định: {row.by_rules.duty.label.lower()}, {row.by_rules.reason}."
        task = Task(
            "overrule", row.member.id, f"{row.member.name}: đổi", "Ghi", ("duty", "duty_reason"), by_rules
        )
        if self.open_task(task):
            self.side.put_texts(texts)

    def take(self) -> None:
        """Save what the form holds."""
        row = self._row(self.side.task.record) if self.side.task else None
        if row is None:
            return
        texts = self.side.texts()
        if not texts["duty"]:
            self.side.say_problem("duty", "Chưa chọn diện kiểm điểm.")
            return
        duty, reason = Duty(texts["duty"]), texts["duty_reason"]
        member = row.member
        work = partial(overrule_duty, self.desk.ws, member.id, self.desk.year, duty, reason, row.version)
        self.save(work, f"{member.name}: {duty.label.lower()}.", lambda _none: partial(self._put_back, row))

    def _withdraw(self) -> None:
        row = self.table.current_record()
        if row is not None:
            work = partial(withdraw_overrule, self.desk.ws, row.member.id, self.desk.year, row.version)
            words = f"{row.member.name}: tính lại theo quy định."
            self.act(work, words, partial(self._put_back, row))

    def _put_back(self, before: DutyRow) -> None:
        """As it was before, whatever was decided meanwhile."""
        now = self._row(before.member.id)
        version = now.version if now else before.version
        ws, member_id, year = self.desk.ws, before.member.id, self.desk.year
        if before.finding.overruled:
            duty, reason = before.finding.duty, before.finding.reason
            work = partial(overrule_duty, ws, member_id, year, duty, reason, version)
        else:
            work = partial(withdraw_overrule, ws, member_id, year, version)
        self.act(work, f"{before.member.name}: lại như trước.")

    # Ways on

    def press_filled(self) -> None:
        """On to the next step."""
        self.desk.go_to("reviews", step="opinions")

    def _to_meetings(self) -> None:
        self.desk.go_to("meetings", kind="review")

    def _to_rules(self) -> None:
        self.desk.go_to("settings", panel="rules")

    def _to_sheet(self, row: DutyRow) -> None:
        self.desk.go_to("reviews", member=row.member.id)

    def show_place(self, member: str = "", **_more: str) -> None:
        """Put the cursor on a member."""
        self._wanted_id = member
        if self.shown is not None and member:
            self.table.choose(member)

    def place(self) -> dict[str, str]:
        """The member under the cursor."""
        row = self.table.current_record()
        return {"member": row.member.id} if row else {}

    def go_back(self) -> bool:
        """From the form to the list, from the list to the steps."""
        if self.side.is_open:
            self.side.drop()
        else:
            self.closed.emit()
        return True


def _fields() -> dict[str, FormField]:
    duties = Segmented([(duty.value, duty.label) for duty in Duty], name="Diện kiểm điểm")
    reason = TextArea("", "ví dụ: đi viện từ 02/12, kiểm điểm ở lần họp sau", min_lines=3)
    return {"duty": FormField("Ghi là", duties), "duty_reason": FormField("Lý do", reason)}
