"""A locked year is read and printed, not changed: every service that writes into a year asks here first."""

from app.db.transactions import ReadTransaction
from app.domain.errors import NotAllowed
from app.services.cells import closed_years_in


def must_be_open(tx: ReadTransaction, year: int) -> None:
    """Refuse to change anything of a year that is locked."""
    if year in closed_years_in(tx):
        raise NotAllowed(f"Năm {year} đã khóa nên không sửa được. Muốn sửa, bí thư mở lại năm và ghi lý do.")
