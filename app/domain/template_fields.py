"""The named fields an office's own Word template may use, what each means, and their values for one paper.

Texts and tables come from the blocks of the paper that would be printed, so that a template says the same
as the program's own form.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.dates import long_date
from app.domain.form_template import FormTemplate, Section, SectionKind
from app.domain.grade import Grade
from app.domain.paper import (
    Block,
    FieldLine,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    SignatureBlock,
    Table,
    TitleBlock,
)
from app.domain.paper_words import field_words, month_letter, words_of
from app.domain.review import GradeStage, Review
from app.domain.scoring import ScoringProfile, point_text
from app.domain.sheets.facts import SheetFacts, identity_value
from app.domain.sheets.review import part_sums

LIST, TEXTS, TABLES = "danh_sach", "muc", "bang"


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A field by the name it has between ``{{`` and ``}}``, and what is put in its place."""

    name: str
    meaning: str


_FRAME = (
    TemplateField("ten_dang_bo", "Dòng trên bên trái: tổ chức đảng cấp trên trực tiếp"),
    TemplateField("ten_chi_bo", "Tên chi bộ ở tiêu đề"),
    TemplateField("dia_danh", "Địa danh ghi trước ngày"),
    TemplateField("ngay", "Ngày của giấy tờ: ngày 05 tháng 12 năm 2025"),
    TemplateField("dia_danh_ngay", "Địa danh và ngày: Hòa Sơn, ngày 05 tháng 12 năm 2025"),
    TemplateField("so_ky_hieu", "Số và ký hiệu: Số 05-BC/CB"),
    TemplateField("nam", "Năm đánh giá"),
    TemplateField("ky", "Kỳ đánh giá: Năm 2025, Quý I năm 2025"),
    TemplateField("ten_giay", "Tên giấy tờ"),
    TemplateField("trich_yeu", "Trích yếu nội dung"),
    TemplateField("nguoi_ky", "Họ và tên người ký thay mặt chi bộ"),
    TemplateField("chuc_danh_ky", "Chức danh của người ký: BÍ THƯ hoặc PHÓ BÍ THƯ"),
    TemplateField("noi_nhan", "Nơi nhận, mỗi nơi một dòng"),
)
_MEMBER = {
    "ho_ten": ("full_name", "Họ và tên đảng viên"),
    "ngay_sinh": ("birth_date", "Ngày sinh"),
    "chuc_vu": ("posts", "Mọi chức vụ; không có thì ghi Đảng viên"),
    "chuc_vu_dang": ("party_post", "Chức vụ Đảng"),
    "chuc_vu_chinh_quyen": ("government_post", "Chức vụ chính quyền"),
    "chuc_vu_doan_the": ("union_post", "Chức vụ đoàn thể"),
    "don_vi": ("workplace", "Đơn vị công tác"),
    "nghe_nghiep": ("occupation", "Đơn vị, nghề nghiệp"),
    "noi_cu_tru": ("residence", "Nơi cư trú"),
    "chi_bo": ("cell", "Tên chi bộ sau chữ “Chi bộ”"),
    "bo_noi_dung": ("content_set", "Bộ nội dung nêu gương áp dụng"),
}
_POINTS = {
    "diem_chung": ("general", "Điểm tự chấm nhóm tiêu chí chung"),
    "diem_nhiem_vu": ("tasks", "Điểm tự chấm nhóm kết quả thực hiện nhiệm vụ"),
    "tong_diem": ("total", "Tổng điểm tự chấm"),
}
_GRADES = {
    "muc_tu_nhan": (GradeStage.SELF, "Mức tự nhận"),
    "muc_chi_uy": (GradeStage.COMMITTEE, "Mức chi ủy nhận xét"),
    "muc_bieu_quyet": (GradeStage.VOTE, "Mức theo kết quả biểu quyết"),
    "muc_de_xuat": (GradeStage.PROPOSED, "Mức chi bộ đề xuất"),
    "muc_quyet_dinh": (GradeStage.DECIDED, "Mức cấp có thẩm quyền quyết định"),
}
_CIVIL = TemplateField("muc_cong_chuc", "Mức xếp loại cán bộ, công chức, viên chức")


def fields_of(form: FormTemplate) -> tuple[TemplateField, ...]:
    """Every field a template for this form may use, in the order they are listed to people.

    ``danh_sach`` and ``bang.…`` are lists: a template goes through their rows and names the row's columns.
    """
    return (*_FRAME, *_of_member(), *_of_sections(form))


def _of_member() -> Iterator[TemplateField]:
    for name, (_, meaning) in (*_MEMBER.items(), *_POINTS.items(), *_GRADES.items()):
        yield TemplateField(name, meaning)
    yield _CIVIL


def _of_sections(form: FormTemplate) -> Iterator[TemplateField]:
    for section in form.sections:
        if section.kind not in (SectionKind.TABLE, SectionKind.HEADING) and section.heading:
            yield TemplateField(f"{TEXTS}.{_name(section)}", f"Nội dung dưới đề mục “{section.heading}”")
    tables = _tables_of(form)
    main = max(tables, key=lambda each: len(each.columns), default=None)
    for section in tables:
        name = f"{TABLES}.{_name(section)}"
        yield TemplateField(name, f"Các dòng của bảng “{section.heading or form.name}”")
        yield from _columns(name, section)
    if main:
        yield TemplateField(LIST, "Các dòng của bảng chính trong giấy tờ")
        yield from _columns(LIST, main)


def _columns(name: str, section: Section) -> Iterator[TemplateField]:
    for column in section.columns:
        yield TemplateField(f"{name}.{column.key}", f"Cột “{column.title}”")


def _tables_of(form: FormTemplate) -> list[Section]:
    return [section for section in form.sections if section.columns]


def _name(section: Section) -> str:
    """A section's key as a name: A.I.1 is A_I_1, 7 is m7."""
    name = re.sub(r"\W", "_", section.key)
    return f"m{name}" if name[:1].isdigit() else name


def template_values(
    form: FormTemplate,
    facts: SheetFacts,
    paper: Paper,
    review: Review | None = None,
    profile: ScoringProfile | None = None,
) -> dict[str, object]:
    """The value of every field of ``fields_of`` for one paper; what is not known is empty."""
    tables = _rows_by_section(form, paper)
    main = max(_tables_of(form), key=lambda each: len(each.columns), default=None)
    sections = [section for section in form.sections if section.kind is not SectionKind.TABLE]
    texts = _texts_by_section(form, paper)
    return {
        **_frame_values(facts, paper),
        **{name: identity_value(key, facts) or "" for name, (key, _) in _MEMBER.items()},
        **_review_values(review, profile),
        TEXTS: {_name(section): "\n".join(texts.get(section.key, ())) for section in sections},
        TABLES: {_name(section): tables.get(section.key, []) for section in _tables_of(form)},
        LIST: tables.get(main.key, []) if main else [],
    }


def _frame_values(facts: SheetFacts, paper: Paper) -> dict[str, object]:
    head = next((block for block in paper.blocks if isinstance(block, Letterhead)), None)
    title = next((block for block in paper.blocks if isinstance(block, TitleBlock)), TitleBlock(()))
    dated = head.place_date if head and head.place_date else long_date(facts.cell.place, facts.dated_on)
    receivers = [
        line for block in paper.blocks if isinstance(block, SignatureBlock) for line in block.receivers
    ]
    return {
        "ten_dang_bo": head.upper if head else facts.cell.upper.upper(),
        "ten_chi_bo": head.own if head else facts.cell.own.upper(),
        "dia_danh": facts.cell.place,
        "ngay": dated.rpartition(", ")[2],
        "dia_danh_ngay": dated,
        "so_ky_hieu": head.number if head else "",
        "nam": str(facts.year),
        "ky": facts.period_words,
        "ten_giay": " ".join(title.lines),
        "trich_yeu": " ".join(title.abstract),
        "nguoi_ky": facts.signer.name,
        "chuc_danh_ky": facts.signer.title,
        "noi_nhan": "\n".join(f"- {line}" for line in receivers),
    }


def _review_values(review: Review | None, profile: ScoringProfile | None) -> dict[str, object]:
    sums = part_sums(review, profile)
    values: dict[str, object] = {
        name: point_text(sums[part]) if part in sums else "" for name, (part, _) in _POINTS.items()
    }
    for name, (stage, _) in _GRADES.items():
        values[name] = _grade(review.grade_at(stage) if review else None)
    values[_CIVIL.name] = _grade(review.civil.grade if review else None)
    return values


def _grade(grade: Grade | None) -> str:
    return grade.label if grade else ""


def _parts(form: FormTemplate, paper: Paper) -> Iterator[tuple[Section | None, Block]]:
    """The blocks of a paper, each with the section of the form whose heading it stands under."""
    current: Section | None = None
    left = list(form.sections)
    for block in paper.blocks:
        if isinstance(block, Heading):
            found = next((each for each in left if _is_filled(each.heading, block.text)), None)
            if found:
                current, left = found, left[left.index(found) + 1 :]
        yield current, block


def _is_filled(words: str, printed: str) -> bool:
    """Whether printed words are those of the form with its ``{names}`` filled in."""
    pattern = ".*".join(map(re.escape, re.split(r"\{\w+\}", words)))
    return bool(words) and re.fullmatch(pattern, printed, re.DOTALL) is not None


def _texts_by_section(form: FormTemplate, paper: Paper) -> Mapping[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for section, block in _parts(form, paper):
        if section is None:
            continue
        if isinstance(block, Paragraph):
            texts.setdefault(section.key, []).append(words_of(block.text))
        elif isinstance(block, FieldLine):
            texts.setdefault(section.key, []).append("   ".join(map(field_words, block.fields)))
    return texts


def _rows_by_section(form: FormTemplate, paper: Paper) -> Mapping[str, list[dict[str, str]]]:
    """The rows of each table of the form, by the keys of its columns; rows left for the pen are not told."""
    rows: dict[str, list[dict[str, str]]] = {}
    left = _tables_of(form)
    for block in paper.blocks:
        found = next((each for each in left if _is_table_of(each, block)), None)
        if found and isinstance(block, Table):
            left.remove(found)
            told = (_row(found, block, number) for number in range(len(block.rows)))
            rows[found.key] = [row for row in told if any(row.values())]
    return rows


def _is_table_of(section: Section, block: Block) -> bool:
    return (
        isinstance(block, Table)
        and len(section.columns) == len(block.columns)
        and all(
            _is_filled(of_form.title, printed.title) or of_form.title == printed.title
            for of_form, printed in zip(section.columns, block.columns, strict=True)
        )
    )


def _row(section: Section, table: Table, number: int) -> dict[str, str]:
    row = {column.key: "" for column in section.columns}
    place = 0
    for cell in table.rows[number]:
        key = section.columns[place].key
        row[key] = month_letter(cell.mark) if cell.mark is not None else words_of(cell.text)
        place += cell.span
    return row


def template_names(fields: Sequence[TemplateField]) -> frozenset[str]:
    """The names of fields, for checking what a template uses."""
    return frozenset(field.name for field in fields) | {TEXTS, TABLES}
