"""Who sits here besides the members, and how the cell guards its turns at the PC."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from app.db import member_queries
from app.db.trust_tables import seat_account, seat_pin, security
from app.domain.errors import NotFound, Problem, ValidationFailed
from app.domain.permissions import Act, ActorRole
from app.domain.seat import ACCOUNT_ROLES, LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES, SeatSecret, Security
from app.domain.text import clean_line
from app.services.seats import list_seats, security_in
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who sits here otherwise than by a post: a typist, a reader from the level above."""

    id: str
    name: str
    role: ActorRole
    member_id: str | None = None

    @property
    def role_words(self) -> str:
        """The role as it is said."""
        return ACCOUNT_ROLES[self.role]


def list_accounts(ws: Workspace) -> tuple[Account, ...]:
    """The accounts in use, in the order they were made."""
    ws.must(Act.MANAGE_ACCOUNTS)
    with ws.read() as tx:
        rows = tx.rows(select(seat_account).where(seat_account.c.is_active.is_(True)))
        names = {member.id: member.name for member in member_queries.members(tx)}
        return tuple(
            Account(row.id, names.get(row.member_id, row.name), ActorRole(row.role), row.member_id)
            for row in rows
        )


def add_account(ws: Workspace, name: str, role: ActorRole, member_id: str | None = None) -> str:
    """A typist or a reader by name, or a member made typist; returns the account's id.

    Raises ``ValidationFailed`` without a name, for a member who leads already, or for a member as reader.
    """
    ws.must(Act.MANAGE_ACCOUNTS)
    seats = {seat.id: seat for seat in list_seats(ws).people}
    name = clean_line(name) if member_id is None else seats[member_id].name if member_id in seats else ""
    problems = []
    if not name:
        problems.append(Problem("name", "Chưa ghi họ và tên."))
    if role not in ACCOUNT_ROLES or (member_id is not None and role is not ActorRole.TYPIST):
        problems.append(Problem("role", "Đảng viên trong chi bộ chỉ thêm được việc nhập giúp."))
    if member_id in seats and seats[member_id].role is not ActorRole.MEMBER:
        problems.append(Problem("name", f"{name} đã có quyền nhập và xem trang của mọi người."))
    if problems:
        raise ValidationFailed(tuple(problems))
    words = ACCOUNT_ROLES[role].lower()
    with ws.write(f"Thêm {words}: {name}") as tx:
        known = None
        if member_id is not None:
            known = tx.first(select(seat_account.c.id).where(seat_account.c.member_id == member_id))
        values = {"name": name if member_id is None else "", "role": role.value, "is_active": True}
        if known is not None:
            tx.update(seat_account, known.id, values)
            return str(known.id)
        return tx.insert(seat_account, {**values, "member_id": member_id})


def stop_account(ws: Workspace, account_id: str) -> None:
    """Take somebody's account away; a member goes on as a member, with their PIN."""
    ws.must(Act.MANAGE_ACCOUNTS)
    account = next((each for each in list_accounts(ws) if each.id == account_id), None)
    if account is None:
        raise NotFound("Không còn người này trong danh sách người dùng sổ.")
    with ws.write(f"Thôi {account.role_words.lower()}: {account.name}") as tx:
        tx.update(seat_account, account_id, {"is_active": False})
        if account.member_id is None:
            tx.connection.execute(delete(seat_pin).where(seat_pin.c.id == account_id))


def read_security(ws: Workspace) -> Security:
    """Whether PINs are asked for, and after how many minutes the screen is locked."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        return security_in(tx)


def save_security(ws: Workspace, chosen: Security) -> tuple[str, ...]:
    """Keep the cell's choices; returns the seats that have no PIN where PINs are asked for from now on.

    Nobody is locked out: the secretary's password stands for a PIN, and gives the others theirs.
    """
    ws.must(Act.MANAGE_ACCOUNTS)
    for minutes in (chosen.member_idle_minutes, chosen.lead_idle_minutes):
        if not LEAST_IDLE_MINUTES <= minutes <= MOST_IDLE_MINUTES:
            sentence = f"Số phút từ {LEAST_IDLE_MINUTES} đến {MOST_IDLE_MINUTES}."
            raise ValidationFailed((Problem("minutes", sentence),))
    values = {
        "pins_required": chosen.pins_required,
        "member_idle_minutes": chosen.member_idle_minutes,
        "lead_idle_minutes": chosen.lead_idle_minutes,
    }
    before = read_security(ws)
    act = "Đổi số phút tự khóa máy"
    if before.pins_required != chosen.pins_required:
        act = "Dùng mã PIN khi đổi người" if chosen.pins_required else "Thôi dùng mã PIN khi đổi người"
    with ws.write(act) as tx:
        row = tx.first(select(security))
        if row is None:
            tx.insert(security, values)
        else:
            tx.update(security, row.id, values, version=chosen.version)
    choice = list_seats(ws)
    seats = (*choice.people, *choice.others)
    return tuple(seat.id for seat in seats if seat.secret in (SeatSecret.MISSING, SeatSecret.PASSWORD))
