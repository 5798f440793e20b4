"""Who can sit down at the PC, and what the desk of the one who did needs to know first."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import cell_tables, member_queries
from app.domain.cell import CellName
from app.domain.member import CellRole, Member
from app.services.cells import cell_in
from app.services.members import sit_down
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """The names to choose from. ``may_keep``: no secretary in the book yet, so its keeper may go on."""

    people: tuple[Member, ...]
    cell_name: CellName
    may_keep: bool


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """The seated workspace with what the window shows around every page."""

    ws: Workspace
    cell_name: CellName
    post: str
    years: tuple[int, ...]
    has_members: bool


def list_seats(ws: Workspace) -> SeatChoice:
    """Everybody still in the cell, in Vietnamese order."""
    today = ws.today()
    with ws.read() as tx:
        people = tuple(m for m in member_queries.members(tx) if not m.has_left(today))
        has_secretary = any(person.role_on(today) is CellRole.SECRETARY for person in people)
        return SeatChoice(people, cell_in(tx).name_on(today), not has_secretary)


def take_seat(ws: Workspace, member_id: str | None) -> DeskFacts:
    """Somebody sits down: their workspace and the facts for their desk."""
    seated = sit_down(ws, member_id)
    today = ws.today()
    with seated.read() as tx:
        cell = cell_in(tx)
        count = tx.connection.execute(select(func.count()).select_from(cell_tables.member)).scalar_one()
        post = ""
        if member_id is not None:
            role = member_queries.members(tx, [member_id])[0].role_on(today)
            post = role.label if role else "Đảng viên"
        years = tuple(range(cell.first_year, max(today.year, cell.first_year) + 2))
        return DeskFacts(seated, cell.name_on(today), post, years, count > 0)
