"""Books to test on: made once, copied for each test, opened with a clock the test can set."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from app.domain.member import CellRole
from app.locations import user_data
from app.services.accounts import add_account
from app.services.books import create_book, open_book
from app.services.keys import demo_keys
from app.services.seats import sit_down
from app.services.workspace import ActorRole, Workspace
from tests.builders import a_book, add_member


class FakeClock:
    """A clock that stands still until the test sets ``day`` or ``hour``."""

    def __init__(self, day: date = date(2026, 3, 20), hour: time = time(8, 30)) -> None:
        self.day = day
        self.hour = hour

    def today(self) -> date:
        """The day the test chose."""
        return self.day

    def now(self) -> datetime:
        """The chosen hour of that day."""
        return datetime.combine(self.day, self.hour)


@dataclass(frozen=True, slots=True)
class People:
    """The ids of the four members of ``secretary_ws``."""

    secretary: str
    deputy: str
    committee: str
    plain: str


_checked_out: set[int] = set()


@event.listens_for(Pool, "checkout")
def _taken(_connection: Any, record: Any, _proxy: Any) -> None:
    _checked_out.add(id(record))


@event.listens_for(Pool, "checkin")
def _given_back(_connection: Any, record: Any) -> None:
    _checked_out.discard(id(record))


@pytest.fixture(autouse=True)
def _no_connection_left() -> Iterator[None]:
    """Whoever takes a connection gives it back, whatever went wrong meanwhile."""
    yield
    left = len(_checked_out)
    _checked_out.clear()
    assert not left, f"{left} connection(s) not given back"


@pytest.fixture(autouse=True)
def _no_copies_of_other_tests() -> None:
    """Books of tests share their demo keys and so their id: each begins without backups."""
    shutil.rmtree(user_data() / "ban-sao", ignore_errors=True)


@pytest.fixture
def clock() -> FakeClock:
    """The clock of the test's book: 20/03/2026, half past eight."""
    return FakeClock()


@pytest.fixture(scope="session")
def template_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty book, closed; copied, never opened, by tests."""
    folder = tmp_path_factory.mktemp("template") / "dong-tien.neuguong"
    create_book(folder, a_book(), demo_keys(), FakeClock()).close()
    return folder


@pytest.fixture(scope="session")
def template_cell(template_book: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    folder = tmp_path_factory.mktemp("cell") / template_book.name
    shutil.copytree(template_book, folder)
    ws = open_book(folder, clock=FakeClock())
    people = People(
        secretary=add_member(ws, "Trần Thị Bình", CellRole.SECRETARY),
        deputy=add_member(ws, "Lê Văn Cường", CellRole.DEPUTY_SECRETARY),
        committee=add_member(ws, "Phạm Thị Dung", CellRole.COMMITTEE_MEMBER),
        plain=add_member(ws, "Nguyễn Văn Đạt"),
    )
    ws.close()
    return folder, people


@pytest.fixture
def empty_book(template_book: Path, tmp_path: Path) -> Path:
    """A book folder of the test's own: no member yet, closed."""
    return Path(shutil.copytree(template_book, tmp_path / "so" / template_book.name))


@pytest.fixture
def ws(empty_book: Path, clock: FakeClock) -> Iterator[Workspace]:
    """An open, empty book with its keeper at the PC."""
    workspace = open_book(empty_book, clock=clock)
    yield workspace
    workspace.close()


@pytest.fixture
def people(template_cell: tuple[Path, People]) -> People:
    """Who is in the cell of ``secretary_ws``."""
    return template_cell[1]


@pytest.fixture
def secretary_ws(template_cell: tuple[Path, People], tmp_path: Path, clock: FakeClock) -> Iterator[Workspace]:
    """A cell of four (secretary, deputy, committee member, plain member) with the secretary at the PC."""
    folder, people = template_cell
    copy = Path(shutil.copytree(folder, tmp_path / "chi-bo" / folder.name))
    workspace = open_book(copy, clock=clock)
    yield sit_down(workspace, people.secretary)
    workspace.close()


@pytest.fixture
def deputy_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """The same open book with the deputy secretary at the PC."""
    return sit_down(secretary_ws, people.deputy)


@pytest.fixture
def plain_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """The same open book with a member without any post at the PC."""
    return sit_down(secretary_ws, people.plain)


@pytest.fixture
def typist_ws(secretary_ws: Workspace) -> Workspace:
    """The same open book with somebody at the PC who types for others and is no member."""
    return sit_down(secretary_ws, add_account(secretary_ws, "Vũ Thị Gõ", ActorRole.TYPIST))


@pytest.fixture
def reader_ws(secretary_ws: Workspace) -> Workspace:
    """The same open book with a reader from the level above at the PC."""
    return sit_down(secretary_ws, add_account(secretary_ws, "Lê Văn Trên", ActorRole.READER))
