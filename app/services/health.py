"""Kiểm tra sổ: whether the file is sound and its content makes sense, as sentences that lead to the place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from sqlalchemy import func, select

from app.db import meeting_queries, member_queries, tables, year_end_queries
from app.db.transactions import ReadTransaction
from app.domain.acts import Act
from app.domain.dates import Month
from app.domain.errors import NoRules, UserError
from app.domain.finding import Finding, Part, Weight
from app.domain.grade import Grade
from app.domain.member_findings import draft_findings, member_findings
from app.domain.monthly import MonthState
from app.domain.pledge import PledgeState
from app.domain.progress import NoProgress, Progress
from app.domain.record_findings import MonthMark, PledgeMark, month_findings, pledge_findings
from app.domain.review import COLLECTIVES, GradeStage, ReviewKey, ReviewState, StageGrade
from app.domain.rule_set import PeriodKind
from app.domain.year_end_findings import (
    SheetMark,
    cap_findings,
    document_findings,
    grade_findings,
    meeting_findings,
)
from app.services.cap_settings import read_cap
from app.services.health_file import (
    backup_age,
    history_and_seals,
    key_files,
    page_checks,
    pages,
    references,
    rule_contents,
    shipped_files,
)
from app.services.workspace import Workspace

__all__ = ["BookHealth", "Finding", "Part", "Weight", "check_book", "ignore_finding", "remind_of_finding"]


@dataclass(frozen=True, slots=True)
class BookHealth:
    """What was looked at, everything found, and what was found but is to be left out."""

    members: int
    pledges: int
    months: int
    reviews: int
    actions: int
    findings: tuple[Finding, ...]
    ignored: tuple[Finding, ...] = ()

    def of(self, part: Part) -> tuple[Finding, ...]:
        """What was found in one part, the gravest first."""
        found = [finding for finding in self.findings if finding.part is part]
        return tuple(sorted(found, key=lambda each: each.weight is not Weight.BROKEN))

    def moved(self, finding: Finding, *, is_ignored: bool) -> "BookHealth":
        """The same with one finding now left out, or said again."""
        found = tuple(each for each in self.findings if each != finding)
        ignored = tuple(each for each in self.ignored if each != finding)
        if is_ignored:
            return replace(self, findings=found, ignored=(*ignored, finding))
        return replace(self, findings=(*found, finding), ignored=ignored)


def check_book(ws: Workspace, progress: Progress | None = None) -> BookHealth:
    """Look at the whole book: first whether the file is sound, then content that contradicts itself.

    A file that is hurt is not read any further: what its content says proves nothing.
    """
    ws.must(Act.CHECK_BOOK)
    progress = progress or NoProgress()
    progress.step(0, 4, "Xem tệp sổ")
    with page_checks(ws) as checks:
        found = [*references(ws), *key_files(ws), *shipped_files()]
        is_hurt = any(finding.weight is Weight.BROKEN for finding in found)
        looked: BookHealth | UserError | None = None
        try:
            looked = None if is_hurt else _look_inside(ws, progress, found)
        except UserError as error:
            looked = error  # why it cannot be read is told by the pages
        damage = tuple(pages(checks))
    if damage or looked is None:
        # What a hurt file says of its content proves nothing, and broken pages break references too.
        told = [one for one in found if one.part is Part.FILE]
        named = [one for one in told if not (damage and one.code == "references_broken")]
        return BookHealth(0, 0, 0, 0, 0, (*damage, *named))
    if isinstance(looked, UserError):
        raise looked
    return looked


def _look_inside(ws: Workspace, progress: Progress, found: list[Finding]) -> BookHealth:
    """What a file that can be read says of itself; ``found`` so far is put before it."""
    progress.step(1, 4, "Xem nhật ký và niêm phong")
    with ws.read() as tx:
        found += [*history_and_seals(ws, tx), *rule_contents(tx), *backup_age(ws, tx)]
        progress.step(2, 4, "Xem nội dung")
        found += _content(tx, ws)
        looked_at = [tables.member, tables.pledge, tables.monthly, tables.review, tables.action]
        members, pledges, months, reviews, actions = (_count(tx, table) for table in looked_at)
        ignored = {(row.code, row.about) for row in tx.rows(select(tables.ignored_finding))}
    progress.step(3, 4, "Xem tỉ lệ xếp loại")
    found += _caps(ws)
    is_left_out = [one.can_be_ignored and (one.code, one.key) in ignored for one in found]
    kept = tuple(one for one, is_out in zip(found, is_left_out, strict=True) if not is_out)
    left_out = tuple(one for one, is_out in zip(found, is_left_out, strict=True) if is_out)
    return BookHealth(members, pledges, months, reviews, actions, kept, left_out)


def ignore_finding(ws: Workspace, finding: Finding) -> None:
    """Leave a finding out from now on: somebody looked at it, and it is right as it stands."""
    ws.must(Act.IGNORE_FINDING)
    row = {"code": finding.code, "about": finding.key, "by_name": ws.actor.name, "at": ws.now()}
    with ws.write(f"Bỏ qua khi kiểm tra sổ: {finding.about}") as tx:
        if _ignored_id(tx, finding) is None:
            tx.insert(tables.ignored_finding, row)


def remind_of_finding(ws: Workspace, finding: Finding) -> None:
    """Say a finding again that was left out."""
    ws.must(Act.IGNORE_FINDING)
    with ws.write(f"Nhắc lại khi kiểm tra sổ: {finding.about}") as tx:
        known = _ignored_id(tx, finding)
        if known is not None:
            tx.delete(tables.ignored_finding, known)


def _ignored_id(tx: ReadTransaction, finding: Finding) -> str | None:
    table = tables.ignored_finding.c
    row = tx.first(select(table.id).where(table.code == finding.code, table.about == finding.key))
    return None if row is None else str(row.id)


def _count(tx: ReadTransaction, table: object) -> int:
    return int(tx.connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


def _content(tx: ReadTransaction, ws: Workspace) -> Iterable[Finding]:
    today, members = ws.today(), member_queries.members(tx)
    by_id = {member.id: member for member in members}
    draft = tables.draft.c
    drafts = [(row.author, row.saved_at) for row in tx.rows(select(draft.author, draft.saved_at))]
    pledges = _pledges(tx)
    pledged = {(mark.member_id, mark.year) for mark in pledges if mark.state is PledgeState.PASSED}
    years = sorted({row.year for row in tx.rows(select(tables.meeting.c.year).distinct())})
    meetings = [one for year in years for one in meeting_queries.meetings_of_year(tx, year)]
    voted = meeting_queries.rounds_per_meeting(tx)
    rounds = {meeting_id: meeting_queries.rounds_of_meeting(tx, meeting_id) for meeting_id in voted}
    names = {**{member.id: member.name for member in members}, **COLLECTIVES}
    documents, terms = year_end_queries.issued_documents(tx), year_end_queries.terms(tx)
    return chain(
        member_findings(members, today),
        draft_findings(members, drafts, today),
        pledge_findings(pledges, by_id, today),
        month_findings(_months(tx), by_id, pledged, today),
        meeting_findings(meetings, rounds, names, today),
        grade_findings(tuple(_sheets(tx, names)), today),
        document_findings(documents, terms, today),
    )


def _pledges(tx: ReadTransaction) -> list[PledgeMark]:
    table = tables.pledge.c
    query = select(table.member_id, table.year, table.state, table.submitted_at, table.passed_on)
    return [
        PledgeMark(row.member_id, row.year, PledgeState(row.state), row.submitted_at, row.passed_on)
        for row in tx.rows(query.order_by(table.year, table.member_id))
    ]


def _months(tx: ReadTransaction) -> list[MonthMark]:
    table = tables.monthly.c
    has_reason = (table.no_meeting_reason != "").label("has_reason")
    query = select(table.member_id, table.year, table.month, table.state, table.meeting_date, has_reason)
    return [
        MonthMark(
            row.member_id,
            Month(row.year, row.month),
            MonthState(row.state),
            row.meeting_date,
            bool(row.has_reason),
        )
        for row in tx.rows(query.order_by(table.year, table.month))
    ]


def _sheets(tx: ReadTransaction, names: dict[str, str]) -> Iterator[SheetMark]:
    """The review sheets; of one its member is still writing only what the cell wrote."""
    review = tables.review
    unsent = (review.c.state == ReviewState.DRAFT.value) & (review.c.entered_by == review.c.subject_id)
    private = {row.id for row in tx.rows(select(review.c.id).where(unsent))}
    given: dict[str, list[StageGrade]] = defaultdict(list)
    for row in tx.rows(select(tables.review_grade)):
        stage = StageGrade(GradeStage(row.stage), Grade(row.grade), row.dated_on)
        if stage.stage is not GradeStage.SELF or row.review_id not in private:
            given[row.review_id].append(stage)
    for row in tx.rows(select(review).order_by(review.c.year, review.c.subject_id)):
        key = ReviewKey(row.subject_id, row.year, PeriodKind(row.kind), row.period)
        yield SheetMark(
            row.subject_id,
            names.get(row.subject_id, ""),
            row.year,
            key.period_words,
            key.kind is PeriodKind.YEAR and not key.is_collective,
            None if row.id in private else row.dated_on,
            row.notified_on,
            tuple(given[row.id]),
        )


def _caps(ws: Workspace) -> Iterator[Finding]:
    """Years whose grades the cell has settled on; while it is still voting nothing is over yet."""
    settled = (GradeStage.PROPOSED.value, GradeStage.DECIDED.value)
    review, grade = tables.review.c, tables.review_grade
    query = select(review.year).distinct().join(grade, grade.c.review_id == review.id)
    query = query.where(grade.c.stage.in_(settled), review.kind == PeriodKind.YEAR.value)
    with ws.read() as tx:
        years = sorted(row.year for row in tx.rows(query))
    for year in years:
        try:
            view = read_cap(ws, year)
        except NoRules:
            continue
        yield from cap_findings(year, view.counts())
