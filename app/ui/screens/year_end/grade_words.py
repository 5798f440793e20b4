"""How the grades of a year are told on screens: columns, a line for each, the chosen row at a glance."""

from collections.abc import Sequence
from datetime import date

from app.domain.dates import format_date
from app.domain.grade import Grade
from app.domain.review import GradeStage
from app.services.grade_table import GradeRow, GradeTable
from app.ui.parts.record_model import Column as TableColumn
from app.ui.screens.year_end.side_panel import Act, Glance


def grade_short(row: GradeRow, stage: GradeStage) -> str:
    """A stage's grade in short, or nothing."""
    grade = row.grade(stage)
    return grade.short if grade else ""


GRADE_CHOICES = tuple((grade.value, grade.label) for grade in Grade)


def differs(row: GradeRow, later: GradeStage, earlier: GradeStage) -> bool:
    """Whether two stages have grades and not the same one."""
    new, old = row.grade(later), row.grade(earlier)
    return new is not None and old is not None and new is not old


def name_column() -> TableColumn[GradeRow]:
    """Who it is; below it what to look at twice, or why no grade is asked for."""
    return TableColumn(
        "Họ và tên",
        lambda row: row.name,
        width=150,
        stretch=1,
        bold=True,
        below=lambda row: " ".join(row.notes) or row.why_not,
        sort_key=lambda row: row.member.sort_key if row.member else f"\uffff{row.name}",
    )


def programme_column() -> TableColumn[GradeRow]:
    """What points and conditions allow; a star where the competent level has to look."""
    return TableColumn(
        "Gợi ý", _programme, "center", 82, role="cap", tone=lambda _row: "ink2", is_searched=False
    )


def _programme(row: GradeRow) -> str:
    if row.programme is None or row.programme.grade is None:
        return "–"
    return f"{row.programme.grade.short}{' *' if row.programme.needs_competent_level else ''}"


def stage_column(title: str, stage: GradeStage, width: int) -> TableColumn[GradeRow]:
    """One of the five grades, in short."""
    return TableColumn(
        title,
        lambda row: grade_short(row, stage),
        "center",
        width,
        is_searched=False,
        sort_key=lambda row: -grade.rank if (grade := row.grade(stage)) else 0,
    )


def stage_lines(row: GradeRow) -> list[tuple[str, str]]:
    """Each of the five grades given, with its day, source and note."""
    lines: list[tuple[str, str]] = []
    for stage in GradeStage:
        given = row.given(stage)
        if given is None:
            continue
        parts = [given.grade.label]
        parts += [f"ngày {format_date(given.dated_on)}"] if given.dated_on else []
        parts += [given.source] if given.source else []
        words = ", ".join(parts)
        lines.append((stage.label, f"{words}. {given.note}" if given.note else f"{words}."))
    return lines


def civil_line(row: GradeRow) -> list[tuple[str, str]]:
    """The civil-servant grade with date and decision, where there is one."""
    civil = row.review.civil if row.review else None
    if civil is None or civil.grade is None:
        return []
    day = f", ngày {format_date(civil.dated_on)}" if civil.dated_on else ""
    return [("Nơi công tác xếp loại", f"{civil.grade.label}{day} {civil.decision}".strip() + ".")]


def row_glance(row: GradeRow, acts: Sequence[Act]) -> Glance:
    """The chosen row: what to look at twice, the five grades, what the rules would allow."""
    lines = [("Cần xem" if not number else "", note) for number, note in enumerate(row.notes)]
    lines += [("Không thuộc diện", row.why_not)] if row.why_not else []
    lines += stage_lines(row) + civil_line(row)
    if row.programme is not None:
        lines.append(("Theo quy định", row.programme.paragraph))
    return Glance(row.name, (), tuple(lines), tuple(acts))


def civil_words(table: GradeTable, today: date) -> str:
    """Whose office has not rated yet, and how long there is to send the extract of the pledge year."""
    missing, due = table.civil_missing(), table.civil_due
    names = ", ".join(row.name for row in missing[:3]) + (" …" if len(missing) > 3 else "")
    words = f"Còn {len(missing)} người chưa có mức xếp loại cán bộ, công chức, viên chức ({names})."
    if due is None:
        return words
    before = due.before(table.year)
    days = (before - today).days
    left = f"còn {days} ngày" if days > 0 else "đã tới hạn"
    return (
        f"{words} Nơi công tác xếp loại trước {format_date(before)} ({left}); "
        "gửi trích kết quả nêu gương cho người đứng đầu trước ngày đó."
    )
