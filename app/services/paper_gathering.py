"""Everything papers of a year need from the book, read in one look and closed before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.db import member_queries, monthly_queries, pledge_queries, review_queries
from app.domain.cell import Cell, CellName
from app.domain.dates import Month
from app.domain.member import Member
from app.domain.monthly import MonthlySelfAssessment, Shown, month_duty, shown_month
from app.domain.pledge import Pledge
from app.domain.record_states import readable_month, readable_pledge
from app.domain.review import Review, YearSummary
from app.domain.review_privacy import readable_by
from app.domain.sheets.facts import (
    CellSigner,
    SheetFacts,
    cell_heads,
    cell_signer,
    has_committee,
    reference_day,
)
from app.domain.sheets.year_record import YearRecord
from app.services.cells import cell_in
from app.services.content_sets import own_sets_in
from app.services.reviews import year_summary
from app.services.rule_book import SHIPPED, RuleBook, rule_book_in
from app.services.workspace import Workspace
from app.services.year_end_records import YearEndRecords, readable_records, year_end_records_in

_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class _CellDay:
    """The cell on one day; worked out once for all sheets of that day."""

    day: date
    cell: CellName
    has_committee: bool
    heads: tuple[tuple[str, CellSigner], ...]


@dataclass(frozen=True, slots=True)
class YearGathering:
    """One year of the book as it stood at one moment; papers are built from it without the book."""

    year: int
    today: date
    cell: Cell
    members: tuple[Member, ...]
    reviews: Mapping[str, Review]
    pledges: Mapping[str, Pledge]
    months: Mapping[str, tuple[MonthlySelfAssessment, ...]]
    labels: Mapping[str, str] = field(default_factory=dict)
    set_titles: Mapping[str, str] = field(default_factory=dict)
    days: dict[date, _CellDay] = field(default_factory=dict)
    rules: RuleBook = SHIPPED
    year_end: YearEndRecords = field(default_factory=YearEndRecords)
    periods: tuple[Review, ...] = ()  # of quarters, terms, and when needed

    def has_data_of(self, member: Member) -> bool:
        """Whether anything of the year was written for a member."""
        return member.id in self.reviews or member.id in self.pledges or member.id in self.months

    def was_here(self, member: Member) -> bool:
        """Whether a member belonged to the cell at some time of the year."""
        admitted = member.record.admitted_on
        return not member.has_left(date(self.year, 1, 1)) and (admitted is None or admitted.year <= self.year)

    def facts(self, member: Member | None, dated_on: date | None = None) -> SheetFacts:
        """The frame of a member's sheet (or a nameless one): header lines, posts and signer of its date."""
        review = self.reviews.get(member.id) if member else None
        kind = (review.subject_kind if review else member.kind_for(self.year)) if member else None
        day = self._day(reference_day(self.year, dated_on, self.today))
        return SheetFacts(
            year=self.year,
            cell=day.cell,
            as_of=day.day,
            dated_on=dated_on,
            has_committee=day.has_committee,
            signer=cell_signer(day.heads, member.id) if member else CellSigner(),
            member=member,
            kind=kind,
            content_set=self._content_set(member),
        )

    def cell_facts(self, dated_on: date | None = None) -> SheetFacts:
        """The frame of a paper of the whole cell; of the day it is dated, else of the year's last day."""
        day = self._day(reference_day(self.year, dated_on, self.today))
        return SheetFacts(
            self.year,
            day.cell,
            day.day,
            dated_on,
            has_committee=day.has_committee,
            signer=cell_signer(day.heads),
        )

    def _day(self, day: date) -> _CellDay:
        if day not in self.days:
            self.days[day] = _CellDay(
                day, self.cell.name_on(day), has_committee(self.members, day), cell_heads(self.members, day)
            )
        return self.days[day]

    def _content_set(self, member: Member | None) -> str:
        """The sets a member's items come from; the cell's usual one while nothing is registered."""
        pledge = self.pledges.get(member.id) if member else None
        codes = [item.content_code.rpartition(".")[0] for item in pledge.items] if pledge else []
        titles = dict.fromkeys(self.set_titles[code] for code in codes if code in self.set_titles)
        return "; ".join(titles) or self.set_titles.get(self.cell.content_set, "")

    def record(self, member: Member) -> YearRecord:
        """One member's year as papers tell it."""
        months = self.months.get(member.id, ())
        pledge = self.pledges.get(member.id)
        return YearRecord(
            pledge,
            months,
            self.shown(member),
            self.summary(member),
            {m: reason for m in _MONTHS if (reason := month_duty(member, self.cell, Month(self.year, m)))},
            self.labels,
            self.reviews.get(member.id),
        )

    def summary(self, member: Member) -> YearSummary:
        """One member's year rolled up."""
        return year_summary(
            member,
            self.year,
            self.pledges.get(member.id),
            self.months.get(member.id, ()),
            self.cell,
            self.today,
        )

    def shown(self, member: Member) -> tuple[Shown, ...]:
        """What each of a member's twelve months looks like today."""
        stored = {month.month.month: month for month in self.months.get(member.id, ())}
        return tuple(self._shown(member, Month(self.year, m), stored.get(m)) for m in _MONTHS)

    def _shown(self, member: Member, month: Month, stored: MonthlySelfAssessment | None) -> Shown:
        known = (stored.state, stored.submitted_at) if stored else None
        return shown_month(member, self.cell, month, known, self.today)


def gather_year(ws: Workspace, year: int) -> YearGathering:
    """Read a year of the cell in one transaction, in a handful of selects; others' drafts come wordless."""
    reader = ws.actor.reader
    with ws.read() as tx:
        rules = rule_book_in(tx)
        content_sets = (*rules.content_sets(year), *own_sets_in(tx))
        return YearGathering(
            year=year,
            today=ws.today(),
            cell=cell_in(tx),
            members=member_queries.members(tx),
            reviews={
                member_id: readable_by(review, reader)
                for member_id, review in review_queries.reviews_of_year(tx, year).items()
            },
            pledges={
                member_id: readable_pledge(pledge, reader)
                for member_id, pledge in pledge_queries.pledges_of_year(tx, year).items()
            },
            months={
                member_id: tuple(readable_month(month, reader) for month in months)
                for member_id, months in monthly_queries.months_of_cell(tx, year).items()
            },
            labels={item.code: item.label for each in content_sets for item in each.items},
            set_titles={each.code: each.title for each in content_sets},
            rules=rules,
            year_end=readable_records(year_end_records_in(tx, year), reader),
            periods=tuple(readable_by(review, reader) for review in review_queries.period_reviews(tx, year)),
        )
