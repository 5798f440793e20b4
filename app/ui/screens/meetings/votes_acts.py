"""What a person does with a meeting's votes: rounds begun and taken back, the way of voting, recording."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.errors import Problem, UserError
from app.domain.vote_results import MeetingVotes
from app.domain.voting import RoundKind, VoteRound
from app.services import votes as vote_services
from app.services.drafts import StoredDraft
from app.services.votes import RecordedVotes, VotesPage
from app.ui.changes import Topic
from app.ui.desk import Desk
from app.ui.screens.meetings.votes_body import VotesBody
from app.ui.screens.meetings.votes_keeper import VotesKeeper
from app.ui.screens.meetings.votes_words import counted_words, left_words, record_question

BALLOTS = {
    RoundKind.FOUR_GRADES: "ballot_grade4",
    RoundKind.LOWER_GRADES: "ballot_grade",
    RoundKind.EXCELLENT: "ballot_excellent",
    RoundKind.COLLECTIVE: "ballot_cell",
}


class VotesPlace(Protocol):
    """The page as its acts need it."""

    meeting_id: str
    desk: Desk
    page: VotesPage | None
    problems: tuple[Problem, ...]
    body: VotesBody
    keeper: VotesKeeper

    @property
    def can_write(self) -> bool:
        """Whether votes can be written now."""

    @property
    def votes(self) -> VoteRound | None:
        """The round on the page."""

    def results(self) -> MeetingVotes | None:
        """What every round comes to."""

    def show_page(self, page: VotesPage, kept: dict[str, StoredDraft], place: int | None = None) -> None:
        """Show the meeting's votes."""

    def write(self, work: Callable[[], Any], *, changes: set[Topic], on_done: Any, on_error: Any) -> None:
        """Save off the window's thread."""

    def refused(self, error: UserError) -> None:
        """Say why something was not done."""

    def go_to_problem(self) -> None:
        """Lead to what is wrong first."""

    def go_back(self) -> bool:
        """Close a panel, else leave."""

    def first_focus(self) -> QWidget:
        """Where the page begins."""


class VotesActs(QObject):
    """Listens to the page's buttons and panels."""

    def __init__(self, view: VotesPlace, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._ws = view, view.desk.ws
        body = view.body
        body.way.clicked.connect(self._ask_way)
        body.first_way.clicked.connect(self._ask_way)
        body.voting.chosen.connect(self._choose_way)
        body.voting.given_up.connect(view.go_back)
        body.more.clicked.connect(self._ask_round)
        body.round_panel.begun.connect(self._add_round)
        body.round_panel.given_up.connect(view.go_back)
        body.first.clicked.connect(self._first_round)
        body.take_back.clicked.connect(self._take_back)
        body.record.clicked.connect(self.record)
        body.ballots.clicked.connect(lambda: self._print(self._ballot()))
        body.minutes.clicked.connect(lambda: self._print("tally"))

    # Rounds

    def _first_round(self) -> None:
        page = self._view.page
        if page is not None:
            kind = RoundKind.FOUR_GRADES if page.meeting.rounds == 1 else RoundKind.LOWER_GRADES
            self._begin(kind, page.default_subjects(kind), "")

    def _ask_round(self) -> None:
        page, results = self._view.page, self._view.results()
        if page is not None and results is not None and self._view.can_write:
            self._view.body.open_panel(self._view.body.round_panel)
            self._view.body.round_panel.begin(page, results)

    def _add_round(self) -> None:
        panel = self._view.body.round_panel
        self._begin(panel.kind, panel.subjects(), panel.note)

    def _begin(self, kind: RoundKind, subjects: Sequence[str], note: str) -> None:
        self._view.body.close_panels()
        work = partial(vote_services.add_round, self._ws, self._view.meeting_id, kind, subjects, note)
        self._view.keeper.after_kept(partial(self._write_rounds, work))

    def _take_back(self) -> None:
        self._write_rounds(partial(vote_services.delete_last_round, self._ws, self._view.meeting_id))

    def _write_rounds(self, work: Callable[[], VotesPage]) -> None:
        view = self._view

        def done(page: VotesPage) -> None:
            view.keeper.leave()
            view.show_page(page, {}, len(page.rounds) - 1)
            view.first_focus().setFocus()

        view.write(work, changes={Topic.MEETINGS}, on_done=done, on_error=view.refused)

    # The way of voting

    def _ask_way(self) -> None:
        page = self._view.page
        if page is not None and self._view.can_write:
            self._view.body.open_panel(self._view.body.voting)
            self._view.body.voting.begin(page.meeting, page.rule_set)

    def _choose_way(self) -> None:
        view = self._view
        panel = view.body.voting
        work = partial(
            vote_services.set_voting,
            self._ws,
            view.meeting_id,
            base=panel.majority_base,
            rounds=int(panel.rounds.value() or 1),
            secret=panel.secret.choice() != "open",
            recuse_self=panel.recuse.isChecked(),
        )
        view.body.close_panels()
        done = partial(view.show_page, kept={})
        view.write(work, changes={Topic.MEETINGS}, on_done=done, on_error=view.refused)

    # Recording

    def record(self) -> None:
        """Ghi kết quả: after the secretary has confirmed, beside everybody's grades."""
        view = self._view
        page, results = view.page, view.results()
        if page is None or results is None or not view.can_write:
            return
        if view.problems:
            view.go_to_problem()
            return
        question, consequence = record_question(page, results)
        if view.desk.dialogs.ask(question, consequence, act_label="Ghi kết quả", keep_label="Để sau"):
            view.keeper.after_kept(self._record)

    def _record(self) -> None:
        view = self._view
        work = partial(vote_services.record_results, self._ws, view.meeting_id)
        changes = {Topic.REVIEWS, Topic.MEETINGS}
        view.write(work, changes=changes, on_done=self._recorded, on_error=view.refused)

    def _recorded(self, recorded: RecordedVotes) -> None:
        view = self._view
        day = view.page.meeting.held_on if view.page else None
        held = f", họp {format_date(day)}" if day else ""
        view.desk.say_done(f"Đã ghi kết quả biểu quyết cho {counted_words(recorded.subjects)}{held}.")
        if recorded.left:
            view.body.message.show_message("info", left_words(recorded.left))

    # Papers

    def _ballot(self) -> str:
        votes, page = self._view.votes, self._view.page
        if votes is not None:
            return BALLOTS[votes.kind]
        is_one_round = page is None or page.meeting.rounds == 1
        return BALLOTS[RoundKind.FOUR_GRADES if is_one_round else RoundKind.LOWER_GRADES]

    def _print(self, paper: str) -> None:
        self._view.keeper.after_kept(partial(self._view.desk.go_to, "papers", paper=paper))
