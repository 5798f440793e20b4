"""Keeps the numbers of the round on the page: as a draft within two seconds, in the book on leaving it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.errors import UserError
from app.domain.voting import TOTALS, Answer, VoteCount, VoteRound
from app.services import drafts
from app.services.drafts import StoredDraft
from app.services.votes import save_round
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.draft_keeper import DraftKeeper

FORM = "votes"


def round_payload(votes: VoteRound) -> dict[str, Any]:
    """The numbers of a round as a draft keeps them."""
    rows = {
        count.subject_id: {
            answer.value: number for answer in votes.kind.answers if (number := count.of(answer)) is not None
        }
        for count in votes.counts
    }
    return {"totals": {name: getattr(votes, name) for name in TOTALS}, "rows": rows}


def with_payload(votes: VoteRound, payload: dict[str, Any]) -> VoteRound:
    """A round with the numbers a draft kept; rows the round no longer has are left out."""
    rows = payload.get("rows", {})

    def filled(count: VoteCount) -> VoteCount:
        for name, number in rows.get(count.subject_id, {}).items():
            count = count.with_number(Answer(name), number)
        return count

    blank = [VoteCount(count.subject_id) for count in votes.counts]
    totals: dict[str, Any] = {name: payload.get("totals", {}).get(name) for name in TOTALS}
    return replace(votes, counts=tuple(filled(count) for count in blank), **totals)


class VotesKeeper(QObject):
    """``saved`` carries the round as the book has it, ``said`` what is kept, ``refused`` an error."""

    saved = Signal(object)
    said = Signal(str)
    refused = Signal(object)

    def __init__(self, page: DeskPage, may_save: Callable[[], bool]) -> None:
        super().__init__(page)
        self._page, self._may_save = page, may_save
        self._ws = page.desk.ws
        self.votes: VoteRound | None = None
        self._kept: dict[str, Any] = {}
        self._then: list[Callable[[], object]] = []
        self._is_saving = False
        self._draft = DraftKeeper(page, FORM, self._typed, self.flush)
        self._draft.kept.connect(lambda at: self.said.emit(f"Đã lưu nháp lúc {at[11:16]}."))

    def find_draft(self, round_id: str) -> StoredDraft | None:
        """What this person left of a round; asked off the window's thread."""
        return drafts.find_draft(self._ws, FORM, round_id)

    def take(self, votes: VoteRound, draft: StoredDraft | None) -> VoteRound:
        """Keep this round from now on, with what a draft brings back."""
        self._draft.begin(votes.id, is_stored=draft is not None)
        self._kept = round_payload(votes)
        self.votes = votes if draft is None else with_payload(votes, draft.payload)
        return self.votes

    def leave(self) -> None:
        """There is no round on the page."""
        self.votes = None

    def forget(self) -> None:
        """Give up what was typed and not saved."""
        self._draft.forget()
        self.votes = None

    def edited(self, votes: VoteRound) -> None:
        """The round reads so now."""
        self.votes = votes
        self._draft.touch()

    @property
    def is_clean(self) -> bool:
        """Whether the book has every number on the page."""
        return self._typed() is None

    def _typed(self) -> dict[str, Any] | None:
        payload = round_payload(self.votes) if self.votes is not None else self._kept
        return None if payload == self._kept else payload

    def flush(self) -> None:
        """Save what was typed; numbers that cannot be stay in the draft."""
        if self._typed() is not None and self._may_save():
            self._save()
        else:
            self._draft.flush()

    def after_kept(self, then: Callable[[], object]) -> None:
        """Save what was typed, in the book or in the draft, and go on."""
        if self._typed() is None or not self._may_save():
            self._draft.after_kept(then)
        else:
            self._then.append(then)
            self._save()

    def _save(self) -> None:
        if self._is_saving or self.votes is None:
            return
        self._is_saving = True
        self._draft.settle()
        sent = round_payload(self.votes)
        work = partial(_save_and_drop, self._ws, self.votes)
        self._page.write(
            work, changes={Topic.MEETINGS}, on_done=partial(self._saved, sent), on_error=self._not_saved
        )

    def _saved(self, sent: dict[str, Any], votes: VoteRound) -> None:
        self._is_saving = False
        self._kept = sent
        if self.votes is not None and self.votes.id == votes.id:
            self.votes = replace(self.votes, version=votes.version, counted_on=votes.counted_on)
            if self._typed() is not None:
                self._draft.touch()
        self.said.emit(f"Đã lưu lúc {self._ws.now()[11:16]}.")
        self.saved.emit(votes)
        waiting, self._then = self._then, []
        for then in waiting:
            then()

    def _not_saved(self, error: UserError) -> None:
        self._is_saving = False
        self._then = []
        self._draft.touch()
        self._draft.flush()
        self.refused.emit(error)


def _save_and_drop(ws: Workspace, votes: VoteRound) -> VoteRound:
    saved = save_round(ws, votes)
    drafts.drop_draft(ws, FORM, votes.id)
    return saved
