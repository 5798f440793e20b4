"""The pages behind the steps of the year-end; each is made, and its module loaded, when first opened."""

from collections.abc import Callable

from app.domain.year_end_facts import StepKey
from app.ui.desk import Desk, DeskPage

FILES = "files"
QUARTERS = "quarters"


def _duty(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.duty_page import DutyPage

    return DutyPage(desk)


def _opinions(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.opinions_page import OpinionsPage

    return OpinionsPage(desk)


def _sheets(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.reviews_page import ReviewsPage

    return ReviewsPage(desk)


def _appraisal(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.appraisal_page import AppraisalPage

    return AppraisalPage(desk)


def _collective(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.collective_page import CollectivePage

    return CollectivePage(desk)


def _proposal(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.proposal_page import ProposalPage

    return ProposalPage(desk)


def _decisions(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.decisions_page import DecisionsPage

    return DecisionsPage(desk)


def _quarters(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.quarters_page import QuartersPage

    return QuartersPage(desk)


def _files(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.files_page import FilesPage

    return FilesPage(desk)


PAGES: dict[str, Callable[[Desk], DeskPage]] = {
    StepKey.DUTY.value: _duty,
    StepKey.OPINIONS.value: _opinions,
    StepKey.SHEETS.value: _sheets,
    StepKey.APPRAISAL.value: _appraisal,
    StepKey.COLLECTIVE.value: _collective,
    StepKey.PROPOSAL.value: _proposal,
    StepKey.DECISIONS.value: _decisions,
    QUARTERS: _quarters,
    FILES: _files,
}
