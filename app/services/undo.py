"""Hoàn tác: an action of the history taken back by its name, all of it or nothing; twice: done again.

Not undone this way: keys and seats, a locked year, what somebody else is still writing for themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, or_, select, update

from app.db import tables
from app.db.transactions import ReadTransaction, Values, WriteTransaction
from app.domain.dates import format_date
from app.domain.errors import NotAllowed, NotFound
from app.domain.monthly import MonthState
from app.domain.permissions import Act, Whose, allowed
from app.domain.text import lower_first
from app.domain.year_digest import digest_of
from app.services.cells import closed_years_in
from app.services.history import DRAFTING, ActionLine, action_query, line_of
from app.services.history_lines import HistoryNames, parent_key
from app.services.month_seals import sealed
from app.services.undo_records import RecordEffect, blank, dependents, effects_of, moved_on, rows_now
from app.services.workspace import Workspace
from app.services.year_content import year_content_in

_UNDONE, _DONE_AGAIN = "Hoàn tác: ", "Làm lại: "
_OTHER_WAY = {
    "security": "Cách giữ kín sổ và mã PIN sửa ở Thiết lập.",
    "seat_account": "Người dùng và mã PIN sửa ở Thiết lập.",
    "seat_pin": "Người dùng và mã PIN sửa ở Thiết lập.",
    "key_holder": "Mật khẩu và người giữ mật khẩu sửa ở Thiết lập.",
    "year_closing": "Khóa năm và mở lại năm làm ở trang Cuối năm, có ghi lý do.",
    "ignored_finding": "Điều đã bỏ qua xem lại ở phần Kiểm tra sổ.",
}
_AT_ONCE = 500
_BY_HAND = "nên không hoàn tác được; xin sửa lại bằng tay."


@dataclass(frozen=True, slots=True)
class Undoable:
    """One of the last actions with what stands in the way of taking it back; "" where nothing does."""

    line: ActionLine
    why_not: str


def can_undo(ws: Workspace, action_id: str) -> str:
    """Why an action cannot be taken back, in one sentence; "" when it can."""
    with ws.read() as tx:
        return _why_not(tx, ws, action_row(tx, action_id))


def last_undoable(ws: Workspace, limit: int = 10) -> tuple[Undoable, ...]:
    """Việc vừa làm: the last actions of the person at the PC, the newest first; those taken back as such."""
    action = tables.action.c
    with ws.read() as tx:
        query = action_query().where(
            action.actor_id.is_not_distinct_from(ws.actor.member_id),
            action.actor_name == ws.actor.name,
            ~action.name.startswith(_DONE_AGAIN),  # what was done again stands there by itself
        )
        rows = tx.rows(query.order_by(action.seq.desc()).limit(4 * limit))
        standing = [row for row in rows if not _undone_by(tx, row.id)]
        return tuple(Undoable(line_of(row), _why_not(tx, ws, row)) for row in standing[:limit])


def undo_action(ws: Workspace, action_id: str) -> ActionLine:
    """Take an action back: everything it changed is as before, and the history tells both.

    Raises ``NotAllowed`` with the reason: whose it is, a locked year, a record changed since.
    """
    with ws.read() as tx:
        row = action_row(tx, action_id)
    with ws.write(undo_name(row.name, is_undo=row.undo_of is not None), row.behalf_id, undo_of=row.id) as tx:
        if why_not := _why_not(tx, ws, row):
            raise NotAllowed(why_not)
        take_back(tx, effects_of(tx, row.id))
    with ws.read() as tx:
        made = tx.first(
            action_query().where(tables.action.c.undo_of == row.id).order_by(tables.action.c.seq.desc())
        )
    assert made is not None
    return line_of(made)


def undo_name(name: str, *, is_undo: bool) -> str:
    """What taking an action back is called: "Hoàn tác: xác nhận tháng 5/2026 cho 42 đảng viên"."""
    bare = name.removeprefix(_UNDONE).removeprefix(_DONE_AGAIN)
    was_taken_back = is_undo and name.startswith(_UNDONE)
    return (_DONE_AGAIN if was_taken_back else _UNDONE) + lower_first(bare)


def action_row(tx: ReadTransaction, action_id: str) -> Any:
    """An action with the name of the member whose page it was; raises ``NotFound``."""
    row = tx.first(action_query().where(tables.action.c.id == action_id))
    if row is None:
        raise NotFound("Không còn việc này trong nhật ký. Xin mở lại trang.")
    return row


def _undone_by(tx: ReadTransaction, action_id: str) -> bool:
    """Whether an action stands undone: taken back, and that not taken back in its turn."""
    action = tables.action.c
    undone = tx.rows(select(action.id).where(action.undo_of == action_id))
    return any(not _undone_by(tx, row.id) for row in undone)


def _why_not(tx: ReadTransaction, ws: Workspace, row: Any) -> str:
    if refused := why_not_theirs(ws, row):
        return refused
    if _undone_by(tx, row.id):
        return f"Việc “{row.name}” đã được hoàn tác rồi."
    effects = effects_of(tx, row.id)
    for effect in effects:
        if said := _other_way(effect):
            return f"Việc “{row.name}” không hoàn tác ở đây được. {said}"
    return _why_not_as_left(tx, row, effects)


def why_not_theirs(ws: Workspace, row: Any) -> str:
    """Rights: those who lead take back anybody's work but a draft; others only their own.

    What somebody did in another role is judged by what they are now: who was the secretary is not any more.
    """
    is_mine = row.actor_id == ws.actor.member_id and row.actor_name == ws.actor.name
    verdict = allowed(ws.actor.role, Act.UNDO, Whose.OWN if is_mine else Whose.OTHERS)
    if not verdict.is_allowed:
        return verdict.why_not
    if not ws.actor.role.reaches(row.actor_role):  # books of the first versions did not keep the role
        did = f"Việc “{row.name}” do {row.actor_name} làm ở chức trách khác"
        return f"{did}; xin bí thư hoặc phó bí thư hoàn tác."
    if is_mine:
        return ""
    if row.name.startswith(DRAFTING) and row.behalf_id is None:
        return "Đây là bản đang soạn của đồng chí ấy; chỉ chính đồng chí ấy hoàn tác được."
    return ""


def _other_way(effect: RecordEffect) -> str:
    name = effect.table.name
    if name == "cell" and effect.was_added:
        return "Đây là lúc lập sổ; muốn bỏ thì lập sổ khác."
    if name == "year_state" and "closed_on" in {**(effect.before or {}), **(effect.after or {})}:
        return _OTHER_WAY["year_closing"]
    return _OTHER_WAY.get(name, "")


def _why_not_as_left(tx: ReadTransaction, row: Any, effects: Sequence[RecordEffect]) -> str:
    if changed := moved_on(tx, effects):
        said = _changed_since(tx, row, changed.table, changed.id)
        return _put_back_since(tx, row, changed) or said
    added = {(effect.table.name, effect.id) for effect in effects if effect.was_added}
    for table in dict.fromkeys(effect.table for effect in effects):
        own = [effect for effect in effects if effect.table is table]
        new = [effect.id for effect in own if effect.was_added]
        for other, record_id in dependents(tx, table, new):
            if (other.name, record_id) not in added:
                return _changed_since(tx, row, other, record_id)
        moved = [effect.id for effect in own if _changes_state(effect)]
        built_on = {record_id: other for other, record_id in dependents(tx, table, moved)}
        if later := _changed_later(tx, row, list(built_on)):
            return _changed_since(tx, row, built_on[later], later)
    return ""


def _changed_later(tx: ReadTransaction, row: Any, record_ids: Sequence[str]) -> str:
    """The first of these records that a later action changed, or ""."""
    change, action = tables.change.c, tables.action.c
    query = select(change.record_id).join(tables.action, action.id == change.action_id).order_by(change.seq)
    for start in range(0, len(record_ids), _AT_ONCE):
        some = record_ids[start : start + _AT_ONCE]
        found = tx.first(query.where(change.record_id.in_(some), action.seq > row.seq))
        if found is not None:
            return str(found.record_id)
    return ""


def _changes_state(effect: RecordEffect) -> bool:
    """A record moved on its way (handed in, passed, confirmed): what was written since builds on that."""
    return effect.was_changed and "state" in (effect.before or {})


def _put_back_since(tx: ReadTransaction, row: Any, effect: RecordEffect) -> str:
    """What the action took out stands in the book again: there is nothing left to take back, or ""."""
    there = tx.first(select(effect.table.c.id).where(effect.table.c.id == effect.id))
    if not effect.was_removed or there is None:
        return ""
    what = HistoryNames(tx).record(effect.table.name, effect.id)
    return f"{what} đã được lấy lại rồi."


def _changed_since(tx: ReadTransaction, row: Any, table: Table, record_id: str) -> str:
    change, action = tables.change.c, tables.action.c
    later = tx.first(
        select(action.at, action.name)
        .join(tables.change, change.action_id == action.id)
        .where(change.table_name == table.name, change.record_id == record_id, action.seq > row.seq)
        .order_by(action.seq.desc())
    )
    what = HistoryNames(tx).record(table.name, record_id)
    if later is None:
        return f"{what} không còn như việc này để lại, {_BY_HAND}"
    when = f"{later.at[11:16]} ngày {format_date(date.fromisoformat(later.at[:10]))}"
    return f"{what} đã được sửa sau đó lúc {when} (“{later.name}”), {_BY_HAND}"


# Taking back


def take_back(tx: WriteTransaction, effects: Sequence[RecordEffect]) -> None:
    """Put the records back as they were before; the seals of locked years must come out the same."""
    seals = _locked_years(tx)
    tx.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    touched = rows_now(tx, effects)
    order = list(tables.metadata.sorted_tables)
    parents_first = sorted(effects, key=lambda each: order.index(each.table))
    for effect in reversed(parents_first):
        if effect.was_added:
            tx.delete(effect.table, effect.id)
    for effect in effects:
        if effect.was_changed:
            tx.update(effect.table, effect.id, effect.before or {})
    for effect in parents_first:
        if effect.was_removed:
            tx.insert(effect.table, _as_before(effect))
    _seal_again(tx, [each.id for each in effects if each.table is tables.monthly])
    _move_parents_on(tx, effects, touched)
    for year, digest in _locked_years(tx).items():
        if seals.get(year) != digest:
            raise NotAllowed(
                f"Năm {year} đã khóa nên không hoàn tác được. Muốn sửa, bí thư mở lại năm và ghi lý do."
            )


def _as_before(effect: RecordEffect) -> dict[str, Any]:
    before = effect.before or {}
    values = {column.name: before.get(column.name, blank(column)) for column in effect.table.columns}
    if "version" in effect.table.c:
        values["version"] = (before.get("version") or 1) + 1
    return values


def _locked_years(tx: ReadTransaction) -> dict[int, str]:
    """What the locked years hold, those too that a version without digests locked."""
    return {year: digest_of(year_content_in(tx, year)) for year in closed_years_in(tx)}


def _seal_again(tx: WriteTransaction, month_ids: Sequence[str]) -> None:
    """A month confirmed by a version that kept no seals gets one, one that is open again has none."""
    monthly = tables.monthly
    query = select(monthly.c.id).where(monthly.c.id.in_(month_ids))
    sealed_now = query.where(or_(monthly.c.state == MonthState.CONFIRMED.value, monthly.c.digest != ""))
    there: dict[str, Values] = {row.id: {} for row in tx.rows(sealed_now)}
    if there:
        tx.update_many(monthly, sealed(tx, there))


def _move_parents_on(tx: WriteTransaction, effects: Sequence[RecordEffect], before: Any) -> None:
    """Who has a record open whose parts changed is told so: its version moves on."""
    own = {effect.id for effect in effects}
    parents: dict[str, set[str]] = {}
    for effect in effects:
        key = parent_key(effect.table)
        if key is None:
            continue
        row = before.get((effect.table.name, effect.id)) or effect.before or {}
        if row.get(key[0]) and row[key[0]] not in own:
            parents.setdefault(key[1], set()).add(row[key[0]])
    for name, ids in parents.items():
        table = tables.metadata.tables[name]
        if "version" in table.c:
            bumped = update(table).where(table.c.id.in_(ids)).values(version=table.c.version + 1)
            tx.connection.execute(bumped)
