"""How a discipline of the rating year weighs on the grade: under a case, asked about, or noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.dates import format_date
from app.domain.discipline import AroseAt, Discipline, DutyRelated
from app.domain.grade import SubjectKind
from app.domain.grade_links import DisciplineEffect, DisciplineRule
from app.domain.rule_set import RuleSet
from app.domain.text import lower_first


@dataclass(frozen=True, slots=True)
class Weighed:
    """``blocks`` are codes of cases that hold by themselves; ``asks`` and ``warnings`` are sentences."""

    blocks: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def disciplines_of_year(disciplines: Iterable[Discipline], year: int) -> tuple[Discipline, ...]:
    """The disciplines a rating year weighs: those decided in it, whenever the fault arose."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return tuple(each for each in disciplines if first <= each.decided_on <= last)


def discipline_words(discipline: Discipline) -> str:
    """A discipline in words: "khiển trách ngày 05/06/2025 (Quyết định 12-QĐ/UBKT)"."""
    words = f"{discipline.form.label.lower()} ngày {format_date(discipline.decided_on)}"
    return f"{words} ({discipline.decision_ref.strip()})" if discipline.decision_ref.strip() else words


def weigh_disciplines(
    rule_set: RuleSet, kind: SubjectKind, disciplines: Iterable[Discipline], ticked: frozenset[str]
) -> Weighed:
    """What the disciplines of the rating year come to for a member, or for the collective of its members.

    From 2025 only a fault related to duty, or concluded under another limb, means "không hoàn thành" (Điều 11
    khoản 4 Quy định 366-QĐ/TW): the program asks and never decides. Before, any discipline does.
    """
    rule, known = rule_set.discipline, tuple(disciplines)
    if rule is None or not known:
        return Weighed()
    codes = [case.code for case in rule_set.blocks_for(kind)]
    cases = tuple(code for code in codes if code in rule.cases)
    others = tuple(code for code in codes if code in rule.unrelated_cases) or cases
    whose = "Thành viên tập thể lãnh đạo bị" if kind is SubjectKind.COLLECTIVE else "Bị"
    blocks: list[str] = []
    asks: list[str] = []
    warnings: list[str] = []
    for each in known:
        if rule.effect is DisciplineEffect.BLOCKS:
            if kind is SubjectKind.COLLECTIVE:
                warnings.append(f"Có thành viên bị {discipline_words(each)} ({rule.source}).")
            elif rule.remedied_relieves and each.remedied:
                warnings.append(
                    f"Bị {discipline_words(each)}, ghi là tự phát hiện và đã khắc phục xong: "
                    f"cấp có thẩm quyền xem xét ({rule.source})."
                )
            else:
                blocks += cases
            continue
        notes = _situation_notes(rule_set, each)
        warnings += notes
        if not notes and not {*cases, *others} & ticked:
            asks.append(f"{whose} {discipline_words(each)}. {_question(rule, each, cases, others)}")
    return Weighed(tuple(dict.fromkeys(blocks)), tuple(asks), tuple(warnings))


def _situation_notes(rule_set: RuleSet, discipline: Discipline) -> list[str]:
    """What the rules say of a fault of an earlier year or of another unit: no grade follows by itself."""
    codes = []
    if discipline.arose_year is not None and discipline.arose_year < discipline.decided_on.year:
        codes.append("OLD_FAULT")
    if discipline.arose_at is AroseAt.OLD_UNIT:
        codes.append("FAULT_AT_OLD_UNIT")
    elif discipline.arose_at is AroseAt.BOTH:
        codes.append("FAULT_BOTH")
    return [
        f"{situation.label} ({discipline_words(discipline)}): "
        f"{lower_first(situation.treatment)} ({situation.source})."
        for code in codes
        for situation in rule_set.situations
        if situation.code == code
    ]


def _question(
    rule: DisciplineRule, discipline: Discipline, cases: tuple[str, ...], others: tuple[str, ...]
) -> str:
    """What only people can answer: ``cases`` are ticked for a fault of duty, ``others`` for any other."""
    case = " hoặc ".join(cases)
    relief = (
        " Đã ghi tự phát hiện, khắc phục xong: cấp có thẩm quyền xem xét giảm nhẹ."
        if rule.remedied_relieves and discipline.remedied
        else ""
    )
    if discipline.duty_related is DutyRelated.YES:
        asked = f"Đồng chí xem và đánh dấu trường hợp {case} nếu đúng."
        return f"{rule.text} ({rule.source}). {asked}{relief}"
    if discipline.duty_related is DutyRelated.NO:
        asked = f"Có kết luận ấy thì đồng chí đánh dấu trường hợp {' hoặc '.join(others)}."
        return f"{rule.unrelated} ({rule.source}). {asked}{relief}"
    return (
        f"Vi phạm có liên quan chức trách, hoạt động công vụ không ({rule.source})? "
        f"Đồng chí ghi ở hồ sơ đảng viên; có thì đánh dấu trường hợp {case}.{relief}"
    )
