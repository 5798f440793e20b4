"""The list of the year's reviews as rows, without widgets."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.dates import format_date
from app.domain.errors import NotFound, UserError
from app.domain.grade import SubjectKind
from app.domain.member import Member
from app.domain.review import GradeStage, ReviewKey, ReviewState
from app.domain.rule_set import RuleSet
from app.services.cells import closed_years
from app.services.reviews import ReviewLine, list_reviews
from app.services.rule_book import RuleBook, open_rule_book
from app.services.workspace import Workspace


class Standing(StrEnum):
    """How far a member's review is, as the filters of the list put it."""

    NOT_WRITTEN = "not_written"
    WRITING = "writing"
    SUBMITTED = "submitted"
    PROPOSED = "proposed"
    DECIDED = "decided"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The standing's words."""
        return {
            "not_written": "Chưa viết",
            "writing": "Đang viết",
            "submitted": "Đã gửi",
            "proposed": "Đã có đề xuất",
            "decided": "Đã quyết định",
            "not_asked": "Không thuộc diện",
        }[self.value]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One member's line: who, which form, how far, the five grades in short."""

    member: Member
    kind: SubjectKind
    form: str
    standing: Standing
    is_saved: bool
    grades: tuple[str, ...]
    reason: str

    @property
    def id(self) -> str:
        """The member's id: one line per member."""
        return self.member.id


@dataclass(frozen=True, slots=True)
class YearView:
    """Everything the list shows of a year; ``problem`` says why there is nothing to show."""

    year: int
    rows: tuple[ReviewRow, ...]
    kinds: tuple[tuple[SubjectKind, str], ...]
    facts: str
    is_closed: bool
    problem: str = ""

    @property
    def undecided(self) -> tuple[ReviewRow, ...]:
        """Members whose review is asked for and not decided yet."""
        return tuple(row for row in self.rows if row.standing not in (Standing.DECIDED, Standing.NOT_ASKED))


def read_year(ws: Workspace, year: int) -> YearView:
    """The year's list; a year without rules is said, not raised."""
    is_closed = year in closed_years(ws)
    try:
        book = open_rule_book(ws)
        rules = book.rules_of(year)
        lines = list_reviews(ws, year)
    except UserError as error:
        return YearView(year, (), (), "", is_closed, str(error))
    kinds = tuple(
        (kind, _form(book, rules, kind, year))
        for kind in (SubjectKind.LEADER, SubjectKind.NON_LEADER, SubjectKind.OUTSIDE)
        if rules.subject(kind) is not None
    )
    due = next((d for d in rules.deadlines if d.code == "REVIEW"), None)
    facts = f"Bộ quy định {rules.key}: {rules.title}"
    if due is not None:
        facts += f" · hạn trước {format_date(due.before(year))}"
    rows = tuple(_row(line, year, book, rules) for line in lines)
    return YearView(year, rows, kinds, facts, is_closed)


def _row(line: ReviewLine, year: int, book: RuleBook, rules: RuleSet) -> ReviewRow:
    review = line.review
    kind = review.subject_kind if review else line.member.kind_for(year)
    form = book.form(review.form, year).number_in_text if review else _form(book, rules, kind, year)
    given = {each.stage: each.grade.short for each in review.grades} if review else {}
    return ReviewRow(
        line.member,
        kind,
        form,
        _standing(line),
        review is not None,
        tuple(given.get(stage, "") for stage in GradeStage),
        line.not_reviewed,
    )


def _form(book: RuleBook, rules: RuleSet, kind: SubjectKind, year: int) -> str:
    try:
        return book.form_for(rules, kind, year).number_in_text
    except NotFound:
        return "chưa có mẫu"


def _standing(line: ReviewLine) -> Standing:
    review = line.review
    if review is None:
        return Standing.NOT_ASKED if line.not_reviewed else Standing.NOT_WRITTEN
    if review.grade_at(GradeStage.DECIDED) is not None:
        return Standing.DECIDED
    if review.grade_at(GradeStage.PROPOSED) is not None:
        return Standing.PROPOSED
    return Standing.WRITING if review.state is ReviewState.DRAFT else Standing.SUBMITTED


def review_key(row: ReviewRow, year: int) -> ReviewKey:
    """Whose review of which year a row opens."""
    return ReviewKey(row.member.id, year)
