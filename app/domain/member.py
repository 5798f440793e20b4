"""A member (đảng viên): who they are, what holds for them from when to when, what follows for the book."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.dates import BirthDate, Month, format_date
from app.domain.errors import Problem
from app.domain.grade import SubjectKind


class Sphere(StrEnum):
    """Where a post is held; the sheets print posts of the three spheres on separate lines."""

    PARTY = "party"
    GOVERNMENT = "government"
    MASS = "mass"

    @property
    def label(self) -> str:
        """The sphere in the field's words."""
        return {"party": "Đảng", "government": "Chính quyền", "mass": "Đoàn thể"}[self.value]


class CellRole(StrEnum):
    """A post in the cell itself."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    COMMITTEE_MEMBER = "committee_member"
    GROUP_LEADER = "group_leader"

    @property
    def label(self) -> str:
        """The post as written on papers."""
        return {
            "secretary": "Bí thư",
            "deputy_secretary": "Phó Bí thư",
            "committee_member": "Chi ủy viên",
            "group_leader": "Tổ trưởng tổ đảng",
        }[self.value]


class StatusKind(StrEnum):
    """What can hold for a member from one date to another. Never a flag: always dated."""

    EXEMPT = "exempt"
    SUSPENDED = "suspended"
    COMMITTEE_SUSPENDED = "committee_suspended"
    TEMPORARY_OUT = "temporary_out"
    TEMPORARY_IN = "temporary_in"
    MOVED_IN = "moved_in"
    SICK = "sick"
    MATERNITY_LEAVE = "maternity_leave"
    NO_RESIDENCE_OPINION = "no_residence_opinion"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The status in the field's words."""
        return {
            "exempt": "Miễn công tác và sinh hoạt đảng",
            "suspended": "Đình chỉ sinh hoạt đảng",
            "committee_suspended": "Đình chỉ sinh hoạt cấp ủy",
            "temporary_out": "Sinh hoạt tạm thời nơi khác",
            "temporary_in": "Sinh hoạt tạm thời tại chi bộ này",
            "moved_in": "Chuyển sinh hoạt đến",
            "sick": "Nghỉ ốm",
            "maternity_leave": "Nghỉ thai sản, không miễn sinh hoạt",
            "no_residence_opinion": "Không phải lấy nhận xét nơi cư trú",
            "left": "Đã rời chi bộ",
        }[self.value]

    @property
    def short(self) -> str:
        """The status as a chip in lists."""
        return {
            "exempt": "Được miễn",
            "suspended": "Đình chỉ",
            "committee_suspended": "Đình chỉ cấp ủy",
            "temporary_out": "Tạm thời nơi khác",
            "temporary_in": "Tạm thời đến",
            "moved_in": "Mới chuyển đến",
            "sick": "Nghỉ ốm",
            "maternity_leave": "Nghỉ thai sản",
            "no_residence_opinion": "Không xin nơi cư trú",
            "left": "Đã rời",
        }[self.value]


# Detail codes of dated statuses: QĐ 294-QĐ/TW 26/5/2025 pt 7, HD 38-HD/BTCTW 29/9/2025 IV.1 for exemptions;
# HD 33-HD/BTCTW 30/10/2020 pt 1.1 for whom no yearly opinion of the residence is asked.
STATUS_DETAILS: dict[StatusKind, dict[str, str]] = {
    StatusKind.EXEMPT: {
        "age_health": "tuổi cao, sức yếu",
        "long_treatment": "điều trị dài ngày hoặc xa nơi cư trú",
        "abroad_isolated": "ở nước ngoài hoặc lao động đơn lẻ nơi không có tổ chức đảng",
        "mobile_work": "làm việc lưu động",
        "pre_retirement": "nghỉ chờ hưu",
        "maternity": "nghỉ sinh con",
    },
    StatusKind.NO_RESIDENCE_OPINION: {
        "barracks": "quân đội, công an ở doanh trại",
        "often_away": "thường xuyên đi công tác xa, lưu động",
        "rotated": "luân chuyển, ở nhà công vụ",
        "full_time_study": "học tập trung cả năm",
        "pupil": "học sinh, sinh viên xa nhà",
    },
    StatusKind.LEFT: {
        "moved": "chuyển sinh hoạt chính thức",
        "struck_off": "xóa tên",
        "expelled": "khai trừ",
        "withdrew": "xin ra khỏi Đảng",
        "died": "từ trần",
    },
}


@dataclass(frozen=True, slots=True)
class DatedStatus:
    """One status with its dates and the decision behind it; open ends still hold."""

    kind: StatusKind
    valid_from: date | None
    valid_to: date | None = None
    detail: str = ""
    decision_ref: str = ""
    place: str = ""
    note: str = ""
    id: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the status holds on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def sentence(self) -> str:
        """One line for the member's record: "Miễn … (nghỉ sinh con) 01/03/2025–31/08/2025, 07-QĐ/ĐU"."""
        detail = STATUS_DETAILS.get(self.kind, {}).get(self.detail, "")
        words = self.kind.label + (f" ({detail})" if detail else "")
        if self.valid_from and self.valid_to:
            words += f" {format_date(self.valid_from)}–{format_date(self.valid_to)}"
        elif self.valid_from:
            words += f" từ {format_date(self.valid_from)}"
        elif self.valid_to:
            words += f" đến {format_date(self.valid_to)}"
        return ", ".join(part for part in (words, self.place, self.decision_ref, self.note) if part)


@dataclass(frozen=True, slots=True)
class Post:
    """A post held from one date to another; ``role`` is set for posts in the cell."""

    sphere: Sphere
    title: str
    role: CellRole | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    id: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the post is held on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """What the member's form holds: everything but dated facts kept elsewhere."""

    full_name: str = ""
    given_name: str = ""
    gender: str = ""
    birth: BirthDate | None = None
    card_number: str = ""
    file_number: str = ""
    phone: str = ""
    ethnicity: str = ""
    occupation: str = ""
    workplace: str = ""
    residence: str = ""
    admission_decision_on: date | None = None
    admitted_on: date | None = None
    confirmed_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A member as pages show them: the record, dated posts and statuses, kinds chosen per year."""

    id: str
    version: int
    record: MemberDraft
    sort_key: str
    search_key: str
    posts: tuple[Post, ...] = ()
    statuses: tuple[DatedStatus, ...] = ()
    kinds: tuple[tuple[int, SubjectKind], ...] = ()

    @property
    def name(self) -> str:
        """The full name as entered."""
        return self.record.full_name

    def status_on(self, day: date) -> DatedStatus | None:
        """The status to show on a day; the gravest first, none for a member in ordinary party life."""
        holding = [status for status in self.statuses if status.holds_on(day)]
        order = (
            StatusKind.LEFT,
            StatusKind.SUSPENDED,
            StatusKind.EXEMPT,
            StatusKind.TEMPORARY_OUT,
            StatusKind.TEMPORARY_IN,
            StatusKind.COMMITTEE_SUSPENDED,
        )
        return next((status for kind in order for status in holding if status.kind is kind), None)

    def has_left(self, day: date) -> bool:
        """Whether the member has left the cell by a day."""
        return any(status.kind is StatusKind.LEFT and status.holds_on(day) for status in self.statuses)

    def is_probationary(self, day: date) -> bool:
        """Đảng viên dự bị: admitted and not yet recognised as official."""
        admitted, confirmed = self.record.admitted_on, self.record.confirmed_on
        return admitted is not None and admitted <= day and (confirmed is None or confirmed > day)

    def posts_on(self, day: date, sphere: Sphere | None = None) -> tuple[Post, ...]:
        """Posts held on a day, of one sphere or all."""
        return tuple(post for post in self.posts if post.holds_on(day) and sphere in (None, post.sphere))

    def role_on(self, day: date) -> CellRole | None:
        """The highest post in the cell on a day."""
        roles = {post.role for post in self.posts_on(day) if post.role is not None}
        return next((role for role in CellRole if role in roles), None)

    def kind_for(self, year: int) -> SubjectKind:
        """The subject kind that chooses the sheet: chosen for this year, else the latest choice before it.

        Without any choice: outside the system, as in a village cell.
        """
        known = [(chosen, kind) for chosen, kind in self.kinds if chosen <= year]
        return max(known)[1] if known else SubjectKind.OUTSIDE

    def monthly_duty(self, month: Month) -> str:
        """Why a month asks nothing of this member, or "" when it must be handed in.

        Exempt or suspended for the whole month, not admitted yet, away, not yet come or gone (pledges.md).
        """
        admitted = self.record.admitted_on
        if admitted is not None and admitted > month.last_day:
            return "chưa kết nạp"
        if self.arrived_on() > month.last_day:
            return "chưa chuyển đến"
        first_reason, day = "", month.first_day
        for start, end, reason in sorted(self._free_spans()):
            if start > day:
                break
            if end >= day:
                first_reason = first_reason or reason
                if end >= month.last_day:
                    return first_reason
                day = end + timedelta(days=1)
        return ""

    def pledge_duty(self, year: int, today: date) -> str:
        """Why a year's pledge is not asked of this member now, or "" when it is (pledges.md).

        Who is exempt registers nothing meanwhile: today for the running year, all year for a past one.
        """
        first, last = date(year, 1, 1), date(year, 12, 31)
        day = min(max(today, first), last)
        spans = [status for status in self.statuses if status.kind is StatusKind.EXEMPT]
        if today > last:
            spans = [status for status in spans if status.holds_on(first)]
        return next((status.sentence() for status in spans if status.holds_on(day)), "")

    def _free_spans(self) -> Iterator[tuple[date, date, str]]:
        for status in self.statuses:
            if status.kind in _MONTH_FREE:
                start, end = status.valid_from or date.min, status.valid_to or date.max
                yield start, end, _MONTH_FREE[status.kind]

    def arrived_on(self) -> date:
        """When a member moved in from elsewhere first came; coming back after leaving is no first arrival."""
        moves = sorted(
            (status.valid_from or date.min, status.kind)
            for status in self.statuses
            if status.kind in (StatusKind.MOVED_IN, StatusKind.LEFT)
        )
        return moves[0][0] if moves and moves[0][1] is StatusKind.MOVED_IN else date.min

    def was_here_in(self, year: int) -> bool:
        """Whether the member belonged to the cell at any time of a year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        admitted = self.record.admitted_on or date.min
        gone = any(
            status.kind is StatusKind.LEFT
            and (status.valid_from or date.min) <= first
            and (status.valid_to or date.max) >= last
            for status in self.statuses
        )
        return admitted <= last and self.arrived_on() <= last and not gone


_MONTH_FREE = {
    StatusKind.EXEMPT: "được miễn sinh hoạt",
    StatusKind.SUSPENDED: "bị đình chỉ sinh hoạt",
    StatusKind.LEFT: "đã rời chi bộ",
    StatusKind.TEMPORARY_OUT: "đang sinh hoạt tạm thời nơi khác",
}


def problems_in_member(draft: MemberDraft, today: date) -> tuple[Problem, ...]:
    """What must be put right before a member can be saved."""
    found: list[Problem] = []
    if not draft.full_name.strip():
        found.append(Problem("full_name", "Chưa ghi họ và tên."))
    birth = draft.birth.earliest if draft.birth else None
    if birth and birth > today:
        found.append(Problem("birth", f"Ngày sinh {draft.birth} ở tương lai. Xin xem lại năm sinh."))
    if draft.admitted_on and birth and draft.admitted_on < birth:
        found.append(
            Problem(
                "admitted_on",
                f"Ngày vào Đảng {format_date(draft.admitted_on)} sớm hơn ngày sinh {draft.birth}.",
            )
        )
    if draft.admitted_on and draft.admitted_on > today:
        found.append(Problem("admitted_on", f"Ngày vào Đảng {format_date(draft.admitted_on)} chưa tới."))
    if draft.confirmed_on and not draft.admitted_on:
        found.append(Problem("admitted_on", "Có ngày chính thức thì phải có ngày vào Đảng."))
    if draft.confirmed_on and draft.admitted_on and draft.confirmed_on < draft.admitted_on:
        found.append(
            Problem(
                "confirmed_on",
                f"Ngày chính thức {format_date(draft.confirmed_on)} sớm hơn ngày vào Đảng "
                f"{format_date(draft.admitted_on)}.",
            )
        )
    card = draft.card_number.replace(" ", "")
    if card and not card.isalnum():
        found.append(Problem("card_number", "Số thẻ chỉ gồm chữ số (số định danh 12 chữ số)."))
    return tuple(found) + _lines_too_long(draft)


_LONGEST_NAME, _LONGEST_LINE = 100, 300
_LINES = (
    "given_name",
    "ethnicity",
    "card_number",
    "occupation",
    "workplace",
    "residence",
    "phone",
    "file_number",
)


def _lines_too_long(draft: MemberDraft) -> tuple[Problem, ...]:
    """A whole page pasted into a field of one line would spoil every list and paper it stands in."""
    lines = [("full_name", _LONGEST_NAME), *((name, _LONGEST_LINE) for name in _LINES)]
    return tuple(
        Problem(name, f"Ở đây có {length} chữ cái, có lẽ dán nhầm. Xin ghi không quá {longest} chữ cái.")
        for name, longest in lines
        if (length := len(getattr(draft, name))) > longest
    )


def problems_in_status(status: DatedStatus) -> tuple[Problem, ...]:
    """What must be put right before a dated status can be saved."""
    found: list[Problem] = []
    if status.valid_from is None:
        found.append(Problem("valid_from", "Chưa ghi từ ngày nào."))
    if status.valid_from and status.valid_to and status.valid_to < status.valid_from:
        found.append(Problem("valid_to", "Đến ngày sớm hơn từ ngày."))
    if status.kind in STATUS_DETAILS and not status.detail:
        whys = {StatusKind.EXEMPT: "lý do miễn", StatusKind.LEFT: "lý do rời chi bộ"}
        found.append(Problem("detail", f"Chưa chọn {whys.get(status.kind, 'lý do')}."))
    return tuple(found)
