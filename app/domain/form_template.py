"""Forms as data: wording, order and signatures of a paper; the same file serves screen and print."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.grade import SubjectKind
from app.domain.paper import Align, PageStyle


class SectionKind(StrEnum):
    """What stands under a heading."""

    HEADING = "heading"
    TEXT = "text"
    FAULT_ROWS = "fault_rows"
    PROMPT_ROWS = "prompt_rows"
    SCORES = "scores"
    FOUR_GRADES = "four_grades"
    FIXED_TEXT = "fixed_text"
    TABLE = "table"
    FIELDS = "fields"
    LISTED = "listed"


class IdentityKind(StrEnum):
    """How an identity field is written."""

    TEXT = "text"
    DATE = "date"


class SignatureLineKind(StrEnum):
    """What stands above a signature: a lead in italic, one line, or text of any length."""

    LEAD = "lead"
    LINE = "line"
    TEXT = "text"


class Signer(StrEnum):
    """Whose full name stands under a signature; ``OTHER`` is left for a person outside the cell.

    ``NAMED``: who is known for the paper under the place's key, for example who took the minutes.
    """

    MEMBER = "member"
    CELL_HEAD = "cell_head"
    NAMED = "named"
    OTHER = "other"


class Issuer(StrEnum):
    """Whose document it is: the cell's own, or one of the party committee above it."""

    CELL = "cell"
    SUPERIOR = "superior"


@dataclass(frozen=True, slots=True)
class IdentityField:
    """One ``label: value`` of the identity part; ``share`` is its part of the line."""

    key: str
    label: str
    kind: IdentityKind
    share: float


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line of points: ``part`` is general, tasks or total; printed ``label: …/max``."""

    part: str
    label: str
    max: Decimal


@dataclass(frozen=True, slots=True)
class GradeChoice:
    """A row of four grade boxes; ``key`` says whose grade it is (self_grade, civil_servant_grade)."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a table section; ``group`` is the heading above neighbouring columns."""

    key: str
    title: str
    share: float
    align: Align
    group: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A document a form cites, and while it is in force; without dates it always is."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the document may be cited on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form under its own heading, as printed and as navigated.

    ``takes`` are the content codes whose pledge items are written here: "*" takes those no other section
    takes, "@from_last_review" those that mend a fault of the last review. ``rows`` names what a table
    lists. ``grounds`` are the documents cited where the lead says ``{grounds}``. ``blank_lines`` and
    ``blank_rows`` are for the form filled in by hand, rows ``row_height`` millimetres high.

    In the cell's own documents: ``fields`` are lines of labels with values; a listed section (LISTED) tells
    row after row in words, ``lead`` the first line of each and a line for every column with something in it;
    an ``annex`` (danh sách kèm theo) stands behind the signatures on a page of its own.
    """

    key: str
    heading: str
    short: str
    kind: SectionKind
    level: int
    lead: str
    if_empty: str
    blank_lines: int
    blank_rows: int
    from_months: bool
    four_levels: bool
    task_criterion: bool
    new_page: bool
    grounds: tuple[Ground, ...]
    takes: tuple[str, ...]
    rows: str
    columns: tuple[FormColumn, ...]
    scores: tuple[ScoreLine, ...]
    grades: tuple[GradeChoice, ...]
    verified: bool
    fields: tuple[tuple[IdentityField, ...], ...] = ()
    align: Align = Align.LEFT
    row_height: float = 0.0
    size: float = 11.0
    annex: bool = False


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A line above a signature, for example the committee's comment; ``key`` names its value."""

    key: str
    label: str
    kind: SignatureLineKind
    blank_lines: int


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """One signature: lines above, own date, formula, title, bracket note.

    Places with the same ``row`` stand side by side. ``formula_no_committee`` replaces ``formula`` in a
    cell without chi ủy; ``note_sealed`` replaces ``note`` where the signing cell has a seal.
    """

    key: str
    row: int
    lines_above: tuple[SignatureLine, ...]
    formula: tuple[str, ...]
    formula_no_committee: tuple[str, ...]
    title: str
    note: str
    note_sealed: str
    dated: bool
    signer: Signer
    not_for: tuple[SubjectKind, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class FormCover:
    """The cover page of a booklet."""

    title: tuple[str, ...]
    fields: tuple[IdentityField, ...]
    foot: str


@dataclass(frozen=True, slots=True)
class FormDocument:
    """What makes a form a document of the cell: number, abstract, addressee, receivers.

    ``symbol`` "BC" with ``organ`` "CB" is printed "Số 05-BC/CB"; without a symbol there is no number.
    ``dated`` False leaves out place and date, as on a ballot. A document of the committee above has its own
    head: ``upper`` and ``own`` where the form names them. ``margin_by_day``: the right margin follows the
    rule of the paper's day, since the form names none.
    """

    symbol: str = ""
    organ: str = "CB"
    abstract: tuple[str, ...] = ()
    addressed_to: str = ""
    receivers: tuple[str, ...] = ()
    dated: bool = True
    issuer: Issuer = Issuer.CELL
    upper: str = ""
    own: str = ""
    margin_by_day: bool = True


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """A form: number, title, identity, sections, signatures, page. ``{year}`` in a line is the year."""

    code: str
    number: str
    number_in_text: str
    name: str
    title: tuple[str, ...]
    sublines: tuple[str, ...]
    rule_set: str
    subject_kinds: tuple[SubjectKind, ...]
    source: str
    verified: bool
    note: str
    cover: FormCover | None
    identity: tuple[tuple[IdentityField, ...], ...]
    sections: tuple[Section, ...]
    signatures: tuple[SignaturePlace, ...]
    style: PageStyle
    document: FormDocument | None = None

    def section(self, key: str) -> Section | None:
        """The section with a key, if the form has it."""
        return next((section for section in self.sections if section.key == key), None)

    @property
    def written_sections(self) -> tuple[Section, ...]:
        """The sections a person fills in, in order; headings and fixed texts are left out."""
        return tuple(section for section in self.sections if section.kind not in _NOT_WRITTEN)


_NOT_WRITTEN = (
    SectionKind.HEADING,
    SectionKind.FIXED_TEXT,
    SectionKind.TABLE,
    SectionKind.FIELDS,
    SectionKind.LISTED,
)
