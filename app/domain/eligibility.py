"""Who is reviewed and graded for a year, who is not, and whose time has not come: with reason and source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from app.domain.dates import format_date, months_after
from app.domain.member import DatedStatus, Member, StatusKind
from app.domain.rule_set import ExemptGroup, RuleSet
from app.domain.situations import HALF_YEAR_MONTHS, Said, said_of, situations_of
from app.domain.text import upper_first


class Duty(StrEnum):
    """What a year asks of a member."""

    REVIEW = "review"
    NOT_CONCERNED = "not_concerned"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """The finding in the field's words."""
        return {
            "review": "Kiểm điểm và xếp loại",
            "not_concerned": "Không thuộc diện",
            "pending": "Chưa kiểm điểm, xếp loại",
        }[self.value]


@dataclass(frozen=True, slots=True)
class DutyFinding:
    """What the rules and a member's dated facts come to; ``notes`` say what must be heard or weighed first.

    ``overruled``: the secretary decided otherwise, ``reason`` is theirs.
    """

    duty: Duty
    reason: str
    source: str
    verified: bool = True
    notes: tuple[str, ...] = ()
    overruled: bool = False

    @property
    def why_not(self) -> str:
        """Why no review is asked for, or ""; it is shown and never forbids writing a sheet."""
        return "" if self.duty is Duty.REVIEW else self.reason

    @property
    def short(self) -> str:
        """The fact alone, for a line in a list; what the rules make of it stands in ``reason``."""
        return self.reason.partition(": ")[0] if not self.overruled else self.reason


@dataclass(frozen=True, slots=True)
class YearMember:
    """What was decided of one member for one year beside the review itself.

    ``duty`` None: as the rules say. ``cap_group`` "" : the group of the member's kind.
    """

    member_id: str
    year: int
    duty: Duty | None = None
    duty_reason: str = ""
    duty_on: date | None = None
    cap_group: str = ""
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class YearDuties:
    """A year's rules with what they are held against: the day of the review meeting, what was overruled.

    ``meeting_on`` None: the meeting is not recorded yet, the last day of the year stands for it.
    """

    rule_set: RuleSet
    year: int
    meeting_on: date | None = None
    decided: Mapping[str, YearMember] = field(default_factory=dict)

    @property
    def review_day(self) -> date:
        """The day on which it is asked who reviews."""
        return self.meeting_on or date(self.year, 12, 31)

    def of(self, member: Member) -> DutyFinding:
        """What the year asks of a member."""
        return find_duty(member, self.rule_set, self.year, self.review_day, self.decided.get(member.id))


def find_duty(
    member: Member, rule_set: RuleSet, year: int, review_day: date, decided: YearMember | None = None
) -> DutyFinding:
    """What a rating year asks of a member by their dated facts, unless the secretary overruled it.

    QĐ 366-QĐ/TW art. 3, 5; HD 43-HD/BTCTW pt 7.5-7.7, and their predecessors. The rules name neither end of
    the newcomers' six months; they run here from the admission to the review meeting.
    """
    found = _Case(member, rule_set, year, review_day).finding()
    if decided is None or decided.duty is None:
        return found
    by_rules = f"Theo dữ kiện và quy định: {found.duty.label.lower()} ({found.reason})."
    day = f", ghi ngày {format_date(decided.duty_on)}" if decided.duty_on else ""
    return DutyFinding(
        decided.duty, decided.duty_reason, f"Bí thư quyết định{day}", notes=(by_rules,), overruled=True
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """One member's year held against the rules."""

    member: Member
    rules: RuleSet
    year: int
    day: date

    def finding(self) -> DutyFinding:
        steps = (self._never_here, self._gone, self._guest, self._came_after, self._suspended)
        for step in (*steps, self._exempt, self._newcomer):
            if (found := step()) is not None:
                return found
        return self._reviewed()

    # Not concerned, or not yet

    def _never_here(self) -> DutyFinding | None:
        if self.member.was_here_in(self.year):
            return None
        reason = f"không sinh hoạt tại chi bộ trong năm {self.year}"
        return DutyFinding(Duty.NOT_CONCERNED, reason, "Hồ sơ đảng viên")

    def _gone(self) -> DutyFinding | None:
        left = next((each for each in self._of(StatusKind.LEFT) if each.holds_on(self.day)), None)
        if left is None:
            return None
        words = _LEFT_WORDS.get(left.detail, "đã rời chi bộ")
        since = f" từ {format_date(left.valid_from)}" if left.valid_from else ""
        if left.detail != "moved":
            return DutyFinding(Duty.NOT_CONCERNED, words + since, "Hồ sơ đảng viên")
        rule = said_of(self.rules, "MOVED", "nơi mới kiểm điểm, xếp loại")
        notes = tuple(self._moved_out_notes(left))
        return DutyFinding(Duty.NOT_CONCERNED, words + since, rule.source, rule.verified, notes)

    def _moved_out_notes(self, left: DatedStatus) -> Iterator[str]:
        on = left.valid_from
        if on is None or on.year != self.year:
            return
        if months_after(self._time_here()[0], HALF_YEAR_MONTHS) <= on:
            yield "Ở đây từ 6 tháng trong năm: nơi mới có thể xin ý kiến của chi bộ."
        if on.month == 12:
            yield (
                f"Chuyển đi trong tháng 12: chi bộ đã họp kiểm điểm trước {format_date(on)} thì ghi ngày "
                "họp để kiểm điểm ở đây; chưa họp thì gửi bản kiểm điểm và nhận xét sang nơi mới."
            )

    def _guest(self) -> DutyFinding | None:
        guest = self._in_year(StatusKind.TEMPORARY_IN)
        if not guest or self._joined_after(guest[-1]):
            return None
        rule = said_of(self.rules, "TEMP_TRANSFER", "kiểm điểm, xếp loại ở chi bộ chính thức")
        reason = "sinh hoạt tạm thời tại đây, kiểm điểm ở chi bộ chính thức"
        note = "Chi bộ chính thức xin nhận xét thì chi bộ này viết Phiếu nhận xét nơi sinh hoạt tạm thời."
        return DutyFinding(Duty.NOT_CONCERNED, reason, rule.source, rule.verified, (note,))

    def _joined_after(self, guest: DatedStatus) -> bool:
        """A guest who then moved in for good belongs here."""
        since = guest.valid_from or date.min
        return any(since <= (each.valid_from or date.min) <= self.day for each in self._moves())

    def _came_after(self) -> DutyFinding | None:
        arrived = self.member.arrived_on()
        if arrived <= self.day:
            return None
        rule = said_of(self.rules, "MOVED", "nơi mới kiểm điểm, xếp loại")
        reason = f"chuyển đến {format_date(arrived)}, sau ngày họp kiểm điểm {format_date(self.day)}"
        note = (
            "Hỏi nơi cũ đã kiểm điểm, xếp loại chưa: đã có thì xin bản sao kết quả; chưa có thì kiểm điểm ở "
            "lần họp tới và báo cáo bổ sung."
        )
        return DutyFinding(Duty.PENDING, reason, rule.source, rule.verified, (note,))

    def _suspended(self) -> DutyFinding | None:
        spans, group = self._in_year(StatusKind.SUSPENDED), self._group("suspended")
        if group is None or not spans:
            return None
        if self._covers(spans):
            return _not_concerned("cả năm bị đình chỉ sinh hoạt", group)
        holding = next((each for each in spans if each.holds_on(self.day)), None)
        if holding is None:
            return None
        since = f" từ {format_date(holding.valid_from)}" if holding.valid_from else ""
        note = "Hết đình chỉ trước ngày họp kiểm điểm thì đồng chí ấy lại thuộc diện."
        return _not_concerned(f"đang bị đình chỉ sinh hoạt đảng{since}", group, note)

    def _exempt(self) -> DutyFinding | None:
        spans, group = self._in_year(StatusKind.EXEMPT), self._group("exempted")
        if group is None or not self._covers(spans):
            return None
        return _not_concerned("cả năm được miễn sinh hoạt", group)

    def _newcomer(self) -> DutyFinding | None:
        admitted, group = self.member.record.admitted_on, self._grace()
        if admitted is None:
            return None
        if group is not None and group.months_since_admission is not None:
            full = months_after(admitted, group.months_since_admission)
            if full > self.day:
                months = group.months_since_admission
                reason = f"mới kết nạp {format_date(admitted)}, chưa đủ {months} tháng"
                notes = (f"Đủ {months} tháng vào ngày {format_date(full)}.", self._how_counted(months))
                return DutyFinding(Duty.PENDING, reason, group.source, group.verified, notes)
        if admitted > self.day:
            reason = f"kết nạp {format_date(admitted)}, sau ngày họp kiểm điểm {format_date(self.day)}"
            return DutyFinding(Duty.PENDING, reason, "Hồ sơ đảng viên")
        return None

    def _how_counted(self, months: int) -> str:
        return (
            f"Quy định không nói {months} tháng tính từ đâu đến đâu; ở đây tính từ ngày kết nạp đến ngày "
            "họp kiểm điểm, chưa ghi ngày họp thì đến cuối năm: "
            f"{format_date(self.day)} (chưa đối chiếu bản gốc)."
        )

    # Reviewed, and what is to be weighed

    def _reviewed(self) -> DutyFinding:
        said = list(situations_of(self.member, self.rules, self.year))
        basis = said_of(self.rules, "ALL_MEMBERS", "đảng viên sinh hoạt tại chi bộ")
        first = said[0] if said else replace(basis, text="đảng viên sinh hoạt tại chi bộ")
        notes = [*(each.sentence() for each in said[1:]), *self._time_notes()]
        return DutyFinding(Duty.REVIEW, first.text, first.source, first.verified, tuple(notes))

    def _time_notes(self) -> Iterator[str]:
        for span in self._in_year(StatusKind.EXEMPT):
            rest = self._rest_of_the_year()
            yield replace(rest, text=f"{span.sentence()}: {rest.text}").sentence()
        for span in self._in_year(StatusKind.SUSPENDED):
            has_rule = self._group("suspended") is not None
            why = "đã hết đình chỉ nên vẫn kiểm điểm" if has_rule else "bộ quy định của năm không nói đến"
            yield f"{upper_first(span.sentence())}: {why}."
        grace, admitted = self._grace(), self.member.record.admitted_on
        months = grace.months_since_admission if grace else None
        if months and admitted and months_after(admitted, 2 * months) > self.day:
            full = format_date(months_after(admitted, months))
            yield f"Mới kết nạp {format_date(admitted)}, đủ {months} tháng từ {full}."
            yield self._how_counted(months)
        for left in self._of(StatusKind.LEFT):
            if left.valid_from and self.day < left.valid_from and left.valid_from.year == self.year:
                words = upper_first(_LEFT_WORDS.get(left.detail, "đã rời chi bộ"))
                after = ", gửi kết quả cho nơi mới" if left.detail == "moved" else ""
                day = format_date(left.valid_from)
                yield f"{words} từ {day}, sau ngày họp kiểm điểm: xếp loại ở đây{after}."

    def _rest_of_the_year(self) -> Said:
        """Who is exempt for a time is rated for the rest; before 2025 the exempt group is the source."""
        otherwise = "xếp loại thời gian còn lại, trừ khi cấp có thẩm quyền quyết định khác"
        said, group = said_of(self.rules, "EXEMPT_PART", otherwise), self._group("exempted")
        named = self.rules.situation("EXEMPT_PART") is not None
        return said if named or group is None else Said(otherwise, group.source, verified=False)

    # Facts

    def _of(self, kind: StatusKind) -> tuple[DatedStatus, ...]:
        return tuple(each for each in self.member.statuses if each.kind is kind)

    def _moves(self) -> tuple[DatedStatus, ...]:
        return self._of(StatusKind.MOVED_IN)

    def _in_year(self, kind: StatusKind) -> tuple[DatedStatus, ...]:
        first, last = self._time_here()
        found = [each for each in self._of(kind) if _touches(each, first, last)]
        return tuple(sorted(found, key=lambda each: each.valid_from or date.min))

    def _time_here(self) -> tuple[date, date]:
        admitted = self.member.record.admitted_on or date.min
        return max(date(self.year, 1, 1), admitted, self.member.arrived_on()), date(self.year, 12, 31)

    def _covers(self, spans: tuple[DatedStatus, ...]) -> bool:
        day, last = self._time_here()
        for span in spans:
            if (span.valid_from or date.min) > day:
                return False
            day = max(day, (span.valid_to or date.max - timedelta(1)) + timedelta(1))
        return day > last

    def _group(self, code: str) -> ExemptGroup | None:
        return next((each for each in self.rules.exempt_groups if each.code == code), None)

    def _grace(self) -> ExemptGroup | None:
        return next((each for each in self.rules.exempt_groups if each.months_since_admission), None)


_LEFT_WORDS = {
    "moved": "đã chuyển sinh hoạt đi nơi khác",
    "struck_off": "đã bị xóa tên",
    "expelled": "đã bị khai trừ",
    "withdrew": "đã ra khỏi Đảng",
    "died": "đã từ trần",
}


def _touches(status: DatedStatus, first: date, last: date) -> bool:
    return (status.valid_from or date.min) <= last and (status.valid_to or date.max) >= first


def _not_concerned(reason: str, group: ExemptGroup, *notes: str) -> DutyFinding:
    return DutyFinding(Duty.NOT_CONCERNED, reason, group.source, group.verified, notes)
