"""The slots that hold a book's data key: one for each password and one for the recovery sheet.

A slot is a key pair. Its private half is wrapped by what the person knows (Argon2id, then an AEAD); the data
key is sealed to its public half. So a new data key reaches every slot without asking for its password, and a
password is changed by wrapping one private half anew. Nothing here tells whose slot it is: names stay in the
book.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from app.domain.text import nfc

LEAST_MEMORY_KIB = 64 * 1024
KEY_BYTES = 32


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSWORD = "password"
    RECOVERY = "recovery"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one Argon2id derivation costs: memory in KiB, passes over it, lanes."""

    memory_kib: int = LEAST_MEMORY_KIB
    passes: int = 1
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One way into the book. ``sealed``: the data key, the newest first while it is being replaced."""

    id: str
    kind: SlotKind
    made_at: str
    salt: bytes
    cost: KdfCost
    public: bytes
    wrapped: bytes
    sealed: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Every slot of one book. ``edition`` counts the changes, so that the newer of two copies is known."""

    book_id: str
    slots: tuple[Slot, ...]
    edition: int = 1

    def slot(self, slot_id: str) -> Slot | None:
        """The slot with this id."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    @property
    def is_demo(self) -> bool:
        """Whether the known demo password opens this book."""
        return any(slot.kind is SlotKind.DEMO for slot in self.slots)

    def with_slot(self, slot: Slot) -> "KeyRing":
        """One slot added, or the one with its id replaced."""
        kept = [each for each in self.slots if each.id != slot.id]
        return replace(self, slots=(*kept, slot), edition=self.edition + 1)

    def without(self, slot_id: str) -> "KeyRing":
        """One slot taken away."""
        kept = tuple(each for each in self.slots if each.id != slot_id)
        return replace(self, slots=kept, edition=self.edition + 1)

    def sealing(self, data_keys: Iterable[bytes]) -> "KeyRing":
        """Every slot holding these data keys, the newest first."""
        keys = tuple(data_keys)
        return replace(
            self, slots=tuple(_sealing(slot, keys) for slot in self.slots), edition=self.edition + 1
        )


@dataclass(frozen=True, slots=True)
class OpenedSlot:
    """A slot that a secret fits: which one, and the data keys in it, the newest first."""

    slot_id: str
    kind: SlotKind
    data_keys: tuple[bytes, ...] = field(repr=False)


def new_data_key() -> bytes:
    """A random 256-bit data key."""
    from nacl.utils import random

    return random(KEY_BYTES)


def new_salt() -> bytes:
    """A random salt for slots that share one derivation."""
    from nacl.utils import random

    return random(16)


def make_slot(slot: Slot, secret: str, data_keys: tuple[bytes, ...]) -> Slot:
    """Fill a slot: a fresh key pair, its private half wrapped by ``secret``, the data keys sealed to it.

    ``slot`` gives id, kind, time, salt and cost; what else it holds is replaced.
    """
    from nacl.public import PrivateKey

    private = PrivateKey.generate()
    filled = replace(slot, public=bytes(private.public_key))
    return _sealing(replace(filled, wrapped=_wrap(filled, bytes(private), secret)), data_keys)


def open_slots(ring: KeyRing, secret: str, kinds: frozenset[SlotKind]) -> OpenedSlot | None:
    """The slot of one of these kinds that ``secret`` opens, or None.

    Slots made with the same salt and cost share one derivation, so a book with several holders opens as fast
    as with one.
    """
    for slot in ring.slots:
        if slot.kind in kinds and (private := _unwrap(slot, secret)) is not None:
            return OpenedSlot(slot.id, slot.kind, _unseal(slot, private))
    return None


def rewrap_slot(slot: Slot, old: str, new: str, made_at: str) -> Slot | None:
    """The same slot wrapped by another secret; None when ``old`` does not open it. Its data key stays."""
    private = _unwrap(slot, old)
    if private is None:
        return None
    renewed = replace(slot, made_at=made_at)
    return replace(renewed, wrapped=_wrap(renewed, private, new))


def _wrap(slot: Slot, private: bytes, secret: str) -> bytes:
    from nacl.secret import Aead

    return bytes(Aead(_derived(nfc(secret), slot.salt, slot.cost)).encrypt(private, _bound(slot)))


def _unwrap(slot: Slot, secret: str) -> bytes | None:
    from nacl.exceptions import CryptoError
    from nacl.secret import Aead

    try:
        return bytes(Aead(_derived(nfc(secret), slot.salt, slot.cost)).decrypt(slot.wrapped, _bound(slot)))
    except CryptoError:
        return None


def _bound(slot: Slot) -> bytes:
    """What the wrapping vouches for besides the private half."""
    cost = [slot.cost.memory_kib, slot.cost.passes, slot.cost.lanes]
    return json.dumps([slot.id, slot.kind.value, slot.made_at, slot.public.hex(), cost]).encode()


def _sealing(slot: Slot, data_keys: tuple[bytes, ...]) -> Slot:
    from nacl.public import PublicKey, SealedBox

    box = SealedBox(PublicKey(slot.public))
    return replace(slot, sealed=tuple(box.encrypt(key) for key in data_keys))


def _unseal(slot: Slot, private: bytes) -> tuple[bytes, ...]:
    from nacl.public import PrivateKey, SealedBox

    box = SealedBox(PrivateKey(private))
    return tuple(box.decrypt(each) for each in slot.sealed)


def derive(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    """The 256-bit key a secret gives; takes about a second by design."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret.encode(), salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID
    )


@lru_cache(maxsize=1)
def _derived(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    """The last derivation is kept while several slots are tried with it; ``forget_derived`` ends that."""
    return derive(secret, salt, cost)


def forget_derived() -> None:
    """Let go of the last derivation once the slots were tried."""
    _derived.cache_clear()
