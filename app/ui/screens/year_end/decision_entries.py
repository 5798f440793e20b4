"""The decided grades being typed from a paper, without widgets: typed, copied from the proposal, pasted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.dates import format_date
from app.domain.grade import Grade
from app.domain.grade_reading import read_column
from app.domain.review import GradeStage
from app.services.decisions import DecisionPaper
from app.services.grade_table import GradeRow, GradeTable

_DECIDED, _PROPOSED = GradeStage.DECIDED, GradeStage.PROPOSED


@dataclass(frozen=True, slots=True)
class Entry:
    """A grade typed and not written yet; ``is_copied``: filled in as proposed, to be checked."""

    grade: Grade
    is_copied: bool = False


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One line of the list: what the book has, and what is typed over it."""

    row: GradeRow
    entry: Entry | None

    @property
    def id(self) -> str:
        """The subject's id."""
        return self.row.id

    @property
    def shown_grade(self) -> Grade | None:
        """What will stand there once written."""
        return self.entry.grade if self.entry else self.row.grade(_DECIDED)

    @property
    def is_other_than_proposed(self) -> bool:
        """Whether the decision differs from the cell's proposal."""
        proposed, shown = self.row.grade(_PROPOSED), self.shown_grade
        return proposed is not None and shown is not None and shown is not proposed


KEPT_BY: dict[str, Callable[[DecisionRow], bool]] = {
    "open": lambda line: line.row.is_asked and line.shown_grade is None,
    "differs": lambda line: line.is_other_than_proposed,
    "check": lambda line: line.entry is not None and line.entry.is_copied,
    "told": lambda line: line.row.grade(_DECIDED) is not None and not _is_told(line.row),
    "complaint": lambda line: bool(line.row.complaints or line.row.reratings),
}


def _is_told(row: GradeRow) -> bool:
    return row.review is not None and row.review.notified_on is not None


def untold(table: GradeTable) -> tuple[GradeRow, ...]:
    """Members with a decided grade nobody told them yet."""
    return tuple(
        row for row in table.rows if row.member and row.grade(_DECIDED) is not None and not _is_told(row)
    )


@dataclass(slots=True)
class DecisionEntries:
    """What is typed, by subject."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def lines(self, table: GradeTable) -> list[DecisionRow]:
        """The list as it stands."""
        return [DecisionRow(row, self.entries.get(row.id)) for row in table.rows]

    def put(self, row: GradeRow, grade: Grade, *, is_copied: bool = False) -> None:
        """Type a grade; the one the book has already needs no entry."""
        if row.grade(_DECIDED) is grade:
            self.entries.pop(row.id, None)
        else:
            self.entries[row.id] = Entry(grade, is_copied)

    def drop(self, subject: str) -> bool:
        """Take back what was typed on a row."""
        return self.entries.pop(subject, None) is not None

    def fill_as_proposed(self, table: GradeTable) -> int:
        """Như đề xuất: rows without a decision get the proposed grade, marked to be checked."""
        filled = 0
        for row in table.rows:
            proposed = row.grade(_PROPOSED)
            if proposed is not None and row.grade(_DECIDED) is None and row.id not in self.entries:
                self.put(row, proposed, is_copied=True)
                filled += 1
        return filled

    def paste(self, text: str, rows: Sequence[GradeRow]) -> str:
        """Put a copied column on rows from the first on; what could not be placed comes back in words."""
        column = read_column(text)
        for row, (_cell, grade) in zip(rows, column, strict=False):
            if grade is not None:
                self.put(row, grade)
        pairs = zip(rows, column, strict=False)
        unread = [f"{row.name} (“{cell}”)" for row, (cell, grade) in pairs if cell and grade is None]
        words = []
        if unread:
            words.append(f"Không đọc được mức của {len(unread)} dòng: {', '.join(unread[:3])}.")
        if len(column) > len(rows):
            words.append(f"Cột dán có {len(column)} dòng, danh sách từ chỗ dán chỉ có {len(rows)} dòng.")
        return " ".join(words)

    def grades(self) -> dict[str, Grade]:
        """What is to be written."""
        return {subject: entry.grade for subject, entry in self.entries.items()}

    def payload(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {subject: [entry.grade.value, entry.is_copied] for subject, entry in self.entries.items()}

    def take(self, payload: Mapping[str, Sequence[Any]]) -> None:
        """Bring back what a draft holds."""
        self.entries = {key: Entry(Grade(grade), bool(copied)) for key, (grade, copied) in payload.items()}


def counts_of(lines: Sequence[DecisionRow]) -> dict[str, int]:
    """How many lines each filter keeps."""
    return {key: sum(kept(line) for line in lines) for key, kept in KEPT_BY.items()}


def standing_words(lines: Sequence[DecisionRow]) -> str:
    """What is typed and not written, and what to look at, for the foot of the page."""
    typed = sum(line.entry is not None for line in lines)
    counts = counts_of(lines)
    notes = [f"{typed} mức chưa ghi"] if typed else []
    notes += [f"{counts['check']} mức lấy theo đề xuất, cần soát với quyết định"] if counts["check"] else []
    notes += [f"{counts['differs']} mức khác đề xuất"] if counts["differs"] else []
    return "; ".join(notes) + "." if notes else ""


def writing_words(paper: DecisionPaper, lines: Sequence[DecisionRow]) -> str:
    """What is about to be written, for the question before it."""
    typed = [line for line in lines if line.entry is not None]
    other = sum(line.is_other_than_proposed for line in typed)
    copied = sum(line.entry is not None and line.entry.is_copied for line in typed)
    told = [f"{paper.words}, ngày {format_date(paper.dated_on)}."] if paper.dated_on else []
    told += [f"{other} mức khác đề xuất."] if other else []
    told += [f"{copied} mức lấy theo đề xuất; đồng chí đã soát với quyết định."] if copied else []
    return " ".join(told)
