"""A cell, people and reviews to print, and what a paper says read from its blocks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.cell import CellName
from app.domain.dates import BirthDate
from app.domain.form_file import parse_form
from app.domain.form_template import FormTemplate
from app.domain.grade import SubjectKind
from app.domain.member import CellRole, Member, MemberDraft, Post, Sphere
from app.domain.paper import (
    CheckLine,
    FieldLine,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Signature,
    SignatureBlock,
    Table,
    Text,
    TitleBlock,
)
from app.domain.review import ItemScore, Review, ReviewKey, SectionText
from app.domain.scoring import ScoringProfile, parse_scoring_profile
from app.domain.sheets.facts import CellSigner, SheetFacts
from app.locations import resource

REVIEW_FORMS = ("F19_02", "F23_02A", "F23_02B", "F25_2A", "F25_2B", "F25_2C")
CELL = CellName("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn")


def form(code: str) -> FormTemplate:
    """A shipped form."""
    return parse_form(resource("forms", f"{code}.toml").read_text(encoding="utf-8"), code)


def profile(name: str = "P5") -> ScoringProfile:
    """A shipped scoring profile."""
    return parse_scoring_profile(resource("scoring", f"{name}.toml").read_text(encoding="utf-8"), name)


def person(name: str = "Trần Thị Hoài An", *posts: Post, **record: Any) -> Member:
    """A member with a birth date and a workplace."""
    draft = MemberDraft(name, birth=BirthDate(1989, 9, 9), workplace="Trường Tiểu học Hòa Sơn")
    return Member(name, 1, replace(draft, **record), name, name, posts=posts)


def in_cell(role: CellRole) -> Post:
    """A post in the cell, called by its role."""
    return Post(Sphere.PARTY, role.label, role, date(2022, 1, 1))


def facts(member: Member | None = None, **changes: Any) -> SheetFacts:
    """The frame of a sheet of 2025, signed by the secretary."""
    frame = SheetFacts(
        2025,
        CELL,
        date(2025, 12, 31),
        signer=CellSigner("Trương Đình Lộc", "BÍ THƯ"),
        member=member,
        kind=SubjectKind.NON_LEADER,
    )
    return replace(frame, **changes)


def review(code: str = "F25_2B", kind: SubjectKind = SubjectKind.NON_LEADER, **changes: Any) -> Review:
    """A review in which every written part says its own key."""
    sections = tuple(SectionText(s.key, f"Lời của mục {s.key}.") for s in form(code).written_sections)
    return replace(Review(ReviewKey("an", 2025), "2025", code, kind, sections=sections), **changes)


def full_scores(of: ScoringProfile, less: Decimal = Decimal(0)) -> tuple[ItemScore, ...]:
    """Every item scored with its highest points, the first with a little less."""
    return tuple(
        ItemScore(item.code, item.max - (less if number == 0 else 0), None, "Có sổ theo dõi")
        for number, item in enumerate(of.items)
    )


def headings(paper: Paper) -> list[str]:
    """The headings of a paper in order."""
    return [block.text for block in paper.blocks if isinstance(block, Heading)]


def signatures(paper: Paper) -> list[Signature]:
    """The signatures of a paper in order."""
    blocks = [block for block in paper.blocks if isinstance(block, SignatureBlock)]
    return [signature for block in blocks for signature in block.signatures]


def boxes(paper: Paper) -> list[list[str]]:
    """For each line of boxes, the words of those with an X."""
    lines = [block for block in paper.blocks if isinstance(block, CheckLine)]
    return [[option.label for option in line.options if option.checked] for line in lines]


def fields(paper: Paper) -> dict[str, str | None]:
    """The labelled values of a paper."""
    lines = [block for block in paper.blocks if isinstance(block, FieldLine)]
    return {field.label: field.value for line in lines for field in line.fields}


def tables(paper: Paper) -> list[list[list[str]]]:
    """The tables of a paper: rows of cell texts, marks by name."""
    found = [block for block in paper.blocks if isinstance(block, Table)]
    return [
        [[cell.mark or "".join(run.text for run in cell.text) for cell in row] for row in each.rows]
        for each in found
    ]


def words(paper: Paper) -> str:
    """Everything written on a paper, in order."""
    return "\n".join(line for block in paper.blocks for line in _WORDS.get(type(block), lambda _: [])(block))


def _text(runs: Text) -> str:
    return "".join(run.text for run in runs)


_WORDS: dict[type, Callable[[Any], list[str]]] = {
    Letterhead: lambda block: [block.form_number, block.upper, block.own, block.party, block.place_date],
    TitleBlock: lambda block: [*block.lines, *block.sublines],
    Heading: lambda block: [block.text],
    Paragraph: lambda block: [_text(block.text)],
    FieldLine: lambda block: [f"{field.label} {field.value or '…'}" for field in block.fields],
    CheckLine: lambda block: [block.lead, *(option.label for option in block.options)],
    Table: lambda block: [
        *(column.title for column in block.columns),
        *(_text(cell.text) for row in block.rows for cell in row),
    ],
    SignatureBlock: lambda block: [
        line
        for one in block.signatures
        for line in (one.date_line, *one.formula, one.title, one.note, one.name)
    ],
}
