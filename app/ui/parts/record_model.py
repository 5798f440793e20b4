"""One table model for any list of frozen records: sorted and filtered in Python over a folded index."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.text import fold, matches, nfc
from app.ui.parts.chips import ChipSpec

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its head and what it shows of a record; everything else only when it differs."""

    title: str
    getter: Callable[[T], str]
    align: str = "left"
    width: int = 120
    stretch: int = 0
    bold: bool = False
    role: str = "body"
    tone: str | Callable[[T], str] = ""
    below: Callable[[T], str] | None = None
    chip: Callable[[T], ChipSpec | None] | None = None
    sort_key: Callable[[T], Any] | None = None
    is_searched: bool = True


def align_flag(align: str) -> Qt.AlignmentFlag:
    """Qt's flag for left, right or center."""
    return _ALIGN[align]


class RecordModel(QAbstractTableModel, Generic[T]):
    """Holds the records in memory; a record is known by ``key`` across reloads."""

    ticked_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[T]],
        key: Callable[[T], str],
        *,
        tickable: Callable[[T], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self._tickable = tickable
        self._first = 1 if tickable else 0
        self._records: tuple[T, ...] = ()
        self._index: dict[str, tuple[str, str]] = {}
        self._shown: list[T] = []
        self._ticked: set[str] = set()
        self._query = ""
        self._wanted: Callable[[T], bool] | None = None
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    # What is shown

    def set_records(self, records: Sequence[T]) -> None:
        """Show these records, with the search, filter and order as they are."""
        self._records = tuple(records)
        searched = [column for column in self.columns if column.is_searched]
        self._index = {}
        for record in self._records:
            words = " ".join(column.getter(record) for column in searched)
            self._index[self.key(record)] = (nfc(words).lower(), fold(words))
        self._ticked &= set(self._index)
        self._refresh()

    def search(self, query: str) -> None:
        """Keep only records in which every word of the query is found, with marks or without."""
        self._query = query
        self._refresh()

    def filter(self, wanted: Callable[[T], bool] | None) -> None:
        """Keep only the wanted records; None keeps all."""
        self._wanted = wanted
        self._refresh()

    @property
    def records(self) -> tuple[T, ...]:
        """All records, shown or not."""
        return self._records

    @property
    def shown(self) -> list[T]:
        """The records shown, in their order on screen."""
        return list(self._shown)

    def record_at(self, row: int) -> T:
        """The record in a row."""
        return self._shown[row]

    def row_of(self, key: str) -> int:
        """The row of a record, or -1 when it is not shown."""
        return next((row for row, record in enumerate(self._shown) if self.key(record) == key), -1)

    def as_table(self, rows: Iterable[int]) -> str:
        """The rows as Excel takes them from the clipboard, with their heads."""
        lines = ["\t".join(column.title for column in self.columns)]
        for row in rows:
            cells = [self._words(column, self._shown[row]) for column in self.columns]
            lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        return "\n".join(lines)

    def column_at(self, section: int) -> Column[T] | None:
        """The column of a section; None for the one with ticks."""
        return None if section < self._first else self.columns[section - self._first]

    @property
    def first_section(self) -> int:
        """The section of the first column: 1 when ticks stand before it."""
        return self._first

    def _refresh(self) -> None:
        self.beginResetModel()
        self._shown = [record for record in self._records if self._is_wanted(record)]
        if self._sorted_by is not None:
            section, order = self._sorted_by
            column = self.columns[section - self._first]
            sort_key = column.sort_key or (lambda record: fold(column.getter(record)))
            self._shown.sort(key=sort_key, reverse=order == Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def _is_wanted(self, record: T) -> bool:
        if self._wanted is not None and not self._wanted(record):
            return False
        if not self._query.strip():
            return True
        original, folded = self._index[self.key(record)]
        return matches(self._query, original, folded)

    # Ticks

    def ticked(self) -> set[str]:
        """The keys of the ticked records, shown or not."""
        return set(self._ticked)

    def set_ticked(self, keys: set[str]) -> None:
        """Tick exactly these."""
        self._ticked = {key for key in keys if key in self._index}
        self._ticks_changed()

    def can_tick(self, row: int) -> bool:
        """Whether this row may be ticked."""
        return self._tickable is not None and self._tickable(self._shown[row])

    def is_ticked(self, row: int) -> bool:
        """Whether this row is ticked."""
        return self.key(self._shown[row]) in self._ticked

    def toggle(self, row: int) -> None:
        """Tick a row or take its tick away."""
        if self.can_tick(row):
            self._ticked ^= {self.key(self._shown[row])}
            self._ticks_changed()

    def toggle_all(self) -> None:
        """Tick every shown row that may be; when all are, take all ticks away."""
        keys = {self.key(record) for row, record in enumerate(self._shown) if self.can_tick(row)}
        self._ticked = self._ticked - keys if keys <= self._ticked else self._ticked | keys
        self._ticks_changed()

    def all_ticked(self) -> bool:
        """Whether every shown row that may be ticked is."""
        keys = {self.key(record) for row, record in enumerate(self._shown) if self.can_tick(row)}
        return bool(keys) and keys <= self._ticked

    def _ticks_changed(self) -> None:
        if self._shown and self._first:
            roles = [Qt.ItemDataRole.CheckStateRole]
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0), roles)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.ticked_changed.emit()

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns) + self._first

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.column_at(index.column())
        if column is None:
            return self._tick_data(index.row(), role)
        record = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(column, record)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {self._words(column, record) or 'chưa ghi'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(align_flag(column.align))
        return None

    def _tick_data(self, row: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and self.can_tick(row):
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "đã chọn" if self.is_ticked(row) else "chưa chọn"
        return None

    @staticmethod
    def _words(column: Column[T], record: T) -> str:
        if column.chip is not None:
            chip = column.chip(record)
            if chip is not None:
                return chip.word
        return column.getter(record)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.column_at(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title if column else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return int(align_flag(column.align))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.title if column else "Chọn tất cả"
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = (column, order) if column >= self._first else None
        self._refresh()
