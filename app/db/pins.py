"""PINs inside the book: hashed, counted, never part of the history."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select, update

from app.db.transactions import ReadTransaction, WriteTransaction
from app.db.trust_tables import seat_pin

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 1, 4


@dataclass(frozen=True, slots=True)
class StoredPin:
    """What the book knows of a seat's PIN; not the PIN."""

    seat_id: str
    hash: str
    length: int
    is_starting: bool = False
    failures: int = 0
    failed_at: datetime | None = None


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES)


def hashed_pin(seat_id: str, pin: str, *, is_starting: bool) -> StoredPin:
    """Argon2id of a PIN with a fresh salt."""
    return StoredPin(seat_id, _hasher().hash(pin), len(pin), is_starting)


def pin_fits(stored: StoredPin, pin: str) -> bool:
    """Whether these digits are the PIN."""
    from argon2.exceptions import VerifyMismatchError

    try:
        return _hasher().verify(stored.hash, pin)
    except VerifyMismatchError:
        return False


def stored_pins(tx: ReadTransaction, seat_id: str | None = None) -> dict[str, StoredPin]:
    """The PINs of everybody, or of one seat, by seat."""
    query = select(seat_pin)
    if seat_id is not None:
        query = query.where(seat_pin.c.id == seat_id)
    return {row.id: _stored(row) for row in tx.rows(query)}


def _stored(row: Any) -> StoredPin:
    failed_at = datetime.fromisoformat(row.failed_at) if row.failed_at else None
    return StoredPin(row.id, row.hash, row.length, row.is_starting, row.failures, failed_at)


def write_pin(tx: WriteTransaction, pin: StoredPin, at: str) -> None:
    """Give a seat its PIN in place of an older one; the history learns only that it was done."""
    tx.connection.execute(delete(seat_pin).where(seat_pin.c.id == pin.seat_id))
    values = {"id": pin.seat_id, "cell_id": tx.cell_id, "hash": pin.hash, "length": pin.length}
    more = {"set_at": at, "is_starting": pin.is_starting, "failures": 0, "failed_at": ""}
    tx.connection.execute(insert(seat_pin), {**values, **more})
    tx.note(seat_pin, pin.seat_id, {"set_at": at})


def write_failures(connection: Connection, seat_id: str, failures: int, failed_at: str) -> None:
    """Keep how many wrong PINs came in a row, and when the last one did."""
    values = {"failures": failures, "failed_at": failed_at}
    connection.execute(update(seat_pin).where(seat_pin.c.id == seat_id).values(**values))
