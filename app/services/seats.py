"""Who can sit down at the PC, and what each is asked for first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db import member_queries
from app.db.key_slots import SlotKind
from app.db.pins import StoredPin, stored_pins
from app.db.transactions import ReadTransaction
from app.db.trust_tables import key_holder, seat_account, security
from app.domain.cell import CellName
from app.domain.errors import NotAllowed, NotFound
from app.domain.member import CellRole, Member
from app.domain.seat import ACCOUNT_ROLES, Seat, SeatSecret, Security
from app.domain.text import fold
from app.services.cells import cell_in
from app.services.workspace import KEEPER, Actor, ActorRole, Workspace

_LEADING = {
    CellRole.SECRETARY: ActorRole.SECRETARY,
    CellRole.DEPUTY_SECRETARY: ActorRole.DEPUTY_SECRETARY,
    CellRole.COMMITTEE_MEMBER: ActorRole.COMMITTEE_MEMBER,
}


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """The names to choose from. ``may_keep``: no secretary in the book yet, so its keeper may go on.

    ``others`` sit here by an account. ``opener`` is the seat of whoever opened the book by a password;
    ``first`` are the seats that person may take at first without being asked again. ``is_sample``: everybody
    knows what opens this book.
    """

    people: tuple[Seat, ...]
    others: tuple[Seat, ...]
    keeper: Seat | None
    cell_name: CellName
    pins_required: bool
    opener: str | None
    first: frozenset[str]
    is_sample: bool

    @property
    def may_keep(self) -> bool:
        """Whether the book's keeper may still go on."""
        return self.keeper is not None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What decides about every seat."""

    security: Security
    pins: dict[str, StoredPin]
    holders: tuple[Any, ...]
    accounts: tuple[Any, ...]

    @property
    def holding(self) -> frozenset[str]:
        return frozenset(row.member_id for row in self.holders if row.member_id)

    def seat(self, seat_id: str, name: str, role: ActorRole, post: str, **more: Any) -> Seat:
        pin = self.pins.get(seat_id)
        is_first = role is ActorRole.SECRETARY
        holds = seat_id in self.holding
        if not self.security.pins_required:
            secret = SeatSecret.NOTHING
        elif pin is not None:
            secret = SeatSecret.PIN
        else:
            secret = SeatSecret.PASSWORD if holds or is_first else SeatSecret.MISSING
        length, is_starting = (pin.length, pin.is_starting) if pin else (0, False)
        return Seat(seat_id, name, role, post, secret, length, is_starting, holds or is_first, **more)

    def of_member(self, member: Member, role: CellRole | None) -> Seat:
        account = next((row for row in self.accounts if row.member_id == member.id), None)
        leading = _LEADING.get(role) if role else None
        if leading is None and account is not None:
            actor_role = ActorRole(account.role)
            post = ACCOUNT_ROLES[actor_role]
        else:
            actor_role = leading or ActorRole.MEMBER
            post = role.label if role else "Đảng viên"
        more = {"birth": member.record.birth, "search_key": member.search_key}
        return self.seat(member.id, member.name, actor_role, post, **more)

    def of_account(self, row: Any) -> Seat:
        role = ActorRole(row.role)
        return self.seat(row.id, row.name, role, ACCOUNT_ROLES[role], search_key=fold(row.name))

    def keeper(self) -> Seat:
        return self.seat("", KEEPER.name, ActorRole.SECRETARY, "")


def security_in(tx: ReadTransaction) -> Security:
    """The cell's choices, or the usual ones of a book that never made them: no PINs."""
    row = tx.first(select(security))
    if row is None:
        return Security()
    return Security(row.pins_required, row.member_idle_minutes, row.lead_idle_minutes, row.version)


def _facts_in(tx: ReadTransaction) -> _Facts:
    holders = tx.rows(select(key_holder).where(key_holder.c.removed_at.is_(None)))
    accounts = tx.rows(select(seat_account).where(seat_account.c.is_active.is_(True)))
    return _Facts(security_in(tx), stored_pins(tx), tuple(holders), tuple(accounts))


def list_seats(ws: Workspace) -> SeatChoice:
    """Everybody still in the cell, in Vietnamese order, and who else sits here by an account."""
    today = ws.today()
    with ws.read() as tx:
        facts = _facts_in(tx)
        members = [m for m in member_queries.members(tx) if not m.has_left(today)]
        people = tuple(facts.of_member(member, member.role_on(today)) for member in members)
        others = tuple(facts.of_account(row) for row in facts.accounts if row.member_id is None)
        has_secretary = any(seat.role is ActorRole.SECRETARY for seat in people)
        keeper = None if has_secretary else facts.keeper()
        opener, first = _opened_by(ws.slot_id, facts, people, keeper)
        cell = cell_in(tx)
        name = cell.name_on(today)
        pins_required = facts.security.pins_required
        return SeatChoice(people, others, keeper, name, pins_required, opener, first, cell.is_sample)


def _opened_by(
    slot_id: str, facts: _Facts, people: Iterable[Seat], keeper: Seat | None
) -> tuple[str | None, frozenset[str]]:
    """Who opened the book has proved more than a PIN proves.

    A slot that is nobody's yet, and the recovery sheet, are taken to be in the secretary's hands.
    """
    holder = next((row for row in facts.holders if row.id == slot_id), None)
    if holder is None or holder.kind == SlotKind.DEMO:
        return None, frozenset()
    if holder.member_id:
        mine = [seat.id for seat in people if seat.id == holder.member_id]
        return (mine[0], frozenset(mine)) if mine else (None, frozenset())
    if not is_nobodys_yet(holder):
        return None, frozenset()
    leading = [seat.id for seat in people if seat.role is ActorRole.SECRETARY]
    return None, frozenset(leading or ([""] if keeper else []))


def is_nobodys_yet(holder: Any) -> bool:
    """Whether nobody was named for a password: the book's maker set it, who becomes the secretary.

    A holder from outside the cell is named, so their password opens the book and seats nobody.
    """
    return holder.member_id is None and holder.name in ("", KEEPER.name)


def find_seat(ws: Workspace, seat_id: str) -> Seat:
    """One seat as it is now; refused when it is nobody's any more."""
    choice = list_seats(ws)
    seats = (*choice.people, *choice.others, *([choice.keeper] if choice.keeper else []))
    found = next((seat for seat in seats if seat.id == seat_id), None)
    if found is not None:
        return found
    if not seat_id:
        raise NotAllowed("Chi bộ đã có bí thư trong sổ. Xin chọn tên đồng chí trong danh sách.")
    with ws.read() as tx:
        gone = member_queries.members(tx, [seat_id])
    if gone:
        raise NotAllowed(f"{gone[0].name} đã rời chi bộ nên không còn mở sổ này được.")
    raise NotFound("Không còn tên này trong danh sách người dùng sổ. Xin chọn lại.")


def sit_down(ws: Workspace, seat_id: str | None) -> Workspace:
    """The PC in somebody's name: a member's, an account's, or the keeper's while there is no secretary.

    Asks for no PIN: that is done where a person sits down (``desks.take_seat``).
    """
    return seated(ws, find_seat(ws, seat_id or ""))


def seated(ws: Workspace, seat: Seat) -> Workspace:
    """The open book in the name of this seat."""
    if not seat.id:
        return ws.seated(KEEPER)
    with ws.read() as tx:
        facts = _facts_in(tx)
    account = next((row for row in facts.accounts if seat.id in (row.id, row.member_id)), None)
    is_member = account is None or account.member_id is not None
    account_id = account.id if account is not None else ""
    return ws.seated(Actor(seat.id if is_member else None, seat.name, seat.role, account_id))
