"""What does not fit in the months and yearly pledges: their dates, states and meetings."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import Month, format_date
from app.domain.finding import Finding, place
from app.domain.member import Member, StatusKind
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
    for mark in months:
        member = members[mark.member_id]
        if mark.state not in _HANDED_IN:
            continue
        yield from _outside_membership(mark, member)
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


def _outside_membership(mark: MonthMark, member: Member) -> Iterator[Finding]:
    admitted = member.record.admitted_on
    if admitted and admitted > mark.month.last_day:
        said = (
            f"Có tự đánh giá {mark.month}, trước ngày vào Đảng {format_date(admitted)}. "
            "Xin xem lại ngày vào Đảng trong hồ sơ, hoặc bỏ tháng ấy."
        )
        yield _of_month("month_before_admission", mark, member, said)
    for status in member.statuses:
        begun, ended = status.valid_from or date.min, status.valid_to or date.max
        if status.kind is StatusKind.LEFT and begun <= mark.month.first_day and ended >= mark.month.last_day:
            said = (
                f"Có tự đánh giá {mark.month}, khi đã rời chi bộ. "
                "Xin xem lại ngày rời chi bộ trong hồ sơ, hoặc bỏ tháng ấy."
            )
            yield _of_month("month_after_leaving", mark, member, said)


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
