"""PINs given and changed: one's own, a starting one from the secretary, the end of a wait."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.db.pins import StoredPin, hashed_pin, stored_pins, write_failures, write_pin
from app.db.trust_tables import seat_pin
from app.domain.errors import NotAllowed, Problem, ValidationFailed
from app.domain.permissions import Act, ActorRole
from app.domain.pin import problem_in_pin, starting_pin, wait_left
from app.domain.seat import Seat, SeatSecret
from app.services.seat_proof import prove
from app.services.seats import find_seat, list_seats
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class GivenPin:
    """A starting PIN on its way to its person: shown or printed once, never kept."""

    seat_id: str
    name: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SeatUser:
    """Somebody who may sit down here, as the secretary sees them; ``wait``: seconds no PIN is taken."""

    seat: Seat
    has_pin: bool
    wait: int
    is_account: bool = False


def list_users(ws: Workspace) -> tuple[SeatUser, ...]:
    """Everybody who may sit down, whether they have a PIN and whether they are waiting."""
    ws.must(Act.MANAGE_ACCOUNTS)
    choice = list_seats(ws)
    now = ws.clock.now()
    with ws.read() as tx:
        pins = stored_pins(tx)

    def line(seat: Seat, *, is_account: bool) -> SeatUser:
        pin = pins.get(seat.id)
        wait = wait_left(pin.failures, pin.failed_at, now) if pin else 0
        return SeatUser(seat, pin is not None, wait, is_account)

    return (
        *(line(seat, is_account=False) for seat in choice.people),
        *(line(seat, is_account=True) for seat in choice.others),
    )


def set_own_pin(ws: Workspace, old: str, new: str, again: str) -> None:
    """Choose one's own PIN; the old one is asked for where there is one.

    Raises ``ValidationFailed`` beside the fields, ``PinRefused`` for a wrong old PIN.
    """
    ws.must(Act.CHANGE_OWN_PIN)
    seat = find_seat(ws, ws.actor.seat_id)
    if not seat.id:
        raise NotAllowed("Người lập sổ chưa có tên trong sổ nên chưa có mã PIN.")
    problems = []
    if problem := problem_in_pin(new, seat.birth):
        problems.append(Problem("new", problem))
    elif new == old:
        problems.append(Problem("new", "Mã mới giống mã đang dùng. Đồng chí chọn mã khác."))
    elif new != again:
        problems.append(Problem("again", "Hai lần gõ mã mới chưa giống nhau."))
    if problems:
        raise ValidationFailed(tuple(problems))
    ws.must_be_writable()
    if seat.secret is SeatSecret.PIN:
        prove(ws, seat, old)
    pin = hashed_pin(seat.id, new, is_starting=False)
    with ws.write("Đổi mã PIN của mình") as tx:
        write_pin(tx, pin, ws.now())


def give_starting_pins(ws: Workspace, seat_ids: Sequence[str]) -> tuple[GivenPin, ...]:
    """New random PINs, each to be changed when its person first sits down; what they had is gone.

    The digits are given back once, for the slips; nobody can read them afterwards.
    """
    ws.must(Act.MANAGE_ACCOUNTS)
    seats = [find_seat(ws, seat_id) for seat_id in seat_ids]
    for seat in seats:
        if seat.role is ActorRole.SECRETARY and seat.id != ws.actor.seat_id:
            raise NotAllowed(
                "Mã PIN của bí thư do chính bí thư đặt. Bí thư quên mã thì gõ mật khẩu mở sổ "
                "hoặc mã trên phiếu khôi phục thay cho mã PIN."
            )
    given = [GivenPin(seat.id, seat.name, starting_pin(secrets.randbelow, seat.birth)) for seat in seats]
    stored: list[StoredPin] = [hashed_pin(each.seat_id, each.pin, is_starting=True) for each in given]
    whose = seats[0].name if len(seats) == 1 else f"{len(seats)} người"
    with ws.write(f"Cấp mã PIN mới cho {whose}") as tx:
        for pin in stored:
            write_pin(tx, pin, ws.now())
    return tuple(given)


def lift_wait(ws: Workspace, seat_id: str) -> None:
    """Let somebody try again at once after too many wrong PINs."""
    ws.must(Act.MANAGE_ACCOUNTS)
    seat = find_seat(ws, seat_id)
    with ws.write(f"Cho {seat.name} gõ lại mã PIN") as tx:
        write_failures(tx.connection, seat_id, 0, "")
        tx.note(seat_pin, seat_id, {"failures": 0})
