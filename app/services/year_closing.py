"""Khóa năm: what is still open, the digest that is kept, the reason a year is opened again."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import cell_tables, tables, year_end_queries
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.backup_keeping import BackupReason
from app.domain.errors import NoRules, NotAllowed, Problem, ValidationFailed
from app.domain.text import nfc
from app.domain.year_closing import YearClosing
from app.domain.year_digest import digest_of
from app.domain.year_end_steps import open_items, year_end_steps
from app.services.backups import BackupFailed, back_up_by_itself
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_content import year_content_in
from app.services.year_end_facts import year_end_facts
from app.services.year_end_steps import year_end_book_in
from app.services.year_states import year_state_in


@dataclass(frozen=True, slots=True)
class ChangedYear:
    """A locked year whose content is no longer what was locked."""

    year: int
    closed_at: str
    closed_by: str


def year_open_items(ws: Workspace, year: int) -> tuple[str, ...]:
    """What closing a year now would leave open, one sentence for each step with the names."""
    ws.must(Act.READ_OPEN_ITEMS)
    with ws.read() as tx:
        return _open_items(tx, ws, year)


def _open_items(tx: ReadTransaction, ws: Workspace, year: int) -> tuple[str, ...]:
    rules = rule_book_in(tx)
    try:
        rule_set = rules.rules_of(year)
    except NoRules:
        return ()
    return open_items(year_end_steps(year_end_facts(year_end_book_in(tx, ws, year, rules, rule_set))))


def close_year(
    ws: Workspace,
    year: int,
    closed_on: date,
    named: Sequence[str] = (),
    *,
    without_backup: bool = False,
) -> None:
    """Khóa năm: everything of the year can be read and printed, not changed; its digest is kept.

    The book is backed up before, ``BackupFailed`` when that fails unless ``without_backup``; the copy made
    afterwards is kept for ever. ``named`` are the open items the person was told and agreed to leave; raises
    ``NotAllowed`` naming those nobody agreed to.
    """
    ws.must(Act.CLOSE_YEAR)
    if not without_backup:
        back_up_by_itself(ws, BackupReason.BEFORE_CLOSING)
    with ws.write(f"Khóa năm {year}") as tx:
        if year_state_in(tx, year).closed_on is not None:
            raise NotAllowed(f"Năm {year} đã khóa rồi. Xin mở lại trang để xem.")
        left = _open_items(tx, ws, year)
        if unnamed := [item for item in left if item not in named]:
            raise NotAllowed(
                f"Năm {year} còn việc để ngỏ: {'; '.join(unnamed)}. "
                "Xin xem lại; muốn khóa thì đồng ý để lại các việc này ở bước Khóa năm."
            )
        values = {
            "year": year,
            "closed_at": ws.now(),
            "closed_by": ws.actor.name,
            "digest": digest_of(year_content_in(tx, year)),
            "open_items": "\n".join(left),
        }
        tx.insert(tables.year_closing, values)
        _put_state(tx, year, {"closed_on": closed_on})
    with suppress(BackupFailed):  # the year is locked all the same, and the next timed copy holds it
        back_up_by_itself(ws, BackupReason.YEAR_END)


def reopen_year(ws: Workspace, year: int, reason: str) -> None:
    """Mở lại năm đã khóa; the reason is kept, stays visible and stands on later prints."""
    ws.must(Act.REOPEN_YEAR)
    reason = nfc(reason).strip()
    if not reason:
        raise ValidationFailed((Problem("reason", "Chưa ghi lý do mở lại năm."),))
    with ws.write(f"Mở lại năm {year}: {reason}") as tx:
        state = year_state_in(tx, year)
        if state.closed_on is None:
            raise NotAllowed(f"Năm {year} chưa khóa nên không phải mở lại.")
        values = {"reopened_at": ws.now(), "reopened_by": ws.actor.name, "reopen_reason": reason}
        locked = [each for each in year_end_queries.closings(tx, year) if not each.reopened_at]
        if locked:
            tx.update(tables.year_closing, locked[-1].id, values)
        else:  # locked by a version that kept no digest
            closed_at = state.closed_on.isoformat()
            tx.insert(tables.year_closing, {"year": year, "closed_at": closed_at, "digest": "", **values})
        _put_state(tx, year, {"closed_on": None, "note": reason})


def _put_state(tx: WriteTransaction, year: int, values: dict[str, object]) -> None:
    row = tx.first(select(cell_tables.year_state).where(cell_tables.year_state.c.year == year))
    if row is None:
        tx.insert(cell_tables.year_state, {"year": year, **values})
    else:
        tx.update(cell_tables.year_state, row.id, values)


def changed_since_closing(tx: ReadTransaction) -> tuple[ChangedYear, ...]:
    """The locked years whose content is not what their digest was made of."""
    standing: dict[int, YearClosing] = {}
    for closing in year_end_queries.closings(tx):
        if closing.reopened_at:
            standing.pop(closing.year, None)
        else:
            standing[closing.year] = closing
    return tuple(
        ChangedYear(each.year, each.closed_at, each.closed_by)
        for each in standing.values()
        if each.digest and digest_of(year_content_in(tx, each.year)) != each.digest
    )
