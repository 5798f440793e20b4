"""Changing a passed pledge during the year: one item at a time, with a reason; and how each item ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from app.domain.errors import Problem, UserError, ValidationFailed
from app.domain.pledge import Outcome, Pledge, PledgeItem
from app.services.pledges import add_item, revise_item, set_outcome
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.screens.pledges.editor_view import EditorView
from app.ui.screens.pledges.item_bench import ItemBench
from app.ui.screens.pledges.item_list import ItemEntry


@dataclass(frozen=True, slots=True)
class _Change:
    """The one change being written."""

    key: str
    reason: str
    is_new: bool


class PassedChanges(QObject):
    """``begun`` when a change begins or is given up, ``saved`` with the pledge as the book has it now."""

    begun = Signal()
    saved = Signal(object)
    refused = Signal(object)

    def __init__(
        self, page: DeskPage, view: EditorView, bench: ItemBench, pledge: Callable[[], Pledge]
    ) -> None:
        super().__init__(page)
        self._page, self._view, self._bench, self._pledge = page, view, bench, pledge
        self._change: _Change | None = None
        view.card.revise_requested.connect(self._revise)
        view.card.give_up_requested.connect(self._give_up)
        view.card.outcome.outcome_chosen.connect(self._set_outcome)

    # The change in hand

    @property
    def is_open(self) -> bool:
        """Whether a change is being written."""
        return self._change is not None

    def is_on(self, entry: ItemEntry) -> bool:
        """Whether this item is the one being changed."""
        return self._change is not None and entry.key == self._change.key

    def _entry(self) -> ItemEntry | None:
        return next((entry for entry in self._bench.items.entries if self.is_on(entry)), None)

    def forget(self) -> None:
        """No change is being written any more."""
        self._change = None

    def show_again(self, items: tuple[PledgeItem, ...]) -> None:
        """The book's items were read anew: the one being written stays as it is on screen."""
        entry = self._entry()
        self._bench.items.show(items)
        if entry is not None and self._change is not None:
            if self._change.is_new:
                self._bench.items.put_back(len(items), entry)
            else:
                self._bench.items.update(entry)

    def show_acts(self, can_revise: bool) -> None:
        """Show what can be done with the item looked at."""
        current = self._bench.items.current()
        is_here = current is not None and self.is_on(current)
        self._view.card.show_change(
            can_revise=can_revise and not self.is_open,
            reason=self._change.reason if self._change and is_here else "",
            is_changing=is_here,
        )

    def save_words(self) -> str:
        """What the filled button says while a change is being written."""
        return "Lưu việc mới" if self._change and self._change.is_new else "Lưu thay đổi"

    # Draft

    def as_draft(self) -> dict[str, Any]:
        """What a draft keeps of the change."""
        change, entry = self._change, self._entry()
        if change is None or entry is None:
            return {}
        drafts = self._bench.items.as_draft()
        index = self._bench.items.entries.index(entry)
        return {"reason": change.reason, "is_new": change.is_new, "item": drafts[index]}

    def restore(self, draft: Mapping[str, Any], stored: tuple[PledgeItem, ...]) -> None:
        """Go on with a change that was left unsaved."""
        items = self._bench.items
        kept = draft["item"]
        place = next((n for n, item in enumerate(stored) if item.id and item.id == kept["id"]), -1)
        is_new = draft["is_new"] or place < 0
        items.show(stored)
        drafts: list[dict[str, Any]] = list(items.as_draft())
        if is_new:
            drafts.append({**kept, "id": ""})
        else:
            drafts[place] = kept
        items.restore(drafts, stored)
        items.choose_number(len(drafts) - 1 if is_new else place)
        entry = items.current()
        assert entry is not None
        self._change = _Change(entry.key, draft["reason"], is_new)

    # What a person does

    def add(self) -> None:
        """Ask why, then write a new item."""
        reason = self._page.desk.dialogs.ask_text(
            "Thêm một việc vào đăng ký đã thông qua?",
            "Xin ghi lý do, lý do được giữ trong ghi chú của việc mới.",
            act_label="Thêm việc",
            placeholder="Ví dụ: chi bộ giao thêm tại buổi họp tháng 6",
        )
        if reason is None:
            return
        self._bench.items.add((PledgeItem(),))
        self._begin(reason, is_new=True)
        self._view.card.focus_field("content_code")

    def _revise(self) -> None:
        number = self._bench.items.index() + 1
        reason = self._page.desk.dialogs.ask_text(
            f"Thay đổi việc {number}?",
            "Xin ghi lý do. Bản chi bộ đã thông qua được giữ lại bên dưới việc này.",
            act_label="Thay đổi",
            keep_label="Giữ nguyên",
            placeholder="Ví dụ: chuyển sang việc mới từ tháng 6",
        )
        if reason is not None:
            self._begin(reason, is_new=False)
            self._view.card.focus_field("action")

    def _begin(self, reason: str, *, is_new: bool) -> None:
        entry = self._bench.items.current()
        if entry is not None:
            self._change = _Change(entry.key, reason, is_new)
            self.begun.emit()

    def _give_up(self) -> None:
        """Back to what the cell passed; what was written can be taken up again."""
        change, entry = self._change, self._entry()
        if change is None or entry is None:
            return
        self._change = None
        self._bench.items.show(self._pledge().items)
        self.begun.emit()
        self._bench.first_focus().setFocus()
        self._page.desk.say_done("Đã bỏ thay đổi đang viết.", partial(self._take_up, change, entry))

    def _take_up(self, change: _Change, entry: ItemEntry) -> None:
        if not shiboken6.isValid(self):
            # The page was left meanwhile: nothing of it can be shown any more.
            return
        if change.is_new:
            self._bench.items.put_back(len(self._bench.items.entries), entry)
        else:
            self._bench.items.choose(entry.key)
            self._bench.items.update(entry)
        self._change = change
        self.begun.emit()

    def save(self) -> None:
        """Save the change being written."""
        change, entry = self._change, self._entry()
        if change is None or entry is None:
            return
        self._bench.items.choose(entry.key)
        self.begun.emit()
        if entry.due_problem:
            self.refused.emit((Problem("due_on", entry.due_problem),))
            return
        service = add_item if change.is_new else revise_item
        pledge = self._pledge()
        ws = self._page.desk.ws
        work = partial(service, ws, pledge.member_id, pledge.year, entry.item, change.reason)
        done = "Đã thêm một việc." if change.is_new else "Đã thay đổi một việc, bản trước được giữ lại."
        self._page.write(
            work,
            changes={Topic.PLEDGES, Topic.MONTHS},
            on_done=partial(self._saved, done),
            on_error=self._not_saved,
        )

    def _saved(self, sentence: str, pledge: Pledge) -> None:
        self._change = None
        self.saved.emit(pledge)
        self._page.desk.say_done(sentence)

    def _not_saved(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            found = [Problem(problem.field.rpartition(".")[2], problem.message) for problem in error.problems]
            self.refused.emit(tuple(found))
        else:
            self._page.desk.background.failed.emit(str(error))

    # How an item ended

    def _set_outcome(self, outcome: Outcome, on: date | None) -> None:
        entry = self._bench.items.current()
        if entry is None:
            return
        before = entry.item
        desk, pledge = self._page.desk, self._pledge()
        write = partial(set_outcome, desk.ws, pledge.member_id, pledge.year, before.id)
        topics = {Topic.PLEDGES, Topic.MONTHS}

        def undo() -> None:
            work = partial(write, before.outcome, before.finished_on)
            # The desk owns it: the page may be gone by then.
            desk.background.write(desk, work, changes=topics, on_done=lambda _none: None)

        def done(_none: None) -> None:
            desk.say_done(f"Đã ghi kết quả: {outcome.label.lower()}.", undo)

        self._page.write(partial(write, outcome, on), changes=topics, on_done=done, on_error=self._no_outcome)

    def _no_outcome(self, error: UserError) -> None:
        self._view.card.outcome.set_error(str(error))
