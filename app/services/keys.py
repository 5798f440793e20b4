"""The keys of a book: who can open it, and what opens it.

No slot is wrapped by a PIN, and there is no other way in: without a password and without the recovery sheet
nobody opens a book.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from app.db import key_file, key_slots
from app.db.key_slots import KdfCost, KeyRing, OpenedSlot, Slot, SlotKind
from app.db.transactions import new_id
from app.domain.dates import format_date
from app.domain.errors import WrongSecret
from app.domain.passwords import DEMO_PASSWORD

_WANTED_SECONDS = 0.9
_PROBE_PASSES = 3
_LEAST_PASSES, _MOST_PASSES = 3, 60


@dataclass(frozen=True, slots=True)
class NewKeys:
    """The keys of a book about to be made. ``recovery_code`` is shown and printed once, never kept."""

    ring: KeyRing
    data_key: bytes = field(repr=False)
    slot_id: str
    recovery_code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a password or the recovery sheet opened: the data keys to try, newest first, and by which slot."""

    data_keys: tuple[bytes, ...] = field(repr=False)
    slot_id: str
    kind: SlotKind


def calibrated_cost() -> KdfCost:
    """The cost that takes about a second on this PC; never under 64 MiB.

    The first run only warms memory up; of two more the mean counts, so one hiccup does not decide. Never
    under three passes either (RFC 9106, second choice): a PC that is busy just now makes no weak lock.
    """
    least = KdfCost()
    key_slots.derive("đo", bytes(16), least)
    probe = KdfCost(least.memory_kib, _PROBE_PASSES, least.lanes)
    started = time.perf_counter()
    for _ in range(2):
        key_slots.derive("đo", bytes(16), probe)
    seconds = max((time.perf_counter() - started) / 2 / _PROBE_PASSES, 0.001)
    return KdfCost(least.memory_kib, _passes(seconds), least.lanes)


def _passes(seconds_each: float) -> int:
    return max(_LEAST_PASSES, min(_MOST_PASSES, int(_WANTED_SECONDS / seconds_each)))


def new_keys(password: str, at: datetime, cost: KdfCost | None = None) -> NewKeys:
    """Keys for a new book: a slot for ``password`` and one for a recovery sheet."""
    cost = cost or calibrated_cost()
    data_key, salt = key_slots.new_data_key(), key_slots.new_salt()
    code = random_code()
    password_slot = _slot(SlotKind.PASSWORD, password, data_key, _blank(at, salt, cost))
    recovery_slot = _slot(SlotKind.RECOVERY, code, data_key, _blank(at, salt, cost))
    key_slots.forget_derived()
    return NewKeys(KeyRing(new_id(), (password_slot, recovery_slot)), data_key, password_slot.id, code)


@cache
def demo_keys() -> NewKeys:
    """Keys everybody knows, for the sample book and for measuring: opened without a question."""
    data_key = key_slots.new_data_key()
    blank = _blank(datetime.now(), key_slots.new_salt(), KdfCost())
    slot = _slot(SlotKind.DEMO, DEMO_PASSWORD, data_key, blank)
    return NewKeys(KeyRing(new_id(), (slot,)), data_key, slot.id)


def _blank(at: datetime, salt: bytes, cost: KdfCost) -> Slot:
    made_at = at.isoformat(sep=" ", timespec="seconds")
    return Slot("", SlotKind.PASSWORD, made_at, salt, cost, b"", b"", ())


def _slot(kind: SlotKind, secret: str, data_key: bytes, like: Slot) -> Slot:
    blank = Slot(like.id or new_id(), kind, like.made_at, like.salt, like.cost, b"", b"", ())
    return key_slots.make_slot(blank, secret, (data_key,))


def another_slot(
    ring: KeyRing, kind: SlotKind, secret: str, data_key: bytes, at: str, slot_id: str = ""
) -> Slot:
    """One more slot of a book, made like those it has, or the one with ``slot_id`` made anew.

    All slots of a book share salt and cost, so that a book with five holders opens as fast as with one. What
    two equal passwords would show is hidden by the AEAD's own random nonce.
    """
    like = next(slot for slot in ring.slots if slot.kind is not SlotKind.DEMO)
    return _slot(kind, secret, data_key, Slot(slot_id, kind, at, like.salt, like.cost, b"", b"", ()))


def random_code() -> str:
    """The code of a new recovery sheet, from the system's own source of chance."""
    import secrets  # its half of OpenSSL is not for the first page

    from app.domain.recovery_code import new_recovery_code

    return new_recovery_code(secrets.randbelow)


def openers(ring: KeyRing, names: Mapping[str, str]) -> tuple[str, ...]:
    """What opens a book or a backup with these slots, each in a few words; ``names`` by slot id, as known."""
    return tuple(_opener(slot, names.get(slot.id, "")) for slot in ring.slots)


def backup_openers(ring: KeyRing, names: Mapping[str, str]) -> str:
    """The sentence that says which password or sheet opens a backup with these slots."""
    if ring.is_demo:
        return f"Bản sao của sổ mẫu, mở bằng mật khẩu ai cũng biết: {DEMO_PASSWORD}."
    return f"Mở bằng {', hoặc '.join(openers(ring, names))}."


def _opener(slot: Slot, name: str) -> str:
    day = format_date(datetime.fromisoformat(slot.made_at).date())
    if slot.kind is SlotKind.RECOVERY:
        return f"phiếu khôi phục in ngày {day}"
    return f"mật khẩu của đồng chí {name} đặt ngày {day}" if name else f"mật khẩu đặt ngày {day}"


def unlock(ring: KeyRing, secret: str) -> Unlocked:
    """Open the slot that a password or the recovery sheet's code fits; takes about a second.

    Raises ``WrongSecret`` when none does.
    """
    from app.domain.recovery_code import typed_code

    code = typed_code(secret)
    tries = [(secret, frozenset({SlotKind.PASSWORD, SlotKind.DEMO}))]
    if code.is_whole:
        tries.insert(0, (code.code, frozenset({SlotKind.RECOVERY})))
    opened: OpenedSlot | None = None
    for text, kinds in tries:
        opened = opened or key_slots.open_slots(ring, text, kinds)
    key_slots.forget_derived()
    if opened is None:
        raise WrongSecret(
            "Mật khẩu chưa đúng. Xin xem phím Caps Lock và bộ gõ tiếng Việt rồi gõ lại; "
            "quên mật khẩu thì gõ mã trên phiếu khôi phục."
        )
    return Unlocked(opened.data_keys, opened.slot_id, opened.kind)


def unlock_demo(ring: KeyRing) -> Unlocked | None:
    """Open a book that the known demo password opens; None for every other book."""
    slot = next((slot for slot in ring.slots if slot.kind is SlotKind.DEMO), None)
    return None if slot is None else _unlocked_demo(ring)


@cache
def _unlocked_demo(ring: KeyRing) -> Unlocked:
    return unlock(ring, DEMO_PASSWORD)


def keys_of(folder: Path) -> KeyRing:
    """The slots of the book in this folder; raises ``BookUnavailable`` when both copies are lost."""
    return key_file.read_keys(folder)
