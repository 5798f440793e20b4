"""Putting the sample book's sentences together: the same story always gives the same words, none twice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from app.domain.dates import Month
from app.domain.monthly import MonthlyEntry
from app.domain.pledge import Origin, PledgeItem
from app.domain.sample_story import Banks, SampleMember, SampleStory, ToldItem, WorkKind

_SHORT = 80
_START = re.compile(r"(^|[.!?] )(\w)")


@dataclass(slots=True)
class PlannedItem:
    """A pledged item of the story while its year runs."""

    kind: WorkKind
    item: PledgeItem
    total: int
    finish: date
    done_templates: set[str] = field(default_factory=set)

    def progress(self, month: int, first: int) -> int:
        """How much of the total is done by a month: grows evenly, full only in the last one."""
        last = self.finish.month
        if month >= last:
            return self.total
        reached = round(self.total * (month - first + 1) / (last - first + 1))
        return max(1, min(self.total - 1, reached))


class Wording:
    """Composes items, monthly entries and remarks; remembers what was said so that nothing comes twice."""

    def __init__(self, story: SampleStory) -> None:
        self._story = story
        self._said: set[str] = set()

    def told_item(self, told: ToldItem, year: int) -> PlannedItem:
        """An item told word for word."""
        item = PledgeItem(told.code, told.action, told.target, told.due, told.measure, Origin(told.origin))
        kind = self._story.kinds[told.work]
        return PlannedItem(kind, item, kind.totals[-1], told.finished or date(year, 12, 10))

    def item(self, member: SampleMember, year: int, work: str) -> PlannedItem:
        """A composed item of a year; ``work`` names its kind and, after "@", the month it is due."""
        name, _, due_month = work.partition("@")
        kind = self._story.kinds[name]
        dice = Random(f"{member.key}/{year}/{name}")
        total = dice.choice(kind.totals)
        due = Month(year, int(due_month)).last_day if due_month else None
        slots = self._slots(dice) | {"n": total, "fault": member.words.get(f"lack{year % 100 - 1}", "")}
        variant = dice.randrange(len(kind.actions))
        target = _said(kind.targets[variant], slots)
        action = self._fresh_action(kind.actions[variant], dice, slots)
        origin = Origin.FROM_LAST_REVIEW if name == "khacphuc" else Origin.PERSONAL
        if origin is Origin.PERSONAL and dice.random() < 0.2:
            origin = Origin.ASSIGNED_BY_CELL
        item = PledgeItem(kind.code, action, target, due, kind.measures[variant], origin)
        return PlannedItem(kind, item, total, due or date(year, 12, 10))

    def _fresh_action(self, wording: str, dice: Random, slots: dict[str, object]) -> str:
        tails = list(self._story.banks.tails)
        dice.shuffle(tails)
        pairs = [f"{one}, {other}" for one in tails for other in tails if one != other]
        for candidate in (wording, *(f"{wording}, {tail}" for tail in (*tails, *pairs))):
            action = _said(candidate, slots)
            if action not in self._said:
                self._said.add(action)
                return action
        raise AssertionError(f"the sample book has run out of words for {wording}")

    def entry(self, member: SampleMember, month: Month, planned: PlannedItem, first: int) -> MonthlyEntry:
        """What the member writes of one item in one month."""
        dice = Random(f"{member.key}/{month.iso}/{planned.kind.key}")
        progress = planned.progress(month.month, first)
        if dice.random() < 0.13 and (weak := self._weak(dice, planned, progress)):
            return weak
        result = self._fresh_result(dice, member.voice, month, planned, progress)
        level = "Tốt" if dice.random() < 0.8 else "Khá"
        evidence = ""
        if dice.random() < 0.22:
            evidence = _said(dice.choice(planned.kind.evidence), self._slots(dice))
        return MonthlyEntry(planned.item.id, result, level, evidence=evidence)

    def _weak(self, dice: Random, planned: PlannedItem, progress: int) -> MonthlyEntry | None:
        fresh = [template for template in planned.kind.weak if template not in planned.done_templates]
        for _ in range(40 if fresh else 0):
            template = dice.choice(fresh)
            text = _said(template, self._numbered(dice, planned, progress))
            result, limits, fix = (_sentence(part) for part in text.split(" // "))
            if result not in self._said:
                self._said.add(result)
                planned.done_templates.add(template)
                level = "Khá" if dice.random() < 0.7 else "Trung bình"
                return MonthlyEntry(planned.item.id, result, level, limits, fix)
        return None

    def _fresh_result(
        self, dice: Random, voice: str, month: Month, planned: PlannedItem, progress: int
    ) -> str:
        known = [text for template in planned.kind.good if (text := in_season(template, month))]
        fitting = [text for text in known if len(text) <= _SHORT] if voice == "short" else known
        pool = [text for text in fitting if text not in planned.done_templates] or fitting or known
        for attempt in range(200):
            chosen = dice.choice(pool if attempt < 20 else known)
            slots = self._numbered(dice, planned, progress)
            result = _sentence(_said(chosen, slots))
            if attempt > 60 or (voice == "long" and dice.random() < 0.4):
                other = dice.choice([text for text in known if text != chosen])
                result = f"{result} {_sentence(_said(other, slots | self._slots(dice)))}"
            if result not in self._said:
                self._said.add(result)
                planned.done_templates.add(chosen)
                return result
        raise AssertionError(f"the sample book has run out of sentences on {planned.kind.key}")

    def remark(self, bank: Sequence[str], kind: WorkKind, seed: str) -> str:
        """A remark of the cell on a month."""
        return Random(seed).choice(bank).format(viec=kind.name)

    def _numbered(self, dice: Random, planned: PlannedItem, progress: int) -> dict[str, object]:
        left = max(1, planned.total - progress)
        return self._slots(dice) | {"n": planned.total, "k": progress, "c": left}

    def _slots(self, dice: Random) -> dict[str, object]:
        banks: Banks = self._story.banks
        one, other = dice.sample(banks.people, 2)
        return {
            "ai": one,
            "ai2": other,
            "noi": dice.choice(banks.places),
            "buoi": dice.choice(banks.times),
            "a": dice.randint(2, 4),
            "b": dice.randint(5, 9),
            "d": f"{dice.randint(4, 27):02d}",
            "t": dice.randint(15, 31),
        }


def in_season(template: str, month: Month) -> str:
    """The sentence without its season ("4-9|…", "2025:7-12|…"), or nothing when it does not fit the month."""
    season, bar, text = template.partition("|")
    if not bar:
        return template
    year, colon, months = season.rpartition(":")
    first, _, last = months.partition("-")
    fits = int(first) <= month.month <= int(last or first) and (not colon or int(year) == month.year)
    return text if fits else ""


def _said(template: str, slots: dict[str, object]) -> str:
    return template.format_map(slots)


def _sentence(text: str) -> str:
    return _START.sub(lambda found: found[1] + found[2].upper(), text)
