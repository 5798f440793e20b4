"""Who holds a password of the book: added, renewed, taken away; the recovery sheet made anew.

The key file says what opens the book, the book says whose each slot is. Every action writes the key file
beside the one in use, commits the book's rows and only then puts the key file in place: a disk too full stops
it before anything changed. Where a killed program left the two at odds, ``settle_keys`` believes the key file
at the next opening, so that nobody is locked out; only a password taken away stays away.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db import disk, key_file, key_slots, side_database
from app.db.book_folder import why
from app.db.cell_tables import member
from app.db.key_slots import KeyRing, SlotKind
from app.db.transactions import ReadTransaction, WriteTransaction
from app.db.trust_tables import key_holder
from app.domain.acts import Act
from app.domain.errors import (
    FileUnwritable,
    NotAllowed,
    NotFound,
    UserError,
    ValidationFailed,
    WrongSecret,
)
from app.domain.passwords import problems_in_password
from app.domain.recovery_code import typed_code
from app.services.keys import another_slot, random_code
from app.services.seats import is_nobodys_yet
from app.services.workspace import KEEPER, ActorRole, Workspace

_UNKNOWN = "Chưa rõ của ai"
_OPENS = frozenset({SlotKind.PASSWORD.value, SlotKind.RECOVERY.value})


@dataclass(frozen=True, slots=True)
class Holder:
    """One way into the book. ``made_at`` is ISO time; ``proved_at`` is for the sheet typed back from paper.

    ``is_mine``: of the person at the PC; ``opened_it``: the book was opened by it today.
    """

    slot_id: str
    kind: SlotKind
    name: str
    member_id: str | None
    made_at: str
    proved_at: str | None
    is_mine: bool
    opened_it: bool


def list_holders(ws: Workspace) -> tuple[Holder, ...]:
    """Who holds a password of the book, then its recovery sheet; the sample book has none."""
    ws.must(Act.MANAGE_KEYS)
    return _holders(ws)


def own_holder(ws: Workspace) -> Holder | None:
    """The password of the person at the PC; None for somebody who holds none."""
    ws.must(Act.CHANGE_OWN_PASSWORD)
    return next((holder for holder in _holders(ws) if holder.is_mine), None)


def _holders(ws: Workspace) -> tuple[Holder, ...]:
    ring = key_file.read_keys(ws.folder)
    with ws.read() as tx:
        rows = {row.id: row for row in tx.rows(select(key_holder).where(key_holder.c.removed_at.is_(None)))}
        names = {row.id: row.full_name for row in tx.rows(select(member.c.id, member.c.full_name))}
    own = _own_slot(ws, rows)
    found = [
        Holder(
            slot.id,
            slot.kind,
            names.get(row.member_id, row.name),
            row.member_id,
            slot.made_at,
            row.proved_at,
            slot.id == own,
            slot.id == ws.slot_id,
        )
        for slot in ring.slots
        if slot.kind.value in _OPENS and (row := rows.get(slot.id)) is not None
    ]
    return tuple(sorted(found, key=lambda holder: (holder.kind is SlotKind.RECOVERY, holder.made_at)))


def holder_names(ws: Workspace) -> dict[str, str]:
    """Whose each slot is or was, for telling what opens a backup (``keys.backup_openers``)."""
    ws.must(Act.BACK_UP)
    with ws.read() as tx:
        known = select(key_holder.c.id, key_holder.c.name, member.c.full_name)
        rows = tx.rows(known.outerjoin_from(key_holder, member, member.c.id == key_holder.c.member_id))
    return {row.id: row.full_name or row.name for row in rows if row.name != KEEPER.name or row.full_name}


def change_own_password(ws: Workspace, old: str, new: str) -> None:
    """Đổi mật khẩu của tôi: only one's own slot is wrapped anew; backups made before keep the old password.

    Raises ``WrongSecret`` when ``old`` is not it, ``ValidationFailed`` for a weak new one, ``NotFound`` for
    somebody who holds none.
    """
    ws.must(Act.CHANGE_OWN_PASSWORD)
    _must_be_good(new)
    ring = _ring(ws)
    with ws.read() as tx:
        rows = {row.id: row for row in tx.rows(select(key_holder).where(key_holder.c.removed_at.is_(None)))}
    slot = ring.slot(_own_slot(ws, rows))
    if slot is None:
        raise NotFound("Đồng chí chưa giữ mật khẩu mở sổ nào. Bí thư thêm được ở mục Người giữ mật khẩu.")
    renewed = key_slots.rewrap_slot(slot, old, new, ws.now())
    key_slots.forget_derived()
    if renewed is None:
        raise WrongSecret("Mật khẩu đang dùng gõ chưa đúng. Xin gõ lại.")
    changed = ring.with_slot(renewed)
    _change(ws, "Đổi mật khẩu mở sổ", changed, lambda tx: _renew_row(tx, slot.id, renewed.made_at))


def add_holder(ws: Workspace, member_id: str | None, name: str, password: str) -> str:
    """Thêm người giữ mật khẩu: a member of the cell, or a person by ``name``; returns the new slot's id."""
    ring = _leading(ws)
    _must_be_good(password)
    with ws.read() as tx:
        named = name.strip() if member_id is None else _name_of(tx, member_id)
        taken = select(key_holder.c.id).where(
            key_holder.c.removed_at.is_(None), key_holder.c.member_id == member_id
        )
        if member_id is not None and tx.first(taken) is not None:
            raise NotAllowed(f"{named} đã giữ một mật khẩu rồi. Quên thì đặt lại mật khẩu cho {named}.")
    if not named:
        raise NotFound("Xin cho biết họ và tên người giữ mật khẩu.")
    slot = another_slot(ring, SlotKind.PASSWORD, password, _data_key(ws), ws.now())
    key_slots.forget_derived()
    row = {
        "id": slot.id,
        "member_id": member_id,
        "name": named,
        "kind": slot.kind.value,
        "made_at": slot.made_at,
    }
    changed = ring.with_slot(slot)
    _change(ws, f"Thêm người giữ mật khẩu mở sổ: {named}", changed, lambda tx: tx.insert(key_holder, row))
    return slot.id


def reset_holder(ws: Workspace, slot_id: str, new_password: str) -> None:
    """Đặt lại mật khẩu for a holder who forgot it: a fresh slot, made without knowing the old password."""
    ring = _leading(ws)
    _must_be_good(new_password)
    if (old := ring.slot(slot_id)) is None or old.kind is not SlotKind.PASSWORD:
        raise NotFound("Người giữ mật khẩu này không còn trong sổ. Xin mở lại trang.")
    made = another_slot(ring, SlotKind.PASSWORD, new_password, _data_key(ws), ws.now(), slot_id)
    key_slots.forget_derived()
    with ws.read() as tx:
        name = _holder_name(tx, slot_id)
    words = f"Đặt lại mật khẩu mở sổ của {name}"
    _change(ws, words, ring.with_slot(made), lambda tx: _renew_row(tx, slot_id, made.made_at))


def remove_holder(ws: Workspace, slot_id: str) -> None:
    """Bỏ người giữ mật khẩu; whoever copied the book or its key files before can still read by them.

    Only a new data key ends that for what is written from then on (``replace_data_key``). Raises
    ``NotAllowed`` for the last password, somebody must be able to open the book, and for one's own.
    """
    ring = _leading(ws)
    passwords = [slot.id for slot in ring.slots if slot.kind is SlotKind.PASSWORD]
    if slot_id not in passwords:
        raise NotFound("Người giữ mật khẩu này không còn trong sổ. Xin mở lại trang.")
    if passwords == [slot_id]:
        raise NotAllowed(
            "Đây là mật khẩu duy nhất mở được sổ nên không bỏ được. Xin thêm người giữ mật khẩu khác trước."
        )
    with ws.read() as tx:
        rows = {row.id: row for row in tx.rows(select(key_holder).where(key_holder.c.removed_at.is_(None)))}
        name = _holder_name(tx, slot_id)
    if slot_id == _own_slot(ws, rows):
        raise NotAllowed(
            "Không ai tự bỏ mật khẩu của mình. Xin đổi mật khẩu; khi bàn giao, người giữ mới sẽ bỏ."
        )
    words = f"Bỏ người giữ mật khẩu mở sổ: {name}"
    _change(ws, words, ring.without(slot_id), lambda tx: _remove_row(tx, slot_id, ws.now()))


def new_recovery_sheet(ws: Workspace) -> str:
    """Lập phiếu khôi phục mới: its code, to be shown and printed once; the old sheet opens no more."""
    ring = _leading(ws)
    code, now = random_code(), ws.now()
    slot = another_slot(ring, SlotKind.RECOVERY, code, _data_key(ws), now)
    key_slots.forget_derived()
    old = [each.id for each in ring.slots if each.kind is SlotKind.RECOVERY]
    changed = ring.with_slot(slot)
    for slot_id in old:
        changed = changed.without(slot_id)

    def rows(tx: WriteTransaction) -> None:
        for slot_id in old:
            _remove_row(tx, slot_id, now)
        tx.insert(key_holder, {"id": slot.id, "kind": slot.kind.value, "made_at": slot.made_at})

    _change(ws, "Lập phiếu khôi phục mới, bỏ phiếu cũ", changed, rows)
    return code


def prove_recovery_sheet(ws: Workspace, typed: str) -> None:
    """The code typed back from the paper opens the book: noted, so that nobody is asked for it again.

    Raises ``WrongSecret`` naming the groups that are mistyped, or saying that the sheet is another one.
    """
    ring, code = _leading(ws), typed_code(typed)
    if not code.is_whole:
        groups = ", ".join(str(number) for number in code.wrong_groups)
        raise WrongSecret(f"Mã gõ lại chưa đúng ở nhóm {groups}. Xin xem lại trên phiếu rồi sửa.")
    opened = key_slots.open_slots(ring, code.code, frozenset({SlotKind.RECOVERY}))
    key_slots.forget_derived()
    if opened is None:
        raise WrongSecret(
            "Mã này của một phiếu khác, không phải phiếu mới nhất của sổ. Xin xem ngày in phiếu."
        )
    with ws.write("Gõ lại mã để thử phiếu khôi phục") as tx:
        tx.update(key_holder, opened.slot_id, {"proved_at": ws.now()})


def link_holder(ws: Workspace, slot_id: str, member_id: str) -> None:
    """Say whose a password is that nobody of the cell was linked to yet."""
    ws.must(Act.MANAGE_KEYS)
    with ws.write("Ghi tên người giữ mật khẩu mở sổ") as tx:
        tx.update(key_holder, slot_id, {"member_id": member_id, "name": _name_of(tx, member_id)})


def settle_keys(ws: Workspace) -> None:
    """Put right what a program that was killed left at odds; done at every opening for work.

    A slot the book knows nothing of is named in it; the password of who was taken away goes, though an old
    key file was put back, while somebody else holds one. A disk that takes no writing now is left for the
    next opening.
    """
    try:
        _settle_files(ws)
    except OSError as error:
        logging.getLogger(__name__).info("key files not settled: %s", error.errno)
    try:
        _settle_rows(ws, _without_removed(ws, key_file.read_keys(ws.folder)))
    except UserError as error:
        logging.getLogger(__name__).info("key holders not settled: %s", type(error).__name__)


def _settle_files(ws: Workspace) -> None:
    key_file.clear_unfinished(ws.folder)
    side_database.clear_side(ws.folder)
    doomed = ws.folder / side_database.PLAIN_TO_DESTROY
    if doomed.exists():
        disk.overwrite_and_remove(doomed)
    key_file.mend_keys(ws.folder)
    ring = key_file.read_keys(ws.folder)
    if ws.key is not None and any(len(slot.sealed) > 1 for slot in ring.slots):
        key_file.write_keys(ws.folder, ring.sealing((ws.key,)))


def _without_removed(ws: Workspace, ring: KeyRing) -> KeyRing:
    """The slots without the passwords of who was taken away; as they are when nobody else holds one."""
    with ws.read() as tx:
        taken = key_holder.c.removed_at.is_not(None), key_holder.c.kind == SlotKind.PASSWORD.value
        removed = {row.id for row in tx.rows(select(key_holder.c.id).where(*taken))}
    passwords = {slot.id for slot in ring.slots if slot.kind is SlotKind.PASSWORD}
    if not passwords & removed or passwords <= removed:
        return ring
    kept = ring
    for slot_id in passwords & removed:
        kept = kept.without(slot_id)
    try:
        key_file.write_keys(ws.folder, kept)
    except OSError as error:
        logging.getLogger(__name__).info("key files not settled: %s", error.errno)
        return ring
    return kept


def _settle_rows(ws: Workspace, ring: KeyRing) -> None:
    with ws.read() as tx:
        rows = {
            row.id: row for row in tx.rows(select(key_holder).where(key_holder.c.kind.in_(list(SlotKind))))
        }
    slots = {slot.id: slot for slot in ring.slots}
    unknown = [slot for slot in ring.slots if slot.id not in rows]
    odd = [
        slot.id
        for slot in ring.slots
        if (row := rows.get(slot.id)) is not None
        and (row.made_at != slot.made_at or row.removed_at is not None)
    ]
    gone = [row.id for row in rows.values() if row.removed_at is None and row.id not in slots]
    if not (unknown or odd or gone):
        return
    with ws.seated(KEEPER).write("Ghi lại những người giữ mật khẩu theo tệp khóa của sổ") as tx:
        for slot in unknown:
            named = _UNKNOWN if slot.kind is SlotKind.PASSWORD else ""
            values = {"id": slot.id, "name": named, "kind": slot.kind.value, "made_at": slot.made_at}
            tx.insert(key_holder, values)
        for slot_id in odd:
            tx.update(key_holder, slot_id, {"made_at": slots[slot_id].made_at, "removed_at": None})
        for slot_id in gone:
            _remove_row(tx, slot_id, ws.now())


def _change(ws: Workspace, action: str, ring: KeyRing, rows: Callable[[WriteTransaction], Any]) -> None:
    """One action on the keys: see the head of this module for the order of its writes."""
    try:
        with key_file.prepared_keys(ws.folder, ring) as put:
            with ws.write(action) as tx:
                rows(tx)
            put()
    except OSError as error:
        settle_keys(ws)
        if key_file.read_keys(ws.folder) != ring:  # one file of the two in its place is enough
            raise FileUnwritable(
                f"Chưa ghi được tệp khóa của sổ: {why(error)}. Mật khẩu và phiếu khôi phục vẫn như trước."
            ) from error


def _leading(ws: Workspace) -> KeyRing:
    """The ring, for somebody who may change who opens the book."""
    ws.must(Act.MANAGE_KEYS)
    return _ring(ws)


def _ring(ws: Workspace) -> KeyRing:
    ws.must_be_writable()
    ring = key_file.read_keys(ws.folder)
    if ring.is_demo:
        raise NotAllowed("Sổ mẫu mở bằng mật khẩu ai cũng biết nên không đổi mật khẩu. Xin lập sổ riêng.")
    return ring


def _must_be_good(password: str) -> None:
    if problems := problems_in_password(password):
        raise ValidationFailed(problems)


def _data_key(ws: Workspace) -> bytes:
    if ws.key is None:
        raise NotAllowed("Sổ này chưa được khóa bằng mật khẩu. Xin đặt mật khẩu cho sổ trước.")
    return ws.key


def _own_slot(ws: Workspace, rows: Mapping[str, Any]) -> str:
    """The password slot of the person at the PC: linked to them, or what opened the book (the secretary)."""
    passwords = [row for row in rows.values() if row.kind == SlotKind.PASSWORD]
    mine = [row.id for row in passwords if row.member_id and row.member_id == ws.actor.member_id]
    unlinked = [row.id for row in passwords if is_nobodys_yet(row) and row.id == ws.slot_id]
    if ws.actor.role is not ActorRole.SECRETARY:
        unlinked = []
    return str((mine or unlinked or [""])[0])


def _name_of(tx: ReadTransaction, member_id: str) -> str:
    return str(tx.get(member, member_id, "đảng viên").full_name)


def _holder_name(tx: ReadTransaction, slot_id: str) -> str:
    row = tx.get(key_holder, slot_id, "người giữ mật khẩu")
    return _name_of(tx, row.member_id) if row.member_id else str(row.name)


def _renew_row(tx: WriteTransaction, slot_id: str, made_at: str) -> None:
    tx.update(key_holder, slot_id, {"made_at": made_at})


def _remove_row(tx: WriteTransaction, slot_id: str, at: str) -> None:
    tx.update(key_holder, slot_id, {"removed_at": at})
