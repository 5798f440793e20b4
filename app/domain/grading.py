"""The grade that points and conditions allow, with the reason; a proposal, never a decision.

From 2025 points AND conditions must hold (Điều 11 Quy định 366-QĐ/TW); the sheets of 2018–2024 are
graded by four levels per criterion. Nothing is rounded before it is compared.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from app.domain.discipline_weight import Weighed, weigh_disciplines
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.grade_ties import link_warnings
from app.domain.grading_facts import GradingFacts
from app.domain.rule_set import BlockCase, BlockTest, GradeCondition, GradeMeasure, GradeRange, RuleSet
from app.domain.scoring import point_text
from app.domain.text import lower_first, plain_words
from app.domain.year_task import TaskCounts, task_share

_FOR_COMPETENT_LEVEL = "Cần cấp có thẩm quyền xem xét."


@dataclass(frozen=True, slots=True)
class GradeProposal:
    """What the rules allow: a grade or none, the grade of the points alone, and why.

    ``needs_competent_level``: the rule's text does not settle it; ``missing``: facts still to enter.
    ``asks`` are questions only people can answer, ``warnings`` what else the rules tie the grade to.
    """

    grade: Grade | None
    points_grade: Grade | None
    reason: str
    needs_competent_level: bool = False
    failed_conditions: tuple[str, ...] = ()
    block_cases: tuple[BlockCase, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def paragraph(self) -> str:
        """Everything there is to say of the proposal, as one paragraph to be read."""
        return " ".join((self.reason, *self.asks, *self.warnings))


def propose_grade(rule_set: RuleSet, kind: SubjectKind, facts: GradingFacts) -> GradeProposal:
    """The grade the rules allow for a subject's year (2025: Điều 11; before: four levels)."""
    if rule_set.subject(kind) is None:
        return GradeProposal(
            None, None, f"Bộ quy định {rule_set.key} không có tiêu chí cho đối tượng “{kind.label}”."
        )
    weighed = weigh_disciplines(rule_set, kind, facts.disciplines, facts.block_cases)
    proposal = _proposal(rule_set, kind, facts, weighed)
    return replace(
        proposal,
        needs_competent_level=proposal.needs_competent_level or bool(weighed.asks or weighed.warnings),
        asks=weighed.asks,
        warnings=(*weighed.warnings, *link_warnings(rule_set, facts, proposal.grade)),
    )


def _proposal(rule_set: RuleSet, kind: SubjectKind, facts: GradingFacts, weighed: Weighed) -> GradeProposal:
    points_grade = None if facts.points is None else grade_by_points(rule_set, facts.points)
    blocks = _block_cases(rule_set, kind, facts, weighed)
    if blocks:
        return _blocked(blocks, points_grade)
    if rule_set.measure is GradeMeasure.POINTS:
        return _by_points(rule_set, kind, facts, points_grade)
    return _by_levels(rule_set, kind, facts)


def grade_by_points(rule_set: RuleSet, points: Decimal) -> Grade | None:
    """The grade whose range the points lie in, conditions left aside; nothing where no points are used."""
    return next((each.grade for each in rule_set.ranges if each.holds(points)), None)


def _block_cases(
    rule_set: RuleSet, kind: SubjectKind, facts: GradingFacts, weighed: Weighed
) -> tuple[BlockCase, ...]:
    given = facts.block_cases | set(weighed.blocks)
    return tuple(
        case
        for case in rule_set.blocks_for(kind)
        if case.code in given or _BLOCK_TESTS[case.test](case, facts)
    )


def _failed_above(case: BlockCase, facts: GradingFacts) -> bool:
    tasks = facts.tasks
    return tasks is not None and tasks.failed * 100 > case.percent * tasks.assigned


def _done_below(case: BlockCase, facts: GradingFacts) -> bool:
    tasks = facts.tasks
    return tasks is not None and tasks.done * 100 < case.percent * tasks.assigned


_BLOCK_TESTS: dict[BlockTest, Callable[[BlockCase, GradingFacts], bool]] = {
    BlockTest.TICKED: lambda _case, _facts: False,
    BlockTest.FAILED_ABOVE: _failed_above,
    BlockTest.DONE_BELOW: _done_below,
    BlockTest.CIVIL_SERVANT_UNSATISFACTORY: lambda _case, facts: (
        facts.civil_servant_grade is Grade.UNSATISFACTORY
    ),
    BlockTest.TASK_LEVEL_POOR: lambda _case, facts: FourLevel.POOR_LEVEL in facts.task_levels,
    BlockTest.ANY_LEVEL_POOR: lambda _case, facts: (
        FourLevel.POOR_LEVEL in (*facts.task_levels, *facts.other_levels)
    ),
}


def _blocked(blocks: tuple[BlockCase, ...], points_grade: Grade | None) -> GradeProposal:
    reliefs = dict.fromkeys(plain_words(case.relief) for case in blocks if case.relief)
    sentences = [
        *(f"Thuộc trường hợp {case.code} ({case.source}): {_going_on(case.label)}." for case in blocks),
        *(f"Xem xét giảm nhẹ khi {lower_first(relief)}." for relief in reliefs),
        f"Đề xuất xếp loại {Grade.UNSATISFACTORY.label}; cần ghi ý kiến của cấp có thẩm quyền.",
    ]
    return GradeProposal(
        Grade.UNSATISFACTORY,
        points_grade,
        " ".join(sentences),
        needs_competent_level=True,
        block_cases=blocks,
    )


def _by_points(
    rule_set: RuleSet, kind: SubjectKind, facts: GradingFacts, points_grade: Grade | None
) -> GradeProposal:
    if facts.points is None or points_grade is None:
        return _waiting("tổng điểm", None, "Chưa có tổng điểm hợp lệ nên chưa đề xuất được mức xếp loại.")
    points_range = next(each for each in rule_set.ranges if each.grade is points_grade)
    range_sentence = _range_sentence(points_range, facts.points)
    condition = rule_set.condition_for(points_grade, kind)
    if condition is None:
        return GradeProposal(points_grade, points_grade, range_sentence)
    cited = "" if condition.source == points_range.source else f" ({condition.source})"
    if facts.tasks is None or facts.tasks.assigned == 0:
        return _waiting(
            "số liệu nhiệm vụ",
            points_grade,
            f"{range_sentence} Chưa có số liệu nhiệm vụ nên chưa xét được điều kiện của mức này{cited}: "
            f"{_going_on(condition.text)}.",
        )
    failures = _failures(condition, facts)
    if not failures:
        return GradeProposal(
            points_grade,
            points_grade,
            f"{range_sentence} Đủ điều kiện của mức này{cited}: {_going_on(condition.text)}.",
        )
    start = (
        f"{range_sentence} Chưa đủ điều kiện của mức này{cited}: {'; '.join(failures)}. "
        "Theo lời văn quy định không mức nào vừa đúng khung điểm vừa đủ điều kiện."
    )
    for lower in _grades_below(points_grade):
        lower_condition = rule_set.condition_for(lower, kind)
        if lower_condition is not None and not _failures(lower_condition, facts):
            reason = (
                f"{start} Mức cao nhất có đủ điều kiện nhiệm vụ là {lower.label} "
                f"({lower_condition.source}). {_FOR_COMPETENT_LEVEL}"
            )
            return GradeProposal(lower, points_grade, reason, True, failures)
    reason = f"{start} Không mức nào thấp hơn có đủ điều kiện. {_FOR_COMPETENT_LEVEL}"
    return GradeProposal(None, points_grade, reason, True, failures)


def _by_levels(rule_set: RuleSet, kind: SubjectKind, facts: GradingFacts) -> GradeProposal:
    if not facts.task_levels or not facts.other_levels:
        return _waiting(
            "cấp độ tự đánh giá",
            None,
            "Chưa tự đánh giá đủ cấp độ của các tiêu chí nên chưa đề xuất được mức xếp loại.",
        )
    failures_of_better: tuple[str, ...] = ()
    better = ""
    for grade in Grade:
        condition = rule_set.condition_for(grade, kind)
        if condition is None:
            continue
        failures = _failures(condition, facts)
        if not failures:
            words = f"Đủ điều kiện của mức {grade.label} ({condition.source}): {_going_on(condition.text)}."
            return GradeProposal(grade, None, f"{words}{better}", failed_conditions=failures_of_better)
        failures_of_better = failures
        better = f" Chưa đủ điều kiện của mức {grade.label}: {'; '.join(failures)}."
    reason = (
        f"Không mức nào có đủ điều kiện theo lời văn quy định: {'; '.join(failures_of_better)}. "
        f"{_FOR_COMPETENT_LEVEL}"
    )
    return GradeProposal(None, None, reason, True, failures_of_better)


def _waiting(missing: str, points_grade: Grade | None, reason: str) -> GradeProposal:
    return GradeProposal(None, points_grade, reason, missing=(missing,))


def _going_on(words: str) -> str:
    return lower_first(plain_words(words))


def _grades_below(grade: Grade) -> tuple[Grade, ...]:
    return tuple(each for each in Grade if each.rank < grade.rank)


def _range_sentence(points_range: GradeRange, points: Decimal) -> str:
    if points_range.points_below is None:
        words = f"từ {point_text(points_range.points_from)} điểm trở lên"
    elif points_range.points_from == 0:
        words = f"dưới {point_text(points_range.points_below)} điểm"
    else:
        words = (
            f"từ {point_text(points_range.points_from)} đến dưới {point_text(points_range.points_below)} điểm"
        )
    grade = points_range.grade.label
    return f"{point_text(points)} điểm thuộc khung {grade} ({words}; {points_range.source})."


def _failures(condition: GradeCondition, facts: GradingFacts) -> tuple[str, ...]:
    """What of a grade's condition does not hold, each in words with its figures."""
    found: list[str] = []
    if facts.tasks is not None:
        found += _task_failures(condition, facts.tasks)
    pointed_out, fixed = facts.faults_pointed_out, facts.faults_fixed
    if condition.faults_fixed_min is not None and fixed * 100 < condition.faults_fixed_min * pointed_out:
        found.append(
            f"khắc phục {fixed}/{pointed_out} khuyết điểm kỳ trước, cần {condition.faults_fixed_min}%"
        )
    if condition.no_member_disciplined and facts.member_disciplined:
        found.append("có tổ chức trực thuộc hoặc thành viên tập thể lãnh đạo bị kỷ luật")
    return (*found, *_level_failures(condition, facts))


def _task_failures(condition: GradeCondition, tasks: TaskCounts) -> list[str]:
    found: list[str] = []
    total = tasks.assigned
    if condition.done_min is not None and tasks.done * 100 < condition.done_min * total:
        found.append(f"hoàn thành {task_share(tasks.done, total)}, cần {condition.done_min}%")
    if condition.late_max is not None and tasks.late * 100 > condition.late_max * total:
        allowed = (
            f"chỉ được chậm không quá {condition.late_max}%"
            if condition.late_max
            else "mức này không được chậm nhiệm vụ nào"
        )
        found.append(f"chậm {task_share(tasks.late, total)}, {allowed}")
    if condition.beyond_min is not None and tasks.beyond * 100 < condition.beyond_min * total:
        found.append(f"vượt yêu cầu {task_share(tasks.beyond, total)}, cần ít nhất {condition.beyond_min}%")
    if condition.quality and tasks.below_quality:
        found.append(f"{tasks.below_quality} nhiệm vụ chưa đạt chất lượng")
    return found


def _level_failures(condition: GradeCondition, facts: GradingFacts) -> tuple[str, ...]:
    found = []
    for least, levels, label in (
        (condition.task_level_min, facts.task_levels, "tiêu chí nhiệm vụ"),
        (condition.other_level_min, facts.other_levels, "tiêu chí khác"),
    ):
        if least is not None and any(level.rank < least.rank for level in levels):
            found.append(f"có {label} dưới cấp độ “{least.label}”")
    wanted, given = condition.civil_servant_min, facts.civil_servant_grade
    if wanted is not None and given is not None and given.rank < wanted.rank:
        found.append(f"nơi công tác xếp loại {given.label}, cần {wanted.label}")
    return tuple(found)
