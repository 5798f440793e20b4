"""The review sheet (bản kiểm điểm): 2A, 2B, 2C of 2025, 02A, 02B of 2023, one sheet of 2019."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from app.domain.form_template import FormTemplate, GradeChoice, ScoreLine, Section, SectionKind
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.paper import Block, CheckLine, CheckOption, Paper, Paragraph, bold, plain
from app.domain.raised_points import unanswered_points
from app.domain.review import GradeStage, Review
from app.domain.scoring import ScorePart, ScoringProfile, point_text, totals
from app.domain.sheets.annexes import annex_blocks, has_annex
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.frame import FIRST_LINE, fixed_text, head_blocks, running_text, section_head, written
from app.domain.sheets.signing import SignedLine, no_lines, signature_blocks

_LEVEL_LEAD = "Tự đánh giá về cấp độ thực hiện:"
_DOTS = "……"


def review_paper(
    form: FormTemplate,
    facts: SheetFacts,
    review: Review | None = None,
    profile: ScoringProfile | None = None,
    annex: FormTemplate | None = None,
) -> Paper:
    """A member's review on its form; without ``review`` the same sheet to be filled in by hand.

    ``annex`` adds the tables of criteria when points are given item by item, and the tasks listed.
    """
    sheet = _Sheet(facts, review, part_sums(review, profile))
    blocks = head_blocks(form, facts)
    for section in form.sections:
        blocks += section_head(section)
        blocks += sheet.blocks(section)
    known = partial(line_known, review) if review else no_lines
    blocks += signature_blocks(form, facts, known)
    if annex and review and has_annex(review):
        blocks += annex_blocks(annex, facts, review, profile)
    return Paper(form.name, facts.subject, tuple(blocks), form.style)


@dataclass(frozen=True, slots=True)
class _Sheet:
    facts: SheetFacts
    review: Review | None
    sums: dict[str, Decimal]

    def blocks(self, section: Section) -> list[Block]:
        """What stands under one heading."""
        if section.kind is SectionKind.FIXED_TEXT:
            return fixed_text(section, self.facts)
        blocks: list[Block] = []
        if section.lead:
            blocks += running_text(section.lead)
        if section.kind is SectionKind.SCORES:
            blocks += [self._score(line) for line in section.scores]
        elif section.kind is SectionKind.FOUR_GRADES:
            for choice in section.grades:
                blocks += self._grade_boxes(choice)
        elif section.kind is not SectionKind.HEADING:
            blocks += written(section, section_text(section, self.review), is_blank=self.review is None)
        if section.four_levels:
            blocks.append(self._level_boxes(section))
        return blocks

    def _score(self, line: ScoreLine) -> Block:
        points = self.sums.get(line.part)
        words = f"{line.label}: {_DOTS if points is None else point_text(points)}/{point_text(line.max)}"
        is_total = line.part == "total"
        return Paragraph(bold(words) if is_total else plain(words), first_line=FIRST_LINE)

    def _level_boxes(self, section: Section) -> Block:
        level = self.review.text_of(section.key).level if self.review else None
        return CheckLine(
            tuple(CheckOption(each.label, each is level) for each in FourLevel), lead=_LEVEL_LEAD
        )

    def _grade_boxes(self, choice: GradeChoice) -> list[Block]:
        is_civil = choice.key == "civil_servant_grade"
        if is_civil and self.facts.kind is SubjectKind.OUTSIDE:
            return [Paragraph(plain(f"{choice.label}: Không."), first_line=FIRST_LINE)]
        given: Grade | None = None
        if self.review:
            given = self.review.civil.grade if is_civil else self.review.grade_at(GradeStage.SELF)
        boxes = CheckLine(tuple(CheckOption(each.label, each is given) for each in Grade), per_line=2)
        if not choice.label:
            return [boxes]
        label = Paragraph(
            plain(choice.label), first_line=FIRST_LINE, space_before=1.5, space_after=0.0, keep_with_next=True
        )
        return [label, boxes]


def section_text(section: Section, review: Review | None) -> str:
    """What is written under a heading: faults and prompts row by row, then the running text."""
    if review is None:
        return ""
    rows: list[str] = []
    if section.kind is SectionKind.FAULT_ROWS:
        rows = [fault.sentence(review.key.whose) for fault in review.faults if fault.fault.strip()]
    elif section.kind is SectionKind.PROMPT_ROWS:
        rows = [prompt.sentence(review.key.whose) for prompt in review.prompts if prompt.point.strip()]
    return "\n".join([*rows, review.text_of(section.key).text]).strip()


def part_sums(review: Review | None, profile: ScoringProfile | None) -> dict[str, Decimal]:
    """The sums of the parts whose every item is scored; the total when both are."""
    if review is None or profile is None:
        return {}
    scores = review.self_scores()
    sums: dict[str, Decimal] = {}
    for part in ScorePart:
        items = [item.code for item in profile.items if item.part is part]
        if all(code in scores for code in items):
            sums[part.value] = sum((scores[code] for code in items), Decimal(0))
    if len(sums) == len(ScorePart):
        sums["total"] = totals(profile, scores).total
    return sums


def line_known(review: Review, key: str) -> SignedLine:
    """What stands on a line above a signature, by the line's key."""
    if key == "office_view":
        return SignedLine(review.text_of(key).text)
    if key == "civil_servant_grade":
        civil = review.civil
        words = civil.grade.label if civil.grade else ""
        return SignedLine(
            f"{words} ({civil.decision})" if words and civil.decision else words, civil.dated_on
        )
    stage = _LINE_STAGES[key]
    given = next((each for each in review.grades if each.stage is stage), None)
    if given is None:
        return SignedLine()
    if stage is GradeStage.COMMITTEE:
        return SignedLine(given.note or given.grade.label, given.dated_on)
    is_told = stage is GradeStage.DECIDED and given.note
    return SignedLine(f"{given.grade.label} ({given.note})" if is_told else given.grade.label, given.dated_on)


_LINE_STAGES = {
    "committee_view": GradeStage.COMMITTEE,
    "proposed_grade": GradeStage.PROPOSED,
    "decided_grade": GradeStage.DECIDED,
}


def missing_in_review(form: FormTemplate, review: Review, profile: ScoringProfile | None) -> tuple[str, ...]:
    """The parts still open on a sheet, by their short names; they are printed as lines to write on."""
    return tuple(section.short or section.heading for section in open_sections(form, review, profile))


def open_sections(form: FormTemplate, review: Review, profile: ScoringProfile | None) -> tuple[Section, ...]:
    """The sections of a sheet that still wait for words, points or a mark."""
    return tuple(section for section in form.sections if _is_open(section, review, profile))


def _is_open(section: Section, review: Review, profile: ScoringProfile | None) -> bool:
    if section.kind is SectionKind.SCORES:
        return "total" not in part_sums(review, profile)
    if section.kind is SectionKind.FOUR_GRADES:
        return review.grade_at(GradeStage.SELF) is None
    if section.kind in (SectionKind.TEXT, SectionKind.FAULT_ROWS, SectionKind.PROMPT_ROWS):
        if section.kind is SectionKind.PROMPT_ROWS and unanswered_points(review):
            return True
        text = section_text(section, review)
        without_level = section.four_levels and review.text_of(section.key).level is None
        return without_level if text else not section.if_empty
    return False
