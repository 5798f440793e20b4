"""Selects that build members from their record, posts, statuses and kinds."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from app.db.cell_tables import member, member_kind, member_post, member_status
from app.db.transactions import ReadTransaction
from app.domain.dates import BirthDate
from app.domain.grade import SubjectKind
from app.domain.member import CellRole, DatedStatus, Member, MemberDraft, Post, Sphere, StatusKind

RECORD_FIELDS = (
    "full_name",
    "given_name",
    "gender",
    "card_number",
    "file_number",
    "phone",
    "ethnicity",
    "occupation",
    "workplace",
    "residence",
    "admission_decision_on",
    "admitted_on",
    "confirmed_on",
    "note",
)


def members(tx: ReadTransaction, ids: Sequence[str] | None = None) -> tuple[Member, ...]:
    """Members in Vietnamese order (tên, họ, đệm): these ones, or all."""

    def chosen(query: Select[Any], column: Any) -> Sequence[Row[Any]]:
        return tx.rows(query if ids is None else query.where(column.in_(ids)))

    posts: dict[str, list[Post]] = defaultdict(list)
    for row in chosen(select(member_post).order_by(member_post.c.valid_from), member_post.c.member_id):
        posts[row.member_id].append(_post(row))
    statuses: dict[str, list[DatedStatus]] = defaultdict(list)
    for row in chosen(select(member_status).order_by(member_status.c.valid_from), member_status.c.member_id):
        statuses[row.member_id].append(status_from(row))
    kinds: dict[str, list[tuple[int, SubjectKind]]] = defaultdict(list)
    for row in chosen(select(member_kind).order_by(member_kind.c.year), member_kind.c.member_id):
        kinds[row.member_id].append((row.year, SubjectKind(row.kind)))
    rows = chosen(select(member).order_by(member.c.sort_key, member.c.id), member.c.id)
    return tuple(
        Member(
            row.id,
            row.version,
            record_from(row),
            row.sort_key,
            row.search_key,
            tuple(posts[row.id]),
            tuple(statuses[row.id]),
            tuple(kinds[row.id]),
        )
        for row in rows
    )


def has_secretary(tx: ReadTransaction, day: date) -> bool:
    """Whether anybody in the book is the cell's secretary on a day."""
    held = tx.rows(select(member_post).where(member_post.c.role == CellRole.SECRETARY.value))
    return any(_post(row).holds_on(day) for row in held)


def record_from(row: Row[Any]) -> MemberDraft:
    """The member's own record."""
    fields = {name: getattr(row, name) for name in RECORD_FIELDS}
    return MemberDraft(birth=BirthDate.from_iso(row.birth) if row.birth else None, **fields)


def status_from(row: Row[Any]) -> DatedStatus:
    """One dated status."""
    return DatedStatus(
        StatusKind(row.kind),
        row.valid_from,
        row.valid_to,
        row.detail,
        row.decision_ref,
        row.place,
        row.note,
        row.id,
    )


def _post(row: Row[Any]) -> Post:
    role = CellRole(row.role) if row.role else None
    return Post(Sphere(row.sphere), row.title, role, row.valid_from, row.valid_to, row.id)
