"""What a list's row suggests beyond plain data: put into the book only when the person agrees."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from app.domain.dates import BirthDate, DateProblem, Month, format_date, parse_date
from app.domain.list_headings import ListField
from app.domain.member import CellRole, DatedStatus, Post, Sphere, StatusKind
from app.domain.member_list import ListedMember
from app.domain.person_names import has_odd_case, proper_case
from app.domain.text import fold


class ProposalKind(StrEnum):
    """What a proposal is about; a row has at most one of a kind."""

    NAME_CASE = "name_case"
    CARD_ZEROS = "card_zeros"
    POST = "post"
    STATUS = "status"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One suggestion with the sentence to show; ``by_default`` is whether it is ticked at first."""

    kind: ProposalKind
    message: str
    by_default: bool = False
    value: str = ""
    post: Post | None = None
    status: DatedStatus | None = None


@dataclass(frozen=True, slots=True)
class KnownMember:
    """What the book has of a member, as far as a list can speak of it."""

    id: str
    version: int
    full_name: str
    gender: str = ""
    birth: BirthDate | None = None
    admitted_on: date | None = None
    confirmed_on: date | None = None
    card_number: str = ""
    phone: str = ""
    occupation: str = ""
    ethnicity: str = ""
    note: str = ""
    roles: frozenset[CellRole] = frozenset()
    statuses: frozenset[StatusKind] = frozenset()


_ROLES: tuple[tuple[re.Pattern[str], CellRole], ...] = (
    (re.compile(r"^(pho bi thu|pbt)( chi bo| chi uy)?( .*)?$"), CellRole.DEPUTY_SECRETARY),
    (re.compile(r"^(bi thu|bt)( (chi bo|chi uy)( .*)?)?$"), CellRole.SECRETARY),
    (re.compile(r"^(chi uy vien|chi uy|cuv|uy vien|uy vien chi uy)$"), CellRole.COMMITTEE_MEMBER),
    (re.compile(r"^to truong( to)? dang( .*)?$"), CellRole.GROUP_LEADER),
)
_OTHER_BODIES = re.compile(r"\b(doan|hoi|thanh nien|phu nu|nong dan|cuu chien binh)\b")
_PROBATIONARY = re.compile(r"\bdu bi\b")
_EXEMPT = re.compile(r"\bmien (cong tac|sinh hoat)")
_TEMPORARY = re.compile(r"\b(sinh hoat|chuyen) ?(dang )?tam thoi\b|\btam thoi\b")
_COMING = re.compile(r"tam thoi( noi khac| tu .*)? (den|ve|toi)( |$)(?!ngay|thang|het|\d)|^nhan ")
_GOING = re.compile(r"tam thoi di\b|noi khac|di noi|chuyen di\b|di lam an")
_SINCE = re.compile(r"(?:từ|kể từ|ngày)(?: ngày)? (\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})")
_SINCE_MONTH = re.compile(r"từ (?:tháng )?(\d{1,2}/\d{4})")


@lru_cache(maxsize=512)
def role_of(post: str) -> CellRole | None:
    """The post in the cell that words name: "Phó Bí thư", "PBT", "Đảng ủy viên, Bí thư chi bộ"; else None."""
    for part in re.split(r"[,;/+]| kiêm | - ", post):
        folded = fold(part)
        if _OTHER_BODIES.search(folded):
            continue
        for pattern, role in _ROLES:
            if pattern.match(folded):
                return role
    return None


def _since(note: str) -> date | None:
    written = note.lower()
    try:
        if found := _SINCE.search(written):
            return parse_date(found[1])
        if found := _SINCE_MONTH.search(written):
            return Month.parse(found[1]).first_day
    except DateProblem:
        return None
    return None


@lru_cache(maxsize=512)
def status_of(note: str) -> DatedStatus | None:
    """The dated status a note speaks of: exempt, or party life for a time elsewhere or here; else None."""
    folded = fold(note)
    kind: StatusKind | None = None
    if _EXEMPT.search(folded):
        kind = StatusKind.EXEMPT
    elif _TEMPORARY.search(folded):
        if _COMING.search(folded):
            kind = StatusKind.TEMPORARY_IN
        elif _GOING.search(folded):
            kind = StatusKind.TEMPORARY_OUT
    return None if kind is None else DatedStatus(kind, _since(note), note=note)


@lru_cache(maxsize=512)
def is_probationary_note(note: str) -> bool:
    """Whether the note says "Đảng viên dự bị"."""
    return bool(_PROBATIONARY.search(fold(note)))


def proposals_of(listed: ListedMember, known: KnownMember | None) -> tuple[Proposal, ...]:
    """What a row suggests that the book does not have yet of this member."""
    found: list[Proposal] = []
    if has_odd_case(listed.full_name) and (known is None or has_odd_case(known.full_name)):
        found.append(_name_in_case(listed.full_name))
    if listed.card_as_written != listed.card_number and (
        known is None or known.card_number != listed.card_number
    ):
        found.append(
            Proposal(
                ProposalKind.CARD_ZEROS,
                f"Số thẻ ở ô {listed.cell(ListField.CARD_NUMBER)} thiếu số 0 đầu: đã bù đủ 12 chữ số",
                by_default=True,
                value=listed.card_number,
            )
        )
    role = role_of(listed.post) if listed.post else None
    if role is not None and (known is None or role not in known.roles):
        post = Post(Sphere.PARTY, role.label, role)
        found.append(Proposal(ProposalKind.POST, f"Chức vụ: thêm “{role.label}”", post=post))
    if listed.note and not is_probationary_note(listed.note):
        found += _from_note(listed.note, known)
    return tuple(found)


def _name_in_case(name: str) -> Proposal:
    proper = proper_case(name)
    return Proposal(ProposalKind.NAME_CASE, f"Viết hoa lại: “{name}” thành “{proper}”", value=proper)


def _from_note(note: str, known: KnownMember | None) -> list[Proposal]:
    status = status_of(note)
    if status is None:
        if known is not None and note in known.note:
            return []
        return [Proposal(ProposalKind.NOTE, f"Giữ ghi chú “{note}” trong hồ sơ", value=note)]
    if known is not None and status.kind in known.statuses:
        return []
    since = f" từ {format_date(status.valid_from)}" if status.valid_from else ", chưa rõ từ ngày nào"
    return [Proposal(ProposalKind.STATUS, f"Ghi chú: đề nghị “{status.kind.label}”{since}", status=status)]
