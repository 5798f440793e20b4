"""The cell's year on landscape pages: members × twelve months with marks, a key and sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.form_template import FormTemplate
from app.domain.monthly import Shown
from app.domain.paper import Align, Block, Cell, Column, Gap, Paper, Table, bold, plain
from app.domain.review import YearSummary
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.frame import Row, blank_rows, form_table, head_blocks, section_head
from app.domain.sheets.signing import signature_blocks

_NOT_ASKED = (Shown.NOT_REQUIRED, Shown.EXCUSED, Shown.FUTURE)
_HANDED_IN = (Shown.SUBMITTED, Shown.CONFIRMED)
_MONTHS = range(1, 13)
_KEY_SIZE = 10.0
_HAND_ROW = 7.5


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One member's twelve months; a row to be filled by hand has none."""

    name: str
    shown: tuple[Shown, ...] = ()
    summary: YearSummary | None = None


def matrix_paper(form: FormTemplate, facts: SheetFacts, rows: Sequence[MatrixRow] = ()) -> Paper:
    """The board of a year for the wall or the file; without rows an empty one."""
    is_told = any(row.shown for row in rows)
    blocks = head_blocks(form, facts)
    blocks += _key() if is_told else []
    for section in form.sections:
        blocks += section_head(section)
        table_rows = [_row(number, row) for number, row in enumerate(rows, 1)] or blank_rows(section)
        table_rows += _sums(rows) if is_told else []
        blocks.append(form_table(form, section, table_rows, row_height=0.0 if is_told else _HAND_ROW))
    blocks += signature_blocks(form, facts)
    return Paper(form.name, facts.cell.own, tuple(blocks), form.style)


def _row(number: int, row: MatrixRow) -> Row:
    summary = row.summary
    return {
        "order": str(number),
        "full_name": row.name,
        **{f"m{month}": _mark(row.shown[month - 1]) if row.shown else "" for month in _MONTHS},
        "confirmed": str(summary.confirmed) if summary else "",
        "late": _count(row.shown.count(Shown.LATE)),
        "praise": _count(len(summary.praised)) if summary else "",
        "reminder": _count(len(summary.reminded)) if summary else "",
    }


def _mark(shown: Shown) -> Cell:
    return Cell() if shown is Shown.FUTURE else Cell(mark=shown.value)


def _count(count: int) -> str:
    """A zero is left out, so that the eye finds the others."""
    return str(count) if count else ""


def _sums(rows: Sequence[MatrixRow]) -> list[Row]:
    summaries = [row.summary for row in rows if row.summary]
    totals: Row = {
        "confirmed": _bold(sum(s.confirmed for s in summaries)),
        "late": _bold(sum(row.shown.count(Shown.LATE) for row in rows)),
        "praise": _bold(sum(len(s.praised) for s in summaries)),
        "reminder": _bold(sum(len(s.reminded) for s in summaries)),
    }
    nothing: Row = dict.fromkeys(totals, "")
    asked = _sum_row("Phải tự đánh giá", rows, lambda shown: shown not in _NOT_ASKED)
    handed_in = _sum_row("Cộng đã gửi, đã xác nhận", rows, lambda shown: shown in _HANDED_IN)
    return [{**asked, **nothing}, {**handed_in, **totals}]


def _sum_row(
    label: str, rows: Sequence[MatrixRow], is_counted: Callable[[Shown], bool]
) -> dict[str, str | Cell]:
    told = [row.shown for row in rows if row.shown]
    by_month = {f"m{month}": _bold(sum(is_counted(shown[month - 1]) for shown in told)) for month in _MONTHS}
    return {"order": "", "full_name": Cell(bold(label)), **by_month}


def _bold(count: int) -> Cell:
    return Cell(bold(str(count)))


def _key() -> list[Block]:
    """What each mark means, in one line of pairs."""
    states = [shown for shown in Shown if shown is not Shown.FUTURE]
    columns: list[Column] = []
    cells: list[Cell] = []
    for shown in states:
        columns += [Column("", 1, Align.CENTER), Column("", 4)]
        cells += [Cell(mark=shown.value), Cell(plain(shown.label))]
    return [Table(tuple(columns), (tuple(cells),), size=_KEY_SIZE), Gap(3.0)]
