"""A member's standing as the list says it: the chip, and the groups one can look at alone."""

from collections.abc import Iterable

from app.domain.member import StatusKind
from app.services.member_overview import MemberLine
from app.ui.parts.chips import ChipSpec

ORDINARY = "Đang sinh hoạt"
FILTERS = (
    ("here", "Tất cả"),
    ("official", "Chính thức"),
    ("probationary", "Dự bị"),
    ("exempt", "Được miễn"),
    ("away", "Tạm thời nơi khác"),
    ("left", "Đã rời"),
)
_TONES = {
    StatusKind.LEFT: "na",
    StatusKind.EXEMPT: "na",
    StatusKind.SUSPENDED: "bad",
    StatusKind.COMMITTEE_SUSPENDED: "bad",
}


def belongs_to(line: MemberLine, group: str) -> bool:
    """Whether a member is in one of the groups of ``FILTERS``."""
    if line.has_left or group == "left":
        return line.has_left and group == "left"
    kind = line.status.kind if line.status else None
    return {
        "here": True,
        "official": not line.is_probationary,
        "probationary": line.is_probationary,
        "exempt": kind is StatusKind.EXEMPT,
        "away": kind is StatusKind.TEMPORARY_OUT,
    }[group]


def group_counts(lines: Iterable[MemberLine]) -> dict[str, int]:
    """How many members are in each group."""
    known = tuple(lines)
    return {group: sum(belongs_to(line, group) for line in known) for group, _ in FILTERS}


def standing_chip(line: MemberLine) -> ChipSpec:
    """The chip of a member's standing today."""
    if line.status is not None:
        return ChipSpec(line.status.kind.short, _TONES.get(line.status.kind, "pri"))
    return ChipSpec("Dự bị", "gold") if line.is_probationary else ChipSpec(ORDINARY, "ok")


def unusual_chip(line: MemberLine) -> ChipSpec | None:
    """The chip in the list, where ordinary standing stays a quiet word."""
    chip = standing_chip(line)
    return None if chip.word == ORDINARY else chip
