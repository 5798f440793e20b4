"""Reviews of other periods than the year: leaders' quarters, a term, when needed; they feed the year."""

import re
from dataclasses import dataclass
from datetime import date

from app.db import member_queries, review_queries
from app.domain.errors import Problem, ValidationFailed
from app.domain.grade import SubjectKind
from app.domain.member import CellRole, Member
from app.domain.review import (
    CELL_SUBJECT,
    COMMITTEE_SUBJECT,
    NOT_RATED,
    QUARTER_NUMERALS,
    Review,
    ReviewKey,
    quarter_key,
)
from app.domain.review_privacy import readable_by
from app.domain.rule_set import PeriodKind, RuleSet
from app.domain.sheets.facts import collective_name, reference_day
from app.domain.text import nfc
from app.services.cells import cell_in, closed_years_in
from app.services.eligibility import year_duties_in
from app.services.review_parts import put_section
from app.services.reviews import ensured_review
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open

QUARTERS = (1, 2, 3, 4)
_LONGEST_PERIOD = 20


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """One leader's quarters of a year; ``sheets`` in order, None where nothing was begun."""

    member: Member
    year: int
    post: str
    sheets: tuple[Review | None, ...]

    @property
    def id(self) -> str:
        """The member's id: one row per member."""
        return self.member.id

    def key(self, quarter: int) -> ReviewKey:
        """Whose sheet of which quarter; quarters count from 1."""
        return quarter_key(self.member.id, self.year, quarter)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A review of a term, or one made when needed."""

    name: str
    review: Review

    @property
    def id(self) -> str:
        """The review's id."""
        return self.review.id


@dataclass(frozen=True, slots=True)
class QuarterBoard:
    """The year's quarters and other periods. ``no_quarters``: why the year's rules know none."""

    year: int
    rule_set: RuleSet
    rows: tuple[QuarterRow, ...]
    others: tuple[PeriodRow, ...]
    subjects: tuple[tuple[str, str], ...]
    no_quarters: str
    is_closed: bool


def list_quarters(ws: Workspace, year: int) -> QuarterBoard:
    """The quarterly sheets of who leads, whoever else wrote one, and the reviews of other periods.

    HD 02-HD/BTCTW 22/5/2026 (not compared with the original): leaders only, others if the competent level
    says so; the fourth quarter goes into the year's review.
    """
    ws.must(Act.READ_QUARTERS)
    with ws.read() as tx:
        rule_set = rule_book_in(tx).rules_of(year)
        stored = tuple(readable_by(each, ws.actor.reader) for each in review_queries.period_reviews(tx, year))
        duties = year_duties_in(tx, rule_set, year)
        members = [each for each in member_queries.members(tx) if each.was_here_in(year)]
        cell = cell_in(tx)
        is_closed = year in closed_years_in(tx)
    day = reference_day(year, None, ws.today())
    own = cell.name_on(day).own
    names = {each.id: each.name for each in members}
    names |= {each: collective_name(each, own) for each in (COMMITTEE_SUBJECT, CELL_SUBJECT)}
    sheets = {(each.key.subject_id, each.key.period): each for each in stored}
    rows = tuple(
        QuarterRow(member, year, role.label if (role := member.role_on(day)) else "", found)
        for member in members
        if any(found := tuple(sheets.get((member.id, f"{year}-Q{number}")) for number in QUARTERS))
        or (_leads(member, year, day) and not duties.of(member).why_not)
    )
    others = tuple(
        PeriodRow(names[each.key.subject_id], each)
        for each in stored
        if each.key.kind is not PeriodKind.QUARTER and each.key.subject_id in names
    )
    no_quarters = ""
    if PeriodKind.QUARTER not in rule_set.periods:
        rows = ()
        no_quarters = f"Bộ quy định {rule_set.key} ({rule_set.title}) chỉ có kiểm điểm hằng năm."
    return QuarterBoard(year, rule_set, rows, others, tuple(names.items()), no_quarters, is_closed)


def _leads(member: Member, year: int, day: date) -> bool:
    heads = (CellRole.SECRETARY, CellRole.DEPUTY_SECRETARY)
    return member.kind_for(year) is SubjectKind.LEADER or member.role_on(day) in heads


def leave_unrated(ws: Workspace, key: ReviewKey, reason: str) -> None:
    """Chưa xếp loại: a quarter left without a grade, with the reason; an empty reason takes it back.

    HD 02-HD/BTCTW 22/5/2026 (not compared with the original): training, sickness or maternity leave of two
    months, first appointed less than a month ago, under inspection for signs of violation.
    """
    ws.must(Act.LEAVE_UNRATED)
    act = "Ghi chưa xếp loại" if reason.strip() else "Bỏ ghi chưa xếp loại"
    with ws.write(f"{act} {key.period_in_text}", key.member_id) as tx:
        must_be_open(tx, key.year)
        review = ensured_review(tx, ws, key)
        put_section(tx, review.id, NOT_RATED, reason)


def period_key(subject_id: str, year: int, kind: PeriodKind, period: str) -> ReviewKey:
    """The key of a quarter ("2", "II"), of a term ("2020-2025"), or when needed ("tháng 6/2025")."""
    words = " ".join(nfc(period).split())
    numbers = {str(number): number for number in QUARTERS}
    numbers |= dict(zip(QUARTER_NUMERALS, QUARTERS, strict=True))
    problems = []
    if not subject_id:
        problems.append(Problem("subject", "Chưa chọn người hoặc tập thể kiểm điểm."))
    if not words:
        problems.append(Problem("period", "Chưa ghi kỳ kiểm điểm."))
    elif kind is PeriodKind.QUARTER and words.upper() not in numbers:
        problems.append(Problem("period", "Quý ghi một số từ 1 đến 4."))
    elif len(words) > _LONGEST_PERIOD:
        problems.append(Problem("period", f"Kỳ kiểm điểm dài quá {_LONGEST_PERIOD} chữ; xin ghi ngắn lại."))
    elif kind is PeriodKind.TERM and not re.fullmatch(r"\d{4} ?[-–] ?\d{4}", words):
        problems.append(Problem("period", "Nhiệm kỳ ghi hai năm, ví dụ 2020-2025."))
    if problems:
        raise ValidationFailed(tuple(problems))
    if kind is PeriodKind.QUARTER:
        return quarter_key(subject_id, year, numbers[words.upper()])
    if kind is PeriodKind.TERM:
        words = re.sub(r" ?[-–] ?", "-", words)
    return ReviewKey(subject_id, year, kind, words)
