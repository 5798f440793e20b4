"""The guided year-end of a cell: nine steps read in one look, and everybody's file ticked by what exists."""

from dataclasses import dataclass, replace

from app.db import member_queries, review_queries
from app.db.transactions import ReadTransaction
from app.domain.dates import format_date
from app.domain.errors import NoRules
from app.domain.rule_set import RuleSet
from app.domain.sheets.kinds import PaperKind
from app.domain.year_closing import YearClosing
from app.domain.year_end_facts import StepDeadline, StepKey, YearEndFacts, YearEndStep
from app.domain.year_end_progress import review_deadline
from app.domain.year_end_steps import all_deadlines, current_step, open_items, year_end_steps
from app.domain.year_file import FileItem, file_items
from app.services.cells import cell_in
from app.services.rule_book import RuleBook, rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_end_facts import YearEndBook, file_facts, opinion_lines, year_end_facts
from app.services.year_end_records import year_end_records_in
from app.services.year_states import year_state_in


@dataclass(frozen=True, slots=True)
class YearEndView:
    """The page of a year-end; ``problem`` says why the year has no steps."""

    year: int
    facts: str
    steps: tuple[YearEndStep, ...] = ()
    current: StepKey = StepKey.DUTY
    is_closed: bool = False
    closings: tuple[YearClosing, ...] = ()
    problem: str = ""
    prints_files: bool = False
    deadlines: tuple[StepDeadline, ...] = ()

    def step(self, key: StepKey) -> YearEndStep:
        """One of the nine."""
        return next(step for step in self.steps if step.key is key)

    @property
    def open_items(self) -> tuple[str, ...]:
        """What is open now, one sentence for each step."""
        return open_items(self.steps)


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """One subject's file of the year; ``source`` is what in the year's rules asks for the list, or ""."""

    subject_id: str
    name: str
    items: tuple[FileItem, ...]
    source: str = ""

    @property
    def missing(self) -> tuple[FileItem, ...]:
        """What the file still waits for."""
        return tuple(item for item in self.items if item.is_missing)


def open_year_end(ws: Workspace, year: int) -> YearEndView:
    """The steps of a year, in a fixed number of selects; a year without rules is said, not raised."""
    ws.must(Act.OPEN_YEAR_END)
    with ws.read() as tx:
        rules = rule_book_in(tx)
        try:
            rule_set = rules.rules_of(year)
        except NoRules as error:
            state = year_state_in(tx, year)
            return YearEndView(year, "", is_closed=state.closed_on is not None, problem=str(error))
        book = year_end_book_in(tx, ws, year, rules, rule_set)
    facts = year_end_facts(book)
    offered = _offered_papers()
    steps = tuple(_with_papers(step, offered) for step in year_end_steps(facts))
    return YearEndView(
        year,
        _facts_line(rule_set, facts),
        steps,
        current_step(steps).key,
        book.is_closed,
        book.records.closings,
        prints_files=PaperKind.FILE_LIST in offered,
        deadlines=() if book.is_closed else all_deadlines(facts, steps),
    )


def _offered_papers() -> frozenset[str]:
    from app.services.paper_makers import offered_kinds  # every builder of papers: only when first needed

    return frozenset(offered_kinds())


def _with_papers(step: YearEndStep, offered: frozenset[str]) -> YearEndStep:
    """The step with the papers the program makes; without any, no button."""
    if step.paper is None:
        return step
    kinds = [kind for kind in step.paper.paper.split(",") if kind in offered]
    return replace(step, paper=replace(step.paper, paper=",".join(kinds)) if kinds else None)


def year_end_book_in(
    tx: ReadTransaction, ws: Workspace, year: int, rules: RuleBook, rule_set: RuleSet
) -> YearEndBook:
    """One look at everything the year-end is told from."""
    state = year_state_in(tx, year)
    return YearEndBook(
        year,
        ws.today(),
        ws.actor.reader,
        rules,
        rule_set,
        cell_in(tx),
        member_queries.members(tx),
        review_queries.reviews_of_year(tx, year),
        year_end_records_in(tx, year),
        state.closed_on,
        state.closed_on is not None,
    )


def list_year_files(ws: Workspace, year: int) -> tuple[SubjectFile, ...]:
    """Everybody's file of a year and the collectives', ticked by what exists (Mẫu 04). Raises ``NoRules``."""
    ws.must(Act.READ_YEAR_FILES)
    with ws.read() as tx:
        rules = rule_book_in(tx)
        book = year_end_book_in(tx, ws, year, rules, rules.rules_of(year))
    facts = year_end_facts(book)
    asked = book.rule_set.situation("REVIEW_FILE")
    source = asked.source if asked else ""
    lines = opinion_lines(book)
    return tuple(
        SubjectFile(
            each.subject_id,
            each.name,
            file_items(file_facts(book, each, lines.get(each.subject_id, ()))),
            source,
        )
        for each in (*facts.collectives, *facts.reviewed)
    )


def _facts_line(rule_set: RuleSet, facts: YearEndFacts) -> str:
    papers = [f"{source.role} {source.number.split('-')[0]}" for source in rule_set.sources[:2]]
    words = f"Bộ quy định {rule_set.key}" + (f" ({', '.join(papers)})" if papers else "")
    if facts.is_closed:
        return words
    due = review_deadline(facts)
    if due is None:
        return words
    left, day = due.days_left(facts.today), format_date(due.before)
    if due.before.year == facts.today.year:
        day = day[:5]
    return f"{words} · " + (f"còn {left} ngày đến hạn {day}" if left >= 0 else f"quá hạn {day} {-left} ngày")
