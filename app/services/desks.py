"""Sitting down at the PC, and what the desk of the one who did needs to know first."""

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import cell_tables
from app.db.key_slots import SlotKind
from app.db.trust_tables import key_holder
from app.domain.cell import CellName
from app.domain.errors import BookUnavailable, NotAllowed
from app.domain.seat import Seat
from app.services.cells import cell_in
from app.services.seat_proof import prove
from app.services.seats import find_seat, list_seats, seated, security_in
from app.services.workspace import ActorRole, Workspace


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """The seated workspace with what the window shows around every page.

    ``idle_minutes``: how long the PC may stand unused before the screen is locked.
    """

    ws: Workspace
    seat: Seat
    cell_name: CellName
    years: tuple[int, ...]
    has_members: bool
    idle_minutes: int

    @property
    def post(self) -> str:
        """What the person is in the cell."""
        return self.seat.post

    @property
    def must_change_pin(self) -> bool:
        """Whether the PIN was given by the secretary and is to be replaced by one's own now."""
        return self.seat.is_starting and not self.ws.read_only


def take_seat(ws: Workspace, seat_id: str | None, secret: str = "") -> DeskFacts:
    """Somebody sits down, proving who they are where the cell asks for it.

    Raises what ``seat_proof.prove`` raises.
    """
    seat = find_seat(ws, seat_id or "")
    prove(ws, seat, secret)
    return _desk(ws, seat)


def take_first_seat(ws: Workspace, seat_id: str) -> DeskFacts:
    """Whoever opened the book sits down; a password that was nobody's is the secretary's from now on."""
    if seat_id not in list_seats(ws).first:
        raise NotAllowed("Mật khẩu vừa mở sổ không phải của đồng chí này. Xin gõ mã PIN.")
    seat = find_seat(ws, seat_id)
    if seat.id and seat.role is ActorRole.SECRETARY and not ws.read_only:
        _own_the_slot(seated(ws, seat), seat)
    return _desk(ws, find_seat(ws, seat_id))


def unlock_screen(ws: Workspace, secret: str) -> None:
    """The person whose desk it is comes back to a locked screen."""
    prove(ws, find_seat(ws, ws.actor.seat_id), secret)


def _own_the_slot(ws: Workspace, seat: Seat) -> None:
    """A full disk keeps nobody from sitting down: it is written at the next opening then."""
    with ws.read() as tx:
        holder = tx.first(select(key_holder).where(key_holder.c.id == ws.slot_id))
    if holder is None or holder.member_id or holder.kind != SlotKind.PASSWORD:
        return
    with suppress(BookUnavailable), ws.write(f"Ghi {seat.name} là người giữ mật khẩu mở sổ") as tx:
        tx.update(key_holder, ws.slot_id, {"member_id": seat.id, "name": seat.name})


def _desk(ws: Workspace, seat: Seat) -> DeskFacts:
    own = seated(ws, seat)
    today = ws.today()
    with own.read() as tx:
        cell = cell_in(tx)
        count = tx.connection.execute(select(func.count()).select_from(cell_tables.member)).scalar_one()
        years = tuple(range(cell.first_year, max(today.year, cell.first_year) + 2))
        minutes = security_in(tx).idle_minutes(seat.role)
        return DeskFacts(own, seat, cell.name_on(today), years, count > 0, minutes)
