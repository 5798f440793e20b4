"""Kiểm phiếu: the totals of each round typed in, cross-checked at once, with the results as they stand."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.attendance import denominator
from app.domain.errors import Conflict, Problem, UserError, ValidationFailed
from app.domain.vote_results import MeetingVotes, RoundResult
from app.domain.voting import TOTALS, VoteCount, VoteRound, problems_in_round
from app.services import votes as vote_services
from app.services.drafts import StoredDraft
from app.services.votes import VotesPage
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.screens.meetings.votes_acts import VotesActs
from app.ui.screens.meetings.votes_body import VotesBody
from app.ui.screens.meetings.votes_keeper import VotesKeeper


@dataclass(frozen=True, slots=True)
class _Opened:
    page: VotesPage
    drafts: dict[str, StoredDraft]


def _open(ws: Workspace, meeting_id: str, keeper: VotesKeeper) -> _Opened:
    page = vote_services.open_votes(ws, meeting_id)
    found = {each.id: keeper.find_draft(each.id) for each in page.rounds}
    return _Opened(page, {round_id: draft for round_id, draft in found.items() if draft is not None})


class VotesView(DeskPage):
    """The votes of one meeting. ``closed`` leads to its record, ``attendance_requested`` to attendance."""

    closed = Signal()
    attendance_requested = Signal()
    topics = frozenset({Topic.MEETINGS, Topic.MEMBERS, Topic.RULES})
    help_topic = "meetings"

    def __init__(self, desk: Desk, meeting_id: str) -> None:
        super().__init__(desk)
        self.meeting_id = meeting_id
        self.page: VotesPage | None = None
        self._place = -1
        self.problems: tuple[Problem, ...] = ()
        self.keeper = VotesKeeper(self, lambda: not self.problems)
        self.keeper.refused.connect(self.refused)
        self.keeper.saved.connect(self._round_saved)
        self.body = VotesBody(self, self.go_to_problem, self.attendance_requested.emit)
        self._listen()

    def _listen(self) -> None:
        body = self.body
        self.keeper.said.connect(body.bar.say_kept)
        body.back.clicked.connect(self.go_back)
        body.totals.typed.connect(self._typed)
        body.table.typed.connect(self._typed)
        body.table.pasted.connect(self._pasted)
        body.rounds.chosen.connect(lambda key: self._leave_round(int(key)))
        self.acts = VotesActs(self, self)
        for keys, act in (("F8", self.go_to_problem), ("Ctrl+S", self.keeper.flush)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Reading

    def reload(self) -> None:
        work = partial(_open, self.desk.ws, self.meeting_id, self.keeper)
        self.read(work, self._show, self.body.say_not_opened, key="votes")

    def _data_changed(self, topics: frozenset[Topic], owner: object) -> None:
        if owner is not self:
            super()._data_changed(topics, owner)

    def _show(self, opened: _Opened) -> None:
        self.show_page(opened.page, opened.drafts)

    def show_page(self, page: VotesPage, kept: dict[str, StoredDraft], place: int | None = None) -> None:
        """Show the meeting's votes; of a round typed in meanwhile the numbers on the page stay."""
        typed = None if self.keeper.is_clean else self.keeper.votes
        is_first = self.page is None
        rounds = [
            replace(typed, version=each.version) if typed and typed.id == each.id else each
            for each in page.rounds
        ]
        self.page = replace(page, rounds=tuple(rounds))
        self.body.show_page(page, can_write=self.can_write)
        if place is None:
            place = self._place if 0 <= self._place < len(rounds) else len(rounds) - 1
        self._show_round(place, kept if typed is None else {})
        if is_first and self.isVisible():
            self.first_focus().setFocus()

    def _show_round(self, place: int, kept: dict[str, StoredDraft] | None = None) -> None:
        page = self.page
        self._place = place
        if page is None:
            return
        if not page.rounds:
            self.keeper.leave()
            self._check()
            return
        votes = page.rounds[place]
        if self.keeper.is_clean or self.keeper.votes is None or self.keeper.votes.id != votes.id:
            draft = (kept or {}).get(votes.id) if self.can_write else None
            votes = self.keeper.take(votes, draft)
            self._put(votes)
            if draft is not None and not self.keeper.is_clean:
                words = f"Đã lấy lại số đồng chí nhập dở lúc {draft.saved_at[11:16]}."
                self.body.message.show_message("info", words, "Bỏ phần nhập dở", self._give_up)
        self.body.show_round(page, votes, place, can_write=self.can_write)
        self._check()

    @property
    def can_write(self) -> bool:
        """Whether votes of this meeting can be written now."""
        return self.page is not None and not self.page.is_closed and not self.desk.ws.looks_only

    def _put(self, votes: VoteRound) -> None:
        """The page's own rounds with this one as it reads now."""
        if self.page is not None:
            rounds = tuple(votes if each.id == votes.id else each for each in self.page.rounds)
            self.page = replace(self.page, rounds=rounds)

    # Typing

    @property
    def votes(self) -> VoteRound | None:
        """The round on the page as it reads now."""
        page = self.page
        return page.rounds[self._place] if page is not None and page.rounds else None

    def results(self) -> MeetingVotes | None:
        """What every round comes to as it reads now."""
        return self.page.results() if self.page is not None else None

    def _typed(self) -> None:
        votes = self.votes
        if votes is not None and self.can_write:
            votes = replace(self.body.totals.into(votes), counts=self.body.table.votes.counts())
            self._put(votes)
            self.keeper.edited(votes)
            self._check()

    def _pasted(self, count: int, left: int, before: tuple[VoteCount, ...]) -> None:
        if count and self.votes is not None:
            rest = f" Bỏ qua {left} ô không phải số phiếu hoặc nằm ngoài bảng." if left else ""
            undo = partial(self._unpaste, self.votes.id, before)
            self.desk.say_done(f"Đã dán {count} số vào bảng.{rest}", undo)
        else:
            self.body.message.show_message("warning", "Trong bảng tạm không có số nào để dán.")

    def _unpaste(self, round_id: str, before: tuple[VoteCount, ...]) -> None:
        if self.votes is not None and self.votes.id == round_id and self.can_write:
            votes = replace(self.votes, counts=before)
            self._put(votes)
            self.keeper.edited(votes)
            self._check()

    def _check(self) -> None:
        """What follows from the numbers: what is wrong, sums, results, whether they can be recorded."""
        page, votes, results = self.page, self.votes, self.results()
        if page is None or results is None:
            return
        self.problems = ()
        if votes is not None:
            self.problems = problems_in_round(votes, page.most_ballots, page.names)
            self.body.show_numbers(page, votes, results.rounds[self._place], self.problems)
        self.body.show_foot(self._result_or_none(results), page, self._working())
        self.body.show_state(page, self.problems, self._others_wrong(), can_write=self.can_write)

    def _result_or_none(self, results: MeetingVotes) -> RoundResult | None:
        return results.rounds[self._place] if results.rounds else None

    def _working(self) -> str:
        page = self.page
        assert page is not None
        base = page.meeting.majority_base or page.rule_set.vote.majority_base
        return denominator(page.meeting.attendance, base, self.votes.valid if self.votes else None).working

    def _others_wrong(self) -> bool:
        """Whether another round than the one on the page cannot be right."""
        page = self.page
        if page is None:
            return False
        others = (each for place, each in enumerate(page.rounds) if place != self._place)
        return any(problems_in_round(each, page.most_ballots) for each in others)

    def go_to_problem(self) -> None:
        """F8: the cell of what is wrong first."""
        if self.problems:
            subject, _, answer = self.problems[0].field.partition(".")
            if subject in TOTALS:
                self.body.totals.lines[subject].setFocus()
            else:
                self.body.table.go_to_subject(subject, answer)

    # Rounds

    def _leave_round(self, place: int) -> None:
        self.body.rounds.set_choice(str(place))
        self.keeper.after_kept(partial(self._read_round, place))

    def _read_round(self, place: int) -> None:
        self._place = place
        self.keeper.leave()
        self.reload()

    def _round_saved(self, votes: VoteRound) -> None:
        page = self.page
        if page is not None:
            self._put(replace(self._round(votes.id) or votes, version=votes.version))

    def _round(self, round_id: str) -> VoteRound | None:
        rounds = self.page.rounds if self.page else ()
        return next((each for each in rounds if each.id == round_id), None)

    def refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self.body.message.show_message("error", error.problems[0].message)
        elif isinstance(error, Conflict):
            self.body.message.show_message("warning", str(error), "Xem bản trong sổ", self._read_again)
        else:
            self.body.message.show_message("error", str(error))

    def _give_up(self) -> None:
        self.keeper.forget()
        self._read_again()

    def _read_again(self) -> None:
        self.keeper.leave()
        self.body.message.close_message()
        self.reload()

    # Ways on

    def go_back(self) -> bool:
        """Close an open panel, else back to the meeting; what was typed is kept."""
        if self.body.close_panels():
            self._check()
            self.first_focus().setFocus()
        else:
            self.keeper.after_kept(self.closed.emit)
        return True

    def flush(self) -> None:
        """Everything typed is kept now."""
        self.keeper.flush()

    def first_focus(self) -> QWidget:
        """The first total, or the way to begin."""
        return self.body.first_focus()
