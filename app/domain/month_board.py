"""The board of months: members × 12 months of a year, what each cell says and what it lets people do."""

from dataclasses import dataclass

from app.domain.dates import Month
from app.domain.monthly import CellMark, Shown


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One member's month on the board. ``waits``: handed in, in time or late, and not yet confirmed.

    ``is_before_book``: passed when the book was begun; it may be written in, but nobody asks for it.
    """

    shown: Shown
    mark: CellMark | None = None
    waits: bool = False
    is_before_book: bool = False

    @property
    def may_be_typed(self) -> bool:
        """Whether typing the month in from paper is to be offered: it is missing, waits, or is of old."""
        is_settled = self.shown in (Shown.CONFIRMED, Shown.EXCUSED)
        return self.is_missing or self.waits or (self.is_before_book and not is_settled)

    @property
    def is_missing(self) -> bool:
        """Whether the month should be in and is not, in time or not."""
        return self.shown is Shown.NOT_SUBMITTED or (self.shown is Shown.LATE and not self.waits)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One member's twelve months."""

    member_id: str
    name: str
    search_key: str
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True, slots=True)
class MonthBoard:
    """Members × 12 months of a year. ``current``: the month the cell is gathering now, of any year."""

    year: int
    rows: tuple[BoardRow, ...]
    is_closed: bool
    current: Month

    def handed_in(self, month: int) -> tuple[int, int]:
        """How many handed the month in, of how many who must."""
        free = (Shown.NOT_REQUIRED, Shown.EXCUSED, Shown.FUTURE)
        required = [cell for row in self.rows if (cell := row.cells[month - 1]).shown not in free]
        done = [cell for cell in required if cell.waits or cell.shown is Shown.CONFIRMED]
        return len(done), len(required)
