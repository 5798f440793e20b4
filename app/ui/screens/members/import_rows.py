"""What the preview of an import shows of each row, and what of it is taken: ticks and consents."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.domain.dates import format_date
from app.domain.list_headings import ListField
from app.domain.member_import import ImportLine, ImportPreview, LineState, chosen
from app.domain.member_list import cell_text
from app.domain.member_proposals import Proposal, ProposalKind
from app.ui.parts.chips import ChipSpec

FILTERS = (("all", "Tất cả"), *((state.value, state.label) for state in LineState))
_CHIPS = {
    LineState.NEW: ChipSpec("Mới", "pri", "plus"),
    LineState.CHANGED: ChipSpec("Thay đổi", "gold", "pencil"),
    LineState.SAME: ChipSpec("Như cũ", "na", "equal"),
    LineState.PROBLEM: ChipSpec("Cần sửa", "bad", "circle-alert"),
}
_CONSENTS = {
    ProposalKind.NAME_CASE: "Viết hoa tên đúng kiểu “Nguyễn Thị Ái”",
    ProposalKind.CARD_ZEROS: "Bù số 0 ở đầu số thẻ",
    ProposalKind.POST: "Ghi chức vụ trong chi bộ",
    ProposalKind.STATUS: "Ghi tình trạng theo cột Ghi chú",
    ProposalKind.NOTE: "Giữ ghi chú trong hồ sơ",
}
_BIRTH_FIELDS = (ListField.BIRTH, ListField.BIRTH_MALE, ListField.BIRTH_FEMALE)


@dataclass(frozen=True, slots=True)
class Consent:
    """One kind of proposal: its words, in how many rows it stands, in how many it is taken."""

    kind: ProposalKind
    words: str
    offered: int
    taken: int


class Selection:
    """Which proposals the person has agreed to, and what ticks and consents come to."""

    def __init__(self, preview: ImportPreview) -> None:
        self.preview = preview
        self._accepted = {row: set(kinds) for row, kinds in preview.accepted_by_default().items()}

    def has(self, row: int, kind: ProposalKind) -> bool:
        """Whether a row's proposal is taken."""
        return kind in self._accepted.get(row, ())

    def set_one(self, row: int, kind: ProposalKind, taken: bool) -> None:
        """Take a row's proposal, or leave it."""
        kinds = self._accepted.setdefault(row, set())
        (kinds.add if taken else kinds.discard)(kind)

    def set_all(self, kind: ProposalKind, taken: bool) -> tuple[int, ...]:
        """Take a kind of proposal wherever it stands, or nowhere; returns the rows."""
        rows = tuple(line.row for line in self.preview.lines if _offers(line, kind))
        for row in rows:
            self.set_one(row, kind, taken)
        return rows

    def consents(self) -> tuple[Consent, ...]:
        """The kinds of proposals this list makes."""
        offered: Counter[ProposalKind] = Counter()
        taken: Counter[ProposalKind] = Counter()
        for line in self.preview.lines:
            for proposal in line.proposals:
                offered[proposal.kind] += 1
                taken[proposal.kind] += self.has(line.row, proposal.kind)
        return tuple(
            Consent(kind, words, offered[kind], taken[kind])
            for kind, words in _CONSENTS.items()
            if offered[kind]
        )

    def accepted(self) -> dict[int, frozenset[ProposalKind]]:
        """The proposals taken, row by row."""
        return {row: frozenset(kinds) for row, kinds in self._accepted.items()}

    def count(self, rows: Collection[int]) -> int:
        """How many members would be written for these ticked rows."""
        return len(chosen(self.preview, frozenset(rows), self.accepted()))

    def name(self, line: ImportLine) -> str:
        """The name as it would come into the book."""
        for proposal in line.proposals:
            if proposal.kind is ProposalKind.NAME_CASE and self.has(line.row, proposal.kind):
                return proposal.value
        return line.listed.full_name or "(chưa có tên)"

    def remark(self, line: ImportLine) -> str:
        """What is to be said of a row, in a few words."""
        said = [problem.message for problem in line.problems]
        said += [change.sentence for change in line.changes if line.state is LineState.CHANGED]
        said += [self._in_short(line, proposal) for proposal in line.proposals]
        return "\n".join(filter(None, said))

    def _in_short(self, line: ImportLine, proposal: Proposal) -> str:
        """A proposal as the table has room for it; the panel beside says it in full."""
        taken = self.has(line.row, proposal.kind)
        if proposal.kind is ProposalKind.NAME_CASE:
            return f"Viết hoa lại: “{line.listed.full_name}”" if taken else "Đề nghị viết hoa lại tên"
        if proposal.kind is ProposalKind.CARD_ZEROS:
            return "Số thẻ thiếu số 0 đầu: đã bù" if taken else "Số thẻ thiếu số 0 đầu"
        return proposal.message


def _offers(line: ImportLine, kind: ProposalKind) -> bool:
    return any(proposal.kind is kind for proposal in line.proposals)


def state_of(line: ImportLine) -> ChipSpec:
    """The chip of a row's state."""
    return _CHIPS[line.state]


def belongs_to(line: ImportLine, group: str) -> bool:
    """Whether a row is in one of the groups of ``FILTERS``."""
    return group == "all" or line.state.value == group


def group_counts(lines: Iterable[ImportLine]) -> dict[str, int]:
    """How many rows are in each group."""
    states = Counter(line.state.value for line in lines)
    return {"all": states.total(), **{state.value: states[state.value] for state in LineState}}


def birth_text(line: ImportLine) -> str:
    """The birth date as read, or as written where it cannot be read."""
    return str(line.listed.birth or "") or _as_written(line, _BIRTH_FIELDS)


def admitted_text(line: ImportLine) -> str:
    """The day of admission as read, or as written where it cannot be read."""
    day = line.listed.admitted_on
    return format_date(day) if day else _as_written(line, (ListField.ADMITTED_ON,))


def is_wrong(line: ImportLine, *fields: ListField) -> bool:
    """Whether a blocking problem of the row lies in the column of one of these fields."""
    letters = {line.listed.columns[field].letter for field in fields if field in line.listed.columns}
    return any(problem.blocking and problem.letter in letters for problem in line.problems)


def is_birth_wrong(line: ImportLine) -> bool:
    """Whether the birth date has to be put right."""
    return is_wrong(line, *_BIRTH_FIELDS)


def _as_written(line: ImportLine, fields: Iterable[ListField]) -> str:
    for field in fields:
        column = line.listed.columns.get(field)
        if column is not None and column.index < len(line.listed.cells):
            text = cell_text(line.listed.cells[column.index])
            if text:
                return text
    return ""
