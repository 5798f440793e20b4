"""A meeting on its way into the book: its own columns, attendance, notes, rounds of votes with counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select

from app.db import tables
from app.db.transactions import WriteTransaction
from app.domain.meeting import Attendance, Meeting, MeetingNote, Presence
from app.domain.meeting_checks import clock_time
from app.domain.text import clean_line, nfc
from app.domain.voting import Answer, VoteCount, VoteRound

_LINES = ("place", "from_above")
_TEXTS = ("purpose", "report", "discussion", "praise", "reminders", "tasks", "conclusion")


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """The meeting's own columns."""
    values: dict[str, Any] = {name: clean_line(getattr(meeting, name)) for name in _LINES}
    values |= {name: nfc(getattr(meeting, name)).strip() for name in _TEXTS}
    return values | {
        "kind": meeting.kind.value,
        "year": meeting.year,
        "month": meeting.month,
        "held_on": meeting.held_on,
        "started_at": clock_time(meeting.started_at) or "",
        "ended_at": clock_time(meeting.ended_at) or "",
        "chair_id": meeting.chair_id,
        "minutes_by": meeting.minutes_by,
        "majority_base": meeting.majority_base.value if meeting.majority_base else "",
        "rounds": meeting.rounds,
        "secret": meeting.secret,
        "recuse_self": meeting.recuse_self,
    }


def save_meeting_parts(tx: WriteTransaction, meeting_id: str, meeting: Meeting) -> bool:
    """Make attendance and notes exactly what is on the page; says whether anything changed."""
    lines = {line.member_id: _line_values(line) for line in meeting.attendance}
    notes = {
        note.subject_id: _note_values(note) for note in meeting.notes if note != MeetingNote(note.subject_id)
    }
    changed = _save_keyed(tx, tables.attendance, ("meeting_id", meeting_id), "member_id", lines)
    return _save_keyed(tx, tables.meeting_note, ("meeting_id", meeting_id), "subject_id", notes) or changed


def _line_values(line: Attendance) -> dict[str, Any]:
    is_away = line.presence in (Presence.EXCUSED, Presence.ABSENT)
    return {
        "standing": line.standing.value,
        "presence": line.presence.value,
        "reason": clean_line(line.reason) if is_away else "",
        "teller": line.teller.value,
    }


def _note_values(note: MeetingNote) -> dict[str, Any]:
    return {
        name: nfc(getattr(note, name)).strip() for name in ("summary", "opinions", "accepted", "conclusion")
    }


def round_values(votes: VoteRound) -> dict[str, Any]:
    """A round's own columns, but for which meeting and which number it is."""
    return {
        "kind": votes.kind.value,
        "note": nfc(votes.note).strip(),
        "issued": votes.issued,
        "returned": votes.returned,
        "valid": votes.valid,
        "invalid": votes.invalid,
        "counted_on": votes.counted_on,
    }


def save_counts(tx: WriteTransaction, round_id: str, counts: Sequence[VoteCount]) -> bool:
    """Make a round's rows exactly these, in this order; says whether anything changed."""
    wanted = {
        count.subject_id: {"position": place, **{answer.value: count.of(answer) for answer in Answer}}
        for place, count in enumerate(counts, 1)
    }
    return _save_keyed(tx, tables.vote_count, ("round_id", round_id), "subject_id", wanted)


def restore_rounds(tx: WriteTransaction, meeting_id: str, rounds: Sequence[VoteRound]) -> None:
    """Make a meeting's rounds exactly these: none of those in the book stays."""
    table = tables.vote_round
    for row in tx.rows(select(table.c.id).where(table.c.meeting_id == meeting_id)):
        save_counts(tx, row.id, ())
        tx.delete(table, row.id)
    for votes in rounds:
        values = {**round_values(votes), "id": votes.id, "meeting_id": meeting_id, "number": votes.number}
        tx.insert(table, values)
        save_counts(tx, votes.id, votes.counts)


def _save_keyed(
    tx: WriteTransaction,
    table: Table,
    owner: tuple[str, str],
    key: str,
    wanted: Mapping[str, Mapping[str, Any]],
) -> bool:
    """Make the rows of one part exactly ``wanted``, by key; rows that stay the same are not touched."""
    column, owner_id = owner
    found = tx.rows(select(table).where(table.c[column] == owner_id))
    rows = {getattr(row, key): row.id for row in found}
    gone = [row_id for known, row_id in rows.items() if known not in wanted]
    tx.delete_many(table, gone)
    changed = tx.update_many(table, {rows[k]: values for k, values in wanted.items() if k in rows})
    fresh = [{column: owner_id, key: k, **values} for k, values in wanted.items() if k not in rows]
    tx.insert_many(table, fresh)
    return bool(gone or changed or fresh)
