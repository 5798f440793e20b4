"""The months: the board, a member's month, handing in, what the cell says, confirming, reopening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.db import member_queries, monthly_queries, pledge_queries, tables
from app.db.transactions import ReadTransaction
from app.domain.cell import Cell
from app.domain.dates import Month, format_date
from app.domain.errors import NotAllowed, NotFound, Problem, ValidationFailed
from app.domain.member import Member
from app.domain.month_board import BoardCell, BoardRow, MonthBoard
from app.domain.monthly import (
    BEFORE_THE_BOOK,
    CellMark,
    MonthlyEntry,
    MonthlySelfAssessment,
    MonthState,
    Shown,
    due_date,
    problems_in_month,
    shown_month,
)
from app.domain.permissions import State
from app.domain.pledge import Pledge, PledgeItem
from app.domain.record_states import month_state, readable_month, reads_pledge
from app.domain.text import nfc
from app.services.cells import cell_in, closed_years_in
from app.services.members import one_member
from app.services.month_entries import checked_entries, fill_private, put_month
from app.services.month_seals import sealed
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class MonthPage:
    """Everything the page of one member's month shows."""

    member: Member
    month: Month
    assessment: MonthlySelfAssessment
    shown: Shown
    open_items: tuple[tuple[int, PledgeItem], ...]
    finished_items: tuple[tuple[int, PledgeItem], ...]
    previous: MonthlySelfAssessment | None
    strip: tuple[BoardCell, ...]
    levels: tuple[str, ...]
    due: date
    free_reason: str
    is_before_book: bool
    is_closed: bool

    @property
    def not_asked(self) -> str:
        """Why nothing is asked though it may be written, or why nothing can be, or ""."""
        is_old = self.shown is Shown.NOT_REQUIRED and self.is_before_book
        return self.free_reason or (BEFORE_THE_BOOK if is_old else "")

    def problems(self, entries: Sequence[MonthlyEntry]) -> tuple[Problem, ...]:
        """What keeps the entries on screen from being handed in."""
        wanted = [(number, item.id) for number, item in self.open_items]
        return problems_in_month(entries, wanted, self.levels)

    def tired_items(self) -> tuple[int, ...]:
        """Numbers of the items whose words are copied unchanged for the third month in a row or longer."""
        oldest = self.month.previous().previous().previous().iso
        found = ((n, self.assessment.entry_for(item.id).copied_from) for n, item in self.open_items)
        return tuple(number for number, copied in found if copied and copied <= oldest)


def month_board(ws: Workspace, year: int) -> MonthBoard:
    """Every member's twelve months at a glance."""
    ws.must(Act.READ_BOARD)
    today = ws.today()
    with ws.read() as tx:
        cell = cell_in(tx)
        by_member: dict[str, dict[int, Any]] = {}
        for row in monthly_queries.state_rows(tx, year):
            by_member.setdefault(row.member_id, {})[row.month] = row
        members = [
            member
            for member in member_queries.members(tx)
            if member.id in by_member or member.was_here_in(year)
        ]
        rows = tuple(
            BoardRow(m.id, m.name, m.search_key, _cells(m, by_member.get(m.id, {}), year, cell, today))
            for m in members
        )
        return MonthBoard(year, rows, year in closed_years_in(tx), month_in_hand(cell.due_day, today))


def month_in_hand(due_day: int, today: date) -> Month:
    """The month the cell is gathering: last month until its due day has passed, then this month."""
    last = Month.of(today).previous()
    return last if today <= due_date(last, due_day) else Month.of(today)


def _cells(
    member: Member, rows: Mapping[int, Any], year: int, cell: Cell, today: date
) -> tuple[BoardCell, ...]:
    return tuple(_board_cell(member, rows.get(m), Month(year, m), cell, today) for m in range(1, 13))


def _board_cell(member: Member, row: Any, month: Month, cell: Cell, today: date) -> BoardCell:
    is_before_book = cell.is_before_book(month) and not member.monthly_duty(month)
    if row is None:
        return BoardCell(shown_month(member, cell, month, None, today), is_before_book=is_before_book)
    mark, state = CellMark(row.mark) if row.mark else None, MonthState(row.state)
    shown = shown_month(member, cell, month, (state, row.submitted_at), today)
    return BoardCell(shown, mark, waits=state is MonthState.SUBMITTED, is_before_book=is_before_book)


def open_month(ws: Workspace, member_id: str, month: Month) -> MonthPage:
    """One member's month: the items open in it, last month beside it, the year as a strip."""
    ws.must(Act.OPEN_MONTH, member_id)
    with ws.read() as tx:
        cell = cell_in(tx)
        member = one_member(tx, member_id)
        rows = {
            row.month: row for row in monthly_queries.state_rows(tx, month.year) if row.member_id == member_id
        }
        strip = _cells(member, rows, month.year, cell, ws.today())
        assessment = _readable(ws, monthly_queries.month_of(tx, member_id, month))
        pledge = pledge_queries.pledge_of(tx, member_id, month.year)
        numbered = _read_items(ws, pledge, assessment)
        return MonthPage(
            member,
            month,
            assessment or MonthlySelfAssessment(member_id, month),
            strip[month.month - 1].shown,
            tuple((n, item) for n, item in numbered if item.is_open_in(month)),
            tuple((n, item) for n, item in numbered if not item.is_open_in(month)),
            _readable(ws, monthly_queries.month_of(tx, member_id, month.previous())),
            strip,
            cell.level_scale.levels,
            due_date(month, cell.due_day),
            member.monthly_duty(month),
            cell.is_before_book(month),
            month.year in closed_years_in(tx),
        )


def _readable(ws: Workspace, month: MonthlySelfAssessment | None) -> MonthlySelfAssessment | None:
    """A month as this person may read it: the words of a draft stay with the member who writes it."""
    return None if month is None else readable_month(month, ws.actor.reader)


def _read_items(
    ws: Workspace, pledge: Pledge | None, month: MonthlySelfAssessment | None
) -> list[tuple[int, PledgeItem]]:
    """The numbered items; of a pledge not handed in others read only what a month reports that is."""
    if pledge is None:
        return []
    reads_all = reads_pledge(ws.actor.reader, pledge)
    reported = {entry.item_id for entry in month.entries} if month else set()
    return [(n, item) for n, item in enumerate(pledge.items, 1) if reads_all or item.id in reported]


def save_month(ws: Workspace, assessment: MonthlySelfAssessment) -> MonthlySelfAssessment:
    """Save a month being written; "chưa gửi" to everybody else."""
    ws.must(Act.SAVE_MONTH, assessment.member_id)
    return _write(ws, assessment, submit=False)


def submit_month(ws: Workspace, assessment: MonthlySelfAssessment) -> MonthlySelfAssessment:
    """Hand the month to the cell; every open item needs a result and a level, nothing is defaulted."""
    ws.must(Act.SUBMIT_MONTH, assessment.member_id)
    return _write(ws, assessment, submit=True)


def _write(ws: Workspace, assessment: MonthlySelfAssessment, *, submit: bool) -> MonthlySelfAssessment:
    month, member_id = assessment.month, assessment.member_id
    if month.first_day > ws.today():
        raise NotAllowed(f"Chưa tới {month} nên chưa ghi được. Xin chọn tháng này hoặc tháng trước.")
    act = "Gửi tự đánh giá" if submit else "Lưu tự đánh giá"
    with ws.write(f"{act} {month}", member_id) as tx:
        must_be_open(tx, month.year)
        stored = monthly_queries.month_of(tx, member_id, month)
        state = month_state(stored)
        said = f"Chi bộ đã xác nhận {month} nên không sửa được." if state is State.CONFIRMED else ""
        said = said and f"{said} Muốn sửa, bí thư mở lại tháng và ghi lý do."
        ws.must(Act.SUBMIT_MONTH if submit else Act.SAVE_MONTH, member_id, state, said=said)
        entries = checked_entries(tx, assessment, stored, submit=submit)
        typed_by_other = ws.actor.member_id != member_id and not submit
        if stored is not None and typed_by_other and stored.is_private_to_member():
            return fill_private(tx, stored, entries, assessment.version)
        written = replace(
            stored or MonthlySelfAssessment(member_id, month),
            state=MonthState.SUBMITTED if submit else MonthState.DRAFT,
            submitted_at=ws.now() if submit else None,
            entered_by=ws.actor.member_id,
            entered_by_name=ws.actor.name,
            excuse_reason="",
        )
        return put_month(tx, written, entries, assessment.version)


def comment_month(
    ws: Workspace,
    member_id: str,
    month: Month,
    comment: str,
    mark: CellMark | None,
    item_comments: Mapping[str, str] | None = None,
) -> None:
    """What the cell says of a handed-in month: general words, praise or reminder, words per item."""
    ws.must(Act.COMMENT_MONTH, member_id)
    with ws.write(f"Ghi ý kiến chi bộ {month}", member_id) as tx:
        must_be_open(tx, month.year)
        stored = _stored(tx, member_id, month)
        not_sent = f"Đồng chí này chưa gửi {month} nên chưa ghi ý kiến được."
        ws.must(Act.COMMENT_MONTH, member_id, month_state(stored), said=not_sent)
        values = {"cell_comment": nfc(comment).strip(), "mark": mark.value if mark else ""}
        words = 0
        if item_comments:
            query = select(tables.monthly_entry).where(tables.monthly_entry.c.monthly_id == stored.id)
            rows = {row.item_id: row.id for row in tx.rows(query)}
            said = {rows[i]: {"cell_comment": nfc(w).strip()} for i, w in item_comments.items() if i in rows}
            words = tx.update_many(tables.monthly_entry, said)
        values = dict(sealed(tx, {stored.id: values})[stored.id])
        tx.update(tables.monthly, stored.id, values, parts_changed=bool(words))


def _stored(tx: ReadTransaction, member_id: str, month: Month) -> MonthlySelfAssessment:
    stored = monthly_queries.month_of(tx, member_id, month)
    if stored is None:
        raise NotFound(f"Đồng chí này chưa ghi gì cho {month}.")
    return stored


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many months were confirmed, and whose were left with the reason."""

    count: int
    left: tuple[tuple[str, str], ...]


_WHY_LEFT = {
    MonthState.DRAFT: "chưa gửi",
    MonthState.CONFIRMED: "đã xác nhận rồi",
    MonthState.EXCUSED: "nghỉ có lý do",
    MonthState.NOT_REQUIRED: "không phải nộp",
}


def confirm_months(
    ws: Workspace,
    month: Month,
    member_ids: Sequence[str],
    meeting_date: date | None,
    no_meeting_reason: str = "",
) -> Confirmed:
    """The cell confirms handed-in months at its meeting; they are locked from then on.

    Nobody confirms their own month: the secretary's is confirmed by the deputy or a committee member.
    Without a meeting the reason is kept instead of a date.
    """
    ws.must(Act.CONFIRM_MONTH)
    if problems := _meeting_problems(ws, month, meeting_date, no_meeting_reason):
        raise ValidationFailed(problems)
    chosen = set(member_ids)
    with ws.write(f"Xác nhận {month}") as tx:
        must_be_open(tx, month.year)
        names = {member.id: member.name for member in member_queries.members(tx, list(chosen))}
        months = monthly_queries.months_of_cell(tx, month.year, month.month)
        values = {
            "state": MonthState.CONFIRMED.value,
            "meeting_date": meeting_date,
            "no_meeting_reason": nfc(no_meeting_reason).strip(),
            "confirmed_by": ws.actor.member_id,
            "confirmed_by_name": ws.actor.name,
        }
        ready: dict[str, Mapping[str, Any]] = {}
        left: list[tuple[str, str]] = []
        for member_id in names:
            assessment = months.get(member_id, (None,))[0]
            if assessment is None:
                left.append((names[member_id], "chưa gửi"))
            elif ws.may(Act.CONFIRM_MONTH, member_id, month_state(assessment)):
                ready[assessment.id] = values
            else:
                own = "không tự xác nhận tháng của mình"
                left.append((names[member_id], _WHY_LEFT.get(assessment.state, own)))
        tx.update_many(tables.monthly, sealed(tx, ready))
        tx.name_action(f"Xác nhận {month} cho {len(ready)} đảng viên")
        return Confirmed(len(ready), tuple(left))


def _meeting_problems(
    ws: Workspace, month: Month, meeting_date: date | None, reason: str
) -> tuple[Problem, ...]:
    if meeting_date is None:
        if reason.strip():
            return ()
        return (Problem("meeting_date", "Chưa ghi ngày họp. Tháng không họp thì ghi lý do."),)
    if meeting_date > ws.today():
        return (Problem("meeting_date", f"Ngày họp {format_date(meeting_date)} chưa tới."),)
    if meeting_date < month.first_day:
        return (Problem("meeting_date", f"Ngày họp {format_date(meeting_date)} sớm hơn {month}."),)
    return ()


def excuse_month(ws: Workspace, member_id: str, month: Month, reason: str) -> None:
    """Nghỉ có lý do: the member need not hand this month in; the reason is kept."""
    ws.must(Act.EXCUSE_MONTH, member_id)
    if not reason.strip():
        raise ValidationFailed((Problem("reason", "Chưa ghi lý do nghỉ."),))
    values = {"state": MonthState.EXCUSED.value, "excuse_reason": nfc(reason).strip()}
    with ws.write(f"Ghi nghỉ có lý do {month}", member_id) as tx:
        must_be_open(tx, month.year)
        one_member(tx, member_id)
        stored = monthly_queries.month_of(tx, member_id, month)
        confirmed = f"Chi bộ đã xác nhận {month}. Muốn sửa, xin mở lại tháng và ghi lý do."
        ws.must(Act.EXCUSE_MONTH, member_id, month_state(stored), said=confirmed)
        if stored is None:
            keys = {"member_id": member_id, "year": month.year, "month": month.month}
            tx.insert(tables.monthly, {**keys, **values})
        else:
            tx.update(tables.monthly, stored.id, values)


def return_month(ws: Workspace, member_id: str, month: Month, comment: str) -> None:
    """Trả lại để ghi thêm: a handed-in month goes back to the member with the cell's words."""
    ws.must(Act.RETURN_MONTH, member_id)
    with ws.write(f"Trả lại {month} để ghi thêm", member_id) as tx:
        must_be_open(tx, month.year)
        stored = _stored(tx, member_id, month)
        not_so = f"Chỉ trả lại được tháng đã gửi và chưa xác nhận; {month} không ở trạng thái đó."
        ws.must(Act.RETURN_MONTH, member_id, month_state(stored), said=not_so)
        values = {"state": MonthState.DRAFT.value, "submitted_at": None, "cell_comment": nfc(comment).strip()}
        tx.update(tables.monthly, stored.id, values)


def reopen_month(ws: Workspace, member_id: str, month: Month, reason: str) -> None:
    """Mở lại tháng: a confirmed month can be changed again; the reason stays with it and on paper."""
    ws.must(Act.REOPEN_MONTH, member_id)
    if not reason.strip():
        raise ValidationFailed((Problem("reason", "Chưa ghi lý do mở lại."),))
    with ws.write(f"Mở lại {month}: {nfc(reason).strip()}", member_id) as tx:
        must_be_open(tx, month.year)
        stored = _stored(tx, member_id, month)
        not_locked = f"{str(month).capitalize()} chưa khóa nên không phải mở lại."
        ws.must(Act.REOPEN_MONTH, member_id, month_state(stored), said=not_locked)
        values = {
            "state": (MonthState.SUBMITTED if stored.submitted_at else MonthState.DRAFT).value,
            "reopen_reason": nfc(reason).strip(),
            "excuse_reason": "",
            "confirmed_by": None,
            "confirmed_by_name": "",
            "digest": "",
        }
        tx.update(tables.monthly, stored.id, values)


def months_to_confirm(ws: Workspace, month: Month) -> tuple[MonthlySelfAssessment, ...]:
    """The handed-in months waiting for the cell, in Vietnamese order of their members."""
    ws.must(Act.READ_MONTHS_TO_CONFIRM)
    with ws.read() as tx:
        months = monthly_queries.months_of_cell(tx, month.year, month.month)
        order = [member.id for member in member_queries.members(tx)]
        waiting = (months[member_id][0] for member_id in order if member_id in months)
        return tuple(assessment for assessment in waiting if assessment.state is MonthState.SUBMITTED)
