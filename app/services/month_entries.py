"""A month on its way into the book: its entries checked, tidied and merged with what is there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.db import monthly_queries, pledge_queries, tables
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.errors import NotFound, ValidationFailed
from app.domain.monthly import (
    MonthlyEntry,
    MonthlySelfAssessment,
    MonthState,
    problems_in_month,
    still_copied,
)
from app.domain.text import nfc
from app.services.cells import cell_in


def checked_entries(
    tx: ReadTransaction,
    assessment: MonthlySelfAssessment,
    stored: MonthlySelfAssessment | None,
    *,
    submit: bool,
) -> tuple[MonthlyEntry, ...]:
    """The entries as they are kept: NFC, of this member's items, marked as copied only while untouched.

    Raises ``ValidationFailed`` when the month is to be handed in and an open item lacks result or level.
    """
    month = assessment.month
    items = pledge_queries.registered_items(tx, assessment.member_id, month.year)
    numbers = {item.id: number for number, item in enumerate(items, 1)}
    if any(entry.item_id not in numbers for entry in assessment.entries):
        raise NotFound("Một việc vừa bị bỏ khỏi đăng ký năm. Xin mở lại trang tháng này.")
    entries = _honestly_copied(tx, assessment, stored, tuple(_tidied(entry) for entry in assessment.entries))
    if submit:
        wanted = [(numbers[item.id], item.id) for item in items if item.is_open_in(month)]
        if problems := problems_in_month(entries, wanted, cell_in(tx).level_scale.levels):
            raise ValidationFailed(problems)
    return entries


def _tidied(entry: MonthlyEntry) -> MonthlyEntry:
    return replace(
        entry,
        result=nfc(entry.result).strip(),
        limits=nfc(entry.limits).strip(),
        fix=nfc(entry.fix).strip(),
        evidence=nfc(entry.evidence).strip(),
    )


def _honestly_copied(
    tx: ReadTransaction,
    assessment: MonthlySelfAssessment,
    stored: MonthlySelfAssessment | None,
    entries: tuple[MonthlyEntry, ...],
) -> tuple[MonthlyEntry, ...]:
    if not any(entry.copied_from for entry in entries):
        return entries
    before = monthly_queries.month_of(tx, assessment.member_id, assessment.month.previous())

    def is_copy(entry: MonthlyEntry) -> bool:
        kept = stored.entry_for(entry.item_id) if stored else None
        if kept is not None and kept.copied_from == entry.copied_from and still_copied(entry, kept):
            return True  # untouched since it was saved, whatever became of last month
        return still_copied(entry, before.entry_for(entry.item_id) if before else None)

    return tuple(
        entry if not entry.copied_from or is_copy(entry) else replace(entry, copied_from="")
        for entry in entries
    )


_ENTRY_FIELDS = ("result", "self_level", "limits", "fix", "evidence", "copied_from")


def _filled_into(draft: MonthlySelfAssessment, entries: Sequence[MonthlyEntry]) -> tuple[MonthlyEntry, ...]:
    """What somebody else typed, put into a member's own draft: a blank field keeps the member's words."""
    merged = []
    for entry in entries:
        own = draft.entry_for(entry.item_id)
        blank = [name for name in _ENTRY_FIELDS if not getattr(entry, name)]
        merged.append(replace(entry, **{name: getattr(own, name) for name in blank}))
    return tuple(merged)


def _merged(before: Sequence[MonthlyEntry], written: Sequence[MonthlyEntry]) -> tuple[MonthlyEntry, ...]:
    """The entries as they stand after writing: those not written stay, the cell's words stay with each."""
    new = {entry.item_id: entry for entry in written}
    kept = [
        replace(new.pop(old.item_id), cell_comment=old.cell_comment) if old.item_id in new else old
        for old in before
    ]
    return (*kept, *(replace(entry, cell_comment="") for entry in new.values() if not entry.is_empty))


def _save_entries(
    tx: WriteTransaction, month_id: str, entries: Sequence[MonthlyEntry], *, is_new: bool
) -> bool:
    """Write the entries of a month; blank ones are not added. Says whether anything changed."""
    rows: dict[str, str] = {}
    if not is_new:
        query = select(tables.monthly_entry.c.item_id, tables.monthly_entry.c.id)
        rows = {r.item_id: r.id for r in tx.rows(query.where(tables.monthly_entry.c.monthly_id == month_id))}
    changes: dict[str, dict[str, Any]] = {}
    fresh: list[dict[str, Any]] = []
    for entry in entries:
        values = {name: getattr(entry, name) for name in _ENTRY_FIELDS}
        if entry.item_id in rows:
            changes[rows[entry.item_id]] = values
        elif not entry.is_empty:
            fresh.append({"monthly_id": month_id, "item_id": entry.item_id, **values})
    changed = tx.update_many(tables.monthly_entry, changes)
    tx.insert_many(tables.monthly_entry, fresh)
    return bool(changed or fresh)


def put_month(
    tx: WriteTransaction, written: MonthlySelfAssessment, entries: tuple[MonthlyEntry, ...], seen: int
) -> MonthlySelfAssessment:
    """Write a month whose page saw version ``seen``; returns it as it now stands, not read again."""
    month = written.month
    values = {
        "state": written.state.value,
        "submitted_at": written.submitted_at,
        "entered_by": written.entered_by,
        "entered_by_name": written.entered_by_name,
        "excuse_reason": written.excuse_reason,
    }
    is_new = not written.id
    if is_new:
        keys = {"member_id": written.member_id, "year": month.year, "month": month.month}
        month_id, version = tx.insert(tables.monthly, {**keys, **values}), 1
        _save_entries(tx, month_id, entries, is_new=True)
    else:
        month_id = written.id
        changed = _save_entries(tx, month_id, entries, is_new=False)
        moved = tx.update(
            tables.monthly, month_id, values, version=seen or written.version, parts_changed=changed
        )
        version = written.version + moved
    return replace(written, id=month_id, version=version, entries=_merged(written.entries, entries))


def fill_private(
    tx: WriteTransaction, stored: MonthlySelfAssessment, entries: tuple[MonthlyEntry, ...], version: int
) -> MonthlySelfAssessment:
    """Somebody types into a draft its member is writing: it stays the member's, its words unread."""
    changed = _save_entries(tx, stored.id, _filled_into(stored, entries), is_new=False)
    values = {"state": MonthState.DRAFT.value, "excuse_reason": ""}
    tx.update(tables.monthly, stored.id, values, version=version or stored.version, parts_changed=changed)
    saved = monthly_queries.month_of(tx, stored.member_id, stored.month)
    assert saved is not None
    return replace(saved, entries=tuple(entry for entry in entries if not entry.is_empty))
