"""A clock set back is said, nothing is refused for it, and the history keeps its order."""

from datetime import date, time
from pathlib import Path

from app.services.books import create_book
from app.services.clock_watch import clock_set_back
from app.services.history import list_actions
from app.services.keys import demo_keys
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock
from tests.builders import a_book, add_member


def test_a_clock_set_back_is_said_and_saving_goes_on_in_order(
    secretary_ws: Workspace, clock: FakeClock
) -> None:
    add_member(secretary_ws, "Lý Thị Hoa")
    assert clock_set_back(secretary_ws) == ""
    clock.day = date(2020, 1, 1)

    said = clock_set_back(secretary_ws)
    add_member(secretary_ws, "Võ Văn Kiên")

    assert "lùi so với việc ghi lần cuối trong sổ (08:30 ngày 20/03/2026)" in said
    names = [line.name for line in list_actions(secretary_ws, 2)]
    assert ["Võ Văn Kiên" in names[0], "Lý Thị Hoa" in names[1]] == [True, True]


def test_a_clock_put_right_by_minutes_is_nobodys_business(secretary_ws: Workspace, clock: FakeClock) -> None:
    add_member(secretary_ws, "Lý Thị Hoa")
    clock.hour = time(7, 45)

    assert clock_set_back(secretary_ws) == ""


def test_the_sample_book_tells_of_evenings_and_is_opened_in_the_morning(
    tmp_path: Path, clock: FakeClock
) -> None:
    ws = create_book(tmp_path / "so-mau", a_book(is_sample=True), demo_keys(), clock)
    clock.hour = time(6, 0)

    assert clock_set_back(ws) == ""
    ws.close()
