"""The list of members as its page shows it: each with today's standing and the sheet of the year."""

from dataclasses import dataclass
from datetime import date

from app.db import member_queries
from app.domain.eligibility import YearDuties
from app.domain.errors import NoRules
from app.domain.grade import SubjectKind
from app.domain.member import DatedStatus, Member, Post, Sphere
from app.domain.rule_set import RuleSet
from app.services.drafts import StoredDraft, find_draft
from app.services.eligibility import year_duties_in
from app.services.members import one_member
from app.services.rule_book import RuleBook, rule_book_in
from app.services.workspace import Act, Workspace

MEMBER_FORM = "member"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member in the list: what holds today, and the sheet of the year ("" when none is asked)."""

    number: int
    member: Member
    occupation: str
    sheet: str
    status: DatedStatus | None
    has_left: bool
    is_probationary: bool


@dataclass(frozen=True, slots=True)
class KindOption:
    """One subject kind to choose for a year, with the sheet it writes under that year's rules."""

    kind: SubjectKind
    sheet: str


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """One member's page: the record, the kinds to choose from this year, and what was left unsaved."""

    member: Member | None
    kinds: tuple[KindOption, ...]
    draft: StoredDraft | None


def list_member_lines(ws: Workspace, year: int) -> tuple[MemberLine, ...]:
    """Every member of the book in Vietnamese order, also those who left; they carry no number."""
    ws.must(Act.LIST_MEMBERS)
    today = ws.today()
    with ws.read() as tx:
        people = member_queries.members(tx)
        rule_set, sheets = _sheets_of(rule_book_in(tx), year)
        duties = year_duties_in(tx, rule_set, year) if rule_set else None
    lines: list[MemberLine] = []
    number = 0
    for member in people:
        has_left = member.has_left(today)
        number += not has_left
        lines.append(
            MemberLine(
                0 if has_left else number,
                member,
                _occupation(member, today),
                _sheet(member, duties, sheets),
                member.status_on(today),
                has_left,
                member.is_probationary(today),
            )
        )
    return tuple(lines)


def open_member(ws: Workspace, member_id: str | None, year: int) -> MemberRecord:
    """One member's page, or the page of a member to be added."""
    ws.must(Act.OPEN_MEMBER)
    with ws.read() as tx:
        member = None if member_id is None else one_member(tx, member_id)
        _, sheets = _sheets_of(rule_book_in(tx), year)
    kinds = tuple(KindOption(kind, sheet) for kind, sheet in sheets.items())
    return MemberRecord(member, kinds, find_draft(ws, MEMBER_FORM, member_id or ""))


def _sheets_of(rules: RuleBook, year: int) -> tuple[RuleSet | None, dict[SubjectKind, str]]:
    """The sheet of each kind of person ("2C"); a year without rules has none."""
    try:
        rule_set = rules.rules_of(year)
    except NoRules:
        return None, {}
    return rule_set, {
        subject.kind: rules.form(subject.form, year).number_in_text.removeprefix("Mẫu ")
        for subject in rule_set.subjects
        if subject.form is not None and subject.kind is not SubjectKind.COLLECTIVE
    }


def _sheet(member: Member, duties: YearDuties | None, sheets: dict[SubjectKind, str]) -> str:
    if duties is None or duties.of(member).why_not:
        return ""
    return sheets.get(member.kind_for(duties.year), "")


def _occupation(member: Member, today: date) -> str:
    """Posts held now, those of the Party first; without any, what the member does for a living."""
    held = {
        post.title: None for sphere in Sphere for post in sorted_posts(member, sphere) if post.holds_on(today)
    }
    return ", ".join(held) or member.record.occupation


def sorted_posts(member: Member, sphere: Sphere) -> tuple[Post, ...]:
    """The member's posts of one sphere, the latest first."""
    posts = (post for post in member.posts if post.sphere is sphere)
    return tuple(sorted(posts, key=lambda post: post.valid_from or date.min, reverse=True))
