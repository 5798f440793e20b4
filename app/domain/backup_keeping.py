"""Which backups are kept and which make room: a rule that no clock can turn against the book.

Copies are counted in the order they were made, by number. Days, weeks and months are those on which copies
were made, not those since now, so a clock set forward or back never makes all copies old at once.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

WHOLE_DAYS, DAYS, WEEKS, MONTHS = 2, 14, 8, 24
MOST_OF_WHOLE_DAYS = 60
ROOM = 2_000_000_000  # bytes: an old PC's disk is small, and a book of many years is not
_SPARING = ((MOST_OF_WHOLE_DAYS, DAYS, WEEKS, MONTHS), (12, DAYS, WEEKS, MONTHS), (6, 7, 4, 12), (3, 5, 3, 6))


class BackupReason(StrEnum):
    """Why a backup was made."""

    START = "start"
    EXIT = "exit"
    TIMED = "timed"
    BEFORE_IMPORT = "before_import"
    BEFORE_MIGRATION = "before_migration"
    BEFORE_RESTORE = "before_restore"
    BEFORE_CLOSING = "before_closing"
    BEFORE_KEYS = "before_keys"
    BY_HAND = "by_hand"
    YEAR_END = "year_end"

    @property
    def words(self) -> str:
        """The reason as the list of backups says it."""
        return _WORDS[self]

    @property
    def is_before(self) -> bool:
        """Whether it was made before something large, which then stands in the list by its name."""
        return self.value.startswith("before_")

    @property
    def is_always_made(self) -> bool:
        """Whether it is made though nothing changed since the last copy."""
        return self in (BackupReason.BY_HAND, BackupReason.YEAR_END)


_WORDS = {
    BackupReason.START: "lúc mở sổ",
    BackupReason.EXIT: "lúc đóng sổ",
    BackupReason.TIMED: "trong khi làm việc",
    BackupReason.BEFORE_IMPORT: "trước khi nhập danh sách",
    BackupReason.BEFORE_MIGRATION: "trước khi chuyển sang bản chương trình mới",
    BackupReason.BEFORE_RESTORE: "trước khi khôi phục sổ",
    BackupReason.BEFORE_CLOSING: "trước khi khóa năm",
    BackupReason.BEFORE_KEYS: "trước khi đổi khóa của sổ",
    BackupReason.BY_HAND: "do đồng chí sao lưu",
    BackupReason.YEAR_END: "sau khi khóa năm, giữ lâu dài",
}


@dataclass(frozen=True, slots=True)
class Copy:
    """What the rule looks at of one good backup. ``number`` grows with each copy made."""

    number: int
    made_at: datetime
    reason: BackupReason
    size: int = 0


@dataclass(frozen=True, slots=True)
class Thinning:
    """What is kept, and each copy that makes room with the kept one standing for the same time."""

    kept: tuple[Copy, ...]
    dropped: tuple[tuple[Copy, Copy], ...]


def thinned(copies: Sequence[Copy], room: int = ROOM) -> Thinning:
    """All copies of the last two days; then the last of each day, week and month; year-end copies for ever.

    The newest copy is always kept, and so is the newest one made before the program was renewed. Where all
    this takes more than ``room`` bytes, fewer of the last days, then fewer weeks and months are kept.
    """
    newest_first = sorted(copies, key=lambda copy: copy.number, reverse=True)
    kept: set[int] = set()
    for amounts in _SPARING:
        kept = _kept(newest_first, *amounts)
        if sum(copy.size for copy in newest_first if copy.number in kept) <= room:
            break
    dropped = tuple(
        (copy, _standing_for(copy, newest_first, kept)) for copy in newest_first if copy.number not in kept
    )
    return Thinning(tuple(copy for copy in newest_first if copy.number in kept), dropped)


def _kept(newest_first: list[Copy], most: int, many_days: int, weeks: int, months: int) -> set[int]:
    kept = {copy.number for copy in newest_first[:1]}
    kept |= {copy.number for copy in newest_first if copy.reason is BackupReason.YEAR_END}
    renewals = [copy.number for copy in newest_first if copy.reason is BackupReason.BEFORE_MIGRATION]
    kept |= set(renewals[:1])
    days = list(dict.fromkeys(_day(copy) for copy in newest_first))
    whole = set(days[:WHOLE_DAYS])
    kept |= {copy.number for copy in [c for c in newest_first if _day(c) in whole][:most]}
    for span, many in ((_day, WHOLE_DAYS + many_days), (_week, weeks), (_month, months)):
        kept |= _newest_of_each(newest_first, span, many)
    return kept


def newest(copies: Sequence[Copy], many: int) -> Thinning:
    """The last few copies and those of the years' ends, as the second place keeps them."""
    newest_first = sorted(copies, key=lambda copy: copy.number, reverse=True)
    dropped = [copy for copy in newest_first[many:] if copy.reason is not BackupReason.YEAR_END]
    kept = tuple(copy for copy in newest_first if copy not in dropped)
    return Thinning(kept, tuple((copy, kept[0]) for copy in dropped))


def _newest_of_each(newest_first: list[Copy], span: Callable[[Copy], Hashable], many: int) -> set[int]:
    firsts: dict[Hashable, int] = {}
    for copy in newest_first:
        firsts.setdefault(span(copy), copy.number)
    return set(list(firsts.values())[:many])


def _standing_for(copy: Copy, newest_first: list[Copy], kept: set[int]) -> Copy:
    """The oldest kept copy that is newer: it holds what the dropped one held and a little more."""
    return [each for each in newest_first if each.number in kept and each.number > copy.number][-1]


def _day(copy: Copy) -> Hashable:
    return copy.made_at.date()


def _week(copy: Copy) -> Hashable:
    return copy.made_at.isocalendar()[:2]


def _month(copy: Copy) -> Hashable:
    return copy.made_at.year, copy.made_at.month
