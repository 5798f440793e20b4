"""Importing a member list: each row set against the book before anything is written, and what was chosen."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.book_matching import BookMatching
from app.domain.dates import BirthDate, format_date
from app.domain.list_headings import ListField
from app.domain.member import DatedStatus, Post
from app.domain.member_list import ImportProblem, ListedMember, full_card
from app.domain.member_proposals import KnownMember, Proposal, ProposalKind, proposals_of
from app.domain.person_names import has_odd_case, name_key
from app.domain.text import mask_card

FieldValue = str | date | BirthDate | None


class LineState(StrEnum):
    """What a row of the list means to the book."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PROBLEM = "problem"

    @property
    def label(self) -> str:
        """The state as the preview writes it."""
        return {"new": "Mới", "changed": "Thay đổi", "same": "Như cũ", "problem": "Cần sửa"}[self.value]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that the list says differently from the book, or that the book does not have yet."""

    field: ListField
    old: FieldValue
    new: FieldValue

    @property
    def sentence(self) -> str:
        """The change in words: "Nghề nghiệp: Nông dân → Hưu trí"."""
        return (
            f"{self.field.label}: {shown(self.field, self.old) or '(trống)'} → {shown(self.field, self.new)}"
        )


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One row of the list as the preview shows it."""

    listed: ListedMember
    state: LineState
    known: KnownMember | None
    changes: tuple[FieldChange, ...]
    proposals: tuple[Proposal, ...]
    problems: tuple[ImportProblem, ...]

    @property
    def row(self) -> int:
        """The row in the sheet."""
        return self.listed.row

    @property
    def can_be_chosen(self) -> bool:
        """Whether there is something to bring in: also a row as in the book that proposes something."""
        return self.state is not LineState.PROBLEM and (
            self.state is not LineState.SAME or bool(self.proposals)
        )


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """All rows of a list set against the book."""

    lines: tuple[ImportLine, ...]

    def count(self, state: LineState) -> int:
        """How many rows are in a state."""
        return sum(line.state is state for line in self.lines)

    @property
    def problems(self) -> tuple[ImportProblem, ...]:
        """Every problem of the list, remarks included, in the order of its rows."""
        return tuple(problem for line in self.lines for problem in line.problems)

    @property
    def chosen_by_default(self) -> tuple[int, ...]:
        """The rows ticked before anyone looks: new and changed ones."""
        return tuple(line.row for line in self.lines if line.state in (LineState.NEW, LineState.CHANGED))

    def accepted_by_default(self) -> dict[int, frozenset[ProposalKind]]:
        """The proposals ticked before anyone looks: nothing that changes a member's standing or name."""
        return {
            line.row: frozenset(proposal.kind for proposal in line.proposals if proposal.by_default)
            for line in self.lines
        }


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What is to be written for one chosen row; ``member_id`` is None for a new member."""

    row: int
    member_id: str | None
    version: int | None
    fields: Mapping[str, FieldValue]
    post: Post | None = None
    status: DatedStatus | None = None


def shown(field: ListField, value: FieldValue) -> str:
    """A field's value as a person reads it; card numbers masked."""
    if value is None:
        return ""
    if isinstance(value, date):
        return format_date(value)
    if field is ListField.CARD_NUMBER:
        return mask_card(str(value))
    if field is ListField.GENDER:
        return {"male": "Nam", "female": "Nữ"}.get(str(value), "")
    return str(value)


_COMPARED = tuple(
    (field, field.value)
    for field in (
        ListField.FULL_NAME,
        ListField.GENDER,
        ListField.BIRTH,
        ListField.ADMITTED_ON,
        ListField.CONFIRMED_ON,
        ListField.CARD_NUMBER,
        ListField.PHONE,
        ListField.OCCUPATION,
        ListField.ETHNICITY,
    )
)


def compare(rows: Sequence[ListedMember], known: Iterable[KnownMember], today: date) -> ImportPreview:
    """Set every row of a list against the book: new, changed, same, or with problems to put right first."""
    return ImportPreview(
        tuple(_line(*matched) for matched in BookMatching(rows, known, today).matched_rows())
    )


def _line(row: ListedMember, known: KnownMember | None, problems: tuple[ImportProblem, ...]) -> ImportLine:
    changes = () if known is None else tuple(_changes(row, known))
    if any(problem.blocking for problem in problems):
        return ImportLine(row, LineState.PROBLEM, known, changes, (), problems)
    state = LineState.CHANGED if changes else LineState.SAME
    if known is None:
        state = LineState.NEW
    return ImportLine(row, state, known, changes, proposals_of(row, known), problems)


def _changes(row: ListedMember, known: KnownMember) -> Iterator[FieldChange]:
    """What the row says and the book does not; a cell left empty never erases what the book has."""
    for field, name in _COMPARED:
        new: FieldValue = getattr(row, name)
        if new is None or new == "":
            continue
        old: FieldValue = getattr(known, name)
        if old != new and not (old and _says_the_same(field, old, new)):
            yield FieldChange(field, old, new)


def _says_the_same(field: ListField, old: FieldValue, new: FieldValue) -> bool:
    """Whether two different values mean one thing: a capital, a tone's place, a year instead of a day."""
    if isinstance(old, BirthDate) and isinstance(new, BirthDate):
        return len(new.iso) < len(old.iso) and old.fits(new)
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    if field is ListField.CARD_NUMBER:
        return full_card(old) == new
    if field is ListField.PHONE:
        return old.replace(" ", "").replace(".", "") == new.replace(" ", "").replace(".", "")
    if name_key(old) != name_key(new):
        return False
    return field is not ListField.FULL_NAME or not has_odd_case(old) or has_odd_case(new)


def chosen(
    preview: ImportPreview,
    row_numbers: Collection[int],
    accepted: Mapping[int, Collection[ProposalKind]],
) -> tuple[MemberChange, ...]:
    """What to write for the chosen rows with the accepted proposals; rows that change nothing are left out.

    A row with problems cannot be chosen.
    """
    changes: list[MemberChange] = []
    wanted = frozenset(row_numbers)
    for line in preview.lines:
        if line.row not in wanted:
            continue
        if line.state is LineState.PROBLEM:
            raise ValueError(f"row {line.row} has problems and cannot be imported")
        change = _chosen_line(line, frozenset(accepted.get(line.row, ())))
        if change.fields or change.post or change.status:
            changes.append(change)
    return tuple(changes)


def _chosen_line(line: ImportLine, accepted: frozenset[ProposalKind]) -> MemberChange:
    if line.known is None:
        fields = {name: value for _, name in _COMPARED if (value := getattr(line.listed, name))}
    else:
        fields = {change.field.value: change.new for change in line.changes}
    post, status = None, None
    for proposal in line.proposals:
        if proposal.kind not in accepted:
            if proposal.kind is ProposalKind.CARD_ZEROS and "card_number" in fields:
                fields["card_number"] = line.listed.card_as_written
            continue
        if proposal.kind is ProposalKind.NAME_CASE:
            fields["full_name"] = proposal.value
        elif proposal.kind is ProposalKind.CARD_ZEROS:
            fields["card_number"] = proposal.value
        elif proposal.kind is ProposalKind.NOTE:
            kept = line.known.note if line.known is not None else ""
            fields["note"] = f"{kept}\n{proposal.value}".strip()
        post, status = proposal.post or post, proposal.status or status
    known = line.known
    return MemberChange(
        line.row,
        known.id if known is not None else None,
        known.version if known is not None else None,
        fields,
        post,
        status,
    )
