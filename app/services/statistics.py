"""Nhìn lại: counts and shares of grades of the cell over years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.db import member_queries, review_queries, year_end_queries
from app.domain.errors import NoRules
from app.domain.review import GradeStage
from app.domain.sheets.kinds import PaperKind
from app.domain.statistics import YearStatistics
from app.domain.year_statistics import YearGrades, year_statistics
from app.services.eligibility import year_duties_in
from app.services.paper_meetings import statistics_of as statistics_of
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace

SHOWN_YEARS = 5


@dataclass(frozen=True, slots=True)
class YearsView:
    """The years looked back on, the latest first; ``without_rules`` are those no rule set covers.

    ``prints``: the program has the paper of these numbers.
    """

    years: tuple[YearStatistics, ...]
    without_rules: tuple[int, ...] = ()
    prints: bool = False

    def of(self, year: int) -> YearStatistics | None:
        """One year's numbers."""
        return next((each for each in self.years if each.year == year), None)


def look_back(ws: Workspace, last_year: int, first_year: int) -> YearsView:
    """The last five years up to one, or fewer when the book began later."""
    ws.must(Act.READ_STATISTICS)
    first = max(first_year, last_year - SHOWN_YEARS + 1)
    from app.services.paper_makers import offered_kinds  # every builder of papers: only when first needed

    view = read_statistics(ws, range(last_year, first - 1, -1))
    return replace(view, prints=PaperKind.STATISTICS in offered_kinds())


def read_statistics(ws: Workspace, years: Sequence[int], stage: GradeStage = GradeStage.DECIDED) -> YearsView:
    """The numbers of these years, each under its own rules; whose grades are counted is ``stage``."""
    ws.must(Act.READ_STATISTICS)
    found: list[YearStatistics] = []
    without: list[int] = []
    with ws.read() as tx:
        rules, members = rule_book_in(tx), member_queries.members(tx)
        for year in years:
            try:
                rule_set = rules.rules_of(year)
            except NoRules:
                without.append(year)
                continue
            grades = YearGrades(
                year,
                ws.today(),
                rule_set,
                year_duties_in(tx, rule_set, year),
                members,
                review_queries.reviews_of_year(tx, year),
                review_queries.collective_reviews(tx, year),
                stage,
                year_end_queries.disciplines(tx),
            )
            found.append(year_statistics(grades))
    return YearsView(tuple(found), tuple(without))
