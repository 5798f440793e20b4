"""Scoring profiles: how the 30 + 70 points of Quy định 366-QĐ/TW are split, and adding them up.

The centre fixes only the two groups (Điều 10); the points of each item are a committee's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from app.domain.errors import Problem
from app.domain.grade import SubjectKind
from app.domain.toml_reading import TomlTable, read_toml

GENERAL_POINTS = Decimal(30)
TASK_POINTS = Decimal(70)


class ScoringMode(StrEnum):
    """Whether an item may earn part of its points."""

    GRADED = "graded"
    ALL_OR_NOTHING = "all_or_nothing"


class ScorePart(StrEnum):
    """The two groups of criteria: general (30) and results of tasks (70)."""

    GENERAL = "general"
    TASKS = "tasks"


# As whoever corrects the file reads them, with the word that stands in the file.
_PART_NAMES = {
    ScorePart.GENERAL: "nhóm tiêu chí chung (general)",
    ScorePart.TASKS: "nhóm kết quả nhiệm vụ (tasks)",
}


class ItemMeasure(StrEnum):
    """What an item is judged by."""

    QUALITY = "quality"
    PASSED = "passed"
    TASK_FIGURES = "task_figures"
    OTHER_RATING = "other_rating"
    FAULTS_FIXED = "faults_fixed"


@dataclass(frozen=True, slots=True)
class ScoringItem:
    """One line of the criteria table with its highest points."""

    code: str
    part: ScorePart
    group: str
    label: str
    max: Decimal
    measures: tuple[ItemMeasure, ...]


@dataclass(frozen=True, slots=True)
class ScoringBloc:
    """A field of work and what its task results are looked at by."""

    code: str
    label: str
    focus: str


@dataclass(frozen=True, slots=True)
class ScoringProfile:
    """A committee's split of the 100 points for one annex of the rule.

    ``ground_from``: so many points less than the highest ask for a ground; None: never. ``round_to``: the
    total is rounded to this, half upwards; None: as it is (the centre has no rule).
    """

    id: str
    annex: str
    title: str
    subject_kind: SubjectKind
    issuer: str
    number: str
    issued_on: date | None
    valid_from: date | None
    valid_to: date | None
    source: str
    verified: bool
    mode: ScoringMode
    step: Decimal
    note: str
    items: tuple[ScoringItem, ...]
    blocs: tuple[ScoringBloc, ...]
    ground_from: Decimal | None = None
    round_to: Decimal | None = None


class Totals(NamedTuple):
    """Points of the general criteria, of the task results, and of both."""

    general: Decimal
    tasks: Decimal
    total: Decimal


def totals(profile: ScoringProfile, scores: Mapping[str, Decimal]) -> Totals:
    """Add up the scores by group; items not scored yet count nothing. Rounded only where the profile says."""
    general = _part_sum(profile, scores, ScorePart.GENERAL)
    tasks = _part_sum(profile, scores, ScorePart.TASKS)
    return Totals(general, tasks, _rounded(profile, general + tasks))


def _rounded(profile: ScoringProfile, points: Decimal) -> Decimal:
    if profile.round_to is None:
        return points
    return (points / profile.round_to).quantize(Decimal(1), ROUND_HALF_UP) * profile.round_to


def unscored(profile: ScoringProfile, scores: Mapping[str, Decimal]) -> tuple[ScoringItem, ...]:
    """The items still without a score."""
    return tuple(item for item in profile.items if item.code not in scores)


def scores_in(profile: ScoringProfile, scores: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The scores of items the profile has; those given under another profile are kept aside, not counted."""
    known = {item.code for item in profile.items}
    return {code: score for code, score in scores.items() if code in known}


def score_problems(profile: ScoringProfile, scores: Mapping[str, Decimal]) -> tuple[Problem, ...]:
    """What is wrong with the scores entered, item by item; the field of a problem is the item's code."""
    items = {item.code: item for item in profile.items}
    problems = []
    for code, score in scores.items():
        item = items.get(code)
        message = (
            f"Mục “{code}” không có trong bảng điểm “{profile.title}”. Đồng chí bỏ điểm của mục này."
            if item is None
            else _score_message(profile, item, score)
        )
        if message:
            problems.append(Problem(code, message))
    return tuple(problems)


def ground_remarks(
    profile: ScoringProfile, scores: Mapping[str, Decimal], grounds: Mapping[str, str]
) -> tuple[Problem, ...]:
    """The items that lose points without a ground being written; a remark, never a refusal."""
    if profile.mode is not ScoringMode.GRADED or profile.ground_from is None:
        return ()
    return tuple(
        Problem(item.code, f"Mục {item.code} trừ {point_text(item.max - score)} điểm mà chưa ghi căn cứ.")
        for item in profile.items
        if (score := scores.get(item.code)) is not None
        and item.max - score >= profile.ground_from
        and not grounds.get(item.code, "").strip()
    )


def mode_words(profile: ScoringProfile) -> str:
    """How the table is to be filled in, in one sentence."""
    if profile.mode is ScoringMode.ALL_OR_NOTHING:
        words = "Mỗi mục chỉ nhận điểm tối đa hoặc 0."
    else:
        words = f"Chấm theo mức độ, bước {point_text(profile.step)} điểm"
        if profile.ground_from is not None:
            words += f"; trừ từ {point_text(profile.ground_from)} điểm thì ghi căn cứ"
        words += "."
    if profile.round_to is not None:
        words += f" Tổng làm tròn đến {point_text(profile.round_to)}."
    return words


def point_text(points: Decimal) -> str:
    """Points as papers write them: a decimal comma and no useless zeros."""
    text = f"{points:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def parse_scoring_profile(text: str, origin: str) -> ScoringProfile:
    """Read a scoring profile from the text of its file; the two groups must add up to 30 and 70."""
    return read_toml(text, origin, _read_profile)


def _part_sum(profile: ScoringProfile, scores: Mapping[str, Decimal], part: ScorePart) -> Decimal:
    return sum((scores.get(item.code, Decimal(0)) for item in profile.items if item.part is part), Decimal(0))


def _score_message(profile: ScoringProfile, item: ScoringItem, score: Decimal) -> str:
    if not score.is_finite() or not 0 <= score <= item.max:
        return f"Mục {item.code}: điểm phải từ 0 đến {point_text(item.max)}."
    if profile.mode is ScoringMode.ALL_OR_NOTHING and score not in (Decimal(0), item.max):
        return f"Mục {item.code}: bảng điểm này chỉ nhận 0 hoặc {point_text(item.max)} điểm."
    if score % profile.step != 0 and score != item.max:
        return f"Mục {item.code}: điểm lẻ phải theo bước {point_text(profile.step)}."
    return ""


def _read_profile(table: TomlTable) -> ScoringProfile:
    profile = ScoringProfile(
        id=table.text("id"),
        annex=table.text("annex"),
        title=table.text("title"),
        subject_kind=table.choice("subject_kind", SubjectKind),
        issuer=table.text("issuer", ""),
        number=table.text("number", ""),
        issued_on=table.day_if_any("issued_on"),
        valid_from=table.day_if_any("valid_from"),
        valid_to=table.day_if_any("valid_to"),
        source=table.text("source"),
        verified=table.flag("verified"),
        mode=table.choice("mode", ScoringMode),
        step=table.number("step"),
        note=table.text("note", ""),
        items=table.each("items", _read_item),
        blocs=table.each("blocs", _read_bloc),
        ground_from=table.number_if_any("ground_from"),
        round_to=table.number_if_any("round_to"),
    )
    for key in ("step", "ground_from", "round_to"):
        if (value := getattr(profile, key)) is not None and value <= 0:
            table.fail(key, "phải lớn hơn 0")
    table.each_once("items", (item.code for item in profile.items), "code")
    for part, wanted in ((ScorePart.GENERAL, GENERAL_POINTS), (ScorePart.TASKS, TASK_POINTS)):
        found = sum((item.max for item in profile.items if item.part is part), Decimal(0))
        if found != wanted:
            first = next((n for n, item in enumerate(profile.items, 1) if item.part is part), 1)
            table.fail(
                f"items[{first}].max",
                f"tổng điểm tối đa của {_PART_NAMES[part]} là {point_text(found)}, "
                f"phải là {point_text(wanted)}",
            )
    return profile


def _read_item(table: TomlTable) -> ScoringItem:
    item = ScoringItem(
        code=table.text("code"),
        part=table.choice("part", ScorePart),
        group=table.text("group", ""),
        label=table.text("label"),
        max=table.number("max"),
        measures=table.choices("measures", ItemMeasure),
    )
    if item.max <= 0:
        table.fail("max", "điểm tối đa phải lớn hơn 0")
    return item


def _read_bloc(table: TomlTable) -> ScoringBloc:
    return ScoringBloc(code=table.text("code"), label=table.text("label"), focus=table.text("focus", ""))
