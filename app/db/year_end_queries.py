"""Selects of the year-end: who is reviewed, opinions, points raised, discipline, decisions, closings."""

from datetime import date
from typing import Any

from sqlalchemy import Row, Select, Table, select

from app.db import tables
from app.db.transactions import ReadTransaction
from app.domain.decision import Complaint, Rerating
from app.domain.discipline import AroseAt, Discipline, DisciplineForm, DutyRelated
from app.domain.eligibility import Duty, YearMember
from app.domain.grade import Grade
from app.domain.issued_document import CellTerm, IssuedDocument
from app.domain.meeting import MeetingKind
from app.domain.opinion import Opinion, OpinionKind, RaisedPoint
from app.domain.rule_set import CapBase, CapRounding, PeriodKind
from app.domain.year_closing import YearClosing
from app.domain.year_end_setting import YearEndSetting


def _of_year(tx: ReadTransaction, table: Table, year: int) -> Select[Any]:
    return select(table).where(table.c.cell_id == tx.cell_id, table.c.year == year)


def year_members(tx: ReadTransaction, year: int) -> dict[str, YearMember]:
    """What was decided of members for a year, by member id; most have nothing."""
    return {row.member_id: _year_member(row) for row in tx.rows(_of_year(tx, tables.year_member, year))}


def review_meeting_day(tx: ReadTransaction, year: int) -> date | None:
    """The day of the year's review meeting, of several the last; None while none is recorded."""
    meeting = tables.meeting
    query = select(meeting.c.held_on).where(
        meeting.c.cell_id == tx.cell_id,
        meeting.c.year == year,
        meeting.c.kind == MeetingKind.REVIEW.value,
        meeting.c.held_on.is_not(None),
    )
    row = tx.first(query.order_by(meeting.c.held_on.desc()).limit(1))
    return row.held_on if row else None


def reviewed_members(tx: ReadTransaction, year: int) -> frozenset[str]:
    """The ids of members who have a review of a year."""
    review = tables.review
    query = select(review.c.member_id).where(
        review.c.cell_id == tx.cell_id,
        review.c.year == year,
        review.c.kind == PeriodKind.YEAR.value,
        review.c.member_id.is_not(None),
    )
    return frozenset(row.member_id for row in tx.rows(query))


def year_end_setting(tx: ReadTransaction, year: int) -> YearEndSetting:
    """How a year-end is settled; all as the rules say when nothing was."""
    row = tx.first(_of_year(tx, tables.year_end, year))
    if row is None:
        return YearEndSetting(year)
    return YearEndSetting(
        year,
        row.cap_percent,
        CapBase(row.cap_base) if row.cap_base else None,
        CapRounding(row.cap_rounding) if row.cap_rounding else None,
        row.cap_excludes_head,
        row.cap_ground,
        row.draft_sent_on,
        row.id,
        row.version,
    )


def opinions(tx: ReadTransaction, year: int) -> tuple[Opinion, ...]:
    """Every opinion of a year, by member and kind."""
    table = tables.opinion
    query = _of_year(tx, table, year).order_by(table.c.member_id, table.c.kind, table.c.id)
    return tuple(_opinion(row) for row in tx.rows(query))


def raised_points(tx: ReadTransaction, year: int) -> tuple[RaisedPoint, ...]:
    """Every point raised from above for a year, in order."""
    table = tables.raised_point
    query = _of_year(tx, table, year).order_by(table.c.subject_id, table.c.position)
    return tuple(
        RaisedPoint(
            row.subject_id,
            row.year,
            row.position,
            row.document,
            row.document_on,
            row.point,
            row.ground,
            row.demand,
            row.due_on,
            row.id,
            row.version,
        )
        for row in tx.rows(query)
    )


def disciplines(tx: ReadTransaction, member_id: str | None = None) -> tuple[Discipline, ...]:
    """Decisions on discipline of one member or of all, the latest first."""
    table = tables.member_discipline
    query = select(table).where(table.c.cell_id == tx.cell_id).order_by(table.c.decided_on.desc())
    if member_id is not None:
        query = query.where(table.c.member_id == member_id)
    return tuple(_discipline(row) for row in tx.rows(query))


def reratings(tx: ReadTransaction, year: int) -> tuple[Rerating, ...]:
    """Every grade of a year changed after it was published, the earliest first."""
    table, review = tables.rerating, tables.review
    query = select(table).join(review, review.c.id == table.c.review_id).where(review.c.year == year)
    return tuple(
        Rerating(
            row.review_id,
            Grade(row.old_grade),
            Grade(row.new_grade) if row.new_grade else None,
            row.decision,
            row.decided_on,
            row.reason,
            row.old_decision,
            row.id,
        )
        for row in tx.rows(query.order_by(table.c.decided_on))
    )


def complaints(tx: ReadTransaction, year: int) -> tuple[Complaint, ...]:
    """Every complaint about a grade of a year."""
    table, review = tables.complaint, tables.review
    query = select(table).join(review, review.c.id == table.c.review_id).where(review.c.year == year)
    return tuple(
        Complaint(
            row.review_id,
            row.received_on,
            row.content,
            row.answered_on,
            row.answer,
            row.id,
            row.version,
        )
        for row in tx.rows(query.order_by(table.c.received_on))
    )


def closings(tx: ReadTransaction, year: int | None = None) -> tuple[YearClosing, ...]:
    """Every locking of a year (or of all years), the earliest first."""
    table = tables.year_closing
    query = select(table).where(table.c.cell_id == tx.cell_id).order_by(table.c.year, table.c.closed_at)
    if year is not None:
        query = query.where(table.c.year == year)
    return tuple(
        YearClosing(
            row.year,
            row.closed_at,
            row.closed_by,
            row.digest,
            row.open_items,
            row.reopened_at or "",
            row.reopened_by,
            row.reopen_reason,
            row.id,
        )
        for row in tx.rows(query)
    )


def terms(tx: ReadTransaction) -> tuple[CellTerm, ...]:
    """The cell's terms, the latest first."""
    table = tables.cell_term
    query = select(table).where(table.c.cell_id == tx.cell_id).order_by(table.c.valid_from.desc())
    return tuple(
        CellTerm(row.name, row.valid_from, row.valid_to, row.id, row.version) for row in tx.rows(query)
    )


def issued_documents(tx: ReadTransaction, year: int | None = None) -> tuple[IssuedDocument, ...]:
    """The numbers given to documents of a year, or to all, by type and number."""
    table = tables.issued_document
    query = select(table).where(table.c.cell_id == tx.cell_id).order_by(table.c.symbol, table.c.number)
    if year is not None:
        query = query.where(table.c.year == year)
    return tuple(
        IssuedDocument(
            row.symbol,
            row.term_id,
            row.number,
            row.dated_on,
            row.year,
            row.paper,
            row.title,
            row.id,
            row.version,
        )
        for row in tx.rows(query)
    )


def _year_member(row: Row[Any]) -> YearMember:
    duty = Duty(row.duty) if row.duty else None
    return YearMember(
        row.member_id, row.year, duty, row.duty_reason, row.duty_on, row.cap_group, row.id, row.version
    )


def _opinion(row: Row[Any]) -> Opinion:
    return Opinion(
        row.member_id,
        row.year,
        OpinionKind(row.kind),
        row.from_whom,
        row.requested_on,
        row.due_on,
        row.received_on,
        row.content,
        row.level,
        row.not_needed,
        row.id,
        row.version,
    )


def _discipline(row: Row[Any]) -> Discipline:
    return Discipline(
        row.member_id,
        DisciplineForm(row.form),
        row.decided_on,
        row.decision_ref,
        row.content,
        DutyRelated(row.duty_related),
        AroseAt(row.arose_at),
        row.arose_year,
        row.remedied,
        row.id,
        row.version,
    )
