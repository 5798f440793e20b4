"""Bản cam kết tu dưỡng, rèn luyện, phấn đấu: the year's pledge told under the parts of the form."""

from dataclasses import replace
from datetime import date

from app.domain.dates import format_date
from app.domain.form_template import FormTemplate, Section, SectionKind
from app.domain.paper import Paper
from app.domain.pledge import Pledge, PledgeItem
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.frame import fixed_text, head_blocks, section_head, written
from app.domain.sheets.signing import signature_blocks

_EVERYTHING_ELSE = "*"


def pledge_paper(form: FormTemplate, facts: SheetFacts, pledge: Pledge | None = None) -> Paper:
    """A member's commitment of a year; without ``pledge`` the same sheet to be filled in by hand."""
    told: dict[str, list[str]] = {}
    for item in pledge.items if pledge else ():
        if item.action.strip():
            told.setdefault(part_of(item, form), []).append(_sentence(item))
    blocks = head_blocks(form, facts)
    for section in form.sections:
        blocks += section_head(section)
        if section.kind is SectionKind.FIXED_TEXT:
            blocks += fixed_text(replace(section, lead=_with_grounds(section, facts, pledge)), facts)
        else:
            text = "\n".join(told.get(section.key, ()))
            room = section if pledge is None else replace(section, blank_lines=min(section.blank_lines, 2))
            blocks += written(room, text, is_blank=pledge is None)
    blocks += signature_blocks(form, facts)
    return Paper(form.name, facts.subject, tuple(blocks), form.style)


def _with_grounds(section: Section, facts: SheetFacts, pledge: Pledge | None) -> str:
    """The lead with the documents in force when the cell passed the pledge, else at the year's end."""
    day = (pledge.passed_on if pledge else None) or date(facts.year, 12, 31)
    cited = [ground.text for ground in section.grounds if ground.holds_on(day)]
    return section.lead.replace("{grounds}", "; ".join(cited))


def part_of(item: PledgeItem, form: FormTemplate) -> str:
    """The key of the part an item is told under: by origin, by content, else the part for the rest."""
    for wanted in (f"@{item.origin.value}", item.content_code, _EVERYTHING_ELSE):
        for section in form.sections:
            if wanted and wanted in section.takes:
                return section.key
    return _first_written(form.sections)


def _first_written(sections: tuple[Section, ...]) -> str:
    return next(section.key for section in sections if section.kind is SectionKind.TEXT)


def _sentence(item: PledgeItem) -> str:
    facts = []
    if item.target.strip():
        facts.append(f"chỉ tiêu: {_ended(item.target)}")
    facts.append(f"thời hạn: {format_date(item.due_on) if item.due_on else 'cả năm'}")
    if item.measure.strip():
        facts.append(f"biện pháp: {_ended(item.measure)}")
    return f"- {_ended(item.action)}; {'; '.join(facts)}."


def _ended(words: str) -> str:
    return " ".join(words.split()).rstrip(".;,")
