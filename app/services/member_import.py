"""Importing an office's member list from Excel: look first, then take all chosen rows or none."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.db import member_queries, tables
from app.db.transactions import ReadTransaction
from app.domain.backup_keeping import BackupReason
from app.domain.dates import BirthDate
from app.domain.member import CellRole, StatusKind
from app.domain.member_import import ImportPreview, LineState, MemberChange, chosen, compare
from app.domain.member_proposals import KnownMember, ProposalKind
from app.domain.member_sheet import ColumnMapping, MemberSheet
from app.domain.text import fold, sort_key
from app.services.backups import back_up_by_itself
from app.services.members import post_values, status_values
from app.services.workspace import Act, Workspace


@dataclass(frozen=True, slots=True)
class ListPreview:
    """The list as read, set against the book; nothing is written yet."""

    sheet: MemberSheet
    preview: ImportPreview


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: rows added, changed, and left out; whether the book knows its secretary now."""

    added: int
    changed: int
    left_out: int
    has_secretary: bool


def preview_member_import(
    ws: Workspace, path: Path, sheet: str | None = None, mapping: ColumnMapping | None = None
) -> ListPreview:
    """Read a list and say of each row: new, changed, same or problem. Writes nothing.

    Raises ``FileUnreadable`` when the file is locked, protected, of the old format or holds no list.
    """
    from app.office.member_list import read_member_list

    ws.must(Act.IMPORT_MEMBERS)
    listed = read_member_list(path, sheet, mapping)
    with ws.read() as tx:
        known = _known_members(tx)
    return ListPreview(listed, compare(listed.members, known, ws.today()))


def _known_members(tx: ReadTransaction) -> list[KnownMember]:
    roles: dict[str, set[CellRole]] = defaultdict(set)
    posts = tables.member_post
    for row in tx.rows(select(posts.c.member_id, posts.c.role).where(posts.c.role != "")):
        roles[row.member_id].add(CellRole(row.role))
    statuses: dict[str, set[StatusKind]] = defaultdict(set)
    for row in tx.rows(select(tables.member_status.c.member_id, tables.member_status.c.kind)):
        statuses[row.member_id].add(StatusKind(row.kind))
    return [
        KnownMember(
            row.id,
            row.version,
            row.full_name,
            row.gender,
            BirthDate.from_iso(row.birth) if row.birth else None,
            row.admitted_on,
            row.confirmed_on,
            row.card_number,
            row.phone,
            row.occupation,
            row.ethnicity,
            row.note,
            frozenset(roles[row.id]),
            frozenset(statuses[row.id]),
        )
        for row in tx.rows(select(tables.member))
    ]


def apply_member_import(
    ws: Workspace,
    looked_at: ListPreview,
    rows: Collection[int],
    accepted: Mapping[int, Collection[ProposalKind]],
    *,
    without_backup: bool = False,
) -> ImportResult:
    """Write the chosen rows with the accepted proposals, in one transaction: all of them or none.

    The book is backed up first; ``BackupFailed`` when that fails and the person did not say to go on
    ``without_backup``. Raises ``Conflict`` when a member changed in the book since the preview.
    """
    ws.must(Act.IMPORT_MEMBERS)
    changes = chosen(looked_at.preview, rows, accepted)
    added = [change for change in changes if change.member_id is None]
    changed = [change for change in changes if change.member_id is not None]
    if not without_backup:
        back_up_by_itself(ws, BackupReason.BEFORE_IMPORT)
    with ws.write(f"Nhập danh sách “{looked_at.sheet.path.name}”: {len(changes)} đảng viên") as tx:
        fresh = [{**_values(change), **_keys(change)} for change in added]
        new_ids = tx.insert_many(tables.member, fresh)
        with_id = [(change.member_id, change) for change in changed if change.member_id is not None]
        tx.update_many(
            tables.member,
            {
                member_id: {**_values(change), **_keys(change)}
                for member_id, change in with_id
                if change.fields
            },
            {member_id: change.version for member_id, change in with_id if change.version is not None},
        )
        everybody = [*zip(new_ids, added, strict=True), *with_id]
        posts = [{"member_id": m, **post_values(c.post)} for m, c in everybody if c.post is not None]
        tx.insert_many(tables.member_post, posts)
        statuses = [{"member_id": m, **status_values(c.status)} for m, c in everybody if c.status is not None]
        tx.insert_many(tables.member_status, statuses)
        has_secretary = member_queries.has_secretary(tx, ws.today())
    unsaid = sum(line.state is not LineState.SAME for line in looked_at.preview.lines)
    return ImportResult(len(added), len(changed), unsaid - len(changes), has_secretary)


def _values(change: MemberChange) -> dict[str, Any]:
    values: dict[str, Any] = dict(change.fields)
    if isinstance(birth := values.get("birth"), BirthDate):
        values["birth"] = birth.iso
    return values


def _keys(change: MemberChange) -> dict[str, str]:
    name = change.fields.get("full_name")
    return {} if name is None else {"sort_key": sort_key(str(name)), "search_key": fold(str(name))}


def save_corrected_list(looked_at: ListPreview, target: Path) -> Path:
    """Save a copy of the list with every cell to put right marked, for the office to correct."""
    from app.office.corrected_list import write_corrected

    problems = [problem for line in looked_at.preview.lines for problem in line.problems]
    write_corrected(looked_at.sheet, problems, target)
    return target


def save_blank_list(target: Path) -> Path:
    """Save an empty list with the headings the program understands."""
    from app.office.list_template import write_template

    write_template(target)
    return target
