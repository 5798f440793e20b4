"""Selects that build reviews with everything written in them."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Row, Select, Table, select

from app.db import tables
from app.db.tables import review
from app.db.transactions import ReadTransaction
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.review import (
    CivilGrade,
    FaultRemedy,
    GradeStage,
    ItemScore,
    PromptAnswer,
    RemedyStatus,
    Review,
    ReviewKey,
    ReviewState,
    SectionText,
    StageGrade,
    YearTasks,
)
from app.domain.rule_set import PeriodKind
from app.domain.year_task import AssignedTask, TaskQuality

T = TypeVar("T")


def review_of(tx: ReadTransaction, key: ReviewKey) -> Review | None:
    """One review, or nothing."""
    mine = (review.c.subject_id == key.subject_id, review.c.kind == key.kind.value)
    found = _reviews(tx, select(review).where(*mine, review.c.period == key.period_text))
    return found[0] if found else None


def reviews_of_year(tx: ReadTransaction, year: int, kind: PeriodKind = PeriodKind.YEAR) -> dict[str, Review]:
    """Everybody's review of a year, by member id; those of the collectives are not among them."""
    query = select(review).where(review.c.cell_id == tx.cell_id, review.c.year == year)
    query = query.where(review.c.member_id.is_not(None))
    return {found.key.subject_id: found for found in _reviews(tx, query.where(review.c.kind == kind.value))}


def collective_reviews(tx: ReadTransaction, year: int) -> dict[str, Review]:
    """The reviews of a year of the cell itself and of its committee, by subject id."""
    query = select(review).where(review.c.cell_id == tx.cell_id, review.c.year == year)
    query = query.where(review.c.member_id.is_(None), review.c.kind == PeriodKind.YEAR.value)
    return {found.key.subject_id: found for found in _reviews(tx, query)}


def period_reviews(tx: ReadTransaction, year: int) -> tuple[Review, ...]:
    """Every review of a year that is not about the whole year: quarters, terms, when needed."""
    query = select(review).where(review.c.cell_id == tx.cell_id, review.c.year == year)
    query = query.where(review.c.kind != PeriodKind.YEAR.value)
    return _reviews(tx, query.order_by(review.c.kind, review.c.period))


def reviews_of_subject(tx: ReadTransaction, subject_id: str) -> tuple[Review, ...]:
    """Every review of one subject: of all years, quarters and terms, the newest year first."""
    query = select(review).where(review.c.subject_id == subject_id)
    return _reviews(tx, query.order_by(review.c.year.desc(), review.c.kind, review.c.period))


def quarter_grades(tx: ReadTransaction, year: int) -> dict[str, tuple[Grade, ...]]:
    """The grades of a year's quarters by member id: of each quarter the decided one, else the proposed."""
    given = tables.review_grade
    weight = {GradeStage.PROPOSED.value: 0, GradeStage.DECIDED.value: 1}
    query = select(review.c.subject_id, review.c.period, given.c.stage, given.c.grade)
    query = query.join(given, given.c.review_id == review.c.id).where(
        review.c.cell_id == tx.cell_id,
        review.c.year == year,
        review.c.kind == PeriodKind.QUARTER.value,
        given.c.stage.in_(weight),
    )
    best = {
        (row.subject_id, row.period): Grade(row.grade)
        for row in sorted(tx.rows(query), key=lambda row: weight[row.stage])
    }
    found: dict[str, list[Grade]] = defaultdict(list)
    for (subject_id, _period), grade in sorted(best.items()):
        found[subject_id].append(grade)
    return {subject_id: tuple(grades) for subject_id, grades in found.items()}


def _reviews(tx: ReadTransaction, query: Select[Any]) -> tuple[Review, ...]:
    rows = tx.rows(query)
    if not rows:
        return ()
    ids = query.with_only_columns(review.c.id)

    def parts(table: Table, build: Callable[[Row[Any]], T], order: str) -> dict[str, tuple[T, ...]]:
        found: dict[str, list[T]] = defaultdict(list)
        for row in tx.rows(select(table).where(table.c.review_id.in_(ids)).order_by(table.c[order])):
            found[row.review_id].append(build(row))
        return {review_id: tuple(built) for review_id, built in found.items()}

    sections = parts(tables.review_section, _section, "key")
    scores = parts(tables.review_score, _score, "code")
    faults = parts(tables.review_fault, _fault, "position")
    prompts = parts(tables.review_prompt, _prompt, "position")
    grades = parts(tables.review_grade, _grade, "stage")
    task_lists = parts(tables.review_task, _task, "position")
    return tuple(
        Review(
            key=ReviewKey(row.subject_id, row.year, PeriodKind(row.kind), row.period),
            rule_set=row.rule_set,
            form=row.form,
            subject_kind=SubjectKind(row.subject_kind),
            profile=row.profile,
            state=ReviewState(row.state),
            dated_on=row.dated_on,
            sections=sections.get(row.id, ()),
            scores=scores.get(row.id, ()),
            faults=faults.get(row.id, ()),
            prompts=prompts.get(row.id, ()),
            tasks=_tasks(row),
            civil=_civil(row),
            grades=grades.get(row.id, ()),
            block_cases=tuple(row.block_cases.split()),
            entered_by=row.entered_by,
            id=row.id,
            version=row.version,
            task_list=task_lists.get(row.id, ()),
            notified_on=row.notified_on,
        )
        for row in rows
    )


def _tasks(row: Row[Any]) -> YearTasks:
    return YearTasks(row.tasks_assigned, row.tasks_done, row.tasks_late, row.tasks_beyond, row.tasks_failed)


def _civil(row: Row[Any]) -> CivilGrade:
    grade = Grade(row.civil_grade) if row.civil_grade else None
    return CivilGrade(grade, row.civil_grade_on, row.civil_decision)


def _section(row: Row[Any]) -> SectionText:
    return SectionText(row.key, row.text, FourLevel(row.level) if row.level else None, row.proposed)


def _score(row: Row[Any]) -> ItemScore:
    return ItemScore(row.code, row.self_score, row.appraised_score, row.ground, row.appraised_ground)


def _fault(row: Row[Any]) -> FaultRemedy:
    status = RemedyStatus(row.status) if row.status else None
    return FaultRemedy(row.fault, status, row.progress, row.difficulty, row.responsibility)


def _prompt(row: Row[Any]) -> PromptAnswer:
    return PromptAnswer(row.point, row.cause, row.responsibility, row.raised_id)


def _grade(row: Row[Any]) -> StageGrade:
    return StageGrade(GradeStage(row.stage), Grade(row.grade), row.dated_on, row.source, row.note)


def _task(row: Row[Any]) -> AssignedTask:
    return AssignedTask(
        title=row.title,
        product=row.product,
        assigned_on=row.assigned_on,
        due_on=row.due_on,
        done_on=row.done_on,
        quality=TaskQuality(row.quality) if row.quality else None,
        beyond=row.beyond,
        beyond_ground=row.beyond_ground,
        failed=row.failed,
        not_applicable=row.not_applicable,
        evidence=row.evidence,
        max_points=row.max_points,
        self_points=row.self_points,
    )
