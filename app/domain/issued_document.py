"""Documents the cell issued and their numbers: from 01 for each type in each term of the committee."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.dates import format_date
from app.domain.errors import Problem

# What a cell may issue (HD 05-HD/VPTW, HD 36-HD/VPTW): never quy định, hướng dẫn, chỉ thị.
DOCUMENT_TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "KL": "Kết luận",
    "TB": "Thông báo",
    "BC": "Báo cáo",
    "KH": "Kế hoạch",
    "CTr": "Chương trình",
    "ĐA": "Đề án",
    "PA": "Phương án",
    "TTr": "Tờ trình",
    "CV": "Công văn",
    "BB": "Biên bản",
    "QC": "Quy chế",
}


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


def next_number(documents: Iterable[IssuedDocument], term_id: str, symbol: str) -> int:
    """The number after the last one of a type in a term; 1 begins each."""
    taken = [each.number for each in documents if (each.term_id, each.symbol) == (term_id, symbol)]
    return max(taken, default=0) + 1


def problems_in_term(term: CellTerm, others: Iterable[CellTerm]) -> tuple[Problem, ...]:
    """What is wrong with a term: no name, an end before its beginning, days of two terms."""
    found = []
    if not term.name.strip():
        found.append(Problem("name", "Chưa ghi tên nhiệm kỳ, ví dụ 2025-2030."))
    if term.valid_to and term.valid_to < term.valid_from:
        found.append(Problem("valid_to", "Ngày kết thúc sớm hơn ngày bắt đầu nhiệm kỳ."))
    for other in others:
        if other.id != term.id and _share_days(term, other):
            until = f" đến {format_date(other.valid_to)}" if other.valid_to else ""
            found.append(
                Problem(
                    "valid_from",
                    f"Trùng ngày với nhiệm kỳ {other.name} (từ {format_date(other.valid_from)}{until}). "
                    "Đồng chí ghi ngày kết thúc của nhiệm kỳ ấy, hoặc sửa ngày bắt đầu.",
                )
            )
    return tuple(found)


def _share_days(one: CellTerm, other: CellTerm) -> bool:
    return one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (one.valid_to or date.max)
