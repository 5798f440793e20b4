"""Sổ đăng ký nêu gương of one member as a booklet: cover, registration, months, sums of the year."""

from dataclasses import replace

from app.domain.dates import format_date
from app.domain.form_template import FormTemplate, Section, SectionKind
from app.domain.paper import Block, Paper
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.frame import (
    HAND_ROW,
    Row,
    blank_rows,
    cover_block,
    fixed_text,
    form_table,
    head_blocks,
    section_head,
    written,
)
from app.domain.sheets.signing import signature_blocks
from app.domain.sheets.year_record import YearRecord, month_entry_rows, pledge_item_rows, total_rows

_TABLE_SIZE = 10.5
_HAND_ROWS = {"pledge_items": 11.0, "month_entries": 18.0}
_DAY_BY_HAND = "…… / …… / …………"


def register_paper(form: FormTemplate, facts: SheetFacts, record: YearRecord | None = None) -> Paper:
    """The booklet of one member's year; without ``record`` the same booklet to be kept by hand."""
    blocks = cover_block(form, facts) + head_blocks(form, facts)
    for section in form.sections:
        blocks += section_head(section)
        blocks += _section(form, section, facts, record)
    blocks += signature_blocks(form, facts)
    return Paper(form.name, facts.subject, tuple(blocks), form.style)


def _section(
    form: FormTemplate, section: Section, facts: SheetFacts, record: YearRecord | None
) -> list[Block]:
    if section.kind is SectionKind.FIXED_TEXT:
        passed = record.pledge.passed_on if record and record.pledge else None
        words = section.lead.replace("{passed_on}", format_date(passed) if passed else _DAY_BY_HAND)
        return fixed_text(replace(section, lead=words), facts)
    if section.kind is SectionKind.TABLE:
        rows = _rows(section, record)
        height = _HAND_ROWS.get(section.rows, HAND_ROW) if record is None else 0.0
        return [form_table(form, section, rows, row_height=height, size=_TABLE_SIZE)]
    text = record.pledge.committee_comment if record and record.pledge else ""
    return written(section, text, is_blank=record is None)


def _rows(section: Section, record: YearRecord | None) -> list[Row]:
    if section.rows == "year_totals":
        return total_rows(record.summary if record else None)
    if record is None:
        rows = blank_rows(section)
        if section.rows == "month_entries":
            return [{**row, "month": str(number)} for number, row in enumerate(rows, 1)]
        return rows
    return {"pledge_items": pledge_item_rows, "month_entries": month_entry_rows}[section.rows](record)
