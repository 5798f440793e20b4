"""The stage the sample book's story is played on: clock, people, who sits at the PC, what comes when."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from app.domain.cell import CellName
from app.domain.dates import Month
from app.domain.grade import SubjectKind
from app.domain.member import DatedStatus, Member
from app.domain.monthly import MonthlyEntry
from app.domain.progress import Progress
from app.domain.sample_story import SampleMember, SampleStory
from app.domain.sample_words import PlannedItem, Wording
from app.services import cells, members
from app.services.seats import sit_down
from app.services.workspace import Workspace

OPENING = date(2024, 1, 2)
RENAMING = date(2025, 7, 1)
FIRST_YEAR, LAST_YEAR = 2024, 2026


class StoryClock:
    """A clock the story moves on; within a day each look at it is a minute later."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._minutes = 0

    def move_to(self, day: date) -> None:
        """Go on to a later day; the same day goes on where it was."""
        if day != self._day:
            self._day, self._minutes = day, 0

    def today(self) -> date:
        """The day of the story."""
        return self._day

    def now(self) -> datetime:
        """An evening hour of that day, later at each look."""
        self._minutes = min(self._minutes + 1, 200)
        return datetime.combine(self._day, time(19, 30)) + timedelta(minutes=self._minutes)


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that happens on a day; ``order`` sorts what happens on the same day."""

    day: date
    order: int
    play: Callable[[], None]


@dataclass(slots=True)
class Stage:
    """Everything the scenes share."""

    ws: Workspace
    story: SampleStory
    clock: StoryClock
    wording: Wording
    until: date
    ids: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Member] = field(default_factory=dict)
    plans: dict[tuple[str, int], list[PlannedItem]] = field(default_factory=dict)
    entries: dict[tuple[str, str], tuple[MonthlyEntry, ...]] = field(default_factory=dict)
    reviewed: dict[tuple[str, int], bool] = field(default_factory=dict)
    _seats: dict[str, Workspace] = field(default_factory=dict)
    _scenes: list[Scene] = field(default_factory=list)

    def seat(self, key: str) -> Workspace:
        """The book with this person at the PC."""
        if key not in self._seats:
            self._seats[key] = sit_down(self.ws, self.ids[key])
        return self._seats[key]

    def hand(self, member: SampleMember) -> Workspace:
        """The book with whoever types this member's pages: the member, or the one who helps."""
        return self.seat(member.hand or member.key)

    def at(self, day: date, order: int, play: Callable[[], None]) -> None:
        """Plan a scene; what would come after the last day of the story is left out."""
        if day <= self.until:
            self._scenes.append(Scene(day, order, play))

    def run(self, progress: Progress) -> None:
        """Play every scene in the order of days."""
        scenes = sorted(self._scenes, key=lambda scene: (scene.day, scene.order))
        for done, scene in enumerate(scenes):
            if done % 20 == 0:
                progress.step(done, len(scenes), f"Viết sổ mẫu, {Month.of(scene.day)}")
            self.clock.move_to(scene.day)
            scene.play()
        progress.step(len(scenes), len(scenes), "Đã viết xong sổ mẫu")

    def first_month(self, key: str, year: int) -> int:
        """The first month of a year that asks something of the member; 13 when none does."""
        member = self.facts[key]
        return next((m for m in range(1, 13) if not member.monthly_duty(Month(year, m))), 13)


def plan_people(stage: Stage) -> None:
    """Plan how members come in, what holds for them from when to when, and the cell's new name."""
    for member in stage.story.members:
        stage.facts[member.key] = _facts(member)
        arrival = max(OPENING, member.draft.admitted_on or OPENING)
        stage.at(arrival, 0, partial(_arrive, stage, member))
        confirmed = member.draft.confirmed_on
        if confirmed and confirmed > arrival:
            stage.at(confirmed, 1, partial(_confirm, stage, member))
        for day in sorted({post.valid_from for post in member.posts if post.valid_from}):
            if day > arrival:
                stage.at(day, 1, partial(_appoint, stage, member))
    stage.at(OPENING, 2, lambda: _choose_kinds(stage))
    stage.at(RENAMING, 0, lambda: _rename(stage))


def _facts(member: SampleMember) -> Member:
    return Member("", 0, member.draft, "", "", member.posts, member.statuses)


def _arrive(stage: Stage, member: SampleMember) -> None:
    first = not stage.ids
    ws = stage.ws if first else stage.seat("loc")
    today = stage.clock.today()
    confirmed = member.draft.confirmed_on
    draft = (
        member.draft if confirmed is None or confirmed <= today else replace(member.draft, confirmed_on=None)
    )
    stage.ids[member.key] = members.save_member(ws, draft)
    posts = [replace(p, valid_to=None) for p in member.posts if p.valid_from and p.valid_from <= today]
    if posts:
        members.save_posts(ws, stage.ids[member.key], posts)
    for status in member.statuses:
        if status.valid_from is None or status.valid_from <= today:
            _record_status(stage, member, status)


def plan_statuses(stage: Stage) -> None:
    """Plan exemptions, transfers and leavings that come after their member is in the book."""
    for member in stage.story.members:
        arrival = max(OPENING, member.draft.admitted_on or OPENING)
        for status in member.statuses:
            day = status.valid_from
            if day is not None and day > arrival:
                stage.at(day, 1, partial(_record_status, stage, member, status))


def _record_status(stage: Stage, member: SampleMember, status: DatedStatus) -> None:
    members.add_status(stage.seat("loc"), stage.ids[member.key], status)


def _confirm(stage: Stage, member: SampleMember) -> None:
    members.save_member(stage.seat("loc"), member.draft, stage.ids[member.key])


def _appoint(stage: Stage, member: SampleMember) -> None:
    members.save_posts(stage.seat("loc"), stage.ids[member.key], member.posts)


def _choose_kinds(stage: Stage) -> None:
    kinds: dict[str, SubjectKind] = {
        stage.ids[member.key]: member.kind
        for member in stage.story.members
        if member.key in stage.ids and member.kind is not SubjectKind.OUTSIDE
    }
    members.set_kinds(stage.seat("loc"), kinds, FIRST_YEAR)


def _rename(stage: Stage) -> None:
    ws = stage.seat("loc")
    old = cells.get_cell(ws).names[0]
    cells.save_name(ws, replace(old, valid_to=RENAMING - timedelta(days=1)))
    cells.save_name(ws, CellName("ĐẢNG BỘ XÃ HÒA SƠN", old.own, "Hòa Sơn", old.has_seal, RENAMING))


def dice_for(*words: object) -> Random:
    """Dice that always fall the same way for the same words."""
    return Random("/".join(str(word) for word in words))
