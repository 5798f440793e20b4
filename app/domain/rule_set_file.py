"""Reading a rule set from its data file and refusing one that contradicts itself."""

from decimal import Decimal
from itertools import pairwise

from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.grade_links import read_discipline_rule, read_grade_link
from app.domain.rule_set import (
    BlockCase,
    BlockTest,
    CapBase,
    CapRounding,
    CapRule,
    Deadline,
    ExemptGroup,
    ExemptionKind,
    GradeCondition,
    GradeMeasure,
    GradeRange,
    MajorityBase,
    PeriodKind,
    RuleSet,
    Situation,
    Source,
    SubjectRule,
    VoteRule,
)
from app.domain.toml_reading import TomlTable, read_toml

_FIRST_YEAR, _LAST_YEAR = 1930, 2200


def parse_rule_set(text: str, origin: str) -> RuleSet:
    """Read a rule set from the text of its file; ``origin`` names the file in messages."""
    return read_toml(text, origin, _read_rule_set)


def _read_rule_set(table: TomlTable) -> RuleSet:
    in_force_from = table.day_if_any("in_force_from")
    if in_force_from is None:
        table.fail("in_force_from", "còn thiếu")
    rule_set = RuleSet(
        key=table.text("key"),
        title=table.text("title"),
        year_from=table.whole("year_from"),
        year_to=table.whole("year_to") if table.has("year_to") else None,
        in_force_from=in_force_from,
        in_force_to=table.day_if_any("in_force_to"),
        measure=table.choice("measure", GradeMeasure),
        periods=table.choices("periods", PeriodKind),
        verified=table.flag("verified"),
        note=table.text("note", ""),
        sources=table.each("sources", _read_source),
        subjects=table.each("subjects", _read_subject),
        ranges=table.each("ranges", _read_range),
        conditions=table.each("conditions", _read_condition),
        block_cases=table.each("block_cases", _read_block_case),
        cap=table.one("cap", _read_cap),
        vote=table.one("vote", _read_vote),
        exempt_groups=table.each("exempt_groups", _read_exempt_group),
        exemption_kinds=table.each("exemption_kinds", _read_exemption_kind),
        situations=table.each("situations", _read_situation),
        deadlines=table.each("deadlines", _read_deadline),
        discipline=table.one("discipline", read_discipline_rule) if table.has("discipline") else None,
        links=table.each("links", read_grade_link),
    )
    _check_whole(table, rule_set)
    return rule_set


def _check_whole(table: TomlTable, rule_set: RuleSet) -> None:
    if not _FIRST_YEAR <= rule_set.year_from <= _LAST_YEAR:
        table.fail("year_from", f"phải là năm từ {_FIRST_YEAR} đến {_LAST_YEAR}")
    if rule_set.year_to is not None and rule_set.year_to < rule_set.year_from:
        table.fail("year_to", "năm cuối sớm hơn năm đầu")
    if not rule_set.sources:
        table.fail("sources", "phải nêu ít nhất một văn bản nguồn")
    table.each_once("subjects", (subject.kind for subject in rule_set.subjects), "kind")
    _check_codes(table, rule_set)
    _check_conditions(table, rule_set)
    if rule_set.measure is GradeMeasure.POINTS:
        _check_ranges(table, rule_set.ranges)
    elif rule_set.ranges:
        table.fail("ranges", "bộ quy định theo bốn cấp độ không có khung điểm")


def _check_conditions(table: TomlTable, rule_set: RuleSet) -> None:
    """Every kind of subject has a condition for each grade but the lowest."""
    for subject in rule_set.subjects:
        for grade in tuple(Grade)[:-1]:
            if rule_set.condition_for(grade, subject.kind) is None:
                table.fail("conditions", f"thiếu điều kiện mức “{grade}” cho đối tượng “{subject.kind}”")


def _check_codes(table: TomlTable, rule_set: RuleSet) -> None:
    """Everything with a code has it for itself; a grade asks of a kind of subject in one place only."""
    table.each_once("block_cases", (case.code for case in rule_set.block_cases), "code")
    table.each_once("exempt_groups", (group.code for group in rule_set.exempt_groups), "code")
    table.each_once("exemption_kinds", (kind.code for kind in rule_set.exemption_kinds), "code")
    table.each_once("situations", (situation.code for situation in rule_set.situations), "code")
    table.each_once("deadlines", (deadline.code for deadline in rule_set.deadlines), "code")
    known = {case.code for case in rule_set.block_cases}
    for key in ("cases", "unrelated_cases") if rule_set.discipline else ():
        for code in getattr(rule_set.discipline, key):
            if code not in known:
                table.fail(f"discipline.{key}", f"không có trường hợp “{code}” trong block_cases")
    asked: set[tuple[str, str]] = set()
    for position, condition in enumerate(rule_set.conditions, start=1):
        for kind in condition.kinds:
            if (condition.grade, kind) in asked:
                table.fail(f"conditions[{position}].kinds", f"“{condition.grade} / {kind}” có hai lần")
            asked.add((condition.grade, kind))


def _check_ranges(table: TomlTable, ranges: tuple[GradeRange, ...]) -> None:
    """The four grades take all points from 0 up, each point once."""
    if tuple(each.grade for each in ranges) != tuple(Grade):
        table.fail("ranges", f"phải có đủ bốn mức theo thứ tự: {', '.join(Grade)}")
    if ranges[0].points_below is not None:
        table.fail("ranges[1].points_below", "mức cao nhất không có giới hạn trên")
    if ranges[-1].points_from != 0:
        table.fail(f"ranges[{len(ranges)}].points_from", "mức thấp nhất phải tính từ 0 điểm")
    for position, (higher, lower) in enumerate(pairwise(ranges), start=2):
        place = f"ranges[{position}].points_below"
        if lower.points_below is None or lower.points_below > higher.points_from:
            table.fail(place, f"khung điểm của “{lower.grade}” chồng lên khung của “{higher.grade}”")
        if lower.points_below < higher.points_from:
            table.fail(place, f"có khoảng điểm trống giữa “{lower.grade}” và “{higher.grade}”")
        if lower.points_from >= lower.points_below:
            table.fail(place, f"khung điểm của “{lower.grade}” không có điểm nào")


def _read_source(table: TomlTable) -> Source:
    issued_on = table.day_if_any("issued_on")
    if issued_on is None:
        table.fail("issued_on", "còn thiếu")
    return Source(
        number=table.text("number"),
        title=table.text("title", ""),
        issuer=table.text("issuer"),
        issued_on=issued_on,
        role=table.text("role"),
        verified=table.flag("verified"),
    )


def _read_subject(table: TomlTable) -> SubjectRule:
    return SubjectRule(
        kind=table.choice("kind", SubjectKind),
        annex=table.text("annex", ""),
        form=table.text("form", "") or None,
        profile=table.text("profile", "") or None,
        source=table.text("source", ""),
        verified=table.flag("verified"),
    )


def _read_range(table: TomlTable) -> GradeRange:
    return GradeRange(
        grade=table.choice("grade", Grade),
        points_from=table.number("points_from", Decimal(0)),
        points_below=table.number_if_any("points_below"),
        source=table.text("source"),
    )


def _read_condition(table: TomlTable) -> GradeCondition:
    return GradeCondition(
        grade=table.choice("grade", Grade),
        kinds=table.choices("kinds", SubjectKind),
        text=table.text("text"),
        source=table.text("source"),
        verified=table.flag("verified"),
        done_min=_percent(table, "done_min"),
        late_max=_percent(table, "late_max"),
        beyond_min=_percent(table, "beyond_min"),
        faults_fixed_min=_percent(table, "faults_fixed_min"),
        quality=table.flag("quality"),
        no_member_disciplined=table.flag("no_member_disciplined"),
        task_level_min=table.choice("task_level_min", FourLevel) if table.has("task_level_min") else None,
        other_level_min=table.choice("other_level_min", FourLevel) if table.has("other_level_min") else None,
        civil_servant_min=table.choice("civil_servant_min", Grade)
        if table.has("civil_servant_min")
        else None,
    )


def _percent(table: TomlTable, key: str) -> int | None:
    if not table.has(key):
        return None
    value = table.whole(key)
    if not 0 <= value <= 100:
        table.fail(key, "tỉ lệ phải từ 0 đến 100")
    return value


def _read_block_case(table: TomlTable) -> BlockCase:
    test, by_hand = table.choice("test", BlockTest, BlockTest.TICKED), table.flag("tickable")
    return BlockCase(
        code=table.text("code"),
        kinds=table.choices("kinds", SubjectKind),
        label=table.text("label"),
        relief=table.text("relief", ""),
        test=test,
        percent=_percent(table, "percent") or 0,
        source=table.text("source"),
        verified=table.flag("verified"),
        tickable=by_hand or test is BlockTest.TICKED,
    )


def _read_cap(table: TomlTable) -> CapRule:
    percent = table.whole("percent")
    if not 1 <= percent <= 100:
        table.fail("percent", "phải là tỉ lệ từ 1 đến 100")
    return CapRule(
        percent=percent,
        percent_exceptional=_percent(table, "percent_exceptional"),
        base=table.choice("base", CapBase),
        rounding=table.choice("rounding", CapRounding),
        grouping=table.text("grouping"),
        source=table.text("source"),
        verified=table.flag("verified"),
        rounding_verified=table.flag("rounding_verified"),
        base_verified=table.flag("base_verified", table.flag("verified")),
        base_source=table.text("base_source", ""),
        rounding_source=table.text("rounding_source", ""),
    )


_HALF, _HIGHEST_THRESHOLD = 50, 99


def _read_vote(table: TomlTable) -> VoteRule:
    if table.whole("rounds") not in (1, 2):
        table.fail("rounds", "số vòng bỏ phiếu là 1 hoặc 2")
    if not 1 <= table.whole("threshold_percent", _HALF) <= _HIGHEST_THRESHOLD:
        table.fail("threshold_percent", "tỉ lệ phải vượt là số từ 1 đến 99")
    return VoteRule(
        majority_base=table.choice("majority_base", MajorityBase),
        secret=table.flag("secret"),
        rounds=table.whole("rounds"),
        source=table.text("source"),
        verified=table.flag("verified"),
        form_verified=table.flag("form_verified"),
        rounds_verified=table.flag("rounds_verified", table.flag("form_verified")),
        form_source=table.text("form_source", ""),
        rounds_source=table.text("rounds_source", ""),
        threshold_percent=table.whole("threshold_percent", _HALF),
    )


def _read_exempt_group(table: TomlTable) -> ExemptGroup:
    return ExemptGroup(
        code=table.text("code"),
        label=table.text("label"),
        months_since_admission=(
            table.whole("months_since_admission") if table.has("months_since_admission") else None
        ),
        source=table.text("source"),
        verified=table.flag("verified"),
    )


def _read_exemption_kind(table: TomlTable) -> ExemptionKind:
    return ExemptionKind(
        code=table.text("code"),
        label=table.text("label"),
        decides=table.text("decides"),
        length=table.text("length"),
        source=table.text("source"),
        verified=table.flag("verified"),
    )


_MOST_WORKING_DAYS = 60


def _read_situation(table: TomlTable) -> Situation:
    situation = Situation(
        code=table.text("code"),
        label=table.text("label"),
        treatment=table.text("treatment"),
        source=table.text("source"),
        verified=table.flag("verified"),
        working_days=table.whole("working_days", 0),
    )
    if not 0 <= situation.working_days <= _MOST_WORKING_DAYS:
        table.fail("working_days", f"phải là số ngày từ 0 đến {_MOST_WORKING_DAYS}")
    return situation


def _read_deadline(table: TomlTable) -> Deadline:
    deadline = Deadline(
        code=table.text("code"),
        label=table.text("label"),
        month=table.whole("month"),
        day=table.whole("day"),
        next_year=table.flag("next_year"),
        source=table.text("source"),
        verified=table.flag("verified"),
    )
    try:
        deadline.before(2025)
    except ValueError:
        table.fail("day", "không có ngày này trong tháng")
    return deadline
