"""What every sheet prints around its content: the cell's name of that day, who signs, whose sheet it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.cell import CellName
from app.domain.grade import SubjectKind
from app.domain.member import CellRole, Member, Post, Sphere, StatusKind
from app.domain.review import COMMITTEE_SUBJECT

_MEMBERS_FOR_COMMITTEE = 9


@dataclass(frozen=True, slots=True)
class CellSigner:
    """Who signs for the cell, with the title below the formula; both empty when nobody is known."""

    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The frame of one sheet. ``as_of`` is the day whose names and posts are printed.

    ``dated_on`` None leaves the date to be written by hand; ``member`` None leaves the identity open.
    ``collective`` names the cell or its committee on its own report; ``period`` a time other than the year.
    """

    year: int
    cell: CellName
    as_of: date
    dated_on: date | None = None
    has_committee: bool = False
    signer: CellSigner = CellSigner()
    member: Member | None = None
    kind: SubjectKind | None = None
    content_set: str = ""
    collective: str = ""
    period: str = ""

    @property
    def subject(self) -> str:
        """Whose sheet it is: the member, the collective reporting, or the cell itself."""
        return self.member.name if self.member else self.collective or self.cell.own

    @property
    def period_words(self) -> str:
        """The stretch of time the sheet is about, as printed below its title."""
        return self.period or f"Năm {self.year}"


def reference_day(year: int, dated_on: date | None, today: date) -> date:
    """The day whose header lines and posts a sheet takes: its own date, else the year's last day so far."""
    return dated_on or min(max(today, date(year, 1, 1)), date(year, 12, 31))


def has_committee(members: Sequence[Member], day: date) -> bool:
    """Whether the cell has a chi ủy: nine official members or more (Điều lệ Đảng), or a post in it."""
    if any(post.role is CellRole.COMMITTEE_MEMBER for member in members for post in member.posts_on(day)):
        return True
    return sum(_is_official(member, day) for member in members) >= _MEMBERS_FOR_COMMITTEE


def _is_official(member: Member, day: date) -> bool:
    admitted = member.record.admitted_on
    if member.has_left(day) or member.is_probationary(day) or (admitted is not None and admitted > day):
        return False
    not_here = (StatusKind.TEMPORARY_IN,)
    return not any(
        status.kind in not_here and status.holds_on(day) for status in member.statuses
    ) and not any(
        status.kind is StatusKind.MOVED_IN and (status.valid_from or date.min) > day
        for status in member.statuses
    )


def cell_heads(members: Sequence[Member], day: date) -> tuple[tuple[str, CellSigner], ...]:
    """Who may sign for the cell on a day, with their member ids: secretary first, then deputies."""
    titles = {CellRole.SECRETARY: "BÍ THƯ", CellRole.DEPUTY_SECRETARY: "PHÓ BÍ THƯ"}
    return tuple(
        (member.id, CellSigner(member.name, title))
        for role, title in titles.items()
        for member in members
        if member.role_on(day) is role
    )


def cell_signer(heads: Sequence[tuple[str, CellSigner]], sheet_of: str = "") -> CellSigner:
    """Who signs for the cell: the secretary; the deputy without one, and on the secretary's own sheet."""
    return next((signer for member_id, signer in heads if member_id != sheet_of), CellSigner())


def identity_value(key: str, facts: SheetFacts) -> str | None:
    """The value of an identity field; None where it is unknown and to be written by hand."""
    if key == "cell":
        return _cell_words(facts.cell.own)
    if key == "content_set":
        return facts.content_set or None
    member = facts.member
    if member is None:
        return None
    if key in _POST_SPHERES:
        return _posts(member, facts.as_of, _POST_SPHERES[key]) or "Không"
    if key == "posts":
        is_new = member.is_probationary(facts.as_of)
        return _posts(member, facts.as_of, None) or ("Đảng viên dự bị" if is_new else "Đảng viên")
    record = member.record
    values = {
        "full_name": record.full_name,
        "birth_date": record.birth.format() if record.birth else "",
        "workplace": record.workplace,
        "occupation": "; ".join(part for part in (record.workplace, record.occupation) if part),
        "residence": record.residence,
    }
    return values[key] or None


_POST_SPHERES: dict[str, Sphere] = {
    "party_post": Sphere.PARTY,
    "government_post": Sphere.GOVERNMENT,
    "union_post": Sphere.MASS,
}


def _posts(member: Member, day: date, sphere: Sphere | None) -> str:
    titles = [_post_words(post) for post in member.posts_on(day, sphere)]
    return "; ".join(dict.fromkeys(titles))


def _post_words(post: Post) -> str:
    """A post in the cell named by its role alone says of what: "Bí thư" becomes "Bí thư chi bộ"."""
    named_by_role = post.role in (CellRole.SECRETARY, CellRole.DEPUTY_SECRETARY)
    return (
        f"{post.title} chi bộ"
        if named_by_role and post.role and post.title == post.role.label
        else post.title
    )


def _cell_words(own: str) -> str:
    """The cell's name behind the label "Chi bộ": without saying the two words twice.

    A cell of a hamlet kept in capitals for the head is written small: "thôn Đồng Tiến". Other names stay as
    they were entered, since an office's may hold abbreviations.
    """
    words = own.split(" ", 2)
    rest = words[2] if len(words) == 3 and " ".join(words[:2]).lower() == "chi bộ" else own
    lower = [word.lower() for word in rest.split()]
    if not rest.isupper() or lower[0] not in _HAMLETS:
        return rest
    return " ".join(word if word in _SMALL_WORDS else word.capitalize() for word in lower)


def collective_name(subject_id: str, own: str) -> str:
    """What a report calls the cell or its committee: "Chi bộ thôn Đồng Tiến"."""
    cell = f"Chi bộ {_cell_words(own)}"
    return f"Chi ủy {cell}" if subject_id == COMMITTEE_SUBJECT else cell


_HAMLETS = ("thôn", "xóm", "ấp", "bản", "buôn", "làng", "khu", "tổ")
_SMALL_WORDS = (*_HAMLETS, "dân", "phố", "cư", "số", "xã", "phường", "đặc", "và")
