"""A meeting of the cell as a record: who was convened and came, what was said, who counted the votes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.rule_set import MajorityBase


class MeetingKind(StrEnum):
    """What a meeting is for."""

    MONTHLY = "monthly"
    THEMATIC = "thematic"
    REVIEW = "review"

    @property
    def label(self) -> str:
        """The meeting in the field's words."""
        return {
            "monthly": "Sinh hoạt thường kỳ",
            "thematic": "Sinh hoạt chuyên đề",
            "review": "Kiểm điểm, đánh giá, xếp loại",
        }[self.value]


class Standing(StrEnum):
    """What a member is to the meeting on its day; decides the majority's denominator.

    QĐ 294-QĐ/TW 26/5/2025 pt 9.3.2.
    """

    OFFICIAL = "official"
    PROBATIONARY = "probationary"
    TEMPORARY_HERE = "temporary_here"
    TEMPORARY_AWAY = "temporary_away"
    EXEMPT = "exempt"
    SUSPENDED = "suspended"
    PROSECUTED = "prosecuted"

    @property
    def label(self) -> str:
        """The standing in the field's words."""
        return {
            "official": "Chính thức",
            "probationary": "Dự bị",
            "temporary_here": "Sinh hoạt tạm thời tại đây",
            "temporary_away": "Sinh hoạt tạm thời nơi khác",
            "exempt": "Được miễn sinh hoạt",
            "suspended": "Bị đình chỉ sinh hoạt",
            "prosecuted": "Đang bị khởi tố, truy tố, tạm giam",
        }[self.value]


class Presence(StrEnum):
    """Whether somebody came; "" while nobody ticked it."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    UNKNOWN = ""

    @property
    def label(self) -> str:
        """The mark in words."""
        return {
            "present": "Có mặt",
            "excused": "Vắng có lý do",
            "absent": "Vắng không lý do",
            "": "Chưa điểm danh",
        }[self.value]


class TellerPost(StrEnum):
    """A place in the group that counts the votes (tổ kiểm phiếu)."""

    HEAD = "head"
    MEMBER = "member"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """One member's line of a meeting."""

    member_id: str
    standing: Standing
    presence: Presence = Presence.UNKNOWN
    reason: str = ""
    teller: TellerPost = TellerPost.NONE


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """What was said of one subject at the review meeting."""

    subject_id: str
    summary: str = ""
    opinions: str = ""
    accepted: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; times are "19:30". ``month`` is the month a monthly meeting is about.

    Texts by their part of the minutes: ``purpose`` (mục đích, căn cứ), ``report`` (báo cáo, kết quả tháng),
    ``discussion`` (ý kiến), ``praise``, ``reminders``, ``tasks`` (nhiệm vụ tới), ``conclusion``.
    ``majority_base`` None: as the rule set says.
    """

    kind: MeetingKind
    year: int
    month: int | None = None
    held_on: date | None = None
    started_at: str = ""
    ended_at: str = ""
    place: str = ""
    chair_id: str | None = None
    minutes_by: str | None = None
    from_above: str = ""
    purpose: str = ""
    report: str = ""
    discussion: str = ""
    praise: str = ""
    reminders: str = ""
    tasks: str = ""
    conclusion: str = ""
    majority_base: MajorityBase | None = None
    rounds: int = 1
    secret: bool = True
    recuse_self: bool = False
    attendance: tuple[Attendance, ...] = ()
    notes: tuple[MeetingNote, ...] = ()
    id: str = ""
    version: int = 0

    def line_of(self, member_id: str) -> Attendance | None:
        """One member's line, if they have one."""
        return next((line for line in self.attendance if line.member_id == member_id), None)

    def note_on(self, subject_id: str) -> MeetingNote:
        """What was said of a subject; blank when nothing was written."""
        return next((note for note in self.notes if note.subject_id == subject_id), MeetingNote(subject_id))
