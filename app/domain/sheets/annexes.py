"""The annex of a review: criteria with points and grounds, the year's tasks one by one, their counts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app.domain.dates import format_date
from app.domain.form_template import FormTemplate, Section, SectionKind
from app.domain.paper import Block, Cell, PageBreak, Paragraph, TitleBlock, bold, plain
from app.domain.review import Review
from app.domain.scoring import ScorePart, ScoringItem, ScoringProfile, point_text
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.frame import Row, filled_in, form_table
from app.domain.year_task import AssignedTask

_TABLE_SIZE, _TASK_SIZE = 10.5, 9.5
_PARTS = {"general_criteria": ScorePart.GENERAL, "task_criteria": ScorePart.TASKS}
_TASKS = "year_tasks"
_OF_COMMITTEE = ("appraised", "appraised_ground")


def has_annex(review: Review) -> bool:
    """Whether there is something to print behind the sheet: points item by item, or tasks one by one."""
    return bool(review.self_scores()) or any(task.title.strip() for task in review.task_list)


def annex_blocks(
    annex: FormTemplate, facts: SheetFacts, review: Review, profile: ScoringProfile | None
) -> list[Block]:
    """The tables behind the sheet, each under its own title.

    The committee's points and grounds have their columns once there are any: the cell's copy.
    """
    sublines = tuple(filled_in(line, facts).replace("{name}", facts.subject) for line in annex.sublines)
    blocks: list[Block] = []
    for section in annex.sections:
        if section.kind is SectionKind.FIXED_TEXT:
            words = _counts(section.lead, review)
            blocks += [Paragraph(plain(words), space_before=2.0)] if words else []
            continue
        rows = _rows(section, review, profile)
        if not rows:
            continue
        if section.new_page or not blocks:
            blocks.append(PageBreak())
        size = _TASK_SIZE if section.rows == _TASKS else _TABLE_SIZE
        blocks.append(TitleBlock((section.heading,), sublines))
        blocks.append(form_table(annex, _with_known_columns(section, review), rows, size=size))
    return blocks


def _rows(section: Section, review: Review, profile: ScoringProfile | None) -> list[Row]:
    if section.rows == _TASKS:
        return _task_rows(review)
    if profile is None or not review.self_scores():
        return []
    return _criteria(section, review, profile)


def _with_known_columns(section: Section, review: Review) -> Section:
    if section.rows == _TASKS or review.appraised_scores():
        return section
    columns = tuple(column for column in section.columns if column.key not in _OF_COMMITTEE)
    return replace(section, columns=columns)


def _criteria(section: Section, review: Review, profile: ScoringProfile) -> list[Row]:
    items = [item for item in profile.items if item.part is _PARTS[section.rows]]
    scores = {score.code: score for score in review.scores}
    own, appraised = review.self_scores(), review.appraised_scores()
    rows: list[Row] = []
    for item in items:
        score = scores.get(item.code)
        rows.append(
            {
                "order": item.code,
                "criterion": item.label,
                "max": point_text(item.max),
                "points": _points_of(item, own),
                "appraised": _points_of(item, {**own, **appraised}),
                "ground": score.ground if score else "",
                "appraised_ground": score.appraised_ground if score else "",
            }
        )
    rows.append(_sum_row(items, own, {**own, **appraised}))
    return rows


def _points_of(item: ScoringItem, scores: Mapping[str, Decimal]) -> str:
    return point_text(scores[item.code]) if item.code in scores else ""


def _sum_row(items: list[ScoringItem], own: Mapping[str, Decimal], cells: Mapping[str, Decimal]) -> Row:
    return {
        "order": "",
        "criterion": Cell(bold("Cộng")),
        "max": Cell(bold(point_text(sum((item.max for item in items), Decimal(0))))),
        "points": Cell(bold(_sum_of(items, own))),
        "appraised": Cell(bold(_sum_of(items, cells))),
        "ground": "",
        "appraised_ground": "",
    }


def _sum_of(items: list[ScoringItem], scores: Mapping[str, Decimal]) -> str:
    """The sum once every item has its points."""
    if not all(item.code in scores for item in items):
        return ""
    return point_text(sum((scores[item.code] for item in items), Decimal(0)))


# The tasks one by one


def _task_rows(review: Review) -> list[Row]:
    tasks = [task for task in review.task_list if task.title.strip()]
    if not tasks:
        return []
    rows: list[Row] = [_task_row(number, task) for number, task in enumerate(tasks, 1)]
    rows.append(
        {
            **dict.fromkeys(_task_row(0, tasks[0]), ""),
            "task": Cell(bold("Cộng")),
            "max": Cell(bold(_task_sum([task.max_points for task in tasks]))),
            "points": Cell(bold(_task_sum([task.self_points for task in tasks]))),
        }
    )
    return rows


def _task_row(number: int, task: AssignedTask) -> Row:
    done = format_date(task.done_on) if task.done_on else ""
    quality = task.quality.label if task.quality else ""
    return {
        "order": str(number),
        "task": task.title,
        "product": task.product,
        "due": format_date(task.due_on) if task.due_on else "",
        "done": "Không hoàn thành" if task.failed else done,
        "quality": quality if task.applies else "Không áp dụng",
        "beyond": (task.beyond_ground or "Có") if task.beyond else "",
        "max": point_text(task.max_points) if task.max_points is not None else "",
        "points": point_text(task.self_points) if task.self_points is not None else "",
        "evidence": task.evidence if task.applies else f"Lý do: {task.not_applicable}",
    }


def _task_sum(points: Sequence[Decimal | None]) -> str:
    given = [each for each in points if each is not None]
    return point_text(sum(given, Decimal(0))) if given else ""


def _counts(words: str, review: Review) -> str:
    """The counts of the year's tasks in the form's words; nothing while they are not counted."""
    listed = any(task.title.strip() for task in review.task_list)
    counted, typed = review.task_counts(), review.tasks
    if listed and counted is not None:
        counts: dict[str, int | None] = {
            name: getattr(counted, name)
            for name in ("assigned", "done", "on_time", "late", "beyond", "failed", "below_quality")
        }
    elif typed.assigned is not None:
        counts = {name: getattr(typed, name) for name in ("assigned", "done", "late", "beyond", "failed")}
        counts["on_time"] = None
        if typed.done is not None and typed.late is not None:
            counts["on_time"] = typed.done - typed.late
    else:
        return ""
    for name, count in counts.items():
        words = words.replace(f"{{{name}}}", "…" if count is None else str(count))
    return words.replace("{below_quality}", "…")
