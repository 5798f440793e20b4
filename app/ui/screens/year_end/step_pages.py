"""The pages behind the steps of the year-end; each is made, and its module loaded, when first opened."""

from collections.abc import Callable

from app.domain.year_end_facts import StepKey
from app.ui.desk import Desk, DeskPage

FILES = "files"


def _sheets(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.reviews_page import ReviewsPage

    return ReviewsPage(desk)


def _files(desk: Desk) -> DeskPage:
    from app.ui.screens.year_end.files_page import FilesPage

    return FilesPage(desk)


PAGES: dict[str, Callable[[Desk], DeskPage]] = {
    StepKey.SHEETS.value: _sheets,
    FILES: _files,
}
