"""Selects that build meetings with their attendance and notes, and the rounds of votes."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Row, Select, Table, func, select

from app.db import tables
from app.db.transactions import ReadTransaction
from app.domain.meeting import (
    Attendance,
    Meeting,
    MeetingKind,
    MeetingNote,
    Presence,
    Standing,
    TellerPost,
)
from app.domain.rule_set import MajorityBase
from app.domain.voting import RoundKind, VoteCount, VoteRound

T = TypeVar("T")


def meetings_of_year(tx: ReadTransaction, year: int) -> tuple[Meeting, ...]:
    """Every meeting of a year, the earliest first."""
    table = tables.meeting
    query = select(table).where(table.c.cell_id == tx.cell_id, table.c.year == year)
    return _meetings(tx, query.order_by(table.c.held_on, table.c.month, table.c.id))


def meeting_by_id(tx: ReadTransaction, meeting_id: str) -> Meeting | None:
    """One meeting, or nothing."""
    found = _meetings(tx, select(tables.meeting).where(tables.meeting.c.id == meeting_id))
    return found[0] if found else None


def review_meeting(tx: ReadTransaction, year: int) -> Meeting | None:
    """The meeting that reviewed a year; of several the last."""
    held = [one for one in meetings_of_year(tx, year) if one.kind is MeetingKind.REVIEW]
    return held[-1] if held else None


def rounds_of_meeting(tx: ReadTransaction, meeting_id: str) -> tuple[VoteRound, ...]:
    """Every round of votes of a meeting with its counts, in order."""
    table = tables.vote_round
    rows = tx.rows(select(table).where(table.c.meeting_id == meeting_id).order_by(table.c.number))
    query = select(tables.vote_count).where(tables.vote_count.c.round_id.in_([row.id for row in rows]))
    counts: dict[str, list[VoteCount]] = defaultdict(list)
    for row in tx.rows(query.order_by(tables.vote_count.c.position)) if rows else ():
        counts[row.round_id].append(_count(row))
    return tuple(
        VoteRound(
            meeting_id=row.meeting_id,
            number=row.number,
            kind=RoundKind(row.kind),
            note=row.note,
            issued=row.issued,
            returned=row.returned,
            valid=row.valid,
            invalid=row.invalid,
            counted_on=row.counted_on,
            counts=tuple(counts[row.id]),
            id=row.id,
            version=row.version,
        )
        for row in rows
    )


def rounds_per_meeting(tx: ReadTransaction) -> dict[str, int]:
    """How many rounds of votes each meeting has; meetings without any are left out."""
    table = tables.vote_round
    query = select(table.c.meeting_id, func.count().label("rounds")).where(table.c.cell_id == tx.cell_id)
    return {row.meeting_id: row.rounds for row in tx.rows(query.group_by(table.c.meeting_id))}


def _count(row: Row[Any]) -> VoteCount:
    return VoteCount(
        row.subject_id,
        row.excellent,
        row.good,
        row.satisfactory,
        row.unsatisfactory,
        row.agree,
        row.disagree,
        row.blank,
    )


def _meetings(tx: ReadTransaction, query: Select[Any]) -> tuple[Meeting, ...]:
    rows = tx.rows(query)
    if not rows:
        return ()
    ids = [row.id for row in rows]

    def parts(table: Table, build: Callable[[Row[Any]], T]) -> dict[str, tuple[T, ...]]:
        found: dict[str, list[T]] = defaultdict(list)
        for row in tx.rows(select(table).where(table.c.meeting_id.in_(ids))):
            found[row.meeting_id].append(build(row))
        return {meeting_id: tuple(built) for meeting_id, built in found.items()}

    lines = parts(tables.attendance, _attendance)
    notes = parts(tables.meeting_note, _note)
    return tuple(_meeting(row, lines.get(row.id, ()), notes.get(row.id, ())) for row in rows)


def _attendance(row: Row[Any]) -> Attendance:
    return Attendance(
        row.member_id, Standing(row.standing), Presence(row.presence), row.reason, TellerPost(row.teller)
    )


def _note(row: Row[Any]) -> MeetingNote:
    return MeetingNote(row.subject_id, row.summary, row.opinions, row.accepted, row.conclusion)


def _meeting(row: Row[Any], lines: tuple[Attendance, ...], notes: tuple[MeetingNote, ...]) -> Meeting:
    return Meeting(
        kind=MeetingKind(row.kind),
        year=row.year,
        month=row.month,
        held_on=row.held_on,
        started_at=row.started_at,
        ended_at=row.ended_at,
        place=row.place,
        chair_id=row.chair_id,
        minutes_by=row.minutes_by,
        from_above=row.from_above,
        purpose=row.purpose,
        report=row.report,
        discussion=row.discussion,
        praise=row.praise,
        reminders=row.reminders,
        tasks=row.tasks,
        conclusion=row.conclusion,
        majority_base=MajorityBase(row.majority_base) if row.majority_base else None,
        rounds=row.rounds,
        secret=row.secret,
        recuse_self=row.recuse_self,
        attendance=lines,
        notes=notes,
        id=row.id,
        version=row.version,
    )
