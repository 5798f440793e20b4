"""The cell and its committee reviewed as collectives: Mẫu 01, its draft sent in time, rated last of all."""

from dataclasses import dataclass
from datetime import date

from app.db import meeting_queries, member_queries, review_queries, tables, year_end_queries
from app.domain.dates import format_date
from app.domain.draft_report import DraftSending, draft_sending
from app.domain.errors import NotFound, Problem, ValidationFailed
from app.domain.form_template import FormTemplate
from app.domain.grading import GradeProposal
from app.domain.review import (
    CELL_SUBJECT,
    COLLECTIVES,
    COMMITTEE_SUBJECT,
    GradeStage,
    Review,
    ReviewKey,
    ReviewState,
)
from app.domain.review_grading import GradeContext, proposal_for
from app.domain.review_privacy import readable_by
from app.domain.rule_set import RuleSet, Situation
from app.domain.scoring import ScoringProfile
from app.domain.sheets.facts import collective_name, has_committee, reference_day
from app.domain.sheets.review import missing_in_review
from app.services.cells import cell_in, closed_years_in
from app.services.eligibility import year_duties_in
from app.services.grade_contexts import context_of_collective
from app.services.reviews import new_review
from app.services.rule_book import RuleBook, rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class CollectiveLine:
    """One collective's report. ``no_form``: why the year has no form; ``missing``: parts still open."""

    key: ReviewKey
    name: str
    review: Review | None
    form: FormTemplate | None
    profile: ScoringProfile | None
    no_form: str
    proposal: GradeProposal | None
    missing: tuple[str, ...]

    @property
    def label(self) -> str:
        """Which of the two it is."""
        return COLLECTIVES[self.key.subject_id]

    @property
    def state(self) -> str:
        """How far the report is."""
        if self.review is None:
            return "Chưa viết"
        return {ReviewState.DRAFT: "Đang viết", ReviewState.SUBMITTED: "Đã chốt"}.get(
            self.review.state, "Đã khóa"
        )


@dataclass(frozen=True, slots=True)
class CollectiveView:
    """The collectives of a year. ``unrated`` members have no proposed grade yet: the cell is rated after."""

    year: int
    lines: tuple[CollectiveLine, ...]
    draft: DraftSending
    unrated: tuple[str, ...]
    is_closed: bool
    meeting_id: str = ""
    order: Situation | None = None

    def line(self, subject_id: str) -> CollectiveLine | None:
        """The line of the cell or of its committee."""
        return next((line for line in self.lines if line.key.subject_id == subject_id), None)

    def order_warning(self) -> str:
        """Why the cell is rated too early, or "". ``order`` is the rule of the year that says so."""
        cell = self.line(CELL_SUBJECT)
        rated = cell and cell.review and cell.review.grade_at(GradeStage.PROPOSED)
        if not self.unrated:
            return ""
        who = ", ".join(self.unrated[:3]) + (" …" if len(self.unrated) > 3 else "")
        start = "Chi bộ đã có mức đề xuất trong khi" if rated else "Chi bộ xếp loại sau mọi đảng viên:"
        return f"{start} còn {len(self.unrated)} đồng chí chưa có mức đề xuất ({who})." + (
            f" Thứ tự theo {self.order.source}." if self.order else ""
        )


def open_collectives(ws: Workspace, year: int) -> CollectiveView:
    """The reports of the cell and, where there is one, its committee; what is open on each. ``NoRules``."""
    ws.must(Act.OPEN_COLLECTIVES)
    with ws.read() as tx:
        rules = rule_book_in(tx)
        rule_set = rules.rules_of(year)
        members = member_queries.members(tx)
        stored = {
            subject: readable_by(review, ws.actor.reader)
            for subject, review in review_queries.collective_reviews(tx, year).items()
        }
        cell, setting = cell_in(tx), year_end_queries.year_end_setting(tx, year)
        duties = year_duties_in(tx, rule_set, year)
        reviews = review_queries.reviews_of_year(tx, year)
        unrated = tuple(
            member.name
            for member in members
            if member.was_here_in(year)
            and not duties.of(member).why_not
            and _is_unrated(reviews.get(member.id))
        )
        is_closed = year in closed_years_in(tx)
        meeting = meeting_queries.review_meeting(tx, year)
        context = context_of_collective(year, members, year_end_queries.disciplines(tx))
    day = reference_day(year, duties.meeting_on, ws.today())
    own = cell.name_on(day).own
    subjects = [CELL_SUBJECT]
    if has_committee(members, day) or COMMITTEE_SUBJECT in stored:
        subjects.insert(0, COMMITTEE_SUBJECT)
    lines = tuple(
        _line(ReviewKey(each, year), collective_name(each, own), stored.get(each), rules, rule_set, context)
        for each in subjects
    )
    draft = draft_sending(rule_set, duties.meeting_on, setting.draft_sent_on)
    order, meeting_id = rule_set.situation("RATING_ORDER"), meeting.id if meeting else ""
    return CollectiveView(year, lines, draft, unrated, is_closed, meeting_id, order)


def _is_unrated(review: Review | None) -> bool:
    return review is None or review.grade_at(GradeStage.PROPOSED) is None


def _line(
    key: ReviewKey,
    name: str,
    stored: Review | None,
    rules: RuleBook,
    rule_set: RuleSet,
    context: GradeContext,
) -> CollectiveLine:
    try:
        review = stored or new_review(None, key, rules)
    except NotFound:
        words = (
            f"Bộ quy định {rule_set.key} ({rule_set.title}) chưa có mẫu báo cáo kiểm điểm tập thể "
            "trong chương trình. Đồng chí viết theo mẫu của cấp trên, hoặc nạp mẫu ở Thiết lập, mục Quy định."
        )
        return CollectiveLine(key, name, None, None, None, words, None, ())
    form, profile = rules.form(review.form, key.year), rules.profile(review.profile, key.year)
    proposal = proposal_for(review, rules.rule_set(review.rule_set, key.year), form, profile, context)
    missing = missing_in_review(form, review, profile)
    return CollectiveLine(key, name, stored, form, profile, "", proposal, missing)


def note_draft_sent(ws: Workspace, year: int, sent_on: date | None) -> None:
    """Note when the draft report was sent to who takes part in the meeting; None takes the note back."""
    ws.must(Act.NOTE_DRAFT_SENT)
    if sent_on is not None and sent_on > ws.today():
        raise ValidationFailed((Problem("draft_sent_on", f"Ngày {format_date(sent_on)} chưa tới."),))
    words = "Bỏ ngày gửi" if sent_on is None else "Ghi ngày gửi"
    with ws.write(f"{words} dự thảo báo cáo kiểm điểm năm {year}") as tx:
        must_be_open(tx, year)
        setting = year_end_queries.year_end_setting(tx, year)
        if setting.id:
            tx.update(tables.year_end, setting.id, {"draft_sent_on": sent_on})
        else:
            tx.insert(tables.year_end, {"year": year, "draft_sent_on": sent_on})
