"""Party discipline of members: recorded with date, decision and content, put right, taken back."""

from typing import Any

from app.db import tables, year_end_queries
from app.domain.dates import format_date
from app.domain.discipline import Discipline
from app.domain.discipline_weight import discipline_words
from app.domain.errors import Problem, ValidationFailed
from app.domain.text import clean_line, nfc
from app.services.members import one_member
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


def list_disciplines(ws: Workspace, member_id: str) -> tuple[Discipline, ...]:
    """One member's disciplines, the latest first."""
    ws.must(Act.READ_DISCIPLINE)
    with ws.read() as tx:
        return year_end_queries.disciplines(tx, member_id)


def add_discipline(ws: Workspace, discipline: Discipline) -> str:
    """Record a decision on discipline (Điều lệ Đảng, Điều 35); returns its id."""
    ws.must(Act.ADD_DISCIPLINE)
    _check(ws, discipline)
    with ws.write(f"Ghi kỷ luật: {discipline_words(discipline)}", discipline.member_id) as tx:
        must_be_open(tx, discipline.decided_on.year)
        one_member(tx, discipline.member_id)
        values = {"member_id": discipline.member_id, **_values(discipline)}
        return tx.insert(tables.member_discipline, values)


def change_discipline(ws: Workspace, discipline: Discipline) -> None:
    """Put a recorded discipline right, for example say that the fault is remedied."""
    ws.must(Act.CHANGE_DISCIPLINE)
    _check(ws, discipline)
    with ws.write(f"Sửa kỷ luật: {discipline_words(discipline)}", discipline.member_id) as tx:
        stored = tx.get(tables.member_discipline, discipline.id, "kỷ luật")
        for day in (stored.decided_on, discipline.decided_on):
            must_be_open(tx, day.year)
        tx.update(tables.member_discipline, discipline.id, _values(discipline), version=discipline.version)


def remove_discipline(ws: Workspace, discipline: Discipline) -> None:
    """Take back a discipline recorded by mistake; the history keeps it."""
    ws.must(Act.REMOVE_DISCIPLINE)
    with ws.write(f"Bỏ kỷ luật ghi nhầm: {discipline_words(discipline)}", discipline.member_id) as tx:
        stored = tx.get(tables.member_discipline, discipline.id, "kỷ luật")
        must_be_open(tx, stored.decided_on.year)
        tx.delete(tables.member_discipline, discipline.id)


def _check(ws: Workspace, discipline: Discipline) -> None:
    problems = []
    if discipline.decided_on > ws.today():
        day = format_date(discipline.decided_on)
        problems.append(Problem("decided_on", f"Ngày quyết định {day} chưa tới."))
    if discipline.arose_year is not None and discipline.arose_year > discipline.decided_on.year:
        problems.append(Problem("arose_year", "Năm xảy ra vi phạm sau năm quyết định kỷ luật."))
    if problems:
        raise ValidationFailed(tuple(problems))


def _values(discipline: Discipline) -> dict[str, Any]:
    return {
        "form": discipline.form.value,
        "decided_on": discipline.decided_on,
        "decision_ref": clean_line(discipline.decision_ref),
        "content": nfc(discipline.content).strip(),
        "duty_related": discipline.duty_related.value,
        "arose_at": discipline.arose_at.value,
        "arose_year": discipline.arose_year,
        "remedied": discipline.remedied,
    }
