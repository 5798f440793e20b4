"""The special situations of a member's year as the rules name them: away, moved, ill, on leave, at school."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.dates import format_date
from app.domain.member import DatedStatus, Member, StatusKind
from app.domain.rule_set import RuleSet
from app.domain.text import lower_first, nfc, upper_first

SICK_DAYS = 89  # HD 43-HD/BTCTW pt 7.5: three months in all; February to April is the shortest three
HALF_YEAR_MONTHS = 6
_SCHOOL_WORDS = (
    "giáo viên",
    "giảng viên",
    "hiệu trưởng",
    "học sinh",
    "sinh viên",
    "trường tiểu học",
    "trường mầm non",
    "trường trung học",
    "trường thcs",
    "trường thpt",
)


@dataclass(frozen=True, slots=True)
class Said:
    """Something the rules say, with where and whether it was compared with the original."""

    text: str
    source: str
    verified: bool

    def sentence(self) -> str:
        """The saying with its source, and its mark when nobody compared it with the original."""
        mark = "" if self.verified else ", chưa đối chiếu bản gốc"
        words = upper_first(self.text)
        return f"{words} ({self.source}{mark})." if self.source else f"{words}."


def said_of(rules: RuleSet, code: str, otherwise: str) -> Said:
    """How the rules treat a situation; ``otherwise`` where they do not name it, and then not verified."""
    found = rules.situation(code)
    if found is None:
        return Said(otherwise, f"Bộ quy định {rules.key} không nói riêng", False)
    return Said(lower_first(found.treatment), found.source, found.verified)


def situations_of(member: Member, rules: RuleSet, year: int) -> Iterator[Said]:
    """What the rules say of a member who is reviewed: nothing for most."""
    for span in spans_in(member, StatusKind.COMMITTEE_SUSPENDED, year):
        otherwise = "kiểm điểm thời gian trước khi bị đình chỉ, ở chi bộ"
        yield _told(rules, "COMMITTEE_SUSPENDED", _dated("đình chỉ sinh hoạt cấp ủy", span), otherwise)
    for span in spans_in(member, StatusKind.TEMPORARY_OUT, year):
        where = f"sinh hoạt tạm thời ở {span.place}" if span.place else "sinh hoạt tạm thời nơi khác"
        yield _told(rules, "TEMP_TRANSFER", _dated(where, span), "kiểm điểm, xếp loại ở chi bộ chính thức")
    if (moved := moved_in_during(member, year)) is not None:
        words = f"chuyển đến {format_date(moved.valid_from)}" if moved.valid_from else "chuyển đến trong năm"
        yield _told(rules, "MOVED", words, "nơi mới kiểm điểm, xếp loại")
    sick = _days_of(spans_in(member, StatusKind.SICK, year), year)
    if sick >= SICK_DAYS:
        yield _told(rules, "SICK_3M", f"nghỉ ốm {sick} ngày trong năm", "xếp loại theo kết quả thực tế")
    for span in spans_in(member, StatusKind.MATERNITY_LEAVE, year):
        yield _told(rules, "MATERNITY", _dated("nghỉ thai sản", span), "xếp loại theo kết quả thực tế")
    if _is_at_school(member) and rules.situation("SCHOOL"):
        yield _told(rules, "SCHOOL", "ở trường học", "")


def _told(rules: RuleSet, code: str, words: str, otherwise: str) -> Said:
    rule = said_of(rules, code, otherwise)
    return Said(f"{words}: {rule.text}", rule.source, rule.verified)


def spans_in(member: Member, kind: StatusKind, year: int) -> tuple[DatedStatus, ...]:
    """The statuses of a kind that hold at some time of a year, the earliest first."""
    found = [each for each in member.statuses if each.kind is kind and days_in(each, year)]
    return tuple(sorted(found, key=lambda each: each.valid_from or date.min))


def days_in(status: DatedStatus, year: int) -> int:
    """How many days of a year a status holds."""
    first = max(status.valid_from or date.min, date(year, 1, 1))
    last = min(status.valid_to or date.max, date(year, 12, 31))
    return max((last - first + timedelta(1)).days, 0)


def _days_of(spans: Iterable[DatedStatus], year: int) -> int:
    """How many days of a year any of the statuses holds; a day that two of them name counts once."""
    first = date(year, 1, 1)
    days = (first + timedelta(number) for number in range((date(year + 1, 1, 1) - first).days))
    known = tuple(spans)
    return sum(any(span.holds_on(day) for span in known) for day in days) if known else 0


def moved_in_during(member: Member, year: int) -> DatedStatus | None:
    """The move into the cell in a year; of several the last."""
    moves = (each for each in member.statuses if each.kind is StatusKind.MOVED_IN and each.valid_from)
    of_year = [each for each in moves if each.valid_from is not None and each.valid_from.year == year]
    return max(of_year, key=lambda each: each.valid_from or date.min, default=None)


def _dated(words: str, span: DatedStatus) -> str:
    if span.valid_from and span.valid_to:
        return f"{words} {format_date(span.valid_from)}–{format_date(span.valid_to)}"
    return f"{words} từ {format_date(span.valid_from)}" if span.valid_from else words


def _is_at_school(member: Member) -> bool:
    work = nfc(f"{member.record.occupation} {member.record.workplace}").lower()
    return "hưu" not in work and any(word in work for word in _SCHOOL_WORDS)
