"""The year's pledges: write, hand in, pass, change with a reason, bring over from last year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.db import member_queries, pledge_queries, review_queries, tables
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.dates import format_date
from app.domain.errors import NotAllowed, NotFound, Problem, ValidationFailed
from app.domain.member import Member
from app.domain.pledge import (
    Origin,
    Outcome,
    Pledge,
    PledgeItem,
    PledgeState,
    problems_in_pledge,
    warnings_in_pledge,
)
from app.domain.record_states import pledge_state, readable_pledge, reads_pledge, reads_review
from app.domain.review import ReviewKey
from app.domain.text import clean_line, nfc
from app.services.cells import closed_years_in
from app.services.members import one_member
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """One member's row in the list of the year's pledges; ``not_asked`` says why none is asked."""

    member: Member
    pledge: Pledge | None
    not_asked: str = ""


@dataclass(frozen=True, slots=True)
class PledgePage:
    """Everything the page of one member's pledge shows."""

    member: Member
    pledge: Pledge
    last_year: tuple[PledgeItem, ...]
    unfinished: tuple[PledgeItem, ...]
    last_faults: tuple[str, ...]
    is_closed: bool
    is_hidden: bool = False  # its member is writing it: who reads this page sees nothing of their words

    def warnings(self, items: Sequence[PledgeItem]) -> tuple[Problem, ...]:
        """Soft warnings for the items as they stand on screen."""
        return warnings_in_pledge(items, self.last_year, self.last_faults)


def list_pledges(ws: Workspace, year: int) -> tuple[PledgeLine, ...]:
    """The year's pledges of everybody in the cell that year, in Vietnamese order."""
    ws.must(Act.LIST_PLEDGES)
    with ws.read() as tx:
        pledges = pledge_queries.pledges_of_year(tx, year)
        return tuple(
            PledgeLine(
                member,
                readable_pledge(pledges[member.id], ws.actor.reader) if member.id in pledges else None,
                "" if member.id in pledges else member.pledge_duty(year, ws.today()),
            )
            for member in member_queries.members(tx)
            if member.id in pledges or member.was_here_in(year)
        )


def open_pledge(ws: Workspace, member_id: str, year: int) -> PledgePage:
    """One member's pledge of a year with what last year leaves over; blank when nothing is registered yet."""
    ws.must(Act.OPEN_PLEDGE, member_id)
    reader = ws.actor.reader
    with ws.read() as tx:
        member = one_member(tx, member_id)
        pledge = pledge_queries.pledge_of(tx, member_id, year) or Pledge(member_id, year)
        before = pledge_queries.pledge_of(tx, member_id, year - 1)
        last_year = readable_pledge(before, reader).items if before else ()
        unfinished = tuple(item for item in last_year if item.outcome is not Outcome.DONE)
        return PledgePage(
            member,
            readable_pledge(pledge, reader),
            last_year,
            unfinished,
            _last_faults(ws, tx, member_id, year - 1),
            year in closed_years_in(tx),
            not reads_pledge(reader, pledge),
        )


def _last_faults(ws: Workspace, tx: ReadTransaction, member_id: str, year: int) -> tuple[str, ...]:
    """The shortcomings of last year's review, one per paragraph: what a fault-fixing item can be made of."""
    stored = review_queries.review_of(tx, ReviewKey(member_id, year))
    if stored is None or not reads_review(ws.actor.reader, stored):
        return ()
    section, review = tables.review_section, tables.review
    query = (
        select(section.c.text)
        .join(review, review.c.id == section.c.review_id)
        .where(review.c.member_id == member_id, review.c.year == year, review.c.kind == "year")
        .where(section.c.key.in_(("A.II.1", "II.1")))
    )
    row = tx.first(query)
    lines = [] if row is None else [line.strip() for line in row.text.split("\n")]
    return tuple(line for line in lines if line and line.rstrip(".").lower() != "không")


def carried_over(item: PledgeItem) -> PledgeItem:
    """Last year's unfinished item as a new item of this year."""
    return PledgeItem(
        item.content_code,
        item.action,
        item.target,
        None,
        item.measure,
        Origin.CARRIED_OVER,
        carried_from=item.id,
    )


def from_fault(fault: str) -> PledgeItem:
    """An item that answers a shortcoming named in last year's review."""
    return PledgeItem("G6", f"Khắc phục: {fault}", origin=Origin.FROM_LAST_REVIEW)


def save_pledge(ws: Workspace, pledge: Pledge) -> Pledge:
    """Save a pledge being written. Passed pledges change through ``revise_item`` only."""
    ws.must(Act.SAVE_PLEDGE, pledge.member_id)
    return _write(ws, pledge, submit=False)


def submit_pledge(ws: Workspace, pledge: Pledge) -> Pledge:
    """Hand the pledge to the cell; each item needs something to do."""
    ws.must(Act.SUBMIT_PLEDGE, pledge.member_id)
    if problems := problems_in_pledge(pledge.items):
        raise ValidationFailed(problems)
    return _write(ws, pledge, submit=True)


def _write(ws: Workspace, pledge: Pledge, *, submit: bool) -> Pledge:
    act = "Gửi đăng ký năm" if submit else "Lưu đăng ký năm"
    with ws.write(f"{act} {pledge.year}", pledge.member_id) as tx:
        must_be_open(tx, pledge.year)
        stored = pledge_queries.pledge_of(tx, pledge.member_id, pledge.year)
        right = Act.SUBMIT_PLEDGE if submit else Act.SAVE_PLEDGE
        ws.must(right, pledge.member_id, pledge_state(stored), said=_why_fixed(stored))
        state = PledgeState.SUBMITTED if submit else PledgeState.DRAFT
        values = {"state": state.value, "submitted_at": ws.now() if submit else None}
        values["entered_by"] = ws.actor.member_id
        if stored is None:
            one_member(tx, pledge.member_id)
            keys = {"member_id": pledge.member_id, "year": pledge.year}
            pledge_id = tx.insert(tables.pledge, {**keys, **values})
        else:
            pledge_id = stored.id
        changed = _save_items(tx, pledge_id, pledge.items, stored.items if stored else ())
        if stored is not None:
            version = pledge.version or stored.version
            tx.update(tables.pledge, pledge_id, values, version=version, parts_changed=changed)
        saved = pledge_queries.pledge_of(tx, pledge.member_id, pledge.year)
        assert saved is not None
        return saved


def _why_fixed(stored: Pledge | None) -> str:
    """Why a passed pledge is not written over."""
    if stored is None or stored.state is not PledgeState.PASSED:
        return ""
    if stored.passed_on is None:
        return f"Đăng ký năm {stored.year} đã được chi bộ thông qua."
    return (
        f"Đăng ký năm {stored.year} đã được chi bộ thông qua ngày {format_date(stored.passed_on)}. "
        "Muốn đổi một việc, xin bấm Thay đổi và ghi lý do."
    )


def _save_items(
    tx: WriteTransaction, pledge_id: str, items: Sequence[PledgeItem], stored: Sequence[PledgeItem]
) -> bool:
    kept = {item.id for item in items if item.id}
    if not kept <= {item.id for item in stored}:
        raise NotFound("Một việc không còn trong đăng ký này. Xin mở lại trang.")
    dropped = [item for item in stored if item.id not in kept]
    _must_be_unreported(tx, dropped)
    tx.delete_many(tables.pledge_item, [item.id for item in dropped])
    changes: dict[str, dict[str, Any]] = {}
    fresh: list[dict[str, Any]] = []
    for position, item in enumerate(items, 1):
        values = {"position": position, **item_values(item)}
        if item.id:
            changes[item.id] = values
        else:
            fresh.append({"pledge_id": pledge_id, **values})
    changed = tx.update_many(tables.pledge_item, changes)
    tx.insert_many(tables.pledge_item, fresh)
    return bool(dropped or changed or fresh)


def _must_be_unreported(tx: ReadTransaction, items: Sequence[PledgeItem]) -> None:
    reported = tables.monthly_entry.c.item_id
    found = tx.first(select(reported).where(reported.in_([item.id for item in items]))) if items else None
    if found is not None:
        action = next(item.action for item in items if item.id == found.item_id)
        raise NotAllowed(
            f"Việc “{action}” đã có tự đánh giá tháng nên không bỏ được. "
            "Đồng chí có thể ghi kết quả là Không làm được."
        )


def item_values(item: PledgeItem) -> dict[str, Any]:
    """The columns of a pledged item, texts in NFC."""
    return {
        "content_code": item.content_code,
        "action": nfc(item.action).strip(),
        "target": nfc(item.target).strip(),
        "due_on": item.due_on,
        "measure": nfc(item.measure).strip(),
        "origin": item.origin.value,
        "note": nfc(item.note).strip(),
        "carried_from": item.carried_from,
        "outcome": item.outcome.value,
        "finished_on": item.finished_on,
    }


def return_pledge(ws: Workspace, member_id: str, year: int, comment: str) -> None:
    """Give a handed-in pledge back to be completed, with the committee's words."""
    ws.must(Act.RETURN_PLEDGE, member_id)
    with ws.write(f"Trả lại đăng ký năm {year} để ghi thêm", member_id) as tx:
        must_be_open(tx, year)
        pledge = _stored(tx, member_id, year)
        not_so = "Chỉ trả lại được đăng ký đã gửi và chi bộ chưa thông qua."
        ws.must(Act.RETURN_PLEDGE, member_id, pledge_state(pledge), said=not_so)
        values = {
            "state": PledgeState.DRAFT.value,
            "submitted_at": None,
            "committee_comment": clean_line(comment),
            # The cell has read it already: it is the member's alone only once they write in it again.
            "entered_by": ws.actor.member_id,
        }
        tx.update(tables.pledge, pledge.id, values)


def pass_pledges(ws: Workspace, year: int, member_ids: Sequence[str], passed_on: date) -> int:
    """The cell passes handed-in pledges at its meeting; returns how many."""
    ws.must(Act.PASS_PLEDGE)
    if passed_on > ws.today():
        raise ValidationFailed((Problem("passed_on", f"Ngày thông qua {format_date(passed_on)} chưa tới."),))
    with ws.write(f"Chi bộ thông qua đăng ký năm {year}") as tx:
        must_be_open(tx, year)
        pledges = pledge_queries.pledges_of_year(tx, year)
        chosen = [
            pledges[m]
            for m in member_ids
            if m in pledges and ws.may(Act.PASS_PLEDGE, m, pledge_state(pledges[m]))
        ]
        values = {"state": PledgeState.PASSED.value, "passed_on": passed_on}
        tx.update_many(tables.pledge, {pledge.id: values for pledge in chosen})
        return len(chosen)


def _stored(tx: ReadTransaction, member_id: str, year: int) -> Pledge:
    pledge = pledge_queries.pledge_of(tx, member_id, year)
    if pledge is None:
        raise NotFound(f"Đồng chí chưa có đăng ký năm {year} trong sổ.")
    return pledge


_ITEM_GONE = "Việc này không còn trong đăng ký. Xin mở lại trang."


def _passed(ws: Workspace, tx: ReadTransaction, member_id: str, year: int) -> Pledge:
    pledge = _stored(tx, member_id, year)
    not_yet = f"Đăng ký năm {year} chưa được chi bộ thông qua nên sửa thẳng trên trang, không phải ghi lý do."
    ws.must(Act.REVISE_PLEDGE, member_id, pledge_state(pledge), said=not_yet)
    return pledge


def revise_item(ws: Workspace, member_id: str, year: int, item: PledgeItem, reason: str) -> Pledge:
    """Change one item of a passed pledge during the year: the reason is asked, the old text is kept."""
    ws.must(Act.REVISE_PLEDGE, member_id)
    if not reason.strip():
        raise ValidationFailed((Problem("reason", "Chưa ghi lý do thay đổi."),))
    if not item.action.strip():
        raise ValidationFailed((Problem("action", "Chưa ghi việc làm cụ thể."),))
    with ws.write(f"Thay đổi một việc đăng ký năm {year}", member_id) as tx:
        must_be_open(tx, year)
        pledge = _passed(ws, tx, member_id, year)
        old = next((kept for kept in pledge.items if kept.id == item.id), None)
        if old is None:
            raise NotFound(_ITEM_GONE)
        if item_values(item) == item_values(old):
            raise ValidationFailed((Problem("action", "Việc này chưa có gì thay đổi."),))
        earlier = {
            "item_id": old.id,
            "revised_on": ws.today(),
            "reason": clean_line(reason),
            "action": old.action,
            "target": old.target,
            "due_on": old.due_on,
            "measure": old.measure,
        }
        tx.insert(tables.pledge_revision, earlier)
        tx.update(tables.pledge_item, old.id, item_values(item))
        return _stored(tx, member_id, year)


def add_item(ws: Workspace, member_id: str, year: int, item: PledgeItem, reason: str) -> Pledge:
    """Add an item to a passed pledge during the year; the reason is kept in its note."""
    ws.must(Act.REVISE_PLEDGE, member_id)
    if problems := problems_in_pledge((item,)):
        raise ValidationFailed(problems)
    if not reason.strip():
        raise ValidationFailed((Problem("reason", "Chưa ghi lý do thêm việc."),))
    with ws.write(f"Thêm một việc vào đăng ký năm {year}", member_id) as tx:
        must_be_open(tx, year)
        pledge = _passed(ws, tx, member_id, year)
        note = f"{item.note} Thêm ngày {format_date(ws.today())}: {clean_line(reason)}".strip()
        values = item_values(replace(item, note=note))
        position = len(pledge.items) + 1
        tx.insert(tables.pledge_item, {"pledge_id": pledge.id, "position": position, **values})
        return _stored(tx, member_id, year)


def set_outcome(
    ws: Workspace, member_id: str, year: int, item_id: str, outcome: Outcome, on: date | None
) -> None:
    """Say how an item ended; a finished item is not asked for in later months."""
    ws.must(Act.SET_OUTCOME, member_id)
    if on is not None and on > ws.today():
        raise ValidationFailed((Problem("finished_on", f"Ngày {format_date(on)} chưa tới."),))
    with ws.write(f"Ghi một việc đăng ký năm {year}: {outcome.label.lower()}", member_id) as tx:
        must_be_open(tx, year)
        pledge = _stored(tx, member_id, year)
        ws.must(Act.SET_OUTCOME, member_id, pledge_state(pledge))
        if item_id not in {item.id for item in pledge.items}:
            raise NotFound(_ITEM_GONE)
        finished = None if outcome is Outcome.IN_PROGRESS else on or ws.today()
        tx.update(tables.pledge_item, item_id, {"outcome": outcome.value, "finished_on": finished})
