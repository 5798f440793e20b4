"""The cell and its committee reviewed as collectives: Mẫu 01, its draft sent in time, rated last of all."""

from dataclasses import dataclass
from datetime import date

from app.db import meeting_queries, member_queries, review_queries, tables, year_end_queries
from app.domain.dates import format_date
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
from app.domain.rule_set import RuleSet
from app.domain.scoring import ScoringProfile
from app.domain.sheets.facts import collective_name, has_committee, reference_day
from app.domain.sheets.review import missing_in_review
from app.domain.working_days import working_days_before, working_days_between
from app.services.cells import cell_in, closed_years_in
from app.services.eligibility import year_duties_in
from app.services.grade_contexts import context_of_collective
from app.services.reviews import new_review
from app.services.rule_book import RuleBook, rule_book_in
from app.services.workspace import Workspace
from app.services.year_guard import must_be_open

DRAFT_DAYS = 3


@dataclass(frozen=True, slots=True)
class DraftSending:
    """When the draft report goes to who takes part: 03 working days before (HD 43-HD/BTCTW pt 2.1a)."""

    meeting_on: date | None
    sent_on: date | None

    @property
    def latest_on(self) -> date | None:
        """The last day for sending; unknown while the meeting has no day."""
        return working_days_before(self.meeting_on, DRAFT_DAYS) if self.meeting_on else None

    @property
    def is_short(self) -> bool:
        """Whether it was sent with less than three working days to read it."""
        if self.meeting_on is None or self.sent_on is None:
            return False
        return working_days_between(self.sent_on, self.meeting_on) < DRAFT_DAYS

    def sentence(self) -> str:
        """How it stands, with the dates."""
        meeting, latest = self.meeting_on, self.latest_on
        if meeting is None or latest is None:
            return "Chưa ghi ngày họp kiểm điểm nên chưa tính được hạn gửi dự thảo (trước 03 ngày làm việc)."
        due = f"hạn gửi {format_date(latest)}, trước ngày họp {format_date(meeting)} 03 ngày làm việc"
        if self.sent_on is None:
            return f"Chưa ghi ngày gửi dự thảo; {due}."
        if self.is_short:
            days = working_days_between(self.sent_on, meeting)
            left = f"chỉ còn {days:02d} ngày làm việc" if days else "không còn ngày làm việc nào"
            return f"Gửi ngày {format_date(self.sent_on)} thì {left} trước ngày họp; {due}."
        return f"Đã gửi ngày {format_date(self.sent_on)}; {due}."


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

    def line(self, subject_id: str) -> CollectiveLine | None:
        """The line of the cell or of its committee."""
        return next((line for line in self.lines if line.key.subject_id == subject_id), None)

    def order_warning(self) -> str:
        """Why the cell is rated too early, or "" (QĐ 366-QĐ/TW art. 12 k. 2)."""
        cell = self.line(CELL_SUBJECT)
        rated = cell and cell.review and cell.review.grade_at(GradeStage.PROPOSED)
        if not self.unrated:
            return ""
        who = ", ".join(self.unrated[:3]) + (" …" if len(self.unrated) > 3 else "")
        start = "Chi bộ đã có mức đề xuất trong khi" if rated else "Chi bộ xếp loại sau mọi đảng viên:"
        return (
            f"{start} còn {len(self.unrated)} đồng chí chưa có mức đề xuất ({who}). "
            "Thứ tự theo Quy định 366-QĐ/TW, Điều 12 khoản 2."
        )


def open_collectives(ws: Workspace, year: int) -> CollectiveView:
    """The reports of the cell and, where there is one, its committee; what is open on each. ``NoRules``."""
    ws.must_lead("kiểm điểm tập thể")
    with ws.read() as tx:
        rules = rule_book_in(tx)
        rule_set = rules.rules_of(year)
        members = member_queries.members(tx)
        stored = review_queries.collective_reviews(tx, year)
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
    draft = DraftSending(duties.meeting_on, setting.draft_sent_on)
    return CollectiveView(year, lines, draft, unrated, is_closed, meeting.id if meeting else "")


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
    ws.must_lead("ghi ngày gửi dự thảo báo cáo")
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
