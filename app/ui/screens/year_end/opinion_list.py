"""Step two, first part: whose opinion on whom is needed, asked for many at once, entered when it comes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from app.domain.dates import format_date, parse_date
from app.domain.errors import UserError
from app.domain.needed_opinions import OpinionState, WantedOpinion
from app.domain.opinion import Opinion, OpinionKind
from app.services.drafts import find_draft
from app.services.opinions import (
    OpinionList,
    enter_opinion,
    excuse_opinion,
    list_opinions,
    put_back_opinions,
    request_opinions,
    take_back_opinion,
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
from app.ui.screens.year_end.opinion_rows import OPINION_FILTERS, opinion_columns, opinion_glance
from app.ui.screens.year_end.record_bench import ALL, RecordBench
from app.ui.screens.year_end.side_panel import Act, SidePanel, Task

_FORM = "year_end_opinions"
_REQUEST = ("requested_on", "due_on")
_ENTER = ("from_whom", "received_on", "level", "content")
_ADD = ("member", "kind", "from_whom", *_REQUEST)


def _read(ws: Workspace, year: int) -> tuple[OpinionList, dict[str, Any] | None]:
    draft = find_draft(ws, _FORM, str(year))
    return list_opinions(ws, year), draft.payload if draft else None


class OpinionListPage(BenchPage):
    """Every opinion of the year with its state."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _FORM)
        self.shown: OpinionList | None = None
        self._wanted = ""
        table: RecordTable[WantedOpinion] = RecordTable(
            opinion_columns(desk.ws.today()),
            key=lambda row: row.id,
            name="Ý kiến nhận xét",
            tickable=lambda row: row.state(desk.ws.today()).is_missing,
        )
        table.remember_widths(desk.preferences)
        table.opened.connect(lambda _row: self._enter())
        table.current_changed.connect(self._show_current)
        table.ticked_changed.connect(lambda _keys: self._say_filled())
        side = SidePanel("Ý kiến đang chọn", _fields(), "Chọn một dòng để xem vì sao xin và đã đến đâu.")
        self.add = make_button("outlined", "Xin thêm ý kiến…", "plus", "Ctrl+N", self._add)
        empty = EmptyState("mail-question", "", "")
        bench = RecordBench(table, side, OPINION_FILTERS, empty)
        bench.filter.chosen.connect(self._filter)
        self.print = make_button("outlined", "In giấy đề nghị", "printer", "Ctrl+P", self._print)
        self.ask = make_button("filled", "Ghi đã xin…", "send", on_click=self.press_filled)
        self.ask.set_key("Ctrl+Enter", bind=False)
        self.set_up(bench, ActionBar(self.add, self.print, self.ask))
        self.bind("F2", self._enter)

    # Reading

    def reload(self) -> None:
        self.leave_other_year()
        self.read(partial(_read, self.desk.ws, self.desk.year), self._show, self._not_read)

    def _not_read(self, error: UserError) -> None:
        self.bench.empty.set_words(f"Năm {self.desk.year} chưa lấy được ý kiến", str(error))
        self.bench.show_list(is_empty=True)
        self.bar.hide()

    def _show(self, read: tuple[OpinionList, dict[str, Any] | None]) -> None:
        found, draft = read
        self.shown = found
        self.table.set_records(found.rows)
        states = {state: found.count(state) for state in OpinionState}
        self.bench.filter.set_counts(
            {ALL: len(found.rows), **{state.value: count for state, count in states.items()}}
        )
        self.bench.empty.set_words(
            "Không ai cần xin ý kiến nhận xét",
            "Theo quy định và dữ kiện trong sổ, năm này không phải lấy ý kiến nơi nào. Vẫn xin thêm được.",
        )
        self.bench.show_list(is_empty=not found.rows and not (draft and self._may_write))
        self._filter(self.bench.filter.choice())
        self.bar.show()
        asked = len(found.rows) - states[OpinionState.NOT_NEEDED]
        received = states[OpinionState.RECEIVED]
        late = f", {states[OpinionState.OVERDUE]} quá hạn" if states[OpinionState.OVERDUE] else ""
        self.bar.set_note(f"{received}/{asked} ý kiến đã về{late}." if found.rows else "")
        for button in (self.add, self.ask):
            button.setVisible(self._may_write)
        if found.is_closed:
            self.bench.message.show_message("info", f"Năm {found.year} đã khóa nên chỉ để xem.")
        else:
            self.bench.message.close_message()
        people = [(member.id, member.name) for member in found.people]
        member = self.side.fields["member"].field
        assert isinstance(member, Choice)
        member.set_options(people)
        self.restore(found.year, draft, may_write=self._may_write)
        if self._wanted:
            self.choose_member(self._wanted)
        if self.table.current_record() is None and self.table.records.shown:
            self.table.choose(self.table.records.shown[0].id)
        self._show_current(self.table.current_record())
        self._say_filled()

    @property
    def _may_write(self) -> bool:
        return self.shown is not None and not self.shown.is_closed and not self.desk.ws.looks_only

    def _filter(self, key: str) -> None:
        today = self.desk.ws.today()
        self.table.filter(None if key == ALL else lambda row: row.state(today).value == key)
        self.bench.say_found()

    def choose_member(self, member_id: str) -> None:
        """Put the cursor on a member's first line, now or when the list has been read."""
        self._wanted = member_id
        found = (row for row in (self.shown.rows if self.shown else ()) if row.member.id == member_id)
        row = next(found, None)
        if row is not None:
            self._wanted = ""
            self.table.choose(row.id)

    def _row(self, row_id: str) -> WantedOpinion | None:
        rows = self.shown.rows if self.shown else ()
        return next((row for row in rows if row.id == row_id), None)

    # One opinion

    def _show_current(self, row: WantedOpinion | None) -> None:
        today = self.desk.ws.today()
        self.side.show_glance(None if row is None else opinion_glance(row, today, self._acts(row)))

    def _acts(self, row: WantedOpinion) -> tuple[Act, ...]:
        if not self._may_write:
            return ()
        is_missing = row.state(self.desk.ws.today()).is_missing
        enter = Act(
            "Nhập ý kiến…" if row.opinion.received_on is None else "Sửa…", "pencil", self._enter, "F2"
        )
        acts = [enter]
        if is_missing:
            acts.append(Act("Không cần…", "x", self._excuse))
        if row.opinion.id:
            acts.append(Act("Bỏ bước vừa ghi", "undo-2", self._take_back))
        return tuple(acts)

    def _enter(self) -> None:
        row = self.table.current_record()
        if row is not None and self._may_write:
            kept = row.opinion
            texts = {"from_whom": row.from_whom, "level": kept.level, "content": kept.content}
            texts["received_on"] = _text_of(kept.received_on)
            self._open("enter", row.id, f"{row.member.name}: nhập ý kiến", "Ghi ý kiến", _ENTER, texts)

    def _excuse(self) -> None:
        row = self.table.current_record()
        if row is not None and self._may_write:
            title = f"{row.member.name}: không cần ý kiến này"
            self._open("excuse", row.id, title, "Ghi không cần", ("not_needed",), {})

    def _add(self) -> None:
        if not self._may_write:
            return
        row = self.table.current_record()
        texts = {"requested_on": _text_of(self.desk.ws.today()), "member": row.member.id if row else ""}
        self.bench.show_list(is_empty=False)
        self._open("add", "", "Xin thêm một ý kiến", "Ghi đã xin", _ADD, texts)

    def press_filled(self) -> None:
        """Record that the ticked opinions, or all not asked for yet, were asked for."""
        rows = self._to_ask()
        if rows and self._may_write:
            keys = "|".join(row.id for row in rows)
            is_one = len(rows) == 1
            texts = {"requested_on": _text_of(self.desk.ws.today())}
            texts |= {"from_whom": rows[0].from_whom} if is_one else {}
            names = ("from_whom", *_REQUEST) if is_one else _REQUEST
            self._open("request", keys, f"Đã xin {len(rows)} ý kiến", "Ghi đã xin", names, texts)

    def _to_ask(self) -> list[WantedOpinion]:
        """The ticked ones; none ticked: all that were not asked for."""
        rows = self.shown.rows if self.shown else ()
        ticked = self.table.records.ticked()
        if ticked:
            return [row for row in rows if row.id in ticked]
        return [row for row in rows if row.state(self.desk.ws.today()) is OpinionState.OPEN]

    def _say_filled(self) -> None:
        count = len(self._to_ask())
        self.ask.setEnabled(count > 0)
        self.ask.set_words(f"Ghi đã xin {count} ý kiến…" if count else "Đã xin đủ")

    def _open(
        self, form: str, record: str, title: str, take: str, names: Sequence[str], texts: Texts
    ) -> None:
        self.open_task(Task(form, record, title, take, tuple(names), _WORDS.get(form, ""), texts))

    def reopen(self, form: str, record: str, texts: Texts) -> None:
        """What was typed before the page was left."""
        row = self._row(record)
        if form == "add":
            self._add()
        elif form == "request":
            self.table.records.set_ticked(set(record.split("|")))
            self.press_filled()
        elif row is not None:
            self.table.choose(row.id)
            {"enter": self._enter, "excuse": self._excuse}[form]()
        if self.side.is_open:
            self.side.put_texts(texts)

    # Writing

    def take(self) -> None:
        """Save what the form holds."""
        if problems := self.side.unreadable():
            self.side.show_problems(problems)
        elif self.side.task is not None:
            task, texts = self.side.task, self.side.texts()
            if task.form == "add":
                self._take_added(texts)
            elif task.form == "request":
                rows = [row for key in task.record.split("|") if (row := self._row(key)) is not None]
                self._request([_asked(row, texts) for row in rows], rows, texts)
            elif (row := self._row(task.record)) is not None:
                self._take_one(task.form, row, texts)

    def _request(self, asked: list[Opinion], rows: list[WantedOpinion], texts: Texts) -> None:
        if not texts["requested_on"]:
            self.side.say_problem("requested_on", "Chưa ghi ngày xin.")
            return
        before = [row.opinion for row in rows] or asked
        due_on = _day_of(texts["due_on"])
        work = partial(request_opinions, self.desk.ws, asked, _day(texts["requested_on"]), due_on)
        until = f", hạn gửi lại {format_date(due_on)}" if due_on else ""
        self.save(work, f"Đã ghi xin {len(asked)} ý kiến{until}.", partial(self._back_from, before))

    def _take_added(self, texts: Texts) -> None:
        for name, message in (("member", "Chưa chọn người."), ("kind", "Chưa chọn xin ý kiến của nơi nào.")):
            if not texts[name]:
                self.side.say_problem(name, message)
                return
        kind = OpinionKind(texts["kind"])
        self._request([Opinion(texts["member"], self.desk.year, kind, texts["from_whom"])], [], texts)

    def _take_one(self, form: str, row: WantedOpinion, texts: Texts) -> None:
        name = row.member.name
        if form == "excuse":
            work = partial(excuse_opinion, self.desk.ws, _asked(row, {}), texts["not_needed"])
            words = f"{name}: không cần ý kiến của {row.kind.label.lower()}."
        else:
            work = partial(enter_opinion, self.desk.ws, _entered(row, texts))
            words = f"{name}: đã ghi ý kiến của {row.kind.label.lower()}."
        self.save(work, words, lambda after: self._back_from([row.opinion], (after,)))

    def _take_back(self) -> None:
        row = self.table.current_record()
        if row is not None and row.opinion.id:
            work = partial(take_back_opinion, self.desk.ws, row.opinion)
            back = partial(self._put_back, {row.opinion.id: row.opinion})
            self.act(work, f"{row.member.name}: đã bỏ bước vừa ghi.", back)

    def _back_from(self, before: Sequence[Opinion], after: Sequence[Opinion]) -> partial[None]:
        """The way back: what was kept before, or nothing where nothing was."""
        known = {now.id: then for then, now in zip(before, after, strict=True)}
        return partial(self._put_back, known)

    def _put_back(self, known: dict[str, Opinion]) -> None:
        self.act(partial(put_back_opinions, self.desk.ws, known), "Đã đưa ý kiến về như trước.")

    def _print(self) -> None:
        """The letters with their slips: of the ticked, else of whoever's opinion is not in yet."""
        ticked, today = self.table.records.ticked(), self.desk.ws.today()
        rows = [row for row in self.table.records.records if row.state(today).is_missing]
        rows = [row for row in rows if row.id in ticked] or rows
        kinds = dict.fromkeys(_SLIPS[row.kind] for row in rows if row.kind in _SLIPS)
        members = dict.fromkeys(row.member.id for row in rows) if ticked else {}
        self.desk.go_to("papers", paper=",".join(("opinion_request", *kinds)), member=",".join(members))


_SLIPS = {
    OpinionKind.RESIDENCE: "opinion_residence",
    OpinionKind.TEMPORARY_CELL: "opinion_temporary",
    OpinionKind.OLD_UNIT: "opinion_old_unit",
}
_WORDS = {
    "request": "Giấy đề nghị in ở nút In giấy đề nghị; ở đây ghi ngày gửi và hạn gửi lại.",
    "enter": "Ghi đúng mức và lời trong phiếu nhận được.",
}


def _asked(row: WantedOpinion, texts: Texts) -> Opinion:
    return replace(row.opinion, from_whom=texts.get("from_whom", row.from_whom))


def _entered(row: WantedOpinion, texts: Texts) -> Opinion:
    return replace(
        row.opinion,
        from_whom=texts["from_whom"],
        received_on=_day_of(texts["received_on"]),
        level=texts["level"],
        content=texts["content"],
    )


def _fields() -> dict[str, FormField]:
    kinds = [(kind.value, kind.label) for kind in OpinionKind]
    return {
        "member": FormField("Về đồng chí", Choice(placeholder="Chọn người")),
        "kind": FormField("Xin ý kiến của", Choice(kinds, placeholder="Chọn nơi nhận xét")),
        "from_whom": FormField("Tên nơi nhận xét", LineField("", "ví dụ: Chi ủy thôn Đồng Tiến")),
        "requested_on": FormField("Ngày xin", DateField()),
        "due_on": FormField("Hạn gửi lại", DateField(), hint="Để trống nếu không hẹn ngày"),
        "received_on": FormField("Ngày nhận", DateField()),
        "level": FormField(
            "Mức nhận xét", LineField("", "ghi như trong phiếu"), hint="Để trống nếu không có"
        ),
        "content": FormField("Nội dung", TextArea("", min_lines=4)),
        "not_needed": FormField("Vì sao không cần", TextArea("", min_lines=3)),
    }


def _text_of(day: date | None) -> str:
    return format_date(day) if day else ""


def _day(text: str) -> date:
    return parse_date(text)


def _day_of(text: str) -> date | None:
    return parse_date(text) if text.strip() else None
