"""A first text for the parts of a month's minutes, put together from what the months say; people edit it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.dates import Month
from app.domain.monthly import CellMark, MonthlySelfAssessment, MonthState

_NAMES_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class MonthOfMember:
    """One member's month as the minutes need it; ``not_asked`` where nothing was to be handed in."""

    name: str
    not_asked: bool
    month: MonthlySelfAssessment | None


@dataclass(frozen=True, slots=True)
class ProposedMinutes:
    """Texts offered for the parts of the minutes; "" where the months say nothing."""

    report: str = ""
    praise: str = ""
    reminders: str = ""


def propose_minutes(month: Month, members: Sequence[MonthOfMember]) -> ProposedMinutes:
    """The month's result, who is praised, who is reminded, from what the cell marked on confirmed months.

    HD 12-HD/BTCTW 2018 II.3: praise exemplary members of the month, remind those not keeping their pledge.
    Only the cell's own words are taken, never a member's.
    """
    handed_in = [each for each in members if _is_handed_in(each.month)]
    excused = [each for each in members if each.month is not None and each.month.state is MonthState.EXCUSED]
    asked = [each for each in members if each not in handed_in and each not in excused and not each.not_asked]
    return ProposedMinutes(
        _report(month, handed_in, excused, asked) if handed_in or excused else "",
        _said(handed_in, CellMark.PRAISE),
        _said(handed_in, CellMark.REMINDER),
    )


def _is_handed_in(month: MonthlySelfAssessment | None) -> bool:
    return month is not None and month.state in (MonthState.SUBMITTED, MonthState.CONFIRMED)


def _report(
    month: Month,
    handed_in: Sequence[MonthOfMember],
    excused: Sequence[MonthOfMember],
    missing: Sequence[MonthOfMember],
) -> str:
    confirmed = sum(each.month is not None and each.month.state is MonthState.CONFIRMED for each in handed_in)
    asked = len(handed_in) + len(missing)
    sentences = [f"{str(month).capitalize()}: {len(handed_in)}/{asked} đồng chí đã gửi bản tự đánh giá"]
    sentences[0] += f", chi bộ xác nhận {confirmed} đồng chí." if confirmed else "."
    if missing:
        sentences.append(f"Chưa gửi: {_names(missing)}.")
    if excused:
        sentences.append(f"Nghỉ có lý do: {_names(excused)}.")
    return " ".join(sentences)


def _names(members: Sequence[MonthOfMember]) -> str:
    named = ", ".join(each.name for each in members[:_NAMES_AT_MOST])
    more = len(members) - _NAMES_AT_MOST
    return f"{named} và {more} đồng chí khác" if more > 0 else named


def _said(members: Iterable[MonthOfMember], mark: CellMark) -> str:
    lines = []
    for each in members:
        if each.month is not None and each.month.mark is mark:
            words = " ".join(each.month.cell_comment.split()).rstrip(".")
            lines.append(f"Đồng chí {each.name}: {words}." if words else f"Đồng chí {each.name}.")
    return "\n".join(lines)
