"""Reading a form from its data file and refusing one that cannot be filled or printed."""

from decimal import Decimal

from app.domain.form_template import (
    FormColumn,
    FormCover,
    FormDocument,
    FormTemplate,
    GradeChoice,
    Ground,
    IdentityField,
    IdentityKind,
    Issuer,
    ScoreLine,
    Section,
    SectionKind,
    SignatureLine,
    SignatureLineKind,
    SignaturePlace,
    Signer,
)
from app.domain.grade import SubjectKind
from app.domain.paper import Align, PageStyle
from app.domain.toml_reading import TomlTable, read_toml

_SCORE_PARTS = ("general", "tasks", "total")
_NOT_NEEDING_HEADING = (
    SectionKind.FIXED_TEXT,
    SectionKind.TABLE,
    SectionKind.FIELDS,
    SectionKind.LISTED,
)
_WITH_COLUMNS = (SectionKind.TABLE, SectionKind.LISTED)


_WIDEST_MARGINS, _LARGEST_TYPE = 140, 40


def parse_form(text: str, origin: str) -> FormTemplate:
    """Read a form from the text of its file; ``origin`` names the file in messages."""
    return read_toml(text, origin, _read_form)


def _read_form(table: TomlTable) -> FormTemplate:
    form = FormTemplate(
        code=table.text("code"),
        number=table.text("number", ""),
        number_in_text=table.text("number_in_text", ""),
        name=table.text("name"),
        title=table.texts("title"),
        sublines=table.texts("sublines"),
        rule_set=table.text("rule_set", ""),
        subject_kinds=table.choices("subject_kinds", SubjectKind),
        source=table.text("source"),
        verified=table.flag("verified"),
        note=table.text("note", ""),
        cover=table.one("cover", _read_cover) if table.has("cover") else None,
        identity=table.each("identity", lambda line: line.each("fields", _read_identity)),
        sections=table.each("sections", _read_section),
        signatures=table.each("signatures", _read_signature),
        style=table.one("page", _read_page) if table.has("page") else PageStyle(),
        document=table.one("document", _read_document) if table.has("document") else None,
    )
    if not form.title:
        table.fail("title", "còn thiếu")
    table.each_once("sections", (section.key for section in form.sections), "key")
    table.each_once("signatures", (place.key for place in form.signatures), "key")
    table.each_once("identity", tuple(field.key for line in form.identity for field in line))
    table.each_once(
        "signatures",
        tuple(line.key for place in form.signatures for line in place.lines_above if line.key),
    )
    if sum(section.from_months for section in form.sections) > 1:
        table.fail("sections", "chỉ một phần được ghép từ các tháng (from_months)")
    return form


def _read_cover(table: TomlTable) -> FormCover:
    return FormCover(
        title=table.texts("title"),
        fields=table.each("fields", _read_identity),
        foot=table.text("foot", ""),
    )


def _read_document(table: TomlTable) -> FormDocument:
    usual = FormDocument()
    return FormDocument(
        symbol=table.text("symbol", ""),
        organ=table.text("organ", usual.organ),
        abstract=table.texts("abstract"),
        addressed_to=table.text("addressed_to", ""),
        receivers=table.texts("receivers"),
        dated=table.flag("dated", True),
        issuer=table.choice("issuer", Issuer, Issuer.CELL),
        upper=table.text("upper", ""),
        own=table.text("own", ""),
        margin_by_day=table.flag("margin_by_day", True),
    )


def _read_identity(table: TomlTable) -> IdentityField:
    return IdentityField(
        key=table.text("key"),
        label=table.text("label"),
        kind=table.choice("kind", IdentityKind, IdentityKind.TEXT),
        share=_length(table, "share", 1),
    )


def _read_section(table: TomlTable) -> Section:
    section = Section(
        key=table.text("key"),
        heading=table.text("heading", ""),
        short=table.text("short", ""),
        kind=table.choice("kind", SectionKind),
        level=table.whole("level", 3),
        lead=table.text("lead", ""),
        if_empty=table.text("if_empty", ""),
        blank_lines=table.whole("blank_lines", 0),
        blank_rows=table.whole("blank_rows", 0),
        from_months=table.flag("from_months"),
        four_levels=table.flag("four_levels"),
        task_criterion=table.flag("task_criterion"),
        new_page=table.flag("new_page"),
        grounds=table.each("grounds", _read_ground),
        takes=table.texts("takes"),
        rows=table.text("rows", ""),
        columns=table.each("columns", _read_column),
        scores=table.each("scores", _read_score),
        grades=table.each("grades", _read_grade),
        verified=table.flag("verified", True),
        fields=table.each("fields", lambda line: line.each("fields", _read_identity)),
        align=table.choice("align", Align, Align.LEFT),
        row_height=float(table.number("row_height", Decimal(0))),
        size=float(table.number("size", Decimal(11))),
        annex=table.flag("annex"),
    )
    _check_section(table, section)
    return section


def _read_ground(table: TomlTable) -> Ground:
    return Ground(table.text("text"), table.day_if_any("valid_from"), table.day_if_any("valid_to"))


def _check_section(table: TomlTable, section: Section) -> None:
    if not section.heading and section.kind not in _NOT_NEEDING_HEADING:
        table.fail("heading", "còn thiếu")
    if section.kind is SectionKind.FIXED_TEXT and not section.lead:
        table.fail("lead", "phần chữ in sẵn phải có lời in")
    if ("{grounds}" in section.lead) != bool(section.grounds):
        table.fail("grounds", "phần có {grounds} trong lời in, và chỉ phần đó, phải kê văn bản căn cứ")
    if (section.kind in _WITH_COLUMNS) != bool(section.columns and section.rows):
        table.fail("columns", "chỉ phần bảng, và phần bảng nào cũng phải có cột và nguồn dòng (rows)")
    if (section.kind is SectionKind.FIELDS) != bool(section.fields):
        table.fail("fields", "chỉ phần ghi theo dòng (fields), và phần nào như thế cũng phải có dòng")
    if (section.kind is SectionKind.SCORES) != bool(section.scores):
        table.fail("scores", "chỉ phần chấm điểm, và phần chấm điểm nào cũng phải có dòng điểm")
    if (section.kind is SectionKind.FOUR_GRADES) != bool(section.grades):
        table.fail("grades", "chỉ phần chọn mức, và phần chọn mức nào cũng phải có dòng chọn")
    if section.task_criterion and not section.four_levels:
        table.fail("task_criterion", "chỉ dùng cho phần có bốn cấp độ (four_levels)")


def _read_column(table: TomlTable) -> FormColumn:
    return FormColumn(
        key=table.text("key"),
        title=table.text("title"),
        share=_length(table, "share", 1),
        align=table.choice("align", Align, Align.LEFT),
        group=table.text("group", ""),
    )


def _read_score(table: TomlTable) -> ScoreLine:
    line = ScoreLine(part=table.text("part"), label=table.text("label"), max=table.number("max"))
    if line.part not in _SCORE_PARTS:
        table.fail("part", f"chỉ nhận: {', '.join(_SCORE_PARTS)}")
    return line


def _read_grade(table: TomlTable) -> GradeChoice:
    return GradeChoice(key=table.text("key"), label=table.text("label", ""))


def _read_signature(table: TomlTable) -> SignaturePlace:
    place = SignaturePlace(
        key=table.text("key"),
        row=table.whole("row"),
        lines_above=table.each("lines_above", _read_signature_line),
        formula=table.texts("formula"),
        formula_no_committee=table.texts("formula_no_committee"),
        title=table.text("title", ""),
        note=table.text("note", ""),
        note_sealed=table.text("note_sealed", ""),
        dated=table.flag("dated"),
        signer=table.choice("signer", Signer),
        not_for=table.choices("not_for", SubjectKind),
        verified=table.flag("verified"),
    )
    if not place.formula:
        table.fail("formula", "còn thiếu")
    return place


def _read_signature_line(table: TomlTable) -> SignatureLine:
    return SignatureLine(
        key=table.text("key", ""),
        label=table.text("label"),
        kind=table.choice("kind", SignatureLineKind),
        blank_lines=table.whole("blank_lines", 1),
    )


def _read_page(table: TomlTable) -> PageStyle:
    usual = PageStyle()
    style = PageStyle(
        landscape=table.flag("landscape", usual.landscape),
        top=_length(table, "top", usual.top),
        bottom=_length(table, "bottom", usual.bottom),
        left=_length(table, "left", usual.left),
        right=_length(table, "right", usual.right),
        size=_length(table, "size", usual.size),
        leading=_length(table, "leading", usual.leading),
        numbered=table.flag("numbered", usual.numbered),
    )
    for key, sides in (("left", style.left + style.right), ("top", style.top + style.bottom)):
        if sides > _WIDEST_MARGINS:
            table.fail(key, f"hai lề cộng lại hơn {_WIDEST_MARGINS} mm, không còn chỗ in")
    if style.size > _LARGEST_TYPE:
        table.fail("size", f"cỡ chữ lớn nhất là {_LARGEST_TYPE}")
    return style


def _length(table: TomlTable, key: str, usual: float) -> float:
    value = float(table.number(key, Decimal(str(usual))))
    if value <= 0:
        table.fail(key, "phải lớn hơn 0")
    return value
