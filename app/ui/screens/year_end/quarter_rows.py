"""The rows of the page of quarters, without widgets: who leads with four quarters, then other periods."""

from dataclasses import dataclass

from app.domain.grade import Grade
from app.domain.review import NOT_RATED, QUARTER_NUMERALS, Review, ReviewKey, ReviewState, latest_grade
from app.services.quarters import QUARTERS, PeriodRow, QuarterBoard, QuarterRow
from app.ui.parts.record_model import Column as TableColumn


def sheet_words(review: Review | None) -> str:
    """A sheet in one word: its grade, or how far it is."""
    if review is None:
        return "–"
    grade = latest_grade(review)
    if review.text_of(NOT_RATED).text:
        return "chưa XL"
    if grade is not None:
        return grade.short
    return "đang viết" if review.state is ReviewState.DRAFT else "đã gửi"


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One line: a leader's four quarters, or one review of another period."""

    leader: QuarterRow | None
    other: PeriodRow | None

    @property
    def id(self) -> str:
        """The member's id, or the review's."""
        return self.leader.id if self.leader else self.other.id if self.other else ""

    @property
    def name(self) -> str:
        """Who it is."""
        return self.leader.member.name if self.leader else self.other.name if self.other else ""

    @property
    def period(self) -> str:
        """Which other period, with how far it is."""
        return self.other.review.key.period_words if self.other else ""

    def sheet(self, quarter: int) -> Review | None:
        """The sheet of a quarter; quarters count from 1."""
        return self.leader.sheets[quarter - 1] if self.leader else None

    def why_unrated(self, quarter: int) -> str:
        """Why a quarter is left without a grade, or ""."""
        sheet = self.sheet(quarter)
        return sheet.text_of(NOT_RATED).text if sheet else ""

    def words(self, quarter: int) -> str:
        """The cell of a quarter; a review of another period stands in the first."""
        if self.leader is not None:
            return sheet_words(self.sheet(quarter))
        return ""

    def key(self, quarter: int) -> ReviewKey | None:
        """Which review opens for a quarter; of another period always its own."""
        if self.leader is not None:
            return self.leader.key(quarter)
        return self.other.review.key if self.other else None

    @property
    def has_failed_quarter(self) -> bool:
        """Whether one quarter was "không hoàn thành"."""
        sheets = self.leader.sheets if self.leader else ()
        return any(latest_grade(sheet) is Grade.UNSATISFACTORY for sheet in sheets if sheet)


def lines_of(board: QuarterBoard) -> list[PeriodLine]:
    """Leaders first, then the other periods."""
    return [PeriodLine(row, None) for row in board.rows] + [PeriodLine(None, row) for row in board.others]


def quarter_columns() -> tuple[TableColumn[PeriodLine], ...]:
    """Name, four quarters, the other period with its grade."""

    def of(quarter: int) -> TableColumn[PeriodLine]:
        return TableColumn(
            f"Quý {QUARTER_NUMERALS[quarter - 1]}",
            lambda line: line.words(quarter),
            "center",
            72,
            tone=lambda line: "" if line.sheet(quarter) else "ink3",
            is_searched=False,
        )

    return (
        TableColumn(
            "Họ và tên",
            lambda line: line.name,
            width=150,
            stretch=1,
            bold=True,
            below=_below,
            sort_key=lambda line: line.leader.member.sort_key if line.leader else f"\uffff{line.name}",
        ),
        *(of(quarter) for quarter in QUARTERS),
        TableColumn(
            "Kỳ khác",
            lambda line: sheet_words(line.other.review) if line.other else "",
            "center",
            92,
            is_searched=False,
        ),
    )


def _below(line: PeriodLine) -> str:
    if line.has_failed_quarter:
        return "một quý không hoàn thành: năm không xếp xuất sắc"
    return line.period
