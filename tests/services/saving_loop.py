"""Run by a test as a program of its own: saves one month again and again, saying each time it is kept."""

import sys
from pathlib import Path

from app.domain.dates import Month
from app.services.books import open_book
from app.services.months import save_month
from tests.book_fixtures import FakeClock
from tests.builders import a_month, an_entry, passed_pledge


def main(folder: Path, member_id: str) -> None:
    """Save until killed."""
    ws = open_book(folder, clock=FakeClock())
    items = passed_pledge(ws, member_id).items
    number = 0
    while True:
        number += 1
        entries = tuple(an_entry(item.id, result=f"lần {number}") for item in items)
        save_month(ws, a_month(member_id, Month(2026, 2), items, entries=entries))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
