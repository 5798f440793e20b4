"""The year-end reviews: the sheet section by section, points, the five grades, what the months propose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.db import (
    member_queries,
    monthly_queries,
    pledge_queries,
    review_queries,
    tables,
    year_end_queries,
)
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.cell import Cell
from app.domain.dates import Month, format_date
from app.domain.eligibility import DutyFinding
from app.domain.errors import NotAllowed, NotFound, Problem, ValidationFailed
from app.domain.form_template import FormTemplate
from app.domain.grade import Grade, SubjectKind
from app.domain.member import Member
from app.domain.monthly import MonthlySelfAssessment, Shown, shown_month
from app.domain.opinion import RaisedPoint
from app.domain.permissions import State
from app.domain.pledge import Pledge
from app.domain.raised_points import with_raised_points
from app.domain.record_states import readable_pledge, reads_month, reads_review, review_state
from app.domain.review import (
    COLLECTIVES,
    GradeStage,
    ItemScore,
    Review,
    ReviewKey,
    ReviewState,
    StageGrade,
    YearSummary,
    proposed_pledge_text,
    summarise,
)
from app.domain.review_grading import GradeContext
from app.domain.review_privacy import filled_into, readable_by
from app.domain.rule_set import PeriodKind, RuleSet
from app.domain.scoring import ScoringProfile, score_problems, scores_in
from app.domain.sheets.facts import collective_name, reference_day
from app.domain.text import nfc
from app.services.cells import cell_in, closed_years_in
from app.services.eligibility import year_duties_in
from app.services.grade_contexts import context_in
from app.services.members import one_member
from app.services.review_parts import insert_review, put_grade, review_values, rows_of, save_parts
from app.services.rule_book import RuleBook, rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open

QUARTER_FORM = "F25_05"


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything the page of one member's review shows."""

    member: Member | None  # None: the cell itself or its committee
    name: str
    review: Review
    rule_set: RuleSet
    form: FormTemplate
    profile: ScoringProfile | None
    pledge: Pledge | None
    months: tuple[MonthlySelfAssessment, ...]
    summary: YearSummary
    proposed_text: str
    is_closed: bool
    is_hidden: bool  # its member is writing it: who reads this page sees nothing of their words
    quarters: tuple[Review, ...] = ()  # of the same year, for the year's own sheet
    duty: DutyFinding | None = None  # what the year asks of the member
    context: GradeContext | None = None  # what a grade depends on beside the sheet
    profiles: tuple[ScoringProfile, ...] = ()  # tables of points to choose from
    raised: tuple[RaisedPoint, ...] = ()  # what was raised to the subject from above


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One member's row in the list of the year's reviews; ``not_reviewed`` says why nothing is asked."""

    member: Member
    review: Review | None
    not_reviewed: str


def list_reviews(ws: Workspace, year: int) -> tuple[ReviewLine, ...]:
    """The year's reviews of everybody in the cell that year; a member sees only their own."""
    sees_all, own_id = ws.may(Act.LIST_REVIEWS), ws.actor.member_id or ""
    if not sees_all:
        ws.must(Act.OPEN_REVIEW, own_id)
    with ws.read() as tx:
        rule_set = rule_book_in(tx).rules_of(year)
        reviews = review_queries.reviews_of_year(tx, year)
        duties = year_duties_in(tx, rule_set, year)
        own = None if sees_all else [own_id]
        readable = {m: readable_by(review, ws.actor.reader) for m, review in reviews.items()}
        return tuple(
            ReviewLine(member, readable.get(member.id), duties.of(member).why_not)
            for member in member_queries.members(tx, own)
            if member.id in reviews or _in_cell(member, year) or not duties.of(member).why_not
        )


def _in_cell(member: Member, year: int) -> bool:
    admitted = member.record.admitted_on
    return not member.has_left(date(year, 12, 31)) and (admitted is None or admitted.year <= year)


def open_review(ws: Workspace, key: ReviewKey) -> ReviewPage:
    """One review; a new one starts blank on the form of its subject's kind under the year's rules."""
    ws.must(Act.OPEN_REVIEW, key.member_id)
    reader = ws.actor.reader
    with ws.read() as tx:
        member = _member_in(tx, key)
        rules = rule_book_in(tx)
        review = review_queries.review_of(tx, key) or new_review(member, key, rules)
        cell = cell_in(tx)
        pledge = pledge_queries.pledge_of(tx, key.subject_id, key.year) if member else None
        pledge = readable_pledge(pledge, reader) if pledge else None
        months = _readable(ws, monthly_queries.months_of_member(tx, key.subject_id, key.year))
        quarters = _quarters_in(tx, ws, key)
        is_closed = key.year in closed_years_in(tx)
        duty = year_duties_in(tx, rules.rules_of(key.year), key.year).of(member) if member else None
        raised = _raised_to(tx, key)
        context = context_in(tx, key, member)
    day = reference_day(key.year, review.dated_on, ws.today())
    summary, proposed = summarise(None, (), ()), ""
    if member is not None:
        summary = year_summary(member, key.year, pledge, months, cell, ws.today())
        proposed = proposed_pledge_text(key.year, pledge, months, summary)
    return ReviewPage(
        member,
        member.name if member else collective_name(key.subject_id, cell.name_on(day).own),
        with_raised_points(readable_by(review, reader), raised),
        rules.rule_set(review.rule_set, key.year),
        rules.form(review.form, key.year),
        rules.profile(review.profile, key.year),
        pledge,
        months,
        summary,
        proposed,
        is_closed,
        not reads_review(reader, review),
        quarters,
        duty,
        context,
        tuple(each for each in rules.profiles(key.year) if each.subject_kind is review.subject_kind),
        raised,
    )


def _member_in(tx: ReadTransaction, key: ReviewKey) -> Member | None:
    return one_member(tx, key.subject_id) if key.member_id else None


def _quarters_in(tx: ReadTransaction, ws: Workspace, key: ReviewKey) -> tuple[Review, ...]:
    if key.is_collective or key.kind is not PeriodKind.YEAR:
        return ()
    found = review_queries.reviews_of_subject(tx, key.subject_id)
    quarters = (one for one in found if one.key.year == key.year and one.key.kind is PeriodKind.QUARTER)
    return tuple(readable_by(one, ws.actor.reader) for one in quarters)


def _raised_to(tx: ReadTransaction, key: ReviewKey) -> tuple[RaisedPoint, ...]:
    """The points raised from above to this sheet's subject; they are answered in the year's own sheet."""
    if key.kind is not PeriodKind.YEAR:
        return ()
    raised = year_end_queries.raised_points(tx, key.year)
    return tuple(point for point in raised if point.subject_id == key.subject_id)


def _readable(ws: Workspace, months: Sequence[MonthlySelfAssessment]) -> tuple[MonthlySelfAssessment, ...]:
    """The months without those their own member is still writing; only the member reads these."""
    return tuple(month for month in months if reads_month(ws.actor.reader, month))


def new_review(member: Member | None, key: ReviewKey, rules: RuleBook) -> Review:
    """A blank review with the rule set, form and scoring profile of its year and of its subject's kind.

    Raises ``NotAllowed`` for a period the year's rules do not know: before 2025 only years are reviewed.
    """
    rule_set = rules.rules_of(key.year)
    if key.kind not in rule_set.periods:
        raise NotAllowed(
            f"Bộ quy định {rule_set.key} ({rule_set.title}) chỉ có kiểm điểm hằng năm, "
            f"nên không có bản kiểm điểm {key.period_in_text}."
        )
    kind = member.kind_for(key.year) if member else SubjectKind.COLLECTIVE
    profile = rules.profile_for(rule_set, kind, key.year)
    is_quarter = key.kind is PeriodKind.QUARTER
    form = rules.form(QUARTER_FORM, key.year) if is_quarter else rules.form_for(rule_set, kind, key.year)
    return Review(key, rule_set.key, form.code, kind, profile.id if profile else "")


def year_summary(
    member: Member,
    year: int,
    pledge: Pledge | None,
    months: Sequence[MonthlySelfAssessment],
    cell: Cell,
    today: date,
) -> YearSummary:
    """The months of one member's year rolled up."""
    months_of_year = [Month(year, number) for number in range(1, 13)]
    written = {m.month for m in months}
    free = [
        m.month
        for m in months_of_year
        if member.monthly_duty(m) or m.first_day > today or (cell.is_before_book(m) and m not in written)
    ]
    late = [
        m.month.month
        for m in months
        if shown_month(member, cell, m.month, (m.state, m.submitted_at), today) is Shown.LATE
    ]
    return summarise(pledge, months, free, late)


def save_review(ws: Workspace, review: Review) -> Review:
    """Save a review, all parts at once; unchanged parts leave no trace in the history.

    A sheet being written stays so, a sheet handed in stays handed in. Typed by somebody else into a sheet
    its member is writing, it fills only what is blank there, and the sheet stays the member's.
    """
    ws.must(Act.SAVE_REVIEW, review.key.member_id)
    return _write(ws, review, f"Lưu {_sheet_words(review.key)}", submits=False)


def submit_review(ws: Workspace, review: Review) -> Review:
    """Hand the sheet to the cell: own grade chosen, points within their limits."""
    ws.must(Act.SUBMIT_REVIEW, review.key.member_id)
    if review.grade_at(GradeStage.SELF) is None:
        raise ValidationFailed((Problem("grade.self", "Chưa tự nhận mức xếp loại."),))
    act = "Chốt" if review.key.is_collective else "Gửi"
    return _write(ws, review, f"{act} {_sheet_words(review.key)}", submits=True)


def _sheet_words(key: ReviewKey) -> str:
    """What the history calls the sheet: "bản kiểm điểm năm 2025", "báo cáo kiểm điểm chi ủy năm 2025"."""
    if key.is_collective:
        return f"báo cáo kiểm điểm {COLLECTIVES[key.subject_id].lower()} {key.period_in_text}"
    return f"bản kiểm điểm {key.period_in_text}"


def _write(ws: Workspace, review: Review, act: str, *, submits: bool) -> Review:
    key, actor_id = review.key, ws.actor.member_id
    with ws.write(act, key.member_id) as tx:
        must_be_open(tx, key.year)
        rules = rule_book_in(tx)
        profile = rules.profile(review.profile, key.year)
        if profile is not None:
            appraised = score_problems(profile, scores_in(profile, review.appraised_scores()))
            own = score_problems(profile, scores_in(profile, review.self_scores()))
            if problems := (*own, *appraised):
                raise ValidationFailed(problems)
        stored = review_queries.review_of(tx, key)
        _must_stand(ws, Act.SUBMIT_REVIEW if submits else Act.SAVE_REVIEW, key, stored)
        if not ws.may(Act.SCORE_FOR_CELL):
            review = _without_cells_parts(review, stored)
        entered_by = actor_id
        if (
            stored is not None
            and stored.is_private_to_member()
            and key.subject_id != actor_id
            and not submits
        ):
            review, entered_by = filled_into(stored, review), stored.entered_by
        if stored is None:
            blank = new_review(_member_in(tx, key), key, rules)
            state = ReviewState.SUBMITTED if submits else ReviewState.DRAFT
            review_id = insert_review(tx, replace(review, rule_set=blank.rule_set, state=state), entered_by)
        else:
            review_id = stored.id
            state = ReviewState.SUBMITTED if submits else stored.state
            # A sheet begun without knowing of the stored one carries version 0 and collides too.
            values = {**review_values(review), "state": state.value, "entered_by": entered_by}
            tx.update(tables.review, review_id, values, version=review.version)
        save_parts(tx, review_id, review)
        saved = _stored(tx, key)
        if stored is not None and saved != stored and saved.version == stored.version:
            # Only parts changed: the sheet as a whole is another all the same.
            tx.update(tables.review, review_id, {"version": stored.version + 1})
            saved = _stored(tx, key)
        return readable_by(saved, ws.actor.reader)


def _without_cells_parts(review: Review, stored: Review | None) -> Review:
    """A member's own saving leaves the cell's points and cases as they are in the book."""
    known = {score.code: score for score in stored.scores} if stored else {}
    mine = {score.code: score for score in review.scores}
    scores = []
    for code in sorted(known.keys() | mine.keys()):
        kept = known.get(code, ItemScore(code))
        own = mine.get(code, ItemScore(code))
        scores.append(
            replace(own, appraised_score=kept.appraised_score, appraised_ground=kept.appraised_ground)
        )
    return replace(review, scores=tuple(scores), block_cases=stored.block_cases if stored else ())


def _must_stand(ws: Workspace, act: Act, key: ReviewKey, stored: Review | None) -> None:
    """Refuse what the sheet's state forbids."""
    state = review_state(stored)
    closed = f"Bản kiểm điểm {key.period_in_text} đã khóa nên không sửa được."
    ws.must(act, key.member_id, state, said=closed if state is State.CLOSED else "")


def set_grade(ws: Workspace, key: ReviewKey, given: StageGrade) -> Review:
    """Record one of the cell's or the competent level's grades, with its date and source."""
    ws.must(Act.SET_GRADE, key.member_id)
    if given.dated_on is None:
        raise ValidationFailed((Problem("dated_on", "Chưa ghi ngày của mức xếp loại này."),))
    if given.dated_on > ws.today():
        raise ValidationFailed((Problem("dated_on", f"Ngày {format_date(given.dated_on)} chưa tới."),))
    with ws.write(
        f"Ghi {given.stage.label.lower()} {key.period_in_text}: {given.grade.short}", key.member_id
    ) as tx:
        must_be_open(tx, key.year)
        review = _stored(tx, key)
        _must_stand(ws, Act.SET_GRADE, key, review)
        put_grade(tx, review.id, given)
        return readable_by(_stored(tx, key), ws.actor.reader)


def clear_grade(ws: Workspace, key: ReviewKey, stage: GradeStage) -> Review:
    """Take back a grade recorded by mistake; the history keeps it."""
    ws.must(Act.CLEAR_GRADE, key.member_id)
    with ws.write(f"Bỏ {stage.label.lower()} {key.period_in_text}", key.member_id) as tx:
        must_be_open(tx, key.year)
        review = _stored(tx, key)
        _must_stand(ws, Act.CLEAR_GRADE, key, review)
        table = tables.review_grade
        row = tx.first(rows_of(table, review.id).where(table.c.stage == stage.value))
        if row is not None:
            tx.delete(table, row.id)
        return readable_by(_stored(tx, key), ws.actor.reader)


def close_review(ws: Workspace, key: ReviewKey) -> Review:
    """Khóa bản kiểm điểm: the decided grade is recorded, nothing changes from then on."""
    ws.must(Act.CLOSE_REVIEW, key.member_id)
    with ws.write(f"Khóa {_sheet_words(key)}", key.member_id) as tx:
        must_be_open(tx, key.year)
        review = _stored(tx, key)
        ws.must(Act.CLOSE_REVIEW, key.member_id, review_state(review))
        if review.grade_at(GradeStage.DECIDED) is None:
            raise NotAllowed("Chưa ghi mức do cấp có thẩm quyền quyết định nên chưa khóa được bản kiểm điểm.")
        tx.update(tables.review, review.id, {"state": ReviewState.CLOSED.value})
        return _stored(tx, key)


def reopen_review(ws: Workspace, key: ReviewKey, reason: str) -> Review:
    """Mở lại bản kiểm điểm: handed in or closed, it can be changed again; the reason is in the history."""
    ws.must(Act.REOPEN_REVIEW, key.member_id)
    if not reason.strip():
        raise ValidationFailed((Problem("reason", "Chưa ghi lý do mở lại."),))
    with ws.write(f"Mở lại {_sheet_words(key)}: {nfc(reason).strip()}", key.member_id) as tx:
        must_be_open(tx, key.year)
        review = _stored(tx, key)
        ws.must(Act.REOPEN_REVIEW, key.member_id, review_state(review))
        # The cell has read it already: it is the member's alone only once they write in it again.
        if review.state is not ReviewState.DRAFT:
            values = {"state": ReviewState.DRAFT.value, "entered_by": ws.actor.member_id}
            tx.update(tables.review, review.id, values)
        return readable_by(_stored(tx, key), ws.actor.reader)


def ensured_review(tx: WriteTransaction, ws: Workspace, key: ReviewKey) -> Review:
    """The review a grade is put on; a blank one is begun for a sheet kept on paper only."""
    ws.must(Act.SET_GRADE, key.member_id)
    stored = review_queries.review_of(tx, key)
    if stored is None:
        blank = new_review(_member_in(tx, key), key, rule_book_in(tx))
        insert_review(tx, blank, ws.actor.member_id)
        stored = _stored(tx, key)
    _must_stand(ws, Act.SET_GRADE, key, stored)
    return stored


def _stored(tx: ReadTransaction, key: ReviewKey) -> Review:
    review = review_queries.review_of(tx, key)
    if review is None:
        raise NotFound(f"Trong sổ chưa có {_sheet_words(key)}.")
    return review


def with_self_grade(review: Review, grade: Grade | None) -> Review:
    """The review with the member's own grade chosen, or no longer chosen."""
    others = tuple(given for given in review.grades if given.stage is not GradeStage.SELF)
    if grade is None:
        return replace(review, grades=others)
    return replace(review, grades=(*others, StageGrade(GradeStage.SELF, grade)))
