"""Counts and shares of grades: of one year, and over years. Every number on screen and paper is from here.

A share is never given without its base, and is rounded only when it is written: two decimals, with a comma.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.domain.grade import Grade, SubjectKind

_HUNDRED, _CENT = Decimal(100), Decimal("0.01")


class RatingState(StrEnum):
    """Where one member stands in the statistics of a year (Biểu thống kê, rows 2 to 4)."""

    EXEMPT = "exempt"
    NOT_RATED = "not_rated"
    RATED = "rated"


@dataclass(frozen=True, slots=True)
class MemberRating:
    """One member present in the cell that year; ``reason`` says why there is no grade."""

    member_id: str
    kind: SubjectKind
    state: RatingState
    grade: Grade | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """How many of a group stand where: present = exempt + not rated + rated."""

    present: int = 0
    exempt: int = 0
    not_rated: int = 0
    grades: Mapping[Grade, int] = field(default_factory=dict)

    @property
    def rated(self) -> int:
        """How many have a grade."""
        return sum(self.grades.values())

    @property
    def good_or_better(self) -> int:
        """How many have "hoàn thành tốt" or better."""
        return self.of(Grade.EXCELLENT) + self.of(Grade.GOOD)

    @property
    def adds_up(self) -> bool:
        """Whether present = exempt + not rated + rated."""
        return self.present == self.exempt + self.not_rated + self.rated

    @property
    def check_text(self) -> str:
        """The check in words, with its numbers."""
        sign = "bằng" if self.adds_up else "KHÁC"
        return (
            f"Có mặt {self.present} {sign} {self.exempt} được miễn + {self.not_rated} chưa xếp loại "
            f"+ {self.rated} đã xếp loại"
        )

    def of(self, grade: Grade) -> int:
        """How many have one grade."""
        return self.grades.get(grade, 0)

    def share(self, grade: Grade) -> Decimal | None:
        """The share of a grade among those rated, in percent; nothing while nobody is."""
        return share_of(self.of(grade), self.rated)

    @property
    def share_good_or_better(self) -> Decimal | None:
        """The share of "hoàn thành tốt" or better among those rated."""
        return share_of(self.good_or_better, self.rated)

    @property
    def share_excellent_in_good(self) -> Decimal | None:
        """The share of "hoàn thành xuất sắc" among those good or better."""
        return share_of(self.of(Grade.EXCELLENT), self.good_or_better)


@dataclass(frozen=True, slots=True)
class YearStatistics:
    """One year of the cell in numbers; ``by_kind`` are the columns, ``cell_grade`` the cell's own result.

    ``unsatisfactory`` gives the reasons of "không hoàn thành", ``not_rated`` those without a grade yet.
    """

    year: int
    rule_set: str
    total: GradeCounts
    by_kind: tuple[tuple[SubjectKind, GradeCounts], ...] = ()
    cell_grade: Grade | None = None
    committee_grade: Grade | None = None
    not_rated: tuple[tuple[str, str], ...] = ()
    unsatisfactory: tuple[tuple[str, str], ...] = ()

    @property
    def has_content(self) -> bool:
        """Whether the year has anything to count."""
        return self.total.present > 0


def count_ratings(ratings: Iterable[MemberRating]) -> GradeCounts:
    """Count members; who is rated must have a grade."""
    present = exempt = not_rated = 0
    grades = dict.fromkeys(Grade, 0)
    for each in ratings:
        present += 1
        if each.state is RatingState.RATED and each.grade is not None:
            grades[each.grade] += 1
        elif each.state is RatingState.EXEMPT:
            exempt += 1
        else:
            not_rated += 1
    return GradeCounts(present, exempt, not_rated, grades)


def counts_by_kind(ratings: Sequence[MemberRating]) -> tuple[tuple[SubjectKind, GradeCounts], ...]:
    """The same counts for each kind of subject there is."""
    kinds = [kind for kind in SubjectKind if any(each.kind is kind for each in ratings)]
    return tuple((kind, count_ratings(o for o in ratings if o.kind is kind)) for kind in kinds)


def share_of(part: int, base: int) -> Decimal | None:
    """A share in percent, not rounded; nothing where there is no base."""
    return Decimal(part) * _HUNDRED / Decimal(base) if base else None


def share_text(share: Decimal | None) -> str:
    """A share as written: "14,81%"; a dash where there is no base."""
    if share is None:
        return "–"
    return f"{share.quantize(_CENT, rounding=ROUND_HALF_UP):f}%".replace(".", ",")


@dataclass(frozen=True, slots=True)
class YearsMean:
    """Means over the years that have grades; a mean of shares gives each year the same weight."""

    years: int
    rated: Decimal | None
    excellent: Decimal | None
    good_or_better: Decimal | None
    shares: Mapping[Grade, Decimal | None] = field(default_factory=dict)


def mean_of(years: Sequence[YearStatistics]) -> YearsMean:
    """The means of several years, over those with at least one grade."""
    rated = [each.total for each in years if each.total.rated]
    shares = {grade: _mean([counts.share(grade) for counts in rated]) for grade in Grade}
    return YearsMean(
        len(rated),
        _mean([Decimal(counts.rated) for counts in rated]),
        shares[Grade.EXCELLENT],
        _mean([counts.share_good_or_better for counts in rated]),
        shares,
    )


def _mean(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def trend_text(years: Sequence[YearStatistics]) -> str:
    """How the share of "hoàn thành tốt trở lên" went from the first to the last year with grades."""
    rated = [each for each in sorted(years, key=lambda each: each.year) if each.total.rated]
    if len(rated) < 2:
        return "Cần ít nhất hai năm đã xếp loại để so sánh."
    first, last = rated[0], rated[-1]
    before, after = first.total.share_good_or_better, last.total.share_good_or_better
    assert before is not None
    assert after is not None
    moved = (after - before).quantize(_CENT, rounding=ROUND_HALF_UP)
    how = "giữ nguyên" if not moved else f"{'tăng' if moved > 0 else 'giảm'} {abs(moved):f} điểm phần trăm"
    return (
        f"Hoàn thành tốt trở lên: năm {first.year} {share_text(before)} của {first.total.rated} người, "
        f"năm {last.year} {share_text(after)} của {last.total.rated} người, {how.replace('.', ',')}."
    )


def rule_set_note(years: Sequence[YearStatistics]) -> str:
    """Says when years were graded by different rules, so that nobody compares unlike numbers unaware."""
    spans: dict[str, list[int]] = {}
    for each in sorted(years, key=lambda each: each.year):
        if each.total.rated:
            spans.setdefault(each.rule_set, []).append(each.year)
    if len(spans) < 2:
        return ""
    parts = [
        f"{'năm ' + str(of[0]) if len(of) == 1 else f'năm {of[0]}–{of[-1]}'} theo bộ quy định {key}"
        for key, of in spans.items()
    ]
    words = "; ".join(parts)
    return f"Các năm xếp loại theo quy định khác nhau nên chỉ so sánh tương đối: {words}."
