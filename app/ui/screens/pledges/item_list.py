"""The items of a pledge while they are being written: added, moved, taken out, put back, kept as a draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

from app.domain.errors import Problem
from app.domain.pledge import Origin, Outcome, PledgeItem


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One item on screen. ``due_text`` is what stands in the date line while it cannot be read as a date."""

    key: str
    item: PledgeItem
    due_text: str = ""
    due_problem: str = ""


class ItemList:
    """The entries in order and the one being written. Stored items are known by their id."""

    def __init__(self) -> None:
        self._entries: list[ItemEntry] = []
        self._numbers = count(1)
        self._current = ""

    # What is there

    @property
    def entries(self) -> tuple[ItemEntry, ...]:
        """All entries in order."""
        return tuple(self._entries)

    def items(self) -> tuple[PledgeItem, ...]:
        """The items in order."""
        return tuple(entry.item for entry in self._entries)

    def current(self) -> ItemEntry | None:
        """The entry being written."""
        return next((entry for entry in self._entries if entry.key == self._current), None)

    def index(self) -> int:
        """The place of the entry being written, or -1."""
        return next((n for n, entry in enumerate(self._entries) if entry.key == self._current), -1)

    def due_problems(self) -> tuple[Problem, ...]:
        """Dates that cannot be read."""
        return tuple(
            Problem(f"items.{number}.due_on", f"Việc {number}: {entry.due_problem}")
            for number, entry in enumerate(self._entries, 1)
            if entry.due_problem
        )

    # What a person does

    def show(self, items: Sequence[PledgeItem]) -> None:
        """These items, as the book has them; the one being written stays at its place."""
        place = self.index()
        before = self._current
        self._entries = [self._entry(item) for item in items]
        if before not in {entry.key for entry in self._entries}:
            self.choose_number(max(place, 0))

    def choose(self, key: str) -> None:
        """Write this entry."""
        if any(entry.key == key for entry in self._entries):
            self._current = key

    def choose_number(self, index: int) -> None:
        """Write the entry at a place, the nearest when there are fewer."""
        entries = self._entries
        self._current = entries[max(0, min(index, len(entries) - 1))].key if entries else ""

    def add(self, items: Iterable[PledgeItem]) -> None:
        """Put items at the end; the first of them is written next."""
        fresh = [self._entry(item) for item in items]
        self._entries += fresh
        if fresh:
            self._current = fresh[0].key

    def update(self, entry: ItemEntry) -> None:
        """The entry as it reads now."""
        self._entries = [entry if old.key == entry.key else old for old in self._entries]

    def move(self, step: int) -> bool:
        """Move the entry being written up (-1) or down (1)."""
        here = self.index()
        there = here + step
        if here < 0 or not 0 <= there < len(self._entries):
            return False
        self._entries[here], self._entries[there] = self._entries[there], self._entries[here]
        return True

    def remove(self) -> tuple[int, ItemEntry] | None:
        """Take the entry being written out; what is returned can be put back."""
        entry, index = self.current(), self.index()
        if entry is None:
            return None
        self._entries.pop(index)
        self.choose_number(index)
        return index, entry

    def put_back(self, index: int, entry: ItemEntry) -> None:
        """Put an entry back where it was."""
        if all(other.key != entry.key for other in self._entries):
            self._entries.insert(index, entry)
        self._current = entry.key

    def bring_back(self, stored: Sequence[PledgeItem]) -> None:
        """Stored items that were taken out stand there again, where they were."""
        there = {entry.item.id for entry in self._entries}
        for index, item in enumerate(stored):
            if item.id not in there:
                self._entries.insert(index, self._entry(item))

    def _entry(self, item: PledgeItem) -> ItemEntry:
        return ItemEntry(item.id or f"new-{next(self._numbers)}", item)

    # Draft

    def as_draft(self) -> list[dict[str, str]]:
        """What a draft keeps of the entries."""
        return [_as_draft(entry) for entry in self._entries]

    def restore(self, drafts: Sequence[dict[str, Any]], stored: Sequence[PledgeItem]) -> None:
        """Show what a draft kept; items that have left the book meanwhile come back as new ones."""
        known = {item.id: item for item in stored}
        self._entries = []
        for draft in drafts:
            entry = _from_draft(draft, known.get(str(draft.get("id", ""))))
            key = entry.item.id or f"new-{next(self._numbers)}"
            self._entries.append(replace(entry, key=key))
        self.choose_number(max(self.index(), 0))


def _as_draft(entry: ItemEntry) -> dict[str, str]:
    item = entry.item
    return {
        "id": item.id,
        "content_code": item.content_code,
        "action": item.action,
        "target": item.target,
        "due_on": item.due_on.isoformat() if item.due_on else "",
        "due_text": entry.due_text,
        "due_problem": entry.due_problem,
        "measure": item.measure,
        "origin": item.origin.value,
        "note": item.note,
        "carried_from": item.carried_from or "",
        "outcome": item.outcome.value,
        "finished_on": item.finished_on.isoformat() if item.finished_on else "",
    }


def _from_draft(draft: dict[str, Any], stored: PledgeItem | None) -> ItemEntry:
    item = PledgeItem(
        draft["content_code"],
        draft["action"],
        draft["target"],
        _day(draft["due_on"]),
        draft["measure"],
        Origin(draft["origin"]),
        draft["note"],
        draft["carried_from"] or None,
        Outcome(draft["outcome"]),
        _day(draft["finished_on"]),
        stored.id if stored else "",
        stored.revisions if stored else (),
    )
    return ItemEntry("", item, draft["due_text"], draft["due_problem"])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
