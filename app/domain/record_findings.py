"""What does not fit in the months and yearly pledges: their dates, states and meetings."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import Month, format_date
from app.domain.finding import Finding, place
from app.domain.member import DatedStatus, Member, StatusKind
from app.domain.monthly import MonthState
from app.domain.pledge import PledgeState
from app.domain.text import upper_first

_HANDED_IN = (MonthState.SUBMITTED, MonthState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class MonthMark:
    """What the check needs to know of a member's month; none of its words."""

    member_id: str
    month: Month
    state: MonthState
    meeting_date: date | None
    has_no_meeting_reason: bool


@dataclass(frozen=True, slots=True)
class PledgeMark:
    """What the check needs to know of a member's pledge; none of its words."""

    member_id: str
    year: int
    state: PledgeState
    submitted_at: str | None
    passed_on: date | None


def month_findings(
    months: Sequence[MonthMark],
    members: Mapping[str, Member],
    pledged: Collection[tuple[str, int]],
    today: date,
) -> Iterator[Finding]:
    """Months that cannot be, or confirmed on no ground. ``pledged``: whose pledge of which year is passed."""
    unpledged: dict[tuple[str, int], list[MonthMark]] = defaultdict(list)
    yield from _outside_membership([mark for mark in months if mark.state in _HANDED_IN], members)
    for mark in months:
        member = members[mark.member_id]
        if mark.state not in _HANDED_IN:
            continue
        if mark.month.first_day > today:
            done = "xác nhận" if mark.state is MonthState.CONFIRMED else "gửi"
            said = (
                f"{upper_first(str(mark.month))} chưa tới mà đã {done}. Xin xem lại đồng hồ máy và tháng này."
            )
            yield _of_month("month_ahead", mark, member, said)
        if mark.state is MonthState.CONFIRMED:
            if mark.meeting_date is None and not mark.has_no_meeting_reason:
                said = (
                    f"{upper_first(str(mark.month))} đã xác nhận nhưng thiếu ngày họp và lý do không họp, "
                    "nên không rõ chi bộ xác nhận ở đâu. Xin mở lại tháng, ghi thêm rồi xác nhận lại."
                )
                yield _of_month("confirmed_without_meeting", mark, member, said)
            if (mark.member_id, mark.month.year) not in pledged:
                unpledged[mark.member_id, mark.month.year].append(mark)
    for (member_id, year), marks in unpledged.items():
        said = (
            f"Có {len(marks)} tháng năm {year} đã xác nhận mà đăng ký năm chưa được chi bộ thông qua. Tháng "
            "được đánh giá theo đăng ký; xin thông qua đăng ký, ghi đúng ngày họp."
        )
        where = place("pledges", member=member_id, year=str(year))
        name = members[member_id].name
        yield Finding("month_without_pledge", name, said, f"{member_id}:{year}", where)


def _of_month(code: str, mark: MonthMark, member: Member, said: str) -> Finding:
    where = place("months", member=member.id, month=mark.month.iso, act="open")
    return Finding(code, member.name, said, f"{member.id}:{mark.month.iso}", where)


def _outside_membership(months: Sequence[MonthMark], members: Mapping[str, Member]) -> Iterator[Finding]:
    """One finding a person: it is one date of the record that is wrong, however many months it hits."""
    early: dict[str, list[MonthMark]] = defaultdict(list)
    late: dict[str, list[MonthMark]] = defaultdict(list)
    for mark in months:
        member = members[mark.member_id]
        if member.record.admitted_on and member.record.admitted_on > mark.month.last_day:
            early[mark.member_id].append(mark)
        if any(_had_left(status, mark.month) for status in member.statuses):
            late[mark.member_id].append(mark)
    for member_id, marks in early.items():
        member = members[member_id]
        assert member.record.admitted_on is not None
        said = (
            f"Có tự đánh giá {_which(marks)}, trước ngày vào Đảng {format_date(member.record.admitted_on)}. "
            f"Xin xem lại ngày vào Đảng trong hồ sơ, hoặc bỏ {_those(marks)}."
        )
        yield _of_months("month_before_admission", marks, member, said)
    for member_id, marks in late.items():
        said = (
            f"Có tự đánh giá {_which(marks)}, khi đã rời chi bộ. "
            f"Xin xem lại ngày rời chi bộ trong hồ sơ, hoặc bỏ {_those(marks)}."
        )
        yield _of_months("month_after_leaving", marks, members[member_id], said)


def _had_left(status: DatedStatus, month: Month) -> bool:
    begun, ended = status.valid_from or date.min, status.valid_to or date.max
    return status.kind is StatusKind.LEFT and begun <= month.first_day and ended >= month.last_day


def _which(marks: Sequence[MonthMark]) -> str:
    first, last = min(mark.month for mark in marks), max(mark.month for mark in marks)
    return str(first) if len(marks) == 1 else f"{len(marks)} tháng, từ {first} đến {last}"


def _those(marks: Sequence[MonthMark]) -> str:
    return "tháng ấy" if len(marks) == 1 else "các tháng ấy"


def _of_months(code: str, marks: Sequence[MonthMark], member: Member, said: str) -> Finding:
    """Of one month it leads there, of several to the record whose date they do not fit."""
    if len(marks) == 1:
        return _of_month(code, marks[0], member, said)
    key = f"{member.id}:{min(mark.month for mark in marks).iso}:{len(marks)}"
    return Finding(code, member.name, said, key, place("members", member=member.id))


def pledge_findings(
    pledges: Sequence[PledgeMark],
    members: Mapping[str, Member],
    today: date,
) -> Iterator[Finding]:
    """Pledges passed before they were handed in, on no day, or on a day to come."""
    early: dict[tuple[int, date], list[str]] = defaultdict(list)
    for mark in pledges:
        if mark.state is not PledgeState.PASSED:
            continue
        where = place("pledges", member=mark.member_id, year=str(mark.year))
        name, key = members[mark.member_id].name, f"{mark.member_id}:{mark.year}"
        if mark.passed_on is None:
            said = (
                f"Đăng ký năm {mark.year} ghi là chi bộ đã thông qua nhưng không có ngày, nên không rõ "
                "thông qua ở buổi họp nào. Xin thu hồi thông qua rồi thông qua lại với ngày họp."
            )
            yield Finding("passed_without_meeting", name, said, key, where)
            continue
        if mark.submitted_at and mark.passed_on.isoformat() < mark.submitted_at[:10]:
            early[mark.year, mark.passed_on].append(name)
        if mark.passed_on > today:
            said = (
                f"Đăng ký năm {mark.year} ghi thông qua ngày {format_date(mark.passed_on)}, ngày chưa tới. "
                "Xin xem lại ngày họp."
            )
            yield Finding("date_ahead", name, said, f"{key}:passed_on", where)
    for (year, day), names in early.items():
        whose = ", ".join(names[:3]) + (f" và {len(names) - 3} đồng chí khác" if len(names) > 3 else "")
        said = (
            f"Đăng ký năm {year} của {whose} ghi thông qua ngày {format_date(day)}, trước ngày gửi. Nếu gửi "
            "trên giấy trước rồi mới nhập thì bỏ qua; không thì xin sửa ngày họp."
        )
        where = place("pledges", year=str(year))
        yield Finding("passed_before_submitted", f"Năm {year}", said, f"{year}:{day.isoformat()}", where)
