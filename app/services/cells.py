"""The cell's settings and its dated names."""

from datetime import date

from sqlalchemy import select

from app.db import cell_tables
from app.db.transactions import ReadTransaction
from app.domain.cell import Cell, CellKind, CellName, LevelScale, cleaned_name, problems_in_name
from app.domain.errors import Problem, ValidationFailed
from app.services.workspace import Act, Workspace


def get_cell(ws: Workspace) -> Cell:
    """The cell with every version of its name, newest first."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        return cell_in(tx)


def cell_in(tx: ReadTransaction) -> Cell:
    """The cell inside a transaction."""
    row = tx.get(cell_tables.cell, tx.cell_id, "chi bộ")
    names = [
        CellName(n.upper, n.own, n.place, n.has_seal, n.valid_from, n.valid_to, n.id)
        for n in tx.rows(select(cell_tables.cell_name))
    ]
    made = tx.first(select(cell_tables.action.c.at).order_by(cell_tables.action.c.seq).limit(1))
    names.sort(key=lambda name: name.valid_from or date.min, reverse=True)
    return Cell(
        row.id,
        CellKind(row.kind),
        row.due_day,
        LevelScale(row.level_scale),
        row.content_set,
        row.first_year,
        row.is_sample,
        tuple(names),
        row.version,
        date.fromisoformat(made.at[:10]) if made is not None else None,
    )


def save_settings(
    ws: Workspace, due_day: int, level_scale: LevelScale, content_set: str, version: int
) -> None:
    """Save what the cell decides for itself: due day of months, scale of levels, usual content set."""
    ws.must(Act.CHANGE_SETTINGS)
    if not 1 <= due_day <= 28:
        raise ValidationFailed((Problem("due_day", "Ngày hạn gửi hằng tháng từ 1 đến 28."),))
    values = {"due_day": due_day, "level_scale": level_scale.value, "content_set": content_set}
    with ws.write("Sửa thiết lập của chi bộ") as tx:
        tx.update(cell_tables.cell, tx.cell_id, values, version=version)


def save_name(ws: Workspace, name: CellName) -> str:
    """Add or correct a dated version of the cell's name; papers of earlier dates keep the earlier one."""
    ws.must(Act.CHANGE_NAME)
    name = cleaned_name(name)
    if problems := problems_in_name(name):
        raise ValidationFailed(problems)
    values = {
        "upper": name.upper,
        "own": name.own,
        "place": name.place,
        "has_seal": name.has_seal,
        "valid_from": name.valid_from,
        "valid_to": name.valid_to,
    }
    with ws.write(f"Ghi tên chi bộ: {name.own}") as tx:
        if not name.id:
            return tx.insert(cell_tables.cell_name, values)
        tx.update(cell_tables.cell_name, name.id, values)
        return name.id


def closed_years(ws: Workspace) -> frozenset[int]:
    """The years that are locked: read and printed, not changed."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        return closed_years_in(tx)


def closed_years_in(tx: ReadTransaction) -> frozenset[int]:
    """The locked years inside a transaction."""
    rows = tx.rows(
        select(cell_tables.year_state.c.year).where(cell_tables.year_state.c.closed_on.is_not(None))
    )
    return frozenset(row.year for row in rows)
