"""How pledges are put into short words and chips: states, outcomes, dates, origins."""

from collections.abc import Sequence
from datetime import date

from app.domain.content_set import ContentSet
from app.domain.dates import format_date
from app.domain.pledge import Origin, Outcome, PledgeItem, PledgeState
from app.services.content_sets import content_label
from app.services.pledges import PledgeLine, PledgePage
from app.ui.parts.chips import ChipSpec

NOT_REGISTERED, NOT_ASKED = "none", "not_asked"
FILTERS: tuple[tuple[str, str], ...] = (
    ("all", "Tất cả"),
    (NOT_REGISTERED, "Chưa đăng ký"),
    (PledgeState.DRAFT.value, "Đang soạn"),
    (PledgeState.SUBMITTED.value, "Đã gửi"),
    (PledgeState.PASSED.value, "Đã thông qua"),
    (NOT_ASKED, "Không phải đăng ký"),
)
_OUTCOME_TONES = {Outcome.IN_PROGRESS: "pri", Outcome.DONE: "ok", Outcome.NOT_DONE: "late"}


def state_key(line: PledgeLine) -> str:
    """The filter a member's pledge falls under."""
    if line.pledge is None:
        return NOT_ASKED if line.not_asked else NOT_REGISTERED
    return line.pledge.state.value


def pledge_chip(line: PledgeLine) -> ChipSpec:
    """How far a pledge is."""
    pledge = line.pledge
    if pledge is None and line.not_asked:
        return ChipSpec("Không phải đăng ký")
    if pledge is None:
        return ChipSpec("Chưa đăng ký", "late", "circle")
    if pledge.state is PledgeState.DRAFT:
        return ChipSpec("Đang soạn", "na", "pen-line")
    if pledge.state is PledgeState.SUBMITTED:
        return ChipSpec("Đã gửi", "pri", "send")
    on = f" {short_day(pledge.passed_on, pledge.year)}" if pledge.passed_on else ""
    return ChipSpec(f"Thông qua{on}", "ok", "check")


def origin_chip(origin: Origin, year: int) -> ChipSpec:
    """Where an item comes from, short enough for a column."""
    return {
        Origin.PERSONAL: ChipSpec("Tự đăng ký"),
        Origin.ASSIGNED_BY_CELL: ChipSpec("Chi bộ giao", "pri"),
        Origin.CARRIED_OVER: ChipSpec(f"Từ năm {year - 1}", "exc"),
        Origin.FROM_LAST_REVIEW: ChipSpec(f"Kiểm điểm {year - 1}", "late"),
    }[origin]


def short_day(day: date, year: int) -> str:
    """15/01, with the year only when it is another one."""
    words = f"{day.day:02d}/{day.month:02d}"
    return words if day.year == year else f"{words}/{day.year}"


def due_words(due_on: date | None, year: int) -> str:
    """Until when."""
    return "Cả năm" if due_on is None else short_day(due_on, year)


def outcome_words(item: PledgeItem, year: int) -> str:
    """How an item stands, with the day it ended."""
    on = f" {short_day(item.finished_on, year)}" if item.finished_on else ""
    return f"{item.outcome.label}{on}"


def outcome_counts(items: Sequence[PledgeItem]) -> str:
    """2 đã xong, 1 không làm được, 3 đang làm."""
    counted = [(sum(item.outcome is each for item in items), each.label.lower()) for each in _ORDER]
    return ", ".join(f"{count} {word}" for count, word in counted if count)


_ORDER = (Outcome.DONE, Outcome.NOT_DONE, Outcome.IN_PROGRESS)


def content_words(sets: tuple[ContentSet, ...], code: str) -> str:
    """The wording of a content code without the code, or "" when no known set has it."""
    label = content_label(sets, code)
    return "" if label == code else label


def moment(stamp: str) -> str:
    """A stored moment as it is read: 19:26 ngày 20/03/2026."""
    day, _space, hour = stamp.partition(" ")
    return f"{hour[:5]} ngày {format_date(date.fromisoformat(day))}" if day else ""


def last_year_words(items: Sequence[PledgeItem], year: int) -> str:
    """A year's items line by line, for reading beside another year's."""
    return "\n".join(
        f"{number}. {item.action} ({due_words(item.due_on, year)}; {item.outcome.label.lower()})"
        for number, item in enumerate(items, 1)
    )


def empty_words(page: PledgePage, has_unfinished: bool, *, is_own: bool) -> tuple[str, str]:
    """What a pledge without any item says: a title, and how it is begun."""
    year = page.pledge.year
    words = "Bấm Thêm việc để ghi việc đầu tiên."
    if page.is_closed:
        words = f"Năm {year} đã khóa."
    elif has_unfinished:
        words = f"Bắt đầu từ việc chưa xong của năm {year - 1}, hoặc bấm Thêm việc."
    whose = "Đồng chí" if is_own else page.member.name
    return f"{whose} chưa đăng ký việc nào cho năm {year}", words
