"""Points raised from above to members, the cell or its committee: recorded with their deadline, edited."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.db import member_queries, review_queries, tables, year_end_queries
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.errors import ValidationFailed
from app.domain.opinion import RaisedPoint
from app.domain.permissions import Reader
from app.domain.raised_points import problems_in_raised_point, unanswered_points
from app.domain.record_states import reads_review
from app.domain.review import COLLECTIVES, ReviewKey
from app.domain.text import clean_line, nfc
from app.services.cells import closed_years_in
from app.services.members import one_member
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class RaisedPointRow:
    """One point with whom it was raised to and whether the review answers it.

    ``is_answered`` None: the answer is in a sheet its member has not handed in, nobody else reads it.
    """

    point: RaisedPoint
    subject: str
    is_answered: bool | None

    @property
    def id(self) -> str:
        """The point's id: one line per point."""
        return self.point.id


@dataclass(frozen=True, slots=True)
class RaisedPointList:
    """The points of a year. ``subjects`` are whom a point may be raised to: id and name."""

    year: int
    rows: tuple[RaisedPointRow, ...]
    subjects: tuple[tuple[str, str], ...]
    today: date
    is_closed: bool


def list_raised_points(ws: Workspace, year: int) -> RaisedPointList:
    """The points raised for a year, by subject, with what is answered."""
    ws.must(Act.READ_RAISED_POINTS)
    with ws.read() as tx:
        members = member_queries.members(tx)
        names = {**COLLECTIVES, **{member.id: member.name for member in members}}
        subjects = [(member.id, member.name) for member in members if member.was_here_in(year)]
        rows = tuple(
            RaisedPointRow(point, names.get(point.subject_id, ""), _is_answered(tx, point, ws.actor.reader))
            for point in year_end_queries.raised_points(tx, year)
        )
        order = {subject_id: number for number, subject_id in enumerate(names)}
        return RaisedPointList(
            year,
            tuple(sorted(rows, key=lambda row: (order.get(row.point.subject_id, 0), row.point.position))),
            (*COLLECTIVES.items(), *subjects),
            ws.today(),
            year in closed_years_in(tx),
        )


def _is_answered(tx: ReadTransaction, point: RaisedPoint, reader: Reader) -> bool | None:
    review = review_queries.review_of(tx, ReviewKey(point.subject_id, point.year))
    if review is None:
        return False
    if not reads_review(reader, review):
        return None
    mine = tuple(row for row in review.prompts if row.raised_id == point.id)
    return bool(mine) and not unanswered_points(replace(review, prompts=mine))


def save_raised_point(ws: Workspace, point: RaisedPoint) -> str:
    """Keep a point raised from above, new or put right; it becomes a row of the subject's part IV."""
    ws.must(Act.RAISE_POINT)
    point = _cleaned(point)
    if problems := problems_in_raised_point(point):
        raise ValidationFailed(problems)
    act = "Sửa" if point.id else "Ghi"
    is_member = point.subject_id not in COLLECTIVES
    with ws.write(f"{act} gợi ý kiểm điểm năm {point.year}", point.subject_id if is_member else None) as tx:
        must_be_open(tx, point.year)
        if is_member:
            one_member(tx, point.subject_id)
        if point.id:
            must_be_open(tx, tx.get(tables.raised_point, point.id, "gợi ý kiểm điểm").year)
            tx.update(tables.raised_point, point.id, _values(point), version=point.version)
            return point.id
        position = point.position or _next_position(tx, point)
        fixed = {"subject_id": point.subject_id, "year": point.year, "position": position}
        return tx.insert(tables.raised_point, {**fixed, **_values(point)})


def _next_position(tx: WriteTransaction, point: RaisedPoint) -> int:
    table = tables.raised_point
    query = select(func.max(table.c.position).label("last")).where(
        table.c.cell_id == tx.cell_id, table.c.year == point.year, table.c.subject_id == point.subject_id
    )
    row = tx.first(query)
    return (row.last or 0) + 1 if row else 1


def remove_raised_point(ws: Workspace, point_id: str, year: int) -> None:
    """Take back a point recorded by mistake; an answer already written to it stays in the sheet."""
    ws.must(Act.REMOVE_POINT)
    with ws.write(f"Bỏ gợi ý kiểm điểm năm {year} ghi nhầm") as tx:
        must_be_open(tx, tx.get(tables.raised_point, point_id, "gợi ý kiểm điểm").year)
        tx.delete(tables.raised_point, point_id)


def bring_back_raised_point(ws: Workspace, point: RaisedPoint) -> None:
    """Undo taking a point back: the same point under its own id, so that answers find it again."""
    ws.must(Act.RAISE_POINT)
    fixed = {"id": point.id, "subject_id": point.subject_id, "year": point.year, "position": point.position}
    with ws.write(f"Ghi lại gợi ý kiểm điểm năm {point.year}") as tx:
        must_be_open(tx, point.year)
        tx.insert(tables.raised_point, {**fixed, **_values(point)})


def _cleaned(point: RaisedPoint) -> RaisedPoint:
    return replace(
        point,
        document=clean_line(point.document),
        point=nfc(point.point).strip(),
        ground=nfc(point.ground).strip(),
        demand=nfc(point.demand).strip(),
    )


def _values(point: RaisedPoint) -> dict[str, Any]:
    names = ("document", "document_on", "point", "ground", "demand", "due_on")
    return {name: getattr(point, name) for name in names}
