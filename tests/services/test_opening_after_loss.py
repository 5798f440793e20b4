"""A book that lost writes is opened again only when the person says so, and remembers it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.db.cell_tables import action
from app.db.witness import Mark
from app.domain.errors import WritesLost
from app.services.books import open_book
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock


@pytest.fixture
def short_book(ws: Workspace) -> Path:
    """A closed book that knows of fewer writes than its mark."""
    mark = ws.witness.read()
    assert mark is not None
    ws.witness.note(Mark(mark.writes + 2, mark.head))
    ws.close()
    return ws.folder


def test_lost_writes_are_said_with_their_number(short_book: Path, clock: FakeClock) -> None:
    with pytest.raises(WritesLost) as said:
        open_book(short_book, clock=clock)

    assert said.value.lost == 2


def test_going_on_without_them_is_asked_once_and_stands_in_the_history(
    short_book: Path, clock: FakeClock
) -> None:
    ws = open_book(short_book, clock=clock, accept_loss=True)
    ws.close()

    again = open_book(short_book, clock=clock)
    with again.read() as tx:
        names = [row.name for row in tx.rows(select(action).order_by(action.c.seq))]
    again.close()

    assert names[-1] == "Mở sổ sau khi mất 2 lần ghi cuối"


def test_looking_only_changes_nothing(short_book: Path, clock: FakeClock) -> None:
    open_book(short_book, clock=clock, read_only=True, accept_loss=True).close()

    with pytest.raises(WritesLost):
        open_book(short_book, clock=clock)
