"""How meetings are named on screen."""

from app.domain.attendance import AttendanceCounts
from app.domain.dates import format_date, weekday_name
from app.domain.meeting import Meeting, MeetingKind, Presence
from app.ui.parts.chips import ChipSpec

PRESENCE_CHIPS = {
    Presence.PRESENT: ChipSpec("Có mặt", "ok", "check"),
    Presence.EXCUSED: ChipSpec("Vắng có lý do", "exc"),
    Presence.ABSENT: ChipSpec("Vắng không lý do", "late"),
}


def meeting_title(meeting: Meeting) -> str:
    """What kind of meeting, about what: "Sinh hoạt thường kỳ tháng 11"."""
    if meeting.kind is MeetingKind.REVIEW:
        return f"Họp kiểm điểm, xếp loại năm {meeting.year}"
    about = f" tháng {meeting.month}" if meeting.month else ""
    return f"{meeting.kind.label}{about}"


def meeting_day(meeting: Meeting) -> str:
    """The day in a list: "Thứ Sáu 12/12/2025"."""
    if meeting.held_on is None:
        return "Chưa ghi ngày"
    weekday = weekday_name(meeting.held_on)
    return f"{weekday[0].upper()}{weekday[1:]} {format_date(meeting.held_on)}"


def meeting_facts(meeting: Meeting, rounds: int) -> str:
    """The line under the title: day, rounds of ballots, whether it is in the book."""
    facts = [meeting_day(meeting)]
    facts += [f"{rounds} vòng bỏ phiếu"] if rounds else []
    facts += [] if meeting.id else ["chưa lưu vào sổ"]
    return " · ".join(facts)


def attendance_words(counts: AttendanceCounts) -> str:
    """Who came, short: "36 có mặt, 2 vắng có lý do"."""
    if counts.unknown == counts.members:
        return "Chưa điểm danh"
    parts = [f"{counts.present} có mặt"]
    parts += [f"{counts.excused} vắng có lý do"] if counts.excused else []
    parts += [f"{counts.absent} vắng không lý do"] if counts.absent else []
    parts += [f"{counts.unknown} chưa điểm danh"] if counts.unknown else []
    return ", ".join(parts)
