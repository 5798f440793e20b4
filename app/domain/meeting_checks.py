"""What is wrong or unusual in a meeting's record: times, chair, tellers, who came."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.attendance import WITHOUT_VOTE, count_attendance, has_vote
from app.domain.dates import format_date
from app.domain.errors import Problem
from app.domain.meeting import Attendance, Meeting, MeetingKind, Presence, Standing, TellerPost

_TIME = re.compile(
    r"([01]?\d|2[0-3])\s*(?:[:hg.]\s*([0-5]\d)?|giờ\s*([0-5]\d)?)(?:\s*(?:phút|'))?", re.IGNORECASE
)
_FEWEST_TELLERS = 3


def clock_time(written: str) -> str | None:
    """A time as people write it (19:30, 19h30, 19 giờ 30) as "19:30"; "" for none, None: not a time."""
    words = written.strip()
    if not words:
        return ""
    if re.fullmatch(r"[01]?\d|2[0-3]", words):
        return f"{int(words):02d}:00"
    found = _TIME.fullmatch(words)
    return f"{int(found[1]):02d}:{found[2] or found[3] or '00'}" if found else None


def problems_in_meeting(meeting: Meeting) -> tuple[Problem, ...]:
    """What cannot be right and is refused: a time that is none, an end before the start, no month."""
    found = []
    for field, written in (("started_at", meeting.started_at), ("ended_at", meeting.ended_at)):
        if clock_time(written) is None:
            found.append(Problem(field, f"“{written}” không phải giờ. Viết như 19:30 hoặc 19 giờ 30."))
    start, end = clock_time(meeting.started_at), clock_time(meeting.ended_at)
    if start and end and end <= start:
        found.append(Problem("ended_at", f"Kết thúc lúc {end}, không muộn hơn lúc bắt đầu {start}."))
    if meeting.kind is MeetingKind.MONTHLY and meeting.month is None:
        found.append(Problem("month", "Chưa chọn tháng của buổi sinh hoạt thường kỳ."))
    tellers = [line for line in meeting.attendance if line.teller is TellerPost.HEAD]
    if len(tellers) > 1:
        found.append(Problem("tellers", "Tổ kiểm phiếu có hai tổ trưởng. Đồng chí chọn một."))
    return tuple(found)


def cautions_in_meeting(
    meeting: Meeting, names: Mapping[str, str], candidates: Sequence[str] = ()
) -> tuple[Problem, ...]:
    """What the secretary should look at again; nothing of it blocks. ``candidates``: who is voted on."""
    found = list(_day_cautions(meeting))
    for field, member_id, post in (
        ("chair_id", meeting.chair_id, "Chủ trì"),
        ("minutes_by", meeting.minutes_by, "Người ghi biên bản"),
    ):
        line = meeting.line_of(member_id) if member_id else None
        if line is not None and line.presence in (Presence.EXCUSED, Presence.ABSENT):
            name = names.get(line.member_id, "")
            found.append(Problem(field, f"{post} {name} đang được ghi là {line.presence.label.lower()}."))
    found += _attendance_cautions(meeting, names)
    if meeting.kind is MeetingKind.REVIEW:
        found += _teller_cautions(meeting.attendance, names, candidates)
    return tuple(found)


def _day_cautions(meeting: Meeting) -> list[Problem]:
    day = meeting.held_on
    if day is None:
        return []
    earliest, latest = date(meeting.year, 1, 1), date(meeting.year + 1, 1, 31)
    if not earliest <= day <= latest:
        return [Problem("held_on", f"Ngày họp {format_date(day)} không thuộc năm {meeting.year}.")]
    if meeting.kind is MeetingKind.MONTHLY and meeting.month and day < date(meeting.year, meeting.month, 1):
        return [Problem("held_on", f"Ngày họp {format_date(day)} sớm hơn tháng {meeting.month}.")]
    return []


def _attendance_cautions(meeting: Meeting, names: Mapping[str, str]) -> list[Problem]:
    counts = count_attendance(meeting.attendance)
    found = []
    ticked = counts.members - counts.unknown
    if ticked and counts.unknown:
        found.append(Problem("attendance", f"Còn {counts.unknown} đồng chí chưa điểm danh."))
    if ticked and not counts.unknown and counts.with_vote * 2 <= counts.convened:
        found.append(
            Problem(
                "attendance",
                f"Có mặt {counts.with_vote}/{counts.convened} đảng viên được tính, chưa quá nửa: "
                "biểu quyết không thể đạt quá nửa số được triệu tập.",
            )
        )
    found += [
        Problem("attendance", f"{names.get(line.member_id, '')}: vắng có lý do nhưng chưa ghi lý do.")
        for line in meeting.attendance
        if line.presence is Presence.EXCUSED and not line.reason.strip()
    ]
    out = (Standing.TEMPORARY_AWAY, Standing.SUSPENDED, Standing.PROSECUTED)
    found += [
        Problem(
            "attendance",
            f"{names.get(line.member_id, '')}: {line.standing.label.lower()} mà có mặt, "
            "không được tính vào mẫu số và không nhận phiếu. Nếu khác, đồng chí sửa tư cách dự họp.",
        )
        for line in meeting.attendance
        if line.presence is Presence.PRESENT and line.standing in out
    ]
    return found


def _teller_cautions(
    lines: Sequence[Attendance], names: Mapping[str, str], candidates: Sequence[str]
) -> list[Problem]:
    """The group that counts: an odd number of three or more with one head; no rule of the centre, so said."""
    tellers = [line for line in lines if line.teller is not TellerPost.NONE]
    if not tellers:
        return []
    found = []
    if len(tellers) < _FEWEST_TELLERS or len(tellers) % 2 == 0:
        found.append(Problem("tellers", f"Tổ kiểm phiếu có {len(tellers)} người; nên là số lẻ, từ 3 người."))
    if not any(line.teller is TellerPost.HEAD for line in tellers):
        found.append(Problem("tellers", "Tổ kiểm phiếu chưa có tổ trưởng."))
    for line in tellers:
        name = names.get(line.member_id, "")
        if line.presence in (Presence.EXCUSED, Presence.ABSENT):
            found.append(Problem("tellers", f"{name} kiểm phiếu nhưng được ghi là vắng mặt."))
        elif line.standing in WITHOUT_VOTE:
            found.append(Problem("tellers", f"{name} kiểm phiếu nhưng không có quyền biểu quyết."))
    counted = {line.member_id for line in tellers}
    others = [line for line in lines if has_vote(line) and line.member_id not in candidates]
    if others and counted <= set(candidates):
        found.append(
            Problem(
                "tellers",
                "Cả tổ kiểm phiếu đều có tên trong phiếu. Đồng chí cân nhắc mời thêm người không có tên.",
            )
        )
    return found
