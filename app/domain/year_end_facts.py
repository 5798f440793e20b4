"""What is known of a year-end, as plain facts, and the shapes its nine steps are told in."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.dates import format_date
from app.domain.draft_report import DraftSending
from app.domain.eligibility import Duty
from app.domain.rule_set import Deadline


class StepKey(StrEnum):
    """The nine steps of a year-end, in legal order (QĐ 366-QĐ/TW art. 7, 12; HD 43-HD/BTCTW mục 2, 3)."""

    DUTY = "duty"
    OPINIONS = "opinions"
    SHEETS = "sheets"
    APPRAISAL = "appraisal"
    COLLECTIVE = "collective"
    MEETING = "meeting"
    PROPOSAL = "proposal"
    DECISIONS = "decisions"
    CLOSE = "close"

    @property
    def number(self) -> int:
        """1 for the first step."""
        return list(StepKey).index(self) + 1


class StepState(StrEnum):
    """How far a step is."""

    DONE = "done"
    LEFT = "left"
    NOT_YET = "not_yet"


class SheetStand(StrEnum):
    """How far a review sheet is; ``PRIVATE``: its member is writing it, nobody else sees a word."""

    NONE = "none"
    PRIVATE = "private"
    WRITING = "writing"
    HANDED_IN = "handed_in"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person goes to put something right: a page of the sidebar and the spot on it."""

    page: str
    spot: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, page: str, **spot: str) -> "Place":
        """A place from its words."""
        return cls(page, tuple(spot.items()))


@dataclass(frozen=True, slots=True)
class WantedOpinion:
    """One opinion waited for: whose, and whether it came."""

    label: str
    is_received: bool
    due_on: date | None = None
    is_requested: bool = False


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """What the book knows of one subject's way through the year-end.

    ``open_sections`` are the numbers of headings still open on the sheet, points apart.
    """

    subject_id: str
    name: str
    duty: Duty = Duty.REVIEW
    lacks_admission: bool = False
    opinions: tuple[WantedOpinion, ...] = ()
    raised_open: int = 0
    sheet: SheetStand = SheetStand.NONE
    open_sections: tuple[str, ...] = ()
    scored: bool = False
    self_graded: bool = False
    viewed: bool = False
    voted: bool = False
    proposed: bool = False
    decided: bool = False
    notified: bool = False

    @property
    def is_reviewed(self) -> bool:
        """Whether the year asks a review of this subject; a sheet of somebody else asks for nothing."""
        return self.duty is Duty.REVIEW


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """The review meeting as the steps need it."""

    meeting_id: str
    held_on: date | None
    convened: int
    unmarked: int
    rounds: int
    has_minutes: bool


@dataclass(frozen=True, slots=True)
class YearEndFacts:
    """Everything the nine steps are told from."""

    year: int
    today: date
    members: tuple[SubjectFacts, ...] = ()
    collectives: tuple[SubjectFacts, ...] = ()
    meeting: MeetingFacts | None = None
    draft: DraftSending = field(default_factory=DraftSending)
    deadlines: tuple[Deadline, ...] = ()
    sheet_numbers: tuple[str, ...] = ()
    collective_form: str = ""
    uses_points: bool = True
    has_committee: bool = True
    is_closed: bool = False
    closed_on: date | None = None

    @property
    def reviewed(self) -> tuple[SubjectFacts, ...]:
        """The members the year asks a review of."""
        return tuple(each for each in self.members if each.is_reviewed)

    def deadline(self, code: str) -> Deadline | None:
        """One deadline of the rules."""
        return next((each for each in self.deadlines if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing still to be done: whose, what, and the place to do it."""

    who: str
    what: str
    place: Place
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class StepDeadline:
    """By when a step is due: before a day, why, and whether the source was compared with the original."""

    before: date
    reason: str
    source: str = ""
    verified: bool = True

    def days_left(self, today: date) -> int:
        """Days from today to that day; negative when it has passed."""
        return (self.before - today).days

    def words(self, today: date) -> str:
        """The deadline as said today: "Hạn 31/12/2025, còn 33 ngày: …"."""
        return f"Hạn {self.line(today)}"

    def line(self, today: date) -> str:
        """The same in a list of deadlines: "31/12/2025, còn 33 ngày: …"."""
        left = self.days_left(today)
        how = "hôm nay" if not left else f"còn {left} ngày" if left > 0 else f"đã quá {-left} ngày"
        return f"{format_date(self.before)}, {how}: {self.reason}."


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """A paper useful at a step: the button's words, the kind of paper, for whom ("" is all), blank or not."""

    label: str
    paper: str
    members: tuple[str, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class YearEndStep:
    """One step as the page shows it; ``unit`` is what its missing things are counted in.

    ``place`` is where the step is worked at when that is another page of the sidebar.
    """

    key: StepKey
    title: str
    sentence: str
    about: str
    state: StepState
    missing: tuple[Missing, ...] = ()
    unit: str = "người"
    deadline: StepDeadline | None = None
    paper: PaperOffer | None = None
    open_label: str = ""
    note: str = ""
    place: Place | None = None

    @property
    def number(self) -> int:
        """1 for the first step."""
        return self.key.number

    @property
    def left(self) -> int:
        """How many things are missing."""
        return len(self.missing)

    @property
    def word(self) -> str:
        """The state in a word or two."""
        if self.state is StepState.LEFT:
            return f"Còn {self.left}" if self.left else "Làm được"
        return "Xong" if self.state is StepState.DONE else "Chưa tới"
