"""Proving who one is before sitting down: a PIN, wrong ones counted on disk first, or a password."""

import logging
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from app.db.database import writing
from app.db.key_slots import SlotKind
from app.db.pins import StoredPin, pin_fits, stored_pins, write_failures
from app.db.trust_tables import key_holder
from app.domain.errors import BookUnavailable, NotAllowed, PinRefused, WrongSecret
from app.domain.pin import tries_left, wait_left, wait_words
from app.domain.seat import Seat, SeatSecret
from app.services.keys import keys_of, unlock
from app.services.seats import is_nobodys_yet
from app.services.workspace import ActorRole, Workspace

# Where nothing can be counted in the book, in a window that only looks or on a full disk; for this run of the
# program only.
_counted_here: dict[tuple[Path, str], tuple[int, datetime | None]] = {}


def prove(ws: Workspace, seat: Seat, secret: str) -> None:
    """Let pass who knows the seat's PIN, or a password that may stand for it.

    Raises ``PinRefused`` (with the seconds to wait), ``WrongSecret``, or ``NotAllowed`` for a seat that has
    no PIN yet.
    """
    if seat.secret is SeatSecret.NOTHING:
        return
    if seat.secret is SeatSecret.PIN and (secret.isdecimal() or not seat.may_use_password):
        _prove_pin(ws, seat.id, secret)
    elif seat.secret is SeatSecret.MISSING:
        raise NotAllowed(f"{seat.name} chưa có mã PIN. Xin nhờ bí thư cấp mã: Thiết lập, phần Người dùng.")
    else:
        _prove_password(ws, seat, secret)


def _counted(ws: Workspace, pin: StoredPin) -> tuple[int, datetime | None]:
    """What the book counted; or this run, where that is all there is or where it is more."""
    in_book, here = (pin.failures, pin.failed_at), _counted_here.get((ws.folder, pin.seat_id))
    if here is None or (here[0] <= pin.failures and not ws.read_only):
        return in_book
    return here


def _count(ws: Workspace, pin: StoredPin, failures: int, failed_at: datetime | None) -> None:
    """A disk that takes no writing must not keep anybody from what they typed: counted here then."""
    key = (ws.folder, pin.seat_id)
    at = failed_at.isoformat(sep=" ", timespec="seconds") if failed_at else ""
    try:
        if not ws.read_only:
            with writing(ws.engine, ws.witness) as connection:
                write_failures(connection, pin.seat_id, failures, at)
            _counted_here.pop(key, None)
            return
    except BookUnavailable as error:
        logging.getLogger(__name__).info("try not counted in the book: %s", type(error.__cause__).__name__)
    _counted_here[key] = (failures, failed_at)


def _prove_pin(ws: Workspace, seat_id: str, typed: str) -> None:
    """Count the try as failed on disk before looking: who pulls the plug on a wrong one gains nothing."""
    with ws.read() as tx:
        pin = stored_pins(tx, seat_id)[seat_id]
    failures, failed_at = _counted(ws, pin)
    now = ws.clock.now()
    if wait := wait_left(failures, failed_at, now):
        if failed_at is not None and now < failed_at:
            _count(ws, pin, failures, now)  # the clock was set back: the wait begins anew, it never hangs
        raise PinRefused(f"Xin đợi {wait_words(wait)} rồi gõ lại mã PIN.", wait)
    _count(ws, pin, failures + 1, now)
    if pin_fits(pin, typed):
        _count(ws, pin, 0, None)
        return
    wait = wait_left(failures + 1, now, now)
    if wait:
        raise PinRefused(f"Mã PIN chưa đúng. Xin đợi {wait_words(wait)} rồi gõ lại.", wait)
    raise PinRefused(f"Mã PIN chưa đúng. Còn {tries_left(failures + 1)} lần gõ nữa thì phải đợi.")


def _prove_password(ws: Workspace, seat: Seat, typed: str) -> None:
    """The person's own password; for the secretary also the recovery sheet and a password that is nobody's.

    A secretary with neither PIN nor password of their own, new in the post, is let in by any password of the
    book: whoever has one can read it all anyway, and a book must never be left without its secretary.
    """
    slot_id = unlock(keys_of(ws.folder), typed).slot_id
    with ws.read() as tx:
        holders = {row.id: row for row in tx.rows(select(key_holder))}
    holder = holders.get(slot_id)
    owner = holder.member_id if holder is not None else None
    if owner is not None and owner == seat.id:
        return
    if seat.role is ActorRole.SECRETARY:
        is_nobodys = holder is None or is_nobodys_yet(holder) or holder.kind == SlotKind.RECOVERY
        has_own = seat.secret is SeatSecret.PIN or any(
            row.member_id == seat.id and row.removed_at is None for row in holders.values()
        )
        if is_nobodys or not has_own:
            return
    raise WrongSecret("Mật khẩu này mở được sổ nhưng là của người khác. Xin gõ mật khẩu của chính đồng chí.")
