"""A review on its way into the book: its own columns and its parts, row by row."""

from typing import Any

from sqlalchemy import Table, select

from app.db import tables
from app.db.transactions import WriteTransaction
from app.domain.review import FaultRemedy, GradeStage, PromptAnswer, Review, StageGrade
from app.domain.text import nfc
from app.domain.year_task import AssignedTask


def review_values(review: Review) -> dict[str, Any]:
    """The sheet's own columns; state and author are the caller's."""
    tasks, civil = review.tasks, review.civil
    return {
        "form": review.form,
        "subject_kind": review.subject_kind.value,
        "profile": review.profile,
        "dated_on": review.dated_on,
        "tasks_assigned": tasks.assigned,
        "tasks_done": tasks.done,
        "tasks_late": tasks.late,
        "tasks_beyond": tasks.beyond,
        "tasks_failed": tasks.failed,
        "civil_grade": civil.grade.value if civil.grade else "",
        "civil_grade_on": civil.dated_on,
        "civil_decision": nfc(civil.decision).strip(),
        "block_cases": " ".join(review.block_cases),
    }


def insert_review(tx: WriteTransaction, review: Review, entered_by: str | None) -> str:
    """Begin a review in the book: whose, of what period, under which rules; its parts come after."""
    key = review.key
    values = {
        "subject_id": key.subject_id,
        "member_id": key.member_id,
        "kind": key.kind.value,
        "period": key.period_text,
        "year": key.year,
        "rule_set": review.rule_set,
        "state": review.state.value,
        "entered_by": entered_by,
    }
    return tx.insert(tables.review, {**values, **review_values(review)})


def save_parts(tx: WriteTransaction, review_id: str, review: Review) -> None:
    """Bring the parts of a review to what is on the sheet."""
    sections = {
        section.key: {
            "text": nfc(section.text).strip(),
            "level": section.level.value if section.level else "",
            "proposed": section.proposed,
        }
        for section in review.sections
        if section.text.strip() or section.level
    }
    _save_keyed(tx, tables.review_section, review_id, "key", sections)
    scores = {}
    for score in review.scores:
        values = {
            "self_score": score.self_score,
            "appraised_score": score.appraised_score,
            "ground": nfc(score.ground).strip(),
            "appraised_ground": nfc(score.appraised_ground).strip(),
        }
        if any(value not in (None, "") for value in values.values()):
            scores[score.code] = values
    _save_keyed(tx, tables.review_score, review_id, "code", scores)
    faults = [
        {
            "fault": nfc(fault.fault).strip(),
            "status": fault.status.value if fault.status else "",
            "progress": nfc(fault.progress).strip(),
            "difficulty": nfc(fault.difficulty).strip(),
            "responsibility": nfc(fault.responsibility).strip(),
        }
        for fault in review.faults
        if fault != FaultRemedy("")
    ]
    _save_keyed(tx, tables.review_fault, review_id, "position", dict(enumerate(faults, 1)))
    prompts = [
        {
            "point": nfc(prompt.point).strip(),
            "cause": nfc(prompt.cause).strip(),
            "responsibility": nfc(prompt.responsibility).strip(),
            "raised_id": prompt.raised_id,
        }
        for prompt in review.prompts
        if prompt != PromptAnswer("")
    ]
    _save_keyed(tx, tables.review_prompt, review_id, "position", dict(enumerate(prompts, 1)))
    tasks = [_task_values(task) for task in review.task_list if task.title.strip()]
    _save_keyed(tx, tables.review_task, review_id, "position", dict(enumerate(tasks, 1)))
    own_grade = next((given for given in review.grades if given.stage is GradeStage.SELF), None)
    if own_grade is not None:
        put_grade(tx, review_id, own_grade)
    else:
        table = tables.review_grade
        given = tx.rows(rows_of(table, review_id).where(table.c.stage == GradeStage.SELF.value))
        tx.delete_many(table, [row.id for row in given])


def _task_values(task: AssignedTask) -> dict[str, Any]:
    return {
        "title": nfc(task.title).strip(),
        "product": nfc(task.product).strip(),
        "assigned_on": task.assigned_on,
        "due_on": task.due_on,
        "done_on": task.done_on,
        "quality": task.quality.value if task.quality else "",
        "beyond": task.beyond,
        "beyond_ground": nfc(task.beyond_ground).strip(),
        "failed": task.failed,
        "not_applicable": nfc(task.not_applicable).strip(),
        "evidence": nfc(task.evidence).strip(),
        "max_points": task.max_points,
        "self_points": task.self_points,
    }


def rows_of(table: Table, review_id: str) -> Any:
    """The select of one part of a review."""
    return select(table).where(table.c.review_id == review_id)


def _save_keyed(
    tx: WriteTransaction, table: Table, review_id: str, key: str, wanted: dict[Any, dict[str, Any]]
) -> None:
    """Make the rows of one part exactly ``wanted``, by key; rows that stay the same are not touched."""
    rows = {getattr(row, key): row.id for row in tx.rows(rows_of(table, review_id))}
    tx.delete_many(table, [row_id for known, row_id in rows.items() if known not in wanted])
    tx.update_many(table, {rows[k]: values for k, values in wanted.items() if k in rows})
    fresh = [{"review_id": review_id, key: k, **values} for k, values in wanted.items() if k not in rows]
    tx.insert_many(table, fresh)


def put_section(tx: WriteTransaction, review_id: str, key: str, text: str) -> None:
    """Write one text of a review by itself; an empty one is taken away."""
    table = tables.review_section
    row = tx.first(rows_of(table, review_id).where(table.c.key == key))
    words = nfc(text).strip()
    if row is not None and words:
        tx.update(table, row.id, {"text": words})
    elif row is not None:
        tx.delete(table, row.id)
    elif words:
        tx.insert(table, {"review_id": review_id, "key": key, "text": words})


def put_grade(tx: WriteTransaction, review_id: str, given: StageGrade) -> None:
    """Write one of the five grades, in place of the one given before."""
    table = tables.review_grade
    row = tx.first(rows_of(table, review_id).where(table.c.stage == given.stage.value))
    values = {
        "grade": given.grade.value,
        "dated_on": given.dated_on,
        "source": nfc(given.source).strip(),
        "note": nfc(given.note).strip(),
    }
    if row is None:
        tx.insert(table, {"review_id": review_id, "stage": given.stage.value, **values})
    else:
        tx.update(table, row.id, values)
