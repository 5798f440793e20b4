"""The quarter's own assessment (Mẫu 05): criteria met or not with points, own grade, confirmation."""

from decimal import Decimal
from functools import partial

from app.domain.form_template import FormTemplate, Section, SectionKind
from app.domain.grade import Grade
from app.domain.paper import Block, Cell, CheckLine, CheckOption, Paper, bold
from app.domain.review import GradeStage, Review
from app.domain.scoring import ScorePart, ScoringItem, ScoringProfile, point_text
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.frame import Row, blank_rows, form_table, head_blocks, section_head
from app.domain.sheets.review import line_known, part_sums
from app.domain.sheets.signing import no_lines, signature_blocks

_SIZE = 10.0
_HAND_ROW = 6.5
_GROUPS = {ScorePart.GENERAL: "A", ScorePart.TASKS: "B"}


def quarter_paper(
    form: FormTemplate,
    facts: SheetFacts,
    review: Review | None = None,
    profile: ScoringProfile | None = None,
) -> Paper:
    """One quarter's sheet; without ``review`` to be filled in by hand, with the criteria where known."""
    blocks = head_blocks(form, facts)
    for section in form.sections:
        blocks += section_head(section)
        if section.kind is SectionKind.TABLE:
            blocks.append(_table(form, section, review, profile))
        elif section.kind is SectionKind.FOUR_GRADES:
            blocks.append(_boxes(review))
    known = partial(line_known, review) if review else no_lines
    blocks += signature_blocks(form, facts, known)
    return Paper(form.name, facts.subject, tuple(blocks), form.style)


def _boxes(review: Review | None) -> Block:
    own = review.grade_at(GradeStage.SELF) if review else None
    return CheckLine(tuple(CheckOption(each.label, each is own) for each in Grade), per_line=2)


def _table(
    form: FormTemplate, section: Section, review: Review | None, profile: ScoringProfile | None
) -> Block:
    if profile is None:
        return form_table(form, section, blank_rows(section), row_height=_HAND_ROW, size=_SIZE)
    sums = part_sums(review, profile)
    rows: list[Row] = []
    for line in (score for each in form.sections for score in each.scores):
        items = [item for item in profile.items if item.part.value == line.part]
        points = sums.get(line.part)
        group = next((_GROUPS[part] for part in ScorePart if part.value == line.part), "")
        rows += [_sum_row(group, line.label, line.max, points)]
        rows += [_row(item, review) for item in items]
    return form_table(form, section, rows, size=_SIZE)


def _row(item: ScoringItem, review: Review | None) -> Row:
    score = next((each for each in review.scores if each.code == item.code), None) if review else None
    own = score.self_score if score else None
    return {
        "order": item.code,
        "criterion": item.label,
        "met": "X" if own == item.max else "",
        "not_met": "X" if own is not None and own < item.max else "",
        "max": point_text(item.max),
        "points": "" if own is None else point_text(own),
        "ground": score.ground if score else "",
    }


def _sum_row(group: str, label: str, most: Decimal, points: Decimal | None) -> Row:
    words = label.removeprefix(f"{group}. ") if group else label
    return {
        "order": Cell(bold(group)),
        "criterion": Cell(bold(words)),
        "met": "",
        "not_met": "",
        "max": Cell(bold(point_text(most))),
        "points": Cell(bold("" if points is None else point_text(points))),
        "ground": "",
    }
