"""The sheets of one kind of paper, each built when its turn comes; or the reason why there is none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from app.domain.decision import Rerating, cited_decision
from app.domain.form_template import FormTemplate
from app.domain.grade import SubjectKind
from app.domain.member import Member, StatusKind
from app.domain.paper import Paper
from app.domain.raised_points import with_raised_points
from app.domain.review import GradeStage, Review
from app.domain.rule_set import RuleSet
from app.domain.sheets.extract import extract_paper
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.kinds import PaperKind
from app.domain.sheets.matrix import MatrixRow, matrix_paper
from app.domain.sheets.pledge import pledge_paper
from app.domain.sheets.register import register_paper
from app.domain.sheets.review import missing_in_review, review_paper
from app.services.eligibility import duties_of_records
from app.services.paper_gathering import YearGathering


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to be built when its turn comes."""

    kind: PaperKind
    member: Member | None
    form: FormTemplate
    build: Callable[[], Paper]
    missing: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What a list of sheets calls it."""
        name = self.member.name if self.member else self.kind.label
        return (
            f"{name} · {self.form.number_in_text.removeprefix('Mẫu ')}" if self.form.number_in_text else name
        )


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """What is wanted of one kind of paper. ``people`` are those asked for; ``nameless``: blank, for nobody.

    ``blank`` leaves the content to the pen.
    """

    kind: PaperKind
    year: YearGathering
    people: tuple[Member, ...]
    blank: bool = False
    nameless: bool = False
    annexes: bool = True

    def form(self, code: str) -> FormTemplate:
        """A form as the book uses it for the year: shipped, or an office's own."""
        return self.year.rules.form(code, self.year.year)

    def sheet(
        self,
        form: FormTemplate,
        build: Callable[[], Paper],
        member: Member | None = None,
        missing: tuple[str, ...] = (),
    ) -> Sheet:
        """One sheet of this kind."""
        return Sheet(self.kind, member, form, build, missing)


@dataclass(frozen=True, slots=True)
class NoSheet:
    """Why there is no sheet: for a member, or for the whole cell."""

    member: Member | None
    reason: str


Maker = Callable[[SheetOrder], Iterable[Sheet | NoSheet]]


@dataclass(frozen=True, slots=True)
class SheetMaker:
    """Makes the sheets of one kind; what comes back as text is the reason why there is none."""

    kind: PaperKind
    year: YearGathering
    rule_set: RuleSet | None
    blank: bool
    annexes: bool

    def form(self, code: str) -> FormTemplate:
        """A form as the book uses it for the year: shipped, or an office's own."""
        return self.year.rules.form(code, self.year.year)

    def of_member(self, member: Member) -> Sheet | str:
        """One member's sheet, or why there is none; an empty reason for somebody not meant at all."""
        makers = {
            PaperKind.REVIEW: self._review,
            PaperKind.REGISTER: self._register,
            PaperKind.PLEDGE: self._pledge,
            PaperKind.EXTRACT: self._extract,
        }
        return makers[self.kind](member)

    def nameless(self) -> list[Sheet]:
        """Blank sheets without a name; of the review one on each form of the year's rules."""
        facts = self.year.facts(None)
        if self.kind is PaperKind.REVIEW:
            assert self.rule_set is not None
            people = (each for each in self.rule_set.subjects if each.kind is not SubjectKind.COLLECTIVE)
            codes = dict.fromkeys(subject.form for subject in people if subject.form)
            forms = [self.form(code) for code in codes]
            return [self._sheet(None, form, partial(review_paper, form, facts)) for form in forms]
        form = self.form(_FORMS[self.kind])
        builders: dict[PaperKind, Callable[[FormTemplate, SheetFacts], Paper]] = {
            PaperKind.REGISTER: register_paper,
            PaperKind.PLEDGE: pledge_paper,
            PaperKind.EXTRACT: extract_paper,
        }
        return [self._sheet(None, form, partial(builders[self.kind], form, facts))]

    def matrix(self, people: Sequence[Member]) -> Sheet:
        """The board of the whole cell; without people an empty one to be kept by hand."""
        form = self.form(_FORMS[self.kind])
        facts = self.year.cell_facts() if people else self.year.facts(None)
        if self.blank:
            rows = [MatrixRow(member.name) for member in people]
        else:
            rows = [MatrixRow(m.name, self.year.shown(m), self.year.summary(m)) for m in people]
        return self._sheet(None, form, lambda: matrix_paper(form, facts, rows))

    def _sheet(
        self,
        member: Member | None,
        form: FormTemplate,
        build: Callable[[], Paper],
        missing: tuple[str, ...] = (),
    ) -> Sheet:
        return Sheet(self.kind, member, form, build, missing)

    def _review(self, member: Member) -> Sheet | str:
        assert self.rule_set is not None
        review = self._review_with_points(member)
        if review is None and (reason := self._not_reviewed(member, self.rule_set)):
            return reason
        if self.blank:
            kind = member.kind_for(self.year.year)
            form = (
                self.form(review.form)
                if review
                else self.year.rules.form_for(self.rule_set, kind, self.year.year)
            )
            facts = self.year.facts(member)
            return self._sheet(member, form, lambda: review_paper(form, facts))
        if review is None:
            return f"chưa có bản kiểm điểm năm {self.year.year}"
        return self._written_review(member, review)

    def _written_review(self, member: Member, review: Review) -> Sheet:
        review = _told_as_rerated(review, self.year.year_end.reratings)
        form = self.form(review.form)
        profile = self.year.rules.profile(review.profile, self.year.year)
        annex = self.form(_ANNEX) if self.annexes else None
        facts = self.year.facts(member, review.dated_on)
        missing = missing_in_review(form, review, profile)
        return self._sheet(member, form, lambda: review_paper(form, facts, review, profile, annex), missing)

    def _review_with_points(self, member: Member) -> Review | None:
        """The review with the points raised from above: those not answered yet are told as missing."""
        review = self.year.reviews.get(member.id)
        return review and with_raised_points(review, self.year.year_end.points_raised_to(member.id))

    def _not_reviewed(self, member: Member, rule_set: RuleSet) -> str:
        return duties_of_records(rule_set, self.year.year, self.year.year_end).of(member).why_not

    def _register(self, member: Member) -> Sheet | str:
        form, facts = self.form(_FORMS[self.kind]), self.year.facts(member)
        if self.blank:
            return self._sheet(member, form, lambda: register_paper(form, facts))
        if reason := self._nothing_kept(member):
            return reason
        return self._sheet(member, form, lambda: register_paper(form, facts, self.year.record(member)))

    def _pledge(self, member: Member) -> Sheet | str:
        form, pledge = self.form(_FORMS[self.kind]), self.year.pledges.get(member.id)
        facts = self.year.facts(member)
        if self.blank:
            return self._sheet(member, form, lambda: pledge_paper(form, facts))
        if pledge is None or not pledge.items:
            return self._nothing_kept(member) or f"chưa đăng ký việc nào năm {self.year.year}"
        return self._sheet(member, form, lambda: pledge_paper(form, facts, pledge))

    def _extract(self, member: Member) -> Sheet | str:
        form, facts = self.form(_FORMS[self.kind]), self.year.facts(member)
        if self.blank:
            return self._sheet(member, form, lambda: extract_paper(form, facts))
        if reason := self._nothing_kept(member):
            return reason
        return self._sheet(member, form, lambda: extract_paper(form, facts, self.year.record(member)))

    def _nothing_kept(self, member: Member) -> str:
        if member.id in self.year.pledges or member.id in self.year.months:
            return ""
        status = member.status_on(date(self.year.year, 12, 31))
        if status and status.kind in (StatusKind.EXEMPT, StatusKind.SUSPENDED, StatusKind.LEFT):
            return f"{status.kind.short.lower()}, không có đăng ký năm {self.year.year}"
        return f"chưa có đăng ký và tháng nào của năm {self.year.year}"


def _told_as_rerated(review: Review, reratings: Sequence[Rerating]) -> Review:
    """A grade changed after it was published stands on the sheet with what it was and by which decision."""
    changed = sorted(
        (each for each in reratings if each.review_id == review.id), key=lambda each: each.decided_on
    )
    if not changed:
        return review
    cited = cited_decision(changed[-1].decision, changed[-1].decided_on)
    note = f"xếp loại lại theo {cited}; mức đã công bố: {changed[0].old_grade.label}"
    grades = (
        replace(given, note=note) if given.stage is GradeStage.DECIDED else given for given in review.grades
    )
    return replace(review, grades=tuple(grades))


_ANNEX = "ANNEX"
_FORMS = {
    PaperKind.REGISTER: "REGISTER",
    PaperKind.PLEDGE: "PLEDGE",
    PaperKind.MATRIX: "MATRIX",
    PaperKind.EXTRACT: "EXTRACT",
}
