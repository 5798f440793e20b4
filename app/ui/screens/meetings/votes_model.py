"""The rows of one round as the table shows them: names, numbers typed in, sums, what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.domain.vote_results import LineResult, RoundResult
from app.domain.voting import Answer, RoundKind, VoteCount, VoteRound

Index = QModelIndex | QPersistentModelIndex
HIGHEST = 999
_BEFORE = ("TT", "Họ và tên")


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One row; ``wrong`` says what is provably wrong with it: answers, or "total"."""

    number: int
    name: str
    count: VoteCount
    line: LineResult
    wrong: frozenset[str] = frozenset()


class VotesModel(QAbstractTableModel):
    """``typed``: a person changed a number."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = RoundKind.FOUR_GRADES
        self.rows: list[VoteRow] = []
        self.valid: int | None = None
        self.is_editable = True
        self._is_slim = False

    # What it shows

    def show_round(
        self, votes: VoteRound, names: Mapping[str, str], result: RoundResult, wrong: Mapping[str, set[str]]
    ) -> None:
        """Show a round; where only numbers changed the table's place and cursor stay."""
        rows = [
            VoteRow(
                number,
                names.get(count.subject_id, ""),
                count,
                line,
                frozenset(wrong.get(count.subject_id, ())),
            )
            for number, (count, line) in enumerate(zip(votes.counts, result.lines, strict=True), 1)
        ]
        same = self.kind is votes.kind and [r.count.subject_id for r in rows] == self.subjects()
        if not same:
            self.beginResetModel()
        self.kind, self.valid, self.rows = votes.kind, votes.valid, rows
        if same:
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        else:
            self.endResetModel()

    def set_slim(self, is_slim: bool) -> None:
        """Whether the heads of two words go on two lines."""
        if is_slim != self._is_slim:
            self._is_slim = is_slim
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def subjects(self) -> list[str]:
        """Whom the rows are about."""
        return [row.count.subject_id for row in self.rows]

    def counts(self) -> tuple[VoteCount, ...]:
        """The numbers as they stand."""
        return tuple(row.count for row in self.rows)

    def answer_at(self, column: int) -> Answer | None:
        """What a column counts; None for names, sums and results."""
        place = column - len(_BEFORE)
        return self.kind.answers[place] if 0 <= place < len(self.kind.answers) else None

    @property
    def first_number(self) -> int:
        """The first column of numbers."""
        return len(_BEFORE)

    @property
    def total_column(self) -> int:
        """The column of sums."""
        return len(_BEFORE) + len(self.kind.answers)

    # What a person does

    def number_at(self, index: Index) -> int | None:
        """The number in a cell."""
        answer = self.answer_at(index.column())
        return self.rows[index.row()].count.of(answer) if answer else None

    def put(self, index: Index, number: int | None) -> None:
        """Type a number into a cell, or take it out."""
        self._put(index.row(), index.column(), number)
        self.typed.emit()

    def _put(self, row: int, column: int, number: int | None) -> None:
        answer = self.answer_at(column)
        if answer is not None and self.is_editable and (number is None or 0 <= number <= HIGHEST):
            changed = self.rows[row].count.with_number(answer, number)
            self.rows[row] = replace(self.rows[row], count=changed)

    def paste(self, start: Index, table: Sequence[Sequence[int | None]]) -> int:
        """Put numbers in from a cell on, down and right; says how many. What falls outside is left."""
        taken = 0
        for down, numbers in enumerate(table):
            for right, number in enumerate(numbers):
                row, column = start.row() + down, start.column() + right
                if row < len(self.rows) and self.answer_at(column) is not None and number is not None:
                    self._put(row, column, number)
                    taken += 1
        self.typed.emit()
        return taken

    def as_table(self) -> str:
        """The rows as Excel takes them from the clipboard, with their heads."""
        lines = ["\t".join(self._head(column) for column in range(self.columnCount()))]
        for row in range(len(self.rows)):
            lines.append("\t".join(self.words(row, column) for column in range(self.columnCount())))
        return "\n".join(lines)

    # Words

    def words(self, row: int, column: int) -> str:
        """What a cell says."""
        record = self.rows[row]
        if column == 0:
            return str(record.number)
        if column == 1:
            return record.name
        answer = self.answer_at(column)
        number = record.count.of(answer) if answer else None
        if column == self.total_column:
            number = record.line.total
        if column > self.total_column:
            return record.line.verdict_text
        return "" if number is None else str(number)

    def _head(self, column: int) -> str:
        if column < len(_BEFORE):
            return _BEFORE[column]
        answer = self.answer_at(column)
        if answer is not None:
            return answer.short
        if column > self.total_column:
            return "Kết quả"
        return f"Cộng / {self.valid}" if self.valid is not None else "Cộng"

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(_BEFORE) + len(self.kind.answers) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.words(index.row(), index.column()) or "chưa nhập"
            return f"{self.rows[index.row()].name}, {self._head(index.column())}: {said}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            is_narrow = self._is_slim and self.first_number <= section <= self.total_column
            return self._head(section).replace(" ", "\n", 1) if is_narrow else self._head(section)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._head(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section in (1, self.total_column + 1) else None
            return int((side or Qt.AlignmentFlag.AlignHCenter) | Qt.AlignmentFlag.AlignVCenter)
        return None
