"""The numbers of years as tables of words: one place for the screen, the clipboard and papers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from app.domain.grade import Grade
from app.domain.statistics import GradeCounts, YearStatistics, mean_of, share_text

_DASH, _SHARE = "–", "Tỉ lệ"


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of words: its title, heads and rows; the first column names the row.

    ``strong`` are the rows that sum others up.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: frozenset[int] = frozenset()
    note: str = ""


def year_table(year: YearStatistics) -> TextTable:
    """One year: present, exempt, not rated, rated, the four grades; for the cell and each kind of subject.

    Every share is of those rated in its own column.
    """
    columns = [("Tổng số", year.total)]
    if len(year.by_kind) > 1:
        columns += [(kind.short, counts) for kind, counts in year.by_kind]
    heads = ("Nội dung", *(head for name, _counts in columns for head in (name, _SHARE)))
    lines: list[tuple[str, Callable[[GradeCounts], tuple[str, str]]]] = [
        ("1. Tổng số có mặt (1 = 2 + 3 + 4)", lambda counts: (str(counts.present), "")),
        ("2. Được miễn", lambda counts: (str(counts.exempt), "")),
        ("3. Chưa xếp loại", lambda counts: (str(counts.not_rated), "")),
        ("4. Đã xếp loại", lambda counts: (str(counts.rated), _whole(counts))),
    ]
    rows = [(name, *(cell for _n, counts in columns for cell in line(counts))) for name, line in lines]
    for grade in Grade:
        cells = [
            cell
            for _name, counts in columns
            for cell in (str(counts.of(grade)), share_text(counts.share(grade)))
        ]
        rows.append((f"– {grade.label}", *cells))
    better = [
        cell
        for _name, counts in columns
        for cell in (str(counts.good_or_better), share_text(counts.share_good_or_better))
    ]
    rows.append(("Hoàn thành tốt trở lên", *better))
    return TextTable(
        f"Kết quả xếp loại đảng viên năm {year.year}",
        heads,
        tuple(rows),
        frozenset({0, 3, len(rows) - 1}),
        "Tỉ lệ tính trên số đã xếp loại của từng cột.",
    )


def _whole(counts: GradeCounts) -> str:
    return share_text(Decimal(100)) if counts.rated else _DASH


def years_table(years: Sequence[YearStatistics]) -> TextTable:
    """Years under each other, the earliest first, with the means of those that have grades."""
    heads = ["Năm", "Có mặt", "Miễn", "Chưa xếp", "Đã xếp loại"]
    for grade in Grade:
        heads += [grade.short, f"{_SHARE} {grade.short}"]
    heads += ["HTT trở lên", f"{_SHARE} HTT trở lên", "Chi bộ"]
    ordered = sorted(years, key=lambda each: each.year)
    rows = [_year_row(each) for each in ordered]
    strong: frozenset[int] = frozenset()
    mean = mean_of(ordered)
    if mean.years > 1:
        shares = [cell for grade in Grade for cell in ("", share_text(mean.shares[grade]))]
        better = ("", share_text(mean.good_or_better), "")
        rows.append((f"Trung bình {mean.years} năm", "", "", "", _mean_text(mean.rated), *shares, *better))
        strong = frozenset({len(rows) - 1})
    span = f" {ordered[0].year}–{ordered[-1].year}" if ordered else ""
    return TextTable(
        f"Kết quả xếp loại đảng viên các năm{span}",
        tuple(heads),
        tuple(rows),
        strong,
        "Tỉ lệ tính trên số đã xếp loại của năm; trung bình tính trên các năm đã xếp loại.",
    )


def compact(table: TextTable) -> TextTable:
    """The same table with each share beside its number, for screens: "31 (81,58%)"."""
    pairs = [at for at, head in enumerate(table.heads) if head.startswith(_SHARE)]

    def merged(cells: tuple[str, ...]) -> tuple[str, ...]:
        joined = list(cells)
        for at in pairs:
            number, share = cells[at - 1], cells[at]
            both = f"{number} ({share})" if number and share not in ("", _DASH) else number or share
            joined[at - 1] = both
        return tuple(cell for at, cell in enumerate(joined) if at not in pairs)

    heads = tuple(head for at, head in enumerate(table.heads) if at not in pairs)
    return replace(table, heads=heads, rows=tuple(merged(row) for row in table.rows))


def _year_row(each: YearStatistics) -> tuple[str, ...]:
    counts = each.total
    shares = [cell for grade in Grade for cell in (str(counts.of(grade)), share_text(counts.share(grade)))]
    return (
        str(each.year),
        str(counts.present),
        str(counts.exempt),
        str(counts.not_rated),
        str(counts.rated),
        *shares,
        str(counts.good_or_better),
        share_text(counts.share_good_or_better),
        each.cell_grade.short if each.cell_grade else _DASH,
    )


def _mean_text(value: Decimal | None) -> str:
    if value is None:
        return _DASH
    return f"{value.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):f}".replace(".", ",")


def table_as_text(table: TextTable) -> str:
    """Tab between cells, a line for each row: what Excel and plain fields take."""
    return "\n".join("\t".join(row) for row in (table.heads, *table.rows)) + "\n"


def table_as_html(table: TextTable) -> str:
    """A real table: what Word, Excel and web forms take."""
    heads = "".join(f"<th>{escape(head)}</th>" for head in table.heads)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    return (
        '<meta charset="utf-8"><table border="1" cellspacing="0" cellpadding="3">'
        f"<caption>{escape(table.title)}</caption><tr>{heads}</tr>{rows}</table>"
    )
