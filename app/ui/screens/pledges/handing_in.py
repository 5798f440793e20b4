"""Bringing a pledge that is being written into the book: as a draft of the year, or handed in to the cell."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.errors import NotAllowed, Problem, UserError, ValidationFailed
from app.domain.pledge import Pledge, problems_in_pledge
from app.services.pledges import save_pledge, submit_pledge
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.screens.pledges.editor_view import EditorView
from app.ui.screens.pledges.item_bench import ItemBench

_TOPICS = {Topic.PLEDGES, Topic.MONTHS}


class HandingIn(QObject):
    """``saved`` carries the pledge as the book has it now, ``refused`` why it has not taken it."""

    saved = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        page: DeskPage,
        view: EditorView,
        bench: ItemBench,
        keeper: DraftKeeper,
        pledge: Callable[[], Pledge],
    ) -> None:
        super().__init__(page)
        self._page, self._view, self._bench, self._keeper, self._pledge = page, view, bench, keeper, pledge
        self.is_busy = False
        view.problems.problem_chosen.connect(self._go_to_problem)

    def problems(self) -> tuple[Problem, ...]:
        """What keeps the pledge as it stands from being handed in."""
        items = self._bench.items
        return problems_in_pledge(items.items()) + items.due_problems()

    def show_what_is_left(self) -> None:
        """Problems that were shown go as they are put right."""
        if self._view.problems.isVisible():
            self._view.problems.show_problems(self.problems())
            self._view.card.show_problem("", "")

    def hand_in(self, then: Callable[[], object]) -> None:
        """Hand it to the cell, or lead to what is missing."""
        if problems := self.problems():
            self._view.show_problems(problems)
        else:
            self._save(partial(submit_pledge, self._page.desk.ws, self._written()), then)

    def save(self, then: Callable[[], object]) -> None:
        """Keep it in the book as being written; a pledge handed in is being written again."""
        self._save(partial(save_pledge, self._page.desk.ws, self._written()), then)

    def _written(self) -> Pledge:
        return replace(self._pledge(), items=self._bench.items.items())

    def _save(self, work: Callable[[], Pledge], then: Callable[[], object]) -> None:
        if self.is_busy:
            return
        self.is_busy = True
        # What is typed while the disk is slow would be neither saved nor kept.
        self._view.card.set_editable(False)

        def done(pledge: Pledge) -> None:
            self.is_busy = False
            self.saved.emit(pledge)
            then()

        self._page.write(work, changes=_TOPICS, on_done=done, on_error=self._not_saved)

    def _not_saved(self, error: UserError) -> None:
        self.is_busy = False
        if isinstance(error, NotAllowed):
            # An item that has months cannot go: it stands there again, nothing else is lost.
            self._bench.items.bring_back(self._pledge().items)
        self._bench.show()
        if isinstance(error, ValidationFailed):
            self._view.show_problems(error.problems)
            return
        self._keeper.touch()
        self._keeper.flush()
        self.refused.emit(str(error))

    def _go_to_problem(self, field: str) -> None:
        """To the field of the item a problem is about: "items.3.action"."""
        _items, _dot, place = field.partition(".")
        number, _dot, name = place.partition(".")
        if not number.isdigit():
            self._view.add.setFocus()
            return
        self._bench.go_to(int(number) - 1)
        messages = {problem.field: problem.message for problem in self.problems()}
        sentence = messages.get(field, "").partition(": ")[2]
        self._view.go_to_field(name, sentence[:1].upper() + sentence[1:])
