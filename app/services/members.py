"""Members of the cell: list, add, edit, dated posts and statuses, leaving and coming back, sitting down."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.db import cell_tables, member_queries
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.dates import format_date
from app.domain.errors import NotAllowed, NotFound, Problem, ValidationFailed
from app.domain.grade import SubjectKind
from app.domain.member import (
    DatedStatus,
    Member,
    MemberDraft,
    Post,
    StatusKind,
    problems_in_member,
    problems_in_status,
)
from app.domain.text import clean_line, fold, nfc, sort_key
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open

_LONG_FIELDS = {"note"}


def list_members(ws: Workspace) -> tuple[Member, ...]:
    """Every member of the book, also those who left, in Vietnamese order; a member sees only themself."""
    sees_all, own_id = ws.may(Act.LIST_MEMBERS), ws.actor.member_id or ""
    if not sees_all:
        ws.must(Act.READ_MEMBER, own_id)
    with ws.read() as tx:
        return member_queries.members(tx, None if sees_all else [own_id])


def get_member(ws: Workspace, member_id: str) -> Member:
    """One member with everything dated."""
    ws.must(Act.READ_MEMBER, member_id)
    with ws.read() as tx:
        return one_member(tx, member_id)


def one_member(tx: ReadTransaction, member_id: str) -> Member:
    """One member inside a transaction."""
    found = member_queries.members(tx, [member_id])
    if not found:
        raise NotFound("Không còn đảng viên này trong sổ. Xin mở lại danh sách.")
    return found[0]


def save_member(
    ws: Workspace,
    draft: MemberDraft,
    member_id: str | None = None,
    version: int | None = None,
    *,
    alike: bool = False,
) -> str:
    """Add a member, or save changes to one; returns the id.

    Two members with one card number are refused; two with one name and birth date only when ``alike``
    does not say that they really are two people.
    """
    ws.must(Act.KEEP_MEMBER)
    draft = cleaned(draft)
    problems = list(problems_in_member(draft, ws.today()))
    act = "Sửa hồ sơ" if member_id else "Thêm đảng viên"
    with ws.write(f"{act} {draft.full_name}") as tx:
        problems += _collisions(tx, draft, member_id, alike=alike)
        if problems:
            raise ValidationFailed(tuple(problems))
        if member_id is None:
            return tx.insert(cell_tables.member, member_values(draft))
        tx.update(cell_tables.member, member_id, member_values(draft), version=version)
        return member_id


def cleaned(draft: MemberDraft) -> MemberDraft:
    """A draft with every text as it is kept: NFC, single spaces; only notes keep their lines."""
    texts: dict[str, Any] = {
        name: nfc(value).strip() if name in _LONG_FIELDS else clean_line(value)
        for name, value in asdict(draft).items()
        if isinstance(value, str)
    }
    texts["card_number"] = texts["card_number"].replace(" ", "")
    return replace(draft, **texts)


def member_values(draft: MemberDraft) -> dict[str, Any]:
    """The columns of a member's record, with the keys for sorting and searching."""
    values: dict[str, Any] = {name: getattr(draft, name) for name in member_queries.RECORD_FIELDS}
    values["birth"] = draft.birth.iso if draft.birth else ""
    values["sort_key"] = sort_key(draft.full_name, draft.given_name or None)
    values["search_key"] = fold(draft.full_name)
    return values


def _collisions(
    tx: WriteTransaction, draft: MemberDraft, member_id: str | None, *, alike: bool
) -> list[Problem]:
    known = cell_tables.member.c
    same_card = (known.card_number == draft.card_number) & (known.card_number != "")
    same_name = known.search_key == fold(draft.full_name)
    others = tx.rows(select(cell_tables.member).where(same_name | same_card))
    found = []
    for other in others:
        if other.id == member_id:
            continue
        if draft.card_number and other.card_number == draft.card_number:
            found.append(
                Problem("card_number", f"Số thẻ này đã ghi cho {other.full_name}. Xin xem lại số thẻ.")
            )
        elif not alike and draft.birth and other.birth == draft.birth.iso:
            message = f"Trong sổ đã có {other.full_name}, sinh {draft.birth}. Có đúng là hai người khác nhau?"
            found.append(Problem("alike", message))
    return found


def add_status(ws: Workspace, member_id: str, status: DatedStatus) -> str:
    """Record something dated of a member: exemption, suspension, temporary transfer, move, leaving."""
    ws.must(Act.ADD_STATUS)
    if problems := problems_in_status(status):
        raise ValidationFailed(problems)
    with ws.write(f"Ghi tình trạng: {status.sentence()}") as tx:
        one_member(tx, member_id)
        return tx.insert(cell_tables.member_status, {"member_id": member_id, **status_values(status)})


def change_status(ws: Workspace, status: DatedStatus) -> None:
    """Correct a dated status, for example give it its end."""
    ws.must(Act.CHANGE_STATUS)
    if problems := problems_in_status(status):
        raise ValidationFailed(problems)
    with ws.write(f"Sửa tình trạng: {status.sentence()}") as tx:
        tx.update(cell_tables.member_status, status.id, status_values(status))


def remove_status(ws: Workspace, status_id: str) -> None:
    """Take back a status recorded by mistake; the history keeps it."""
    ws.must(Act.REMOVE_STATUS)
    with ws.write("Bỏ một tình trạng ghi nhầm") as tx:
        tx.delete(cell_tables.member_status, status_id)


def return_member(ws: Workspace, member_id: str, returned_on: DatedStatus) -> None:
    """A member who left comes back: the leaving ends the day before, coming back is recorded."""
    ws.must(Act.RETURN_MEMBER)
    if returned_on.valid_from is None:
        raise ValidationFailed((Problem("valid_from", "Chưa ghi ngày trở lại chi bộ."),))
    with ws.write("Ghi đảng viên trở lại chi bộ", member_id) as tx:
        member = one_member(tx, member_id)
        leaving = next((s for s in member.statuses if s.kind is StatusKind.LEFT and s.valid_to is None), None)
        if leaving is None:
            raise NotAllowed(f"{member.name} chưa rời chi bộ nên không phải ghi trở lại.")
        if leaving.valid_from and returned_on.valid_from <= leaving.valid_from:
            message = f"Ngày trở lại phải sau ngày rời {format_date(leaving.valid_from)}."
            raise ValidationFailed((Problem("valid_from", message),))
        end = returned_on.valid_from - timedelta(days=1)
        tx.update(cell_tables.member_status, leaving.id, {"valid_to": end})
        tx.insert(cell_tables.member_status, {"member_id": member_id, **status_values(returned_on)})


def status_values(status: DatedStatus) -> dict[str, Any]:
    """The columns of a dated status."""
    return {
        "kind": status.kind.value,
        "detail": status.detail,
        "valid_from": status.valid_from,
        "valid_to": status.valid_to,
        "decision_ref": clean_line(status.decision_ref),
        "place": clean_line(status.place),
        "note": clean_line(status.note),
    }


def save_posts(ws: Workspace, member_id: str, posts: Sequence[Post]) -> None:
    """Save the member's posts of the three spheres; posts left out are removed."""
    ws.must(Act.KEEP_POSTS)
    for post in posts:
        if not post.title.strip() and post.role is None:
            raise ValidationFailed((Problem("title", "Chưa ghi tên chức vụ."),))
        if post.valid_from and post.valid_to and post.valid_to < post.valid_from:
            raise ValidationFailed((Problem("valid_to", "Thôi chức vụ sớm hơn ngày nhận chức vụ."),))
    with ws.write("Ghi chức vụ", member_id) as tx:
        member = one_member(tx, member_id)
        kept = {post.id for post in posts if post.id}
        if not kept <= {post.id for post in member.posts}:
            raise NotFound("Một chức vụ vừa được bỏ ở chỗ khác. Xin mở lại trang hồ sơ.")
        tx.delete_many(cell_tables.member_post, [post.id for post in member.posts if post.id not in kept])
        tx.update_many(cell_tables.member_post, {post.id: post_values(post) for post in posts if post.id})
        fresh = [{"member_id": member_id, **post_values(post)} for post in posts if not post.id]
        tx.insert_many(cell_tables.member_post, fresh)


def post_values(post: Post) -> dict[str, Any]:
    """The columns of a post; a post in the cell without own words is called by its role."""
    return {
        "sphere": post.sphere.value,
        "role": post.role.value if post.role else "",
        "title": clean_line(post.title) or (post.role.label if post.role else ""),
        "valid_from": post.valid_from,
        "valid_to": post.valid_to,
    }


def set_kinds(ws: Workspace, kinds: dict[str, SubjectKind], year: int) -> None:
    """Choose the subject kind of members for a year; it decides which sheet they write."""
    ws.must(Act.CHOOSE_KINDS)
    with ws.write(f"Chọn mẫu kiểm điểm năm {year} cho {len(kinds)} đảng viên") as tx:
        must_be_open(tx, year)
        mine = cell_tables.member_kind.c.member_id.in_(list(kinds)) & (cell_tables.member_kind.c.year == year)
        known = {row.member_id: row.id for row in tx.rows(select(cell_tables.member_kind).where(mine))}
        tx.update_many(
            cell_tables.member_kind,
            {known[m]: {"kind": kind.value} for m, kind in kinds.items() if m in known},
        )
        fresh = [{"member_id": m, "year": year, "kind": k.value} for m, k in kinds.items() if m not in known]
        tx.insert_many(cell_tables.member_kind, fresh)
