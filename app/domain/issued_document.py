"""Documents the cell issued and their numbers: from 01 for each type in each term of the committee."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CellTerm:
    """A term of the cell (nhiệm kỳ); numbers of documents start again in each."""

    name: str
    valid_from: date
    valid_to: date | None = None
    id: str = ""
    version: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether a day lies in the term."""
        return self.valid_from <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A number given to a document of the cell: "Số 05-BC/CB" of a term."""

    symbol: str
    term_id: str
    number: int
    dated_on: date | None
    year: int
    paper: str = ""
    title: str = ""
    id: str = ""
    version: int = 0

    @property
    def number_text(self) -> str:
        """The number as printed; below ten with a leading zero (HD 05-HD/VPTW)."""
        return f"Số {self.number:02d}-{self.symbol}/CB"
