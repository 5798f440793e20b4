"""The lists after the review meeting: files, the summary of grades, pending, exempt, statistics."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial

from app.domain.form_template import FormTemplate
from app.domain.member import Member
from app.domain.permissions import ActorRole, Reader
from app.domain.review import CELL_SUBJECT, COLLECTIVES, GradeStage
from app.domain.sheets.document import BLANK, DocumentContent, document_paper
from app.domain.sheets.facts import SheetFacts, identity_value
from app.domain.sheets.frame import Row
from app.domain.sheets.kinds import PaperKind
from app.domain.sheets.lists import (
    BLANK_CHECK,
    blank_statistics,
    exempt_rows,
    file_rows,
    label_rows,
    named_reasons,
    pending_row,
    statistics_rows,
    summary_row,
)
from app.domain.sheets.organs import cell_name_in_text
from app.domain.year_end_facts import SubjectFacts
from app.domain.year_file import FileFacts, file_items
from app.services.paper_gathering import YearGathering
from app.services.paper_meetings import duties_of, issued_for, rated_members, statistics_of
from app.services.paper_sheets import Maker, NoSheet, Sheet, SheetOrder
from app.services.year_end_facts import YearEndBook, collective_facts, file_facts, member_facts

_CENTRAL_FILE, _OWN_FILE = "F25_04", "L_FILE"
_STAGE_WORDS = {
    GradeStage.DECIDED: "Theo mức cấp có thẩm quyền quyết định",
    GradeStage.PROPOSED: "Theo mức chi bộ đề xuất, chưa có quyết định",
}
_OF_WHOM = {"Cá nhân": "", "Tập thể": CELL_SUBJECT}


def file_lists(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """Mẫu 04 for each member to be rated; for the collectives too where everybody's is wanted."""
    year, form = order.year, _file_form(order)
    if order.nameless:
        for of_whom, subject in _OF_WHOM.items():
            items = file_items(FileFacts(subject, has_points=_has_points(year)))
            rows = label_rows(file_rows(items), "order", "label")
            content = DocumentContent(rows={"file_items": rows}, values={"of_whom": of_whom}, blank=True)
            sheet_form = _without_posts(form) if subject else form
            yield order.sheet(form, partial(document_paper, sheet_form, year.facts(None), content))
        return
    files = _Files(order, form)
    wanted, rated = {member.id for member in order.people}, rated_members(year)
    for member in rated:
        if member.id in wanted:
            yield files.of_member(member)
    concerned, duties = {member.id for member in rated}, duties_of(year)
    for member in order.people:
        if member.id not in concerned and (reason := duties.of(member).why_not):
            yield NoSheet(member, reason)
    if len(wanted) > 1 and concerned <= wanted:
        for subject in files.book.collectives:
            yield files.of_collective(subject)


def _file_form(order: SheetOrder) -> FormTemplate:
    """Mẫu 04 from the year of its guidance on, under an office's own rules too; a plain list before."""
    year, central = order.year, order.form(_CENTRAL_FILE)
    known = year.rules.rule_sets(year.year)
    issued = next((each for each in known if each.key == central.rule_set), None)
    return order.form(_OWN_FILE) if issued and year.year < issued.year_from else central


def _has_points(year: YearGathering) -> bool:
    return any(subject.profile for subject in year.rules.rules_of(year.year).subjects)


def summary(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """Everybody's grades side by side: own, office, chi ủy, union, cell."""
    people = rated_members(order.year) if not order.nameless else ()
    rows = [_summary_row(order.year, member) for member in people]
    if order.blank:
        rows = label_rows(rows, "full_name", "posts")
    content = DocumentContent(rows={"people": rows}, blank=order.blank)
    yield _list(order, "L_SUMMARY", BLANK if order.nameless else content)


def pending_list(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """Who is not yet reviewed or rated, and why."""
    year, duties = order.year, duties_of(order.year)
    cell = cell_name_in_text(year.cell_facts().cell.own)
    found = (
        pending_row(member, cell, duties.of(member), year.reviews.get(member.id)) for member in year.members
    )
    rows = [row for row in found if row is not None]
    yield _list(order, "L_PENDING", BLANK if order.blank else DocumentContent(rows={"people": rows}))


def exempt_list(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """Who is exempt from work and party life at some time of the year."""
    rows = exempt_rows(order.year.members, order.year.year)
    yield _list(order, "L_EXEMPT", BLANK if order.blank else DocumentContent(rows={"people": rows}))


def statistics(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The counts and shares of the year by the decided grades; before any decision by the proposed ones."""
    year, form = order.year, order.form("L_STATS")
    facts = _facts(order)
    if order.blank:
        blank = DocumentContent(
            rows={"statistics": blank_statistics()},
            values={"check": f"{BLANK_CHECK}.", "stage": "Theo mức …………………………"},
            blank=True,
        )
        yield order.sheet(form, lambda: document_paper(form, facts, blank))
        return
    is_decided = any(review.grade_at(GradeStage.DECIDED) for review in year.reviews.values())
    stage = GradeStage.DECIDED if is_decided else GradeStage.PROPOSED
    numbers = statistics_of(year, stage)
    if not numbers.has_content:
        yield NoSheet(None, f"năm {year.year} chưa có đảng viên nào trong sổ")
        return
    content = DocumentContent(
        rows={
            "statistics": statistics_rows(numbers),
            "not_rated": named_reasons(numbers.not_rated),
            "unsatisfactory": named_reasons(numbers.unsatisfactory),
        },
        values={"check": f"{numbers.total.check_text}.", "stage": _STAGE_WORDS[stage]},
    )
    yield order.sheet(form, lambda: document_paper(form, facts, content))


MAKERS: dict[PaperKind, Maker] = {
    PaperKind.FILE_LIST: file_lists,
    PaperKind.SUMMARY: summary,
    PaperKind.PENDING_LIST: pending_list,
    PaperKind.EXEMPT_LIST: exempt_list,
    PaperKind.STATISTICS: statistics,
}


# Lists of files count what is handed in; whose draft is private to them stays so whoever prints.
_READER = Reader(ActorRole.SECRETARY, None)


def _book(year: YearGathering) -> YearEndBook:
    """The same look into the book as the year-end's steps take; drafts stay with their members."""
    return YearEndBook(
        year=year.year,
        today=year.today,
        reader=_READER,
        rules=year.rules,
        rule_set=year.rules.rules_of(year.year),
        cell=year.cell,
        members=year.members,
        reviews=year.reviews,
        records=year.year_end,
    )


class _Files:
    """The lists of files of one order; what the book holds is looked up when the first is drawn."""

    def __init__(self, order: SheetOrder, form: FormTemplate) -> None:
        self.book = _book(order.year)
        self._order = order
        self._form = form

    @cached_property
    def _members(self) -> Mapping[str, SubjectFacts]:
        return {facts.subject_id: facts for facts in member_facts(self.book)}

    def of_member(self, member: Member) -> Sheet:
        """One member's list."""
        facts = self._order.year.facts(member)
        return self._sheet(facts, lambda: self._members[member.id], member)

    def of_collective(self, subject: str) -> Sheet:
        """The cell's own list, or its committee's."""
        facts = self._order.year.cell_facts()
        return self._sheet(facts, lambda: collective_facts(self.book, subject), None)

    def _sheet(self, facts: SheetFacts, look: Callable[[], SubjectFacts], member: Member | None) -> Sheet:
        form = self._form if member else _without_posts(self._form)
        return self._order.sheet(form, lambda: document_paper(form, facts, self._content(look())), member)

    def _content(self, subject: SubjectFacts) -> DocumentContent:
        facts = replace(file_facts(self.book, subject), has_points=_has_points(self._order.year))
        rows = file_rows(file_items(facts))
        if self._order.blank:
            rows = label_rows(rows, "order", "label")
        of_whom = "Tập thể" if subject.subject_id in COLLECTIVES else "Cá nhân"
        values = {"of_whom": of_whom, "whose": subject.name}
        return DocumentContent(rows={"file_items": rows}, values=values, blank=self._order.blank)


def _without_posts(form: FormTemplate) -> FormTemplate:
    """A collective holds no post."""
    lines = tuple(line for line in form.identity if all(field.key != "posts" for field in line))
    return replace(form, identity=lines)


def _summary_row(year: YearGathering, member: Member) -> Row:
    posts = identity_value("posts", replace(year.cell_facts(), member=member)) or ""
    opinions = year.year_end.opinions_on(member.id)
    return summary_row(member, posts, year.reviews.get(member.id), opinions)


def _list(order: SheetOrder, code: str, content: DocumentContent) -> Sheet:
    form, facts = order.form(code), _facts(order)
    return order.sheet(form, lambda: document_paper(form, facts, content))


def _facts(order: SheetOrder) -> SheetFacts:
    if order.nameless:
        return order.year.facts(None)
    issued = issued_for(order.year, order.kind)
    return order.year.cell_facts(issued.dated_on if issued else None)
