"""Rule sets: what the rules of a rating year say, complete in one data file per set.

Facts nobody compared with the original document carry ``verified = False`` and are shown so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.errors import NoRules
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.grade_links import DisciplineRule, GradeLink


class GradeMeasure(StrEnum):
    """What grades are measured by: 100 points (from 2025) or four levels per criterion (before)."""

    POINTS = "points"
    FOUR_LEVELS = "four_levels"


class PeriodKind(StrEnum):
    """Which stretch of time a review may be about."""

    YEAR = "year"
    QUARTER = "quarter"
    TERM = "term"
    EXTRAORDINARY = "extraordinary"


class BlockTest(StrEnum):
    """How a case of "không hoàn thành" is found: ticked by people, or computed from figures."""

    TICKED = "ticked"
    FAILED_ABOVE = "failed_above"
    DONE_BELOW = "done_below"
    CIVIL_SERVANT_UNSATISFACTORY = "civil_servant_unsatisfactory"
    TASK_LEVEL_POOR = "task_level_poor"
    ANY_LEVEL_POOR = "any_level_poor"


class CapBase(StrEnum):
    """What the share of HTXS is counted on."""

    GOOD = "good"
    GOOD_PLUS_EXCELLENT = "good_plus_excellent"


class CapRounding(StrEnum):
    """What happens to the fraction of the highest number of HTXS."""

    FLOOR = "floor"
    HALF_UP = "half_up"


class MajorityBase(StrEnum):
    """Whose majority decides: of members convened, present, or of valid ballots."""

    CONVENED = "convened"
    PRESENT = "present"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class Source:
    """A document the rules come from."""

    number: str
    title: str
    issuer: str
    issued_on: date
    role: str
    verified: bool


@dataclass(frozen=True, slots=True)
class SubjectRule:
    """For one kind of subject: the annex of criteria, the form to fill, the usual scoring profile."""

    kind: SubjectKind
    annex: str
    form: str | None
    profile: str | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class GradeRange:
    """The points a grade takes: from ``points_from`` up to, not including, ``points_below``."""

    grade: Grade
    points_from: Decimal
    points_below: Decimal | None
    source: str

    def holds(self, points: Decimal) -> bool:
        """Whether points, not rounded, lie in this range."""
        return self.points_from <= points and (self.points_below is None or points < self.points_below)


@dataclass(frozen=True, slots=True)
class GradeCondition:
    """What must hold, beside the points, for a grade; percentages are of the year's tasks.

    For a leader the tasks are those of the unit or field directly led. ``None`` means: not asked.
    """

    grade: Grade
    kinds: tuple[SubjectKind, ...]
    text: str
    source: str
    verified: bool
    done_min: int | None
    late_max: int | None
    beyond_min: int | None
    faults_fixed_min: int | None
    quality: bool
    no_member_disciplined: bool
    task_level_min: FourLevel | None
    other_level_min: FourLevel | None
    civil_servant_min: Grade | None


@dataclass(frozen=True, slots=True)
class BlockCase:
    """A case that means "không hoàn thành nhiệm vụ", with the clause that may relieve it.

    ``tickable``: people may say that it holds, also where figures find a part of it by themselves.
    """

    code: str
    kinds: tuple[SubjectKind, ...]
    label: str
    relief: str
    test: BlockTest
    percent: int
    source: str
    verified: bool
    tickable: bool = True


@dataclass(frozen=True, slots=True)
class CapRule:
    """How many may be HTXS: a share of a comparable group; a warning, never a lock.

    Base and rounding may each have a source of their own, and may each be compared with it or not.
    """

    percent: int
    percent_exceptional: int | None
    base: CapBase
    rounding: CapRounding
    grouping: str
    source: str
    verified: bool
    rounding_verified: bool
    base_verified: bool = False
    base_source: str = ""
    rounding_source: str = ""


@dataclass(frozen=True, slots=True)
class VoteRule:
    """How the meeting's vote on grades is counted; form and rounds may have sources of their own."""

    majority_base: MajorityBase
    secret: bool
    rounds: int
    source: str
    verified: bool
    form_verified: bool
    rounds_verified: bool = False
    form_source: str = ""
    rounds_source: str = ""
    threshold_percent: int = 50  # votes must be more than this share


@dataclass(frozen=True, slots=True)
class ExemptGroup:
    """Members who do not review; ``months_since_admission`` is the length of the newcomers' grace."""

    code: str
    label: str
    months_since_admission: int | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ExemptionKind:
    """A ground for being exempt from party work and meetings: who decides and for how long."""

    code: str
    label: str
    decides: str
    length: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """A special situation of a subject and how the rules treat it.

    ``working_days``: how many before the review meeting, where the treatment is one of days; else 0.
    """

    code: str
    label: str
    treatment: str
    source: str
    verified: bool
    working_days: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due before a day of the rating year, or of the year after."""

    code: str
    label: str
    month: int
    day: int
    next_year: bool
    source: str
    verified: bool

    def before(self, rating_year: int) -> date:
        """The day before which it is due, for a rating year."""
        return date(rating_year + self.next_year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything the rules of some rating years fix, as data."""

    key: str
    title: str
    year_from: int
    year_to: int | None
    in_force_from: date
    in_force_to: date | None
    measure: GradeMeasure
    periods: tuple[PeriodKind, ...]
    verified: bool
    note: str
    sources: tuple[Source, ...]
    subjects: tuple[SubjectRule, ...]
    ranges: tuple[GradeRange, ...]
    conditions: tuple[GradeCondition, ...]
    block_cases: tuple[BlockCase, ...]
    cap: CapRule
    vote: VoteRule
    exempt_groups: tuple[ExemptGroup, ...]
    exemption_kinds: tuple[ExemptionKind, ...]
    situations: tuple[Situation, ...]
    deadlines: tuple[Deadline, ...]
    discipline: DisciplineRule | None = None
    links: tuple[GradeLink, ...] = ()

    def covers(self, year: int) -> bool:
        """Whether the set rules a rating year."""
        return self.year_from <= year and (self.year_to is None or year <= self.year_to)

    def subject(self, kind: SubjectKind) -> SubjectRule | None:
        """What the set says of a kind of subject; nothing when it does not name the kind."""
        return next((subject for subject in self.subjects if subject.kind is kind), None)

    def situation(self, code: str) -> Situation | None:
        """What the set says of a situation; nothing when it does not name it."""
        return next((each for each in self.situations if each.code == code), None)

    def blocks_for(self, kind: SubjectKind) -> tuple[BlockCase, ...]:
        """The cases of "không hoàn thành" that concern a kind of subject."""
        return tuple(case for case in self.block_cases if kind in case.kinds)

    def condition_for(self, grade: Grade, kind: SubjectKind) -> GradeCondition | None:
        """What a grade asks of a kind of subject beside points; nothing for the lowest grade."""
        return next((c for c in self.conditions if c.grade is grade and kind in c.kinds), None)

    @property
    def years_text(self) -> str:
        """The rating years covered, in words."""
        if self.year_to is None:
            return f"năm {self.year_from} trở đi"
        return (
            f"năm {self.year_from}"
            if self.year_to == self.year_from
            else f"năm {self.year_from}–{self.year_to}"
        )


def rule_set_for_year(rule_sets: Iterable[RuleSet], year: int) -> RuleSet:
    """The rules of a rating year; of two sets covering it the later in the list (an office's own) wins."""
    known = tuple(rule_sets)
    for rule_set in reversed(known):
        if rule_set.covers(year):
            return rule_set
    covered = "; ".join(rule_set.years_text for rule_set in sorted(known, key=lambda each: each.year_from))
    raise NoRules(
        f"Chưa có bộ quy định cho năm {year}: sổ có bộ quy định của {covered or 'không năm nào'}. "
        "Đồng chí xem lại năm; cần năm đó thì nạp bộ quy định của năm ở Thiết lập, mục Quy định."
    )
