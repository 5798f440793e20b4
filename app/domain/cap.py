"""How many of a comparable group may be HTXS: counted and shown with its working; it warns and never blocks.

Quy định 366-QĐ/TW, Điều 11, điểm 1.5: at most 20 % of those rated HTT (25 % where it is allowed).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from app.domain.grade import Grade, SubjectKind
from app.domain.review import GradeStage, Review
from app.domain.rule_set import CapBase, CapRounding, CapRule
from app.domain.scoring import point_text
from app.domain.statistics import share_of, share_text
from app.domain.year_end_setting import YearEndSetting


@dataclass(frozen=True, slots=True)
class CapParams:
    """How the cap is counted; ``ground`` is the document that allows what differs from the rules."""

    percent: int
    base: CapBase
    rounding: CapRounding
    excludes_head: bool = False
    ground: str = ""


@dataclass(frozen=True, slots=True)
class CapSubject:
    """One member as the cap counts them: their group, whether they head the cell, a grade per stage."""

    group: str
    is_head: bool = False
    grades: tuple[tuple[GradeStage, Grade], ...] = ()

    def grade_at(self, stage: GradeStage) -> Grade | None:
        """The grade of a stage, if given."""
        return next((grade for given, grade in self.grades if given is stage), None)


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """How many of a group are HTXS and HTT, how many are graded, and how many there are."""

    excellent: int
    good: int
    graded: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class CapCount:
    """The cap of one group. ``most`` follows from the numbers as they stand.

    ``left``: so many more may be raised from HTT; ``excess``: so many would have to be HTT for the text
    to hold. A ratio is None while it has no base.
    """

    group: str
    counts: GroupCounts
    params: CapParams
    most: int
    left: int
    excess: int
    working: str

    @property
    def over(self) -> bool:
        """Whether more are HTXS than the cap allows."""
        return self.counts.excellent > self.most

    @property
    def over_words(self) -> str:
        """By how many the cap is passed, and how many as HTT would settle it: "vượt 2 người so với …"."""
        if not self.over:
            return ""
        return (
            f"vượt {self.counts.excellent - self.most} người so với tỉ lệ; "
            f"{self.excess} người chuyển sang hoàn thành tốt thì trong tỉ lệ"
        )

    @property
    def ratio_of_good(self) -> Decimal | None:
        """HTXS in percent of those rated HTT, to two decimals."""
        return percent_of(self.counts.excellent, self.counts.good)

    @property
    def ratio_of_good_or_better(self) -> Decimal | None:
        """HTXS in percent of those rated HTT or better, to two decimals."""
        return percent_of(self.counts.excellent, self.counts.excellent + self.counts.good)


def percent_of(part: int, whole: int) -> Decimal | None:
    """A share in percent to two decimals; None without a base."""
    share = share_of(part, whole)
    return None if share is None else share.quantize(Decimal("0.01"), ROUND_HALF_UP)


def cap_params(rule: CapRule, setting: YearEndSetting | None = None) -> CapParams:
    """The parameters of a year: as the rule set says, where the cell settled nothing else."""
    chosen = setting or YearEndSetting(0)
    return CapParams(
        chosen.cap_percent or rule.percent,
        chosen.cap_base or rule.base,
        chosen.cap_rounding or rule.rounding,
        chosen.cap_excludes_head,
        chosen.cap_ground,
    )


def most_excellent(excellent: int, good: int, params: CapParams) -> int:
    """The highest number of HTXS for so many HTXS and HTT."""
    exact = _exact(excellent, good, params)
    rounding = ROUND_FLOOR if params.rounding is CapRounding.FLOOR else ROUND_HALF_UP
    return int(exact.quantize(Decimal(1), rounding))


def cap_of(group: str, counts: GroupCounts, params: CapParams) -> CapCount:
    """Count the cap of one group: the highest number, how many more, how many too many, and the working."""
    x, g = counts.excellent, counts.good
    most = most_excellent(x, g, params)
    raised = (k for k in range(g, 0, -1) if x + k <= most_excellent(x + k, g - k, params))
    lowered = (k for k in range(x + 1) if x - k <= most_excellent(x - k, g + k, params))
    is_over = x > most
    left = 0 if is_over else next(raised, 0)
    excess = next(lowered, x) if is_over else 0
    return CapCount(group, counts, params, most, left, excess, _working(counts, params, most))


def _exact(excellent: int, good: int, params: CapParams) -> Decimal:
    base = good if params.base is CapBase.GOOD else excellent + good
    return Decimal(params.percent * base) / 100


def _working(counts: GroupCounts, params: CapParams, most: int) -> str:
    exact = _exact(counts.excellent, counts.good, params)
    if params.base is CapBase.GOOD:
        base = f"{counts.good} người hoàn thành tốt"
    else:
        base = f"{counts.excellent + counts.good} người hoàn thành tốt trở lên"
    words = f"{params.percent}% của {base} là {point_text(exact)}"
    if exact != most:
        floor = "bỏ phần lẻ còn"
        words += f", {floor if params.rounding is CapRounding.FLOOR else 'làm tròn từ 0,5 thành'} {most}"
    return f"{words}."


# Groups and stages


def group_of(kind: SubjectKind, chosen: str = "") -> str:
    """The comparable group a member is counted in: the one chosen, else that of their kind."""
    return chosen.strip() or kind.label


def cap_subject(review: Review, group: str, *, is_head: bool) -> CapSubject:
    """A member's review as the cap counts it."""
    grades = tuple((given.stage, given.grade) for given in review.grades)
    return CapSubject(group_of(review.subject_kind, group), is_head, grades)


def stages_given(subjects: Iterable[CapSubject]) -> tuple[GradeStage, ...]:
    """The stages at which anybody has a grade, in their order."""
    given = {stage for subject in subjects for stage, _grade in subject.grades}
    return tuple(stage for stage in GradeStage if stage in given)


def stage_to_count(subjects: Sequence[CapSubject]) -> GradeStage | None:
    """The latest stage at which at least half of those graded at all have a grade; None without any grade."""
    graded = sum(bool(subject.grades) for subject in subjects)
    for stage in reversed(GradeStage):
        if graded and 2 * sum(subject.grade_at(stage) is not None for subject in subjects) >= graded:
            return stage
    given = stages_given(subjects)
    return given[-1] if given else None


def count_groups(
    subjects: Iterable[CapSubject], stage: GradeStage, params: CapParams
) -> tuple[CapCount, ...]:
    """The cap of every comparable group at one stage; the head counts nowhere where heads are left out."""
    found: dict[str, list[CapSubject]] = {}
    for subject in subjects:
        if not (params.excludes_head and subject.is_head):
            found.setdefault(subject.group, []).append(subject)
    return tuple(
        cap_of(group, _counts([member.grade_at(stage) for member in members]), params)
        for group, members in found.items()
    )


def _counts(grades: Sequence[Grade | None]) -> GroupCounts:
    return GroupCounts(
        grades.count(Grade.EXCELLENT),
        grades.count(Grade.GOOD),
        sum(grade is not None for grade in grades),
        len(grades),
    )


# Words


STAGE_WORDS = {
    GradeStage.SELF: "tự nhận xuất sắc",
    GradeStage.COMMITTEE: "chi ủy xếp xuất sắc",
    GradeStage.VOTE: "biểu quyết xuất sắc",
    GradeStage.PROPOSED: "chi bộ đề xuất xuất sắc",
    GradeStage.DECIDED: "quyết định xuất sắc",
}


def ratio_text(ratio: Decimal | None) -> str:
    """A ratio to two decimals with a comma; a dash while it has no base."""
    return share_text(ratio)


def cap_warning(count: CapCount, stage: GradeStage) -> str:
    """What to say where the cap is passed, or ""."""
    if not count.over:
        return ""
    words = STAGE_WORDS[stage]
    return (
        f"{words[0].upper()}{words[1:]} đã là {count.counts.excellent}, mức {count.params.percent}% "
        f"cho nhóm này là {count.most}. Vẫn ghi được; cấp có thẩm quyền quyết định."
    )


def cap_basis(rule: CapRule, params: CapParams) -> tuple[str, ...]:
    """How the cap is counted, in sentences: text of the rule, base, rounding, head, ground."""
    base = {
        CapBase.GOOD: "Mẫu số là số người hoàn thành tốt nhiệm vụ.",
        CapBase.GOOD_PLUS_EXCELLENT: "Mẫu số là số người hoàn thành tốt nhiệm vụ trở lên.",
    }[params.base]
    rounding = {
        CapRounding.FLOOR: "Phần lẻ bỏ đi, nên không bao giờ vượt tỉ lệ.",
        CapRounding.HALF_UP: "Phần lẻ từ 0,5 được làm tròn lên.",
    }[params.rounding]
    lines = [f"{rule.grouping.strip().rstrip('.')} ({rule.source}).", base, rounding]
    if params.excludes_head:
        lines.append("Bí thư không tính vào nhóm.")
    differs = (params.percent, params.base, params.rounding) != (rule.percent, rule.base, rule.rounding)
    if params.ground:
        lines.append(f"Căn cứ: {params.ground.strip().rstrip('.')}.")
    elif differs or params.excludes_head:
        lines.append("Khác bộ quy định mà chưa ghi căn cứ.")
    return tuple(lines)


def cap_lines(counts: Iterable[CapCount], stage: GradeStage, rule: CapRule) -> tuple[str, ...]:
    """The cap as lines of a report: per group the number, the highest number and both ratios."""
    lines = []
    params: CapParams | None = None
    for count in counts:
        params = count.params
        lines.append(
            f"Nhóm “{count.group}”: {STAGE_WORDS[stage]} {count.counts.excellent} người, hoàn thành tốt "
            f"{count.counts.good} người; nhiều nhất {count.most} người ({count.working.rstrip('.')}); bằng "
            f"{ratio_text(count.ratio_of_good)} số hoàn thành tốt, "
            f"{ratio_text(count.ratio_of_good_or_better)} số hoàn thành tốt trở lên."
        )
        if count.over:
            lines.append(f"Nhóm “{count.group}” {count.over_words}.")
    if params is not None:
        lines.append(" ".join(cap_basis(rule, params)))
    return tuple(lines)
