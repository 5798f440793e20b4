"""The annex of a review: criteria with points and grounds, results of tasks with their counts."""

from decimal import Decimal

from app.domain.form_template import FormTemplate, Section, SectionKind
from app.domain.paper import Block, Cell, PageBreak, Paragraph, TitleBlock, bold, plain
from app.domain.review import Review, YearTasks
from app.domain.scoring import ScorePart, ScoringItem, ScoringProfile, point_text
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.frame import Row, filled_in, form_table

_TABLE_SIZE = 10.5
_PARTS = {"general_criteria": ScorePart.GENERAL, "task_criteria": ScorePart.TASKS}


def annex_blocks(
    annex: FormTemplate, facts: SheetFacts, review: Review, profile: ScoringProfile
) -> list[Block]:
    """The tables of points behind the sheet, each under its own title."""
    sublines = tuple(filled_in(line, facts).replace("{name}", facts.subject) for line in annex.sublines)
    blocks: list[Block] = []
    for section in annex.sections:
        if section.kind is SectionKind.FIXED_TEXT:
            words = _counts(section.lead, review.tasks)
            blocks += [Paragraph(plain(words), space_before=2.0)] if words else []
            continue
        if section.new_page:
            blocks.append(PageBreak())
        blocks.append(TitleBlock((section.heading,), sublines))
        blocks.append(form_table(annex, section, _criteria(section, review, profile), size=_TABLE_SIZE))
    return blocks


def _criteria(section: Section, review: Review, profile: ScoringProfile) -> list[Row]:
    items = [item for item in profile.items if item.part is _PARTS[section.rows]]
    scores = {score.code: score for score in review.scores}
    own = review.self_scores()
    rows: list[Row] = []
    for item in items:
        score = scores.get(item.code)
        rows.append(
            {
                "order": item.code,
                "criterion": item.label,
                "max": point_text(item.max),
                "points": point_text(own[item.code]) if item.code in own else "",
                "ground": score.ground if score else "",
            }
        )
    rows.append(_sum_row(items, own))
    return rows


def _sum_row(items: list[ScoringItem], own: dict[str, Decimal]) -> Row:
    complete = all(item.code in own for item in items)
    points = point_text(sum((own[item.code] for item in items), Decimal(0))) if complete else ""
    return {
        "order": "",
        "criterion": Cell(bold("Cộng")),
        "max": Cell(bold(point_text(sum((item.max for item in items), Decimal(0))))),
        "points": Cell(bold(points)),
        "ground": "",
    }


def _counts(words: str, tasks: YearTasks) -> str:
    """The counts of the year's tasks in the form's words; nothing while they are not counted."""
    if tasks.assigned is None:
        return ""
    for name in ("assigned", "done", "late", "beyond", "failed"):
        count = getattr(tasks, name)
        words = words.replace(f"{{{name}}}", "…" if count is None else str(count))
    return words
