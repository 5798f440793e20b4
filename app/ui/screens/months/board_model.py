"""The board's data for Qt: members by months, searched and filtered in memory."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.month_board import BoardCell, BoardRow, MonthBoard
from app.domain.monthly import Shown
from app.domain.text import matches, nfc
from app.ui.screens.months.month_words import spoken

Index = QModelIndex | QPersistentModelIndex
MONTHS = 12

FILTERS: dict[str, tuple[str, Callable[[BoardCell], bool]]] = {
    "all": ("Tất cả", lambda _cell: True),
    "missing": ("Chưa gửi", lambda cell: cell.is_missing),
    "waiting": ("Chờ ý kiến", lambda cell: cell.waits),
    "late": ("Trễ", lambda cell: cell.shown is Shown.LATE),
}


class BoardModel(QAbstractTableModel):
    """One row a member, one column a month; what is marked with Space stays marked across reloads."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board: MonthBoard | None = None
        self.shown: list[tuple[int, BoardRow]] = []
        self.marked: set[str] = set()
        self._query = ""
        self._filter = "all"
        self._month = 1

    def show_board(self, board: MonthBoard) -> None:
        """Show a year."""
        self.board = board
        self.marked &= {row.member_id for row in board.rows}
        self._select()

    def search(self, query: str) -> None:
        """Keep only members whose name has every word typed, with marks or without."""
        self._query = query
        self._select()

    def filter(self, key: str, month: int) -> None:
        """Keep only members whose month is as the filter says."""
        self._filter, self._month = key, month
        self._select()

    def counts(self, month: int) -> dict[str, int]:
        """How many members each filter would show."""
        rows = self.board.rows if self.board else ()
        return {
            key: sum(wanted(row.cells[month - 1]) for row in rows) for key, (_word, wanted) in FILTERS.items()
        }

    def _select(self) -> None:
        self.beginResetModel()
        rows = self.board.rows if self.board else ()
        wanted = FILTERS[self._filter][1]
        self.shown = [
            (number, row)
            for number, row in enumerate(rows, 1)
            if wanted(row.cells[self._month - 1]) and self._is_found(row)
        ]
        self.endResetModel()

    def _is_found(self, row: BoardRow) -> bool:
        return not self._query.strip() or matches(self._query, nfc(row.name).lower(), row.search_key)

    def row_at(self, row: int) -> BoardRow:
        """The member shown in a row."""
        return self.shown[row][1]

    def row_of(self, member_id: str) -> int:
        """Where a member is shown, or -1."""
        return next(
            (place for place, (_number, row) in enumerate(self.shown) if row.member_id == member_id), -1
        )

    def toggle_mark(self, row: int) -> None:
        """Mark a member, or take the mark back."""
        self.marked ^= {self.row_at(row).member_id}
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)

    def clear_marks(self) -> None:
        """Take every mark back."""
        self.marked = set()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, len(self.shown) - 1))

    def as_table(self, rows: Iterable[int]) -> str:
        """Rows as a table for Excel: number, name, twelve words."""
        lines = [["TT", "Họ và tên", *(f"Tháng {month}" for month in range(1, MONTHS + 1))]]
        for place in rows:
            number, row = self.shown[place]
            lines.append([str(number), row.name, *(cell.shown.label for cell in row.cells)])
        return "\n".join("\t".join(line) for line in lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else MONTHS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row_at(index.row())
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.shown.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [row.name, f"tháng {index.column() + 1}", spoken(cell)]
            if cell.mark is not None:
                words.append(cell.mark.label.lower())
            if row.member_id in self.marked:
                words.append("đã đánh dấu")
            return ", ".join(words)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return f"Th {section + 1}"
        return self.row_at(section).name if section < len(self.shown) else None
