"""What does not fit in the members' records: dates, two alike, posts and statuses that overlap."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Protocol

from app.domain.dates import format_date, months_after
from app.domain.finding import Finding, place
from app.domain.member import CellRole, Member, Post, StatusKind, problems_in_member, problems_in_status

_PROBATION_MONTHS = 12
_PATIENCE_MONTHS = 13  # the cell and the levels above need some weeks after the twelve months


class _Dated(Protocol):
    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_to(self) -> date | None: ...


def member_findings(members: Sequence[Member], today: date) -> Iterator[Finding]:
    """Everything in the members' records that contradicts itself or another record."""
    for member in members:
        yield from _record(member, today)
        yield from _statuses(member)
        yield from _probation(member, today)
    yield from _alike(members)
    yield from _same_cards(members)
    yield from _posts(members)


def _found(code: str, member: Member, sentence: str, key: str = "") -> Finding:
    return Finding(code, member.name, sentence, key or member.id, place("members", member=member.id))


def _record(member: Member, today: date) -> Iterator[Finding]:
    for problem in problems_in_member(member.record, today):
        said = f"{problem.message} Giấy tờ và danh sách in theo hồ sơ này; xin sửa lại hồ sơ."
        yield _found("member_record", member, said, f"{member.id}:{problem.field}")


def _statuses(member: Member) -> Iterator[Finding]:
    for status in member.statuses:
        for problem in problems_in_status(status):
            said = f"{status.kind.label}: {problem.message} Tháng nào phải nộp được tính theo ngày này."
            yield _found("status_dates", member, said, status.id)
    by_kind = defaultdict(list)
    for status in member.statuses:
        by_kind[status.kind].append(status)
    for kind, statuses in by_kind.items():
        if any(_overlap(one, other) for one, other in combinations(statuses, 2)):
            said = (
                f"“{kind.label}” được ghi hai lần trùng ngày nhau. Tháng phải nộp và diện kiểm điểm "
                "tính theo các ngày này; xin bỏ bớt một lần hoặc sửa ngày."
            )
            yield _found("statuses_overlap", member, said, f"{member.id}:{kind.value}")


def _overlap(one: _Dated, other: _Dated) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def _probation(member: Member, today: date) -> Iterator[Finding]:
    """Điều lệ Đảng, điều 5 khoản 1: twelve months of probation."""
    admitted = member.record.admitted_on
    if admitted is None or member.record.confirmed_on is not None or member.has_left(today):
        return
    if months_after(admitted, _PATIENCE_MONTHS) < today:
        said = (
            f"Vào Đảng ngày {format_date(admitted)}, quá {_PROBATION_MONTHS} tháng dự bị mà chưa ghi ngày "
            "chính thức, nên sổ coi là đảng viên dự bị, không có quyền biểu quyết. Xin ghi ngày chính thức."
        )
        yield _found("probation_over", member, said)


def _alike(members: Sequence[Member]) -> Iterator[Finding]:
    same: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members:
        if member.record.birth:
            same[member.search_key, member.record.birth.iso].append(member)
    for alike in same.values():
        for one, other in combinations(alike, 2):
            said = (
                f"Có hai {one.name} cùng sinh {one.record.birth}. Nếu là một người thì đăng ký và tháng bị "
                "chia ra hai hồ sơ; xin xem có trùng không, hồ sơ thừa thì bỏ."
            )
            yield _found("members_alike", one, said, ":".join(sorted((one.id, other.id))))


def _same_cards(members: Sequence[Member]) -> Iterator[Finding]:
    holders: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if number := member.record.card_number.replace(" ", ""):
            holders[number].append(member)
    for same in holders.values():
        for one, other in combinations(same, 2):
            said = (
                f"{one.name} và {other.name} ghi cùng một số thẻ đảng viên, mà mỗi người một số. "
                "Xin đối chiếu với thẻ rồi sửa lại một hồ sơ."
            )
            yield _found("card_twice", one, said, ":".join(sorted((one.id, other.id))))


def _posts(members: Sequence[Member]) -> Iterator[Finding]:
    held = [(member, post) for member in members for post in member.posts if post.role is not None]
    for (one, first), (other, second) in combinations(held, 2):
        if first.role is second.role and _overlap(first, second):
            yield from _two_posts(one, first, other, second)


def _two_posts(one: Member, first: Post, other: Member, second: Post) -> Iterator[Finding]:
    assert first.role is not None
    since = format_date(max(first.valid_from or date.min, second.valid_from or date.min))
    since = since if first.valid_from or second.valid_from else "đầu"
    if one.id == other.id:
        said = (
            f"Chức vụ {first.role.label} được ghi hai lần trùng ngày nhau. Xin bỏ bớt một lần hoặc sửa ngày."
        )
        yield _found("posts_overlap", one, said, f"{one.id}:{first.role.value}")
    elif first.role is CellRole.SECRETARY:
        said = (
            f"{one.name} và {other.name} cùng là Bí thư từ {since}. Giấy tờ của ngày ấy không biết do ai ký, "
            "và cả hai đều được làm việc của bí thư; xin ghi ngày thôi giữ chức của người trước."
        )
        yield _found("two_secretaries", one, said, ":".join(sorted((one.id, other.id))))


def draft_findings(
    members: Sequence[Member], drafts: Sequence[tuple[str, str]], today: date
) -> Iterator[Finding]:
    """Drafts still kept for people who left, each an author and a time; their words are not looked at."""
    by_id = {member.id: member for member in members}
    kept: dict[str, list[str]] = defaultdict(list)
    for author, saved_at in drafts:
        if author in by_id and by_id[author].has_left(today):
            kept[author].append(saved_at)
    for author, times in kept.items():
        member = by_id[author]
        left = next(each for each in member.statuses if each.kind is StatusKind.LEFT and each.holds_on(today))
        since = f" ngày {format_date(left.valid_from)}" if left.valid_from else ""
        said = (
            f"Đã rời chi bộ{since} mà còn {len(times)} bản nháp chưa gửi, chỉ người ấy đọc được, lần cuối "
            f"{format_date(date.fromisoformat(max(times)[:10]))}. Không cần làm gì; muốn giữ thì mời "
            "người ấy ngồi vào gửi, không thì bỏ qua điều này."
        )
        yield _found("drafts_left", member, said)
