"""Whose row is it: the rows of a member list set against each other and against the members in the book."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.domain.dates import BirthDate
from app.domain.list_headings import ListField
from app.domain.member_list import CARD_DIGITS, ImportProblem, ListedMember, full_card
from app.domain.member_proposals import KnownMember
from app.domain.person_names import name_key
from app.domain.row_checks import problems_of_row
from app.domain.text import mask_card

MatchedRow = tuple[ListedMember, KnownMember | None, tuple[ImportProblem, ...]]


class BookMatching:
    """The whole list against the whole book: what only shows when rows are seen together."""

    def __init__(self, rows: Sequence[ListedMember], known: Iterable[KnownMember], today: date) -> None:
        self.rows, self.today = rows, today
        self.known_by_card: dict[str, KnownMember] = {}
        self.known_by_name: dict[str, list[KnownMember]] = defaultdict(list)
        for member in known:
            if card := full_card(member.card_number):
                self.known_by_card[card] = member
            self.known_by_name[name_key(member.full_name)].append(member)
        self.keys = [name_key(row.full_name) for row in rows]
        self.rows_by_card: dict[str, list[int]] = defaultdict(list)
        self.rows_by_person: dict[tuple[str, BirthDate], list[ListedMember]] = defaultdict(list)
        self.name_counts = Counter(self.keys)
        for key, row in zip(self.keys, rows, strict=True):
            if row.card_number:
                self.rows_by_card[row.card_number].append(row.row)
            if key and row.birth is not None:
                self.rows_by_person[key, row.birth].append(row)
        self.first_rows: dict[str, int] = {}

    def matched_rows(self) -> Iterator[MatchedRow]:
        """Each row with the member it tells of (None: new) and everything there is to say against it."""
        for key, row in zip(self.keys, self.rows, strict=True):
            doubts: list[ImportProblem] = []
            known = self._known(key, row, doubts) if key else None
            found = [*row.problems, *problems_of_row(row, known, self.today)]
            if self._repeated(key, row):
                found += self._twins(key, row)
            yield row, known, (*found, *doubts)

    def _twins(self, key: str, row: ListedMember) -> Iterator[ImportProblem]:
        """Rows of the same list that are, or may be, the same person."""
        same_card = [other for other in self.rows_by_card.get(row.card_number, ()) if other != row.row]
        if same_card:
            letter = row.columns[ListField.CARD_NUMBER].letter
            cells = ", ".join(f"{letter}{other}" for other in same_card)
            yield row.problem(
                ListField.CARD_NUMBER,
                f"Số thẻ trùng với {_rows(same_card)}. Đối chiếu thẻ, sửa số sai ở ô {{cell}} hoặc {cells}.",
            )
        if row.birth is None:
            return
        twins = [other for other in self.rows_by_person.get((key, row.birth), ()) if other is not row]
        others = [other for other in twins if other.row not in same_card]
        if others:
            told_apart = bool(row.card_number) and all(other.card_number for other in others)
            numbers = [other.row for other in others]
            yield row.problem(
                row.name_field,
                f"Trùng họ tên và ngày sinh với {_rows(numbers)}. Nếu là một người, xóa một dòng; "
                "nếu là hai người, ghi đủ số thẻ của từng người.",
                blocking=not told_apart,
            )

    def _repeated(self, key: str, row: ListedMember) -> bool:
        return len(self.rows_by_card.get(row.card_number, ())) > 1 or (
            row.birth is not None and len(self.rows_by_person.get((key, row.birth), ())) > 1
        )

    def _known(self, key: str, row: ListedMember, doubts: list[ImportProblem]) -> KnownMember | None:
        """The member of the book this row tells of; what speaks against it goes to ``doubts``."""
        known = self.known_by_card.get(row.card_number) if row.card_number else None
        if known is not None:
            self._doubt_card_holder(key, row, known, doubts)
        else:
            known = self._known_by_name(key, row, doubts)
        if known is not None:
            first = self.first_rows.setdefault(known.id, row.row)
            if first != row.row and not doubts:
                doubts.append(
                    row.problem(
                        row.name_field,
                        f"Dòng này và dòng {first} cùng chỉ {known.full_name} trong sổ. Giữ một dòng.",
                    )
                )
        return known

    def _doubt_card_holder(
        self, key: str, row: ListedMember, known: KnownMember, doubts: list[ImportProblem]
    ) -> None:
        if name_key(known.full_name) == key:
            return
        same_birth = row.birth is not None and known.birth is not None and row.birth.fits(known.birth)
        born = f", sinh {known.birth}" if known.birth else ""
        doubts.append(
            row.problem(
                ListField.CARD_NUMBER,
                f"Số thẻ này trong sổ là của {known.full_name}{born}. "
                + (
                    "Nhập dòng này sẽ đổi tên người đó."
                    if same_birth
                    else "Sửa ô {cell}, hoặc sửa số thẻ của người đó trong sổ."
                ),
                blocking=not same_birth,
            )
        )

    def _known_by_name(self, key: str, row: ListedMember, doubts: list[ImportProblem]) -> KnownMember | None:
        namesakes = self.known_by_name.get(key, [])
        fitting = [known for known in namesakes if self._may_be(key, row, known)]
        exact = [known for known in fitting if known.birth == row.birth]
        if len(fitting) > 1 and len(exact) != 1:
            doubts.append(
                row.problem(
                    row.name_field,
                    f"Trong sổ có {len(fitting)} người tên {row.full_name}, chưa rõ là ai. "
                    "Ghi thêm số thẻ hoặc ngày sinh đầy đủ.",
                )
            )
            return None
        known = next(iter(exact or fitting), None)
        if known is None and namesakes:
            births = ", ".join(str(other.birth) for other in namesakes if other.birth)
            doubts.append(
                row.problem(
                    row.name_field,
                    f"Trong sổ đã có người trùng họ tên, sinh {births}. Dòng này được coi là người khác.",
                    blocking=False,
                )
            )
        if known is not None and row.card_number and len(known.card_number) == CARD_DIGITS:
            doubts.append(
                row.problem(
                    ListField.CARD_NUMBER,
                    f"Trong sổ, {known.full_name} (sinh {known.birth or row.birth}) có số thẻ khác: "
                    f"{mask_card(known.card_number)}. Đối chiếu thẻ, sửa ô {{cell}} hoặc sửa trong sổ.",
                )
            )
        return known

    def _may_be(self, key: str, row: ListedMember, known: KnownMember) -> bool:
        if row.birth is None or known.birth is None:
            return self.name_counts[key] == 1 and len(self.known_by_name[key]) == 1
        return row.birth.fits(known.birth)


def _rows(numbers: Sequence[int]) -> str:
    return "dòng " + ", ".join(map(str, numbers))
