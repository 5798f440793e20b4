"""What frames a sheet: common head, title, identity lines, running text, the form's tables."""

from collections.abc import Mapping, Sequence

from app.domain.dates import long_date
from app.domain.form_template import FormTemplate, IdentityField, Section
from app.domain.paper import (
    Block,
    Cell,
    Column,
    Cover,
    DottedLines,
    FieldLine,
    Gap,
    HeadGroup,
    Heading,
    Labelled,
    Letterhead,
    PageBreak,
    Paragraph,
    Run,
    Table,
    TitleBlock,
    plain,
)
from app.domain.sheets.column_widths import widened
from app.domain.sheets.facts import SheetFacts, identity_value

FIRST_LINE = 10.0
HAND_ROW = 9.0
_TABLE_SIZE = 11.0
_KEPT_TOGETHER = ("year_totals", "grades", "task_criteria", "grade_counts", "counts", "statistics")

Row = Mapping[str, str | Cell]


def filled_in(words: str, facts: SheetFacts) -> str:
    """The form's words with year, period and collective put in; the line "Năm …" names another period too."""
    if facts.period and words == "Năm {year}":
        return facts.period
    words = words.replace("{period}", facts.period_words).replace("{collective}", facts.collective or "…")
    return words.replace("{year}", str(facts.year))


def head_blocks(form: FormTemplate, facts: SheetFacts) -> list[Block]:
    """Head, title and identity lines of a sheet."""
    blocks: list[Block] = [
        Letterhead(
            upper=facts.cell.upper.upper(),
            own=facts.cell.own.upper(),
            place_date=long_date(facts.cell.place, facts.dated_on),
            form_number=form.number,
        ),
        TitleBlock(
            tuple(filled_in(line, facts) for line in form.title),
            tuple(filled_in(line, facts) for line in form.sublines),
        ),
    ]
    blocks += [FieldLine(labelled(fields, facts)) for fields in form.identity]
    if form.identity:
        blocks.append(Gap(2.0))
    return blocks


def labelled(fields: Sequence[IdentityField], facts: SheetFacts) -> tuple[Labelled, ...]:
    """Identity fields with their values."""
    return tuple(Labelled(field.label, identity_value(field.key, facts), field.share) for field in fields)


def cover_block(form: FormTemplate, facts: SheetFacts) -> list[Block]:
    """The cover page of a booklet, where the form has one."""
    if form.cover is None:
        return []
    cover = Cover(
        upper=(facts.cell.upper.upper(), facts.cell.own.upper()),
        title=tuple(filled_in(line, facts) for line in form.cover.title),
        fields=labelled(form.cover.fields, facts),
        foot=filled_in(form.cover.foot, facts),
    )
    return [cover, PageBreak()]


def section_head(section: Section) -> list[Block]:
    """A section's heading, on a new page where the form says so."""
    blocks: list[Block] = [PageBreak()] if section.new_page else []
    if section.heading:
        blocks.append(Heading(section.heading, section.level))
    return blocks


def running_text(text: str) -> list[Block]:
    """Free text of any length: each of its lines a paragraph."""
    lines = [line.strip() for line in text.split("\n")]
    return [Paragraph(plain(line), first_line=FIRST_LINE) for line in lines if line]


def written(section: Section, text: str, *, is_blank: bool) -> list[Block]:
    """What stands under a heading: the text, or the words of an empty part, or lines to write on."""
    if not is_blank and text.strip():
        return running_text(text)
    if not is_blank and section.if_empty:
        return running_text(section.if_empty)
    return [DottedLines(section.blank_lines)] if section.blank_lines else []


def fixed_text(section: Section, facts: SheetFacts) -> list[Block]:
    """Words printed as they are; a remark in brackets stands in italics."""
    words = filled_in(section.lead, facts)
    if words.startswith("("):
        return [Paragraph((Run(words, italic=True),), space_before=2.0)]
    return [Paragraph(plain(words), first_line=FIRST_LINE, space_before=1.5)]


def form_table(
    form: FormTemplate,
    section: Section,
    rows: Sequence[Row],
    *,
    row_height: float = 0.0,
    size: float = _TABLE_SIZE,
) -> Table:
    """A section's table; ``row_height`` in millimetres leaves room to write by hand.

    Sums, grades and points stand on one page: a line of them alone on the next is easily missed.
    """
    columns = tuple(Column(column.title, column.share, column.align) for column in section.columns)
    cells = tuple(tuple(_cell(row[column.key]) for column in section.columns) for row in rows)
    columns = widened(columns, cells, form.style, size)
    return Table(columns, cells, _groups(section), size, row_height, section.rows in _KEPT_TOGETHER)


def blank_rows(section: Section) -> list[Row]:
    """The empty rows of a form to be filled by hand."""
    return [{column.key: "" for column in section.columns} for _ in range(section.blank_rows)]


def _cell(value: str | Cell) -> Cell:
    return value if isinstance(value, Cell) else Cell(plain(value))


def _groups(section: Section) -> tuple[HeadGroup, ...]:
    groups: list[HeadGroup] = []
    for number, column in enumerate(section.columns):
        last = groups[-1] if groups else None
        if last and column.group == last.title and last.first + last.count == number:
            groups[-1] = HeadGroup(last.title, last.first, last.count + 1)
        elif column.group:
            groups.append(HeadGroup(column.group, number, 1))
    return tuple(groups)
