"""An extract of one member's year for the head of the office they work in."""

from app.domain.form_template import FormTemplate, Section
from app.domain.paper import Paper
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.frame import HAND_ROW, Row, blank_rows, form_table, head_blocks, section_head
from app.domain.sheets.signing import signature_blocks
from app.domain.sheets.year_record import (
    YearRecord,
    grade_rows,
    month_line_rows,
    pledge_result_rows,
    total_rows,
)


def extract_paper(form: FormTemplate, facts: SheetFacts, record: YearRecord | None = None) -> Paper:
    """What was pledged and kept, month by month, the sums, the grades; without ``record`` to fill by hand."""
    blocks = head_blocks(form, facts)
    for section in form.sections:
        blocks += section_head(section)
        blocks.append(
            form_table(
                form, section, _rows(section, facts, record), row_height=HAND_ROW if record is None else 0.0
            )
        )
    blocks += signature_blocks(form, facts)
    return Paper(form.name, facts.subject, tuple(blocks), form.style)


def _rows(section: Section, facts: SheetFacts, record: YearRecord | None) -> list[Row]:
    if section.rows == "year_totals":
        return total_rows(record.summary if record else None)
    if section.rows == "grades":
        return grade_rows(record.review if record else None, facts.kind)
    if record is None:
        rows = blank_rows(section)
        if section.rows == "month_lines":
            return [{**row, "month": str(number)} for number, row in enumerate(rows, 1)]
        return rows
    return {"pledge_results": pledge_result_rows, "month_lines": month_line_rows}[section.rows](record)
