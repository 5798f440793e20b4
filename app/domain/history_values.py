"""The values of the history in words: codes, dates, yes and no, as the screens and papers call them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.cell import CellKind, LevelScale
from app.domain.dates import format_date
from app.domain.discipline import DisciplineForm
from app.domain.eligibility import Duty
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.issued_document import DOCUMENT_TYPES
from app.domain.meeting import MeetingKind, Presence, Standing
from app.domain.member import STATUS_DETAILS, CellRole, Sphere, StatusKind
from app.domain.monthly import CellMark
from app.domain.opinion import OpinionKind
from app.domain.permissions import ActorRole
from app.domain.pledge import Origin, Outcome, PledgeState
from app.domain.review import GradeStage, RemedyStatus, ReviewState
from app.domain.rule_file import RuleFileKind
from app.domain.text import lower_first, mask_card
from app.domain.voting import RoundKind
from app.domain.year_task import TaskQuality


def _labels(*kinds: type[StrEnum]) -> dict[str, str]:
    return {each.value: str(getattr(each, "label")) for kind in kinds for each in kind}  # noqa: B009


_GRADES = _labels(Grade)
_LEVELS = _labels(FourLevel)
_WORDS: dict[tuple[str, str], Mapping[str, str]] = {
    ("cell", "kind"): _labels(CellKind),
    ("cell", "level_scale"): _labels(LevelScale),
    ("member", "gender"): {"male": "nam", "female": "nữ"},
    ("member_post", "sphere"): _labels(Sphere),
    ("member_post", "role"): _labels(CellRole),
    ("member_kind", "kind"): _labels(SubjectKind),
    ("member_status", "kind"): _labels(StatusKind),
    ("member_status", "detail"): {k: v for each in STATUS_DETAILS.values() for k, v in each.items()},
    ("member_discipline", "form"): _labels(DisciplineForm),
    ("member_discipline", "duty_related"): {"yes": "có", "no": "không"},
    ("member_discipline", "arose_at"): {"here": "đơn vị này", "old_unit": "đơn vị cũ", "both": "cả hai nơi"},
    ("pledge", "state"): _labels(PledgeState),
    ("pledge_item", "origin"): _labels(Origin),
    ("pledge_item", "outcome"): _labels(Outcome),
    ("monthly", "state"): {
        "draft": "đang soạn",
        "submitted": "đã gửi",
        "confirmed": "đã xác nhận",
        "excused": "nghỉ có lý do",
        "not_required": "không phải nộp",
    },
    ("monthly", "mark"): _labels(CellMark),
    ("review", "state"): _labels(ReviewState),
    ("review", "kind"): {
        "year": "năm",
        "quarter": "quý",
        "term": "nhiệm kỳ",
        "extraordinary": "khi có yêu cầu",
    },
    ("review", "civil_grade"): _GRADES,
    ("review_section", "level"): _LEVELS,
    ("review_fault", "status"): _labels(RemedyStatus),
    ("review_grade", "stage"): _labels(GradeStage),
    ("review_grade", "grade"): _GRADES,
    ("review_task", "quality"): _labels(TaskQuality),
    ("rerating", "old_grade"): _GRADES,
    ("rerating", "new_grade"): _GRADES,
    ("year_member", "duty"): _labels(Duty),
    ("opinion", "kind"): _labels(OpinionKind),
    ("year_end", "cap_base"): {"good": "số hoàn thành tốt", "good_plus_excellent": "số tốt và xuất sắc"},
    ("year_end", "cap_rounding"): {"floor": "bỏ phần lẻ", "half_up": "từ 0,5 làm tròn lên"},
    ("meeting", "kind"): _labels(MeetingKind),
    ("meeting", "majority_base"): {
        "convened": "số được triệu tập",
        "present": "số có mặt",
        "valid": "số phiếu hợp lệ",
    },
    ("attendance", "standing"): _labels(Standing),
    ("attendance", "presence"): _labels(Presence),
    ("attendance", "teller"): {"head": "tổ trưởng", "member": "tổ viên"},
    ("vote_round", "kind"): _labels(RoundKind),
    ("issued_document", "symbol"): DOCUMENT_TYPES,
    ("rule_file", "kind"): _labels(RuleFileKind),
    ("seat_account", "role"): _labels(ActorRole),
    ("key_holder", "kind"): {
        "password": "mật khẩu",
        "recovery": "phiếu khôi phục",
        "demo": "mật khẩu dùng thử",
        "data_key": "khóa dữ liệu",
    },
}
# Fields that hold a member's id; the name is told.
PEOPLE_FIELDS = frozenset(("chair_id", "minutes_by"))


def value_words(table: str, column: str, value: object, names: Mapping[str, str]) -> str:
    """A value as a sentence says it; ``names`` are the members' names by id."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    text = str(value)
    if column == "card_number":
        return mask_card(text)
    if column in PEOPLE_FIELDS:
        return names.get(text, "một người đã bỏ khỏi sổ")
    if (known := _WORDS.get((table, column))) is not None:
        return lower_first(known[text]) if text in known else text
    return _time_words(text)


def _time_words(text: str) -> str:
    """Days, times and months as they are written in Vietnam; anything else as it is."""
    if len(text) == 7 and text[4] == "-" and (text[:4] + text[5:]).isdecimal():
        return f"{int(text[5:])}/{text[:4]}"
    if len(text) >= 10 and text[4:5] == text[7:8] == "-":
        try:
            if len(text) == 10:
                return format_date(date.fromisoformat(text))
            at = datetime.fromisoformat(text)
        except ValueError:
            return text
        return f"{at:%H:%M} {format_date(at.date())}"
    return text


def record_period(table: str, values: Mapping[str, Any]) -> str:
    """The month or year a record is of, as it goes on after its name: "tháng 5/2026", "năm 2026"."""
    year, month = values.get("year"), values.get("month")
    if not year:
        return ""
    if table == "monthly" and month:
        return f" {month}/{year}"
    if table == "review" and (period := str(values.get("period", ""))).startswith(f"{year}-Q"):
        return f" quý {period[-1]}/{year}"
    return f" {year}" if table in ("pledge", "year_state", "year_closing") else f" năm {year}"
