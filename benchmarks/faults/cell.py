"""A small cell to do harm to: five members with passed pledges, always the same, opened on the same day."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import select

from app.db import tables
from app.domain.cell import NewBook
from app.domain.dates import BirthDate
from app.domain.member import CellRole, MemberDraft, Post, Sphere
from app.domain.permissions import ActorRole
from app.domain.pledge import Pledge, PledgeItem
from app.services.books import create_book, open_book
from app.services.keys import NewKeys, Unlocked, demo_keys
from app.services.members import list_members, save_member, save_posts
from app.services.pledges import pass_pledges, submit_pledge
from app.services.workspace import Actor, Workspace

Contents = dict[str, list[tuple[object, ...]]]

YEAR = 2026
NAMES = ("Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Nguyễn Văn Đạt", "Hoàng Thị Én")
FOLDER = "chi-bo.neuguong"


class StillClock:
    """Always the same morning, so that a run is the same again."""

    def today(self) -> date:
        """20/03/2026."""
        return date(YEAR, 3, 20)

    def now(self) -> datetime:
        """Half past eight."""
        return datetime.combine(self.today(), time(8, 30))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in the cell and what they pledged."""

    secretary: str
    others: tuple[str, ...]
    items: dict[str, tuple[str, ...]]


def make_cell(place: Path, keys: NewKeys | None = None) -> Path:
    """Make the book below ``place``; returns its folder, closed."""
    book = NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", 2025, pins_required=False)
    ws = create_book(place / FOLDER, book, keys or demo_keys(), StillClock())
    ids = [
        save_member(
            ws,
            MemberDraft(name, birth=BirthDate(1980, 1, n + 1), admitted_on=date(2010, 5, 19), gender="male"),
        )
        for n, name in enumerate(NAMES)
    ]
    save_posts(ws, ids[0], [Post(Sphere.PARTY, "", CellRole.SECRETARY, date(2025, 1, 1))])
    for member_id in ids:
        items = tuple(PledgeItem("Q101.1", f"Việc số {n}", "Xong trong năm") for n in range(3))
        submit_pledge(ws, Pledge(member_id, YEAR, items=items))
    pass_pledges(ws, YEAR, ids, date(YEAR, 1, 15))
    ws.close()
    return ws.folder


def cast_of(ws: Workspace) -> Cast:
    """The people of this book."""
    ids_of = {member.name: member.id for member in list_members(ws)}
    with ws.read() as tx:
        rows = tx.rows(
            select(tables.pledge.c.member_id, tables.pledge_item.c.id)
            .join(tables.pledge_item, tables.pledge_item.c.pledge_id == tables.pledge.c.id)
            .order_by(tables.pledge_item.c.position)
        )
    items: dict[str, tuple[str, ...]] = {}
    for row in rows:
        items[row.member_id] = (*items.get(row.member_id, ()), row.id)
    return Cast(ids_of[NAMES[0]], tuple(ids_of[name] for name in NAMES[1:]), items)


def seated(ws: Workspace, cast: Cast) -> Workspace:
    """The secretary at the PC."""
    return ws.seated(Actor(cast.secretary, NAMES[0], ActorRole.SECRETARY))


def opened(folder: Path, unlocked: Unlocked | None = None) -> Workspace:
    """The book open for work."""
    return open_book(folder, unlocked=unlocked, clock=StillClock())


@contextmanager
def copied(template: Path, place: Path) -> Iterator[Path]:
    """A copy of a book's folder, thrown away afterwards."""
    folder = Path(shutil.copytree(template, place / template.name))
    try:
        yield folder
    finally:
        shutil.rmtree(place, ignore_errors=True)


def contents(folder: Path, unlocked: Unlocked | None = None) -> Contents:
    """Everything the book says, table by table; any ``UserError`` of opening it comes through."""
    with closing(opened(folder, unlocked)) as ws:
        return contents_of(ws)


def contents_of(ws: Workspace) -> Contents:
    """Everything an open book says, table by table."""
    with ws.read() as tx:
        return {
            table.name: sorted((tuple(row) for row in tx.rows(select(table))), key=repr)
            for table in tables.metadata.sorted_tables
        }
