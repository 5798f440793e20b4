"""Which papers the program makes: for each kind the function that makes its sheets."""

from app.domain.sheets.kinds import PaperKind
from app.services import (
    papers_of_ballots,
    papers_of_grades,
    papers_of_lists,
    papers_of_meetings,
    papers_of_opinions,
    papers_of_periods,
    papers_of_reports,
)
from app.services.paper_sheets import Maker

MAKERS: dict[PaperKind, Maker] = {
    **papers_of_ballots.MAKERS,
    **papers_of_grades.MAKERS,
    **papers_of_periods.MAKERS,
    **papers_of_meetings.MAKERS,
    **papers_of_opinions.MAKERS,
    **papers_of_reports.MAKERS,
    **papers_of_lists.MAKERS,
}
_FIRST = (PaperKind.REVIEW, PaperKind.REGISTER, PaperKind.PLEDGE, PaperKind.MATRIX, PaperKind.EXTRACT)


def offered_kinds() -> tuple[PaperKind, ...]:
    """Every kind of paper that can be printed, in the order they are listed."""
    return tuple(kind for kind in PaperKind if kind in _FIRST or kind in MAKERS)
